import { SHORTEST_ENCODED } from '../model/limits.js';
import { refuse, Refused } from '../model/rules.js';
import { isDigit64 } from './base-n.js';
import { codingOf, decode, type Coding } from './content-coding.js';
import { decodings, latin1OfString, strayBase64, type DecodedText } from './encodings.js';
import { isSuspect, judgePiece, sha256 } from './engine.js';
import { stringsOf, type JsonString } from './json.js';
import { isExecutableType } from './media-type.js';
import type { PieceKind } from './piece-kind.js';
import { isText } from './prefix.js';
import type { Spending } from './spending.js';
import { refuseReducer, refuseTags } from './tags.js';
import { unicodeText } from './unicode.js';

/** Strings of JSON from this length on are inspected: `ca\nb\n)R.` is a pickle that calls something. */
export const SHORTEST_LEAF = 8;
/** Digits of base64 in a row, within bytes of another kind, that are taken for a value. */
const SHORTEST_RUN = 16;

/** What it takes more than a look at to decide on: bytes for the engine, or compressed data. */
type Suspect =
  | { readonly what: 'piece'; readonly bytes: Buffer; readonly path: string; readonly kind: PieceKind }
  | {
      readonly what: 'packed';
      readonly bytes: Buffer;
      readonly path: string;
      readonly coding: Coding;
      readonly depth: number;
    };

/** Looks at one text value, and at everything that it may be the disguise of. */
export function inspectText(text: Buffer, path: string, spending: Spending, depth = 0): Promise<void> {
  return settle(textSuspects(text, path, spending, depth), spending);
}

export async function inspectStrings(
  strings: readonly JsonString[],
  path: string,
  spending: Spending,
  depth = 0,
): Promise<void> {
  await settle(stringSuspects(strings, path, spending, depth), spending);
}

/** Looks at bytes: a body, a part, what an encoding gave, an element of a tensor. */
export function inspectBytes(
  bytes: Buffer,
  path: string,
  spending: Spending,
  depth = 0,
  kind: PieceKind = 'whole',
): Promise<void> {
  return settle(byteSuspects(bytes, path, spending, depth, kind, false), spending);
}

/** Recursion: `depth` of the limits, by what is unpacked. */
async function settle(suspects: Iterable<Suspect>, spending: Spending): Promise<void> {
  for (const suspect of suspects) {
    const { bytes, path } = suspect;
    if (suspect.what === 'piece') {
      await judgePiece(bytes, path, suspect.kind, spending);
      continue;
    }
    const inner = `${path}>${suspect.coding}`;
    const decoded = await unpacked(bytes, suspect.coding, inner, spending);
    if (decoded !== null) await inspectBytes(decoded, inner, spending, spending.deeper(suspect.depth, inner));
  }
}

/** The two bytes of zlib are there by chance as well: what does not decode then is no zlib data. */
async function unpacked(bytes: Buffer, coding: Coding, path: string, spending: Spending): Promise<Buffer | null> {
  try {
    return await decode(bytes, coding, path, spending);
  } catch (error) {
    if (coding === 'deflate' && error instanceof Refused && error.refusal.rule === 'GATE-UNREADABLE') return null;
    throw error;
  }
}

/**
 * Everything in a text that takes more than a look: nothing, for words and numbers. It decides in the proxy which small bodies need
 * no isolation, and in isolation what is given to the engine, so that both see the same. Recursion: `depth` of the limits.
 */
export function* textSuspects(text: Buffer, path: string, spending: Spending, depth: number): Generator<Suspect> {
  if (!mayHold(text)) return;
  spending.leaf(path);
  refuseTags(text, path);
  // Opcodes that name or call something without a header have arguments that are lines, or bytes beyond text.
  if (hasLines(text) && isSuspect(text, 'text')) yield { what: 'piece', bytes: text, path, kind: 'text' };
  yield* nestedJson(text, path, spending, depth);
  for (const decoded of decodings(text)) yield* decodedSuspects(decoded, path, spending, depth, false);
}

/** The same of what an encoding gave. Recursion: `depth` of the limits. */
function* decodedSuspects(
  { how, bytes, type, isText: isProse }: DecodedText,
  path: string,
  spending: Spending,
  depth: number,
  isStray: boolean,
): Generator<Suspect> {
  const inner = `${path}>${how}`;
  if (type !== undefined && isExecutableType(type))
    refuse('GATE-PICKLE-TYPE', 'data-url', inner, 'a data URL declares an executable object format', {
      sha256: sha256(bytes),
    });
  spending.decoded(bytes.length, inner);
  const kind = isProse === true ? 'text' : 'whole';
  // Words that were taken for digits are noise: what is hidden in places of it is not looked for.
  yield* byteSuspects(bytes, inner, spending, spending.deeper(depth, inner), kind, isStray || !EXACT.has(how));
}

/** Encodings that words hardly look like. */
const EXACT: ReadonlySet<DecodedText['how']> = new Set(['base64', 'hex', 'data-url', 'latin1', 'percent', 'escapes']);

