import type { ArtifactResult, Finding, Report, Severity } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { DANGEROUS, HARMLESS, reportOf, UNKNOWN } from '../../test/report-kit.js';
import { memberTree } from './member-tree.js';
import { artifactOf, isOpen, standingOf, subjectsOf, subjectsOfResults } from './subjects.js';

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
  const standingWith = (more: Partial<typeof finding>): readonly unknown[] => {
    const changed = { ...finding, ...more };
    return [isOpen(changed), standingOf({ ...subject, findings: [changed] })];
  };
  expect(standingWith({})).toEqual([true, 'fails']);
  expect(standingWith({ accepted })).toEqual([false, 'noted']);
  expect(standingWith({ action: 'ticket' })).toEqual([true, 'ticket']);
  expect(standingWith({ action: 'note' })).toEqual([true, 'noted']);
  const incomplete = [{ path: 'a.pkl', offset: 3, reason: 'cut' }];
  expect(standingOf({ ...subject, findings: [{ ...finding, action: 'ticket' }], incomplete })).toBe('incomplete');
  expect(standingOf({ ...subject, findings: [] })).toBe('clean');
  expect(standingOf({ ...subject, findings: [], artifact: { ...subject.artifact, status: 'opaque' } })).toBe('opaque');
});

/** A subject as the order of the list sees it. */
function standing(path: string, severities: readonly Severity[], more: object = {}): ArtifactResult {
  const findings = severities.map((severity, i) => ({
    ruleId: `PICKLE-${i}`,
    artifact: path,
    severity,
    action: 'note',
    accepted: null,
    baseline: null,
    safety: { level: 1 },
  }));
  const artifact = { path, status: 'complete', safety: null, parts: [], ...more };
  return { artifact, findings, incomplete: [] } as unknown as ArtifactResult;
}
const orderOf = (...results: readonly ArtifactResult[]): string[] =>
  subjectsOfResults(results).map(({ artifact }) => artifact.path);

test('among those of one standing the severity decides, then the level, then the path', () => {
  expect(orderOf(standing('a', ['LOW']), standing('b', ['LOW', 'HIGH']), standing('c', ['MEDIUM']))).toEqual([
    'b',
    'c',
    'a',
  ]);
  expect(orderOf(standing('a', ['LOW']), standing('b', ['LOW'], { safety: { level: 1 } }))).toEqual(['b', 'a']);
  expect(orderOf(standing('b', ['LOW']), standing('c', ['LOW']), standing('a', ['LOW']))).toEqual(['a', 'b', 'c']);
  expect(orderOf(standing('a', [], { safety: { level: 5 } }), standing('b', ['LOW']))).toEqual(['b', 'a']);
  expect(orderOf(standing('b', []), standing('a', [], { status: 'opaque' }))).toEqual(['a', 'b']);
});

test('the findings of one artifact: the worst severity first, then the higher level', () => {
  const result = standing('a', ['LOW', 'CRITICAL', 'MEDIUM', 'HIGH', 'LOW']);
  const last = { ...result.findings[4], safety: { level: 3 } } as unknown as ArtifactResult['findings'][number];
  const [subject] = subjectsOfResults([{ ...result, findings: [...result.findings.slice(0, 4), last] }]);
  expect(subject?.findings.map(({ severity, safety }) => `${severity} ${safety.level}`)).toEqual([
    'CRITICAL 1',
    'HIGH 1',
    'MEDIUM 1',
    'LOW 3',
    'LOW 1',
  ]);
});

test('what a baseline tolerates is not open; what it only has is', () => {
  const [finding] = standing('a', ['LOW']).findings;
  if (finding === undefined) throw new Error('no finding');
  const having = (tolerated: boolean): Finding => ({ ...finding, baseline: { tolerated } }) as unknown as Finding;
  expect([isOpen(having(true)), isOpen(having(false)), isOpen({ ...having(false), accepted: {} as never })]).toEqual([
    false,
    true,
    false,
  ]);
});

test('findings and notices go to their artifacts', () => {
  const [a, b] = [standing('a', ['LOW', 'LOW']), standing('b', ['HIGH'])];
  const subjects = subjectsOf({
    artifacts: [a.artifact, b.artifact],
    findings: [...a.findings, ...b.findings],
    incomplete: [
      { path: 'a!x', offset: null, reason: 'one' },
      { path: 'a', offset: null, reason: 'two' },
      { path: 'elsewhere', offset: null, reason: 'three' },
    ],
  });
  expect(subjects.map((one) => [one.artifact.path, one.findings.length, one.incomplete.length])).toEqual([
    ['a', 2, 2],
    ['b', 1, 0],
  ]);
  expect(standingOf(subjects[0] ?? subjects[1] ?? a)).toBe('incomplete');
  expect(standingOf({ ...b, artifact: { ...b.artifact, status: 'incomplete' } })).toBe('incomplete');
});
