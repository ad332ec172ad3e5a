import { openSource, SourceError, type SourceContext, type SourceEntry } from '@artifact-sentinel/sources';
import { LISTING_CACHE } from '../limits.js';
import type { Waiting } from './artifacts.js';

/** Sources whose files are remembered at a time. */
const MOST = 4;

/** Files of sources, found again by their paths. A small source is listed once for a batch, of a large one only the file. */
export class Listings {
  readonly #context: SourceContext;
  readonly #known = new Map<string, Promise<ReadonlyMap<string, SourceEntry>>>();

  constructor(context: SourceContext) {
    this.#context = context;
  }

  async entry({ intake, kind, address, intakeFiles, isListed, path, name }: Waiting): Promise<SourceEntry> {
    // Of what is still being listed nobody knows how large it is.
    const isSmall = (isListed && intakeFiles <= LISTING_CACHE) || kind === 'https';
    const entries = isSmall ? await this.#listed(intake, address) : await this.#list(name);
    // Of one file that was named by itself, the source has nothing else.
    const found = entries.get(path) ?? (isSmall || entries.size !== 1 ? undefined : [...entries.values()][0]);
    if (found === undefined) throw new SourceError('not-found', `${name}: it is no longer there`);
    return found;
  }

  #listed(intake: string, address: string): Promise<ReadonlyMap<string, SourceEntry>> {
    const known = this.#known.get(intake);
    if (known !== undefined) return known;
    const entries = this.#list(address);
    this.#known.set(intake, entries);
    entries.catch(() => this.#known.delete(intake));
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
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
