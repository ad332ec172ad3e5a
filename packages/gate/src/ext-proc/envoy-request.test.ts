import { describe, expect, test } from 'vitest';
import { ANY_ROUTE, PLAIN_ROUTE } from '../../test/inspect-kit.ts';
import type { GrpcConfig, Route } from '../config/gate-config.ts';
import type { Access } from '../events/access.ts';
import { Metrics } from '../events/metrics.ts';
import { CallInspector } from '../grpc/call-inspector.ts';
import { framed } from '../grpc/framing.ts';
import type { Verdict } from '../isolation/messages.ts';
import type { InspectorPool } from '../isolation/pool.ts';
import type { Refusal } from '../model/rules.ts';
import type { ExchangeContext } from '../proxy/exchange.ts';
import { headRefusal } from '../proxy/problem.ts';
import { EnvoyRequest } from './envoy-request.ts';
import type { Header } from './protocol.ts';

const BUFFERED = 2;
const PEER = { address: '10.0.0.1', port: 1 };
const PASSED: Verdict = { refusal: null, sha256: null };
const HOSTILE: Verdict = { refusal: headRefusal('GATE-PICKLE', 'p', 'a pickle'), sha256: null };
const INFER = '/inference.GRPCInferenceService/ModelInfer';

interface Inspected {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly target: string;
  readonly bytes: number;
}

interface Settings {
  readonly mode?: Route['mode'];
  readonly early?: Refusal;
  readonly verdict?: Verdict;
  /** The verdicts about what calls have: metadata, then messages. */
  readonly calls?: readonly Verdict[];
  readonly hasGrpc?: boolean;
}

/** One request of Envoy before inspectors that say what they are asked. */
function asked({ mode = 'enforce', early, verdict = PASSED, calls = [], hasGrpc = true }: Settings = {}) {
  const events: [rule: string, disposition: string, route: string | null][] = [];
  const accesses: Access[] = [];
  const heads: boolean[] = [];
  const bodies: Inspected[] = [];
  const jobs: number[] = [];
  const metrics = new Metrics([]);
  const route: Route = { ...PLAIN_ROUTE, id: '0:/own', path: '/own', mode };
  const shared = {
    recorder: {
      record: (refusal: Refusal, about: { disposition: string; route: string | null }) =>
        events.push([`${refusal.rule} ${refusal.signal}`, about.disposition, about.route]),
    },
    onAccess: (access: Access) => accesses.push(access),
    metrics,
    proxies: { clientBehind: () => ({ address: '192.0.2.7', port: 7 }) },
    config: { limits: { headerBytes: 8_192 } },
    matcher: {
      find: (path: string) => (path === '/own' ? { route, methods: [] } : { route: null, methods: [] }),
    },
    fallback: mode === 'observe' ? { ...route, id: 'unrouted' } : null,
    inspector: {
      head: (_headers: unknown, _route: Route, hasBody: boolean) => {
        heads.push(hasBody);
        return early ?? null;
      },
      body: async (headers: Inspected['headers'], target: string, _route: Route, body: Buffer) => {
        bodies.push({ headers, target, bytes: body.length });
        return verdict;
      },
    },
  } as unknown as ExchangeContext;
  const verdicts = [...calls];
  const pool = {
    inspect: async ({ body }: { body: Uint8Array }) => {
      jobs.push(body.length);
      return verdicts.shift() ?? PASSED;
    },
  } as unknown as InspectorPool;
  const config = { mode, policy: ANY_ROUTE, allow: [], answers: null, messageLimit: 10 } as unknown as GrpcConfig;
  const grpc = hasGrpc ? { config, inspector: new CallInspector(pool, metrics, config) } : null;
  const request = new EnvoyRequest({ shared, grpc }, PEER, new AbortController().signal);
  return { request, events, accesses, heads, bodies, jobs, metrics };
}

