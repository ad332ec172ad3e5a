import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { artifact, reportOf, RUN } from '../../../core/test/report-kit.js';
import { locate, presenceOf, whereNow, type LocateOptions, type Located } from './locate.js';
import { earlierReport, type EarlierReport } from './read-report.js';

const NOWHERE: LocateOptions = { root: undefined, paths: [], mayAsk: () => false };

function folder(...files: readonly string[]): string {
  const root = folderOfTest('sentinel-locate-');
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  return root;
}

/** A report that lies in `root`, of these scanned paths and artifacts. */
function report(root: string, paths: readonly string[], artifacts: readonly string[]): EarlierReport {
  const run = { ...RUN, paths: [...paths] };
  const made = reportOf('a.pkl', [], undefined, { run, artifacts: artifacts.map((path) => artifact(path)) });
  return earlierReport(made, join(root, 'report.json'), '');
}

describe('the folder that paths are relative to', () => {
  test('is that of the report where its artifacts lie there', () => {
    const root = folder('models/a.pkl');
    expect(locate(report(root, ['models'], ['models/gone.pkl', 'models/a.pkl']), NOWHERE)).toEqual({
      root,
      rootFrom: 'folder of the report',
      isSure: true,
      scanned: [{ before: 'models', now: 'models', exists: true }],
      untrusted: [root, 'models'],
    });
  });

  test('is the working folder where they lie nowhere, and then nothing is sure', () => {
    const root = folder();
    expect(locate(report(root, ['no-such-folder'], ['no-such-folder/a.pkl']), NOWHERE)).toEqual({
      root: process.cwd(),
      rootFrom: 'working folder',
      isSure: false,
      scanned: [{ before: 'no-such-folder', now: 'no-such-folder', exists: false }],
      untrusted: [join(process.cwd(), 'no-such-folder'), 'no-such-folder'],
    });
  });

  test('is the working folder where they lie there, with the top folder of what is scanned', () => {
    const found = locate(report(folder(), ['packages/cli/src'], ['packages/cli/package.json']), NOWHERE);
    expect([found.rootFrom, found.isSure]).toEqual(['working folder', true]);
    expect(found.untrusted).toEqual([join(process.cwd(), 'packages'), 'packages/cli/src']);
  });

  test('is sure where what was scanned has an absolute path and is there', () => {
    const sure = (path: string): boolean => locate(report(folder(), [path], ['a.pkl']), NOWHERE).isSure;
    expect([sure(join(process.cwd(), 'packages')), sure(join(process.cwd(), 'none')), sure('packages')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('is recognised by the first thousand artifacts', () => {
    const root = folder('a.pkl');
    const from = (gone: number): string => {
      const names = Array.from({ length: gone }, (_, i) => `gone-${i}.pkl`);
      return locate(report(root, ['models'], [...names, 'a.pkl']), NOWHERE).rootFrom;
    };
    expect([from(999), from(1_000)]).toEqual(['folder of the report', 'working folder']);
  });

  test('has to be named where they lie in both', () => {
    const root = folder('package.json');
    const options = { ...NOWHERE, root };
    const given = report(root, ['package.json'], ['package.json']);
    expect(() => locate(given, NOWHERE)).toThrow('name one of them with --root');
    expect(locate(given, options)).toMatchObject({ root, rootFrom: 'command line', isSure: true });
    expect(() => locate(given, { ...NOWHERE, root: join(root, 'none') })).toThrow('no such folder');
  });
});

describe('what a report scans', () => {
  test('lies within the folder', () => {
    const root = folder('a.pkl');
    const options = { ...NOWHERE, root };
    for (const path of ['..', '../a.pkl', '/etc/passwd', `${root}x/a.pkl`])
      expect(() => locate(report(root, [path], ['a.pkl']), options)).toThrow(
        `the report scans ${path}, which lies outside`,
      );
    expect(locate(report(root, [join(root, 'a.pkl')], ['a.pkl']), options).scanned).toEqual([
      { before: join(root, 'a.pkl'), now: join(root, 'a.pkl'), exists: true },
    ]);
  });

  test('sends no request that nobody allows', () => {
    const root = folder('a.pkl');
    const given = report(root, ['hf://org/m'], ['hf://org/m@1/a.pkl']);
    expect(() => locate(given, { ...NOWHERE, root })).toThrow('sends no request to a server that it names');
    const found = locate(given, { ...NOWHERE, root, mayAsk: (address) => address === 'hf://org/m' });
    expect(found.scanned).toEqual([{ before: 'hf://org/m', now: 'hf://org/m', exists: true }]);
  });

  test('lies where the command line says, path by path', () => {
    const root = folder('a.pkl', 'in/b.pkl');
    const other = folder('c.pkl');
    const given = report(root, ['x', 'y', 'z'], ['a.pkl']);
    const paths = [join(root, 'in'), other, 'hf://org/m'];
    const found = locate(given, { ...NOWHERE, root, paths });
    expect(found.scanned).toEqual([
      { before: 'x', now: 'in', exists: true },
      { before: 'y', now: other, exists: true },
      { before: 'z', now: 'hf://org/m', exists: true },
    ]);
    expect([found.isSure, found.untrusted]).toEqual([true, ['in', other]]);
    expect(locate(report(root, ['x'], ['a.pkl']), { ...NOWHERE, root, paths: [root] }).scanned[0]?.now).toBe('.');
    expect(() => locate(given, { ...NOWHERE, root, paths: [root] })).toThrow('the report scans 3 paths (x, y, z)');
    expect(() => locate(report(root, ['x'], []), { ...NOWHERE, root, paths: [join(root, 'none')] })).toThrow(
      'no such file or folder',
    );
  });
});

test('where an artifact has to lie now', () => {
  const of = (before: string, now: string): Located => ({
    root: '/r',
    rootFrom: 'command line',
    untrusted: [],
    isSure: true,
    scanned: [
      { before: 'elsewhere', now: 'elsewhere', exists: true },
      { before, now, exists: true },
    ],
  });
  const now = (name: string, before: string, after: string): string | undefined =>
    whereNow(name, of(before, after))?.path;
  expect(now('models/in/a.pkl', 'models', 'new')).toBe('/r/new/in/a.pkl');
  expect(now('models/in/a.pkl', 'models', '/x')).toBe('/x/in/a.pkl');
  expect(now('models/a.pkl', 'models', 'hf://org/m')).toBe('hf://org/m/a.pkl');
  expect(now('models/a.pkl', 'models/a.pkl', 'hf://org/m')).toBe('hf://org/m');
  expect(now('models/a.pkl', 'models', 'hf-cache:')).toBe('hf-cache:a.pkl');
  expect(now('hf://org/m/a.pkl', 'hf://org/m', 'new')).toBe('/r/new/a.pkl');
  expect(now('hf://org/m/a.pkl', 'hf://org/m', 'hf://org/n')).toBe('hf://org/n/a.pkl');
  expect(now('hf://org/m', 'hf://org/m', 'new')).toBe('/r/new');
  expect(now('hf://org/model/a.pkl', 'hf://org/m', 'new')).toBeUndefined();
  expect(now('s3://b/m/a.pkl', 's3://b/m/', 'new')).toBe('/r/new/a.pkl');
  expect(now('models2/a.pkl', 'models', 'new')).toBeUndefined();
  expect(now('hf://org/m/a.pkl', 'models', 'new')).toBeUndefined();
  expect(whereNow('models/a.pkl', of('models', 'new'))?.through.before).toBe('models');
});

test('what no system takes for a path may be there or not', () => {
  const root = folder('a.pkl');
  expect([presenceOf(join(root, 'a.pkl')), presenceOf(join(root, 'b.pkl'))]).toEqual(['there', 'gone']);
  expect([presenceOf('a\0b'), presenceOf(join(root, 'x'.repeat(10_000)))]).toEqual(['unknown', 'unknown']);
});
