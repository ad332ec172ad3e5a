import { createHash } from 'node:crypto';
import {
  classifyGlobal,
  collect,
  couldBeArtifact,
  memorySource,
  type Collected,
  type Fact,
  type Limits,
  type Notice,
} from '@sentinel/core';
import { RATIO_FREE_BYTES, type InspectionLimits } from '../model/limits.js';
import { refuse, type Refusal } from '../model/rules.js';
import { codeObjectAt } from './code-object.js';
import { behindPrefix, isText, triesFor } from './prefix.js';

/**
 * What is known of a piece.
 * - `whole`: a body, a part, or a leaf that was decoded: a pickle that begins it is refused whatever it holds.
 * - `text`: a leaf as it stands: prose may parse as a pickle by chance.
 * - `page`: a body or part that says it is text.
 * - `numbers`: the raw bytes of a tensor, which may look like anything by chance.
 */
export type PieceKind = 'whole' | 'text' | 'page' | 'numbers';
type Kind = PieceKind | 'decoded-text';

const NOTHING: ReadonlySet<string> = new Set();

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
  place: string,
  wanted: PieceKind,
  limits: InspectionLimits,
): Promise<void> {
  if (bytes.length === 0) return;
  const kind = kindOfPiece(bytes, wanted);
  if (couldBeArtifact(bytes)) {
    const collected = await look(bytes, PIECE, limits);
    judgeStreams(collected, bytes, place, kind);
    if (kind !== 'numbers') judgeRest(collected, bytes, place);
    if (collected.streams.length === 0 && !hasStrongMagic(bytes))
      judgeStreams(await look(bytes, BROKEN, limits), bytes, place, kind);
  }
  if (kind === 'text' || kind === 'decoded-text' || kind === 'page') return;
  const code = codeObjectAt(bytes);
  if (code !== null)
    refuse('GATE-CODE', 'marshal code object', place, 'a code object of Python, as marshal writes it', {
      offset: code,
      format: 'marshal',
      sha256: sha256(bytes),
    });
  let tries = triesFor(bytes.length);
  for (const at of behindPrefix(bytes)) {
    tries -= 1;
    if (tries < 0)
      refuse('GATE-UNREADABLE', 'too-many-beginnings', place, 'pickles seem to begin in more places than can be tried');
    const rest = bytes.subarray(at);
    const found = (await look(rest, PIECE, limits)).streams
      .map(({ facts }) => facts.find(actsBehindPrefix))
      .find((fact) => fact !== undefined);
    if (found === undefined) continue;
    refuse('GATE-PICKLE', signalOf(found), place, 'a pickle lies behind other bytes', {
      offset: at + (found.at.path === PIECE ? (found.at.offset ?? 0) : 0),
      format: 'pickle',
      sha256: sha256(bytes),
    });
  }
}

/** Prose is no pickle for having been decoded, and what is no text is none for being called so. */
function kindOfPiece(bytes: Uint8Array, wanted: PieceKind): Kind {
  if (wanted !== 'whole' && wanted !== 'page') return wanted;
  if (!isText(bytes)) return 'whole';
  return wanted === 'whole' ? 'decoded-text' : 'page';
}

