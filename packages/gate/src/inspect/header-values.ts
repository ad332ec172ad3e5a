import { percentDecoded, quotedDecoded } from './escapes.js';
import { base64, MIXED64 } from './base-n.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

interface Parameter {
  readonly name: string;
  readonly value: Buffer;
}

/** `name=value` between semicolons, with the value's quotes and escapes undone; what has no `=` has no name. */
function* parameters(header: Buffer): Generator<Parameter> {
  for (let at = 0; at < header.length;) {
    let end = at;
    let isQuoted = false;
    for (; end < header.length && (isQuoted || header[end] !== SEMICOLON); end += 1) {
      if (header[end] === QUOTE) isQuoted = !isQuoted;
      else if (isQuoted && header[end] === BACKSLASH) end += 1;
    }
    const part = header.subarray(at, end);
    const equals = part.indexOf(EQUALS);
    const name = equals === -1 ? '' : part.toString('latin1', 0, equals).trim().toLowerCase();
    yield { name, value: unquoted(part.subarray(equals + 1)) };
    at = end + 1;
  }
}

/** Without the quotes around it; a backslash stands for what follows it. */
function unquoted(value: Buffer): Buffer {
  const text = value.toString('latin1').trim();
  if (!text.startsWith('"')) return Buffer.from(text, 'latin1');
  const inner = text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : text.length);
  return Buffer.from(inner.replaceAll(/\\(.)/g, '$1'), 'latin1');
}

/**
 * What a header of a part may give to its readers: its value, its parameters with their escapes undone (RFC 2231 and
 * RFC 8187: `filename*=utf-8''%80`, `filename*0=…`), encoded words (RFC 2047).
 */
export function* headerLeaves(value: string): Generator<Buffer> {
  const header = Buffer.from(value, 'latin1');
  yield header;
  const continued = new Map<string, Buffer[]>();
  for (const { name, value: given } of parameters(header)) {
    if (given.length !== header.length) yield given;
    const star = name.indexOf('*');
    const plain = star !== -1 || given.includes(0x25) ? extended(given) : given;
    if (plain !== given) yield plain;
    if (star === -1) continue;
    const pieces = continued.get(name.slice(0, star)) ?? [];
    pieces.push(plain);
    continued.set(name.slice(0, star), pieces);
  }
  for (const pieces of continued.values()) if (pieces.length > 1) yield Buffer.concat(pieces);
  yield* encodedWords(header);
}

/** Behind the name of an encoding and of a language, where they are there. */
function extended(value: Buffer): Buffer {
  const first = value.indexOf(0x27);
  const second = first === -1 ? -1 : value.indexOf(0x27, first + 1);
  return percentDecoded(value.subarray(second + 1));
}

const WORD = Buffer.from('=?');
/** The name of an encoding, and its letter. */
const WORD_HEAD_BYTES = 64;

/** `=?utf-8?b?…?=`, each, and what they are together. */
function* encodedWords(header: Buffer): Generator<Buffer> {
  const words: Buffer[] = [];
  for (let at = header.indexOf(WORD); at !== -1; at = header.indexOf(WORD, at + 2)) {
    // Behind `=?utf-8?b?`, whose mark of the end is none.
    const [, how = ''] = header.toString('latin1', at + 2, at + WORD_HEAD_BYTES).split('?', 2);
    const from = header.indexOf(0x3f, header.indexOf(0x3f, at + 2) + 1) + 1;
    const end = header.indexOf('?=', from);
    if (end === -1 || from < at) break;
    const text = header.subarray(from, end);
    if (how.toLowerCase() === 'b') words.push(base64(text, MIXED64));
    else if (how.toLowerCase() === 'q') words.push(quotedDecoded(text));
  }
  yield* words;
  if (words.length > 1) yield Buffer.concat(words);
}
