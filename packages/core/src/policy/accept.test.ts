import { expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { artifact, reportOf, TODAY } from '../../test/report-kit.js';
import type { AcceptEntry, Policy } from '../model/policy.js';
import { acceptStates } from './accept.js';
import { DEFAULT_POLICY } from './defaults.js';

const { findings } = reportOf('a.pkl', [globalFact('mylib', 'Net', [], { at: at('a.pkl') })]);
const [finding] = findings;
if (finding === undefined) throw new Error('no finding');

const OURS = 'a1'.repeat(32);
const NOTHING = `v2-${'0'.repeat(32)}`;
const entry = (fingerprint: string, expires: string, sha256: string | null = null): AcceptEntry => ({
  fingerprint,
  owner: 'board',
  why: 'x',
  expires,
  sha256,
  origin: 'p.yml:3',
});
const states = (...accept: Policy['accept']) => {
  const artifacts = [artifact('a.pkl', 3, { sha256: OURS })];
  const all = acceptStates({ ...DEFAULT_POLICY, accept }, [finding, finding], artifacts, TODAY);
  return all.map((item) => [item.state, item.findings]);
};

test('acceptances count until their last day, and say what they match', () => {
  expect(
    states(
      entry(finding.fingerprint, TODAY),
      entry(finding.fingerprint, '2026-05-31'),
      entry(NOTHING, TODAY),
      entry(NOTHING, '2020-01-01'),
    ),
  ).toEqual([
    ['used', 2],
    ['expired', 2],
    ['unused', 0],
    ['expired', 0],
  ]);
});

test('one finding is enough', () => {
  const policy = { ...DEFAULT_POLICY, accept: [entry(finding.fingerprint, TODAY)] };
  expect(acceptStates(policy, [finding], [], TODAY)).toMatchObject([{ state: 'used', findings: 1 }]);
});

test('a pin is to one artifact', () => {
  expect(states(entry(finding.fingerprint, TODAY, OURS), entry(finding.fingerprint, TODAY, 'b2'.repeat(32)))).toEqual([
    ['used', 2],
    ['unused', 0],
  ]);
});

test('a fingerprint of an earlier version names nothing, and it is said', () => {
  expect(states(entry('0'.repeat(32), '2027-01-01'))).toEqual([['outdated', 0]]);
});
