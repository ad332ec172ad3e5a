import { kindOfAddress, refusalOf } from '@artifact-sentinel/sources';
import { RefusedError } from '../model/errors.js';

/**
 * Whether deliveries may go to an address, as far as it can be seen without resolving its name; the transport checks what the
 * name stands for at every connection (CWE-918). Throws a RefusedError.
 */
export function checkTarget(text: string, allowPrivate: boolean): URL {
  if (!URL.canParse(text)) throw bad('it is no web address');
  // The URL standard turns odd notations of IPv4 (octal, hexadecimal, one number) into four dotted numbers.
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    throw bad('it has to begin with https://');
  if (url.username !== '' || url.password !== '') throw bad('it must not have a password in it: deliveries are signed');
  const host = url.hostname.replace(/\.$/, '');
  if (kindOfAddress(host) !== null) {
    const refused = refusalOf(host, allowPrivate ? 'any' : 'public');
    if (refused !== null) throw bad(`${host} is not an address of the public internet`);
  }
  if (
    !allowPrivate &&
    (!host.includes('.') || /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/i.test(host)) &&
    !host.startsWith('[')
  )
    throw bad(`${host} is a name of a private network`);
  return url;
}

function bad(why: string): RefusedError {
  return new RefusedError(400, 'bad-address', `deliveries cannot go there: ${why}`);
}
