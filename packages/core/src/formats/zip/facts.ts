import type { ByteRange } from '../../bytes/source.js';
import type { Location, Fact, ArchiveAmbiguity, Notice } from '../../model/fact.js';
import { EntryNames } from '../members/entry-names.js';
import { entryPathProblems, quoteName } from '../members/entry-path.js';
import type { Opened } from '../members/container.js';
import { isUnset, type ZipArchive, type ZipEntry } from './archive.js';
import { zip64Contradiction } from './end-records.js';
import { FLAG_ENCRYPTED, FLAG_STRONG_ENCRYPTION } from './layout.js';

/** Deflate makes at most 1032 bytes of one (a match of 258 bytes for two bits); the rest is room for block headers. */
const DEFLATE_RATIO = 1032;
const DEFLATE_SLACK = 4096;
export const METHOD_STORED = 0;
export const METHOD_DEFLATED = 8;

/** Makes facts and notices that lie in one archive. */
export class Findings {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  at(offset: number | null): Location {
    return { path: this.path, offset, line: null };
  }

  ambiguous(problem: ArchiveAmbiguity, entry: string | null, offset: number | null, detail: string): Opened {
    return fact({ kind: 'archive.ambiguous', at: this.at(offset), problem, entry, detail });
  }

  notice(cause: Notice['cause'], offset: number | null, reason: string): Opened {
    return { kind: 'notice', notice: { path: this.path, offset, cause, reason } };
  }
}

function fact(value: Fact): Extract<Opened, { kind: 'fact' }> {
  return { kind: 'fact', fact: value };
}

/** What the headers alone say, archive first, then entry by entry. */
export function* headerFindings(archive: ZipArchive, findings: Findings, declaredLimit: number): Generator<Opened> {
  yield* endRecordFindings(archive, findings);
  yield* directoryFindings(archive, findings);
  yield* gapFindings(archive, findings);
  yield* bombFindings(archive, findings, declaredLimit);
  const names = new EntryNames();
  for (const entry of [...archive.entries, ...archive.unlisted]) {
    yield* nameFindings(entry, names, findings);
    if (entry.central === null) yield* unlistedFindings(archive, entry, findings);
    else yield* headerDifferences(archive, entry, findings);
  }
}

function* endRecordFindings(archive: ZipArchive, findings: Findings): Generator<Opened> {
  const [first, ...others] = archive.endRecords;
  if (first === undefined) {
    yield findings.notice(
      'truncated',
      archive.size,
      'no end of central directory record: the zip file is cut off or damaged',
    );
    return;
  }
  if (archive.directories.length === 0) {
    yield findings.notice(
      'corrupt',
      first.at,
      `no central directory where the end record at ${first.at} says (offset ${first.offset})`,
    );
  }
  const readable = new Set(archive.directories.map((directory) => directory.record));
  if (readable.has(first) && first.commentCut > 0) {
    yield findings.notice(
      'truncated',
      archive.size,
      `truncated: the archive's comment needs ${first.commentCut} bytes more`,
    );
  }
  // 0xffff stands for "see zip64".
  if (readable.has(first) && first.disks !== 0 && first.disks !== 0xffff_ffff && first.locator === null) {
    yield findings.ambiguous(
      'disk-numbers',
      null,
      first.at,
      'the end record names other disks: PyTorch refuses it, Python does not look',
    );
  }
  for (const other of others) {
    if (!readable.has(other) && other.commentEnd !== archive.size) continue;
    yield findings.ambiguous(
      'several-end-records',
      null,
      other.at,
      `end records at ${first.at} and ${other.at}: readers that pick another one see other members`,
    );
  }
  if (archive.skippedEndRecords > 0) {
    yield findings.ambiguous('several-end-records', null, null, `${archive.skippedEndRecords} more end records`);
    yield findings.notice('limit', null, `${archive.skippedEndRecords} end records were not followed`);
  }
  for (const record of archive.endRecords) {
    if (!readable.has(record)) continue;
    const contradiction = zip64Contradiction(record);
    if (contradiction !== null)
      yield findings.ambiguous('zip64-contradiction', null, record.locator?.at ?? record.at, contradiction);
  }
}

function* directoryFindings(archive: ZipArchive, findings: Findings): Generator<Opened> {
  const starts = new Map<number, number>();
  for (const directory of archive.directories) {
    const { record, start, end, records, broken } = directory;
    const other = starts.get(record.at);
    starts.set(record.at, other ?? start);
    if (other !== undefined && other !== start) {
      yield findings.ambiguous(
        'several-end-records',
        null,
        start,
        `one end record, two central directories: at ${other} and at ${start}, depending on the reader`,
      );
    }
    if (directory.cut) {
      yield fact({
        kind: 'archive.bomb',
        at: findings.at(start),
        problem: 'member-count',
        detail: `the end record counts ${directory.entries} entries`,
      });
      yield findings.notice(
        'limit',
        start,
        `only the first ${records.length} entries of the central directory were read`,
      );
    } else if (broken !== null) {
      yield findings.notice('corrupt', broken.at, broken.reason);
    } else if (records.length !== directory.entries) {
      const problem = records.length > directory.entries ? 'unlisted-member' : 'size-differs';
      yield findings.ambiguous(
        problem,
        null,
        record.at,
        `the end record counts ${directory.entries} entries, the central directory holds ${records.length}: PyTorch goes by the count, Python by the size`,
      );
    } else if (end - start !== directory.size) {
      yield findings.ambiguous(
        'size-differs',
        null,
        record.at,
        `the end record gives the central directory ${directory.size} bytes, its entries take ${end - start}`,
      );
    }
  }
}

