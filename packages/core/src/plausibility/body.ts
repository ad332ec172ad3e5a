import { latin1 } from '../bytes/read.js';
import type { Fact, StreamFacts, StructSignal } from '../model/fact.js';
import { because, isChance, type Plausibility } from '../model/plausibility.js';
import { hasWeakMark } from './marks.js';
import { isKnownGlobal } from './known-names.js';
import { isDottedName, LONG_NAME } from './names.js';

/*
 * Pickles in the bodies of requests, where anything may stand: words that people write, numbers, noise. A fact of a stream
 * that the core reports of such bytes is judged once more, by what the bytes are.
 */

/**
 * What is known of the bytes.
 * - `whole`: a body, a part, or a value that was decoded: a pickle that begins it is one whatever it holds.
 * - `text`: a value as it stands. - `page`: a body or part that says it is text. - `decoded-text`: text that was encoded.
 * - `numbers`: the raw bytes of a tensor.
 */
export type BodyKind = 'whole' | 'text' | 'page' | 'numbers' | 'decoded-text';

/** Bytes in which pickles are looked for. */
export interface BodyBytes {
  readonly kind: BodyKind;
  readonly size: number;
  /** Their beginning, or all of them. */
  readonly head: Uint8Array;
}

/** Signals of what reaches beyond plain data without a global. */
const REACHING: ReadonlySet<StructSignal> = new Set(['foreign-persistent-id', 'extension-code', 'wrong-operand']);

/** A global, a call, a registry code or a persistent ID: what a pickle needs to reach beyond plain data. */
function reaches(fact: Fact): fact is Extract<Fact, { kind: `pickle.${string}` }> {
  if (fact.kind === 'pickle.structure') return REACHING.has(fact.signal);
  return fact.kind === 'pickle.global' || fact.kind === 'pickle.dynamic';
}

/** Containers within bytes have left chance behind, and so has prose that was packed; what has next to no mark has not. */
function isContained({ path }: StreamFacts, { head }: BodyBytes): boolean {
  return path.includes('!') && !hasWeakMark(head) && !path.includes('!<lzma>');
}

function isProse(stream: StreamFacts, body: BodyBytes): boolean {
  const { kind } = body;
  return kind !== 'whole' && kind !== 'numbers' && !isContained(stream, body);
}

/** Whether a fact of a stream in a body is meant; null for one that plain data have as well. */
export function plausibilityInBody(fact: Fact, stream: StreamFacts, body: BodyBytes): Plausibility | null {
  if (!reaches(fact)) return null;
  const stops = stream.end === 'stop';
  const isMarked = beginsWithProto(stream, body);
  // In text that was encoded a stream that is all there is counts as well.
  const isWhole = stops && stream.offset === 0 && stream.length === body.size && body.kind === 'decoded-text';
  if (isProse(stream, body)) return inProse(fact, stops, isMarked || isWhole, body.kind);
  const plausibility = inBytes(fact, stops, isMarked || isContained(stream, body), body.kind);
  // Any bytes may be LZMA, and it may break off anywhere: a name that is neither called nor followed by a STOP is chance there.
  return plausibility.reason === 'long-name' && !stops && isUnmarkedLzma(stream, body)
    ? because('noise')
    : plausibility;
}

/** LZMA without the two bytes that joblib knows it by. */
function isUnmarkedLzma({ path }: StreamFacts, { head }: BodyBytes): boolean {
  return path.includes('!<lzma>') && (head[0] !== 0x5d || head[1] !== 0);
}

const PROTO = 0x80;

/** PROTO further on is one byte that noise has as well; it may say 0 and 1. */
function beginsWithProto(stream: StreamFacts, { head }: BodyBytes): boolean {
  const first = stream.path.includes('!') ? undefined : head[stream.offset];
  return first === undefined ? stream.protocol >= 2 : first === PROTO;
}

