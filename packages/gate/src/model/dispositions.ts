import { GATE_RULES, type GateRule, type Refusal } from './rules.js';

/** `denied`: refused. `allowed`: observed, or excepted. `failed`: an anomaly that is nobody's refusal. */
export type Disposition = 'denied' | 'allowed' | 'failed';

/** Failures that are no attack, or at least not stopped by refusing. */
const NOT_DENIED: ReadonlySet<GateRule> = new Set([
  'GATE-UPSTREAM',
  'GATE-UPSTREAM-TIMEOUT',
  'GATE-ABORTED',
  'GATE-BUSY',
]);
/** What cannot be forwarded in any mode: there is no whole or no unambiguous request. */
const NEVER_OBSERVED: ReadonlySet<GateRule> = new Set([
  ...NOT_DENIED,
  'GATE-HTTP',
  'GATE-HEADERS',
  'GATE-SLOW',
  'GATE-UPGRADE',
]);

/** What becomes of a request where it is refused for this. */
export function refusedAs(rule: GateRule): 'denied' | 'failed' {
  return NOT_DENIED.has(rule) ? 'failed' : 'denied';
}

/** What becomes of a request for this reason. */
export function dispositionOf({ rule, exception }: Refusal, isObserving: boolean): Disposition {
  if (exception !== undefined || (isObserving && !NEVER_OBSERVED.has(rule))) return 'allowed';
  return refusedAs(rule);
}

/** Every rule with each disposition that it may have. */
export function allDispositions(): { readonly rule: GateRule; readonly disposition: Disposition }[] {
  return (Object.keys(GATE_RULES) as GateRule[]).flatMap((rule) => {
    const refused = { rule, disposition: refusedAs(rule) };
    return NEVER_OBSERVED.has(rule) ? [refused] : [refused, { rule, disposition: 'allowed' as const }];
  });
}
