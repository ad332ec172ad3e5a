// Changes one operator of a source file at a time, and runs the tests that belong to that file: a change that no test
// notices is a survivor. README.md says what belongs to a file, and what the last runs found.
//
//   node oracles/mutation/run.mjs [--each 12] [--seed 1] [--room core/pickle] [--file npy] [--least 85] [--beside]
//
// --beside: of the command line too only the tests beside the files, and none that starts the program.
// Exit code 1: fewer than --least percent were noticed.
import { execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { changesOf, randomOf } from './changes.mjs';
import { isOfProgram, relatedTests, roomOf } from './related.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    each: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    room: { type: 'string', multiple: true, default: [] },
    file: { type: 'string', default: '' },
    least: { type: 'string', default: '85' },
    beside: { type: 'boolean', default: false },
  },
});

/** Processor time that the tests of one file may take without a change: more is not "within seconds". */
const QUICK_MS = 10_000;
/** Processor time of a run that starts cold, and how much longer than without a change a test may take. */
const SPARE_MS = 3_000;
/** Processor time of the longest run that only measures. */
const MEASURED_MS = 60_000;
const TIMES = 3;

const typescript = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');
const sources = typescript.filter(
  (path) =>
    /^packages\/\w+\/(?:src|node)\//.test(path) && !/\.(?:test|d)\.ts$/.test(path) && !path.includes('/generated/'),
);
const testsOf = relatedTests(ROOT, typescript);
const rooms = new Map();
for (const path of sources) {
  if (!path.includes(options.file)) continue;
  const room = roomOf(path);
  if (options.room.length > 0 && !options.room.includes(room)) continue;
  rooms.set(room, [...(rooms.get(room) ?? []), path]);
}
if (rooms.size === 0) throw new Error('no such room or file');

