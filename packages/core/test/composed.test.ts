import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../src/bytes/source.js';
import { scan } from '../src/scan.js';

/**
 * Streams composed of allowed names only that once passed and did something when the real libraries loaded them: found by
 * the live oracle (oracles/live), by a test that put callables under the names of methods, and by review.
 */
interface Miss {
  readonly label: string;
  readonly event: string;
  readonly file: string;
  readonly hex: string;
}

const MISSES = readFileSync(new URL('../../../oracles/live/misses.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Miss);

describe('what is composed of allowed names', () => {
  test('is there', () => {
    expect(MISSES.length).toBeGreaterThan(150);
  });

  test.each(MISSES.map((miss, i) => [i, miss.label, miss.event, miss] as const))(
    '%i %s (%s) does not pass',
    async (_i, _label, _event, { file, hex }) => {
      const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
      const report = await scan([{ path: file, source: memorySource(bytes), size: bytes.length }]);
      expect(report.verdict).not.toBe('pass');
    },
  );
});

describe('states of dtypes that numpy takes, and divides by when an array of them is used', () => {
  const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
  const array = (code: string, size: number, alignment: number): Uint8Array =>
    Uint8Array.from(
      Buffer.from(
        `\u0080\u0003cnumpy._core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085C\u0001b\u0087R(K\u0001K\u0001\u0085` +
          `cnumpy\ndtype\n${text(code)}\u0089\u0088\u0087R(K\u0003${text('|')}NNNK${String.fromCharCode(size)}K${String.fromCharCode(alignment)}K\0tb` +
          `\u0089C${String.fromCharCode(size)}${'a'.repeat(size)}tb.`,
        'latin1',
      ),
    );
  test.each([
    ['S5', 5, 1, 'pass'],
    ['U3', 12, 4, 'pass'],
    ['V8', 8, 1, 'pass'],
    ['S5', 5, 0, 'fail'],
    ['U3', 12, 0, 'fail'],
    ['V8', 8, 0, 'fail'],
    ['V8', 8, 3, 'fail'],
  ])('%s of %i bytes with an alignment of %i: %s', async (code, size, alignment, verdict) => {
    const bytes = array(code, size, alignment);
    const report = await scan([{ path: 'a.pkl', source: memorySource(bytes), size: bytes.length }]);
    expect(report.verdict).toBe(verdict);
  });
});
