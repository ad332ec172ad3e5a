import type { Budget } from '../../bytes/budget.js';
import { u32 } from '../../bytes/read.js';
import { type ByteRange, EMPTY, type ByteSource } from '../../bytes/source.js';
import { isUnset, type ZipEntry } from './archive.js';
import { CENTRAL_SIGNATURE, DESCRIPTOR_SIGNATURE, LOCAL_SIGNATURE } from './layout.js';
import { MAX_DESCRIPTOR, readDescriptor, readLocalHeader, type Descriptor, type LocalHeader } from './local-header.js';
import { UNLISTED_SEARCH_BYTES } from '../../model/limits.js';

export interface UnlistedSearch {
  readonly entries: readonly ZipEntry[];
  readonly cut: string | null;
}

const WINDOW_BYTES = 64 * 1024;

/** Searches for signatures through a window, and counts the bytes that it read. */
class SignatureScanner {
  left = UNLISTED_SEARCH_BYTES;
  readonly #source: ByteSource;
  readonly #budget: Budget;
  #start = 0;
  #bytes: Uint8Array = EMPTY;

  constructor(source: ByteSource, budget: Budget) {
    this.#source = source;
    this.#budget = budget;
  }

  /** The first offset in [from, to) with one of the signatures; null where there is none or the limit was reached. */
  async find(from: number, to: number, signatures: readonly number[]): Promise<number | null> {
    for (let at = from; at + 4 <= to && this.left > 0;) {
      if (at < this.#start || at + 4 > this.#start + this.#bytes.length) {
        this.#budget.checkTime();
        this.#bytes = (await this.#source.read(at, Math.min(WINDOW_BYTES, to - at))).slice();
        this.#start = at;
        if (this.#bytes.length < 4) return null;
      }
      const index = this.#bytes.indexOf(0x50, at - this.#start);
      const next = this.#start + (index === -1 ? this.#bytes.length : index);
      this.left -= next - at + 1;
      const isWhole = index !== -1 && index + 4 <= this.#bytes.length;
      if (isWhole && signatures.includes(u32(this.#bytes, index))) return next;
      // A signature that crosses the window's end is read again in the next window.
      at = isWhole ? next + 1 : next;
    }
    return null;
  }
}

/** Local headers in bytes that nothing claims: what a reader that walks from header to header would find there. */
export async function findUnlisted(
  source: ByteSource,
  size: number,
  gaps: readonly ByteRange[],
  budget: Budget,
): Promise<UnlistedSearch> {
  const scanner = new SignatureScanner(source, budget);
  const entries: ZipEntry[] = [];
  for (const gap of gaps) {
    let at: number | null = gap.start;
    while (at !== null && at < gap.end) {
      at = await scanner.find(at, gap.end, [LOCAL_SIGNATURE]);
      if (scanner.left <= 0) return { entries, cut: `only ${UNLISTED_SEARCH_BYTES} unclaimed bytes were searched` };
      if (at === null) break;
      const read = readLocalHeader(source, at);
      const local = read instanceof Promise ? await read : read;
      if (local === null) {
        at += 4;
        continue;
      }
      if (entries.length > budget.limits.members)
        return { entries, cut: `only ${entries.length} headers were followed` };
      const entry = await unlistedEntry(source, size, scanner, local, gap.end, entries.length);
      entries.push(entry);
      at = Math.max(
        local.dataStart,
        entry.descriptor === null ? dataEnd(entry) : entry.descriptor.at + entry.descriptor.length,
      );
    }
  }
  return { entries, cut: null };
}

function dataEnd(entry: ZipEntry): number {
  return entry.data?.end ?? 0;
}

async function unlistedEntry(
  source: ByteSource,
  size: number,
  scanner: SignatureScanner,
  local: LocalHeader,
  gapEnd: number,
  order: number,
): Promise<ZipEntry> {
  const sizeUnknown = isUnset(local, local.compressed);
  let end = Math.min(size, local.dataStart + local.compressed);
  let descriptor: Descriptor | null = null;
  if (sizeUnknown) {
    ({ end, descriptor } = await searchEnd(source, scanner, local, gapEnd));
  } else if (end + MAX_DESCRIPTOR <= gapEnd) {
    const bytes = (await source.read(end, MAX_DESCRIPTOR)).slice();
    if (u32(bytes, 0) === DESCRIPTOR_SIGNATURE) descriptor = readDescriptor(bytes, end, gapEnd - end, local);
  }
  return {
    order,
    directory: null,
    central: null,
    local,
    descriptor,
    name: local.name,
    names: [local.name],
    data: { start: local.dataStart, end },
    sizeUnknown,
  };
}

/** A streamed entry ends before a descriptor that tells its size, or at the next header, or with the gap. */
async function searchEnd(
  source: ByteSource,
  scanner: SignatureScanner,
  local: LocalHeader,
  gapEnd: number,
): Promise<{ end: number; descriptor: Descriptor | null }> {
  const start = local.dataStart;
  for (let at: number | null = start; ; at += 4) {
    at = await scanner.find(at, gapEnd, [LOCAL_SIGNATURE, CENTRAL_SIGNATURE, DESCRIPTOR_SIGNATURE]);
    if (at === null) return { end: Math.max(start, gapEnd), descriptor: null };
    const bytes = (await source.read(at, MAX_DESCRIPTOR)).slice();
    if (u32(bytes, 0) !== DESCRIPTOR_SIGNATURE) return { end: at, descriptor: null };
    const compressed = at - start;
    for (const length of [16, 24]) {
      const descriptor = readDescriptor(bytes.subarray(0, length), at, length, {
        crc: -1,
        compressed,
        uncompressed: -1,
      });
      if (descriptor?.compressed === compressed && descriptor.length === length) return { end: at, descriptor };
    }
  }
}
