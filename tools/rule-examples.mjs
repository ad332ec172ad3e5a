// Runs the Python of the rules' pages that writes artifacts, and stores what it writes for the tests, with the hash of the
// text that wrote it. Nothing is loaded. `node tools/rule-examples.mjs [PYTHON]`; numpy has to be installed there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'packages/core/test/rule-examples');
const python = process.argv[2] ?? join(root, '.cache/venv/bin/python');

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
    execFileSync(python, ['-W', 'ignore', 'example.py'], { cwd: folder, stdio: 'inherit' });
    const files = readdirSync(folder).filter((name) => name !== 'example.py');
    if (files.length !== 1) throw new Error(`${files.length} files instead of one:\n${code}`);
    return { file: files[0], bytes: readFileSync(join(folder, files[0])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const manifest = [];
rmSync(target, { recursive: true, force: true });
for (const { meta } of RULES) {
  for (const [kind, code] of Object.entries(meta.artifacts ?? {})) {
    const { file, bytes } = run(code);
    const path = `${meta.id}/${kind}/${file}`;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), bytes);
    manifest.push({ rule: meta.id, kind, file: path, writtenBy: sha256(code), sha256: sha256(bytes) });
  }
}
writeFileSync(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
process.stdout.write(`${manifest.length} artifacts written to ${target}\n`);
