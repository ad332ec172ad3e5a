import { SourceError } from '../model/source-error.js';

export type RepositoryKind = 'models' | 'datasets' | 'spaces';

/** A repository of the Hub, or a part of it. */
export interface HubAddress {
  readonly kind: RepositoryKind;
  /** `namespace/name`, or `name` of the oldest models. */
  readonly repository: string;
  /** A branch, tag, commit or `refs/pr/N`; null where none is named. */
  readonly revision: string | null;
  /** A file or folder; empty for all of it. */
  readonly path: string;
}

const DEFAULT_ENDPOINT = 'https://huggingface.co';
/** What a web address may be written with, where the endpoint is the default one. */
const HUB_HOSTS = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
const KINDS: Readonly<Record<string, RepositoryKind>> = { models: 'models', datasets: 'datasets', spaces: 'spaces' };
/** As the Hub takes names: letters, digits, `-`, `_` and `.`, without two of the last in a row. */
const NAME = /^(?!.*(?:\.\.|--))[\w][\w.-]{0,95}$/;
/** Revisions with slashes in them; all others have none. */
const REFERENCE = /^refs\/(?:pr|convert|heads|tags)\/[^/]+/;
/** First parts of pages that are no repositories. */
const PAGES = new Set(['api', 'blog', 'chat', 'collections', 'docs', 'join', 'learn', 'login', 'papers', 'posts']);

/** The server of the Hub: HF_ENDPOINT without its last slash. */
export function endpointOf(variable: (name: string) => string | undefined): URL {
  const named = variable('HF_ENDPOINT');
  const text = named === undefined || named === '' ? DEFAULT_ENDPOINT : named;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new SourceError('usage', 'HF_ENDPOINT is no web address');
  return url;
}

/** `hf://[models/|datasets/|spaces/]namespace/name[@revision][/path]`. The path is taken as it stands. */
export function parseHubAddress(address: string): HubAddress {
  const usage = (why: string): SourceError =>
    new SourceError('usage', `${address}: ${why}; an address is hf://[datasets/|spaces/]org/name[@revision][/path]`);
  const text = address.replace(/^hf:\/\//i, '').replace(/\/+$/, '');
  const first = text.slice(0, Math.max(0, text.indexOf('/')));
  const kind = Object.hasOwn(KINDS, first) ? KINDS[first] : undefined;
  const rest = kind === undefined ? text : text.slice(first.length + 1);
  const match = /^([^/@]+)(?:\/([^/@]+))?(?:@(.*))?$/s.exec(untilPath(rest));
  if (match === null) throw usage('it names no repository');
  const [whole, namespace = '', name, afterAt] = match;
  let revision: string | null = null;
  let path = rest.slice(whole.length).replace(/^\//, '');
  if (afterAt !== undefined) {
    revision = REFERENCE.exec(afterAt)?.[0] ?? afterAt.split('/')[0] ?? '';
    path = afterAt.slice(revision.length).replace(/^\//, '');
    revision = revision.replace(/%2f/gi, '/');
  }
  const parts = name === undefined ? [namespace] : [namespace, name];
  if (!parts.every((part) => NAME.test(part))) throw usage('it names no repository');
  return checked({ kind: kind ?? 'models', repository: parts.join('/'), revision, path }, usage);
}

/** The repository and its revision: all of it where there is an `@`, whose revision may have slashes. */
function untilPath(rest: string): string {
  const at = /^[^/@]+(?:\/[^/@]+)?@/.exec(rest);
  if (at !== null) return rest;
  return rest.split('/').slice(0, 2).join('/');
}

/** What a web page of the Hub is about; null for any other address. */
export function hubAddressOfUrl(url: URL, variable: (name: string) => string | undefined): HubAddress | null {
  const endpoint = endpointOf(variable);
  const isOwn = url.origin === endpoint.origin;
  const isAlias = endpoint.origin === DEFAULT_ENDPOINT && url.protocol === 'https:' && HUB_HOSTS.has(url.host);
  const prefix = endpoint.pathname.replace(/\/$/, '');
  if (!isOwn && !isAlias) return null;
  if (isOwn && !`${url.pathname}/`.startsWith(`${prefix}/`)) return null;
  const raw = url.pathname.slice(isOwn ? prefix.length : 0).split('/');
  const parts = raw.filter((part) => part !== '').map(decoded);
  const kind = Object.hasOwn(KINDS, parts[0] ?? '') ? KINDS[parts[0] ?? ''] : undefined;
  if (kind !== undefined) parts.shift();
  else if (PAGES.has(parts[0] ?? '')) return null;
  const verbs = new Set(['tree', 'blob', 'resolve', 'raw']);
  const names = verbs.has(parts[1] ?? '') ? 1 : 2;
  const repository = parts.slice(0, names);
  const [verb, ...after] = parts.slice(names);
  if (repository.length === 0 || !repository.every((part) => NAME.test(part))) return null;
  const found = { kind: kind ?? 'models', repository: repository.join('/') } as const;
  if (verb === undefined) return { ...found, revision: null, path: '' };
  if (!verbs.has(verb) || after.length === 0) return null;
  const joined = after.join('/');
  const revision = REFERENCE.exec(joined)?.[0] ?? after[0] ?? '';
  const path = joined.slice(revision.length).replace(/^\//, '');
  const usage = (why: string): SourceError => new SourceError('usage', `${url.href}: ${why}`);
  return checked({ ...found, revision, path }, usage);
}

function checked(address: HubAddress, usage: (why: string) => SourceError): HubAddress {
  if (address.path !== '' && !isFilePath(address.path)) throw usage('its path has empty parts, "." or ".."');
  const { revision } = address;
  if (revision !== null && !isFilePath(revision)) throw usage('its revision has empty parts, "." or ".."');
  return address;
}

/** Whether a path can be one of a file in a repository: no part of it leads elsewhere. */
export function isFilePath(path: string): boolean {
  return path.length <= 4096 && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

/** The address as reports name it. */
export function hubName(
  { kind, repository }: Pick<HubAddress, 'kind' | 'repository'>,
  revision: string,
  path = '',
): string {
  const where = kind === 'models' ? repository : `${kind}/${repository}`;
  return `hf://${where}@${revision}${path === '' ? '' : `/${path}`}`;
}
