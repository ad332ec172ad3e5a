import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Cells,
  CONTENT,
  FIRST_MARKED,
  KEPT_ITEMS,
  KIND,
  LIVE,
  MARK,
  Memo,
  NODE_BIT,
  Nodes,
  PlacedCells,
  kindOf,
  packHi,
  refOf,
  type Kind,
} from './cells.js';

/** Cells of the given kind whose references count up from `first`. */
function cellsOf(length: number, kind: Kind = KIND.int, first = 0): PlacedCells {
  const cells = new PlacedCells(length);
  for (let i = 0; i < length; i += 1) {
    cells.hi[i] = packHi(kind, first + i);
    cells.lo[i] = first + i;
  }
  return cells;
}

function refs(items: readonly { hi: number; lo: number }[] | undefined): readonly number[] | undefined {
  return items?.map(({ hi, lo }) => refOf(hi, lo));
}

describe('a cell', () => {
  test('tells kinds and marks apart', () => {
    const kinds = Object.values(KIND);
    expect(new Set(kinds).size).toBe(kinds.length);
    const marks = Object.values(MARK);
    expect(marks.reduce((sum, mark) => sum + mark, 0)).toBe(marks.reduce<number>((all, mark) => all | mark, 0));
    expect(marks.every((mark) => Number.isInteger(Math.log2(mark)))).toBe(true);
  });

  test('has marks from the globals on, and items from the tuple on', () => {
    const named = (holds: (kind: number) => boolean): readonly string[] =>
      Object.entries(KIND).flatMap(([name, kind]) => (holds(kind) ? [name] : []));
    const nodes = ['tuple', 'list', 'dict', 'set', 'frozenset'];
    expect(named((kind) => (kind & NODE_BIT) !== 0)).toEqual(nodes);
    expect(named((kind) => kind >= FIRST_MARKED)).toEqual(['global', 'object', 'persistent', 'made', ...nodes]);
  });

  test('hands on what it holds, not how it came there', () => {
    const handedOn = Object.entries(MARK).flatMap(([name, mark]) => ((CONTENT & mark) === 0 ? [] : [name]));
    expect(handedOn).toEqual(['globals', 'data', 'open', 'unfinished', 'kin', 'inner', 'special']);
    expect(LIVE).toBe(MARK.open | MARK.kin | MARK.inner);
  });

  test('holds every kind and every offset of 42 bits', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(KIND)), fc.integer({ min: 0, max: 2 ** 42 - 1 }), (kind, ref) => {
        const cells = new Cells(1);
        cells.hi[0] = packHi(kind, ref);
        cells.lo[0] = ref;
        expect([kindOf(cells.hi[0]), refOf(cells.hi[0], cells.lo[0])]).toEqual([kind, ref]);
      }),
      {
        examples: [2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1].map((ref): [Kind, number] => [KIND.tuple, ref]),
      },
    );
  });
});

describe('cells', () => {
  test('keep what they hold when they grow, and what is new is unset', () => {
    const cells = cellsOf(100);
    cells.grow(101);
    expect(cells.capacity).toBe(400);
    expect(Array.from({ length: 100 }, (_, i) => refOf(cells.hi[i] ?? 0, cells.lo[i] ?? 0))).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
    expect(cells.hi.slice(100).every((half) => half === KIND.hole)).toBe(true);
  });

  test.each([
    [256, 257, 512],
    [256, 10_000, 10_000],
    [1 << 20, (1 << 20) + 1, 1.5 * 2 ** 20],
  ])('of capacity %i that need %i grow to %i', (capacity, needed, expected) => {
    const cells = new Cells(capacity);
    cells.grow(needed);
    expect([cells.hi.length, cells.lo.length]).toEqual([expected, expected]);
  });

  test('are copied, not shared', () => {
    const cells = cellsOf(3);
    const copy = cells.copy();
    cells.lo[1] = 77;
    expect([...copy.lo]).toEqual([0, 1, 2]);
  });
});

