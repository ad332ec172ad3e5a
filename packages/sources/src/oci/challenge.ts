import { MAX_CHALLENGE } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';

/** What a registry asks for in `WWW-Authenticate`. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service: string | null };

/** A parameter, or a word. */
const PART = /[\s,]*([A-Za-z0-9._~+/-]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/y;

/** The first challenge that is understood (RFC 9110, 11.6.1); null where there is none. */
export function readChallenge(header: string | null): Challenge | null {
  if (header === null || header.length > MAX_CHALLENGE) return null;
  const part = new RegExp(PART);
  const challenges: { readonly scheme: string; readonly values: Map<string, string> }[] = [];
  for (let match = part.exec(header); match !== null; match = part.exec(header)) {
    const [, name = '', quoted, plain] = match;
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), values: new Map() });
    else challenges.at(-1)?.values.set(name.toLowerCase(), value);
  }
  for (const { scheme, values } of challenges) {
    const realm = values.get('realm');
    if (scheme === 'bearer' && realm !== undefined) return { scheme, realm, service: values.get('service') ?? null };
    if (scheme === 'basic') return { scheme };
  }
  return null;
}

/** A server of tokens, and whether it may be given the credentials of the registry. */
export interface Realm {
  readonly url: URL;
  readonly isTrusted: boolean;
}

/**
 * The address of a realm. A registry chooses it freely (CVE-2026-48978): it has to be https, or on the host of a registry that
 * itself speaks http; an IP address has to be that of the registry; and credentials go only to a host of the registry's domain.
 */
export function checkRealm(shown: string, registry: URL, realm: string): Realm {
  const bad = (why: string): SourceError =>
    new SourceError('bad-answer', `${shown}: the registry names a server of tokens ${why}`);
  if (!URL.canParse(realm)) throw bad('that is no address');
  const url = new URL(realm);
  const isSameHost = url.hostname === registry.hostname;
  if (url.username !== '' || url.password !== '') throw bad('with a password in its address');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && registry.protocol === 'http:' && isSameHost))
    throw bad('that does not speak https');
  if (!isSameHost && isIpAddress(url.hostname)) throw bad('by an IP address that is not its own');
  url.hash = '';
  return { url, isTrusted: isSameHost || isSameDomain(url.hostname, registry.hostname) };
}

function isIpAddress(host: string): boolean {
  return host.startsWith('[') || /^[\d.]+$/.test(host);
}

/** Whether two hosts belong to one owner, as far as their names tell. */
function isSameDomain(a: string, b: string): boolean {
  return !isIpAddress(a) && !isIpAddress(b) && a.includes('.') && domainOf(a) === domainOf(b);
}

/** The part of a name that is registered: two labels, or three below a suffix such as `co.uk`. */
function domainOf(host: string): string {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const isSuffix = top.length === 2 && /^(?:com?|net|org|gov|edu|ac|ne|or|go)$/.test(second);
  return labels.slice(isSuffix ? -3 : -2).join('.');
}
