import type { Budget } from '../../bytes/budget.js';
import { latin1 } from '../../bytes/read.js';
import { memorySource } from '../../bytes/source.js';
import { memberPath, type Member, type Opened } from './container.js';
import { isTextName } from '../../plausibility/file-names.js';
import type { FurtherReading } from './further.js';
import { opened } from './opened.js';
import { IN_TEXT } from '../../model/origin.js';
import { MAX_BASE64_TOKEN, MAX_BASE64_TOKENS } from '../../model/limits.js';

/** Text read at a time; tokens that cross its end are read again from their start. */
const BLOCK_BYTES = 1 << 20;
/** Read again with the next block: the longest beginning of a token, and the character before it. */
const OVERLAP = 9;

/**
 * What base64 of something that a loader takes begins with: PROTO 2 to 5, and the magic numbers of gzip, zip, bzip2, xz,
 * npy and of zlib data. Standard and URL-safe alphabets; line breaks of 76 columns and `\\n` of JSON may stand within.
 */
const TOKEN_START = /(?<![A-Za-z0-9+/_-])(?:gA[I-X]|H4sI|UEsD|QlpoOT|\/Td6WF|k05VTVBZ|eJ[wxyz]|eNo|eN[pqrst])/;
/** Characters and breaks behind the beginning of a token: fewer hold no pickle that does anything. */
const SHORTEST_REST = 13;

interface Token {
  readonly index: number;
  readonly end: number;
  readonly isLong: boolean;
}

/**
 * What may be tokens, in the order of the text. Only their beginnings are left to a regular expression: V8 keeps a position
 * to go back to for each turn of a repetition, and at some megabytes of one token its stack is full (CWE-674).
 */
function* tokensIn(text: string): Generator<Token, void> {
  const starts = new RegExp(TOKEN_START, 'g');
  for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
    let end = starts.lastIndex;
    let units = 0;
    for (let next = behindUnit(text, end); next > end; next = behindUnit(text, end)) {
      end = next;
      units += 1;
    }
    for (let i = 0; i < 2 && text.charCodeAt(end) === EQUALS; i += 1) end += 1;
    const isLong = units >= SHORTEST_REST;
    yield { index: match.index, end, isLong };
    // Within a token no other begins: lines of beginnings would each be read to the end.
    if (isLong) starts.lastIndex = end;
  }
}

const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
const CR = 0x0d;
const LF = 0x0a;
/** Of both alphabets. */
const IS_BASE64 = members('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-');
/** What stands at the beginning of the next line: indentation, quotes of texts in a row. */
const IS_INDENT = members(' \t"\',');

function members(characters: string): boolean[] {
  const table = Array.from<boolean>({ length: 128 }).fill(false);
  for (let i = 0; i < characters.length; i += 1) table[characters.charCodeAt(i)] = true;
  return table;
}

/** The index behind one character or line break of a token; `at` itself where there is none. */
function behindUnit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (IS_BASE64[code] === true) return at + 1;
  if (code === BACKSLASH) return text.charCodeAt(at + 1) === LETTER_N ? at + 2 : at;
  const feed = code === CR ? at + 1 : at;
  if (text.charCodeAt(feed) !== LF) return at;
  let next = feed + 1;
  while (IS_INDENT[text.charCodeAt(next)] === true) next += 1;
  return next;
}

/** Where nothing explains the bytes and the name says text. */
export const base64InText: FurtherReading = (member, { explained, format }, look) => {
  if (explained || !(format === 'maybe-pickle' || look.formats.isOpaque(format)) || !isTextName(member.name))
    return null;
  return opened(base64Text(member, look.budget), look);
};

/** The base64 tokens of a text that may be pickles, or wrappers around them, as members. */
export async function* base64Text(member: Member, budget: Budget): AsyncGenerator<Opened, void> {
  let count = 0;
  for (let offset = 0, length = BLOCK_BYTES; ;) {
    budget.checkTime();
    const bytes = await member.source.read(offset, length);
    const last = bytes.length < length;
    const text = latin1(bytes);
    let next = offset + bytes.length - OVERLAP;
    for (const { index, end, isLong } of tokensIn(text)) {
      // Of a block behind the first, the first character only shows where a token begins.
      if (index === 0 && offset > 0) continue;
      if (end >= text.length - 1 && !last) {
        if (end - index > MAX_BASE64_TOKEN) {
          yield limitNotice(member, offset + index, 'base64 text too long to decode');
        } else next = Math.min(next, offset + Math.max(0, index - 1));
        break;
      }
      if (!isLong) continue;
      count += 1;
      if (count > MAX_BASE64_TOKENS) {
        yield limitNotice(member, offset + index, `more than ${MAX_BASE64_TOKENS} base64 tokens`);
        return;
      }
      yield token(member, offset + index, text.slice(index, end));
    }
    if (last) return;
    length = next === offset ? length * 2 : BLOCK_BYTES;
    offset = next;
  }
}

function limitNotice(member: Member, offset: number, reason: string): Opened {
  return { kind: 'notice', notice: { path: member.path, offset, cause: 'limit', reason } };
}

function token(member: Member, offset: number, text: string): Opened {
  const clean = text
    .replaceAll(/\\n|[^A-Za-z0-9+/_-]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  // A last group of one character holds no byte.
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean;
  const decoded = atob(whole);
  const bytes = new Uint8Array(decoded.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = decoded.charCodeAt(i);
  const name = `<base64 @${offset}>`;
  return {
    kind: 'member',
    member: {
      path: memberPath(member.path, name),
      name,
      source: memorySource(bytes),
      depth: member.depth + 1,
      origin: IN_TEXT,
    },
  };
}
