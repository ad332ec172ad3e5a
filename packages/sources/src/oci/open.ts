import { inOrder } from '../model/order.js';
import { readBody, refuseCoding } from '../http/body.js';
import { MAX_INDEX_DEPTH, MAX_LISTED, MAX_MANIFEST_BYTES, MAX_MANIFESTS } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import { RangeSource } from '../range-source.js';
import { inputOf } from '../source-input.js';
import type { Source, SourceContext, SourceEntry, SourceProblem } from '../source.js';
import { isDigest, ociName, parseOciAddress, type OciAddress } from './address.js';
import { parseJson, RegistryApi } from './api.js';
import { isBad, MANIFEST_TYPES, readManifest, untitled, type Descriptor, type Manifest } from './manifest.js';

interface Fetched {
  readonly digest: string;
  readonly manifest: Manifest;
}

/** `oci://…`: an artifact of a registry, pinned by the digest of its manifest, which its bytes are checked against. */
export async function openOci(address: string, context: SourceContext): Promise<Source> {
  const parsed = parseOciAddress(address);
  const api = new RegistryApi(context, parsed);
  const top = await fetchManifest(api, parsed.reference, null, context.signal);
  return new OciSource(address, parsed, api, top);
}

/** A manifest whose bytes are those of its digest. `size`: what its descriptor says. */
async function fetchManifest(
  api: RegistryApi,
  reference: string,
  size: number | null,
  signal: AbortSignal,
): Promise<Fetched> {
  const shown = `${api.shown}${isDigest(reference) ? '@' : ':'}${reference}`;
  const bad = (what: string): SourceError => new SourceError('bad-answer', `${shown}: ${what}`);
  if (size !== null && size > MAX_MANIFEST_BYTES)
    throw new SourceError('limit', `${shown}: a manifest of ${size} bytes; at most ${MAX_MANIFEST_BYTES} are read`);
  return api.get(['manifests', reference], { accept: MANIFEST_TYPES }, signal, async (answer) => {
    if (answer.status !== 200) throw await api.error(shown, answer);
    refuseCoding(answer);
    const bytes = await readBody(answer, MAX_MANIFEST_BYTES);
    if (size !== null && size !== bytes.length)
      throw bad(`it has ${bytes.length} bytes, and its descriptor says ${size}`);
    const claimed = isDigest(reference) ? reference : (answer.header('docker-content-digest') ?? '');
    const digest = await digestOf(bytes, claimed.startsWith('sha512:') ? 'sha512' : 'sha256');
    if (isDigest(claimed) && digest !== claimed) throw bad(`its bytes are not those of its digest ${claimed}`);
    const manifest = readManifest(parseJson(bytes));
    if (typeof manifest === 'string') throw bad(manifest);
    return { digest, manifest };
  });
}

