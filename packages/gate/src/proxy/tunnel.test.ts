import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { PLAIN_ROUTE } from '../../test/inspect-kit.ts';
import { binary, frame, text } from '../../test/websocket-kit.ts';
import type { Route } from '../config/gate-config.ts';
import type { Verdict } from '../isolation/messages.ts';
import type { Refusal } from '../model/rules.ts';
import { Held } from './body-reader.ts';
import type { ExchangeContext } from './exchange.ts';
import { headRefusal } from './problem.ts';
import type { SocketEnding } from './socket-ending.ts';
import { tunnel } from './tunnel.ts';
import type { UpstreamFault, UpstreamRequest } from './upstream.ts';

/** One end of a connection: `push` is what comes on it, `got` what was written to it. */
class End extends Duplex {
  readonly parts: Buffer[] = [];
  constructor() {
    super({ allowHalfOpen: true });
  }
  override _read(): void {
    // What comes is pushed.
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.parts.push(chunk);
    done();
  }
  get got(): Buffer {
    return Buffer.concat(this.parts);
  }
}

const HEAD = 'HTTP/1.1 101 Switching Protocols\r\n';
const PASSES: Verdict = { refusal: null, sha256: null };
const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

interface Given {
  readonly most?: number;
  readonly inspectResponses?: boolean;
  readonly verdict?: () => Promise<Verdict>;
}

/** A client that asked for a WebSocket; `answer` has the server switch protocols. */
function asked(given: Given = {}) {
  const log: string[] = [];
  const refused: Refusal[] = [];
  const messages: (readonly [isText: boolean, content: string, client: string])[] = [];
  const client = new End();
  const server = new End();
  let events: {
    readonly onAnswer: (answer: IncomingMessage) => void;
    readonly onFault: (fault: UpstreamFault) => void;
    readonly onUpgrade: (answer: IncomingMessage, socket: Duplex, head: Buffer) => void;
  } | null = null;
  let target: UpstreamRequest | null = null;
  const upstream = {
    host: 's',
    preserveHost: false,
    address: { address: 's', port: 1 },
    open: (request: UpstreamRequest, _send: unknown, _repeatable: boolean, given_: typeof events) => {
      target = request;
      events = given_;
    },
  };
  const held = new Held(given.most ?? 1_000);
  const context = {
    config: { timeouts: { connectMs: 5, bodyMs: 60_000, idleMs: 60_000 } },
    proxies: { has: () => false },
    upstreams: {
      pick: () => ({ upstream, release: () => log.push('release'), failed: () => log.push('failed') }),
    },
    held,
    metrics: { bodyBytes: { add: () => undefined } },
    inspector: {
      message: (_route: Route, isText: boolean, content: Buffer, of: string) => {
        messages.push([isText, content.toString(), of]);
        return given.verdict?.() ?? Promise.resolve(PASSES);
      },
    },
  } as unknown as ExchangeContext;
  const ending = {
    id: 'r1',
    trace: null,
    client: { address: '2001:db8:1:2:3::4', port: 9 },
    isOver: false,
    passed: 'passed',
    bytes: 0,
    switched: () => log.push('switched'),
    crashed: (error: unknown) => log.push(`crashed ${String(error)}`),
    finish: (outcome: string) => {
      if (!ending.isOver) log.push(outcome);
      ending.isOver = true;
    },
    refuse: (refusal: Refusal) => {
      if (!ending.isOver) refused.push(refusal);
      ending.isOver = true;
    },
    mayPassAll: ({ refusal }: Verdict) => {
      if (refusal !== null) ending.refuse(refusal);
      return refusal === null;
    },
  };
  const request = {
    method: 'GET',
    url: '/ws?a',
    headers: {},
    rawHeaders: ['Sec-WebSocket-Extensions', 'permessage-deflate', 'Sec-WebSocket-Key', 'AA=='],
    socket: { remoteAddress: '192.0.2.1', remotePort: 4 },
  } as unknown as IncomingMessage;
  const route: Route = {
    ...PLAIN_ROUTE,
    path: '/ws',
    methods: ['GET'],
    bodyLimit: 100,
    answerMs: 6,
    inspectResponses: given.inspectResponses ?? false,
    upgrades: true,
  };
  const open = (head: Buffer = Buffer.alloc(0)): void =>
    tunnel({ request, socket: client, head, route, context, ending: ending as unknown as SocketEnding });
  const answer = (
    headers: Readonly<Record<string, string>> = { upgrade: 'WebSocket' },
    rest: Buffer = Buffer.alloc(0),
  ): void => {
    const message = { headers, rawHeaders: Object.entries(headers).flat() } as unknown as IncomingMessage;
    events?.onUpgrade(message, server, rest);
  };
  const fault = (which: UpstreamFault): void => events?.onFault(which);
  const plain = (given_: { destroy: () => void }): void => events?.onAnswer(given_ as unknown as IncomingMessage);
  return { log, refused, messages, client, server, held, ending, open, answer, fault, plain, target: () => target };
}

