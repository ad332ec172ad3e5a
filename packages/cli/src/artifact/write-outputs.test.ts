import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Output } from '../outputs.js';
import { writeReports } from './write-outputs.js';

test('a report that cannot be rendered, or not be written, does not stop those behind it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-outputs-'));
  try {
    const outputs: Output[] = [
      { format: 'sarif', file: join(folder, 'a.sarif') },
      { format: 'junit', file: join(folder, 'none', 'b.xml') },
      { format: 'json', file: join(folder, 'c.json') },
    ];
    const textOf = ({ format }: Output): string => {
      if (format === 'sarif') throw new RangeError('Invalid string length');
      return format;
    };
    const problems = await writeReports(outputs, textOf, () => false);
    expect(readFileSync(join(folder, 'c.json'), 'utf8')).toBe('json');
    expect(problems).toEqual([
      `cannot write the sarif report to ${join(folder, 'a.sarif')}: this is a bug in Sentinel: Invalid string length (set SENTINEL_DEBUG=1 for the details)`,
      expect.stringContaining('b.xml'),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
