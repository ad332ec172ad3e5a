import { DEFAULT_LIMITS, type RunReport } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import type { RetestOptions } from './options.js';
import { RUN as NO_RUN } from '../../../core/test/report-kit.js';
import { settingsOf, tighteningOf, type Settings } from './settings.js';

const RUN: RunReport = { ...NO_RUN, paths: ['models'] };
const MOST = DEFAULT_LIMITS.artifactMs / 1000;

function settings(run: Partial<RunReport>, options: RetestOptions = {}, named = false): Settings {
  const located = {
    root: '/r',
    rootFrom: 'working folder',
    untrusted: [],
    isSure: true,
    scanned: [{ before: 'models', now: 'now', exists: true }],
  } as const;
  return settingsOf({ ...RUN, ...run }, located, named, options);
}

/** What is recorded of one setting: its value, where it comes from, and what was left out. */
function recorded({ recorded: all }: Settings, name: string): readonly unknown[] {
  return all.filter((item) => item.name === name).map(({ value, from, ignored }) => [value, from, ignored]);
}

test('what nobody asked for is the default', () => {
  const { recorded: all, ...values } = settings({});
  expect(values).toEqual({
    rules: [],
    alsoAllow: [],
    timeoutSeconds: null,
    followLinks: false,
    maxAcceptableSeverity: null,
    level: null,
  });
  expect(all).toEqual([
    { name: 'root', value: '/r', from: 'working folder', ignored: null },
    { name: 'paths', value: 'now', from: 'report', ignored: null },
    { name: 'rules', value: 'all', from: 'default', ignored: null },
  ]);
  expect(recorded(settings({}, {}, true), 'paths')).toEqual([['now', 'command line', 'models']]);
});

test('rules and allow entries of the report are left out, of the command line they count', () => {
  const asked = { rules: ['PICKLE'], alsoAllow: ['a.B'] };
  const of = settings(asked);
  expect([of.rules, of.alsoAllow]).toEqual([[], []]);
  expect(recorded(of, 'rules')).toEqual([['all', 'default', 'PICKLE only; --rule says which are enough']]);
  expect(recorded(of, 'allow entries')).toEqual([['those of the policy', 'default', 'a.B; --also-allow takes them']]);
  const given = settings(asked, { rule: ['TORCH'], alsoAllow: ['c.D'] });
  expect([given.rules, given.alsoAllow]).toEqual([['TORCH'], ['c.D']]);
  expect(recorded(given, 'rules')).toEqual([['TORCH', 'command line', null]]);
  expect(recorded(given, 'allow entries')).toEqual([['c.D', 'command line', null]]);
});

test.each([
  [5, 'a, b, c, d, e'],
  [6, 'a, b, c, d, e and 1 more'],
  [7, 'a, b, c, d, e and 2 more'],
])('of %i values five are named', (count, shown) => {
  const alsoAllow = [...'abcdefg'].slice(0, count);
  expect(recorded(settings({}, { alsoAllow }), 'allow entries')).toEqual([[shown, 'command line', null]]);
});

test('a shorter time of the report counts, a longer one has to be asked for', () => {
  const of = (timeoutSeconds: number, timeout?: number): readonly unknown[] => {
    const found = settings({ timeoutSeconds }, timeout === undefined ? {} : { timeout });
    return [found.timeoutSeconds, ...recorded(found, 'timeout')];
  };
  expect(of(9)).toEqual([9, ['9 s', 'report', null]]);
  expect(of(MOST)).toEqual([MOST, [`${MOST} s`, 'report', null]]);
  expect(of(MOST + 1)).toEqual([null, [`${MOST} s`, 'default', `${MOST + 1} s; --timeout takes them`]]);
  expect(of(9, 500)).toEqual([500, ['500 s', 'command line', null]]);
});

test('links are followed where the command line asks for it', () => {
  const of = (run: Partial<RunReport>, options: RetestOptions = {}): readonly unknown[] => {
    const found = settings(run, options);
    return [found.followLinks, ...recorded(found, 'links')];
  };
  expect(of({})).toEqual([false]);
  expect(of({ followLinks: true })).toEqual([
    false,
    ['not followed out of the scanned folders', 'default', 'links that are followed; --follow-links does'],
  ]);
  expect(of({}, { followLinks: true })).toEqual([true, ['followed out of the scanned folders', 'command line', null]]);
});

test('a level of the report can tighten; one of the command line is the level', () => {
  const asked = settings({ maxAcceptableSeverity: 'strict' });
  expect([asked.level, asked.maxAcceptableSeverity]).toEqual(['strict', null]);
  expect(recorded(asked, 'highest acceptable level')).toEqual([
    [
      'strict where that is stricter than the policy',
      'report',
      'the same where it is looser; --max-acceptable-severity takes it',
    ],
  ]);
  expect(tighteningOf(asked, 'r.json')).toMatchObject([{ file: 'r.json', folder: null, paths: [] }]);
  const given = settings({ maxAcceptableSeverity: 'strict' }, { maxAcceptableSeverity: 'moderate' });
  expect([given.level, given.maxAcceptableSeverity]).toEqual([null, 'moderate']);
  expect(recorded(given, 'highest acceptable level')).toEqual([['moderate', 'command line', null]]);
  expect(tighteningOf(given, 'r.json')).toEqual([]);
});
