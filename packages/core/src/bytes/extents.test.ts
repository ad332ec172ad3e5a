import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gapsBetween, isCovered, overlapsIn } from './extents.js';

const range = (start: number, end: number) => ({ start, end });

describe('gapsBetween', () => {
  test.each([
    ['no extent', [], 5, [[0, 5]]],
    ['nothing to cover', [], 0, []],
    ['one extent over all', [[0, 5]], 5, []],
    [
      'bytes before, between and behind',
      [
        [7, 9],
        [2, 4],
      ],
      12,
      [
        [0, 2],
        [4, 7],
        [9, 12],
      ],
    ],
    [
      'extents that touch',
      [
        [0, 2],
        [2, 5],
      ],
      5,
      [],
    ],
    [
      'one byte between',
      [
        [0, 2],
        [3, 5],
      ],
      5,
      [[2, 3]],
    ],
    [
      'a short extent within a long one',
      [
        [0, 8],
        [1, 2],
        [9, 10],
      ],
      10,
      [[8, 9]],
    ],
    ['an extent behind the end', [[8, 9]], 5, [[0, 5]]],
    [
      'two extents behind the end',
      [
        [8, 9],
        [20, 30],
      ],
      5,
      [[0, 5]],
    ],
    [
      'an extent over the end',
      [
        [3, 9],
        [12, 13],
      ],
      5,
      [[0, 3]],
    ],
    [
      'an extent that begins at the end',
      [
        [0, 3],
        [5, 9],
      ],
      5,
      [[3, 5]],
    ],
  ])('%s', (_, extents, size, gaps) => {
    expect(
      gapsBetween(
        extents.map(([start = 0, end = 0]) => range(start, end)),
        size,
      ),
    ).toEqual(gaps.map(([start = 0, end = 0]) => range(start, end)));
  });
});

describe('overlapsIn', () => {
  test('pairs each extent with the widest before it', () => {
    const [a, b, c, d, e] = [range(0, 10), range(2, 4), range(9, 12), range(12, 14), range(13, 14)];
    expect(overlapsIn([d, b, a, e, c])).toEqual([
      { first: a, second: b },
      { first: a, second: c },
      { first: d, second: e },
    ]);
  });

  test('an extent that reaches as far as the widest does not take its place', () => {
    const [a, b, c] = [range(0, 10), range(1, 10), range(2, 3)];
    expect(overlapsIn([a, b, c])).toEqual([
      { first: a, second: b },
      { first: a, second: c },
    ]);
  });

  test('of two with one start the shorter comes first', () => {
    const [a, b] = [range(3, 9), range(3, 5)];
    expect(overlapsIn([a, b])).toEqual([{ first: b, second: a }]);
  });

  test('extents that touch do not overlap', () => {
    expect(overlapsIn([range(4, 6), range(0, 4)])).toEqual([]);
    expect(overlapsIn([])).toEqual([]);
  });
});

test('a byte is covered, a gap, or behind the end', () => {
  const extents = fc.array(fc.tuple(fc.nat(40), fc.nat(12)), { maxLength: 8 });
  fc.assert(
    fc.property(extents, fc.nat(40), (pairs, size) => {
      const list = pairs.map(([start, length]) => range(start, start + length)).toSorted((a, b) => a.start - b.start);
      const gaps = gapsBetween(list, size);
      for (let i = 0; i < size; i += 1) {
        const covered = list.some(({ start, end }) => i >= start && i < end);
        expect(isCovered(list, i)).toBe(covered);
        expect(gaps.filter(({ start, end }) => i >= start && i < end)).toHaveLength(covered ? 0 : 1);
      }
      expect(gaps.every(({ start, end }) => start < end && end <= size)).toBe(true);
    }),
  );
});
