import type { Judged } from '../verdicts/judge.js';
import type { PolicyInForce } from '../verdicts/policy.js';

/** Where the bytes of a file lie. */
export type BytesAt = { readonly bytes: Uint8Array } | { readonly file: string };

/** Files around a Python source, as a child process reads them. */
export interface TreeFiles {
  /** Paths of all files of the repository, those that are not at hand included. */
  readonly paths: readonly string[];
  /** Where those lie that are, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Why the source is analysed without the others, in words; null where it is not. */
  readonly unread: string | null;
}

/** What a child process is asked for. */
export type ChildJob =
  | {
      readonly kind: 'collect';
      readonly sha256: string;
      /** The hash is that of these bytes. Otherwise it is compared. */
      readonly isChecked: boolean;
      readonly reading: string;
      readonly size: number;
      readonly at: BytesAt;
      /** As the verdict names it. */
      readonly path: string;
      readonly tree: { readonly own: string; readonly files: TreeFiles } | null;
      readonly policy: PolicyInForce;
    }
  | {
      /** `report`: the whole of it is wanted. */
      readonly kind: 'judge' | 'report';
      readonly sha256: string;
      readonly reading: string;
      readonly collected: Uint8Array;
      readonly path: string;
      readonly policy: PolicyInForce;
    };

export interface ChildAnswer {
  readonly judged: Judged;
  /** A `Report` as JSON; null where only the verdict was wanted. */
  readonly report: string | null;
  /** Facts as they are stored; null where they were given. */
  readonly collected: Uint8Array | null;
  /** They say something of the repository that the file lies in. */
  readonly inRepository: boolean;
  readonly durationMs: number;
  /** Why the facts are not to be stored: the bytes changed, or are others than the hash says. */
  readonly problem: string | null;
}
