import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import type { Lock } from '@artifact-sentinel/core/internal';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportOf } from '../../../core/test/report-kit.js';
import { MOST_LOCK_LINES } from '../limits.js';
import { LockCheck } from './check.js';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'sentinel-lock-')));
});
afterEach(() => rmSync(root, { recursive: true }));
const REPORT = reportOf('a.pkl', []);

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function lock(files: Readonly<Record<string, string>>): string {
  const value: Lock = {
    lockVersion: 1,
    source: 'hf://org/model',
    revision: 'hf://org/model@0123',
    tool: { name: 'sentinel', version: '1', rules: '1' },
    date: '2026-06-01',
    verdict: 'pass',
    policy: [],
    files: Object.entries(files).map(([path, text]) => ({
      path,
      size: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
      status: 'complete',
      level: null,
    })),
    skipped: [],
  };
  const file = join(root, 'sentinel.lock');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

function checked(locked: string | true = true): Pick<Report, 'verdict' | 'reasons' | 'notes'> {
  const { verdict, reasons, notes } = LockCheck.open([root], locked).checked(REPORT);
  return { verdict, reasons, notes };
}

describe('a folder', () => {
  test('with the files of its lock', () => {
    put('a.pkl', 'one');
    put('in/b.pkl', 'two');
    const file = lock({ 'a.pkl': 'one', 'in/b.pkl': 'two' });
    const note = `The 2 files of the folder are those of ${file}: hf://org/model@0123, scanned 2026-06-01.`;
    expect(checked()).toEqual({ verdict: 'pass', reasons: REPORT.reasons, notes: [...REPORT.notes, note] });
    expect(checked(file)).toEqual(checked());
  });

  test('with other files', () => {
    put('size.pkl', 'four');
    put('text.pkl', 'two');
    put('in/extra.pkl', 'x');
    put('target', 'one');
    mkdirSync(join(root, 'folder.pkl'));
    symlinkSync('target', join(root, 'link.pkl'));
    lock({ 'size.pkl': 'one', 'text.pkl': 'one', 'gone.pkl': 'one', 'folder.pkl': 'one', 'link.pkl': 'one' });
    const two = createHash('sha256').update('two').digest('hex');
    expect(checked()).toEqual({
      verdict: 'fail',
      reasons: [
        ...REPORT.reasons,
        'locked: size.pkl has changed: 4 bytes, and 3 in the lock',
        `locked: text.pkl has changed: its SHA-256 is ${two}`,
        'locked: gone.pkl is missing',
        'locked: folder.pkl has changed: it is no file any more',
        'locked: link.pkl has changed: it is no file any more',
        'locked: in/extra.pkl is extra: the lock does not name it',
        'locked: target is extra: the lock does not name it',
      ],
      notes: REPORT.notes,
    });
  });

  test('whose file lies where a folder was', () => {
    put('in', 'x');
    lock({ 'in/a.pkl': 'one', in: 'x' });
    expect(checked().reasons).toEqual([...REPORT.reasons, 'locked: in/a.pkl is missing']);
  });

  test.each([
    [MOST_LOCK_LINES, MOST_LOCK_LINES, []],
    [MOST_LOCK_LINES + 1, MOST_LOCK_LINES + 1, ['1 more file']],
    [MOST_LOCK_LINES + 2, MOST_LOCK_LINES + 1, ['2 more files']],
  ])('with %i others says so in %i lines', (count, lines, more) => {
    const names = Array.from({ length: count }, (_, i) => `${String(i).padStart(4, '0')}.pkl`);
    const file = lock(Object.fromEntries(names.map((name) => [name, 'x'])));
    const reasons = checked().reasons.slice(REPORT.reasons.length);
    expect(reasons).toHaveLength(lines);
    expect(reasons[0]).toBe('locked: 0000.pkl is missing');
    expect(reasons.slice(MOST_LOCK_LINES)).toEqual(more.map((words) => `locked: ${words} not as in ${file}`));
  });
});

test('one folder is checked, and nothing else', () => {
  put('a.pkl', 'one');
  lock({ 'a.pkl': 'one' });
  for (const paths of [[], [root, root], [join(root, 'a.pkl')], [join(root, 'none')], ['hf://org/model']])
    expect(() => LockCheck.open(paths, true)).toThrow('--locked checks one folder: name that one, and nothing else');
  expect(() => LockCheck.open([root], join(root, 'a.pkl'))).toThrow('no JSON');
  expect(() => LockCheck.open([root], join(root, 'none.lock'))).toThrow('cannot read the lock');
  writeFileSync(join(root, 'other.lock'), '{}');
  expect(() => LockCheck.open([root], join(root, 'other.lock'))).toThrow('is no lock of Sentinel');
});
