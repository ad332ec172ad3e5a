import { describe, expect, test } from 'vitest';
import { made, named, str, tuple } from '../../test/value-kit.js';
import type { Value } from '../model/fact.js';
import { MAX_VARIABLES } from '../model/limits.js';
import { Names } from './names.js';

const imported = (module: string, name: string, names = new Names()): string | null =>
  names.import({ module, name, dynamic: null, walksDots: false });
const LONG = 'm'.repeat(200);

describe('an import', () => {
  test.each([
    ['m', 'f', 'from m import f'],
    ['a.b_1', '_F2', 'from a.b_1 import _F2'],
    [LONG, 'f', `from ${LONG} import f`],
    [`${LONG}m`, 'f', `import_global('${LONG}'…(+1 characters), 'f')`],
    ['m', `${LONG}m`, `import_global('m', '${LONG}'…(+1 characters))`],
    ['m', 'class', "import_global('m', 'class')"],
    ['m.if', 'f', "import_global('m.if', 'f')"],
    ['m', '1f', "import_global('m', '1f')"],
    ['m.', 'f', "import_global('m.', 'f')"],
    ['m', 'a.b', "import_global('m', 'a.b')"],
    ['m', '\u043e', String.raw`import_global('m', '\u043e')`],
    ['m', 'a\u0080', String.raw`import_global('m', 'a\x80')`],
    ['m', 'setstate', 'from m import setstate as setstate_2'],
    ['m', '_12', 'from m import _12 as _12_2'],
    ['m', '_1a', 'from m import _1a'],
  ])('%s %s', (module, name, expected) => {
    expect(imported(module, name)).toBe(expected);
  });

  test('is shown once, unless the name is computed', () => {
    const names = new Names();
    expect(imported('m', 'f', names)).toBe('from m import f');
    expect(imported('m', 'f', names)).toBeNull();
    const computed = { module: '?', name: 'f', dynamic: 'made by a call', walksDots: false };
    for (let i = 0; i < 2; i += 1) expect(names.import(computed)).toBe("import_global(<computed>, 'f')");
    expect([names.isComputed('?', 'f'), names.isComputed('m', 'f')]).toEqual([true, false]);
    expect(names.import({ ...computed, module: 'copyreg extension', name: '7' })).toBe('import_extension(7)');
  });

  test('of the same name gets a name of its own', () => {
    const names = new Names();
    const all = ['a', 'b', 'c'].map((module) => imported(module, 'f', names));
    expect(all).toEqual(['from a import f', 'from b import f as f_2', 'from c import f as f_3']);
    expect(imported('d', 'f_2', names)).toBe('from d import f_2 as f_2_2');
  });
});

describe('a value', () => {
  const persistent = (offset: number): Value => ({ kind: 'persistent', id: str('k'), offset }) as Value;
  test('is called as it was imported or made', () => {
    const names = new Names();
    imported('m', 'f', names);
    expect(names.value(named('m', 'f'))).toBe('f');
    expect(names.value(named('n', 'g'))).toBe('n.g');
    expect(names.value(made('m.f'))).toBe('m.f(…)');
    expect(names.variable(3)).toBe('_1');
    expect(names.value(tuple(made('m.f'), str('x')))).toBe("(_1, 'x')");
    expect(names.variable(9)).toBe('_2');
    expect(names.value(persistent(9))).toBe('_2');
    expect(names.value(persistent(8))).not.toMatch(/^_/);
  });

  test('has no variable where there are too many', () => {
    const names = new Names();
    for (let i = 1; i < MAX_VARIABLES; i += 1) names.variable(i);
    expect(names.value(made('m.f'))).toBe('_3');
    expect(names.variable(MAX_VARIABLES)).toBe(`_${MAX_VARIABLES}`);
    expect(names.variable(MAX_VARIABLES + 1)).toBeNull();
    // Beyond the limit none is told from another.
    expect(names.value(made('m.f'))).toBe('m.f(…)');
  });

  test('is cut', () => {
    const names = new Names();
    expect(names.value(named('m'.repeat(201), 'g'))).not.toContain('m'.repeat(201));
    expect(names.value(tuple(...Array.from({ length: 16 }, () => str('x'))))).not.toContain('…');
    expect(names.value(tuple(...Array.from({ length: 17 }, () => str('x'))))).toContain('…(+1)');
  });
});
