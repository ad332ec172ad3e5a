import type { Budget } from '../../bytes/budget.js';
import { sliceSource, type ByteRange, type ByteSource } from '../../bytes/source.js';
import { HEAD_BYTES } from '../../model/format.js';
import { storageRecords } from './torch-storages.js';
import { distinct, type Claim, type ZipArchive, type ZipEntry } from './archive.js';
import { fitsLocalHeader, readDirectory, type CentralRecord, type Directory } from './directory.js';
import { directoryLocations, findEndRecords, type EndRecord } from './end-records.js';
import { gapsBetween, isCovered, overlapsIn } from '../../bytes/extents.js';
import { MAX_DESCRIPTOR, readDescriptor, readLocalHeader, type Descriptor, type LocalHeader } from './local-header.js';
import { END_SIZE, FLAG_DESCRIPTOR, ZIP64_LOCATOR_SIZE } from './layout.js';
import { findUnlisted } from './unlisted.js';

/** Bytes asked for when a source must be read to its end to learn its size. */
const SIZE_STEP = 256 * 1024;
/** Planned for an entry: its local header with its name and the alignment padding of torch, and how its data begin. */
const PLANNED_BYTES = 192 + HEAD_BYTES;
/** Entries whose headers are planned at a time: what comes stays in the cache until it is read. */
const PLANNED_ENTRIES = 256;
/** The smallest descriptor (4.3.9): CRC and two sizes of four bytes. */
const MIN_DESCRIPTOR = 12;

/** The keys of the storages that a checkpoint's pickle names. */
export type NamedStorages = (pickle: ByteSource) => Promise<ReadonlySet<string>>;

/**
 * Reads what an archive says about itself: its tail, its directories, its local headers and the bytes between them;
 * never a member's data. `named`: local headers of the storages that it gives for a checkpoint's pickle are left unread.
 */
export async function readZip(source: ByteSource, budget: Budget, named?: NamedStorages): Promise<ZipArchive> {
  const size = await sizeOf(source, budget);
  const ends = await findEndRecords(source, size, budget);
  const endRecords: EndRecord[] = [];
  const directories: Directory[] = [];
  const entries: ZipEntry[] = [];
  const seen = new SeenRecords(directories);
  for (const record of ends.records) {
    // A stored archive as the last member has its own end record; a reader that searches for ours never gets to it, except a
    // reader that wants the comment to reach the end of the file exactly.
    const inData = isCovered(
      entries.flatMap((entry) => entry.data ?? []),
      record.at,
    );
    const reachesEnd = record.commentEnd === size;
    if (inData && !reachesEnd) continue;
    endRecords.push(record);
    const fresh: { record: CentralRecord; directory: number }[] = [];
    for (const location of directoryLocations(record, size)) {
      const directory = await readDirectory(source, size, record, location, budget);
      if (directory === null || directories.some((other) => isSameLocation(other, directory))) continue;
      directories.push(directory);
      const index = directories.length - 1;
      for (const central of seen.freshOf(directory, index)) fresh.push({ record: central, directory: index });
    }
    const [only] = directories;
    const unread =
      named !== undefined && only !== undefined && directories.length === 1 && ends.records.length === 1
        ? await leftUnread(source, only, named)
        : NONE;
    // No spread: there may be more entries than a call takes arguments.
    for (const entry of await withLocalHeaders(source, size, unread, fresh, directories, entries.length, budget))
      entries.push(entry);
  }
  const records = directoryClaims(endRecords, directories);
  const claims = [...entries.flatMap(entryClaims), ...records];
  const gaps = gapsBetween(claims, size);
  const search = await findUnlisted(source, size, gaps, budget);
  return {
    source,
    size,
    endRecords,
    pickedByZipfile: ends.pickedByZipfile,
    pickedByMiniz: ends.pickedByMiniz,
    skippedEndRecords: ends.skipped,
    directories,
    records,
    entries,
    unlisted: search.entries,
    searchCut: search.cut,
    gaps: search.entries.length === 0 ? gaps : gapsBetween([...claims, ...search.entries.flatMap(entryClaims)], size),
    overlaps: overlapsIn(claims.filter((claim) => claim.entry !== null || claim.isDirectory)),
  };
}

