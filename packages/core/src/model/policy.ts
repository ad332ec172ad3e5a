import type { AllowRole } from './allow-role.js';
import type { Category } from './rule.js';
import type { Reach } from './reach.js';
import type { Action, SafetyLevel, Severity } from './severity.js';

/** What one document says for everything, a category or a rule. Absent keys fall through to the next level. */
export interface PolicyPart {
  readonly failOn?: readonly Severity[];
  readonly ticketOn?: readonly Severity[];
  /** The most that findings of a reach ask for. */
  readonly reach?: Readonly<Partial<Record<Reach, Action>>>;
  readonly retest?: string;
  readonly owner?: string;
}
export interface AllowEntry {
  /** Exact `module.name`. */
  readonly entry: string;
  readonly role: AllowRole;
  readonly why: string | null;
  /** Who vouches for it. */
  readonly owner: string | null;
  /** ISO date (YYYY-MM-DD), the last day on which the entry counts. */
  readonly expires: string | null;
  /** Hex SHA-256 of the one artifact, the outermost file, that the entry counts for; null: every artifact. */
  readonly sha256: string | null;
  /** Where it came from: `--also-allow` or `sentinel-policy.yml:12`. */
  readonly origin: string;
}
export interface AcceptEntry {
  readonly fingerprint: string;
  readonly owner: string;
  readonly why: string;
  readonly expires: string | null;
  /** Hex SHA-256 of the one artifact, the outermost file, that it counts for; null: every artifact in which the same would run. */
  readonly sha256: string | null;
  readonly origin: string;
}
/** A highest level of its own for the artifacts that a glob names. */
export interface PathThreshold {
  /** Globs; one that begins with `!` takes artifacts out again. */
  readonly match: readonly string[];
  readonly maxAcceptableSeverity: SafetyLevel;
  readonly why: string | null;
  readonly origin: string;
}
/** What a policy that came with the scanned files may say: each of it makes the gate stricter, or is left out. */
export interface Tightening {
  readonly file: string | null;
  readonly folder: string | null;
  readonly defaults: PolicyPart;
  readonly categories: Readonly<Partial<Record<Category, PolicyPart>>>;
  readonly rules: Readonly<Record<string, PolicyPart>>;
  /** Null where it says nothing about levels. */
  readonly maxAcceptableSeverity: SafetyLevel | null;
  readonly paths: readonly PathThreshold[];
}
export interface Policy {
  /** Path of the file, or null for the built-in defaults. */
  readonly file: string | null;
  /** Folder that the globs of `paths` begin in: absolute, with forward slashes. Null: paths are taken as they are scanned. */
  readonly folder: string | null;
  readonly defaults: PolicyPart;
  readonly categories: Readonly<Partial<Record<Category, PolicyPart>>>;
  readonly rules: Readonly<Record<string, PolicyPart>>;
  readonly maxAcceptableSeverity: SafetyLevel;
  readonly paths: readonly PathThreshold[];
  readonly allow: readonly AllowEntry[];
  readonly accept: readonly AcceptEntry[];
  /** Globs of the files whose comments may accept findings; empty: comments are notes for the reader only. */
  readonly sourceComments: readonly string[];
  /** Policies that came with the scanned files; of theirs and ours the stricter counts. */
  readonly tightenedBy: readonly Tightening[];
  /** File and line of a value, by its key: `fail_on`, `PICKLE.owner`, `PICKLE-EXEC.retest`, `max_acceptable_severity`. */
  readonly origins: Readonly<Record<string, string>>;
}
