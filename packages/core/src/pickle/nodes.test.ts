import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTENT, KEPT_ITEMS, KEPT_PAIRS, KIND, MARK, Nodes, Objects, PlacedCells, packHi, refOf } from './cells.js';

/** A cell to be put into a node, with the marks of its slot. */
interface Item {
  readonly hi: number;
  readonly lo: number;
  readonly marks: number;
}

/** What a container is: the arrays that the ring has to agree with. */
interface Known {
  readonly number: number;
  readonly isSealed: boolean;
  readonly position: number;
  readonly items: Item[];
  marks: number;
  weight: number;
}

function cellsOf(items: readonly Item[], before = 0): PlacedCells {
  const cells = new PlacedCells(before + items.length + 1);
  items.forEach(({ hi, lo, marks }, i) => {
    cells.hi[before + i] = hi;
    cells.lo[before + i] = lo;
    cells.marks[before + i] = marks;
  });
  return cells;
}

const itemOf = (number: number, kind: 'tuple' | 'list' = 'list', marks = 0): Item => ({
  hi: packHi(KIND[kind], number),
  lo: number >>> 0,
  marks,
});
const plain = (lo = 7): Item => ({ hi: KIND.int, lo, marks: MARK.open });
const open = (marks: number = MARK.open): Item => ({ hi: KIND.object, lo: 3, marks });

/** Seals a tuple of the items, which lie on the stack from `position` on. */
function sealed(nodes: Nodes, items: readonly Item[], position = 0): number {
  const cells = cellsOf(items, position);
  nodes.seal(KIND.tuple, cells, position, position + items.length);
  expect(cells.marks[position]).toBe(0);
  return refOf(cells.hi[position] ?? 0, cells.lo[position] ?? 0);
}

function list(nodes: Nodes, items: readonly Item[], position = 0): number {
  const number = nodes.create(position);
  nodes.add(number, cellsOf(items), 0, items.length);
  return number;
}

/** Everything that can be asked of a container. */
function seen(nodes: Nodes, number: number): object {
  const at = nodes.open(number);
  const opened = at < 0 ? null : Array.from({ length: nodes.length }, (_, i) => nodes.cells.lo[(at + i) & nodes.mask]);
  return {
    alive: nodes.alive(number),
    count: nodes.count(number),
    weight: nodes.weight(number),
    marks: nodes.marks(number),
    position: nodes.positionOf(number),
    kept: nodes.keptOf(number),
    items: nodes.items(number)?.map(({ hi, lo }) => [hi, lo]),
    opened,
  };
}

