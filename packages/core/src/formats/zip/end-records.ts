import type { Budget } from '../../bytes/budget.js';
import type { ByteSource } from '../../bytes/source.js';
import { u16, u32, u64 } from '../../bytes/read.js';
import {
  END_SIGNATURE,
  END_SIZE,
  MAX_COMMENT,
  SENTINEL_16,
  SENTINEL_32,
  ZIP64_END_SIGNATURE,
  ZIP64_END_SIZE,
  ZIP64_LOCATOR_SIGNATURE,
  ZIP64_LOCATOR_SIZE,
} from './layout.js';
import { MAX_END_RECORDS } from '../../model/limits.js';

/** Number, size and offset of a directory as an end record gives them. */
export interface DirectoryFields {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
}

export interface Zip64End extends DirectoryFields {
  /** Where the record lies. */
  readonly at: number;
  /** Behind the record and its extensible data. */
  readonly end: number;
}

/** One end-of-central-directory record, whether or not a reader picks it. */
export interface EndRecord extends DirectoryFields {
  readonly at: number;
  readonly commentEnd: number;
  /** Bytes of the comment that lie behind the end of the file. */
  readonly commentCut: number;
  /** Number of this disk and of the one where the directory begins; 0 in every whole archive. */
  readonly disks: number;
  /** Where the zip64 locator directly before it lies, or null. */
  readonly locator: { readonly at: number; readonly recordOffset: number; readonly otherDisks: boolean } | null;
  /** The zip64 record that the locator points to: what miniz reads. */
  readonly zip64Located: Zip64End | null;
  /** The zip64 record directly before the locator: what Python's zipfile reads (`_EndRecData64`). */
  readonly zip64Adjacent: Zip64End | null;
}

export interface EndRecords {
  /** From the end of the file backwards. */
  readonly records: readonly EndRecord[];
  /** Signatures beyond the limit that were not read. */
  readonly skipped: number;
  /** What Python's `_EndRecData` and what miniz' `mz_zip_reader_locate_header_sig` would pick. */
  readonly pickedByZipfile: EndRecord | null;
  readonly pickedByMiniz: EndRecord | null;
}

/**
 * Python looks for the record in the last 64 KiB + 22 bytes; miniz goes back in steps of 4 KiB and so looks at up to
 * one step more.
 */
export const TAIL_BYTES = MAX_COMMENT + 1 + END_SIZE + 4096;

class Tail {
  readonly #source: ByteSource;
  readonly start: number;
  readonly bytes: Uint8Array;

  constructor(source: ByteSource, start: number, bytes: Uint8Array) {
    this.#source = source;
    this.start = start;
    this.bytes = bytes;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < 0) return this.bytes.subarray(0, 0);
    if (offset >= this.start) return this.bytes.subarray(offset - this.start, offset - this.start + length);
    return (await this.#source.read(offset, length)).slice();
  }
}

export async function findEndRecords(source: ByteSource, size: number, budget: Budget): Promise<EndRecords> {
  const start = Math.max(0, size - TAIL_BYTES);
  const tail = new Tail(source, start, (await source.read(start, size - start)).slice());
  const records: EndRecord[] = [];
  let skipped = 0;
  const last = tail.bytes.length - END_SIZE;
  // Below 0 `lastIndexOf` would count from the end.
  for (let at = last; at >= 0 && (at = tail.bytes.lastIndexOf(0x50, at)) >= 0; at -= 1) {
    if (u32(tail.bytes, at) !== END_SIGNATURE) continue;
    if (records.length < MAX_END_RECORDS) records.push(await readEndRecord(tail, start + at, size));
    else skipped += 1;
  }
  budget.checkTime();
  return {
    records,
    skipped,
    pickedByZipfile: zipfilePick(tail, records, size),
    pickedByMiniz: records[0] ?? null,
  };
}

/** A record without comment at the very end; otherwise the last signature, which must have a whole record behind it. */
function zipfilePick(tail: Tail, records: readonly EndRecord[], size: number): EndRecord | null {
  const last = records[0] ?? null;
  if (last === null || (last.at === size - END_SIZE && last.commentEnd === size)) return last;
  for (let at = tail.bytes.length - 4; at > tail.bytes.length - END_SIZE && at >= 0; at -= 1) {
    if (u32(tail.bytes, at) === END_SIGNATURE) return null;
  }
  return size - last.at <= MAX_COMMENT + 1 + END_SIZE ? last : null;
}

