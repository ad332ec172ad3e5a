import { memorySource } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { Ahead, Held, Marked, Stretch } from './feed.ts';

const BYTES = Buffer.from('0123456789');
/** A body of which four bytes come at a time. */
const coming = (): Ahead => new Ahead(99, async (offset) => BYTES.subarray(offset, offset + 4));

describe('a body that comes', () => {
  test('has no size before its end', async () => {
    const feed = coming();
    expect([feed.size, feed.most, feed.have, feed.source]).toEqual([Infinity, 99, 0, null]);
    expect(await feed.upTo(5)).toBe(true);
    expect([feed.size, feed.have]).toEqual([Infinity, 8]);
    expect(await feed.upTo(11)).toBe(false);
    expect([feed.size, feed.have]).toEqual([10, 10]);
  });

  test('gives up what is settled', async () => {
    const feed = coming();
    await feed.upTo(8);
    feed.settle(3);
    expect([feed.start, feed.have, feed.bytes(3, 6).toString()]).toEqual([3, 8, '345']);
    expect(() => feed.bytes(2, 6)).toThrow('have passed');
    feed.settle(2);
    expect(feed.start).toBe(3);
  });
});

test('a source has its size at once, and may be read anew', async () => {
  const feed = Ahead.of(memorySource(BYTES));
  expect([feed.size, feed.most, feed.have]).toEqual([10, 10, 0]);
  expect(feed.source?.size).toBe(10);
  expect(await feed.upTo(10)).toBe(true);
  expect(feed.bytes(8, 10).toString()).toBe('89');
});

describe('a stretch', () => {
  test('counts from where it begins', async () => {
    const feed = coming();
    const stretch = new Stretch(feed, 3, 5);
    expect([stretch.have, stretch.start, stretch.size, stretch.most]).toEqual([0, 0, 5, 5]);
    expect(await stretch.upTo(2)).toBe(true);
    expect([stretch.have, stretch.bytes(0, 2).toString()]).toEqual([5, '34']);
    feed.settle(5);
    expect([stretch.start, stretch.bytes(2, 5).toString()]).toEqual([2, '567']);
    stretch.settle(4);
    expect([feed.start, stretch.start]).toEqual([7, 4]);
  });

  test('ends where it ends, and where its feed does', async () => {
    expect(await new Stretch(coming(), 3, 5).upTo(6)).toBe(false);
    const cut = new Stretch(coming(), 8, 5);
    expect(await cut.upTo(5)).toBe(false);
    expect(cut.have).toBe(2);
  });

  test('of what is held has a source of its own', async () => {
    const { source } = new Stretch(new Held(BYTES), 3, 5);
    expect(source?.size).toBe(5);
    expect(Buffer.from((await source?.read(0, 9)) ?? []).toString()).toBe('34567');
  });
});

describe('a stretch up to a delimiter', () => {
  const from = 2;
  const mark = Buffer.from('78');

  test('has what is surely no part of the delimiter', async () => {
    const marked = new Marked(coming(), from, mark);
    expect(await marked.upTo(1)).toBe(true);
    // Bytes up to 3 came, and the last of them may begin the delimiter.
    expect([marked.have, marked.size, marked.source, marked.isCut]).toEqual([1, Infinity, null, false]);
    expect(marked.bytes(0, 1).toString()).toBe('2');
    expect(await marked.upTo(5)).toBe(true);
    expect(await marked.upTo(6)).toBe(false);
    expect([marked.size, marked.have, marked.isCut]).toEqual([5, 5, false]);
    expect(await marked.upTo(5)).toBe(true);
    expect(marked.bytes(0, 5).toString()).toBe('23456');
  });

  test('is cut where no delimiter comes', async () => {
    const marked = new Marked(coming(), from, Buffer.from('9x'));
    expect(await marked.upTo(7)).toBe(true);
    expect(await marked.upTo(8)).toBe(false);
    expect([marked.isCut, marked.size]).toEqual([true, Infinity]);
  });

  test('of what is held has a source once its end is known', async () => {
    const marked = new Marked(new Held(BYTES), from, mark);
    expect(marked.source).toBeNull();
    await marked.toEnd();
    expect([marked.source?.size, marked.most]).toEqual([5, 8]);
  });

  test('may need bytes before its delimiter', async () => {
    const strays: number[] = [];
    const onStray = (offset: number): never => {
      strays.push(offset);
      throw new Error('stray');
    };
    const led = new Marked(coming(), from, Buffer.from('678'), { lead: 1, onStray });
    expect(await led.upTo(5)).toBe(false);
    expect([led.size, strays]).toEqual([4, []]);
    await expect(new Marked(coming(), from, Buffer.from('x78'), { lead: 1, onStray }).upTo(5)).rejects.toThrow('stray');
    expect(strays).toEqual([7]);
  });
});
