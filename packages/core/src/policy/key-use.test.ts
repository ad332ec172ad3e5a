import { describe, expect, test } from 'vitest';
import type { Policy } from '../model/policy.js';
import { DEFAULT_POLICY } from './defaults.js';
import { explainTightening } from './key-use.js';
import { loadPolicy } from './load.js';

const OUTSIDE = 'only a policy outside of what is scanned, or named with --policy, may say that';
const NO_MORE = 'it asks for no more than what holds';

/** `key used? detail` of each key of a policy in the tree. */
const lines = (text: string, base: Policy = DEFAULT_POLICY): string[] =>
  explainTightening(base, loadPolicy(text, 'in/p.yml')).map(
    ({ key, used, detail }) => `${key} ${used ? '+' : '-'} ${detail}`,
  );

test.each<[string, string[]]>([
  ['fail_on: [LOW]', ['fail_on + LOW fails']],
  ['fail_on: [MEDIUM, LOW]', ['fail_on + MEDIUM fails, LOW fails']],
  ['fail_on: [CRITICAL]', [`fail_on - ${NO_MORE}`]],
  ['ticket_on: [LOW]', ['ticket_on + LOW needs a ticket']],
  ['ticket_on: [CRITICAL]', [`ticket_on - ${NO_MORE}`]],
  ['category: ARCHIVE\nfail_on: [LOW]', ['ARCHIVE.fail_on + LOW fails']],
  [
    'rules: {PICKLE-EXEC: {fail_on: [LOW], owner: me}}',
    ['PICKLE-EXEC.owner - ' + OUTSIDE, 'PICKLE-EXEC.fail_on + LOW fails'],
  ],
  ['owner: me\nretest: x', [`owner - ${OUTSIDE}`, `retest - ${OUTSIDE}`]],
  ['source_comments: {accept: ["**"]}', [`source_comments - ${OUTSIDE}`]],
  ['allow: [{entry: a.B, why: x}]', [`allow a.B - ${OUTSIDE}`]],
  [
    `accept: [{fingerprint: v2-${'a'.repeat(32)}, owner: o, why: w, expires: 2030-01-01}]`,
    [`accept v2-${'a'.repeat(32)} - ${OUTSIDE}`],
  ],
  ['max_acceptable_severity: strict', ['max_acceptable_severity - it holds already']],
  ['max_acceptable_severity: moderate', ['max_acceptable_severity - it is looser than what holds']],
])('%j', (text, expected) => {
  expect(lines(text)).toEqual(expected);
});

describe('beside a base', () => {
  const base = loadPolicy(
    'max_acceptable_severity: moderate\nrules: {PICKLE-EXEC: {fail_on: [CRITICAL, HIGH, MEDIUM, LOW]}}\n',
    'p.yml',
  );
  test.each<[string, string[]]>([
    ['max_acceptable_severity: strict', ['max_acceptable_severity + no artifact here may be above LIKELY_SAFE']],
    ['max_acceptable_severity: moderate', ['max_acceptable_severity - it holds already']],
    ['max_acceptable_severity: permissive', ['max_acceptable_severity - it is looser than what holds']],
    [
      'paths: [{match: [a, b], max_acceptable_severity: strict}]',
      ['paths a b + no artifact here may be above LIKELY_SAFE'],
    ],
    ['paths: [{match: [a], max_acceptable_severity: LIKELY_UNSAFE}]', ['paths a - it is looser than what holds']],
    ['rules: {PICKLE-EXEC: {fail_on: [LOW]}}', [`PICKLE-EXEC.fail_on - ${NO_MORE}`]],
    ['category: PICKLE\nfail_on: [LOW]', ['PICKLE.fail_on + LOW fails']],
  ])('%j', (text, expected) => {
    expect(lines(text, base)).toEqual(expected);
  });

  test('the loosest level of its paths counts as what holds', () => {
    const looser = loadPolicy('paths: [{match: [a], max_acceptable_severity: permissive}]', 'p.yml');
    expect(lines('max_acceptable_severity: moderate', looser)).toEqual([
      'max_acceptable_severity + no artifact here may be above POSSIBLY_UNSAFE',
    ]);
  });
});

test('where each key stands', () => {
  expect(explainTightening(DEFAULT_POLICY, loadPolicy('owner: me\nfail_on: [LOW]\n', 'p.yml'))).toMatchObject([
    { key: 'owner', origin: 'p.yml:1' },
    { key: 'fail_on', origin: 'p.yml:2' },
  ]);
});
