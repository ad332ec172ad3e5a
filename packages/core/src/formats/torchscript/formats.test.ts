import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../model/errors.js';
import { MAX_EXECUTORCH_ENTRIES } from '../../model/limits.js';
import { bytecodeNames } from './bytecode.js';
import { executorchNames } from './executorch.js';
import { exportedNames } from './exported-program.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;

describe('bytecode.pkl', () => {
  test('the table of operators, and types; no constants', () => {
    const operators = `${text('operators')}(${text('ns::op')}${text('')}K\x01\x87${text('aten::add')}${text('')}K\x02\x87t\x86`;
    const constants = `${text('constants')}(${text('not::one')}${text('__torch__.torch.classes.no.One')}t\x86`;
    const types = `${text('types')}(${text('List[__torch__.torch.classes.ns.Thing]')}t\x86`;
    const names = bytecodeNames(
      bytesOf(`\x80\x02(K\x08(${text('f')}(${operators}${constants}${types}tt\x86t.`.replace('tt\x86t.', 'ttt.')),
    );
    expect(names.map(({ what, name }) => `${what} ${name}`).toSorted()).toEqual([
      'class ns::Thing',
      'operator aten::add',
      'operator ns::op',
    ]);
  });

  const tuple = (...items: readonly string[]): string => `(${items.join('')}t`;
  const operator = (name: string): string => tuple(text(name), text(''));
  const names = (value: string): string[] =>
    bytecodeNames(bytesOf(`\x80\x02${value}.`)).map(({ what, name, namespace }) => `${what} ${name} of ${namespace}`);
  test.each<[string, string, string[]]>([
    ['a name without a namespace', tuple(text('operators'), tuple(operator('op'))), ['operator op of ']],
    ['no operators', tuple(text('operators'), tuple('N', ')', tuple('K\x01'))), []],
    ['a table of three parts is none', tuple(text('operators'), tuple(operator('ns::op')), 'N'), []],
    ['a table under another name is none', tuple(text('operator'), tuple(operator('ns::op'))), []],
    ['a key that is no text', tuple('N', tuple(operator('ns::op'))), []],
    [
      'constants in a row of three',
      tuple(text('constants'), tuple(text('__torch__.torch.classes.a.B')), 'N'),
      ['class a::B of a'],
    ],
    ['constants that are one text', tuple(text('constants'), text('__torch__.torch.classes.a.B')), ['class a::B of a']],
    ['a type by its name', 'c__torch__.torch.classes.a\nB\n', []],
    ['a type by its name, called', 'c__torch__.torch.classes.a\nB\n)R', ['class a::B of a']],
    [
      'two types in a text',
      tuple(text('__torch__.torch.classes.a.B, __torch__.torch.classes.c.D')),
      ['class a::B of a', 'class c::D of c'],
    ],
    [
      'a table and a text that the memo gives twice count once',
      tuple(
        tuple(text('operators'), `${tuple(operator('ns::op'))}q\0`),
        tuple(text('operators'), 'h\0'),
        `${text('__torch__.torch.classes.a.B')}q\x01`,
        'h\x01',
      ),
      ['class a::B of a', 'operator ns::op of ns'],
    ],
  ])('%s', (_name, value, expected) => {
    expect(names(value).toSorted()).toEqual(expected);
  });

  test('an opcode that its reader does not know is no way around it', () => {
    expect(() => bytecodeNames(bytesOf('\x80\x04\x8c\x01a.'))).toThrow(InputError);
  });
});

test('targets of an exported graph, whatever JSON makes of their letters', () => {
  const json = String.raw`{"graph": {"nodes": [{"target": "torch.ops.ns.op.default"}, {"target": "\u0074orch.ops.other.op"}], "note": "torch.ops.no.op"}}`;
  expect(
    exportedNames(bytesOf(json))
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['ns::op', 'other::op']);
  expect(() => exportedNames(bytesOf('{'))).toThrow(InputError);
});

test.each<[unknown, string[]]>([
  [{ target: 'torch.classes.ns.C' }, ['class ns::C of ns']],
  [{ target: 'torch.ops.ns' }, []],
  [{ target: 'xtorch.ops.ns.f' }, []],
  [{ target: ['torch.ops.ns.f'] }, []],
  [{ target: { target: 'torch.ops.ns.f.out' } }, ['operator ns::f of ns']],
  [[null, 1, 'call __torch__.torch.classes.ns.C now'], ['class ns::C of ns']],
  ['torch.ops.ns.f', []],
])('an exported graph of %j', (value, expected) => {
  expect(
    exportedNames(bytesOf(JSON.stringify(value))).map(({ what, name, namespace }) => `${what} ${name} of ${namespace}`),
  ).toEqual(expected);
});