describe('a memo', () => {
  test('agrees with a map, also over the ends of its segments, and its copies go their own ways', () => {
    const slot = fc.oneof(
      fc.nat(200),
      fc.integer({ min: 262_100, max: 262_200 }),
      fc.integer({ min: 0, max: 600_000 }),
    );
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 60 }), fc.nat(300_000), (slots, from) => {
        const memo = new Memo();
        const model = new Map<number, number>();
        for (const [i, at] of slots.entries()) {
          memo.grow(at + 1);
          memo.set(at, KIND.int, i, i);
          model.set(at, i);
        }
        const copy = memo.copy();
        copy.clearFrom(from);
        for (const [at, value] of model) {
          expect([memo.hiOf(at), memo.loOf(at)]).toEqual([KIND.int, value]);
          expect(copy.hiOf(at)).toBe(at < from ? KIND.int : KIND.hole);
        }
        for (const at of [0, 63, 64, 262_143, 262_144, 599_999, 2 ** 31, 2 ** 40]) {
          if (!model.has(at)) expect([memo.hiOf(at), memo.loOf(at)]).toEqual([KIND.hole, 0]);
        }
      }),
    );
  });
});

describe('nodes', () => {
  test('keep the first items and count all of them', () => {
    const nodes = new Nodes();
    const node = nodes.create(0);
    nodes.add(node, cellsOf(200), 0, 200);
    expect(nodes.count(node)).toBe(200);
    expect(refs(nodes.items(node))).toEqual(Array.from({ length: KEPT_ITEMS }, (_, i) => i));
  });

  test('that grow one by one keep their order', () => {
    const nodes = new Nodes();
    const [a, b] = [nodes.create(0), nodes.create(0)];
    for (let i = 0; i < 100; i += 1) {
      nodes.add(a, cellsOf(1, KIND.int, i), 0, 1);
      nodes.add(b, cellsOf(1, KIND.int, 1000 + i), 0, 1);
    }
    expect(refs(nodes.items(a))).toEqual(Array.from({ length: KEPT_ITEMS }, (_, i) => i));
    expect(refs(nodes.items(b))).toEqual(Array.from({ length: KEPT_ITEMS }, (_, i) => 1000 + i));
    expect([nodes.count(a), nodes.count(b)]).toEqual([100, 100]);
  });

  test('weigh what a reader would build that copies what is shared', () => {
    const nodes = new Nodes();
    let node = nodes.create(0);
    nodes.add(node, cellsOf(2), 0, 2);
    expect(nodes.weight(node)).toBe(3);
    for (let i = 0; i < 50; i += 1) {
      const outer = nodes.create(0);
      const twice = new PlacedCells(2);
      twice.hi.fill(packHi(KIND.tuple, node));
      twice.lo.fill(node);
      nodes.add(outer, twice, 0, 2);
      node = outer;
    }
    expect(nodes.weight(node)).toBeGreaterThan(2 ** 51);
    expect(nodes.maxWeight).toBe(nodes.weight(node));
  });

  test('that the ring has lost are unknown, never another node', () => {
    const nodes = new Nodes();
    const first = nodes.create(0);
    nodes.add(first, cellsOf(3), 0, 3);
    const many = (1 << 18) + 10;
    for (let i = 0; i < many; i += 1) nodes.create(0);
    expect(nodes.items(first)).toBeUndefined();
    expect(nodes.count(first)).toBeNull();
    nodes.add(first, cellsOf(3, KIND.int, 50), 0, 3);
    expect(nodes.items(first)).toBeUndefined();
    // The node that took its place was not touched.
    const successor = first + (1 << 18);
    expect([refs(nodes.items(successor)), nodes.count(successor)]).toEqual([[], 0]);
  });

  test('whose items the ring has lost are unknown, their counts still exact', () => {
    const nodes = new Nodes();
    const first = nodes.create(0);
    nodes.add(first, cellsOf(3), 0, 3);
    const items = cellsOf(KEPT_ITEMS);
    for (let i = 0; i < (1 << 20) / KEPT_ITEMS + 1; i += 1) nodes.add(nodes.create(0), items, 0, KEPT_ITEMS);
    expect(nodes.items(first)).toBeUndefined();
    expect(nodes.count(first)).toBe(3);
    nodes.add(first, cellsOf(2), 0, 2);
    expect(nodes.items(first)).toBeUndefined();
    expect(nodes.count(first)).toBe(5);
  });

  test('that are sealed know their items, count and weight; what is sealed does not grow', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 80 }), (lengths) => {
        const nodes = new Nodes();
        const sealed = lengths.map((length, i) => {
          const cells = cellsOf(length, KIND.text, i * 1000);
          nodes.seal(KIND.tuple, cells, 0, length);
          const [hi, lo] = [cells.hi[0] ?? 0, cells.lo[0] ?? 0];
          expect(kindOf(hi)).toBe(KIND.tuple);
          nodes.add(refOf(hi, lo), cellsOf(1), 0, 1);
          return refOf(hi, lo);
        });
        sealed.forEach((number, i) => {
          const length = lengths[i] ?? 0;
          // More items than are kept make a node of the other kind.
          if (length > KEPT_ITEMS) return;
          expect(refs(nodes.items(number))).toEqual(Array.from({ length }, (_, item) => i * 1000 + item));
          expect([nodes.count(number), nodes.weight(number)]).toEqual([length, length + 1]);
        });
      }),
    );
  });

  test('that are sealed are forgotten when the ring has moved on', () => {
    const nodes = new Nodes();
    const seal = (): number => {
      const cells = cellsOf(3);
      nodes.seal(KIND.tuple, cells, 0, 3);
      return refOf(cells.hi[0] ?? 0, cells.lo[0] ?? 0);
    };
    const first = seal();
    for (let i = 1; i < (1 << 20) / 4; i += 1) seal();
    expect(refs(nodes.items(first))).toEqual([0, 1, 2]);
    const last = seal();
    expect([nodes.items(first), nodes.count(first), nodes.weight(first)]).toEqual([undefined, null, 1]);
    expect([refs(nodes.items(last)), nodes.count(last), nodes.weight(last)]).toEqual([[0, 1, 2], 3, 4]);
  });

  test('that are sealed in each other weigh what a copy of them would', () => {
    const nodes = new Nodes();
    const cells = cellsOf(2);
    nodes.seal(KIND.tuple, cells, 0, 2);
    for (let i = 0; i < 2000; i += 1) {
      cells.hi[1] = cells.hi[0] ?? 0;
      cells.lo[1] = cells.lo[0] ?? 0;
      nodes.seal(KIND.tuple, cells, 0, 2);
      if (i === 2) expect(nodes.weight(refOf(cells.hi[0] ?? 0, cells.lo[0] ?? 0))).toBe(8 * 3 + 7 * 3);
    }
    expect(nodes.maxWeight).toBe(Infinity);
  });

  test('agree with plain arrays as long as nothing is lost', () => {
    const step = fc.record({ node: fc.nat(5), length: fc.oneof(fc.constant(1), fc.nat(40)) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const nodes = new Nodes();
        const numbers = Array.from({ length: 6 }, () => nodes.create(0));
        const model = numbers.map((): number[] => []);
        let next = 0;
        for (const { node, length } of steps) {
          const cells = cellsOf(length, KIND.int, next);
          if (length === 1) {
            // As APPEND does: the node's own cell, then the item.
            const pair = new PlacedCells(2);
            pair.hi.set([KIND.list, cells.hi[0] ?? 0]);
            pair.lo.set([numbers[node] ?? 0, cells.lo[0] ?? 0]);
            nodes.append(pair, 0, 1);
          } else nodes.add(numbers[node] ?? 0, cells, 0, length);
          for (let i = 0; i < length; i += 1) model[node]?.push(next + i);
          next += length;
        }
        numbers.forEach((number, i) => {
          expect(refs(nodes.items(number))).toEqual(model[i]?.slice(0, KEPT_ITEMS));
          expect(nodes.count(number)).toBe(model[i]?.length);
        });
      }),
    );
  });
});
