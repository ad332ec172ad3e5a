import { expect, test, describe } from 'vitest';
import { MAX_CONSTANT_ITEMS, MAX_CONSTANT_LENGTH } from './limits.js';
import { PythonModule } from './module.js';
import type { Constant } from './constants.js';

function plain(constant: Constant): unknown {
  if (constant.kind === 'none') return null;
  if (constant.kind === 'tuple') return constant.items.map(plain);
  return constant.kind === 'bytes' ? { bytes: constant.value } : constant.value;
}

/** What the last expression of a source can be; `?` behind them where it may be something else. */
function constants(text: string): unknown[] {
  const module = PythonModule.readText(text);
  const last = module.body.at(-1);
  if (last?.kind !== 'expression') throw new TypeError('no expression');
  const { values, complete } = module.constants({ value: last.value, scope: module.scope });
  return [...values.map(plain), ...(complete ? [] : ['?'])];
}

function parts(text: string): readonly (string | null)[] {
  const module = PythonModule.readText(text);
  const last = module.body.at(-1);
  if (last?.kind !== 'expression') throw new TypeError('no expression');
  return module.textParts({ value: last.value, scope: module.scope });
}

describe('an expression is', () => {
  test.each<[string, unknown[]]>([
    ['None', [null]],
    ['True', [true]],
    ['False', [false]],
    ['...', ['?']],
    ['1', [1]],
    ['1_000', [1000]],
    ['0x1f', [31]],
    ['0xE1', [225]],
    ['0b101', [5]],
    ['0o17', [15]],
    ['017', [15]],
    ['12L', [12]],
    ['1.5', ['?']],
    ['1e3', ['?']],
    ['3j', ['?']],
    ['9007199254740991', [9007199254740991]],
    ['9007199254740993', ['?']],
    ['"a"', ['a']],
    ['"a" \'b\'', ['ab']],
    ['b"a"', [{ bytes: 'a' }]],
    ['r"\\n"', ['\\n']],
    ['"\\n\\t\\r\\a\\b\\f\\v\\\\\\\'\\""', ['\n\t\r\x07\b\f\v\\\'"']],
    ['"\\x41\\u0042\\U00000043\\104"', ['ABCD']],
    ['b"\\x41\\u0042"', [{ bytes: 'A\\u0042' }]],
    ['"\\U00110000"', ['\\U00110000']],
    ['"\\U0010FFFF"', ['\u{10ffff}']],
    ['"\\q\\0\\N{DIGIT ONE}"', ['\\q\0\\N{DIGIT ONE}']],
    ['"a\\\nb"', ['ab']],
    ['f"{1}a{"b"}{{}}"', ['1ab{}']],
    ['f"{1!r}"', ['?']],
    ['f"{1:x}"', ['?']],
    ['f"{x}"', ['?']],
    ['f"{True}"', ['?']],
    ['"{{}}"', ['{{}}']],
    ['"a" + "b" + "c"', ['abc']],
    ['"a" + 1', ['?']],
    ['"a" - "b"', ['?']],
    ['"a" + "b" - "c"', ['?']],
    ['"a" + x', ['?']],
    ['1 or 2', [1, 2]],
    ['1 and x', [1, '?']],
    ['"a" if x else "b"', ['a', 'b']],
    ['"a" if x else "a"', ['a']],
    ['"a" if x else y', ['a', '?']],
    ['not 0', [true]],
    ['not 1', [false]],
    ['not ""', [true]],
    ['not "a"', [false]],
    ['not None', [true]],
    ['not True', [false]],
    ['not ()', [true]],
    ['not (1,)', [false]],
    ['not x', ['?']],
    ['-1', [-1]],
    ['+1', ['?']],
    ['-"a"', ['?']],
    ['(1, "a")', [[1, 'a']]],
    ['(1, x)', ['?']],
    ['()', [[]]],
    ['[1]', ['?']],
    ['(y := 3)', [3]],
    ['f()', ['?']],
    ['a = 1\na', [1]],
    ['a = 1\na = 2\na', [1, 2]],
    ['a = "x"\nb = a + "y"\nb', ['xy']],
    ['a = b\nb = a\na', ['?']],
    ['a = "x"\na = a\na', ['x']],
    ['a = "x"\na = a + "y"\na', ['x', '?']],
    ['a = (b, 1)\nb = b\na', ['?']],
    // What is made of itself alone is nothing.
    ['a = a + "y"\na', ['?']],
    ['a = f"{a}y"\na', ['?']],
    ['a = b + "y"\nb = "x" + a\na', ['?']],
    ['a = (a, 1)\na', ['?']],
    ['import a\na', ['?']],
    ['unknown', ['?']],
    ['for a in (1, 2): pass\na', ['?']],
  ])('%s', (text, expected) => expect(constants(text)).toEqual(expected));

  test('a default of a parameter, or something else', () => {
    const module = PythonModule.readText('def f(a=1):\n    a\n');
    const [binding] = module.scope.bindings.get('f') ?? [];
    if (binding?.kind !== 'function') throw new TypeError('no function');
    const { definition } = binding;
    const first = definition.node?.body[0];
    if (first?.kind !== 'expression') throw new TypeError('no expression');
    expect(module.constants({ value: first.value, scope: definition })).toEqual({
      values: [{ kind: 'int', value: 1 }],
      complete: false,
    });
  });

  test('none beyond the limits', () => {
    const text = 'x'.repeat(MAX_CONSTANT_LENGTH);
    expect(constants(`"${text}"`)).toEqual([text]);
    expect(constants(`"${text}x"`)).toEqual(['?']);
    expect(constants(`"${text}" + ""`)).toEqual([text]);
    expect(constants(`"${text}" + "x"`)).toEqual(['?']);
    const tuple = (count: number): string => `(${'1,'.repeat(count)})`;
    expect(constants(tuple(MAX_CONSTANT_ITEMS))).toEqual([Array.from({ length: MAX_CONSTANT_ITEMS }, () => 1)]);
    expect(constants(tuple(MAX_CONSTANT_ITEMS + 1))).toEqual(['?']);
    expect(constants(`(${tuple(MAX_CONSTANT_ITEMS)},)`)).toEqual(['?']);
  });
});

describe('the parts of a text', () => {
  test.each<[string, (string | null)[]]>([
    ['f"org/{name}:main"', ['org/', null, ':main']],
    ['"a" f"{1}"', ['a', '1']],
    ['"a" + name + "b"', ['a', null, 'b']],
    ['"a" + f"{x}b"', ['a', null, 'b']],
    ['"a" * 2', [null]],
    ['a = "x"\na', ['x']],
    ['a = "x"\na = "y"\na', [null]],
    ['name', [null]],
    ['1', [null]],
  ])('%s', (text, expected) => expect(parts(text)).toEqual(expected));
});
