import { describe, expect, test } from 'vitest';
import type { AllowEntry, Policy } from '../model/policy.js';
import { safety } from '../model/severity.js';
import { DEFAULT_POLICY } from './defaults.js';
import { effectivePolicy } from './effective.js';
import { activeAllow, allowedNames, isExpired, pinnedNames, shadowOf } from './allow.js';

const TODAY = '2026-06-01';
const of = (more: Partial<Policy>) => effectivePolicy({ ...DEFAULT_POLICY, file: 'p.yml', ...more }, TODAY);

describe('what holds', () => {
  test('is what is built in where nobody says more', () => {
    const policy = of({});
    expect(policy.maxAcceptableSeverity).toEqual({ value: safety(0), origin: null });
    expect(policy.everything).toMatchObject({
      scope: 'everything',
      failOn: { value: DEFAULT_POLICY.defaults.failOn, origin: null },
      owner: { value: null, origin: null },
      fails: DEFAULT_POLICY.defaults.failOn,
    });
    expect(policy).toMatchObject({
      rules: [],
      allow: [],
      accept: [],
      warnings: [],
      sourceComments: { value: [], origin: null },
    });
    expect(policy.categories.map(({ scope }) => scope)).toContain('PICKLE');
  });

  test('is the reach that the most specific part names, with its place', () => {
    const policy = of({
      defaults: { reach: { constant: 'ticket', test: 'note' } },
      categories: { TORCH: { reach: { constant: 'note' } } },
      origins: { reach: 'p.yml:1', 'TORCH.reach': 'p.yml:5' },
    });
    expect(policy.everything.reach).toEqual([
      { reach: 'constant', value: 'ticket', origin: 'p.yml:1' },
      { reach: 'test', value: 'note', origin: 'p.yml:1' },
    ]);
    expect(policy.categories.find(({ scope }) => scope === 'TORCH')?.reach).toEqual([
      { reach: 'constant', value: 'note', origin: 'p.yml:5' },
      { reach: 'test', value: 'note', origin: 'p.yml:1' },
    ]);
    expect(of({}).everything.reach).toEqual([]);
  });

  test('is the most specific, with its place', () => {
    const policy = of({
      defaults: { failOn: ['CRITICAL'], owner: 'all' },
      categories: { PICKLE: { ticketOn: ['LOW'], retest: 'again' } },
      rules: { 'PICKLE-EXEC': { failOn: ['LOW'], owner: 'me' } },
      origins: {
        fail_on: 'p.yml:1',
        owner: 'p.yml:2',
        'PICKLE.ticket_on': 'p.yml:3',
        'PICKLE-EXEC.owner': 'p.yml:4',
        max_acceptable_severity: 'p.yml:5',
        source_comments: 'p.yml:6',
      },
      maxAcceptableSeverity: 2,
      sourceComments: ['*.py'],
      paths: [{ match: ['a'], maxAcceptableSeverity: 1, why: null, origin: 'p.yml:7' }],
    });
    expect(policy.everything).toMatchObject({
      failOn: { value: ['CRITICAL'], origin: 'p.yml:1' },
      owner: { value: 'all', origin: 'p.yml:2' },
      fails: ['CRITICAL'],
    });
    expect(policy.categories.find(({ scope }) => scope === 'PICKLE')).toMatchObject({
      failOn: { value: ['CRITICAL'], origin: 'p.yml:1' },
      ticketOn: { value: ['LOW'], origin: 'p.yml:3' },
      retest: { value: 'again', origin: null },
      tickets: ['LOW'],
    });
    expect(policy.rules.map(({ scope }) => scope)).toEqual(['PICKLE-EXEC']);
    expect(policy.rules[0]).toMatchObject({
      failOn: { value: ['LOW'], origin: null },
      owner: { value: 'me', origin: 'p.yml:4' },
      retest: { value: 'again', origin: null },
      fails: ['LOW'],
      tickets: [],
    });
    expect(policy.maxAcceptableSeverity).toEqual({ value: safety(2), origin: 'p.yml:5' });
    expect(policy.sourceComments).toEqual({ value: ['*.py'], origin: 'p.yml:6' });
    expect(policy.paths).toEqual([{ match: ['a'], maxAcceptableSeverity: safety(1), why: null, origin: 'p.yml:7' }]);
  });

  test('warns of a ticket for what fails', () => {
    const { warnings } = of({
      defaults: { failOn: ['HIGH', 'LOW'], ticketOn: ['LOW', 'MEDIUM'] },
      categories: { PICKLE: { failOn: ['HIGH'], ticketOn: ['HIGH'] }, TORCH: { ticketOn: ['HIGH'] } },
      rules: { 'PICKLE-EXEC': { failOn: ['LOW'], ticketOn: ['HIGH'] } },
      origins: { 'PICKLE.ticket_on': 'p.yml:9' },
    });
    expect(warnings).toEqual([
      'p.yml: ticket_on names LOW, which fail_on beside it fails already',
      'p.yml:9: ticket_on names HIGH, which fail_on beside it fails already',
    ]);
  });

  test('says what became of entries and acceptances', () => {
    const accept = { owner: 'x', why: 'x', sha256: null, origin: 'p:1' };
    const states = of({
      allow: [entry('a.B'), entry('a.B'), entry('a.C', { expires: '2026-05-31' })],
      accept: [
        { ...accept, fingerprint: 'v2-1', expires: TODAY },
        { ...accept, fingerprint: 'v2-2', expires: '2026-05-31' },
        { ...accept, fingerprint: 'abc', expires: TODAY },
      ],
    });
    expect(states.allow.map(({ state, detail }) => [state, detail])).toEqual([
      ['counts', null],
      ['shadowed', 'the entry at p:1 says the same'],
      ['expired', 'its last day was 2026-05-31'],
    ]);
    expect(states.accept.map(({ state }) => state)).toEqual(['counts', 'expired', 'outdated']);
  });
});

