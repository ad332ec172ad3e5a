import type { Report } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, type PolicyReport, type RunReport } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { Refusal } from './dsse.js';
import {
  describeRequirements,
  requireClosurePolicy,
  requirePolicy,
  requireRules,
  requireVerdict,
  type Requirements,
} from './requirements.js';

const NOTHING: Requirements = { rules: [], policy: null, anyPolicy: false, anyVerdict: false, allowIncomplete: false };
const FILE = { file: 'mine.yml', sha256: 'ab' };
const RUN = { rules: [], policyFiles: [], alsoAllow: [], maxAcceptableSeverity: null } as unknown as RunReport;
const trusted = (path: string, sha256: string, is = true) => ({ path, sha256, trusted: is });
const run = (more: object): RunReport => ({ ...RUN, ...more });

/** Why it is refused; null where it is not. */
function refusal(ask: () => void): string | null {
  try {
    ask();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return null;
}

describe('rules', () => {
  const asked = (applied: string[], rules: string[] = []) =>
    refusal(() => requireRules({ rules: applied }, { ...NOTHING, rules }));

  test('are all of them where none are named', () => {
    expect(asked([])).toBeNull();
    expect(asked([], ['PICKLE'])).toBeNull();
    expect(asked(['pickle', 'archive', 'torch', 'keras', 'serving', 'repo'])).toBeNull();
  });

  test('that are missing are named, the first five', () => {
    expect(asked(['PICKLE-EXEC'], ['PICKLE-EXEC'])).toBeNull();
    expect(asked(['pickle'], ['PICKLE-EXEC'])).toBeNull();
    expect(asked(['PICKLE-EXEC'], ['ARCHIVE-BOMB'])).toBe(
      'only the rules PICKLE-EXEC were applied, not ARCHIVE-BOMB; --rules says which are enough',
    );
    expect(asked(['ARCHIVE', 'TORCH'])).toMatch(/^only the rules ARCHIVE, TORCH were applied, not PICKLE-[A-Z-]+, /);
    expect(asked(['OTHER'])).toMatch(/, not (?:[A-Z-]+, ){4}[A-Z-]+ and \d+ more; --rules/);
  });
});

describe('a policy', () => {
  const STRICT: PolicyReport = {
    failOn: [...(DEFAULT_POLICY.defaults.failOn ?? [])],
    ticketOn: [],
    rules: {},
    maxAcceptableSeverity: 'LIKELY_SAFE',
    paths: [],
    sourceComments: [],
  };
  const REPORT = { allow: [], findings: [] } as unknown as Report;
  const asked = (
    policy: Partial<PolicyReport>,
    report: object = {},
    more: object = {},
    required: Partial<Requirements> = {},
  ) =>
    refusal(() =>
      requirePolicy({ ...REPORT, ...report }, run(more), { ...STRICT, ...policy }, { ...NOTHING, ...required }),
    );
  const ADVICE = '; --policy FILE takes the policy that says so, --any-policy takes any';
  const looser = (why: string): string => `it is looser than the default: ${why}${ADVICE}`;

  test('is no looser than what is built in', () => {
    expect(asked({})).toBeNull();
    expect(asked({ failOn: ['CRITICAL'] })).toMatch(
      /^it is looser than the default: a finding .*HIGH.* of PICKLE-\w+ fails nothing/,
    );
    expect(asked({ failOn: ['CRITICAL'] }, {}, {}, { anyPolicy: true })).toBeNull();
    const rules = { 'ARCHIVE-BOMB': { failOn: [], ticketOn: [] } };
    expect(asked({ rules })).toMatch(/ of ARCHIVE-BOMB fails nothing/);
    expect(asked({ rules }, {}, {}, { rules: ['PICKLE'] })).toBeNull();
    expect(asked({ maxAcceptableSeverity: 'SUSPICIOUS' })).toBe(looser('artifacts may be SUSPICIOUS'));
    expect(asked({ paths: [{ match: ['*'], maxAcceptableSeverity: 'SUSPICIOUS' }] })).toBe(
      looser('artifacts may be SUSPICIOUS'),
    );
  });

  const accepted = { accepted: { owner: 'x' }, baseline: null };
  const tolerated = { accepted: null, baseline: { state: 'unchanged', tolerated: true } };
  const plain = { accepted: null, baseline: { state: 'new', tolerated: false } };

  test('rests on nothing but what was found', () => {
    expect(asked({}, { allow: [{ state: 'used' }, { state: 'unused' }] })).toBe(looser('it rests on 1 allow entry'));
    expect(asked({}, { allow: [{ state: 'used' }, { state: 'used' }] })).toBe(looser('it rests on 2 allow entries'));
    expect(asked({}, { allow: [{ state: 'expired' }] })).toBeNull();
    expect(asked({}, { findings: [accepted, plain, accepted] })).toBe(looser('it rests on 2 accepted findings'));
    expect(asked({}, { findings: [plain, tolerated] })).toBe(looser('a baseline lets 1 finding pass'));
    expect(asked({}, { findings: [plain] })).toBeNull();
  });

  test('is the one that the verifier has', () => {
    const file = (more: object, report: object = {}) => asked({ failOn: [] }, report, more, { policy: FILE });
    expect(file({ policyFiles: [trusted('p', 'ab')] })).toBeNull();
    expect(file({ policyFiles: [trusted('t', 'zz', false), trusted('p', 'ab')] })).toBeNull();
    expect(file({})).toBe('it was made under what is built in, not under mine.yml');
    expect(file({ policyFiles: [trusted('p', 'ab', false)] })).toBe(
      'it was made under what is built in, not under mine.yml',
    );
    expect(file({ policyFiles: [trusted('p', 'cd')] })).toBe(
      'it was made under another policy than mine.yml: p, SHA-256 cd',
    );
    expect(file({ policyFiles: [trusted('p', 'ab'), trusted('q', 'ab')] })).toBe(
      'it was made under another policy than mine.yml: p, SHA-256 ab',
    );
    const own = { policyFiles: [trusted('p', 'ab')] };
    expect(file({ ...own, alsoAllow: ['a.b'] })).toBe(
      'it was made with --also-allow, which mine.yml does not say; --any-policy takes it',
    );
    expect(file({ ...own, maxAcceptableSeverity: 'SUSPICIOUS' })).toBe(
      'it was made with --max-acceptable-severity, which mine.yml does not say; --any-policy takes it',
    );
    expect(file(own, { findings: [tolerated] })).toBe(
      'a baseline lets 1 finding pass, which mine.yml does not say; --any-policy takes it',
    );
    expect(file(own, { findings: [accepted] })).toBeNull();
  });

  test('of a closure is told by its files and options', () => {
    const closure = (more: object, required: Partial<Requirements> = {}) =>
      refusal(() => requireClosurePolicy(run(more), { ...NOTHING, ...required }));
    const own = { policyFiles: [trusted('p', 'ab')] };
    expect(closure({})).toBeNull();
    expect(closure({ policyFiles: [trusted('p', 'ab', false)] })).toBeNull();
    expect(closure(own)).toBe(`it was made under the policy p${ADVICE}`);
    expect(closure(own, { policy: FILE })).toBeNull();
    expect(closure({}, { policy: FILE })).toBe('it was made under what is built in, not under mine.yml');
    expect(closure({ alsoAllow: ['a.b'] })).toBe('it was made with --also-allow; --any-policy takes it');
    expect(closure({ ...own, alsoAllow: ['a.b'] }, { anyPolicy: true })).toBeNull();
  });
});

test.each([
  ['pass', {}, null],
  ['closed', {}, null],
  ['fail', {}, '--any-verdict'],
  ['open', { allowIncomplete: true }, '--any-verdict'],
  ['incomplete', {}, '--allow-incomplete'],
  ['unverifiable', {}, '--allow-incomplete'],
  ['incomplete', { allowIncomplete: true }, null],
  ['unverifiable', { allowIncomplete: true }, null],
  ['fail', { anyVerdict: true }, null],
])('the verdict %s with %j', (verdict, required, option) => {
  const said = refusal(() => requireVerdict('scan', verdict, { ...NOTHING, ...required }));
  expect(said).toBe(
    option === null ? null : `the scan that it is about has the result "${verdict}"; ${option} takes it`,
  );
});

test('what was asked is told', () => {
  const told = (required: Partial<Requirements>) => describeRequirements({ ...NOTHING, ...required });
  expect(told({})).toBe('every rule, nothing looser than the default policy, a complete pass');
  expect(told({ rules: ['A', 'B'], policy: FILE, allowIncomplete: true })).toBe(
    'the rules A, B, the policy mine.yml (SHA-256 ab), no failure',
  );
  expect(told({ anyPolicy: true, anyVerdict: true })).toBe('every rule, any policy, any result');
});
