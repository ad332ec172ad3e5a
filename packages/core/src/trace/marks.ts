import { classifyGlobal, isHarmlessCall } from '../catalogue/classify.js';
import type { Verdict } from '../catalogue/hazard.js';
import { mapPython2Name } from '../catalogue/lookup.js';
import { cut } from '../model/escape.js';
import type { Call, Fact, PickleGlobalFact, StreamRole } from '../model/fact.js';
import { because } from '../model/plausibility.js';
import type { TraceMark } from '../model/trace.js';

/** The global that a line is about. */
export interface Subject {
  readonly module: string;
  readonly name: string;
}
export type Mark = TraceMark;

const REASON_LENGTH = 120;
const NOBODY: ReadonlySet<string> = new Set();
const RANK = { allowed: 0, unexpected: 1, dangerous: 2 } as const;

const keyOf = (subject: Subject): string => `${subject.module}\0${subject.name}`;

function reason(verdict: Verdict): string {
  if (verdict.class === 'unexpected' && verdict.conditional !== true) return 'not on the allowlist';
  const first = verdict.why.split(/\.(?: |$)/, 1)[0] ?? '';
  const lower = /^[A-Z][a-z]/.test(first) ? `${first.charAt(0).toLowerCase()}${first.slice(1)}` : first;
  return cut(lower, REASON_LENGTH);
}

/**
 * What the catalogue says on the globals of a stream, with everything that the stream does to them; by the name alone
 * where only another reading of the stream names it.
 */
export function marksOf(facts: readonly Fact[], role: StreamRole): (subject: Subject) => Mark | null {
  const worst = new Map<string, Verdict>();
  for (const fact of facts) {
    if (fact.kind !== 'pickle.global') continue;
    const verdict = classifyGlobal(fact, NOBODY);
    const known = worst.get(keyOf(fact));
    if (known === undefined || RANK[known.class] < RANK[verdict.class]) worst.set(keyOf(fact), verdict);
  }
  return (subject) => {
    const verdict = worst.get(keyOf(subject)) ?? classifyGlobal(unused(subject, role), NOBODY);
    if (verdict.class === 'allowed') return null;
    return { tone: verdict.class, text: `${verdict.class}: ${reason(verdict)}` };
  };
}

/** While the stream still runs: does this line deserve to be shown when there are too many? */
export class EarlyMarks {
  readonly #role: StreamRole;
  readonly #verdicts = new Map<string, Verdict>();

  constructor(role: StreamRole) {
    this.#role = role;
  }

  deserves(subject: Subject, call: Call | null): boolean {
    const verdict = this.#verdict(subject);
    if (verdict.class === 'allowed') return false;
    // One whose calls decide may be harmless a million times: only its odd calls count.
    if (verdict.conditional !== true) return true;
    return call !== null && !isHarmlessCall(subject.module, subject.name, call);
  }

  #verdict(subject: Subject): Verdict {
    const key = keyOf(subject);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = classifyGlobal(unused(subject, this.#role), NOBODY);
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}

function unused(subject: Subject, role: StreamRole): PickleGlobalFact {
  return {
    kind: 'pickle.global',
    at: { path: '', offset: 0, line: null },
    role,
    module: subject.module,
    name: subject.name,
    mapped: mapPython2Name(subject.module, subject.name),
    via: 'GLOBAL',
    count: 1,
    callCount: 0,
    escapes: true,
    walksDots: true,
    beforeProtocol3: true,
    calls: [],
    callsComplete: false,
    uses: [],
    usesComplete: true,
    readers: [],
    plausibility: because('read-as-written'),
    chain: [],
  };
}
