import { SHORTEST_ENCODED } from '../model/limits.js';

export interface DecodedText {
  readonly how:
    | 'base64'
    | 'hex'
    | 'data-url'
    | 'latin1'
    | 'base64-lenient'
    | 'base32'
    | 'base85'
    | 'ascii85'
    | 'z85'
    | 'uuencode'
    | 'quoted-printable'
    | 'percent';
  readonly bytes: Buffer;
  /** The media type that a data URL declares. */
  readonly type?: string;
  /** Prose may look like this. */
  readonly isText?: true;
}

/**
 * What an alphabet does not have: to look for one such character takes no room, while a pattern for the whole of a text
 * keeps a backtracking position for each of its characters, and ends in an error on 8 MB of them.
 */
const NO_BASE64 = /[^A-Za-z0-9+/_\-=\s]/;
const NOT_BASE64 = /[^A-Za-z0-9+/=]/g;
const NO_HEX = /[^0-9A-Fa-f\s]/;
/** Without white space: prose has none of these letters, but has that. Shorter ones are words. */
const NO_BASE32 = /[^A-Za-z2-7]/;
const BASE32_PADDING = /={1,6}$/;
const NO_BASE85 = /[^0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]/;
const NO_ASCII85 = /[^!-uz\s]/;
/** ZeroMQ RFC 32. */
const NO_Z85 = /[^0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]/;
const SHORTEST_BASE85 = 10;
const NO_LATIN1 = /[^\0-\xff]/;
/** Longer text of base85 has characters that base64 has not. */
const SHORT = 1_024;
/** Escapes enough to hold something. */
const QUOTED = /(?:=[0-9A-Fa-f]{2}[^=]{0,40}){2}/;
const PERCENT = /(?:%[0-9A-Fa-f]{2}[^%]{0,40}){2}/;
const DATA_URL = /^\s*data:([^,]{0,256}),/i;
/**
 * The encodings of which a text as a whole may be. Python's b64decode passes over characters that are not of its
 * alphabet, so that any text is base64; what prose decodes to is noise.
 */
export function* decodings(text: string): Generator<DecodedText> {
  yield* latin1Bytes(text);
  if (text.length < SHORTEST_ENCODED) return;
  const url = dataUrl(text);
  if (url !== null) {
    yield url;
    return;
  }
  const hex = text.replace(/^0[xX]/, '');
  if (!NO_HEX.test(hex)) {
    const digits = hex.replaceAll(/\s/g, '');
    if (digits.length % 2 === 0) yield { how: 'hex', bytes: Buffer.from(digits, 'hex') };
  }
  if (isBase32(text)) yield { how: 'base32', bytes: base32(text) };
  if (PERCENT.test(text)) yield { how: 'percent', bytes: percentDecoded(text) };
  if (QUOTED.test(text)) yield { how: 'quoted-printable', bytes: quotedDecoded(text) };
  const isBase64 = !NO_BASE64.test(text);
  if ((!isBase64 || text.length <= SHORT) && !NO_BASE85.test(text))
    yield { how: 'base85', bytes: base85(text, BASE85_DIGITS) };
  if ((!isBase64 || text.length <= SHORT) && text.length % 5 === 0 && !NO_Z85.test(text)) yield* z85(text);
  const unix = uudecoded(text);
  if (unix !== null) yield { how: 'uuencode', bytes: unix };
  if (isBase64) {
    yield { how: 'base64', bytes: base64(text) };
    // Read by the standard alphabet alone, `-` and `_` are passed over.
    if (/[-_]/.test(text)) yield { how: 'base64-lenient', bytes: base64(text.replaceAll(NOT_BASE64, '')) };
    return;
  }
  if (isAscii85(text)) yield { how: 'ascii85', bytes: ascii85(text) };
  for (const stripped of new Set([text.replaceAll(NOT_BASE64, ''), urlSafe(text)]))
    yield { how: 'base64-lenient', bytes: base64(stripped) };
}

/** Z85 takes bytes in fours: another number of them is padded with zeros, and some formats end in zeros. */
function* z85(text: string): Generator<DecodedText> {
  const bytes = base85(text, Z85_DIGITS);
  yield { how: 'z85', bytes };
  let end = bytes.length;
  while (end > 0 && bytes.length - end < Z85_GROUP - 1 && bytes[end - 1] === 0) end -= 1;
  if (end < bytes.length) yield { how: 'z85', bytes: bytes.subarray(0, end) };
}

function isBase32(text: string): boolean {
  if (NO_BASE32.test(text.charAt(0))) return false;
  const digits = text.replace(BASE32_PADDING, '');
  return digits.length >= SHORTEST_ENCODED && !NO_BASE32.test(digits);
}

function isAscii85(text: string): boolean {
  const digits = text.replace(/^<~/, '').replace(/~>$/, '');
  return digits.length >= SHORTEST_BASE85 && !digits.includes(' ') && !NO_ASCII85.test(digits);
}

function urlSafe(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/').replaceAll(NOT_BASE64, '');
}

/** Text that stands for bytes one by one, as `encode('latin-1')` gives them back. */
function* latin1Bytes(text: string): Generator<DecodedText> {
  if (NO_LATIN1.test(text)) return;
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\x0e-\x1f\x7f-\x9f]/.test(text)) yield { how: 'latin1', bytes: Buffer.from(text, 'latin1') };
  else if (/[\xa0-\xff]/.test(text) && text.includes('\n'))
    yield { how: 'latin1', bytes: Buffer.from(text, 'latin1'), isText: true };
}

