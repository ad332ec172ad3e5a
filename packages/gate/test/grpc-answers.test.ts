import { constants, type OutgoingHttpHeaders } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { framed } from '../src/grpc/framing.ts';
import { Client, answerOf, grpcRig, INFER, STREAM, until, type GotCall, type GrpcRig } from './grpc-kit.ts';
import {
  bytesContents,
  inferRequest,
  inferResponse,
  packed,
  rawElements,
  streamResponse,
  texts,
} from './grpc-messages.ts';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const METADATA = '/inference.GRPCInferenceService/ModelMetadata';

const bytes = (...elements: Buffer[]): Buffer =>
  inferResponse([{ datatype: 'BYTES', shape: [elements.length], raw: rawElements(...elements) }]);
const honest = bytes(Buffer.from('hello'));
const hostile = bytes(Buffer.from('hello'), PICKLE);
const request = inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: rawElements(Buffer.from('hello')) }] });

const yaml = (upstream: string): string => `
routes: [{ dialect: triton }]
grpc: { upstream: "${upstream}", listen: "127.0.0.1:0", message_limit: 64KiB, timeout_ms: 800, responses: inspect }
timeouts: { headers_ms: 1000, body_ms: 1500, idle_ms: 700, connect_ms: 500, stop_ms: 2000 }
`;

/** What the server answers: bytes as they are, one piece after the other. */
let answer: {
  readonly pieces: readonly Buffer[];
  readonly headers?: OutgoingHttpHeaders;
  readonly trailers?: OutgoingHttpHeaders | null;
};
let rig: GrpcRig;
let client: Client;
beforeAll(async () => {
  rig = await grpcRig(yaml, (stream) => {
    const { pieces, headers, trailers = { 'grpc-status': '0', 'x-trailing': 'yes' } } = answer;
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'x-initial': 'yes', ...headers },
      { waitForTrailers: trailers !== null },
    );
    stream.on('wantTrailers', () => {
      if (trailers !== null) stream.sendTrailers(trailers);
    });
    for (const piece of pieces) stream.write(piece);
    if (trailers !== null) stream.end();
    stream.resume();
  });
});
afterAll(() => rig.stop());
beforeEach(() => {
  rig.events.length = 0;
  rig.seen.length = 0;
  client = new Client(rig.port);
});
afterEach(() => client.close());

const events = (): string[] => rig.events.map(({ refusal, disposition }) => `${refusal.rule} ${disposition}`);

function answered(message: Buffer, method = INFER, headers: OutgoingHttpHeaders = {}): Promise<GotCall> {
  answer = { pieces: [message], headers };
  return client.call(method, [method === METADATA ? texts({ 1: 'm' }) : request]);
}

describe('answers of ModelInfer', () => {
  test('one that is honest comes as it was sent, in pieces of any size, with metadata and trailers', async () => {
    const whole = framed(honest);
    for (const cut of [1, 4, 5, 9, whole.length]) {
      answer = { pieces: [whole.subarray(0, cut), whole.subarray(cut)] };
      const got = await client.call(INFER, [request]);
      expect([got.status, got.body.equals(whole)]).toEqual(['0', true]);
      expect([got.headers['x-initial'], got.trailers['x-trailing']]).toEqual(['yes', 'yes']);
    }
    expect(events()).toEqual([]);
  });

  test.each<[string, Buffer]>([
    ['BYTES, raw', hostile],
    ['BYTES, typed', inferResponse([{ datatype: 'BYTES', shape: [1], contents: bytesContents(PICKLE) }])],
    ['in base64', bytes(Buffer.from(PICKLE.toString('base64')))],
    ['UINT8, raw', inferResponse([{ datatype: 'UINT8', shape: [PICKLE.length], raw: PICKLE }])],
    [
      'UINT8, typed',
      inferResponse([
        {
          datatype: 'UINT8',
          shape: [PICKLE.length],
          contents: packed(4, (writer) => {
            for (const byte of PICKLE) writer.uint32(byte);
          }),
        },
      ]),
    ],
    [
      'the second output',
      inferResponse([
        { datatype: 'FP32', shape: [2], raw: Buffer.alloc(8) },
        { datatype: 'BYTES', shape: [1], raw: rawElements(PICKLE) },
      ]),
    ],
    [
      'a parameter',
      inferResponse([{ datatype: 'BYTES', shape: [0], parameters: { state: PICKLE.toString('base64') } }]),
    ],
  ])('an executable object is refused: %s', async (_name, message) => {
    const got = await answered(framed(message));
    expect([got.status, got.body.length, got.message.includes('GATE-RESPONSE,')]).toEqual(['14', 0, true]);
    expect(events()).toEqual(['GATE-RESPONSE denied']);
    expect(rig.events[0]?.refusal.path).toMatch(/^answer>message/);
    await until(() => rig.seen.length === 1);
  });

  test('a path names the output', async () => {
    await answered(framed(hostile));
    expect(rig.events[0]?.refusal.path).toBe('answer>message>output 0@13');
  });

  test.each<[string, Buffer, OutgoingHttpHeaders]>([
    ['no tensor', framed(inferResponse([{ datatype: 'FP32', shape: [9], raw: Buffer.alloc(8) }])), {}],
    ['a field that is not published', framed(inferResponse([], (writer) => void writer.tag(99, 2).string('x'))), {}],
    [
      'shared memory',
      framed(inferResponse([{ datatype: 'FP32', shape: [0], parameters: { shared_memory_region: 'r' } }])),
      {},
    ],
    ['no protobuf', framed(Buffer.from('hello')), {}],
    ['an unknown coding', framed(honest), { 'grpc-encoding': 'snappy' }],
    ['coded without a coding', Buffer.concat([Buffer.from([1]), framed(honest).subarray(1)]), {}],
  ])('what cannot be read is refused, and is no attack: %s', async (_name, message, headers) => {
    const got = await answered(message, INFER, headers);
    expect([got.status, got.body.length]).toEqual(['14', 0]);
    expect(events()).toEqual(['GATE-RESPONSE-UNREADABLE denied']);
  });

  test.each<[string, Buffer]>([
    ['a flag that is none', Buffer.concat([Buffer.from([7]), framed(honest).subarray(1)])],
    ['too large', framed(bytes(Buffer.alloc(70_000, 'a')))],
    ['cut', framed(honest).subarray(0, 20)],
  ])('what does not come whole is a fault of the server: %s', async (_name, message) => {
    const got = await answered(message);
    expect([got.status, got.body.length]).toEqual(['14', 0]);
    expect(events()).toEqual(['GATE-UPSTREAM failed']);
  });

  test('a message that does not end is a fault of the server as well', async () => {
    answer = { pieces: [framed(honest).subarray(0, 9)], trailers: null };
    expect((await client.call(INFER, [request])).status).toBe('4');
    expect(events()).toEqual(['GATE-UPSTREAM-TIMEOUT failed']);
  });

  test('compressed messages are opened, and go on as they came', async () => {
    const coded = (message: Buffer): Buffer => {
      const frame = framed(gzipSync(message));
      frame[0] = 1;
      return frame;
    };
    const good = await answered(coded(honest), INFER, { 'grpc-encoding': 'gzip' });
    expect([good.status, good.body.equals(coded(honest))]).toEqual(['0', true]);
    expect((await answered(coded(hostile), INFER, { 'grpc-encoding': 'gzip' })).status).toBe('14');
    expect(events()).toEqual(['GATE-RESPONSE denied']);
  });

  test('a status alone, and what is no gRPC', async () => {
    answer = { pieces: [], trailers: { 'grpc-status': '5', 'grpc-message': 'no such model' } };
    expect(await client.call(INFER, [request])).toMatchObject({ status: '5', message: 'no such model' });
    expect(events()).toEqual([]);
    answer = { pieces: [PICKLE], headers: { 'content-type': 'text/html' } };
    const got = await client.call(INFER, [request]);
    expect([got.status, got.body.length]).toEqual(['14', 0]);
    expect(events()).toEqual(['GATE-UPSTREAM failed']);
  });
});

