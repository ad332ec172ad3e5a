import { once } from 'node:events';
import { createServer, type ClientRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PLAIN_ROUTE } from '../../test/inspect-kit.ts';
import type { Route } from '../config/gate-config.ts';
import { Matcher } from '../config/match.ts';
import type { Access } from '../events/access.ts';
import type { Passing } from '../isolation/bodies.ts';
import type { Verdict } from '../isolation/messages.ts';
import type { Refusal } from '../model/rules.ts';
import { Held, type HeldBody } from './body-reader.ts';
import { Clients, TrustedProxies } from './clients.ts';
import { Exchange, type ExchangeContext } from './exchange.ts';
import { headRefusal } from './problem.ts';
import { SpoolArea, SpoolFile } from './spool.ts';
import type { UpstreamRequest } from './upstream.ts';

const PASSES: Verdict = { refusal: null, sha256: null };
const FOUND: Verdict = { refusal: { ...headRefusal('GATE-PICKLE', 's', 'd'), path: 'body' }, sha256: null };

interface Given {
  readonly route?: Partial<Route>;
  readonly early?: Refusal;
  readonly timeouts?: { readonly idleMs?: number; readonly bodyMs?: number };
  readonly concurrency?: number;
  readonly fallback?: Route;
  readonly heldBytes?: number;
  readonly spooledBytes?: number;
  readonly verdict?: (body: Buffer | HeldBody | SpoolFile, signal: () => AbortSignal) => Promise<Verdict>;
  readonly passing?: (body: Passing) => Promise<Verdict>;
  /** Of what the server behind takes at once. */
  readonly highWaterMark?: number;
  /** The server behind does not answer by itself. */
  readonly isSilent?: boolean;
}

/** What happened to the requests of one test. */
function watched(given: Given) {
  const refused: (readonly [rule: string, disposition: string, bytes: number])[] = [];
  const accesses: Access[] = [];
  const inspected: (readonly [kind: string, length: number, client: string])[] = [];
  const sent: {
    readonly request: UpstreamRequest;
    readonly repeatable: boolean;
    readonly out: Writable;
    readonly parts: string[];
    readonly answer: (body: string) => void;
  }[] = [];
  const log: string[] = [];
  const counted: number[] = [];
  const bodied: boolean[] = [];
  const waiting: (() => void)[] = [];
  const open = (
    request: UpstreamRequest,
    send: (out: ClientRequest) => void,
    repeatable: boolean,
    { onAnswer }: { readonly onAnswer: (answer: IncomingMessage) => void },
  ) => {
    const parts: string[] = [];
    const out = new Writable({
      highWaterMark: given.highWaterMark ?? 16_384,
      decodeStrings: true,
      write(chunk: Buffer, _encoding, done) {
        parts.push(chunk.toString());
        if (given.highWaterMark === undefined) done();
        else waiting.push(done);
      },
    });
    const answer = (body: string): void => {
      const from = Object.assign(new PassThrough(), {
        statusCode: 200,
        statusMessage: 'OK',
        headers: { 'content-length': String(body.length) },
        rawHeaders: ['Content-Length', String(body.length)],
        complete: true,
        setTimeout: () => undefined,
      });
      onAnswer(from as unknown as IncomingMessage);
      from.end(body);
    };
    sent.push({ request, repeatable, out, parts, answer });
    out.on('finish', () => {
      if (given.isSilent !== true) answer(`got ${parts.join('')}`);
    });
    send(out as unknown as ClientRequest);
    return { abort: () => log.push('abort'), touch: () => log.push('touch') };
  };
  const upstream = { host: 's', preserveHost: false, address: { address: 's', port: 1 }, open };
  const routes = [{ ...PLAIN_ROUTE, bodyLimit: 30, ...given.route }];
  const context = {
    config: {
      timeouts: { idleMs: 5_000, bodyMs: 5_000, connectMs: 1, ...given.timeouts },
    },
    inspector: {
      head: (_headers: unknown, _route: Route, isWithBody: boolean) => {
        bodied.push(isWithBody);
        return given.early ?? null;
      },
      body: async (
        _headers: unknown,
        _url: string,
        _route: Route,
        body: HeldBody | SpoolFile,
        signal: () => AbortSignal,
        key: string,
      ) => {
        const isFile = body instanceof SpoolFile;
        inspected.push([isFile ? 'file' : 'held', isFile ? body.size : body.length, key]);
        return given.verdict === undefined ? PASSES : given.verdict(body, signal);
      },
      passing: async (_headers: unknown, _url: string, _route: Route, body: Passing) => {
        inspected.push(['passing', body.most, '']);
        return given.passing === undefined ? readAll(body) : given.passing(body);
      },
    },
    upstreams: { pick: () => ({ upstream, release: () => undefined, failed: () => undefined }) },
    held: new Held(given.heldBytes ?? 1_000),
    spool: new SpoolArea(given.spooledBytes ?? 1_000, null),
    metrics: { bodyBytes: { add: (_labels: unknown, count: number) => counted.push(count) } },
    proxies: new TrustedProxies([]),
    clients: new Clients({ rate: null, burst: null, concurrency: given.concurrency ?? null }),
    recorder: {
      record: ({ rule }: Refusal, { disposition, bytes }: { disposition: string; bytes: number }) =>
        refused.push([rule, disposition, bytes]),
    },
    onAccess: (access: Access) => accesses.push(access),
    traceOf: () => null,
    isStopping: () => false,
    matcher: new Matcher(routes),
    fallback: given.fallback ?? null,
  } as unknown as ExchangeContext;
  const exchanges: Exchange[] = [];
  return { refused, accesses, inspected, sent, log, counted, bodied, waiting, context, exchanges };
}

