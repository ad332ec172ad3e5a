import type { Budget } from './bytes/budget.js';
import { memorySource, sliceSource } from './bytes/source.js';
import type { RunObserver } from './analysis/pickle/drive.js';
import { catalogueNames } from './analysis/pickle/names.js';
import { opcode } from './analysis/pickle/opcodes.js';
import type { NestedCandidate } from './analysis/pickle/record.js';
import {
  analyseSequence,
  analyseStream,
  namesGlobals,
  trailing,
  type Observe,
  type PickleInput,
  type StreamResult,
} from './analysis/pickle/sequence.js';
import { quotedString, rawUnicodeEscape, utf8 } from './analysis/pickle/text.js';
import { analyseLegacy, isLegacyMagic } from './analysis/pickle/torch-legacy.js';
import { elementSize } from './analysis/pickle/torch-sizes.js';
import { analyseTorchTar, torchTarMember, type TorchTarMember } from './analysis/pickle/torch-tar.js';
import { compressed, isCompressed } from './containers/compressed.js';
import { memberPath, type Member, type Opened } from './containers/container.js';
import { base64Text, isTextName } from './containers/base64-text.js';
import { expectedBy, formatOfHead, hasZipBehind, identify, type Format, type Identity } from './containers/identify.js';
import { joinedCheckpoints, type Part } from './containers/joined-checkpoints.js';
import { npy } from './containers/npy.js';
import { BLOCK_BYTES, isMarkedTarHeader, isTarHeader } from './containers/tar-header.js';
import { tar } from './containers/tar.js';
import { isZipOfMembers } from './containers/zip-in-tar.js';
import type { Extent } from './containers/zip/extents.js';
import { lacksPickle, recordCase, torchArchive, type TorchArchive } from './containers/torch-zip.js';
import { readZip, zip, zipMembers } from './containers/zip.js';
import { InputError, LimitError, UnsupportedError } from './model/errors.js';
import type { ArchiveBombFact, Fact, Notice, StreamFacts } from './model/fact.js';

/** What looking at one member brings to light, in order. */
export type Found =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | {
      readonly kind: 'stream';
      readonly stream: StreamFacts;
      readonly facts: readonly Fact[];
      readonly observers: readonly RunObserver[];
    }
  /** What the member turned out to be; the first one names the artifact's format. */
  | { readonly kind: 'format'; readonly format: string; readonly depth: number };

/** Names of model files that may be something else as well, so that bytes of another kind are no fault. */
const MODEL_NAME = /\.(?:bin|model|p)$/i;
/** Text that holds bytes (protocol 2) is decoded in memory up to here. */
const MAX_TEXT_BYTES = 16 * 2 ** 20;

/**
 * Looks at a member and at everything inside it. Faults of the input become notices; LimitError of time passes.
 * `observe` watches the runs of every pickle stream, for a trace; what it gave comes back with the stream.
 */
