import { SourceError } from '../model/source-error.js';
import { withoutPassword } from '../model/without-password.js';

/** `s3://bucket/key-or-prefix[?versionId=ID]`, and `gs://` alike. */
export interface BucketAddress {
  readonly scheme: 's3' | 'gs';
  readonly bucket: string;
  /** A key, or the keys below it; '' for all of a bucket. Ends with a slash where only the keys below it are meant. */
  readonly key: string;
  /** The version of one object; null for the current one. */
  readonly version: string | null;
}

const FORM = 's3://bucket, s3://bucket/prefix/ or s3://bucket/key';

export function parseBucketAddress(address: string): BucketAddress {
  const match = /^(s3|gs):\/\/([^/]*)(?:\/(.*))?$/is.exec(address);
  const bucket = match?.[2] ?? '';
  const scheme = match?.[1]?.toLowerCase() === 'gs' ? 'gs' : 's3';
  if (match === null || !/^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(bucket) || bucket.includes('..'))
    throw new SourceError(
      'usage',
      `${withoutPassword(address)}: it names no bucket; addresses are ${FORM.replaceAll('s3:', `${scheme}:`)}`,
    );
  const behind = match[3] ?? '';
  const asked = behind.lastIndexOf('?versionId=');
  const version = asked === -1 ? null : behind.slice(asked + '?versionId='.length);
  const hasVersion = version !== null && isVersion(version);
  const key = hasVersion ? behind.slice(0, asked) : behind;
  const problem = keyProblem(key);
  if (problem !== null) throw new SourceError('usage', `${address}: ${problem}`);
  if (hasVersion && (key === '' || key.endsWith('/')))
    throw new SourceError('usage', `${address}: only one object has a version`);
  return { scheme, bucket, key, version: hasVersion ? version : null };
}

/** Whether a text is the ID of a version of an object. */
export function isVersion(text: string): boolean {
  return /^[A-Za-z0-9._~-]{1,1024}$/.test(text);
}

/** The name of an object, as reports have it. */
export function objectName({ scheme, bucket }: BucketAddress, key: string, version: string | null = null): string {
  return `${scheme}://${bucket}/${key}${version === null ? '' : `?versionId=${version}`}`;
}

/**
 * Why an object cannot be asked for by its key; null where it can. Addresses on the web have no segments `.` and `..`: asking
 * for such a key asks for another one, maybe of another bucket.
 */
export function keyProblem(key: string): string | null {
  if (key.split('/').some((segment) => segment === '.' || segment === '..'))
    return 'a key with a segment . or .. cannot be asked for over HTTP';
  // The second are halves of characters, which have no form in UTF-8.
  return key.includes('\0') || /\p{Cs}/u.test(key) ? 'a key with a NUL or half a character cannot be asked for' : null;
}