/** All of a body, piece by piece, each settled as it comes. */
async function readAll(body: Passing): Promise<Verdict> {
  for (let at = 0; ;) {
    const bytes = await body.read(at, 1_000);
    if (bytes === null || bytes.length === 0) return PASSES;
    at += bytes.length;
    body.settle(at);
  }
}

let server: Server;
let current = watched({});
const spools: SpoolArea[] = [];
const sockets: Socket[] = [];
beforeAll(async () => {
  const start = (
    request: IncomingMessage,
    response: ConstructorParameters<typeof Exchange>[1],
    expects: boolean,
  ): void => {
    const exchange = new Exchange(request, response, current.context);
    current.exchanges.push(exchange);
    void exchange.run(expects);
  };
  server = createServer({ requireHostHeader: false, keepAliveTimeout: 50 });
  server.on('request', (request, response) => start(request, response, false));
  server.on('checkContinue', (request, response) => start(request, response, true));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const spool of spools.splice(0)) spool.close();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

/** A client that has sent this; what it gets. */
function client(text: string, given: Given = {}) {
  const what = watched(given);
  current = what;
  spools.push(what.context.spool);
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  const got = { text: '', isClosed: false };
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => (got.text += chunk.toString()));
  socket.on('close', () => (got.isClosed = true));
  socket.write(text);
  const answered = async (): Promise<string> => {
    await until(() => what.accesses.length > 0 && /\r\n\r\n[^]/.test(got.text));
    return got.text;
  };
  return { ...what, socket, got, answered };
}
const head = (length: number | null, more = '', method = 'POST', path = '/a'): string =>
  `${method} ${path} HTTP/1.1\r\nHost: a\r\n${length === null ? '' : `Content-Length: ${length}\r\n`}${more}\r\n`;
const post = (body: string, more = ''): string => head(body.length, more) + body;
const chunked = (...chunks: string[]): string =>
  head(null, 'Transfer-Encoding: chunked\r\n') +
  chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
const BYTES = 'Content-Type: application/octet-stream\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
const status = (text: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);

