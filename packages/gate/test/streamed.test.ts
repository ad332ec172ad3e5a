import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.ts';
import { createGate, loadGateConfig, type Gate, type GateEvent } from '../src/index.ts';
import { multipart } from './disguises.ts';
import { INSPECTORS, listening, raw, send } from './gate-kit.ts';
import { noise, PICKLE, PICKLE4, placed } from './passing-kit.ts';

const MIB = 2 ** 20;
const OCTETS = { 'Content-Type': 'application/octet-stream' };
const FORM = { 'Content-Type': 'multipart/form-data; boundary=x1y2' };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that says what it got of each request, and whether that was all of it. */
interface Behind {
  readonly server: Server;
  readonly seen: { url: string; bytes: number; complete: boolean; closed: boolean; body: Buffer; headers: object }[];
}

function behind(): Behind {
  const seen: Behind['seen'] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const one = {
      url: request.url ?? '',
      bytes: 0,
      complete: false,
      closed: false,
      body: Buffer.alloc(0),
      headers: request.headers,
    };
    seen.push(one);
    const chunks: Buffer[] = [];
    if (one.url === '/files/early') {
      response.writeHead(413, { 'Content-Length': 5 });
      response.end('large');
      return;
    }
    if (one.url === '/files/streams-back') response.writeHead(200).write('begun');
    request.on('data', (chunk: Buffer) => {
      one.bytes += chunk.length;
      if (one.url === '/files/dies' && one.bytes > MIB) request.socket.destroy();
      if (one.bytes < 8 * MIB) chunks.push(chunk);
      if (one.url === '/files/slow') {
        request.pause();
        setTimeout(() => request.resume(), 5);
      }
    });
    request.on('error', () => undefined);
    request.on('close', () => {
      one.closed = true;
    });
    request.on('end', () => {
      one.complete = true;
      one.body = Buffer.concat(chunks);
      response.end(String(one.bytes));
    });
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  return { server, seen };
}

