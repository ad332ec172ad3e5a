import { latin1 } from '../../bytes/read.js';
import { EMPTY } from '../../bytes/source.js';
import type { ZipArchive, ZipEntry } from './archive.js';
import { rawName, type CentralRecord } from './directory.js';
import { CENTRAL_SIZE, LOCAL_SIZE } from './layout.js';

/**
 * Looks entries up as miniz does for PyTorch (third_party/miniz, `mz_zip_reader_locate_file`): by bisection of the names,
 * which a heap sort has ordered without regard to case. Of equal names the sort decides which one is met; where there are
 * none, every lookup gives the same, and nothing is sorted.
 */
export class MinizDirectory {
  /** Names as written, in the order of the directory. */
  readonly names: readonly string[];
  readonly #records: readonly CentralRecord[];
  readonly #archive: ZipArchive;
  /** By the name without regard to case; null where two entries have the same one. */
  readonly #byName: ReadonlyMap<string, CentralRecord> | null;
  #sorted: { readonly names: readonly Uint8Array[]; readonly order: readonly number[] } | null = null;

  private constructor(archive: ZipArchive, records: readonly CentralRecord[]) {
    this.#archive = archive;
    this.#records = records;
    this.names = records.map(({ name, oddName }) => (oddName === null ? name : latin1(oddName)));
    const byName = new Map<string, CentralRecord>();
    for (const [i, record] of records.entries()) byName.set(folded(this.names[i] ?? ''), record);
    this.#byName = byName.size === records.length ? byName : null;
  }

  /** Null where miniz finds no directory that it takes (`mz_zip_reader_read_central_dir`). */
  static of(archive: ZipArchive): MinizDirectory | null {
    const end = archive.pickedByMiniz;
    if (end === null || end.disks !== 0) return null;
    const { offset, size, entries } = end.zip64Located ?? end;
    const directory = archive.directories.find(({ record, start }) => record === end && start === offset);
    if (directory === undefined || directory.records.length < entries) return null;
    const records = directory.records.slice(0, entries);
    const last = records.at(-1);
    if (last !== undefined && last.at + CENTRAL_SIZE + rawName(last).length > offset + size) return null;
    return records.every((record) => isTaken(record, archive.size)) ? new MinizDirectory(archive, records) : null;
  }

  /** Null where no entry has the name, whose characters are bytes. */
  locate(name: string): CentralRecord | null {
    return this.#byName === null ? this.#bisected(name) : (this.#byName.get(folded(name)) ?? null);
  }

  #bisected(name: string): CentralRecord | null {
    const { names, order } = (this.#sorted ??= sorted(this.#records));
    const wanted = Uint8Array.from(name, (char) => lower(char.charCodeAt(0)));
    let low = 0;
    let high = order.length - 1;
    while (low <= high) {
      const middle = low + ((high - low) >> 1);
      const index = order[middle] ?? 0;
      const difference = compare(names[index] ?? EMPTY, wanted);
      if (difference === 0) return this.#records[index] ?? null;
      if (difference < 0) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /** The bytes in the archive for a record of the directory. */
  entryOf(record: CentralRecord): ZipEntry | null {
    const found = this.#archive.entries.find(
      ({ central }) =>
        central === record ||
        (central !== null &&
          central.localOffset === record.localOffset &&
          central.compressed === record.compressed &&
          central.uncompressed === record.uncompressed &&
          central.method === record.method),
    );
    return found ?? null;
  }
}

function isTaken({ localOffset, compressed, uncompressed, method, time }: CentralRecord, size: number): boolean {
  if (method === 0 && time === 0 && uncompressed !== compressed) return false;
  if (uncompressed > 0 && compressed === 0) return false;
  return localOffset + LOCAL_SIZE + compressed <= size;
}

function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}

/** A name whose characters are bytes, as miniz compares it: the letters of ASCII have no case. */
function folded(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function sorted(records: readonly CentralRecord[]): { names: readonly Uint8Array[]; order: readonly number[] } {
  const names = records.map((record) => rawName(record).map(lower));
  const less = (left: number, right: number): boolean => compare(names[left] ?? EMPTY, names[right] ?? EMPTY) < 0;
  return { names, order: heapSorted(records.length, less) };
}

function compare(left: Uint8Array, right: Uint8Array): number {
  const common = Math.min(left.length, right.length);
  for (let i = 0; i < common; i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** `mz_zip_reader_sort_central_dir_offsets_by_filename`, step by step: it is not stable. */
function heapSorted(size: number, less: (left: number, right: number) => boolean): number[] {
  const order = Array.from({ length: size }, (_, index) => index);
  const at = (index: number): number => order[index] ?? 0;
  const swap = (left: number, right: number): void => {
    [order[left], order[right]] = [at(right), at(left)];
  };
  const sink = (from: number, end: number): void => {
    for (let root = from; ;) {
      let child = root * 2 + 1;
      if (child >= end) return;
      if (child + 1 < end && less(at(child), at(child + 1))) child += 1;
      if (!less(at(root), at(child))) return;
      swap(root, child);
      root = child;
    }
  };
  for (let start = Math.floor((size - 2) / 2); start >= 0; start -= 1) sink(start, size);
  for (let end = size - 1; end > 0; end -= 1) {
    swap(end, 0);
    sink(0, end);
  }
  return order;
}
