import { opcode } from '../pickle/opcodes.js';
import type { Observe } from '../streams/stream-result.js';
import type { Budget } from '../bytes/budget.js';
import { sliceSource, type ByteRange, type ByteSource } from '../bytes/source.js';
import { isTextName } from '../plausibility/file-names.js';
import { base64Text } from './members/base64-text.js';
import { memberPath, type Member } from './members/container.js';
import { BLOCK_BYTES, isTarHeader } from './tar/header.js';
import { zipInConstant } from './zip/zip-in-constant.js';
import { isZipOfMembers } from './zip/zip-in-tar.js';
import { END_BYTES, hasZipBehind } from './zip/zip-behind.js';
import { HEAD_BYTES, type Format, type NamePromise } from '../model/format.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import type { SourceNeighbours } from '../model/neighbours.js';
import { ENTRY, isUnread } from '../model/origin.js';
import type { SourceFactKind } from '../model/source-fact.js';
import { opened, zipMember } from './archives/archives.js';
import {
  bomb,
  expansion,
  faults,
  guarded,
  isDeclaredBomb,
  ignored,
  noticeOf,
  restOf,
  type Found,
  type Look,
  type Recognised,
  type WatchMember,
} from './members/look.js';
import { isPlainlyNoPickle, pickles, polyglot } from './pickle-file/pickles.js';
import { isSource, pythonSource } from './python-source/source.js';
import { mayConcernRepository, repositoryMember } from './repository/members.js';
import { IN_ALL, type Interest } from '../model/interest.js';
import { TAR_SEARCH_BYTES } from '../model/limits.js';
import { FORMATS, formats } from './index.js';

export interface InspectOptions {
  /** Watches the runs of every pickle stream, for a trace; what it gave comes back with the stream. */
  readonly observe?: Observe;
  /** Sees each member, for a list of what lies in the artifact. */
  readonly watch?: WatchMember;
  /** The SHA-256 of the streams; true by default. */
  readonly digests?: boolean;
  /** Facts about Python source; none by default. */
  readonly sources?: readonly SourceFactKind[];
  readonly neighbours?: SourceNeighbours | null;
  /** What will be asked of the facts; all by default. */
  readonly interest?: Interest | undefined;
  /** What files say of a model repository; not by default. */
  readonly repositories?: boolean;
}

/** Looks at a member and at everything inside it. Faults of the input become notices; LimitError of time passes. */
export function inspect(member: Member, budget: Budget, options: InspectOptions = {}): AsyncGenerator<Found> {
  const { observe, watch, digests = true, sources = [], neighbours = null, repositories = false } = options;
  const look: Look = {
    formats,
    budget,
    interest: options.interest ?? IN_ALL,
    observe,
    watch,
    digests,
    sources,
    neighbours,
    repositories,
    inspect: (inner) => inspectMember(inner, look),
  };
  return look.inspect(member);
}