/** The same of bytes. `isStray`: what they were decoded from was not all of that encoding. Recursion: `depth` of the limits. */
export function* byteSuspects(
  bytes: Buffer,
  path: string,
  spending: Spending,
  depth: number,
  kind: PieceKind,
  isStray: boolean,
): Generator<Suspect> {
  if (bytes.length === 0) return;
  if (isSuspect(bytes, kind)) yield { what: 'piece', bytes, path, kind };
  if (kind === 'text') return;
  const coding = kind === 'numbers' ? null : codingOf(bytes);
  if (coding !== null) yield { what: 'packed', bytes, path, coding, depth };
  if (isText(bytes)) {
    yield* textSuspects(bytes, path, spending, depth);
    return;
  }
  if (kind !== 'numbers') yield* hiddenSuspects(bytes, path, spending, depth, isStray);
}

/**
 * What bytes that are no text may still be to somebody: text in other units, text here and there, base64 with
 * other bytes between. Recursion: `depth` of the limits.
 */
function* hiddenSuspects(
  bytes: Buffer,
  path: string,
  spending: Spending,
  depth: number,
  isStray: boolean,
): Generator<Suspect> {
  const units = unicodeText(bytes);
  if (units !== null && isText(units)) {
    const inner = `${path}>unicode`;
    spending.decoded(units.length, inner);
    yield* textSuspects(units, inner, spending, spending.deeper(depth, inner));
  }
  if (isStray) return;
  // A string with control characters is no text as bytes go, and what a server makes Latin-1 of all the same.
  const single = latin1OfString(bytes);
  if (single !== null) yield* decodedSuspects(single, path, spending, depth, true);
  yield* runSuspects(bytes, path, spending, depth);
  for (const decoded of strayBase64(bytes)) yield* decodedSuspects(decoded, path, spending, depth, true);
}

/**
 * The same of a window of bytes that are not held: base64 in a row anywhere, and at the beginning what only the whole of a held
 * body shows, as far as the window goes.
 */
export async function inspectWindow(bytes: Buffer, offset: number, path: string, spending: Spending): Promise<void> {
  if (offset === 0) await settle(hiddenSuspects(bytes.subarray(0, HEAD_WINDOW), path, spending, 0, false), spending);
  await settle(runSuspects(bytes, path, spending, 0), spending);
}

/** What is read as text of 16 and 32 bits, and as base64 with other bytes between, where no more than windows are held. */
const HEAD_WINDOW = 256 * 1024;

/**
 * Stretches of base64 within other bytes, as strings of msgpack, CBOR and protobuf: a length before one may look like a digit of
 * it. Recursion: `depth` of the limits.
 */
function* runSuspects(bytes: Buffer, path: string, spending: Spending, depth: number): Generator<Suspect> {
  for (let start = nextRun(bytes, 0); start !== -1;) {
    let end = start + SHORTEST_RUN;
    while (end < bytes.length && isDigit64(bytes[end] as number)) end += 1;
    const inner = `${path}>text@${start}`;
    for (let skipped = 0; skipped < 4; skipped += 1)
      yield* textSuspects(bytes.subarray(start + skipped, end), inner, spending, spending.deeper(depth, inner));
    start = nextRun(bytes, end + 1);
  }
}

/** Where the next run of digits begins; -1 without one. Looks at its last byte first: where that is none, there is no run over it. */
function nextRun(bytes: Uint8Array, from: number): number {
  for (let start = from; start + SHORTEST_RUN <= bytes.length;) {
    let at = start + SHORTEST_RUN - 1;
    while (at >= start && isDigit64(bytes[at] as number)) at -= 1;
    if (at < start) return start;
    start = at + 1;
  }
  return -1;
}

/** False for what is neither long enough to be encoded nor made of lines or control characters. */
export function mayHold(text: Buffer): boolean {
  if (text.length >= SHORTEST_ENCODED) return true;
  return text.length >= SHORTEST_LEAF && text.some((byte) => byte < 0x20 || byte >= 0x7f);
}

function hasLines(text: Buffer): boolean {
  return text.includes(0x0a) || text.includes(0x0d) || text.includes(0);
}

/** JSON that is written into a string, or lies in lines of text. Text that only begins like it is text. Recursion: `depth` of the limits. */
function* nestedJson(text: Buffer, path: string, spending: Spending, depth: number): Generator<Suspect> {
  const from = beginningOfJson(text);
  if (from === -1) return;
  const inner = `${path}>json`;
  const strings = stringsOf(text.subarray(from), inner, spending.limits.jsonDepth, SHORTEST_LEAF);
  if (strings.length > 0) yield* stringSuspects(strings, inner, spending, spending.deeper(depth, inner));
}

/** The first line that begins with a list or a map; the text may be one string as well. */
function beginningOfJson(text: Buffer): number {
  const isMarked = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
  let isBeginning = true;
  for (let at = isMarked ? 3 : 0; at < text.length; at += 1) {
    const byte = text[at] as number;
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a) continue;
    if (byte === 0x7b || byte === 0x5b || (byte === 0x22 && isBeginning)) return at;
    isBeginning = false;
    const end = text.indexOf(0x0a, at);
    if (end === -1) return -1;
    at = end;
  }
  return -1;
}

/** The same of strings of JSON. Recursion: `depth` of the limits. */
export function* stringSuspects(
  strings: readonly JsonString[],
  path: string,
  spending: Spending,
  depth: number,
): Generator<Suspect> {
  for (const { bytes, offset, isKey } of strings) {
    if (isKey) refuseReducer(bytes, path);
    if (mayHold(bytes)) yield* textSuspects(bytes, `${path}@${offset}`, spending, depth);
  }
}