async function digestOf(bytes: Uint8Array, algorithm: 'sha256' | 'sha512'): Promise<string> {
  const name = algorithm === 'sha256' ? 'SHA-256' : 'SHA-512';
  const hash = new Uint8Array(await crypto.subtle.digest(name, bytes.slice()));
  return `${algorithm}:${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

class OciSource implements Source {
  readonly name: string;
  readonly pinned: string;
  readonly notes: readonly string[] = [];
  readonly #address: OciAddress;
  readonly #api: RegistryApi;
  readonly #top: Fetched;

  constructor(name: string, address: OciAddress, api: RegistryApi, top: Fetched) {
    this.name = name;
    this.pinned = ociName(address, top.digest, address.path);
    this.#address = address;
    this.#api = api;
    this.#top = top;
  }

  async *list(signal: AbortSignal): AsyncGenerator<SourceEntry | SourceProblem> {
    const walk = new Walk(this.#api, this.#address, signal);
    const isIndex = this.#top.manifest.kind === 'index';
    let isFound = false;
    for await (const { from, descriptor } of walk.blobs(this.#top)) {
      if ('reason' in descriptor) {
        yield { kind: 'problem', name: ociName(this.#address, from), reason: descriptor.reason };
        continue;
      }
      const entry = this.#entry(descriptor, from, isIndex);
      if (!isWithin(entry.path, this.#address.path)) continue;
      isFound = true;
      yield entry;
    }
    if (walk.problem !== null) throw walk.problem;
    if (!isFound && this.#address.path !== '')
      throw new SourceError('not-found', `${this.pinned}: the artifact has no file of this name`);
  }

  #entry({ digest, size, path: own }: NamedDescriptor, from: string, isIndex: boolean): SourceEntry {
    // The files of each manifest of an index lie in a folder of their own.
    const path = isIndex ? `${from.replace(':', '-')}/${own}` : own;
    const name = ociName(this.#address, this.#top.digest, path);
    const origin = this.#api.blob(name, digest);
    const sha256 = digest.startsWith('sha256:') ? digest.slice('sha256:'.length) : null;
    return {
      kind: 'file',
      name,
      path,
      size,
      sha256,
      open: (signal) =>
        inputOf(
          name,
          () => new RangeSource(origin, { size, spooling: this.#api.spooling, signal }),
          () => sha256,
        ),
    };
  }
}

interface NamedDescriptor extends Descriptor {
  /** Within its manifest, unlike that of any other blob. */
  readonly path: string;
}

interface Found {
  /** The digest of the manifest that names it. */
  readonly from: string;
  readonly descriptor: NamedDescriptor | { readonly reason: string };
}

/** All blobs below a manifest or an index: of every platform, of every media type, and the configs. */
class Walk {
  /** Why it is not complete; null where it is. */
  problem: SourceError | null = null;
  readonly #api: RegistryApi;
  readonly #address: OciAddress;
  readonly #signal: AbortSignal;
  readonly #seen = new Set<string>();
  #count = 0;

  constructor(api: RegistryApi, address: OciAddress, signal: AbortSignal) {
    this.#api = api;
    this.#address = address;
    this.#signal = signal;
  }

  async *blobs(top: Fetched): AsyncGenerator<Found> {
    const open: { readonly fetched: Fetched; readonly depth: number }[] = [{ fetched: top, depth: 0 }];
    this.#seen.add(top.digest);
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const { fetched, depth } = next;
      const { manifest, digest } = fetched;
      if (manifest.kind === 'manifest') {
        yield* this.#named(manifest, digest);
        continue;
      }
      if (depth >= MAX_INDEX_DEPTH) {
        this.problem ??= this.#error('limit', digest, `indexes lie deeper in each other than ${MAX_INDEX_DEPTH}`);
        continue;
      }
      for (const descriptor of manifest.manifests) {
        if (isBad(descriptor)) yield { from: digest, descriptor };
        else if (!this.#seen.has(descriptor.digest)) {
          this.#seen.add(descriptor.digest);
          const child = await this.#child(descriptor, digest);
          if (child !== null) open.push({ fetched: child, depth: depth + 1 });
        }
      }
    }
  }

  async #child(descriptor: Descriptor, from: string): Promise<Fetched | null> {
    try {
      if (this.#seen.size > MAX_MANIFESTS)
        throw this.#error('limit', from, `it has more than ${MAX_MANIFESTS} manifests`);
      return await fetchManifest(this.#api, descriptor.digest, descriptor.size, this.#signal);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // The others are looked at all the same.
      this.problem ??= error;
      return null;
    }
  }

  async *#named(manifest: Extract<Manifest, { kind: 'manifest' }>, from: string): AsyncGenerator<Found> {
    const digests = new Map<string, Set<string>>();
    const paths = new Set<string>();
    const named: NamedDescriptor[] = [];
    for (const descriptor of manifest.blobs) {
      this.#count += 1;
      if (this.#count > MAX_LISTED) {
        this.problem ??= this.#error('limit', from, `it has more than ${MAX_LISTED} layers`);
        break;
      }
      if (isBad(descriptor)) {
        yield { from, descriptor };
        continue;
      }
      if (!(await isOwnData(descriptor)))
        yield {
          from,
          descriptor: { reason: `${descriptor.digest}: its descriptor carries other bytes than it names` },
        };
      const title = descriptor.title ?? untitled(descriptor);
      const known = digests.get(title) ?? new Set<string>();
      digests.set(title, known);
      if (known.has(descriptor.digest)) continue;
      known.add(descriptor.digest);
      // Of two files of one name, clients write the last one. Both are looked at.
      let path = title;
      while (paths.has(path)) path += `@${descriptor.digest}`;
      paths.add(path);
      named.push({ ...descriptor, path });
    }
    for (const descriptor of inOrder(named)) yield { from, descriptor };
  }

  #error(code: SourceError['code'], digest: string, what: string): SourceError {
    return new SourceError(code, `${ociName(this.#address, digest)}: ${what}`);
  }
}

/** Whether the bytes that a descriptor carries, which some clients use, are those of its digest. */
async function isOwnData({ data, digest, size }: Descriptor): Promise<boolean> {
  if (data === null) return true;
  try {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const algorithm = digest.startsWith('sha512:') ? 'sha512' : 'sha256';
    return bytes.length === size && (await digestOf(bytes, algorithm)) === digest;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

function isWithin(path: string, wanted: string): boolean {
  return wanted === '' || path === wanted || path.startsWith(`${wanted}/`);
}