describe('answers of other methods', () => {
  test('as bytes', async () => {
    const got = await answered(framed(texts({ 1: 'a model', 3: 'its platform' })), METADATA);
    expect([got.status, got.body.length > 0]).toEqual(['0', true]);
    expect((await answered(framed(texts({ 1: 'm', 3: PICKLE.toString('base64') })), METADATA)).status).toBe('14');
    expect(events()).toEqual(['GATE-RESPONSE denied']);
  });
});

describe('answers of a stream', () => {
  test('go on one by one; the one that is refused ends it, and the server is cancelled', async () => {
    const good = framed(streamResponse(honest));
    answer = { pieces: [Buffer.concat([good, good, framed(streamResponse(hostile)), good])], trailers: null };
    const stream = client.open(STREAM);
    const got = answerOf(stream);
    stream.write(framed(request));
    expect(await got).toMatchObject({
      status: '14',
      headers: { 'x-initial': 'yes' },
      trailers: { 'grpc-status': '14' },
    });
    expect((await got).body).toEqual(Buffer.concat([good, good]));
    await until(() => rig.seen.length === 1);
    expect(rig.seen).toMatchObject([{ reset: constants.NGHTTP2_CANCEL }]);
    expect(events()).toEqual(['GATE-RESPONSE denied']);
  });

  test('errors of the server are texts', async () => {
    const good = framed(streamResponse(null, 'no such model'));
    answer = { pieces: [good, framed(streamResponse(null, PICKLE.toString('base64')))] };
    const got = await client.call(STREAM, [request]);
    expect([got.status, got.body.equals(good)]).toEqual(['14', true]);
    expect(events()).toEqual(['GATE-RESPONSE denied']);
  });

  test('the head of an answer comes before any message', async () => {
    answer = { pieces: [], trailers: null };
    const stream = client.open(STREAM);
    const initial = await new Promise((resolve) => {
      stream.once('response', (headers) => resolve(headers['x-initial']));
    });
    expect(initial).toBe('yes');
    stream.close();
  });

  test('a client that is slow holds the server back, and gets all of it', async () => {
    const good = framed(streamResponse(bytes(Buffer.alloc(50_000, 'a'))));
    answer = { pieces: Array.from({ length: 60 }, () => good) };
    const stream = client.open(STREAM);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      stream.pause();
      setTimeout(() => stream.resume(), 1);
    });
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.end(framed(request));
    await closed;
    process.off('warning', onWarning);
    // Node warns of more than ten listeners.
    expect(warnings).toEqual([]);
    expect(Buffer.concat(chunks).equals(Buffer.concat(answer.pieces))).toBe(true);
    expect(events()).toEqual([]);
  });
});

test('what is only observed passes, with its event', async () => {
  const observing = await grpcRig(
    (upstream) =>
      `mode: observe\nroutes: [{ dialect: triton }]\ngrpc: { upstream: "${upstream}", listen: "127.0.0.1:0", responses: inspect }\n`,
    (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(framed(hostile));
      stream.resume();
    },
  );
  const own = new Client(observing.port);
  const got = await own.call(INFER, [request]);
  expect([got.status, got.body.equals(framed(hostile))]).toEqual(['0', true]);
  expect(observing.events.map(({ refusal, disposition }) => `${refusal.rule} ${disposition}`)).toEqual([
    'GATE-RESPONSE allowed',
  ]);
  own.close();
  await observing.stop();
});
