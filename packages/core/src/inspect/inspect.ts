import { opcode } from '../analysis/pickle/opcodes.js';
import type { Observe } from '../analysis/pickle/stream.js';
import type { Budget } from '../bytes/budget.js';
import { sliceSource } from '../bytes/source.js';
import { base64Text, isTextName } from '../containers/base64-text.js';
import { compressed, isCompressed } from '../containers/compressed.js';
import { memberPath, type Member } from '../containers/container.js';
import { expectedBy, hasZipBehind, identify, type Format, type Identity } from '../containers/identify.js';
import { npy } from '../containers/npy.js';
import { BLOCK_BYTES, isTarHeader } from '../containers/tar-header.js';
import { zipInConstant } from '../containers/zip-in-constant.js';
import { isZipOfMembers } from '../containers/zip-in-tar.js';
import type { Extent } from '../containers/zip/extents.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import type { SourceNeighbours } from '../model/neighbours.js';
import type { SourceFactKind } from '../model/source-fact.js';
import { opened, tarMember, unpacked, zipMember } from './archives.js';
import { bomb, expansion, faults, guarded, noticeOf, strayAt, type Found, type Look } from './look.js';
import { emptyFile, isPlainlyNoPickle, pickles, polyglot } from './pickles.js';
import { isSource, pythonSource } from './source.js';
import { TAR_SEARCH_BYTES } from '../model/limits.js';

export interface InspectOptions {
  /** Watches the runs of every pickle stream, for a trace; what it gave comes back with the stream. */
  readonly observe?: Observe;
  /** The SHA-256 of the streams; true unless told otherwise. */
  readonly digests?: boolean;
  /** Facts about Python source; none unless told otherwise. */
  readonly sources?: readonly SourceFactKind[];
  readonly neighbours?: SourceNeighbours | null;
}

/** Looks at a member and at everything inside it. Faults of the input become notices; LimitError of time passes. */
export function inspect(member: Member, budget: Budget, options: InspectOptions = {}): AsyncGenerator<Found> {
  const { observe, digests = true, sources = [], neighbours = null } = options;
  const look: Look = { budget, observe, digests, sources, neighbours, inspect: (inner) => inspectMember(inner, look) };
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
  const identified = await identifyMember(member);
  if (!('format' in identified)) {
    yield* identified.faults;
    return;
  }
  const { format, firstByte, others, zipBehind } = identified;
  const endKnown = Number.isFinite(member.source.size);
  let explained = false;
  /** Where a pickle from the first byte on ends. */
  let pickleEnd = 0;
  const held: Extent[] = [];
  // As `guarded` does, without one more generator that everything would go through.
  try {
    for await (const found of byFormat(member, format, look, held)) {
      if (
        (found.kind === 'format' && found.format !== 'unknown') ||
        (found.kind === 'stream' && found.stream.end === 'stop')
      )
        explained = true;
      if (found.kind === 'stream' && found.stream.end === 'stop' && found.stream.offset === 0)
        pickleEnd = Math.max(pickleEnd, found.stream.length);
      yield found;
    }
  } catch (error) {
    yield* faults(member, error);
  }
  for (const other of others)
    yield* guarded({ ...member, stray: true }, onGuess({ ...member, stray: true }, other, look));
  if (
    !others.includes('tar') &&
    (format === 'pickle' || format === 'maybe-pickle') &&
    member.source.size >= 2 * BLOCK_BYTES
  )
    yield* guarded(member, tarBehind(member, look));
  if (zipBehind || (!endKnown && (await endsAsZipNow(member, format))))
    yield* guarded(member, zipBehindOthers(member, held, format, pickleEnd, look));
  if (
    format !== 'pickle' &&
    format !== 'maybe-pickle' &&
    opcode(firstByte) !== undefined &&
    !isPlainlyNoPickle(member, look)
  ) {
    yield* guarded(member, polyglot(member, format, look));
  }
  if (!explained && format === 'maybe-pickle' && isTextName(member.name)) {
    yield* guarded(member, opened(base64Text(member, look.budget), look));
  }
  if (look.sources.length > 0 && isSource(member)) yield* guarded(member, pythonSource(member, look, explained));
  const { packed } = member;
  if (packed !== undefined) yield* guarded(member, expansion(member, packed, explained, look.budget));
}

