import { lazy } from './lazy.js';

/**
 * Makes text from an artifact fit to be shown: nothing in it can move a cursor, reverse a line, hide or end one.
 * Everything else stays as it is, so that what is shown can be searched for.
 */

/**
 * Control, format (bidirectional, zero-width, tags), private and lone surrogate code points, line separators,
 * every space but U+0020, and letters that draw nothing (fillers, variation selectors, blank Braille).
 */
const unsafe = lazy(
  (): RegExp =>
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu,
);

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** One code point as Python would write it in a string: `\x1b`, `\u202e`, `\U000e0041`. */
export function escapeCodePoint(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** Text in which nothing can be unsafe: most of it. */
const PLAIN = /^[ -~]*$/;

export function escapeText(text: string): string {
  // Made when it is needed: V8 looks its classes up when the expression is made, which takes longer than most texts do.
  return PLAIN.test(text) ? text : text.replace(unsafe(), escapeCodePoint);
}

/** At most `length` UTF-16 units of `text`, never half a surrogate pair, and how much is missing. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
  return `${text.slice(0, end)}…(+${text.length - end} characters)`;
}
