import { createHash } from 'node:crypto';
import { memorySource, type ByteSource, type Limits } from '@artifact-sentinel/core';
import {
  couldBeArtifact,
  hasStrongMark,
  hasWeakMark,
  IN_FINDINGS,
  isChance,
  isKnownGlobal,
  mayBeginZlib,
  plausibilityBehindPrefix,
  plausibilityInBody,
  plausibilityInWhole,
  plausibilityOfBodyGap,
  sliceSource,
  type BodyBytes,
  type BodyKind,
  type Collected,
  type Fact,
  type Plausibility,
} from '@artifact-sentinel/core/internal';
import { collect } from '@artifact-sentinel/core/node/internal';
import { RATIO_FREE_BYTES, type InspectionLimits } from '../model/limits.js';
import { refuse, type Refusal } from '../model/rules.js';
import { detailOf, signalOf } from './acting.js';
import { codeObjectAt } from './code-object.js';
import type { PieceKind } from './piece-kind.js';
import { beginnings, isText, PREFIX_BACK, triesFor } from './prefix.js';
import type { PackedWork, Spending } from './spending.js';
import { WINDOW_BYTES } from './window-source.js';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A name that promises nothing. */
const PIECE = 'piece';
/** A name by which it reports every fault of packed data, whatever begins them. */
const PACKED = 'piece.gz';
/** A name by which the engine tells what a broken pickle looks up before it fails. */
const BROKEN = 'piece.pkl';

/**
 * Whether there is anything in a piece for the engine to look at. It decides for small bodies what need not be isolated, and
 * for all of them what takes no engine: nothing else may be left out.
 */
export function isSuspect(bytes: Buffer, wanted: PieceKind): boolean {
  if (bytes.length === 0) return false;
  if (couldBeArtifact(bytes)) return true;
  const isProse = isProseKind(kindOfPiece(bytes, wanted));
  if (!isProse && codeObjectAt(bytes) !== null) return true;
  for (const { what } of beginnings(bytes)) if (!isProse || what !== 'packed') return true;
  return false;
}

/** Has the core's engine look at a piece, and refuses it for what it finds. */
export async function judgePiece(bytes: Buffer, path: string, wanted: PieceKind, spending: Spending): Promise<void> {
  if (bytes.length === 0) return;
  const { limits } = spending;
  const kind = kindOfPiece(bytes, wanted);
  const piece: Piece = { head: bytes, source: memorySource(bytes), digest: () => sha256(bytes) };
  if (couldBeArtifact(bytes)) await judgeWhole(piece, path, kind, limits);
  if (!isProseKind(kind)) refuseCode(piece, path);
  await new Behind(path, kind, spending, piece.digest).judge(bytes, 0, {
    from: 1,
    size: bytes.length,
    rest: (at) => memorySource(bytes.subarray(at)),
  });
}

/** It takes more to say that prose is a pickle than that bytes are. */
function isProseKind(kind: BodyKind): boolean {
  return kind === 'text' || kind === 'decoded-text' || kind === 'page';
}

/** What of packed data behind other bytes is unpacked: a pickle has what it calls near its beginning. */
const PACKED_BYTES = 2 ** 20;
/** Encoded bytes of it that are read at first, and how many times as many where it goes on. */
const PACKED_WINDOW = 1_024;
const PACKED_GROWTH = 8;
/** How many times they count where a reader does much for few of them: small blocks that are joined, a table of bzip2. */
const PACKED_DEAR = 16;
const BZIP2 = 0x42;
/** Bytes that are run at offsets behind a prefix beyond the first few of each, for each byte of the piece (CWE-400). */
const RUNS_FOR_BYTE = 16;

const ZLIB = 0x78;
const ZLIB_HEAD = 512;

interface Window {
  /** Offsets before it belong to another window, and so do those from `to` on. */
  readonly from: number;
  readonly to?: number;
  /** Bytes of all of it; Infinity where that is not known yet. */
  readonly size: number;
  /** More bytes follow, which `rest` has or which are not there yet. */
  readonly goesOn?: boolean;
  /** From an offset on, in the piece as a whole; null where it is not at hand. */
  readonly rest: (at: number) => ByteSource | null;
}

