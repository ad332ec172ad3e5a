import { InputError, ReadError } from '../model/errors.js';
import { sha256Hex } from '../model/sha256.js';
import { GuardedSource, type GuardOptions } from './guarded-source.js';
import { PageRing } from './page-ring.js';
import { plannedRuns } from './planned-runs.js';
import type { ReadProfile } from './read-profile.js';
import { EMPTY, type ByteRange, type ByteSource } from './source.js';

/** Pages of the largest source: beyond, its pages are larger. */
const PAGES = 2 ** 20;
/** Requests of one plan that run at a time. */
const AT_ONCE = 6;

export interface PagedOptions extends GuardOptions {
  /** Leave nothing unread that only repeats other records. */
  readonly thorough: boolean;
}

/**
 * A guarded source behind the one cache of Sentinel: small reads come out of larger ones, whose size grows for as long as
 * reads follow each other; what is planned is asked for together. A source without a profile, or whose end is not known, is
 * guarded only.
 *
 * Bytes of a remote source may not change between reads: the digest of an evicted page is remembered, and another answer
 * for it is a `ReadError`.
 */
export function pagedSource(source: ByteSource, options: PagedOptions): ByteSource {
  const guarded = new GuardedSource(source, options);
  const { profile, size } = guarded;
  return profile === undefined || !Number.isFinite(size) ? guarded : new PagedSource(guarded, profile, options);
}

class PagedSource implements ByteSource {
  readonly size: number;
  readonly immediate: boolean | undefined;
  readonly selective: boolean;
  readonly #source: ByteSource;
  readonly #profile: ReadProfile;
  readonly #onFault: PagedOptions['onFault'];
  readonly #page: number;
  readonly #ring: PageRing;
  /** Pending requests, by each of their pages. */
  readonly #pending = new Map<number, Promise<void>>();
  /** Digests of evicted pages of a remote source. */
  readonly #digests = new Map<number, string>();
  /** Behind the pages that a read asked for last, and how much that was. */
  #lastEnd = 0;
  #ahead = 0;

