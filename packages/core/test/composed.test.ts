import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../src/bytes/source.js';
import { scan } from '../src/scan.js';

/**
 * Streams composed of allowed names only that once passed and did something when the real libraries loaded them: found by
 * the live oracle (test/live), by a test that put callables under the names of methods, and by review.
 */
interface Miss {
  readonly label: string;
  readonly event: string;
  readonly file: string;
  readonly hex: string;
}

const MISSES = readFileSync(new URL('../../../test/live/misses.jsonl', import.meta.url), 'utf8')
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
