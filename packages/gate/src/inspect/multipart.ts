import type { ByteSource } from '@artifact-sentinel/core';
import { sliceSource } from '@artifact-sentinel/core/internal';
import { refuse } from '../model/rules.js';
import { quotedDecoded } from './encodings.js';
import { WINDOW_BYTES } from './window-source.js';
import { LONGEST_PADDING, MAX_PART_HEADERS } from '../model/limits.js';

/** RFC 2046, section 5.1.1. */
const LONGEST_BOUNDARY = 70;

export interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: ByteSource;
  readonly offset: number;
}

export type Fail = (detail: string, offset?: number) => never;

export function failAt(path: string): Fail {
  return (detail, offset = 0) =>
    refuse('GATE-MALFORMED', 'multipart', path, `multipart: ${detail}`, { offset, format: 'multipart' });
}

/** The bytes before each part but the first, whose line feed may be missing. */
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

/** The parts of a multipart body. What parsers would read differently is refused: a cut one, a line too much. */
export async function multipartParts(
  source: ByteSource,
  boundary: string | undefined,
  path: string,
  most: number,
): Promise<Part[]> {
  const fail = failAt(path);
  const delimiter = delimiterOf(boundary, fail);
  const parts: Part[] = [];
  let at = await find(source, delimiter.subarray(2), 0);
  if (at === -1) return fail('the boundary does not occur');
  if (at > 0 && (at < 2 || (await bytesAt(source, at - 2, 2)).compare(CRLF) !== 0))
    return fail('the first boundary begins no line', at);
  for (;;) {
    let next = at + delimiter.length - 2;
    const length = boundaryLine(await bytesAt(source, next, LONGEST_PADDING), fail, next);
    if (length === 'end') {
      if (!(await isBlank(source, next + 2))) return fail('something follows the last boundary', next + 2);
      return parts;
    }
    next += length;
    const end = await find(source, delimiter, next - 2);
    if (end === -1) return fail('the last boundary is missing', next);
    if (parts.length >= most) refuse('GATE-BOMB', 'parts', path, `multipart: more than ${most} parts`);
    parts.push(await partOf(sliceSource(source, next, Math.max(0, end - next)), next, fail));
    at = end + 2;
  }
}

const CRLF = Buffer.from('\r\n');

async function bytesAt(source: ByteSource, offset: number, length: number): Promise<Buffer> {
  const bytes = await source.read(offset, length);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

async function find(source: ByteSource, wanted: Buffer, from: number): Promise<number> {
  for (let at = from; at < source.size; at += WINDOW_BYTES) {
    const found = (await bytesAt(source, at, WINDOW_BYTES + wanted.length - 1)).indexOf(wanted);
    if (found !== -1) return at + found;
  }
  return -1;
}

async function isBlank(source: ByteSource, from: number): Promise<boolean> {
  for (let at = from; at < source.size; at += WINDOW_BYTES) {
    const bytes = await source.read(at, WINDOW_BYTES);
    if (!isBlankText(bytes)) return false;
  }
  return true;
}

async function partOf(source: ByteSource, offset: number, fail: Fail): Promise<Part> {
  const { headers, length } = partHeaders(await bytesAt(source, 0, MAX_PART_HEADERS + 4), offset, fail);
  return { headers, body: sliceSource(source, length, source.size), offset: offset + length };
}

/** The headers of a part, and their length with the empty line; `bytes` begin it and have `MAX_PART_HEADERS` or all of it. */
export function partHeaders(
  bytes: Buffer,
  offset: number,
  fail: Fail,
): { readonly headers: ReadonlyMap<string, string>; readonly length: number } {
  const headers = new Map<string, string>();
  if (bytes[0] === 0x0d && bytes[1] === 0x0a) return { headers, length: 2 };
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return fail('the headers of a part do not end', offset);
  for (const line of bytes.toString('latin1', 0, end).split('\r\n')) {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/.exec(line);
    if (match === null) return fail('a header line of a part is malformed', offset);
    const name = (match[1] ?? '').toLowerCase();
    if (headers.has(name)) return fail('a header of a part is repeated', offset);
    headers.set(name, (match[2] ?? '').trimEnd());
  }
  return { headers, length: end + 4 };
}

/** Whether a `Content-Transfer-Encoding` leaves the bytes as they are. */
export function leavesBytes(encoding: string | undefined): boolean {
  return /^(?:binary|8bit|7bit)$/i.test((encoding ?? 'binary').trim());
}

/** `Content-Transfer-Encoding`; null where it is unknown. */
export function transferDecoded(body: Buffer, encoding: string | undefined): Buffer | null {
  if (leavesBytes(encoding)) return body;
  switch ((encoding ?? '').trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return quotedDecoded(body.toString('latin1'));
    default:
      return null;
  }
}
