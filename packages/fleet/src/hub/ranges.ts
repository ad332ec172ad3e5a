/** Bytes of a file that are asked for: from `start` up to, and without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Asked for as "all from here on": a download that is taken up again. */
  readonly isOpen: boolean;
}

/**
 * The range of a request (RFC 9110, 14.2). Null for all of the file: no range, several of them, or one that is not in bytes.
 * `none`: it begins behind the end.
 */
export function readRange(header: string | undefined, size: number): Span | 'none' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const start = Math.max(0, size - Number(last));
    return start === size ? 'none' : { start, end: size, isOpen: false };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'none' : { start, end, isOpen: last === '' };
}
