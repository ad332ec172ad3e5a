import type { Finding, Report } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { DANGEROUS, reportOf, UNKNOWN } from '../../test/report-kit.js';
import { policyEffect } from './policy-effect.js';

const ACCEPTED: NonNullable<Finding['accepted']> = { owner: 'board', why: 'known', expires: null };

/** A report whose findings are these, each made of the same one. */
async function reportWith(
  findings: readonly Partial<Pick<Finding, 'action' | 'accepted'>>[],
  more: Partial<Report> = {},
): Promise<Report> {
  const report = await reportOf({ 'a.pkl': DANGEROUS });
  const [first] = report.findings;
  if (first === undefined) throw new Error('no finding');
  return { ...report, findings: findings.map((finding) => ({ ...first, accepted: null, ...finding })), ...more };
}

test('what a policy made of the findings: each counts once, and an accepted one fails nothing', async () => {
  const report = await reportWith([
    { action: 'fail' },
    { action: 'fail' },
    { action: 'ticket' },
    { action: 'note' },
    { action: 'fail', accepted: ACCEPTED },
    { action: 'note', accepted: ACCEPTED },
  ]);
  expect(policyEffect(report, null).made).toEqual([
    '2 findings fail the run',
    '1 finding asks for a ticket',
    '1 finding is noted',
    '2 findings are accepted by somebody',
  ]);
  expect(policyEffect(await reportWith([]), null).made).toEqual([]);
  const one = await reportWith([{ action: 'fail' }, { action: 'ticket' }, { action: 'ticket' }, { action: 'note' }]);
  expect(policyEffect(one, null).made).toEqual([
    '1 finding fails the run',
    '2 findings ask for a ticket',
    '1 finding is noted',
  ]);
});

test('entries that were used, and those that change nothing', async () => {
  const entry: Report['allow'][number] = {
    entry: 'a.B',
    role: 'bare',
    state: 'used',
    detail: null,
    why: null,
    owner: null,
    expires: null,
    sha256: null,
    origin: 'p.yml:2',
  };
  const accept: Report['accept'][number] = {
    ...ACCEPTED,
    sha256: null,
    origin: 'p.yml:3',
    fingerprint: `v2-${'e'.repeat(32)}`,
    state: 'used',
    findings: 1,
  };
  const made = async (allow: Report['allow'], accepts: Report['accept']): Promise<readonly string[]> =>
    policyEffect(await reportWith([], { allow, accept: accepts }), null).made;
  expect(await made([entry], [accept])).toEqual(['1 name is allowed by you']);
  expect(await made([entry, entry, { ...entry, state: 'expired' }], [])).toEqual([
    '2 names are allowed by you',
    '1 entry changes nothing',
  ]);
  expect(await made([{ ...entry, state: 'shadowed' }], [accept, { ...accept, state: 'unused' }])).toEqual([
    '2 entries change nothing',
  ]);
});

test('what it changed, where the run without it is known', async () => {
  const of = async (before: Partial<Finding>[], after: Partial<Finding>[], verdict: Report['verdict']) =>
    policyEffect(await reportWith(after, { verdict }), await reportWith(before, { verdict: 'fail' })).change;
  const fails = { action: 'fail' } as const;
  expect(await of([fails], [{ action: 'note' }], 'pass')).toBe(
    'Without this policy the verdict is fail, with it pass. Findings that fail: 1 without it, 0 with it.',
  );
  expect(await of([fails, fails], [fails, { ...fails, accepted: ACCEPTED }], 'fail')).toBe(
    'The verdict stays fail. Findings that fail: 2 without it, 1 with it.',
  );
  // A note that nobody accepted fails nothing either.
  expect(await of([fails, { action: 'note' }], [fails], 'fail')).toBe('The verdict stays fail.');
  expect(policyEffect(await reportWith([]), null).change).toBeNull();
});

test('what it asks for, rules with a gate of their own too', async () => {
  const policy = 'fail_on: [CRITICAL, HIGH]\nticket_on: []\nrules:\n  PICKLE-EXEC:\n    fail_on: [LOW]\n';
  const effect = policyEffect(await reportOf({ 'c.pkl': UNKNOWN }, policy), null);
  expect(effect.asks.slice(0, 2)).toEqual(['Fails on CRITICAL, HIGH', 'Asks for a ticket on none']);
  expect(effect.asks.at(-1)).toMatch(/^PICKLE-EXEC fails on /);
  expect(policyEffect(await reportWith([], { policy: null }), null).asks).toEqual([]);
});
