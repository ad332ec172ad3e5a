import { memorySource, type ByteSource } from '@artifact-sentinel/core';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { Ahead, Held, type Feed } from './feed.ts';
import { inspectOpaque, wholeOf } from './opaque.ts';
import { Spending } from './spending.ts';

const MB = 2 ** 20;
const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const spendingOf = (limits: Partial<InspectionLimits> = {}): Spending =>
  new Spending({ ...DEFAULT_INSPECTION_LIMITS, ...limits });
/** A source that is not in memory. */
const spooled = (bytes: Buffer): ByteSource => {
  const source = memorySource(bytes);
  return { size: source.size, read: (offset, length) => source.read(offset, length) };
};

/** What is looked at further as a whole, in bytes, or the signal of the refusal. */
async function seen(feed: Feed, limits: Partial<InspectionLimits> = {}): Promise<number | string | null> {
  let whole: number | null = null;
  try {
    await inspectOpaque(feed, 'p', spendingOf(limits), 0, async (bytes) => {
      whole = bytes.length;
    });
    return whole;
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.signal} ${error.refusal.path}`;
    throw error;
  }
}

test('what is held is inspected as a whole', async () => {
  expect(await seen(new Held(Buffer.from('words')))).toBe(5);
  expect(await seen(new Held(Buffer.alloc(0)))).toBeNull();
  expect(await seen(new Held(PICKLE))).toBe('GLOBAL posix.system p');
  expect(await seen(new Held(Buffer.alloc(MB + 1)))).toBe(MB + 1);
});

test('so is what lies on disk, up to a megabyte, and text and compressed data of any size', async () => {
  expect(await seen(Ahead.of(spooled(Buffer.alloc(MB))))).toBe(MB);
  expect(await seen(Ahead.of(spooled(Buffer.alloc(MB + 1))))).toBeNull();
  expect(await seen(Ahead.of(spooled(Buffer.alloc(MB + 1, 'word '))))).toBe(MB + 1);
  const noise = Buffer.from(Uint32Array.from({ length: MB / 3 }, (_, i) => Math.imul(i + 7, 2_654_435_761)).buffer);
  const packed = gzipSync(noise, { level: 0 });
  expect(await seen(Ahead.of(spooled(packed)))).toBe(packed.length);
});

test('of more bytes than a request may decode it is not read', async () => {
  const text = Buffer.alloc(MB + 1, 'word ');
  expect(await seen(Ahead.of(spooled(text)), { decodedBytes: MB })).toBe('too-large p');
  const spending = spendingOf({ decodedBytes: MB + 1 });
  expect(await wholeOf(Ahead.of(spooled(text)), 'p', spending, 'text')).toHaveLength(MB + 1);
  expect(spending.left).toBe(0);
  const small = spendingOf({ decodedBytes: MB });
  expect(await wholeOf(Ahead.of(spooled(text.subarray(1))), 'p', small, 'text')).toHaveLength(MB);
  expect(small.left).toBe(MB);
});

test('what passes is a whole once its end is there', async () => {
  const coming = (): Ahead => new Ahead(99, async (offset) => Buffer.from('0123456789').subarray(offset, offset + 4));
  const feed = coming();
  await feed.upTo(99);
  expect((await wholeOf(feed, 'p', spendingOf(), 'text')).toString()).toBe('0123456789');
  const cut = coming();
  await cut.upTo(3);
  await expect(wholeOf(cut, 'p', spendingOf(), 'text')).rejects.toThrow(Refused);
  expect(await seen(coming())).toBe(10);
});