const head = (path = '/own', more: readonly Header[] = [], method = 'POST'): Header[] => [
  [':method', method],
  [':scheme', 'http'],
  [':authority', 'models'],
  [':path', path],
  ...more,
];
const METADATA: Header = ['x-bin', Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('base64')];
const CALL: readonly Header[] = [
  ['content-type', 'application/grpc'],
  ['te', 'trailers'],
];

describe('a head', () => {
  test('without a body is inspected at once, with no byte; one with a body waits for it', async () => {
    const without = asked();
    expect(await without.request.headers(head(), true, null)).toBeNull();
    expect([without.heads, without.bodies.map(({ bytes }) => bytes)]).toEqual([[false], [0]]);
    const withBody = asked();
    expect(await withBody.request.headers(head(), false, null)).toBeNull();
    expect([withBody.heads, withBody.bodies]).toEqual([[true], []]);
  });

  test.each([
    [true, 1, null],
    [true, null, null],
    [false, null, null],
    [false, BUFFERED, null],
    [false, 1, 'GATE-CRASH'],
    [false, 3, 'GATE-CRASH'],
  ])('its end is %s, bodies come in mode %s', async (isEnd, bodyMode, rule) => {
    const answer = await asked().request.headers(head(), isEnd, bodyMode);
    expect(answer?.rule ?? null).toBe(rule);
  });

  test('repeated fields are joined, and the authority is the host', async () => {
    const { request, bodies } = asked();
    const more: Header[] = [
      ['x-a', '1'],
      ['x-a', '2'],
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
      ['host', 'models'],
    ];
    expect(await request.headers(head('/own?q=1', more), true, null)).toBeNull();
    expect(bodies).toEqual([
      { headers: { host: 'models', 'x-a': '1, 2', cookie: 'a=1; b=2' }, target: '/own?q=1', bytes: 0 },
    ]);
  });

  test.each<readonly [string, readonly Header[], string]>([
    ['CONNECT', [], 'CONNECT'],
    ['an upgrade', [['upgrade', 'h2c']], 'POST'],
  ])('%s is refused', async (_what, more, method) => {
    const answer = await asked().request.headers(head('/own', more, method), true, null);
    expect(answer?.rule).toBe('GATE-UPGRADE');
  });

  test('what is refused by the head of its route, which the event names', async () => {
    const { request, events } = asked({ early: headRefusal('GATE-CODING', 'c', 'd') });
    expect((await request.headers(head(), false, BUFFERED))?.rule).toBe('GATE-CODING');
    expect(events).toEqual([['GATE-CODING c', 'denied', '0:/own']]);
  });

  test('where everything is observed, what has no route goes on by that of all', async () => {
    const { request, events, bodies } = asked({ mode: 'observe' });
    expect(await request.headers(head('/other'), true, null)).toBeNull();
    expect(events).toEqual([['GATE-ROUTE route', 'allowed', 'unrouted']]);
    expect(bodies).toHaveLength(1);
  });
});

describe('a body', () => {
  test.each([
    [10, null],
    [11, 'GATE-SIZE'],
  ])('of %i bytes, where 10 are the limit', async (length, rule) => {
    const { request, bodies, metrics } = asked();
    await request.headers(head(), false, BUFFERED);
    expect((await request.body(Buffer.alloc(length), true, BUFFERED))?.rule ?? null).toBe(rule);
    expect(bodies.map(({ bytes }) => bytes)).toEqual(rule === null ? [length] : []);
    expect(metrics.render()).toContain(`sentinel_gate_request_body_bytes_total{route="0:/own"} ${length}`);
  });

  test('that is larger than the limit is inspected where the route observes', async () => {
    const { request, events, bodies } = asked({ mode: 'observe' });
    await request.headers(head(), false, BUFFERED);
    expect(await request.body(Buffer.alloc(11), true, BUFFERED)).toBeNull();
    expect(events).toEqual([['GATE-SIZE body', 'allowed', '0:/own']]);
    expect(bodies).toHaveLength(1);
  });

  test.each([
    [true, null, null],
    [true, 1, null],
    [false, BUFFERED, null],
    [false, null, 'GATE-CRASH'],
    [false, 1, 'GATE-CRASH'],
  ])('is the last part: %s, in mode %s', async (isEnd, bodyMode, rule) => {
    const { request } = asked();
    await request.headers(head(), false, null);
    expect((await request.body(Buffer.alloc(1), isEnd, bodyMode))?.rule ?? null).toBe(rule);
  });

  test('that is hostile is refused, and the record says so', async () => {
    const { request, accesses } = asked({ verdict: HOSTILE });
    await request.headers(head(), false, BUFFERED);
    expect((await request.body(Buffer.alloc(1), true, BUFFERED))?.rule).toBe('GATE-PICKLE');
    request.ended();
    expect(accesses).toMatchObject([{ outcome: 'denied', status: 400, rule: 'GATE-PICKLE', requestBytes: 1 }]);
  });
});