let child = null;
/** All that tests make, for what is ended cannot clean up behind it. */
const temporary = mkdtempSync(join(tmpdir(), 'sentinel-mutation-'));
// The user of the fleet's database goes through it where the tests run as root.
chmodSync(temporary, 0o711);
process.on('exit', () => {
  child?.kill();
  rmSync(temporary, { recursive: true, force: true });
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.on(signal, () => process.exit(code));

/** Runs tests with one file replaced. Null: it took more than it may, and was ended. */
function run(tests, path, text, milliseconds, isProgram = false) {
  return ask({ tests, path, text, milliseconds, isProgram });
}

async function ask(request) {
  if (child === null) {
    const started = fork(join(ROOT, 'oracles/mutation/tester.mjs'), {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, TMPDIR: temporary },
    });
    await new Promise((resolve, reject) => {
      started.once('message', resolve);
      started.once('exit', (code) => reject(new Error(`the tester does not start: exit code ${code}`)));
    });
    started.removeAllListeners('exit');
    child = started;
  }
  const current = child;
  return new Promise((resolve) => {
    const end = () => {
      child = null;
      resolve(null);
    };
    current.once('exit', end);
    current.once('message', (answer) => {
      current.off('exit', end);
      resolve(answer);
    });
    current.send(request);
  });
}

const unchanged = new Map();
let programTests = null;

/** Each test of the program with the files that ran in it, and its processor time: measured once for a state of both. */
async function measuredTests() {
  const hash = createHash('sha256');
  // Tests beside a file are no part of either.
  const isOfBoth = (path) => /^packages\/cli\/(?:test\/|src\/(?!.*\.test\.ts$))/.test(path);
  for (const path of typescript.filter(isOfBoth).toSorted())
    hash.update(`${path}\n`).update(readFileSync(join(ROOT, path)));
  const file = join(ROOT, '.cache/mutation', `${hash.digest('hex').slice(0, 16)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { covered } = await ask({ covering: typescript.filter(isOfProgram).toSorted() });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(covered));
  return covered;
}

/** The tests of `packages/cli/test` in which a function of this file ran, the one in which the fewest files ran first. */
async function testsOfProgram(path) {
  if (options.beside || !path.startsWith('packages/cli/src/')) return [];
  programTests ??= (await measuredTests()).toSorted((a, b) => a.paths.length - b.paths.length);
  return programTests.filter(({ paths }) => paths.includes(path));
}

function saysLeftOut(path, test, why) {
  console.log(`  ${path}: ${test} is left out: ${why}`);
}

/** The processor time of each test that was ever asked for, as it is. Infinity: it takes longer than any may. Null: it fails. */
const times = new Map();

/** Runs tests as they are until each has a time: twice, for what is imported is transformed by the first run. */
async function measure(tests, path) {
  const limit = MEASURED_MS + tests.length * SPARE_MS;
  for (let left = tests; left.length > 0; left = left.filter((test) => !times.has(test))) {
    await run(left, path, null, limit);
    const answer = await run(left, path, null, limit);
    if (answer === null && left.length === 1) times.set(left[0], Infinity);
    // One of them has no end: each alone.
    else if (answer === null) for (const test of left) await measure([test], path);
    else for (const { test, passed, milliseconds } of answer.each) times.set(test, passed ? milliseconds : null);
  }
}

/** Those that end in seconds together, the nearest first. */
async function quickest(path) {
  const tests = testsOf(path);
  await measure(
    tests.filter((test) => !times.has(test)),
    path,
  );
  const chosen = [];
  let sum = 0;
  for (const test of tests) {
    const time = times.get(test);
    if (time === null) saysLeftOut(path, test, 'it does not pass as it is');
    else if (sum + time > QUICK_MS) saysLeftOut(path, test, 'it takes too long');
    else {
      chosen.push(test);
      sum += time;
    }
  }
  return chosen;
}

/**
 * The tests of a file that end in seconds as long as the file is as it is, the nearest first, and their processor time. Those that
 * start the program have as much time again.
 */
async function quickTests(path) {
  const known = unchanged.get(path);
  if (known !== undefined) return known;
  const quick = { tests: await quickest(path), milliseconds: 0, programTests: [], programMilliseconds: 0 };
  // What one imports is not imported again by the next, so that times of single tests do not add up.
  while (quick.tests.length > 0) {
    const answer = await run(quick.tests, path, null, QUICK_MS * TIMES);
    quick.milliseconds = answer?.milliseconds ?? Infinity;
    if (answer?.passed === true && quick.milliseconds <= QUICK_MS) break;
    const failed = answer?.each.find(({ passed }) => !passed)?.test;
    const dropped = failed ?? quick.tests.at(-1);
    saysLeftOut(path, dropped, failed === undefined ? 'it takes too long' : 'it does not pass as it is');
    quick.tests = quick.tests.filter((test) => test !== dropped);
  }
  for (const { test, passed, milliseconds } of await testsOfProgram(path)) {
    const isSlow = milliseconds > QUICK_MS - quick.programMilliseconds;
    if (isSlow || !passed) saysLeftOut(path, test, isSlow ? 'it takes too long' : 'it does not pass as it is');
    else {
      quick.programTests.push(test);
      quick.programMilliseconds += milliseconds;
    }
  }
  unchanged.set(path, quick);
  return quick;
}

/** Whether a test of the file notices a change of it. A test that does not end notices it. */
async function isNoticed({ path, start, end, by }) {
  const quick = await quickTests(path);
  const text = readFileSync(join(ROOT, path), 'utf8');
  const changed = text.slice(0, start) + by + text.slice(end);
  const fails = async (tests, milliseconds, isProgram) => {
    if (tests.length === 0) return false;
    const answer = await run(tests, path, changed, milliseconds * TIMES + SPARE_MS, isProgram);
    return answer === null || !answer.passed;
  };
  return (
    (await fails(quick.tests, quick.milliseconds, false)) ||
    (await fails(quick.programTests, quick.programMilliseconds, true))
  );
}

let noticed = 0;
let tried = 0;
for (const [room, paths] of [...rooms].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  const random = randomOf(Number(options.seed));
  const all = paths.flatMap((path) => changesOf(path, readFileSync(join(ROOT, path), 'utf8')));
  const sample = [];
  while (sample.length < Number(options.each) && all.length > 0)
    sample.push(...all.splice(Math.floor(random() * all.length), 1));
  // By file, so that the tests of one are run while they are warm.
  sample.sort((a, b) => (a.path === b.path ? a.start - b.start : a.path < b.path ? -1 : 1));
  let survived = 0;
  for (const change of sample) {
    if (await isNoticed(change)) continue;
    survived += 1;
    const { path, line, was, by } = change;
    const { tests, programTests: others } = await quickTests(path);
    const without = tests.length + others.length === 0 ? ' (no test)' : '';
    console.log(`  ${path}:${line}: ${JSON.stringify(was)} → ${JSON.stringify(by)}${without}`);
  }
  noticed += sample.length - survived;
  tried += sample.length;
  console.log(`${room}: ${sample.length - survived} of ${sample.length} changes noticed`);
}
child?.kill();
const percent = tried === 0 ? 100 : (noticed * 100) / tried;
console.log(`${noticed} of ${tried} changes noticed, ${percent.toFixed(1)} %`);
if (percent < Number(options.least)) process.exitCode = 1;
