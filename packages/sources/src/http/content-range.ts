/** `Content-Range: bytes FIRST-LAST/SIZE` (RFC 9110, 14.4); `size` is null for `*`. */
export interface ContentRange {
  /** Null in the form without a range, which says that nothing of the file is in the range. */
  readonly first: number | null;
  readonly last: number | null;
  readonly size: number | null;
}

export function readContentRange(value: string | null): ContentRange | null {
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(?:(\d{1,15})|\*)$/i.exec(value?.trim() ?? '');
  if (match === null) return null;
  const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
  const range = { first: number(match[1]), last: number(match[2]), size: number(match[3]) };
  const isOrdered = range.first === null || (range.last ?? -1) >= range.first;
  return isOrdered ? range : null;
}