describe('the end', () => {
  test('of what passed: the status is for Envoy to know', async () => {
    const { request, accesses } = asked();
    await request.headers(head(), false, BUFFERED);
    await request.body(Buffer.alloc(3), true, BUFFERED);
    expect(request.response()).toBeNull();
    request.ended();
    expect(accesses).toMatchObject([
      { outcome: 'passed', status: 0, requestBytes: 3, client: { address: '192.0.2.7' }, path: '/own' },
    ]);
  });

  test('before the body came, and before the head did', async () => {
    const cut = asked();
    await cut.request.headers(head(), false, BUFFERED);
    cut.request.ended();
    expect(cut.accesses).toMatchObject([{ outcome: 'failed' }]);
    const without = asked();
    without.request.ended();
    expect(without.accesses).toEqual([]);
  });

  test('a body that never comes is reported once where it is only observed', async () => {
    const { request, events, accesses } = asked({ mode: 'observe' });
    await request.headers(head(), false, null);
    expect([request.response(), request.response()]).toEqual([null, null]);
    expect(events).toEqual([['GATE-CRASH body-mode', 'allowed', '0:/own']]);
    request.ended();
    expect(accesses).toMatchObject([{ outcome: 'observed' }]);
  });

  test('a body that is too large to be held has come as far as it does', async () => {
    const { request, accesses, events } = asked({ mode: 'observe' });
    await request.headers(head(), false, BUFFERED);
    expect(request.unheld(headRefusal('GATE-SIZE', 'message', 'd'))).toBeNull();
    expect(request.response()).toBeNull();
    expect(events).toEqual([['GATE-SIZE body', 'allowed', '0:/own']]);
    request.ended();
    expect(accesses).toMatchObject([{ outcome: 'observed' }]);
  });

  test('what comes without a head is refused as HTTP', () => {
    const { request, accesses } = asked();
    expect(request.response()).toMatchObject({ rule: 'GATE-CRASH', signal: 'header-mode' });
    expect(accesses).toMatchObject([{ status: 400 }]);
  });
});

