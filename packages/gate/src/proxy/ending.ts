import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../config/gate-config.js';
import { logText, type GateEvent } from '../events/event.js';
import { loggedPath, type Access } from '../events/access.js';
import type { Outcome } from '../events/metrics.js';
import type { Trace } from '../events/trace-context.js';
import type { Verdict } from '../isolation/messages.js';
import type { GateRule, Refusal } from '../model/rules.js';
import { headRefusal, PROBLEM_TYPE, problemOf } from './problem.js';
import type { TrustedProxies } from './clients.js';
import { exceptionOf, type Recorder } from './recorder.js';

export interface EndingContext {
  readonly recorder: Recorder;
  readonly proxies: TrustedProxies;
  /** A request is over. */
  readonly onAccess: (access: Access, trace: Trace | null) => void;
  /** The span of a request, by its headers; null where none are kept. */
  readonly traceOf: (headers: IncomingHttpHeaders) => Trace | null;
  readonly isStopping: () => boolean;
}

/** After a refusal the rest of a body is thrown away for so long, so that the client reads the answer before the reset. */
const LINGER_MS = 1_000;

/** How one request ends, which it does once: with its events, its counters, and a problem document where it is refused. */
export class Ending {
  readonly id = randomUUID();
  route: Route | null = null;
  /** Where it was sent. */
  server: GateEvent['server'] | null = null;
  inspectionSeconds: number | null = null;
  upstreamSeconds: number | null = null;
  readonly client: GateEvent['client'];
  readonly trace: Trace | null;
  readonly #start = performance.now();
  readonly #time = Date.now();
  readonly #writtenBefore: number;
  #rule: GateRule | null = null;
  /** Bytes of the body that have come. */
  bytes = 0;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #context: EndingContext;
  /** The rules that were recorded and let pass, with where the first of each was. */
  readonly #observed = new Map<GateRule, string>();
  #isOver = false;
  #hasHungUp = false;

  constructor(request: IncomingMessage, response: ServerResponse, context: EndingContext) {
    this.#request = request;
    this.#response = response;
    this.#context = context;
    this.client = context.proxies.clientOf(request);
    this.trace = context.traceOf(request.headers);
    this.#writtenBefore = request.socket.bytesWritten;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the answer ends the connection: all further bytes on it belong to this request, also if they look like another one. */
  get hasHungUp(): boolean {
    return this.#hasHungUp;
  }

  /** What it is counted as where it went through. */
  get passed(): Outcome {
    return this.#observed.size > 0 ? 'observed' : 'passed';
  }

  /** Records a refusal; false where the request ends with it. */
  mayPass(refusal: Refusal, sha256: string | null = null): boolean {
    const isExcepted = refusal.exception !== undefined;
    if (!isExcepted && (this.route?.mode !== 'observe' || NEVER_OBSERVED.has(refusal.rule))) {
      this.refuse(refusal, sha256);
      return false;
    }
    // What was reported for the head is not reported again for the body.
    const { rule, path } = refusal;
    if (this.#observed.get(rule) !== 'head') this.record(refusal, 'allowed', sha256);
    if (!this.#observed.has(rule)) this.#observed.set(rule, path);
    return true;
  }

  /** The same for all that one inspection found. */
  mayPassAll({ refusal, also = [], sha256 }: Verdict): boolean {
    const reasons = refusal === null ? also : [refusal, ...also];
    return reasons.every((reason) => this.mayPass(reason, sha256));
  }

  /** Ends the request with a problem document, once. */
  refuse(refusal: Refusal, sha256: string | null = null): void {
    if (this.#isOver) return;
    const response = this.#response;
    const { status, body } = problemOf(refusal, this.id);
    const failed = NOT_DENIED.has(refusal.rule);
    this.#rule = refusal.rule;
    this.record(refusal, failed ? 'failed' : 'denied', sha256);
    this.finish(failed ? 'failed' : 'denied', status);
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
    if (!complete) this.linger();
  }

  /** The client left, or so it looks from here. */
  aborted(): void {
    this.refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer'));
  }

  /** The connection ends with this request: the rest of its body is read for a while, and nothing made of it. */
  linger(): void {
    this.#hasHungUp = true;
    const request = this.#request;
    const { socket } = request;
    request.on('error', () => undefined);
    request.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  }

  record(refusal: Refusal, disposition: GateEvent['disposition'], sha256: string | null): void {
    const declared = Number(this.#request.headers['content-length'] ?? 0);
    this.#context.recorder.record(refusal, {
      requestId: this.id,
      route: this.route?.id ?? null,
      disposition,
      client: this.client,
      request: this.#request,
      bytes: this.bytes === 0 && Number.isSafeInteger(declared) ? declared : this.bytes,
      sha256,
      server: this.server,
      exception: exceptionOf(this.route?.policy, refusal),
    });
  }

  /** `status`: of the answer, where its head was not written yet. */
  finish(outcome: Outcome, status: number = this.#response.statusCode): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const request = this.#request;
    const access: Access = {
      time: this.#time,
      requestId: this.id,
      client: this.client,
      method: logText(request.method ?? 'unknown'),
      path: loggedPath(outcome, request.url ?? ''),
      route: this.route?.id ?? null,
      outcome,
      rule: this.#rule,
      status,
      requestBytes: this.bytes,
      responseBytes: Math.max(0, request.socket.bytesWritten - this.#writtenBefore),
      seconds: (performance.now() - this.#start) / 1_000,
      inspectionSeconds: this.inspectionSeconds,
      upstreamSeconds: this.upstreamSeconds,
      server: this.server,
    };
    this.#context.onAccess(access, this.trace);
  }
}

/** Failures that are no attack, or at least not stopped by refusing. */
export const NOT_DENIED: ReadonlySet<GateRule> = new Set([
  'GATE-UPSTREAM',
  'GATE-UPSTREAM-TIMEOUT',
  'GATE-ABORTED',
  'GATE-BUSY',
]);
/** What cannot be forwarded in any mode: there is no whole or no unambiguous request. */
export const NEVER_OBSERVED: ReadonlySet<GateRule> = new Set([
  'GATE-HTTP',
  'GATE-HEADERS',
  'GATE-SLOW',
  'GATE-ABORTED',
  'GATE-BUSY',
  'GATE-UPSTREAM',
  'GATE-UPSTREAM-TIMEOUT',
  'GATE-UPGRADE',
]);