function entry(name: string, more: Partial<AllowEntry> = {}): AllowEntry {
  return { entry: name, role: 'bare', why: 'x', owner: null, expires: null, sha256: null, origin: 'p:1', ...more };
}

describe('allow entries', () => {
  const active = (allow: AllowEntry[], sha256: string | null = null) =>
    [...activeAllow({ ...DEFAULT_POLICY, allow }, TODAY, sha256).values()].map(({ origin }) => origin);

  test('count up to their last day', () => {
    expect([isExpired(null, TODAY), isExpired(TODAY, TODAY), isExpired('2026-05-31', TODAY)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(active([entry('a.B', { expires: TODAY })])).toEqual(['p:1']);
    expect(active([entry('a.B', { expires: '2026-05-31' })])).toEqual([]);
  });

  test('of an artifact count for it alone; the wider one counts', () => {
    const pinned = entry('a.B', { sha256: 'ab', origin: 'pinned' });
    const wide = entry('a.B', { origin: 'wide' });
    const maker = entry('a.B', { role: 'maker', origin: 'maker' });
    expect([active([pinned]), active([pinned], 'cd'), active([pinned], 'ab')]).toEqual([[], [], ['pinned']]);
    expect(active([pinned, wide], 'ab')).toEqual(['wide']);
    expect(active([wide, pinned], 'ab')).toEqual(['wide']);
    expect(active([wide, maker])).toEqual(['maker']);
    expect(active([maker, wide])).toEqual(['maker']);
    expect(active([maker, pinned], 'ab')).toEqual(['maker']);
    expect(active([{ ...pinned, role: 'maker' }, wide], 'ab')).toEqual(['pinned']);
  });

  test('of makers have two names', () => {
    const names = allowedNames(
      activeAllow({ ...DEFAULT_POLICY, allow: [entry('a.B'), entry('a.C', { role: 'maker' })] }, TODAY, null),
    );
    expect([...names]).toEqual(['a.B', 'a.C', 'a.C()']);
  });

  test('that are pinned ask for hashes', () => {
    const accept = { fingerprint: 'v2-1', owner: 'x', why: 'x', expires: TODAY, sha256: 'ab', origin: 'p' };
    const names = (more: Partial<Policy>) => pinnedNames({ ...DEFAULT_POLICY, ...more }, TODAY);
    expect(
      names({
        allow: [entry('a.B'), entry('a.C', { sha256: 'ab' }), entry('a.D', { sha256: 'ab', expires: '2026-05-31' })],
      }),
    ).toEqual(['a.C']);
    expect(names({ accept: [accept] })).toEqual(['*']);
    expect(
      names({
        accept: [
          { ...accept, sha256: null },
          { ...accept, expires: '2026-05-31' },
        ],
      }),
    ).toEqual([]);
  });

  test('may change nothing', () => {
    const shadow = (own: AllowEntry, ...others: AllowEntry[]) =>
      shadowOf(own, { ...DEFAULT_POLICY, allow: [...others, own] }, TODAY);
    const same = 'the entry at q says the same';
    const other = (more: Partial<AllowEntry> = {}) => entry('a.B', { origin: 'q', ...more });
    expect(shadow(entry('a.B'))).toBeNull();
    expect(shadow(entry('a.B'), other())).toBe(same);
    expect(shadow(entry('a.B'), other({ role: 'maker' }))).toBe(same);
    expect(shadow(entry('a.B', { role: 'maker' }), other())).toBeNull();
    expect(shadow(entry('a.B'), other({ sha256: 'ab' }))).toBeNull();
    expect(shadow(entry('a.B'), other({ expires: '2026-05-31' }))).toBeNull();
    expect(shadow(entry('a.B'), { ...other(), entry: 'a.C' })).toBeNull();
    const wide = 'the entry at q allows it in every artifact';
    const behind = (own: AllowEntry, later: AllowEntry) =>
      shadowOf(own, { ...DEFAULT_POLICY, allow: [own, later] }, TODAY);
    expect(behind(entry('a.B', { sha256: 'ab' }), other())).toBe(wide);
    expect(behind(entry('a.B', { sha256: 'ab' }), other({ role: 'maker' }))).toBe(wide);
    expect(behind(entry('a.B', { sha256: 'ab', role: 'maker' }), other())).toBeNull();
    expect(behind(entry('a.B', { sha256: 'ab' }), other({ expires: '2026-05-31' }))).toBeNull();
    expect(behind(entry('a.B', { sha256: 'ab' }), { ...other(), entry: 'a.C' })).toBeNull();
    expect(behind(entry('a.B'), other())).toBeNull();
    expect(shadow(entry('collections.OrderedDict'))).toBe('the built-in allowlist has it');
    expect(shadow(entry('collections.OrderedDict', { role: 'maker' }))).toBeNull();
    expect(shadow(entry('numpy.add'))).toBeNull();
  });
});
