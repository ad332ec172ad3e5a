// Runs test files with one source file replaced, in one vitest that stays: only what changed is transformed again. A
// process of its own, so that a test without an end can be ended: it ends itself when a run takes more processor time
// than it may.
//
// In: { tests, path, text, milliseconds }, text null for the file as it is. Out: { passed, milliseconds }.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A test that waits for what does not come fails after this time. */
const TIMES = { testTimeout: 30_000, hookTimeout: 30_000 };

/** The file that is replaced in this run. */
let replaced = { path: '', text: null };

const vitest = await createVitest(
  'test',
  { root: ROOT, watch: false, reporters: [{}], pool: 'threads', isolate: true, maxWorkers: 1, silent: true, ...TIMES },
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
  return (user + system) / 1000;
}

/** One file of tests after the other, the nearest first: the first that fails says enough. */
async function passes(tests) {
  for (const test of tests) {
    const id = join(ROOT, test);
    const specifications = (await vitest.globTestSpecifications([id])).filter(({ moduleId }) => moduleId === id);
    if (specifications.length !== 1) throw new Error(`no test: ${test}`);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    // The result also has what ran before.
    const isPassed = testModules.some((one) => one.moduleId === id && one.ok());
    if (unhandledErrors.length > 0 || !isPassed) return false;
  }
  return true;
}

async function answer({ tests, path, text, milliseconds }) {
  const started = processorMilliseconds();
  const watch = setInterval(() => {
    if (processorMilliseconds() - started > milliseconds) process.exit(3);
  }, 100);
  replaced = { path: join(ROOT, path), text };
  vitest.invalidateFile(replaced.path);
  const passed = await passes(tests);
  vitest.invalidateFile(replaced.path);
  clearInterval(watch);
  process.send({ passed, milliseconds: processorMilliseconds() - started });
}

process.on('message', (message) => void answer(message));
process.send('ready');
