import { SHORTEST_ENCODED } from '../model/limits.js';
import { refuse, Refused } from '../model/rules.js';
import { codingOf, decode, type Coding } from './content-coding.js';
import { decodings } from './encodings.js';
import { judgePiece, sha256 } from './engine.js';
import { readJson, type JsonString } from './json.js';
import { isExecutableType } from './media-type.js';
import type { PieceKind } from './piece-kind.js';
import { isText } from './prefix.js';
import type { Spending } from './spending.js';

/** Strings of JSON from this length on are inspected: `ca\nb\n)R.` is a pickle that calls something. */
export const SHORTEST_LEAF = 8;

/** Looks at one text value, and at everything that it may be the disguise of. Recursion: `depth` of the limits. */
export async function inspectText(text: string, path: string, spending: Spending, depth = 0): Promise<void> {
  if (!mayHold(text)) return;
  spending.leaf(path);
  // Opcodes that name or call something without a header have arguments that are lines, or bytes beyond text.
  if (/[\n\r\0]/.test(text)) await judgePiece(Buffer.from(text), path, 'text', spending.limits);
  if (/^\s*[[{"]/.test(text)) await nestedJson(text, path, spending, depth);
  for (const { how, bytes, type, isText: isProse } of decodings(text)) {
    const inner = `${path}>${how}`;
    if (type !== undefined && isExecutableType(type))
      refuse('GATE-PICKLE-TYPE', 'data-url', inner, 'a data URL declares an executable object format', {
        sha256: sha256(bytes),
      });
    spending.decoded(bytes.length, inner);
    await inspectBytes(bytes, inner, spending, spending.deeper(depth, inner), isProse === true ? 'text' : 'whole');
  }
}

/** False for what is neither long enough to be encoded nor made of lines or control characters. */
export function mayHold(text: string): boolean {
  if (text.length >= SHORTEST_ENCODED) return true;
  // eslint-disable-next-line no-control-regex
  return text.length >= SHORTEST_LEAF && /[\0-\x1f\x7f-\xff]/.test(text);
}

/** JSON that is written into a string; text that only begins like it is text. */
async function nestedJson(text: string, path: string, spending: Spending, depth: number): Promise<void> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return;
  }
  if (typeof value !== 'object' && typeof value !== 'string') return;
  const inner = `${path}>json`;
  const { strings } = readJson(Buffer.from(text), inner, {
    depth: spending.limits.jsonDepth,
    shortest: SHORTEST_LEAF,
    exact: false,
    quoted: true,
  });
  await inspectStrings(strings, inner, spending, spending.deeper(depth, inner));
}

export async function inspectStrings(
  strings: readonly JsonString[],
  path: string,
  spending: Spending,
  depth = 0,
): Promise<void> {
  for (const { text, offset } of strings) {
    if (mayHold(text)) await inspectText(text, `${path}@${offset}`, spending, depth);
  }
}

/** Looks at bytes: a body, a part, what an encoding gave, an element of a tensor. Recursion: `depth` of the limits. */
export async function inspectBytes(
  bytes: Buffer,
  path: string,
  spending: Spending,
  depth = 0,
  kind: PieceKind = 'whole',
): Promise<void> {
  if (bytes.length === 0) return;
  await judgePiece(bytes, path, kind, spending.limits);
  const coding = codingOf(bytes);
  if (coding !== null && kind !== 'numbers') {
    const inner = `${path}>${coding}`;
    const decoded = await unpacked(bytes, coding, inner, spending);
    if (decoded !== null) {
      await inspectBytes(decoded, inner, spending, spending.deeper(depth, inner));
      return;
    }
  }
  if (kind !== 'text' && isText(bytes)) await inspectText(bytes.toString(), path, spending, depth);
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