describe('a request', () => {
  test('goes on when it has passed, and what was held of it is given back', async () => {
    const { answered, sent, inspected, counted, context, accesses } = client(post('hello'));
    expect(await answered()).toContain('got hello');
    expect([inspected, counted, context.held.bytes]).toEqual([[['held', 5, '127.0.0.1']], [5], 0]);
    expect(sent.map(({ request, repeatable }) => [request.headers.includes('Content-Length'), repeatable])).toEqual([
      [true, false],
    ]);
    expect(accesses.map(({ outcome, requestBytes, status: code }) => [outcome, requestBytes, code])).toEqual([
      ['passed', 5, 200],
    ]);
    expect(accesses[0]?.inspectionSeconds).toBeLessThan(60);
    expect(accesses[0]?.inspectionSeconds).toBeGreaterThanOrEqual(0);
  });

  test.each<[string, string, number]>([
    ['of no body', head(null), 0],
    ['of a body of no bytes', head(0), 0],
    ['of one byte', post('a'), 1],
    ['in chunks', `${chunked('ab', 'c')}0\r\n\r\n`, 3],
  ])('%s is inspected with as many bytes', async (_what, text, length) => {
    const { answered, inspected, bodied } = client(text);
    expect(status(await answered())).toBe(200);
    expect([inspected, bodied]).toEqual([[['held', length, '127.0.0.1']], [length > 0]]);
  });

  test.each<[string, string, Given, number, string]>([
    ['a head with a fault', post('a', 'Host: b\r\n'), {}, 400, 'GATE-HTTP'],
    ['a target that is none', head(null, '', 'POST', '/a/../b'), {}, 400, 'GATE-HTTP'],
    ['no route', head(null, '', 'POST', '/b'), {}, 404, 'GATE-ROUTE'],
    ['a head that is refused', post('a'), { early: headRefusal('GATE-CODING', 's', 'd') }, 415, 'GATE-CODING'],
    ['a body that is refused', post('a'), { verdict: () => Promise.resolve(FOUND) }, 400, 'GATE-PICKLE'],
    ['a client that has too many', post('a'), { concurrency: 0 }, 429, 'GATE-RATE'],
    ['a body that is too large', post('a'.repeat(31)), {}, 413, 'GATE-SIZE'],
    ['no room for it', post('abcd'), { heldBytes: 3 }, 503, 'GATE-BUSY'],
  ])('%s is refused once, and nothing goes on', async (_what, text, given, code, rule) => {
    const { answered, refused, sent, context } = client(text, given);
    expect(status(await answered())).toBe(code);
    expect(refused.map(([id, disposition]) => [id, disposition])).toEqual([[rule, code === 503 ? 'failed' : 'denied']]);
    expect([sent, context.held.bytes]).toEqual([[], 0]);
  });

  test('of another method is told the right ones, and one that passes is not', async () => {
    const other = client(head(null, '', 'GET'));
    expect(await other.answered()).toMatch(/^HTTP\/1\.1 405 [^]*\r\nAllow: POST\r\n/);
    const fallback: Route = { ...PLAIN_ROUTE, mode: 'observe' };
    const observed = client(head(null, '', 'GET'), { fallback });
    expect(await observed.answered()).not.toContain('Allow');
    expect(observed.refused).toEqual([['GATE-METHOD', 'allowed', 0]]);
    expect(observed.sent).toHaveLength(1);
  });

  test.each<[string, string, boolean]>([
    ['with a body is asked for it', head(1, 'Expect: 100-continue\r\n'), true],
    ['without one is not', head(0, 'Expect: 100-continue\r\n'), false],
  ])('that expects to go on %s', async (_what, text, isAsked) => {
    const { got, socket, answered } = client(text);
    await until(() => got.text !== '');
    expect(got.text.startsWith('HTTP/1.1 100 Continue')).toBe(isAsked);
    if (isAsked) socket.write('a');
    await answered();
    await until(() => got.text.includes('HTTP/1.1 200'));
  });

  test('that is only observed passes although something is found, and says what', async () => {
    const { answered, refused, accesses } = client(post('hello'), {
      route: { mode: 'observe' },
      early: headRefusal('GATE-CODING', 's', 'd'),
      verdict: () => Promise.resolve(FOUND),
    });
    expect(await answered()).toContain('got hello');
    expect(refused).toEqual([
      ['GATE-CODING', 'allowed', 5],
      ['GATE-PICKLE', 'allowed', 5],
    ]);
    expect(accesses.map(({ outcome }) => outcome)).toEqual(['observed']);
  });
});

