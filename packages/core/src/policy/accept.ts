import type { Policy } from '../model/policy.js';
import type { ArtifactReport, Finding, Report } from '../model/report.js';
import { isOutdated } from '../model/fingerprint.js';
import { isExpired } from './allow.js';

/** What became of each acceptance. An expired one covers nothing, and says whether its finding is still there. */
export function acceptStates(
  policy: Policy,
  findings: readonly Finding[],
  artifacts: readonly Pick<ArtifactReport, 'path' | 'sha256'>[],
  today: string,
): Report['accept'] {
  if (policy.accept.length === 0) return [];
  const hashes = new Map(artifacts.map(({ path, sha256 }) => [path, sha256]));
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { fingerprint, artifact } of findings) {
    count(fingerprint);
    count(`${fingerprint} ${hashes.get(artifact) ?? ''}`);
  }
  return policy.accept.map(({ fingerprint, owner, why, expires, sha256, origin }) => {
    const found = counts.get(sha256 === null ? fingerprint : `${fingerprint} ${sha256}`) ?? 0;
    const stands = found > 0 ? 'used' : 'unused';
    const state = isOutdated(fingerprint) ? 'outdated' : isExpired(expires, today) ? 'expired' : stands;
    return { fingerprint, owner, why, expires, sha256, origin, state, findings: found };
  });
}