function cases(isolation: string): void {
  const back = behind();
  const events: GateEvent[] = [];
  let gate: Gate;
  let port = 0;
  let adminPort = 0;
  beforeAll(async () => {
    const upstream = await listening(back.server);
    const config = loadGateConfig(
      `version: 1
upstream: http://127.0.0.1:${upstream}
listen: 127.0.0.1:0
admin: 127.0.0.1:0
events: []
routes:
  - path: /files/**
    methods: [PUT, POST]
    content_types: [application/octet-stream, multipart/form-data, application/json, application/x-ndjson, text/plain]
    any_json: true
    body_limit: 64MiB
    stream: { above: 64KiB }
  - { path: /watched, content_types: [application/octet-stream], mode: observe, body_limit: 1MiB, stream: { above: 1KiB } }
  - { dialect: triton, body_limit: 64MiB, stream: { above: 64KiB } }
  - { path: /strict, schema: {type: object, properties: {a: {type: string}}}, body_limit: 8MiB, stream: { above: 64KiB } }
limits: { held: 32MiB }
inspection: { isolation: ${isolation}, streams: 2 }
timeouts: { idle_ms: 700, body_ms: 1500, stop_ms: 2000 }
`,
      'gate.yml',
    );
    gate = createGate({
      config,
      inspectors: INSPECTORS,
      sinks: [{ write: (event) => events.push(event), close: () => Promise.resolve() }],
    });
    ({ port, adminPort } = await gate.listen());
    for (let i = 0; i < 3_000 && !gate.isReady; i += 1) await pause(10);
  });
  afterAll(async () => {
    await gate.stop();
    back.server.closeAllConnections();
    await new Promise((resolve) => back.server.close(resolve));
  });

  const put = (body: Buffer, headers: Readonly<Record<string, string>> = OCTETS, path = '/files/a') =>
    send(port, path, { method: 'PUT', headers, body });
  /** The same for what is refused in the midst of it: a client that still writes may see no more than a reset. */
  const refused = async (body: Buffer, headers: Readonly<Record<string, string>> = OCTETS, path = '/files/a') => {
    const before = events.length;
    const got = await put(body, headers, path).then(
      ({ status }) => status,
      () => 'reset',
    );
    for (let i = 0; i < 100 && events.length === before; i += 1) await pause(20);
    return { got, event: events.at(-1)!, count: events.length - before };
  };
  const metrics = async (): Promise<string> => (await send(adminPort, '/metrics')).body.toString();

  test.each([
    ['noise', noise(5 * MIB), OCTETS],
    ['zeros', Buffer.alloc(5 * MIB), OCTETS],
    ['noise in chunks', noise(3 * MIB), { ...OCTETS, 'Transfer-Encoding': 'chunked' }],
    [
      'parts',
      multipart([
        { headers: ['Content-Disposition: form-data; name="note"'], body: Buffer.from('hello') },
        {
          headers: ['Content-Disposition: form-data; name="f"; filename="a.bin"', 'Content-Type: image/png'],
          body: noise(3 * MIB),
        },
        { headers: ['Content-Disposition: form-data; name="end"'], body: Buffer.from('bye') },
      ]),
      FORM,
    ],
    [
      'JSON',
      Buffer.from(JSON.stringify({ rows: Array.from({ length: 60_000 }, (_, i) => [i, `row ${i}`, i / 7]) })),
      JSON_TYPE,
    ],
    ['lines', Buffer.from('{"a":1,"b":"some text"}\n'.repeat(60_000)), { 'Content-Type': 'application/x-ndjson' }],
  ])('%s arrives byte for byte', async (_name, body, headers) => {
    const before = events.length;
    const got = await put(body, headers);
    expect([got.status, events.slice(before).map(({ refusal }) => refusal)]).toEqual([200, []]);
    const seen = back.seen.at(-1);
    expect([seen?.bytes, seen?.complete]).toEqual([body.length, true]);
    expect(seen?.body.equals(body)).toBe(true);
  });

  test.each([0, 100_000, 2 * MIB + 77, 4 * MIB - PICKLE4.length])(
    'a pickle at %i ends the request on both sides',
    async (at) => {
      const body = placed(PICKLE4, at, 4 * MIB);
      const requests = back.seen.length;
      const { got, event, count } = await refused(body);
      expect([400, 'reset']).toContain(got);
      expect([event.refusal.rule, event.disposition, count]).toEqual(['GATE-PICKLE', 'denied', 1]);
      expect(event.payload.sha256).toMatch(/^[0-9a-f]{64}$/);
      // Where nothing had been settled the server saw nothing; else a part of a body, and no end of it.
      if (at <= 100_000) expect(back.seen.length).toBe(requests);
      else {
        for (let i = 0; i < 100 && back.seen.at(-1)?.closed !== true; i += 1) await pause(20);
        expect(back.seen.at(-1)).toMatchObject({ complete: false, closed: true });
        expect(back.seen.at(-1)?.bytes).toBeLessThan(at + PICKLE4.length);
      }
    },
  );

  test.each([
    ['text', Buffer.from('some text '.repeat(100_000)), OCTETS, 'GATE-STREAM'],
    ['gzip', gzipSync(noise(MIB)), OCTETS, 'GATE-STREAM'],
    [
      'a zip file',
      Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'), noise(MIB)]),
      OCTETS,
      'GATE-STREAM',
    ],
    ['a coding', gzipSync(noise(MIB)), { ...OCTETS, 'Content-Encoding': 'gzip' }, 'GATE-SIZE'],
    ['text by its type', Buffer.from('a'.repeat(100_000)), { 'Content-Type': 'text/plain' }, 'GATE-SIZE'],
  ])('%s is refused, with the reason', async (_name, body, headers, rule) => {
    const requests = back.seen.length;
    const { got, event } = await refused(body, headers);
    expect([413, 'reset']).toContain(got);
    expect(event.refusal.rule).toBe(rule);
    expect(back.seen.length).toBe(requests);
  });

  test('JSON that a schema is for has to fit into what is held', async () => {
    const body = Buffer.from(JSON.stringify({ a: 'x'.repeat(100_000) }));
    const got = await send(port, '/strict', { method: 'POST', headers: JSON_TYPE, body });
    expect([got.status, events.at(-1)?.refusal.rule]).toEqual([413, 'GATE-SIZE']);
  });

  test('tensors behind their JSON', async () => {
    const tensor = noise(4 * MIB);
    const head = (datatype: string, size: number, shape: number) =>
      Buffer.from(
        JSON.stringify({
          inputs: [
            { name: 'a', shape: [2], datatype: 'INT32', data: [1, 2] },
            { name: 'x', shape: [shape], datatype, parameters: { binary_data_size: size } },
          ],
        }),
      );
    const json = head('FP32', tensor.length, MIB);
    const infer = (body: Buffer, length: number) =>
      send(port, '/v2/models/m/infer', {
        method: 'POST',
        headers: { ...OCTETS, 'Inference-Header-Content-Length': String(length) },
        body,
      });
    const got = await infer(Buffer.concat([json, tensor]), json.length);
    expect([got.status, got.body.toString()]).toEqual([200, String(json.length + tensor.length)]);
    const hostile = Buffer.concat([json, placed(PICKLE4, 3 * MIB, 4 * MIB)]);
    const status = await infer(hostile, json.length).then(
      (answer) => answer.status,
      () => 'reset',
    );
    expect([400, 'reset']).toContain(status);
    for (let i = 0; i < 50 && events.at(-1)?.refusal.rule !== 'GATE-PICKLE'; i += 1) await pause(20);
    expect(events.at(-1)?.refusal).toMatchObject({ rule: 'GATE-PICKLE', path: 'body>input 1' });
    const shorter = Buffer.concat([json, tensor.subarray(1)]);
    await infer(shorter, json.length).catch(() => undefined);
    for (let i = 0; i < 50 && events.at(-1)?.refusal.rule !== 'GATE-TENSOR'; i += 1) await pause(20);
    expect(events.at(-1)?.refusal.rule).toBe('GATE-TENSOR');
  });

  test('a slow server is not run over, and a body is not held for it', async () => {
    const body = noise(3 * MIB, 9);
    const got = await put(body, OCTETS, '/files/slow');
    expect([got.status, got.body.toString()]).toEqual([200, String(body.length)]);
  });

  test('a server that dies in the midst of it is a 502', async () => {
    const { got, event } = await refused(noise(6 * MIB), OCTETS, '/files/dies');
    expect([502, 'reset']).toContain(got);
    expect([event.refusal.rule, event.disposition]).toEqual(['GATE-UPSTREAM', 'failed']);
  });

  test('a server that answers before the body is there is heard', async () => {
    const before = events.length;
    const got = await put(noise(6 * MIB), OCTETS, '/files/early').catch(() => null);
    if (got !== null) expect([got.status, got.body.toString()]).toEqual([413, 'large']);
    await pause(50);
    expect(events.slice(before)).toEqual([]);
  });

  test('a refusal behind the beginning of the answer is a reset', async () => {
    const { got, event } = await refused(placed(PICKLE4, 3 * MIB, 4 * MIB), OCTETS, '/files/streams-back');
    expect([got, event.refusal.rule]).toEqual(['reset', 'GATE-PICKLE']);
  });

  test('the client may come slowly, byte by byte; one that stops or leaves is distinguished', async () => {
    const body = placed(PICKLE, 400_000, 400_100);
    const status = await new Promise((resolve) => {
      const request = httpRequest(
        { port, host: '127.0.0.1', path: '/files/a', method: 'PUT', headers: OCTETS, agent: false },
        (response) => resolve(response.resume().statusCode),
      );
      request.on('error', () => resolve('reset'));
      request.write(body.subarray(0, 399_990));
      for (let at = 399_990; at < body.length; at += 3) request.write(body.subarray(at, at + 3));
      request.end();
    });
    expect([400, 'reset']).toContain(status);
    const head =
      'PUT /files/a HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 3000000\r\n\r\n';
    const part = Buffer.concat([Buffer.from(head), noise(600_000)]);
    expect(await raw(port, part, 4_000)).toMatch(/^HTTP\/1\.1 408 /);
    expect(events.at(-1)?.refusal.rule).toBe('GATE-SLOW');
    const before = events.length;
    await raw(port, part, 150);
    for (let i = 0; i < 100 && events.length === before; i += 1) await pause(20);
    expect(events.at(-1)?.refusal.rule).toBe('GATE-ABORTED');
    for (let i = 0; i < 100 && back.seen.at(-1)?.closed !== true; i += 1) await pause(20);
    expect(back.seen.at(-1)?.complete).toBe(false);
  });

  test('what is only observed goes on, with its event', async () => {
    const body = placed(PICKLE4, 500_000, 3 * MIB);
    const before = events.length;
    const got = await send(port, '/watched', { method: 'POST', headers: OCTETS, body });
    expect([got.status, back.seen.at(-1)?.body.equals(body)]).toEqual([200, true]);
    expect(events.slice(before).map(({ refusal, disposition }) => [refusal.rule, disposition])).toEqual([
      ['GATE-SIZE', 'allowed'],
      ['GATE-PICKLE', 'allowed'],
    ]);
  });

  test('all inspectors busy with slow bodies: the next one waits, and gets an answer', async () => {
    const head =
      'PUT /files/a HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 30000000\r\n\r\n';
    const sockets = await Promise.all(
      [0, 1].map(
        () =>
          new Promise<ReturnType<typeof connect>>((resolve) => {
            const socket = connect(port, '127.0.0.1', () => {
              socket.write(Buffer.concat([Buffer.from(head), noise(400_000)]));
              resolve(socket);
            });
            socket.on('error', () => undefined);
            socket.resume();
          }),
      ),
    );
    const dripping = setInterval(() => {
      for (const socket of sockets) socket.write(Buffer.alloc(1_000));
    }, 100);
    await pause(300);
    const { got, event } = await refused(noise(MIB));
    clearInterval(dripping);
    for (const socket of sockets) socket.destroy();
    expect([503, 'reset']).toContain(got);
    expect(event.refusal.rule).toBe('GATE-BUSY');
    await pause(200);
    expect((await put(noise(MIB))).status).toBe(200);
  });

  test('nothing is held, nothing is pending, and the counters say what the events say', async () => {
    await pause(300);
    const text = await metrics();
    expect(text).toMatch(/^sentinel_gate_held_bytes 0$/m);
    expect(text).toMatch(/^sentinel_gate_spooled_bytes 0$/m);
    expect(text).toMatch(/^sentinel_gate_inspections_pending 0$/m);
    expect(text).toMatch(/^sentinel_gate_requests_in_flight 1?0?$/m);
    const counted = [...text.matchAll(/^sentinel_gate_events_total\{[^}]*\} (\d+)$/gm)].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
    expect(counted).toBe(events.length);
  });
}

// A thread and a process at once, for both mostly wait. The cases of each share a gate, and run one after another.
/** At full size both, else one of them: spool.test.ts and streamed.test.ts differ in which. */
describe.concurrent.each(sized(['thread', 'process'], ['process']))(
  'bodies that pass while they are inspected in a %s',
  (isolation) => {
    describe.sequential('in order', () => {
      cases(isolation);
    });
  },
);
