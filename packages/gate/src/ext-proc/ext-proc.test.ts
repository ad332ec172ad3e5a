import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { framed } from '../grpc/framing.ts';
import { Conversation, type Said } from '../../test/envoy-kit.ts';
import { answerPart, bodyPart, headersPart, trailersPart, type Headers } from '../../test/envoy-messages.ts';
import { Client, nearGrpcRig, INFER, until, type GrpcRig } from '../../test/grpc-kit.ts';
import { inferRequest, rawElements } from '../../test/grpc-messages.ts';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const BUFFERED = 2;

let rig: GrpcRig;
let client: Client;
beforeAll(async () => {
  rig = await nearGrpcRig(
    () => `
routes:
  - dialect: triton
    body_limit: 64KiB
  - path: /watched
    mode: observe
    any_json: true
  - path: /own
    schema: { type: object, properties: { text: { type: string } }, required: [text] }
grpc: { message_limit: 64KiB }
ext_proc: { listen: "127.0.0.1:0" }
timeouts: { idle_ms: 700, body_ms: 3000, stop_ms: 1000 }
`,
  );
});
afterAll(() => rig.stop());
beforeEach(() => {
  rig.events.length = 0;
  client = new Client(rig.extProcPort);
});
afterEach(() => client.close());

const headersOf = (path: string, more: Headers = [], method = 'POST'): Headers => [
  [':method', method],
  [':scheme', 'http'],
  [':authority', 'models'],
  [':path', path],
  ['x-forwarded-for', '1.2.3.4, 10.0.0.9'],
  ...more,
];
const JSON_TYPE = ['content-type', 'application/json'] as const;
const V2 = '/v2/models/m/infer';
const v2 = (data: readonly unknown[], datatype = 'BYTES'): Buffer =>
  Buffer.from(JSON.stringify({ inputs: [{ name: 'x', shape: [data.length], datatype, data }] }));

/** A request with a body; the answers to its head and its body. */
async function asked(headers: Headers, body: Uint8Array, bodyMode?: number): Promise<readonly Said[]> {
  const conversation = new Conversation(client);
  const head = await conversation.say(headersPart(headers, bodyMode === undefined ? {} : { bodyMode }));
  return head.field === 7 ? [head] : [head, await conversation.say(bodyPart(body, true))];
}

