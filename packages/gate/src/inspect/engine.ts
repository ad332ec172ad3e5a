import { createHash } from 'node:crypto';
import { memorySource, type ByteSource, type Limits } from '@artifact-sentinel/core';
import {
  couldBeArtifact,
  hasStrongMark,
  isChance,
  plausibilityBehindPrefix,
  plausibilityInBody,
  plausibilityInWhole,
  plausibilityOfBodyGap,
  sliceSource,
  type BodyBytes,
  type BodyKind,
  type Collected,
  type Plausibility,
} from '@artifact-sentinel/core/internal';
import { collect } from '@artifact-sentinel/core/node/internal';
import { RATIO_FREE_BYTES, type InspectionLimits } from '../model/limits.js';
import { refuse, type Refusal } from '../model/rules.js';
import { detailOf, signalOf } from './acting.js';
import { codeObjectAt } from './code-object.js';
import type { PieceKind } from './piece-kind.js';
import { behindPrefix, isText, PACKED_TRIES, packedBehind, PREFIX_REACH, triesFor } from './prefix.js';
import { WINDOW_BYTES } from './window-source.js';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A name that promises nothing. */
const PIECE = 'piece';
/** A name by which the engine tells what a broken pickle looks up before it fails. */
const BROKEN = 'piece.pkl';

/** Has the core's engine look at a piece, and refuses it for what it finds. */
export async function judgePiece(
  bytes: Uint8Array,
  path: string,
  wanted: PieceKind,
  limits: InspectionLimits,
): Promise<void> {
  if (bytes.length === 0) return;
  const kind = kindOfPiece(bytes, wanted);
  const piece: Piece = { head: bytes, source: memorySource(bytes), digest: () => sha256(bytes) };
  if (couldBeArtifact(bytes)) await judgeWhole(piece, path, kind, limits);
  if (kind === 'text' || kind === 'decoded-text' || kind === 'page') return;
  refuseCode(piece, path);
  let tries = triesFor(bytes.length);
  for (const at of behindPrefix(bytes)) {
    tries = oneTryLess(tries, path);
    refuseBehind(await look(memorySource(bytes.subarray(at)), PIECE, limits), at, piece, path);
  }
  await judgePacked(bytes, 0, PACKED_TRIES, piece, path, limits);
}

/** What of packed data behind other bytes is unpacked: a pickle has what it calls near its beginning. */
const PACKED_BYTES = 2 ** 20;

/** Compressed data behind other bytes: a pickle in them counts as one behind a prefix does. Gives the tries that are left. */
async function judgePacked(
  bytes: Uint8Array,
  base: number,
  tries: number,
  piece: Piece,
  path: string,
  limits: InspectionLimits,
): Promise<number> {
  let left = tries;
  for (const at of packedBehind(bytes)) {
    if (left === 0) return 0;
    left -= 1;
    const tight = { ...limits, decodedBytes: Math.min(limits.decodedBytes, PACKED_BYTES) };
    refuseBehind(await look(memorySource(bytes.subarray(at)), PIECE, tight), base + at, piece, path);
  }
  return left;
}

/** The same for bytes that pass: as much as is at hand. */
export function judgePassingPacked(
  bytes: Uint8Array,
  base: number,
  tries: number,
  path: string,
  limits: InspectionLimits,
): Promise<number> {
  const piece: Piece = { head: bytes, source: memorySource(bytes), digest: () => null };
  return judgePacked(bytes, base, tries, piece, path, limits);
}

/** Bytes, or the head of a source that has more of them. */
interface Piece {
  readonly head: Uint8Array;
  readonly source: ByteSource;
  readonly digest: () => string | null;
}

/** Bytes by which a source shows what begins it: code objects with all their counts, marks of containers. */
const SOURCE_HEAD = 64 * 1024;
/** Bytes that are tried at first at an offset behind a prefix: noise ends within a few opcodes. */
export const FIRST_TRY = 8 * 1024;

