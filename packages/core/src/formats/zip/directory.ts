import type { Budget } from '../../bytes/budget.js';
import { EMPTY, type ByteSource } from '../../bytes/source.js';
import { latin1, u16, u32 } from '../../bytes/read.js';
import type { DirectoryLocation, EndRecord } from './end-records.js';
import { decodeEntryName, isAscii } from './entry-name.js';
import { readExtra } from './extra.js';
import { CENTRAL_SIGNATURE, CENTRAL_SIZE, DIRECTORY_SIGNATURE, FLAG_UTF8, LOCAL_SIZE } from './layout.js';
import { DIRECTORY_BYTES } from '../../model/limits.js';

/** One entry as the central directory has it, zip64 resolved. */
export interface CentralRecord {
  /** Where the record lies. */
  readonly at: number;
  readonly flags: number;
  readonly method: number;
  /** The time of DOS, which miniz takes for a part of the method in one function. */
  readonly time: number;
  readonly crc: number;
  readonly compressed: number;
  readonly uncompressed: number;
  /** Where its reader expects the local header: the stored offset and the location's shift. */
  readonly localOffset: number;
  readonly name: string;
  /** The bytes of a name that is not ASCII; null for one that every reader decodes alike. */
  readonly oddName: Uint8Array | null;
  /** Python 3.13 takes this name instead. */
  readonly unicodeName: string | null;
  readonly zip64Problem: string | null;
  /** Unix mode where the entry was made on Unix or macOS, otherwise 0. */
  readonly unixMode: number;
  /** The folder attribute of DOS, by which miniz tells folders. */
  readonly isDosFolder: boolean;
}

/** The bytes of a record's name. */
export function rawName({ name, oddName }: CentralRecord): Uint8Array {
  if (oddName !== null) return oddName;
  const bytes = new Uint8Array(name.length);
  for (let i = 0; i < name.length; i += 1) bytes[i] = name.charCodeAt(i);
  return bytes;
}

export interface Directory extends DirectoryLocation {
  readonly record: EndRecord;
  readonly records: readonly CentralRecord[];
  /** Behind the last record (and its digital signature). */
  readonly end: number;
  /** Why not all of the declared size was read, for people. */
  readonly broken: { readonly at: number; readonly reason: string } | null;
  /** More entries than the limit were there. */
  readonly cut: boolean;
}

/** Entries between two looks at the clock. */
const TIME_STEP = 1024;

const MADE_ON_UNIX = 3;
const MADE_ON_MACOS = 19;
const DOS_FOLDER = 0x10;

/**
 * Reads the directory at `location`, or returns null when no record lies there. Entries are taken for as long as either
 * the declared size (zipfile) or the declared number (miniz) asks for them.
 */
