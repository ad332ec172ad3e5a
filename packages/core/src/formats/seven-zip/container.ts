import { ENTRY, GAP, TAIL } from '../../model/origin.js';
import type { Budget } from '../../bytes/budget.js';
import { readExact, u32, u64 } from '../../bytes/read.js';
import { sliceSource, type ByteSource } from '../../bytes/source.js';
import { crc32 } from '../../codecs/crc32.js';
import { causeOf, InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import type { ArchiveAmbiguity, Fact, Notice } from '../../model/fact.js';
import { memberPath, type Container, type Member, type Opened } from '../members/container.js';
import { EntryNames, nthName } from '../members/entry-names.js';
import { entryPathProblems, linkEscape, quoteName } from '../members/entry-path.js';
import { HeaderCursor } from './cursor.js';
import { folderSource, type PackedStreams } from './folder.js';
import { readHeader, unpackedSize, type FileEntry, type Header, type Streams, type SubStream } from './headers.js';
import { MAX_HEADER_LAYERS, SEVEN_ZIP_HEADER_BYTES } from '../../model/limits.js';

const SIGNATURE = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c];
const SIGNATURE_HEADER_BYTES = 32;

/** Files up to this size are read for their CRC: every analysis reads them whole anyway. */
const CRC_BYTES = 64 * 1024;

/** Whether a source begins with the signature of 7z. */
export function isSevenZip(head: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => head[i] === byte);
}

/**
 * A 7z archive (LZMA SDK, DOC/7zFormat.txt). Files are decoded only where they are read; those of one folder share
 * a decoder, so that reading them in order decodes the folder once.
 *
 *   signature 6, version 2, CRC of the next 20: 4, offset of the header 8, its size 8, its CRC 4
 *   packed streams
 *   header
 */
export const sevenZip: Container = (member, budget) => new SevenZip(member, budget).open();

interface Range {
  readonly start: number;
  readonly end: number;
}

interface ArchiveFile {
  readonly entry: FileEntry;
  readonly stream: SubStream;
}

class SevenZip {
  readonly #container: Member;
  readonly #source: ByteSource;
  readonly #budget: Budget;
  readonly #names = new EntryNames();
  /** Parts of the archive that something accounts for. */
  readonly #claimed: Range[] = [];

  constructor(container: Member, budget: Budget) {
    this.#container = container;
    this.#source = container.source;
    this.#budget = budget;
  }

  async *open(): AsyncGenerator<Opened, void> {
    const header = yield* this.#header();
    if (header !== null && header.kind === 'plain') {
      for (const file of header.files) yield* this.#pathFacts(file);
      yield* this.#folders(header.streams, header.files);
    }
    yield* this.#gaps();
  }

