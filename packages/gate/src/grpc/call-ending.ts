import type { IncomingHttpHeaders } from 'node:http2';
import type { Outcome } from '../events/metrics.js';
import type { Refusal } from '../model/rules.js';
import { Ending, type RecordContext, type Subject } from '../proxy/ending.js';
import { PROBLEM_TYPE, problemOf } from '../proxy/problem.js';
import type { ClientSide } from './client-side.js';
import { GRPC_STATUS, messageOf, statusOf } from './status.js';

/** The status of HTTP that every call has: what went wrong with it is said in its trailers. */
export const CALL_STATUS = 200;

/** A call as the records have it: of its metadata only what says what it is. */
export function callRequest(headers: IncomingHttpHeaders): NonNullable<Subject['request']> {
  return {
    method: headers[':method'] ?? 'unknown',
    url: headers[':path'] ?? '',
    headers: { 'content-type': headers['content-type'] },
  };
}

/** How one call ends: with a status where it is refused. */
export class CallEnding extends Ending {
  /** Called at the end of the call, however it comes. */
  onEnd: () => void = () => undefined;
  readonly #client: ClientSide;
  readonly #isCall: boolean;
  /** The status of gRPC, where it is not that of the refusal. */
  #status: number | null = null;

  /** `isCall`: false where it is no gRPC, and a refusal is answered as HTTP. */
  constructor(client: ClientSide, subject: Subject, records: RecordContext, isCall: boolean) {
    super(subject, records);
    this.#client = client;
    this.#isCall = isCall;
  }

  /** Ends the call with another status than the refusal has. */
  refuseAs(status: number, refusal: Refusal): void {
    this.#status = status;
    this.refuse(refusal);
  }

  /** The client's own deadline: no event, since nothing was refused. */
  deadline(): void {
    if (this.isOver) return;
    this.#client.status(GRPC_STATUS.deadlineExceeded, 'Deadline Exceeded', this.id);
    this.finish('failed');
  }

  /** The client cancelled the call, as it may: no event either. */
  cancelled(): void {
    this.finish('failed');
  }

  override finish(outcome: Outcome, status: number = CALL_STATUS): void {
    if (this.isOver) return;
    super.finish(outcome, status);
    this.onEnd();
  }

  protected override statusOf(refusal: Refusal): number {
    return this.#isCall ? CALL_STATUS : super.statusOf(refusal);
  }

  protected override answer(refusal: Refusal): void {
    if (this.#isCall) {
      this.#client.status(this.#status ?? statusOf(refusal), messageOf(refusal, this.id), this.id);
      return;
    }
    const { status, body } = problemOf(refusal, this.id);
    this.#client.http(status, { 'content-type': PROBLEM_TYPE, 'content-length': body.length }, body);
  }
}
