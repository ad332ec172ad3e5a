import { latin1 } from '../../bytes/read.js';
import { lazy } from '../../model/lazy.js';

/**
 * A tar header (POSIX.1-1988 ustar; GNU tar's tar.h), one block of 512 bytes:
 *
 *   0 name 100 | 100 mode 8 | 108 uid 8 | 116 gid 8 | 124 size 12 | 136 mtime 12 | 148 checksum 8 | 156 type 1
 *   157 link name 100 | 257 magic 8 | 265 user 32 | 297 group 32 | 329 device 16 | 345 prefix 155 | 500 unused 12
 *
 * The data follow, filled up to whole blocks. Two blocks of zeros end the archive.
 */
export const BLOCK_BYTES = 512;

export interface TarHeader {
  readonly name: string;
  /** The name with the ustar prefix, which Python joins for any magic. */
  readonly prefixedName: string;
  /** Null where the field holds no number. */
  readonly size: number | null;
  /** One character; an old header's NUL byte is '0'. */
  readonly type: string;
  readonly linkName: string;
}

/** GNU types whose headers use the prefix for something else (tarfile's GNU_TYPES). */
const GNU_TYPES = 'LKS';

/** Made where it is needed: the first one takes a tenth of a millisecond, which few starts need. */
const utf8 = lazy(() => new TextDecoder('utf-8', { ignoreBOM: true }));

/** What Python's `str.strip` takes for blanks in ASCII: the four separators too, which JavaScript's `trim` leaves. */
function isBlank(code: number): boolean {
  return (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x20);
}

function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

export function tarText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/**
 * A number field as `tarfile.nti` reads it: octal digits up to a NUL or, where the first bit is set, a big-endian
 * number (GNU's base-256; negative behind 0xff). Python's `int(text, 8)` takes blanks around, a sign, `0o` and `_`.
 */
export function tarNumber(field: Uint8Array): number | null {
  const first = field[0] ?? 0;
  if ((first & 0x80) !== 0) {
    let value = first === 0xff ? -1 : first & 0x7f;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
    return value;
  }
  const end = field.indexOf(0);
  const text = withoutBlanks(latin1(field, 0, end === -1 ? field.length : end));
  if (text === '') return 0;
  const digits = /^([+-]?)(?:0[oO]_?)?([0-7]+(?:_[0-7]+)*)$/.exec(text);
  if (digits === null) return null;
  const value = parseInt((digits[2] ?? '').replaceAll('_', ''), 8);
  return digits[1] === '-' ? -value : value;
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** mode, uid, gid, size, mtime and the device numbers; `TarInfo.frombuf` refuses a header if one of them is no number. */
const NUMBER_FIELDS = [
  [100, 108],
  [108, 116],
  [116, 124],
  [124, 136],
  [136, 148],
  [329, 337],
  [337, 345],
] as const;

function numbersParse(block: Uint8Array): boolean {
  return NUMBER_FIELDS.every(([start, end]) => {
    const first = block[start] ?? 0;
    // tarfile, GNU tar and libarchive take these two first bytes for base-256, and no other beyond ASCII.
    return first < 0x80 ? tarNumber(block.subarray(start, end)) !== null : first === 0x80 || first === 0xff;
  });
}

/** The sums of all bytes, the checksum field taken as blanks, as unsigned and as signed bytes (`tarfile.calc_chksums`). */
function checksums(block: Uint8Array): readonly [unsigned: number, signed: number] {
  let unsigned = LEAST_UNSIGNED_SUM;
  let signed = unsigned;
  for (let i = 0; i < BLOCK_BYTES; i += 1) {
    if (i >= 148 && i < 156) continue;
    const byte = block[i] ?? 0;
    unsigned += byte;
    signed += byte < 0x80 ? byte : byte - 256;
  }
  return [unsigned, signed];
}

/** The checksum field itself, taken as blanks. */
const LEAST_UNSIGNED_SUM = 8 * 0x20;
/** No checksum lies beyond: bytes of numbers are distinguished from a header without adding them up. */
const SUM_REACH = BLOCK_BYTES * 255;

/**
 * Whether the block is a header: its checksum is the sum of all bytes; some old tars add signed bytes, whose sum may be
 * negative or 0. There is no other mark that old headers share. The unsigned sum is met by chance in one random block of
 * a million at most: it takes three right octal digits. The signed sum is met more often, for blanks stand for 0:
 * numbers as arrays hold them (0, -1, -2.0) do. Of such blocks only those count whose number fields are numbers, which
 * every reader asks for that takes a blank checksum (tarfile, libarchive; GNU tar refuses it).
 */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < BLOCK_BYTES) return false;
  const stored = tarNumber(block.subarray(148, 156));
  if (stored === null || stored < -SUM_REACH || stored > SUM_REACH) return false;
  // Cheap tests come first: pickles are searched for headers before V8 has compiled anything of this.
  if (stored < LEAST_UNSIGNED_SUM) return (isUstar(block) || numbersParse(block)) && stored === checksums(block)[1];
  const [unsigned, signed] = checksums(block);
  return stored === unsigned || (stored === signed && (isUstar(block) || numbersParse(block)));
}

/** Of a block that `isTarHeader`: whether it has a mark that numbers do not have by chance. */
export function isMarkedTarHeader(block: Uint8Array): boolean {
  return isUstar(block) || tarNumber(block.subarray(148, 156)) === checksums(block)[0];
}

/** POSIX and GNU write `ustar` differently. */
function isUstar(block: Uint8Array): boolean {
  return latin1(block, 257, 262) === 'ustar';
}

/** Reads a block that `isTarHeader`. */
export function readTarHeader(block: Uint8Array): TarHeader {
  const type = String.fromCharCode(block[156] ?? 0);
  const name = tarText(block.subarray(0, 100));
  const prefix = GNU_TYPES.includes(type) ? '' : tarText(block.subarray(345, 500));
  const isPosix = latin1(block, 257, 263) === 'ustar\0';
  const prefixed = prefix === '' ? name : `${prefix}/${name}`;
  return {
    name: isPosix ? prefixed : name,
    prefixedName: prefixed,
    size: tarNumber(block.subarray(124, 136)),
    // A regular file of V7 whose name ends in a slash is a folder.
    type: type === '\0' ? (name.endsWith('/') ? '5' : '0') : type,
    linkName: tarText(block.subarray(157, 257)),
  };
}

/**
 * The name without slashes at its end, as tarfile strips those of folders. A regular expression tries each slash of a
 * row of them as the first of the last: a name of a megabyte of slashes would take hours (CWE-1333).
 */
export function withoutEndSlashes(name: string): string {
  let end = name.length;
  while (end > 0 && name.charCodeAt(end - 1) === SLASH) end -= 1;
  return name.slice(0, end);
}

const SLASH = 0x2f;