  /** Finds the header and unpacks it; null where the archive says that there is none. */
  async *#header(): AsyncGenerator<Opened, Header | null> {
    const start = await readExact(this.#source, 0, SIGNATURE_HEADER_BYTES, 'the 7z signature header');
    if (!isSevenZip(start)) throw new InputError("no 7z signature: '7z' bc af 27 1c expected", 0);
    if (start[6] !== 0) throw new UnsupportedError(`7z version ${start[6]}.${start[7]}`, 6);
    if (crc32(start.subarray(12)) !== u32(start, 8)) yield this.#checksum(8, 'the 7z signature header');
    const offset = SIGNATURE_HEADER_BYTES + u64(start, 12);
    const size = u64(start, 20);
    this.#claim(0, SIGNATURE_HEADER_BYTES);
    this.#budget.ledger.claim(this.#source, 0, SIGNATURE_HEADER_BYTES, 'parsed');
    if (size === 0) {
      if (offset !== SIGNATURE_HEADER_BYTES || this.#source.size > SIGNATURE_HEADER_BYTES) {
        yield this.#notice('truncated', 12, 'the archive has no header: it was not finished');
      }
      return null;
    }
    checkHeaderSize(size);
    if (offset + size > this.#source.size) {
      throw new InputError(
        `truncated: the 7z header should lie at ${offset} to ${offset + size}, the file has ${this.#source.size} bytes`,
        this.#source.size,
        'truncated',
      );
    }
    const bytes = await readExact(this.#source, offset, size, 'the 7z header');
    this.#claim(offset, offset + size);
    this.#budget.ledger.claim(this.#source, offset, offset + size, 'parsed');
    if (crc32(bytes) !== u32(start, 28)) yield this.#checksum(offset, 'the 7z header');
    return yield* this.#unpackHeader(readHeader(new HeaderCursor(bytes, offset)));
  }

  async *#unpackHeader(outer: Header): AsyncGenerator<Opened, Header> {
    let header = outer;
    for (let layer = 0; header.kind === 'encoded'; layer += 1) {
      if (layer === MAX_HEADER_LAYERS)
        throw new InputError(`corrupt 7z header: packed more than ${MAX_HEADER_LAYERS} times`, 0);
      const [folder] = header.streams.folders;
      const [packed] = this.#packedStreams(header.streams);
      if (folder === undefined || packed === undefined)
        throw new InputError('corrupt 7z header: it is packed and nothing says how', 0);
      const size = unpackedSize(folder);
      checkHeaderSize(size);
      const source = openPackedHeader(() => folderSource(folder, packed, this.#budget));
      const bytes = await readExact(source, 0, size, 'the packed 7z header');
      if (folder.crc !== null && crc32(bytes) !== folder.crc)
        yield this.#checksum(packed.starts[0] ?? 0, 'the packed 7z header');
      this.#budget.ledger.claim(source, 0, size, 'parsed');
      header = readHeader(new HeaderCursor(bytes, null));
    }
    return header;
  }

  /** By folder: where its packed streams lie. */
  #packedStreams(streams: Streams): PackedStreams[] {
    let at = SIGNATURE_HEADER_BYTES + streams.packPosition;
    let next = 0;
    return streams.folders.map((folder) => {
      const sizes = folder.packed.map(() => streams.packSizes[next++] ?? 0);
      const starts = sizes.map((size) => {
        at += size;
        this.#claim(at - size, at);
        return at - size;
      });
      return { source: this.#source, starts, sizes };
    });
  }

  async *#folders(streams: Streams, entries: readonly FileEntry[]): AsyncGenerator<Opened, void> {
    const packed = this.#packedStreams(streams);
    const withStream = entries.filter((entry) => entry.hasStream);
    let next = 0;
    for (const [i, folder] of streams.folders.entries()) {
      this.#budget.checkTime();
      const files = (streams.subStreams[i] ?? []).map((stream) => {
        const entry = withStream[next] ?? { name: null, hasStream: true, unixMode: null };
        next += 1;
        return { entry: entry.name === null ? { ...entry, name: `[file ${next}]` } : entry, stream };
      });
      const packs = packed[i];
      if (packs === undefined) throw new InputError('7z: a folder without packed streams', 0);
      yield* this.#declaredSizes(packs, unpackedSize(folder));
      let source: ByteSource;
      try {
        source = folderSource(folder, packs, this.#budget);
      } catch (error) {
        if (!(error instanceof UnsupportedError) && !(error instanceof InputError)) throw error;
        if (files.length > 0) yield this.#notice(causeOf(error), error.offset, `${listed(files)}: ${error.message}`);
        continue;
      }
      for (const file of files) yield* this.#file(file, source, packs);
    }
    if (next < withStream.length) {
      yield this.#notice(
        'corrupt',
        null,
        `${withStream.length - next} files have no data, beginning with ${quoteName(withStream[next]?.name ?? '')}`,
      );
    }
  }

  *#declaredSizes(packs: PackedStreams, size: number): Generator<Opened> {
    const start = packs.starts[0] ?? 0;
    const end = (packs.starts.at(-1) ?? 0) + (packs.sizes.at(-1) ?? 0);
    if (end > this.#source.size) {
      yield this.#notice(
        'truncated',
        this.#source.size,
        `the packed data of a 7z folder lies at ${start} to ${end}, the file has ${this.#source.size} bytes`,
      );
    }
    if (size > this.#budget.limits.decodedBytes) {
      const detail = `a 7z folder declares ${size} bytes`;
      yield { kind: 'fact', fact: { kind: 'archive.bomb', at: this.#at(start), problem: 'declared-size', detail } };
    }
  }

  async *#file(file: ArchiveFile, folder: ByteSource, packs: PackedStreams): AsyncGenerator<Opened, void> {
    const { entry, stream } = file;
    const name = entry.name ?? '';
    const use = this.#names.add(name);
    if (use.occurrence === 2)
      yield this.#ambiguous(
        'duplicate-name',
        name,
        null,
        'two entries have this name: the later one overwrites the earlier one',
      );
    if (use.foldedFrom !== null)
      yield this.#ambiguous(
        'case-folded-duplicate',
        name,
        null,
        `differs from ${quoteName(use.foldedFrom)} in case only`,
      );
    if (stream.size === 0) return;
    const source = sliceSource(folder, stream.offset, stream.size);
    if (source.size < stream.size) {
      yield this.#notice(
        'truncated',
        packs.starts[0] ?? null,
        `${quoteName(name)} needs ${stream.size} bytes, ${source.size} are stored`,
      );
    }
    yield* this.#content(entry, stream, source, packs);
    this.#budget.countMember();
    const shown = nthName(name, use.occurrence);
    const path = memberPath(this.#container.path, shown);
    yield { kind: 'member', member: { path, name, source, depth: this.#container.depth + 1, origin: ENTRY } };
  }

  /** What a small file's bytes show: whether they have their CRC, and where a link leads. */
  async *#content(
    entry: FileEntry,
    stream: SubStream,
    source: ByteSource,
    packs: PackedStreams,
  ): AsyncGenerator<Opened, void> {
    const name = entry.name ?? '';
    const isLink = ((entry.unixMode ?? 0) & 0o170000) === 0o120000;
    if (stream.size > CRC_BYTES) {
      if (isLink)
        yield this.#notice(
          'limit',
          null,
          `${quoteName(name)}: a symbolic link whose target has more than ${CRC_BYTES} bytes, which was not read`,
        );
      return;
    }
    let bytes: Uint8Array;
    try {
      bytes = (await source.read(0, stream.size)).slice();
    } catch (error) {
      // The analysis of the member meets the same error and reports it with the member's path.
      if (error instanceof InputError || error instanceof UnsupportedError) return;
      throw error;
    }
    if (bytes.length < stream.size) return;
    if (stream.crc !== null && crc32(bytes) !== stream.crc) {
      yield this.#ambiguous(
        'crc-differs',
        name,
        packs.starts[0] ?? null,
        'the data has another CRC-32 than the header says',
      );
    }
    if (!isLink) return;
    const detail = linkEscape(name, new TextDecoder().decode(bytes), 'symlink');
    if (detail === null) return;
    yield {
      kind: 'fact',
      fact: { kind: 'archive.path', at: this.#at(null), problem: 'symlink-escape', entry: name, detail },
    };
  }

  *#pathFacts(file: FileEntry): Generator<Opened> {
    const entry = file.name ?? '';
    for (const { problem, detail } of entryPathProblems(entry)) {
      yield { kind: 'fact', fact: { kind: 'archive.path', at: this.#at(null), problem, entry, detail } };
    }
  }

  /** Bytes that neither the headers nor a folder account for are analysed as they are. */
  *#gaps(): Generator<Opened> {
    const { size } = this.#source;
    if (!Number.isFinite(size)) return;
    let covered = 0;
    for (const { start, end } of [...this.#claimed.toSorted((a, b) => a.start - b.start), { start: size, end: size }]) {
      if (start > covered) {
        const detail = `${start - covered} bytes that neither a header nor a file of the archive accounts for`;
        yield this.#ambiguous(start === size ? 'appended-bytes' : 'unclaimed-bytes', null, covered, detail);
        this.#budget.countMember();
        const name = `[bytes ${covered}-${start - 1}]`;
        const source = sliceSource(this.#source, covered, start - covered);
        yield {
          kind: 'member',
          member: {
            path: memberPath(this.#container.path, name),
            name,
            source,
            depth: this.#container.depth + 1,
            origin: start === size ? TAIL : GAP,
          },
        };
      }
      covered = Math.max(covered, Math.min(end, size));
    }
  }

  #claim(start: number, end: number): void {
    if (end > start && start < this.#source.size) this.#claimed.push({ start, end: Math.min(end, this.#source.size) });
  }

  #at(offset: number | null): Fact['at'] {
    return { path: this.#container.path, offset, line: null };
  }

  #checksum(offset: number, what: string): Opened {
    return this.#notice('corrupt', offset, `7z: the CRC-32 of ${what} differs from the stored one`);
  }

  #ambiguous(problem: ArchiveAmbiguity, entry: string | null, offset: number | null, detail: string): Opened {
    return { kind: 'fact', fact: { kind: 'archive.ambiguous', at: this.#at(offset), problem, entry, detail } };
  }

  #notice(cause: Notice['cause'], offset: number | null, reason: string): Opened {
    return { kind: 'notice', notice: { path: this.#container.path, offset, cause, reason } };
  }
}

function checkHeaderSize(size: number): void {
  if (size > SEVEN_ZIP_HEADER_BYTES) {
    throw new LimitError('SEVEN_ZIP_HEADER_BYTES', `a 7z header of ${size} bytes, more than ${SEVEN_ZIP_HEADER_BYTES}`);
  }
}

function openPackedHeader(open: () => ByteSource): ByteSource {
  try {
    return open();
  } catch (error) {
    if (error instanceof UnsupportedError)
      throw new UnsupportedError(`the names and data of the 7z archive: ${error.message}`, error.offset);
    throw error;
  }
}

function listed(files: readonly ArchiveFile[]): string {
  const first = quoteName(files[0]?.entry.name ?? '');
  return files.length === 1 ? first : `${first} and ${files.length - 1} more`;
}