describe('a call of gRPC', () => {
  const MESSAGE = framed(Buffer.from('abc'));

  test('its metadata and each message are inspected', async () => {
    const { request, jobs, accesses } = asked();
    const values: readonly Header[] = [...CALL, METADATA];
    expect(await request.headers(head(INFER, values), false, BUFFERED)).toBeNull();
    expect(await request.body(Buffer.concat([MESSAGE, MESSAGE]), true, BUFFERED)).toBeNull();
    expect(jobs).toEqual([0, 3, 3]);
    request.ended();
    expect(accesses).toMatchObject([{ outcome: 'passed', route: 'grpc:ModelInfer' }]);
  });

  test.each([
    ['metadata', [HOSTILE], [0]],
    ['the first message', [PASSED, HOSTILE], [0, 3]],
    ['the second message', [PASSED, PASSED, HOSTILE], [0, 3, 3]],
  ])('%s that are hostile end it', async (_what, calls, expected) => {
    const { request, jobs, accesses } = asked({ calls });
    await request.headers(head(INFER, [...CALL, METADATA]), false, BUFFERED);
    const answer = await request.body(Buffer.concat([MESSAGE, MESSAGE]), true, BUFFERED);
    expect(answer?.rule).toBe('GATE-PICKLE');
    expect(jobs).toEqual(expected);
    expect(accesses).toMatchObject([{ status: 200, outcome: 'denied' }]);
  });

  test('where they are observed, all of it is inspected', async () => {
    const { request, jobs } = asked({ mode: 'observe', calls: [HOSTILE, HOSTILE, HOSTILE] });
    await request.headers(head(INFER, [...CALL, METADATA]), false, BUFFERED);
    expect(await request.body(Buffer.concat([MESSAGE, MESSAGE]), true, BUFFERED)).toBeNull();
    expect(jobs).toEqual([0, 3, 3]);
  });

  test.each<readonly [string, Buffer, string]>([
    ['a message that is cut', MESSAGE.subarray(0, 6), 'GATE-HTTP grpc-cut'],
    ['a message over the limit', framed(Buffer.alloc(11)), 'GATE-SIZE message'],
    ['a flag that is none', Buffer.of(2, 0, 0, 0, 0), 'GATE-HTTP grpc-flag'],
  ])('%s', async (_what, body, expected) => {
    const { request, events } = asked();
    await request.headers(head(INFER, CALL), false, BUFFERED);
    expect(await request.body(body, true, BUFFERED)).not.toBeNull();
    expect(events).toEqual([[expected, 'denied', 'grpc:ModelInfer']]);
  });

  test.each<readonly [string, string, readonly Header[], string, string]>([
    ['a method that is not POST', INFER, [], 'GET', 'GATE-MEDIA-TYPE not-grpc'],
    ['an unknown method', '/a.B/C', [], 'POST', 'GATE-ROUTE grpc-method'],
    ['an unknown coding', INFER, [['grpc-encoding', 'br']], 'POST', 'GATE-CODING grpc-encoding'],
  ])('%s is refused; where it is observed nothing of it can be read', async (_what, path, more, method, rule) => {
    const strict = asked();
    expect(await strict.request.headers(head(path, [...CALL, ...more], method), false, BUFFERED)).not.toBeNull();
    expect(strict.events.map(([one]) => one)).toEqual([rule]);
    const { request, events, jobs } = asked({ mode: 'observe' });
    expect(await request.headers(head(path, [...CALL, ...more], method), false, BUFFERED)).toBeNull();
    expect(await request.body(MESSAGE, true, BUFFERED)).toBeNull();
    expect(events.map(([one, disposition]) => [one, disposition])).toEqual([[rule, 'allowed']]);
    expect(jobs).toEqual([]);
  });

  test('trailers are inspected as metadata', async () => {
    const { request, bodies } = asked({ calls: [PASSED, HOSTILE] });
    await request.headers(head(INFER, CALL), false, BUFFERED);
    await request.body(MESSAGE, false, BUFFERED);
    expect((await request.trailers([METADATA]))?.rule).toBe('GATE-PICKLE');
    expect(bodies).toEqual([]);
  });

  test('without gRPC in the configuration it is a request of HTTP', async () => {
    const { request, bodies, jobs } = asked({ hasGrpc: false });
    expect(await request.headers(head('/own', CALL), false, BUFFERED)).toBeNull();
    expect(await request.body(Buffer.alloc(2), true, BUFFERED)).toBeNull();
    expect(await request.trailers([['x-a', 'b']])).toBeNull();
    expect(bodies.map(({ bytes }) => bytes)).toEqual([2, 0]);
    expect(jobs).toEqual([]);
  });

  test('HTTP has trailers of its own where there is gRPC besides', async () => {
    const { request, bodies, jobs } = asked();
    await request.headers(head(), false, BUFFERED);
    await request.body(Buffer.alloc(2), false, BUFFERED);
    expect(await request.trailers([['x-a', 'b']])).toBeNull();
    expect(bodies.map(({ headers }) => headers)).toEqual([{ host: 'models' }, { 'x-a': 'b' }]);
    expect(jobs).toEqual([]);
  });
});
