import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { nearRig, rig, send, type Answer, type Rig } from '../../test/gate-kit.js';

const ONE = 'routes: [{path: /one, any_json: true}]\n';
const BOTH = 'routes: [{path: /one, any_json: true}, {path: /two, any_json: true}]\n';
const JSON_TYPE = { 'Content-Type': 'application/json' };

let open: Rig | null = null;
afterEach(async () => {
  await open?.stop();
  open = null;
});

async function gateWith(yaml: string, answer?: Answer): Promise<Rig> {
  open = await (yaml.includes('isolation: process') ? rig : nearRig)(yaml, answer);
  return open;
}

const post = async (port: number, path: string): Promise<number> =>
  (await send(port, path, { headers: JSON_TYPE, body: '{}' })).status;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('a request in flight ends with the configuration it began with, and the next one has the new one', async () => {
  let answer: () => void = () => undefined;
  const gate = await gateWith(ONE, (_request, response) => {
    answer = () => response.end('late');
  });
  const slow = send(gate.port, '/one', { headers: JSON_TYPE, body: '{}' });
  while (gate.seen.length === 0) await pause(5);
  await gate.gate.reload(gate.configOf('routes: [{path: /two, any_json: true}]\n'));
  expect(await post(gate.port, '/one')).toBe(404);
  answer();
  const { status, body } = await slow;
  expect([status, body.toString()]).toEqual([200, 'late']);
  const metrics = await send(gate.adminPort, '/metrics');
  expect(metrics.body.toString()).toContain('sentinel_gate_requests_in_flight 0\n');
});

test('no request is lost while the configuration changes back and forth', async () => {
  const gate = await gateWith(ONE);
  let isOver = false;
  const statuses: number[] = [];
  const client = async (): Promise<void> => {
    while (!isOver) statuses.push(await post(gate.port, '/one'));
  };
  const clients = Array.from({ length: 4 }, client);
  for (const yaml of [BOTH, ONE, BOTH]) await gate.gate.reload(gate.configOf(yaml));
  isOver = true;
  await Promise.all(clients);
  expect(statuses.length).toBeGreaterThan(3);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(await post(gate.port, '/two')).toBe(200);
}, 60_000);

test.each([
  ['listen', (yaml: string, gate: Rig) => ({ ...gate.configOf(yaml), listen: { host: '127.0.0.1', port: 1 } })],
  ['limits.header_bytes', (yaml: string, gate: Rig) => gate.configOf(`${yaml}limits: {header_bytes: 2048}\n`)],
  [
    'events: /nowhere/at/all',
    (yaml: string, gate: Rig) => gate.configOf(`${yaml}events: [{to: "file:/nowhere/at/all"}]\n`),
  ],
])('%s cannot change, and the old configuration stays', async (words, make) => {
  const gate = await gateWith(ONE);
  await expect(gate.gate.reload(make(BOTH, gate))).rejects.toThrow(words);
  expect(await post(gate.port, '/one')).toBe(200);
  expect(await post(gate.port, '/two')).toBe(404);
});

test('event files are opened anew after they were renamed, and stay through a reload', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-gate-'));
  const file = join(folder, 'events.ndjson');
  const events = `events: [{to: "file:${file}"}]\n`;
  const gate = await gateWith(ONE + events);
  const count = (name: string): number => readFileSync(name, 'utf8').trimEnd().split('\n').filter(Boolean).length;
  try {
    await post(gate.port, '/no');
    renameSync(file, `${file}.1`);
    await post(gate.port, '/no');
    expect(count(`${file}.1`)).toBe(2);
    expect(gate.gate.reopenFiles()).toEqual([]);
    await post(gate.port, '/no');
    expect([count(`${file}.1`), count(file)]).toEqual([2, 1]);
    await gate.gate.reload(gate.configOf(BOTH + events));
    await post(gate.port, '/no');
    expect(count(file)).toBe(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['nothing', ''],
  ['half a head', 'POST /one HTTP/1.1\r\nHost: a\r\n'],
])('a connection with %s on it does not hold up the end', async (_what, sent) => {
  const gate = await gateWith(`${ONE}timeouts: {stop_ms: 20000, headers_ms: 20000}\n`);
  const socket = connect(gate.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(sent);
  socket.on('error', () => undefined);
  await pause(50);
  const start = performance.now();
  await gate.stop();
  open = null;
  expect(performance.now() - start).toBeLessThan(10_000);
  socket.destroy();
});

test('a configuration that is being made ready when the gate stops leaves no inspector behind', async () => {
  const processes = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
  const before = processes();
  const gate = await gateWith(`${ONE}inspection: {isolation: process, workers: 1}\n`);
  expect(processes()).toBe(before + 1);
  const reload = gate.gate.reload(gate.configOf(`${BOTH}inspection: {isolation: process, workers: 1}\n`));
  await Promise.all([expect(reload).rejects.toThrow('the gate is stopping'), gate.stop()]);
  open = null;
  for (let i = 0; i < 200 && processes() > before; i += 1) await pause(10);
  expect(processes()).toBe(before);
});
