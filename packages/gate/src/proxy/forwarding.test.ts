import { EventEmitter } from 'node:events';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { PLAIN_ROUTE } from '../../test/inspect-kit.ts';
import type { Route } from '../config/gate-config.ts';
import type { Verdict } from '../isolation/messages.ts';
import type { Refusal } from '../model/rules.ts';
import { Held } from './body-reader.ts';
import { Forwarding, type ForwardedBody, type ForwardingContext } from './forwarding.ts';
import type { HttpEnding } from './http-ending.ts';
import type { Upstream, UpstreamFault, UpstreamRequest } from './upstream.ts';

interface Given {
  readonly servers?: number;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isComplete?: boolean;
  readonly isStopping?: boolean;
  readonly isDestroyed?: boolean;
  readonly length?: number | null;
  readonly isRepeatable?: boolean;
  readonly verdict?: Verdict;
  readonly route?: Partial<Route>;
}

/** Fails where it does not become so soon. */
async function soon(done: Promise<void>): Promise<void> {
  let isDone = false;
  const wait = async (): Promise<void> => {
    await done;
    isDone = true;
  };
  void wait();
  for (let i = 0; i < 20 && !isDone; i += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(true);
}

/** One request before servers that do nothing but what the test has them do. */
function begun(given: Given = {}) {
  const log: string[] = [];
  const refused: Refusal[] = [];
  const opened: {
    readonly server: string;
    readonly request: UpstreamRequest;
    readonly repeatable: boolean;
    readonly onFault: (fault: UpstreamFault) => void;
    readonly onAnswer: (answer: IncomingMessage) => void;
  }[] = [];
  const servers = Array.from({ length: given.servers ?? 1 }, (_, i) => {
    const open = (
      request: UpstreamRequest,
      _send: (out: ClientRequest) => void,
      repeatable: boolean,
      events: Pick<(typeof opened)[number], 'onFault' | 'onAnswer'>,
    ) => {
      opened.push({ server: `s${i}`, request, repeatable, ...events });
      return { abort: () => log.push(`abort s${i}`), touch: () => log.push(`touch s${i}`) };
    };
    const server = { host: `s${i}`, preserveHost: false, address: { address: `s${i}`, port: i }, open };
    return server as unknown as Upstream;
  });
  const request = {
    method: given.method ?? 'POST',
    url: '/a?b',
    headers: given.headers ?? {},
    rawHeaders: Object.entries(given.headers ?? {}).flat(),
    socket: { remoteAddress: '192.0.2.1', remotePort: 4 },
    complete: given.isComplete ?? true,
  } as unknown as IncomingMessage;
  const heads: (readonly [status: number, headers: readonly string[]])[] = [];
  const response = Object.assign(new EventEmitter(), {
    destroyed: given.isDestroyed ?? false,
    headersSent: false,
    writableFinished: false,
    writeHead: (status: number, _message: string, headers: readonly string[]) => heads.push([status, headers]),
    flushHeaders: () => undefined,
    end: (body: Buffer) => log.push(`body ${body.toString()}`),
  });
  const held = new Held(1_000);
  const context = {
    config: { timeouts: { connectMs: 7, bodyMs: 1_000 } },
    inspector: { answer: () => Promise.resolve(given.verdict ?? { refusal: null, sha256: null }) },
    upstreams: {
      pick: (tried: ReadonlySet<Upstream>) => {
        const upstream = servers.find((server) => !tried.has(server));
        if (upstream === undefined) return null;
        return {
          upstream,
          release: () => log.push(`release ${upstream.host}`),
          failed: () => log.push(`failed ${upstream.host}`),
        };
      },
    },
    held,
    proxies: { has: () => false },
    isStopping: () => given.isStopping ?? false,
  } as unknown as ForwardingContext;
  const ending = {
    id: 'r1',
    trace: null,
    isOver: false,
    passed: 'passed',
    server: null,
    refuse: (refusal: Refusal) => refused.push(refusal),
    aborted: () => log.push('aborted'),
    crashed: (error: unknown) => log.push(`crashed ${String(error)}`),
    finish: (outcome: string) => log.push(outcome),
    record: ({ signal }: Refusal) => log.push(`recorded ${signal}`),
    mayPass: (refusal: Refusal) => refused.push(refusal) === 0,
    mayPassAll: ({ refusal }: Verdict) => refusal === null || refused.push(refusal) === 0,
  };
  const body: ForwardedBody = {
    length: given.length === undefined ? 0 : given.length,
    isRepeatable: given.isRepeatable ?? true,
    send: () => undefined,
  };
  const { sent, done } = new Forwarding(
    request,
    response as unknown as ServerResponse,
    context,
    ending as unknown as HttpEnding,
  ).begin({ ...PLAIN_ROUTE, ...given.route }, body);
  const fault = (which: UpstreamFault): void => opened.at(-1)?.onFault(which);
  const answer = (headers: Readonly<Record<string, string>> = {}): PassThrough => {
    const from = Object.assign(new PassThrough(), {
      statusCode: 200,
      statusMessage: 'OK',
      headers,
      rawHeaders: Object.entries(headers).flat(),
      setTimeout: () => undefined,
    });
    opened.at(-1)?.onAnswer(from as unknown as IncomingMessage);
    return from;
  };
  return { log, refused, opened, sent, done, response, ending, held, heads, fault, answer };
}

describe('a server that fails', () => {
  test.each<[UpstreamFault, string]>([
    ['unreachable', 'GATE-UPSTREAM'],
    ['broken', 'GATE-UPSTREAM'],
    ['connect-timeout', 'GATE-UPSTREAM-TIMEOUT'],
    ['answer-timeout', 'GATE-UPSTREAM-TIMEOUT'],
  ])('%s is %s, and the request is done', async (which, rule) => {
    const { fault, refused, log, done } = begun();
    fault(which);
    await soon(done);
    expect(refused.map((one) => [one.rule, one.signal])).toEqual([[rule, which]]);
    const isUnreached = which === 'unreachable' || which === 'connect-timeout';
    expect(log).toEqual(isUnreached ? ['failed s0', 'release s0'] : ['release s0']);
  });

  test.each<[UpstreamFault, Given, boolean]>([
    ['unreachable', {}, true],
    ['connect-timeout', {}, true],
    ['unreachable', { isRepeatable: false }, false],
    ['unreachable', { isDestroyed: true }, false],
    // Somebody may have read it.
    ['broken', {}, false],
    ['answer-timeout', {}, false],
  ])('%s of %j: another one is asked, %s', (which, given, isAsked) => {
    const { fault, opened, refused } = begun({ ...given, servers: 2 });
    fault(which);
    expect(opened.map(({ server }) => server)).toEqual(isAsked ? ['s0', 's1'] : ['s0']);
    expect(refused.length).toBe(isAsked ? 0 : 1);
  });

  test('is asked once, and given back before the next one is asked', async () => {
    const { fault, opened, refused, log, ending, done } = begun({ servers: 2 });
    fault('unreachable');
    expect(ending.server).toEqual({ address: 's1', port: 1 });
    fault('unreachable');
    await soon(done);
    expect(opened.map(({ server }) => server)).toEqual(['s0', 's1']);
    expect(log).toEqual(['failed s0', 'release s0', 'failed s1', 'release s1']);
    expect(refused.map(({ signal }) => signal)).toEqual(['unreachable']);
  });
});

describe('a client that leaves', () => {
  test('has its request given up', async () => {
    const { response, log, done } = begun();
    response.emit('close');
    await soon(done);
    expect(log).toEqual(['abort s0', 'aborted', 'release s0']);
  });

  test('behind the head of its answer is no news', async () => {
    const { response, log, done } = begun();
    response.headersSent = true;
    response.emit('close');
    await soon(done);
    expect(log).toEqual(['abort s0', 'release s0']);
  });

  test('with all of its answer has not left', () => {
    const { response, log } = begun();
    response.writableFinished = true;
    response.emit('close');
    expect(log).toEqual([]);
  });

  test('is looked for at the server that has the request', () => {
    const { sent, fault, log } = begun({ servers: 2 });
    sent.touch();
    fault('unreachable');
    sent.touch();
    sent.abort();
    expect(log).toEqual(['touch s0', 'failed s0', 'release s0', 'touch s1', 'abort s1']);
  });

  test('before the answer came gets none', async () => {
    const { ending, answer, log, done } = begun();
    ending.isOver = true;
    expect(answer().destroyed).toBe(true);
    await soon(done);
    expect(log).toEqual(['failed', 'release s0']);
  });
});

describe('what a server is sent', () => {
  const sentBy = (given: Given) => begun(given).opened[0];
  const headers = (given: Given): string => (sentBy(given)?.request.headers ?? []).join(' ');

  test.each<[Given, boolean]>([
    [{ method: 'PUT' }, true],
    [{ method: 'GET' }, true],
    [{ method: 'POST' }, false],
    [{ method: 'PATCH' }, false],
    [{ method: 'PUT', isRepeatable: false }, false],
  ])('%j may be sent once more: %s', (given, repeatable) => expect(sentBy(given)?.repeatable).toBe(repeatable));

  test('its target and its times', () => {
    expect(sentBy({})?.request).toMatchObject({ method: 'POST', target: '/a?b', connectMs: 7, answerMs: 1_000 });
  });

  test.each<[Given, string | null, boolean]>([
    [{ length: 0 }, null, false],
    [{ length: 0, headers: { 'content-length': '0' } }, '0', false],
    [{ length: 5 }, '5', false],
    [{ length: null }, null, true],
    [{ length: null, headers: { 'content-length': '5' } }, null, true],
  ])('%j has length %s, chunked: %s', (given, length, isChunked) => {
    const text = headers(given);
    expect(/Content-Length (\d+)/.exec(text)?.[1] ?? null).toBe(length);
    expect(text.includes('Transfer-Encoding chunked')).toBe(isChunked);
  });
});

describe('an answer', () => {
  test.each<[Given, boolean]>([
    [{}, false],
    [{ isStopping: true }, true],
    [{ isComplete: false }, true],
  ])('to %j ends the connection: %s', (given, ends) => {
    const { answer, heads } = begun(given);
    answer({ 'X-A': 'b' });
    expect(heads).toEqual([[200, ends ? ['X-A', 'b', 'Connection', 'close'] : ['X-A', 'b']]]);
  });

  const inspected = (given: Given = {}) => begun({ route: { inspectResponses: true }, ...given });

  test('that is inspected goes out whole, and is held no longer', async () => {
    const { answer, log, heads, held, done } = inspected();
    answer({ 'X-A': 'b' }).end('0123456789');
    await soon(done);
    expect([heads, log, held.bytes]).toEqual([[[200, ['X-A', 'b']]], ['body 0123456789', 'passed', 'release s0'], 0]);
  });

  test('that is inspected ends the connection where the request goes on', async () => {
    const { answer, heads, done } = inspected({ isComplete: false });
    answer().end('a');
    await soon(done);
    expect(heads).toEqual([[200, ['Connection', 'close']]]);
  });

  test('that is too long to be held is refused, and given back', async () => {
    const { answer, refused, log, heads, held, done } = inspected();
    const from = answer();
    from.end('0123456789a');
    await soon(done);
    expect(refused.map(({ rule, signal }) => [rule, signal])).toEqual([['GATE-UPSTREAM', 'answer']]);
    expect([from.destroyed, heads, log, held.bytes]).toEqual([true, [], ['release s0'], 0]);
  });

  test('in which something is found is refused as an answer', async () => {
    const refusal: Refusal = {
      rule: 'GATE-PICKLE',
      signal: 's',
      detail: 'd',
      path: 'body',
      offset: 0,
      format: null,
      sha256: null,
    };
    const { answer, refused, heads, held, done } = inspected({ verdict: { refusal, sha256: null } });
    answer().end('a');
    await soon(done);
    expect(refused.map(({ rule, path }) => [rule, path])).toEqual([['GATE-RESPONSE', 'answer>body']]);
    expect([heads, held.bytes]).toEqual([[], 0]);
  });

  test('of two types is refused before it is read', async () => {
    const { refused, opened, done } = inspected();
    const from = Object.assign(new PassThrough(), {
      statusCode: 200,
      headers: {},
      rawHeaders: ['Content-Type', 'a/b', 'content-type', 'c/d'],
    });
    opened[0]?.onAnswer(from as unknown as IncomingMessage);
    await soon(done);
    expect(refused.map(({ rule, signal }) => [rule, signal])).toEqual([
      ['GATE-RESPONSE-UNREADABLE', 'repeated-header'],
    ]);
    expect(from.destroyed).toBe(true);
  });
});
