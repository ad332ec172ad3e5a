import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Route } from '../config/gate-config.js';
import { loggedPath, type Access } from '../events/access.js';
import type { Outcome } from '../events/metrics.js';
import type { Refusal } from '../model/rules.js';
import { networkOf } from './clients.js';
import type { ExchangeContext } from './exchange.js';
import { forwardedHeaders, pairs } from './headers.js';
import { headRefusal, rawProblem } from './problem.js';
import { exceptionOf, peerOf } from './recorder.js';
import { closeFrame, FrameFault, MessageReader, type Message } from './websocket-frames.js';

/** Asks the upstream for a WebSocket, and carries its messages. */
export function tunnel(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  route: Route,
  context: ExchangeContext,
): void {
  const requestId = randomUUID();
  const peer = peerOf(socket as Socket);
  const { config, proxies, upstreams, recorder } = context;
  const start = performance.now();
  const time = Date.now();
  const client = proxies.clientOf(request);
  const trace = context.traceOf(request.headers);
  const picked = upstreams.pick(new Set());
  if (picked === null) throw new Error('a configuration has a server');
  const { upstream } = picked;
  socket.once('close', picked.release);
  const record = (refusal: Refusal, disposition: 'denied' | 'allowed' | 'failed', about: Buffer | null): void =>
    recorder.record(refusal, {
      requestId,
      route: route.id,
      disposition,
      client,
      request,
      bytes: about?.length ?? 0,
      sha256: refusal.sha256,
      server: upstream.address,
      exception: exceptionOf(route.policy, refusal),
    });
  const ends = (outcome: Outcome, status: number): void => {
    const seconds = (performance.now() - start) / 1_000;
    const access = { time, seconds, requestId, client, route: route.id, outcome, status, server: upstream.address };
    context.onAccess({ ...access, ...trafficOf(request, outcome) }, trace);
  };
  const headers = forwardedHeaders(request, {
    upstreamHost: upstream.preserveHost ? null : upstream.host,
    client: peer.address,
    isTrusted: proxies.has(peer.address),
    requestId,
    length: null,
    upgrade: true,
    trace,
  });
  const fail = (signal: string): void => {
    const refusal = headRefusal('GATE-UPSTREAM', signal, 'the server behind the gate did not switch protocols');
    record(refusal, 'failed', null);
    ends('failed', 502);
    socket.end(rawProblem(refusal, requestId), () => socket.destroy());
  };
  socket.on('error', () => socket.destroy());
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
        new Carrying(
          socket,
          other,
          route,
          context,
          record,
          (outcome) => ends(outcome, 101),
          networkOf(client.address),
        ).start(head, rest);
      },
    },
  );
}

/** What the access log has of a WebSocket besides. */
function trafficOf(
  { url = '', socket }: IncomingMessage,
  outcome: Outcome,
): Omit<Access, 'time' | 'seconds' | 'requestId' | 'client' | 'route' | 'outcome' | 'status' | 'server'> {
  return {
    method: 'GET',
    path: loggedPath(outcome, url),
    rule: null,
    requestBytes: socket.bytesRead,
    responseBytes: socket.bytesWritten,
    inspectionSeconds: null,
    upstreamSeconds: null,
  };
}

/** What a client may take to read why it is over. */
const LINGER_MS = 1_000;

type Record = (refusal: Refusal, disposition: 'denied' | 'allowed' | 'failed', about: Buffer | null) => void;

/** Messages of a WebSocket in both directions: each is whole and inspected before its first byte goes on. */
class Carrying {
  readonly #client: Duplex;
  readonly #server: Duplex;
  readonly #route: Route;
  readonly #context: ExchangeContext;
  readonly #record: Record;
  readonly #onEnd: (outcome: Outcome) => void;
  /** What distinguishes clients that wait. */
  readonly #clientKey: string;
  #outcome: 'passed' | 'denied' | 'failed' = 'passed';
  #over = false;

  constructor(
    client: Duplex,
    server: Duplex,
    route: Route,
    context: ExchangeContext,
    record: Record,
    onEnd: (outcome: Outcome) => void,
    clientKey: string,
  ) {
    this.#onEnd = onEnd;
    this.#clientKey = clientKey;
    this.#client = client;
    this.#server = server;
    this.#route = route;
    this.#context = context;
    this.#record = record;
  }

  start(head: Buffer, rest: Buffer): void {
    const end = (): void => {
      if (this.#over) return;
      this.#over = true;
      this.#onEnd(this.#outcome);
      this.#client.destroy();
      this.#server.destroy();
    };
    this.#client.once('close', end);
    this.#server.once('close', end);
    const carry = async (from: Duplex, to: Duplex, first: Buffer, fromClient: boolean): Promise<void> => {
      try {
        await this.#carry(from, to, first, fromClient);
      } finally {
        // The other side may still have something to say; a reset is for those who do not listen.
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
      this.#refuse(headRefusal('GATE-SLOW', 'message', 'a message took too long to arrive'), null, 1008);
    };
    let taken = 0;
    try {
      if (first.length > 0) from.unshift(first);
      for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        if (this.#over) return;
        if (!held.take(chunk.length)) {
          this.#refuse(headRefusal('GATE-BUSY', 'held', 'too many bodies are being held'), null, 1011);
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
        this.#refuse(
          headRefusal(error.tooLarge ? 'GATE-SIZE' : 'GATE-HTTP', 'frame', `WebSocket: ${error.message}`),
          null,
          error.tooLarge ? 1009 : 1002,
        );
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
    const {
      refusal,
      also = [],
      sha256,
    } = await inspector.message(this.#route, kind === 'text', content, fromClient ? this.#clientKey : '');
    if (this.#over) return false;
    for (const reason of also) this.#record({ ...reason, sha256 }, 'allowed', content);
    if (refusal === null) return true;
    const shown: Refusal = fromClient
      ? { ...refusal, sha256 }
      : { ...refusal, rule: 'GATE-RESPONSE', path: `answer>${refusal.path}`, sha256 };
    if (this.#route.mode === 'observe') {
      this.#record(shown, 'allowed', content);
      return true;
    }
    this.#refuse(shown, content, 1008);
    return false;
  }

  /** The client learns that it is over; the server's connection breaks off. */
  #refuse(refusal: Refusal, content: Buffer | null, status: Parameters<typeof closeFrame>[0]): void {
    if (this.#over || this.#outcome !== 'passed') return;
    const isFault = refusal.rule === 'GATE-BUSY';
    this.#outcome = isFault ? 'failed' : 'denied';
    this.#record(refusal, isFault ? 'failed' : 'denied', content);
    this.#server.unpipe(this.#client);
    const end = (): void => {
      clearTimeout(timer);
      this.#client.destroy();
      this.#server.destroy();
    };
    const timer = setTimeout(end, LINGER_MS);
    this.#client.end(closeFrame(status), end);
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
