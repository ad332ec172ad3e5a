import { DEFAULT_LIMITS, runIsOver, type RunDeadline } from '@artifact-sentinel/core/internal';
import { now } from '@artifact-sentinel/core/node/internal';

/** What hashing one file may take: as long as its analysis, and no longer than the run. */
export function hashDeadline(
  artifactMs: number = DEFAULT_LIMITS.artifactMs,
  run: RunDeadline | null = null,
): () => string | null {
  const end = now() + artifactMs;
  return () => {
    const time = now();
    if (run !== null && time > run.end) return `${runIsOver(run)} while it was hashed`;
    return time > end ? `it was not hashed within ${artifactMs / 1000} s` : null;
  };
}
