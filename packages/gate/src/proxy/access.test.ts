import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { raw, nearRig, send, type Rig } from '../../test/gate-kit.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const HOSTILE = JSON.stringify([Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('base64')]);
const ROUTES = 'routes: [{path: "/a/{name}", any_json: true}, {path: /watched, any_json: true, mode: observe}]\n';

let open: Rig | null = null;
let folder: string | null = null;
afterEach(async () => {
  await open?.stop();
  open = null;
  if (folder !== null) rmSync(folder, { recursive: true });
  folder = null;
});

const post = (port: number, path: string, body = '{}', headers = {}) =>
  send(port, path, { headers: { ...JSON_TYPE, ...headers }, body });

test('the access log has one line for each request, and nothing that was refused', async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-access-'));
  const file = join(folder, 'access.ndjson');
  open = await nearRig(`${ROUTES}access_log: {to: "file:${file}"}\ntrust_forwarded: [127.0.0.1]\n`);
  const { port } = open;
  await post(port, '/a/model?key=secret', '{"x":1}', { 'X-Forwarded-For': '203.0.113.5' });
  await post(port, '/a/model', HOSTILE);
  await post(port, '/watched', HOSTILE);
  await post(port, '/nowhere/gASVsecret');
  const text = readFileSync(file, 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(
    lines.map(({ path, route, outcome, rule, status, client }) => ({ path, route, outcome, rule, status, client })),
  ).toEqual([
    { path: '/a/model', route: '0:/a/{name}', outcome: 'passed', rule: null, status: 200, client: '203.0.113.5' },
    { path: null, route: '0:/a/{name}', outcome: 'denied', rule: 'GATE-PICKLE', status: 400, client: '127.0.0.1' },
    { path: null, route: '1:/watched', outcome: 'observed', rule: null, status: 200, client: '127.0.0.1' },
    { path: null, route: null, outcome: 'denied', rule: 'GATE-ROUTE', status: 404, client: '127.0.0.1' },
  ]);
  expect(lines[0]).toMatchObject({
    method: 'POST',
    request_bytes: 7,
    upstream: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
  });
  expect(Number(lines[0]?.['response_bytes'])).toBeGreaterThan(20);
  expect(Number(lines[0]?.['duration_ms'])).toBeGreaterThanOrEqual(Number(lines[0]?.['inspection_ms']));
  expect(text).not.toContain('secret');
  const metrics = (await send(open.adminPort, '/metrics')).body.toString();
  expect(metrics).toContain('sentinel_gate_request_seconds_count{route="0:/a/{name}"} 2\n');
  expect(metrics).toContain('sentinel_gate_upstream_seconds_count{route="0:/a/{name}"} 1\n');
  expect(open.events[0]?.client.address).toBe('127.0.0.1');
});

test('a request that its head decides on has as many bytes as the head declares, none without that', async () => {
  open = await nearRig(ROUTES);
  await send(open.port, '/nowhere');
  await send(open.port, '/nowhere', { headers: { 'Content-Length': '7' }, body: '{"x":1}' });
  expect(open.events.map(({ refusal, payload }) => [refusal.rule, payload.bytes])).toEqual([
    ['GATE-ROUTE', 0],
    ['GATE-ROUTE', 7],
  ]);
});

test('a request without a Host is refused with an event, like any other', async () => {
  open = await nearRig(ROUTES);
  const got = await raw(open.port, 'GET /a/model HTTP/1.1\r\nConnection: close\r\n\r\n');
  expect(got).toMatch(/^HTTP\/1\.1 400 /);
  expect(open.events.map(({ refusal }) => [refusal.rule, refusal.signal])).toEqual([['GATE-HTTP', 'host']]);
});

test('a client that sends too many requests waits; others do not, and observing refuses nobody', async () => {
  open = await nearRig(`${ROUTES}trust_forwarded: [127.0.0.0/8]\nclients: {rate: 0.01, burst: 2}\n`);
  const { port } = open;
  const of = (client: string, path = '/a/x') => post(port, path, '{}', { 'X-Forwarded-For': client });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await of('203.0.113.5')).status);
  expect(statuses).toEqual([200, 200, 429]);
  const { headers } = await of('203.0.113.5');
  expect(Number(headers['retry-after'])).toBeGreaterThan(90);
  expect((await of('203.0.113.6')).status).toBe(200);
  const watched = await of('203.0.113.5', '/watched');
  expect([watched.status, watched.headers['retry-after']]).toEqual([200, undefined]);
  expect(open.events.map(({ refusal, disposition, client }) => [refusal.rule, disposition, client.address])).toEqual([
    ['GATE-RATE', 'denied', '203.0.113.5'],
    ['GATE-RATE', 'denied', '203.0.113.5'],
    ['GATE-RATE', 'allowed', '203.0.113.5'],
  ]);
});

test('a client has so many requests in flight, and gets the next one when one is over', async () => {
  let answer: () => void = () => undefined;
  open = await nearRig(`${ROUTES}clients: {concurrency: 1}\n`, (_request, response) => {
    answer = () => response.end('{}');
  });
  const { port, seen } = open;
  const first = post(port, '/a/x');
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await post(port, '/a/x')).status).toBe(429);
  answer();
  expect((await first).status).toBe(200);
  const second = post(port, '/a/x');
  while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  answer();
  expect((await second).status).toBe(200);
});
