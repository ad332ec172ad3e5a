import type { ByteRange } from '../../bytes/source.js';
import type { Format } from '../../model/format.js';
import type { Member } from './container.js';
import type { Found, Look } from './look.js';

/** What recognising and opening a member showed. */
export interface Outcome {
  readonly format: Format;
  /** Formats that readers would take the bytes for on request, by weaker marks. */
  readonly others: readonly Format[];
  readonly firstByte: number;
  /** A zip archive ends the bytes (bytes before a zip are legal); null where their end was not known before they were opened. */
  readonly endsAsZip: boolean | null;
  /** A format, or a stream that ends, explains the bytes. */
  explained: boolean;
  /** An array takes all of the bytes: numpy's reader says so of the header, or tells what is behind the array. */
  isWholeArray: boolean;
  /** Where a pickle from the first byte on ends. */
  pickleEnd: number;
  /** Extents of members that lie in the bytes as they are. */
  readonly held: ByteRange[];
}

/** Reads the same bytes as something else, as loaders do that ignore what they begin with; null where none would. */
export type FurtherReading = (member: Member, outcome: Outcome, look: Look) => AsyncGenerator<Found> | null;
