import type { Budget } from '../../bytes/budget.js';
import { sliceSource, type ByteSource } from '../../bytes/source.js';
import { crc32 } from '../../codecs/crc32.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { ENTRY, GAP, TAIL, type Origin } from '../../model/origin.js';
import { memberPath, type Member, type Opened } from '../members/container.js';
import { EntryNames, nthName } from '../members/entry-names.js';
import type { Notice } from '../../model/fact.js';
import { linkEscape, quoteName } from '../members/entry-path.js';
import { isUnset, type ZipArchive, type ZipEntry } from './archive.js';
import { extentOf, Findings, headerFindings, isEmptyFolder, METHOD_STORED } from './facts.js';
import { END_SIZE, FLAG_ENCRYPTED, FLAG_MASKED, FLAG_PATCH, FLAG_STRONG_ENCRYPTION } from './layout.js';
import { METHOD_AES, openData, unsupportedMethod, type MemberData } from './methods.js';
import { dataVariants, type LabelledVariant } from './variants.js';
import { SHARED_TIMES, UNPACKED_AGAIN_BYTES, UNPACKED_AGAIN_TIMES } from '../../model/limits.js';

/** A member of a zip together with its entry, for layers that know more about one kind of archive. */
export type ZipOpened =
  | Exclude<Opened, { readonly kind: 'member' }>
  | { readonly kind: 'member'; readonly member: Member; readonly entry: ZipEntry | null };

/**
 * Members up to this size are read for their CRC: every analysis reads them whole anyway. Larger ones are
 * not, since a checkpoint's tensors must not be read only to add them up.
 */
const CRC_BYTES = 64 * 1024;

/**
 * Everything that lies in an archive: what its headers say, then each member that some reader would load, then bytes
 * that nothing claims. An entry none of whose names is selected gives no member and its data is not read; what its
 * headers say counts all the same.
 */
export async function* zipMembers(
  archive: ZipArchive,
  container: Member,
  budget: Budget,
  select: (name: string) => boolean = () => true,
): AsyncGenerator<ZipOpened, void> {
  const findings = new Findings(container.path);
  for (const opened of headerFindings(archive, findings, budget.limits.decodedBytes)) {
    budget.checkTime();
    if (opened.kind !== 'member') yield opened;
  }
  const names = new EntryNames();
  let opened = 0;
  const begun = new Set<number>();
  let again = 0;
  for (const entry of [...archive.entries, ...archive.unlisted]) {
    const { local, descriptor } = entry;
    if (local === null) continue;
    budget.ledger.claim(archive.source, local.at, local.dataStart, 'parsed');
    if (descriptor !== null)
      budget.ledger.claim(archive.source, descriptor.at, descriptor.at + descriptor.length, 'parsed');
    if (isEmptyFolder(entry)) {
      if (entry.data !== null) budget.ledger.claim(archive.source, entry.data.start, entry.data.end, 'padding');
      continue;
    }
    opened += entry.data === null ? 0 : Math.min(entry.data.end, archive.size) - entry.data.start;
    if (opened > archive.size * SHARED_TIMES) {
      const reason = `members of an archive of ${archive.size} bytes share their bytes so often that they would be unpacked from more than ${SHARED_TIMES} times as many`;
      throw new LimitError('SHARED_TIMES', reason);
    }
    const { occurrence } = names.add(entry.name);
    if (!entry.names.some((name) => select(name))) continue;
    const reader = new EntryReader(archive, entry, container, findings, budget);
    const shown = nthName(entry.name, occurrence);
    const before = budget.expanded;
    const plain = reader.plain(shown);
    if (plain !== null) yield plain;
    else yield* reader.open(entry.central === null && archive.directories.length > 0 ? `${shown} [unlisted]` : shown);
    if (entry.data === null) continue;
    if (begun.has(entry.data.start)) again += budget.expanded - before;
    begun.add(entry.data.start);
    if (again > archive.size * UNPACKED_AGAIN_TIMES + UNPACKED_AGAIN_BYTES) {
      const reason = `entries of an archive of ${archive.size} bytes share their bytes, of which ${again} were unpacked again`;
      throw new LimitError('UNPACKED_AGAIN_TIMES', reason);
    }
  }
  for (const { start, end } of archive.records) budget.ledger.claim(archive.source, start, end, 'parsed');
  for (const { start, end } of archive.gaps) {
    const source = sliceSource(archive.source, start, end - start);
    const name = `[bytes ${start}-${end - 1}]`;
    budget.countMember();
    yield { kind: 'member', member: unclaimed(container, name, source, GAP), entry: null };
  }
  for (const { at, commentEnd } of archive.endRecords) {
    const start = at + END_SIZE;
    if (commentEnd <= start) continue;
    const source = sliceSource(archive.source, start, commentEnd - start);
    budget.countMember();
    // A comment is text, even if its first words parse as opcodes.
    yield { kind: 'member', member: unclaimed(container, '[comment].txt', source, TAIL), entry: null };
  }
}

