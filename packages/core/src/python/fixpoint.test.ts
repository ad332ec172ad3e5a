import { expect, test } from 'vitest';
import { Fixpoint } from './fixpoint.js';
import { Work } from './work.js';

interface Node {
  readonly own: number;
  of: readonly Node[];
}

/** The numbers that can be reached. */
function solver(limit: number): { fixpoint: Fixpoint<Node, ReadonlySet<number>>; evaluated: () => number } {
  let count = 0;
  const fixpoint = new Fixpoint<Node, ReadonlySet<number>>(
    (node, read) => {
      count += 1;
      return new Set([node.own, ...node.of.flatMap((other) => [...read(other)])]);
    },
    new Set(),
    (a, b) => a.size === b.size,
    new Work(limit, () => undefined),
  );
  return { fixpoint, evaluated: () => count };
}

test('a chain is evaluated twice at most, and a circle comes to an end', () => {
  const last: Node = { own: 7, of: [] };
  let first = last;
  for (let i = 0; i < 5000; i += 1) first = { own: 0, of: [first] };
  const { fixpoint, evaluated } = solver(1e9);
  fixpoint.read(first);
  fixpoint.settle();
  expect([...fixpoint.read(first)].toSorted((x, y) => x - y)).toEqual([0, 7]);
  expect(evaluated()).toBeLessThanOrEqual(2 * 5001);
  const a: Node = { own: 1, of: [] };
  const b: Node = { own: 2, of: [a] };
  a.of = [b];
  fixpoint.read(a);
  fixpoint.settle();
  expect([...fixpoint.read(a)].toSorted((x, y) => x - y)).toEqual([1, 2]);
  expect([...fixpoint.read(b)].toSorted((x, y) => x - y)).toEqual([1, 2]);
});

test('it stops when there is too much work', () => {
  const last: Node = { own: 7, of: [] };
  let first = last;
  for (let i = 0; i < 5000; i += 1) first = { own: 0, of: [first] };
  const { fixpoint, evaluated } = solver(1000);
  fixpoint.read(first);
  fixpoint.settle();
  expect(evaluated()).toBeLessThan(1000);
});

test('a key is evaluated again only when one that it has read got another value', () => {
  const shared: Node = { own: 3, of: [] };
  const left: Node = { own: 1, of: [shared] };
  const right: Node = { own: 2, of: [shared] };
  const top: Node = { own: 0, of: [left, right] };
  const { fixpoint, evaluated } = solver(1e9);
  expect(fixpoint.size).toBe(0);
  fixpoint.read(top);
  fixpoint.settle();
  expect([fixpoint.size, fixpoint.running]).toEqual([4, null]);
  expect([...fixpoint.read(top)].toSorted((x, y) => x - y)).toEqual([0, 1, 2, 3]);
  const before = evaluated();
  fixpoint.settle();
  fixpoint.read(shared);
  fixpoint.settle();
  expect(evaluated()).toBe(before);
  // What is solved is read by a later key as it is.
  const later: Node = { own: 4, of: [top] };
  fixpoint.read(later);
  fixpoint.settle();
  expect([...fixpoint.read(later)].toSorted((x, y) => x - y)).toEqual([0, 1, 2, 3, 4]);
  expect([fixpoint.size, evaluated()]).toEqual([5, before + 1]);
});

test('settling within an equation is left to the outermost call', () => {
  const seen: (readonly [string | null, number])[] = [];
  const fixpoint: Fixpoint<{ readonly name: string }, number> = new Fixpoint(
    (key, read) => {
      const other = key === first ? read(second) : 5;
      fixpoint.settle();
      seen.push([fixpoint.running?.name ?? null, other]);
      return other + 1;
    },
    0,
    (a, b) => a === b,
    new Work(1e9, () => undefined),
  );
  const first = { name: 'first' };
  const second = { name: 'second' };
  fixpoint.read(first);
  fixpoint.settle();
  expect(seen).toEqual([
    ['first', 0],
    ['second', 5],
    ['first', 6],
  ]);
  expect([fixpoint.read(first), fixpoint.read(second)]).toEqual([7, 6]);
});

test('a key that is too much work has no value', () => {
  const { fixpoint } = solver(0);
  expect([...fixpoint.read({ own: 1, of: [] })]).toEqual([]);
  expect(fixpoint.size).toBe(0);
});