async function* inspectMember(member: Member, look: Look): AsyncGenerator<Found> {
  if (member.depth > look.budget.limits.depth) {
    const detail = `archives lie more than ${look.budget.limits.depth} deep in each other`;
    yield { kind: 'fact', fact: bomb(member.path, 'nesting', detail) };
    yield noticeOf(member.path, null, 'limit', detail);
    return;
  }
  look.budget.countLooked(member.packed?.compressed ?? (Number.isFinite(member.source.size) ? member.source.size : 0));
  if (member.role === 'npy') {
    yield* guarded(member, pickles(member, true, look));
    return;
  }
  // No reader of such bytes is known, in any format.
  if (isUnread(member.origin)) look.budget.ledger.claim(member.source, 0, member.source.size, 'data');
  const identified = await identifyMember(member);
  if (!('format' in identified)) {
    yield* identified.faults;
    return;
  }
  const { format, firstByte, others, zipBehind } = identified;
  if (look.watch !== undefined) await look.watch(member, format);
  const endKnown = Number.isFinite(member.source.size);
  let explained = false;
  /** An array that takes all of the bytes: numpy's reader says so of the header, or tells what is behind the array. */
  let isWholeArray = format === 'npy';
  /** Where a pickle from the first byte on ends. */
  let pickleEnd = 0;
  const held: ByteRange[] = [];
  // As `guarded` does, without one more generator that everything would go through.
  try {
    for await (const found of opening(member, format, look, held)) {
      if (
        (found.kind === 'format' && found.format !== 'unknown') ||
        (found.kind === 'stream' && found.stream.end === 'stop')
      )
        explained = true;
      if (found.kind === 'stream' && found.stream.end === 'stop' && found.stream.offset === 0)
        pickleEnd = Math.max(pickleEnd, found.stream.length);
      if (found.kind !== 'format') isWholeArray = false;
      yield found;
    }
  } catch (error) {
    isWholeArray = false;
    yield* faults(member, error);
  }
  for (const other of others) {
    const module = FORMATS[other];
    if ('weakly' in module && module.weakly !== undefined)
      yield* guarded(ignored(member), module.weakly.open(ignored(member), look));
  }
  if (
    !others.includes('tar') &&
    (format === 'pickle' || format === 'maybe-pickle' || formats.isOpaque(format)) &&
    member.source.size >= 2 * BLOCK_BYTES
  )
    yield* guarded(member, tarBehind(member, look));
  if (zipBehind || (!endKnown && (await endsAsZipNow(member, format, { explained, isWholeArray }, look.budget))))
    yield* guarded(member, zipBehindOthers(member, held, format, pickleEnd, look));
  if (
    format !== 'pickle' &&
    format !== 'maybe-pickle' &&
    opcode(firstByte) !== undefined &&
    !(await isPlainlyNoPickle(member, look))
  ) {
    yield* guarded(member, polyglot(member, format, look));
  }
  if (!explained && (format === 'maybe-pickle' || formats.isOpaque(format)) && isTextName(member.name)) {
    yield* guarded(member, opened(base64Text(member, look.budget), look));
  }
  if (look.sources.length > 0 && isSource(member)) yield* guarded(member, pythonSource(member, look, explained));
  if (look.repositories && mayConcernRepository(member, look)) yield* guarded(member, repositoryMember(member, look));
  const { packed } = member;
  if (packed !== undefined) yield* guarded(member, expansion(member, packed, explained, look.budget));
}

interface Identity extends Recognised {
  /** Where it is an opcode, the same bytes may be a pickle too. */
  readonly firstByte: number;
  /** A zip archive ends the same bytes (bytes before a zip are legal): it is analysed as well. */
  readonly zipBehind: boolean;
}

/** Plans reads of a source whose end is known. */
function asked(source: ByteSource, ranges: readonly ByteRange[]): void | Promise<void> {
  return Number.isFinite(source.size) ? source.prefetch?.(ranges) : undefined;
}

async function identifyMember(member: Member): Promise<Identity | { readonly faults: readonly Found[] }> {
  try {
    const { source } = member;
    // Head and end are read for every format.
    const ends = asked(source, [
      { start: 0, end: HEAD_BYTES },
      { start: source.size - END_BYTES, end: source.size },
    ]);
    if (ends !== undefined) await ends;
    const head = (await source.read(0, HEAD_BYTES)).slice();
    const { format: atHead, others } = formats.recognise(head);
    const format = atHead === 'maybe-pickle' ? ((await formatBehind(member)) ?? atHead) : atHead;
    const own = asked(source, FORMATS[format].ranges?.(head, source.size) ?? []);
    if (own !== undefined) await own;
    if (format === 'empty') return { format, firstByte: 0, others: [], zipBehind: false };
    const zipBehind = format !== 'zip' && (await hasZipBehind(source));
    return { format, firstByte: head[0] ?? 0, others, zipBehind };
  } catch (error) {
    return { faults: [...faults(member, error)] };
  }
}

/** A fault of the bytes behind the head is for the analysis to meet, which takes what comes before it. */
async function formatBehind({ source, name }: Member): Promise<Format | null> {
  try {
    return await formats.formatBehind(source, name);
  } catch (error) {
    if (error instanceof InputError || error instanceof UnsupportedError) return null;
    throw error;
  }
}

