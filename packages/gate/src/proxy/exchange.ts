import { randomUUID } from 'node:crypto';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { GateConfig, Route } from '../config/gate-config.js';
import { type Matcher, normalPath } from '../config/match.js';
import type { GateEvent } from '../events/event.js';
import type { Metrics } from '../events/metrics.js';
import { GATE_RULES, type GateRule, type Refusal } from '../model/rules.js';
import { maySpool, parseMediaType } from '../inspect/media-type.js';
import { endWith, passAnswer } from './answer.js';
import { readBody, type Held } from './body-reader.js';
import { answerHeaders, faultOfHead, forwardedHeaders } from './headers.js';
import type { RequestInspector } from './inspector.js';
import { headRefusal, PROBLEM_TYPE, problemOf } from './problem.js';
import { peerOf, type Recorder } from './recorder.js';
import { SpoolFile, type SpoolArea } from './spool.js';
import type { Upstream, UpstreamFault } from './upstream.js';

export interface ExchangeContext {
  readonly config: GateConfig;
  readonly matcher: Matcher<Route>;
  /** What takes requests that no route does, while everything is only observed; null otherwise. */
  readonly fallback: Route | null;
  readonly inspector: RequestInspector;
  readonly upstream: Upstream;
  readonly recorder: Recorder;
  readonly metrics: Metrics;
  readonly held: Held;
  readonly spool: SpoolArea;
  readonly isStopping: () => boolean;
}

const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
/** After a refusal the rest of a body is thrown away for so long, so that the client reads the answer before the reset. */
const LINGER_MS = 1_000;

type Outcome = 'passed' | 'denied' | 'observed' | 'failed';

/** One request from its head to its last byte. */
export class Exchange {
  readonly id = randomUUID();
  readonly #context: ExchangeContext;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  #route: Route | null = null;
  readonly #observed = new Set<GateRule>();
  #isOver = false;
  #hasHungUp = false;
  #bytes = 0;

  constructor(request: IncomingMessage, response: ServerResponse, context: ExchangeContext) {
    this.#request = request;
    this.#response = response;
    this.#context = context;
    response.on('error', () => undefined);
  }

  /** Whether the answer ends the connection: what still comes on it is the rest of this request, whatever it looks like. */
  get hasHungUp(): boolean {
    return this.#hasHungUp;
  }