function* gapFindings(archive: ZipArchive, findings: Findings): Generator<Opened> {
  if (archive.searchCut !== null)
    yield findings.notice('limit', null, `local headers outside the directory: ${archive.searchCut}`);
  // Without a directory everything is unclaimed, which the notice about it says already.
  if (archive.directories.length === 0) return;
  for (const { start, end } of archive.gaps) {
    const length = end - start;
    if (start === 0) {
      yield findings.ambiguous(
        'prepended-bytes',
        null,
        start,
        `${length} bytes before the archive: Python reads it as a zip file all the same, PyTorch does not`,
      );
    } else if (end === archive.size) {
      yield findings.ambiguous('appended-bytes', null, start, `${length} bytes behind the end record`);
    } else {
      yield findings.ambiguous(
        'unclaimed-bytes',
        null,
        start,
        `${length} bytes that no entry, directory or end record claims`,
      );
    }
  }
}

function* bombFindings(archive: ZipArchive, findings: Findings, declaredLimit: number): Generator<Opened> {
  const [overlap] = archive.overlaps;
  if (overlap !== undefined) {
    const show = (entry: ZipEntry | null): string => (entry === null ? 'the central directory' : quoteName(entry.name));
    const more = archive.overlaps.length > 1 ? `, and ${archive.overlaps.length - 1} more` : '';
    const detail = `${show(overlap.first.entry)} and ${show(overlap.second.entry)} share bytes${more}`;
    yield fact({ kind: 'archive.bomb', at: findings.at(overlap.second.start), problem: 'overlapping-members', detail });
  }
  let declared = 0;
  for (const { central } of archive.entries)
    if (central?.method !== METHOD_STORED) declared += central?.uncompressed ?? 0;
  if (declared > declaredLimit) {
    const detail = `compressed members declare ${declared} bytes in an archive of ${archive.size}`;
    yield fact({ kind: 'archive.bomb', at: findings.at(null), problem: 'expansion', detail });
  }
}

/** The local header, which says how its data are packed, and the data. */
export function extentOf({ local, data }: ZipEntry): ByteRange | null {
  return local === null || data === null ? null : { start: local.at, end: data.end };
}

function offsetOf(entry: ZipEntry): number | null {
  return entry.local?.at ?? entry.central?.at ?? null;
}

function* nameFindings(entry: ZipEntry, names: EntryNames, findings: Findings): Generator<Opened> {
  const offset = offsetOf(entry);
  let reported: Set<string> | null = null;
  for (const name of entry.names) {
    for (const { problem, detail } of entryPathProblems(name)) {
      reported ??= new Set();
      if (reported.has(problem)) continue;
      reported.add(problem);
      const found = fact({ kind: 'archive.path', at: findings.at(offset), problem, entry: name, detail });
      const extent = extentOf(entry);
      yield extent === null ? found : { ...found, extent };
    }
  }
  const type = (entry.central?.unixMode ?? 0) & 0o170000;
  // A pipe is no problem: Info-ZIP marks what it packed from its standard input as one.
  if (type === 0o020000 || type === 0o060000) {
    yield fact({
      kind: 'archive.path',
      at: findings.at(offset),
      problem: 'device',
      entry: entry.name,
      detail: 'the entry is a device',
    });
  }
  if (isEmptyFolder(entry)) return;
  const use = names.add(entry.name);
  if (use.occurrence === 2) {
    yield findings.ambiguous(
      'duplicate-name',
      entry.name,
      offset,
      'two entries have this name: readers take the first or the last',
    );
  }
  if (use.foldedFrom !== null) {
    yield findings.ambiguous(
      'case-folded-duplicate',
      entry.name,
      offset,
      `differs from ${quoteName(use.foldedFrom)} in case only: PyTorch and some file systems take them for one`,
    );
  }
}

export function isEmptyFolder(entry: ZipEntry): boolean {
  const header = entry.central ?? entry.local;
  return (
    entry.name.endsWith('/') &&
    header !== null &&
    header.uncompressed === 0 &&
    (entry.data === null || entry.data.end - entry.data.start <= 2)
  );
}

function* unlistedFindings(archive: ZipArchive, entry: ZipEntry, findings: Findings): Generator<Opened> {
  if (archive.directories.length === 0) return;
  yield findings.ambiguous(
    'unlisted-member',
    entry.name,
    offsetOf(entry),
    'a local header that the central directory does not name',
  );
}

