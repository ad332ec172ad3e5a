import { memorySource, type ByteSource } from '@artifact-sentinel/core';
import { sliceSource } from '@artifact-sentinel/core/internal';

/** Bytes that are requested at a time: a large body comes in few messages, and little is held beyond what has to be. */
const STEP_BYTES = 256 * 1024;

/**
 * Bytes that come one after the other, of which those that are settled are given up. Offsets count from its beginning. What is
 * held, what lies on disk and what still comes are read alike.
 */
export interface Feed {
  /** Where all of its bytes are at hand: they may be read in any order, and once more. */
  readonly source: ByteSource | null;
  /** Infinity until the end is there. */
  readonly size: number;
  /** No more bytes than these can come. */
  readonly most: number;
  /** Bytes up to here are at hand. */
  readonly have: number;
  /** Bytes from here on are at hand. */
  readonly start: number;
  /** Waits until the bytes up to `end` are at hand; false where it ends before. */
  upTo(end: number): Promise<boolean>;
  /** At hand they have to be. */
  bytes(from: number, to: number): Buffer;
  /** Nothing before `to` is in doubt or will be asked for. */
  settle(to: number): void;
}

/** Gives one byte at `offset` at least, and none at the end; all before `settled` may go on. */
export type FetchNext = (offset: number, length: number, settled: number) => Promise<Uint8Array>;

/** Bytes that are held. */
export class Held implements Feed {
  readonly source: ByteSource;
  readonly start = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.source = memorySource(bytes);
  }

  get size(): number {
    return this.#bytes.length;
  }

  get most(): number {
    return this.#bytes.length;
  }

  get have(): number {
    return this.#bytes.length;
  }

  upTo(end: number): Promise<boolean> {
    return Promise.resolve(end <= this.#bytes.length);
  }

  bytes(from: number, to: number): Buffer {
    return this.#bytes.subarray(from, to);
  }

  settle(): void {
    // All of it stays.
  }
}

/** A body as it comes, or as it is read from where it lies. */
export class Ahead implements Feed {
  readonly most: number;
  readonly source: ByteSource | null;
  readonly #fetch: FetchNext;
  #buffer: Buffer = Buffer.alloc(0);
  #start = 0;
  #isEnded = false;

  constructor(most: number, fetch: FetchNext, source: ByteSource | null = null) {
    this.most = most;
    this.#fetch = fetch;
    this.source = source;
  }

  /** Of a source: nothing is held but what is in hand. */
  static of(source: ByteSource): Ahead {
    return new Ahead(source.size, async (offset, length) => source.read(offset, length), source);
  }

  get have(): number {
    return this.#start + this.#buffer.length;
  }

  get start(): number {
    return this.#start;
  }

  get size(): number {
    if (this.source !== null) return this.most;
    return this.#isEnded ? this.have : Infinity;
  }