/** As Python does: padding ends it once a group is full, and stands for nothing before. */
function base64(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('=', ''), 'base64');
  const padding = text.search(/[^=\s][=\s]*=[=\s]*[^=\s]/);
  if (padding === -1) return bytes;
  let units = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '=') {
      if (units % 4 >= 2) return Buffer.from(text.slice(0, at).replaceAll('=', ''), 'base64');
    } else if (!/\s/.test(char)) units += 1;
  }
  return bytes;
}

function dataUrl(text: string): DecodedText | null {
  const match = DATA_URL.exec(text);
  if (match === null) return null;
  const [head, declared = ''] = match;
  const parts = declared.split(';').map((part) => part.trim().toLowerCase());
  const payload = text.slice(head.length);
  const bytes = percentDecoded(payload);
  return {
    how: 'data-url',
    bytes: parts.includes('base64') ? base64(urlSafe(bytes.toString('latin1'))) : bytes,
    type: parts[0] ?? '',
  };
}

/** `%41` and, in forms, `+`; what is no escape stays as it is, as servers do. */
export function percentDecoded(text: string, plusIsSpace = false): Buffer {
  const source = Buffer.from(plusIsSpace ? text.replaceAll('+', ' ') : text);
  if (!source.includes(0x25)) return source;
  const out = Buffer.alloc(source.length);
  let size = 0;
  for (let at = 0; at < source.length; at += 1) {
    const hex = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      out[size] = Number.parseInt(hex, 16);
      at += 2;
    } else out[size] = source[at] ?? 0;
    size += 1;
  }
  return out.subarray(0, size);
}

/** `=80` of quoted-printable, with its soft line ends (RFC 2045, section 6.7). */
export function quotedDecoded(text: string): Buffer {
  const unfolded = text.replaceAll(/=[ \t]*\r?\n/g, '');
  return Buffer.from(
    unfolded.replaceAll(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** RFC 4648, section 6, in either case; a group that is cut gives what it has. */
function base32(text: string): Buffer {
  const out = Buffer.alloc(Math.ceil((text.length * 5) / 8));
  let size = 0;
  let bits = 0;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3d) break;
    value = ((value << 5) | (code < 0x40 ? code - 0x32 + 26 : (code & 0x5f) - 0x41)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out[size] = (value >> bits) & 0xff;
    size += 1;
  }
  return out.subarray(0, size);
}

/** The digits of Python's `b85encode` (RFC 1924) by their codes; 85 for what is none. */
const BASE85_DIGITS = digitsOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~');
const Z85_GROUP = 4;
const Z85_DIGITS = digitsOf('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#');
const ASCII85_DIGITS = digitsOf(Array.from({ length: 85 }, (_, i) => String.fromCharCode(0x21 + i)).join(''));

function digitsOf(digits: string): Uint8Array {
  const table = new Uint8Array(128).fill(85);
  for (let value = 0; value < digits.length; value += 1) table[digits.charCodeAt(value)] = value;
  return table;
}

function ascii85(text: string): Buffer {
  const inner = text.replace(/^<~/, '').replace(/~>$/, '').replaceAll(/\s/g, '').replaceAll('z', '!!!!!');
  return base85(inner, ASCII85_DIGITS);
}

/** Groups of five digits are four bytes; the last one may have fewer of both. */
function base85(text: string, digits: Uint8Array): Buffer {
  const groups = Math.ceil(text.length / 5);
  const out = Buffer.alloc(groups * 4);
  for (let group = 0; group < groups; group += 1) {
    let value = 0;
    for (let i = 0; i < 5; i += 1) {
      const at = group * 5 + i;
      value = value * 85 + (at < text.length ? (digits[text.charCodeAt(at)] ?? 85) : 84);
    }
    out.writeUInt32BE(value % 2 ** 32, group * 4);
  }
  return out.subarray(0, out.length - (groups * 5 - text.length));
}

/** The head of a uuencoded file (POSIX, uuencode), which readers look for behind other lines. */
const UU_BEGIN = /(?:^|\n)begin [0-7]{3,4} [^\n]{1,256}\n/;
/** A line that `binascii.b2a_uu` writes: a length, and groups of four characters from the blank to the backquote. */
const NO_UU = /[^\x20-\x60]/;

/** uuencoded lines, behind their head or alone; null where a line is none. Readers take lines whose blanks at the end are gone. */
function uudecoded(text: string): Buffer | null {
  const begin = UU_BEGIN.exec(text);
  const body = begin === null ? text : text.slice(begin.index + begin[0].length);
  // Prose has small letters; without the head one is enough to tell.
  if (begin === null && NO_UU.test(body.slice(0, 62).split(/\r?\n/, 1)[0] ?? '')) return null;
  const out: Buffer[] = [];
  for (const line of body.split(/\r?\n/)) {
    const size = (line.charCodeAt(0) - 0x20) & 0x3f;
    if (line === '' || size === 0) break;
    const units = Math.ceil(size / 3) * 4;
    if (size > 45 || NO_UU.test(line) || line.length > units + 2) return begin === null ? null : Buffer.concat(out);
    const group = Buffer.alloc((units / 4) * 3);
    for (let at = 0; at < units; at += 4) {
      let value = 0;
      for (let i = 1; i <= 4; i += 1) value = value * 64 + (((line.charCodeAt(at + i) || 0x20) - 0x20) & 0x3f);
      group.writeUIntBE(value, (at / 4) * 3, 3);
    }
    out.push(group.subarray(0, size));
  }
  return out.length === 0 ? null : Buffer.concat(out);
}