  constructor(source: ByteSource, profile: ReadProfile, options: PagedOptions) {
    this.size = source.size;
    this.immediate = source.immediate;
    this.selective = profile.remote && !options.thorough;
    this.#source = source;
    this.#profile = profile;
    this.#onFault = options.onFault;
    let { page } = profile;
    while (this.size / page > PAGES) page *= 2;
    this.#page = page;
    this.#ring = new PageRing(
      page,
      Math.ceil(Math.max(profile.cached, profile.most) / page),
      profile.remote ? (evicted, bytes) => this.#remember(evicted, bytes) : null,
    );
  }

  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return EMPTY;
    if (end - offset >= this.#profile.straight) return this.#source.read(offset, end - offset);
    const view = this.#ring.view(offset, end);
    if (view.length === end - offset) return this.#lent(view);
    if (view.length > 0) return this.#join(offset, end);
    const loading = this.#load(offset, end);
    return loading === undefined ? this.#loaded(offset, end) : loading.then(() => this.#loaded(offset, end));
  }

  prefetch(ranges: Iterable<ByteRange>): void | Promise<void> {
    const { remote, gap, cached, most } = this.#profile;
    if (!remote) return undefined;
    const runs: ByteRange[] = [];
    // Requests of one plan run beside each other, so that each costs less.
    const room = { page: this.#page, size: this.size, gap: gap / AT_ONCE, most: cached / 2 };
    for (const { start, end } of plannedRuns(ranges, room))
      for (let at = start; at < end;) {
        const run = this.#missing(at, Math.min(end, at + most));
        if (run.end > at) runs.push(run);
        at = Math.max(run.end, at + this.#page);
      }
    return runs.length === 0 ? undefined : this.#fetchAll(runs);
  }

  async #fetchAll(runs: readonly ByteRange[]): Promise<void> {
    let next = 0;
    const fetchNext = async (): Promise<void> => {
      for (let run = runs[next++]; run !== undefined; run = runs[next++]) {
        // A read may have come to it meanwhile.
        const missing = this.#missing(run.start, run.end);
        if (missing.end === run.start) continue;
        try {
          await this.#fetch(missing);
        } catch (error) {
          // The read that wants these bytes asks again and meets the fault.
          if (!(error instanceof InputError)) throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, runs.length) }, fetchNext));
  }

  /** What a read wants whose first page has come. */
  #loaded(offset: number, end: number): Uint8Array | Promise<Uint8Array> {
    const view = this.#ring.view(offset, end);
    return view.length === end - offset ? this.#lent(view) : this.#join(offset, end);
  }

  /** Requests that end before the view is read may overwrite it. */
  #lent(view: Uint8Array): Uint8Array {
    return this.immediate === true ? view : view.slice();
  }

  #join(offset: number, end: number): Uint8Array | Promise<Uint8Array> {
    const joined = new Uint8Array(end - offset);
    for (let have = 0; have < joined.length;) {
      const more = this.#copy(joined, have, offset + have, end);
      have += more;
      const loading = more > 0 ? undefined : this.#load(offset + have, end);
      if (loading !== undefined) return this.#joinLater(joined, have, offset, end, loading);
    }
    return joined;
  }

  async #joinLater(
    joined: Uint8Array,
    copied: number,
    offset: number,
    end: number,
    loading: Promise<void>,
  ): Promise<Uint8Array> {
    await loading;
    for (let have = copied; have < joined.length;) {
      const more = this.#copy(joined, have, offset + have, end);
      have += more;
      if (more === 0) await this.#load(offset + have, end);
    }
    return joined;
  }

  /** Copies what lies in a row from `offset` on, and says how much that is. */
  #copy(joined: Uint8Array, have: number, offset: number, end: number): number {
    const view = this.#ring.view(offset, end);
    joined.set(view, have);
    return view.length;
  }

  /** Asks for the page at `offset`, which is missing, and for as many behind it as a read up to `end` makes worthwhile. */
  #load(offset: number, end: number): void | Promise<void> {
    const pending = this.#pending.get(Math.floor(offset / this.#page));
    if (pending !== undefined) return pending;
    const { first, most, gap } = this.#profile;
    const start = Math.floor(offset / this.#page) * this.#page;
    const jump = start - this.#lastEnd;
    // Behind a far jump, no more than its pages.
    this.#ahead = jump >= 0 && jump <= gap ? Math.min(Math.max(first, this.#ahead * 2), most) : 0;
    const run = this.#missing(start, Math.min(Math.max(end, start + this.#ahead), start + most));
    this.#lastEnd = run.end;
    return this.#fetch(run);
  }

  /** From `start` on, where a page begins: the pages that nobody has asked for, up to `end` and the end of its page. */
  #missing(start: number, end: number): ByteRange {
    let page = start / this.#page;
    while (page * this.#page < end && !this.#ring.has(page) && !this.#pending.has(page)) page += 1;
    return { start, end: Math.min(page * this.#page, this.size) };
  }

  #fetch(run: ByteRange): void | Promise<void> {
    const read = this.#source.read(run.start, run.end - run.start);
    if (!(read instanceof Promise)) {
      this.#keep(run, read);
      return undefined;
    }
    const pending = this.#settled(run, read);
    for (let at = run.start; at < run.end; at += this.#page) this.#pending.set(at / this.#page, pending);
    return pending;
  }

  async #settled(run: ByteRange, read: Promise<Uint8Array>): Promise<void> {
    try {
      this.#keep(run, await read);
    } finally {
      for (let at = run.start; at < run.end; at += this.#page) this.#pending.delete(at / this.#page);
    }
  }

  #keep({ start, end }: ByteRange, bytes: Uint8Array): void {
    if (this.#digests.size > 0)
      for (let at = start; at < end; at += this.#page) {
        const known = this.#digests.get(at / this.#page);
        if (known !== undefined && sha256Hex(bytes.subarray(at - start, at - start + this.#page)) !== known)
          throw this.#changed(at);
      }
    this.#ring.add(start / this.#page, bytes);
  }

  #remember(page: number, bytes: Uint8Array): void {
    if (!this.#digests.has(page)) this.#digests.set(page, sha256Hex(bytes.subarray(0, this.size - page * this.#page)));
  }

  #changed(at: number): ReadError {
    const error = new ReadError('the bytes that are read here again are others than before', at);
    this.#onFault?.(error);
    return error;
  }
}