  /** The parser stumbled over the rest of this request, or the connection ended within it. */
  broken(isCut: boolean): boolean {
    if (this.#isOver || this.#request.complete) return false;
    if (isCut)
      this.#refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the body was complete'), null);
    else this.#refuse(headRefusal('GATE-HTTP', 'framing', 'the body of the request is not framed as HTTP is'), null);
    return true;
  }

  /** Something that nobody expected: refused, and told to whoever watches the process. */
  crashed(error: unknown): void {
    this.#refuse(headRefusal('GATE-CRASH', 'bug', 'the request could not be handled'), null);
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.emitWarning(`sentinel gate: request ${this.id}: ${told}`);
  }

  async run(expectsContinue: boolean): Promise<void> {
    const request = this.#request;
    const fault = faultOfHead(request);
    if (fault !== null) {
      this.#refuse(headRefusal(fault.rule, fault.signal, fault.detail), null);
      return;
    }
    const { route, refusal } = this.#findRoute();
    this.#route = route;
    if (refusal !== null && !this.#mayPass(refusal)) return;
    if (route === null) return;
    const { headers } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    const { inspector, config, held } = this.#context;
    const early = inspector.head(headers, route, hasBody);
    if (early !== null && !this.#mayPass(early)) return;
    if (expectsContinue && hasBody) this.#response.writeContinue();
    const limit = Math.min(route.spoolAbove ?? route.bodyLimit, route.bodyLimit);
    const { idleMs, bodyMs } = config.timeouts;
    const read = hasBody
      ? await readBody(request, { limit, idleMs, totalMs: bodyMs, held })
      : ({ kind: 'whole', body: EMPTY } as const);
    if (this.#isOver) {
      if (read.kind !== 'failed') held.give((read.kind === 'whole' ? read.body : read.head).length);
      return;
    }
    if (read.kind === 'failed') {
      this.#refuse(headRefusal(read.rule, read.signal, read.detail), null);
      return;
    }
    const body = read.kind === 'whole' ? read.body : read.head;
    this.#bytes = body.length;
    try {
      if (read.kind === 'more' && this.#spools(route)) await this.#spooled(route, body);
      else {
        this.#context.metrics.bodyBytes.add({ route: route.id }, body.length);
        await this.#inspectAndForward(route, body, read.kind === 'more');
      }
    } finally {
      held.give(body.length);
    }
  }

  /** Whether what is too large to be held may lie on disk: bytes and parts that are not packed. */
  #spools({ spoolAbove, bodyLimit }: Route): boolean {
    if (spoolAbove === null || spoolAbove >= bodyLimit) return false;
    const { 'content-type': type, 'content-encoding': coding } = this.#request.headers;
    return coding === undefined && (type === undefined || maySpool(parseMediaType(type)?.essence ?? ''));
  }

  async #spooled(route: Route, head: Buffer): Promise<void> {
    const { config, spool, metrics } = this.#context;
    const { idleMs, bodyMs } = config.timeouts;
    const end = await spool.fill(this.#request, head, {
      limit: route.mode === 'observe' ? Infinity : route.bodyLimit,
      idleMs,
      totalMs: bodyMs,
    });
    if (end.kind === 'failed') {
      this.#refuse(headRefusal(end.rule, end.signal, end.detail), null);
      return;
    }
    const { file } = end;
    this.#bytes = file.size;
    metrics.bodyBytes.add({ route: route.id }, file.size);
    try {
      const isTooLarge = file.size > route.bodyLimit;
      const refusal = headRefusal('GATE-SIZE', 'body', `a body of more than ${route.bodyLimit} bytes`);
      if (this.#isOver || (isTooLarge && !this.#mayPass(refusal))) return;
      await this.#inspectAndForward(route, file, false);
    } finally {
      await file.close();
    }
  }

  #findRoute(): { readonly route: Route | null; readonly refusal: Refusal | null } {
    const { matcher, fallback } = this.#context;
    const { method = '', url = '' } = this.#request;
    const path = normalPath(url);
    if (path === null)
      return {
        route: null,
        refusal: headRefusal('GATE-HTTP', 'target', 'a request target that servers could read differently'),
      };
    const { route, methods } = matcher.find(path, method);
    if (route !== null) return { route, refusal: null };
    const refusal =
      methods.length > 0
        ? headRefusal('GATE-METHOD', 'method', `the methods are ${[...new Set(methods)].join(', ')}`)
        : headRefusal('GATE-ROUTE', 'route', 'no route of the gate has this path');
    if (methods.length > 0) this.#response.setHeader('Allow', [...new Set(methods)].join(', '));
    return { route: fallback, refusal };
  }

  /** Records a refusal; false where the request ends with it. */
  #mayPass(refusal: Refusal, sha256: string | null = null): boolean {
    if (this.#route?.mode !== 'observe' || NEVER_OBSERVED.has(refusal.rule)) {
      this.#refuse(refusal, sha256);
      return false;
    }
    // What the head was already seen for is not told again of the body.
    if (!this.#observed.has(refusal.rule)) this.#record(refusal, 'allowed', sha256);
    this.#observed.add(refusal.rule);
    return true;
  }

  async #inspectAndForward(route: Route, body: Buffer | SpoolFile, goesOn: boolean): Promise<void> {
    const most = Math.min(route.spoolAbove ?? route.bodyLimit, route.bodyLimit);
    if (goesOn && !this.#mayPass(headRefusal('GATE-SIZE', 'body', `a body of more than ${most} bytes`))) return;
    const { inspector } = this.#context;
    const onGone = (): void => {
      if (!(body instanceof SpoolFile)) return;
      // What nobody waits for is not worth the time that a large body takes.
      body.isAbandoned = true;
      this.#refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer'), null);
    };
    this.#response.once('close', onGone);
    const verdict = await inspector.body(this.#request.headers, this.#request.url ?? '', route, body);
    this.#response.off('close', onGone);
    if (this.#isOver) return;
    if (verdict.refusal !== null && !this.#mayPass(verdict.refusal, verdict.sha256)) return;
    if (this.#response.destroyed) {
      this.#refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer'), null);
      return;
    }
    await this.#forward(route, body, goesOn);
  }

  #forward(route: Route, body: Buffer | SpoolFile, goesOn: boolean): Promise<void> {
    const { config, upstream } = this.#context;
    const request = this.#request;
    const response = this.#response;
    const peer = peerOf(request.socket);
    const declared = request.headers['content-length'];
    const length = goesOn ? (declared === undefined ? null : Number(declared)) : sizeOf(body);
    const headers = forwardedHeaders(request, {
      upstreamHost: upstream.host,
      client: peer.address,
      isTrusted: config.trustForwarded.includes(peer.address),
      requestId: this.id,
      length: length === 0 && declared === undefined ? null : length,
    });
    if (length === null && goesOn) headers.push('Transfer-Encoding', 'chunked');
    return new Promise((resolve) => {
      const done = (): void => {
        response.off('close', onClientGone);
        resolve();
      };
      const send = (out: ClientRequest): void => {
        if (body instanceof SpoolFile) body.sendTo(out).catch(() => out.destroy());
        else if (goesOn) {
          out.write(body);
          this.#pipeRest(out);
        } else endWith(out, body);
      };
      const sent = upstream.open(
        {
          method: request.method ?? 'GET',
          target: request.url ?? '/',
          headers,
          connectMs: config.timeouts.connectMs,
          answerMs: route.answerMs,
        },
        send,
        !goesOn && REPEATABLE.has(request.method ?? ''),
        {
          onAnswer: (answer) => {
            this.#answered(route, answer, done).catch((error: unknown) => this.crashed(error));
          },
          onFault: (fault) => {
            this.#upstreamFault(fault);
            done();
          },
        },
      );
      const onClientGone = (): void => {
        if (response.writableFinished) return;
        sent.abort();
        if (!response.headersSent)
          this.#refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer'), null);
        done();
      };
      response.on('close', onClientGone);
    });
  }

  /** The rest of a body that is too large, where that is only observed: no slower than a body may be. */
  #pipeRest(out: ClientRequest): void {
    const request = this.#request;
    const idle = setTimeout(() => request.destroy(), this.#context.config.timeouts.idleMs);
    request.on('data', (chunk: Buffer) => {
      idle.refresh();
      if (!out.write(chunk)) {
        request.pause();
        out.once('drain', () => request.resume());
      }
    });
    request.on('end', () => {
      clearTimeout(idle);
      out.end();
    });
    request.on('close', () => {
      clearTimeout(idle);
      if (!request.complete) out.destroy();
    });
    request.resume();
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
    if (this.#isOver || response.destroyed) {
      answer.destroy();
      this.#finish('failed');
      return;
    }
    if (route.inspectResponses && !(await this.#inspectAnswer(route, answer))) return;
    const headers = answerHeaders(answer);
    if (this.#context.isStopping()) headers.push('Connection', 'close');
    response.sendDate = false;
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    answer.setTimeout(route.answerMs, () => answer.destroy());
    const fault = await passAnswer(this.#request.method, answer, response);
    if (fault !== null && !this.#isOver) this.#record(fault, 'failed', null);
    if (fault !== null) this.#finish('failed');
    else this.#finish(this.#observed.size > 0 ? 'observed' : 'passed');
  }

  /** Holds the answer, and has it looked at; false where it was refused. */
  async #inspectAnswer(route: Route, answer: IncomingMessage): Promise<boolean> {
    const { held, config, inspector } = this.#context;
    const read = await readBody(answer, {
      limit: route.bodyLimit,
      idleMs: route.answerMs,
      totalMs: config.timeouts.bodyMs,
      held,
    });
    if (read.kind !== 'whole') {
      if (read.kind === 'more') held.give(read.head.length);
      answer.destroy();
      const detail = 'the answer could not be held, as its inspection needs';
      this.#refuse(headRefusal('GATE-UPSTREAM', 'answer', detail), null);
      return false;
    }
    const { body } = read;
    const verdict = await inspector.answer(answer.headers, body);
    held.give(body.length);
    if (this.#isOver) return false;
    const executable = verdict.refusal !== null;
    if (verdict.refusal !== null) {
      const refusal: Refusal = { ...verdict.refusal, rule: 'GATE-RESPONSE', place: `answer>${verdict.refusal.place}` };
      if (!this.#mayPass(refusal, verdict.sha256)) return false;
    }
    const headers = answerHeaders(answer);
    this.#response.sendDate = false;
    this.#response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    this.#response.end(body);
    this.#finish(executable ? 'observed' : 'passed');
    return false;
  }

  #upstreamFault(fault: UpstreamFault): void {
    const isTimeout = fault === 'connect-timeout' || fault === 'answer-timeout';
    const rule: GateRule = isTimeout ? 'GATE-UPSTREAM-TIMEOUT' : 'GATE-UPSTREAM';
    this.#refuse(headRefusal(rule, fault, GATE_RULES[rule].title), null);
  }

  /** Ends the request with a problem document, once. */
  #refuse(refusal: Refusal, sha256: string | null): void {
    if (this.#isOver) return;
    const response = this.#response;
    const { status, body } = problemOf(refusal, this.id);
    const failed = NOT_DENIED.has(refusal.rule);
    this.#record(refusal, failed ? 'failed' : 'denied', sha256);
    this.#finish(failed ? 'failed' : 'denied');
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { complete } = this.#request;
    // Where a request with broken framing ends is anybody's guess.
    this.#hasHungUp = !complete || refusal.rule === 'GATE-HTTP';
    response.writeHead(status, {
      'Content-Type': PROBLEM_TYPE,
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': this.id,
      // What the client still sends would be the next request to a careless server.
      ...(this.#hasHungUp || this.#context.isStopping() ? { Connection: 'close' } : {}),
    });
    response.end(body);
    if (complete) return;
    const { socket } = this.#request;
    this.#request.on('error', () => undefined);
    this.#request.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  }

  #record(refusal: Refusal, disposition: GateEvent['disposition'], sha256: string | null): void {
    const declared = Number(this.#request.headers['content-length'] ?? 0);
    this.#context.recorder.record(refusal, {
      requestId: this.id,
      route: this.#route?.id ?? null,
      disposition,
      client: peerOf(this.#request.socket),
      request: this.#request,
      bytes: this.#bytes === 0 && Number.isSafeInteger(declared) ? declared : this.#bytes,
      sha256,
    });
  }

  #finish(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#context.metrics.requests.add({ route: this.#route?.id ?? 'none', outcome });
  }
}

const EMPTY = Buffer.alloc(0);

function sizeOf(body: Buffer | SpoolFile): number {
  return body instanceof SpoolFile ? body.size : body.length;
}

/** Ways of failing that are nobody's attack, or at least not stopped by refusing. */
const NOT_DENIED: ReadonlySet<GateRule> = new Set([
  'GATE-UPSTREAM',
  'GATE-UPSTREAM-TIMEOUT',
  'GATE-ABORTED',
  'GATE-BUSY',
]);
/** What cannot be forwarded whatever the mode: there is no whole or no unambiguous request. */
const NEVER_OBSERVED: ReadonlySet<GateRule> = new Set([
  'GATE-HTTP',
  'GATE-HEADERS',
  'GATE-SLOW',
  'GATE-ABORTED',
  'GATE-BUSY',
  'GATE-UPSTREAM',
  'GATE-UPSTREAM-TIMEOUT',
  'GATE-UPGRADE',
]);
