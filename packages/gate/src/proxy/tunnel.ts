import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Route } from '../config/gate-config.js';
import type { Refusal } from '../model/rules.js';
import { networkOf } from './clients.js';
import type { ExchangeContext } from './exchange.js';
import { forwardedHeaders, pairs } from './headers.js';
import { headRefusal, ofAnswer } from './problem.js';
import { peerOf } from './recorder.js';
import type { SocketEnding } from './socket-ending.js';
import { FrameFault, MessageReader, type Message } from './websocket-frames.js';

export interface Upgraded {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What came behind the head. */
  readonly head: Buffer;
  readonly route: Route;
  readonly context: ExchangeContext;
  readonly ending: SocketEnding;
}

/** Asks the upstream for a WebSocket, and carries its messages. */
export function tunnel({ request, socket, head, route, context, ending }: Upgraded): void {
  const peer = peerOf(request.socket);
  const { config, proxies, upstreams } = context;
  const picked = upstreams.pick(new Set());
  if (picked === null) throw new Error('a configuration has a server');
  const { upstream } = picked;
  socket.once('close', picked.release);
  ending.server = upstream.address;
  const headers = forwardedHeaders(request, {
    upstreamHost: upstream.preserveHost ? null : upstream.host,
    client: peer.address,
    isTrusted: proxies.has(peer.address),
    requestId: ending.id,
    length: null,
    upgrade: true,
    trace: ending.trace,
  });
  const fail = (signal: string): void =>
    ending.refuse(headRefusal('GATE-UPSTREAM', signal, 'the server behind the gate did not switch protocols'));
  upstream.open(
    {
      method: 'GET',
      target: request.url ?? '/',
      headers,
      connectMs: config.timeouts.connectMs,
      answerMs: route.answerMs,
    },
    (out) => out.end(),
    false,
    {
      onAnswer: (answer) => {
        answer.destroy();
        fail('no-upgrade');
      },
      onFault: (fault) => {
        if (fault === 'unreachable' || fault === 'connect-timeout') picked.failed();
        fail(fault);
      },
      onUpgrade: (answer, other, rest) => {
        other.on('error', () => other.destroy());
        if (socket.destroyed) {
          other.destroy();
          ending.refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer'));
          return;
        }
        // An extension would be one that nobody asked for, and frames that nobody can read.
        if (
          answer.headers.upgrade?.toLowerCase() !== 'websocket' ||
          answer.headers['sec-websocket-extensions'] !== undefined
        ) {
          other.destroy();
          fail('other-upgrade');
          return;
        }
        const lines = [...pairs(answer.rawHeaders)].map(([name, value]) => `${name}: ${value}\r\n`).join('');
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines}\r\n`);
        ending.switched();
        new Carrying(socket, other, route, context, ending).start(head, rest);
      },
    },
  );
}

/** Messages of a WebSocket in both directions: each is whole and inspected before its first byte goes on. */
class Carrying {
  readonly #client: Duplex;
  readonly #server: Duplex;
  readonly #route: Route;
  readonly #context: ExchangeContext;
  readonly #ending: SocketEnding;
  /** What distinguishes clients that wait. */
  readonly #clientKey: string;

  constructor(client: Duplex, server: Duplex, route: Route, context: ExchangeContext, ending: SocketEnding) {
    this.#client = client;
    this.#server = server;
    this.#route = route;
    this.#context = context;
    this.#ending = ending;
    this.#clientKey = networkOf(ending.client.address);
  }

  start(head: Buffer, rest: Buffer): void {
    let closing: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(closing);
      this.#ending.finish(this.#ending.passed);
      this.#client.destroy();
      this.#server.destroy();
    };
    for (const side of [this.#client, this.#server]) {
      side.once('close', end);
      // Where one side has ended the other one may have something to say, and then has to end as well.
      side.once('end', () => {
        closing ??= setTimeout(end, this.#context.config.timeouts.idleMs);
      });
    }
    const carry = async (from: Duplex, to: Duplex, first: Buffer, fromClient: boolean): Promise<void> => {
      try {
        await this.#carry(from, to, first, fromClient);
      } catch (error) {
        this.#ending.crashed(error);
      } finally {
        // A reset is for those who do not listen.
        to.end();
      }
    };
    const isInspected = this.#route.inspectResponses;
    void carry(this.#client, this.#server, head, true);
    if (isInspected) void carry(this.#server, this.#client, rest, false);
    else {
      if (rest.length > 0) this.#client.write(rest);
      this.#server.pipe(this.#client);
    }
  }

  async #carry(from: Duplex, to: Duplex, first: Buffer, fromClient: boolean): Promise<void> {
    const { held, config } = this.#context;
    const reader = new MessageReader({ masked: fromClient, most: this.#route.bodyLimit });
    // A message that begins has to end; between them a WebSocket may be still for as long as it likes.
    let timer: NodeJS.Timeout | null = null;
    const slow = (): void => {
      this.#refuse(headRefusal('GATE-SLOW', 'message', 'a message took too long to arrive'));
    };
    let taken = 0;
    try {
      if (first.length > 0) from.unshift(first);
      for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        if (this.#isOver) return;
        if (!held.take(chunk.length)) {
          this.#refuse(headRefusal('GATE-BUSY', 'held', 'too many bodies are being held'));
          return;
        }
        taken += chunk.length;
        reader.push(chunk);
        let hasEnded = false;
        for (let message = reader.next(); message !== null; message = reader.next()) {
          hasEnded ||= message.kind !== 'control';
          if (!(await this.#mayPass(message, fromClient))) return;
          if (!to.write(message.raw)) await drained(to);
        }
        held.give(taken - reader.pending);
        taken = reader.pending;
        if (timer !== null && (hasEnded || !reader.isWithin)) {
          clearTimeout(timer);
          timer = null;
        }
        if (reader.isWithin) timer ??= setTimeout(slow, config.timeouts.bodyMs);
      }
    } catch (error) {
      if (error instanceof FrameFault)
        this.#refuse(headRefusal(error.tooLarge ? 'GATE-SIZE' : 'GATE-HTTP', 'frame', `WebSocket: ${error.message}`));
      // A connection that breaks, as connections do.
      else if (!isBroken(error)) throw error;
    } finally {
      if (timer !== null) clearTimeout(timer);
      held.give(taken);
    }
  }

  async #mayPass({ kind, content }: Message, fromClient: boolean): Promise<boolean> {
    const { metrics, inspector } = this.#context;
    metrics.bodyBytes.add({ route: this.#route.id }, content.length);
    if (content.length === 0) return true;
    const verdict = await inspector.message(this.#route, kind === 'text', content, fromClient ? this.#clientKey : '');
    if (this.#isOver) return false;
    this.#ending.bytes = content.length;
    if (this.#ending.mayPassAll(fromClient ? verdict : ofAnswer(verdict))) return true;
    this.#server.unpipe(this.#client);
    return false;
  }

  /** Nothing of either side goes on: the client has left, or was refused. */
  get #isOver(): boolean {
    return this.#ending.isOver;
  }

  /** In any mode; the client learns that it is over, and the server's connection breaks off with the client's. */
  #refuse(refusal: Refusal): void {
    this.#server.unpipe(this.#client);
    this.#ending.bytes = 0;
    this.#ending.refuse(refusal);
  }
}

function drained(out: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done);
      out.off('close', done);
      resolve();
    };
    if (out.destroyed) resolve();
    out.on('drain', done);
    out.on('close', done);
  });
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
