import {
  listedObjects,
  openSource,
  SourceError,
  type ListedObjects,
  type SourceContext,
  type SourceEntry,
} from '@artifact-sentinel/sources';
import { LISTING_CACHE } from '../limits.js';
import type { Waiting } from './artifacts.js';

/** Sources whose files are remembered at a time. */
const MOST = 4;

/**
 * Files of sources, found again. An object of a bucket is opened by what its row has of it. Of what is found by its path, a small
 * source is listed once for a batch, of a large one only the file.
 */
export class Listings {
  readonly #context: SourceContext;
  readonly #known = new Map<string, Promise<ReadonlyMap<string, SourceEntry>>>();
  readonly #buckets = new Map<string, ListedObjects>();

  constructor(context: SourceContext) {
    this.#context = context;
  }

  async entry(artifact: Waiting): Promise<SourceEntry> {
    const { intake, kind, address, intakeFiles, isListed, path, name, listed } = artifact;
    if (listed !== null) return this.#bucket(intake, address).entry(listed);
    // Of what is still being listed nobody knows how large it is.
    const isSmall = (isListed && intakeFiles <= LISTING_CACHE) || kind === 'https';
    if (isSmall) return foundIn(await this.#listed(intake, address), path, name);
    const entries = await this.#list(name);
    // Of one file that was named by itself, the source has nothing else.
    const [only] = entries.size === 1 ? entries.values() : [];
    return entries.get(path) ?? only ?? foundIn(entries, path, name);
  }

  /** An object as it is now, where it is another one than was listed. */
  async current({ intake, address, name }: Waiting, key: string): Promise<SourceEntry> {
    const found = await this.#bucket(intake, address).current(key, this.#context.signal);
    if (found === null) throw new SourceError('not-found', `${name}: it is no longer there`);
    return found;
  }

  #bucket(intake: string, address: string): ListedObjects {
    const bucket = this.#buckets.get(intake) ?? listedObjects(address, this.#context);
    this.#buckets.set(intake, bucket);
    forgetOldest(this.#buckets);
    return bucket;
  }

  #listed(intake: string, address: string): Promise<ReadonlyMap<string, SourceEntry>> {
    const known = this.#known.get(intake);
    if (known !== undefined) return known;
    const entries = this.#list(address);
    this.#known.set(intake, entries);
    entries.catch(() => this.#known.delete(intake));
    forgetOldest(this.#known);
    return entries;
  }

  async #list(address: string): Promise<ReadonlyMap<string, SourceEntry>> {
    const source = await openSource(address, this.#context);
    const entries = new Map<string, SourceEntry>();
    for await (const entry of source.list(this.#context.signal))
      if (entry.kind === 'file') entries.set(entry.path, entry);
    return entries;
  }
}

function foundIn(entries: ReadonlyMap<string, SourceEntry>, path: string, name: string): SourceEntry {
  const found = entries.get(path);
  if (found === undefined) throw new SourceError('not-found', `${name}: it is no longer there`);
  return found;
}

function forgetOldest(known: Map<string, unknown>): void {
  for (const oldest of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(oldest);
  }
}
