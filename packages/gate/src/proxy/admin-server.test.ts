import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { send } from '../../test/gate-kit.ts';
import { BEAT, READY, type AdminSetup, type FromAdmin, type ToAdmin } from './admin-messages.ts';
import { serveAdmin } from './admin-server.ts';

/** The server in this thread, and the proxy's side of the channel. */
async function started(setup: Partial<AdminSetup> = {}) {
  const { port1, port2 } = new MessageChannel();
  const heard: FromAdmin[] = [];
  const waiting: ((message: FromAdmin) => void)[] = [];
  port1.on('message', (message: FromAdmin) => {
    heard.push(message);
    waiting.shift()?.(message);
  });
  const next = (): Promise<FromAdmin> => new Promise((resolve) => waiting.push(resolve));
  const state = new Float64Array(new SharedArrayBuffer(16));
  const first = next();
  serveAdmin({ host: '127.0.0.1', port: 0, shared: state.buffer, ...setup }, port2);
  const said = await first;
  const say = (message: ToAdmin): void => port1.postMessage(message);
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => port1.once('close', resolve));
    say({ kind: 'close' });
    await closed;
  };
  return { said, say, next, state, stop, heard, port: said.kind === 'listening' ? said.port : 0 };
}
beforeEach(() => vi.spyOn(Date, 'now').mockReturnValue(1_000_000));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('probes are answered by the last sign of life', async () => {
  const { port, state, stop } = await started();
  const answers: [number, boolean, number[]][] = [];
  for (const [age, isReady] of [
    [0, true],
    [14_999, true],
    [15_000, true],
    [0, false],
  ] as const) {
    state[BEAT] = 1_000_000 - age;
    state[READY] = isReady ? 1 : 0;
    const statuses = [(await send(port, '/healthz')).status, (await send(port, '/readyz')).status];
    answers.push([age, isReady, statuses]);
  }
  expect(answers).toEqual([
    [0, true, [200, 200]],
    [14_999, true, [200, 200]],
    [15_000, true, [503, 503]],
    [0, false, [200, 503]],
  ]);
  await stop();
});

test('what is asked for is answered in words, and to HEAD without any', async () => {
  const { port, state, stop } = await started();
  state[BEAT] = 1_000_000;
  const got: unknown[] = [];
  for (const [method, path] of [
    ['GET', '/healthz'],
    ['HEAD', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/x'],
    ['PUT', '/healthz'],
  ] as const) {
    const { status, headers, body } = await send(port, path, { method });
    got.push([method, path, status, headers['content-type'], headers['cache-control'], body.toString()]);
  }
  const text = 'text/plain; charset=utf-8';
  expect(got).toEqual([
    ['GET', '/healthz', 200, text, 'no-store', 'ok\n'],
    ['HEAD', '/healthz', 200, text, 'no-store', ''],
    ['GET', '/readyz', 503, text, 'no-store', 'not ready\n'],
    ['GET', '/x', 404, text, 'no-store', 'not found\n'],
    ['PUT', '/healthz', 405, text, 'no-store', 'GET only\n'],
  ]);
  await stop();
});

test('metrics are asked for of the proxy, each question for itself', async () => {
  const { port, next, say, stop } = await started();
  const asked = [next(), next()];
  const answers = [send(port, '/metrics')];
  const first = await asked[0];
  answers.push(send(port, '/metrics'));
  const second = await asked[1];
  expect([first, second]).toEqual([
    { kind: 'metrics', id: 1 },
    { kind: 'metrics', id: 2 },
  ]);
  say({ kind: 'metrics', id: 2, text: 'two\n' });
  say({ kind: 'metrics', id: 7, text: 'nobody asked\n' });
  say({ kind: 'metrics', id: 1, text: 'one\n' });
  const got = await Promise.all(answers);
  expect(got.map(({ status, headers, body }) => [status, headers['content-type'], body.toString()])).toEqual([
    [200, 'text/plain; version=0.0.4; charset=utf-8', 'one\n'],
    [200, 'text/plain; version=0.0.4; charset=utf-8', 'two\n'],
  ]);
  await stop();
});

test('a proxy that does not write its metrics in time does not move', async () => {
  const { port, next, stop } = await started();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const asked = next();
  const answer = send(port, '/metrics');
  await asked;
  vi.advanceTimersByTime(5_000);
  const { status, body } = await answer;
  expect([status, body.toString()]).toEqual([503, 'the proxy does not move\n']);
  vi.useRealTimers();
  await stop();
});

test('an address that is taken is said', async () => {
  const { port, stop } = await started();
  const second = await started({ port });
  expect(second.said).toEqual({ kind: 'failed', reason: 'EADDRINUSE' });
  await stop();
});