describe('a server that is asked to switch', () => {
  test('gets the request without an offer to compress', () => {
    const { open, target } = asked();
    open();
    expect(target()).toMatchObject({ method: 'GET', target: '/ws?a', connectMs: 5, answerMs: 6 });
    expect(target()?.headers.join(' ')).toMatch(/Connection Upgrade Upgrade websocket/);
    expect(target()?.headers).not.toContain('permessage-deflate');
  });

  test.each<[UpstreamFault, readonly string[]]>([
    ['unreachable', ['failed']],
    ['connect-timeout', ['failed']],
    ['broken', []],
    ['answer-timeout', []],
  ])('%s: the client hears of it', (which, expected) => {
    const { open, fault, refused, log } = asked();
    open();
    fault(which);
    expect(refused.map(({ rule, signal }) => [rule, signal])).toEqual([['GATE-UPSTREAM', which]]);
    expect(log).toEqual(expected);
  });

  test('and answers instead is refused', () => {
    const { open, plain, refused } = asked();
    open();
    let isDestroyed = false;
    plain({ destroy: () => (isDestroyed = true) });
    expect([isDestroyed, refused.map(({ signal }) => signal)]).toEqual([true, ['no-upgrade']]);
  });

  test.each([
    ['to something else', { upgrade: 'h2c' }],
    ['to nothing', {}],
    ['with an extension', { upgrade: 'websocket', 'sec-websocket-extensions': 'permessage-deflate' }],
  ])('and switches %s is refused', (_what, headers) => {
    const { open, answer, refused, server, client, log } = asked();
    open();
    answer(headers);
    expect(refused.map(({ signal }) => signal)).toEqual(['other-upgrade']);
    expect([server.destroyed, client.got.length, log]).toEqual([true, 0, []]);
  });

  test('and switches for a client that has left is let go', () => {
    const { open, answer, refused, server, client } = asked();
    open();
    client.destroy();
    answer();
    expect([server.destroyed, refused.map(({ rule }) => rule)]).toEqual([true, ['GATE-ABORTED']]);
  });

  test('is given back once the client has left', async () => {
    const { open, answer, client, server, log } = asked();
    open();
    answer();
    client.destroy();
    await turns();
    expect([server.destroyed, log]).toEqual([true, ['switched', 'release', 'passed']]);
  });
});

