import { describe, expect, test } from 'vitest';
import { at, call, globalFact, str, structFact } from '../../test/fact-kit.js';
import { TODAY } from '../../test/report-kit.js';
import { retestWords } from '../command/retest-command.js';
import type { Fact } from '../model/fact.js';
import type { Policy } from '../model/policy.js';
import type { Finding } from '../model/report.js';
import type { Match } from '../model/rule.js';
import { DECISIONS } from '../model/severity.js';
import { applyRules } from '../rules/apply.js';
import { RULES } from '../rules/index.js';
import { DEFAULT_POLICY } from './defaults.js';
import { buildFindings, levelSignals } from './finding.js';
import { fingerprint } from './fingerprint.js';

function findings(
  facts: readonly Fact[],
  artifact = 'models/a.pkl',
  policy: Policy = DEFAULT_POLICY,
  today = TODAY,
): Finding[] {
  return buildFindings(
    applyRules(facts, RULES, { userAllow: new Set() }),
    { path: artifact, sha256: null },
    policy,
    today,
    retestWords({ paths: [artifact], policy: null }, null),
  );
}
const only = (list: readonly Finding[]): Finding => {
  if (list.length !== 1 || list[0] === undefined) throw new Error(`${list.length} findings`);
  return list[0];
};
const system = (path: string, offset = 0, argument = 'id') =>
  globalFact('os', 'system', [call([str(argument)])], { at: at(path, offset) });

test('a finding carries its record, its evidence and its decision', () => {
  expect(only(findings([system('models/a.pkl', 31)]))).toMatchObject({
    ruleId: 'PICKLE-EXEC',
    severity: 'CRITICAL',
    cwe: ['CWE-502'],
    artifact: 'models/a.pkl',
    location: { path: 'models/a.pkl', offset: 31, line: null },
    evidence: { signal: 'GLOBAL os.system', call: "os.system('id')" },
    retest: 'sentinel artifact models/a.pkl --rule PICKLE-EXEC',
    action: 'fail',
    accepted: null,
    safety: { level: 5, name: 'OVERTLY_MALICIOUS' },
  });
});

test('weaknesses of the match join those of the rule, and a lower severity has its own decision', () => {
  const rule = RULES.find(({ meta }) => meta.id === 'PICKLE-EXEC');
  if (rule === undefined) throw new Error('no such rule');
  const fact = system('models/a.pkl');
  const built = (more: Partial<Match>): Finding =>
    only(
      buildFindings(
        [{ rule, fact, match: { message: 'm', signal: 's', call: null, chain: [], level: 2, ...more } }],
        { path: 'models/a.pkl', sha256: null },
        DEFAULT_POLICY,
        TODAY,
        retestWords({ paths: ['models/a.pkl'], policy: null }, null),
      ),
    );
  expect(built({})).toMatchObject({ cwe: rule.meta.cwe, severity: rule.meta.severity, decision: rule.meta.decision });
  expect(built({}).evidence.call).toBeNull();
  // No policy may have an entry for what is dangerous.
  const entry = (name: string) => ({ entry: name, role: 'bare' as const });
  expect(built({ entries: [entry('mylib.Net'), entry('os.system')] }).evidence.entries).toEqual([entry('mylib.Net')]);
  expect(built({ entries: [entry('os.system')] }).evidence).not.toHaveProperty('entries');
  expect(built({})).not.toHaveProperty('flow');
  expect(built({ flow: [] })).not.toHaveProperty('flow');
  expect(built({ cwe: ['CWE-502', 'CWE-22'], severity: 'LOW' })).toMatchObject({
    cwe: [...rule.meta.cwe, 'CWE-22'],
    severity: 'LOW',
    decision: DECISIONS.LOW,
  });
  expect(built({ flow: [{ at: at(), text: 'a\u202e', code: 'x' }] }).flow).toEqual([
    { at: at(), text: 'a\\u202e', code: 'x' },
  ]);
});

