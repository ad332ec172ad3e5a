import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http2';
import type { Mode } from '../config/gate-config.js';
import type { GateEvent } from '../events/event.js';
import type { Metrics } from '../events/metrics.js';
import type { GateRule, Refusal } from '../model/rules.js';
import { NEVER_OBSERVED, NOT_DENIED } from '../proxy/ending.js';
import { PROBLEM_TYPE, problemOf } from '../proxy/problem.js';
import type { Recorder } from '../proxy/recorder.js';
import type { ClientSide } from './client-side.js';
import { GRPC_STATUS, messageOf, statusOf } from './status.js';

export interface CallContext {
  readonly recorder: Recorder;
  readonly metrics: Metrics;
  readonly mode: Mode;
}

type Outcome = 'passed' | 'denied' | 'observed' | 'failed';

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
  readonly #peer: { readonly address: string; readonly port: number };
  readonly #context: CallContext;
  readonly #observed = new Set<GateRule>();
  #isOver = false;

  constructor(
    client: ClientSide,
    headers: IncomingHttpHeaders,
    peer: { readonly address: string; readonly port: number },
    context: CallContext,
  ) {
    this.#client = client;
    this.#headers = headers;
    this.#peer = peer;
    this.#context = context;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Records a refusal; false where the call ends with it. */
  mayPass(refusal: Refusal, sha256: string | null = null): boolean {
    if (this.#context.mode !== 'observe' || NEVER_OBSERVED.has(refusal.rule)) {
      this.refuse(refusal, sha256);
      return false;
    }
    if (!this.#observed.has(refusal.rule)) this.#record(refusal, 'allowed', sha256);
    this.#observed.add(refusal.rule);
    return true;
  }

  /** Ends the call with the status of its refusal, or another one. */
  refuse(refusal: Refusal, sha256: string | null = null, status = statusOf(refusal)): void {
    if (this.#isOver) return;
    const outcome = NOT_DENIED.has(refusal.rule) ? 'failed' : 'denied';
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
      client: this.#peer,
      request: {
        method: headers[':method'] ?? 'unknown',
        url: headers[':path'] ?? '',
        headers: { 'content-type': headers['content-type'] },
      },
      bytes: this.bytes,
      sha256,
    });
  }

  #finish(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#context.metrics.requests.add({ route: this.route ?? 'none', outcome });
    this.onEnd();
  }
}
