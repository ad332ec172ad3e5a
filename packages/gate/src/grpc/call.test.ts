import {
  connect,
  constants,
  createServer,
  type ClientHttp2Stream,
  type Http2Server,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ANY_ROUTE } from '../../test/inspect-kit.ts';
import { answerOf, echo, INFER, STREAM, until, type AnswerCall, type GotCall } from '../../test/grpc-kit.ts';
import type { GrpcConfig } from '../config/gate-config.ts';
import type { Access } from '../events/access.ts';
import { Metrics } from '../events/metrics.ts';
import type { InspectorPool } from '../isolation/pool.ts';
import type { Refusal } from '../model/rules.ts';
import { Held } from '../proxy/body-reader.ts';
import { Clients, TrustedProxies } from '../proxy/clients.ts';
import { headRefusal } from '../proxy/problem.ts';
import { Call, type GrpcContext } from './call.ts';
import { CallInspector } from './call-inspector.ts';
import { framed } from './framing.ts';
import { GrpcUpstream } from './upstream.ts';

const HOSTILE = headRefusal('GATE-PICKLE', 'p', 'a pickle');
const message = (text: string): Buffer => framed(Buffer.from(text));

let ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends) end();
  ends = [];
});

async function listening(server: Http2Server): Promise<string> {
  server.on('session', (session) => ends.push(() => session.destroy()));
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ends.push(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Settings {
  readonly grpc?: Partial<GrpcConfig>;
  readonly concurrency?: number;
  readonly answer?: AnswerCall;
}

/** Calls before a server, with inspectors for which whatever has the word "hostile" in it is so. */
async function calling({ grpc = {}, concurrency, answer = echo }: Settings = {}) {
  const events: [rule: string, disposition: string, route: string | null][] = [];
  const accesses: Access[] = [];
  const jobs: string[] = [];
  const reached: IncomingHttpHeaders[] = [];
  const resets: (number | undefined)[] = [];
  const upstream = createServer();
  upstream.on('stream', (stream: ServerHttp2Stream, headers) => {
    reached.push(headers);
    stream.on('error', () => undefined);
    stream.on('close', () => resets.push(stream.rstCode));
    answer(stream, headers);
  });
  const target = new GrpcUpstream(new URL(await listening(upstream)), 1_000);
  ends.push(() => target.close());
  const pool = {
    inspect: async ({
      body,
      head,
      client,
    }: {
      body: Uint8Array;
      head: readonly { text: string }[];
      client?: string;
    }) => {
      const text = `${head.map((value) => value.text).join()}|${Buffer.from(body).toString()}|${client ?? ''}`;
      jobs.push(text);
      return { refusal: text.includes('hostile') ? HOSTILE : null, sha256: null };
    },
  } as unknown as InspectorPool;
  const metrics = new Metrics([]);
  const config = {
    mode: 'enforce',
    policy: ANY_ROUTE,
    allow: [],
    answers: null,
    messageLimit: 100,
    answerMs: 5_000,
    ...grpc,
  } as unknown as GrpcConfig;
  const context = {
    config: { limits: { headerBytes: 8_192 }, timeouts: { idleMs: 2_000, bodyMs: 2_000 } },
    recorder: {
      record: (refusal: Refusal, about: { disposition: string; route: string | null }) =>
        events.push([`${refusal.rule} ${refusal.signal}`, about.disposition, about.route]),
    },
    metrics,
    held: new Held(10_000),
    clients: new Clients({ rate: null, burst: null, concurrency: concurrency ?? null }),
    proxies: new TrustedProxies([]),
    onAccess: (access: Access) => accesses.push(access),
    traceOf: () => null,
    grpc: config,
    inspector: new CallInspector(pool, metrics, config),
    upstream: target,
  } as unknown as GrpcContext;
  const front = createServer();
  front.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _: number, rawHeaders: string[]) => {
    stream.on('error', () => undefined);
    const call = new Call(stream, headers, rawHeaders, context);
    call.run().catch((error: unknown) => call.crashed(error));
  });
  const session = connect(await listening(front));
  session.on('error', () => undefined);
  ends.push(() => session.destroy());
  const open = (path: string, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    stream.on('error', () => undefined);
    return stream;
  };
  const call = (path: string, bytes: Buffer, headers: OutgoingHttpHeaders = {}): Promise<GotCall> => {
    const stream = open(path, headers);
    const got = answerOf(stream);
    stream.end(bytes);
    return got;
  };
  return { open, call, events, accesses, jobs, reached, resets, metrics, held: context.held };
}