describe('a container', () => {
  test('has the marks and the weight of what it holds, over all depths', () => {
    const nodes = new Nodes();
    const inner = sealed(nodes, [plain(), open(MARK.open | MARK.fetched), plain()]);
    expect([nodes.marks(inner), nodes.weight(inner)]).toEqual([MARK.open, 4]);
    const middle = list(nodes, [itemOf(inner, 'tuple', MARK.data), plain()]);
    expect([nodes.marks(middle), nodes.weight(middle)]).toEqual([MARK.open | MARK.data, 7]);
    const outer = sealed(nodes, [plain(), itemOf(middle), open(MARK.globals)]);
    expect([nodes.marks(outer), nodes.weight(outer)]).toEqual([MARK.open | MARK.data | MARK.globals, 11]);
    expect(nodes.maxWeight).toBe(11);
  });

  test('takes marks of objects, none of constants', () => {
    const nodes = new Nodes();
    for (const kind of [KIND.int, KIND.text, KIND.specialOldText, KIND.emptyTuple]) {
      const item = { hi: kind, lo: 1, marks: MARK.open };
      expect(nodes.marks(sealed(nodes, [item]))).toBe(0);
      expect(nodes.marks(list(nodes, [item]))).toBe(0);
    }
    for (const kind of [KIND.global, KIND.object, KIND.persistent, KIND.made]) {
      const item = { hi: kind, lo: 1, marks: MARK.open };
      expect(nodes.marks(sealed(nodes, [item]))).toBe(MARK.open);
      expect(nodes.marks(list(nodes, [item]))).toBe(MARK.open);
    }
  });

  test('can be marked where it is no tuple', () => {
    const nodes = new Nodes();
    const [first, tuple] = [list(nodes, [plain()]), sealed(nodes, [plain()])];
    nodes.mark(first, MARK.shared);
    nodes.mark(first, MARK.unfinished);
    nodes.mark(tuple, MARK.shared);
    expect([nodes.marks(first), nodes.marks(tuple)]).toEqual([MARK.shared | MARK.unfinished, 0]);
    expect(nodes.marks(list(nodes, [itemOf(first)]))).toBe(MARK.unfinished);
  });

  test('of more items than a tuple of the ring is kept as others are, with more of its items', () => {
    const nodes = new Nodes();
    const many = Array.from({ length: KEPT_ITEMS + 1 }, (_, i) => plain(i));
    const number = sealed(nodes, [...many, open()], 5);
    expect(seen(nodes, number)).toMatchObject({ count: 66, kept: 66, weight: 67, marks: MARK.open, position: 5 });
    const most = Array.from({ length: KEPT_PAIRS + 1 }, (_, i) => plain(i));
    const cut = sealed(nodes, most);
    expect([nodes.count(cut), nodes.keptOf(cut), nodes.open(cut)]).toEqual([KEPT_PAIRS + 1, KEPT_PAIRS, -1]);
    const exact = sealed(nodes, many.slice(1), 5);
    expect(seen(nodes, exact)).toMatchObject({ count: KEPT_ITEMS, kept: KEPT_ITEMS, position: -1 });
  });

  test('agrees with plain arrays, whatever is put into it', () => {
    const marks = fc.constantFrom(0, ...Object.values(MARK));
    const item = fc.oneof(
      fc.record({ pick: fc.constant(null), hi: fc.constantFrom(KIND.int, KIND.text), lo: fc.nat(99), marks }),
      fc.record({ pick: fc.constant(null), hi: fc.constantFrom(KIND.global, KIND.object), lo: fc.nat(99), marks }),
      fc.record({ pick: fc.nat(30), hi: fc.constant(KIND.list), lo: fc.constant(0), marks }),
    );
    const step = fc.record({
      what: fc.constantFrom('seal', 'create', 'add', 'append', 'mark'),
      at: fc.nat(30),
      position: fc.nat(9),
      items: fc.array(item, { maxLength: 20 }),
      marks,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const nodes = new Nodes();
        const model: Known[] = [];
        let heaviest = 0;
        for (const one of steps) {
          const items = one.items.map(({ pick, hi, lo, marks: own }): Item => {
            const node = pick === null ? undefined : model[pick % Math.max(1, model.length)];
            if (node === undefined) return { hi: hi === KIND.list ? KIND.int : hi, lo, marks: own };
            return itemOf(node.number, node.isSealed ? 'tuple' : 'list', own);
          });
          const known = model[one.at % Math.max(1, model.length)];
          const put = (target: Known): void => {
            for (const added of items) {
              const node =
                (added.hi & 32) === 0 ? undefined : model.find(({ number }) => number === refOf(added.hi, added.lo));
              target.weight += 1 + (node?.weight ?? 0);
              if ((added.hi & 48) !== 0) target.marks |= (added.marks | (node?.marks ?? 0)) & CONTENT;
              target.items.push(added);
            }
            heaviest = Math.max(heaviest, target.weight);
          };
          if (one.what === 'seal') {
            const number = sealed(nodes, items, one.position);
            const target: Known = { number, isSealed: true, position: -1, items: [], marks: 0, weight: 1 };
            put(target);
            model.push(target);
          } else if (one.what === 'create' || known === undefined) {
            const number = nodes.create(one.position);
            model.push({ number, isSealed: false, position: one.position, items: [], marks: 0, weight: 1 });
          } else if (
            known.isSealed ||
            items.some((added) => (added.hi & 32) !== 0 && refOf(added.hi, added.lo) === known.number)
          ) {
            // A sealed one takes nothing; of itself it would be a circle, whose weight nobody asks for.
            if (known.isSealed) nodes.add(known.number, cellsOf(items), 0, items.length);
          } else if (one.what === 'mark') {
            nodes.mark(known.number, one.marks);
            known.marks |= one.marks;
          } else if (one.what === 'add') {
            nodes.add(known.number, cellsOf(items), 0, items.length);
            put(known);
          } else {
            for (const added of items) nodes.append(cellsOf([itemOf(known.number), added]), 0, 1);
            if (items.length > 0) put(known);
          }
        }
        for (const known of model) {
          const kept = known.items.slice(0, KEPT_ITEMS);
          expect(seen(nodes, known.number)).toEqual({
            alive: true,
            count: known.items.length,
            weight: known.weight,
            marks: known.marks,
            position: known.position,
            kept: kept.length,
            items: kept.map(({ hi, lo }) => [hi, lo]),
            opened: known.items.length > KEPT_ITEMS ? null : kept.map(({ lo }) => lo),
          });
          kept.forEach(({ hi, lo }, i) => {
            expect([nodes.itemHi(known.number, i), nodes.itemLo(known.number, i)]).toEqual([hi, lo]);
          });
        }
        expect(nodes.maxWeight).toBe(heaviest);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what the ring has lost', () => {
  const NODES = 1 << 18;
  const ITEMS = 1 << 20;

  test('containers on the stack keep their count, weight, marks and slot; others may have any mark', () => {
    const nodes = new Nodes();
    const lost = nodes.create(4);
    const held = list(nodes, [plain(), open(MARK.kin)], 9);
    const below = list(nodes, [plain()], 0);
    nodes.mark(held, MARK.shared);
    // Far more of the stack than is remembered, and the container at the top of it.
    const stack = cellsOf([...Array.from({ length: 4096 }, () => plain()), itemOf(held)]);
    stack.hi[0] = packHi(KIND.list, below);
    stack.lo[0] = below;
    for (let i = 0; i < NODES; i += 1) {
      nodes.create(0);
      nodes.add(nodes.create(0), stack, 4096, 4097);
    }
    expect(seen(nodes, held)).toEqual({
      alive: false,
      count: 2,
      weight: 3,
      marks: MARK.kin | MARK.shared,
      position: 9,
      kept: 0,
      items: undefined,
      opened: null,
    });
    const unknown = { alive: false, count: null, weight: 1, position: -1, kept: 0, items: undefined, opened: null };
    expect(seen(nodes, lost)).toEqual({ ...unknown, marks: MARK.kin | MARK.shared });
    expect(seen(nodes, below)).toEqual({ ...unknown, marks: MARK.kin | MARK.shared });
    // It still counts what is added, and what is marked.
    nodes.append(cellsOf([itemOf(held), open(MARK.data)]), 0, 1);
    nodes.add(held, cellsOf([plain(), plain()]), 0, 2);
    nodes.mark(held, MARK.built);
    nodes.mark(lost, MARK.inner);
    expect(seen(nodes, held)).toMatchObject({
      count: 5,
      weight: 6,
      marks: MARK.kin | MARK.shared | MARK.data | MARK.built,
    });
    expect(nodes.marks(lost)).toBe(MARK.kin | MARK.shared | MARK.data | MARK.built | MARK.inner);
  });

  test('tuples on the stack are moved up, and stay what they are', () => {
    const nodes = new Nodes();
    const tuple = sealed(nodes, [plain(1), open(), plain(2)]);
    const other = sealed(nodes, [plain(3)]);
    const stack = cellsOf([itemOf(tuple, 'tuple'), ...Array.from({ length: KEPT_ITEMS }, (_, i) => plain(i))]);
    for (let i = 0; i < (2 * ITEMS) / KEPT_ITEMS; i += 1) {
      stack.hi[1] = KIND.int;
      nodes.seal(KIND.tuple, stack, 1, KEPT_ITEMS + 1);
    }
    const moved = refOf(stack.hi[0] ?? 0, stack.lo[0] ?? 0);
    expect(moved).toBeGreaterThan(tuple);
    expect(seen(nodes, moved)).toMatchObject({ alive: true, count: 3, weight: 4, marks: MARK.open, opened: [1, 3, 2] });
    expect(seen(nodes, other)).toEqual({
      alive: false,
      count: null,
      weight: 1,
      marks: MARK.open,
      position: -1,
      kept: 0,
      items: undefined,
      opened: null,
    });
  });
});

describe('objects', () => {
  test('have marks of their own, whose content can be replaced', () => {
    const objects = new Objects();
    const numbers = Array.from({ length: 200 }, (_, i) => objects.create(i));
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => i));
    expect(numbers.map((number) => objects.marks(number))).toEqual(numbers);
    objects.mark(3, MARK.open | MARK.reduced);
    expect(objects.marks(3)).toBe(3 | MARK.open | MARK.reduced);
    objects.replaceContent(3, MARK.data);
    expect(objects.marks(3)).toBe(3 | MARK.data | MARK.reduced);
    expect(objects.marks(200)).toBe(0);
  });

  test('of arrays have a code', () => {
    const objects = new Objects();
    for (let i = 0; i < 100; i += 1) objects.create(0);
    expect(objects.code(99)).toBe(0);
    objects.setCode(99, 0x4f);
    objects.setCode(0, 0x66);
    expect([objects.code(99), objects.code(0), objects.code(1), objects.code(5000)]).toEqual([0x4f, 0x66, 0, 0]);
  });
});
