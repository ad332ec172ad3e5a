import { MOST_CLOSURES } from '../limits.js';
import type { Shape } from '../retest/json-shape.js';

const STATES = ['closed', 'removed', 'open', 'unverifiable'] as const;

/** Where a closure record says one thing and its parts another, or null: counts and outcome are worked out again. */
export function closureProblem(record: Shape): string | null {
  const findings = record.key('findings').list(MOST_CLOSURES);
  const statuses = findings.map((finding) => finding.key('status').oneOf(STATES));
  const counts = record.key('counts');
  const counted = new Map<string, number>([['new', record.key('newFindings').list(MOST_CLOSURES).length]]);
  for (const state of STATES) counted.set(state, statuses.filter((status) => status === state).length);
  for (const [name, is] of counted) {
    const said = counts.key(name).number(0, Number.MAX_SAFE_INTEGER);
    if (said !== is) return `it counts ${said} findings as ${name}, and there are ${is}`;
  }
  const verdict = record.key('scan').key('verdict').oneOf(['pass', 'fail', 'incomplete']);
  const fails = statuses.includes('open') || verdict === 'fail';
  const unknown = statuses.includes('unverifiable') || verdict === 'incomplete';
  const expected = fails ? 'open' : unknown ? 'unverifiable' : 'closed';
  const outcome = record.key('outcome').text();
  return outcome === expected ? null : `its outcome is "${outcome}", and its findings come to "${expected}"`;
}
