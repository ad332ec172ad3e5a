import { MAX_REASONS } from '../model/limits.js';
import type { RoutePolicy } from '../model/route-policy.js';
import { EXCEPTABLE, Refused, type GateRule, type Refusal } from '../model/rules.js';

/** What one inspection found: why the request is refused, and what it went on behind. */
export interface Inspection {
  readonly refusal: Refusal | null;
  /** Where a route observes, the further reasons; and what an exception of the route lets pass. */
  readonly also: readonly Refusal[];
}

/** Behind these the rest cannot be looked at: the request would cost more than one may. */
const ENDS: ReadonlySet<GateRule> = new Set(['GATE-BOMB', 'GATE-SIZE', 'GATE-ABORTED', 'GATE-STREAM']);

/** Decides what an inspection goes on behind: everything where a route observes, and what its exceptions name. */
export class Reasons {
  readonly #policy: RoutePolicy;
  readonly #today: string;
  readonly #met: Refusal[] = [];

  constructor(policy: RoutePolicy, now = new Date()) {
    this.#policy = policy;
    this.#today = now.toISOString().slice(0, 10);
  }

  /** False where the first reason ends the inspection. */
  get isPatient(): boolean {
    const { observes, exceptions = [] } = this.#policy;
    return observes === true || exceptions.some(({ expires }) => this.#today <= expires);
  }

  /** Looks at something in a field; true where nothing was found. Throws what ends the inspection. */
  async within(field: string | null, inspect: () => Promise<void>): Promise<boolean> {
    if (!this.isPatient) {
      await inspect();
      return true;
    }
    try {
      await inspect();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#meet(error.refusal, field);
      return false;
    }
  }

  /** `last`: what ended the inspection, or null. */
  result(last: Refusal | null): Inspection {
    const refused = this.#met.filter(({ exception }) => exception === undefined);
    const passed = this.#met.filter(({ exception }) => exception !== undefined);
    const [refusal = null, ...others] = last === null ? refused : [...refused, last];
    return { refusal, also: [...others, ...passed] };
  }

  #meet(refusal: Refusal, field: string | null): void {
    const { observes, exceptions = [] } = this.#policy;
    const { rule, path } = refusal;
    const index = exceptions.findIndex(
      (one) => one.rule === rule && (one.field === null || one.field === field) && this.#today <= one.expires,
    );
    const isExcepted = index !== -1 && (EXCEPTABLE as readonly GateRule[]).includes(rule);
    if (!isExcepted && (observes !== true || ENDS.has(rule) || this.#met.length >= MAX_REASONS - 1))
      throw new Refused(refusal);
    const isKnown = this.#met.some((one) => one.rule === rule && one.path === path);
    if (!isKnown && this.#met.length < MAX_REASONS)
      this.#met.push(isExcepted ? { ...refusal, exception: index } : refusal);
  }
}
