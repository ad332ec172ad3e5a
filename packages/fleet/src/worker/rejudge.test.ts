import { expect, test } from 'vitest';
import { rescanPriority } from './rejudge.js';

test('rescans come behind all else, the important first, and of those what was read longest ago', () => {
  const [old, late] = [new Date('2024-01-01T00:00:00Z'), new Date('2026-11-23T00:00:00Z')];
  const inOrder = [
    0,
    rescanPriority(100, null),
    rescanPriority(100, old),
    rescanPriority(100, late),
    rescanPriority(99, old),
    rescanPriority(50, late),
    rescanPriority(0, new Date(0)),
    rescanPriority(0, old),
    rescanPriority(0, late),
    rescanPriority(0, new Date('2200-01-01T00:00:00Z')),
  ];
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => b - a));
  expect(new Set(inOrder).size).toBe(inOrder.length);
  // The type of the column.
  for (const priority of inOrder) expect([Number.isInteger(priority), priority > -(2 ** 31)]).toEqual([true, true]);
});
