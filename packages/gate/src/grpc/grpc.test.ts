import { constants, type IncomingHttpHeaders } from 'node:http2';
import { gzipSync, deflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { framed } from './framing.ts';
import { send } from '../../test/gate-kit.ts';
import { answerOf, Client, echo, nearGrpcRig, INFER, STREAM, until, type GrpcRig } from '../../test/grpc-kit.ts';
import { bytesContents, inferRequest, rawElements, texts } from '../../test/grpc-messages.ts';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const MODEL_READY = '/inference.GRPCInferenceService/ModelReady';
const LOAD = '/inference.GRPCInferenceService/RepositoryModelLoad';

const honest = inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: rawElements(Buffer.from('hello')) }] });
const hostile = inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: rawElements(PICKLE) }] });

const yaml = (upstream: string, more = ''): string => `
routes: [{ dialect: triton }]
grpc: { upstream: "${upstream}", listen: "127.0.0.1:0", message_limit: 64KiB, timeout_ms: 800${more} }
timeouts: { headers_ms: 1000, body_ms: 3000, idle_ms: 700, connect_ms: 500, stop_ms: 2000 }
`;

let rig: GrpcRig;
let client: Client;
beforeAll(async () => {
  rig = await nearGrpcRig(yaml, (stream, headers) => {
    switch (headers['x-answer']) {
      case 'status':
        stream.respond(
          {
            ':status': 200,
            'content-type': 'application/grpc',
            'grpc-status': '9',
            'grpc-message': 'as asked',
            'x-why-bin': 'AAEC',
          },
          { endStream: true },
        );
        break;
      case 'reset':
        stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
        break;
      case 'half':
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.write(framed(Buffer.from('x')));
        setTimeout(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR), 30);
        break;
      case 'no-trailers':
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.end(framed(Buffer.from('x')));
        break;
      case 'never':
        break;
      default:
        echo(stream, headers);
    }
  });
});
afterAll(() => rig.stop());
beforeEach(() => {
  rig.events.length = 0;
  rig.seen.length = 0;
  rig.reached.length = 0;
  client = new Client(rig.port);
});
afterEach(() => client.close());

const rules = (): string[] => rig.events.map(({ refusal, disposition }) => `${refusal.rule} ${disposition}`);

describe('a unary call', () => {
  test('arrives byte for byte, with its metadata, and its answer comes back with its trailers', async () => {
    const got = await client.call(INFER, [honest], { 'x-a': ['1', '2'], 'trace-bin': 'AAEC', 'user-agent': 'test' });
    expect([got.status, got.body, got.headers['x-initial'], got.trailers['x-trailing-bin']]).toEqual([
      '0',
      framed(honest),
      'yes',
      'AAEC',
    ]);
    await until(() => rig.seen.length === 1);
    const [{ headers, body } = { headers: {}, body: null }] = rig.seen;
    expect(body).toEqual(framed(honest));
    expect(headers).toMatchObject({
      ':path': INFER,
      'x-a': '1, 2',
      'trace-bin': 'AAEC',
      te: 'trailers',
      'user-agent': 'test',
      'x-forwarded-for': '127.0.0.1',
    });
    expect(rules()).toEqual([]);
  });

  test.each(['gzip', 'deflate', 'identity'])('in %s, in the coding in which it came', async (coding) => {
    const coded = coding === 'gzip' ? gzipSync(honest) : coding === 'deflate' ? deflateSync(honest) : honest;
    const bytes = framed(coded);
    bytes[0] = coding === 'identity' ? 0 : 1;
    const got = await client.raw(INFER, bytes, { 'grpc-encoding': coding });
    expect([got.status, got.body]).toEqual(['0', bytes]);
  });

  test('a refusal is a status; the upstream sees nothing, and the event has no payload', async () => {
    const got = await client.call(INFER, [hostile]);
    expect(got.headers).toMatchObject({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '3' });
    expect(decodeURIComponent(got.message)).toMatch(
      /^The request carries an executable object: .*urn:sentinel:gate:GATE-PICKLE, request [0-9a-f-]{36}\)$/,
    );
    expect(rig.reached).toEqual([]);
    expect(rig.events).toMatchObject([
      {
        disposition: 'denied',
        route: 'grpc:ModelInfer',
        method: 'POST',
        path: INFER,
        contentType: 'application/grpc',
        refusal: { rule: 'GATE-PICKLE', signal: 'GLOBAL posix.system', path: 'message>input 0@4', offset: 0 },
        payload: { bytes: hostile.length },
      },
    ]);
    expect(JSON.stringify(rig.events)).not.toContain("S'true'");
    const { body } = await send(rig.adminPort, '/metrics');
    expect(body.toString()).toMatch(/sentinel_gate_events_total\{rule="GATE-PICKLE",disposition="denied"\} [1-9]/);
    expect(body.toString()).toMatch(/sentinel_gate_requests_total\{route="grpc:ModelInfer",outcome="denied"\} [1-9]/);
  });

  test.each<readonly [string, Buffer]>([
    ['typed contents', inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], contents: bytesContents(PICKLE) }] })],
    ['a parameter', inferRequest({ parameters: { x: PICKLE.toString('base64') } })],
    ['the name of the model', inferRequest({ model: PICKLE.toString() })],
  ])('a pickle in %s', async (_what, bytes) => {
    expect((await client.call(INFER, [bytes])).status).toBe('3');
    expect(rules()).toEqual(['GATE-PICKLE denied']);
  });

  test.each<readonly [string, Record<string, string>]>([
    ['binary metadata', { 'x-a-bin': PICKLE.toString('base64').replaceAll('=', '') }],
    ['the second of joined binary metadata', { 'x-a-bin': `AAEC,${PICKLE.toString('base64')}` }],
    ['text', { 'x-a': PICKLE.toString('base64') }],
    ['a token', { authorization: `Bearer ${PICKLE.toString('base64')}` }],
  ])('a pickle in metadata: %s', async (_what, headers) => {
    expect((await client.call(INFER, [honest], headers)).status).toBe('3');
    expect(rig.events).toMatchObject([{ refusal: { rule: 'GATE-PICKLE' } }]);
    expect((await client.call(STREAM, [honest], headers)).status).toBe('3');
    expect(rig.reached).toEqual([]);
  });
});

