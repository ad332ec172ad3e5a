import type { Policy } from '../model/policy.js';
import type { Report } from '../model/report.js';

/** An entry or acceptance counts up to and including its last day. Both are ISO dates, which sort as text. */
export function isExpired(expires: string | null, today: string): boolean {
  return expires !== null && expires < today;
}

/** The user's entries that count today. */
export function activeAllow(policy: Policy, today: string): ReadonlySet<string> {
  return new Set(policy.allow.filter((item) => !isExpired(item.expires, today)).map((item) => item.entry));
}

/** What became of each entry of the user, for the report. `used`: entries that made a global allowed. */
export function allowStates(policy: Policy, used: ReadonlySet<string>, today: string): Report['allow'] {
  return policy.allow.map((item) => ({
    entry: item.entry,
    state: isExpired(item.expires, today) ? 'expired' : used.has(item.entry) ? 'used' : 'unused',
    why: item.why,
    origin: item.origin,
  }));
}