export async function readDirectory(
  source: ByteSource,
  size: number,
  record: EndRecord,
  location: DirectoryLocation,
  budget: Budget,
): Promise<Directory | null> {
  const declaredEnd = Math.min(size, location.start + location.size);
  let bytes = (await source.read(location.start, Math.min(declaredEnd - location.start, DIRECTORY_BYTES))).slice();
  const isEmpty = location.entries === 0 && location.size === 0 && location.start <= record.at;
  if (isEmpty) return { ...location, record, records: [], end: location.start, broken: null, cut: false };
  // A declared size of no bytes does not hinder a reader that counts.
  const first = bytes.length < 4 ? await source.read(location.start, 4) : bytes;
  if (first.length < 4 || u32(first, 0) !== CENTRAL_SIGNATURE) return null;
  const records: CentralRecord[] = [];
  let at = 0;
  let broken: Directory['broken'] = null;
  let cut = false;
  for (;;) {
    if (records.length % TIME_STEP === 0) budget.checkTime();
    const wanted = location.start + at < declaredEnd || records.length < location.entries;
    if (!wanted) break;
    if (records.length > budget.limits.members) {
      cut = true;
      break;
    }
    let length = recordLength(bytes, at);
    const needed = at + (length ?? CENTRAL_SIZE);
    if (needed > bytes.length && location.start + bytes.length < record.at && bytes.length < DIRECTORY_BYTES) {
      // The declared size is used up and the entry is not: readers that count go on up to the end record.
      const from = location.start + bytes.length;
      bytes = joined(bytes, await source.read(from, Math.min(record.at - from, DIRECTORY_BYTES - bytes.length)));
      length = recordLength(bytes, at);
    }
    if (length === null) {
      at = skipSignature(bytes, at);
      // All of the declared size was read: a count that asks for more is a disagreement, and nothing is missing.
      if (location.start + at < declaredEnd) {
        const cutAt = bytes.length >= DIRECTORY_BYTES;
        broken = {
          at: location.start + at,
          reason: cutAt
            ? `the central directory is longer than ${DIRECTORY_BYTES} bytes`
            : `entry ${records.length + 1} of the central directory is cut off or has no signature`,
        };
      }
      break;
    }
    records.push(readRecord(bytes, at, location));
    at += length;
  }
  if (records.length === 0) return null;
  const { reader, start, shift, entries, size: declared, offset } = location;
  // Field by field: this is done for each archive, and a copy of an object that grows is slow.
  return {
    reader,
    start,
    shift,
    entries,
    size: declared,
    offset,
    record,
    records,
    end: Math.min(size, start + at),
    broken,
    cut,
  };
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}

/** The length that a record gives itself. Of the last one zipfile takes what is there when it leaves the directory. */
function recordLength(bytes: Uint8Array, at: number): number | null {
  if (at + CENTRAL_SIZE > bytes.length || u32(bytes, at) !== CENTRAL_SIGNATURE) return null;
  return CENTRAL_SIZE + u16(bytes, at + 28) + u16(bytes, at + 30) + u16(bytes, at + 32);
}

/** The digital signature of the directory (4.3.13), which no reader of ours looks at. */
function skipSignature(bytes: Uint8Array, at: number): number {
  if (at + 6 > bytes.length || u32(bytes, at) !== DIRECTORY_SIGNATURE) return at;
  return Math.min(bytes.length, at + 6 + u16(bytes, at + 4));
}

function readRecord(bytes: Uint8Array, at: number, location: DirectoryLocation): CentralRecord {
  const nameEnd = at + CENTRAL_SIZE + u16(bytes, at + 28);
  const nameBytes = bytes.subarray(at + CENTRAL_SIZE, nameEnd);
  const flags = u16(bytes, at + 8);
  const extraLength = u16(bytes, at + 30);
  const extra = readExtra(
    extraLength === 0 ? EMPTY : bytes.subarray(nameEnd, nameEnd + extraLength),
    { compressed: u32(bytes, at + 20), uncompressed: u32(bytes, at + 24), localOffset: u32(bytes, at + 42) },
    nameBytes,
  );
  const madeOn = u16(bytes, at + 4) >>> 8;
  const ascii = isAscii(nameBytes);
  return {
    at: location.start + at,
    flags,
    method: u16(bytes, at + 10),
    time: u16(bytes, at + 12),
    crc: u32(bytes, at + 16),
    compressed: extra.compressed,
    uncompressed: extra.uncompressed,
    localOffset: extra.localOffset + location.shift,
    name: ascii ? latin1(nameBytes) : decodeEntryName(nameBytes, (flags & FLAG_UTF8) !== 0),
    oddName: ascii ? null : nameBytes,
    unicodeName: extra.unicodeName,
    zip64Problem: extra.zip64Problem,
    isDosFolder: (u32(bytes, at + 38) & DOS_FOLDER) !== 0,
    unixMode: madeOn === MADE_ON_UNIX || madeOn === MADE_ON_MACOS ? u32(bytes, at + 38) >>> 16 : 0,
  };
}

/** The smallest local header an entry can have lies before `offset + LOCAL_SIZE`. */
export function fitsLocalHeader(offset: number, size: number): boolean {
  return Number.isSafeInteger(offset) && offset >= 0 && offset + LOCAL_SIZE <= size;
}
