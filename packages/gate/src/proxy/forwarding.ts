import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { GateConfig, Route } from '../config/gate-config.js';
import { GATE_RULES, type GateRule } from '../model/rules.js';
import { passAnswer } from './answer.js';
import { readBody, type Held } from './body-reader.js';
import { answerHeaders, forwardedHeaders, isAmbiguous } from './headers.js';
import type { EndingContext, HttpEnding } from './http-ending.js';
import type { RequestInspector } from './inspector.js';
import { headRefusal, ofAnswer } from './problem.js';
import { peerOf } from './recorder.js';
import type { Sent, Upstream, UpstreamFault } from './upstream.js';
import type { Upstreams } from './upstreams.js';

export interface ForwardingContext extends EndingContext {
  readonly config: GateConfig;
  readonly inspector: RequestInspector;
  readonly upstreams: Upstreams;
  readonly held: Held;
}

export interface ForwardedBody {
  /** Its bytes, where they are known; null where only its end tells. */
  readonly length: number | null;
  /** It can be sent once more. */
  readonly isRepeatable: boolean;
  readonly send: (out: ClientRequest) => void;
}

const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);

/** Forwards one request to the server behind, and the answer back. */
export class Forwarding {
  readonly #context: ForwardingContext;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #ending: HttpEnding;

  constructor(request: IncomingMessage, response: ServerResponse, context: ForwardingContext, ending: HttpEnding) {
    this.#request = request;
    this.#response = response;
    this.#context = context;
    this.#ending = ending;
  }

  /** Sends the request; `done` resolves once the answer is with the client, or nothing will come of it. */
  begin(route: Route, body: ForwardedBody): { readonly sent: Sent; readonly done: Promise<void> } {
    const response = this.#response;
    let isDone: () => void = () => undefined;
    let release: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      isDone = () => {
        response.off('close', onClientGone);
        release();
        resolve();
      };
    });
    const tried = new Set<Upstream>();
    let sent: Sent;
    // Recursion: as deep as there are servers, each of which is tried once.
    const start = (): boolean => {
      const picked = this.#context.upstreams.pick(tried);
      if (picked === null) return false;
      release();
      ({ release } = picked);
      tried.add(picked.upstream);
      sent = this.#send(route, body, picked.upstream, {
        onAnswer: (answer) => {
          this.#answered(route, answer, isDone).catch((error: unknown) => this.#ending.crashed(error));
        },
        onFault: (fault) => {
          const isUnreached = fault === 'unreachable' || fault === 'connect-timeout';
          if (isUnreached) picked.failed();
          // No byte of it was read by anybody: another server may have it.
          if (isUnreached && body.isRepeatable && !response.destroyed && start()) return;
          this.#upstreamFault(fault);
          isDone();
        },
      });
      return true;
    };
    const onClientGone = (): void => {
      if (response.writableFinished) return;
      sent.abort();
      if (!response.headersSent) this.#ending.aborted();
      isDone();
    };
    response.on('close', onClientGone);
    start();
    return { sent: { abort: () => sent.abort(), touch: () => sent.touch() }, done };
  }

  #send(
    route: Route,
    body: ForwardedBody,
    upstream: Upstream,
    events: { readonly onAnswer: (answer: IncomingMessage) => void; readonly onFault: (fault: UpstreamFault) => void },
  ): Sent {
    const { config } = this.#context;
    const request = this.#request;
    const peer = peerOf(request.socket);
    const { proxies } = this.#context;
    const declared = request.headers['content-length'];
    const { length } = body;
    const headers = forwardedHeaders(request, {
      upstreamHost: upstream.preserveHost ? null : upstream.host,
      client: peer.address,
      isTrusted: proxies.has(peer.address),
      requestId: this.#ending.id,
      trace: this.#ending.trace,
      length: length === 0 && declared === undefined ? null : length,
    });
    if (length === null) headers.push('Transfer-Encoding', 'chunked');
    const ending = this.#ending;
    ending.server = upstream.address;
    const start = performance.now();
    return upstream.open(
      {
        method: request.method ?? 'GET',
        target: request.url ?? '/',
        headers,
        connectMs: config.timeouts.connectMs,
        answerMs: route.answerMs,
      },
      body.send,
      body.isRepeatable && REPEATABLE.has(request.method ?? ''),
      {
        ...events,
        onAnswer: (answer) => {
          ending.upstreamSeconds = (performance.now() - start) / 1_000;
          events.onAnswer(answer);
        },
      },
    );
  }

  async #answered(route: Route, answer: IncomingMessage, done: () => void): Promise<void> {
    try {
      await this.#answer(route, answer);
    } finally {
      done();
    }
  }

  async #answer(route: Route, answer: IncomingMessage): Promise<void> {
    const response = this.#response;
    const ending = this.#ending;
    if (ending.isOver || response.destroyed) {
      answer.destroy();
      ending.finish('failed');
      return;
    }
    if (route.inspectResponses && !(await this.#inspectAnswer(route, answer))) return;
    const headers = answerHeaders(answer);
    // An answer to what has not come yet: the rest of it is not the next request.
    const isEarly = !this.#request.complete;
    if (this.#context.isStopping() || isEarly) headers.push('Connection', 'close');
    response.sendDate = false;
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    answer.setTimeout(route.answerMs, () => answer.destroy());
    const fault = await passAnswer(this.#request.method, answer, response);
    if (fault !== null && !ending.isOver) ending.record(fault, 'failed', null);
    ending.finish(fault === null ? ending.passed : 'failed');
  }

  /** Holds the answer, and has it inspected; false where it was refused. */
  async #inspectAnswer(route: Route, answer: IncomingMessage): Promise<boolean> {
    const { held, config, inspector } = this.#context;
    const ending = this.#ending;
    if (
      isAmbiguous(answer) &&
      !ending.mayPass(headRefusal('GATE-RESPONSE-UNREADABLE', 'repeated-header', 'the type of the answer is repeated'))
    ) {
      answer.destroy();
      return false;
    }
    const read = await readBody(answer, {
      limit: route.bodyLimit,
      idleMs: route.answerMs,
      totalMs: config.timeouts.bodyMs,
      held,
    });
    if (read.kind !== 'whole') {
      if (read.kind === 'more') held.give(read.head.length);
      answer.destroy();
      ending.refuse(headRefusal('GATE-UPSTREAM', 'answer', 'the answer could not be held, as its inspection needs'));
      return false;
    }
    const body = read.body.bytes;
    const verdict = await inspector.answer(answer.headers, body);
    held.give(body.length);
    if (ending.isOver || !ending.mayPassAll(ofAnswer(verdict))) return false;
    const headers = answerHeaders(answer);
    if (!this.#request.complete) headers.push('Connection', 'close');
    this.#response.sendDate = false;
    this.#response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    this.#response.end(body);
    ending.finish(ending.passed);
    return false;
  }

  #upstreamFault(fault: UpstreamFault): void {
    const isTimeout = fault === 'connect-timeout' || fault === 'answer-timeout';
    const rule: GateRule = isTimeout ? 'GATE-UPSTREAM-TIMEOUT' : 'GATE-UPSTREAM';
    this.#ending.refuse(headRefusal(rule, fault, GATE_RULES[rule].title));
  }
}