describe('a fingerprint', () => {
  const print = (fact: Fact, artifact: string) => only(findings([fact], artifact)).fingerprint;
  const base = print(system('models/a.pkl'), 'models/a.pkl');

  test('is a version and 32 hex characters', () => expect(base).toMatch(/^v2-[0-9a-f]{32}$/));
  test('survives a moved folder', () => expect(print(system('/srv/in/a.pkl'), '/srv/in/a.pkl')).toBe(base));
  test('survives a folder of Windows', () => expect(print(system('C:\\in\\a.pkl'), 'C:\\in\\a.pkl')).toBe(base));
  test('survives another offset', () => expect(print(system('models/a.pkl', 99), 'models/a.pkl')).toBe(base));
  test('survives another line', () => {
    const line = (number: number) => ({ ...system('s/x.py'), at: { path: 's/x.py', offset: null, line: number } });
    expect(print(line(3), 's/x.py')).toBe(print(line(40), 's/x.py'));
  });
  test('changes with the file name', () => expect(print(system('models/b.pkl'), 'models/b.pkl')).not.toBe(base));
  test('changes with the member', () => expect(print(system('models/a.pkl!x'), 'models/a.pkl')).not.toBe(base));
  test('changes with the argument', () =>
    expect(print(system('models/a.pkl', 0, 'ls'), 'models/a.pkl')).not.toBe(base));
  test('does not change with the policy', () => {
    expect(
      only(findings([system('models/a.pkl')], 'models/a.pkl', { ...DEFAULT_POLICY, defaults: { failOn: [] } }))
        .fingerprint,
    ).toBe(base);
  });

  test('tells equal findings of one artifact apart, by their order', () => {
    const prints = findings([system('models/a.pkl'), system('models/a.pkl', 50), system('models/a.pkl', 90)]).map(
      (finding) => finding.fingerprint,
    );
    expect(prints[0]).toBe(base);
    expect(new Set(prints).size).toBe(3);
    const [hit] = applyRules([system('models/a.pkl')], RULES, { userAllow: new Set() });
    if (hit === undefined) throw new Error('no match');
    const { fact, match, rule } = hit;
    const of = (occurrence: number): string =>
      fingerprint({ ruleId: rule.meta.id, artifactPath: 'models/a.pkl', fact, match, occurrence });
    expect(prints).toEqual([of(1), of(2), of(3)]);
  });

  test('tells lone surrogates apart, which UTF-8 cannot hold', () => {
    expect(print(globalFact('a', '\ud800'), 'a')).not.toBe(print(globalFact('a', '\ud801'), 'a'));
  });
});

describe('an acceptance', () => {
  const { fingerprint: accepted } = only(findings([system('models/a.pkl')]));
  const accepting = (expires: string): Policy => ({
    ...DEFAULT_POLICY,
    accept: [{ fingerprint: accepted, owner: 'board', why: 'sandboxed', expires, sha256: null, origin: 'p.yml:3' }],
  });

  test('makes the finding a note and leaves its evidence', () => {
    const finding = only(findings([system('models/a.pkl')], 'models/a.pkl', accepting('2026-06-01')));
    expect(finding).toMatchObject({
      action: 'note',
      accepted: { owner: 'board' },
      severity: 'CRITICAL',
      safety: { level: 5 },
    });
  });

  test('ends after its last day', () => {
    expect(only(findings([system('models/a.pkl')], 'models/a.pkl', accepting('2026-05-31')))).toMatchObject({
      action: 'fail',
      accepted: null,
    });
  });

  test('covers one finding and none beside it', () => {
    const list = findings(
      [system('models/a.pkl'), system('models/a.pkl', 50)],
      'models/a.pkl',
      accepting('2027-01-01'),
    );
    expect(list.map((finding) => finding.action)).toEqual(['note', 'fail']);
  });
});

test('what only raises the level is no finding but a signal with a note', () => {
  const facts = [structFact('trailing-bytes', { at: at('models/a.pkl', 7), detail: '3 bytes' })];
  expect(findings(facts)).toEqual([]);
  expect(levelSignals(applyRules(facts, RULES, { userAllow: new Set() }), 'models/a.pkl')).toEqual([
    {
      artifact: 'models/a.pkl',
      level: 1,
      note: expect.stringMatching(/^models\/a\.pkl @7: trailing-bytes: .* \(3 bytes\)\.$/) as string,
    },
  ]);
});
