import { parseHubAddress, SourceError, type RepositoryKind } from '@artifact-sentinel/sources';
import { MAX_HUB_URL } from '../limits.js';

/** What a client of the Hub asks for. */
export interface HubRequest {
  readonly what: 'info' | 'tree' | 'paths-info' | 'refs' | 'file';
  readonly kind: RepositoryKind;
  /** `namespace/name`, or `name` of the oldest models. */
  readonly repository: string;
  /** As it is asked for: a branch, a tag, a commit or a reference; `main` where none is named. */
  readonly revision: string;
  /** Within the repository; empty for all of it. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Why a request is answered with an error: for a client, and for the person before it. */
export interface NotServed {
  readonly what: 'none';
  readonly status: 400 | 403 | 404;
  readonly message: string;
}

const KINDS: ReadonlySet<string> = new Set(['models', 'datasets', 'spaces']);
/** What stands behind a repository in an address of the API. */
const SERVED = new Set(['revision', 'tree', 'paths-info', 'refs']);
/** Revisions with slashes in them, as clients write them without escaping. */
const REFERENCE = ['pr', 'convert', 'heads', 'tags'];

/**
 * Reads an address as the Hub has them (huggingface_hub: hf_api.py, file_download.py). `target`: path and query of the request
 * line. Everything that is not read here is answered in words, so that nothing goes to the Hub unchecked.
 */
export function readHubRequest(method: string, target: string): HubRequest | NotServed {
  if (target.length > MAX_HUB_URL) return none(400, 'the address is too long');
  const url = URL.canParse(target, 'http://gate') ? new URL(target, 'http://gate') : null;
  // The path as it was sent: a URL would resolve the dots in it.
  const raw = target.split(/[?#]/, 1)[0] ?? '';
  const parts = raw.split('/').slice(1).map(decoded);
  if (url === null || parts.some((part) => part === null)) return none(400, 'the address is none');
  const [first = '', ...rest] = parts as readonly string[];
  const request = first === 'api' ? apiRequest(method, rest, url) : fileRequest(method, [first, ...rest], url);
  return request.what === 'none' ? request : checked(request);
}

function none(status: NotServed['status'], message: string): NotServed {
  return { what: 'none', status, message };
}

function apiRequest(method: string, parts: readonly string[], url: URL): HubRequest | NotServed {
  const [kind = '', ...rest] = parts;
  if (kind === 'resolve-cache') {
    const [of = '', namespace = '', name = '', ...behind] = rest;
    if (!isKind(of)) return none(404, 'no kind of repository is called so');
    return filesOf(method, of, `${namespace}/${name}`, behind, url);
  }
  if (!isKind(kind)) return unknown(method, `/api/${kind}`);
  if (rest.length === 0 || rest[0] === '') return none(403, 'repositories are not searched through Sentinel');
  // A verb in the second part belongs to one of the oldest models, whose names have no namespace.
  const isOld = rest.length === 1 || SERVED.has(rest[1] ?? '');
  const repository = rest.slice(0, isOld ? 1 : 2).join('/');
  const [verb = '', ...behind] = rest.slice(isOld ? 1 : 2);
  const base = { kind, repository, query: url.searchParams };
  const isRead = method === 'GET' || method === 'HEAD';
  if (verb === 'paths-info' && method === 'POST' && behind.length > 0) {
    return { ...base, what: 'paths-info', revision: joinedRevision(behind).revision, path: '' };
  }
  if (!isRead) return refusedWrite(method);
  if (verb === '') return { ...base, what: 'info', revision: 'main', path: '' };
  if (verb === 'refs' && behind.length === 0) return { ...base, what: 'refs', revision: 'main', path: '' };
  if (verb === 'revision' && behind.length > 0) {
    const { revision, path } = joinedRevision(behind);
    return path === '' ? { ...base, what: 'info', revision, path } : none(404, 'no revision is called so');
  }
  if (verb === 'tree' && behind.length > 0) return { ...base, what: 'tree', ...joinedRevision(behind) };
  if (/^xet-(?:read|write)-token$/.test(verb))
    return none(403, 'Sentinel passes on no token of Xet: the bytes would not go through it. Set HF_HUB_DISABLE_XET=1');
  return unknown(method, `/api/${kind}/…/${verb}`);
}

function fileRequest(method: string, parts: readonly string[], url: URL): HubRequest | NotServed {
  const [first = ''] = parts;
  const kind = first === 'datasets' || first === 'spaces' ? first : 'models';
  const rest = kind === 'models' ? parts : parts.slice(1);
  const at = rest.slice(0, 3).indexOf('resolve');
  if (at !== 1 && at !== 2) return unknown(method, 'this address');
  return filesOf(method, kind, rest.slice(0, at).join('/'), rest.slice(at + 1), url);
}

function filesOf(
  method: string,
  kind: RepositoryKind,
  repository: string,
  behind: readonly string[],
  url: URL,
): HubRequest | NotServed {
  if (method !== 'GET' && method !== 'HEAD') return refusedWrite(method);
  const { revision, path } = joinedRevision(behind);
  if (path === '') return none(404, 'the address names no file');
  return { what: 'file', kind, repository, revision, path, query: url.searchParams };
}

/** A revision is one part, or three where its slashes are not escaped. */
function joinedRevision(parts: readonly string[]): { readonly revision: string; readonly path: string } {
  const [first = '', second = ''] = parts;
  const length = first === 'refs' && REFERENCE.includes(second) && parts.length > 2 ? 3 : 1;
  // A folder may be asked for with a slash at its end.
  const path = parts.slice(length).join('/').replace(/\/$/, '');
  return { revision: parts.slice(0, length).join('/'), path };
}

function checked(request: HubRequest): HubRequest | NotServed {
  const { kind, repository, revision, path } = request;
  try {
    // The rules for names are those of addresses: a revision has no ".." in it, a path none of its parts.
    const name = `hf://${kind}/${repository}@${encodeURIComponent(revision)}`;
    const read = parseHubAddress(path === '' ? name : `${name}/${path}`);
    const isSame = read.repository === repository && read.path === path;
    // eslint-disable-next-line no-control-regex
    const isPlain = !/[\u0000-\u001f\u007f]/.test(`${revision}${path}`) && revision.length <= 256;
    if (isSame && isPlain && revision !== '') return request;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  return none(400, 'no repository, revision or file has this name');
}

function isKind(text: string): text is RepositoryKind {
  return KINDS.has(text);
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function refusedWrite(method: string): NotServed {
  return none(
    403,
    `Sentinel only reads from the Hub: ${method.slice(0, 16)} is not passed on. Unset HF_ENDPOINT to write to it`,
  );
}

function unknown(method: string, where: string): NotServed {
  if (method !== 'GET' && method !== 'HEAD') return refusedWrite(method);
  return none(
    404,
    `Sentinel serves the part of the Hub's API that downloads need, and ${where.slice(0, 100)} is none of it`,
  );
}