/** A program with one plan, laid out by hand from the front: root, vtables, tables, vectors, texts. */
function program(...operators: readonly string[]): Uint8Array {
  const bytes: number[] = [];
  const u16 = (...values: number[]): void => values.forEach((value) => bytes.push(value & 255, value >> 8));
  const u32 = (value: number): number =>
    bytes.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24) - 4;
  const patch = (at: number): void => {
    const value = bytes.length - at;
    bytes.splice(at, 4, value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
  };
  const table = (field: number, slots: number): number => {
    const vtable = bytes.length;
    u16(4 + 2 * slots, 8, ...Array.from({ length: slots }, (_, i) => (i === field ? 4 : 0)));
    const at = bytes.length;
    u32(at - vtable);
    u32(0);
    return at;
  };
  const root = u32(0);
  bytes.push(...bytesOf('ET12'));
  // The table lies behind its vtable of 4 + 2 slots.
  const rootTable = table(1, 2);
  bytes.splice(root, 4, rootTable, 0, 0, 0);
  patch(rootTable + 4);
  u32(1);
  const plan = u32(0);
  const planTable = table(6, 7);
  bytes.splice(plan, 4, planTable - plan, 0, 0, 0);
  patch(planTable + 4);
  u32(operators.length);
  const places = operators.map(() => u32(0));
  for (const [i, name] of operators.entries()) {
    const own = table(0, 1);
    const place = places[i] ?? 0;
    bytes.splice(place, 4, (own - place) & 255, (own - place) >> 8, 0, 0);
    patch(own + 4);
    u32(name.length);
    bytes.push(...bytesOf(name), 0);
    while (bytes.length % 4 !== 0) bytes.push(0);
  }
  return Uint8Array.from(bytes);
}

describe('an ExecuTorch program by hand', () => {
  /** Little-endian words of 32 bits. */
  const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);
  const vtable = (...slots: readonly number[]): number => {
    const [low = 0, high = 0] = slots;
    return low + high * 0x10000;
  };
  /**
   * 0 root → 16; 4 vtable of the root (size 8, table 8, no field 0, field 1 at 4); 12 padding; 16 the root; 24 one plan →
   * 52; 32 vtable of the plan with field 6; 52 the plan; 60 operators.
   */
  const plan = (...operators: readonly number[]): number[] => [
    16,
    vtable(8, 8),
    vtable(0, 4),
    0,
    12,
    4,
    1,
    24,
    vtable(18, 8),
    0,
    0,
    0,
    vtable(4, 0),
    20,
    4,
    ...operators,
  ];

  test.each<[string, Uint8Array, string]>([
    ['without operators', words(...plan(0)), ''],
    ['with no vtable for the field', words(8, vtable(6, 4), 4), ''],
    ['with a field that is not there', words(12, vtable(8, 4), 0, 8), ''],
  ])('%s', (_name, bytes, expected) => {
    expect(
      executorchNames(bytes)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(expected);
  });

  test.each<[string, Uint8Array, string, number]>([
    ['nothing', words(), 'truncated: an ExecuTorch program points behind its end', 0],
    ['a root behind the end', words(8), 'truncated: an ExecuTorch program points behind its end', 8],
    ['a vtable before the beginning', words(4, 9), 'truncated: an ExecuTorch program points behind its end', 0],
    [
      'more entries than there may be',
      words(...plan(MAX_EXECUTORCH_ENTRIES)),
      `more than ${MAX_EXECUTORCH_ENTRIES} entries in an ExecuTorch program`,
      -1,
    ],
    [
      'as many as there may be',
      words(...plan(MAX_EXECUTORCH_ENTRIES - 1)),
      'truncated: an ExecuTorch program points behind its end',
      64,
    ],
    ['an entry behind the end', words(...plan(1)), 'truncated: an ExecuTorch program points behind its end', 64],
    // The operator is the table at 68: its vtable at 64 has no field.
    ['an operator without a name', words(...plan(1, 8, vtable(4, 4), 4)), 'an operator without a name', 72],
    // Field 0 of the operator at 80: a text at 84 of 9 bytes, of which 4 are there.
    [
      'a name that is cut',
      words(...plan(1, 16, vtable(6, 8), vtable(4, 0), 0, 12, 4, 9, 0)),
      'truncated: a name of an ExecuTorch program is cut',
      88,
    ],
  ])('%s', (_name, bytes, message, offset) => {
    let error: unknown;
    try {
      executorchNames(bytes);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ message, ...(offset < 0 ? {} : { offset }) });
  });

  test('the namespace, and where the name is', () => {
    const bytes = program('aten::add', 'plain');
    expect(executorchNames(bytes)).toMatchObject([
      { what: 'operator', name: 'aten::add', namespace: 'aten', line: null },
      { what: 'operator', name: 'plain', namespace: '', line: null },
    ]);
    for (const { name, offset } of executorchNames(bytes))
      expect(new TextDecoder().decode(bytes.subarray(offset, offset + name.length))).toBe(name);
  });

  test('names that share their bytes', () => {
    const shared = (count: number): Uint8Array => {
      // One name of `count` bytes, for which two operators ask.
      const name = new Uint8Array(count).fill(97);
      return Uint8Array.from([...words(...plan(2, 20, 16, vtable(6, 8), vtable(4, 0), 0, 12, 4, count)), ...name]);
    };
    expect(executorchNames(shared(88))).toHaveLength(2);
    expect(() => executorchNames(shared(89))).toThrow('the names of an ExecuTorch program share their bytes');
  });
});

describe('an ExecuTorch program', () => {
  test('the operators of its plans', () => {
    const bytes = program('aten::add', 'ns::op');
    expect(executorchNames(bytes).map(({ name }) => name)).toEqual(['aten::add', 'ns::op']);
    for (let length = 0; length < bytes.length - 4; length += 1)
      expect(() => executorchNames(bytes.subarray(0, length))).toThrow(InputError);
  });
});

test('any bytes end in names or an InputError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      for (const read of [bytecodeNames, executorchNames, exportedNames]) {
        try {
          expect(Array.isArray(read(bytes))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }
    }),
    { numRuns: 300 },
  );
});
