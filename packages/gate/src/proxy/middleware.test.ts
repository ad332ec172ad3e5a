import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadGateConfig, type GateEvent, type GateMiddleware } from '../index.ts';
import { listening, raw, nearRig, send } from '../../test/gate-kit.ts';
import { until } from '../../test/grpc-kit.ts';
import { startNear } from '../../test/near-gate.ts';
import { middlewareOf } from './middleware.ts';

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
    'version: 1\nupstream: http://127.0.0.1:1\nevents: []\nroutes:\n  - {path: /a, any_json: true, body_limit: 2MiB}\n  - {path: /b, methods: [GET]}\n  - {path: /typed, methods: [GET], content_types: [application/json], any_json: true}\n  - {path: /watched, any_json: true, mode: observe}\n  - {path: /small, any_json: true, mode: observe, body_limit: 1KiB}\ntimeouts: {body_ms: 1500}\n',
    'g.yml',
  );
  gate = middlewareOf({
    config,
    startInspector: startNear,
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
  // Without a body there is nothing that a type could be missing of.
  for (const path of ['/b', '/typed']) expect((await send(port, path)).status).toBe(200);
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

test('a head with a fault is refused, and a client that leaves is no error', async () => {
  const before = handled;
  expect(await raw(port, 'GET /b HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(events.at(-1)).toMatchObject({ refusal: { rule: 'GATE-HTTP', signal: 'host' } });
  const counted = events.length;
  const half = 'POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
  await raw(port, half, 50);
  await until(() => events.length > counted);
  expect(events.slice(counted)).toMatchObject([{ refusal: { rule: 'GATE-ABORTED' }, disposition: 'failed' }]);
  expect(handled).toBe(before);
});

test('a connection outlives a body that is refused on it, and not a path that is', async () => {
  const refused = `POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${HOSTILE.length}\r\n\r\n${HOSTILE}`;
  const last = 'GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const got = await raw(port, `${refused}${last}`);
  expect([...got.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status)).toEqual(['400', '200']);
  expect(got.match(/^Connection: close/gim)).toHaveLength(1);
  const method = await raw(port, `GET /a HTTP/1.1\r\nHost: a\r\n\r\n${last}`);
  expect(method.match(/^(?:HTTP|Allow|Connection).*/gm)).toEqual([
    'HTTP/1.1 405 Method Not Allowed',
    'Allow: POST',
    'Connection: close',
  ]);
});

test('what cannot be held is refused in any mode, and what is too large passes where that is observed', async () => {
  const large = `"${'x'.repeat(3 * 2 ** 20)}"`;
  const chunked = { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' };
  const got = await send(port, '/small', { headers: chunked, body: large });
  expect([got.status, got.body.toString() === large]).toEqual([200, true]);
  expect(events.slice(-2)).toMatchObject([
    { refusal: { rule: 'GATE-SIZE' }, disposition: 'allowed' },
    // What was held of it, which is no whole JSON.
    { refusal: { rule: 'GATE-MALFORMED' }, disposition: 'allowed' },
  ]);
  const slow = `POST /watched HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`;
  expect(await raw(port, slow, 4_000)).toMatch(/^HTTP\/1\.1 408 /);
  expect(events.at(-1)).toMatchObject({ refusal: { rule: 'GATE-SLOW' }, disposition: 'denied' });
});

test('clients have their limits, their address behind a trusted proxy, and a line in the access log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-middleware-'));
  const file = join(folder, 'access.ndjson');
  const own = middlewareOf({
    config: loadGateConfig(
      `version: 1\nupstream: http://127.0.0.1:1\nevents: []\nroutes: [{path: /a, any_json: true}]\ntrust_forwarded: [127.0.0.1]\nclients: {rate: 0.01, burst: 1}\naccess_log: {to: "file:${file}"}\n`,
      'g.yml',
    ),
    startInspector: startNear,
  });
  const behind = createServer((request, response) => own(request, response, () => response.end('ok')));
  const at = await listening(behind);
  const post = async (client: string): Promise<number> =>
    (await send(at, '/a', { headers: { ...JSON_TYPE, 'X-Forwarded-For': client }, body: '{}' })).status;
  try {
    expect([await post('203.0.113.5'), await post('203.0.113.5'), await post('203.0.113.6')]).toEqual([200, 429, 200]);
    await until(() => readFileSync(file, 'utf8').split('\n').length === 4);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { client: '203.0.113.5', outcome: 'passed', status: 200, path: '/a', route: '0:/a' },
      { client: '203.0.113.5', outcome: 'denied', status: 429, path: null, rule: 'GATE-RATE' },
      { client: '203.0.113.6', outcome: 'passed', status: 200 },
    ]);
  } finally {
    await own.close();
    behind.closeAllConnections();
    await new Promise((resolve) => behind.close(resolve));
    rmSync(folder, { recursive: true });
  }
});

test('answers are inspected where the route says so, and trusted proxies are believed', async () => {
  const proxy = await nearRig(
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
  const proxy = await nearRig('mode: observe\nroutes:\n  - {path: /a, any_json: true}\n');
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
  const proxy = await nearRig('routes:\n  - {path: /slow, methods: [GET]}\n', (_request, response) => {
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
