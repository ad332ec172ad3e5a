import type { ByteSource } from '@artifact-sentinel/core';
import {
  followPickles,
  InputError,
  isChance,
  plausibilityWhilePassing,
  type Beginning,
  type Followed,
} from '@artifact-sentinel/core/internal';
import type { Feed } from './feed.js';

const NOTHING = new Uint8Array(0);

/**
 * One reading of a pickle that may have begun in bytes that pass, run as they come. What it has not read does not pass;
 * over long strings it jumps, and waits for what is behind them.
 */
export class Follower {
  /** Where it did something that plain data do not. */
  foundAt: number | null = null;
  /** It needs what has passed, or came to a limit: the rest of it is not known. */
  isLost = false;
  isOver = false;
  #isComputed = false;
  readonly #feed: Feed;
  readonly #beginning: Beginning;
  #waiting: { readonly offset: number; readonly end: number; readonly go: () => void } | null = null;
  #pause: Promise<void>;
  #paused: () => void = () => undefined;

  constructor(feed: Feed, origin: number, beginning: Beginning, unbuffered: boolean) {
    this.#feed = feed;
    this.#beginning = beginning;
    this.#pause = this.#newPause();
    void this.#run(origin, unbuffered);
  }

  /** Bytes from here on it has not run; it has to be at rest. */
  get frontier(): number {
    return this.#waiting?.offset ?? Infinity;
  }

  /** What it waits for is there, or will not come. */
  get mayAdvance(): boolean {
    const { have, size } = this.#feed;
    return this.#waiting !== null && (have >= this.#waiting.end || (Number.isFinite(size) && have >= size));
  }

  /** Goes on with what has come; resolves where it waits again, or is done. */
  async advance(): Promise<void> {
    if (this.mayAdvance) {
      const waiting = this.#waiting;
      this.#waiting = null;
      this.#pause = this.#newPause();
      waiting?.go();
    }
    await this.#pause;
  }

  #newPause(): Promise<void> {
    return new Promise((resolve) => {
      this.#paused = resolve;
    });
  }

  async #run(origin: number, unbuffered: boolean): Promise<void> {
    const feed = this.#feed;
    const source: ByteSource = {
      get size() {
        return feed.size;
      },
      read: (offset, length) => this.#read(offset, length),
    };
    const isKnown = await followPickles(source, origin, { unbuffered, tell: (event) => this.#on(event) });
    this.isLost ||= !isKnown;
    this.isOver = true;
    this.#paused();
  }

  async #read(offset: number, length: number): Promise<Uint8Array> {
    const feed = this.#feed;
    const end = Math.min(offset + length, feed.most);
    if (end > feed.have && feed.have < feed.size && offset < feed.most) {
      await new Promise<void>((go) => {
        this.#waiting = { offset, end, go };
        this.#paused();
      });
    }
    const to = Math.min(end, feed.have);
    if (offset >= to) return NOTHING;
    if (offset < feed.start) {
      this.isLost = true;
      throw new InputError('bytes that have passed', offset);
    }
    return Uint8Array.from(feed.bytes(offset, to));
  }

  #on(event: Followed): void {
    if (this.foundAt !== null) return;
    if (!isChance(plausibilityWhilePassing(event, this.#beginning, this.#isComputed))) this.foundAt = event.offset;
    this.#isComputed ||= event.kind === 'import' && event.isComputed;
  }
}
