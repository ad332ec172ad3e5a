import { describe, expect, test } from 'vitest';
import { PageRing } from './page-ring.js';

/** Four bytes for each page: its number, and the place in it. */
const pages = (first: number, count: number): Uint8Array =>
  Uint8Array.from({ length: count * 4 }, (_, i) => (first + Math.floor(i / 4)) * 10 + (i % 4));

function ring(most: number) {
  const evicted: [number, number[]][] = [];
  return { evicted, ring: new PageRing(4, most, (page, bytes) => evicted.push([page, [...bytes]])) };
}

describe('a view', () => {
  test('reaches over pages that came together, and no further', () => {
    const { ring: one } = ring(8);
    one.add(2, pages(2, 3));
    expect([...one.view(8, 20)]).toEqual([20, 21, 22, 23, 30, 31, 32, 33, 40, 41, 42, 43]);
    expect([...one.view(9, 13)]).toEqual([21, 22, 23, 30]);
    expect([...one.view(13, 15)]).toEqual([31, 32]);
    expect([...one.view(17, 99)]).toEqual([41, 42, 43]);
    expect([...one.view(0, 8)]).toEqual([]);
    expect([...one.view(20, 24)]).toEqual([]);
    expect([2, 3, 4].map((page) => one.has(page))).toEqual([true, true, true]);
    expect([1, 5].map((page) => one.has(page))).toEqual([false, false]);
  });

  test('goes on over pages that came later and lie behind', () => {
    const { ring: one } = ring(8);
    one.add(0, pages(0, 1));
    one.add(1, pages(1, 1));
    one.add(5, pages(5, 1));
    expect([...one.view(2, 8)]).toEqual([2, 3, 10, 11, 12, 13]);
    expect([...one.view(4, 12)]).toEqual([10, 11, 12, 13]);
  });
});

describe('a ring that is full', () => {
  test('gives the place of the oldest, and says what lay there', () => {
    const { ring: one, evicted } = ring(3);
    one.add(0, pages(0, 2));
    one.add(7, pages(7, 1));
    expect(evicted).toEqual([]);
    one.add(9, pages(9, 1));
    expect(evicted).toEqual([[0, [0, 1, 2, 3]]]);
    expect([0, 1, 7, 9].map((page) => one.has(page))).toEqual([false, true, true, true]);
    one.add(3, pages(3, 2));
    expect(evicted.slice(1)).toEqual([
      [1, [10, 11, 12, 13]],
      [7, [70, 71, 72, 73]],
    ]);
    expect([...one.view(12, 20)]).toEqual([30, 31, 32, 33, 40, 41, 42, 43]);
    expect([...one.view(36, 40)]).toEqual([90, 91, 92, 93]);
  });

  test('begins again where the pages do not fit behind the last', () => {
    const { ring: one, evicted } = ring(3);
    one.add(0, pages(0, 2));
    one.add(5, pages(5, 2));
    expect(evicted.map(([page]) => page)).toEqual([0, 1]);
    one.add(8, pages(8, 1));
    expect(evicted.map(([page]) => page)).toEqual([0, 1]);
    expect([...one.view(20, 28)]).toEqual([50, 51, 52, 53, 60, 61, 62, 63]);
  });

  test('keeps the end of a source, whose page is cut', () => {
    const { ring: one } = ring(3);
    one.add(4, pages(4, 2).subarray(0, 6));
    expect(one.has(5)).toBe(true);
    expect([...one.view(16, 22)]).toEqual([40, 41, 42, 43, 50, 51]);
  });
});

test('a ring grows up to its most, and keeps what it has', () => {
  const { ring: one, evicted } = ring(70);
  for (let page = 0; page < 70; page += 1)
    one.add(
      page,
      pages(page, 1).map((byte) => byte & 0xff),
    );
  expect(evicted).toEqual([]);
  for (let page = 0; page < 70; page += 1) expect(one.view(page * 4, page * 4 + 1)[0]).toBe((page * 10) & 0xff);
  one.add(100, pages(0, 1));
  expect(evicted.map(([page]) => page)).toEqual([0]);
});

test('pages that need more room than there is left make it grow', () => {
  const { ring: one, evicted } = ring(300);
  one.add(0, pages(0, 60));
  one.add(100, pages(0, 200));
  expect(evicted).toEqual([]);
  expect(one.view(0, 240)).toHaveLength(240);
  expect(one.view(400, 1200)).toHaveLength(800);
});
