// Fuzzes every decoder: any bytes, and valid data changed by someone who knows the format. See README.md.
//
//   node oracles/fuzz/run.mjs [--inputs N] [--seed N] [--seconds N] [--only PART OF A TARGET'S NAME]
//   node oracles/fuzz/run.mjs --seed N --replay TARGET:INPUT
//
// Fails where an input makes a decoder throw something else than our own errors, takes too long, fills the memory or
// ends the process. Such inputs lie in .cache/fuzz afterwards; the same seed makes the same inputs.
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const out = join(root, '.cache/fuzz');
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '100000' },
    replay: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed);
/** A process that ended is followed by another one, which goes on behind the input; not without end. */
const MOST_PROCESSES = 20;
const HEAP_MB = 1000;
/** By the clock, for one input; the worker itself tells slow ones by the processor's time, far below that. */
const HANG_SECONDS = 60;

mkdirSync(out, { recursive: true });
const bundle = join(out, `worker-${process.pid}.mjs`);
const state = join(out, `state-${process.pid}.bin`);
await build({
  entryPoints: [join(here, 'worker.ts')],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Errors are recognised by their classes: one copy of each.
  alias: {
    '@artifact-sentinel/core/internal': join(root, 'packages/core/src/internal.ts'),
    '@artifact-sentinel/core/node/internal': join(root, 'packages/core/node/internal.ts'),
    '@artifact-sentinel/core/node': join(root, 'packages/core/node/index.ts'),
    '@artifact-sentinel/core': join(root, 'packages/core/src/index.ts'),
    '@artifact-sentinel/gate': join(root, 'packages/gate/src/index.ts'),
  },
  define: { SENTINEL_VERSION: '"0"' },
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});

let names = [];

/** Where the process stands. */
function progress() {
  const bytes = readFileSync(state);
  if (bytes.length < 12) return null;
  return { round: bytes.readInt32LE(0), target: bytes.readInt32LE(4), input: bytes.readInt32LE(8) };
}

/** One process; how it ended is null where it did all that was asked. */
async function run(order, onResult) {
  writeFileSync(state, '');
  const whole = { root, seed, only: values.only, seconds: Number(values.seconds), state, replay: null, ...order };
  const child = fork(bundle, [JSON.stringify(whole)], {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  // A worker that computes hears nothing of the end of its parent.
  const stop = () => {
    child.kill('SIGKILL');
    process.exit(1);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  let ended = null;
  let done = false;
  let errors = '';
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-4000)));
  child.on('message', (message) => {
    if (message.names !== undefined) names = message.names;
    if (message.result !== undefined) onResult(message.result);
    if (message.done === true) done = true;
  });
  let last = { at: '', since: performance.now() };
  const watch = setInterval(() => {
    const at = JSON.stringify(progress());
    if (at !== last.at) last = { at, since: performance.now() };
    else if (at !== 'null' && performance.now() - last.since > HANG_SECONDS * 1000) {
      ended = `no end within ${HANG_SECONDS} s`;
      child.kill('SIGKILL');
    }
  }, 500);
  const [code, signal] = await new Promise((resolve) => child.on('close', (...how) => resolve(how)));
  clearInterval(watch);
  process.off('SIGTERM', stop).off('SIGINT', stop);
  if (ended === null && !done) ended = `the process ended (${signal ?? code}): ${errors.trim()}`;
  return ended;
}

function show({ target, inputs, seconds, refused, bytes, slowestMs, slowestInput, peakMb }) {
  const rate = Math.round(inputs / Math.max(seconds, 0.001));
  const share = Math.round((refused / Math.max(inputs, 1)) * 100);
  console.log(
    `${target.padEnd(36)} ${String(inputs).padStart(8)} inputs ${String(rate).padStart(7)}/s ${String(Math.round(bytes / Math.max(inputs, 1))).padStart(6)} bytes each  refused ${String(share).padStart(3)} %  slowest ${slowestMs.toFixed(1)} ms (${slowestInput})  peak ${Math.round(peakMb)} MB`,
  );
}

/** By target: what its ranges gave together. */
const results = new Map();
/** What ended a process. */
const ends = [];
const started = performance.now();

function collect(result) {
  for (const failure of result.failures)
    console.log(
      `FAILURE ${failure.kind} of ${result.target}, input ${failure.input}, ${failure.count} times: ${failure.detail}`,
    );
  const sum = results.get(result.target);
  if (sum === undefined) results.set(result.target, result);
  else {
    for (const key of ['inputs', 'seconds', 'refused', 'bytes']) sum[key] += result[key];
    if (result.slowestMs > sum.slowestMs) {
      sum.slowestMs = result.slowestMs;
      sum.slowestInput = result.slowestInput;
    }
    sum.peakMb = Math.max(sum.peakMb, result.peakMb);
    sum.failures.push(...result.failures);
  }
}

const replayed = /^(\d+):(\d+)$/.exec(values.replay);
if (replayed !== null) {
  const [target, input] = [Number(replayed[1]), Number(replayed[2])];
  const file = join(out, `input-${seed}-${target}-${input}.bin`);
  const ended = await run({ replay: { target, input, file } }, collect);
  if (ended !== null) ends.push({ target: names[target], kind: 'ended', input, detail: ended, count: 1 });
  console.log(`${file}${ended === null ? '' : `: ${ended}`}`);
} else {
  let from = { round: 0, target: 0, input: 0 };
  for (let processes = 0; processes < MOST_PROCESSES; processes += 1) {
    const ended = await run({ inputs: Number(values.inputs), from }, collect);
    if (ended === null) break;
    const at = progress();
    ends.push({ target: names[at?.target] ?? null, kind: 'ended', input: at?.input ?? null, detail: ended, count: 1 });
    console.log(`FAILURE: the process ended in ${names[at?.target]}, input ${at?.input}: ${ended}`);
    if (at === null) break;
    from = { ...at, input: at.input + 1 };
  }
}
for (const result of results.values()) show(result);

const failures = [
  ...ends,
  ...[...results.values()].flatMap(({ target, failures: all }) => all.map((one) => ({ target, ...one }))),
];
for (const { target, input } of replayed === null ? failures : []) {
  const index = names.indexOf(target);
  if (index < 0) continue;
  const file = join(out, `failure-${seed}-${index}-${input}.bin`);
  await run({ replay: { target: index, input, file } }, () => {});
  console.log(`--seed ${seed} --replay ${index}:${input} (${target}): ${file}`);
}
rmSync(bundle, { force: true });
rmSync(state, { force: true });
const total = [...results.values()].reduce((sum, { inputs }) => sum + inputs, 0);
const seconds = Math.round((performance.now() - started) / 1000);
const record = { seed, total, seconds, results: [...results.values()], ends };
if (replayed === null) writeFileSync(join(out, `run-${seed}.json`), JSON.stringify(record, null, 1));
console.log(`\n${total} inputs, seed ${seed}, ${seconds} s: ${failures.length} failures`);
process.exitCode = failures.length > 0 || total === 0 ? 1 : 0;
