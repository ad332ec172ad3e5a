// What hostile files cost: each case at doubling sizes, each file scanned in a process of its own. See README.md.
//
//   node bench/hostile/run.mjs [--case TEXT] [--doublings N] [--seconds N] [--json FILE] [--markdown FILE] [--check] [--no-time]
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { markdownTable, rowLine } from './table.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const cache = join(root, `.cache/hostile-${process.pid}`);
const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true, default: [''] },
    doublings: { type: 'string' },
    seconds: { type: 'string', default: '120' },
    json: { type: 'string' },
    markdown: { type: 'string' },
    check: { type: 'boolean', default: false },
    'no-time': { type: 'boolean', default: false },
  },
  allowNegative: false,
});

/**
 * The last two doublings together may cost this much more than the input grew. Linear is 1, quadratic 4; sorting and
 * tables that double on the way are within it.
 */
const MOST_GROWTH = 1.35;
/** Megabytes, for a file of any size: the stack alone may take 144. */
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
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  alias: {
    '@sentinel/core/node': join(root, 'packages/core/node/index.ts'),
    '@sentinel/core': join(root, 'packages/core/src/index.ts'),
  },
  logLevel: 'warning',
});
const { CASES } = await import(pathToFileURL(join(cache, 'cases.mjs')).href);

function measure(mode, file, shown) {
  const run = spawnSync(
    process.execPath,
    ['--max-old-space-size=2000', join(cache, 'measure.mjs'), mode, file, shown],
    {
      encoding: 'utf8',
      timeout: Number(values.seconds) * 1000,
      maxBuffer: 1 << 26,
    },
  );
  if (run.error === undefined && run.status === 0) return JSON.parse(run.stdout);
  const why =
    run.error?.code === 'ETIMEDOUT'
      ? `no end within ${values.seconds} s`
      : (run.stderr.match(/^(?:\w*Error.*|FATAL.*)$/m)?.[0] ?? `exit ${run.status ?? run.signal}`);
  return { failed: why };
}

/** How much faster than the input the work grew over the last two doublings: 1 is linear. */
function growthOf(rows) {
  const last = rows.at(-1);
  const first = rows.at(-3) ?? rows[0];
  if (last === undefined || first === undefined || last === first) return null;
  return last.work / first.work / Math.max(last.n / first.n, last.size / first.size);
}

const rows = [];
const bad = [];
const chosen = CASES.filter(({ name }) => values.case.some((part) => name.includes(part)));
const names = CASES.map(({ name }) => name);
for (const name of names.filter((one, i) => names.indexOf(one) !== i)) bad.push(`two cases are called ${name}`);
for (const { name, file, from, doublings, make, stops } of chosen) {
  const own = [];
  const most = Math.min(doublings, Number(values.doublings ?? doublings));
  const complain = (what) => bad.push(`${name}, n ${own.at(-1)?.n}: ${what}`);
  for (let step = 0; step <= most; step += 1) {
    const n = from * 2 ** step;
    const path = join(cache, 'input');
    const data = make(n);
    writeFileSync(path, data);
    const counted = measure('work', path, file);
    const timed = values['no-time'] ? counted : measure('time', path, file);
    const failed = counted.failed ?? timed.failed;
    const row = { case: name, n, size: data.length, ...counted, ms: timed.ms, megabytes: timed.megabytes, failed };
    own.push(row);
    rows.push(row);
    row.growth = step === most && failed === undefined ? growthOf(own) : null;
    console.log(rowLine(row));
    if (failed !== undefined) {
      complain(failed);
      break;
    }
    if (row.megabytes > MOST_MEMORY) complain(`${Math.round(row.megabytes)} MB`);
  }
  const last = own.at(-1);
  if (last.failed !== undefined) continue;
  if (last.growth !== null && last.growth > MOST_GROWTH)
    complain(`the work grew ${last.growth.toFixed(2)} times as much as the input`);
  if (stops !== undefined && most === doublings && !last.reasons.some((reason) => reason.includes(stops)))
    complain(`"${stops}" was expected, not ${JSON.stringify(last.reasons.slice(0, 3))}`);
}
rmSync(cache, { recursive: true, force: true });
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
if (values.markdown !== undefined) writeFileSync(values.markdown, markdownTable(rows));
if (bad.length > 0) console.log(`\n${bad.length} to look at:\n${bad.map((line) => `  ${line}`).join('\n')}`);
if (values.check && bad.length > 0) process.exitCode = 1;