/** Noise has opcodes as well: what is short counts where a stream ends and says that it is one. */
function inBytes(fact: Fact, stops: boolean, isMarked: boolean, kind: BodyKind): Plausibility {
  if (fact.kind === 'pickle.structure') {
    const isMeant = kind !== 'numbers' && isMarked && (stops || fact.signal !== 'extension-code');
    return because(isMeant ? 'marked-stream' : 'noise');
  }
  if (fact.kind !== 'pickle.global' && fact.kind !== 'pickle.dynamic') return because('noise');
  if (isChance(fact.plausibility)) return fact.plausibility;
  if (fact.kind === 'pickle.dynamic') {
    if (kind === 'numbers') return because('noise');
    if (fact.callCount > 0 && (stops || isMarked)) return because('is-called');
    return because(isMarked && (stops || fact.via === 'STACK_GLOBAL') ? 'marked-stream' : 'noise');
  }
  if (isMarked) return because('marked-stream');
  if (isKnownGlobal(fact)) return because('known-name');
  // No module has any other name; two letters are what noise has between its line feeds.
  const name = `${fact.module}.${fact.name}`;
  if (!isDottedName(name)) return because('noise');
  // One identifier of 16 random bytes in some ten thousand names something and ends, or calls it.
  if (fact.callCount > 0 && (stops || name.length >= LONG_NAME)) return because('used-name');
  // INST without a mark looks nothing up.
  const isLookedUp = fact.via !== 'INST' || fact.callCount > 0;
  return because(kind === 'whole' && isLookedUp && name.length >= LONG_NAME ? 'long-name' : 'noise');
}

/**
 * Lines of prose may be a name and a mark of the persistent kind: `cos`, `system` and no more is a quotation. There a known name
 * is meant where it is called or the stream ends, another one where both are so; in text that was encoded a known one always.
 */
function inProse(fact: Fact, stops: boolean, isMarked: boolean, kind: BodyKind): Plausibility {
  const isDecoded = kind === 'decoded-text';
  if (fact.kind === 'pickle.structure') return because(isDecoded && stops ? 'whole-stream' : 'prose');
  if (fact.kind !== 'pickle.global') return because('prose');
  const isUsed = fact.callCount > 0;
  if (isMarked && (stops || isUsed)) return because('marked-stream');
  if (isKnownGlobal(fact)) return because(stops || isUsed || isDecoded ? 'known-name' : 'prose');
  const isEnough = isDecoded ? stops || isUsed : stops && isUsed;
  return because(isEnough && isDottedName(`${fact.module}.${fact.name}`) ? 'used-name' : 'prose');
}

/**
 * Whether a stream that reaches for nothing is a pickle. One stretch of noise in some thousand begins with None and STOP, or
 * the like; what calls nothing may be followed.
 */
export function plausibilityInWhole(stream: StreamFacts, facts: readonly Fact[], body: BodyBytes): Plausibility {
  if (stream.end !== 'stop') return because('noise');
  if (body.kind === 'numbers') return because('numbers');
  const isUnmarked = !beginsWithProto(stream, body) && !isContained(stream, body);
  const inWords = isProse(stream, body);
  if ((!inWords && !isUnmarked) || isWrittenAsPickle(body.head, facts)) return because('whole-stream');
  return because(inWords ? 'prose' : 'noise');
}

const WRITTEN_BYTES = 4_096;

/** How picklers begin plain data: PROTO, or a value that goes to the memo by a line of text. Neither prose nor noise does. */
function isWrittenAsPickle(bytes: Uint8Array, facts: readonly Fact[]): boolean {
  const head = latin1(bytes.subarray(0, WRITTEN_BYTES));
  return facts.length === 0 && /^\x80|^\(?[ldt\]})](?:p\d|\n)|\n[a-z]?p\d+\n/.test(head);
}

/**
 * The same of a stream behind other bytes; null for what plain data have as well. Noise of a megabyte has a code of the
 * extension registry behind what looks like a beginning; it calls nothing.
 */
export function plausibilityBehindPrefix(fact: Fact, stops: boolean): Plausibility | null {
  if (fact.kind === 'pickle.global') {
    if (isKnownGlobal(fact)) return because(fact.callCount > 0 ? 'is-called' : 'known-name');
    // INST of two letters is in some gigabytes of noise, and in some million identifiers.
    const isLong = `${fact.module}.${fact.name}`.length >= LONG_NAME;
    return because(fact.callCount > 0 && (stops || isLong) ? 'is-called' : 'noise');
  }
  if (fact.kind !== 'pickle.dynamic') return null;
  // Two codes of the registry and STACK_GLOBAL are in a few gigabytes of noise: what is neither called nor ends is chance.
  if (fact.via === 'STACK_GLOBAL') return because(fact.callCount > 0 || stops ? 'is-called' : 'noise');
  // A code that is called, by five bytes, is in some ten gigabytes of it. No process but its own has registered one.
  return because(fact.callCount > 0 && stops ? 'is-called' : 'noise');
}