async function sizeOf(source: ByteSource, budget: Budget): Promise<number> {
  let end = 0;
  while (!Number.isFinite(source.size)) {
    const bytes = await source.read(end, SIZE_STEP);
    end += bytes.length;
    budget.checkTime();
    if (bytes.length === 0) return end;
  }
  return source.size;
}

function isSameLocation(left: Directory, right: Directory): boolean {
  return left.start === right.start && left.shift === right.shift && left.end === right.end;
}

/** Which records have stood in an earlier directory. */
class SeenRecords {
  readonly #directories: readonly Directory[];
  readonly #firstSeenIn = new Map<string, number>();
  #known = 0;

  constructor(directories: readonly Directory[]) {
    this.#directories = directories;
  }

  /** Within one directory a repeated record is a duplicate; in another one it is the same entry again. */
  freshOf(directory: Directory, index: number): readonly CentralRecord[] {
    // Nearly every archive has one directory, of which no keys are needed.
    if (index === 0) return directory.records;
    for (; this.#known < index; this.#known += 1) {
      for (const record of this.#directories[this.#known]?.records ?? []) {
        const key = entryKey(record);
        if (!this.#firstSeenIn.has(key)) this.#firstSeenIn.set(key, this.#known);
      }
    }
    return directory.records.filter((record) => !this.#firstSeenIn.has(entryKey(record)));
  }
}

/** Two records with this in common give a reader the same name and the same bytes. */
function entryKey(record: CentralRecord): string {
  const numbers = [record.localOffset, record.flags, record.method, record.crc, record.compressed, record.uncompressed];
  return `${numbers.join()}:${record.name}`;
}

const NONE: ReadonlyMap<CentralRecord, ByteRange> = new Map();

/** Records whose local headers are left unread, and what they take. */
async function leftUnread(
  source: ByteSource,
  { start, records, broken, cut }: Directory,
  named: NamedStorages,
): Promise<ReadonlyMap<CentralRecord, ByteRange>> {
  const checkpoint = broken === null && !cut ? storageRecords(records, start) : null;
  if (checkpoint === null) return NONE;
  const { pickle, storages } = checkpoint;
  const local = await readLocalHeader(source, pickle.localOffset, pickle);
  if (local === null) return NONE;
  const unread = new Map<CentralRecord, ByteRange>();
  for (const key of await named(sliceSource(source, local.dataStart, pickle.compressed))) {
    const storage = storages.get(key);
    if (storage !== undefined) unread.set(storage.record, storage.extent);
  }
  return unread;
}

async function withLocalHeaders(
  source: ByteSource,
  size: number,
  unread: ReadonlyMap<CentralRecord, ByteRange>,
  records: readonly { readonly record: CentralRecord; readonly directory: number }[],
  directories: readonly Directory[],
  firstOrder: number,
  budget: Budget,
): Promise<ZipEntry[]> {
  const boundaries = directories.flatMap(({ start, record }) => [start, record.at]);
  boundaries.push(size);
  for (const { record } of records) {
    if (fitsLocalHeader(record.localOffset, size)) boundaries.push(record.localOffset);
  }
  boundaries.sort((left, right) => left - right);
  const entries: ZipEntry[] = [];
  const inFileOrder = Uint32Array.from(records.keys());
  if (!isInFileOrder(records))
    inFileOrder.sort((a, b) => (records[a]?.record.localOffset ?? 0) - (records[b]?.record.localOffset ?? 0));
  let count = 0;
  for (const index of inFileOrder) {
    const fresh = records[index];
    if (fresh === undefined) continue;
    const { record, directory } = fresh;
    if (count % PLANNED_ENTRIES === 0) {
      budget.checkTime();
      const planned = source.prefetch?.(plannedHeaders(records, inFileOrder, count, unread));
      if (planned !== undefined) await planned;
    }
    count += 1;
    const left = unread.get(record);
    if (left !== undefined) {
      entries[index] = unreadEntry(firstOrder + index, directory, record, left);
      continue;
    }
    const read = fitsLocalHeader(record.localOffset, size) ? readLocalHeader(source, record.localOffset, record) : null;
    const local = read instanceof Promise ? await read : read;
    const data = local === null ? null : { start: local.dataStart, end: local.dataStart + record.compressed };
    const room = data === null ? 0 : (firstFrom(boundaries, data.end) ?? size) - data.end;
    const before =
      room < MIN_DESCRIPTOR || data === null ? null : source.read(data.end, Math.min(room, MAX_DESCRIPTOR));
    const behind = before instanceof Promise ? await before : before;
    const descriptor = behind === null || data === null ? null : descriptorOf(behind, data.end, room, local, record);
    entries[index] = {
      order: firstOrder + index,
      directory,
      central: record,
      local,
      descriptor,
      name: record.name,
      names:
        local?.isNameOfDirectory === true && record.unicodeName === null
          ? [record.name]
          : distinct([record.name, record.unicodeName, local?.name]),
      data,
      sizeUnknown: false,
    };
  }
  return entries;
}

/** The local headers that are read next, each with the descriptor of the entry before it. */
function* plannedHeaders(
  records: readonly { readonly record: CentralRecord }[],
  inFileOrder: Uint32Array,
  from: number,
  unread: ReadonlyMap<CentralRecord, ByteRange>,
): Generator<ByteRange> {
  for (const index of inFileOrder.subarray(from, from + PLANNED_ENTRIES)) {
    const record = records[index]?.record;
    if (record !== undefined && !unread.has(record))
      yield { start: record.localOffset - MAX_DESCRIPTOR, end: record.localOffset + PLANNED_BYTES };
  }
}

function unreadEntry(order: number, directory: number, central: CentralRecord, unread: ByteRange): ZipEntry {
  const { name } = central;
  const nothing = { local: null, descriptor: null, data: null, sizeUnknown: false };
  return { order, directory, central, ...nothing, name, names: [name], unread };
}

/** As writers leave them: nothing is to be sorted then. */
function isInFileOrder(records: readonly { readonly record: CentralRecord }[]): boolean {
  let before = 0;
  for (const { record } of records) {
    if (record.localOffset < before) return false;
    before = record.localOffset;
  }
  return true;
}

function firstFrom(sorted: readonly number[], value: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

/** Without flag bit 3 only a descriptor that fits to the last number is one: some writers forget the flag. */
function descriptorOf(
  bytes: Uint8Array,
  at: number,
  room: number,
  local: LocalHeader | null,
  record: CentralRecord,
): Descriptor | null {
  const descriptor = readDescriptor(bytes, at, room, record);
  if (descriptor === null) return null;
  if (((record.flags | (local?.flags ?? 0)) & FLAG_DESCRIPTOR) !== 0) return descriptor;
  const fits = descriptor.crc === record.crc && descriptor.compressed === record.compressed;
  return fits && descriptor.uncompressed === record.uncompressed ? descriptor : null;
}

interface ReadClaim extends Claim {
  /** A directory may not lie in an entry's data either; end records may lie anywhere. */
  readonly isDirectory: boolean;
}

function entryClaims(entry: ZipEntry): ReadClaim[] {
  if (entry.unread !== undefined) return [{ ...entry.unread, entry, isDirectory: false }];
  if (entry.local === null || entry.data === null) return [];
  const claims: ReadClaim[] = [{ start: entry.local.at, end: entry.data.end, entry, isDirectory: false }];
  const { descriptor } = entry;
  if (descriptor !== null) {
    claims.push({ start: descriptor.at, end: descriptor.at + descriptor.length, entry: null, isDirectory: false });
  }
  return claims;
}

function directoryClaims(endRecords: readonly EndRecord[], directories: readonly Directory[]): ReadClaim[] {
  const claim = ({ start, end }: ByteRange, isDirectory: boolean): ReadClaim => ({
    start,
    end,
    entry: null,
    isDirectory,
  });
  const claims: ReadClaim[] = [];
  // One directory may be read at several sizes; it is one range.
  const ends = new Map<number, number>();
  for (const { start, end } of directories) ends.set(start, Math.max(end, ends.get(start) ?? 0));
  for (const [start, end] of ends) if (end > start) claims.push(claim({ start, end }, true));
  for (const record of endRecords) {
    claims.push(claim({ start: record.at, end: Math.max(record.commentEnd, record.at + END_SIZE) }, false));
    const { locator } = record;
    if (locator === null) continue;
    claims.push(claim({ start: locator.at, end: locator.at + ZIP64_LOCATOR_SIZE }, false));
    for (const zip64 of [record.zip64Located, record.zip64Adjacent]) {
      if (zip64 !== null) claims.push(claim({ start: zip64.at, end: Math.min(zip64.end, locator.at) }, false));
    }
  }
  return claims;
}
