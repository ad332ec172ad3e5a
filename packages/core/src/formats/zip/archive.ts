import type { ByteRange, ByteSource } from '../../bytes/source.js';
import type { CentralRecord, Directory } from './directory.js';
import type { EndRecord } from './end-records.js';
import type { Overlap } from '../../bytes/extents.js';
import { FLAG_DESCRIPTOR } from './layout.js';
import type { Descriptor, LocalHeader } from './local-header.js';

/** One entry of an archive: what the directory says of it, and the bytes before and behind its data. */
export interface ZipEntry {
  /** Index among the listed entries of its directory, or among the unlisted ones. */
  readonly order: number;
  /** Index in `ZipArchive.directories`; null for a local header that no directory names. */
  readonly directory: number | null;
  readonly central: CentralRecord | null;
  /** Null where no local header lies at the offset that the directory gives. */
  readonly local: LocalHeader | null;
  readonly descriptor: Descriptor | null;
  /** The directory's name, which Python and PyTorch look up; the local one for an unlisted entry. */
  readonly name: string;
  /** Every name that some reader would take: directory, Unicode Path, local header. */
  readonly names: readonly string[];
  /** Null without a local header: nothing says where the data begins. */
  readonly data: ByteRange | null;
  /** The data ends where the next record was found: neither header gives its size. */
  readonly sizeUnknown: boolean;
  /** Set where the local header was left unread: what the entry takes, from its header to the next record. */
  readonly unread?: ByteRange;
}

/** Facts about an archive, without an opinion. Offsets are those of the source. */
export interface ZipArchive {
  readonly source: ByteSource;
  readonly size: number;
  /** End records that some reader may pick, from the end backwards: those inside a member's data are none. */
  readonly endRecords: readonly EndRecord[];
  readonly pickedByZipfile: EndRecord | null;
  readonly pickedByMiniz: EndRecord | null;
  /** Signatures of end records beyond the limit. */
  readonly skippedEndRecords: number;
  /** Every directory that some reader would read. */
  readonly directories: readonly Directory[];
  /** Where the directories and the end records lie, with their comments. */
  readonly records: readonly ByteRange[];
  /** In directory order; an entry that two directories name alike stands once. */
  readonly entries: readonly ZipEntry[];
  /** Local headers in gaps. */
  readonly unlisted: readonly ZipEntry[];
  /** Not all gaps were searched for local headers: the limit, for people. */
  readonly searchCut: string | null;
  /** Bytes that neither an entry nor a directory nor an end record claims. */
  readonly gaps: readonly ByteRange[];
  readonly overlaps: readonly Overlap<Claim>[];
}

/** Whose the bytes are: an entry's or, without one, a directory's. */
export interface Claim extends ByteRange {
  readonly entry: ZipEntry | null;
}

/** Sizes and CRC of a streamed entry's local header are unset, not zero (4.4.4, bit 3). */
export function isUnset(header: { readonly flags: number }, value: number): boolean {
  return value === 0 && (header.flags & FLAG_DESCRIPTOR) !== 0;
}

export function distinct(names: readonly (string | null | undefined)[]): readonly string[] {
  const [first, ...others] = names;
  if (first != null && others.every((name) => name == null || name === first)) return [first];
  return [...new Set(names.filter((name) => name !== null && name !== undefined))];
}
