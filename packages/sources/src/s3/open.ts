import { MAX_LISTED } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import { probe, RangeSource } from '../range-source.js';
import { inputOf } from '../source-input.js';
import type { ListedState, Source, SourceContext, SourceEntry, SourceProblem } from '../source.js';
import { objectName, parseBucketAddress, type BucketAddress } from './address.js';
import { BucketApi, type StorageOptions } from './api.js';
import { awsSettings, gsCredentials } from './credentials.js';
import { claimedSha256, currentVersion, objectOrigin } from './file.js';
import { findKey, listKeys, type ListedKey, type ListedObject } from './listing.js';

const GOOGLE = 'https://storage.googleapis.com';

/** `s3://…` and `gs://…`: one object, or all below a prefix. A bucket has no revisions: each object is read in one state. */
export async function openBucket(address: string, context: SourceContext): Promise<Source> {
  const { parsed, api } = bucketAt(address, context);
  const { signal } = context;
  const { key } = parsed;
  // In a bucket with versions, an object that is named is read, and named in reports, as the version that it is now.
  const isObject = key !== '' && !key.endsWith('/') && parsed.version === null;
  const version = isObject ? await currentVersion(api, key, signal) : parsed.version;
  return new BucketSource({ ...parsed, version }, api, context.mostListed ?? MAX_LISTED);
}

/** Objects of a bucket that were listed before. */
export interface ListedObjects {
  /** By its state then: no request is sent until it is read. Reading one that is in another state now fails with `changed`. */
  entry(listed: ListedState): SourceEntry;
  /** As it is now, by a listing of this key; null where it is gone. Throws a `SourceError`. */
  current(key: string, signal: AbortSignal): Promise<SourceEntry | null>;
}

/** `address`: that of the listing. */
export function listedObjects(address: string, context: SourceContext): ListedObjects {
  const { parsed, api } = bucketAt(address, context);
  const source = new BucketSource({ ...parsed, version: null }, api, 0);
  return {
    entry: (listed) => source.entryOf(listed),
    async current(key, signal) {
      const found = await findKey(api, source.name, key, signal);
      return found !== null && 'size' in found ? source.entryOf({ ...found, version: null }) : null;
    },
  };
}

function bucketAt(address: string, context: SourceContext): { parsed: BucketAddress; api: BucketApi } {
  const parsed = parseBucketAddress(address);
  const options = parsed.scheme === 'gs' ? googleOptions(context, address) : amazonOptions(context, address);
  const { client, spooling } = context;
  return { parsed, api: new BucketApi({ ...options, client, spooling, address: parsed }) };
}

type Server = Pick<StorageOptions, 'credentials' | 'region' | 'endpoint'>;

function amazonOptions(context: SourceContext, address: string): Server {
  const { credentials, region, endpoint } = awsSettings(context, address);
  return { credentials, region, endpoint: endpoint === null ? null : endpointOf(endpoint, address) };
}

/** The same protocol with keys of its own: those of AWS never go to Google. */
function googleOptions(context: SourceContext, address: string): Server {
  const endpoint = endpointOf(context.variable('GS_ENDPOINT_URL') ?? GOOGLE, address);
  return { credentials: gsCredentials(context, address), region: 'auto', endpoint };
}

function endpointOf(text: string, address: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new SourceError('usage', `${address}: the endpoint that is set for it is no web address without a password`);
  return url;
}

class BucketSource implements Source {
  readonly name: string;
  readonly pinned: string;
  readonly #address: BucketAddress;
  readonly #api: BucketApi;
  readonly #most: number;

  constructor(address: BucketAddress, api: BucketApi, most: number) {
    this.name = objectName(address, address.key, address.version);
    this.pinned = this.name;
    this.#address = address;
    this.#api = api;
    this.#most = most;
  }

  get notes(): readonly string[] {
    return this.#api.isAnonymous ? ['no credentials are set, so it was read as anybody can read it.'] : [];
  }

  async *list(signal: AbortSignal): AsyncGenerator<SourceEntry | SourceProblem> {
    const { key, version } = this.#address;
    if (version !== null) {
      yield this.#unlisted(key, version);
      return;
    }
    const isFolder = key === '' || key.endsWith('/');
    const object = isFolder ? null : await this.#object(key, signal);
    if (object === 'not listed') {
      yield this.#unlisted(key, null);
      return;
    }
    // What lies below a key of the same name is named with a slash.
    if (object !== null) {
      yield this.#entry(object);
      return;
    }
    // Keys are text, and folders only what a slash makes of them.
    const prefix = isFolder ? key : `${key}/`;
    let isEmpty = true;
    for await (const item of listKeys(this.#api, this.name, { prefix, most: this.#most, signal })) {
      isEmpty = false;
      if (!isMarker(item)) yield this.#entry(item);
    }
    if (isEmpty && key !== '')
      throw new SourceError('not-found', `${this.name}: the bucket has no object of this key, and none below it`);
  }

  /** The object that is named. Who may read it need not be allowed to list the bucket. */
  async #object(key: string, signal: AbortSignal): Promise<ListedKey | 'not listed' | null> {
    try {
      return await findKey(this.#api, this.name, key, signal);
    } catch (error) {
      if (!(error instanceof SourceError) || error.status !== 403) throw error;
      const origin = objectOrigin(this.#api, this.name, { key, etag: null, version: null });
      try {
        await probe(origin, signal, undefined);
        return 'not listed';
      } catch (second) {
        // It may be read, and is too large for this memory.
        if (second instanceof SourceError && second.code === 'no-ranges') return 'not listed';
        throw second instanceof SourceError ? error : second;
      }
    }
  }

  #entry(item: ListedKey): SourceEntry | SourceProblem {
    const name = objectName(this.#address, item.key);
    if (!('size' in item)) return { kind: 'problem', name, reason: item.reason };
    return this.entryOf({ ...item, version: null });
  }

  entryOf(listed: ListedState): SourceEntry {
    const { key, size, hasSha256 } = listed;
    const name = objectName(this.#address, key, listed.version);
    const origin = objectOrigin(this.#api, name, listed);
    return {
      kind: 'file',
      name,
      path: this.#within(key),
      size,
      sha256: null,
      listed,
      open: async (signal) => {
        const claimed = hasSha256 ? await claimedSha256(this.#api, listed, signal) : null;
        const { spooling } = this.#api;
        return inputOf(
          name,
          () => new RangeSource(origin, { size, spooling, signal }),
          () => claimed,
        );
      },
    };
  }

  /** What no listing tells of is asked for its size. */
  #unlisted(key: string, version: string | null): SourceEntry {
    const name = objectName(this.#address, key, version);
    const origin = objectOrigin(this.#api, name, { key, etag: null, version });
    return {
      kind: 'file',
      name,
      path: this.#within(key),
      size: null,
      sha256: null,
      open: (signal) =>
        inputOf(name, async () => {
          const { spooling } = this.#api;
          return new RangeSource(origin, { ...(await probe(origin, signal, spooling)), spooling, signal });
        }),
    };
  }

  /** Below the folder that was named; the last segment of the key of one object. */
  #within(key: string): string {
    const { key: named } = this.#address;
    const folder =
      named === '' || named.endsWith('/')
        ? named
        : key === named
          ? key.slice(0, key.lastIndexOf('/') + 1)
          : `${named}/`;
    return key.slice(folder.length);
  }
}

/** An empty object whose key ends like a folder: programs write them so that the folder is seen. */
function isMarker(item: ListedKey): item is ListedObject {
  return 'size' in item && item.size === 0 && item.key.endsWith('/');
}
