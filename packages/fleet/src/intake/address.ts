import { kindOfAddress, schemeOf } from '@artifact-sentinel/sources';
import { MAX_ADDRESS } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import type { IntakeRequest } from '../model/ports.js';

const SCHEMES: Readonly<Record<IntakeRequest['kind'], readonly string[]>> = {
  hf: ['hf'],
  s3: ['s3', 'gs'],
  oci: ['oci'],
  https: ['https', 'http'],
};

/**
 * Refuses an address that no service should ask (CWE-918). It is the first check and not the last: names are resolved when a worker
 * connects, and each address that they lead to is checked there, redirects included.
 */
export function checkAddress(
  { kind, address }: Pick<IntakeRequest, 'kind' | 'address'>,
  allowedHosts: readonly string[],
): void {
  const refuse = (why: string): never => {
    throw new RefusedError(400, 'address', why);
  };
  if (/\p{Surrogate}/u.test(address)) refuse('it is no Unicode');
  // As a web address: what it becomes is looked up by an index, which takes no longer ones.
  if (encodeURI(address).length > MAX_ADDRESS) refuse(`an address has at most ${MAX_ADDRESS} characters, encoded`);
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  if (/[\u0000-\u0020\u007f\\]/.test(address)) refuse('an address has no spaces, control characters or backslashes');
  const scheme = schemeOf(address);
  if (scheme === null || !SCHEMES[kind].includes(scheme))
    refuse(`an address of kind ${kind} begins with ${SCHEMES[kind][0]}://`);
  if (/[?#]/.test(address)) refuse('an address has no query: it may hold a secret, and addresses are stored and shown');
  if (kind !== 'https' && kind !== 'oci') return;
  const host = hostOf(address);
  if (host === null) return refuse('it is no web address');
  if (isAllowed(host, allowedHosts)) return;
  if (scheme === 'http') refuse('only https is asked, unless the administrator allows the host');
  const name = host.hostname.replace(/\.$/, '');
  const literal = kindOfAddress(name);
  if (literal !== null && literal !== 'public') refuse('it is not an address of the public internet');
  if (!name.includes('.') && literal === null) refuse('its host is no name of the public internet');
  if (/(?:^|\.)(?:localhost|local|internal|localdomain)$/i.test(name)) refuse('its host is not on the public internet');
}

function hostOf(address: string): URL | null {
  // A registry stands where a web server does. The parser of addresses knows every way to write a number as a host.
  const text = address.replace(/^oci:\/\//i, 'https://').replace(/@sha256:[0-9a-f]+$/i, '');
  const url = URL.canParse(text) ? new URL(text) : null;
  return url === null || url.username !== '' || url.password !== '' ? null : url;
}

/** `host` or `host:port`, as the administrator wrote it. */
export function isAllowed(
  { hostname, host }: Pick<URL, 'hostname' | 'host'>,
  allowedHosts: readonly string[],
): boolean {
  return allowedHosts.includes(hostname) || allowedHosts.includes(host);
}
