import { fillRetest, retestCommand, type RetestWords } from '../command/retest-command.js';
import type { Policy, PolicyPart, Tightening } from '../model/policy.js';
import type { Category, RuleMeta } from '../model/rule.js';
import type { Reach } from '../model/reach.js';
import type { Action, Severity } from '../model/severity.js';
import { DEFAULT_POLICY } from './defaults.js';

/** What precedence goes by: a rule and its category; `''` and null stand for none in particular. */
export interface Scope {
  readonly id: string;
  readonly category: Category | null;
}

/** What a file says about a rule, the most specific part first: rule, category, every category. */
function partsOf(scope: Scope, policy: Pick<Policy | Tightening, 'rules' | 'categories' | 'defaults'>): PolicyPart[] {
  const parts: (PolicyPart | undefined)[] = [
    Object.hasOwn(policy.rules, scope.id) ? policy.rules[scope.id] : undefined,
    scope.category === null ? undefined : policy.categories[scope.category],
    policy.defaults,
  ];
  return parts.filter((part) => part !== undefined);
}

const partsFor = (scope: Scope, policy: Policy): PolicyPart[] => [...partsOf(scope, policy), DEFAULT_POLICY.defaults];

function actionBy(parts: readonly PolicyPart[], severity: Severity): Action {
  let mayFail = true;
  let mayTicket = true;
  for (const part of parts) {
    if (mayFail && part.failOn?.includes(severity) === true) return 'fail';
    if (mayTicket && part.ticketOn?.includes(severity) === true) return 'ticket';
    if (part.failOn !== undefined) mayFail = false;
    if (part.ticketOn !== undefined) mayTicket = false;
  }
  return 'note';
}

const STRICTNESS: Readonly<Record<Action, number>> = { fail: 2, ticket: 1, note: 0 };

/** What a policy that came with the files asks for where it speaks; `note` where it is silent. */
export function askedBy(found: Tightening, scope: Scope, severity: Severity): Action {
  return actionBy(partsOf(scope, found), severity);
}

/** True where `a` asks for more than `b`. */
export function isStricter(a: Action, b: Action): boolean {
  return STRICTNESS[a] > STRICTNESS[b];
}

/** The most that a policy of yours lets findings of a reach ask for: what the most specific part says that names the reach. */
export function limitFor(scope: Scope, reach: Reach | undefined, policy: Policy): Action {
  if (reach === undefined) return 'fail';
  return partsFor(scope, policy).find((part) => part.reach?.[reach] !== undefined)?.reach?.[reach] ?? 'fail';
}

/**
 * What the policy makes of a finding. The most specific part that names the severity decides. A part that lists
 * `fail_on` without it has taken the severity out, also if a broader part has it; the same goes for `ticket_on`.
 * A finding asks for no more than its reach may. A policy that came with the files can only ask for more.
 */
export function actionFor(scope: Scope, severity: Severity, policy: Policy, reach?: Reach): Action {
  const limit = limitFor(scope, reach, policy);
  let action = actionBy(partsFor(scope, policy), severity);
  if (isStricter(action, limit)) action = limit;
  for (const found of policy.tightenedBy) {
    const asked = askedBy(found, scope, severity);
    if (isStricter(asked, action)) action = asked;
  }
  return action;
}

export function ownerFor(meta: RuleMeta, policy: Policy): string {
  return partsFor(meta, policy).find((part) => part.owner !== undefined)?.owner ?? meta.owner;
}

/** The command that proves a fix: the policy's, or the one of this very run. */
export function retestFor(meta: RuleMeta, policy: Policy, words: RetestWords): string {
  const command = partsFor(meta, policy).find((part) => part.retest !== undefined)?.retest;
  return command === undefined ? retestCommand(meta.id, words) : fillRetest(command, meta.id, words);
}
