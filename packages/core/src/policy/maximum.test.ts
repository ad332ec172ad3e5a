import { describe, expect, test } from 'vitest';
import type { Policy } from '../model/policy.js';
import { loadPolicy } from './load.js';
import { maximumFor, relativePath, type PolicyPaths } from './maximum.js';
import { tighten } from './tighten.js';

const policy = (text: string, folder: string | null = '/repo'): Policy => loadPolicy(text, 'p.yml', folder);
const level = (given: Policy, ...paths: PolicyPaths): number => maximumFor(given, paths).level;

const OWN = policy(`max_acceptable_severity: moderate
paths:
  - {match: ["vendor/**", "!vendor/own/**"], max_acceptable_severity: permissive, why: not ours}
  - {match: ["release/**"], max_acceptable_severity: strict}
  - {match: ["**/lab/**"], max_acceptable_severity: OVERTLY_MALICIOUS}
`);

test.each([
  ['/repo/vendor/a.pt', 2],
  ['/repo/vendor/own/a.pt', 1],
  ['/repo/release/a.pt', 0],
  ['/repo/other/a.pt', 1],
  ['/repo/lab/a.pt', 5],
  ['/elsewhere/vendor/a.pt', 1],
  ['/repository/vendor/a.pt', 1],
])('%s may have level %i', (path, expected) => {
  expect(level(OWN, path)).toBe(expected);
});

test('of several entries the strictest counts, in any order', () => {
  expect(level(OWN, '/repo/release/lab/a.pt')).toBe(0);
  expect(level(OWN, '/repo/lab/vendor/lab/a.pt')).toBe(5);
  expect(level(OWN, '/repo/vendor/lab/a.pt')).toBe(2);
});

describe('a link', () => {
  test('counts under each of its names, and the strictest holds', () => {
    expect(level(OWN, '/repo/vendor/a.pt', '/repo/release/a.pt')).toBe(0);
    expect(level(OWN, '/repo/release/a.pt', '/repo/vendor/a.pt')).toBe(0);
    expect(level(OWN, '/repo/vendor/a.pt', '/cache/blob')).toBe(1);
  });
  test('that leads where nobody can tell has what holds for the rest', () => {
    expect(level(OWN, '/repo/vendor/a.pt', null)).toBe(1);
  });
});

test('gives the origin of the level', () => {
  expect(maximumFor(OWN, ['/repo/release/a.pt'])).toEqual({ level: 0, origin: 'p.yml:4' });
  expect(maximumFor(OWN, ['/repo/a.pt'])).toEqual({ level: 1, origin: 'p.yml:1' });
});

test('without a folder globs are held against the path as it is scanned', () => {
  const given = policy('paths:\n  - {match: ["vendor/*"], max_acceptable_severity: moderate}\n', null);
  expect(level(given, './vendor/a.pt')).toBe(1);
  expect(level(given, 'vendor\\a.pt')).toBe(1);
});

test.each([
  ['', '/srv/a', 'srv/a'],
  ['/repo', '/repo/a/b', 'a/b'],
  ['/repo/ci', '/repo/models/a.pt', '../models/a.pt'],
  ['/repo/ci', '/srv/a', '../../srv/a'],
  ['/a', '/ab/c', '../ab/c'],
  ['C:/repo', 'C:/repo/a', 'a'],
  ['/repo', 'hf://org/name@main/a', 'hf://org/name@main/a'],
  ['/repo', 'hf-cache:org/name@main/a', 'hf-cache:org/name@main/a'],
])('the relative from %j to %s is %s', (folder, path, relative) => {
  expect(relativePath(folder, path)).toBe(relative);
});

test('a policy beside the models names them through the folder above both', () => {
  const given = policy('paths:\n  - {match: ["../models/**"], max_acceptable_severity: moderate}\n', '/repo/ci');
  expect(level(given, '/repo/models/a.pt')).toBe(1);
  expect(level(given, '/repo/ci/a.pt')).toBe(0);
});

describe('a policy that came with the files', () => {
  const found = (text: string): Policy => policy(text, '/repo/vendor');
  test.each([
    ['max_acceptable_severity: strict', 0],
    ['max_acceptable_severity: OVERTLY_MALICIOUS', 2],
    ['owner: somebody', 2],
    ['paths:\n  - {match: ["a.pt"], max_acceptable_severity: strict}', 0],
    ['paths:\n  - {match: ["a.pt"], max_acceptable_severity: LIKELY_UNSAFE}', 2],
    ['max_acceptable_severity: strict\npaths:\n  - {match: ["a.pt"], max_acceptable_severity: moderate}', 1],
    ['paths:\n  - {match: ["b.pt"], max_acceptable_severity: strict}', 2],
  ])('lowers the level only: %j', (text, expected) => {
    expect(level(tighten(OWN, found(text)).policy, '/repo/vendor/a.pt')).toBe(expected);
  });
});
