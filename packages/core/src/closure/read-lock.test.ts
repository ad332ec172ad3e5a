import { expect, test } from 'vitest';
import { UsageError } from '../model/errors.js';
import type { Lock } from '../model/lock.js';
import { readLock } from './read-lock.js';

const file = (path: string): Lock['files'][number] => ({
  path,
  size: 3,
  sha256: 'a'.repeat(64),
  status: 'complete',
  level: 'LIKELY_SAFE',
});

const LOCK: Lock = {
  lockVersion: 1,
  source: 'hf://org/model',
  revision: 'hf://org/model@abc',
  tool: { name: 'sentinel', version: '0.1.0', rules: '1' },
  date: '2026-01-01',
  verdict: 'pass',
  policy: [],
  files: [file('a.pkl'), file('b/a.pkl')],
  skipped: [],
};

test('a lock reads back as it was', () => {
  expect(readLock(structuredClone(LOCK), 'sentinel.lock')).toEqual(LOCK);
  expect(readLock({ ...LOCK, files: [] }, 'sentinel.lock').files).toEqual([]);
});

const BROKEN: readonly (readonly [string, unknown, string])[] = [
  ['null', null, 'the document is not as it has to be'],
  ['a list', [], 'the document is not as it has to be'],
  ['a later version', { ...LOCK, lockVersion: 2 }, 'lockVersion is not as it has to be'],
  ['another verdict', { ...LOCK, verdict: 'fail' }, 'verdict is not as it has to be'],
  [
    'a hash that is none',
    { ...LOCK, files: [file('a'), { ...file('b'), sha256: 'x' }] },
    'files.1.sha256 is not as it has to be',
  ],
  ['a size below zero', { ...LOCK, files: [{ ...file('a'), size: -1 }] }, 'files.0.size is not as it has to be'],
  ['a file that stands there twice', { ...LOCK, files: [file('a'), file('a')] }, 'it names a file twice'],
];

test.each(BROKEN)('%s is no lock', (_what, value, reason) => {
  expect(() => readLock(value, 'dir/sentinel.lock')).toThrow(
    new UsageError(`dir/sentinel.lock is no lock of Sentinel: ${reason}`),
  );
});
