import { UsageError } from '@artifact-sentinel/core/internal';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isMissing, isRecentNode, runFleet } from './run.js';

test.each([
  ['20.19.5', false],
  ['21.99.0', false],
  ['22.11.9', false],
  ['22.12.0', true],
  ['22.13.1', true],
  ['23.0.0', true],
  ['24.1.0', true],
])('Node %s: %s', (version, is) => expect(isRecentNode(version)).toBe(is));

test('an older Node is bad usage, before anything is loaded', async () => {
  nodeIs('22.11.9');
  await expect(runFleet('worker', {})).rejects.toThrow('worker needs Node 22.12 or later; this is 22.11.9');
});

test.each([
  [Object.assign(new Error('a'), { code: 'ERR_MODULE_NOT_FOUND' }), true],
  [Object.assign(new Error('a'), { code: 'MODULE_NOT_FOUND' }), true],
  [Object.assign(new Error('a'), { code: 'ERR_REQUIRE_ESM' }), false],
  [new Error('a'), false],
  [{ code: 'MODULE_NOT_FOUND' }, false],
  ['MODULE_NOT_FOUND', false],
])('%o says that a package is not there: %s', (error, is) => expect(isMissing(error)).toBe(is));

test('a fleet that is not installed is bad usage; one that does not load is a fault', async () => {
  nodeIs('22.12.0');
  const missing = Object.assign(new Error('a'), { code: 'ERR_MODULE_NOT_FOUND' });
  const said = await runFleet('serve', { data: 'd', listen: 'l' }, () => Promise.reject(missing)).catch(
    (error: unknown) => error,
  );
  expect(said).toBeInstanceOf(UsageError);
  expect(said).toHaveProperty(
    'message',
    'serve needs the package @artifact-sentinel/fleet beside this one: npm install @artifact-sentinel/fleet',
  );
  const fault = new SyntaxError('broken');
  await expect(runFleet('worker', {}, () => Promise.reject(fault))).rejects.toBe(fault);
});

test('each command has its own run, with its options and the environment', async () => {
  nodeIs('22.12.0');
  vi.stubEnv('SENTINEL_TEST_VARIABLE', 'v');
  onTestFinished(() => void vi.unstubAllEnvs());
  endsWithTest();
  const ran: unknown[] = [];
  const fleet = {
    runServe: async (options: object, { variable }: { variable: (name: string) => string | undefined }) => {
      ran.push('serve', options, variable('SENTINEL_TEST_VARIABLE'));
      return 3;
    },
    runWorker: async (options: object, { variable }: { variable: (name: string) => string | undefined }) => {
      ran.push('worker', options, variable('SENTINEL_TEST_NO_VARIABLE'));
      return 4;
    },
  };
  const load = () => Promise.resolve(fleet);
  expect(await runFleet('serve', { data: 'd', listen: 'l' }, load)).toBe(3);
  expect(await runFleet('worker', { processes: 2 }, load)).toBe(4);
  expect(ran).toEqual(['serve', { data: 'd', listen: 'l' }, 'v', 'worker', { processes: 2 }, undefined]);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the fleet; the second one does not wait for it', async (signal) => {
  nodeIs('22.12.0');
  const before = endsWithTest();
  const exits: unknown[] = [];
  const exit = vi.spyOn(process, 'exit').mockImplementation(((code: unknown) => exits.push(code)) as never);
  onTestFinished(() => exit.mockRestore());
  /** To those that the fleet added: other listeners are not of this test. */
  const send = (): void => {
    for (const listener of process.listeners(signal)) if (!before.has(listener)) listener(signal);
  };
  let hasEnded = false;
  let isOver = false;
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const runWorker = async (_options: object, { ended }: { ended: Promise<void> }): Promise<number> => {
    await ended;
    hasEnded = true;
    await finished;
    return 5;
  };
  const code = runFleet('worker', {}, () => Promise.resolve({ runServe: runWorker, runWorker })).then((given) => {
    isOver = true;
    return given;
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  expect([hasEnded, isOver]).toEqual([false, false]);
  send();
  await turn();
  expect([hasEnded, isOver, exits]).toEqual([true, false, []]);
  send();
  expect(exits).toEqual([0]);
  finish();
  expect(await code).toBe(5);
});

/** What listens for signals from here on goes with the test; gives what listened before. */
function endsWithTest(): ReadonlySet<unknown> {
  const signals = ['SIGTERM', 'SIGINT'] as const;
  const before = new Set<unknown>(signals.flatMap((signal) => process.listeners(signal)));
  onTestFinished(() => {
    for (const signal of signals)
      for (const listener of process.listeners(signal))
        if (!before.has(listener)) process.removeListener(signal, listener);
  });
  return before;
}

function nodeIs(node: string): void {
  const { versions } = process;
  Object.defineProperty(process, 'versions', { configurable: true, value: { ...versions, node } });
  onTestFinished(() => void Object.defineProperty(process, 'versions', { value: versions }));
}
