import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { memorySource, type ByteRange, type ByteSource } from '../../bytes/source.js';
import { InputError } from '../../model/errors.js';
import { Cursor } from './cursor.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A source of zeros that notes what is asked of it. */
function noted(size: number): {
  readonly source: ByteSource;
  readonly reads: (readonly [offset: number, length: number])[];
  readonly planned: ByteRange[];
} {
  const reads: (readonly [number, number])[] = [];
  const planned: ByteRange[] = [];
  const source: ByteSource = {
    size,
    read: (offset, length) => {
      reads.push([offset, length]);
      return new Uint8Array(Math.min(length, size - offset));
    },
    prefetch: async (ranges) => {
      planned.push(...ranges);
    },
  };
  return { source, reads, planned };
}

const errorOf = async (doing: () => unknown): Promise<unknown> => {
  try {
    return await doing();
  } catch (error) {
    return error instanceof InputError ? [error.message, error.offset, error.fault] : error;
  }
};

describe('numbers and bytes', () => {
  const bytes = Uint8Array.of(9, 1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0, 4, 5, 6);

  test.each([
    [true, 0x0200_0001, 4 * 2 ** 56 + 3],
    [false, 0x0100_0002, 3 * 2 ** 56 + 4],
  ])('are read one after the other; little endian: %s', async (littleEndian, first, second) => {
    const cursor = new Cursor(memorySource(bytes), budgetOf());
    cursor.littleEndian = littleEndian;
    await cursor.need(15, 'all');
    expect([cursor.offset, cursor.left]).toEqual([0, 15]);
    expect([...cursor.take(1)]).toEqual([9]);
    expect([cursor.u32(), cursor.offset]).toEqual([first, 5]);
    expect([cursor.u64(), cursor.offset, cursor.left]).toEqual([second, 13, 2]);
    expect([...cursor.take(2)]).toEqual([5, 6]);
  });

  test('are little endian at first, and at their place after another read', async () => {
    const { source } = noted(100 * KIB);
    const own: ByteSource = { ...source, read: (at, length) => new Uint8Array(length).fill(at === 0 ? 1 : 2) };
    const cursor = new Cursor(own, budgetOf());
    await cursor.need(8, 'one');
    expect(cursor.littleEndian).toBe(true);
    cursor.skip(64 * KIB - 2, 'a step');
    expect([cursor.has(2), cursor.has(3)]).toEqual([true, false]);
    await cursor.need(4, 'two');
    expect(cursor.u32()).toBe(0x0202_0202);
    expect([...cursor.take(2)]).toEqual([2, 2]);
  });
});

describe('what is not there', () => {
  test.each<[string, (cursor: Cursor) => unknown, unknown]>([
    ['all there is', (cursor) => cursor.need(5, 'it'), undefined],
    ['one byte more', (cursor) => cursor.need(6, 'it'), ['truncated: it needs 6 bytes, 5 are there', 2, 'truncated']],
    ['a step to the end', (cursor) => cursor.skip(5, 'it'), undefined],
    ['a step beyond', (cursor) => cursor.skip(6, 'it'), ['truncated: it needs 6 bytes, 5 are there', 2, 'truncated']],
  ])('%s', async (_, doing, expected) => {
    const cursor = new Cursor(memorySource(new Uint8Array(7)), budgetOf());
    cursor.skip(2, 'the first');
    expect(await errorOf(() => doing(cursor))).toEqual(expected);
  });

  test('a source that gives less than it says', async () => {
    const cursor = new Cursor({ size: 10, read: () => new Uint8Array(3) }, budgetOf());
    expect(await errorOf(() => cursor.need(4, 'it'))).toEqual(['truncated in it', 0, 'truncated']);
    expect(await errorOf(() => cursor.need(3, 'it'))).toBe(undefined);
  });
});

describe('reads', () => {
  test('are as large as what is needed, and twice as large each time up to a bound', async () => {
    const { source, reads } = noted(2 ** 30);
    const cursor = new Cursor(source, budgetOf());
    for (let i = 0; i < 6; i += 1) {
      await cursor.need(1, 'it');
      cursor.take(reads.at(-1)?.[1] ?? 0);
    }
    await cursor.need(3 * MIB, 'much');
    await cursor.need(3 * MIB, 'what is there');
    expect(reads.map(([, length]) => length / KIB)).toEqual([64, 128, 256, 512, 1024, 1024, 3072]);
  });

  test('are small again far ahead', async () => {
    const { source, reads } = noted(2 ** 30);
    const cursor = new Cursor(source, budgetOf());
    await cursor.need(1, 'it');
    cursor.skip(128 * KIB, 'near');
    await cursor.need(1, 'it');
    cursor.skip(128 * KIB + 64 * KIB + 1, 'far');
    await cursor.need(1, 'it');
    expect(reads.map(([, length]) => length / KIB)).toEqual([64, 128, 64]);
  });

  test('are asked for together as far as is known', async () => {
    const { source, reads, planned } = noted(2 ** 30);
    const cursor = new Cursor(source, budgetOf());
    await cursor.need(8, 'a length', 2 * MIB + 5);
    expect(planned).toEqual([{ start: 0, end: 2 * MIB + 5 }]);
    cursor.skip(MIB, 'texts');
    await cursor.need(8, 'a length', 99 * MIB);
    cursor.skip(MIB, 'texts');
    await cursor.need(8, 'a length');
    expect(reads).toEqual([
      [0, MIB],
      [MIB, MIB],
      [2 * MIB, 8],
    ]);
    expect(planned).toHaveLength(1);
    cursor.skip(8, 'texts');
    await cursor.need(8, 'a length', 99 * MIB);
    expect(planned.slice(1)).toEqual([{ start: 2 * MIB + 8, end: 10 * MIB + 8 }]);
  });

  test('plan no less than a first read, and nothing behind the end', async () => {
    const { source, planned } = noted(100 * KIB);
    const cursor = new Cursor(source, budgetOf());
    await cursor.need(8, 'a length', 9);
    cursor.skip(64 * KIB, 'texts');
    await cursor.need(8, 'a length', 9);
    expect(planned).toEqual([
      { start: 0, end: 64 * KIB },
      { start: 64 * KIB, end: 100 * KIB },
    ]);
  });
});
