/** What a string literal of Jinja2 stands for. */
export interface Unescaped {
  readonly value: string;
  /** It names a character (`\N{…}`) that is not known here; U+FFFD stands for it. */
  readonly uncertain: boolean;
}

/** Characters by their names, as far as names of attributes are made of them. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['LOW LINE', '_'],
  ['FULL STOP', '.'],
  ['SPACE', ' '],
  ...'ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE'
    .split(' ')
    .map((name, digit): [string, string] => [`DIGIT ${name}`, String(digit)]),
  ...Array.from('abcdefghijklmnopqrstuvwxyz').flatMap((letter): [string, string][] => [
    [`LATIN SMALL LETTER ${letter.toUpperCase()}`, letter],
    [`LATIN CAPITAL LETTER ${letter.toUpperCase()}`, letter.toUpperCase()],
  ]),
]);

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** Hexadecimal digits behind the letter of an escape. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const HEX = /^[\da-fA-F]+$/;
const NAME_IN_BRACES = /\{([^}]+)\}/y;

/**
 * `.encode("ascii", "backslashreplace").decode("unicode-escape")` of `Lexer.wrap`. Null where Python refuses it. A
 * character beyond ASCII becomes an escape before escapes are read: behind a backslash it stays the text of that.
 */
export function unescapeString(raw: string): Unescaped | null {
  const parts: string[] = [];
  let uncertain = false;
  let at = 0;
  for (let slash = raw.indexOf('\\'); slash >= 0; slash = raw.indexOf('\\', at)) {
    parts.push(raw.slice(at, slash));
    const escape = readEscape(raw, slash + 1);
    if (escape === null) return null;
    parts.push(escape.value);
    uncertain ||= escape.uncertain === true;
    at = escape.end;
  }
  parts.push(raw.slice(at));
  return { value: parts.join(''), uncertain };
}

interface Escape {
  readonly value: string;
  readonly end: number;
  readonly uncertain?: boolean;
}

/** `at`: the character behind the backslash. */
function readEscape(raw: string, at: number): Escape | null {
  const letter = raw[at];
  if (letter === undefined) return null;
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) return { value: simple, end: at + 1 };
  const count = DIGITS.get(letter);
  if (count !== undefined) {
    const digits = raw.slice(at + 1, at + 1 + count);
    const code = digits.length === count && HEX.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
    return code <= 0x10ffff ? { value: String.fromCodePoint(code), end: at + 1 + count } : null;
  }
  if (letter === 'N') return readNamed(raw, at);
  if (letter >= '0' && letter <= '7') {
    let end = at + 1;
    while (end < at + 3 && raw[end] !== undefined && (raw[end] ?? '') >= '0' && (raw[end] ?? '') <= '7') end += 1;
    return { value: String.fromCodePoint(Number.parseInt(raw.slice(at, end), 8)), end };
  }
  const code = raw.codePointAt(at) ?? 0;
  const end = at + (code > 0xffff ? 2 : 1);
  return { value: `\\${code < 0x80 ? letter : backslashed(code)}`, end };
}

function backslashed(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `u${hex.padStart(4, '0')}` : `U${hex.padStart(8, '0')}`;
}

function readNamed(raw: string, at: number): Escape | null {
  NAME_IN_BRACES.lastIndex = at + 1;
  const found = NAME_IN_BRACES.exec(raw);
  if (found === null) return null;
  const known = NAMED.get((found[1] ?? '').toUpperCase());
  return { value: known ?? '\uFFFD', end: NAME_IN_BRACES.lastIndex, uncertain: known === undefined };
}
