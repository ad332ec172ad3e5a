import { describe, expect, test } from 'vitest';
import { WINDOW_BYTES, windowSource } from './window-source.ts';

const MB = WINDOW_BYTES;
/** Bytes that say where they lie, and what was fetched of them, in windows. */
function counted(size: number) {
  const fetched: (readonly [number, number])[] = [];
  const byteAt = (offset: number): number => (offset * 7 + Math.floor(offset / 251)) & 0xff;
  const source = windowSource(size, async (offset, length) => {
    fetched.push([offset / MB, length]);
    return Uint8Array.from({ length }, (_, i) => byteAt(offset + i));
  });
  const isRight = async (offset: number, length: number, expected = length): Promise<boolean> => {
    const bytes = await source.read(offset, length);
    return bytes.length === expected && bytes.every((byte, i) => byte === byteAt(offset + i));
  };
  return { source, fetched, isRight };
}

describe('a body that lies elsewhere', () => {
  test('is read by windows, each of them once', async () => {
    const { source, fetched, isRight } = counted(2 * MB + 5);
    expect(source.size).toBe(2 * MB + 5);
    expect(await isRight(0, 10)).toBe(true);
    expect(await isRight(MB - 3, 3)).toBe(true);
    expect(fetched).toEqual([[0, MB]]);
    expect(await isRight(MB, 4)).toBe(true);
    expect(await isRight(MB - 2, 5)).toBe(true);
    expect(fetched).toEqual([
      [0, MB],
      [1, MB],
    ]);
    expect(await isRight(10, 2 * MB - 5)).toBe(true);
    expect(fetched.at(-1)).toEqual([2, 5]);
  });

  test('ends where it ends', async () => {
    const { fetched, isRight } = counted(MB + 5);
    expect(await isRight(MB + 2, 10, 3)).toBe(true);
    expect(await isRight(MB - 1, 10, 6)).toBe(true);
    expect(await isRight(MB + 5, 1, 0)).toBe(true);
    expect(await isRight(MB + 9, 1, 0)).toBe(true);
    expect(await isRight(3, 0, 0)).toBe(true);
    expect(fetched).toEqual([
      [1, 5],
      [0, MB],
    ]);
  });

  test('has the six windows at hand that were used last', async () => {
    const { source, fetched } = counted(7 * MB);
    const windows = async (...indexes: number[]): Promise<number[]> => {
      fetched.length = 0;
      for (const index of indexes) await source.read(index * MB, 1);
      return fetched.map(([index]) => index);
    };
    expect(await windows(0, 1, 2, 3, 4, 5)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await windows(0, 5)).toEqual([]);
    // The first was used since, so that the second one is given up.
    expect(await windows(6, 0, 2, 1)).toEqual([6, 1]);
  });
});