  async upTo(end: number): Promise<boolean> {
    let { have } = this;
    if (end <= have || this.#isEnded) return end <= have;
    const pieces: Uint8Array[] = [this.#buffer];
    while (have < end && !this.#isEnded) {
      const piece = await this.#fetch(have, STEP_BYTES, this.#start);
      if (piece.length === 0) this.#isEnded = true;
      pieces.push(piece);
      have += piece.length;
    }
    // What was lent of the buffer before stays as it is.
    this.#buffer = Buffer.concat(pieces);
    return end <= have;
  }

  bytes(from: number, to: number): Buffer {
    // Counted from its end it would be other bytes.
    if (from < this.#start) throw new Error(`bytes at ${from} have passed`);
    return this.#buffer.subarray(from - this.#start, Math.max(0, to - this.#start));
  }

  settle(to: number): void {
    const end = Math.min(to, this.have);
    if (end <= this.#start) return;
    this.#buffer = this.#buffer.subarray(end - this.#start);
    this.#start = end;
  }
}

/** A stretch of a feed with an end that is known. */
export class Stretch implements Feed {
  readonly #feed: Feed;
  readonly #from: number;
  readonly size: number;

  constructor(feed: Feed, from: number, size: number) {
    this.#feed = feed;
    this.#from = from;
    this.size = size;
  }

  get source(): ByteSource | null {
    return sliced(this.#feed, this.#from, this.#from + this.size);
  }

  get most(): number {
    return this.size;
  }

  get have(): number {
    return Math.max(0, Math.min(this.size, this.#feed.have - this.#from));
  }

  get start(): number {
    return Math.max(0, this.#feed.start - this.#from);
  }

  async upTo(end: number): Promise<boolean> {
    const isThere = await this.#feed.upTo(this.#from + Math.min(end, this.size));
    return isThere && end <= this.size;
  }

  bytes(from: number, to: number): Buffer {
    return this.#feed.bytes(this.#from + from, this.#from + to);
  }

  settle(to: number): void {
    this.#feed.settle(this.#from + to);
  }
}

/** How a delimiter begins: bytes that belong to it, and without which it may not stand. */
export interface Lead {
  readonly lead: number;
  /** It stands at an offset of the feed, and what leads to it does not. */
  readonly onStray: (offset: number) => never;
}

/** A stretch of a feed that ends at a delimiter; the delimiter is no part of it. */
export class Marked implements Feed {
  readonly #feed: Feed;
  readonly #from: number;
  readonly #mark: Buffer;
  readonly #lead: Lead | null;
  /** Nothing of the mark without its lead begins before. */
  #searched: number;
  #end: number | null = null;
  /** The feed ended, and no mark had come. */
  isCut = false;

  constructor(feed: Feed, from: number, mark: Buffer, lead: Lead | null = null) {
    this.#feed = feed;
    this.#from = from;
    this.#mark = mark;
    this.#lead = lead;
    this.#searched = from;
  }

  /** Once its end is known. */
  get source(): ByteSource | null {
    return this.#end === null ? null : sliced(this.#feed, this.#from, this.#end);
  }

  get size(): number {
    return this.#end === null ? Infinity : Math.max(0, this.#end - this.#from);
  }

  get most(): number {
    return this.#feed.most - this.#from;
  }

  get have(): number {
    // The last bytes may be the beginning of the mark.
    return Math.max(0, (this.#end ?? this.#searched - (this.#lead?.lead ?? 0)) - this.#from);
  }

  get start(): number {
    return Math.max(0, this.#feed.start - this.#from);
  }

  async upTo(end: number): Promise<boolean> {
    const lead = this.#lead?.lead ?? 0;
    const core = this.#mark.subarray(lead);
    while (this.#end === null && this.#searched - lead - this.#from < end && !this.isCut) {
      const isThere = await this.#feed.upTo(this.#searched + core.length);
      const found = isThere ? this.#feed.bytes(this.#searched, this.#feed.have).indexOf(core) : -1;
      if (found !== -1) this.#end = this.#behind(this.#searched + found);
      else if (isThere) this.#searched = this.#feed.have - core.length + 1;
      else this.isCut = true;
    }
    return this.#end === null ? !this.isCut : end <= this.size;
  }

  /** Finds its end, and holds nothing of it meanwhile where it may be read again. */
  async toEnd(): Promise<void> {
    while (this.#end === null && !this.isCut) {
      await this.upTo(this.have + STEP_BYTES);
      if (this.#feed.source !== null) this.settle(this.have);
    }
  }

  bytes(from: number, to: number): Buffer {
    return this.#feed.bytes(this.#from + from, this.#from + to);
  }

  settle(to: number): void {
    this.#feed.settle(this.#from + to);
  }

  /** Where the mark begins of which the rest stands at an offset. */
  #behind(core: number): number {
    const lead = this.#lead;
    if (lead === null) return core;
    const begin = core - lead.lead;
    const isWhole = begin >= this.#from && this.#feed.bytes(begin, core).equals(this.#mark.subarray(0, lead.lead));
    return isWhole ? begin : lead.onStray(core);
  }
}

function sliced({ source }: Feed, from: number, to: number): ByteSource | null {
  return source === null ? null : sliceSource(source, from, Math.max(0, to - from));
}
