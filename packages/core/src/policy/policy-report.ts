import type { Policy } from '../model/policy.js';
import type { GateReport, PolicyReport } from '../model/report.js';
import { REACHES } from '../model/reach.js';
import { SAFETY_LEVELS, SEVERITIES } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { actionFor, limitFor, type Scope } from './action.js';

function gateOf(policy: Policy, scope: Scope): GateReport {
  const by = (wanted: string): GateReport['failOn'] =>
    SEVERITIES.filter((severity) => actionFor(scope, severity, policy) === wanted);
  const reach = REACHES.flatMap((name) => {
    const limit = limitFor(scope, name, policy);
    return limit === 'fail' ? [] : [[name, limit] as const];
  });
  return {
    failOn: by('fail'),
    ticketOn: by('ticket'),
    ...(reach.length === 0 ? {} : { reach: Object.fromEntries(reach) }),
  };
}

const isSame = (a: GateReport, b: GateReport): boolean =>
  a.failOn.join() === b.failOn.join() &&
  a.ticketOn.join() === b.ticketOn.join() &&
  REACHES.every((name) => a.reach?.[name] === b.reach?.[name]);

/** What a policy comes to: for every rule, which severities fail and which ask for a ticket, and the highest levels. */
export function policyReport(policy: Policy): PolicyReport {
  const everything = gateOf(policy, { id: '', category: null });
  const rules = RULES.map(({ meta }) => [meta.id, gateOf(policy, meta)] as const);
  return {
    ...everything,
    rules: Object.fromEntries(rules.filter(([, gate]) => !isSame(gate, everything))),
    maxAcceptableSeverity: SAFETY_LEVELS[policy.maxAcceptableSeverity],
    paths: policy.paths.map(({ match, maxAcceptableSeverity: level }) => ({
      match,
      maxAcceptableSeverity: SAFETY_LEVELS[level],
    })),
    sourceComments: policy.sourceComments,
  };
}
