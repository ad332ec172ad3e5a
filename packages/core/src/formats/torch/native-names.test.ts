import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { memorySource } from '../../bytes/source.js';
import { MAX_NATIVE_BYTES, MAX_NATIVE_NAMES } from '../../model/limits.js';
import { ARTIFACT } from '../../model/origin.js';
import type { Look } from '../members/look.js';
import { nativeFormat, nativeNames, type NativeFormat } from './native-names.js';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** `what name xcount @offset` of facts, and notices. */
async function found(text: string, format: NativeFormat = 'other', name = 'x.bin'): Promise<string[]> {
  const bytes = latin1(text);
  const member = { path: `m.pt!${name}`, name, source: memorySource(bytes), depth: 1, origin: ARTIFACT };
  const look = { budget: budgetOf() } as Look;
  const lines: string[] = [];
  for await (const one of nativeNames(member, format, look)) {
    if (one.kind === 'fact' && one.fact.kind === 'torch.native') {
      const { what, name: called, count, at } = one.fact;
      lines.push(`${what} ${called} x${count} @${at.offset}`);
    } else if (one.kind === 'notice') lines.push(`${one.notice.cause} @${one.notice.offset}: ${one.notice.reason}`);
  }
  return lines;
}

test.each<[string, NativeFormat]>([
  ['code/__torch__/m.py', 'code'],
  ['CODE/m.PY', 'code'],
  ['code.py', 'other'],
  ['code/m.py.debug_pkl', 'other'],
  ['bytecode.pkl', 'bytecode'],
  ['x/bytecode.pkl', 'other'],
  ['models/model.json', 'exported-program'],
  ['serialized_exported_program.json', 'exported-program'],
  ['data/aotinductor/model/m.json', 'exported-program'],
  ['extra/m.json', 'other'],
])('%s is %s', (record, format) => {
  expect(nativeFormat(record)).toBe(format);
});

describe('libraries', () => {
  test.each([
    ['\x7fELFx', 'x.bin', true],
    ['\xcf\xfa\xed\xfe', 'x.bin', true],
    ['\0asm', 'x.bin', true],
    ['\x7fEL', 'x.bin', false],
    ['x\x7fELF', 'x.bin', false],
    ['plain', 'lib.so', true],
    ['plain', 'lib.so.1.2', true],
    ['plain', 'lib.SO.1', true],
    ['plain', 'lib.so.x', false],
    ['plain', 'x.DLL', true],
    ['plain', 'x.dll.txt', false],
    ['plain', 'so', false],
  ])('%j as %s: %s', async (text, name, expected) => {
    expect(await found(text, 'other', name)).toEqual(expected ? [`library ${name} x1 @0`] : []);
  });
});

describe('hints', () => {
  test.each([
    ['ab load_library', 'load_library', 3],
    ['ctypes . CDLL', 'ctypes . CDLL', 0],
    ['import ctypes', null, 0],
    ['LoadLibraryW', 'LoadLibraryW', 0],
    ['LoadLibrary', null, 0],
  ])('%j: %s', async (text, hint, offset) => {
    expect(await found(text)).toEqual(hint === null ? [] : [`load-hint ${hint} x1 @${offset}`]);
  });
});

describe('operators', () => {
  const json = (...targets: readonly string[]): string => JSON.stringify(targets.map((target) => ({ target })));

  test('each once with its count, and none that PyTorch has', async () => {
    const source = 'y = ops.ns.f(ops.ns.f(1))\nz = ops.aten.add(1)\nops.b.g()\n';
    expect(await found(source, 'code')).toEqual(['operator ns::f x2 @4', 'operator b::g x1 @46']);
    expect(await found(source, 'other')).toEqual([]);
  });

  test('a class of the name of an operator is counted on its own', async () => {
    const targets = json('torch.ops.ns.f.default', 'torch.classes.ns.f', 'torch.ops.ns.f');
    expect((await found(targets, 'exported-program')).toSorted()).toEqual([
      'class ns::f x1 @0',
      'operator ns::f x2 @0',
    ]);
    expect(await found(json('torch.classes.aten.add'), 'exported-program')).toEqual(['class aten::add x1 @0']);
  });

  test('a source that is no Python', async () => {
    expect(await found('y = ops.ns.f(1)\nx = = 1\n', 'code')).toEqual([
      'corrupt @20: not all of this TorchScript source could be read: an expression is expected',
      'operator ns::f x1 @4',
    ]);
  });

  test.each([MAX_NATIVE_NAMES, MAX_NATIVE_NAMES + 1])('%i names', async (count) => {
    const lines = await found(
      json(...Array.from({ length: count }, (_, i) => `torch.ops.ns.f${i}`)),
      'exported-program',
    );
    const limit = `limit @null: more than ${MAX_NATIVE_NAMES} operators and classes`;
    expect(lines.filter((line) => line.startsWith('operator'))).toHaveLength(MAX_NATIVE_NAMES);
    expect(lines.filter((line) => line === limit)).toHaveLength(count - MAX_NATIVE_NAMES);
  });

  test.each<[string, string, NativeFormat, string]>([
    ['\x7fELF', 'lib.so', 'other', 'not-analysed 4'],
    ['y = 1\n', 'm.py', 'code', 'parsed 6'],
  ])('%j accounts for its bytes', async (text, name, format, expected) => {
    const member = { path: 'm', name, source: memorySource(latin1(text)), depth: 1, origin: ARTIFACT };
    const budget = budgetOf();
    budget.ledger.open(member.source);
    for await (const _ of nativeNames(member, format, { budget } as Look));
    const { totals } = budget.ledger.coverage(text.length);
    expect(totals.map(({ kind, reason, bytes }) => `${reason ?? kind} ${bytes}`)).toEqual([expected]);
  });

  test.each([
    [MAX_NATIVE_BYTES, []],
    [MAX_NATIVE_BYTES + 1, [`limit @null: more than ${MAX_NATIVE_BYTES} bytes, which were not searched for operators`]],
  ])('%i bytes', async (length, expected) => {
    const member = {
      path: 'm.pt!x',
      name: 'x',
      source: { size: length, read: (_: number, wanted: number) => new Uint8Array(Math.min(wanted, length)) },
      depth: 1,
      origin: ARTIFACT,
    };
    const reasons: string[] = [];
    for await (const one of nativeNames(member, 'other', { budget: budgetOf() } as Look))
      if (one.kind === 'notice') reasons.push(`${one.notice.cause} @${one.notice.offset}: ${one.notice.reason}`);
    expect(reasons).toEqual(expected);
  });
});
