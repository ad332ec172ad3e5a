import { describe, expect, test } from 'vitest';
import { at, call, dynamicFact, globalFact, structFact } from '../../test/fact-kit.js';
import type { ArchiveAmbiguousFact, Fact, PickleStructFact, StreamFacts } from '../model/fact.js';
import { because } from '../model/plausibility.js';
import { IN_FINDINGS, IN_LATER_FINDINGS, standing, standingIn } from './standing.js';

const CUT: Fact = { ...structFact('truncated'), only: { if: 'behind-danger' } };
const signals = (facts: readonly Fact[]): readonly string[] =>
  standingIn(facts).flatMap((fact) => (fact.kind === 'pickle.structure' ? [fact.signal] : []));

describe('data that break off', () => {
  const chance = because('array-data');
  test.each<[string, Fact, boolean]>([
    ['a dangerous name', globalFact('os', 'system'), true],
    ['a computed name', dynamicFact('x'), true],
    ['a dangerous name of chance', { ...globalFact('os', 'system'), plausibility: chance }, false],
    ['a computed name of chance', { ...dynamicFact('x'), plausibility: chance }, false],
    ['an unknown name', globalFact('mylib', 'Net', [call()]), false],
    ['an allowed name', globalFact('collections', 'OrderedDict'), false],
    ['another signal', structFact('bad-number'), false],
  ])('behind %s', (_what, fact, isSignal) => {
    expect(signals([fact, CUT]).includes('truncated')).toBe(isSignal);
    expect(standingIn([fact, CUT]).some((one) => 'only' in one)).toBe(false);
  });

  test('are not asked for where they always count', () => {
    const facts = [structFact('truncated')];
    expect(standingIn(facts)).toBe(facts);
  });
});

describe('attributes that are set one by one', () => {
  const of = (module: string, name: string, offset: number): PickleStructFact => ({
    ...structFact('attribute-state'),
    at: at('m.pkl', offset),
    detail: name,
    count: 2,
    only: { if: 'known-class', module, name },
  });
  test.each<[string, string, number]>([
    ['collections', 'Counter', 1],
    ['xgboost.core', 'Booster', 1],
    ['os', 'system', 1],
    ['mylib', 'Slotted', 0],
  ])('of %s.%s', (module, name, count) => expect(signals([of(module, name, 3)])).toHaveLength(count));

  test('of several classes are one signal, at the first that counts', () => {
    const always = { ...structFact('attribute-state'), at: at('m.pkl', 7), count: 1 };
    const facts = [always, of('mylib', 'A', 1), of('collections', 'Counter', 5), of('collections', 'deque', 9)];
    expect(standingIn(facts)).toMatchObject([{ at: { offset: 5 }, detail: 'Counter', count: 5 }]);
    expect(standingIn([always, of('mylib', 'A', 1)])).toEqual([always]);
  });
});

describe('archives in a row', () => {
  const stream = (path: string, ...facts: readonly Fact[]): { stream: StreamFacts; facts: readonly Fact[] } => ({
    stream: {
      path,
      role: 'torch-zip',
      offset: 0,
      length: 9,
      protocol: 2,
      end: 'stop',
      error: null,
      sha256: null,
    },
    facts,
  });
  const row = (path: string, offset = 0): ArchiveAmbiguousFact => ({
    kind: 'archive.ambiguous',
    at: at('a.distcp'),
    problem: 'several-end-records',
    entry: null,
    detail: path,
    ifUnusual: { path, offset },
  });
  const counted = (...facts: readonly Fact[]): number =>
    standing({ streams: [stream('p', ...facts)], facts: [row('p')] }).facts.length;

  test('count where one names something unusual', () => {
    expect(counted(globalFact('collections', 'OrderedDict'))).toBe(0);
    expect(counted(globalFact('builtins', 'getattr'))).toBe(0);
    expect(counted({ ...globalFact('__builtin__', 'set'), mapped: { module: 'builtins', name: 'set' } })).toBe(0);
    expect(counted(globalFact('mylib', 'Net'))).toBe(1);
    expect(counted(dynamicFact('x'))).toBe(1);
    expect(counted(CUT)).toBe(0);
    expect(counted(CUT, globalFact('os', 'system'))).toBe(1);
  });

  test('count once, by the first such stream, which the fact names', () => {
    const streams = [
      stream('p', globalFact('collections', 'OrderedDict')),
      stream('q', globalFact('mylib', 'Net')),
      stream('r', globalFact('mylib', 'Net')),
    ];
    const other: Fact = { kind: 'archive.ambiguous', at: at(), problem: 'polyglot', entry: null, detail: 'other' };
    const found = standing({ streams, facts: [row('p'), row('q', 1), other, row('q'), row('r')] });
    expect(found.facts.map((fact) => 'detail' in fact && fact.detail)).toEqual(['other', 'q']);
  });
});

test('what is asked of facts that are judged at once, and of those that are stored', () => {
  const known = globalFact('collections', 'OrderedDict');
  const strange = globalFact('mylib', 'Net');
  for (const interest of [IN_FINDINGS, IN_LATER_FINDINGS]) {
    expect([known, strange].map(({ module, name }) => interest.follows(module, name))).toEqual([false, true]);
    expect(interest.identifies([strange])).toBe(true);
  }
  expect(IN_LATER_FINDINGS.identifies([known])).toBe(true);
  expect(IN_FINDINGS.identifies([known])).toBe(false);
  expect(IN_FINDINGS.identifies([{ ...known, role: 'torchscript' }])).toBe(true);
  expect(IN_FINDINGS.identifies([known, CUT])).toBe(false);
  expect(IN_FINDINGS.identifies([structFact('uncanonical')])).toBe(false);
  expect(IN_FINDINGS.identifies([structFact('bad-number')])).toBe(true);
});
