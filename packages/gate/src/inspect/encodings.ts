import { isUtf8 } from 'node:buffer';
import { LONGEST_PREFIX, LONGEST_URL_HEAD, SHORTEST_ENCODED } from '../model/limits.js';
import {
  ASCII85,
  BASE85,
  base32,
  base64,
  base85,
  goesOnBehindPadding,
  MIXED64,
  STANDARD64,
  uudecoded,
  Z85,
} from './base-n.js';
import { backslashDecoded, hexDecoded, percentDecoded, quotedDecoded } from './escapes.js';

export interface DecodedText {
  readonly how:
    | 'base64'
    | 'base64-lenient'
    | 'base64-prefixed'
    | 'hex'
    | 'data-url'
    | 'latin1'
    | 'base32'
    | 'base85'
    | 'ascii85'
    | 'z85'
    | 'uuencode'
    | 'quoted-printable'
    | 'percent'
    | 'escapes';
  readonly bytes: Buffer;
  /** The media type that a data URL declares. */
  readonly type?: string;
  /** Prose may look like this. */
  readonly isText?: true;
}

/** Alphabets of which all bytes of a text may be. */
const OF_HEX = 1;
const OF_BASE32 = 2;
const OF_BASE64 = 4;
const OF_BASE85 = 8;
const OF_Z85 = 16;
const OF_ASCII85 = 32;
const OF_UU = 64;
/** Bytes of which a text has one at least. */
const DASH = 1;
const CONTROL = 2;
const LINE_END = 4;
const HIGH = 8;

const FEATURES_SHIFT = 8;

/** What all bytes of a text are of, and what there is among them. */
function kindsOf(text: Uint8Array): { readonly all: number; readonly any: number } {
  let all = 0xffff;
  let any = 0;
  for (let at = 0; at < text.length; at += 1) {
    const kinds = KINDS[text[at] as number] as number;
    all &= kinds;
    any |= kinds;
  }
  return { all: all & 0xff, any: any >> FEATURES_SHIFT };
}

const SPACES = ' \t\n\r\f\v';
const NUMERALS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WORD = `${NUMERALS}${LETTERS}${LETTERS.toLowerCase()}`;
const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i)).join('');
/** Both of them for each byte, the features in the upper half. */
const KINDS = kindsOfBytes([
  [OF_HEX, `${NUMERALS}abcdefABCDEFxX${SPACES}:-,;\\_|[](){}`],
  [OF_BASE32, `${LETTERS}${LETTERS.toLowerCase()}234567=\r\n`],
  [OF_BASE64, `${WORD}+/-_=${SPACES}`],
  [OF_BASE85, `${WORD}!#$%&()*+-;<=>?@^_\`{|}~\r\n`],
  [OF_Z85, `${WORD}.-:+=^!/*?&<>()[]{}@%$#\r\n`],
  [OF_ASCII85, `${range(0x21, 0x75)}z~${SPACES}`],
  [OF_UU, `${range(0x20, 0x60)}\r\n`],
  [DASH << FEATURES_SHIFT, '-_'],
  [CONTROL << FEATURES_SHIFT, `${range(0, 8)}${range(0x0e, 0x1f)}`],
  [LINE_END << FEATURES_SHIFT, '\r\n'],
  [HIGH << FEATURES_SHIFT, range(0x80, 0xff)],
]);

function kindsOfBytes(rows: readonly (readonly [bit: number, characters: string])[]): Uint16Array {
  const kinds = new Uint16Array(256);
  for (const [bit, characters] of rows)
    for (const character of characters) {
      const code = character.charCodeAt(0);
      kinds[code] = (kinds[code] as number) | bit;
    }
  return kinds;
}

/** Longer text of base85 has characters that base64 has not. */
const SHORT = 1_024;
const SHORTEST_BASE85 = 10;
const UU_HEAD = Buffer.from('begin ');

/**
 * The encodings of which a text as a whole may be, each decoded in one pass. Python's b64decode passes over bytes that are no
 * digits, so that any text is base64; what prose decodes to is noise.
 */
export function* decodings(text: Buffer): Generator<DecodedText> {
  const { all, any } = kindsOf(text);
  if ((any & (HIGH | CONTROL)) !== 0) yield* latin1(text, any);
  if (text.length < SHORTEST_ENCODED) return;
  const url = dataUrl(text);
  if (url !== null) yield url;
  const hex = (all & OF_HEX) === 0 ? null : hexDecoded(text);
  if (hex !== null) yield { how: 'hex', bytes: hex };
  if ((all & OF_BASE32) !== 0) yield { how: 'base32', bytes: base32(text) };
  yield* changed('percent', text, percentDecoded(text));
  if (text.includes(0x3d)) yield* changed('quoted-printable', text, quotedDecoded(text));
  if (text.includes(0x5c)) yield* changed('escapes', text, backslashDecoded(text) ?? text);
  const isBase64 = (all & OF_BASE64) !== 0;
  if (!isBase64 || text.length <= SHORT) {
    if ((all & OF_BASE85) !== 0) yield { how: 'base85', bytes: base85(text, BASE85) };
    if ((all & OF_Z85) !== 0 && text.length % 5 === 0) yield* z85(text);
    const inner = withinMarks(text);
    if (!isBase64 && (all & OF_ASCII85) !== 0 && inner.length >= SHORTEST_BASE85 && !inner.includes(0x20))
      yield { how: 'ascii85', bytes: base85(inner, ASCII85) };
  }
  // Prose has small letters; without the head one of them is enough to tell.
  if ((all & OF_UU) !== 0 || ((any & LINE_END) !== 0 && text.includes(UU_HEAD))) {
    const unix = uudecoded(text);
    if (unix !== null) yield { how: 'uuencode', bytes: unix };
  }
  yield* base64Readings(text, isBase64 ? 'base64' : 'base64-lenient', (any & DASH) !== 0);
  // A data URL has its own.
  if (url !== null) return;
  for (const rest of behindPrefixes(text)) yield* base64Readings(rest, 'base64-prefixed', (any & DASH) !== 0);
}

