import { ENTRY, GAP } from '../../model/origin.js';
import type { Budget } from '../../bytes/budget.js';
import { EMPTY, sliceSource, type ByteSource } from '../../bytes/source.js';
import { InputError } from '../../model/errors.js';
import type { ArchiveAmbiguity, ArchivePathProblem, Fact, Notice } from '../../model/fact.js';
import { memberPath, type Container, type Member, type Opened } from '../members/container.js';
import { EntryNames, nthName } from '../members/entry-names.js';
import { entryPathProblems, linkEscape, normalEntryName, quoteName } from '../members/entry-path.js';
import {
  BLOCK_BYTES,
  isTarHeader,
  isZeroBlock,
  readTarHeader,
  tarText,
  withoutEndSlashes,
  type TarHeader,
} from './header.js';
import { readPax, type PaxRecords } from './pax.js';
import { nextHeader, skipZeros } from './search.js';
import { MAX_TAR_FOLDERS, META_BYTES } from '../../model/limits.js';

/** From here on a ustar size field (11 octal digits) cannot hold the size, and pax gives the only one. */
const USTAR_MAX_SIZE = 8 ** 11;
/** No disk holds a pebibyte: such a size is a trap for a reader that allocates it (CWE-409). */
const ABSURD_SIZE = 2 ** 50;

/** What the types of tarfile's SUPPORTED_TYPES without data are; every other type has data (`_proc_builtin`). */
const TYPES_WITHOUT_DATA = '123456';
const SYMLINK = '2';
const HARDLINK = '1';
const FOLDER = '5';
/** Where a header has its type. */
const TYPE_AT = 156;
const SPARSE = 'S';

/** A tar in any dialect, as Python's tarfile reads it, and what lies behind its end. */
export const tar: Container = (member, budget) => tarMembers(member, budget);

/** As `tar`; of an entry that is not selected only the header counts. */
export async function* tarMembers(
  member: Member,
  budget: Budget,
  select: (name: string) => boolean = () => true,
): AsyncGenerator<Opened, void> {
  yield* new TarWalk(member, budget, select).run();
}

/** What the headers before an entry's own say of it. */
interface Pending {
  /** Names by GNU long names and pax headers, in their order: tarfile takes the first. */
  names: string[];
  links: string[];
  pax: PaxRecords;
}

function nothingPending(): Pending {
  return { names: [], links: [], pax: {} };
}

function blocks(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}

class TarWalk {
  readonly #container: Member;
  readonly #source: ByteSource;
  readonly #budget: Budget;
  readonly #select: (name: string) => boolean;
  readonly #names = new EntryNames();
  readonly #symlinks = new Set<string>();
  /** Where the data of the entries lie, the last of each name: what a hard link stands for. */
  readonly #files = new Map<string, { readonly start: number; readonly size: number }>();
  #globals: PaxRecords = {};
  #pending = nothingPending();
  #offset = 0;
  /** Behind the first block of zeros, where tarfile stops unless it ignores zeros. */
  #ended = false;

  constructor(container: Member, budget: Budget, select: (name: string) => boolean) {
    this.#container = container;
    this.#source = container.source;
    this.#budget = budget;
    this.#select = select;
  }

