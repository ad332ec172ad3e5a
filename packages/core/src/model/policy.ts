import type { Category } from './rule.js';
import type { SafetyLevel, Severity } from './severity.js';

/** What one document says for everything, a category or a rule. Absent keys fall through to the next level. */
export interface PolicyPart {
  readonly failOn?: readonly Severity[];
  readonly ticketOn?: readonly Severity[];
  readonly retest?: string;
  readonly owner?: string;
}
export interface AllowEntry {
  /** Exact `module.name`. */
  readonly entry: string;
  readonly why: string | null;
  /** ISO date (YYYY-MM-DD), the last day on which the entry counts. */
  readonly expires: string | null;
  /** Where it came from: `--also-allow` or `sentinel-policy.yml:12`. */
  readonly origin: string;
}
export interface AcceptEntry {
  readonly fingerprint: string;
  readonly owner: string;
  readonly why: string;
  readonly expires: string | null;
  readonly origin: string;
}
export interface Policy {
  /** Path of the file, or null for the built-in defaults. */
  readonly file: string | null;
  readonly defaults: PolicyPart;
  readonly categories: Readonly<Partial<Record<Category, PolicyPart>>>;
  readonly rules: Readonly<Record<string, PolicyPart>>;
  readonly maxAcceptableSeverity: SafetyLevel;
  readonly allow: readonly AllowEntry[];
  readonly accept: readonly AcceptEntry[];
}
