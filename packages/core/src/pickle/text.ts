import { textOfUnits } from '../bytes/read.js';

/** Text and numbers as the unpicklers decode them. */

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Strict UTF-8, as the lines of GLOBAL are read; null where it is invalid. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** UTF-8 with lone surrogates (`surrogatepass`), as BINUNICODE and its relatives are read; null where invalid. */
export function utf8Surrogates(bytes: Uint8Array): string | null {
  const plain = utf8(bytes);
  if (plain !== null) return plain;
  // Only surrogates may be wrong: each is three bytes ED A0..BF 80..BF. Everything between must be strict UTF-8.
  let text = '';
  let start = 0;
  for (let i = 0; i + 2 < bytes.length; i += 1) {
    const second = bytes[i + 1] ?? 0;
    const third = bytes[i + 2] ?? 0;
    if (bytes[i] !== 0xed || second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue;
    const before = utf8(bytes.subarray(start, i));
    if (before === null) return null;
    text += before + String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    start = i + 3;
    i += 2;
  }
  const rest = utf8(bytes.subarray(start));
  return start === 0 || rest === null ? null : text + rest;
}

export function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i += 1) if ((bytes[i] ?? 0) > 127) return false;
  return true;
}

export function latin1Text(bytes: Uint8Array): string {
  return textOfUnits(bytes);
}

/**
 * The argument of UNICODE: `raw-unicode-escape`. `\u` and `\U` are escapes only behind an odd number of backslashes;
 * null where an escape is malformed (every reader fails).
 */
export function rawUnicodeEscape(bytes: Uint8Array): string | null {
  const raw = latin1Text(bytes);
  if (!raw.includes('\\')) return raw;
  let text = '';
  for (let i = 0; i < raw.length; i += 1) {
    if (raw[i] !== '\\') {
      const next = raw.indexOf('\\', i);
      const end = next < 0 ? raw.length : next;
      text += raw.slice(i, end);
      i = end - 1;
      continue;
    }
    let run = 1;
    while (raw[i + run] === '\\') run += 1;
    const letter = raw[i + run];
    if (run % 2 === 0 || (letter !== 'u' && letter !== 'U')) {
      text += '\\'.repeat(run);
      i += run - 1;
      continue;
    }
    const digits = raw.slice(i + run + 1, i + run + (letter === 'u' ? 5 : 9));
    const code =
      /^[0-9a-fA-F]+$/.test(digits) && digits.length === (letter === 'u' ? 4 : 8) ? parseInt(digits, 16) : -1;
    if (code < 0 || code > 0x10ffff) return null;
    text += '\\'.repeat(run - 1) + (code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code));
    i += run + digits.length;
  }
  return text;
}

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = {
  '\\': 92,
  "'": 39,
  '"': 34,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/**
 * The argument of STRING: quoted, with the escapes of a bytes literal (`codecs.escape_decode`); unknown escapes keep
 * their backslash. Null where quotes are missing, `\x` lacks digits, or a backslash ends the text.
 */
export function quotedString(bytes: Uint8Array): Uint8Array | null {
  const quote = bytes[0];
  if (bytes.length < 2 || (quote !== 39 && quote !== 34) || bytes[bytes.length - 1] !== quote) return null;
  const body = bytes.subarray(1, bytes.length - 1);
  if (!body.includes(92)) return body;
  const out: number[] = [];
  for (let i = 0; i < body.length; i += 1) {
    const byte = body[i] ?? 0;
    if (byte !== 92) {
      out.push(byte);
      continue;
    }
    i += 1;
    if (i >= body.length) return null;
    const letter = String.fromCharCode(body[i] ?? 0);
    const simple = SIMPLE_ESCAPES[letter];
    if (simple !== undefined) {
      out.push(simple);
    } else if (letter === '\n') {
      // A backslash before a newline is dropped; a line cannot hold one, kept for completeness.
    } else if (letter >= '0' && letter <= '7') {
      let digits = letter;
      while (digits.length < 3 && /^[0-7]$/.test(String.fromCharCode(body[i + 1] ?? 0))) {
        i += 1;
        digits += String.fromCharCode(body[i] ?? 0);
      }
      out.push(parseInt(digits, 8) & 255);
    } else if (letter === 'x') {
      const digits = latin1Text(body.subarray(i + 1, i + 3));
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) return null;
      out.push(parseInt(digits, 16));
      i += 2;
    } else {
      out.push(92, body[i] ?? 0);
    }
  }
  return Uint8Array.from(out);
}

