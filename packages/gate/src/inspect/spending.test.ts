import { describe, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { PackedWork, Spending } from './spending.ts';

function said(run: () => unknown): string {
  try {
    return String(run());
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.rule} ${error.refusal.signal} ${error.refusal.path}`;
    throw error;
  }
}

describe('what a request may spend', () => {
  const spending = (): Spending =>
    new Spending({ ...DEFAULT_INSPECTION_LIMITS, decodedBytes: 10, leaves: 2, depth: 3 });

  test('in decoded bytes', () => {
    const one = spending();
    expect(one.left).toBe(10);
    one.decoded(4, 'p');
    expect(one.left).toBe(6);
    expect(said(() => one.decoded(6, 'p'))).toBe('undefined');
    expect(one.left).toBe(0);
    expect(said(() => one.decoded(1, 'p'))).toBe('GATE-BOMB decoded-bytes p');
  });

  test('in values', () => {
    const one = spending();
    expect([said(() => one.leaf('p')), said(() => one.leaf('p')), said(() => one.leaf('p'))]).toEqual([
      'undefined',
      'undefined',
      'GATE-BOMB leaves p',
    ]);
  });

  test('in depth', () => {
    expect([0, 2, 3].map((depth) => said(() => spending().deeper(depth, 'p')))).toEqual([
      '1',
      '3',
      'GATE-UNREADABLE depth p',
    ]);
  });
});

describe('what it costs to unpack what lies behind other bytes', () => {
  const MB = 2 ** 20;
  /** Whether so much is too much, for so many bytes. */
  const isTooMuch = (size: number, spend: (work: PackedWork) => void): boolean => {
    const work = new PackedWork();
    work.sized(size / 2);
    work.sized(size / 2);
    spend(work);
    return work.isTooMuch(10);
  };
  const tries =
    (count: number) =>
    (work: PackedWork): void => {
      for (let i = 0; i < count; i += 1) work.tried();
    };

  test.each<[string, number, (most: number) => (work: PackedWork) => void]>([
    ['256 offsets', 256, tries],
    ['16,384 chunks', 16_384, (chunks) => (work) => work.unpacked(0, chunks)],
    ['2 MB that are read', 2 * MB, (bytes) => (work) => work.read(bytes)],
    ['16 MB that are put out', 16 * MB, (bytes) => (work) => work.unpacked(bytes, 0)],
  ])('%s, and no more, in nothing', (_name, most, spend) => {
    expect(isTooMuch(0, spend(most))).toBe(false);
    expect(isTooMuch(0, spend(most + 1))).toBe(true);
  });

  test.each<[string, number, (most: number) => (work: PackedWork) => void]>([
    ['one offset for 64 bytes', 256 + 100, tries],
    ['one chunk for 16 bytes', 16_384 + 400, (chunks) => (work) => work.unpacked(0, chunks)],
    ['64 bytes that are read for one', 2 * MB + 64 * 6_400, (bytes) => (work) => work.read(bytes)],
    ['the ratio of the limits', 16 * MB + 10 * 6_400, (bytes) => (work) => work.unpacked(bytes, 0)],
  ])('%s, and no more, of 6,400 bytes', (_name, most, spend) => {
    expect(isTooMuch(6_400, spend(most))).toBe(false);
    expect(isTooMuch(6_400, spend(most + 1))).toBe(true);
  });

  test('adds up', () => {
    const work = new PackedWork();
    work.unpacked(1, 2);
    work.unpacked(1, 3);
    expect(work.chunks).toBe(5);
    work.unpacked(16 * MB - 2, 0);
    expect(work.isTooMuch(0)).toBe(false);
    work.read(MB);
    work.read(MB);
    expect(work.isTooMuch(0)).toBe(false);
    work.read(1);
    expect(work.isTooMuch(0)).toBe(true);
  });
});
