import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http2';
import type { Mode } from '../config/gate-config.js';
import { loggedPath } from '../events/access.js';
import type { GateEvent } from '../events/event.js';
import type { Outcome } from '../events/metrics.js';
import type { Trace } from '../events/trace-context.js';
import type { Verdict } from '../isolation/messages.js';
import type { RoutePolicy } from '../model/route-policy.js';
import type { GateRule, Refusal } from '../model/rules.js';
import { NEVER_OBSERVED, NOT_DENIED } from '../proxy/ending.js';
import { PROBLEM_TYPE, problemOf } from '../proxy/problem.js';
import type { ExchangeContext } from '../proxy/exchange.js';
import { exceptionOf, type Recorder } from '../proxy/recorder.js';
import type { ClientSide } from './client-side.js';
import { GRPC_STATUS, messageOf, statusOf } from './status.js';

export interface CallContext {
  readonly recorder: Recorder;
  readonly onAccess: ExchangeContext['onAccess'];
  readonly mode: Mode;
  readonly policy: RoutePolicy;
  /** The server behind. */
  readonly server: GateEvent['server'];
  readonly trace: Trace | null;
}

/** How one call ends, which it does once: with its events, its counters, and a status where it is refused. */
export class CallEnding {
  readonly id = randomUUID();
  /** `grpc:ModelInfer`, once the method is known. */
  route: string | null = null;
  /** Bytes of messages that have come. */
  bytes = 0;
  /** Called at the end of the call, however it comes. */
  onEnd: () => void = () => undefined;
  readonly #client: ClientSide;
  readonly #headers: IncomingHttpHeaders;
  readonly client: GateEvent['client'];
  readonly #start = performance.now();
  readonly #time = Date.now();
  #rule: GateRule | null = null;
  readonly #context: CallContext;
  /** The rules that were recorded and let pass, with where the first of each was. */
  readonly #observed = new Map<GateRule, string>();
  #isOver = false;

  constructor(client: ClientSide, headers: IncomingHttpHeaders, peer: GateEvent['client'], context: CallContext) {
    this.#client = client;
    this.#headers = headers;
    this.client = peer;
    this.#context = context;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Records a refusal; false where the call ends with it. */
  mayPass(refusal: Refusal, sha256: string | null = null): boolean {
    const isExcepted = refusal.exception !== undefined;
    if (!isExcepted && (this.#context.mode !== 'observe' || NEVER_OBSERVED.has(refusal.rule))) {
      this.refuse(refusal, sha256);
      return false;
    }
    // What was reported for the metadata is not reported again for a message.
    if (this.#observed.get(refusal.rule) !== 'head') this.#record(refusal, 'allowed', sha256);
    if (!this.#observed.has(refusal.rule)) this.#observed.set(refusal.rule, refusal.path);
    return true;
  }

  /** The same for all that one inspection found. */
  mayPassAll({ refusal, also = [], sha256 }: Verdict): boolean {
    const reasons = refusal === null ? also : [refusal, ...also];
    return reasons.every((reason) => this.mayPass(reason, sha256));
  }

  get trace(): Trace | null {
    return this.#context.trace;
  }

  /** Ends the call with the status of its refusal, or another one. */
  refuse(refusal: Refusal, sha256: string | null = null, status = statusOf(refusal)): void {
    if (this.#isOver) return;
    const outcome = NOT_DENIED.has(refusal.rule) ? 'failed' : 'denied';
    this.#rule = refusal.rule;
    this.#record(refusal, outcome, sha256);
    this.#client.status(status, messageOf(refusal, this.id), this.id);
    this.#finish(outcome);
  }

  /** What is no call is answered as HTTP. */
  refuseHttp(refusal: Refusal): void {
    const { status, body } = problemOf(refusal, this.id);
    this.#record(refusal, 'denied', null);
    this.#client.http(status, { 'content-type': PROBLEM_TYPE, 'content-length': body.length }, body);
    this.#finish('denied');
  }

  /** The client's own deadline: no event, since nothing was refused. */
  deadline(): void {
    if (this.#isOver) return;
    this.#client.status(GRPC_STATUS.deadlineExceeded, 'Deadline Exceeded', this.id);
    this.#finish('failed');
  }

  /** The client cancelled the call, as it may: no event either. */
  cancelled(): void {
    this.#finish('failed');
  }

  passed(): void {
    this.#finish(this.#observed.size > 0 ? 'observed' : 'passed');
  }

  #record(refusal: Refusal, disposition: GateEvent['disposition'], sha256: string | null): void {
    const headers = this.#headers;
    this.#context.recorder.record(refusal, {
      requestId: this.id,
      route: this.route,
      disposition,
      client: this.client,
      request: {
        method: headers[':method'] ?? 'unknown',
        url: headers[':path'] ?? '',
        headers: { 'content-type': headers['content-type'] },
      },
      bytes: this.bytes,
      sha256,
      server: this.#context.server,
      exception: exceptionOf(this.#context.policy, refusal),
    });
  }

  #finish(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { onAccess, server, trace } = this.#context;
    onAccess(
      {
        time: this.#time,
        requestId: this.id,
        client: this.client,
        method: 'POST',
        path: loggedPath(outcome, this.#headers[':path'] ?? ''),
        route: this.route,
        outcome,
        rule: this.#rule,
        // What went wrong with a call is said in its trailers.
        status: 200,
        requestBytes: this.bytes,
        responseBytes: 0,
        seconds: (performance.now() - this.#start) / 1_000,
        inspectionSeconds: null,
        upstreamSeconds: null,
        server,
      },
      trace,
    );
    this.onEnd();
  }
}
