/** Digits of an encoding by their byte; a byte that is none has NO_DIGIT. */
type Digits = Uint8Array;

const NO_DIGIT = 0xff;
const EQUALS = 0x3d;

function digitsOf(digits: string, more: Readonly<Record<string, number>> = {}): Digits {
  const table = new Uint8Array(256).fill(NO_DIGIT);
  for (let value = 0; value < digits.length; value += 1) table[digits.charCodeAt(value)] = value;
  for (const [digit, value] of Object.entries(more)) table[digit.charCodeAt(0)] = value;
  return table;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SMALL_LETTERS = LETTERS.toLowerCase();
const NUMERALS = '0123456789';
const BASE64_DIGITS = `${LETTERS}${SMALL_LETTERS}${NUMERALS}+/`;

/** RFC 4648, section 4: `-` and `_` are passed over. */
export const STANDARD64 = digitsOf(BASE64_DIGITS);
/** Both alphabets, as Python's `urlsafe_b64decode` takes them. */
export const MIXED64 = digitsOf(BASE64_DIGITS, { '-': 62, _: 63 });
const BASE32 = digitsOf(
  `${LETTERS}234567`,
  Object.fromEntries([...SMALL_LETTERS].map((letter, value) => [letter, value])),
);
/** Python's `b85encode` (RFC 1924). */
export const BASE85 = digitsOf(`${NUMERALS}${LETTERS}${SMALL_LETTERS}!#$%&()*+-;<=>?@^_\`{|}~`);
/** ZeroMQ RFC 32. */
export const Z85 = digitsOf(`${NUMERALS}${SMALL_LETTERS}${LETTERS}.-:+=^!/*?&<>()[]{}@%$#`);
export const ASCII85 = digitsOf(Array.from({ length: 85 }, (_, i) => String.fromCharCode(0x21 + i)).join(''));

export function isDigit64(byte: number): boolean {
  return MIXED64[byte] !== NO_DIGIT;
}

/** How padding within base64 is taken. */
type Padding = 'ends' | 'restarts' | 'none';

/**
 * Base64 as Python's `a2b_base64` reads it: bytes that are no digits are passed over, wherever they stand, and padding ends it
 * once a group is full. `restarts`: pieces with padding of their own, one behind the other. `none`: padding counts for nothing.
 */
export function base64(text: Uint8Array, digits: Digits, padding: Padding = 'ends'): Buffer {
  const first = padding === 'none' ? -1 : text.indexOf(EQUALS);
  const begin = first === -1 ? text.length : first;
  // Values of digits lie where their bytes will: four of them are three bytes.
  const out = Buffer.allocUnsafe(text.length + 4);
  const count = valuesOf(text, begin, digits, out);
  const groups = joinGroups(out, count);
  let size = groups * 3;
  let bits = 0;
  let value = 0;
  for (let i = groups * 4; i < count; i += 1) {
    value = ((value << 6) | (out[i] as number)) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[size] = (value >> bits) & 0xff;
    size += 1;
  }
  let pads = 0;
  for (let at = begin; at < text.length; at += 1) {
    const byte = text[at] as number;
    const digit = digits[byte] as number;
    if (digit !== NO_DIGIT) {
      pads = 0;
      value = ((value << 6) | digit) & 0xfff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out[size] = (value >> bits) & 0xff;
        size += 1;
      }
    } else if (byte === EQUALS && padding !== 'none') {
      // Of a group of four there are (6 - bits) / 2 digits, bits being 6, 4 and 2 behind one, two and three of them.
      const isFull = bits === 2 || (bits === 4 && pads === 1);
      pads += 1;
      if (!isFull) continue;
      if (padding === 'ends') break;
      bits = 0;
      pads = 0;
    }
  }
  return out.subarray(0, size);
}

/** Writes the values of the digits before an offset, and gives how many there are. Every byte is written, and the next value over one that is none. */
function valuesOf(text: Uint8Array, end: number, digits: Digits, out: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < end; at += 1) {
    const digit = digits[text[at] as number] as number;
    out[count] = digit;
    count += 1 - (digit >> 7);
  }
  return count;
}

/** Groups of four values become three bytes, in place; gives how many groups there are. */
function joinGroups(out: Uint8Array, count: number): number {
  const groups = count >> 2;
  for (let i = 0; i < groups; i += 1) {
    const from = i * 4;
    const value =
      ((out[from] as number) << 18) |
      ((out[from + 1] as number) << 12) |
      ((out[from + 2] as number) << 6) |
      (out[from + 3] as number);
    const to = i * 3;
    out[to] = value >> 16;
    out[to + 1] = (value >> 8) & 0xff;
    out[to + 2] = value & 0xff;
  }
  return groups;
}

