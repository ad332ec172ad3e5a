import { latin1 } from '../../bytes/read.js';
import { withoutEndSlashes } from './header.js';

/** Records of a pax header that change what a reader opens; later records win, as in tarfile. */
export interface PaxRecords {
  readonly path?: string;
  readonly linkpath?: string;
  readonly size?: number;
  /** A size that is no plain number: Python's `int` takes more than digits of ASCII, and may give one below zero. */
  readonly oddSize?: string;
  /** The member is stored as segments (GNU.sparse.*). */
  readonly sparse?: boolean;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Records of the form "LENGTH KEY=VALUE\n", LENGTH counting all of it (POSIX.1-2001 pax). Null where the framing is
 * wrong: `TarInfo._proc_pax` stops reading the archive there.
 */
export function readPax(bytes: Uint8Array): PaxRecords | null {
  const records: { -readonly [Key in keyof PaxRecords]: PaxRecords[Key] } = {};
  let at = 0;
  while (at < bytes.length && bytes[at] !== 0) {
    const digits = /^([0-9]{1,20}) /.exec(latin1(bytes, at, Math.min(at + 21, bytes.length)));
    if (digits === null) return null;
    const length = Number(digits[1]);
    const end = at + length;
    if (length < 5 || end > bytes.length || bytes[end - 1] !== 0x0a) return null;
    const body = bytes.subarray(at + digits[0].length, end - 1);
    const equals = body.indexOf(0x3d);
    if (equals <= 0) return null;
    const key = utf8.decode(body.subarray(0, equals));
    const value = utf8.decode(body.subarray(equals + 1));
    if (key === 'path' || key === 'GNU.sparse.name') records.path = key === 'path' ? withoutEndSlashes(value) : value;
    else if (key === 'linkpath') records.linkpath = value;
    else if (key === 'size') {
      if (/^[0-9]+$/.test(value)) records.size = Number(value);
      else records.oddSize = value;
    }
    if (key.startsWith('GNU.sparse.')) records.sparse = true;
    at = end;
  }
  return records;
}
