import type { ByteSource } from '@artifact-sentinel/core';
import { refuse } from '../model/rules.js';
import { beginsZlib, codingOf } from './content-coding.js';
import { judgeSource } from './engine.js';
import type { Feed } from './feed.js';
import { inspectBytes, inspectWindow } from './leaves.js';
import { passBytes, refusePassing } from './passing-bytes.js';
import { isTextSource } from './prefix.js';
import type { Spending } from './spending.js';

export { refusePassing };

/** Bytes by which a source shows whether it is compressed. */
const MARK_BYTES = 64 * 1024;
/** Fewer bytes are read whole, wherever they lie. */
const HELD_PART = 2 ** 20;

/**
 * Looks at bytes of no known structure: those that are held as a whole, those on disk by windows, those that still come as they
 * do. `whole`: looks further at what is held.
 */
export async function inspectOpaque(
  feed: Feed,
  path: string,
  spending: Spending,
  depth: number,
  whole: (bytes: Buffer) => Promise<void>,
  kind: 'whole' | 'numbers' = 'whole',
): Promise<void> {
  const held = await heldOf(feed, path, spending, kind);
  if (held === null || held.length === 0) return;
  await inspectBytes(held, path, spending, depth, kind);
  await whole(held);
}

/** What has to be inspected as a whole; null where it has been inspected. */
async function heldOf(feed: Feed, path: string, spending: Spending, kind: 'whole' | 'numbers'): Promise<Buffer | null> {
  const { source } = feed;
  const onWindow = (bytes: Buffer, offset: number): Promise<void> => inspectWindow(bytes, offset, path, spending);
  if (source === null) return passBytes(feed, path, kind, spending, onWindow);
  if (!isLarge(source)) return wholeOf(feed, path, spending, kind);
  const head = Buffer.from(await source.read(0, MARK_BYTES));
  const coding = codingOf(head);
  const isPacked = coding !== null && (coding !== 'deflate' || (await beginsZlib(head)));
  // Text may be encoded: that shows in the whole of it alone.
  if (isPacked || (await isTextSource(source)))
    return wholeOf(feed, path, spending, isPacked ? 'compressed data' : 'text');
  await judgeSource(source, path, spending, onWindow);
  return null;
}

/** Not held, and not to be held either. */
function isLarge({ immediate, size }: ByteSource): boolean {
  return immediate !== true && size > HELD_PART;
}

/** All bytes of a feed that has to be read as a whole. */
export async function wholeOf(feed: Feed, path: string, spending: Spending, what: string): Promise<Buffer> {
  const { source } = feed;
  if (source === null) {
    if (feed.have < feed.size) refusePassing(what, path, 'text');
    return feed.bytes(0, feed.size);
  }
  if (isLarge(source)) {
    if (source.size > spending.left)
      refuse('GATE-UNREADABLE', 'too-large', path, `${what} of more bytes than one request may decode`);
    spending.decoded(source.size, path);
  }
  const bytes = await source.read(0, source.size);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
