import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { listening, nearRig, send, type Rig } from '../../test/gate-kit.js';

const ROUTES = 'routes: [{path: /a, any_json: true}, {path: /get, methods: [GET]}]\n';
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Behind {
  readonly port: number;
  requests: number;
  health: number;
  hold: Promise<void>;
  stop(): Promise<void>;
}

let open: Rig | null = null;
const behind: Behind[] = [];
afterEach(async () => {
  await open?.stop();
  open = null;
  for (const one of behind.splice(0)) await one.stop();
});

async function server(): Promise<Behind> {
  const http: Server = createServer((request, response) => {
    if (request.url === '/health') {
      response.writeHead(one.health).end();
      return;
    }
    one.requests += 1;
    request.resume().on('end', () => void one.hold.then(() => response.end(String(one.port))));
  });
  const one: Behind = {
    port: await listening(http),
    requests: 0,
    health: 200,
    hold: Promise.resolve(),
    stop: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  behind.push(one);
  return one;
}

async function before(servers: readonly Behind[], more = ''): Promise<Rig> {
  const list = servers.map(({ port }) => `"http://127.0.0.1:${port}"`).join(', ');
  open = await nearRig(`upstream: {servers: [${list}]${more}}\n${ROUTES}timeouts: {connect_ms: 500}\n`);
  return open;
}

const post = async ({ port }: Rig): Promise<number> =>
  (await send(port, '/a', { headers: { 'Content-Type': 'application/json' }, body: '{}' })).status;

test('requests are spread over the servers', async () => {
  const [a, b] = [await server(), await server()];
  const gate = await before([a, b]);
  for (let i = 0; i < 10; i += 1) expect(await post(gate)).toBe(200);
  expect([a.requests, b.requests]).toEqual([5, 5]);
});

test('a server that is slow gets no more of them than it answers', async () => {
  const [slow, fast] = [await server(), await server()];
  let go: () => void = () => undefined;
  slow.hold = new Promise((resolve) => {
    go = resolve;
  });
  const gate = await before([slow, fast]);
  const first = [post(gate), post(gate)];
  while (slow.requests === 0) await pause(5);
  for (let i = 0; i < 8; i += 1) expect(await post(gate)).toBe(200);
  expect(slow.requests).toBe(1);
  go();
  expect(await Promise.all(first)).toEqual([200, 200]);
});

test('a request that a server does not take goes to the next one, a POST too', async () => {
  const [gone, there] = [await server(), await server()];
  const gate = await before([gone, there]);
  await gone.stop();
  for (let i = 0; i < 6; i += 1) expect(await post(gate)).toBe(200);
  expect(there.requests).toBe(6);
  await there.stop();
  expect(await post(gate)).toBe(502);
  behind.length = 0;
});

test('health decides where requests go, and whether the gate is ready', async () => {
  const [a, b] = [await server(), await server()];
  const gate = await before([a, b], ', health: {path: /health, every_ms: 30, timeout_ms: 5000}');
  const ready = async (): Promise<number> => (await send(gate.adminPort, '/readyz')).status;
  const until = async (check: () => Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 300 && !(await check()); i += 1) await pause(20);
    expect(await check()).toBe(true);
  };
  a.health = 503;
  await until(async () => {
    const was = a.requests;
    await post(gate);
    await post(gate);
    return a.requests === was;
  });
  await until(async () => (await ready()) === 200);
  b.health = 500;
  await until(async () => (await ready()) === 503);
  // With no server up, requests are tried all the same: the question may be what is wrong.
  expect(await post(gate)).toBe(200);
  a.health = 204;
  await until(async () => (await ready()) === 200);
}, 30_000);
