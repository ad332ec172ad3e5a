import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../model/errors.js';
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
