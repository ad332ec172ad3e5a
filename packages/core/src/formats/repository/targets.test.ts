import { expect, test } from 'vitest';
import { MAX_REPOSITORY_FACTS } from '../../model/limits.js';
import { parseYaml } from './parse-yaml.js';
import { targetsIn } from './targets.js';

function targets(text: string, isModel = false): readonly string[] {
  const parsed = parseYaml(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return targetsIn(parsed.value, isModel).map(({ key, target, keyPath, at, count, isAlone }) =>
    [key, target, keyPath, at, count, ...(isAlone === true ? ['alone'] : [])].join(' '),
  );
}

test.each<[string, readonly string[]]>([
  ['_target_: x', ['_target_ x _target_ 0 1']],
  ['_target_: 5', []],
  ['class_path: a.B', ['class_path a.B class_path 0 1']],
  ['class_path: B', []],
  ['class_path: B\ninit_args: {}', ['class_path B class_path 0 1']],
  ['target: a.B', ['target a.B target 0 1 alone']],
  ['target: a.B\nx: {target: a.B, params: {}}', ['target a.B target 0 1 alone', 'target a.B x.target 16 1']],
  ['target: B', []],
  ['target: a.B\nparams: {}', ['target a.B target 0 1']],
  ['target: B\nparams: {}', []],
  ['target: a b.C\nparams: {}', []],
  ['target: a..B\nparams: {}', []],
  ['auto_mapping:\n  parent_library: a', ['parent_library a auto_mapping.parent_library 16 1']],
  ['parent_library: a', []],
  ['other:\n  parent_library: a', []],
  ['a:\n  _target_: x.Y\nb:\n  _target_: x.Y', ['_target_ x.Y a._target_ 5 2']],
  ['a: !!python/name:os.system ""', ['!!python os.system a 0 1']],
  ['a: !!python/module:os ""', ['!!python os a 0 1']],
  ['a: !!python/object:os.X {}', ['!!python os.X a 0 1']],
  ['a: !!python/tuple [1]', []],
  ['a: !other/name:os.system ""', []],
  ['b: [1, !!python/name:os.system ""]', ['!!python os.system b 0 1']],
  ['!!python/name:os.system ""', ['!!python os.system  0 1']],
  ['- !!python/name:os.system ""', ['!!python os.system  0 1']],
  ['--- !!python/name:os.system ""\n--- 1', ['!!python os.system  0 1']],
  ['b: [[], [1, [!!python/name:os.system ""]]]', ['!!python os.system b 0 1']],
  ['? !!python/module:os ""\n: 1', ['!!python os . 21 1']],
  ['a: !apply:os.system [x]', ['!apply os.system a 0 1']],
  ['a: !new:x.Y\n  b: !name:x.z', ['!new x.Y a 0 1', '!name x.z a.b 14 1']],
  ['a: !ref <b>', []],
])('%j', (text, expected) => expect(targets(text)).toEqual(expected));

test('in the configuration of a model a target is a class', () => {
  expect(targets('target: a.B', true)).toEqual(['target a.B target 0 1']);
  expect(targets('target: B', true)).toEqual([]);
  expect(targets('other: a.B', true)).toEqual([]);
});

test('as many as there may be facts, and one that says that there are more', () => {
  const items = Array.from({ length: MAX_REPOSITORY_FACTS + 5 }, (_, i) => ({
    kind: 'map' as const,
    entries: [{ key: '_target_', value: `a.B${i}`, at: i }],
  }));
  expect(targetsIn({ kind: 'list', items }, false)).toHaveLength(MAX_REPOSITORY_FACTS + 1);
});
