// What hostile files cost: each case at doubling sizes, each file scanned in a process of its own. See README.md.
//
//   node bench/hostile/run.mjs [--case TEXT] [--doublings N] [--seconds N] [--json FILE] [--markdown FILE] [--part I/N] [--check] [--no-time]
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
    part: { type: 'string', default: '1/1' },
    check: { type: 'boolean', default: false },
    'no-time': { type: 'boolean', default: false },
  },
});

/**
 * The last two doublings together may cost this much more than the input grew. Linear is 1, quadratic 4; sorting and
 * tables that double meanwhile are within it.
 */
const MOST_GROWTH = 1.35;
/**
 * Twice the input may take this many times as long, and some milliseconds of noise: what the engine does inside of its own
 * functions (copying, encoding, regular expressions) is in no count of work.
 */
const MOST_SLOWER = 2.5;
const NOISE_MS = 150;
/** A machine that does other things is measured again. */
const TRIES = 3;
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
    '@artifact-sentinel/core/internal': join(root, 'packages/core/src/internal.ts'),
    '@artifact-sentinel/core/node/internal': join(root, 'packages/core/node/internal.ts'),
    '@artifact-sentinel/core/node': join(root, 'packages/core/node/index.ts'),
    '@artifact-sentinel/core': join(root, 'packages/core/src/index.ts'),
  },
  logLevel: 'warning',
});
const { CASES } = await import(pathToFileURL(join(cache, 'cases.mjs')).href);

/** Heap in MB: with more, the peak is what V8 had not collected yet. Counting needs more than a scan. */
const HEAP = { work: 2000, time: 600 };

/** The answers for as many files as there were before something failed, and what that was. */
function measure(mode, shown, files) {
  const run = spawnSync(
    process.execPath,
    [`--max-old-space-size=${HEAP[mode] ?? HEAP.time}`, join(cache, 'measure.mjs'), mode, shown, ...files],
    {
      encoding: 'utf8',
      timeout: Number(values.seconds) * 1000,
      maxBuffer: 1 << 26,
    },
  );
  const lines = run.stdout.split('\n').slice(0, -1);
  const answers = lines.map((line) => JSON.parse(line));
  if (run.error === undefined && run.status === 0) return answers;
  const why =
    run.error?.code === 'ETIMEDOUT'
      ? `no end within ${values.seconds} s`
      : (run.stderr.match(/^(?:\w*Error.*|FATAL.*)$/m)?.[0] ?? `exit ${run.status ?? run.signal}`);
  return [...answers, { failed: why }];
}

/** Of several tries the least processor time of a file, and what else was measured with it. */
function timed(shown, path, before = null) {
  const [answer] = measure('time', shown, [path]);
  return before === null || answer.failed !== undefined || answer.ms < before.ms ? answer : before;
}

/** The largest file, held against the one half as large. */
function slowdown(shown, half, whole) {
  let [one, two] = [timed(shown, half.path), timed(shown, whole.path)];
  const isSlow = () => two.ms > one.ms * MOST_SLOWER + NOISE_MS;
  for (let i = 1; i < TRIES && isSlow(); i += 1)
    [one, two] = [timed(shown, half.path, one), timed(shown, whole.path, two)];
  return { ...two, slower: two.ms / one.ms, isSlow: isSlow() };
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
const [part = 1, parts = 1] = values.part.split('/').map(Number);
const chosen = CASES.filter(
  ({ name }, i) =>
    i % parts === part - 1 &&
    values.case.some((text) => (text.startsWith('=') ? name === text.slice(1) : name.includes(text))),
);
const names = CASES.map(({ name }) => name);
for (const name of names.filter((one, i) => names.indexOf(one) !== i)) bad.push(`two cases are called ${name}`);
for (const { name, file, from, doublings, make, stops } of chosen) {
  const own = [];
  const most = Math.min(doublings, Number(values.doublings ?? doublings));
  const complain = (what) => bad.push(`${name}, n ${own.at(-1)?.n}: ${what}`);
  const inputs = Array.from({ length: most + 1 }, (_, step) => {
    const n = from * 2 ** step;
    const data = make(n);
    const path = join(cache, `input-${step}`);
    writeFileSync(path, data);
    return { n, size: data.length, path };
  });
  const counted = measure(
    'work',
    file,
    inputs.map(({ path }) => path),
  );
  for (const [step, answer] of counted.entries()) {
    const { n, size, path } = inputs[step];
    const row = { case: name, n, size, ...answer };
    if (step === most && answer.failed === undefined && !values['no-time'])
      Object.assign(row, most === 0 ? timed(file, path) : slowdown(file, inputs[most - 1], { path }));
    own.push(row);
    rows.push(row);
    row.growth = step === most && row.failed === undefined ? growthOf(own) : null;
    console.log(rowLine(row));
    if (row.failed !== undefined) complain(row.failed);
    if (row.isSlow === true) complain(`twice the input took ${row.slower.toFixed(1)} times as long`);
    if (row.megabytes > MOST_MEMORY) complain(`${Math.round(row.megabytes)} MB`);
  }
  for (const { path } of inputs) rmSync(path);
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