/** What the two headers of one entry say against each other, against the file and against the data descriptor. */
function* headerDifferences(archive: ZipArchive, entry: ZipEntry, findings: Findings): Generator<Opened> {
  const { central, local, descriptor, data } = entry;
  if (central === null || entry.unread !== undefined) return;
  const say = (problem: ArchiveAmbiguity, detail: string): Opened =>
    findings.ambiguous(problem, entry.name, offsetOf(entry), detail);
  if (central.unicodeName !== null && central.unicodeName !== central.name && central.oddName === null) {
    yield say(
      'local-name-differs',
      `the Unicode Path field names it ${quoteName(central.unicodeName)}: Python 3.13 takes that, others the header's name`,
    );
  }
  if (central.zip64Problem !== null) yield say('zip64-contradiction', central.zip64Problem);
  if (central.isDosFolder && central.uncompressed > 0) {
    // mz_zip_reader_extract_to_mem_no_alloc1 returns early, and the caller takes the unfilled buffer for the data.
    yield say(
      'flags-differ',
      'marked as a folder, yet it has data: Python reads them, PyTorch takes the bytes that its memory happens to hold',
    );
    yield findings.notice(
      'unsupported',
      offsetOf(entry),
      `${quoteName(entry.name)}: marked as a folder, so that PyTorch takes bytes for its data that no one can know`,
    );
  }
  if (local === null || data === null) {
    yield say('local-header-missing', `no local header at ${central.localOffset}, where the central directory says`);
    return;
  }
  if (local.zip64Problem !== null && local.zip64Problem !== central.zip64Problem)
    yield say('zip64-contradiction', local.zip64Problem);
  if (!local.isNameOfDirectory) {
    yield say(
      'local-name-differs',
      `the local header names it ${quoteName(local.name)}: Python refuses it, PyTorch loads it`,
    );
  }
  const encryption = FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION;
  if ((local.flags & encryption) !== (central.flags & encryption)) {
    const where = (local.flags & encryption) !== 0 ? 'local header' : 'central directory';
    yield say('flags-differ', `only the ${where} says that it is encrypted`);
  }
  if (local.method !== central.method) {
    yield say(
      'method-differs',
      `compression method ${central.method} in the central directory, ${local.method} in the local header`,
    );
  }
  const localCrc = isUnset(local, local.crc) ? central.crc : local.crc;
  if (localCrc !== central.crc || (descriptor !== null && descriptor.crc !== central.crc)) {
    const crcs = [
      central.crc,
      ...(isUnset(local, local.crc) ? [] : [local.crc]),
      ...(descriptor === null ? [] : [descriptor.crc]),
    ];
    yield say(
      'crc-differs',
      `CRC-32 ${crcs.map(hex).join(', ')} in central directory, local header and data descriptor`,
    );
  }
  yield* sizeDifferences(entry, say);
  if (data.end > archive.size) {
    const detail = `${quoteName(entry.name)} declares ${central.compressed} bytes at ${data.start} in a file of ${archive.size}`;
    yield fact({ kind: 'archive.bomb', at: findings.at(offsetOf(entry)), problem: 'declared-size', detail });
    yield findings.notice('truncated', archive.size, `${detail}: the file ends before`);
  } else if (
    central.method === METHOD_DEFLATED &&
    central.uncompressed > central.compressed * DEFLATE_RATIO + DEFLATE_SLACK
  ) {
    const detail = `${quoteName(entry.name)} declares ${central.uncompressed} bytes, more than deflate can make of ${central.compressed}`;
    yield fact({ kind: 'archive.bomb', at: findings.at(offsetOf(entry)), problem: 'declared-size', detail });
  }
}

function* sizeDifferences(
  entry: ZipEntry,
  say: (problem: ArchiveAmbiguity, detail: string) => Opened,
): Generator<Opened> {
  const { central, local, descriptor } = entry;
  if (central === null || local === null) return;
  const differs =
    (local.compressed !== central.compressed && !isUnset(local, local.compressed)) ||
    (local.uncompressed !== central.uncompressed && !isUnset(local, local.uncompressed));
  if (differs) {
    yield say(
      'size-differs',
      `${central.compressed} of ${central.uncompressed} bytes in the central directory, ${local.compressed} of ${local.uncompressed} in the local header`,
    );
  } else if (
    descriptor !== null &&
    (descriptor.compressed !== central.compressed || descriptor.uncompressed !== central.uncompressed)
  ) {
    yield say(
      'size-differs',
      `${central.compressed} of ${central.uncompressed} bytes in the central directory, ${descriptor.compressed} of ${descriptor.uncompressed} in the data descriptor`,
    );
  } else if (
    central.method === METHOD_STORED &&
    (central.flags & FLAG_ENCRYPTED) === 0 &&
    central.compressed !== central.uncompressed
  ) {
    yield say(
      'size-differs',
      `stored, yet ${central.compressed} and ${central.uncompressed} bytes: PyTorch reads the second number, Python at most the first`,
    );
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
