// Runs test files with one source file replaced, in one vitest that stays: only what changed is transformed again. Tests that
// start the bundled command line get it with the same file replaced. A process of its own, so that a test without an end can
// be ended: it ends itself when a run takes more processor time than it may.
//
// In:  { tests, path, text, milliseconds, isProgram }, text null for the file as it is, isProgram where the tests start the
//      program. Out: { passed, milliseconds, each: [{ test, passed, milliseconds }] }, those that ran, in their order.
// In:  { covering: tests }. Out: { covered: [{ test, paths, passed, milliseconds }] }, the files of the command line that ran in each.
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BaseSequencer, createVitest } from 'vitest/node';
import { bundleWith, bundleWithMarks, children, takeMarks } from './program.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A test that waits for what does not come fails after this time. */
const TIMES = { testTimeout: 30_000, hookTimeout: 30_000 };

/** A run that waits needs no processor: after this time it has no end either. A busy machine is far from it. */
const LONGEST_MS = 600_000;

/** Tests run in the order in which they were asked for. */
class AsAsked extends BaseSequencer {
  async sort(files) {
    return files;
  }
}

/** The tests that have ended in this run, with the processor time since the end of the one before. */
const ended = { each: [], from: 0 };
const stopwatch = {
  onTestModuleEnd: (module) => {
    const now = processorMilliseconds();
    ended.each.push({ test: relative(ROOT, module.moduleId), passed: module.ok(), milliseconds: now - ended.from });
    ended.from = now;
  },
};

/** The file that is replaced in this run. */
let replaced = { path: '', text: null };
/** The file that is replaced in the program. */
let bundled = { path: '', text: null };

const vitest = await createVitest(
  'test',
  {
    root: ROOT,
    watch: false,
    reporters: [stopwatch],
    pool: 'threads',
    // As everywhere: tests share what they have imported. Each run has a thread of its own.
    isolate: false,
    sequence: { sequencer: AsAsked },
    maxWorkers: 1,
    silent: true,
    execArgv: [],
    // One that fails is enough. Where nothing ends any more, each of the others would wait for its time.
    bail: 1,
    ...TIMES,
  },
  {
    plugins: [
      {
        name: 'one-change',
        enforce: 'pre',
        load: (id) => (replaced.text !== null && id.split('?')[0] === replaced.path ? replaced.text : null),
      },
    ],
  },
);

function processorMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + children().milliseconds;
}

/** All in one run, in their order: the first that fails says enough. */
async function passes(tests) {
  const ids = new Set(tests.map((test) => join(ROOT, test)));
  const found = await vitest.globTestSpecifications([...ids]);
  const specifications = [...ids].map((id) => found.find(({ moduleId }) => moduleId === id));
  if (specifications.includes(undefined)) throw new Error(`no test: ${tests.join(', ')}`);
  ended.each = [];
  ended.from = processorMilliseconds();
  const { unhandledErrors } = await vitest.runTestSpecifications(specifications);
  return unhandledErrors.length === 0 && ended.each.length === ids.size && ended.each.every(({ passed }) => passed);
}

/** The program that tests start. It is there after the first run: a set-up of all tests makes it. */
function bundle() {
  return vitest.getRootProject().getProvidedContext().bundle;
}

async function replaceInProgram(test, path, text) {
  if (bundled.text === text && (text === null || bundled.path === path)) return;
  // The first run of this process makes the program, and would make it anew.
  if (bundle() === undefined) await passes([test]);
  await bundleWith(bundle(), path, text);
  bundled = { path, text };
}

async function answer({ tests, path, text, milliseconds, isProgram }) {
  const id = join(ROOT, path);
  if (isProgram) await replaceInProgram(tests[0], id, text);
  const started = processorMilliseconds();
  const begun = performance.now();
  const watch = setInterval(() => {
    if (processorMilliseconds() - started <= milliseconds && performance.now() - begun <= LONGEST_MS) return;
    for (const child of children().running) process.kill(child, 'SIGKILL');
    process.exit(3);
  }, 200);
  replaced = { path: id, text };
  vitest.invalidateFile(id);
  const passed = await passes(tests);
  vitest.invalidateFile(id);
  clearInterval(watch);
  process.send({ passed, milliseconds: processorMilliseconds() - started, each: ended.each });
}

async function cover(tests) {
  await passes([tests[0]]);
  const log = join(bundle(), '../ran.txt');
  await bundleWithMarks(bundle(), log);
  const covered = [];
  for (const test of tests) {
    const started = processorMilliseconds();
    const passed = await passes([test]);
    const milliseconds = processorMilliseconds() - started;
    covered.push({ test, paths: takeMarks(log).map((path) => relative(ROOT, path)), passed, milliseconds });
  }
  await bundleWith(bundle(), '', null);
  process.send({ covered });
}

// Without the one that asks there is nothing to do.
process.on('disconnect', () => process.exit());
process.on('message', (message) => void ('covering' in message ? cover(message.covering) : answer(message)));
process.send('ready');
