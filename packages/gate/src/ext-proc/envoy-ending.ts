import type { Outcome } from '../events/metrics.js';
import type { Refusal } from '../model/rules.js';
import { CALL_STATUS } from '../grpc/call-ending.js';
import { Ending, type RecordContext, type Subject } from '../proxy/ending.js';

/** The answer of what passes is Envoy's to know. */
const UNKNOWN_STATUS = 0;

/** How a request that Envoy asks about ends: Envoy answers it. */
export class EnvoyEnding extends Ending {
  /** What Envoy answers it with; null where it goes on. */
  refused: Refusal | null = null;
  readonly #isCall: boolean;

  /** `isCall`: of gRPC. */
  constructor(subject: Subject, records: RecordContext, isCall: boolean) {
    super(subject, records);
    this.#isCall = isCall;
  }

  override finish(outcome: Outcome, status: number = UNKNOWN_STATUS): void {
    super.finish(outcome, status);
  }

  protected override statusOf(refusal: Refusal): number {
    return this.#isCall ? CALL_STATUS : super.statusOf(refusal);
  }

  protected override answer(refusal: Refusal): void {
    this.refused = refusal;
  }
}
