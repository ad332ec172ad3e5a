import type { EffectivePolicy, KeyUse, PolicyOrigin } from '@artifact-sentinel/core/internal';

/** The options of `sentinel policy check`, as commander gives them. */
export interface PolicyCheckOptions {
  readonly policy?: string;
  readonly policyFolder?: string;
  readonly trustPolicyInTree?: true;
  readonly maxAcceptableSeverity?: string;
  readonly alsoAllow?: readonly string[];
  readonly format: 'text' | 'json';
}

export interface PolicyProblem {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** With file, line and column in front where they are known. */
  readonly message: string;
}

/** What `sentinel policy check --format json` prints. */
export interface PolicyCheck {
  readonly schemaVersion: 1;
  readonly valid: boolean;
  /** Null where none was found: the built-in policy applies. */
  readonly file: string | null;
  readonly named: boolean;
  /** What made it count in full; null where there is none. */
  readonly by: PolicyOrigin | null;
  /** Null where a policy is not understood. */
  readonly effective: EffectivePolicy | null;
  /** Policies in the scanned paths. */
  readonly inTree: readonly { readonly file: string; readonly keys: readonly KeyUse[] }[];
  /** Files of the scanned paths, and how many of them each glob entry decides, in the order of the entries. */
  readonly files: { readonly total: number; readonly byPath: readonly number[] } | null;
  /** Files that are called like a policy, and are none. */
  readonly notes: readonly string[];
  readonly problems: readonly PolicyProblem[];
}