/** The same for a source that is not held: every byte of it is inspected, by windows. */
export async function judgeSource(source: ByteSource, path: string, limits: InspectionLimits): Promise<void> {
  const head = Uint8Array.from(await source.read(0, SOURCE_HEAD));
  const piece: Piece = { head, source, digest: () => null };
  await judgeWhole(piece, path, 'whole', limits);
  refuseCode(piece, path);
  let tries = triesFor(source.size);
  let packed = PACKED_TRIES;
  for (let start = 0; start < source.size; start += WINDOW_BYTES) {
    // One byte before, which may be a MARK, and as many behind as decide on the last offset.
    const from = Math.max(0, start - 1);
    const bytes = await source.read(from, start - from + WINDOW_BYTES + PREFIX_REACH);
    const isLast = from + bytes.length >= source.size;
    for (const at of behindPrefix(bytes, !isLast)) {
      tries = oneTryLess(tries, path);
      const first = bytes.subarray(at, at + FIRST_TRY);
      const tried = await firstTry(first, limits);
      let { collected } = tried;
      if (tried.goesOn && from + at + first.length < source.size)
        collected = await look(sliceSource(source, from + at, source.size), PIECE, limits);
      refuseBehind(collected, from + at, piece, path);
    }
    packed = await judgePacked(bytes, from, packed, piece, path, limits);
  }
}

/** The first bytes at an offset where a pickle may begin, and whether it takes more of them to say what it does. */
async function firstTry(
  bytes: Uint8Array,
  limits: InspectionLimits,
): Promise<{ readonly collected: Collected; readonly goesOn: boolean }> {
  const collected = await look(memorySource(bytes), PIECE, limits);
  const goesOn =
    collected.notices.some(({ cause }) => cause !== 'corrupt') ||
    collected.streams.some(({ stream }) => stream.length >= bytes.length);
  return { collected, goesOn };
}

/** The same of bytes that pass: refuses what shows within them, and says whether more have to be seen. */
export async function judgeBeginning(
  bytes: Uint8Array,
  at: number,
  path: string,
  limits: InspectionLimits,
): Promise<boolean> {
  const { collected, goesOn } = await firstTry(bytes, limits);
  refuseBehind(collected, at, { head: bytes, source: memorySource(bytes), digest: () => null }, path);
  return goesOn;
}

/** The head of bytes that pass: refused for what shows in it; what of it can only be said of the whole is given back. */
export async function judgeHead(
  head: Uint8Array,
  size: number,
  path: string,
  kind: 'whole' | 'numbers',
  limits: InspectionLimits,
): Promise<string | null> {
  const source = memorySource(head);
  const piece: Piece = { head, source, digest: () => null };
  const collected = await look(source, PIECE, limits);
  judgeStreams(collected, piece, path, kind);
  const { format } = collected;
  // Damage is what chance looks like; what only lacks the rest of it is what it says it is.
  const isCut = collected.notices.some(({ cause }) => cause !== 'corrupt');
  if (format === 'npy') {
    const isPlain = collected.streams.length === 0;
    return isPlain && collected.notices.every(({ offset }) => offset === endOfNpyHeader(head)) ? null : format;
  }
  if (isCut && format !== 'pickle') return format ?? 'packed';
  if (hasStrongMark(head)) judgeRest(collected, piece, path);
  if (collected.streams.length === 0 && !hasStrongMark(head))
    judgeStreams(await look(source, BROKEN, limits), piece, path, kind);
  const code = codeObjectAt(head, size);
  if (code !== null)
    refuse('GATE-CODE', 'marshal code object', path, 'a code object of Python, as marshal writes it', {
      offset: code,
      format: 'marshal',
    });
  return null;
}

