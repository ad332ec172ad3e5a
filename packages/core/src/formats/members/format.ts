import type { ByteRange, ByteSource } from '../../bytes/source.js';
import type { Member } from './container.js';
import type { Found, Look } from './look.js';
import type { Format } from '../../model/format.js';

/** Ends of names that promise a format, without their dots, and the promise in words. */
export type PromisedEnds = readonly [ends: string, words: string];

interface Recognition {
  /** As documents and messages call it. */
  readonly title: string;
  /** What it can begin with; null where any byte will do. Most heads are distinguished by this alone. */
  readonly firstBytes: readonly number[] | null;
  /** `head`: the first HEAD_BYTES, or all there are, with one of `firstBytes`. Formats are asked in the order of their table. */
  recognise(head: Uint8Array): boolean;
  /**
   * Whether the format begins further in, behind bytes that say nothing: asked where no format is recognised by the head.
   * `isPromised`: the name promises this format, so that a search which costs reads is worth it.
   */
  readonly recogniseBehind?: (source: ByteSource, isPromised: boolean) => Promise<boolean>;
  readonly promises: readonly PromisedEnds[];
  /** Ranges of a source of `size` bytes that will be read before anything else, so that a remote one is asked at once. */
  ranges?(head: Uint8Array, size: number): readonly ByteRange[];
}

/** A format that is opened: its members, facts and notices. */
export interface OpenedFormat extends Recognition {
  /** `held`: takes the extents of the members that lie in it as they are. */
  open(member: Member, look: Look, held: ByteRange[]): AsyncGenerator<Found>;
  /** Where its marks are so weak that bytes of another format may have them. */
  readonly weakly?: {
    /** Whether a reader that is asked to would take bytes for this format that are recognised as `format`. */
    recognise(head: Uint8Array, format: Format, isOpaque: boolean): boolean;
    open(member: Member, look: Look): AsyncGenerator<Found>;
  };
}

/** A format that is known and not analysed. */
export interface OpaqueFormat extends Recognition {
  /** Why: what its readers run, as far as is known. */
  readonly opaque: string;
  /** Its own writers put a zip archive behind it. */
  readonly endsInZip?: true;
}

/** One format: how it is recognised, which names promise it, and how it is opened. */
export type FormatModule = OpenedFormat | OpaqueFormat;

/** Whether bytes begin with a mark. */
export function startsWith(head: Uint8Array, mark: readonly number[]): boolean {
  if (head.length < mark.length) return false;
  for (let i = 0; i < mark.length; i += 1) if (head[i] !== mark[i]) return false;
  return true;
}

/** Recognition by one of several marks at the first byte. */
export function byMarks(marks: readonly (readonly number[])[]): Pick<Recognition, 'firstBytes' | 'recognise'> {
  return {
    firstBytes: marks.map(([first]) => first ?? 0),
    recognise: (head) => marks.some((mark) => startsWith(head, mark)),
  };
}
