import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { send } from '../../test/gate-kit.js';
import { Client, nearGrpcRig, INFER, type GotCall, type GrpcRig } from '../../test/grpc-kit.js';
import { inferRequest, rawElements } from '../../test/grpc-messages.js';

const file = (name: string): string => fileURLToPath(new URL(`../../test/certificates/${name}`, import.meta.url));
const pem = (name: string): Buffer => readFileSync(file(name));
const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const honest = inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: rawElements(Buffer.from('hello')) }] });
const hostile = inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: rawElements(PICKLE) }] });

let open: GrpcRig | null = null;
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await open?.stop();
  open = null;
});

const yaml =
  (more = '', grpc = '') =>
  (upstream: string): string =>
    `routes: [{dialect: triton}]\ngrpc: {upstream: "${upstream}", listen: "127.0.0.1:0"${grpc}}\n${more}`;

async function gateWith(more = '', grpc = ''): Promise<GrpcRig> {
  open = await nearGrpcRig(yaml(more, grpc));
  return open;
}

function infer(
  { port }: GrpcRig,
  message: Uint8Array,
  tls: ConstructorParameters<typeof Client>[1] = null,
  headers: Readonly<Record<string, string>> = {},
): Promise<GotCall> {
  const client = new Client(port, tls);
  clients.push(client);
  return client.call(INFER, [message], headers);
}

test('with TLS, and the certificates of clients', async () => {
  const gate = await gateWith(
    `tls: {cert: "${file('server.pem')}", key: "${file('server.key')}", client_ca: "${file('ca.pem')}"}\n`,
  );
  const ca = pem('ca.pem');
  const own = { ca, cert: pem('client.pem'), key: pem('client.key') };
  expect((await infer(gate, honest, own)).status).toBe('0');
  expect((await infer(gate, hostile, own)).status).toBe('3');
  expect((await infer(gate, honest, { ca })).status).toBeUndefined();
  expect((await infer(gate, honest)).status).toBeUndefined();
  expect(gate.reached).toHaveLength(1);
});

test('a reload changes what is observed and allowed, and loses no call', async () => {
  const gate = await gateWith();
  const client = new Client(gate.port);
  clients.push(client);
  expect((await client.call(INFER, [hostile])).status).toBe('3');
  await gate.gate.reload(gate.configOf(yaml('', ', mode: observe')));
  expect((await client.call(INFER, [hostile])).status).toBe('0');
  expect(gate.events.map(({ disposition }) => disposition)).toEqual(['denied', 'allowed']);
  await expect(gate.gate.reload(gate.configOf(yaml('', ', streams: 7')))).rejects.toThrow('grpc.streams cannot change');
  await expect(
    gate.gate.reload(gate.configOf(() => 'ext_proc: {listen: "127.0.0.1:0"}\nroutes: [{dialect: triton}]\n')),
  ).rejects.toThrow('grpc and ext_proc cannot come or go');
});

test('a client has so many calls, and the log a line for each', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-grpc-'));
  try {
    const log = join(folder, 'access.ndjson');
    const gate = await gateWith(`clients: {rate: 0.01, burst: 2}\naccess_log: {to: "file:${log}"}\n`);
    expect((await infer(gate, honest)).status).toBe('0');
    expect((await infer(gate, hostile)).status).toBe('3');
    expect((await infer(gate, honest)).status).toBe('8');
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    const shown = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(shown.map(({ route, outcome, rule, path }) => [route, outcome, rule, path])).toEqual([
      ['grpc:ModelInfer', 'passed', null, INFER],
      ['grpc:ModelInfer', 'denied', 'GATE-PICKLE', null],
      ['grpc:ModelInfer', 'denied', 'GATE-RATE', null],
    ]);
    const metrics = (await send(gate.adminPort, '/metrics')).body.toString();
    expect(metrics).toContain('sentinel_gate_request_seconds_count{route="grpc:ModelInfer"} 3\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an exception for gRPC lets pass what it names', async () => {
  const gate = await gateWith(
    'exceptions: [{rule: GATE-PICKLE, route: grpc, owner: o, why: w, expires: 2999-01-01}]\n',
  );
  expect((await infer(gate, hostile)).status).toBe('0');
  expect(gate.events.map(({ disposition, exception }) => [disposition, exception?.owner])).toEqual([['allowed', 'o']]);
});
