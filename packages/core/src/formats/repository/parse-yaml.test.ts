import { describe, expect, test } from 'vitest';
import { parseYaml } from './parse-yaml.js';
import { targetsIn } from './targets.js';

const targets = (text: string): string[] => {
  const parsed = parseYaml(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return targetsIn(parsed.value, true).map(({ key, target, keyPath, count }) => `${key} ${target} ${keyPath} ${count}`);
};

describe('YAML of a repository', () => {
  test.each([
    ['a key', 'a:\n  _target_: x.Y\n', ['_target_ x.Y a._target_ 1']],
    ['a list', 'a:\n- b: 1\n- _target_: x.Y\n', ['_target_ x.Y a[1]._target_ 1']],
    ['equal keys', '_target_: x.Y\n_target_: z.W\n', ['_target_ x.Y _target_ 1', '_target_ z.W _target_ 1']],
    ['several documents', 'a: 1\n---\n_target_: x.Y\n', ['_target_ x.Y [1]._target_ 1']],
    ['an alias counts once', 'a: &n\n  _target_: x.Y\nb: *n\n', ['_target_ x.Y a._target_ 1']],
    ['a tag of a list', 'a: !!python/object/apply:os.system ["id"]\n', ['!!python os.system a 1']],
    ['a tag of a text', 'a: !!python/name:os.system ""\n', ['!!python os.system a 1']],
    ['a tag at the top', '!!python/object/new:os.system\nargs: ["id"]\n', ['!!python os.system  1']],
    ['a key that is a map', '? {_target_: x.Y}\n: 1\n', ['_target_ x.Y .._target_ 1']],
    ['no target', 'a: 1\nb: [2, 3]\n', []],
  ])('%s', (_, text, expected) => {
    expect(targets(text)).toEqual(expected);
  });

  test('aliases multiply nothing', () => {
    const lines = ['a0: &a0 [x, x]'];
    for (let i = 1; i < 40; i += 1) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
    expect(targets(`${lines.join('\n')}\n_target_: x.Y\n`)).toEqual(['_target_ x.Y _target_ 1']);
  });

  test.each([
    ['too deep', '['.repeat(500)],
    ['too deep in blocks', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['too long', `a: ${'x'.repeat(2_000_001)}`],
    ['too many documents', '---\na\n'.repeat(1_500)],
  ])('a limit: %s', (_, text) => {
    expect(parseYaml(text)).toMatchObject({ isLimit: true });
  });

  test('a map of many keys', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(parseYaml(text)).toHaveProperty('value');
  });

  test('broken YAML', () => {
    expect(parseYaml('a: [1')).toMatchObject({ problem: expect.any(String) as string });
  });
});
