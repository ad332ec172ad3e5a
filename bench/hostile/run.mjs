// What hostile files cost: each case of cases.ts at doubling sizes, each file scanned in a process of its own.
//
//   node bench/hostile/run.mjs [--case TEXT] [--doublings N] [--seconds N] [--json FILE] [--check]
//
// `growth` is how many times longer the largest file takes for each doubling (2 is linear). `--check` fails where a
// scan does not end in time, grows faster than linear, or calls a file clean that no reader gets through.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const cache = join(root, '.cache/hostile');
const { values } = parseArgs({
  options: {
    case: { type: 'string', default: '' },
    doublings: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    json: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

/** Times below this are noise: no growth is told from them. */
const NOISE_MS = 150;
/** A doubling of the file may take this much longer: linear is 2, and the machine is not alone. */
const MOST_GROWTH = 3;
/** Megabytes beyond the smallest size's, for a file of any size. The stack alone may take 144. */
const MOST_MEMORY = 700;

mkdirSync(cache, { recursive: true });
await build({
  entryPoints: [join(here, 'cases.ts'), join(here, 'measure.ts')],
  outdir: cache,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunk-[hash]',
  alias: {
    '@sentinel/core/node': join(root, 'packages/core/node/index.ts'),
    '@sentinel/core': join(root, 'packages/core/src/index.ts'),
  },
  logLevel: 'warning',
});
const { CASES } = await import(pathToFileURL(join(cache, 'cases.mjs')).href);

function measure(file, shown) {
  const run = spawnSync(process.execPath, ['--max-old-space-size=3000', join(cache, 'measure.mjs'), file, shown], {
    encoding: 'utf8',
    timeout: Number(values.seconds) * 1000,
    maxBuffer: 1 << 26,
  });
  if (run.error !== undefined || run.status !== 0) {
    const why =
      run.error?.code === 'ETIMEDOUT'
        ? `no end within ${values.seconds} s`
        : (run.stderr.match(/^(?:\w*Error.*|FATAL.*)$/m)?.[0] ?? `exit ${run.status ?? run.signal}`);
    return { failed: why };
  }
  return JSON.parse(run.stdout);
}

const bytes = (size) =>
  size < 10_000 ? `${size} B` : size < 10_000_000 ? `${Math.round(size / 1000)} kB` : `${Math.round(size / 1e6)} MB`;
const rows = [];
const bad = [];
for (const { name, file, from, doublings, make } of CASES.filter((entry) => entry.name.includes(values.case))) {
  const times = [];
  const most = Math.min(doublings, Number(values.doublings ?? doublings));
  for (let step = 0; step <= most; step += 1) {
    const n = from * 2 ** step;
    const path = join(cache, 'input');
    const data = make(n);
    writeFileSync(path, data);
    const result = measure(path, file);
    const row = { case: name, n, size: data.length, ...result };
    rows.push(row);
    if (result.failed !== undefined) {
      bad.push(`${name}, n ${n}: ${result.failed}`);
      console.log(`${name} | ${n} | ${bytes(data.length)} | ${result.failed}`);
      break;
    }
    times.push(result.ms);
    const growth = step > 0 && result.ms > NOISE_MS && times.at(-2) > NOISE_MS / 4 ? result.ms / times.at(-2) : null;
    row.growth = growth;
    if (growth !== null && growth > MOST_GROWTH)
      bad.push(`${name}, n ${n}: ${growth.toFixed(1)} times the time of half the size`);
    if (result.megabytes > MOST_MEMORY) bad.push(`${name}, n ${n}: ${Math.round(result.megabytes)} MB`);
    const why = [
      ...result.findings,
      ...result.reasons.map((reason) => (reason.length > 90 ? `${reason.slice(0, 90)}…` : reason)),
    ]
      .slice(0, 3)
      .join('; ');
    // Terminal escapes of a name must not reach the terminal from here either.
    const shown = JSON.stringify(why)
      .slice(1, -1)
      .replace(/[^\x20-\x7e…]/g, '?');
    console.log(
      [
        name,
        n,
        bytes(data.length),
        `${Math.round(result.ms)} ms`,
        growth === null ? '' : `×${growth.toFixed(1)}`,
        `${Math.round(result.megabytes)} MB`,
        bytes(result.read),
        result.verdict,
        shown,
      ].join(' | '),
    );
  }
}
rmSync(join(cache, 'input'), { force: true });
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
if (bad.length > 0) console.log(`\n${bad.length} to look at:\n${bad.map((line) => `  ${line}`).join('\n')}`);
if (values.check && bad.length > 0) process.exitCode = 1;
