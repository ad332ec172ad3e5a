import type { ScanInput } from '@artifact-sentinel/core/internal';

/*
 * What there is to scan, found and not opened yet. Plain data, so that it can go to another thread, but for `source`. A new
 * kind is one more interface here and one more opener in its own file, which `open.ts` lists.
 */
interface Named {
  /** As reports have it, and unlike that of any other input of a run. */
  readonly name: string;
  /** As far as it is known before it is opened; 0 where it is not. */
  readonly size: number;
}

/** A file; `pathOf` makes of its name what the system takes. */
export interface FileInput extends Named {
  readonly kind: 'file';
  /** Where it lies, if reports have it by another name, as they have the files of a cache. */
  readonly at?: string;
}

/** Bytes at hand. */
export interface BytesInput extends Named {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
}

/** A file of a remote source: its connections stay on the thread that listed it. */
export interface SourceInput extends Named {
  readonly kind: 'source';
  /** `signal` ends its reads. */
  readonly open: (signal: AbortSignal) => Promise<ScanInput>;
}

/** What was named or found, and cannot be scanned. */
export interface UnreadableInput extends Named {
  readonly kind: 'unreadable';
  readonly problem: string;
}

export type Input = FileInput | BytesInput | SourceInput | UnreadableInput;