describe('methods', () => {
  test.each([
    ['/inference.GRPCInferenceService/ServerLive', Buffer.alloc(0)],
    ['/inference.GRPCInferenceService/ServerReady', Buffer.alloc(0)],
    ['/inference.GRPCInferenceService/ServerMetadata', Buffer.alloc(0)],
    [MODEL_READY, texts({ 1: 'resnet50', 2: '1' })],
    ['/inference.GRPCInferenceService/ModelMetadata', texts({ 1: 'resnet50' })],
    ['/inference.GRPCInferenceService/ModelConfig', texts({ 1: 'resnet50' })],
    ['/inference.GRPCInferenceService/ModelStatistics', texts({ 1: 'resnet50' })],
    ['/inference.GRPCInferenceService/RepositoryIndex', Buffer.alloc(0)],
    ['/grpc.health.v1.Health/Check', texts({ 1: 'inference.GRPCInferenceService' })],
    ['/grpc.health.v1.Health/Watch', Buffer.alloc(0)],
  ])('%s passes', async (path, message) => {
    expect(await client.call(path, [message])).toMatchObject({ status: '0', body: framed(message) });
    expect(rules()).toEqual([]);
  });

  test.each([
    [LOAD, '7', 'GATE-METHOD'],
    ['/inference.GRPCInferenceService/SystemSharedMemoryRegister', '7', 'GATE-METHOD'],
    ['/inference.GRPCInferenceService/TraceSetting', '7', 'GATE-METHOD'],
    ['/inference.GRPCInferenceService/LogSettings', '7', 'GATE-METHOD'],
    ['/inference.GRPCInferenceService/Unknown', '12', 'GATE-ROUTE'],
    ['/inference.GRPCInferenceService/ModelInfer/', '12', 'GATE-ROUTE'],
    ['/inference.GRPCInferenceService/ModelInfer?x', '12', 'GATE-ROUTE'],
    ['/inference.grpcinferenceservice/ModelInfer', '12', 'GATE-ROUTE'],
    ['//inference.GRPCInferenceService/ModelInfer', '12', 'GATE-ROUTE'],
    ['/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', '12', 'GATE-ROUTE'],
    ['/tensorflow.serving.PredictionService/Predict', '12', 'GATE-ROUTE'],
  ])('%s is status %s', async (path, status, rule) => {
    expect((await client.call(path, [Buffer.alloc(0)])).status).toBe(status);
    expect([rules(), rig.reached]).toEqual([[`${rule} denied`], []]);
  });

  test('what is no call of gRPC is answered as HTTP', async () => {
    const types = ['application/json', 'application/grpc+json', 'text/plain'];
    const calls = types.map((type) => client.call(INFER, [honest], { 'content-type': type }));
    const get = answerOf(client.open(INFER, { ':method': 'GET' }));
    for (const got of await Promise.all([...calls, get])) {
      expect(got.headers).toMatchObject({ ':status': 415, 'content-type': 'application/problem+json' });
      expect(JSON.parse(got.body.toString())).toMatchObject({ type: 'urn:sentinel:gate:GATE-MEDIA-TYPE' });
    }
    expect(rig.reached).toEqual([]);
  });
});

