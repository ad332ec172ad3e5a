import type { Finding } from '@artifact-sentinel/core';
import type { TraceItem } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { programRows, rowOf, warningsOf } from './program.js';

const line = (path: string, offset: number, mark: object | null = null): TraceItem =>
  ({ kind: 'line', path, offset, mark }) as unknown as TraceItem;
const head = (path: string): TraceItem => ({ kind: 'stream', path }) as unknown as TraceItem;
const GAP = { kind: 'gap' } as unknown as TraceItem;
const finding = (path: string, offset: number | null): Finding =>
  ({ location: { path, offset } }) as unknown as Finding;

const ITEMS = [head('a'), line('a', 10), line('a', 30), GAP, line('a', 20), head('b'), line('b', 0)];

describe('the lines of a program with their findings', () => {
  test.each([
    ['a', 0, 1],
    ['a', 10, 1],
    ['a', 11, 4],
    ['a', 20, 4],
    ['a', 30, 2],
    ['a', 31, null],
    ['a', null, null],
    ['b', 0, 6],
    ['c', 0, null],
  ])('a finding of %s at %s marks the line %s', (path, offset, index) => {
    const rows = programRows(ITEMS, [finding(path, offset)]);
    expect(rows.map(({ item }) => item)).toEqual(ITEMS);
    expect(rows.flatMap(({ finding: found }, i) => (found === null ? [] : [[i, found]]))).toEqual(
      index === null ? [] : [[index, 0]],
    );
  });

  test('a line has the first of its findings', () => {
    const rows = programRows(ITEMS, [finding('b', 5), finding('a', 10), finding('a', 9), finding('a', 12)]);
    expect(rows.map(({ finding: found }) => found)).toEqual([null, 1, null, null, 3, null, null]);
  });
});

describe('the row of a selection', () => {
  const rows = programRows([head('a'), line('a', 10), GAP, line('b', 99), line('a', 20)], []);
  test.each([
    ['a', null, 0],
    ['a', 0, 1],
    ['a', 10, 1],
    ['a', 11, 4],
    ['a', 21, 0],
    ['b', 99, 3],
    ['b', 100, 3],
    ['c', 0, null],
  ])('%s at %s', (member, offset, row) => expect(rowOf(rows, member, offset)).toBe(row));
});

test('lines that the catalogue objects to', () => {
  expect(warningsOf([line('a', 0, {}), line('a', 1), head('a'), line('b', 2, {})])).toBe(2);
});
