import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plannedRuns } from './planned-runs.js';

const ROOM = { page: 10, size: 1005, gap: 20, most: 1_000 };
const runs = (ranges: readonly (readonly [number, number])[], room: Partial<typeof ROOM> = {}) =>
  plannedRuns(
    ranges.map(([start, end]) => ({ start, end })),
    { ...ROOM, ...room },
  ).map(({ start, end }) => [start, end]);

test.each([
  ['whole pages', [[12, 28]], [[10, 30]]],
  ['pages that it fills', [[10, 20]], [[10, 20]]],
  ['a range before the start', [[-15, 5]], [[0, 10]]],
  ['a range over the end', [[1001, 4000]], [[1000, 1005]]],
  ['a range behind the end', [[1010, 1020]], []],
  ['an empty range', [[20, 20]], []],
  [
    'a gap that is read over',
    [
      [0, 10],
      [30, 40],
    ],
    [[0, 40]],
  ],
  [
    'a gap that is too long',
    [
      [0, 10],
      [31, 40],
      [70, 80],
    ],
    [
      [0, 40],
      [70, 80],
    ],
  ],
  [
    'ranges in their order',
    [
      [500, 510],
      [0, 10],
    ],
    [
      [0, 10],
      [500, 510],
    ],
  ],
  [
    'a range within another',
    [
      [0, 100],
      [20, 30],
    ],
    [[0, 100]],
  ],
])('plans %s', (_, ranges, planned) => {
  expect(runs(ranges.map(([start = 0, end = 0]) => [start, end]))).toEqual(planned);
});

test('what does not fit is left out, and a smaller one behind it is not', () => {
  expect(
    runs(
      [
        [0, 50],
        [200, 260],
        [400, 450],
      ],
      { most: 100 },
    ),
  ).toEqual([
    [0, 50],
    [400, 450],
  ]);
  expect(
    runs(
      [
        [0, 50],
        [60, 110],
      ],
      { most: 109 },
    ),
  ).toEqual([[0, 50]]);
  expect(
    runs(
      [
        [0, 50],
        [60, 110],
      ],
      { most: 110 },
    ),
  ).toEqual([[0, 110]]);
  // What a run has already counts once.
  expect(
    runs(
      [
        [0, 100],
        [0, 50],
        [10, 100],
      ],
      { most: 100 },
    ),
  ).toEqual([[0, 100]]);
});

test('every byte of every range is planned where there is room, in runs that lie apart', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(60)), { maxLength: 10 }), (pairs) => {
      const planned = runs(
        pairs.map(([start, length]) => [start, start + length]),
        { most: 10_000 },
      );
      for (const [start, length] of pairs) {
        const end = Math.min(start + length, ROOM.size);
        const holding = planned.filter(([from = 0, to = 0]) => from <= start && end <= to);
        expect(holding).toHaveLength(end > start ? 1 : holding.length);
      }
      planned.forEach(([start = 0], i) => {
        const before = planned[i - 1]?.[1];
        if (before !== undefined) expect(start - before).toBeGreaterThan(ROOM.gap);
      });
    }),
  );
});
