import type { Beginning } from '@artifact-sentinel/core/internal';
import { MAX_FOLLOWERS, MAX_WAITING_BYTES, type InspectionLimits } from '../model/limits.js';
import { refuse } from '../model/rules.js';
import { beginsZlib, codingOf } from './content-coding.js';
import { Behind, FIRST_TRY, judgeHead, type OnWindow } from './engine.js';
import type { Feed } from './feed.js';
import { Follower } from './follower.js';
import { isText, PREFIX_BACK } from './prefix.js';
import type { Spending } from './spending.js';

/** Bytes at the front that decide on the format. Fewer are inspected like any other bytes. */
export const HEAD_BYTES = 256 * 1024;
/** What is scanned at a time. */
const STEP_BYTES = 256 * 1024;
/** The end record of a zip file with its longest comment (APPNOTE 4.3.16): the tail is the last to pass. */
const TAIL_BYTES = 22 + 65_535;
const END_RECORD = Buffer.from('PK\x05\x06', 'latin1');
/** Longest character of UTF-8, which the head may have cut. */
const CUT_CHARACTER = 3;

/** Says that something has to be inspected as a whole, and what can be done about it. */
export function refusePassing(signal: string, path: string, what: string, offset: number | null = null): never {
  refuse('GATE-STREAM', signal, path, `${what} cannot be decided on while it passes: send it to a route that spools`, {
    offset,
  });
}

/**
 * Looks at bytes of no known structure that pass, by steps: each stays until all that begins in it is settled, or jumps
 * over a string that goes on behind it. Bytes that end within a head are given back, to be inspected like any others.
 */
export async function passBytes(
  feed: Feed,
  path: string,
  kind: 'whole' | 'numbers',
  spending: Spending,
  onWindow: OnWindow,
): Promise<Buffer | null> {
  if (!(await feed.upTo(HEAD_BYTES + 1))) return feed.bytes(0, feed.have);
  const head = feed.bytes(0, HEAD_BYTES);
  await refuseHead(head, feed, path, kind, spending.limits);
  const passing = new Passing(feed, path, spending, onWindow);
  await passing.first(head[0] === 0x80 && (head[1] ?? 9) <= 5 ? 'first-marked' : 'first');
  await passing.run();
  return null;
}

async function refuseHead(
  head: Buffer,
  feed: Feed,
  path: string,
  kind: 'whole' | 'numbers',
  limits: InspectionLimits,
): Promise<void> {
  const coding = codingOf(head);
  if (coding !== null && (coding === 'deflate' ? await beginsZlib(head) : kind === 'whole'))
    refusePassing(coding, path, 'compressed data');
  if (kind === 'whole' && isTextHead(head)) refusePassing('text', path, 'text');
  const whole = await judgeHead(head, feed.size, path, kind, limits);
  if (whole !== null) refusePassing(whole, path, SHOWN[whole] ?? 'this kind of file');
}

const SHOWN: Readonly<Record<string, string>> = {
  zip: 'a zip archive',
  tar: 'a tar archive',
  '7z': 'a 7z archive',
  packed: 'packed data',
};

function isTextHead(head: Buffer): boolean {
  for (let cut = 0; cut <= CUT_CHARACTER; cut += 1) if (isText(head.subarray(0, head.length - cut))) return true;
  return false;
}

class Passing {
  readonly #feed: Feed;
  readonly #path: string;
  #followers: Follower[] = [];
  readonly #behind: Behind;
  readonly #onWindow: OnWindow;
  #scanned = 0;

  constructor(feed: Feed, path: string, spending: Spending, onWindow: OnWindow) {
    this.#feed = feed;
    this.#path = path;
    this.#behind = new Behind(path, 'whole', spending);
    this.#onWindow = onWindow;
  }

  /** The bytes may be a pickle from the first one on. */
  async first(beginning: Beginning): Promise<void> {
    await this.#follow(0, beginning);
  }

  async run(): Promise<void> {
    const feed = this.#feed;
    for (;;) {
      const goesOn = await feed.upTo(this.#scanned + STEP_BYTES + FIRST_TRY);
      const isEnd = !goesOn;
      await this.#scan(isEnd ? feed.have : this.#scanned + STEP_BYTES, isEnd);
      await this.#advance();
      if (isEnd) break;
      const settled = Math.min(this.#scanned - PREFIX_BACK, feed.have - TAIL_BYTES, this.#frontier());
      if (settled > feed.start) feed.settle(settled);
      if (this.#scanned - feed.start > MAX_WAITING_BYTES)
        refusePassing('undecided', this.#path, 'something that begins like a pickle', feed.start);
    }
    const tail = Math.max(feed.start, feed.have - TAIL_BYTES);
    const record = feed.bytes(tail, feed.have).indexOf(END_RECORD);
    if (record !== -1) refusePassing('zip', this.#path, 'a zip archive behind other bytes', tail + record);
    feed.settle(feed.have);
  }

  #frontier(): number {
    let least = Infinity;
    for (const follower of this.#followers) least = Math.min(least, follower.frontier);
    return least;
  }

  async #scan(to: number, isEnd: boolean): Promise<void> {
    const feed = this.#feed;
    // Before it what may have begun there, and as many behind as decide on the last offset.
    const base = Math.max(0, this.#scanned - PREFIX_BACK);
    const bytes = feed.bytes(base, Math.min(feed.have, to + FIRST_TRY));
    const open = await this.#behind.judge(bytes, base, {
      from: Math.max(1, this.#scanned - base),
      to: to - base,
      size: feed.size,
      goesOn: !isEnd,
      rest: () => null,
    });
    for (const at of open) await this.#follow(at, 'behind');
    await this.#onWindow(bytes.subarray(this.#scanned - base), this.#scanned);
    this.#scanned = to;
  }

  /** Both readings: readers without peek take the ends of frames for less. */
  async #follow(at: number, beginning: Beginning): Promise<void> {
    for (const unbuffered of [false, true]) {
      const follower = new Follower(this.#feed, at, beginning, unbuffered);
      await follower.advance();
      this.#check(follower);
      if (!follower.isOver) this.#followers.push(follower);
    }
    if (this.#followers.length > MAX_FOLLOWERS)
      refusePassing('undecided', this.#path, 'something that begins like a pickle at thousands of offsets', at);
  }

  async #advance(): Promise<void> {
    let isOver = false;
    for (const follower of this.#followers) {
      if (!follower.mayAdvance) continue;
      // Until it waits for what has not come.
      while (follower.mayAdvance) await follower.advance();
      this.#check(follower);
      isOver ||= follower.isOver;
    }
    if (isOver) this.#followers = this.#followers.filter((follower) => !follower.isOver);
  }

  #check({ foundAt, isLost }: Follower): void {
    if (foundAt !== null)
      refuse('GATE-PICKLE', 'passing', this.#path, 'a pickle lies behind other bytes', {
        offset: foundAt,
        format: 'pickle',
      });
    if (isLost) refusePassing('undecided', this.#path, 'something that begins like a pickle');
  }
}