async function identifyMember(member: Member): Promise<Identity | { readonly faults: readonly Found[] }> {
  try {
    return await identify(member.source);
  } catch (error) {
    return { faults: [...faults(member, error)] };
  }
}

/** The marks of such a format are so weak that bytes may have them by chance: no more is decoded than there is to see. */
async function* onGuess(member: Member, format: Format, look: Look): AsyncGenerator<Found> {
  if (format === 'tar') {
    yield* tarMember(member, look);
    return;
  }
  for await (const item of compressed(member, format, look.budget)) {
    if (item.kind === 'member')
      yield* look.inspect({
        path: item.member.path,
        name: item.member.name,
        source: item.member.source,
        depth: item.member.depth,
        stray: true,
      });
    return;
  }
}

/** The end of compressed bytes is known only when they were read to it. */
async function endsAsZipNow(member: Member, format: Format): Promise<boolean> {
  const { packed } = member;
  if (format === 'zip' || packed?.drained === undefined) return false;
  try {
    return await hasZipBehind(await packed.drained());
  } catch (error) {
    // Whoever opened the decoder says so.
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
  held: readonly Extent[],
  format: Format,
  pickleEnd: number,
  look: Look,
): AsyncGenerator<Found> {
  if (held.length > 0 && (await isZipOfMembers(member.source, held, look.budget))) return;
  const constant = pickleEnd === member.source.size ? await zipInConstant(member.source, look.budget) : null;
  if (constant !== null) {
    const name = `[bytes ${constant.start}-${constant.end - 1}]`;
    const source = sliceSource(member.source, constant.start, constant.end - constant.start);
    yield* look.inspect({ path: memberPath(member.path, name), name, source, depth: member.depth + 1 });
    return;
  }
  yield* zipMember(member, format, look);
}

async function* tarBehind(member: Member, look: Look): AsyncGenerator<Found> {
  const { source } = member;
  const bytes = (await source.read(0, TAR_SEARCH_BYTES)).slice();
  for (let at = BLOCK_BYTES; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
    if (!isTarHeader(bytes.subarray(at, at + BLOCK_BYTES))) continue;
    yield* look.inspect(strayAt(member, at));
    return;
  }
}

function byFormat(member: Member, format: Format, look: Look, held: Extent[]): AsyncGenerator<Found> {
  switch (format) {
    case 'zip':
      return zipMember(member, format, look);
    case 'pickle':
      return pickles(member, true, look);
    case 'maybe-pickle':
      return pickles(
        member,
        member.role !== undefined && (member.role !== 'embedded' || member.nestedIn?.loaded === true),
        look,
      );
    default:
      return byOtherFormat(member, format, look, held);
  }
}

async function* byOtherFormat(
  member: Member,
  format: Exclude<Format, 'zip' | 'pickle' | 'maybe-pickle'>,
  look: Look,
  held: Extent[],
): AsyncGenerator<Found> {
  switch (format) {
    case 'empty':
      if (member.stray !== true && (member.depth === 0 || expectedBy(member.name) !== null)) yield* emptyFile(member);
      return;
    case 'git-lfs-pointer':
      yield { kind: 'format', format, depth: member.depth };
      yield noticeOf(
        member.path,
        0,
        'unreadable',
        'a Git LFS pointer, not the file itself: fetch it with `git lfs pull`',
      );
      return;
    case 'tar':
      yield { kind: 'format', format, depth: member.depth };
      yield* tarMember(member, look, held);
      return;
    case '7z': {
      yield { kind: 'format', format, depth: member.depth };
      const { sevenZip } = await import('../containers/seven-zip.js');
      yield* opened(sevenZip(member, look.budget), look);
      return;
    }
    case 'npy':
      yield { kind: 'format', format, depth: member.depth };
      yield* opened(npy(member, look.budget), look);
      return;
    case 'executorch': {
      yield { kind: 'format', format, depth: member.depth };
      const { nativeNames } = await import('./native-names.js');
      yield* nativeNames(member, 'executorch', look);
      return;
    }
    case 'data':
      return;
    default:
      if (!isCompressed(format)) return;
      yield { kind: 'format', format, depth: member.depth };
      yield* opened(unpacked(member, compressed(member, format, look.budget)), look);
  }
}
