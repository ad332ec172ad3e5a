import type { Coverage } from '@artifact-sentinel/core';
import type { MemberContent, TensorContent } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { DANGEROUS, reportOf } from '../../test/report-kit.js';
import { MAX_CUT_TENSORS } from '../limits.js';
import { inMember, pinsOf, segmentsOf, sharesOf } from './byte-map.js';

type Range = Coverage['ranges'][number];
type Places = Partial<Pick<MemberContent, 'start' | 'end' | 'depth' | 'packed' | 'format'>>;

function member(path: string, places: Places): MemberContent {
  return { kind: 'member', path, format: null, depth: 1, size: 0, start: 0, end: 0, packed: false, ...places };
}

function tensor(name: string, start: number | null, end: number | null): TensorContent {
  return { kind: 'tensor', path: 'a', name, dtype: 'U8', shape: [1], start, end } as unknown as TensorContent;
}

function coverage(ranges: readonly Range[], totals: Coverage['totals'] = []): Coverage {
  return { totals, ranges, moreRanges: 0 };
}

const parsed = (start: number, end: number): Range => ({ start, end, kind: 'parsed', reason: null });
const opaque = (start: number, end: number, reason: Range['reason']): Range => ({ start, end, kind: 'opaque', reason });

describe('the kinds of bytes', () => {
  const kinds = (
    ranges: readonly Range[],
    totals: Coverage['totals'] = [],
    members: readonly MemberContent[] = [],
  ): unknown => segmentsOf(10, coverage(ranges, totals), members, []).map(({ start, end, kind }) => [start, end, kind]);

  test('are those of the coverage', () => {
    expect(
      kinds([
        parsed(0, 2),
        opaque(2, 4, 'tensor-storage'),
        opaque(4, 6, 'array-data'),
        opaque(6, 8, 'not-analysed'),
        { start: 8, end: 9, kind: 'unread', reason: null },
        opaque(9, 10, 'padding'),
      ] as Range[]),
    ).toEqual([
      [0, 2, 'parsed'],
      [2, 6, 'tensors'],
      [6, 8, 'opaque'],
      [8, 9, 'unread'],
      [9, 10, 'filler'],
    ]);
  });

  test('behind the listed ranges are those of most bytes, or of the member', () => {
    const totals: Coverage['totals'] = [
      { kind: 'parsed', reason: null, bytes: 3 },
      { kind: 'unread', reason: null, bytes: 7 },
    ];
    expect(kinds([parsed(0, 3)], totals)).toEqual([
      [0, 3, 'parsed'],
      [3, 10, 'unread'],
    ]);
    // Of two with as many bytes the first.
    expect(kinds([], [{ kind: 'parsed', reason: null, bytes: 5 }, ...totals.slice(1), ...totals.slice(1)])).toEqual([
      [0, 10, 'unread'],
    ]);
    expect(
      kinds(
        [],
        [
          { kind: 'parsed', reason: null, bytes: 5 },
          { kind: 'unread', reason: null, bytes: 5 },
        ],
      ),
    ).toEqual([[0, 10, 'parsed']]);
    expect(kinds([])).toEqual([[0, 10, 'unread']]);
    const members = ['storage', 'npy', 'pickle'].map((format, i) =>
      member(format, { format, start: 3 * i, end: 3 * i + 3 }),
    );
    expect(kinds([], totals, members)).toEqual([
      [0, 3, 'tensors'],
      [3, 6, 'tensors'],
      [6, 9, 'unread'],
      [9, 10, 'unread'],
    ]);
  });

  test('a range that begins later begins a segment', () => {
    expect(kinds([parsed(4, 6)], [{ kind: 'unread', reason: null, bytes: 8 }])).toEqual([
      [0, 4, 'unread'],
      [4, 6, 'parsed'],
      [6, 10, 'unread'],
    ]);
  });
});

