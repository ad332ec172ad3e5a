import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { call, globalFact, str } from '../../../core/test/fact-kit.js';
import { reportOf } from '../../../core/test/report-kit.js';
import type { Output } from '../outputs.js';
import { renderStored } from './run.js';

const captured = capturedOutput();
const REPORT = reportOf('a.pkl', [globalFact('os', 'system', [call([str('id')])])]);
const TEXT: readonly Output[] = [{ format: 'text', file: null }];

function stored(folder = folderOfTest('sentinel-report-')): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(REPORT));
  return file;
}

test('the exit code says nothing of the verdict, and nothing is coloured without a terminal', async () => {
  expect(REPORT.verdict).toBe('fail');
  expect(await renderStored(stored(), { color: 'never' }, TEXT)).toBe(0);
  expect(captured.error).toBe('');
  expect(captured.out).toContain('PICKLE-EXEC');
  expect(captured.out).not.toContain('\u001b');
});

test('colour, details and brevity are those of the options', async () => {
  const file = stored();
  const textOf = async (options: Parameters<typeof renderStored>[1]): Promise<string> => {
    captured.out = '';
    expect(await renderStored(file, options, TEXT)).toBe(0);
    return captured.out;
  };
  expect(await textOf({ color: 'always' })).toContain('\u001b[');
  const usual = await textOf({ color: 'never' });
  const verbose = await textOf({ color: 'never', verbose: true });
  const quiet = await textOf({ color: 'never', quiet: true });
  expect(verbose.length).toBeGreaterThan(usual.length);
  expect(quiet.length).toBeLessThan(usual.length);
  expect(await textOf({ color: 'never', verbose: false, quiet: false })).toBe(usual);
});

test('a format that cannot be written is named, those behind it are written, and the exit code is 2', async () => {
  const folder = folderOfTest('sentinel-report-');
  symlinkSync(join(folder, 'gone', 'b.html'), join(folder, 'a.html'));
  const json = join(folder, 'b.json');
  const outputs: readonly Output[] = [
    { format: 'html', file: join(folder, 'a.html') },
    { format: 'json', file: json },
  ];
  expect(await renderStored(stored(folder), {}, outputs)).toBe(2);
  expect(captured.error).toMatch(/^sentinel: cannot write .*a\.html: [^\n]+\n$/);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ verdict: 'fail' });
});

test('the report itself is not replaced', async () => {
  const folder = folderOfTest('sentinel-report-');
  const file = stored(folder);
  const before = readFileSync(file, 'utf8');
  await expect(renderStored(file, {}, [{ format: 'html', file }])).rejects.toThrow('it is an input of this run');
  await expect(renderStored(join(folder, 'none.json'), {}, TEXT)).rejects.toThrow('cannot read the report');
  expect([readFileSync(file, 'utf8') === before, existsSync(join(folder, 'none.json'))]).toEqual([true, false]);
});
