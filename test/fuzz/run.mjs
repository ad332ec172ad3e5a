// Fuzzes every decoder: any bytes, and valid data changed by someone who knows the format. See README.md.
//
//   node test/fuzz/run.mjs [--inputs N] [--seed N] [--only PART OF A TARGET'S NAME] [--limit SECONDS]
//   node test/fuzz/run.mjs --seed N --replay TARGET:INPUT
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
    limit: { type: 'string', default: '20' },
    replay: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed);
/** A process that ended is followed by another one, which goes on behind the input; not without end. */
const MOST_PROCESSES = 20;
const HEAP_MB = 1000;

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
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});

let names = [];

/** Where the process stands: the numbers of its target and input. */
function place() {
  const bytes = readFileSync(state);
  return bytes.length < 8 ? null : { target: bytes.readInt32LE(0), input: bytes.readInt32LE(4) };
}

/** One process; how it ended is null where it did all that was asked. */
async function run(order, onResult) {
  writeFileSync(state, '');
  const child = fork(bundle, [JSON.stringify({ root, seed, only: values.only, state, replay: null, ...order })], {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
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
    const at = JSON.stringify(place());
    if (at !== last.at) last = { at, since: performance.now() };
    else if (at !== 'null' && performance.now() - last.since > Number(values.limit) * 1000) {
      ended = `no end within ${values.limit} s`;
      child.kill('SIGKILL');
    }
  }, 500);
  const [code, signal] = await new Promise((resolve) => child.on('close', (...how) => resolve(how)));
  clearInterval(watch);
  if (ended === null && !done) ended = `the process ended (${signal ?? code}): ${errors.trim()}`;
  return ended;
}

function show({ target, inputs, seconds, refused, bytes, slowestMs, slowestInput, peakMb, failures }) {
  const rate = Math.round(inputs / Math.max(seconds, 0.001));
  const share = Math.round((refused / Math.max(inputs, 1)) * 100);
  console.log(
    `${target.padEnd(36)} ${String(inputs).padStart(8)} inputs ${String(rate).padStart(7)}/s ${String(Math.round(bytes / Math.max(inputs, 1))).padStart(6)} bytes each  refused ${String(share).padStart(3)} %  slowest ${slowestMs.toFixed(1)} ms (${slowestInput})  peak ${Math.round(peakMb)} MB`,
  );
  for (const { kind, input, detail, count } of failures)
    console.log(`  FAILURE ${kind}, input ${input}, ${count} times: ${detail}`);
}

const results = [];
const failures = [];
const started = performance.now();
const onResult = (result) => {
  results.push(result);
  failures.push(...result.failures.map((failure) => ({ target: result.target, ...failure })));
  show(result);
};

const replayed = /^(\d+):(\d+)$/.exec(values.replay);
if (replayed !== null) {
  const [target, input] = [Number(replayed[1]), Number(replayed[2])];
  const file = join(out, `input-${seed}-${target}-${input}.bin`);
  const ended = await run({ replay: { target, input, file } }, onResult);
  if (ended !== null) failures.push({ target, kind: 'ended', input, detail: ended });
  console.log(`${file}${ended === null ? '' : `: ${ended}`}`);
} else {
  let from = { target: 0, input: 0 };
  for (let processes = 0; processes < MOST_PROCESSES; processes += 1) {
    const ended = await run({ inputs: Number(values.inputs), from }, onResult);
    if (ended === null) break;
    const at = place();
    failures.push({ target: names[at?.target] ?? at?.target, kind: 'ended', input: at?.input, detail: ended });
    console.log(`  FAILURE ended, target ${at?.target} (${names[at?.target]}), input ${at?.input}: ${ended}`);
    if (at === null) break;
    from = { target: at.target, input: at.input + 1 };
  }
  for (const { target, input } of failures) {
    const index = names.indexOf(target);
    const file = join(out, `failure-${seed}-${index}-${input}.bin`);
    if (index >= 0) await run({ replay: { target: index, input, file } }, () => {});
    console.log(`  input written: ${file}`);
  }
}
rmSync(bundle, { force: true });
rmSync(state, { force: true });
const total = results.reduce((sum, { inputs }) => sum + inputs, 0);
const seconds = Math.round((performance.now() - started) / 1000);
writeFileSync(join(out, `run-${seed}.json`), JSON.stringify({ seed, total, seconds, results, failures }, null, 1));
console.log(`\n${total} inputs, seed ${seed}, ${seconds} s: ${failures.length} failures`);
process.exitCode = failures.length > 0 || total === 0 ? 1 : 0;