describe('members', () => {
  const held = (...members: readonly MemberContent[]): unknown =>
    segmentsOf(20, coverage([parsed(0, 20)]), members, []).map(({ start, end, member: path, packed }) => [
      start,
      end,
      path,
      packed,
    ]);

  test('of a container that lies as it is are shown instead of it; of a packed one it is', () => {
    const inner = [member('in', { start: 4, end: 8, depth: 2 })];
    expect(held(member('out', { start: 2, end: 10 }), ...inner)).toEqual([
      [0, 4, null, false],
      [4, 8, 'in', false],
      [8, 20, null, false],
    ]);
    expect(held(member('out', { start: 2, end: 10, packed: true }), ...inner)).toEqual([
      [0, 2, null, false],
      [2, 10, 'out', true],
      [10, 20, null, false],
    ]);
    expect(
      held(member('out', { start: 2, end: 10 }), member('in', { start: 2, end: 10, depth: 2, packed: true })),
    ).toEqual([
      [0, 2, null, false],
      [2, 10, 'out', false],
      [10, 20, null, false],
    ]);
  });

  test('without a place, without bytes, and the artifact itself are none', () => {
    expect(
      held(
        member('nowhere', { start: null, end: null }),
        member('open', { start: 3, end: null }),
        member('empty', { start: 5, end: 5 }),
        member('all', { start: 0, end: 20, depth: 0 }),
      ),
    ).toEqual([[0, 20, null, false]]);
  });

  test('side by side are two segments', () => {
    expect(held(member('b', { start: 5, end: 20 }), member('a', { start: 0, end: 5 }))).toEqual([
      [0, 5, 'a', false],
      [5, 20, 'b', false],
    ]);
  });

  test('a range belongs to the innermost of those that hold all of it', () => {
    const members = [
      member('file', { start: 0, end: 20, depth: 3 }),
      member('out', { start: 2, end: 12, depth: 1 }),
      member('in', { start: 4, end: 10, depth: 2 }),
      member('packed', { start: 4, end: 10, depth: 3, packed: true }),
      member('open', { start: 4, end: null, depth: 3 }),
    ];
    const at = (start: number, end: number): unknown => {
      const { member: path, range } = inMember({ start, end }, 'file', members);
      return [path, range.start, range.end];
    };
    expect([at(4, 10), at(4, 11), at(3, 10), at(2, 12), at(1, 12), at(2, 13)]).toEqual([
      ['in', 0, 6],
      ['out', 2, 9],
      ['out', 1, 8],
      ['out', 0, 10],
      [null, 1, 12],
      [null, 2, 13],
    ]);
  });
});

describe('tensors', () => {
  const cut = (tensors: readonly TensorContent[], size = 20): readonly unknown[] =>
    segmentsOf(size, coverage([opaque(0, size, 'tensor-storage')]), [], tensors).map((segment) => [
      segment.start,
      segment.end,
      segment.tensor?.name ?? null,
      segment.moreTensors,
    ]);

  test('cut the map where they begin and end; those without bytes do not', () => {
    expect(cut([tensor('b', 8, 12), tensor('none', 3, 3), tensor('a', 2, 6), tensor('far', null, null)])).toEqual([
      [0, 2, null, 0],
      [2, 6, 'a', 0],
      [6, 8, null, 0],
      [8, 12, 'b', 0],
      [12, 20, null, 0],
    ]);
  });

  test('are counted where there are too many', () => {
    const many = (count: number): TensorContent[] => Array.from({ length: count }, (_, i) => tensor(`t${i}`, i, i + 1));
    expect(cut(many(MAX_CUT_TENSORS), MAX_CUT_TENSORS)).toHaveLength(MAX_CUT_TENSORS);
    expect(cut(many(MAX_CUT_TENSORS + 1), MAX_CUT_TENSORS + 1)).toEqual([
      [0, MAX_CUT_TENSORS + 1, 't0', MAX_CUT_TENSORS],
    ]);
  });
});

test('shares of one kind are one, the largest first; an empty file has none', () => {
  const totals = [
    { kind: 'parsed', reason: null, bytes: 10 },
    { kind: 'opaque', reason: 'tensor-storage', bytes: 20 },
    { kind: 'opaque', reason: 'array-data', bytes: 10 },
  ] as const;
  expect(sharesOf(coverage([], totals), 40)).toEqual([
    { kind: 'tensors', bytes: 30, share: 0.75 },
    { kind: 'parsed', bytes: 10, share: 0.25 },
  ]);
  expect(sharesOf(coverage([], [{ kind: 'parsed', reason: null, bytes: 0 }]), 0)).toEqual([
    { kind: 'parsed', bytes: 0, share: 0 },
  ]);
});

test('pins lie where findings do, and those on each other are one', async () => {
  const [finding] = (await reportOf({ 'a.pkl': DANGEROUS })).findings;
  if (finding === undefined) throw new Error('no finding');
  const members = [
    member('a!raw', { start: 500, end: 900 }),
    member('a!packed', { start: 250, end: 300, packed: true }),
    member('a!nowhere', { start: null, end: null }),
  ];
  const pins = (places: readonly (readonly [string, number | null])[], size = 1000): readonly number[] =>
    pinsOf(
      { path: 'a', size },
      places.map(([path, offset]) => ({ ...finding, location: { ...finding.location, path, offset } })),
      members,
    );
  expect(
    pins([
      ['a', 0],
      ['a', 100],
      ['a', 102],
      ['a', 103],
      ['a!raw', 100],
      ['a!packed', 700],
      ['a!raw', 5000],
    ]),
  ).toEqual([0, 0.1, 0.103, 0.6, 0.25, 1]);
  expect(
    pins([
      ['a', null],
      ['a!nowhere', 1],
      ['b', 1],
    ]),
  ).toEqual([]);
  expect(pins([['a', 0]], 0)).toEqual([]);
});
