import { refuse } from '../model/rules.js';

/** RFC 2046, section 5.1.1. */
const LONGEST_BOUNDARY = 70;
/** Header lines of one part together (CWE-770). */
const MAX_PART_HEADERS = 8 * 1024;

export interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly offset: number;
}

/** The parts of a multipart body. Whatever parsers would take differently is refused: a cut one, a line too much. */
export function multipartParts(body: Buffer, boundary: string | undefined, place: string, most: number): Part[] {
  const fail = (detail: string, offset = 0): never =>
    refuse('GATE-MALFORMED', 'multipart', place, `multipart: ${detail}`, { offset, format: 'multipart' });
  if (boundary === undefined || boundary === '' || boundary.length > LONGEST_BOUNDARY || /[^\x20-\x7e]/.test(boundary))
    return fail('it has no boundary, or one that is none');
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  if (at === -1) return fail('the boundary does not occur');
  if (at > 0 && !isLineEnd(body, at)) return fail('the first boundary begins no line', at);
  for (;;) {
    let next = at + delimiter.length;
    if (body[next] === 0x2d && body[next + 1] === 0x2d) {
      const rest = body.subarray(next + 2);
      if (rest.some((byte) => byte !== 0x0d && byte !== 0x0a && byte !== 0x20 && byte !== 0x09))
        return fail('something follows the last boundary', next + 2);
      return parts;
    }
    while (body[next] === 0x20 || body[next] === 0x09) next += 1;
    if (body[next] !== 0x0d || body[next + 1] !== 0x0a) return fail('a boundary does not end its line', next);
    next += 2;
    const end = nextDelimiter(body, delimiter, next - 2);
    if (end === -1) return fail('the last boundary is missing', next);
    if (parts.length >= most) refuse('GATE-BOMB', 'parts', place, `multipart: more than ${most} parts`);
    parts.push(partOf(body.subarray(next, Math.max(next, end)), next, fail));
    at = end + 2;
  }
}

/** The CRLF before the next boundary that begins a line. */
function nextDelimiter(body: Buffer, delimiter: Buffer, from: number): number {
  for (let at = body.indexOf(delimiter, from); at !== -1; at = body.indexOf(delimiter, at + 1))
    if (body[at - 2] === 0x0d && body[at - 1] === 0x0a) return at - 2;
  return -1;
}

function isLineEnd(body: Buffer, at: number): boolean {
  return body[at - 2] === 0x0d && body[at - 1] === 0x0a;
}

function partOf(bytes: Buffer, offset: number, fail: (detail: string, offset: number) => never): Part {
  const headers = new Map<string, string>();
  if (bytes[0] === 0x0d && bytes[1] === 0x0a) return { headers, body: bytes.subarray(2), offset: offset + 2 };
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1 || end > MAX_PART_HEADERS) return fail('the headers of a part do not end', offset);
  for (const line of bytes.toString('latin1', 0, end).split('\r\n')) {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/.exec(line);
    if (match === null) return fail('a header line of a part is malformed', offset);
    const name = (match[1] ?? '').toLowerCase();
    if (headers.has(name)) return fail('a header of a part is repeated', offset);
    headers.set(name, (match[2] ?? '').trimEnd());
  }
  return { headers, body: bytes.subarray(end + 4), offset: offset + end + 4 };
}

/** `Content-Transfer-Encoding`; null where it is unknown. */
export function transferDecoded(body: Buffer, encoding: string | undefined): Buffer | null {
  switch ((encoding ?? 'binary').trim().toLowerCase()) {
    case 'binary':
    case '8bit':
    case '7bit':
      return body;
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return Buffer.from(
        body
          .toString('latin1')
          .replaceAll(/=\r?\n/g, '')
          .replaceAll(/=([0-9A-Fa-f]{2})/g, (_whole: string, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
        'latin1',
      );
    default:
      return null;
  }
}