async function readEndRecord(tail: Tail, at: number, size: number): Promise<EndRecord> {
  const record = await tail.read(at, END_SIZE);
  const fieldsWith = ({
    locator,
    zip64Located,
    zip64Adjacent,
  }: Pick<EndRecord, 'locator' | 'zip64Located' | 'zip64Adjacent'>): EndRecord => ({
    at,
    entries: u16(record, 10),
    size: u32(record, 12),
    offset: u32(record, 16),
    commentCut: Math.max(0, at + END_SIZE + u16(record, 20) - size),
    disks: u32(record, 4),
    commentEnd: Math.min(size, at + END_SIZE + u16(record, 20)),
    locator,
    zip64Located,
    zip64Adjacent,
  });
  const locatorAt = at - ZIP64_LOCATOR_SIZE;
  const locator = await tail.read(locatorAt, ZIP64_LOCATOR_SIZE);
  if (locator.length < ZIP64_LOCATOR_SIZE || u32(locator, 0) !== ZIP64_LOCATOR_SIGNATURE) {
    return fieldsWith({ locator: null, zip64Located: null, zip64Adjacent: null });
  }
  const recordOffset = u64(locator, 8);
  return fieldsWith({
    locator: { at: locatorAt, recordOffset, otherDisks: u32(locator, 4) !== 0 || u32(locator, 16) > 1 },
    zip64Located: recordOffset < size ? await readZip64End(tail, recordOffset) : null,
    zip64Adjacent: await readZip64End(tail, locatorAt - ZIP64_END_SIZE),
  });
}

async function readZip64End(tail: Tail, at: number): Promise<Zip64End | null> {
  const record = await tail.read(at, ZIP64_END_SIZE);
  if (record.length < ZIP64_END_SIZE || u32(record, 0) !== ZIP64_END_SIGNATURE) return null;
  return {
    at,
    end: at + 12 + u64(record, 4),
    entries: u64(record, 32),
    size: u64(record, 40),
    offset: u64(record, 48),
  };
}

/** How a reader locates a directory: where it starts, and what it adds to the offsets in it. */
export interface DirectoryLocation extends DirectoryFields {
  readonly start: number;
  /** Bytes before the archive that the reader allows for: Python's "concat". */
  readonly shift: number;
  readonly reader: string;
}

/**
 * Every location that some reader gives the directory of one end record, without repetitions.
 *
 * - zipfile up to 3.13: the directory ends where the end records begin; its offset is ignored.
 * - zipfile with the checks of 2025: the same with the located zip64 record.
 * - miniz: the offset as written, from the located zip64 record if there is one.
 * - readers without zip64: the 32-bit fields, with both rules.
 */
export function directoryLocations(record: EndRecord, size: number): DirectoryLocation[] {
  const locations: DirectoryLocation[] = [];
  const add = (reader: string, fields: DirectoryFields, start: number): void => {
    const shift = start - fields.offset;
    if (!Number.isSafeInteger(start) || start < 0 || start > size) return;
    if (
      locations.some(
        (location) => location.start === start && location.shift === shift && location.size === fields.size,
      )
    )
      return;
    locations.push({ reader, start, shift, entries: fields.entries, size: fields.size, offset: fields.offset });
  };
  const { zip64Adjacent: adjacent, zip64Located: located } = record;
  const zipfile = adjacent ?? record;
  add('zipfile', zipfile, (adjacent?.at ?? record.at) - zipfile.size);
  const miniz = located ?? record;
  add('PyTorch', miniz, miniz.offset);
  if (located !== null) add('zipfile', located, located.at - located.size);
  const hasPlaceholder = record.entries === SENTINEL_16 || record.size === SENTINEL_32 || record.offset === SENTINEL_32;
  // With a zip64 record in front, no reader takes a directory right before the end record; without, zipfile does.
  if (record.locator !== null && !hasPlaceholder) add('a reader without zip64', record, record.offset);
  return locations;
}

/** What the zip64 records of one end record say against each other, for people. */
export function zip64Contradiction(record: EndRecord): string | null {
  const { locator, zip64Located: located, zip64Adjacent: adjacent } = record;
  if (locator === null) return null;
  if (locator.otherDisks) return 'the zip64 locator speaks of several disks: Python refuses the archive';
  const fields = located ?? adjacent;
  if (fields === null) return 'a zip64 locator points to no zip64 end record';
  if (located !== null && located.end !== locator.at) {
    return `the zip64 end record at ${located.at} does not end at its locator`;
  }
  const differs =
    (record.entries !== SENTINEL_16 && record.entries !== fields.entries) ||
    (record.size !== SENTINEL_32 && record.size !== fields.size) ||
    (record.offset !== SENTINEL_32 && record.offset !== fields.offset);
  return differs ? 'the zip64 end record and the end record describe different directories' : null;
}
