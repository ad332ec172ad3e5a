import { expect, test } from 'vitest';
import type { Artifact } from '../api/types.js';
import { detailWords } from './audit.js';
import { chartOf, daysOf, shareOfPassed } from './chart.js';
import { groupsOf } from './groups.js';
import { repositoryMatrix } from './repository.js';
import { artifactHref, enteredHref, routeOf } from './route.js';
import { ago, dayIn, daysUntil, dueWords } from './time.js';
import { intakeWords, sizeWords } from './words.js';

const NOON = Date.parse('2026-11-23T12:00:00Z');

test('a route is what the fragment says, and nothing else is one', () => {
  expect(routeOf('')).toMatchObject({ view: 'entered', filter: { state: '', q: '' } });
  expect(routeOf('#/?state=failed&q=a%26b')).toMatchObject({ view: 'entered', filter: { state: 'failed', q: 'a&b' } });
  expect(routeOf('#/?state=nonsense')).toMatchObject({ filter: { state: '' } });
  expect(routeOf('#/findings?by=owner')).toEqual({ view: 'findings', by: 'owner' });
  expect(routeOf('#/posture?days=7')).toEqual({ view: 'posture', days: 30 });
  for (const fragment of ['#/nothing', '#/waivers/x', '#/artifacts/a/b', '#/artifacts', '#/policy/../audit'])
    expect([fragment, routeOf(fragment).view]).toEqual([fragment, 'unknown']);
  // An address that was typed by hand.
  expect(routeOf('#/artifacts/%')).toEqual({ view: 'artifact', id: '%' });
});

test('what a link says is what its route reads', () => {
  const filter = { state: 'failed', rule: 'A&B', owner: 'x = y?', q: '#%/ü' } as const;
  expect(routeOf(enteredHref(filter))).toEqual({ view: 'entered', filter });
  expect(routeOf(artifactHref('a/?#%'))).toEqual({ view: 'artifact', id: 'a/?#%' });
});

test('days and how far they are', () => {
  expect(ago('2026-11-23T11:59:30Z', NOON)).toBe('just now');
  expect(ago('2026-11-23T11:58:59Z', NOON)).toBe('1 minute ago');
  expect(ago('2026-11-22T11:00:00Z', NOON)).toBe('1 day ago');
  expect(ago('2026-09-01T00:00:00Z', NOON)).toBe('2026-09-01');
  expect(daysUntil('2026-11-23', NOON)).toBe(0);
  expect(dayIn(30, NOON)).toBe('2026-12-23');
  expect(['2026-11-22', '2026-11-23', '2026-11-24', '2026-12-01'].map((day) => dueWords(day, NOON))).toEqual([
    'has ended',
    'ends today',
    'ends tomorrow',
    'ends in 8 days',
  ]);
});

test('sizes in three figures at most', () => {
  expect([null, 0, 1, 999, 1000, 99_940, 999_499, 999_500, 4_200_000_000].map(sizeWords)).toEqual([
    '–',
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 KB',
    '99.9 KB',
    '999 KB',
    '1.0 MB',
    '4.2 GB',
  ]);
});

test('each day of a period has a column, also one of which nothing is said', () => {
  const days = daysOf(
    [
      { day: '2026-11-22', state: 'passed', count: 3 },
      { day: '2026-11-22', state: 'promoted', count: 1 },
      { day: '2026-11-22', state: 'failed', count: 1 },
      { day: '2026-01-01', state: 'failed', count: 9 },
    ],
    3,
    NOON,
  );
  expect(days.map(({ day, total, promoted }) => [day, total, promoted])).toEqual([
    ['2026-11-21', 0, 0],
    ['2026-11-22', 5, 1],
    ['2026-11-23', 0, 0],
  ]);
  expect(shareOfPassed(days)).toBe(80);
  expect(shareOfPassed([])).toBeNull();
});

