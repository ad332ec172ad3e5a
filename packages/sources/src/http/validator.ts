/** What tells one state of a file from another. */
export interface Validator {
  /** As `If-Range` takes it; null where the server gives nothing that is strong enough. */
  readonly ifRange: string | null;
  /** ETag and Last-Modified as they stand, compared where a server ignores `If-Range`. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** RFC 9110, 13.1.5: a weak ETag may stand for other bytes. A date serves where there is no ETag. */
export function validatorOf(answer: { header(name: string): string | null }): Validator {
  const etag = answer.header('etag');
  const lastModified = answer.header('last-modified');
  const isStrong = etag !== null && /^"[^"]*"$/.test(etag);
  const isDate = lastModified !== null && !Number.isNaN(Date.parse(lastModified));
  return { ifRange: isStrong ? etag : etag === null && isDate ? lastModified : null, etag, lastModified };
}

/** Whether an answer may come from the same state of the file. */
export function isSameState(before: Validator, now: Validator): boolean {
  if (before.etag !== null && now.etag !== null) return weak(before.etag) === weak(now.etag);
  return before.lastModified === null || now.lastModified === null || before.lastModified === now.lastModified;
}

function weak(etag: string): string {
  return etag.startsWith('W/') ? etag.slice(2) : etag;
}
