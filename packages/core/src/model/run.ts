/** A policy file that a run used. */
export interface PolicyFileReport {
  /** As shown to people: relative where it lies below the working folder. */
  readonly path: string;
  /** Hex, of the file's bytes. */
  readonly sha256: string;
  /** False for one that came with what is scanned: it can tighten the gate only. */
  readonly trusted: boolean;
}

/** What a run was asked to do: enough to do it again. Paths are relative to the working folder, as they were given. */
export interface RunReport {
  /** ISO time (UTC). */
  readonly startedAt: string;
  readonly paths: readonly string[];
  /** Categories and rules that were asked for; empty for all. */
  readonly rules: readonly string[];
  /** The file named by `--policy`; null where it was looked for. */
  readonly policy: string | null;
  readonly policyFiles: readonly PolicyFileReport[];
  readonly maxAcceptableSeverity: string | null;
  readonly alsoAllow: readonly string[];
  readonly timeoutSeconds: number | null;
  readonly requireArtifacts: boolean;
  /** `--follow-links`; absent where it was not said. */
  readonly followLinks?: true;
}
