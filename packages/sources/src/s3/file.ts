import type { HttpAnswer } from '../http/client.js';
import { SourceError } from '../model/source-error.js';
import type { RangeOrigin } from '../range-source.js';
import { isVersion } from './address.js';
import type { BucketApi } from './api.js';

const GOOD = new Set([200, 206, 412, 416]);

/** Which state of which object is read. */
export interface ObjectState {
  readonly key: string;
  /** As the listing has it; null where nothing is known. */
  readonly etag: string | null;
  readonly version: string | null;
}

/** One object: every answer has to be of the state that the listing named. */
export function objectOrigin(api: BucketApi, shown: string, { key, etag, version }: ObjectState): RangeOrigin {
  const query = version === null ? {} : { versionId: version };
  const condition = etag === null ? {} : { 'if-match': etag };
  return {
    shown,
    get: (headers, signal, take) =>
      api.get({ key, query, headers: { ...headers, ...condition }, signal }, async (answer, isBehind) => {
        if (!GOOD.has(answer.status)) throw await api.error(shown, answer);
        if (!isBehind && etag !== null && isGood(answer)) checkState(shown, answer, etag);
        return take(answer);
      }),
  };
}

function isGood({ status }: HttpAnswer): boolean {
  return status === 200 || status === 206;
}

/** Not every server knows `If-Match`. */
function checkState(shown: string, answer: HttpAnswer, etag: string): void {
  const found = answer.header('etag');
  if (found === null || bare(found) === bare(etag)) return;
  throw new SourceError('changed', `${shown}: it changed since it was listed`, answer.status);
}

/** Some servers leave the quotes out of their listings. */
function bare(etag: string): string {
  return etag.replace(/^W\//, '').replaceAll('"', '');
}

/** The SHA-256 of an object as the storage claims it, in hex; null where it says none, or only that of its parts. */
export async function claimedSha256(
  api: BucketApi,
  { key, etag, version }: ObjectState,
  signal: AbortSignal,
): Promise<string | null> {
  const headers = { 'x-amz-checksum-mode': 'ENABLED', ...(etag === null ? {} : { 'if-match': etag }) };
  const query = version === null ? {} : { versionId: version };
  try {
    return await api.get({ method: 'HEAD', key, query, headers, signal }, (answer) =>
      Promise.resolve(checksumOf(answer)),
    );
  } catch (error) {
    // It is evidence, and the bytes are read without it.
    if (error instanceof SourceError) return null;
    throw error;
  }
}

/** The version that an object is now; null in a bucket without versions, and where it cannot be asked for. */
export async function currentVersion(api: BucketApi, key: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await api.get({ method: 'HEAD', key, signal }, (answer, isBehind) => {
      const version = answer.status === 200 && !isBehind ? (answer.header('x-amz-version-id') ?? '') : '';
      return Promise.resolve(version !== 'null' && isVersion(version) ? version : null);
    });
  } catch (error) {
    // The listing, or the read, says what is wrong.
    if (error instanceof SourceError) return null;
    throw error;
  }
}

function checksumOf(answer: HttpAnswer): string | null {
  const text = answer.header('x-amz-checksum-sha256')?.trim() ?? '';
  if (answer.status !== 200 || answer.header('x-amz-checksum-type') === 'COMPOSITE') return null;
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  return [...atob(text)].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
