import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadGateConfig, type GateConfig, type GateEvent } from '../index.ts';
import { Gate } from './gate.ts';
import { INSPECTORS, listening, send } from '../../test/gate-kit.ts';
import { until } from '../../test/grpc-kit.ts';
import { startNear } from '../../test/near-gate.ts';
import { binary, openSocket, text, type Talk } from '../../test/websocket-kit.ts';

const PICKLE4 = Buffer.from('\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.', 'latin1');

/** Inspectors that run, by the configuration that they were started for. */
const running = new Map<GateConfig, number>();
const events: GateEvent[] = [];
const talks: Talk[] = [];
const upstream = createServer();
let port = 0;
let adminPort = 0;
let gate: Gate;
let upstreamPort = 0;

const configOf = (mode: string): GateConfig =>
  loadGateConfig(
    `version: 1\nupstream: http://127.0.0.1:${upstreamPort}\nlisten: 127.0.0.1:0\nadmin: 127.0.0.1:0\nevents: []\nmode: ${mode}\nroutes: [{path: /ws, methods: [GET], upgrade: [websocket]}]\ninspection: {workers: 2}\ntimeouts: {stop_ms: 1000}\n`,
    'sentinel-gate.yml',
  );

upstream.on('upgrade', (_request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  socket.pipe(socket);
  socket.on('error', () => undefined);
});

beforeEach(async () => {
  upstreamPort = await listening(upstream);
  gate = new Gate({
    config: configOf('enforce'),
    adminThread: INSPECTORS.admin,
    sinks: [{ write: (event) => events.push(event), close: () => Promise.resolve() }],
    startInspector: (config) => {
      return (policies, linked) => {
        const count = (by: number): void => void running.set(config, (running.get(config) ?? 0) + by);
        count(1);
        const link = startNear(policies, linked);
        return {
          ...link,
          stop: () => {
            count(-1);
            return link.stop();
          },
        };
      };
    },
  });
  ({ port, adminPort } = await gate.listen());
  await until(() => gate.isReady);
});
afterEach(async () => {
  for (const { socket } of talks.splice(0)) socket.destroy();
  await gate.stop();
  await new Promise((resolve) => upstream.close(resolve));
  running.clear();
  events.length = 0;
});

async function open(): Promise<Talk> {
  const talk = await openSocket(port, '/ws');
  talks.push(talk);
  await says(talk, text('hello'));
  return talk;
}
/** Sends a message, which comes back. */
async function says(talk: Talk, message: Buffer): Promise<void> {
  const before = talk.got().length;
  talk.socket.write(message);
  await talk.until(() => talk.got().length >= before + message.length);
  expect(talk.got().subarray(before).equals(message)).toBe(true);
}

test('open sockets go on with the configuration they began with, and its inspectors end with the last of them', async () => {
  const before = gate.config;
  const [first, second] = [await open(), await open()];
  expect(running.get(before)).toBe(2);
  const observing = configOf('observe');
  await gate.reload(observing);
  await says(first, text('{"still": "here"}'));
  expect([running.get(before), running.get(observing)]).toEqual([2, 2]);
  // A new one has the new configuration, and an old one the old.
  const third = await open();
  await says(third, binary(PICKLE4));
  second.socket.write(binary(PICKLE4));
  await second.until(() => events.length === 2);
  expect(events.map(({ disposition }) => disposition)).toEqual(['allowed', 'denied']);
  await until(() => second.socket.destroyed);
  expect([second.socket.destroyed, running.get(before)]).toEqual([true, 2]);
  first.socket.destroy();
  await until(() => running.get(before) === 0);
  expect([running.get(before), running.get(observing)]).toEqual([0, 2]);
  await says(third, text('goes on'));
  const metrics = (await send(adminPort, '/metrics')).body.toString();
  expect(metrics).toContain('sentinel_gate_requests_in_flight 1\n');
});

test('the sockets of a configuration that was replaced too often end with its inspectors', async () => {
  const before = gate.config;
  const talk = await open();
  for (let i = 0; i < 4; i += 1) {
    // Each has a socket, so that none of them ends by itself.
    await gate.reload(configOf('enforce'));
    if (i < 3) expect(talk.socket.destroyed).toBe(false);
    await open();
  }
  await until(() => talk.socket.destroyed && running.get(before) === 0);
  expect([talk.socket.destroyed, running.get(before)]).toEqual([true, 0]);
  expect(events).toEqual([]);
  for (const { socket } of talks.slice(1)) expect(socket.destroyed).toBe(false);
  const counted = (): unknown[] =>
    [...gate.metrics.requests.values()].filter(({ value }) => value > 0).map(({ labels, value }) => [labels, value]);
  await until(() => counted().length > 0);
  expect(counted()).toEqual([[{ route: '0:/ws', outcome: 'passed' }, 1]]);
});
