import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { framed } from '../src/grpc/framing.ts';
import { Client, grpcRig, INFER, until, type GrpcRig } from './grpc-kit.ts';
import { inferRequest } from './grpc-messages.ts';

/* Frames by hand: what no client library sends. */

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const TYPE = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7, continuation: 9 } as const;
const END_STREAM = 1;
const END_HEADERS = 4;
const CANCEL = 8;
const REFUSED_STREAM = 7;
const ENHANCE_YOUR_CALM = 11;

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

function code(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** HPACK (RFC 7541): literals without indexing, lengths below 127 or in two bytes. */
function headerBlock(fields: readonly (readonly [string, string])[]): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value, 'latin1');
    const { length } = bytes;
    const prefix: number[] = [];
    if (length < 127) prefix.push(length);
    else {
      prefix.push(127);
      let rest = length - 127;
      for (; rest >= 128; rest = Math.floor(rest / 128)) prefix.push((rest % 128) + 128);
      prefix.push(rest);
    }
    return Buffer.concat([Buffer.from(prefix), bytes]);
  };
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.of(0), text(name), text(value)]));
}

const CALL: readonly (readonly [string, string])[] = [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', INFER],
  [':authority', 'gate'],
  ['content-type', 'application/grpc'],
  ['te', 'trailers'],
];
const CALL_HEADERS = (stream: number): Buffer => frame(TYPE.headers, END_HEADERS, stream, headerBlock(CALL));

interface Got {
  readonly type: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** A connection with its preface and settings sent. */
class RawConnection {
  readonly socket: Socket;
  isClosed = false;
  #bytes = Buffer.alloc(0);
  readonly frames: Got[] = [];

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.isClosed = true;
    });
    this.socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      for (;;) {
        const length = this.#bytes.length < 9 ? Infinity : this.#bytes.readUIntBE(0, 3);
        if (this.#bytes.length < 9 + length) break;
        const [type = 0, stream] = [this.#bytes[3], this.#bytes.readUInt32BE(5)];
        this.frames.push({ type, stream, payload: this.#bytes.subarray(9, 9 + length) });
        this.#bytes = this.#bytes.subarray(9 + length);
      }
    });
    this.socket.write(Buffer.concat([PREFACE, frame(TYPE.settings, 0, 0)]));
  }

  /** The code with which the connection was ended; null where it was without one. */
  get goaway(): number | null {
    return this.frames.find(({ type }) => type === TYPE.goaway)?.payload.readUInt32BE(4) ?? null;
  }

  async closed(): Promise<boolean> {
    await until(() => this.isClosed);
    return this.isClosed;
  }
}

const honest = inferRequest({});
let rig: GrpcRig;
let raw: RawConnection;
beforeAll(async () => {
  rig = await grpcRig(
    (upstream) => `
routes: [{ dialect: triton }]
grpc: { upstream: "${upstream}", listen: "127.0.0.1:0", streams: 20 }
timeouts: { idle_ms: 600, body_ms: 10000, stop_ms: 1000 }
`,
  );
});
afterAll(() => rig.stop());
beforeEach(() => {
  rig.events.length = 0;
  rig.reached.length = 0;
  raw = new RawConnection(rig.port);
});
afterEach(async () => {
  raw.socket.destroy();
  // Whatever one connection did, another one is served.
  const client = new Client(rig.port);
  const { status } = await client.call(INFER, [honest]);
  client.close();
  if (status !== '0') throw new Error(`an honest call has the status ${status}`);
});

const signals = (): string[] => [...new Set(rig.events.map(({ refusal }) => `${refusal.rule} ${refusal.signal}`))];

