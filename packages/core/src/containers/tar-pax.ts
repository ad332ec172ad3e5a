import { latin1 } from '../bytes/read.js';
import { withoutEndSlashes } from './tar-header.js';

/** Records of a pax header that change what a reader opens; later records win, as in tarfile. */
export interface PaxRecords {
  readonly path?: string;
  readonly linkpath?: string;
  readonly size?: number;
  /** The member is stored as segments (GNU.sparse.*). */
  readonly sparse?: boolean;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Records of the form "LENGTH KEY=VALUE\n", LENGTH counting all of it (POSIX.1-2001 pax). Null where the framing is
 * wrong: `TarInfo._proc_pax` stops reading the archive there.
 */
export function readPax(bytes: Uint8Array): PaxRecords | null {
  const records: { path?: string; linkpath?: string; size?: number; sparse?: boolean } = {};
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
    else if (key === 'size') records.size = paxNumber(value);
    if (key.startsWith('GNU.sparse.')) records.sparse = true;
    at = end;
  }
  return records;
}

/** As Python's `int(value)`; what is no number is 0 to tarfile (`_apply_pax_info`). */
function paxNumber(value: string): number {
  const text = value.trim();
  return /^[+-]?[0-9]+(?:_[0-9]+)*$/.test(text) ? Number(text.replaceAll('_', '')) : 0;
}
