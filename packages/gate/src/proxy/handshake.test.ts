import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { nearRig, send } from '../../test/gate-kit.js';
import { nearGrpcRig, until } from '../../test/grpc-kit.js';

const file = (name: string): string => fileURLToPath(new URL(`../../test/certificates/${name}`, import.meta.url));
const TLS = `tls: {cert: "${file('server.pem')}", key: "${file('server.key')}"}\n`;

/** What a client of TLS sends first. */
let hello: Buffer = Buffer.alloc(0);
beforeAll(async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const client = tlsConnect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  client.on('error', () => undefined);
  const socket = await new Promise<Socket>((resolve) => server.once('connection', resolve));
  hello = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
  client.destroy();
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

interface Running {
  readonly port: number;
  readonly adminPort: number;
  readonly events: readonly unknown[];
  stop(): Promise<void>;
}

const SERVERS: Readonly<Record<string, (timeouts: string) => Promise<Running>>> = {
  HTTPS: (timeouts) => nearRig(`routes: [{path: /a, any_json: true}]\n${TLS}${timeouts}`),
  'gRPC with TLS': (timeouts) =>
    nearGrpcRig(
      (upstream) =>
        `routes: [{dialect: triton}]\n${TLS}grpc: {upstream: "${upstream}", listen: "127.0.0.1:0"}\n${timeouts}`,
    ),
};
const SENT: Readonly<Record<string, () => Buffer>> = {
  nothing: () => Buffer.alloc(0),
  'half of its first message': () => hello.subarray(0, hello.length >> 1),
  'its first message': () => hello,
};

/** A client that sends this, and nothing more. */
async function stalling(port: number, sent: Buffer): Promise<Socket> {
  const client = connect(port, '127.0.0.1');
  client.on('error', () => undefined);
  client.resume();
  await new Promise((resolve) => client.once('connect', resolve));
  client.write(sent);
  // The gate has read it.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return client;
}

/** A gate of its own, and a client that has sent this. */
async function stalled(
  server: string,
  timeouts: string,
  sent: string,
  what: (gate: Running, client: Socket) => Promise<void>,
): Promise<void> {
  const gate = await SERVERS[server]?.(timeouts);
  if (gate === undefined) throw new Error('no server');
  let client: Socket | null = null;
  try {
    client = await stalling(gate.port, SENT[sent]?.() ?? Buffer.alloc(0));
    await what(gate, client);
  } finally {
    client?.destroy();
    await gate.stop();
  }
}

// Each has a gate of its own, and mostly waits.
describe.concurrent.each(Object.keys(SERVERS))('%s: a client that stalls within the handshake', (server) => {
  test.each(Object.keys(SENT))(
    'after %s does not hold up the end',
    (sent) =>
      stalled(server, 'timeouts: {stop_ms: 20000, headers_ms: 20000}\n', sent, async (gate) => {
        const begun = performance.now();
        await gate.stop();
        expect(performance.now() - begun).toBeLessThan(5_000);
      }),
    30_000,
  );

  test.each(Object.keys(SENT))('after %s has as long as for the head of a request', (sent) =>
    stalled(server, 'timeouts: {stop_ms: 1000, headers_ms: 700}\n', sent, async ({ adminPort, events }, client) => {
      await until(() => client.destroyed);
      expect(client.destroyed).toBe(true);
      const metrics = (await send(adminPort, '/metrics')).body.toString();
      expect(metrics).toContain('sentinel_gate_tls_errors_total 1\n');
      // Nobody has asked for anything.
      expect(events).toEqual([]);
    }),
  );
});
