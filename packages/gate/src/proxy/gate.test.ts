import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { INSPECTORS, listening } from '../../test/gate-kit.ts';
import { startNear } from '../../test/near-gate.ts';
import type { GateConfig } from '../config/gate-config.ts';
import { loadGateConfig } from '../config/load.ts';
import { Targets } from '../events/targets.ts';
import type { StartInspector } from '../isolation/pool.ts';
import { Gate, type GateOptions, type Listener, type Shared } from './gate.ts';

const file = (name: string): string => fileURLToPath(new URL(`../../test/certificates/${name}`, import.meta.url));
const TLS = { cert: file('server.pem'), key: file('server.key'), clientCa: null };
const gates: Gate[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const gate of gates.splice(0)) await gate.stop();
});

function configOf(more = ''): GateConfig {
  const text = `version: 1\nupstream: http://127.0.0.1:9\nlisten: 127.0.0.1:0\nadmin: 127.0.0.1:0\nroutes: [{path: /a, any_json: true}]\n${more}`;
  return loadGateConfig(text, 'g.yml', {});
}
const PLAIN = configOf('events: []\n');
const SILENT: StartInspector = () => ({ send: () => undefined, stop: () => undefined });

function gateOf(config = PLAIN, options: Partial<GateOptions> = {}): Gate {
  const gate = new Gate({ config, adminThread: INSPECTORS.admin, startInspector: () => startNear, ...options });
  gates.push(gate);
  return gate;
}

const grpc = configOf('events: []\ngrpc: {upstream: "http://127.0.0.1:9", listen: "127.0.0.1:0"}\n').grpc;
const extProc = configOf('events: []\next_proc: {listen: "127.0.0.1:0"}\n').extProc;
const tls = { ...TLS, clientCert: 'require' as const };

test.each<[what: string, before: Partial<GateConfig>, after: Partial<GateConfig>, words: string | null]>([
  ['the host', {}, { listen: { host: '::1', port: 0 } }, 'listen cannot change'],
  ['the port', {}, { listen: { host: '127.0.0.1', port: 1 } }, 'listen cannot change'],
  ['no server', {}, { listen: null }, 'listen cannot change'],
  ['the host of probes', {}, { admin: { host: '::1', port: 0 } }, 'admin cannot change'],
  ['the port of probes', {}, { admin: { host: '127.0.0.1', port: 1 } }, 'admin cannot change'],
  ['gRPC', {}, { grpc }, 'grpc and ext_proc cannot come or go'],
  ['no gRPC', { grpc }, {}, 'grpc and ext_proc cannot come or go'],
  ['Envoy', {}, { extProc }, 'grpc and ext_proc cannot come or go'],
  ['both, where both are', { grpc, extProc }, { grpc, extProc }, null],
  ['TLS', {}, { tls }, 'tls can change its files'],
  ['no TLS', { tls }, {}, 'tls can change its files'],
  [
    'whether clients need a certificate',
    { tls },
    { tls: { ...tls, clientCert: 'request' } },
    'tls can change its files',
  ],
  ['the files of TLS', { tls }, { tls: { ...tls, clientCa: file('ca.pem') } }, null],
  ['files that are none', { tls }, { tls: { ...tls, key: tls.cert } }, 'tls: '],
  ['bytes of a head', {}, { limits: { ...PLAIN.limits, headerBytes: 1_000 } }, 'limits.header_bytes cannot change'],
  ['other bounds', {}, { limits: { ...PLAIN.limits, connections: 7 } }, null],
])('a reload with %s', async (_what, before, after, words) => {
  const gate = gateOf({ ...PLAIN, ...before });
  const next = { ...PLAIN, ...after };
  if (words === null) await gate.reload(next);
  else await expect(gate.reload(next)).rejects.toThrow(words);
  expect(gate.config === next).toBe(words === null);
});

test('a further server is asked before anything changes, and told afterwards', async () => {
  const log: (readonly [check: boolean, isInForce: boolean])[] = [];
  let refuses = false;
  const listener: Listener = {
    name: 'own',
    listen: () => Promise.resolve(5),
    stop: () => Promise.resolve(),
    reload: (config, check) => {
      log.push([check, gate.config === config]);
      if (refuses) throw new Error('no');
    },
  };
  const gate = gateOf(PLAIN, { listeners: [() => listener] });
  await gate.reload({ ...PLAIN });
  expect(log).toEqual([
    [true, false],
    [false, true],
  ]);
  refuses = true;
  const was = gate.config;
  await expect(gate.reload({ ...PLAIN })).rejects.toThrow('no');
  expect([log.length, gate.config === was]).toEqual([3, true]);
  expect(await gate.listen()).toMatchObject({ ports: { own: 5 } });
});

