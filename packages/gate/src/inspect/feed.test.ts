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

describe('bytes that are held', () => {
  test('are all at hand', async () => {
    const held = new Held(BYTES);
    expect([held.size, held.most, held.have, held.start, held.source.size]).toEqual([10, 10, 10, 0, 10]);
    expect([await held.upTo(10), await held.upTo(11)]).toEqual([true, false]);
    held.settle();
    expect([held.start, held.bytes(2, 4).toString()]).toEqual([0, '23']);
  });
});

describe('what is asked for', () => {
  test('of a body that comes: steps of 256 KB, from where it goes on, and not again behind its end', async () => {
    const asked: number[][] = [];
    const feed = new Ahead(99, async (offset, length, settled) => {
      asked.push([offset, length, settled]);
      return BYTES.subarray(offset, offset + 4);
    });
    expect(await feed.upTo(4)).toBe(true);
    expect(await feed.upTo(4)).toBe(true);
    feed.settle(2);
    expect(await feed.upTo(5)).toBe(true);
    feed.settle(99);
    expect(feed.start).toBe(8);
    expect(await feed.upTo(12)).toBe(false);
    expect(await feed.upTo(10)).toBe(true);
    expect(await feed.upTo(12)).toBe(false);
    expect(asked).toEqual([
      [0, 262_144, 0],
      [4, 262_144, 2],
      [8, 262_144, 8],
      [10, 262_144, 8],
    ]);
  });

  test('bytes that end before they begin are none', async () => {
    const feed = coming();
    await feed.upTo(8);
    feed.settle(4);
    expect([feed.bytes(5, 2).length, feed.bytes(4, 4).length, feed.bytes(4, 5).toString()]).toEqual([0, 0, '4']);
    feed.settle(4);
    expect(feed.start).toBe(4);
  });
});

describe('a stretch', () => {
  test('that begins behind what is at hand has nothing yet', async () => {
    const feed = coming();
    await feed.upTo(1);
    const stretch = new Stretch(feed, 6, 2);
    expect([stretch.have, stretch.start]).toEqual([0, 0]);
    expect(await stretch.upTo(0)).toBe(true);
    expect(await stretch.upTo(2)).toBe(true);
    expect(await stretch.upTo(3)).toBe(false);
    expect(stretch.bytes(0, 2).toString()).toBe('67');
  });

  test('of a body that comes has no source, and one of no bytes none of them', async () => {
    expect(new Stretch(coming(), 1, 2).source).toBeNull();
    expect(new Stretch(new Held(BYTES), 5, 0).source?.size).toBe(0);
  });
});

describe('a delimiter', () => {
  test('may be the first thing, and the last one', async () => {
    const first = new Marked(new Held(BYTES), 0, Buffer.from('01'));
    expect(await first.upTo(1)).toBe(false);
    expect([first.size, first.have, first.start, first.source?.size]).toEqual([0, 0, 0, 0]);
    const last = new Marked(coming(), 0, Buffer.from('89'));
    expect(await last.upTo(8)).toBe(true);
    expect(await last.upTo(9)).toBe(false);
    expect(last.size).toBe(8);
  });

  test.each([1, 2, 3, 4, 5, 7])('is found however it is cut: %i bytes at a time', async (step) => {
    for (const mark of ['3', '34', '345', '3456', '6789']) {
      const marked = new Marked(
        new Ahead(99, async (offset) => BYTES.subarray(offset, offset + step)),
        1,
        Buffer.from(mark),
      );
      const seen: number[] = [];
      for (let end = 1; end <= 6; end += 1) {
        const isThere = await marked.upTo(end);
        seen.push(isThere ? 1 : 0);
        expect(marked.have).toBeGreaterThanOrEqual(isThere ? end : 0);
        expect(marked.have).toBeLessThanOrEqual(BYTES.indexOf(mark) - 1);
      }
      expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((end) => (end <= BYTES.indexOf(mark) - 1 ? 1 : 0)));
      expect([marked.size, marked.isCut]).toEqual([BYTES.indexOf(mark) - 1, false]);
    }
  });

  test.each([1, 2, 3, 4, 5])('with a lead is found however it is cut: %i bytes at a time', async (step) => {
    const onStray = (offset: number): never => {
      throw new Error(`stray ${offset}`);
    };
    const marked = (mark: string, from: number) =>
      new Marked(new Ahead(99, async (offset) => BYTES.subarray(offset, offset + step)), from, Buffer.from(mark), {
        lead: 2,
        onStray,
      });
    const one = marked('4567', 1);
    for (let end = 1; end <= 3; end += 1) expect(await one.upTo(end)).toBe(true);
    expect(await one.upTo(4)).toBe(false);
    expect([one.size, one.have]).toEqual([3, 3]);
    // The lead may begin the stretch, and no earlier.
    expect(await marked('4567', 4).upTo(1)).toBe(false);
    await expect(marked('4567', 5).upTo(1)).rejects.toThrow('stray 6');
    await expect(marked('4x67', 1).upTo(9)).rejects.toThrow('stray 6');
  });

  test('that does not come leaves what may begin it in doubt', async () => {
    const marked = new Marked(coming(), 2, Buffer.from('9ab'));
    expect(await marked.upTo(4)).toBe(true);
    expect(marked.have).toBeLessThanOrEqual(8);
    await marked.toEnd();
    expect([marked.isCut, marked.size, marked.source]).toEqual([true, Infinity, null]);
    expect(await marked.upTo(1)).toBe(false);
  });

  test('counts from where its stretch begins', async () => {
    const feed = coming();
    const marked = new Marked(feed, 3, Buffer.from('8'));
    expect([marked.most, marked.have, marked.start]).toEqual([96, 0, 0]);
    await marked.upTo(3);
    marked.settle(2);
    expect([feed.start, marked.start, marked.bytes(2, 3).toString()]).toEqual([5, 2, '5']);
  });

  test('is looked for to the end of a body that may be read again, which is given up meanwhile', async () => {
    const large = Buffer.alloc(700_000, 'a');
    large.write('!', 650_000);
    const spooled = Ahead.of(memorySource(large));
    const marked = new Marked(spooled, 10, Buffer.from('!'));
    await marked.toEnd();
    expect([marked.size, spooled.start > 100_000]).toEqual([649_990, true]);
    const passing = new Ahead(2 ** 30, async (offset, length) => large.subarray(offset, offset + length));
    const held = new Marked(passing, 10, Buffer.from('!'));
    await held.toEnd();
    expect([held.size, passing.start]).toEqual([649_990, 0]);
  });
});