const HEAD = { ':status': 200, 'content-type': 'application/grpc' };
/** Answers with one message and a status, as soon as the call is there. */
const answering =
  (text: string): AnswerCall =>
  (stream) => {
    stream.resume();
    stream.respond(HEAD, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(message(text));
  };

describe('a unary call', () => {
  test('is inspected once, with its metadata, goes on, and is recorded', async () => {
    const { call, accesses, jobs, metrics, resets, held } = await calling();
    const got = await call(INFER, message('abc'), { 'x-a': 'a long value' });
    expect([got.status, got.body]).toEqual(['0', message('abc')]);
    expect(jobs).toEqual(['a long value|abc|127.0.0.1']);
    expect(accesses).toMatchObject([{ outcome: 'passed', status: 200, route: 'grpc:ModelInfer', requestBytes: 3 }]);
    expect(metrics.render()).toContain('sentinel_gate_request_body_bytes_total{route="grpc:ModelInfer"} 3');
    await until(() => resets.length > 0);
    expect([resets, held.bytes]).toEqual([[constants.NGHTTP2_NO_ERROR], 0]);
  });

  test.each([
    ['hostile', message('hostile'), {}, 'GATE-PICKLE p'],
    ['with hostile metadata', message('a'), { 'x-a': 'something hostile' }, 'GATE-PICKLE p'],
    ['without its message', Buffer.alloc(0), {}, 'GATE-HTTP grpc-empty'],
    ['with a second message', Buffer.concat([message('a'), message('b')]), {}, 'GATE-HTTP grpc-more'],
    ['with half a message behind', Buffer.concat([message('a'), Buffer.of(0)]), {}, 'GATE-HTTP grpc-cut'],
    ['too large', message('x'.repeat(101)), {}, 'GATE-SIZE message'],
    ['in an unknown coding', message('a'), { 'grpc-encoding': 'br' }, 'GATE-CODING grpc-encoding'],
    ['with a timeout that is none', message('a'), { 'grpc-timeout': 'x' }, 'GATE-HTTP grpc-timeout'],
  ])('that is %s is refused, and the server sees nothing of it', async (_what, bytes, headers, rule) => {
    const { call, events, reached, accesses } = await calling();
    const { status } = await call(INFER, bytes, headers);
    expect(status).not.toBe('0');
    expect(events).toEqual([[rule, 'denied', 'grpc:ModelInfer']]);
    expect(reached).toEqual([]);
    expect(accesses).toMatchObject([{ outcome: 'denied' }]);
  });

  test.each([
    ['observes', message('hostile'), INFER, {}, 'GATE-PICKLE p', 1],
    ['does not know the method', message('hostile'), '/a.B/C', {}, 'GATE-ROUTE grpc-method', 0],
    ['does not read the coding', message('hostile'), INFER, { 'grpc-encoding': 'br' }, 'GATE-CODING grpc-encoding', 0],
  ])('goes on where the gate only observes and %s', async (_what, bytes, path, headers, rule, inspections) => {
    const { call, events, jobs, reached } = await calling({ grpc: { mode: 'observe' } });
    expect((await call(path, bytes, headers)).status).toBe('0');
    expect(events.map(([one, disposition]) => [one, disposition])).toEqual([[rule, 'allowed']]);
    expect([jobs.length, reached.length]).toEqual([inspections, 1]);
  });

  test('that the server refuses unprocessed is tried once more', async () => {
    let refusals = 1;
    const refusing: AnswerCall = (stream, headers) => {
      if (refusals > 0) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else echo(stream, headers);
      refusals -= 1;
    };
    const once = await calling({ answer: refusing });
    expect([(await once.call(INFER, message('a'))).status, once.reached.length]).toEqual(['0', 2]);
    expect(once.events).toEqual([]);
    refusals = 10;
    const always = await calling({ answer: refusing });
    expect([(await always.call(INFER, message('a'))).status, always.reached.length]).toEqual(['14', 2]);
    expect(always.events.map(([rule]) => rule)).toEqual(['GATE-UPSTREAM broken']);
  });

  test.each([
    [constants.NGHTTP2_CANCEL, '1'],
    [constants.NGHTTP2_ENHANCE_YOUR_CALM, '8'],
    [constants.NGHTTP2_INTERNAL_ERROR, '14'],
  ])('that the server resets with %i has status %s, and is not tried again', async (code, status) => {
    const { call, reached } = await calling({ answer: (stream) => stream.close(code) });
    expect([(await call(INFER, message('a'))).status, reached.length]).toEqual([status, 1]);
  });

  test('what is no call is answered as HTTP', async () => {
    const { call, accesses } = await calling();
    const got = await call(INFER, message('a'), { 'content-type': 'application/json' });
    expect(got.headers[':status']).toBe(415);
    expect(accesses).toMatchObject([{ status: 415, route: null }]);
  });

  test('a client has so many calls at a time', async () => {
    const { open, call, events } = await calling({ concurrency: 1, answer: () => undefined });
    const first = open(STREAM);
    first.write(message('a'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await call(INFER, message('a'))).status).toBe('8');
    expect(events).toEqual([['GATE-RATE concurrency', 'denied', 'grpc:ModelInfer']]);
  });
});

describe('time', () => {
  test('what is left of a deadline goes on, and one beyond all timers is none here', async () => {
    const late: AnswerCall = (stream, headers) => void setTimeout(() => echo(stream, headers), 30);
    const { call, reached } = await calling({ answer: late });
    expect((await call(INFER, message('a'), { 'grpc-timeout': '10S' })).status).toBe('0');
    const left = Number(/^(\d+)m$/.exec(String(reached[0]?.['grpc-timeout']))?.[1]);
    expect(left).toBeGreaterThan(5_000);
    expect(left).toBeLessThanOrEqual(10_000);
    expect((await call(INFER, message('a'), { 'grpc-timeout': '99999999H' })).status).toBe('0');
    expect((await call(INFER, message('a'))).status).toBe('0');
    expect(reached[2]).not.toHaveProperty('grpc-timeout');
  });

  test('a deadline that passes is a status without an event, and the server is told', async () => {
    const { call, events, accesses, resets } = await calling({ answer: () => undefined });
    expect((await call(INFER, message('a'), { 'grpc-timeout': '300m' })).status).toBe('4');
    expect(events).toEqual([]);
    expect(accesses).toMatchObject([{ outcome: 'failed', rule: null }]);
    await until(() => resets.length > 0);
    expect(resets).toEqual([constants.NGHTTP2_CANCEL]);
  });

  test('an answer is waited for as long as is set; one that streams, for ever', async () => {
    const late: AnswerCall = (stream, headers) =>
      void setTimeout(() => {
        if (!stream.destroyed) echo(stream, headers);
      }, 150);
    const { call, events } = await calling({ answer: late, grpc: { answerMs: 50 } });
    expect((await call(INFER, message('a'))).status).toBe('4');
    expect(events).toEqual([['GATE-UPSTREAM-TIMEOUT answer-timeout', 'failed', 'grpc:ModelInfer']]);
    expect((await call(STREAM, message('a'))).status).toBe('0');
    expect((await call('/grpc.health.v1.Health/Watch', message(''))).status).toBe('0');
  });

  test('an answer that has begun may take longer', async () => {
    const slow: AnswerCall = (stream) => {
      stream.respond(HEAD, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      setTimeout(() => stream.end(message('a')), 450);
    };
    const { call, events } = await calling({ answer: slow, grpc: { answerMs: 300 } });
    expect([(await call(INFER, message('a'))).status, events]).toEqual(['0', []]);
  });
});

describe('a stream', () => {
  test('goes on up to the message that is refused, and no further', async () => {
    const { open, events, resets, jobs } = await calling();
    const stream = open(STREAM);
    const got = answerOf(stream);
    stream.write(message('abc'));
    await new Promise((resolve) => void stream.once('data', resolve));
    stream.write(Buffer.concat([message('hostile'), message('later')]));
    expect(await got).toMatchObject({ status: '3', body: message('abc') });
    expect(events).toEqual([['GATE-PICKLE p', 'denied', 'grpc:ModelStreamInfer']]);
    expect(jobs).toEqual(['|abc|127.0.0.1', '|hostile|127.0.0.1']);
    await until(() => resets.length > 0);
    expect(resets).toEqual([constants.NGHTTP2_CANCEL]);
  });

  test('metadata are inspected before anything goes on', async () => {
    const { call, reached, jobs } = await calling();
    expect((await call(STREAM, message('a'), { 'x-a': 'something hostile' })).status).toBe('3');
    expect([reached, jobs]).toEqual([[], ['something hostile||']]);
  });

  test('that the server ends is over, also while the client has not ended it', async () => {
    const { open, accesses, resets } = await calling({
      answer: (stream) => stream.respond({ ...HEAD, 'grpc-status': '9' }, { endStream: true }),
    });
    const stream = open(STREAM);
    const got = answerOf(stream);
    stream.write(message('a'));
    expect((await got).status).toBe('9');
    expect(accesses).toMatchObject([{ outcome: 'passed' }]);
    await until(() => resets.length > 0);
    expect(resets).toHaveLength(1);
  });

  test('a client that leaves has cancelled its call', async () => {
    const { open, accesses, events, resets } = await calling({ answer: () => undefined });
    const stream = open(STREAM);
    stream.write(message('abc'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    stream.close(constants.NGHTTP2_CANCEL);
    await until(() => accesses.length > 0 && resets.length > 0);
    expect(accesses).toMatchObject([{ outcome: 'failed', rule: null }]);
    expect([events, resets]).toEqual([[], [constants.NGHTTP2_CANCEL]]);
  });

  test('a message that is cut', async () => {
    const { call, events } = await calling();
    expect((await call(STREAM, message('abc').subarray(0, 6))).status).toBe('3');
    expect(events.map(([rule]) => rule)).toEqual(['GATE-HTTP grpc-cut']);
  });
});

describe('answers that are inspected', () => {
  const answers = { id: 'answers' } as unknown as GrpcConfig['answers'];

  test('pass, or end the call', async () => {
    const honest = await calling({ grpc: { answers }, answer: answering('fine') });
    expect(await honest.call(INFER, message('a'))).toMatchObject({ status: '0', body: message('fine') });
    expect(honest.jobs).toEqual(['|a|127.0.0.1', '|fine|']);
    const bad = await calling({ grpc: { answers }, answer: answering('hostile') });
    const got = await bad.call(INFER, message('a'));
    expect(got.status).not.toBe('0');
    expect(got.body.toString()).not.toContain('hostile');
    expect(bad.events).toEqual([['GATE-RESPONSE p', 'denied', 'grpc:ModelInfer']]);
  });

  test('in a coding that is not read are refused', async () => {
    const { call, events } = await calling({
      grpc: { answers },
      answer: (stream) => {
        stream.respond({ ...HEAD, 'grpc-encoding': 'br' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.end(message('a'));
      },
    });
    await call(INFER, message('a'));
    expect(events.map(([rule]) => rule)).toEqual(['GATE-RESPONSE-UNREADABLE grpc-encoding']);
  });

  test('of a method that is not known, and without the setting, pass as they are', async () => {
    const observing = await calling({ grpc: { answers, mode: 'observe' }, answer: answering('hostile') });
    expect((await observing.call('/a.B/C', message('a'))).body).toEqual(message('hostile'));
    expect(observing.jobs).toEqual([]);
    const without = await calling({ answer: answering('hostile') });
    expect((await without.call(INFER, message('a'))).body).toEqual(message('hostile'));
  });

  test('that are too large are a fault of the server', async () => {
    const { call, events } = await calling({ grpc: { answers }, answer: answering('x'.repeat(101)) });
    expect((await call(INFER, message('a'))).status).toBe('14');
    expect(events).toEqual([['GATE-UPSTREAM answer', 'failed', 'grpc:ModelInfer']]);
  });
});
