import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { analyseStream } from '../../streams/stream.js';

const run = (...ops: readonly Op[]) => analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
const text = (value: string): Op => op.shortBinUnicode(value);
const call = (module: string, name: string, ...args: readonly Op[]): Op =>
  pickle(op.global(module, name), op.mark, ...args, op.tuple, op.reduce);
const fresh = (module: string, name: string, ...args: readonly Op[]): Op =>
  pickle(op.global(module, name), op.mark, ...args, op.tuple, op.newObj);

async function dynamicIn(...ops: readonly Op[]): Promise<readonly string[]> {
  const { facts } = await run(...ops);
  return facts.flatMap((fact) => (fact.kind === 'pickle.dynamic' ? [`${fact.module}.${fact.name}`] : []));
}

describe('a part of a name', () => {
  test.each<[string, Op]>([
    ['what an unknown function gave', call('a', 'b')],
    ['what an unknown class made of something', fresh('a', 'B', op.none)],
    ['what an unknown class made of nothing', fresh('a', 'B')],
    ['an unknown global', op.global('a', 'B')],
    ['what persistent_load gave', op.persId('k')],
    ['text that is made', fresh('builtins', 'str', text('os'))],
    ['what a known function gave', call('builtins', 'getattr', op.none, text('x'))],
    ['what a known class gave that is called', call('datetime', 'date', op.none)],
  ])('may be %s', async (_what, part) => {
    expect(await dynamicIn(part, text('system'), op.stackGlobal)).toEqual(['?.system']);
    expect(await dynamicIn(text('os'), part, op.stackGlobal)).toEqual(['os.?']);
  });

  test.each<[string, Op]>([
    ['a number', op.binInt1(1)],
    ['bytes', op.shortBinBytes('os')],
    ['a container', op.emptyList],
    ['a known class', op.global('collections', 'OrderedDict')],
    ['an instance of a class that is no text', call('collections', 'OrderedDict')],
    ['an array', call('numpy', 'ndarray', op.none)],
    ['a known class made of nothing', fresh('datetime', 'date')],
    ['a known class made of something', fresh('datetime', 'date', op.none)],
    ['a global that has been called', pickle(call('a', 'B'), op.pop, op.global('a', 'B'))],
  ])('cannot be %s', async (_what, part) => {
    const { machine, facts } = await run(part, text('system'), op.stackGlobal);
    expect(facts.filter(({ kind }) => kind === 'pickle.dynamic')).toEqual([]);
    expect(machine.signals.has('wrong-operand')).toBe(true);
  });

  test('may be what a class gives that the stream has patched', async () => {
    const patch = pickle(op.global('x', 'Y'), op.emptyDict, op.build, op.pop);
    expect(await dynamicIn(patch, fresh('a', 'B'), text('system'), op.stackGlobal)).toEqual(['?.system']);
    expect(await dynamicIn(patch, call('collections', 'OrderedDict'), text('x'), op.stackGlobal)).toEqual(['?.x']);
    expect(await dynamicIn(patch, op.global('collections', 'OrderedDict'), text('x'), op.stackGlobal)).toEqual([]);
    expect(await dynamicIn(patch, fresh('datetime', 'date'), text('x'), op.stackGlobal)).toEqual([]);
  });

  test('is no instance made of nothing where an array of joblib may follow', async () => {
    const wrapper = pickle(op.global('joblib.numpy_pickle', 'NumpyArrayWrapper'), op.pop);
    expect(await dynamicIn(wrapper, fresh('a', 'B'), text('x'), op.stackGlobal)).toEqual([]);
    expect(await dynamicIn(wrapper, fresh('a', 'B', op.none), text('x'), op.stackGlobal)).toEqual(['?.x']);
  });
});

describe('the steps to a computed name', () => {
  async function steps(...ops: readonly Op[]) {
    const { facts } = await run(...ops, op.stackGlobal);
    const fact = facts.find(({ kind }) => kind === 'pickle.dynamic');
    if (fact?.kind !== 'pickle.dynamic') throw new Error('no computed name');
    const parts = fact.chain.filter(({ opcode }) => opcode !== 'STACK_GLOBAL' && opcode !== 'STOP');
    return parts.map((step) => `${step.opcode} @${step.offset} ${step.text}`);
  }

  test('name what gives each part', async () => {
    expect(await steps(call('a', 'b'), text('x'))).toEqual([
      'REDUCE @9 gives the module: the result of a.b()',
      "SHORT_BINUNICODE @10 pushes the name 'x'",
    ]);
    expect(await steps(text('x'), op.global('a', 'B'))).toEqual([
      "SHORT_BINUNICODE @2 pushes the module 'x'",
      'GLOBAL @5 gives the name: a.B',
    ]);
    expect(await steps(op.persId('k'), text('x'))).toEqual([
      'PERSID @2 has persistent_load give the module',
      "SHORT_BINUNICODE @5 pushes the name 'x'",
    ]);
  });

  test('go through the memo', async () => {
    expect(await steps(call('a', 'b'), op.binPut(3), op.pop, op.binGet(3), text('x'))).toEqual([
      'REDUCE @9 gives the module: the result of a.b()',
      'BINPUT @10 stores the module in memo slot 3',
      'BINGET @13 takes the module from memo slot 3',
      "SHORT_BINUNICODE @15 pushes the name 'x'",
    ]);
  });

  test('are told to the global whose result is a part', async () => {
    const { facts } = await run(call('a', 'b'), text('x'), op.stackGlobal);
    const maker = facts.find((fact) => fact.kind === 'pickle.global' && fact.name === 'b');
    expect(maker).toMatchObject({
      chain: expect.arrayContaining([
        expect.objectContaining({
          opcode: 'STACK_GLOBAL',
          offset: 13,
          text: 'takes its result as the module of another import',
        }),
      ]),
    });
  });
});

