import type { Format } from '../../model/format.js';
import type { Member } from '../members/container.js';
import type { Found, Look } from '../members/look.js';
import type { ZipArchive } from './archive.js';
import type { ZipEntry } from './archive.js';

/** A zip archive that was read, and where it lies. */
export interface ZipInMember {
  readonly archive: ZipArchive;
  readonly member: Member;
  /** What the bytes begin as: another format than `zip` where the archive lies behind something. */
  readonly format: Format;
}

/** One member of it; `entry` is null for bytes that no entry claims. */
export interface ZipMember {
  readonly member: Member;
  readonly entry: ZipEntry | null;
}

/** What a reader that knows more than members makes of an archive. */
export interface ZipReading {
  /** Of the archive as a whole: its format, and facts that come before those of its members. */
  readonly whole: AsyncGenerator<Found>;
  /** What a list of the contents calls a member before its bytes are asked. */
  listedAs(name: string): string | null;
  open(item: ZipMember): AsyncGenerator<Found>;
  /** When all members have gone by. */
  readonly rest?: () => AsyncGenerator<Found>;
}

/** Null where the reader takes the archive for none of its own. */
export type ZipReader = (zip: ZipInMember, look: Look) => ZipReading | null;
