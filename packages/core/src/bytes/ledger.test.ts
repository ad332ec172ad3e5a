import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COVERAGE_REASONS, type Coverage } from '../model/coverage.js';
import { Ledger, type Account } from './ledger.js';
import { memorySource, sliceSource, type ByteSource } from './source.js';

const SIZE = 200;
const ROOT = memorySource(new Uint8Array(SIZE));

function opened(): Ledger {
  const ledger = new Ledger();
  ledger.open(ROOT);
  return ledger;
}

const brief = ({ ranges }: Coverage): string[] =>
  ranges.map(({ start, end, kind, reason }) => `${start}-${end} ${reason ?? kind}`);

/** What counts where several claim a byte, on bytes as they are. */
const RISING: readonly Account[] = [
  'storage-header',
  'data',
  'padding',
  'not-analysed',
  'parsed',
  'array-data',
  'tensor-storage',
];

test('every account has its rank in the order', () => {
  expect(new Set(RISING)).toEqual(new Set(['parsed', ...Object.keys(COVERAGE_REASONS)]));
});

test('what nobody claims is unread', () => {
  expect(opened().coverage(SIZE)).toEqual({
    totals: [{ kind: 'unread', reason: null, bytes: SIZE }],
    ranges: [{ start: 0, end: SIZE, kind: 'unread', reason: null }],
    moreRanges: 0,
  });
  expect(opened().coverage(0)).toEqual({ totals: [], ranges: [], moreRanges: 0 });
});

test('claims say the same as a byte-wise book, in any order', () => {
  const claim = fc.record({ start: fc.nat(SIZE), length: fc.nat(60), account: fc.constantFrom(...RISING) });
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 40 }), (claims) => {
      const ledger = opened();
      const book: number[] = Array.from({ length: SIZE }, () => -1);
      for (const { start, length, account } of claims) {
        ledger.claim(ROOT, start, start + length, account);
        for (let at = start; at < Math.min(SIZE, start + length); at += 1)
          book[at] = Math.max(book[at] ?? -1, RISING.indexOf(account));
      }
      const { totals, ranges, moreRanges } = ledger.coverage(SIZE);
      expect(moreRanges).toBe(0);
      const seen = ranges.flatMap(({ start, end, kind, reason }) => {
        const account = kind === 'parsed' ? 'parsed' : reason;
        return Array.from({ length: end - start }, () => (account === null ? -1 : RISING.indexOf(account)));
      });
      expect(seen).toEqual(book);
      expect(totals.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(SIZE);
    }),
  );
});

describe('a claim on another source', () => {
  test('counts where its bytes lie in the artifact', () => {
    const ledger = opened();
    const slice = sliceSource(sliceSource(ROOT, 100, 50), 10, 500);
    ledger.claim(slice, 5, 900, 'parsed');
    expect(brief(ledger.coverage(SIZE))).toEqual(['0-115 unread', '115-150 parsed', '150-200 unread']);
  });

  test('counts for all packed bytes, and what is parsed comes before the data beside it', () => {
    const ledger = opened();
    const unpacked: ByteSource = {
      ...memorySource(new Uint8Array(9000)),
      within: { source: sliceSource(ROOT, 10, 90), start: 20, packed: 40 },
    };
    ledger.claim(sliceSource(unpacked, 8000, 10), 0, 10, 'array-data');
    expect(brief(ledger.coverage(SIZE))).toEqual(['0-30 unread', '30-70 array-data', '70-200 unread']);
    ledger.claim(unpacked, 0, 8000, 'parsed');
    expect(brief(ledger.coverage(SIZE))).toEqual(['0-30 unread', '30-70 parsed', '70-200 unread']);
    expect(ledger.coverage(SIZE).totals).toContainEqual({ kind: 'parsed', reason: null, bytes: 40 });
  });

  test('of no bytes counts for none, packed or not', () => {
    const ledger = opened();
    const unpacked: ByteSource = {
      ...memorySource(new Uint8Array(90)),
      within: { source: ROOT, start: 20, packed: 40 },
    };
    ledger.claim(unpacked, 5, 5, 'parsed');
    ledger.claim(unpacked, 90, 95, 'parsed');
    ledger.claim(sliceSource(ROOT, 3, 10), 4, 4, 'parsed');
    expect(brief(ledger.coverage(SIZE))).toEqual(['0-200 unread']);
    ledger.claim(unpacked, 5, 6, 'parsed');
    expect(brief(ledger.coverage(SIZE))).toEqual(['0-20 unread', '20-60 parsed', '60-200 unread']);
  });

  test('counts for nothing if its range in the file is unknown', () => {
    const ledger = opened();
    ledger.claim(memorySource(new Uint8Array(SIZE)), 0, SIZE, 'parsed');
    expect(brief(ledger.coverage(SIZE))).toEqual(['0-200 unread']);
  });
});

test('of many ranges some are listed, and the totals hold for all', () => {
  const size = 100_000;
  const root = memorySource(new Uint8Array(size));
  const ledger = new Ledger();
  ledger.open(root);
  for (let at = 0; at < size; at += 10) {
    ledger.claim(root, at, at + 3, 'parsed');
    ledger.claim(root, at + 3, at + 10, 'tensor-storage');
  }
  const { totals, ranges, moreRanges } = ledger.coverage(size);
  expect(totals).toEqual([
    { kind: 'parsed', reason: null, bytes: 30_000 },
    { kind: 'opaque', reason: 'tensor-storage', bytes: 70_000 },
  ]);
  expect(ranges).toHaveLength(64);
  expect(moreRanges).toBe(20_000 - 64);
});

test('claims that touch are one range, in whatever order they come', () => {
  const source = memorySource(new Uint8Array(20));
  const rangesOf = (...claims: [number, number, 'parsed' | 'data'][]) => {
    const ledger = new Ledger();
    ledger.open(source);
    for (const [start, end, account] of claims) ledger.claim(source, start, end, account);
    return ledger.coverage(20).ranges.map(({ start, end, kind, reason }) => `${start}-${end} ${reason ?? kind}`);
  };
  expect(rangesOf([5, 9, 'parsed'], [0, 5, 'parsed'])).toEqual(['0-9 parsed', '9-20 unread']);
  expect(rangesOf([0, 5, 'parsed'], [5, 9, 'parsed'], [9, 20, 'data'])).toEqual(['0-9 parsed', '9-20 data']);
  expect(rangesOf([0, 5, 'parsed'], [6, 9, 'parsed'])).toEqual([
    '0-5 parsed',
    '5-6 unread',
    '6-9 parsed',
    '9-20 unread',
  ]);
  expect(rangesOf([4, 9, 'parsed'], [2, 6, 'parsed'], [0, 20, 'data'])).toEqual([
    '0-2 data',
    '2-9 parsed',
    '9-20 data',
  ]);
});
