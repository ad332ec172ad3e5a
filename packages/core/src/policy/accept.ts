import type { Policy } from '../model/policy.js';
import type { Finding, Report } from '../model/report.js';
import { isExpired } from './allow.js';

/** What became of each acceptance. An expired one covers nothing, and says whether its finding is still there. */
export function acceptStates(policy: Policy, findings: readonly Finding[], today: string): Report['accept'] {
  if (policy.accept.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { fingerprint } of findings) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return policy.accept.map(({ fingerprint, owner, why, expires, origin }) => {
    const count = counts.get(fingerprint) ?? 0;
    const state = isExpired(expires, today) ? 'expired' : count > 0 ? 'used' : 'unused';
    return { fingerprint, owner, why, expires, origin, state, findings: count };
  });
}