export async function* inspect(member: Member, budget: Budget, observe?: Observe): AsyncGenerator<Found> {
  if (member.depth > budget.limits.depth) {
    const detail = `archives lie more than ${budget.limits.depth} deep in each other`;
    yield { kind: 'fact', fact: bomb(member.path, 'nesting', detail) };
    yield noticeOf(member.path, null, 'limit', detail);
    return;
  }
  budget.countLooked(member.packed?.compressed ?? (Number.isFinite(member.source.size) ? member.source.size : 0));
  if (member.role === 'npy') {
    yield* guarded(member, pickles(member, budget, true, observe));
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
  const held: Extent[] = [];
  for await (const found of guarded(member, byFormat(member, format, budget, observe, held))) {
    if (
      (found.kind === 'format' && found.format !== 'unknown') ||
      (found.kind === 'stream' && found.stream.end === 'stop')
    )
      explained = true;
    yield found;
  }
  for (const other of others)
    yield* guarded({ ...member, stray: true }, onGuess({ ...member, stray: true }, other, budget, observe));
  if (!others.includes('tar') && (format === 'pickle' || format === 'maybe-pickle'))
    yield* guarded(member, tarBehind(member, budget, observe));
  if (zipBehind || (!endKnown && (await endsAsZipNow(member, format))))
    yield* guarded(member, zipBehindOthers(member, held, budget, format, observe));
  if (format !== 'pickle' && format !== 'maybe-pickle' && opcode(firstByte) !== undefined) {
    yield* guarded(member, polyglot(member, format, budget, observe));
  }
  if (!explained && format === 'maybe-pickle' && isTextName(member.name)) {
    yield* guarded(member, opened(base64Text(member, budget), budget, observe));
  }
  const { packed } = member;
  if (packed !== undefined) yield* guarded(member, expansion(member, packed, explained, budget));
}

async function identifyMember(member: Member): Promise<Identity | { readonly faults: readonly Found[] }> {
  try {
    return await identify(member.source);
  } catch (error) {
    return { faults: [...faults(member, error)] };
  }
}

/** The marks of such a format are so weak that bytes may have them by chance: no more is decoded than there is to see. */
async function* onGuess(
  member: Member,
  format: Format,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  if (format === 'tar') {
    yield* tarMember(member, budget, observe);
    return;
  }
  for await (const item of compressed(member, format, budget)) {
    if (item.kind === 'member')
      yield* inspect(
        {
          path: item.member.path,
          name: item.member.name,
          source: item.member.source,
          depth: item.member.depth,
          stray: true,
        },
        budget,
        observe,
      );
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

/** A zip at the end of bytes that are something else; `held`: the members that these have been found to hold. */
async function* zipBehindOthers(
  member: Member,
  held: readonly Extent[],
  budget: Budget,
  format: Format,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  if (held.length > 0 && (await isZipOfMembers(member.source, held, budget))) return;
  yield* zipMember(member, budget, format, observe);
}

/** Python's tarfile, told to ignore zeros, skips blocks that are no header; in so many bytes they are looked for. */
const TAR_SEARCH_BYTES = 64 * 1024;

async function* tarBehind(member: Member, budget: Budget, observe: Observe | undefined): AsyncGenerator<Found> {
  const { source } = member;
  if (source.size < 2 * BLOCK_BYTES) return;
  const bytes = (await source.read(0, TAR_SEARCH_BYTES)).slice();
  for (let at = BLOCK_BYTES; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
    if (!isTarHeader(bytes.subarray(at, at + BLOCK_BYTES))) continue;
    yield* inspect(strayAt(member, at), budget, observe);
    return;
  }
}

/** Faults of the input end one way of looking at a member, never the others. */
async function* guarded(member: Member, look: AsyncGenerator<Found>): AsyncGenerator<Found> {
  try {
    yield* look;
  } catch (error) {
    yield* faults(member, error);
  }
}

/** Bytes that say they are one thing and, from the first byte on, are a pickle as well: each loader sees its own. */
async function* polyglot(member: Member, format: Format, budget: Budget, observe?: Observe): AsyncGenerator<Found> {
  const input = pickleInput(member, budget, observe);
  let told = format === 'data';
  for await (const result of analyseSequence(input, await analyseStream(input, 0))) {
    if (!namesGlobals(result) && !(result.plausible && result.machine.persistent.length > 0)) continue;
    if (!told) {
      const detail = `these bytes are ${format} and, read from the first byte, a pickle`;
      yield {
        kind: 'fact',
        fact: {
          kind: 'archive.ambiguous',
          at: { path: member.path, offset: 0, line: null },
          problem: 'polyglot',
          entry: null,
          detail,
        },
      };
    }
    told = true;
    yield* streamFound(result, { ...member, stray: true }, budget, observe);
  }
}

/** Data that unpacks to this much more than itself and is no artifact was made to fill a disk or a memory (CWE-409). */
const SUSPECT_RATIO = 200;
const SUSPECT_BYTES = 16 * 2 ** 20;

async function* expansion(
  member: Member,
  packed: NonNullable<Member['packed']>,
  explained: boolean,
  budget: Budget,
): AsyncGenerator<Found> {
  if (!explained && packed.declared === null) await packed.drained?.();
  const size = packed.declared ?? member.source.size;
  if (!Number.isFinite(size)) return;
  budget.countExpanded(size);
  if (explained || size < SUSPECT_BYTES || size < packed.compressed * SUSPECT_RATIO) return;
  yield {
    kind: 'fact',
    fact: bomb(member.path, 'expansion', `${packed.compressed} bytes unpack to ${size} that are no artifact`),
  };
}

function* faults(member: Member, error: unknown): Generator<Found> {
  if (error instanceof LimitError && error.limit !== 'artifactMs') {
    if (error.limit === 'members') yield { kind: 'fact', fact: bomb(member.path, 'member-count', error.message) };
    if (error.limit === 'decodedBytes') yield { kind: 'fact', fact: bomb(member.path, 'expansion', error.message) };
    yield noticeOf(member.path, null, 'limit', error.message);
    if (error.limit === 'members' || error.limit === 'decodedBytes' || error.limit === 'lookedBytes')
      throw new LimitError('artifactMs', error.message);
    return;
  }
  if (error instanceof InputError) {
    if (member.stray === true) return;
    yield noticeOf(
      member.path,
      error.offset,
      error.message.startsWith('truncated') ? 'truncated' : 'corrupt',
      error.message,
    );
    return;
  }
  if (error instanceof UnsupportedError) {
    yield noticeOf(member.path, error.offset, 'unsupported', error.message);
    return;
  }
  throw error;
}

function noticeOf(path: string, offset: number | null, cause: Notice['cause'], reason: string): Found {
  return { kind: 'notice', notice: { path, offset, cause, reason } };
}

function bomb(path: string, problem: ArchiveBombFact['problem'], detail: string): ArchiveBombFact {
  return { kind: 'archive.bomb', at: { path, offset: null, line: null }, problem, detail };
}

async function* byFormat(
  member: Member,
  format: Format,
  budget: Budget,
  observe: Observe | undefined,
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
    case 'zip':
      yield* zipMember(member, budget, format, observe);
      return;
    case 'tar':
      yield { kind: 'format', format, depth: member.depth };
      yield* tarMember(member, budget, observe, held);
      return;
    case '7z': {
      yield { kind: 'format', format, depth: member.depth };
      const { sevenZip } = await import('./containers/seven-zip.js');
      yield* opened(sevenZip(member, budget), budget, observe);
      return;
    }
    case 'npy':
      yield { kind: 'format', format, depth: member.depth };
      yield* opened(npy(member, budget), budget, observe);
      return;
    case 'pickle':
      yield* pickles(member, budget, true, observe);
      return;
    case 'maybe-pickle':
      yield* pickles(
        member,
        budget,
        member.role !== undefined && (member.role !== 'embedded' || member.nestedIn?.loaded === true),
        observe,
      );
      return;
    case 'data':
      return;
    default:
      if (!isCompressed(format)) return;
      yield { kind: 'format', format, depth: member.depth };
      yield* opened(unpacked(member, compressed(member, format, budget)), budget, observe);
  }
}

async function* tarMember(
  member: Member,
  budget: Budget,
  observe: Observe | undefined,
  held: Extent[] = [],
): AsyncGenerator<Found> {
  const torchMembers = new Set<string>();
  // Numbers in an array may be a header by chance. What tarfile would read there is looked at, and no more is said of it.
  const chance = isGuess(member) && !isMarkedTarHeader((await member.source.read(0, BLOCK_BYTES)).slice());
  for await (const item of tar(member, budget)) {
    if (item.kind === 'member') {
      const part = torchTarMember(item.member.name);
      if (part !== null) torchMembers.add(part);
      const { at, source } = item.member;
      if (at !== undefined) held.push({ start: at, end: at + source.size });
      yield* inspect(chance ? { ...item.member, stray: true } : item.member, budget, observe);
    } else if (!chance || isGap(item)) yield item;
  }
  if (!torchMembers.has('storages') || torchMembers.size === 3) return;
  const missing = ['tensors', 'pickle'].filter((name) => !torchMembers.has(name)).join(' and ');
  yield noticeOf(member.path, null, 'truncated', `a PyTorch checkpoint in tar format lacks its member ${missing}`);
}

/** A notice about bytes that somebody could read and that were not looked at; damage is what chance looks like. */
function isGap(item: Opened): boolean {
  return item.kind === 'notice' && (item.notice.cause === 'limit' || item.notice.cause === 'unsupported');
}

/** Bytes that no loader is known to be given as they are. */
function isGuess(member: Member): boolean {
  return member.stray === true || (member.role === 'embedded' && member.nestedIn?.loaded !== true);
}

/** What a compressed byte string holds was loaded by whoever loads the string. */
async function* unpacked(member: Member, container: AsyncGenerator<Opened, void>): AsyncGenerator<Opened, void> {
  const { nestedIn } = member;
  for await (const item of container) {
    yield item.kind === 'member' && nestedIn !== undefined ? { ...item, member: { nestedIn, ...item.member } } : item;
  }
}

/** Passes on what a container yields and looks at its members. */
async function* opened(
  container: AsyncGenerator<Opened, void>,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  for await (const item of container) {
    if (item.kind === 'member') yield* inspect(item.member, budget, observe);
    else yield item;
  }
}

async function* zipMember(
  member: Member,
  budget: Budget,
  format: Format,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  const joined = await joinedCheckpoints(member.source, budget);
  if (joined !== null) {
    yield* joinedMembers(member, joined, budget, observe);
    return;
  }
  const archive = await readZip(member.source, budget);
  const torch = torchArchive(archive);
  if (torch === null) {
    if (lacksPickle(archive))
      yield noticeOf(member.path, null, 'corrupt', 'the records of a PyTorch checkpoint without its data.pkl');
    if (format === 'zip')
      yield {
        kind: 'format',
        format: isNpz(archive.entries.map((entry) => entry.name)) ? 'npz' : 'zip',
        depth: member.depth,
      };
    yield* opened(zip(member, budget), budget, observe);
    return;
  }
  yield { kind: 'format', format: torch.kind, depth: member.depth };
  for (const entry of torch.oddCase) yield { kind: 'fact', fact: recordCase(member.path, entry) };
  for await (const item of zipMembers(archive, member, budget)) {
    if (item.kind !== 'member') {
      yield item;
      continue;
    }
    if (item.member.stray !== true && torch.isStorage(item.member.name)) {
      yield* guarded({ ...item.member, stray: true }, storageMember({ ...item.member, stray: true }, budget, observe));
      continue;
    }
    const role = item.member.stray === true ? null : torch.roleOf(item.member.name);
    if (role === null) yield* inspect(item.member, budget, observe);
    else yield* torchPickle({ ...item.member, role }, torch, budget, observe);
  }
}

/**
 * The checkpoints of a distributed one, each as its reader takes it. That whoever takes the file for one archive sees one
 * of them only is no matter as long as none of them names anything but what checkpoints name.
 */
async function* joinedMembers(
  member: Member,
  parts: readonly Part[],
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  yield { kind: 'format', format: 'torch-joined', depth: member.depth };
  let told = false;
  for (const { start, end } of parts) {
    budget.countMember();
    const name = `[checkpoint @${start}]`;
    const source = sliceSource(member.source, start, end - start);
    const part = { path: memberPath(member.path, name), name, source, depth: member.depth + 1 };
    for await (const found of inspect(part, budget, observe)) {
      yield found;
      if (told || found.kind !== 'stream' || !found.facts.some(namesUnusual)) continue;
      told = true;
      const detail = `${parts.length} archives in a row: readers take the first, the last or each of them`;
      const at = { path: member.path, offset: start, line: null };
      yield {
        kind: 'fact',
        fact: { kind: 'archive.ambiguous', at, problem: 'several-end-records', entry: null, detail },
      };
    }
  }
}

/** A global outside the allowlist, or anything odd. */
function namesUnusual(fact: Fact): boolean {
  if (fact.kind !== 'pickle.global') return true;
  return [fact, ...(fact.mapped === null ? [] : [fact.mapped])].every(
    ({ module, name }) => !catalogueNames.isKnown(module, name) && !catalogueNames.isConditional(module, name),
  );
}

/**
 * PyTorch reads a storage as raw bytes; whoever opens the archive by other means sees what they are. Numbers that begin
 * like a pickle of protocol 0 or 1, which has no mark, are none.
 */
async function* storageMember(member: Member, budget: Budget, observe: Observe | undefined): AsyncGenerator<Found> {
  const format = await formatOfHead(member.source);
  const mayBeAny = format === 'maybe-pickle' || format === 'data' || format === 'empty';
  if (!mayBeAny || expectedBy(member.name) !== null) yield* inspect(member, budget, observe);
}

function isNpz(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => name.endsWith('.npy'));
}

async function* torchPickle(
  member: Member,
  torch: TorchArchive,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  try {
    const input = pickleInput(member, budget, observe);
    const result = await analyseStream(input, 0);
    yield* streamFound(result, member, budget, observe);
    yield* missingStorages(result, torch, member);
    if (member.packed !== undefined) yield* expansion(member, member.packed, result.machine.stopped, budget);
    yield* afterFirst(input, member, result, budget, observe);
  } catch (error) {
    yield* faults(member, error);
  }
}

/** Records that the pickle names and the archive lacks, or holds too short: PyTorch fails on them. */
function* missingStorages(result: StreamResult, torch: TorchArchive, member: Member): Generator<Found> {
  for (const { storage, offset } of result.machine.persistent) {
    if (storage === null) continue;
    const size = torch.storages.get(storage.key);
    const wanted = storage.elements * (elementSize(storage.type) ?? 0);
    if (size === undefined)
      yield noticeOf(
        member.path,
        offset,
        'corrupt',
        `the record ${torch.folder}data/${storage.key} of this tensor is missing`,
      );
    else if (size < wanted) {
      yield noticeOf(
        member.path,
        offset,
        'corrupt',
        `the record ${torch.folder}data/${storage.key} holds ${size} bytes, the tensor needs ${wanted}`,
      );
    } else continue;
    return;
  }
}

/** Bytes behind the one pickle of a format that has just one: the format's reader stops, one that loads again goes on. */
async function* afterFirst(
  input: PickleInput,
  member: Member,
  first: StreamResult,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  let told = false;
  for await (const found of restOfSequence(input, member, first, budget, observe)) {
    if (found.kind === 'stream' && !told) {
      told = true;
      yield {
        kind: 'fact',
        fact: trailing(
          input,
          found.stream.offset,
          'trailing-pickle',
          'another pickle follows the one that this format holds',
        ),
      };
    }
    yield found;
  }
}

/** The streams behind the first, then the bytes behind the last one. */
async function* restOfSequence(
  input: PickleInput,
  member: Member,
  first: StreamResult,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  const sequence = analyseSequence(input, first);
  for (;;) {
    const step = await sequence.next();
    if (step.done === true) {
      if (step.value.trailing !== null && member.cut !== true) {
        yield { kind: 'fact', fact: step.value.trailing };
        yield* inspect(strayAt(member, step.value.end), budget, observe);
      }
      return;
    }
    if (step.value !== first) yield* streamFound(step.value, member, budget, observe);
  }
}

function pickleInput(member: Member, budget: Budget, observe: Observe | undefined): PickleInput {
  return {
    path: member.path,
    source: member.source,
    role: member.role ?? 'plain',
    names: catalogueNames,
    budget,
    observe,
  };
}

async function* pickles(
  member: Member,
  budget: Budget,
  declared: boolean,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  const input = pickleInput(member, budget, observe);
  const torchPart = member.role === undefined ? torchTarMember(member.name) : null;
  if (torchPart !== null && member.depth > 0 && member.stray !== true) {
    yield* torchTar({ ...input, role: 'torch-tar' }, torchPart, member, budget, observe);
    return;
  }
  const first = await analyseStream(input, member.start ?? 0);
  const expected = member.stray === true || member.role === 'embedded' ? null : expectedBy(member.name);
  const guessed = isGuess(member);
  // Two words, one a line, name a global; in a file that is called a model they are no list of words.
  const broken = MODEL_NAME.test(member.name) && !guessed && first.machine.signals.has('truncated');
  const named = expected?.startsWith('a pickle') === true || broken;
  const happened = first.next.length > 0 || namesGlobals(first);
  if (!first.plausible && !(declared && !guessed) && !(named && happened)) {
    if (expected !== null) yield* unexplained(member, first.stream.error ?? 'the bytes are no pickle');
    return;
  }
  if (member.role === 'embedded' && member.nestedIn !== undefined && !member.nestedIn.loaded) {
    const { path, offset } = member.nestedIn;
    const detail = 'a byte string holds a pickle of its own';
    yield {
      kind: 'fact',
      fact: {
        kind: 'pickle.structure',
        at: { path, offset, line: null },
        role: 'plain',
        signal: 'nested-pickle',
        detail,
        count: 1,
      },
    };
  }
  if (isLegacyMagic(first)) {
    yield { kind: 'format', format: 'torch-legacy', depth: member.depth };
    yield* streamFound(first, member, budget, observe);
    const known = new Set(usesOf(first));
    for await (const part of analyseLegacy(input, first)) {
      if ('result' in part) {
        for (const use of usesOf(part.result)) known.add(use);
        yield* streamFound(part.result, member, budget, observe);
      } else if ('fact' in part) yield { kind: 'fact', fact: part.fact };
      else if ('notice' in part) yield { kind: 'notice', notice: part.notice };
      else yield* inspect(strayAt(member, part.rest), budget, observe);
    }
    // To pickle.load, called again and again, the storages are opcodes too.
    for await (const plain of analyseSequence(input, first)) {
      if (usesOf(plain).some((use) => !known.has(use)))
        yield* streamFound(plain, { ...member, stray: true }, budget, observe);
    }
    return;
  }
  const joblib = first.machine.records.some((record) => record.arrayWrapper);
  yield { kind: 'format', format: joblib ? 'joblib' : 'pickle', depth: member.depth };
  if (member.role === 'npy') {
    yield* streamFound(first, member, budget, observe);
    const next = first.next[0];
    if (next !== undefined && (await member.source.read(next, 1)).length > 0)
      yield* inspect(strayAt(member, next), budget, observe);
    return;
  }
  yield* streamFound(first, member, budget, observe);
  yield* restOfSequence(input, member, first, budget, observe);
}

/** The globals that a stream names, and those that it calls. */
function usesOf(result: StreamResult): string[] {
  return result.facts.flatMap((fact) => {
    if (fact.kind !== 'pickle.global' && fact.kind !== 'pickle.dynamic') return [];
    const name = `${fact.module}\0${fact.name}`;
    return fact.kind === 'pickle.global' && fact.callCount > 0 ? [name, `${name}\0called`] : [name];
  });
}

function strayAt(member: Member, offset: number): Member {
  const name = `[bytes ${offset}-]`;
  const source = sliceSource(member.source, offset, member.source.size - offset);
  return { path: memberPath(member.path, name), name, source, depth: member.depth + 1, stray: true };
}

async function* torchTar(
  input: PickleInput,
  part: TorchTarMember,
  member: Member,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  const first = await analyseStream(input, 0);
  yield* streamFound(first, member, budget, observe);
  if (part === 'pickle') {
    yield* restOfSequence(input, member, first, budget, observe);
    return;
  }
  const known = new Set(usesOf(first));
  for await (const found of analyseTorchTar(input, part, first)) {
    if ('result' in found) {
      for (const use of usesOf(found.result)) known.add(use);
      yield* streamFound(found.result, member, budget, observe);
    } else if ('notice' in found) yield { kind: 'notice', notice: found.notice };
    else if ((await member.source.read(found.rest, 1)).length > 0)
      yield* inspect(strayAt(member, found.rest), budget, observe);
  }
  for await (const plain of analyseSequence(input, first)) {
    if (usesOf(plain).some((use) => !known.has(use)))
      yield* streamFound(plain, { ...member, stray: true }, budget, observe);
  }
}

/** A stream with what lies in it; then the limit that ended it, so that nothing found before it is lost. */
async function* streamFound(
  result: StreamResult,
  member: Member,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  yield* streamParts(result, member, budget, observe);
  if (result.limit !== null) throw result.limit;
}

/** A stream, its object arrays, and the byte strings in it that may be pickles themselves. */
async function* streamParts(
  result: StreamResult,
  member: Member,
  budget: Budget,
  observe: Observe | undefined,
): AsyncGenerator<Found> {
  yield {
    kind: 'stream',
    stream: result.stream,
    facts: result.facts.map((fact) => shownUnder(fact, member)),
    observers: result.observers,
  };
  const guessed = isGuess(member);
  // An array of joblib's is there by no chance.
  if (result.notice !== null && (!guessed || result.notice.cause === 'unsupported'))
    yield { kind: 'notice', notice: result.notice };
  for (const inner of result.inner) yield* streamParts(inner, member, budget, observe);
  for (const candidate of result.nested) {
    const nested = await nestedMember(candidate, member);
    if (nested === null)
      yield noticeOf(
        member.path,
        candidate.offset,
        'limit',
        'bytes that may be a pickle are written as text too long to decode',
      );
    else yield* inspect(nested, budget, observe);
  }
}

/** The facts of a pickle that another one holds say so. */
function shownUnder(fact: Fact, { nestedIn }: Member): Fact {
  if (nestedIn === undefined || (fact.kind !== 'pickle.global' && fact.kind !== 'pickle.dynamic')) return fact;
  const { path, offset, loader } = nestedIn;
  const use =
    loader === undefined ? 'nothing there loads them' : `there ${loader.opcode} @${loader.offset} ${loader.text}`;
  return { ...fact, outer: `this pickle lies in the bytes @${offset} of ${path}: ${use}` };
}

async function nestedMember(candidate: NestedCandidate, member: Member): Promise<Member | null> {
  const name = `<bytes @${candidate.offset}>`;
  const shared = {
    path: memberPath(member.path, name),
    name,
    depth: member.depth + 1,
    role: 'embedded',
    nestedIn: { path: member.path, offset: candidate.offset, loaded: candidate.loaded, loader: candidate.loader },
  } as const;
  if (candidate.form === 'bytes')
    return { ...shared, source: sliceSource(member.source, candidate.offset, candidate.length) };
  if (candidate.length > MAX_TEXT_BYTES) return null;
  const raw = (await member.source.read(candidate.offset, candidate.length)).slice();
  if (candidate.form === 'quoted') return { ...shared, source: memorySource(quotedString(raw) ?? new Uint8Array(0)) };
  const text = (candidate.form === 'line' ? rawUnicodeEscape(raw) : utf8(raw)) ?? '';
  return { ...shared, source: memorySource(Uint8Array.from(text, (char) => char.charCodeAt(0))) };
}

/** Inside archives empty files are ordinary; a model file that is empty was never written. */
function* emptyFile(member: Member): Generator<Found> {
  if (expectedBy(member.name) === null && !MODEL_NAME.test(member.name)) return;
  yield { kind: 'format', format: 'empty', depth: member.depth };
  yield noticeOf(member.path, 0, 'truncated', 'the file is empty');
}

/** The name promises something that the bytes are not. */
function* unexplained(member: Member, why: string): Generator<Found> {
  const expected = expectedBy(member.name);
  if (expected === null) return;
  yield { kind: 'format', format: 'unknown', depth: member.depth };
  yield noticeOf(member.path, 0, 'corrupt', `${expected} is expected by the name: ${why}`);
}
