import { describe, expect, test } from 'vitest';
import { at, globalFact, identity, structFact } from '../../test/fact-kit.js';
import type { Fact } from '../model/fact.js';
import { UNKNOWN } from '../model/identity.js';
import type { Match } from '../model/rule.js';
import { coverageOf, fingerprint, memberPath } from './fingerprint.js';

test.each([
  ['models/a.pkl', 'models/a.pkl', 'a.pkl'],
  ['models/a.zip!x/b.pkl', 'models/a.zip', 'a.zip!x/b.pkl'],
  ['C:\\m\\a.pkl', 'C:\\m\\a.pkl', 'a.pkl'],
  ['elsewhere!b', 'models/a.zip', 'elsewhere!b'],
  ['a!<bytes @12>!c', 'a', 'a!<bytes @>!c'],
  ['a![bytes 12-]![bytes 3-]', 'a', 'a![bytes -]![bytes -]'],
  ['a![bytes 12-34]', 'a', 'a![bytes 12-34]'],
  ['a!12', 'a', 'a!12'],
])('%s in %s is %s', (path, artifact, shown) => expect(memberPath(path, artifact)).toBe(shown));

const match = { signal: 's' } as unknown as Match;
const of = (fact: Fact, more: Partial<Parameters<typeof fingerprint>[0]> = {}): string =>
  fingerprint({ ruleId: 'R', artifactPath: 'a.pkl', fact, match, occurrence: 1, ...more });
const global = globalFact('m', 'n');

test('is the version and 128 bits', () => expect(of(global)).toMatch(/^v2-[0-9a-f]{32}$/));

describe('says another name for', () => {
  const archive = {
    kind: 'archive.path',
    at: at('a.pkl'),
    problem: 'absolute',
    entry: 'x',
    detail: '',
  } as unknown as Fact;
  const bomb = { kind: 'archive.bomb', at: at('a.pkl'), problem: 'expansion', detail: '' } as unknown as Fact;
  const load = { kind: 'torch.load', at: at('a.pkl'), outcome: 'fails' } as unknown as Fact;
  const native = {
    kind: 'torch.native',
    at: at('a.pkl'),
    what: 'operator',
    namespace: 'a',
    name: 'b',
  } as unknown as Fact;
  const source = { kind: 'source.call', at: at('a.pkl') } as unknown as Fact;
  const differs = (fact: Fact, more: object): void => expect(of({ ...fact, ...more })).not.toBe(of(fact));
  const same = (fact: Fact, more: object): void => expect(of({ ...fact, ...more })).toBe(of(fact));

  test('each part of its subject', () => {
    expect(of(global)).toBe(of({ ...global }));
    differs(global, { module: 'o' });
    differs(global, { name: 'o' });
    differs(global, { mapped: { module: 'o', name: 'n' } });
    differs(globalFact('m', 'a.b'), { walksDots: true });
    same(global, { walksDots: true });
    same(global, { via: 'INST', count: 3, at: at('models/a.pkl', 99) });
    differs(structFact('trailing-bytes'), { signal: 'trailing-pickle' });
    differs(archive, { problem: 'nul-byte' });
    differs(archive, { entry: 'y' });
    differs(archive, { kind: 'archive.ambiguous' });
    differs(bomb, { problem: 'nesting' });
    same(bomb, { detail: 'other words' });
    differs(load, { outcome: 'loads' });
    differs(native, { what: 'class' });
    differs(native, { namespace: 'c' });
    differs(native, { name: 'c' });
    same(source, {});
  });

  test('the signal of a match in source, and of no other', () => {
    const other = { signal: 't' } as unknown as Match;
    expect(of(source, { match: other })).not.toBe(of(source));
    expect(of(global, { match: other })).toBe(of(global));
  });

  test('its rule, its member, its content and its number', () => {
    expect(of(global, { ruleId: 'S' })).not.toBe(of(global));
    expect(of(global, { occurrence: 2 })).not.toBe(of(global));
    differs(global, { at: at('a.pkl!b') });
    differs(global, { identity: identity('other') });
    differs(global, { identity: { of: 'bytes', digest: identity().digest } });
  });
});

test('what nobody has told is unknown', () => {
  const { identity: _, ...bare } = global;
  expect(coverageOf(bare as Fact)).toBe(UNKNOWN);
  expect(coverageOf(global)).toBe(global.identity);
});
