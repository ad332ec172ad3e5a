import type { Report } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { DANGEROUS, HARMLESS, reportOf, UNKNOWN } from '../../test/report-kit.js';
import { memberTree } from './member-tree.js';
import { artifactOf, isOpen, standingOf, subjectsOf } from './subjects.js';

const pathsOf = (report: Report): string[] => subjectsOf(report).map(({ artifact }) => artifact.path);

test('the worst comes first, and among equals the path decides', async () => {
  const report = await reportOf({
    'd.pkl': HARMLESS,
    'c.pkl': DANGEROUS,
    'b.pkl': HARMLESS,
    'a.pkl': UNKNOWN,
    'e.pkl': DANGEROUS,
  });
  expect(pathsOf(report)).toEqual(['c.pkl', 'e.pkl', 'a.pkl', 'b.pkl', 'd.pkl']);
});

test('a name may begin with a separator, and hold some', () => {
  expect(artifactOf('a.zip!x!y', new Set(['a.zip', 'a.zip!x']))).toBe('a.zip!x');
  expect(artifactOf('a!b', new Set(['a!b', 'a']))).toBe('a!b');
  expect(artifactOf('!x', new Set(['a']))).toBe('!x');
  expect(artifactOf('!x!y', new Set(['!x']))).toBe('!x');
});

test('what is said of a path that no container holds is a child of the artifact', async () => {
  const [subject] = subjectsOf(await reportOf({ 'a.pkl': HARMLESS }));
  if (subject === undefined) throw new Error('no artifact');
  const rows = memberTree({ ...subject, incomplete: [{ path: '!x', offset: null, reason: 'unread' }] }, []);
  expect(rows.map(({ path, depth, isIncomplete }) => [path, depth, isIncomplete])).toEqual([
    ['a.pkl', 0, true],
    ['!x', 1, true],
  ]);
});

test('what somebody accepted, or the baseline has, is not open and fails nothing', async () => {
  const [subject] = subjectsOf(await reportOf({ 'a.pkl': DANGEROUS }));
  const [finding] = subject?.findings ?? [];
  if (subject === undefined || finding === undefined) throw new Error('no finding');
  const accepted = { owner: 'board', why: 'known', expires: null, sha256: null, origin: 'p.yml:3' };
  const standing = (more: Partial<typeof finding>): readonly unknown[] => {
    const changed = { ...finding, ...more };
    return [isOpen(changed), standingOf({ ...subject, findings: [changed] })];
  };
  expect(standing({})).toEqual([true, 'fails']);
  expect(standing({ accepted })).toEqual([false, 'noted']);
  expect(standing({ action: 'ticket' })).toEqual([true, 'ticket']);
  expect(standing({ action: 'note' })).toEqual([true, 'noted']);
  const incomplete = [{ path: 'a.pkl', offset: 3, reason: 'cut' }];
  expect(standingOf({ ...subject, findings: [{ ...finding, action: 'ticket' }], incomplete })).toBe('incomplete');
  expect(standingOf({ ...subject, findings: [] })).toBe('clean');
  expect(standingOf({ ...subject, findings: [], artifact: { ...subject.artifact, status: 'opaque' } })).toBe('opaque');
});