describe('framing', () => {
  const large = Buffer.alloc(64 * 1024 + 1);
  test.each<readonly [string, Buffer, string, string]>([
    ['no message', Buffer.alloc(0), '3', 'GATE-HTTP'],
    ['two messages', Buffer.concat([framed(honest), framed(honest)]), '3', 'GATE-HTTP'],
    ['a byte behind the message', Buffer.concat([framed(honest), Buffer.of(0)]), '3', 'GATE-HTTP'],
    ['a message that is cut', framed(honest).subarray(0, -1), '3', 'GATE-HTTP'],
    ['a prefix that is cut', Buffer.of(0, 0), '3', 'GATE-HTTP'],
    ['a flag of 2', Buffer.concat([Buffer.of(2), framed(honest).subarray(1)]), '3', 'GATE-HTTP'],
    ['a coded message without a coding', Buffer.concat([Buffer.of(1), framed(honest).subarray(1)]), '3', 'GATE-HTTP'],
    ['a message that is too large', framed(large), '8', 'GATE-SIZE'],
    ['a length beyond all limits', Buffer.of(0, 255, 255, 255, 255), '8', 'GATE-SIZE'],
    ['no protobuf', framed(Buffer.from('not a message')), '3', 'GATE-MALFORMED'],
  ])('%s', async (_what, bytes, status, rule) => {
    expect((await client.raw(INFER, bytes)).status).toBe(status);
    expect([rules(), rig.reached]).toEqual([[`${rule} denied`], []]);
  });

  test.each([
    [{ 'grpc-encoding': 'snappy' }, '12', 'GATE-CODING'],
    [{ 'grpc-timeout': 'soon' }, '3', 'GATE-HTTP'],
    [{ 'content-encoding': 'gzip' }, '12', 'GATE-CODING'],
    [{ 'x-serializer': 'pickle' }, '3', 'GATE-PICKLE-TYPE'],
  ])('metadata %j', async (headers, status, rule) => {
    const got = await client.call(INFER, [honest], headers);
    expect([got.status, got.headers['grpc-accept-encoding']]).toEqual([status, 'identity,deflate,gzip']);
    expect([rules(), rig.reached]).toEqual([[`${rule} denied`], []]);
  });

  test('a call without "te: trailers"', async () => {
    const stream = client.session.request({ ':method': 'POST', ':path': INFER, 'content-type': 'application/grpc' });
    const got = answerOf(stream);
    stream.end(framed(honest));
    expect((await got).status).toBe('3');
  });

  test('a message that does not arrive', async () => {
    const stream = client.open(INFER);
    const got = answerOf(stream);
    stream.write(framed(honest).subarray(0, 10));
    expect((await got).status).toBe('4');
    expect(rules()).toEqual(['GATE-SLOW denied']);
  });

  test('a bomb', async () => {
    const bytes = framed(gzipSync(Buffer.alloc(32 * 2 ** 20)));
    bytes[0] = 1;
    expect((await client.raw(INFER, bytes, { 'grpc-encoding': 'gzip' })).status).toBe('8');
    expect(rules()).toEqual(['GATE-BOMB denied']);
  });
});

describe('a stream', () => {
  test('each message goes on when it is inspected, before the next one comes', async () => {
    const stream = client.open(STREAM);
    const answers: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => answers.push(chunk));
    const got = answerOf(stream);
    for (let i = 1; i <= 3; i += 1) {
      stream.write(framed(honest));
      await until(() => Buffer.concat(answers).length === i * framed(honest).length);
      expect(Buffer.concat(answers)).toHaveLength(i * framed(honest).length);
    }
    // Nothing comes for longer than a message may take: a stream may be idle.
    await new Promise((resolve) => setTimeout(resolve, 900));
    stream.end(framed(honest));
    expect((await got).status).toBe('0');
    expect(rules()).toEqual([]);
  });

  test('answers of the server can come before any message', async () => {
    const stream = client.open(STREAM);
    const headers = await new Promise<IncomingHttpHeaders>((resolve) => {
      stream.once('response', (got) => resolve(got));
    });
    expect(headers['x-initial']).toBe('yes');
    stream.close();
  });

  test('a message that is refused ends it with a status, and the upstream is cancelled without having seen it', async () => {
    const stream = client.open(STREAM);
    const got = answerOf(stream);
    stream.write(framed(honest));
    await new Promise((resolve) => stream.once('data', resolve));
    stream.write(Buffer.concat([framed(hostile), framed(honest)]));
    expect(await got).toMatchObject({ status: '3', body: framed(honest), trailers: { 'grpc-status': '3' } });
    const cancelled = () => rig.seen.filter(({ reset }) => reset === constants.NGHTTP2_CANCEL);
    await until(() => cancelled().length === 1);
    expect(cancelled()).toMatchObject([{ body: framed(honest) }]);
    expect(rules()).toEqual(['GATE-PICKLE denied']);
  });

  test('many messages in a row arrive in their order, and leave nothing behind with the call', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const messages = Array.from({ length: 300 }, (_, i) => inferRequest({ id: `request ${i}` }));
    const got = await client.call(STREAM, messages);
    expect([got.status, got.body]).toEqual(['0', Buffer.concat(messages.map((one) => framed(one)))]);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    // Node warns of more than ten listeners.
    expect(warnings).toEqual([]);
  });
});

