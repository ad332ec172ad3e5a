/** Characters as the regular expressions and text methods of Python class them. */

/** `\s` and `str.isspace`: what differs from JavaScript is 1C to 1F and 85, which are white space, and FEFF, which is none. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The first index from `at` on that holds no white space. */
export function skipSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length && isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

/** `str.rstrip`. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** `str.isspace`. */
export function isAllSpace(text: string): boolean {
  return text !== '' && skipSpace(text, 0) === text.length;
}

/** `\w`, and what else may continue an identifier (`jinja2._identifier.pattern`). */
export const NAME = /[\p{L}\p{N}_\p{XID_Continue}]+/uy;
/** `str.isidentifier`. */
export const IDENTIFIER = /^[_\p{XID_Start}]\p{XID_Continue}*$/u;
/** `\d` */
export const DIGIT = /\p{Nd}/u;
