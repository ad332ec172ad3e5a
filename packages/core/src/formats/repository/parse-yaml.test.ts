import { describe, expect, test } from 'vitest';
import { MAX_REPOSITORY_YAML_LEXEMES } from '../../model/limits.js';
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
    ['an alias of a name', 'a: &n x.Y\n_target_: *n\n', ['_target_ x.Y _target_ 1']],
    ['an alias of the key', 'a: &k _target_\nb:\n  *k : x.Y\n', ['_target_ x.Y b._target_ 1']],
    ['an anchor in a key', '? &n x.Y\n: 1\n_target_: *n\n', ['_target_ x.Y _target_ 1']],
    ['an anchor that is used again', 'a: &n z.W\nb: &n x.Y\n_target_: *n\n', ['_target_ x.Y _target_ 1']],
    ['an anchor that becomes a list', 'a: &n z.W\nb: &n []\n_target_: *n\n', []],
    ['an anchor of another document', 'a: &n z.W\n---\n_target_: *n\n', []],
    ['an escape in a tag', 'a: !!p%79thon%2fname:os.system ""\n', ['!!python os.system a 1']],
    ['an escape in a whole tag', 'a: !<tag:yaml.org,2002:p%79thon/name:os.system> ""\n', ['!!python os.system a 1']],
    [
      'a prefix of tags',
      '%TAG !p! tag:yaml.org,2002:pyt\n---\na: !p!hon/name:os.system ""\n',
      ['!!python os.system a 1'],
    ],
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
    ['a text that is too long for an alias', `a: &n ${'x'.repeat(1_025)}\nb: *n\n`],
    ['too many lexemes', `[${'a,'.repeat(MAX_REPOSITORY_YAML_LEXEMES / 2)}]`],
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

  test('where it breaks off, and at which limit', () => {
    expect(parseYaml('a: 1\nb: [')).toMatchObject({ at: 9 });
    expect(parseYaml('x'.repeat(2_000_001))).toMatchObject({ at: 0, problem: 'more than 2000000 characters of YAML' });
    expect(parseYaml('x'.repeat(2_000_000))).toHaveProperty('value');
  });

  test('offsets of keys, of tagged values, and keys that are none', () => {
    const of = (text: string): unknown => {
      const parsed = parseYaml(text);
      return 'problem' in parsed ? parsed.problem : parsed.value;
    };
    expect(of('a: 1\nbc: 2\n')).toEqual({
      kind: 'map',
      entries: [
        { key: 'a', value: 1, at: 0 },
        { key: 'bc', value: 2, at: 5 },
      ],
    });
    expect(of('a: !x 5')).toEqual({
      kind: 'map',
      entries: [{ key: 'a', value: { kind: 'map', entries: [{ key: '', value: '5', at: 6 }], tag: '!x' }, at: 0 }],
    });
    expect(of('5: 1')).toEqual({ kind: 'map', entries: [{ key: '5', value: 1, at: 0 }] });
    expect(of('')).toEqual({ kind: 'list', items: [] });
    expect(of('~')).toBeNull();
    expect(of('a: ! 5')).toMatchObject({ entries: [{ value: '5' }] });
    expect(of('? [x]\n: 1')).toEqual({
      kind: 'map',
      entries: [
        {
          key: '',
          value: {
            kind: 'map',
            entries: [
              { key: '', value: { kind: 'list', items: ['x'] }, at: 2 },
              { key: '', value: 1, at: 2 },
            ],
          },
          at: 2,
        },
      ],
    });
    expect(of('1\n---\n2\n')).toEqual({ kind: 'list', items: [1, 2] });
    expect(of('a: .inf')).toMatchObject({ entries: [{ value: Infinity }] });
    expect(of('!!omap [a: 1]')).toMatchObject({
      kind: 'list',
      items: [{ kind: 'map', entries: [{ key: 'a', value: 1 }] }],
    });
  });
});
