import { SourceError } from '../model/source-error.js';
import { withoutPassword } from '../model/without-password.js';

/** `oci://host[:port]/repository[:tag][@digest][/path]`; a path stands behind a digest only. */
export interface OciAddress {
  /** As it was named, such as `docker.io`. */
  readonly host: string;
  readonly repository: string;
  /** A tag, or a digest. */
  readonly reference: string;
  /** A file, or a folder of files, of the artifact; '' for all of it. */
  readonly path: string;
}

const FORM = 'oci://host/repository:tag or oci://host/repository@sha256:…';
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

export function parseOciAddress(address: string): OciAddress {
  const bad = (why: string): SourceError =>
    new SourceError('usage', `${withoutPassword(address)}: ${why}; addresses are ${FORM}`);
  const match = /^oci:\/\/([^/]+)\/(.+)$/is.exec(address);
  const host = match?.[1] ?? '';
  const rest = match?.[2] ?? '';
  if (match === null || !/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host))
    throw bad('it names no repository of a registry');
  const at = rest.indexOf('@');
  const named = at === -1 ? rest : rest.slice(0, at);
  const behind = at === -1 ? '' : rest.slice(at + 1);
  const slash = behind.indexOf('/');
  const digest = slash === -1 ? behind : behind.slice(0, slash);
  if (at !== -1 && !DIGEST.test(digest)) throw bad('behind the @ there is no digest');
  const colon = named.indexOf(':');
  const repository = colon === -1 ? named : named.slice(0, colon);
  const tag = colon === -1 ? 'latest' : named.slice(colon + 1);
  if (!isRepository(repository)) throw bad('it names no repository');
  if (!/^\w[\w.-]{0,127}$/.test(tag)) throw bad('behind the colon there is no tag');
  const path = slash === -1 ? '' : behind.slice(slash + 1).replace(/\/$/, '');
  return { host: host.toLowerCase(), repository, reference: at === -1 ? tag : digest, path };
}

/** Segments as the distribution specification has them; none of them is a dot segment. */
function isRepository(text: string): boolean {
  return (
    text.length <= 255 && text.split('/').every((segment) => /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(segment))
  );
}

/** The name of an artifact at one digest, or of a file of it. */
export function ociName({ host, repository }: OciAddress, digest: string, path = ''): string {
  return `oci://${host}/${repository}@${digest}${path === '' ? '' : `/${path}`}`;
}

/** Where a registry answers. Docker Hub goes by another name; one on this machine speaks HTTP without TLS. */
export function registryOf({ host, repository }: OciAddress): { readonly origin: URL; readonly repository: string } {
  if (host === 'docker.io' || host === 'index.docker.io')
    return {
      origin: new URL('https://registry-1.docker.io'),
      repository: repository.includes('/') ? repository : `library/${repository}`,
    };
  const isHere = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/.test(host);
  const text = `${isHere ? 'http' : 'https'}://${host}`;
  if (!URL.canParse(text)) throw new SourceError('usage', `oci://${host}: it names no host`);
  return { origin: new URL(text), repository };
}
