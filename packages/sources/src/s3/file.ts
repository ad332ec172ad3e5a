import type { HttpAnswer } from '../http/client.js';
import { SourceError } from '../model/source-error.js';
import type { RangeOrigin } from '../range-source.js';
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
