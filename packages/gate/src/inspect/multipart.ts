import { base64, MIXED64 } from './base-n.js';
import { quotedDecoded } from './escapes.js';
import { refuse } from '../model/rules.js';

/** RFC 2046, section 5.1.1. */
const LONGEST_BOUNDARY = 70;

export type Fail = (detail: string, offset?: number) => never;

export function failAt(path: string): Fail {
  return (detail, offset = 0) =>
    refuse('GATE-MALFORMED', 'multipart', path, `multipart: ${detail}`, { offset, format: 'multipart' });
}

/** Bytes of the line end that belongs to a delimiter. */
export const LINE_END_BYTES = 2;

/** The bytes before each part but the first, whose line end may be missing. */
export function delimiterOf(boundary: string | undefined, fail: Fail): Buffer {
  if (boundary === undefined || boundary === '' || boundary.length > LONGEST_BOUNDARY || /[^\x20-\x7e]/.test(boundary))
    return fail('it has no boundary, or one that is none');
  return Buffer.from(`\r\n--${boundary}`);
}

/** Bytes from behind a boundary to the end of its line, `end` for the last one; `line` may be cut after LONGEST_PADDING. */
export function boundaryLine(line: Buffer, fail: Fail, offset: number): number | 'end' {
  if (line[0] === 0x2d && line[1] === 0x2d) return 'end';
  const blanks = line.findIndex((byte) => byte !== 0x20 && byte !== 0x09);
  if (blanks === -1 || line[blanks] !== 0x0d || line[blanks + 1] !== 0x0a)
    return fail('a boundary does not end its line', offset);
  return blanks + 2;
}

export function isBlankText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x0d || byte === 0x0a || byte === 0x20 || byte === 0x09);
}

/** Names of headers (RFC 9110, section 5.1). */
const NO_TOKEN = /[^!#$%&'*+.^_`|~0-9A-Za-z-]/;

/** The headers of a part, with their names in small letters. `bytes`: all that there is of it, or the most that headers may be. */
export function partHeaders(
  bytes: Buffer,
  offset: number,
  fail: Fail,
): { readonly headers: ReadonlyMap<string, string>; readonly length: number } {
  const headers = new Map<string, string>();
  // Werkzeug and Django go on to the next empty line, and read headers up to it.
  if (bytes[0] === 0x0d && bytes[1] === 0x0a) return fail('a part without headers', offset);
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return fail('the headers of a part do not end', offset);
  for (const line of bytes.toString('latin1', 0, end).split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    // A line end of another kind is one to some servers.
    if (name === '' || NO_TOKEN.test(name) || /[\r\n\0]/.test(line))
      return fail('a header line of a part is malformed', offset);
    if (headers.has(name)) return fail('a header of a part is repeated', offset);
    headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, length: end + 4 };
}

/** Whether a `Content-Transfer-Encoding` leaves the bytes as they are. */
export function leavesBytes(encoding: string | undefined): boolean {
  const name = (encoding ?? 'binary').trim().toLowerCase();
  return name === 'binary' || name === '8bit' || name === '7bit';
}

/** `Content-Transfer-Encoding`; null where it is unknown. */
export function transferDecoded(body: Buffer, encoding: string | undefined): Buffer | null {
  if (leavesBytes(encoding)) return body;
  switch ((encoding ?? '').trim().toLowerCase()) {
    case 'base64':
      return base64(body, MIXED64);
    case 'quoted-printable':
      return quotedDecoded(body);
    default:
      return null;
  }
}