  async *run(): AsyncGenerator<Opened, void> {
    for (;;) {
      this.#budget.checkTime();
      const block = await this.#read(this.#offset, BLOCK_BYTES);
      if (block.length === 0 && this.#offset > 0) break;
      if (isZeroBlock(block) && (block.length === BLOCK_BYTES || this.#offset > 0)) {
        if (!(yield* this.#afterZeros())) return;
      } else if (isTarHeader(block)) {
        yield* this.#header(block);
      } else if (this.#offset === 0) {
        if (block.length < BLOCK_BYTES) throw new InputError('truncated: a tar header needs 512 bytes', 0, 'truncated');
        throw new InputError('no tar header', 0);
      } else if (!(yield* this.#unknownBlock(block.length))) {
        return;
      }
    }
    if (this.#pending.names.length > 0 || this.#pending.pax.size !== undefined) {
      yield this.#notice(
        'truncated',
        this.#offset,
        'the tar ends where the header of an entry with a long name or pax header was expected',
      );
    }
  }

  /** Joined archives (`tar -A`) go on behind the zeros; anything else there is hidden from most readers. */
  async *#afterZeros(): AsyncGenerator<Opened, boolean> {
    const zeros = await skipZeros(this.#source, this.#offset, this.#budget);
    if (zeros.cut !== null) yield this.#notice('limit', zeros.at, zeros.cut);
    const end = zeros.at ?? (zeros.cut === null ? this.#source.size : this.#offset);
    this.#budget.ledger.claim(this.#source, this.#offset, end, 'padding');
    if (zeros.at === null) return false;
    this.#offset = zeros.at;
    if (!this.#ended) {
      this.#ended = true;
      yield this.#ambiguous(
        'appended-bytes',
        null,
        zeros.at,
        'bytes behind the end of the archive: tarfile stops before them unless it ignores zeros',
      );
    }
    return zeros.cut === null;
  }

  /** Bytes that are no header where one must be: they are analysed as they are, and the walk goes on behind them. */
  async *#unknownBlock(length: number): AsyncGenerator<Opened, boolean> {
    const start = this.#offset;
    if (!this.#ended) {
      const whole = length === BLOCK_BYTES;
      yield this.#notice(
        whole ? 'corrupt' : 'truncated',
        start,
        whole ? 'no tar header with a right checksum where one was expected' : 'the tar ends within a header',
      );
    }
    const next = await nextHeader(this.#source, start, this.#budget);
    if (next.cut !== null) yield this.#notice('limit', start, next.cut);
    const end = next.at ?? this.#source.size;
    yield this.#unclaimed(start, end);
    this.#pending = nothingPending();
    this.#offset = end;
    return next.at !== null;
  }

  async *#header(block: Uint8Array): AsyncGenerator<Opened, void> {
    const header = readTarHeader(block);
    const at = this.#offset;
    if (header.size === null || header.size < 0) {
      yield this.#notice('corrupt', at, `${quoteName(header.name)}: the size in its tar header is no size`);
      this.#offset += BLOCK_BYTES;
      return;
    }
    if ('LKxXg'.includes(header.type)) yield* this.#meta(header, header.size);
    else yield* this.#entry(header, header.size, block);
  }

  /** A header about the next one: a long name (L), a long link (K), pax records for one entry (x) or for all (g). */
  async *#meta(header: TarHeader, size: number): AsyncGenerator<Opened, void> {
    const start = this.#offset + BLOCK_BYTES;
    this.#offset = start + blocks(size);
    if (size > META_BYTES) {
      yield this.#notice(
        'limit',
        start,
        `a tar header of ${size} bytes for a long name or pax records; ${META_BYTES} are read at most`,
      );
      return;
    }
    const bytes = await this.#read(start, size);
    if (bytes.length < size) {
      yield this.#notice(
        'truncated',
        start,
        `a long name or pax header needs ${size} bytes, ${bytes.length} are there`,
      );
      return;
    }
    this.#budget.ledger.claim(this.#source, start - BLOCK_BYTES, start + size, 'parsed');
    this.#budget.ledger.claim(this.#source, start + size, this.#offset, 'padding');
    if (header.type === 'L') this.#pending.names.push(tarText(bytes));
    else if (header.type === 'K') this.#pending.links.push(tarText(bytes));
    else yield* this.#pax(header.type, bytes, start);
  }

  *#pax(type: string, bytes: Uint8Array, start: number): Generator<Opened> {
    const records = readPax(bytes);
    if (records === null) {
      yield this.#notice('corrupt', start, 'a pax header whose records are malformed');
      return;
    }
    if (records.oddSize !== undefined) {
      const reason = `the size in a pax header is no plain number: ${quoteName(records.oddSize)}`;
      yield this.#notice('corrupt', start, reason);
    }
    if (type === 'g') {
      this.#globals = { ...this.#globals, ...records };
    } else {
      // tarfile applies the global records with each header, the outermost (first) header last.
      const merged = { ...this.#globals, ...records };
      if (merged.path !== undefined) this.#pending.names.push(merged.path);
      if (merged.linkpath !== undefined) this.#pending.links.push(merged.linkpath);
      this.#pending.pax = { ...merged, ...this.#pending.pax };
    }
  }

  async *#entry(header: TarHeader, headerSize: number, block: Uint8Array): AsyncGenerator<Opened, void> {
    const at = this.#offset;
    const { names: given, links, pax } = this.#pending;
    this.#pending = nothingPending();
    const name = given[0] ?? this.#globals.path ?? header.name;
    const link = links[0] ?? this.#globals.linkpath ?? header.linkName;
    if (new Set(given.map(withoutEndSlashes)).size > 1) {
      yield this.#ambiguous(
        'local-name-differs',
        name,
        at,
        `headers give it several names: ${given.slice(0, 4).map(quoteName).join(', ')}`,
      );
    }
    const size = pax.size ?? this.#globals.size ?? headerSize;
    const names = new Set([...given, name, given.length === 0 ? header.prefixedName : name]);
    // The blocks before a sparse file's data lie between.
    yield* this.#pathFacts(names, at, header.type === SPARSE ? null : at + BLOCK_BYTES + size);
    yield* this.#linkFacts(header, name, [...links, link], at);
    let shown = name;
    if (header.type !== FOLDER) {
      const use = this.#names.add(name);
      shown = nthName(name, use.occurrence);
      if (use.occurrence === 2)
        yield this.#ambiguous(
          'duplicate-name',
          name,
          at,
          'two entries have this name: readers take the first or the last',
        );
      if (use.foldedFrom !== null)
        yield this.#ambiguous(
          'case-folded-duplicate',
          name,
          at,
          `differs from ${quoteName(use.foldedFrom)} in case only`,
        );
    }
    const start = at + BLOCK_BYTES + (header.type === SPARSE ? await this.#sparseBlocks(at, block) : 0);
    this.#budget.ledger.claim(this.#source, at, start, 'parsed');
    if (TYPES_WITHOUT_DATA.includes(header.type) && !(await this.#carriesData(start, size))) {
      this.#offset = start;
      if (header.type === FOLDER && block[TYPE_AT] === 0 && given.length > 0 && size > 0)
        yield* this.#folderByShortName(name, shown, start, size);
      // tarfile takes the entry before it of that name, and PyTorch looks its files up by their names.
      const target = header.type === HARDLINK ? this.#files.get(normalEntryName(link)) : undefined;
      if (target !== undefined && this.#select(name)) yield this.#member(name, shown, target.start, target.size);
      return;
    }
    this.#files.set(normalEntryName(name), { start, size });
    // With a size in a global header only, tarfile goes on by the entry's own size.
    this.#offset = start + blocks(pax.size ?? headerSize);
    if (TYPES_WITHOUT_DATA.includes(header.type)) {
      yield this.#ambiguous('size-differs', name, at, 'an entry of a type without data has data: tarfile stops here');
      // When it ignores zeros it goes on, block by block, and finds headers within the data too.
      const within = await nextHeader(this.#source, start, this.#budget);
      this.#offset = Math.min(start + blocks(size), within.at ?? Infinity);
    }
    // A global header makes the next entry sparse too (`_proc_pax`), and gives the others the size of its records.
    if ((header.type === SPARSE || pax.sparse === true || this.#globals.sparse === true) && size > 0) {
      yield this.#notice(
        'unsupported',
        at,
        `${quoteName(name)}: sparse files are analysed as they are stored, without their holes`,
      );
    }
    yield* this.#data(name, shown, start, size, headerSize);
  }

  /**
   * An old header whose own name, cut to 100 bytes, ends in a slash, behind a header with the whole name: whether it is a
   * folder depends on which of the two a reader goes by.
   */
  *#folderByShortName(name: string, shown: string, start: number, size: number): Generator<Opened> {
    const detail = 'a folder by the name in its own header, a file with data by the long name before it';
    yield this.#ambiguous('size-differs', name, start - BLOCK_BYTES, detail);
    if (this.#select(name)) yield this.#member(name, `${shown} [as a file]`, start, size);
  }

  async *#data(
    name: string,
    shown: string,
    start: number,
    size: number,
    headerSize: number,
  ): AsyncGenerator<Opened, void> {
    const at = start - BLOCK_BYTES;
    if (size < 0 || size > ABSURD_SIZE) {
      const detail = `${quoteName(name)} declares ${size} bytes`;
      yield { kind: 'fact', fact: { kind: 'archive.bomb', at: this.#at(at), problem: 'declared-size', detail } };
    }
    const selected = this.#select(name);
    if (selected) yield this.#member(name, shown, start, size);
    this.#budget.ledger.claim(this.#source, start + size, start + blocks(size), 'padding');
    const expected = size >= USTAR_MAX_SIZE && (headerSize === 0 || headerSize === USTAR_MAX_SIZE - 1);
    if (size !== headerSize && !expected) {
      yield this.#ambiguous(
        'size-differs',
        name,
        at,
        `${headerSize} bytes in the tar header, ${size} in the pax header: readers without pax go on elsewhere`,
      );
      if (selected && headerSize > size) yield this.#member(name, `${shown} [header size]`, start, headerSize);
      if (blocks(headerSize) < size) yield this.#unclaimed(start + blocks(headerSize), start + size);
    }
    // tarfile wants the padding too before it goes on.
    if (size > 0 && !(await this.#reaches(start + blocks(size)))) {
      yield this.#notice('truncated', start, `${quoteName(name)} needs ${size} bytes, the tar ends before`);
    }
  }

  /** A declared size can lead anywhere, also to offsets at which a file cannot be read. */
  async #read(offset: number, length: number): Promise<Uint8Array> {
    return offset < this.#source.size ? (await this.#source.read(offset, length)).slice() : EMPTY;
  }

  async #reaches(end: number): Promise<boolean> {
    if (Number.isFinite(this.#source.size)) return end <= this.#source.size;
    return (await this.#source.read(end - 1, 1)).length === 1;
  }

  /** GNU's old sparse format: maps that did not fit in the header (tarfile's `_proc_sparse`). Returns their length. */
  async #sparseBlocks(at: number, header: Uint8Array): Promise<number> {
    let length = 0;
    let more = (header[482] ?? 0) !== 0;
    while (more) {
      this.#budget.checkTime();
      const block = await this.#read(at + BLOCK_BYTES + length, BLOCK_BYTES);
      length += BLOCK_BYTES;
      more = block.length === BLOCK_BYTES && (block[504] ?? 0) !== 0;
    }
    return length;
  }

  /**
   * A size in the header of a link or folder means nothing to tarfile, while other tars skip that much (hard links
   * with data are allowed in pax). What follows tells.
   */
  async #carriesData(start: number, size: number): Promise<boolean> {
    if (size <= 0 || (await this.#isBoundary(start))) return false;
    return this.#isBoundary(start + blocks(size));
  }

  async #isBoundary(at: number): Promise<boolean> {
    const block = await this.#read(at, BLOCK_BYTES);
    return block.length === 0 || isZeroBlock(block) || isTarHeader(block);
  }

  *#pathFacts(names: ReadonlySet<string>, at: number, end: number | null): Generator<Opened> {
    const reported = new Set<string>();
    for (const name of names) {
      for (const { problem, detail } of entryPathProblems(name)) {
        if (reported.has(problem)) continue;
        reported.add(problem);
        const found = this.#path(problem, name, at, detail);
        yield end === null ? found : { ...found, extent: { start: at, end } };
      }
      const above = this.#symlinkAbove(name);
      if (above === 'too deep') {
        const reason = `${quoteName(name)} lies in more than ${MAX_TAR_FOLDERS} folders: links above it were not searched for`;
        yield this.#notice('limit', at, reason);
      } else if (above !== null && !reported.has('symlink-escape')) {
        reported.add('symlink-escape');
        yield this.#path(
          'symlink-escape',
          name,
          at,
          `it is unpacked through the symbolic link ${quoteName(above.link)} of the same archive`,
        );
      }
    }
  }

  *#linkFacts(header: TarHeader, name: string, links: readonly string[], at: number): Generator<Opened> {
    if (header.type === SYMLINK || header.type === HARDLINK) {
      const kind = header.type === SYMLINK ? 'symlink' : 'hardlink';
      const escape = links.map((link) => linkEscape(name, link, kind)).find((detail) => detail !== null);
      if (escape !== undefined && escape !== null) yield this.#path(`${kind}-escape`, name, at, escape);
      if (kind === 'symlink') this.#symlinks.add(withoutEndSlashes(name));
    } else if (header.type === '3' || header.type === '4' || header.type === '6') {
      yield this.#path('device', name, at, header.type === '6' ? 'the entry is a named pipe' : 'the entry is a device');
    }
  }

  #symlinkAbove(name: string): { readonly link: string } | 'too deep' | null {
    if (this.#symlinks.size === 0) return null;
    let end = name.indexOf('/', 1);
    for (let parts = 0; end !== -1; parts += 1) {
      if (parts === MAX_TAR_FOLDERS) return 'too deep';
      const folder = name.slice(0, end);
      if (this.#symlinks.has(folder)) return { link: folder };
      end = name.indexOf('/', end + 1);
    }
    return null;
  }

  #at(offset: number): Fact['at'] {
    return { path: this.#container.path, offset, line: null };
  }

  #ambiguous(problem: ArchiveAmbiguity, entry: string | null, offset: number, detail: string): Opened {
    return { kind: 'fact', fact: { kind: 'archive.ambiguous', at: this.#at(offset), problem, entry, detail } };
  }

  #path(problem: ArchivePathProblem, entry: string, offset: number, detail: string): Extract<Opened, { kind: 'fact' }> {
    return { kind: 'fact', fact: { kind: 'archive.path', at: this.#at(offset), problem, entry, detail } };
  }

  #notice(cause: Notice['cause'], offset: number | null, reason: string): Opened {
    return { kind: 'notice', notice: { path: this.#container.path, offset, cause, reason } };
  }

  #member(name: string, shown: string, start: number, size: number): Opened {
    this.#budget.countMember();
    const source = sliceSource(this.#source, start, Math.max(0, size));
    const path = memberPath(this.#container.path, shown);
    const member = { path, name, source, depth: this.#container.depth + 1, at: start, origin: ENTRY };
    // What the tar's own end blocks fill up is not the member's.
    return { kind: 'member', member: source.size < size ? { ...member, origin: { ...ENTRY, isCut: true } } : member };
  }

  #unclaimed(start: number, end: number): Opened {
    this.#budget.countMember();
    const name = Number.isFinite(end) ? `[bytes ${start}-${end - 1}]` : `[bytes ${start}-]`;
    const source = sliceSource(this.#source, start, end - start);
    return {
      kind: 'member',
      member: {
        path: memberPath(this.#container.path, name),
        name,
        source,
        depth: this.#container.depth + 1,
        origin: GAP,
      },
    };
  }
}