test('a call has the configuration that it began with, and keeps it until it is over', async () => {
  const given: Shared[] = [];
  const make = (shared: Shared): Listener => {
    given.push(shared);
    return { name: 'own', listen: () => Promise.resolve(0), stop: () => Promise.resolve(), reload: () => undefined };
  };
  const targets = (name: string): GateConfig => ({ ...PLAIN, events: [{ to: 'stdout', format: name as 'ecs' }] });
  const closed = vi.spyOn(Targets.prototype, 'closeBut');
  const [first, second] = [targets('ecs'), targets('ocsf')];
  const gate = gateOf(first, { listeners: [make] });
  const inFlight = (): string => /in_flight (\d+)\n/.exec(gate.metrics.render())?.[1] ?? '';
  const one = given[0]?.enter();
  await gate.reload(second);
  const two = given[0]?.enter();
  expect([one?.generation.config === first, two?.generation.config === second, inFlight()]).toEqual([true, true, '2']);
  await turn();
  expect(closed).not.toHaveBeenCalled();
  two?.leave();
  one?.leave();
  await turn();
  // Events, access log, collector: what the one in force writes to stays open.
  expect(closed.mock.calls).toEqual([[['ocsf stdout']], [[]], [[]]]);
  expect(inFlight()).toBe('0');
});

/** Promises that are resolved have been heard. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what was opened for a configuration that does not start is closed again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-gate-'));
  try {
    const closed = vi.spyOn(Targets.prototype, 'closeBut');
    const gate = gateOf(
      { ...PLAIN, accessLog: `file:${join(folder, 'a')}` },
      { startInspector: (config) => (config.inspection.workers === 3 ? SILENT : startNear) },
    );
    await turn();
    expect(gate.isReady).toBe(true);
    const reload = gate.reload({
      ...PLAIN,
      accessLog: `file:${join(folder, 'b')}`,
      inspection: { ...PLAIN.inspection, workers: 3 },
    });
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 30_100);
    await expect(reload).rejects.toThrow('the inspectors of the new configuration did not start');
    expect(closed.mock.calls).toEqual([[[]], [[`file:${join(folder, 'a')}`]], [[]]]);
    expect([gate.config.accessLog, gate.isReady]).toEqual([`file:${join(folder, 'a')}`, true]);
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a gate whose inspectors have not started is not ready', async () => {
  const gate = gateOf(PLAIN, { startInspector: () => SILENT });
  await turn();
  expect([gate.isReady, gate.pending]).toEqual([false, 0]);
});

test('an address that is taken is said in words', async () => {
  const taken = createServer();
  const port = await listening(taken);
  const gate = gateOf({ ...PLAIN, listen: { host: '127.0.0.1', port } });
  await expect(gate.listen()).rejects.toThrow(`listen: 127.0.0.1:${port} cannot be listened on (EADDRINUSE)`);
  await new Promise((resolve) => taken.close(resolve));
});

test('a gate that serves no HTTP has no port for it, and ends once', async () => {
  const close = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const gate = gateOf({ ...PLAIN, listen: null }, { sinks: [{ write: () => undefined, close }] });
  const { port, adminPort } = await gate.listen();
  expect([port, adminPort > 0]).toEqual([0, true]);
  await gate.stop();
  await gate.stop();
  expect([close.mock.calls.length, gate.isReady]).toEqual([1, false]);
});

test('a request over TLS that is in flight when the gate ends has its time', async () => {
  let answer: (() => void) | null = null;
  const behind = createServer((_request, response) => {
    answer = () => response.end('late');
  });
  const servers = [`http://127.0.0.1:${await listening(behind)}`];
  const routes = PLAIN.routes.map((route) => ({ ...route, methods: ['GET'] }));
  const gate = gateOf({
    ...PLAIN,
    routes,
    tls: { ...tls, clientCert: 'request' },
    upstream: { ...PLAIN.upstream, servers },
  });
  const { port } = await gate.listen();
  const got = new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: '/a', rejectUnauthorized: false, agent: false };
    get(options, ({ statusCode }) => resolve(statusCode)).on('error', reject);
  });
  while (answer === null) await turn();
  const stopped = gate.stop();
  // Heads have a second; this one was there.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  (answer as () => void)();
  expect(await got).toBe(200);
  await stopped;
  behind.closeAllConnections();
  await new Promise((resolve) => behind.close(resolve));
});
