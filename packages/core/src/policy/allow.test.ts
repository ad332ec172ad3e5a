import { describe, expect, test } from 'vitest';
import { TODAY } from '../../test/report-kit.js';
import type { AllowEntry, Policy } from '../model/policy.js';
import { activeAllow, AllowUse, pinnedNames, shadowOf } from './allow.js';
import { DEFAULT_POLICY } from './defaults.js';

const SHA = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
let line = 0;
const entry = (name: string, more: Partial<AllowEntry> = {}): AllowEntry => {
  line += 1;
  return {
    entry: name,
    role: 'bare',
    why: 'w',
    owner: null,
    expires: null,
    sha256: null,
    origin: `p.yml:${line}`,
    ...more,
  };
};
const policy = (...allow: AllowEntry[]): Policy => ({ ...DEFAULT_POLICY, allow });

test('an entry counts up to and including its last day', () => {
  const given = policy(entry('a.B'), entry('a.C', { expires: '2026-06-01' }), entry('a.D', { expires: '2026-05-31' }));
  expect([...activeAllow(given, TODAY, null).keys()]).toEqual(['a.B', 'a.C']);
});

describe('a pin', () => {
  const given = policy(entry('a.B', { sha256: SHA }), entry('a.C'));
  test.each([
    [SHA, ['a.B', 'a.C']],
    [OTHER, ['a.C']],
    [null, ['a.C']],
  ])('counts for its artifact alone: %s', (sha256, names) => {
    expect([...activeAllow(given, TODAY, sha256).keys()]).toEqual(names);
  });
  test('asks for a hash if its name occurs, as long as it counts', () => {
    const expired = policy(...given.allow, entry('a.D', { sha256: SHA, expires: '2026-05-31' }));
    expect(pinnedNames(expired, TODAY)).toEqual(['a.B']);
  });
  test('an entry for every artifact is the one that counts as used', () => {
    const wide = entry('a.B');
    expect(activeAllow(policy(entry('a.B', { sha256: SHA }), wide), TODAY, SHA).get('a.B')).toBe(wide);
  });
});

describe('an entry that changes nothing', () => {
  const shadow = (given: Policy, at: number): string | null => {
    const item = given.allow[at];
    return item === undefined ? null : shadowOf(item, given, TODAY);
  };
  test('for another one says the same', () => {
    const given = policy(entry('a.B', { origin: 'p.yml:2' }), entry('a.B', { origin: '--also-allow' }));
    expect([shadow(given, 0), shadow(given, 1)]).toEqual([null, 'the entry at p.yml:2 says the same']);
  });
  test('but an expired one shadows none', () => {
    const given = policy(entry('a.B', { expires: '2026-05-31' }), entry('a.B'), entry('a.B', { sha256: SHA }));
    expect([shadow(given, 1), shadow(given, 2)]).toEqual([
      null,
      `the entry at ${given.allow[1]?.origin} allows it in every artifact`,
    ]);
  });
  test('for a wider one covers it, before or after it', () => {
    const given = policy(entry('a.B', { sha256: SHA }), entry('a.B'), entry('a.B', { sha256: OTHER }));
    expect([shadow(given, 0), shadow(given, 1)]).toEqual([
      `the entry at ${given.allow[1]?.origin} allows it in every artifact`,
      null,
    ]);
  });
  test('for the built-in allowlist has it', () => {
    expect(shadow(policy(entry('collections.OrderedDict')), 0)).toBe('the built-in allowlist has it');
    expect(shadow(policy(entry('mylib.Net')), 0)).toBeNull();
    // PyTorch's own list lacks it, and an entry makes a note of TORCH-LOAD-UNTRUSTED.
    expect(shadow(policy(entry('torch.nn.modules.container.Sequential')), 0)).toBeNull();
    // Saves only keep ufuncs; calling one is no use that the allowlist covers.
    expect(shadow(policy(entry('numpy.sin')), 0)).toBeNull();
  });
});

test('what became of each entry', () => {
  const given = policy(
    entry('a.Used'),
    entry('a.Unused'),
    entry('a.Expired', { expires: '2026-05-31' }),
    entry('collections.OrderedDict'),
    entry('a.Pinned', { sha256: SHA, owner: 'me' }),
    entry('torch.nn.modules.container.Sequential'),
    entry('torch.nn.modules.linear.Linear', { role: 'maker' }),
    entry('numpy.sin'),
  );
  const use = new AllowUse();
  use.count(given.allow[0]);
  use.refuse('a.Pinned', 'm/a.pkl', OTHER);
  use.refuse('a.Pinned', 'm/b.pkl', null);
  expect(use.states(given, TODAY).map(({ entry: name, state, detail }) => [name, state, detail])).toEqual([
    ['a.Used', 'used', null],
    ['a.Unused', 'unused', null],
    ['a.Expired', 'expired', 'its last day was 2026-05-31'],
    ['collections.OrderedDict', 'shadowed', 'the built-in allowlist has it'],
    ['a.Pinned', 'unused', `pinned to another artifact: m/a.pkl names it and has SHA-256 ${OTHER}`],
    [
      'torch.nn.modules.container.Sequential',
      'unused',
      "the built-in allowlist has it; the entry counts for checkpoints that PyTorch's restricted loader refuses",
    ],
    ['torch.nn.modules.linear.Linear', 'unused', null],
    ['numpy.sin', 'unused', null],
  ]);
});
