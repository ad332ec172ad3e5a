/**
 * What made a policy count in full: the option or the variable that names it, the report that is retested, or that it
 * was found outside of what is scanned. `found` stands for those that were found inside and tighten as well.
 */
export type PolicyOrigin = '--policy' | 'SENTINEL_POLICY' | '--trust-policy-in-tree' | 'report' | 'found';

/** A policy file that a run used. */
export interface PolicyFileReport {
  /** As shown to people: relative where it lies below the working folder. */
  readonly path: string;
  /** Hex, of the file's bytes. */
  readonly sha256: string;
  /** False for one that came with what is scanned: it can tighten the gate only. */
  readonly trusted: boolean;
  /** Reports of earlier versions do not tell. */
  readonly by?: PolicyOrigin;
}

/** What a run was asked to do: enough to do it again. Paths are relative to the working folder, as they were given. */
export interface RunReport {
  /** ISO time (UTC). */
  readonly startedAt: string;
  readonly paths: readonly string[];
  /** Categories and rules that were asked for; empty for all. */
  readonly rules: readonly string[];
  /** The file named by `--policy` or by the environment; null where it was looked for. */
  readonly policy: string | null;
  /** `--policy-folder`; absent where the globs of the policy begin where it lies. */
  readonly policyFolder?: string;
  /** `--trust-policy-in-tree`; absent where it was not said. */
  readonly trustPolicyInTree?: true;
  readonly policyFiles: readonly PolicyFileReport[];
  readonly maxAcceptableSeverity: string | null;
  readonly alsoAllow: readonly string[];
  readonly timeoutSeconds: number | null;
  readonly requireArtifacts: boolean;
  /** `--follow-links`; absent where it was not said. */
  readonly followLinks?: true;
}
