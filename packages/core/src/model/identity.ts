import { sha256Hex } from './sha256.js';

/** What the fingerprint of a finding covers beside the rule, the member and the subject. */
export interface Identity {
  /**
   * `effects`: all that loading the stream does, however it is encoded. `bytes`: the bytes themselves, where readers part,
   * a stream breaks off, or it is no pickle. `source`: the tokens of source code. `unknown`: not all of it could be read,
   * so that nothing can be accepted.
   */
  readonly of: 'effects' | 'bytes' | 'source' | 'unknown';
  readonly digest: string;
}

export const UNKNOWN: Identity = { of: 'unknown', digest: '' };

/** Several in their order, as one. */
export function together(parts: readonly Identity[]): Identity {
  const [first, ...more] = parts;
  if (first === undefined) return UNKNOWN;
  if (more.length === 0) return first;
  if (parts.some((part) => part.of === 'unknown')) return UNKNOWN;
  const of = parts.every((part) => part.of === first.of) ? first.of : 'bytes';
  const text = parts.map((part) => `${part.of} ${part.digest}`).join('\n');
  return { of, digest: sha256Hex(new TextEncoder().encode(text)) };
}
