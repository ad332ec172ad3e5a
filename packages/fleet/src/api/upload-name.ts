import { MAX_NAME_BYTES } from '../limits.js';
import { RefusedError } from '../model/errors.js';

/** What turns the direction of text, or ends a line (CVE-2021-42574, CWE-117). */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The name of an upload. It never becomes a path of ours, for bytes lie under their hash; it is shown, and what it promises is
 * analysed. Throws a RefusedError for a name that is not what it looks like (CWE-22, CWE-116).
 */
export function uploadName(name: string): string {
  const refuse = (why: string): RefusedError =>
    new RefusedError(400, 'bad-name', `this is no name of an upload: ${why}`);
  if (name === '' || Buffer.byteLength(name) > MAX_NAME_BYTES) throw refuse(`1 to ${MAX_NAME_BYTES} bytes are taken`);
  if (/\p{Surrogate}/u.test(name)) throw refuse('it is no Unicode');
  if (UNSEEN.test(name)) throw refuse('it has characters that nobody sees');
  if (name.startsWith('/') || name.includes('\\') || /^[a-z]:/i.test(name)) throw refuse('it is a path of a machine');
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) throw refuse('a part of it leads elsewhere');
  return name.normalize('NFC');
}
