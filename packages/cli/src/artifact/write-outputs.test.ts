import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { afterEach, describe, expect, test } from 'vitest';
import { artifact, reportOf } from '../../../core/test/report-kit.js';
import { fullReport } from '../../../core/test/sample-reports.js';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { Inputs } from '../output-targets.js';
import type { Output } from '../outputs.js';
import { writeOutputs, writeReports, type RenderContext } from './write-outputs.js';

const captured = capturedOutput();

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

const { SENTINEL_DEBUG } = process.env;
afterEach(() => {
  if (SENTINEL_DEBUG === undefined) delete process.env['SENTINEL_DEBUG'];
  else process.env['SENTINEL_DEBUG'] = SENTINEL_DEBUG;
});

test.each([
  [undefined, ''],
  ['1', 'RangeError: too\\x1blong\n    at '],
])('SENTINEL_DEBUG %s: where a fault of ours was thrown', async (value, shown) => {
  if (value === undefined) delete process.env['SENTINEL_DEBUG'];
  else process.env['SENTINEL_DEBUG'] = value;
  const textOf = (): string => {
    throw new RangeError('too\u001blong');
  };
  expect(await writeReports([{ format: 'json', file: null }], textOf, () => false)).toEqual([
    'cannot write the json report to standard output: this is a bug in Sentinel: too\\x1blong (set SENTINEL_DEBUG=1 for the details)',
  ]);
  expect(captured.error.slice(0, shown.length)).toBe(shown);
  expect(captured.error === '').toBe(shown === '');
});

test('what the user can mend is said without a prefix', async () => {
  const textOf = (): string => {
    throw new UsageError('name another format');
  };
  expect(await writeReports([{ format: 'json', file: null }], textOf, () => false)).toEqual(['name another format']);
  expect([captured.out, captured.error]).toEqual(['', '']);
});

describe('reports', () => {
  const CONTEXT: RenderContext = { rules: [], color: true, verbose: false, quiet: false, width: 40 };
  const none = new Inputs([]);

  test('a terminal has colours and its columns; a file has neither', async () => {
    const file = join(folderOfTest('sentinel-outputs-'), 'a.txt');
    const outputs: Output[] = [
      { format: 'text', file },
      { format: 'text', file: null },
    ];
    expect(await writeOutputs(fullReport(), outputs, CONTEXT, none)).toEqual([]);
    const [written, shown] = [readFileSync(file, 'utf8'), captured.out];
    expect([written.includes('\u001b['), shown.includes('\u001b[')]).toEqual([false, true]);
    captured.out = '';
    const plain = { ...CONTEXT, color: false, width: null };
    expect(await writeOutputs(fullReport(), [{ format: 'text', file: null }], plain, none)).toEqual([]);
    expect(written).toBe(captured.out);
    expect(written.split('\n').length).toBeLessThan(shown.split('\n').length);
  });

  /** A file of as many bytes as the artifacts of the report have. */
  function artifactFile(folder: string, name: string, size = artifact('').size): string {
    const file = join(folder, name);
    writeFileSync(file, 'x'.repeat(size));
    return file;
  }

  test.each([
    ['an artifact of the report', 'a.pkl', 2048, true],
    ['a file of another size than the report says', 'a.pkl', 2047, false],
    ['another file of its size', 'b.json', 2048, false],
  ])('%s is replaced by no report, or is', async (_what, name, size, isRefused) => {
    const folder = folderOfTest('sentinel-outputs-');
    artifactFile(folder, 'a.pkl');
    const file = artifactFile(folder, name, size);
    const report = reportOf(join(folder, 'a.pkl'), []);
    const problems = await writeOutputs(report, [{ format: 'json', file }], CONTEXT, none);
    expect(problems).toEqual(isRefused ? [`cannot write ${file}: it is an input of this run`] : []);
    expect(readFileSync(file, 'utf8').startsWith('xxx')).toBe(isRefused);
  });

  test('a file that the run read is replaced by none', async () => {
    const file = artifactFile(folderOfTest('sentinel-outputs-'), 'policy.yml', 3);
    const problems = await writeOutputs(reportOf('a', []), [{ format: 'json', file }], CONTEXT, new Inputs([file]));
    expect(problems).toEqual([`cannot write ${file}: it is an input of this run`]);
    expect(readFileSync(file, 'utf8')).toBe('xxx');
  });
});