/** What begins behind other bytes of one piece, window by window. */
export class Behind {
  readonly #path: string;
  readonly #kind: BodyKind;
  readonly #limits: InspectionLimits;
  readonly #packed: PackedWork;
  readonly #digest: () => string | null;
  /** Bytes of the piece up to the end of the last window. */
  #size = 0;
  #tries = 0;
  #run = 0;

  constructor(path: string, kind: BodyKind, { limits, packed }: Spending, digest: () => string | null = () => null) {
    this.#path = path;
    this.#kind = kind;
    this.#limits = limits;
    this.#packed = packed;
    this.#digest = digest;
  }

  /**
   * Refuses what shows; gives the offsets at which something goes on behind what is at hand. `base`: the offset of the window in
   * the piece.
   */
  async judge(bytes: Buffer, base: number, { from, to = bytes.length, size, goesOn, rest }: Window): Promise<number[]> {
    const open: number[] = [];
    this.#packed.sized(Math.max(0, base + bytes.length - this.#size));
    this.#size = Math.max(this.#size, base + bytes.length);
    for (const { at, what } of beginnings(bytes, from, goesOn)) {
      if (at >= to) break;
      if (what === 'packed') {
        if (isProseKind(this.#kind)) continue;
        // Two bytes and a block that may be one: noise has them thirty times in a megabyte.
        if (bytes[at] === ZLIB && !mayBeginZlib(bytes.subarray(at, at + ZLIB_HEAD))) continue;
        this.#packed.tried();
        await this.#unpack(bytes.subarray(at), base + at);
        continue;
      }
      this.#tries += 1;
      if (what === 'too-many' || this.#tries > triesFor(Math.min(size, base + bytes.length))) this.#tooMany();
      const first = bytes.subarray(at, at + FIRST_TRY);
      const tried = await firstTry(first, this.#limits);
      let { collected } = tried;
      if (tried.goesOn && base + at + first.length < size) {
        const all = rest(base + at);
        if (all === null) open.push(base + at);
        else {
          collected = await look(this.#counted(all), PIECE, this.#limits);
          if (this.#run > RUNS_FOR_BYTE * size + SOURCE_HEAD) this.#tooMany();
        }
      }
      this.#refuse(collected, base + at);
    }
    return open;
  }

  /**
   * Unpacks what seems to be packed, by windows that grow while it goes on: what ends soon costs little, and what is joined to it
   * counts.
   */
  async #unpack(packed: Buffer, at: number): Promise<void> {
    const limits = { ...this.#limits, decodedBytes: Math.min(this.#limits.decodedBytes, PACKED_BYTES) };
    for (let length = PACKED_WINDOW; ; length *= PACKED_GROWTH) {
      const window = packed.subarray(0, length);
      this.#packed.read(window.length);
      if (this.#packed.isTooMuch(this.#limits.ratio)) this.#tooMany();
      const collected = await look(memorySource(window), PACKED, limits);
      this.#refuse(collected, at);
      this.#packed.unpacked(collected.bytesDecoded, collected.chunksDecoded);
      if (this.#packed.isTooMuch(this.#limits.ratio) || isCutShort(collected, limits)) this.#tooMany();
      const goesOn = isUnfinished(collected, window.length);
      const isDear = packed[0] === BZIP2 || (goesOn && collected.bytesDecoded < window.length / 2);
      if (isDear) this.#packed.read((PACKED_DEAR - 1) * window.length);
      if (window.length === packed.length || !goesOn) return;
    }
  }

  /** A long string is passed over and not read, and chance makes long strings: what is read counts. */
  #counted(source: ByteSource): ByteSource {
    const { size } = source;
    return {
      size,
      ...(source.immediate === undefined ? {} : { immediate: source.immediate }),
      read: (offset, length) => {
        this.#run += Math.min(length, size - offset);
        return source.read(offset, length);
      },
    };
  }

  #tooMany(): never {
    refuse(
      'GATE-UNREADABLE',
      'too-many-beginnings',
      this.#path,
      'pickles or compressed data seem to begin at more offsets than can be tried',
    );
  }

  #refuse({ streams }: Collected, at: number): void {
    const isProse = isProseKind(this.#kind);
    for (const { stream, facts } of streams) {
      const stops = stream.end === 'stop';
      const found = facts.find(
        (fact) => isMeant(plausibilityBehindPrefix(fact, stops)) && (!isProse || isCalled(fact, stops)),
      );
      if (found === undefined) continue;
      refuse('GATE-PICKLE', signalOf(found), this.#path, 'a pickle lies behind other bytes', {
        offset: at + (found.at.path === PIECE || found.at.path === PACKED ? (found.at.offset ?? 0) : 0),
        format: 'pickle',
        sha256: this.#digest(),
      });
    }
  }
}

/** Prose may quote a name in lines of its own, and what else looks like opcodes; it calls nothing that ends, or is known. */
function isCalled(fact: Fact, stops: boolean): boolean {
  if (fact.kind !== 'pickle.global' && fact.kind !== 'pickle.dynamic') return false;
  return fact.callCount > 0 && (stops || (fact.kind === 'pickle.global' && isKnownGlobal(fact)));
}

/** Whether it takes more bytes to say what packed data hold: unless they end before, or have a fault, or unpack to enough. */
function isUnfinished({ notices }: Collected, length: number): boolean {
  return notices.some(
    ({ cause, offset }) => cause !== 'limit' && (cause !== 'corrupt' || (offset ?? length) >= length),
  );
}

/** Whether a limit ended it before it had put out the bytes that are enough. */
function isCutShort({ notices, bytesDecoded }: Collected, { decodedBytes }: InspectionLimits): boolean {
  return notices.some(({ cause }) => cause === 'limit') && bytesDecoded <= decodedBytes;
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

/** Looks at a window for what needs no engine. */
export type OnWindow = (bytes: Buffer, offset: number) => Promise<void>;

/** The same for a source that is not held: every byte of it is inspected, by windows. */
export async function judgeSource(
  source: ByteSource,
  path: string,
  spending: Spending,
  onWindow: OnWindow,
): Promise<void> {
  const { limits } = spending;
  const head = Uint8Array.from(await source.read(0, SOURCE_HEAD));
  const piece: Piece = { head, source, digest: () => null };
  await judgeWhole(piece, path, 'whole', limits);
  refuseCode(piece, path);
  const behind = new Behind(path, 'whole', spending);
  for (let start = 0; start < source.size; start += WINDOW_BYTES) {
    // Before it what may have begun there, and as many behind as decide on the last offset.
    const base = Math.max(0, start - PREFIX_BACK);
    const read = await source.read(base, start - base + WINDOW_BYTES + FIRST_TRY);
    const bytes = Buffer.from(read.buffer, read.byteOffset, read.length);
    await behind.judge(bytes, base, {
      from: Math.max(1, start - base),
      to: start - base + WINDOW_BYTES,
      size: source.size,
      goesOn: base + bytes.length < source.size,
      rest: (at) => sliceSource(source, at, source.size),
    });
    await onWindow(bytes.subarray(start - base), start);
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

/** Prose is no pickle for having been decoded, and what is no text is none for being called so. */
function kindOfPiece(bytes: Uint8Array, wanted: PieceKind): BodyKind {
  if (wanted !== 'whole' && wanted !== 'page') return wanted;
  if (!isText(bytes)) return 'whole';
  return wanted === 'whole' ? 'decoded-text' : 'page';
}

function look(source: ByteSource, path: string, limits: InspectionLimits): Promise<Collected> {
  const { size } = source;
  return collect(
    { path, source, size },
    { limits: engineLimits(limits, size), digests: false, fingerprints: false, interest: IN_FINDINGS },
  );
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
    if ((fact.kind === 'archive.path' || fact.kind === 'archive.ambiguous') && !hasWeakMark(bytes))
      refuse('GATE-ARCHIVE', fact.problem, path, 'an archive that readers do not agree on, or that leaves its folder', {
        ...base,
        offset: fact.at.offset,
      });
  }
  // What follows a stream without PROTO is looked at like anything behind other bytes.
  const isRest = (cause: string): boolean => format === 'pickle' && bytes[0] !== 0x80 && cause === 'unsupported';
  const gap = notices.find(({ cause }) => !isRest(cause) && !isChance(plausibilityOfBodyGap(cause, bytes)));
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
