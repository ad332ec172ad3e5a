// Fuzzes every decoder: any bytes, and valid data changed by someone who knows the format.
//
//   node test/fuzz/run.mjs [--inputs N] [--seed N] [--only TARGET] [--coverage] [--limit SECONDS]
//
// Fails when an input hangs a decoder, makes it throw something else than our own error classes, or fills the memory.
// Such inputs lie in .cache/fuzz afterwards; the same seed makes the same inputs.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const out = join(root, '.cache/fuzz');
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    coverage: { type: 'boolean', default: false },
    limit: { type: 'string', default: '10' },
  },
});
const HEADER_BYTES = 16;
const INPUT_BYTES = 64 * 1024;

mkdirSync(out, { recursive: true });
const bundle = join(out, `worker-${process.pid}.mjs`);
await build({
  entryPoints: [join(here, 'worker.ts')],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});

const shared = new SharedArrayBuffer(HEADER_BYTES + INPUT_BYTES);
const state = new Int32Array(shared, 0, 4);
const results = [];
let hung = null;
const worker = new Worker(bundle, {
  workerData: {
    root,
    out,
    inputs: Number(values.inputs),
    seed: Number(values.seed),
    only: values.only,
    coverage: values.coverage,
    shared,
  },
  resourceLimits: { maxOldGenerationSizeMb: 2000 },
});
let last = { input: -1, since: performance.now() };
const watch = setInterval(() => {
  const input = Atomics.load(state, 0);
  if (input !== last.input) last = { input, since: performance.now() };
  else if (input > 0 && performance.now() - last.since > Number(values.limit) * 1000) {
    const file = join(out, `hang-${Atomics.load(state, 2)}.bin`);
    writeFileSync(file, new Uint8Array(shared, HEADER_BYTES, Math.min(INPUT_BYTES, Atomics.load(state, 1))).slice());
    hung = `no end within ${values.limit} s: ${file}`;
    void worker.terminate();
  }
}, 500);

let coverage = null;
let done = false;
try {
  await new Promise((resolve, reject) => {
    worker.on('message', (message) => {
      if (message.result !== undefined) {
        results.push(message.result);
        show(message.result);
      } else {
        done = true;
        coverage = message.coverage;
      }
    });
    worker.on('error', reject);
    worker.on('exit', resolve);
  });
} catch (error) {
  hung = `${error.message}: input ${Atomics.load(state, 0)} of target ${Atomics.load(state, 2)}`;
}
clearInterval(watch);
if (!done) hung ??= 'the worker ended before its inputs did';

function show({ target, inputs, seconds, ours, slowestMs, peakMb, crashes }) {
  const rate = Math.round(inputs / Math.max(seconds, 0.001));
  console.log(
    `${target.padEnd(36)} ${String(inputs).padStart(9)} inputs ${String(rate).padStart(7)}/s  refused ${String(Math.round((ours / Math.max(inputs, 1)) * 100)).padStart(3)} %  slowest ${slowestMs.toFixed(1)} ms  memory ${Math.round(peakMb)} MB`,
  );
  for (const crash of crashes) console.log(`  ${crash}`);
}

/** By source file: lines of the bundle that ran. esbuild puts the name of each module above it. */
function coverageTable(scripts) {
  const script = scripts.find((entry) => entry.url.includes('worker-'));
  const code = readFileSync(bundle, 'utf8');
  const ran = new Uint8Array(code.length).fill(1);
  // Ranges nest: an inner one says what is true of its own part.
  const ranges = script.functions
    .flatMap((entry) => entry.ranges)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  const files = new Map();
  let file = null;
  let at = 0;
  for (const line of code.split('\n')) {
    const named = /^\/\/ (packages\/core\/src\/\S+\.ts)$/.exec(line);
    if (named !== null) file = named[1];
    else if (/^\/\/ (?:node_modules|test|packages)\//.test(line)) file = null;
    else if (file !== null && /[A-Za-z]/.test(line)) {
      const entry = files.get(file) ?? { lines: 0, hit: 0 };
      entry.lines += 1;
      if (ran[at + line.search(/\S/)] === 1) entry.hit += 1;
      files.set(file, entry);
    }
    at += line.length + 1;
  }
  return files;
}

if (coverage !== null) {
  console.log('\nlines that ran, by file');
  for (const [file, { lines, hit }] of [...coverageTable(coverage)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!/analysis|containers|codecs|bytes|inspect|policy/.test(file)) continue;
    console.log(
      `${String(Math.round((hit / lines) * 100)).padStart(4)} %  ${hit}/${lines}  ${file.replace('packages/core/src/', '')}`,
    );
  }
}
rmSync(bundle, { force: true });
const total = results.reduce((sum, { inputs }) => sum + inputs, 0);
const crashes = results.reduce((sum, entry) => sum + entry.crashes.length, 0);
console.log(`\n${total} inputs, seed ${values.seed}: ${crashes} crashes${hung === null ? '' : `; ${hung}`}`);
process.exitCode = crashes > 0 || hung !== null ? 1 : 0;
