import { isUtf8 } from 'node:buffer';
import { sep } from 'node:path';

/**
 * Names on Unix are bytes, and reports are text. A byte that is no UTF-8 is written as `\xff`; a backslash with which a
 * name itself would read like that, as `\x5c`. So each name has one text, and each text leads back to one name. On Windows
 * names are UTF-16, and a backslash stands between them: they stay as they are.
 */
const BYTES = sep === '/';

/** What is an escape, or would be read as one. */
const ESCAPE = /\\x(?:5c|[89a-f][0-9a-f])/g;
const BACKSLASH = '\\x5c';

/** A path as text of its own: what somebody typed, which is no escape yet. */
export function shownName(text: string): string {
  return BYTES && text.includes('\\x') ? text.replace(ESCAPE, (found) => BACKSLASH + found.slice(1)) : text;
}

/** The bytes of a name as text. */
export function shownBytes(name: Buffer): string {
  if (!BYTES || isUtf8(name)) return shownName(name.toString('utf8'));
  return decode(name, shownName, (byte) => `\\x${byte.toString(16)}`);
}

/** What the system takes for a path of a report: text where it is UTF-8, bytes where it is none. */
export function pathOf(shown: string): string | Buffer {
  if (!BYTES || !shown.includes('\\x')) return shown;
  const parts: Buffer[] = [];
  let end = 0;
  for (const { 0: found, index } of shown.matchAll(ESCAPE)) {
    parts.push(Buffer.from(shown.slice(end, index)), Buffer.from(found.slice(2), 'hex'));
    end = index + found.length;
  }
  const bytes = Buffer.concat([...parts, Buffer.from(shown.slice(end))]);
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes;
}

/** A path of a report as somebody would type it; a byte that is no UTF-8 as a lone surrogate (PEP 383). */
export function typedName(shown: string): string {
  const path = pathOf(shown);
  if (typeof path === 'string') return path;
  return decode(
    path,
    (text) => text,
    (byte) => String.fromCharCode(0xdc00 + byte),
  );
}

function decode(bytes: Buffer, asText: (text: string) => string, asByte: (byte: number) => string): string {
  let result = '';
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    const length = validLength(bytes, at);
    if (length === 0) {
      result += asText(bytes.toString('utf8', from, at)) + asByte(bytes[at] ?? 0);
      from = at + 1;
    }
    at += Math.max(length, 1);
  }
  return result + asText(bytes.toString('utf8', from));
}

/** Bytes of the character that begins there; 0 where none does. */
function validLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  // Of a character that is cut `subarray` gives what there is, which is no UTF-8.
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/** Whether a path is a folder, or lies in it; both without links. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