describe('a code of the registry', () => {
  test.each<[string, Op, string]>([
    ['of one byte', op.ext1(255), '255'],
    ['of two', op.ext2(0x0102), '258'],
    ['of two, the upper one alone', op.ext2(0xff00), '65280'],
    ['of four', op.ext4(0x01020304), '16909060'],
    ['the largest', op.ext4(0x7fff_ffff), '2147483647'],
  ])('%s', async (_what, code, name) => {
    expect(await dynamicIn(code)).toEqual([`copyreg extension.${name}`]);
  });

  test.each([
    ['EXT1 of zero', op.ext1(0)],
    ['EXT4 below zero', op.ext4(-1)],
  ])('%s names nothing', async (_what, code) => {
    const { machine } = await run(code);
    expect([machine.records.length, machine.error?.offset]).toEqual([0, 2]);
    expect(machine.signals.has('extension-code')).toBe(true);
  });

  test.each([
    ['EXT1', op.ext1(1).subarray(0, 1)],
    ['EXT2', op.ext2(1).subarray(0, 2)],
    ['EXT4', op.ext4(1).subarray(0, 4)],
  ])('%s that is cut names nothing', async (_what, code) => {
    const { machine } = await analyseStream(inputOf(pickle(op.proto(4), op.none, code)), 0);
    expect([machine.records.length, machine.signals.get('truncated')?.offset]).toEqual([0, 3]);
  });
});

describe('a code of the registry at the end of a frame', () => {
  const cut = async (code: Op, length: number) => {
    const { machine, facts } = await run(op.frame([code.subarray(0, length)]), code.subarray(length));
    return {
      names: facts.flatMap((fact) => (fact.kind === 'pickle.dynamic' ? [fact.name] : [])),
      signals: [...machine.signals].map(([signal, { offset }]) => `${signal}@${offset}`),
    };
  };
  const CROSSES = ['frame-mismatch@11', 'reader-divergence@11', 'extension-code@11'];

  test('that lies in its number is another one to each reader', async () => {
    expect(await cut(op.ext2(0x0102), 2)).toEqual({ names: ['258', '11777'], signals: CROSSES });
    // The other reader lacks bytes of it.
    expect(await cut(op.ext4(0x01020304), 3)).toEqual({ names: ['16909060'], signals: CROSSES });
  });

  test('that lies before or behind its number is one and the same', async () => {
    const code = op.ext2(0x0102);
    expect(await cut(code, 1)).toEqual({ names: ['258'], signals: ['extension-code@11'] });
    expect(await cut(code, 3)).toEqual({ names: ['258'], signals: ['extension-code@11'] });
  });
});

describe('text of Python 2 in a name', () => {
  const old = (...codes: readonly number[]): Op => op.shortBinString(Uint8Array.from(codes));
  const names = async (...ops: readonly Op[]) =>
    (await run(...ops, op.stackGlobal)).machine.records.map(({ module, name }) => [module, name]);

  test('is read in the encodings that there are', async () => {
    expect(await names(text('m'), old(0xc3, 0xa9))).toEqual([
      ['m', 'é'],
      ['m', 'Ã©'],
    ]);
    expect(await names(old(0xc3, 0xa9), text('n'))).toEqual([
      ['é', 'n'],
      ['Ã©', 'n'],
    ]);
    expect(await names(text('m'), old(0xe9))).toEqual([['m', 'é']]);
    expect(await names(text('m'), old(0x6e))).toEqual([['m', 'n']]);
  });

  test('both readings are called', async () => {
    const { machine } = await run(text('m'), old(0xc3, 0xa9), op.stackGlobal, op.emptyTuple, op.reduce);
    expect(machine.records.map(({ callCount, pushes }) => [callCount, pushes])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});

test('a computed name is one name, that is looked up once', async () => {
  const counts = async (...ops: readonly Op[]) =>
    (await run(...ops)).machine.records.flatMap(({ dynamic, module, name, count }) =>
      dynamic === null ? [] : [`${module}.${name} ${count}`],
    );
  expect(await counts(call('a', 'b'), text('system'), op.stackGlobal)).toEqual(['?.system 1']);
  expect(await counts(text('os'), call('a', 'b'), op.stackGlobal)).toEqual(['os.? 1']);
  expect(await counts(call('a', 'b'), call('a', 'b'), op.stackGlobal)).toEqual(['?.? 1']);
  // Another opcode is another name.
  expect(await counts(call('a', 'b'), text('x'), op.stackGlobal, call('a', 'b'), text('x'), op.stackGlobal)).toEqual([
    '?.x 1',
    '?.x 1',
  ]);
});
