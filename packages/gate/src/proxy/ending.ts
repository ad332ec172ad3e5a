import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Trace } from '@artifact-sentinel/core/node/internal';
import type { Mode } from '../config/gate-config.js';
import { loggedPath, type Access } from '../events/access.js';
import { logText, type GateEvent } from '../events/event.js';
import type { Outcome } from '../events/metrics.js';
import type { Verdict } from '../isolation/messages.js';
import { dispositionOf, refusedAs, type Disposition } from '../model/dispositions.js';
import type { RoutePolicy } from '../model/route-policy.js';
import { GATE_RULES, type GateRule, type Refusal } from '../model/rules.js';
import { headRefusal } from './problem.js';
import { exceptionOf, shownRequestId, type Recorder } from './recorder.js';

/** Where events and records of accesses go. */
export interface RecordContext {
  readonly recorder: Recorder;
  /** A request is over. */
  readonly onAccess: (access: Access, trace: Trace | null) => void;
}

/** What the records say of a request. */
export interface Subject {
  readonly client: GateEvent['client'];
  /** Null where Node could make no request of what came. */
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'> | null;
  readonly trace: Trace | null;
}

/** What a request is held to, once its route or method is known. */
export interface Scope {
  /** Null where no route or method has it. */
  readonly id: string | null;
  readonly mode: Mode;
  readonly policy: RoutePolicy | null;
}

const ENFORCED: Scope = { id: null, mode: 'enforce', policy: null };

/**
 * How one request ends, which it does once: whether it may pass, its events, its record. The same for requests of HTTP,
 * calls of gRPC, WebSockets, and what Envoy asks about; each of them answers a refusal in its own form.
 */
export abstract class Ending {
  readonly id = randomUUID();
  scope: Scope = ENFORCED;
  /** Where it was sent; null for nowhere yet. */
  server: GateEvent['server'] | null = null;
  /** Bytes of the body that have come. */
  bytes = 0;
  inspectionSeconds: number | null = null;
  upstreamSeconds: number | null = null;
  readonly client: GateEvent['client'];
  readonly trace: Trace | null;
  readonly #request: Subject['request'];
  readonly #records: RecordContext;
  readonly #start = performance.now();
  readonly #time = Date.now();
  /** The rules that were recorded and let pass, with where the first of each was. */
  readonly #observed = new Map<GateRule, string>();
  #rule: GateRule | null = null;
  #isOver = false;

  constructor({ client, request, trace }: Subject, records: RecordContext) {
    this.client = client;
    this.trace = trace;
    this.#request = request;
    this.#records = records;
  }

  /** Sends the client what it is refused for; that is recorded by then. */
  protected abstract answer(refusal: Refusal): void;

  /** Status of the answer to a refusal. */
  protected statusOf({ rule }: Refusal): number {
    return GATE_RULES[rule].status;
  }

  /** Bytes to and from the client, for the record. */
  protected traffic(): { readonly received: number; readonly sent: number } {
    return { received: this.bytes, sent: 0 };
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What it is counted as where it went through. */
  get passed(): Outcome {
    return this.#observed.size > 0 ? 'observed' : 'passed';
  }

  /** Records a reason to refuse it; false where the request ends with it. */
  mayPass(refusal: Refusal, sha256: string | null = null): boolean {
    if (dispositionOf(refusal, this.scope.mode === 'observe') !== 'allowed') {
      this.refuse(refusal, sha256);
      return false;
    }
    const { rule, path } = refusal;
    // What was reported for the head is not reported again for the body.
    if (this.#observed.get(rule) !== 'head') this.record(refusal, 'allowed', sha256);
    if (!this.#observed.has(rule)) this.#observed.set(rule, path);
    return true;
  }

  /** The same for all that one inspection found. */
  mayPassAll({ refusal, also = [], sha256 }: Verdict): boolean {
    const reasons = refusal === null ? also : [refusal, ...also];
    return reasons.every((reason) => this.mayPass(reason, sha256));
  }

  /** Ends the request, once, in any mode. */
  refuse(refusal: Refusal, sha256: string | null = null): void {
    if (this.#isOver) return;
    const outcome = refusedAs(refusal.rule);
    this.#rule = refusal.rule;
    this.record(refusal, outcome, sha256);
    this.finish(outcome, this.statusOf(refusal));
    this.answer(refusal);
  }

  /** An unexpected error, which is ours: refused, and reported as a warning of the process. */
  crashed(error: unknown): void {
    this.refuse(headRefusal('GATE-CRASH', 'bug', 'the request could not be handled'));
    const described = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.emitWarning(`sentinel gate: request ${this.id}: ${described}`);
  }

  /** Makes the event. */
  record(refusal: Refusal, disposition: Disposition, sha256: string | null): void {
    const { id, policy } = this.scope;
    this.#records.recorder.record(refusal, {
      requestId: this.id,
      route: id,
      disposition,
      client: this.client,
      request: this.#request,
      bytes: this.bytes === 0 ? declaredBytes(this.#request) : this.bytes,
      sha256,
      server: this.server,
      exception: exceptionOf(policy, refusal),
    });
  }

  /** The request is over: its record, once. */
  finish(outcome: Outcome, status: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { received, sent } = this.traffic();
    const access: Access = {
      time: this.#time,
      requestId: this.id,
      clientRequestId: shownRequestId(this.#request),
      client: this.client,
      method: logText(this.#request?.method ?? 'unknown'),
      path: loggedPath(outcome, this.#request?.url ?? ''),
      route: this.scope.id,
      outcome,
      rule: this.#rule,
      status,
      requestBytes: received,
      responseBytes: sent,
      seconds: (performance.now() - this.#start) / 1_000,
      inspectionSeconds: this.inspectionSeconds,
      upstreamSeconds: this.upstreamSeconds,
      server: this.server,
    };
    this.#records.onAccess(access, this.trace);
  }
}

/** What the head says of the body; 0 where it says nothing. */
function declaredBytes(request: Subject['request']): number {
  const declared = Number(request?.headers['content-length'] ?? 0);
  return Number.isSafeInteger(declared) && declared >= 0 ? declared : 0;
}