describe('a message', () => {
  test('passes byte for byte once it is whole, and is held no longer', async () => {
    const { open, answer, client, server, messages, held } = asked();
    const sent = text('hello');
    open(sent.subarray(0, 3));
    answer();
    await turns();
    expect([server.got.length, held.bytes]).toEqual([0, 3]);
    client.push(sent.subarray(3));
    await turns();
    expect(server.got.equals(sent)).toBe(true);
    expect([messages, held.bytes]).toEqual([[[true, 'hello', '2001:db8:1:2']], 0]);
    expect(client.got.toString()).toBe(`${HEAD}upgrade: WebSocket\r\n\r\n`);
    client.destroy();
  });

  test('of no bytes needs no inspection', async () => {
    const { open, answer, client, server, messages } = asked();
    open();
    answer();
    const ping = frame(Buffer.alloc(0), { opcode: 9 });
    client.push(ping);
    await turns();
    expect([server.got.equals(ping), messages]).toEqual([true, []]);
    client.destroy();
  });

  test('that is refused does not go on, and neither does the next one', async () => {
    const refusal = headRefusal('GATE-PICKLE', 's', 'd');
    const { open, answer, client, server, refused, messages, ending, held } = asked({
      verdict: () => Promise.resolve({ refusal, sha256: null }),
    });
    open();
    answer();
    client.push(Buffer.concat([binary(Buffer.from('abc')), text('next')]));
    await turns();
    expect([server.got.length, refused, messages.length]).toEqual([0, [refusal], 1]);
    expect([ending.bytes, held.bytes]).toEqual([3, 0]);
    client.destroy();
  });

  test('that is inspected while all ends does not go on', async () => {
    let decide: (verdict: Verdict) => void = () => undefined;
    const { open, answer, client, server, messages, ending } = asked({
      verdict: () =>
        new Promise((resolve) => {
          decide = resolve;
        }),
    });
    open();
    answer();
    client.push(text('hello'));
    await turns();
    expect(messages.length).toBe(1);
    ending.refuse(headRefusal('GATE-SLOW', 'message', 'd'));
    decide(PASSES);
    await turns();
    expect(server.got.length).toBe(0);
    client.destroy();
  });

  test('for which there is no room is refused', async () => {
    const { open, answer, client, server, refused, held } = asked({ most: 5 });
    open();
    answer();
    client.push(text('hello'));
    await turns();
    expect(refused.map(({ rule }) => rule)).toEqual(['GATE-BUSY']);
    expect([server.got.length, held.bytes]).toEqual([0, 0]);
    client.destroy();
  });

  test.each([
    ['too long', binary(Buffer.alloc(101)), 'GATE-SIZE'],
    ['without a mask', text('a', { masked: false }), 'GATE-HTTP'],
  ])('%s is refused', async (_what, sent, rule) => {
    const { open, answer, client, server, refused } = asked();
    open();
    answer();
    client.push(sent);
    await turns();
    expect([refused.map((one) => [one.rule, one.signal]), server.got.length]).toEqual([[[rule, 'frame']], 0]);
    client.destroy();
  });
});

describe('what the server says', () => {
  const said = text('hello', { masked: false });

  test('passes as it is, with what came behind its head', async () => {
    const { open, answer, client, server, messages } = asked();
    open();
    answer(undefined, said.subarray(0, 4));
    server.push(said.subarray(4));
    await turns();
    expect(client.got.toString('latin1').endsWith(said.toString('latin1'))).toBe(true);
    expect(messages).toEqual([]);
    client.destroy();
  });

  test('is inspected where answers are, and counts as no client', async () => {
    const { open, answer, client, server, messages } = asked({ inspectResponses: true });
    open();
    answer(undefined, said.subarray(0, 4));
    server.push(said.subarray(4));
    await turns();
    expect(client.got.toString('latin1').endsWith(said.toString('latin1'))).toBe(true);
    expect(messages).toEqual([[true, 'hello', '']]);
    client.destroy();
  });

  test('is refused as an answer', async () => {
    const { open, answer, client, server, refused } = asked({
      inspectResponses: true,
      verdict: () => Promise.resolve({ refusal: headRefusal('GATE-PICKLE', 's', 'd'), sha256: null }),
    });
    open();
    answer();
    const head = client.got.length;
    server.push(said);
    await turns();
    expect(refused.map(({ rule, path }) => [rule, path])).toEqual([['GATE-RESPONSE', 'answer>head']]);
    expect(client.got.length).toBe(head);
    client.destroy();
  });
});