/** Where the data of an npy file begin: a fault there is that the rest of them is missing (numpy/lib/format.py). */
function endOfNpyHeader(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return head[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
}

async function judgeWhole(piece: Piece, path: string, kind: BodyKind, limits: InspectionLimits): Promise<void> {
  const collected = await look(piece.source, PIECE, limits);
  judgeStreams(collected, piece, path, kind);
  if (kind !== 'numbers') judgeRest(collected, piece, path);
  if (collected.streams.length === 0 && !hasStrongMark(piece.head))
    judgeStreams(await look(piece.source, BROKEN, limits), piece, path, kind);
}

function refuseCode({ head, source, digest }: Piece, path: string): void {
  const code = codeObjectAt(head, source.size);
  if (code !== null)
    refuse('GATE-CODE', 'marshal code object', path, 'a code object of Python, as marshal writes it', {
      offset: code,
      format: 'marshal',
      sha256: digest(),
    });
}

function oneTryLess(tries: number, path: string): number {
  if (tries === 0)
    refuse('GATE-UNREADABLE', 'too-many-beginnings', path, 'pickles seem to begin at more offsets than can be tried');
  return tries - 1;
}

function refuseBehind({ streams }: Collected, at: number, { digest }: Piece, path: string): void {
  const found = streams
    .map(({ stream, facts }) => facts.find((fact) => isMeant(plausibilityBehindPrefix(fact, stream.end === 'stop'))))
    .find((fact) => fact !== undefined);
  if (found === undefined) return;
  refuse('GATE-PICKLE', signalOf(found), path, 'a pickle lies behind other bytes', {
    offset: at + (found.at.path === PIECE ? (found.at.offset ?? 0) : 0),
    format: 'pickle',
    sha256: digest(),
  });
}

/** Prose is no pickle for having been decoded, and what is no text is none for being called so. */
function kindOfPiece(bytes: Uint8Array, wanted: PieceKind): BodyKind {
  if (wanted !== 'whole' && wanted !== 'page') return wanted;
  if (!isText(bytes)) return 'whole';
  return wanted === 'whole' ? 'decoded-text' : 'page';
}

function look(source: ByteSource, path: string, limits: InspectionLimits): Promise<Collected> {
  const { size } = source;
  return collect({ path, source, size }, { limits: engineLimits(limits, size), digests: false });
}

function engineLimits(limits: InspectionLimits, size: number): Limits {
  // The engine's decoders are slower than the platform's: what unpacks to so much more is no request.
  const decodedBytes = Math.min(limits.decodedBytes, Math.max(RATIO_FREE_BYTES, size * limits.ratio));
  return {
    artifactMs: limits.engineMs,
    depth: limits.depth,
    members: 10_000,
    decodedBytes,
    retainedBytes: Math.min(decodedBytes, 16 * 2 ** 20),
  };
}

/** There for a reason, and no chance; null for what plain data have as well. */
function isMeant(plausibility: Plausibility | null): boolean {
  return plausibility !== null && !isChance(plausibility);
}

function judgeStreams({ streams, format }: Collected, piece: Piece, path: string, kind: BodyKind): void {
  const { head, digest, source } = piece;
  const body: BodyBytes = { kind, head, size: source.size };
  for (const { stream, facts } of streams) {
    const base = (): Partial<Refusal> => ({ format, sha256: digest() });
    const act = facts.find((fact) => isMeant(plausibilityInBody(fact, stream, body)));
    if (act !== undefined)
      refuse('GATE-PICKLE', signalOf(act), memberPath(path, stream.path), detailOf(act), {
        ...base(),
        offset: act.at.offset,
      });
    if (!isMeant(plausibilityInWhole(stream, facts, body))) continue;
    refuse('GATE-PICKLE', `pickle protocol ${stream.protocol}`, memberPath(path, stream.path), 'a whole pickle', {
      ...base(),
      offset: stream.offset,
    });
  }
}

/** What containers tell of themselves, and what could not be read. */
function judgeRest({ facts, notices, format }: Collected, { head: bytes, digest }: Piece, path: string): void {
  const base = { format, sha256: digest() } satisfies Partial<Refusal>;
  for (const fact of facts) {
    if (fact.kind === 'archive.bomb')
      refuse('GATE-BOMB', fact.problem, path, 'an archive that unpacks to far more than itself', base);
    if (fact.kind === 'keras.object')
      refuse(
        'GATE-CODE',
        'keras-configuration',
        path,
        'a Keras model, whose loader imports and calls what it names',
        base,
      );
    if (fact.kind === 'archive.path' || fact.kind === 'archive.ambiguous')
      refuse('GATE-ARCHIVE', fact.problem, path, 'an archive that readers do not agree on, or that leaves its folder', {
        ...base,
        offset: fact.at.offset,
      });
  }
  const gap = notices.find(({ cause }) => !isChance(plausibilityOfBodyGap(cause, bytes)));
  if (gap !== undefined)
    refuse('GATE-UNREADABLE', gap.cause, memberPath(path, gap.path), `not all of it could be read (${gap.cause})`, {
      ...base,
      offset: gap.offset,
    });
}

/** How deep in containers it lies; the members' names are the client's. */
function memberPath(path: string, member: string): string {
  const steps = member
    .split('!')
    .slice(1)
    .map((step) => (/^<[a-z0-9]+>$/.test(step) ? step.slice(1, -1) : 'member'));
  return [path, ...steps.slice(0, 12)].join('>');
}