describe('floods end the connection', () => {
  test('streams that are opened and reset', async () => {
    for (let i = 0; i < 3_000 && !raw.isClosed; i += 1) {
      const stream = 2 * i + 1;
      raw.socket.write(Buffer.concat([CALL_HEADERS(stream), frame(TYPE.reset, 0, stream, code(CANCEL))]));
      if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await raw.closed()).toBe(true);
    expect(raw.goaway).toBe(ENHANCE_YOUR_CALM);
    expect(signals()).toEqual(['GATE-HTTP rapid-reset']);
    expect(rig.reached).toHaveLength(0);
  });

  test('pings', async () => {
    for (let i = 0; i < 5_000 && !raw.isClosed; i += 1) {
      raw.socket.write(frame(TYPE.ping, 0, 0, Buffer.alloc(8)));
      if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await raw.closed()).toBe(true);
    expect(signals()).toEqual(['GATE-HTTP ping-flood']);
  });

  test('settings', async () => {
    for (let i = 0; i < 200; i += 1) raw.socket.write(frame(TYPE.settings, 0, 0));
    expect(await raw.closed()).toBe(true);
    expect(signals()).toEqual(['GATE-HTTP settings-flood']);
  });

  test('continuations without an end', async () => {
    raw.socket.write(frame(TYPE.headers, 0, 1, headerBlock(CALL)));
    for (let i = 0; i < 5_000 && !raw.isClosed; i += 1)
      raw.socket.write(frame(TYPE.continuation, 0, 1, headerBlock([[`x-${i}`, 'y'.repeat(50)]])));
    expect(await raw.closed()).toBe(true);
    expect(rig.reached).toHaveLength(0);
  });

  test('DATA without data', async () => {
    raw.socket.write(CALL_HEADERS(1));
    for (let i = 0; i < 5_000 && !raw.isClosed; i += 1) raw.socket.write(frame(TYPE.data, 0, 1));
    expect(await raw.closed()).toBe(true);
    expect(rig.reached).toHaveLength(0);
  });
});

describe('limits of a connection', () => {
  test('more streams than may be open are refused', async () => {
    for (let i = 0; i < 30; i += 1) raw.socket.write(CALL_HEADERS(2 * i + 1));
    const refused = (): number[] =>
      raw.frames
        .filter(({ type, payload }) => type === TYPE.reset && payload.readUInt32BE(0) === REFUSED_STREAM)
        .map(({ stream }) => stream);
    await until(() => refused().length === 10);
    expect(refused()).toEqual([41, 43, 45, 47, 49, 51, 53, 55, 57, 59]);
  });

  const fields = (count: number, bytes: number): readonly (readonly [string, string])[] =>
    Array.from({ length: count }, (_, i) => [`x-${i}`, 'y'.repeat(bytes)]);

  // With a client that acknowledges no settings, so that it is bound by none.
  test('headers of more bytes than are accepted', async () => {
    const block = headerBlock([...CALL, ...fields(10, 1_580)]);
    expect(block.length).toBeLessThan(16_384);
    raw.socket.write(frame(TYPE.headers, END_HEADERS, 1, block));
    raw.socket.write(frame(TYPE.data, END_STREAM, 1, framed(honest)));
    await until(() => raw.frames.some(({ type }) => type === TYPE.headers));
    expect(signals()).toEqual(['GATE-HEADERS headers']);
    expect(rig.reached).toHaveLength(0);
  });

  test('more headers than are accepted', async () => {
    raw.socket.write(frame(TYPE.headers, END_HEADERS, 1, headerBlock([...CALL, ...fields(200, 1)])));
    raw.socket.write(frame(TYPE.data, END_STREAM, 1, framed(honest)));
    await until(() => raw.frames.some(({ type }) => type === TYPE.reset));
    const [reset] = raw.frames.filter(({ type }) => type === TYPE.reset);
    expect([reset?.stream, reset?.payload.readUInt32BE(0)]).toEqual([1, ENHANCE_YOUR_CALM]);
    expect(rig.reached).toHaveLength(0);
  });

  test('what belongs to HTTP/1 in a call', async () => {
    raw.socket.write(frame(TYPE.headers, END_HEADERS, 1, headerBlock([...CALL, ['transfer-encoding', 'chunked']])));
    raw.socket.write(frame(TYPE.data, END_STREAM, 1, framed(honest)));
    await until(() => raw.frames.some(({ type }) => type === TYPE.reset));
    expect(raw.frames.some(({ type, stream }) => type === TYPE.reset && stream === 1)).toBe(true);
    expect(rig.reached).toHaveLength(0);
  });

  test('a length of the body that is not its own', async () => {
    raw.socket.write(frame(TYPE.headers, END_HEADERS, 1, headerBlock([...CALL, ['content-length', '5000']])));
    raw.socket.write(frame(TYPE.data, END_STREAM, 1, framed(honest)));
    await until(() => raw.frames.some(({ type }) => type === TYPE.reset));
    expect(raw.frames.some(({ type, stream }) => type === TYPE.reset && stream === 1)).toBe(true);
    expect(rig.reached).toHaveLength(0);
  });

  test('a connection that says nothing is closed', async () => {
    expect(await raw.closed()).toBe(true);
    expect(signals()).toEqual([]);
  });

  test('HTTP/1 is not spoken', async () => {
    const socket = connect(rig.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(rig.reached).toHaveLength(0);
  });
});