const BASE_10 = /^[ \t\n\v\f\r]*[+-]?\d+(?:_\d+)*[ \t\n\v\f\r]*$/;
const BASE_0 =
  /^[ \t\n\v\f\r]*[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[1-9]\d*(?:_\d+)*|0+(?:_0+)*)[ \t\n\v\f\r]*$/;
/** C's strtol with base 0: also octal with a mere leading zero. */
const STRTOL_0 = /^[ \t\n\v\f\r]*[+-]?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/;
const STRTOL_10 = /^[ \t\n\v\f\r]*[+-]?\d+$/;
// No two parts of these take the same digits: a line may be a megabyte, which must not be tried twice (CWE-1333).
const FLOAT = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|inf|infinity|nan)$/i;
const FLOAT_PYTHON =
  /^[ \t\n\v\f\r]*[+-]?(?:(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?|inf|infinity|nan)[ \t\n\v\f\r]*$/i;

/** Which kinds of reader take a line as a number: C and pure Python, up to 3.13 and from 3.14. */
export interface NumberReaders {
  readonly cOld: boolean;
  readonly cNew: boolean;
  readonly pythonOld: boolean;
  readonly pythonNew: boolean;
}

/** C stops at a NUL and takes what is before it; Python refuses the line. */
function beforeNul(line: string): string {
  const nul = line.indexOf('\0');
  return nul < 0 ? line : line.slice(0, nul);
}

export function intReaders(line: string): NumberReaders {
  const c = beforeNul(line);
  return {
    // strtol takes nothing at all for a number where a NUL follows.
    cOld: line !== '' && (c === '' || STRTOL_0.test(c) || BASE_0.test(c)),
    cNew: line !== '' && (c === '' || STRTOL_10.test(c) || BASE_10.test(c)),
    pythonOld: line === '00' || line === '01' || BASE_0.test(line),
    pythonNew: BASE_10.test(line),
  };
}

/** Whether the text of an int, in any base, is zero: as INT and LONG give it, up to a NUL. */
export function isZero(line: string): boolean {
  return /^[ \t\n\v\f\r]*[+-]?0[xXoObB]?[0_]*L?[ \t\n\v\f\r]*$/.test(beforeNul(line)) || line.startsWith('\0');
}

export function longReaders(line: string): NumberReaders {
  const digits = line.endsWith('L') ? line.slice(0, -1) : line;
  const c = beforeNul(digits);
  return {
    cOld: BASE_0.test(c),
    cNew: BASE_10.test(c),
    pythonOld: BASE_0.test(digits),
    pythonNew: BASE_10.test(digits),
  };
}

export function floatReaders(line: string): NumberReaders {
  const text = beforeNul(line);
  const c = FLOAT.test(text) && (Number.isFinite(Number(text)) || /inf|nan/i.test(text));
  const python = FLOAT_PYTHON.test(line);
  return { cOld: c, cNew: c, pythonOld: python, pythonNew: python };
}

/**
 * The value of the line of FLOAT: as `float(bytes)` reads it, and where Python refuses the line, as C reads it up to a NUL.
 * NaN where neither takes it for a number.
 */
export function floatOfLine(line: string): number {
  const text = FLOAT_PYTHON.test(line) ? line.trim().replaceAll('_', '') : beforeNul(line);
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return FLOAT.test(text) ? Number(text) : NaN;
}

/** C keeps the memo in one array of pointers: no address space holds more slots. */
const MAX_C_SLOT = 2 ** 43;

/** The index of GET and PUT: base 10 with blanks, sign and underscores; null where that reader fails. */
export function memoIndex(line: string): { readonly c: number | null; readonly python: number | null } {
  const read = (text: string): number | null => {
    if (!BASE_10.test(text)) return null;
    const value = Number(text.replaceAll('_', ''));
    return value >= 0 ? value : null;
  };
  const c = line === '' ? null : read(beforeNul(line));
  return { c: c !== null && c > MAX_C_SLOT ? null : c, python: read(line) };
}
