import type { ScanInput } from '@artifact-sentinel/core/internal';
import type { HttpClient } from './http/client.js';
import type { Spooling } from './spooling.js';

/** An object of a bucket in the state in which it was listed: plain data, by which it is opened again without a listing. */
export interface ListedState {
  readonly key: string;
  readonly size: number;
  /** As it stands in the listing; null where there is none. */
  readonly etag: string | null;
  readonly version: string | null;
  /** The storage has a SHA-256 of the whole object, and says it when it is asked. */
  readonly hasSha256: boolean;
}

/** A file of a source, known and not opened. */
export interface SourceEntry {
  readonly kind: 'file';
  /** As reports have it: the address with the revision pinned. Unlike that of any other entry. */
  readonly name: string;
  /** Within the source, with slashes. */
  readonly path: string;
  /** Null where only opening it tells. */
  readonly size: number | null;
  /** Hex SHA-256 as the source claims it; nothing has checked it. */
  readonly sha256: string | null;
  /** For `listedObjects`; where it is missing, the name finds the file again. */
  readonly listed?: ListedState;
  /** Opens it. What cannot be opened is a `ScanInput` with a problem. `signal` ends its reads. */
  open(signal: AbortSignal): Promise<ScanInput>;
}

/** What is listed and cannot be scanned, such as a name that no file can have. */
export interface SourceProblem {
  readonly kind: 'problem';
  readonly name: string;
  readonly reason: string;
}

/** A repository, a bucket, an image or a single file, at one revision. */
export interface Source {
  /** As it was named. */
  readonly name: string;
  /** Its address with the revision pinned: another scan of it sees the same files. */
  readonly pinned: string;
  /** What the source itself says of its files, for the notes of a report: evidence, never clearance. Known once it is listed. */
  readonly notes: readonly string[];
  /** Its files in a stable order. Throws a `SourceError` where the listing is not complete: what came before it stands. */
  list(signal: AbortSignal): AsyncIterable<SourceEntry | SourceProblem>;
}

/** What providers work with. Everything that depends on the host comes through here. */
export interface SourceContext {
  readonly client: HttpClient;
  /** An environment variable; undefined where it is not set, or where there is no environment (browsers). */
  readonly variable: (name: string) => string | undefined;
  /** The text of a small file of this machine, such as a token; null where it is not there. */
  readonly readText: (path: string) => string | null;
  /** Where large files go whose server ignores ranges; they are not read without it. */
  readonly spooling?: Spooling | undefined;
  /** Objects of a bucket that are listed, for callers who hold none of them; `MAX_LISTED` unless it is given. */
  readonly mostListed?: number | undefined;
  readonly signal: AbortSignal;
}

/** Opens an address of its scheme: finds the revision and pins it. Throws a `SourceError`. */
export type Provider = (address: string, context: SourceContext) => Promise<Source>;