/** Whether digits follow padding: then readers differ in where they end. */
export function goesOnBehindPadding(text: Uint8Array): boolean {
  const first = text.indexOf(EQUALS);
  if (first === -1) return false;
  for (let at = first + 1; at < text.length; at += 1) if (isDigit64(text[at] as number)) return true;
  return false;
}

/** RFC 4648, section 6, in either case; a group that is cut gives what it has. */
export function base32(text: Uint8Array): Buffer {
  const out = Buffer.alloc(Math.ceil((text.length * 5) / 8));
  let size = 0;
  let bits = 0;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] as number;
    const digit = BASE32[byte] as number;
    if (digit === NO_DIGIT) continue;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out[size] = (value >> bits) & 0xff;
    size += 1;
  }
  return out.subarray(0, size);
}

/** Groups of five digits are four bytes; the last one may have fewer of both. Bytes that are no digits are passed over. */
export function base85(text: Uint8Array, digits: Digits): Buffer {
  // `z` is one digit of four bytes.
  const out = Buffer.alloc(digits === ASCII85 ? text.length * 4 + 4 : Math.ceil(text.length / 5) * 4 + 4);
  let size = 0;
  let count = 0;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] as number;
    if (digits === ASCII85 && byte === ZERO_GROUP && count === 0) {
      size = out.writeUInt32BE(0, size);
      continue;
    }
    const digit = digits[byte] as number;
    if (digit === NO_DIGIT) continue;
    value = value * 85 + digit;
    count += 1;
    if (count < 5) continue;
    size = out.writeUInt32BE(value % 2 ** 32, size);
    count = 0;
    value = 0;
  }
  if (count === 0) return out.subarray(0, size);
  const left = 5 - count;
  for (; count < 5; count += 1) value = value * 85 + 84;
  out.writeUInt32BE(value % 2 ** 32, size);
  return out.subarray(0, size + 4 - left);
}

/** `z` of ascii85: four zeros. */
const ZERO_GROUP = 0x7a;

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BLANK = 0x20;
const BEGIN = Buffer.from('begin ');
const BEGIN_BYTES = 300;

/** Where the lines begin that follow the head of a uuencoded file (POSIX, uuencode); -1 without one. */
function behindBegin(text: Buffer): number {
  for (let at = text.indexOf(BEGIN); at !== -1; at = text.indexOf(BEGIN, at + 1)) {
    if (at > 0 && text[at - 1] !== LINE_FEED && text[at - 1] !== RETURN) continue;
    const end = text.subarray(at, at + BEGIN_BYTES).indexOf(LINE_FEED);
    if (end !== -1) return at + end + 1;
  }
  return -1;
}

/** Bytes of one line. */
const LINE_BYTES = 45;

function countLines(text: Buffer): number {
  let lines = 1;
  for (let at = text.indexOf(LINE_FEED); at !== -1; at = text.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

/** From the blank to the backquote. */
function isUuDigit(byte: number): boolean {
  return byte >= BLANK && byte <= 0x60;
}

/**
 * Lines as `binascii.b2a_uu` writes them, a length and groups of four characters, behind their head or alone; null where a line
 * is none. Readers take lines whose blanks at the end are gone.
 */
export function uudecoded(text: Buffer): Buffer | null {
  const begin = behindBegin(text);
  // A line whose blanks are gone is shorter than what it stands for.
  const out = Buffer.alloc(countLines(text) * LINE_BYTES);
  let size = 0;
  for (let at = Math.max(0, begin); at < text.length;) {
    const feed = text.indexOf(LINE_FEED, at);
    const next = feed === -1 ? text.length : feed;
    const end = next > at && text[next - 1] === RETURN ? next - 1 : next;
    const count = ((text[at] ?? BLANK) - BLANK) & 0x3f;
    if (end === at || count === 0) break;
    const units = Math.ceil(count / 3) * 4;
    if (count > LINE_BYTES || end - at > units + 2 || !text.subarray(at, end).every(isUuDigit)) {
      if (begin === -1) return null;
      break;
    }
    for (let i = 0; i < count; i += 1) {
      const from = at + 1 + Math.floor(i / 3) * 4 + (i % 3);
      const first = ((from < end ? (text[from] as number) : BLANK) - BLANK) & 0x3f;
      const second = ((from + 1 < end ? (text[from + 1] as number) : BLANK) - BLANK) & 0x3f;
      out[size] = ((first << (2 + 2 * (i % 3))) | (second >> (4 - 2 * (i % 3)))) & 0xff;
      size += 1;
    }
    at = next + 1;
  }
  return size === 0 ? null : out.subarray(0, size);
}
