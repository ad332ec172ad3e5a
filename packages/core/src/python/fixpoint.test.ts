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
