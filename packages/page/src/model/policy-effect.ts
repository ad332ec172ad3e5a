import type { Report } from '@artifact-sentinel/core';
import { describePolicies, plural } from '@artifact-sentinel/core/internal';

export interface PolicyEffect {
  /** Which policies counted, one in each line. */
  readonly origins: readonly string[];
  /** What they ask for, in words. */
  readonly asks: readonly string[];
  /** What they made of the findings of this run: `3 fail the run`. */
  readonly made: readonly string[];
  /** What it changed, where the run without it is known: `Without it: fail, 2 findings fail.` */
  readonly change: string | null;
}

/** The policy of a run, and what it changed. */
export function policyEffect(report: Report, without: Report | null): PolicyEffect {
  return {
    origins: describePolicies(report),
    asks: asksOf(report),
    made: madeOf(report),
    change: without === null ? null : changeOf(report, without),
  };
}

function changeOf(report: Report, without: Report): string {
  const [before, after] = [failing(without), failing(report)];
  const verdicts =
    without.verdict === report.verdict
      ? `The verdict stays ${report.verdict}.`
      : `Without this policy the verdict is ${without.verdict}, with it ${report.verdict}.`;
  const counts = before === after ? '' : ` Findings that fail: ${before} without it, ${after} with it.`;
  return `${verdicts}${counts}`;
}

function failing({ findings }: Report): number {
  return findings.filter(({ action, accepted }) => action === 'fail' && accepted === null).length;
}

function asksOf({ policy }: Report): string[] {
  if (policy === null) return [];
  const { failOn, ticketOn, maxAcceptableSeverity, rules } = policy;
  const listed = (severities: readonly string[]): string => (severities.length === 0 ? 'none' : severities.join(', '));
  const own = Object.entries(rules).map(([rule, gate]) => `${rule} fails on ${listed(gate.failOn)}`);
  return [
    `Fails on ${listed(failOn)}`,
    `Asks for a ticket on ${listed(ticketOn)}`,
    `Accepts files up to the level ${maxAcceptableSeverity}`,
    ...own,
  ];
}

function madeOf({ findings, allow, accept }: Report): string[] {
  const counts = { fail: 0, ticket: 0, note: 0 };
  let accepted = 0;
  for (const finding of findings) {
    if (finding.accepted === null) counts[finding.action] += 1;
    else accepted += 1;
  }
  const used = allow.filter(({ state }) => state === 'used').length;
  const idle = allow.length - used + accept.filter(({ state }) => state !== 'used').length;
  return [
    ...(counts.fail > 0 ? [`${plural(counts.fail, 'finding fails', 'findings fail')} the run`] : []),
    ...(counts.ticket > 0 ? [`${plural(counts.ticket, 'finding asks', 'findings ask')} for a ticket`] : []),
    ...(counts.note > 0 ? [`${plural(counts.note, 'finding is', 'findings are')} noted`] : []),
    ...(accepted > 0 ? [`${plural(accepted, 'finding is', 'findings are')} accepted by somebody`] : []),
    ...(used > 0 ? [`${plural(used, 'name is', 'names are')} allowed by you`] : []),
    ...(idle > 0 ? [`${plural(idle, 'entry changes', 'entries change')} nothing`] : []),
  ];
}
