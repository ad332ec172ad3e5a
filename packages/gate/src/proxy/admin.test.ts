import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { INSPECTORS, listening, nearRig, send } from '../../test/gate-kit.js';
import { Admin } from './admin.js';

test('probes are answered while the proxy does not move', async () => {
  let metrics = 0;
  const admin = new Admin({
    entry: INSPECTORS.admin,
    isReady: () => true,
    metrics: () => {
      metrics += 1;
      return 'm 1\n';
    },
  });
  const port = await admin.listen({ host: '127.0.0.1', port: 0 });
  try {
    const status = async (path: string): Promise<number> => (await send(port, path)).status;
    expect([await status('/healthz'), await status('/readyz'), await status('/metrics'), await status('/x')]).toEqual([
      200, 200, 200, 404,
    ]);
    expect(metrics).toBe(1);
    expect((await send(port, '/healthz', { method: 'POST', body: 'x' })).status).toBe(405);
    // The answer has to be there before this thread is free again: it waits without giving anything else a turn.
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const asking = new Worker(
      `const { workerData } = require('node:worker_threads');
       require('node:http').get({ host: '127.0.0.1', port: workerData.port, path: '/healthz' }, (response) => {
         Atomics.store(workerData.answered, 0, response.statusCode);
         Atomics.notify(workerData.answered, 0);
       });`,
      { eval: true, workerData: { port, answered } },
    );
    Atomics.wait(answered, 0, 0, 10_000);
    expect(Atomics.load(answered, 0)).toBe(200);
    await asking.terminate();
  } finally {
    await admin.close();
  }
});

test('an address that is taken is said in words', async () => {
  const taken = createServer();
  const port = await listening(taken);
  const admin = new Admin({ entry: INSPECTORS.admin, isReady: () => true, metrics: () => '' });
  await expect(admin.listen({ host: '127.0.0.1', port })).rejects.toThrow(
    `admin: 127.0.0.1:${port} cannot be listened on (EADDRINUSE)`,
  );
  await admin.close();
  taken.close();
});

test('a gate that stops is not ready at once', async () => {
  let answer: () => void = () => undefined;
  const gate = await nearRig('routes: [{path: /a, any_json: true}]\n', (_request, response) => {
    answer = () => response.end('{}');
  });
  const slow = send(gate.port, '/a', { headers: { 'Content-Type': 'application/json' }, body: '{}' });
  while (gate.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  while ((await send(gate.adminPort, '/readyz')).status !== 200)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const stopping = gate.stop();
  expect((await send(gate.adminPort, '/readyz')).status).toBe(503);
  answer();
  expect((await slow).status).toBe(200);
  await stopping;
});
