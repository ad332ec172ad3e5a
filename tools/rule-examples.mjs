// Runs the Python of the rules' pages that writes artifacts, and stores what it writes for the tests, with the hash of the
// text that wrote it. Nothing is loaded. `node tools/rule-examples.mjs [PYTHON]`; numpy has to be installed there. The same
// Python writes the same bytes again. The stored files are replaced when all examples have been run.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'packages/core/test/rule-examples');
const candidates =
  process.argv[2] === undefined
    ? [process.env['SENTINEL_PYTHON'], join(root, '.cache/venv/bin/python'), 'python3'].filter(
        (name) => name !== undefined,
      )
    : [process.argv[2]];
const python = candidates.find((name) => spawnSync(name, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0);
if (python === undefined) {
  process.stderr.write(`no Python with numpy: tried ${candidates.join(', ')}. Nothing was changed.\n`);
  process.exit(2);
}
/** Archives have the time of day in them. The same moment as that of the fixtures. */
const RUN = 'import runpy, time; time.time = lambda: 1577836800.0; runpy.run_path("example.py", run_name="__main__")';
const FIXED = { ...process.env, PYTHONHASHSEED: '0', TZ: 'UTC' };

const result = await build({
  entryPoints: [join(root, 'packages/core/src/rules/index.ts')],
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  write: false,
  logLevel: 'warning',
});
const { RULES } = await import(
  `data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`
);
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** The one file that a snippet writes. */
function run(code) {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-example-'));
  try {
    writeFileSync(join(folder, 'example.py'), code);
    execFileSync(python, ['-W', 'ignore', '-c', RUN], { cwd: folder, stdio: 'inherit', env: FIXED });
    const files = readdirSync(folder).filter((name) => name !== 'example.py');
    if (files.length !== 1) throw new Error(`${files.length} files instead of one:\n${code}`);
    return { file: files[0], bytes: readFileSync(join(folder, files[0])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const made = mkdtempSync(join(tmpdir(), 'sentinel-examples-'));
try {
  const manifest = [];
  for (const { meta } of RULES) {
    for (const [kind, code] of Object.entries(meta.artifacts ?? {})) {
      const { file, bytes } = run(code);
      const path = `${meta.id}/${kind}/${file}`;
      mkdirSync(dirname(join(made, path)), { recursive: true });
      writeFileSync(join(made, path), bytes);
      manifest.push({ rule: meta.id, kind, file: path, writtenBy: sha256(code), sha256: sha256(bytes) });
    }
  }
  writeFileSync(join(made, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(target, { recursive: true, force: true });
  cpSync(made, target, { recursive: true });
  process.stdout.write(`${manifest.length} artifacts written to ${target}\n`);
} finally {
  rmSync(made, { recursive: true, force: true });
}
