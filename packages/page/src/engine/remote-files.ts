import type { ByteSource } from '@artifact-sentinel/core';
import type { CollectOptions, Turn } from '@artifact-sentinel/core/internal';

/** Files that lie elsewhere, listed and not read yet. Only a page that was built to read them has something that opens them. */
export interface RemoteFiles {
  /** The address with its revision pinned. */
  readonly pinned: string;
  /** Paths as reports name them, sizes in bytes. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** One turn for each file, and for what is listed and cannot be read; many are collected at the same time. */
  turns(options: Pick<CollectOptions, 'hashWhere' | 'sources' | 'repositories'>): Iterable<Turn>;
  /** The bytes of one file. Throws a UsageError where they cannot be had. */
  source(path: string): Promise<ByteSource>;
  /** For the notes of the report: what the source says of its files, and what was received. Known once all turns are over. */
  notes(): readonly string[];
}

/** Lists what lies at an address; a UsageError says why it cannot be. Reads and waits are reported as they come. */
export type OpenRemote = (
  address: string,
  hooks: { readonly onBytes: (bytes: number) => void; readonly onLine: (line: string) => void },
) => Promise<RemoteFiles>;
