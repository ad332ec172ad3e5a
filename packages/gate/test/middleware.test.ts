import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMiddleware, loadGateConfig, type GateEvent, type GateMiddleware } from '../src/index.ts';
import { INSPECTORS, listening, raw, rig, send } from './gate-kit.ts';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const JSON_TYPE = { 'Content-Type': 'application/json' };
const HOSTILE = JSON.stringify([PICKLE.toString('base64')]);

const events: GateEvent[] = [];
let gate: GateMiddleware;
let server: Server;
let port = 0;
let handled = 0;

beforeAll(async () => {
  const config = loadGateConfig(
    'version: 1\nupstream: http://127.0.0.1:1\nevents: []\nroutes:\n  - {path: /a, any_json: true, body_limit: 2MiB}\n  - {path: /b, methods: [GET]}\n  - {path: /watched, any_json: true, mode: observe}\n',
    'g.yml',
  );
  gate = createMiddleware({
    config,
    inspectors: INSPECTORS,
    sinks: [{ write: (event) => events.push(event), close: () => Promise.resolve() }],
  });
  server = createServer((request, response) => {
    gate(request, response, () => {
      handled += 1;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end(Buffer.concat(chunks)));
    });
  });
  port = await listening(server);
});
afterAll(async () => {
  await gate.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('the handler reads a body that passed as if nobody had', async () => {
  for (const body of [
    '{}',
    JSON.stringify({ text: 'What is this?', data: Array.from({ length: 200_000 }, (_, i) => i) }),
  ]) {
    const got = await send(port, '/a', { headers: JSON_TYPE, body });
    expect([got.status, got.body.toString() === body]).toEqual([200, true]);
    const chunked = await send(port, '/a', { headers: { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }, body });
    expect([chunked.status, chunked.body.toString() === body]).toEqual([200, true]);
  }
  expect((await send(port, '/b')).status).toBe(200);
});

test('what is refused never reaches the handler', async () => {
  const before = handled;
  const answers = [
    await send(port, '/a', { headers: JSON_TYPE, body: HOSTILE }),
    await send(port, '/c', { headers: JSON_TYPE, body: '{}' }),
    await send(port, '/b', { headers: JSON_TYPE, body: '{}' }),
    await send(port, '/a', { headers: JSON_TYPE, body: `"${'x'.repeat(3 * 2 ** 20)}"` }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 404, 405, 413]);
  expect(events.slice(-4).map(({ refusal }) => refusal.rule)).toEqual([
    'GATE-PICKLE',
    'GATE-ROUTE',
    'GATE-METHOD',
    'GATE-SIZE',
  ]);
  expect(handled).toBe(before);
  expect((await send(port, '/watched', { headers: JSON_TYPE, body: HOSTILE })).status).toBe(200);
  expect([events.at(-1)?.disposition, handled]).toEqual(['allowed', before + 1]);
});

test('answers are inspected where the route says so, and trusted proxies are believed', async () => {
  const proxy = await rig(
    'trust_forwarded: [127.0.0.1]\nroutes:\n  - {path: "/**", methods: [GET], responses: inspect}\n',
    (request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      response.end(request.url === '/bad' ? PICKLE : 'plain');
    },
  );
  const good = await send(proxy.port, '/good', {
    headers: { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https' },
  });
  expect([good.status, good.body.toString()]).toEqual([200, 'plain']);
  expect(proxy.seen.at(-1)?.headers).toMatchObject({
    'x-forwarded-for': '192.0.2.1, 127.0.0.1',
    'x-forwarded-proto': 'https',
  });
  const bad = await send(proxy.port, '/bad');
  expect([bad.status, proxy.events.at(-1)?.refusal.rule, bad.body.toString().includes('system')]).toEqual([
    502,
    'GATE-RESPONSE',
    false,
  ]);
  await proxy.stop();
});

test('while all is observed, paths without a route are too; broken framing is refused all the same', async () => {
  const proxy = await rig('mode: observe\nroutes:\n  - {path: /a, any_json: true}\n');
  const got = await send(proxy.port, '/elsewhere', {
    headers: { 'Content-Type': 'application/x-pickle' },
    body: PICKLE,
  });
  expect(got.status).toBe(200);
  expect(proxy.events.map(({ refusal, disposition }) => [refusal.rule, disposition])).toEqual([
    ['GATE-ROUTE', 'allowed'],
    ['GATE-PICKLE-TYPE', 'allowed'],
    ['GATE-PICKLE', 'allowed'],
  ]);
  expect(await raw(proxy.port, 'GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  await proxy.stop();
});

test('a gate that is stopped lets requests end, and takes no more', async () => {
  let release: () => void = () => undefined;
  const proxy = await rig('routes:\n  - {path: /slow, methods: [GET]}\n', (_request, response) => {
    release = () => response.end('done');
  });
  const pending = send(proxy.port, '/slow');
  while (proxy.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const stopped = proxy.stop();
  await expect(send(proxy.port, '/slow')).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
  release();
  const got = await pending;
  expect([got.status, got.body.toString(), got.headers.connection]).toEqual([200, 'done', 'close']);
  await stopped;
});
