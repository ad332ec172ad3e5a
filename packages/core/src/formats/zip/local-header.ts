import { latin1, u16, u32, u64 } from '../../bytes/read.js';
import type { ByteSource } from '../../bytes/source.js';
import { decodeEntryName, sameBytes } from './entry-name.js';
import { readExtra, type Sizes } from './extra.js';
import { DESCRIPTOR_SIGNATURE, FLAG_UTF8, LOCAL_SIGNATURE, LOCAL_SIZE } from './layout.js';

/** One entry as the header before its data has it, zip64 resolved. */
export interface LocalHeader {
  readonly at: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly uncompressed: number;
  readonly name: string;
  /** It is, byte by byte and as it is decoded, the name that the directory has. */
  readonly isNameOfDirectory: boolean;
  readonly zip64Problem: string | null;
  /** Behind name and extra field (where torch pads so that tensors are aligned). */
  readonly dataStart: number;
}

interface Reads {
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}

/** The local header at `at`, or null when none (or only a part of one) lies there. `nameOf`: the directory's record. */
export function readLocalHeader(
  reader: Reads | ByteSource,
  at: number,
  nameOf: NameOf | null = null,
): LocalHeader | null | Promise<LocalHeader | null> {
  const fixed = reader.read(at, LOCAL_SIZE);
  return fixed instanceof Promise
    ? fixed.then((bytes) => behindFixed(reader, at, bytes, nameOf))
    : behindFixed(reader, at, fixed, nameOf);
}

interface NameOf {
  readonly name: string;
  readonly oddName: Uint8Array | null;
}

function behindFixed(
  reader: Reads | ByteSource,
  at: number,
  fixed: Uint8Array,
  nameOf: NameOf | null,
): LocalHeader | null | Promise<LocalHeader | null> {
  if (fixed.length < LOCAL_SIZE || u32(fixed, 0) !== LOCAL_SIGNATURE) return null;
  const header: Fixed = {
    at,
    nameLength: u16(fixed, 26),
    extraLength: u16(fixed, 28),
    flags: u16(fixed, 6),
    method: u16(fixed, 8),
    crc: u32(fixed, 14),
    sizes: { compressed: u32(fixed, 18), uncompressed: u32(fixed, 22), localOffset: 0 },
  };
  // The bytes before are lent only up to here.
  const rest = reader.read(at + LOCAL_SIZE, header.nameLength + header.extraLength);
  return rest instanceof Promise
    ? rest.then((bytes) => wholeHeader(header, bytes, nameOf))
    : wholeHeader(header, rest, nameOf);
}

interface Fixed {
  readonly at: number;
  readonly nameLength: number;
  readonly extraLength: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly sizes: Sizes;
}

function wholeHeader(fixed: Fixed, rest: Uint8Array, nameOf: NameOf | null): LocalHeader | null {
  const { at, nameLength, extraLength, flags } = fixed;
  if (rest.length < nameLength + extraLength) return null;
  const nameBytes = rest.subarray(0, nameLength);
  // One byte for each character, so that equal characters are equal bytes where the directory's name is ASCII.
  const plain = latin1(nameBytes);
  const isSame = nameOf?.oddName === null && plain === nameOf.name;
  const decoded = isSame ? plain : decodeEntryName(nameBytes, (flags & FLAG_UTF8) !== 0);
  const isNameOfDirectory =
    isSame || (nameOf?.oddName != null && decoded === nameOf.name && sameBytes(nameBytes, nameOf.oddName));
  const extra = readExtra(rest.subarray(nameLength), fixed.sizes, nameBytes);
  return {
    at,
    flags,
    method: fixed.method,
    crc: fixed.crc,
    compressed: extra.compressed,
    uncompressed: extra.uncompressed,
    // One text for both, where it is the same.
    name: isNameOfDirectory && nameOf !== null ? nameOf.name : decoded,
    isNameOfDirectory,
    zip64Problem: extra.zip64Problem,
    dataStart: at + LOCAL_SIZE + rest.length,
  };
}

/** The record behind the data of a streamed entry. */
export interface Descriptor {
  readonly at: number;
  readonly length: number;
  readonly crc: number;
  readonly compressed: number;
  readonly uncompressed: number;
}

export const MAX_DESCRIPTOR = 24;

/**
 * The data descriptor at the start of `bytes` (4.3.9): with or without signature, with 4- or 8-byte sizes. Its form
 * is nowhere marked, so that one whose values fit is preferred; failing that, `room` (the bytes up to the next record)
 * or the signature tells.
 */
export function readDescriptor(
  bytes: Uint8Array,
  at: number,
  room: number,
  expected: { readonly crc: number; readonly compressed: number; readonly uncompressed: number },
): Descriptor | null {
  const hasSignature = u32(bytes, 0) === DESCRIPTOR_SIGNATURE;
  const forms: Descriptor[] = [];
  for (let i = hasSignature ? 0 : 2; i < 4; i += 1) {
    const wide = (i & 1) === 1;
    const start = i < 2 ? 4 : 0;
    const length = start + (wide ? 20 : 12);
    if (length > bytes.length || length > room) continue;
    const form = {
      at,
      length,
      crc: u32(bytes, start),
      compressed: wide ? u64(bytes, start + 4) : u32(bytes, start + 4),
      uncompressed: wide ? u64(bytes, start + 12) : u32(bytes, start + 8),
    };
    if (
      form.crc === expected.crc &&
      form.compressed === expected.compressed &&
      form.uncompressed === expected.uncompressed
    )
      return form;
    forms.push(form);
  }
  return forms.find((form) => form.length === room) ?? (hasSignature ? forms[0] : undefined) ?? null;
}