test('bars are as tall as their values, stand on each other, and one of many is still seen', () => {
  const days = daysOf(
    [
      { day: '2026-11-23', state: 'passed', count: 999 },
      { day: '2026-11-23', state: 'failed', count: 1 },
    ],
    1,
    NOON,
  );
  const { columns, lines } = chartOf(days, 100, 200, 5);
  const [passed, failed] = columns[0]?.bars ?? [];
  expect(passed).toMatchObject({ series: 'passed', height: 199.8 });
  expect(failed).toMatchObject({ series: 'failed', height: 1 });
  expect((failed?.y ?? 0) + 1).toBeCloseTo(passed?.y ?? -1);
  expect(lines.map(({ value }) => value)).toEqual([500, 1000]);
});

test('findings by rule and by owner, the worst first', () => {
  const finding = { severity: 'LOW', owner: 'a', oldest: '2026-01-02T00:00:00Z' } as const;
  const findings = [
    { ...finding, rule: 'ONE', count: 5 },
    { ...finding, rule: 'TWO', count: 9, owner: 'b' },
    { ...finding, rule: 'ONE', count: 1, severity: 'HIGH', owner: 'b', oldest: '2026-01-01T00:00:00Z' },
  ] as const;
  expect(groupsOf([...findings], 'rule')).toEqual([
    { key: 'ONE', severity: 'HIGH', count: 6, others: ['a', 'b'], oldest: '2026-01-01T00:00:00Z' },
    { key: 'TWO', severity: 'LOW', count: 9, others: ['b'], oldest: '2026-01-02T00:00:00Z' },
  ]);
  expect(groupsOf([...findings], 'owner').map(({ key, count }) => [key, count])).toEqual([
    ['b', 10],
    ['a', 5],
  ]);
});

test('a matrix has the worst rules and the worst files first', () => {
  const artifact = (id: string, state: Artifact['state'], high = 0): Artifact => ({
    id,
    intake: 'i',
    path: id,
    address: 'hf://a/b',
    size: 1,
    sha256: null,
    isHashComputed: false,
    state,
    reason: null,
    counts: { CRITICAL: 0, HIGH: high, MEDIUM: 0, LOW: 0 },
    receivedAt: '2026-11-23T00:00:00Z',
    changedAt: '2026-11-23T00:00:00Z',
  });
  const matrix = repositoryMatrix(
    [artifact('clean', 'passed'), artifact('mild', 'failed'), artifact('bad', 'failed', 1)],
    [
      { artifact: 'mild', rule: 'SOFT', severity: 'LOW', count: 2 },
      { artifact: 'bad', rule: 'HARD', severity: 'HIGH', count: 1 },
      { artifact: 'bad', rule: 'SOFT', severity: 'LOW', count: 1 },
      { artifact: 'bad', rule: 'SOFT', severity: 'MEDIUM', count: 1 },
      { artifact: 'bad', rule: 'THIRD', severity: 'LOW', count: 1 },
    ],
    2,
  );
  expect(matrix.rules).toEqual(['HARD', 'SOFT']);
  expect(matrix.more).toBe(1);
  expect(matrix.rows.map(({ artifact: { id }, cells }) => [id, cells.map((cell) => cell?.count ?? 0)])).toEqual([
    ['bad', [1, 2]],
    ['mild', [0, 2]],
    ['clean', [0, 0]],
  ]);
  expect(matrix.rows[0]?.cells[1]?.severity).toBe('MEDIUM');
});

test('an intake that ended without a verdict was not read', () => {
  expect(intakeWords({ state: 'failed', verdict: null }).word).toBe('not read');
  expect(intakeWords({ state: 'scanning', verdict: null }).word).toBe('scanning');
  expect(intakeWords({ state: 'done', verdict: 'fail' }).tone).toBe('bad');
});

test('details of the audit log in a line of bounded length', () => {
  const hash = 'a'.repeat(64);
  expect(detailWords({ detail: { was: null, sha256: hash, files: 3 } })).toBe(`sha256 ${'a'.repeat(12)}…, files 3`);
  expect(detailWords({ detail: { reason: 'x'.repeat(9999) } }).length).toBeLessThan(400);
});
