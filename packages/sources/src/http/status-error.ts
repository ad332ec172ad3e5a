import { SourceError, type SourceErrorCode } from '../model/source-error.js';
import type { HttpAnswer } from './client.js';

const CODES: Readonly<Record<number, readonly [SourceErrorCode, string]>> = {
  401: ['unauthorized', 'it asks for credentials (401)'],
  403: ['unauthorized', 'access is forbidden (403)'],
  404: ['not-found', 'it does not exist (404)'],
  410: ['not-found', 'it is gone (410)'],
  451: ['disabled', 'it is not available for legal reasons (451)'],
};

/** An answer that is an error, in plain words. */
export function statusError(shown: string, { status }: Pick<HttpAnswer, 'status'>): SourceError {
  const [code, words] = CODES[status] ?? ['status', `the server answers with status ${status}`];
  return new SourceError(code, `${shown}: ${words}`, status);
}
