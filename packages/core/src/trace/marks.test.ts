import { describe, expect, test } from 'vitest';
import { call, globalFact, str } from '../../test/fact-kit.js';
import { EarlyMarks, marksOf } from './marks.js';

const of = (module: string, name: string) => ({ module, name });

describe('what the catalogue says of a global', () => {
  test.each([
    ['collections', 'OrderedDict', null],
    ['mylib', 'Net', { tone: 'unexpected', text: 'unexpected: not on the allowlist' }],
    ['os', 'system', { tone: 'dangerous', text: expect.stringMatching(/^dangerous: [a-z]/) as string }],
    // Whose calls decide: the reason is that of the judge.
    ['builtins', 'getattr', { tone: 'dangerous', text: expect.stringMatching(/^dangerous: [a-z]/) as string }],
  ])('%s.%s', (module, name, expected) => {
    expect(marksOf([], 'plain')(of(module, name))).toEqual(expected);
  });

  test('of several facts the worst, in any order', () => {
    const harmless = globalFact('numpy', 'dtype', [call([str('f8')])]);
    const odd = globalFact('numpy', 'dtype', [call([])], { usesComplete: false });
    const tones = [[harmless], [odd], [harmless, odd], [odd, harmless]].map(
      (facts) => marksOf(facts, 'plain')(of('numpy', 'dtype'))?.tone ?? 'allowed',
    );
    expect(tones).toEqual(['allowed', 'unexpected', 'unexpected', 'unexpected']);
  });

  test('a reason is its first sentence, cut', () => {
    for (const [module, name] of [
      ['os', 'system'],
      ['builtins', 'eval'],
      ['torch', 'load'],
    ] as const) {
      const text = marksOf([], 'plain')(of(module, name))?.text ?? '';
      expect(text).not.toMatch(/\. |\.$/);
      expect(text.length).toBeLessThan(140);
    }
  });
});

test.each<[string, string, ReturnType<typeof call> | null, boolean]>([
  ['collections', 'OrderedDict', null, false],
  ['mylib', 'Net', null, true],
  ['os', 'system', null, true],
  ['os', 'system', call([str('id')]), true],
])('a line about %s.%s deserves to be shown: %s', (module, name, made, expected) => {
  const marks = new EarlyMarks('plain');
  for (let i = 0; i < 2; i += 1) expect(marks.deserves(of(module, name), made)).toBe(expected);
});