function unclaimed(container: Member, name: string, source: ByteSource, origin: Origin): Member {
  return { path: memberPath(container.path, name), name, source, depth: container.depth + 1, origin };
}

class EntryReader {
  readonly #archive: ZipArchive;
  readonly #entry: ZipEntry;
  readonly #container: Member;
  readonly #findings: Findings;
  readonly #budget: Budget;

  constructor(archive: ZipArchive, entry: ZipEntry, container: Member, findings: Findings, budget: Budget) {
    this.#archive = archive;
    this.#entry = entry;
    this.#container = container;
    this.#findings = findings;
    this.#budget = budget;
  }

  /** At once what `open` gives of most tensors: a large stored entry of which all headers say the same. Null for others. */
  plain(shownName: string): ZipOpened | null {
    const { central, local, descriptor, data } = this.#entry;
    if (central === null || local === null || data === null || closedReason(this.#entry) !== null) return null;
    const { compressed } = central;
    const isPlain =
      central.method === METHOD_STORED &&
      local.method === METHOD_STORED &&
      central.uncompressed === compressed &&
      compressed > CRC_BYTES &&
      !this.#isLink &&
      (isUnset(local, local.compressed) || (local.compressed === compressed && local.uncompressed === compressed)) &&
      (descriptor === null || descriptor.compressed === compressed);
    if (!isPlain) return null;
    const source = sliceSource(this.#archive.source, data.start, compressed);
    return this.#member(memberPath(this.#container.path, shownName), source);
  }

  async *open(shownName: string): AsyncGenerator<ZipOpened, void> {
    const closed = closedReason(this.#entry);
    if (closed !== null) {
      yield this.#notice(closed.reason);
      if (!closed.readable) return;
    }
    for (const variant of dataVariants(this.#entry)) {
      const unsupported = unsupportedMethod(variant.method);
      if (unsupported !== null) {
        yield this.#notice(unsupported);
        continue;
      }
      const data = openData(this.#archive.source, variant, this.#budget);
      const path = memberPath(this.#container.path, `${shownName}${variant.label}`);
      const bytes = isSmall(variant) ? await readWhole(data.source) : null;
      if (bytes?.length === 0) this.#nothingIn(variant);
      if (bytes !== null) yield* this.#checkBytes(bytes, variant);
      else if (this.#isLink)
        yield this.#notice(
          `a symbolic link whose target has more than ${CRC_BYTES} bytes, which was not read`,
          'limit',
        );
      const packed =
        data.drained === undefined
          ? null
          : { compressed: variant.length, declared: variant.uncompressed, drained: data.drained };
      yield this.#member(path, data.source, ENTRY, packed);
      if (variant.method !== METHOD_STORED) yield* this.#afterEnd(data, variant, path, bytes?.length ?? 0);
    }
  }

  /** A link's target is its data. */
  get #isLink(): boolean {
    return ((this.#entry.central?.unixMode ?? 0) & 0o170000) === 0o120000;
  }

  /** Nothing takes two bytes where it is deflated. */
  #nothingIn({ start, length }: LabelledVariant): void {
    this.#budget.ledger.claim(this.#archive.source, start, start + length, 'padding');
  }

  #notice(reason: string, cause: Notice['cause'] = 'unsupported'): ZipOpened {
    const at = this.#entry.local?.at ?? null;
    return {
      kind: 'notice',
      notice: {
        path: this.#container.path,
        offset: at,
        cause,
        reason: `${quoteName(this.#entry.name)}: ${reason}`,
      },
    };
  }

  #member(path: string, source: ByteSource, origin = ENTRY, packed: Member['packed'] | null = null): ZipOpened {
    this.#budget.countMember();
    const base = { path, name: this.#entry.name, source, depth: this.#container.depth + 1, origin };
    const member: Member = packed === null ? base : { ...base, packed };
    return { kind: 'member', member, entry: this.#entry };
  }

  #ambiguous(problem: 'crc-differs' | 'size-differs' | 'unclaimed-bytes', offset: number, detail: string): ZipOpened {
    const { path } = this.#findings;
    return {
      kind: 'fact',
      fact: { kind: 'archive.ambiguous', at: { path, offset, line: null }, problem, entry: this.#entry.name, detail },
    };
  }

  *#checkBytes(bytes: Uint8Array, variant: LabelledVariant): Generator<ZipOpened> {
    const { central, local } = this.#entry;
    const expected = central?.crc ?? (local !== null && !isUnset(local, local.crc) ? local.crc : null);
    const declared = bytes.subarray(0, variant.uncompressed ?? bytes.length);
    // A second reading of the same data has no checksum of its own.
    if (
      expected !== null &&
      variant.label === '' &&
      declared.length === variant.uncompressed &&
      crc32(declared) !== expected
    ) {
      yield this.#ambiguous(
        'crc-differs',
        this.#entry.local?.at ?? 0,
        'the data has another CRC-32 than the headers say: Python refuses it, PyTorch loads it',
      );
    }
    if (this.#isLink) yield* this.#checkLink(new TextDecoder().decode(bytes));
  }

  *#checkLink(target: string): Generator<ZipOpened> {
    const detail = linkEscape(this.#entry.name, target, 'symlink');
    if (detail === null) return;
    const at = { path: this.#findings.path, offset: this.#entry.local?.at ?? null, line: null };
    const extent = extentOf(this.#entry);
    yield {
      kind: 'fact',
      fact: { kind: 'archive.path', at, problem: 'symlink-escape', entry: this.#entry.name, detail },
      ...(extent === null ? {} : { extent }),
    };
  }

  /**
   * What shows only at the end of compressed data: another length than declared, and bytes behind the compressed
   * stream. Of a large member that is known only if its analysis read that far.
   */
  *#afterEnd(data: MemberData, variant: LabelledVariant, path: string, seen: number): Generator<ZipOpened> {
    const declared = variant.uncompressed;
    const size = Number.isFinite(data.source.size) ? data.source.size : seen;
    if (declared !== null && size !== declared && (size > declared || Number.isFinite(data.source.size))) {
      yield this.#ambiguous(
        'size-differs',
        variant.start,
        `declares ${declared} bytes and unpacks to ${size}: Python cuts it, PyTorch refuses it`,
      );
      if (size > declared)
        yield this.#member(`${path} [first ${declared} bytes]`, sliceSource(data.source, 0, declared));
    }
    const end = data.compressedEnd();
    const limit = Math.min(this.#archive.size, variant.start + variant.length);
    if (end !== null && end < limit) {
      if (!this.#entry.sizeUnknown) {
        yield this.#ambiguous(
          'unclaimed-bytes',
          end,
          `${limit - end} bytes behind the compressed data, within the member`,
        );
      }
      yield this.#member(
        `${path} [bytes ${end}-${limit - 1}]`,
        sliceSource(this.#archive.source, end, limit - end),
        TAIL,
      );
    }
  }
}

function isSmall(variant: LabelledVariant): boolean {
  return variant.length <= CRC_BYTES && variant.uncompressed !== null && variant.uncompressed <= CRC_BYTES;
}

/** All bytes of a small source, or null where it cannot be decoded: its analysis meets the error and reports it. */
async function readWhole(source: ByteSource): Promise<Uint8Array | null> {
  try {
    const bytes = (await source.read(0, CRC_BYTES + 1)).slice();
    // One read more shows a decoder's end.
    if (bytes.length <= CRC_BYTES) await source.read(bytes.length, 1);
    return bytes;
  } catch (error) {
    if (error instanceof InputError || error instanceof UnsupportedError) return null;
    throw error;
  }
}

/** Why an entry is closed to us. With the flag in one header only, a reader that goes by the other takes plain data. */
function closedReason(entry: ZipEntry): { reason: string; readable: boolean } | null {
  const central = entry.central ?? entry.local;
  const { local } = entry;
  if (central === null || local === null) return null;
  const encryption = FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION;
  if ((central.flags & encryption) !== 0 || central.method === METHOD_AES) {
    return {
      reason: 'encrypted: needs a password',
      readable: (local.flags & encryption) === 0 && local.method !== METHOD_AES,
    };
  }
  if ((central.flags & FLAG_MASKED) !== 0)
    return { reason: 'encrypted central directory: its headers are masked', readable: true };
  if ((central.flags & FLAG_PATCH) !== 0)
    return { reason: 'compressed patched data is not supported', readable: false };
  return null;
}