/** Readers differ in their alphabets, and in what padding within is. */
function* base64Readings(text: Buffer, how: DecodedText['how'], hasDashes: boolean): Generator<DecodedText> {
  const isPadded = goesOnBehindPadding(text);
  for (const digits of hasDashes ? [MIXED64, STANDARD64] : [STANDARD64]) {
    yield { how, bytes: base64(text, digits) };
    if (!isPadded) continue;
    yield { how, bytes: base64(text, digits, 'restarts') };
    yield { how, bytes: base64(text, digits, 'none') };
  }
}

/**
 * Bytes of any kind in which base64 may lie with something else around it or between. Values are read in all ways, larger bytes
 * as Python reads them: noise has padding in it.
 */
export function* strayBase64(bytes: Buffer): Generator<DecodedText> {
  const how = 'base64-lenient';
  const readings =
    bytes.length <= STRAY_VALUE
      ? base64Readings(bytes, how, true)
      : [STANDARD64, MIXED64].map((digits): DecodedText => ({ how, bytes: base64(bytes, digits) }));
  for (const decoded of readings) if (decoded.bytes.length >= SHORTEST_DECODED) yield decoded;
}

const STRAY_VALUE = 64 * 1024;
const SHORTEST_DECODED = 8;

function* changed(how: DecodedText['how'], text: Buffer, bytes: Buffer): Generator<DecodedText> {
  if (bytes.length < text.length) yield { how, bytes };
}

/** Signs that end a prefix: of a data URL without its scheme, of a user's name, of a label. */
const PREFIX_ENDS: ReadonlySet<number> = new Set([0x2c, 0x3a, 0x3b, 0x7c]);
/** Signs of one beginning behind which it is read. */
const PREFIXES = 4;

/** Behind each sign of a short beginning without blanks. */
function* behindPrefixes(text: Buffer): Generator<Buffer> {
  let count = 0;
  for (let at = 0; at < Math.min(LONGEST_PREFIX, text.length - SHORTEST_ENCODED) && count < PREFIXES; at += 1) {
    const byte = text[at] as number;
    if (byte === 0x20 || byte === 0x0a) break;
    if (!PREFIX_ENDS.has(byte)) continue;
    count += 1;
    yield text.subarray(at + 1);
  }
}

/** Z85 takes bytes in fours: another number of them is padded with zeros, and some formats end in zeros. */
function* z85(text: Buffer): Generator<DecodedText> {
  const bytes = base85(text, Z85);
  yield { how: 'z85', bytes };
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 3 && bytes[end - 1] === 0) end -= 1;
  if (end < bytes.length) yield { how: 'z85', bytes: bytes.subarray(0, end) };
}

/** Without `<~` and `~>`. */
function withinMarks(text: Buffer): Buffer {
  const from = text[0] === 0x3c && text[1] === 0x7e ? 2 : 0;
  const end = text.lastIndexOf('~>');
  return text.subarray(from, end > from ? end : text.length);
}

/** Bytes for which a string stands that has characters beyond ASCII, none of them beyond Latin-1; null for any other bytes. */
export function latin1OfString(bytes: Buffer): DecodedText | null {
  if (bytes.every((byte) => byte < 0x80) || !isUtf8(bytes)) return null;
  return latin1(bytes, CONTROL).next().value ?? null;
}

/** Text that stands for bytes one by one, as `encode('latin-1')` gives them back. */
function* latin1(text: Buffer, any: number): Generator<DecodedText, undefined> {
  const out = Buffer.alloc(text.length);
  let size = 0;
  let hasControl = (any & CONTROL) !== 0;
  for (let at = 0; at < text.length; at += 1) {
    let byte = text[at] as number;
    if (byte >= 0x80) {
      // U+0080 to U+00FF are two bytes of UTF-8; anything beyond is no byte of Latin-1.
      if (byte !== 0xc2 && byte !== 0xc3) return;
      at += 1;
      byte = ((byte & 0x03) << 6) | ((text[at] ?? 0) & 0x3f);
      hasControl ||= byte < 0xa0;
    }
    out[size] = byte;
    size += 1;
  }
  const bytes = out.subarray(0, size);
  if (hasControl) yield { how: 'latin1', bytes };
  else if ((any & LINE_END) !== 0) yield { how: 'latin1', bytes, isText: true };
}

function dataUrl(text: Buffer): DecodedText | null {
  const head = text.toString('latin1', 0, LONGEST_URL_HEAD).trimStart();
  const comma = head.indexOf(',');
  if (comma === -1 || head.slice(0, 5).toLowerCase() !== 'data:') return null;
  const [type = '', ...parameters] = head
    .slice(5, comma)
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const bytes = percentDecoded(text.subarray(text.indexOf(0x2c) + 1));
  return { how: 'data-url', bytes: parameters.includes('base64') ? base64(bytes, MIXED64) : bytes, type };
}