describe('deadlines, cancellation and a server that fails', () => {
  test('what is left of the deadline goes on, and the gate holds the call to it', async () => {
    const got = await client.call(INFER, [honest], { 'x-answer': 'never', 'grpc-timeout': '200m' });
    expect([got.status, rules()]).toEqual(['4', []]);
    const left = Number(/^(\d+)m$/.exec(String(rig.reached[0]?.['grpc-timeout']))?.[1]);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(200);
    await until(() => rig.seen.length === 1);
    expect(rig.seen[0]?.reset).toBe(constants.NGHTTP2_CANCEL);
  });

  test('a client that cancels cancels the upstream; nothing is reported', async () => {
    const stream = client.open(INFER, { 'x-answer': 'never' });
    stream.end(framed(honest));
    await until(() => rig.reached.length === 1);
    stream.close(constants.NGHTTP2_CANCEL);
    await until(() => rig.seen.length === 1);
    expect([rig.seen[0]?.reset, rules()]).toEqual([constants.NGHTTP2_CANCEL, []]);
  });

  test('a status without an answer comes as it is', async () => {
    const { headers } = await client.call(INFER, [honest], { 'x-answer': 'status' });
    expect(headers).toMatchObject({ 'grpc-status': '9', 'grpc-message': 'as asked', 'x-why-bin': 'AAEC' });
    expect(rules()).toEqual([]);
  });

  test.each([
    ['reset', '8'],
    ['half', '14'],
    ['no-trailers', '14'],
  ])('an upstream that ends with %s is status %s', async (answer, status) => {
    expect((await client.call(INFER, [honest], { 'x-answer': answer })).status).toBe(status);
    expect(rules()).toEqual(['GATE-UPSTREAM failed']);
    expect((await client.call(STREAM, [honest], { 'x-answer': answer })).status).toBe(status);
  });

  test('an upstream that does not answer', async () => {
    expect((await client.call(INFER, [honest], { 'x-answer': 'never' })).status).toBe('4');
    expect(rules()).toEqual(['GATE-UPSTREAM-TIMEOUT failed']);
  });
});

describe('other configurations', () => {
  test('management that is allowed, observing, and a server that is not there', async () => {
    const observing = await nearGrpcRig((upstream) => yaml(upstream, ', mode: observe, allow: [RepositoryModelLoad]'));
    const observed = new Client(observing.port);
    expect((await observed.call(INFER, [hostile])).status).toBe('0');
    expect((await observed.call(STREAM, [hostile, honest])).status).toBe('0');
    expect((await observed.call(LOAD, [texts({ 2: 'm' })])).status).toBe('0');
    expect(observing.events.map(({ refusal, disposition }) => `${refusal.rule} ${disposition}`)).toEqual([
      'GATE-PICKLE allowed',
      'GATE-PICKLE allowed',
    ]);
    expect((await observed.call('/a.B/C', [hostile])).status).toBe('0');
    expect(observing.events.at(-1)).toMatchObject({ disposition: 'allowed', refusal: { rule: 'GATE-ROUTE' } });
    observed.close();
    await observing.stop();

    const alone = await nearGrpcRig(() => yaml('http://127.0.0.1:9'));
    const refused = new Client(alone.port);
    expect((await refused.call(INFER, [honest])).status).toBe('14');
    expect((await refused.call(STREAM, [honest])).status).toBe('14');
    expect(alone.events).toMatchObject([
      { refusal: { rule: 'GATE-UPSTREAM' } },
      { refusal: { rule: 'GATE-UPSTREAM' } },
    ]);
    refused.close();
    await alone.stop();
  });

  test('a stop lets calls end', async () => {
    const stopping = await nearGrpcRig(yaml);
    const caller = new Client(stopping.port);
    const stream = caller.open(STREAM);
    const got = answerOf(stream);
    stream.write(framed(honest));
    await new Promise((resolve) => stream.once('data', resolve));
    const stopped = stopping.gate.stop();
    stream.end(framed(honest));
    expect((await got).status).toBe('0');
    await stopped;
    caller.close();
    await stopping.stop();
  });
});
