import { expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { reportOf, TODAY } from '../../test/report-kit.js';
import type { Policy } from '../model/policy.js';
import { acceptStates } from './accept.js';
import { DEFAULT_POLICY } from './defaults.js';

const { findings } = reportOf('a.pkl', [globalFact('mylib', 'Net', [], { at: at('a.pkl') })]);
const [finding] = findings;
if (finding === undefined) throw new Error('no finding');

const entry = (fingerprint: string, expires: string) => ({
  fingerprint,
  owner: 'board',
  why: 'x',
  expires,
  origin: 'p.yml:3',
});
const states = (...accept: Policy['accept']) =>
  acceptStates({ ...DEFAULT_POLICY, accept }, [finding, finding], TODAY).map((item) => [item.state, item.findings]);

test('acceptances count until their last day, and say what they match', () => {
  expect(
    states(
      entry(finding.fingerprint, TODAY),
      entry(finding.fingerprint, '2026-05-31'),
      entry('0'.repeat(32), TODAY),
      entry('0'.repeat(32), '2020-01-01'),
    ),
  ).toEqual([
    ['used', 2],
    ['expired', 2],
    ['unused', 0],
    ['expired', 0],
  ]);
});
