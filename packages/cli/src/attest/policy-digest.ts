import { createHash } from 'node:crypto';
import type { Report } from '@artifact-sentinel/core';
import type { PolicyReport } from '@artifact-sentinel/core/internal';

/** JSON with the keys of every map in order: equal values have equal bytes. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/**
 * Hex SHA-256 of the policy as it held: thresholds, allow entries and acceptances, without what is said about them (who,
 * why, its origin) and what became of them. The same for every run under the same policy and options.
 */
export function policyDigest(policy: PolicyReport, { allow, accept }: Pick<Report, 'allow' | 'accept'>): string {
  const held = {
    ...policy,
    allow: allow.map(({ state: _state, detail: _detail, why: _why, owner: _owner, origin: _origin, ...rest }) => rest),
    accept: accept.map(
      ({ state: _state, findings: _count, why: _why, owner: _owner, origin: _origin, ...rest }) => rest,
    ),
  };
  return createHash('sha256').update(canonical(held)).digest('hex');
}
