/** How bad a finding is, and what the policy makes of it. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the policy makes of a finding. */
export type Action = 'fail' | 'ticket' | 'note';

/** Release decisions by severity (the seeds' wording of the decision column). */
export const DECISIONS: Readonly<Record<Severity, string>> = {
  CRITICAL: 'Block release; do not promote the artifact or code path until it is isolated.',
  HIGH: 'Treat as a release gate; remediation or explicit risk acceptance is required.',
  MEDIUM: 'Assign an owner, fix within the sprint, and attach the retest command to the issue.',
  LOW: 'Record as a note; fix when the artifact is next rebuilt.',
};

/** The six-level scale, for every stream and artifact; the index is the level. */
export const SAFETY_LEVELS = [
  'LIKELY_SAFE',
  'POSSIBLY_UNSAFE',
  'SUSPICIOUS',
  'LIKELY_UNSAFE',
  'LIKELY_OVERTLY_MALICIOUS',
  'OVERTLY_MALICIOUS',
] as const;
export type SafetyLevel = 0 | 1 | 2 | 3 | 4 | 5;
/** A level with its name. */
export type Safety = {
  [L in SafetyLevel]: { readonly level: L; readonly name: (typeof SAFETY_LEVELS)[L] };
}[SafetyLevel];
export function safety(level: SafetyLevel): Safety {
  return { level, name: SAFETY_LEVELS[level] } as Safety;
}