/**
 * The end of compressed bytes is known only when they were read to it. They are not read for this where an array takes all of
 * them, unless the name sends them to a reader of zips that allows bytes before them: no reader of arrays goes by the end.
 */
async function endsAsZipNow(
  member: Member,
  format: Format,
  { explained, isWholeArray }: { readonly explained: boolean; readonly isWholeArray: boolean },
  budget: Budget,
): Promise<boolean> {
  const { packed } = member;
  if (format === 'zip' || packed?.drained === undefined || isDeclaredBomb(packed, explained)) return false;
  if (isWholeArray && packed.declared !== null && formats.promisedBy(member.name)?.format !== 'zip') return false;
  if (packed.declared !== null) budget.checkSearch();
  try {
    return await hasZipBehind(await packed.drained());
  } catch (error) {
    // The analysis that opened the decoder reports this.
    if (error instanceof InputError || error instanceof UnsupportedError) return false;
    throw error;
  }
}

/**
 * A zip at the end of bytes that are something else; `held`: the members that these have been found to hold;
 * `pickleEnd`: where a pickle from the first byte on ends.
 */
async function* zipBehindOthers(
  member: Member,
  held: readonly ByteRange[],
  format: Format,
  pickleEnd: number,
  look: Look,
): AsyncGenerator<Found> {
  if (held.length > 0 && (await isZipOfMembers(member.source, held, look.budget))) return;
  const constant = pickleEnd === member.source.size ? await zipInConstant(member.source, look.budget) : null;
  if (constant !== null) {
    const name = `[bytes ${constant.start}-${constant.end - 1}]`;
    const source = sliceSource(member.source, constant.start, constant.end - constant.start);
    yield* look.inspect({ path: memberPath(member.path, name), name, source, depth: member.depth + 1, origin: ENTRY });
    return;
  }
  for await (const found of zipMember(member, format, look)) if (!isOwnPrefix(found, member, format)) yield found;
}

/** Of a file that is called what it is, the bytes before the archive that its writer put behind them. */
function isOwnPrefix(found: Found, { path, name }: Member, format: Format): boolean {
  if (found.kind !== 'fact' || found.fact.kind !== 'archive.ambiguous') return false;
  const module = FORMATS[format];
  const { problem, at } = found.fact;
  if (problem !== 'prepended-bytes' || at.path !== path || !('endsInZip' in module)) return false;
  return formats.promisedBy(name)?.format === format;
}

async function* tarBehind(member: Member, look: Look): AsyncGenerator<Found> {
  const { source } = member;
  const bytes = (await source.read(0, TAR_SEARCH_BYTES)).slice();
  for (let at = BLOCK_BYTES; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
    if (!isTarHeader(bytes.subarray(at, at + BLOCK_BYTES))) continue;
    yield* look.inspect(restOf(member, at));
    return;
  }
}

/** A format that is not analysed accounts for all of the bytes. */
function opening(
  member: Member,
  format: Format,
  look: Look,
  held: ByteRange[],
): Iterable<Found> | AsyncIterable<Found> {
  const module = FORMATS[format];
  if ('open' in module) return module.open(member, look, held);
  const { path, source } = member;
  look.budget.ledger.claim(source, 0, source.size, 'not-analysed');
  // Of bytes that nobody claims, a mark of two or four is no name.
  if (isUnread(member.origin)) return [];
  const size = Number.isFinite(source.size) ? source.size : null;
  const promise = formats.promisedBy(member.name);
  const reason =
    promise === null || promise.format === format ? module.opaque : `${module.opaque} ${promisedOtherwise(promise)}`;
  return [{ kind: 'opaque', opaque: { path, format, size, reason } }];
}

/** Loaders of the promised format end at the first bytes, or take what is looked for in every member and is reported. */
function promisedOtherwise({ words }: NamePromise): string {
  return `The name promises ${words}: loaders of that refuse these bytes, but for what is reported beside them.`;
}
