import { SourceError } from '../model/source-error.js';
import { shownUrl } from './shown-url.js';
import type { TransportAnswer } from './transport.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Where a redirect leads. It stays within http and https, carries no password, and never leaves https. */
export function targetOf(from: URL, answer: Pick<TransportAnswer, 'status' | 'header'>): URL {
  const location = answer.header('location');
  const bad = (why: string): SourceError =>
    new SourceError('redirect', `${shownUrl(from)}: a redirect ${why}`, answer.status);
  if (location === null || location === '') throw bad('without an address');
  if (!URL.canParse(location, from)) throw bad('to what is no address');
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== 'http:') throw bad(`to the scheme ${to.protocol.slice(0, -1)}`);
  if (from.protocol === 'https:' && to.protocol === 'http:') throw bad(`from https to ${shownUrl(to)}`);
  to.username = '';
  to.password = '';
  return to;
}

/** An address that is refused, and who led there; any other error as it is. */
export function redirectedFrom(from: string, error: unknown): unknown {
  if (!(error instanceof SourceError) || error.code !== 'private-address') return error;
  return new SourceError(error.code, `${from} redirects to ${error.message}`, error.status);
}
