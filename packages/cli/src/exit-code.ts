import type { Verdict } from '@artifact-sentinel/core';

/** The only map from outcome to number. Never renumber: pipelines depend on it. */
export const EXIT = {
  /** The policy is met and the scan is complete. */
  pass: 0,
  /** Findings that the policy fails on; outranks an incomplete scan. */
  fail: 1,
  /** Something could not be completed: an unreadable input, a limit, bad usage, a broken policy. */
  incomplete: 2,
  usage: 2,
  bug: 2,
} as const satisfies Record<Verdict | 'usage' | 'bug', number>;

/** The exit code of a command; commander cannot return a number. */
export interface Outcome {
  code: number;
}

export const EXIT_HELP = `
Exit codes:
  0  the policy is met and the scan is complete
  1  findings that the policy fails on (outranks 2)
  2  something could not be completed: bad usage, an unreadable or truncated
     input, a limit, a broken policy file`;