function look(bytes: Uint8Array, path: string, limits: InspectionLimits): Promise<Collected> {
  const input = { path, source: memorySource(bytes), size: bytes.length };
  return collect(input, { limits: engineLimits(limits, bytes.length), digests: false });
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

function judgeStreams({ streams, format }: Collected, bytes: Uint8Array, place: string, kind: Kind): void {
  for (const { stream, facts } of streams) {
    const base = (): Partial<Refusal> => ({ format, sha256: sha256(bytes) });
    // Containers within have left chance behind.
    const isProse = kind !== 'whole' && kind !== 'numbers' && !stream.path.includes('!');
    const stops = stream.end === 'stop';
    const act = facts.find((fact) =>
      isProse ? actsInProse(fact, stops, kind, bytes) : acts(fact, stops || stream.protocol >= 2, kind),
    );
    if (act !== undefined)
      refuse('GATE-PICKLE', signalOf(act), memberPlace(place, stream.path), detailOf(act), {
        ...base(),
        offset: act.at.offset,
      });
    if (!stops || kind === 'numbers' || (isProse && !isWrittenAsPickle(bytes, facts))) continue;
    refuse('GATE-PICKLE', `pickle protocol ${stream.protocol}`, memberPlace(place, stream.path), 'a whole pickle', {
      ...base(),
      offset: stream.offset,
    });
  }
}

/** What containers tell of themselves, and what could not be read. */
function judgeRest({ facts, notices, format }: Collected, bytes: Uint8Array, place: string): void {
  const base = { format, sha256: sha256(bytes) } satisfies Partial<Refusal>;
  for (const fact of facts) {
    if (fact.kind === 'archive.bomb')
      refuse('GATE-BOMB', fact.problem, place, 'an archive that unpacks to far more than itself', base);
    if (fact.kind === 'archive.path' || fact.kind === 'archive.ambiguous')
      refuse(
        'GATE-ARCHIVE',
        fact.problem,
        place,
        'an archive that readers do not agree on, or that leaves its folder',
        {
          ...base,
          offset: fact.at.offset,
        },
      );
  }
  const gap = notices.find((notice) => isGap(notice, bytes));
  if (gap !== undefined)
    refuse('GATE-UNREADABLE', gap.cause, memberPlace(place, gap.path), `not all of it could be read (${gap.cause})`, {
      ...base,
      offset: gap.offset,
    });
}

/** A global, a call, a registry code or a persistent ID: what a pickle needs to reach beyond plain data. */
function acts(fact: Fact, isMeant: boolean, kind: Kind): boolean {
  // Noise has opcodes as well: what is short counts where a stream ends, or says that it is one.
  if (fact.kind === 'pickle.dynamic')
    return fact.offReading !== true && kind !== 'numbers' && (isMeant || fact.callCount > 0);
  if (fact.kind === 'pickle.structure') return kind !== 'numbers' && isMeant && ACTING_SIGNALS.has(fact.signal);
  if (fact.kind !== 'pickle.global' || fact.offReading === true) return false;
  const isName = kind === 'whole' && NAME.test(`${fact.module}.${fact.name}`);
  return isMeant || fact.callCount > 0 || isKnown(fact) || isName;
}

const ACTING_SIGNALS: ReadonlySet<string> = new Set(['foreign-persistent-id', 'extension-code', 'wrong-operand']);
const NAME = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

function actsBehindPrefix(fact: Fact): boolean {
  if (fact.kind === 'pickle.global') return fact.callCount > 0 || isKnown(fact);
  return fact.kind === 'pickle.dynamic';
}

type GlobalFact = Fact & { readonly kind: 'pickle.global' };

function isKnown(fact: GlobalFact): boolean {
  return classifyGlobal(fact, NOTHING).class !== 'unexpected';
}

/** In a module where every name is unfit, the name may still be anything. */
const SHOWN_NAME = /^[A-Za-z_][\w.]{0,63}$/;

/** The name only where the catalogue has it: what else stands there was written by the client. */
function signalOf(fact: Fact): string {
  if (fact.kind === 'pickle.structure') return fact.signal;
  if (fact.kind === 'pickle.dynamic') return `${fact.via} of a computed name`;
  if (fact.kind !== 'pickle.global') return fact.kind;
  return isKnown(fact) && SHOWN_NAME.test(fact.name)
    ? `${fact.via} ${fact.module}.${fact.name}`
    : `${fact.via} of an unknown name`;
}

function detailOf(fact: Fact): string {
  if (fact.kind === 'pickle.global' && fact.callCount > 0) return 'a pickle that imports and calls';
  return fact.kind === 'pickle.structure' ? 'a pickle that reaches beyond plain data' : 'a pickle that imports';
}

/** How deep in containers it lies; the members' names are the client's. */
function memberPlace(place: string, path: string): string {
  const steps = path
    .split('!')
    .slice(1)
    .map((step) => (/^<[a-z0-9]+>$/.test(step) ? step.slice(1, -1) : 'member'));
  return [place, ...steps.slice(0, 12)].join('>');
}

/**
 * Lines of prose may be a name and a mark of the persistent kind; a name that is called, or known, is there on purpose.
 * In a value as it stands the two lines of a known name have to be whole: `cos`, `system` and no more is a quotation.
 */
function actsInProse(fact: Fact, stops: boolean, kind: Kind, bytes: Uint8Array): boolean {
  if (fact.kind === 'pickle.structure') return kind === 'decoded-text' && stops && ACTING_SIGNALS.has(fact.signal);
  if (fact.kind !== 'pickle.global') return false;
  if (stops || fact.callCount > 0) return true;
  return isKnown(fact) && (kind !== 'text' || hasTwoLines(bytes, fact.at.offset ?? 0));
}

function hasTwoLines(bytes: Uint8Array, from: number): boolean {
  const first = bytes.indexOf(0x0a, from);
  return first !== -1 && bytes.includes(0x0a, first + 1);
}

/** How picklers begin plain data: PROTO, a collection, or a value that goes to the memo. Prose does not. */
function isWrittenAsPickle(bytes: Uint8Array, facts: readonly Fact[]): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, WRITTEN_BYTES));
  return facts.length === 0 && /^\x80|^\(?[ldt\]})](?:[pqr]|\n)|\n[a-z]?p\d+\n/.test(head);
}
const WRITTEN_BYTES = 4_096;

/** What could hide something; damage behind marks that chance has as well is what chance looks like. */
function isGap(notice: Notice, bytes: Uint8Array): boolean {
  if (notice.cause === 'limit' || notice.cause === 'unsupported') return true;
  return hasStrongMagic(bytes);
}

const STRONG: readonly (readonly number[])[] = [
  [0x50, 0x4b, 3, 4],
  [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x04, 0x22, 0x4d, 0x18],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x42, 0x5a, 0x68],
];

function hasStrongMagic(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return bytes[2] === 8 && ((bytes[3] ?? 0xff) & 0xe0) === 0;
  return STRONG.some((magic) => magic.every((byte, i) => bytes[i] === byte));
}
