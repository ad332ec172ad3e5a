import { fillRetest, retestCommand, type RetestWords } from '../command/retest-command.js';
import type { Policy, PolicyPart } from '../model/policy.js';
import type { RuleMeta } from '../model/rule.js';
import type { Action, Severity } from '../model/severity.js';
import { DEFAULT_POLICY } from './defaults.js';

/** What holds for a rule, the most specific part first: rule, category, every category, built in. */
function partsFor(meta: RuleMeta, policy: Policy): PolicyPart[] {
  const parts: (PolicyPart | undefined)[] = [
    Object.hasOwn(policy.rules, meta.id) ? policy.rules[meta.id] : undefined,
    policy.categories[meta.category],
    policy.defaults,
    DEFAULT_POLICY.defaults,
  ];
  return parts.filter((part) => part !== undefined);
}

/**
 * What the policy makes of a finding. The most specific part that names the severity decides. A part that lists
 * `fail_on` without it has taken the severity out, whatever a broader part says; the same goes for `ticket_on`.
 */
export function actionFor(meta: RuleMeta, severity: Severity, policy: Policy): Action {
  let mayFail = true;
  let mayTicket = true;
  for (const part of partsFor(meta, policy)) {
    if (mayFail && part.failOn?.includes(severity) === true) return 'fail';
    if (mayTicket && part.ticketOn?.includes(severity) === true) return 'ticket';
    if (part.failOn !== undefined) mayFail = false;
    if (part.ticketOn !== undefined) mayTicket = false;
  }
  return 'note';
}

export function ownerFor(meta: RuleMeta, policy: Policy): string {
  return partsFor(meta, policy).find((part) => part.owner !== undefined)?.owner ?? meta.owner;
}

/** The command that proves a fix: the policy's, or the one of this very run. */
export function retestFor(meta: RuleMeta, policy: Policy, words: RetestWords): string {
  const command = partsFor(meta, policy).find((part) => part.retest !== undefined)?.retest;
  return command === undefined ? retestCommand(meta.id, words) : fillRetest(command, meta.id, words);
}