describe('HTTP', () => {
  test('an honest request goes on', async () => {
    expect(await asked(headersOf(V2, [JSON_TYPE]), v2([1.5], 'FP32'), BUFFERED)).toEqual([{ field: 1 }, { field: 3 }]);
    const conversation = new Conversation(client);
    expect(await conversation.say(headersPart(headersOf('/v2/health/ready', [], 'GET'), { isEnd: true }))).toEqual({
      field: 1,
    });
    conversation.stream.end();
    expect(await conversation.end).toMatchObject({ status: '0' });
    expect(rig.events).toEqual([]);
  });

  test('an executable object is answered with the problem document of the reverse proxy', async () => {
    const body = v2([PICKLE.toString('base64')]);
    const [, said] = await asked(headersOf(`${V2}?secret=1`, [JSON_TYPE]), body, BUFFERED);
    expect(said).toMatchObject({ field: 7, status: 400, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(said?.body ?? '')).toMatchObject({ type: 'urn:sentinel:gate:GATE-PICKLE', status: 400 });
    expect(rig.events).toMatchObject([
      {
        disposition: 'denied',
        client: { address: '10.0.0.9' },
        method: 'POST',
        path: V2,
        route: '0:triton/infer',
        payload: { bytes: body.length },
        refusal: { rule: 'GATE-PICKLE' },
      },
    ]);
    expect(JSON.stringify(rig.events)).not.toContain('secret');
  });

  test.each<readonly [string, Headers, Buffer, number, string]>([
    [
      'in gzip',
      headersOf(V2, [JSON_TYPE, ['content-encoding', 'gzip']]),
      gzipSync(v2([PICKLE.toString('base64')])),
      400,
      'GATE-PICKLE',
    ],
    [
      'a declared type',
      headersOf(V2, [['content-type', 'application/x-pickle']]),
      Buffer.from('x'),
      415,
      'GATE-PICKLE-TYPE',
    ],
    ['a header', headersOf(V2, [JSON_TYPE, ['x-a', PICKLE.toString('base64')]]), v2([1.5], 'FP32'), 400, 'GATE-PICKLE'],
    [
      'the query',
      headersOf(`${V2}?x=${encodeURIComponent(PICKLE.toString('base64'))}`, [JSON_TYPE]),
      v2([1.5], 'FP32'),
      400,
      'GATE-PICKLE',
    ],
    ['a path without a route', headersOf('/nowhere', [JSON_TYPE]), v2([]), 404, 'GATE-ROUTE'],
    ['a method', headersOf(V2, [JSON_TYPE], 'PUT'), v2([]), 405, 'GATE-METHOD'],
    ['an ambiguous path', headersOf('/v2/../v2', [JSON_TYPE]), v2([]), 400, 'GATE-HTTP'],
    [
      'another method in a header',
      headersOf(V2, [JSON_TYPE, ['x-http-method-override', 'PUT']]),
      v2([]),
      400,
      'GATE-HTTP',
    ],
    ['a repeated type', headersOf(V2, [JSON_TYPE, JSON_TYPE]), v2([]), 400, 'GATE-HTTP'],
    [
      'a header that objects have',
      headersOf(V2, [JSON_TYPE, ['constructor', PICKLE.toString('base64')]]),
      v2([]),
      400,
      'GATE-PICKLE',
    ],
    [
      'a name without a field',
      headersOf(V2, [JSON_TYPE, ['__proto__', PICKLE.toString('base64')]]),
      v2([]),
      400,
      'GATE-HTTP',
    ],
    ['an upgrade', headersOf(V2, [JSON_TYPE, ['upgrade', 'websocket']]), v2([]), 403, 'GATE-UPGRADE'],
    ['a schema', headersOf('/own', [JSON_TYPE]), Buffer.from('{"text":1}'), 422, 'GATE-SCHEMA'],
    ['a size', headersOf(V2, [JSON_TYPE]), Buffer.alloc(64 * 1024 + 1, ' '), 413, 'GATE-SIZE'],
    ['a declared size', headersOf(V2, [JSON_TYPE, ['content-length', '70000']]), Buffer.alloc(0), 413, 'GATE-SIZE'],
  ])('%s is refused', async (_what, headers, body, status, rule) => {
    const said = await asked(headers, body, BUFFERED);
    expect(said.at(-1)).toMatchObject({ field: 7, status });
    expect(rig.events.map(({ refusal, disposition }) => `${refusal.rule} ${disposition}`)).toEqual([`${rule} denied`]);
  });

  test('what is observed goes on, with its event', async () => {
    const body = Buffer.from(JSON.stringify({ x: PICKLE.toString('base64') }));
    expect(await asked(headersOf('/watched', [JSON_TYPE]), body)).toEqual([{ field: 1 }, { field: 3 }]);
    expect(rig.events).toMatchObject([{ disposition: 'allowed', refusal: { rule: 'GATE-PICKLE' } }]);
  });

  test('trailers are inspected', async () => {
    const conversation = new Conversation(client);
    await conversation.say(headersPart(headersOf(V2, [JSON_TYPE]), { bodyMode: BUFFERED }));
    // Before trailers the body is not the end.
    expect(await conversation.say(bodyPart(v2([1.5], 'FP32'), false))).toEqual({ field: 3 });
    expect(await conversation.say(trailersPart([['x-a', 'b']]))).toEqual({ field: 5 });
    expect(await conversation.say(trailersPart([['x-a', PICKLE.toString('base64')]]))).toMatchObject({
      field: 7,
      status: 400,
    });
  });
});

test('each of two trailers of one name is inspected', async () => {
  for (const name of ['x-a', 'constructor', 'cookie']) {
    const conversation = new Conversation(client);
    await conversation.say(headersPart(headersOf(V2, [JSON_TYPE]), { bodyMode: BUFFERED }));
    await conversation.say(bodyPart(v2([1.5], 'FP32'), false));
    const trailers: Headers = [
      [name, `k=${PICKLE.toString('base64')}`],
      [name, 'b'],
    ];
    expect(await conversation.say(trailersPart(trailers))).toMatchObject({ field: 7, status: 400 });
  }
});

describe('it fails closed', () => {
  test.each([0, 1, 3, 4, 5])('where Envoy sends bodies in mode %i', async (bodyMode) => {
    expect(await asked(headersOf(V2, [JSON_TYPE]), v2([]), bodyMode)).toMatchObject([{ field: 7, status: 400 }]);
    expect(rig.events).toMatchObject([{ refusal: { rule: 'GATE-CRASH', signal: 'body-mode' } }]);
  });

  test('where an older Envoy sends a piece of a body', async () => {
    const conversation = new Conversation(client);
    await conversation.say(headersPart(headersOf(V2, [JSON_TYPE])));
    expect(await conversation.say(bodyPart(v2([]), false))).toMatchObject({ field: 7, status: 400 });
  });

  test('where an older Envoy sends no body at all: the answer of the server is held back', async () => {
    const conversation = new Conversation(client);
    await conversation.say(headersPart(headersOf(V2, [JSON_TYPE])));
    expect(await conversation.say(answerPart())).toMatchObject({ field: 7, status: 400 });
    expect(rig.events).toMatchObject([{ refusal: { signal: 'body-mode' } }]);
  });

  test.each([
    ['a body', bodyPart(v2([]), true)],
    ['trailers', trailersPart([['x-a', 'b']])],
    ['the answer of the server', answerPart()],
  ])('where Envoy sends %s without a head', async (_what, part) => {
    expect(await new Conversation(client).say(part)).toMatchObject({ field: 7, status: 400 });
    expect(rig.events).toMatchObject([{ refusal: { rule: 'GATE-CRASH', signal: 'header-mode' } }]);
  });

  test('where a body is larger than any route takes, before it is there', async () => {
    const conversation = new Conversation(client);
    await conversation.say(headersPart(headersOf(V2, [JSON_TYPE]), { bodyMode: BUFFERED }));
    conversation.stream.write(Buffer.of(0, 0x7f, 0, 0, 0));
    await until(() => conversation.said.length === 2);
    expect(conversation.said[1]).toMatchObject({ field: 7, status: 413 });
    conversation.stream.end();
    expect(await conversation.end).toMatchObject({ status: '0' });
    expect(rig.events).toMatchObject([{ refusal: { rule: 'GATE-SIZE' }, disposition: 'denied' }]);
  });

  test('where a message is none: the stream ends with an error, never well', async () => {
    const broken = new Conversation(client);
    broken.stream.end(framed(Buffer.of(0x12, 5, 1)));
    expect(await broken.end).toMatchObject({ status: '3' });
    const cut = new Conversation(client);
    cut.stream.end(framed(headersPart(headersOf(V2))).subarray(0, 20));
    expect(await cut.end).toMatchObject({ status: '3' });
  });

  test('an answer of the server is not held back where the body was there', async () => {
    const conversation = new Conversation(client);
    await conversation.say(headersPart(headersOf(V2, [JSON_TYPE]), { bodyMode: BUFFERED }));
    await conversation.say(bodyPart(v2([1.5], 'FP32'), true));
    expect(await conversation.say(answerPart())).toEqual({ field: 2 });
  });

  test('an Envoy that only observes is not answered', async () => {
    const conversation = new Conversation(client);
    conversation.stream.end(framed(headersPart(headersOf('/nowhere', []), { isObserving: true })));
    expect(await conversation.end).toMatchObject({ status: '0' });
    expect([conversation.said, rig.events.length]).toEqual([[], 1]);
  });
});

describe('gRPC through Envoy', () => {
  const CALL: Headers = [
    ['content-type', 'application/grpc'],
    ['te', 'trailers'],
  ];
  const honest = framed(
    inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: rawElements(Buffer.from('hello')) }] }),
  );
  const hostile = framed(inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: rawElements(PICKLE) }] }));

  test('an honest call goes on, with one message or more', async () => {
    expect(await asked(headersOf(INFER, CALL), honest, BUFFERED)).toEqual([{ field: 1 }, { field: 3 }]);
    const both = Buffer.concat([honest, honest]);
    expect(await asked(headersOf('/inference.GRPCInferenceService/ModelStreamInfer', CALL), both, BUFFERED)).toEqual([
      { field: 1 },
      { field: 3 },
    ]);
    expect(rig.events).toEqual([]);
  });

  test.each<readonly [string, string, Headers, Buffer, number]>([
    ['a pickle', INFER, [], hostile, 3],
    [
      'a pickle in a later message',
      '/inference.GRPCInferenceService/ModelStreamInfer',
      [],
      Buffer.concat([honest, hostile]),
      3,
    ],
    ['a pickle in metadata', INFER, [['x-bin', PICKLE.toString('base64')]], honest, 3],
    ['a message that is cut', INFER, [], honest.subarray(0, -1), 3],
    ['a message that is too large', INFER, [], Buffer.of(0, 0, 2, 0, 0), 8],
    ['management', '/inference.GRPCInferenceService/RepositoryModelLoad', [], honest, 7],
    ['an unknown method', '/a.B/C', [], honest, 12],
    ['a coding that is not read', INFER, [['grpc-encoding', 'snappy']], honest, 12],
  ])('%s is refused with a status of gRPC', async (_what, path, more, body, grpcStatus) => {
    const said = await asked(headersOf(path, [...CALL, ...more]), body, BUFFERED);
    expect(said.at(-1)).toMatchObject({ field: 7, status: 200, grpcStatus });
    expect(rig.events).toHaveLength(1);
  });
});

test('Envoy can ask for its health, and nothing else is served', async () => {
  const health = await client.call('/grpc.health.v1.Health/Check', [Buffer.alloc(0)]);
  expect([health.status, health.body]).toEqual(['0', framed(Buffer.of(8, 1))]);
  expect((await client.call(INFER, [Buffer.alloc(0)])).status).toBe('12');
});
