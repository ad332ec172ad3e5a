import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rig, send, type Rig } from './gate-kit.ts';

const ROUTES = `
routes:
  - path: /any
    any_json: true
    body_limit: 8MiB
inspection: { workers: 1, deadline_ms: 60000 }
`;
const HEADERS = { 'Content-Type': 'application/json' };
/** Texts that could each hold a pickle: they are decoded, and take their time. */
const slow = (texts: number): string => {
  const word = Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('hex').replaceAll(/63|69/g, '00');
  return JSON.stringify(Array.from({ length: texts }, (_, i) => `${word}${i.toString().padStart(6, '0')}`));
};

let gate: Rig;
beforeAll(async () => {
  gate = await rig(ROUTES);
}, 60_000);
afterAll(() => gate.stop());

test('a client that leaves while its request waits is not waited for, and what is in hand goes on', async () => {
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 2_000 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  let isAnswered = false;
  const first = send(gate.port, '/any', { headers: HEADERS, body: slow(60_000) }).finally(() => (isAnswered = true));
  await until(() => gate.gate.pending === 1);
  const leaving = httpRequest({ port: gate.port, host: '127.0.0.1', path: '/any', method: 'POST', headers: HEADERS });
  leaving.on('error', () => undefined);
  // Too large to be given ahead to an inspector that has one in hand.
  leaving.end(slow(6_000));
  await until(() => gate.gate.pending === 2);
  expect(gate.gate.pending).toBe(2);
  leaving.destroy();
  await until(() => gate.gate.pending === 1);
  expect([isAnswered, gate.gate.pending]).toEqual([false, 1]);
  await until(() => gate.events.length > 0);
  expect(gate.events.map(({ refusal }) => refusal.rule)).toEqual(['GATE-ABORTED']);
  expect((await first).status).toBe(200);
}, 60_000);