describe('a body that breaks', () => {
  test.each([
    [true, 'GATE-ABORTED'],
    [false, 'GATE-HTTP'],
  ])('cut: %s, is %s, once, and is given back', async (isCut, rule) => {
    const { exchanges, refused, context } = client(`${head(5)}abc`);
    await until(() => context.held.bytes === 3);
    expect([exchanges[0]?.hasHungUp, exchanges[0]?.broken(isCut), exchanges[0]?.broken(isCut)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(refused).toEqual([[rule, isCut ? 'failed' : 'denied', 5]]);
    expect(exchanges[0]?.hasHungUp).toBe(true);
  });

  test('behind its end is none of this request', async () => {
    const { exchanges, sent, refused } = client(post('abc'), { isSilent: true });
    await until(() => sent.length === 1);
    expect([exchanges[0]?.broken(true), refused]).toEqual([false, []]);
  });

  test('that was refused meanwhile is given back, and not inspected', async () => {
    const { exchanges, context, inspected, refused } = client(`${head(5)}abc`, { timeouts: { idleMs: 60 } });
    await until(() => context.held.bytes === 3);
    exchanges[0]?.broken(false);
    await until(() => context.held.bytes === 0);
    expect([inspected, refused.map(([rule]) => rule)]).toEqual([[], ['GATE-HTTP']]);
  });

  test('of a client that leaves is no body', async () => {
    const { socket, context, refused, inspected } = client(`${head(5)}abc`);
    await until(() => context.held.bytes === 3);
    socket.destroy();
    await until(() => refused.length > 0);
    expect([refused, inspected, context.held.bytes]).toEqual([[['GATE-ABORTED', 'failed', 5]], [], 0]);
  });
});

describe('a client that leaves while it is inspected', () => {
  test('is not waited for', async () => {
    const signals: AbortSignal[] = [];
    let decide: (verdict: Verdict) => void = () => undefined;
    const { socket, refused, sent, context } = client(post('abc'), {
      verdict: (_body, signal) => {
        signals.push(signal());
        return new Promise((resolve) => {
          decide = resolve;
        });
      },
    });
    await until(() => signals.length === 1);
    expect(signals[0]?.aborted).toBe(false);
    socket.destroy();
    await until(() => signals[0]?.aborted === true);
    expect(refused).toEqual([]);
    decide(PASSES);
    await until(() => refused.length > 0);
    expect([refused, sent, context.held.bytes]).toEqual([[['GATE-ABORTED', 'failed', 3]], [], 0]);
  });

  test('is known to one that asks later', async () => {
    let ask: () => AbortSignal = () => new AbortController().signal;
    let decide: (verdict: Verdict) => void = () => undefined;
    const { socket, refused } = client(post('abc'), {
      verdict: (_body, signal) => {
        ask = signal;
        return new Promise((resolve) => {
          decide = resolve;
        });
      },
    });
    await until(() => !ask().aborted && current.inspected.length === 1);
    socket.destroy();
    await until(() => ask().aborted);
    decide(PASSES);
    await until(() => refused.length > 0);
    expect(refused).toEqual([['GATE-ABORTED', 'failed', 3]]);
  });
});

describe('a large body on disk', () => {
  const route = { spoolAbove: 10, bodyLimit: 20 };
  const ten = 'a'.repeat(10);

  test.each<[string, string, Partial<Route>, string]>([
    ['as many bytes as are held', post(ten, BYTES), {}, 'held'],
    ['one more', post(`${ten}b`, BYTES), {}, 'file'],
    ['as many as may be', post(ten + ten, BYTES), {}, 'file'],
    ['of no type', post(`${ten}b`), {}, 'file'],
    ['of a type that is none', post(`${ten}b`, 'Content-Type: a\r\n'), {}, 'file'],
    ['of parts', post(`${ten}b`, 'Content-Type: multipart/form-data; boundary=x\r\n'), {}, 'file'],
  ])('%s: %s', async (_what, text, more, kind) => {
    const { answered, inspected, context, counted, sent } = client(text, { route: { ...route, ...more } });
    const length = Number(/Content-Length: (\d+)/.exec(text)?.[1]);
    expect(await answered()).toContain(`got ${text.split('\r\n\r\n')[1]}`);
    expect([inspected, counted]).toEqual([[[kind, length, '127.0.0.1']], [length]]);
    expect(sent[0]?.request.headers.join(' ')).toContain(`Content-Length ${length}`);
    await until(() => context.spool.bytes === 0 && context.held.bytes === 0);
  });

  test.each<[string, string, Partial<Route>]>([
    ['of JSON', post(`${ten}b`, JSON_TYPE), {}],
    ['that is packed', post(`${ten}b`, `${BYTES}Content-Encoding: gzip\r\n`), {}],
    ['where none may be larger', post(`${ten}b`, BYTES), { bodyLimit: 10 }],
    ['where the bound is no more than the limit', post(`${ten}b`, BYTES), { bodyLimit: 9 }],
    ['where no route has it', post(`${ten}${ten}b`, BYTES), { spoolAbove: null }],
  ])('is refused instead %s', async (_what, text, more) => {
    const { answered, inspected, refused, context } = client(text, { route: { ...route, ...more } });
    expect(status(await answered())).toBe(413);
    expect([inspected, refused.map(([rule]) => rule)]).toEqual([[], ['GATE-SIZE']]);
    expect(context.held.bytes).toBe(0);
  });

  test.each<[string, string, Given, string, number]>([
    ['that is larger than it may be', chunked(ten, ten, 'a'), {}, 'GATE-SIZE', 413],
    ['for which there is no room', post(`${ten}b`, BYTES), { spooledBytes: 10 }, 'GATE-BUSY', 503],
    ['that stops', `${head(12, BYTES)}${ten}b`, { timeouts: { idleMs: 40 } }, 'GATE-SLOW', 408],
  ])('%s is refused', async (_what, text, given, rule, code) => {
    const { answered, inspected, refused, context } = client(text, { route, ...given });
    expect(status(await answered())).toBe(code);
    expect([inspected, refused.map(([id]) => id)]).toEqual([[], [rule]]);
    await until(() => context.held.bytes === 0 && context.spool.bytes === 0);
  });

  test('that is larger than it may be goes on where that is only observed', async () => {
    const { answered, inspected, refused } = client(`${chunked(ten, ten, 'b')}0\r\n\r\n`, {
      route: { ...route, mode: 'observe' },
    });
    expect(await answered()).toContain(`got ${ten}${ten}b`);
    expect([inspected, refused]).toEqual([[['file', 21, '127.0.0.1']], [['GATE-SIZE', 'allowed', 21]]]);
  });

  test('of a client that leaves is given up at once', async () => {
    let decide: (verdict: Verdict) => void = () => undefined;
    const { socket, refused, inspected, sent, context } = client(post(`${ten}b`, BYTES), {
      route,
      verdict: () =>
        new Promise((resolve) => {
          decide = resolve;
        }),
    });
    await until(() => inspected.length === 1);
    socket.destroy();
    await until(() => refused.length > 0);
    expect(refused).toEqual([['GATE-ABORTED', 'failed', 11]]);
    decide(PASSES);
    await until(() => context.spool.bytes === 0);
    expect(sent).toEqual([]);
  });
});

describe('a large body that passes while it is inspected', () => {
  const route = { streamAbove: 10, bodyLimit: 20 };
  const ten = 'a'.repeat(10);
  const infer = { ...PLAIN_ROUTE.policy, protocol: 'v2-infer' as const };
  const schema = { ...PLAIN_ROUTE.policy, schema: { type: 'object' } as never };

  test.each<[string, string, Partial<Route>, string, number]>([
    ['as many bytes as are held', post(ten, BYTES), {}, 'held', 10],
    ['one more', post(`${ten}b`, BYTES), {}, 'passing', 11],
    ['of JSON', post(`${ten}b`, JSON_TYPE), {}, 'passing', 11],
    ['of no type', post(`${ten}b`), {}, 'passing', 11],
    ['of a type that is none', post(`${ten}b`, 'Content-Type: a\r\n'), {}, 'passing', 11],
    ['of bytes beside a schema', post(`${ten}b`, BYTES), { policy: schema }, 'passing', 11],
    [
      'of tensors',
      post(`${ten}b`, `${JSON_TYPE}Inference-Header-Content-Length: 1\r\n`),
      { policy: infer },
      'passing',
      11,
    ],
    ['rather than on disk', post(`${ten}b`, BYTES), { spoolAbove: 10 }, 'passing', 11],
  ])('%s: %s', async (_what, text, more, kind, length) => {
    const { answered, inspected, counted, sent, context } = client(text, { route: { ...route, ...more } });
    expect(await answered()).toContain(`got ${text.split('\r\n\r\n')[1]}`);
    expect([inspected.map((one) => one.slice(0, 2)), counted]).toEqual([[[kind, length]], [length]]);
    expect(sent[0]?.request.headers.join(' ')).toContain(`Content-Length ${length}`);
    await until(() => context.held.bytes === 0);
  });

  test.each<[string, string, Partial<Route>]>([
    ['that is packed', post(`${ten}b`, `${BYTES}Content-Encoding: gzip\r\n`), {}],
    ['of JSON that has a schema', post(`${ten}b`, JSON_TYPE), { policy: schema }],
    ['of tensors in JSON alone', post(`${ten}b`, JSON_TYPE), { policy: infer }],
    ['where none may be larger', post(`${ten}b`, BYTES), { bodyLimit: 10 }],
  ])('is refused instead %s', async (_what, text, more) => {
    const { answered, inspected, refused, context } = client(text, { route: { ...route, ...more } });
    expect(status(await answered())).toBe(413);
    expect([inspected, refused.map(([rule]) => rule)]).toEqual([[], ['GATE-SIZE']]);
    expect(context.held.bytes).toBe(0);
  });

  test('without a length goes on in chunks, and is whole at its end', async () => {
    const { answered, sent, accesses, log } = client(`${chunked(ten, 'bc')}0\r\n\r\n`, { route });
    expect(await answered()).toContain(`got ${ten}bc`);
    expect(sent.map(({ request, repeatable }) => [request.headers.slice(-2), repeatable])).toEqual([
      [['Transfer-Encoding', 'chunked'], false],
    ]);
    expect(accesses.map(({ outcome, requestBytes }) => [outcome, requestBytes])).toEqual([['passed', 12]]);
    expect(log).not.toContain('abort');
    expect(log).toContain('touch');
    // The next request may come on this connection.
    expect(current.exchanges[0]?.hasHungUp).toBe(false);
  });

  /** Lets the first bytes go on, and then has this verdict. */
  const settling =
    (to: number, verdict: Verdict) =>
    async (body: Passing): Promise<Verdict> => {
      await body.read(0, 1);
      body.settle(to);
      return verdict;
    };

  test('in which something is found ends on both sides', async () => {
    const { answered, sent, refused, log, context } = client(`${head(20, BYTES)}${ten}b`, {
      route,
      passing: settling(4, FOUND),
    });
    expect(status(await answered())).toBe(400);
    expect([refused, log, sent[0]?.parts.join('')]).toEqual([
      [['GATE-PICKLE', 'denied', 11]],
      ['touch', 'abort'],
      'aaaa',
    ]);
    expect(context.held.bytes).toBe(0);
    expect(current.exchanges[0]?.hasHungUp).toBe(true);
  });

  test('in which something is found goes on where that is only observed', async () => {
    const { answered, refused, accesses } = client(post(`${ten}b`, BYTES), {
      route: { ...route, mode: 'observe' },
      passing: settling(4, FOUND),
    });
    expect(await answered()).toContain(`got ${ten}b`);
    expect(refused).toEqual([['GATE-PICKLE', 'allowed', 11]]);
    expect(accesses.map(({ outcome }) => outcome)).toEqual(['observed']);
  });

  test('that stops behind what was observed is refused', async () => {
    const { refused, log } = client(`${head(13, BYTES)}${ten}b`, {
      route: { ...route, mode: 'observe' },
      passing: settling(4, FOUND),
      timeouts: { idleMs: 40 },
    });
    await until(() => refused.length === 2 && log.includes('abort'));
    expect(refused.map(([rule, disposition]) => [rule, disposition])).toEqual([
      ['GATE-PICKLE', 'allowed'],
      ['GATE-SLOW', 'denied'],
    ]);
  });

  test.each<[string, string, Given, string, number]>([
    ['that is larger than it may be', chunked(ten, 'b', ten), {}, 'GATE-SIZE', 413],
    ['that stops', `${head(12, BYTES)}${ten}b`, { timeouts: { idleMs: 40 } }, 'GATE-SLOW', 408],
  ])('%s is refused', async (_what, text, given, rule, code) => {
    const { answered, refused, context, log } = client(text, { route, ...given });
    expect(status(await answered())).toBe(code);
    expect([refused.map(([id]) => id), context.held.bytes, log.includes('abort')]).toEqual([[rule], 0, true]);
  });

  test('of any size goes on where that is only observed', async () => {
    const { answered, inspected, refused } = client(`${chunked(ten, ten, 'b')}0\r\n\r\n`, {
      route: { ...route, mode: 'observe' },
    });
    expect(await answered()).toContain(`got ${ten}${ten}b`);
    expect([inspected[0]?.[1], refused]).toEqual([Number.MAX_SAFE_INTEGER, []]);
  });

  test('that no inspector takes in hand in time is refused', async () => {
    const { answered, refused, sent, context } = client(`${head(20, BYTES)}${ten}b`, {
      route,
      timeouts: { bodyMs: 40 },
      passing: (body) =>
        new Promise((resolve) => {
          body.signal.addEventListener('abort', () => resolve(PASSES));
        }),
    });
    expect(status(await answered())).toBe(503);
    expect([refused, sent]).toEqual([[['GATE-BUSY', 'failed', 11]], []]);
    await until(() => context.held.bytes === 0);
  });

  test('that an inspector has in hand is not given up for the time of its beginning', async () => {
    const { answered, refused } = client(post(`${ten}b`, BYTES), {
      route,
      timeouts: { bodyMs: 20 },
      passing: async (body) => {
        await body.read(0, 1);
        await new Promise((resolve) => setTimeout(resolve, 60));
        return PASSES;
      },
    });
    expect(await answered()).toContain(`got ${ten}b`);
    expect(refused).toEqual([]);
  });

  test('of a client that leaves is given up', async () => {
    let isLeft = false;
    const { socket, refused, log, context } = client(`${head(20, BYTES)}${ten}b`, {
      route,
      passing: async (body) => {
        await body.read(0, 1);
        body.settle(2);
        isLeft = (await body.read(11, 1)) === null;
        return PASSES;
      },
    });
    await until(() => log.includes('touch'));
    socket.destroy();
    await until(() => isLeft && log.includes('abort'));
    expect([refused, context.held.bytes]).toEqual([[['GATE-ABORTED', 'failed', 11]], 0]);
  });

  test('that has its answer before its end is read no further', async () => {
    const { got, sent, accesses, log, context } = client(`${head(20, BYTES)}${ten}b`, { route });
    await until(() => sent[0]?.parts.join('') === `${ten}b`);
    sent[0]?.answer('early');
    await until(() => accesses.length === 1 && log.includes('abort'));
    await until(() => got.text.includes('early'));
    expect(got.text).toMatch(/^HTTP\/1\.1 200 [^]*\r\nConnection: close\r\n/);
    expect([accesses.map(({ outcome }) => outcome), context.held.bytes]).toEqual([['passed'], 0]);
  });
});

describe('a body that is too large where that is only observed', () => {
  const route = { bodyLimit: 10, mode: 'observe' as const };
  const ten = 'a'.repeat(10);

  test.each<[string, string, readonly string[]]>([
    ['with a length', post(`${ten}bcd`), ['Content-Length', '13']],
    ['in chunks', `${chunked(ten, 'b', 'cd')}0\r\n\r\n`, ['Transfer-Encoding', 'chunked']],
  ])('%s goes on as it is', async (_what, text, header) => {
    const { answered, refused, sent, context } = client(text, { route });
    expect(await answered()).toContain(`got ${ten}bcd`);
    expect(sent[0]?.request.headers.join(' ')).toContain(header.join(' '));
    expect([refused.map(([rule, disposition]) => [rule, disposition]), sent[0]?.repeatable]).toEqual([
      [['GATE-SIZE', 'allowed']],
      false,
    ]);
    await until(() => context.held.bytes === 0);
  });

  test('is read no faster than the server takes it', async () => {
    const { socket, sent, waiting, answered } = client(`${head(17)}${ten}b`, { route, highWaterMark: 4 });
    await until(() => sent.length === 1);
    socket.write('cde');
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.write('fgh');
    await new Promise((resolve) => setTimeout(resolve, 30));
    // The head is with the server, one piece waits, and the third lies in the socket.
    expect(sent[0]?.out.writableLength).toBe(14);
    for (let i = 0; i < 3; i += 1) {
      await until(() => waiting.length > 0);
      waiting.shift()?.();
    }
    expect(await answered()).toContain(`got ${ten}bcdefgh`);
  });

  test.each<[string, Given, (socket: Socket) => unknown]>([
    ['that stops', { timeouts: { idleMs: 40 } }, () => undefined],
    ['of a client that leaves', {}, (socket) => socket.destroy()],
  ])('%s breaks off at the server', async (_what, given, act) => {
    const { socket, sent } = client(`${head(17)}${ten}b`, { route, ...given });
    await until(() => sent.length === 1);
    act(socket);
    await until(() => sent[0]?.out.destroyed === true);
    expect(sent[0]?.out.writableFinished).toBe(false);
  });
});
