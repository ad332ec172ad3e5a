import type { Notice } from '../model/fact.js';
import type { Format, NamePromise } from '../model/format.js';
import { because, type Plausibility } from '../model/plausibility.js';

/** What could not be read of a body is a gap where it could hide something. */
export function plausibilityOfBodyGap(cause: Notice['cause'], head: Uint8Array): Plausibility {
  if (cause === 'limit') return because('limit-reached');
  if (cause === 'unsupported') return because(hasWeakMark(head) || isCutGguf(head) ? 'weak-mark' : 'well-formed');
  return because(hasStrongMark(head) ? 'strong-mark' : 'weak-mark');
}

/**
 * Whether data with the mark of a format are of it, even where they do not decode. `isWeak`: the mark is two bytes, which one
 * file of numbers in a thousand has.
 */
export function plausibilityOfMark(isWeak: boolean, promise: NamePromise | null): Plausibility {
  if (!isWeak) return because('format-mark');
  return because(promise === null ? 'weak-mark' : 'promised-by-name');
}

/**
 * PyTorch reads a storage as raw bytes; a program that opens the archive by other means sees what they are. Numbers that begin like
 * a pickle of protocol 0 or 1, which has no mark, are none, and a format that is not analysed runs nothing.
 */
export function plausibilityOfStorage(format: Format, isOpaque: boolean, promise: NamePromise | null): Plausibility {
  const hasNoMark = format === 'maybe-pickle' || format === 'empty' || isOpaque;
  if (!hasNoMark) return because('format-mark');
  return because(promise === null ? 'numbers' : 'promised-by-name');
}

/** Marks of containers that numbers do not have by chance. */
const STRONG_MARKS: readonly (readonly number[])[] = [
  [0x50, 0x4b, 3, 4],
  [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x04, 0x22, 0x4d, 0x18],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x37, 0x7a, 0xbc, 0xaf],
];

const BZIP2 = [0x42, 0x5a, 0x68];
const BZIP2_BLOCKS: readonly (readonly number[])[] = [
  [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
  [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
];

/** `BZh`, a level, and the mark of a block or of the end, as far as there are bytes: without it no reader decodes a byte. */
function hasBzip2Mark(bytes: Uint8Array): boolean {
  const level = bytes[3] ?? 0x31;
  return (
    begins(bytes, BZIP2) &&
    level >= 0x31 &&
    level <= 0x39 &&
    BZIP2_BLOCKS.some((mark) => mark.every((byte, i) => (bytes[4 + i] ?? byte) === byte))
  );
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

const GGUF = [0x47, 0x47, 0x55, 0x46];
/** Mark, version, two counts: the header of the first version, whose counts have 32 bits. */
const GGUF_HEADER_BYTES = 16;

/** Four letters that no header of GGUF can follow: one identifier has them in any of its readings, and no reader gets anything. */
function isCutGguf(bytes: Uint8Array): boolean {
  return bytes.length < GGUF_HEADER_BYTES && begins(bytes, GGUF);
}

/** Whether bytes begin with the mark of a container that chance hardly writes. */
export function hasStrongMark(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return bytes[2] === 8 && ((bytes[3] ?? 0xff) & 0xe0) === 0;
  return hasBzip2Mark(bytes) || STRONG_MARKS.some((mark) => begins(bytes, mark));
}

/** Whether bytes begin with the two bytes of zlib, or of gzip and nothing else of its header: one identifier in a thousand does. */
export function hasWeakMark(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return !hasStrongMark(bytes);
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}
