import fc from 'fast-check';
import { standingIn } from '../rules/standing.js';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../../oracles/full-size.js';
import { inputOf, op, pickle, repeat, trickle, type Op } from '../../test/kit.js';
import { randomPickle, seeded } from '../../test/random-pickle.js';
import { memorySource, sliceSource, type ByteSource } from '../bytes/source.js';
import { streamSource } from '../bytes/stream-source.js';
import { LimitError } from '../model/errors.js';
import { classifyGlobal } from '../catalogue/classify.js';
import type { PickleGlobalFact, StructSignal, Value } from '../model/fact.js';
import { capture } from './constants.js';
import { OPCODES } from './opcodes.js';
import { readersOf } from './readers.js';
import { analyseStream } from '../streams/stream.js';
import type { StreamResult } from '../streams/stream-result.js';

const run = (...ops: readonly Op[]): Promise<StreamResult> => analyseStream(inputOf(pickle(...ops)), 0);

/** What STOP gave back. */
function resultOf({ machine }: StreamResult): Value {
  return capture(machine, machine.result.hi, machine.result.lo);
}

function globalsOf({ facts }: StreamResult): PickleGlobalFact[] {
  return facts.filter((fact) => fact.kind === 'pickle.global');
}

/** The signals with the offsets at which they first show. */
function signalsOf({ machine }: StreamResult): Record<string, number> {
  return Object.fromEntries([...machine.signals].map(([signal, { offset }]) => [signal, offset]));
}

const int = (value: number): Value => ({ kind: 'int', text: String(value) });
const str = (value: string): Value => ({ kind: 'str', value, length: value.length });
const bytes = (value: string): Value => ({ kind: 'bytes', value, length: value.length });
const sequence = (kind: 'tuple' | 'list' | 'set' | 'frozenset', ...items: Value[]): Value => ({
  kind,
  items,
  length: items.length,
});
const dict = (...items: [Value, Value][]): Value => ({ kind: 'dict', items, length: items.length });
const none: Value = { kind: 'none' };
const global = (module: string, name: string): Value => ({ kind: 'global', module, name });
const made = (callee: string, offset: number, ...args: Value[]): Value => ({ kind: 'call', callee, offset, args });
const bare = (via: 'NEWOBJ' | 'NEWOBJ_EX', callee: string, offset: number, ...args: Value[]): Value => ({
  kind: 'call',
  callee,
  offset,
  args,
  via,
});

const two = [op.binInt1(1), op.binInt1(2)];

/** What each opcode leaves on the stack; the name is the one of the table in opcodes.ts. */
const EFFECTS: readonly (readonly [string, readonly Op[], Value])[] = [
  ['NONE', [op.none], none],
  ['NEWTRUE', [op.newTrue], { kind: 'bool', value: true }],
  ['NEWFALSE', [op.newFalse], { kind: 'bool', value: false }],
  ['INT', [op.int('-12')], int(-12)],
  ['INT', [op.int('01')], { kind: 'bool', value: true }],
  ['INT', [op.int('00')], { kind: 'bool', value: false }],
  ['LONG', [op.long('123456789012345678901L')], { kind: 'int', text: '123456789012345678901L' }],
  ['BININT', [op.binInt(-2)], int(-2)],
  ['BININT1', [op.binInt1(255)], int(255)],
  ['BININT2', [op.binInt2(65_535)], int(65_535)],
  ['LONG1', [op.long1(Uint8Array.of(0xff, 0xff))], int(-1)],
  ['LONG1', [op.long1('')], int(0)],
  ['LONG4', [op.long4(Uint8Array.of(0, 1))], int(256)],
  ['FLOAT', [op.float('1.5')], { kind: 'float', text: '1.5' }],
  ['BINFLOAT', [op.binFloat(-0.25)], { kind: 'float', text: '-0.25' }],
  ['STRING', [op.string("'o\\x73'")], str('os')],
  ['BINSTRING', [op.binString('os')], str('os')],
  ['SHORT_BINSTRING', [op.shortBinString('os')], str('os')],
  ['UNICODE', [op.unicode('\\u006fs')], str('os')],
  ['BINUNICODE', [op.binUnicode('é')], str('é')],
  ['SHORT_BINUNICODE', [op.shortBinUnicode('os')], str('os')],
  ['BINUNICODE8', [op.binUnicode8('os')], str('os')],
  ['BINBYTES', [op.binBytes('ab')], bytes('ab')],
  ['SHORT_BINBYTES', [op.shortBinBytes('ab')], bytes('ab')],
  ['BINBYTES8', [op.binBytes8('ab')], bytes('ab')],
  ['BYTEARRAY8', [op.byteArray8('ab')], bytes('ab')],
  ['EMPTY_TUPLE', [op.emptyTuple], sequence('tuple')],
  ['EMPTY_LIST', [op.emptyList], sequence('list')],
  ['EMPTY_DICT', [op.emptyDict], dict()],
  ['EMPTY_SET', [op.emptySet], sequence('set')],
  ['TUPLE1', [op.none, op.tuple1], sequence('tuple', none)],
  ['TUPLE2', [...two, op.tuple2], sequence('tuple', int(1), int(2))],
  ['TUPLE3', [op.none, ...two, op.tuple3], sequence('tuple', none, int(1), int(2))],
  ['TUPLE', [op.mark, ...two, op.tuple], sequence('tuple', int(1), int(2))],
  ['TUPLE', [op.mark, op.tuple], sequence('tuple')],
  ['LIST', [op.mark, ...two, op.list], sequence('list', int(1), int(2))],
  ['DICT', [op.mark, ...two, op.dict], dict([int(1), int(2)])],
  ['FROZENSET', [op.mark, ...two, op.frozenSet], sequence('frozenset', int(1), int(2))],
  ['APPEND', [op.emptyList, op.none, op.append], sequence('list', none)],
  ['APPENDS', [op.emptyList, op.mark, ...two, op.appends], sequence('list', int(1), int(2))],
  ['SETITEM', [op.emptyDict, ...two, op.setItem], dict([int(1), int(2)])],
  ['SETITEMS', [op.emptyDict, op.mark, ...two, ...two, op.setItems], dict([int(1), int(2)], [int(1), int(2)])],
  ['ADDITEMS', [op.emptySet, op.mark, ...two, op.addItems], sequence('set', int(1), int(2))],
  ['MARK', [op.none, op.mark, op.popMark], none],
  ['POP', [op.none, op.newTrue, op.pop], none],
  ['POP', [op.none, op.mark, op.pop], none],
  ['POP_MARK', [op.none, op.mark, ...two, op.popMark], none],
  ['DUP', [op.binInt1(7), op.dup, op.tuple2], sequence('tuple', int(7), int(7))],
  ['MEMOIZE', [op.binInt1(7), op.memoize, op.pop, op.binGet(0)], int(7)],
  ['PUT', [op.binInt1(7), op.put('3'), op.pop, op.binGet(3)], int(7)],
  ['BINPUT', [op.binInt1(7), op.binPut(3), op.pop, op.get('3')], int(7)],
  ['LONG_BINPUT', [op.binInt1(7), op.longBinPut(300), op.pop, op.longBinGet(300)], int(7)],
  ['GET', [op.binInt1(7), op.memoize, op.pop, op.get('0')], int(7)],
  ['BINGET', [op.binInt1(7), op.put('255'), op.pop, op.binGet(255)], int(7)],
  ['LONG_BINGET', [op.binInt1(7), op.put('70000000'), op.pop, op.longBinGet(70_000_000)], int(7)],
  ['GLOBAL', [op.global('a', 'B')], global('a', 'B')],
  ['STACK_GLOBAL', [op.shortBinUnicode('a'), op.shortBinUnicode('B'), op.stackGlobal], global('a', 'B')],
  ['INST', [op.mark, op.none, op.inst('a', 'B')], made('a.B', 2, none)],
  ['OBJ', [op.mark, op.global('a', 'B'), op.none, op.obj], made('a.B', 7, none)],
  ['REDUCE', [op.global('a', 'B'), op.none, op.tuple1, op.reduce], made('a.B', 7, none)],
  ['NEWOBJ', [op.global('a', 'B'), op.none, op.tuple1, op.newObj], bare('NEWOBJ', 'a.B', 7, none)],
  [
    'NEWOBJ_EX',
    [op.global('a', 'B'), op.none, op.tuple1, op.emptyDict, op.newObjEx],
    bare('NEWOBJ_EX', 'a.B', 8, none, dict()),
  ],
  ['BUILD', [op.global('a', 'B'), op.emptyTuple, op.newObj, op.emptyDict, op.build], bare('NEWOBJ', 'a.B', 6)],
  ['PERSID', [op.persId('7')], { kind: 'persistent', offset: 0 }],
  ['BINPERSID', [op.none, op.binPersId], { kind: 'persistent', offset: 1 }],
  ['EXT1', [op.ext1(7)], global('copyreg extension', '7')],
  ['EXT2', [op.ext2(700)], global('copyreg extension', '700')],
  ['EXT4', [op.ext4(70_000)], global('copyreg extension', '70000')],
  ['NEXT_BUFFER', [op.nextBuffer], { kind: 'unknown' }],
  ['READONLY_BUFFER', [op.nextBuffer, op.readonlyBuffer], { kind: 'unknown' }],
  ['PROTO', [op.proto(5), op.none], none],
  ['FRAME', [op.proto(4), op.frame([op.none, op.stop])], none],
  ['STOP', [op.none], none],
];

describe('the effect of every opcode', () => {
  test.each(EFFECTS)('%s, row %#', async (_name, ops, value) => {
    const result = await run(...ops, op.stop);
    expect(result.machine.error).toBeNull();
    expect(result.stream).toMatchObject({
      end: 'stop',
      error: null,
      offset: 0,
      length: pickle(...ops, op.stop).length - (ops.at(-1)?.at(-1) === 0x2e ? 1 : 0),
    });
    expect(resultOf(result)).toEqual(value);
  });

  test('is tested for all of them', () => {
    expect([...new Set(EFFECTS.map(([name]) => name))].toSorted()).toEqual(OPCODES.map(({ name }) => name).toSorted());
  });
});

const NOBODY = '';
const C = 'c,c-unbuffered';
const PYTHON = 'python';

/** Where each opcode cannot go on: the signal, its offset, and the readers that do go on. */
const FAILURES: readonly (readonly [string, readonly Op[], StructSignal, number, string])[] = [
  ['STOP', [op.stop], 'stack-underflow', 0, NOBODY],
  ['POP', [op.pop], 'stack-underflow', 0, NOBODY],
  ['POP_MARK', [op.popMark], 'mark-underflow', 0, NOBODY],
  ['DUP', [op.dup], 'stack-underflow', 0, NOBODY],
  ['DUP', [op.none, op.mark, op.dup], 'stack-underflow', 2, NOBODY],
  ['TUPLE1', [op.tuple1], 'stack-underflow', 0, NOBODY],
  ['TUPLE2', [op.none, op.tuple2], 'stack-underflow', 1, NOBODY],
  ['TUPLE3', [op.none, op.mark, op.none, op.none, op.tuple3], 'stack-underflow', 4, NOBODY],
  ['TUPLE', [op.none, op.tuple], 'mark-underflow', 1, NOBODY],
  ['LIST', [op.list], 'mark-underflow', 0, NOBODY],
  ['DICT', [op.dict], 'mark-underflow', 0, NOBODY],
  ['DICT', [op.mark, op.none, op.dict], 'wrong-operand', 2, NOBODY],
  ['FROZENSET', [op.frozenSet], 'mark-underflow', 0, NOBODY],
  ['FROZENSET', [op.mark, op.emptyList, op.frozenSet], 'wrong-operand', 2, NOBODY],
  ['APPEND', [op.emptyList, op.append], 'stack-underflow', 1, NOBODY],
  ['APPEND', [op.none, op.none, op.append], 'wrong-operand', 2, NOBODY],
  ['APPENDS', [op.emptyList, op.appends], 'mark-underflow', 1, NOBODY],
  ['APPENDS', [op.mark, op.none, op.appends], 'stack-underflow', 2, NOBODY],
  ['SETITEM', [op.emptyDict, op.none, op.setItem], 'stack-underflow', 2, NOBODY],
  ['SETITEM', [op.none, op.none, op.none, op.setItem], 'wrong-operand', 3, NOBODY],
  ['SETITEM', [op.emptyDict, op.emptyList, op.none, op.setItem], 'wrong-operand', 3, NOBODY],
  ['SETITEMS', [op.emptyDict, op.setItems], 'mark-underflow', 1, NOBODY],
  ['SETITEMS', [op.emptyDict, op.mark, op.none, op.setItems], 'wrong-operand', 3, NOBODY],
  ['ADDITEMS', [op.emptySet, op.addItems], 'mark-underflow', 1, NOBODY],
  ['ADDITEMS', [op.emptySet, op.mark, op.emptyDict, op.addItems], 'wrong-operand', 3, NOBODY],
  ['MEMOIZE', [op.memoize], 'stack-underflow', 0, NOBODY],
  ['PUT', [op.put('0')], 'stack-underflow', 0, NOBODY],
  ['PUT', [op.none, op.put('x')], 'bad-number', 1, NOBODY],
  ['BINPUT', [op.binPut(0)], 'stack-underflow', 0, NOBODY],
  ['LONG_BINPUT', [op.longBinPut(0)], 'stack-underflow', 0, NOBODY],
  ['GET', [op.get('0')], 'memo-missing', 0, NOBODY],
  ['GET', [op.get('-1')], 'bad-number', 0, NOBODY],
  ['BINGET', [op.none, op.binPut(1), op.binGet(2)], 'memo-missing', 3, NOBODY],
  ['LONG_BINGET', [op.longBinGet(0x7000_0000)], 'memo-missing', 0, NOBODY],
  ['INT', [op.int('x')], 'bad-number', 0, NOBODY],
  ['INT', [op.int('5\0x'), op.stop], 'bad-number', 0, C],
  ['LONG', [op.long('L')], 'bad-number', 0, NOBODY],
  ['FLOAT', [op.float('1.5.5')], 'bad-number', 0, NOBODY],
  ['FLOAT', [op.float(' 1.5'), op.stop], 'bad-number', 0, PYTHON],
  ['STRING', [op.string('os')], 'malformed-name', 0, NOBODY],
  ['UNICODE', [op.unicode('\\u12')], 'malformed-name', 0, NOBODY],
  ['BINSTRING', [op.binString('', 0x8000_0000)], 'bad-number', 0, NOBODY],
  ['LONG4', [op.long4('', 0xffff_ffff)], 'bad-number', 0, NOBODY],
  ['BINUNICODE8', [op.binUnicode8('', 1n << 63n)], 'bad-number', 0, NOBODY],
  ['BINBYTES8', [op.binBytes8('', 1n << 63n)], 'bad-number', 0, NOBODY],
  ['BYTEARRAY8', [op.byteArray8('', 1n << 63n)], 'bad-number', 0, NOBODY],
  ['SHORT_BINSTRING', [op.shortBinString('', 9)], 'truncated', 0, NOBODY],
  ['BINUNICODE', [op.binUnicode('ab', 9)], 'truncated', 0, NOBODY],
  ['SHORT_BINUNICODE', [op.shortBinUnicode('', 9)], 'truncated', 0, NOBODY],
  ['BINBYTES', [op.binBytes('ab', 9)], 'truncated', 0, NOBODY],
  ['SHORT_BINBYTES', [op.shortBinBytes('', 9)], 'truncated', 0, NOBODY],
  ['LONG1', [op.long1('', 9)], 'truncated', 0, NOBODY],
  ['BININT', [op.binInt(0).subarray(0, 4)], 'truncated', 0, NOBODY],
  ['BININT1', [op.binInt1(0).subarray(0, 1)], 'truncated', 0, NOBODY],
  ['BININT2', [op.binInt2(0).subarray(0, 2)], 'truncated', 0, NOBODY],
  ['BINFLOAT', [op.binFloat(0).subarray(0, 8)], 'truncated', 0, NOBODY],
  ['NONE', [op.none], 'truncated', 1, NOBODY],
  ['GLOBAL', [op.global('a\0b', Uint8Array.of(0xff))], 'malformed-name', 0, NOBODY],
  ['GLOBAL', [op.global('', 'B'), op.stop], 'malformed-name', 0, PYTHON],
  ['STACK_GLOBAL', [op.shortBinUnicode('a'), op.stackGlobal], 'stack-underflow', 3, NOBODY],
  ['STACK_GLOBAL', [op.shortBinUnicode('a'), op.none, op.stackGlobal], 'wrong-operand', 4, NOBODY],
  ['INST', [op.inst('a', 'B')], 'mark-underflow', 0, NOBODY],
  ['OBJ', [op.none, op.obj], 'mark-underflow', 1, NOBODY],
  ['OBJ', [op.mark, op.obj], 'stack-underflow', 1, NOBODY],
  ['OBJ', [op.mark, op.none, op.obj], 'wrong-operand', 2, NOBODY],
  ['REDUCE', [op.emptyTuple, op.reduce], 'stack-underflow', 1, NOBODY],
  ['REDUCE', [op.none, op.emptyTuple, op.reduce], 'wrong-operand', 2, NOBODY],
  ['REDUCE', [op.global('a', 'B'), op.none, op.reduce], 'wrong-operand', 6, NOBODY],
  ['REDUCE', [op.global('a', 'B'), op.emptyList, op.reduce, op.stop], 'wrong-operand', 6, PYTHON],
  ['NEWOBJ', [op.emptyTuple, op.newObj], 'stack-underflow', 1, NOBODY],
  ['NEWOBJ', [op.none, op.emptyTuple, op.newObj], 'wrong-operand', 2, NOBODY],
  ['NEWOBJ_EX', [op.emptyTuple, op.emptyDict, op.newObjEx], 'stack-underflow', 2, NOBODY],
  ['NEWOBJ_EX', [op.global('a', 'B'), op.emptyTuple, op.none, op.newObjEx], 'wrong-operand', 7, NOBODY],
  ['BUILD', [op.none, op.build], 'stack-underflow', 1, NOBODY],
  ['BUILD', [op.none, op.binInt1(1), op.build], 'wrong-operand', 3, NOBODY],
  ['PERSID', [op.persId(Uint8Array.of(0xff))], 'foreign-persistent-id', 0, NOBODY],
  ['BINPERSID', [op.binPersId], 'stack-underflow', 0, NOBODY],
  ['EXT1', [op.ext1(0)], 'bad-number', 0, NOBODY],
  ['EXT2', [op.ext2(0)], 'bad-number', 0, NOBODY],
  ['EXT4', [op.ext4(-1)], 'bad-number', 0, NOBODY],
  ['READONLY_BUFFER', [op.readonlyBuffer], 'stack-underflow', 0, NOBODY],
  ['READONLY_BUFFER', [op.none, op.readonlyBuffer], 'wrong-operand', 1, NOBODY],
  ['PROTO', [op.proto(6)], 'proto-unknown', 0, NOBODY],
  ['FRAME', [op.proto(4), op.frame([op.none, op.stop], 1n << 63n)], 'frame-mismatch', 2, NOBODY],
  ['FRAME', [op.proto(4), op.frame([op.none, op.stop], 99)], 'frame-mismatch', 2, PYTHON],
  ['MARK', [op.mark, op.stop], 'stack-underflow', 1, NOBODY],
];

/** Opcodes that only push and take no argument that could be wrong. */
const NEVER_FAIL = ['EMPTY_DICT', 'EMPTY_LIST', 'EMPTY_SET', 'EMPTY_TUPLE', 'NEWFALSE', 'NEWTRUE', 'NEXT_BUFFER'];

describe('the failure of every opcode', () => {
  test.each(FAILURES)('%s, row %#', async (_name, ops, signal, offset, survivors) => {
    const result = await run(...ops);
    expect(signalsOf(result)).toMatchObject({ [signal]: offset });
    expect(readersOf(result.machine.alive).join()).toBe(survivors);
    if (survivors === NOBODY) expect(result.machine.error).toMatchObject({ offset });
  });

  test('is tested for all that can fail', () => {
    expect([...new Set([...FAILURES.map(([name]) => name), ...NEVER_FAIL])].toSorted()).toEqual(
      OPCODES.map(({ name }) => name).toSorted(),
    );
  });

  test('of a byte that is no opcode', async () => {
    for (let code = 0; code < 256; code += 1) {
      if (OPCODES.some((known) => known.code === code)) continue;
      const result = await run(op.none, Uint8Array.of(code, 0x2e));
      expect(signalsOf(result), `0x${code.toString(16)}`).toMatchObject({ 'invalid-opcode': 1 });
      expect(result.machine.alive).toBe(0);
    }
  });
});

describe('globals', () => {
  test.each<[string, readonly Op[], number]>([
    ['GLOBAL', [op.none, op.global('os', 'system')], 1],
    ['STACK_GLOBAL', [op.proto(4), op.shortBinUnicode('os'), op.binUnicode8('system'), op.stackGlobal], 21],
    ['INST', [op.mark, op.inst('os', 'system')], 1],
    ['GLOBAL in a frame', [op.proto(4), op.frame([op.global('os', 'system')])], 11],
    [
      'STACK_GLOBAL by way of the memo',
      [
        op.proto(4),
        op.unicode('os'),
        op.memoize,
        op.binString('system'),
        op.memoize,
        op.binGet(0),
        op.binGet(1),
        op.stackGlobal,
      ],
      23,
    ],
  ])('%s is found at its offset', async (_name, ops, offset) => {
    const [fact] = globalsOf(await run(...ops, op.stop));
    expect(fact).toMatchObject({ module: 'os', name: 'system', at: { offset }, count: 1 });
  });

  test('are counted by resolution and by call', async () => {
    const [fact] = globalsOf(
      await run(
        op.global('a', 'B'),
        op.emptyTuple,
        op.reduce,
        op.pop,
        op.global('a', 'B'),
        op.binPut(0),
        op.emptyTuple,
        op.reduce,
        op.pop,
        op.binGet(0),
        op.stop,
      ),
    );
    expect(fact).toMatchObject({ count: 2, callCount: 2, escapes: true, calls: [{ offset: 6 }, { offset: 16 }] });
  });

  test('that are only called do not escape', async () => {
    const [fact] = globalsOf(await run(op.global('a', 'B'), op.emptyTuple, op.newObj, op.stop));
    expect(fact).toMatchObject({ callCount: 1, escapes: false, calls: [{ via: 'NEWOBJ', args: [], argsKnown: true }] });
  });

  test('of Python 2 are mapped below protocol 3 only', async () => {
    const old = globalsOf(await run(op.proto(2), op.global('__builtin__', 'eval'), op.stop));
    const recent = globalsOf(await run(op.proto(3), op.global('__builtin__', 'eval'), op.stop));
    expect([old[0]?.mapped, recent[0]?.mapped]).toEqual([{ module: 'builtins', name: 'eval' }, null]);
  });

  test('whose names come from a call are dynamic', async () => {
    const { facts } = await run(
      op.proto(4),
      op.global('a', 'f'),
      op.emptyTuple,
      op.reduce,
      op.shortBinUnicode('system'),
      op.stackGlobal,
      op.stop,
    );
    expect(facts).toContainEqual(
      expect.objectContaining({ kind: 'pickle.dynamic', module: '?', name: 'system', via: 'STACK_GLOBAL' }),
    );
  });

  test.each<[string, readonly Op[], StructSignal]>([
    ['BUILD patches a global', [op.global('a', 'B'), op.emptyDict, op.build], 'build-on-global'],
    ['items are set on a global', [op.global('a', 'B'), op.none, op.none, op.setItem], 'setitem-on-global'],
    [
      'a result is called',
      [op.global('a', 'B'), op.emptyTuple, op.reduce, op.emptyTuple, op.reduce],
      'call-of-call-result',
    ],
    ['a result is dropped', [op.none, op.global('a', 'B'), op.emptyTuple, op.reduce, op.pop], 'unused-call-result'],
    ['values are left', [op.none, op.none], 'values-left-at-stop'],
    ['a memo slot is written again', [op.none, op.binPut(0), op.newTrue, op.binPut(0)], 'memo-rewritten'],
    ['PROTO stands again', [op.proto(2), op.proto(2), op.none], 'proto-repeated'],
    ['PROTO stands late', [op.none, op.proto(2)], 'proto-misplaced'],
    ['an opcode of protocol 2 without PROTO', [op.newTrue], 'proto-missing'],
    ['an opcode newer than PROTO', [op.proto(2), op.emptySet], 'opcode-newer-than-protocol'],
    ['an extension code', [op.proto(2), op.ext1(1)], 'extension-code'],
    ['OBJ in protocol 2', [op.proto(2), op.mark, op.global('a', 'B'), op.obj], 'legacy-instance-opcode'],
    ['a name with a blank', [op.global('o s', 'B')], 'malformed-name'],
    [
      'attributes are set',
      [
        op.global('collections', 'Counter'),
        op.emptyTuple,
        op.newObj,
        op.none,
        op.emptyDict,
        op.unicode('x'),
        op.none,
        op.setItem,
        op.tuple2,
        op.build,
      ],
      'attribute-state',
    ],
  ])('%s: a signal', async (_name, ops, signal) => {
    const result = await run(...ops, op.stop);
    expect(result.machine.stopped).toBe(true);
    expect(result.facts).toContainEqual(expect.objectContaining({ kind: 'pickle.structure', signal }));
  });

  test('an object that the frozenset in it holds is dropped and not unused (save_frozenset)', async () => {
    const { facts } = await run(
      op.proto(4),
      op.mark,
      op.global('a', 'B'),
      op.emptyTuple,
      op.newObj,
      op.memoize,
      op.emptyDict,
      op.mark,
      op.unicode('own'),
      op.mark,
      op.binGet(0),
      op.frozenSet,
      op.memoize,
      op.setItems,
      op.build,
      op.popMark,
      op.binGet(1),
      op.stop,
    );
    expect(facts.filter(({ kind }) => kind === 'pickle.structure')).toEqual([]);
  });
});

describe('items on an instance', () => {
  const booster = (...ops: readonly Op[]): readonly Op[] => [
    op.proto(2),
    op.global('xgboost.core', 'Booster'),
    op.emptyTuple,
    op.newObj,
    ...ops,
    op.stop,
  ];
  test.each([
    ['appends', 'add', [op.mark, op.none, op.appends]],
    ['append', 'add', [op.none, op.append]],
    ['setitem', 'set', [op.none, op.none, op.setItem]],
    ['setitems', 'set', [op.mark, op.none, op.none, op.setItems]],
  ] as const)('of a class that its calls decide on are another use: %s', async (_, event, ops) => {
    const [fact] = globalsOf(await run(...booster(...ops)));
    expect(fact?.uses.map((use) => use.event)).toEqual(['new', event]);
    expect(fact === undefined ? 'none' : classifyGlobal(fact, new Set()).class).toBe('dangerous');
  });

  test('none are no use', async () => {
    expect(globalsOf(await run(...booster(op.mark, op.appends)))[0]?.uses.map((use) => use.event)).toEqual(['new']);
  });
});

test.each([
  ['setitems', [op.mark, op.unicode('k'), op.binUnicode('x'.repeat(200_000)), op.setItems]],
  ['appends', [op.mark, op.binUnicode('x'.repeat(200_000)), op.binUnicode('y'.repeat(200_000)), op.appends]],
  ['additems', [op.mark, op.binUnicode('x'.repeat(200_000)), op.binUnicode('y'.repeat(200_000)), op.addItems]],
])('items that lie outside of the window are told without losing the mark: %s', async (_, items) => {
  const stranger = [op.global('a', 'B'), op.emptyTuple, op.newObj];
  const result = await run(
    op.proto(4),
    op.emptyDict,
    op.mark,
    op.unicode('o'),
    ...stranger,
    ...items,
    op.setItems,
    op.stop,
  );
  expect(result.machine.stopped).toBe(true);
  expect(signalsOf(result)).toEqual({});
});

test.each([
  ['of a class that nobody knows', 'ourlib', 'Slotted', false],
  ['of one that never writes them', 'collections', 'Counter', true],
  ['of one that its calls decide on', 'xgboost.core', 'Booster', true],
])('attributes set one by one on an instance %s', async (_, module, name, signal) => {
  const state = [op.none, op.emptyDict, op.unicode('x'), op.none, op.setItem, op.tuple2];
  const result = await run(op.proto(2), op.global(module, name), op.emptyTuple, op.newObj, ...state, op.build, op.stop);
  const found = standingIn(result.facts).some(
    (fact) => fact.kind === 'pickle.structure' && fact.signal === 'attribute-state',
  );
  expect(found).toBe(signal);
});

describe('readers part', () => {
  test('at a frame that ends inside an argument', async () => {
    // C on a file without peek drops the frame's rest and reads another name than C on bytes; Python stops.
    const whole = op.global('safe.os', 'system');
    const result = await run(op.proto(4), op.frame([whole.subarray(0, 6)]), whole.subarray(6), op.stop);
    const names = globalsOf(result).map(({ module, name, readers }) => `${module}.${name}: ${readers.join()}`);
    expect(names).toEqual(['safe.os.system: c', 'os.system: c-unbuffered']);
    expect(signalsOf(result)).toHaveProperty('reader-divergence');
  });

  test('at a line that only Python takes', async () => {
    const [fact] = globalsOf(await run(op.int('0x1f'), op.float(' 1'), op.global('a', 'B'), op.stop));
    expect(fact?.readers).toEqual(['python']);
  });
});

/** Facts without what depends on the way in which bytes came: nothing may. */
function comparable({ stream, facts, nested, next, notice, plausibility }: StreamResult): unknown {
  return { stream, facts, nested, next, notice, plausibility };
}

/** Serves at most `step` bytes of a decoder at a time. */
function decoded(data: Uint8Array, step: number): ByteSource {
  const { budget } = inputOf(data, { limits: { retainedBytes: 1 } });
  return streamSource(async function* () {
    for (let at = 0; at < data.length; at += step) yield data.slice(at, at + step);
    return null;
  }, budget);
}

describe('the same facts come of the same bytes', () => {
  const at = async (source: ByteSource, origin: number): Promise<unknown> =>
    comparable(await analyseStream(inputOf(source), origin));

  test('however they are read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 40 }),
        async (seed, length, step) => {
          const data = randomPickle(seeded(seed), length);
          const usual = await at(memorySource(data), 0);
          expect(await at(trickle(data), 0)).toEqual(usual);
          expect(await at(decoded(data, step), 0)).toEqual(usual);
          expect(await at(sliceSource(memorySource(pickle(op.none, data, op.none)), 1, data.length), 0)).toEqual(usual);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('wherever windows end', async () => {
    // What stands before pushes the stream over the edges of the windows of 1, 4 and 16 KiB, byte by byte.
    const tail = pickle(
      op.global('os', 'system'),
      op.binUnicode('id'),
      op.binPut(1),
      op.tuple1,
      op.reduce,
      op.int('12'),
      op.shortBinString('x'),
      op.binGet(1),
      op.stop,
    );
    for (const edge of [1024, 4096, 20_480]) {
      for (let shift = 0; shift < tail.length + 16; shift += 1) {
        const padding = edge - shift;
        const result = await analyseStream(inputOf(pickle(op.proto(2), repeat(padding, op.none), tail)), 0);
        expect(globalsOf(result)).toMatchObject([
          {
            module: 'os',
            name: 'system',
            at: { offset: padding + 2 },
            calls: [{ offset: padding + 2 + 21, args: [str('id')] }],
          },
        ]);
        expect(result.machine.stopped).toBe(true);
      }
    }
  });

  test('behind an offset as at the beginning', async () => {
    const data = pickle(
      op.proto(4),
      op.frame([op.shortBinUnicode('os'), op.memoize, op.shortBinUnicode('system'), op.stackGlobal, op.stop]),
    );
    const moved = await analyseStream(inputOf(pickle(repeat(5000, op.none), data)), 5000);
    expect(globalsOf(moved)).toMatchObject([{ at: { offset: 5000 + data.length - 2 } }]);
    expect(moved.stream).toMatchObject({ offset: 5000, length: data.length, end: 'stop' });
  });

  test('names that lie megabytes back are found', async () => {
    const far = pickle(
      op.proto(4),
      op.shortBinUnicode('os'),
      op.memoize,
      op.shortBinUnicode('system'),
      op.memoize,
      op.binBytes8(new Uint8Array(3 << 20)),
      op.pop,
    );
    const data = pickle(far, op.binGet(0), op.binGet(1), op.stackGlobal, op.stop);
    for (const source of [memorySource(data), trickle(data), decoded(data, 100_000)]) {
      expect(globalsOf(await analyseStream(inputOf(source), 0))).toMatchObject([
        { module: 'os', name: 'system', at: { offset: far.length + 4 } },
      ]);
    }
  });

  test.each([
    ['UNICODE', op.unicode('x'.repeat(2 << 20))],
    ['STRING', op.string(`'${'x'.repeat(2 << 20)}'`)],
    ['INT', op.int('1'.repeat(2 << 20))],
    ['PERSID', op.persId('x'.repeat(2 << 20))],
  ])('a line of two megabytes of %s is jumped over', async (_name, long) => {
    const result = await run(long, op.pop, op.global('os', 'system'), op.stop);
    expect(globalsOf(result)).toMatchObject([{ at: { offset: long.length + 1 } }]);
  });
});

describe('limits are named, and what was found before them stands', () => {
  const call = pickle(op.global('os', 'system'), op.binUnicode('id'), op.tuple1, op.reduce);
  const names = (count: number, length: number): Op[] =>
    Array.from({ length: count }, (_, i) =>
      pickle(op.binUnicode(`${i}`.padEnd(length, 'x')), op.dup, op.stackGlobal, op.pop),
    );

  const sparse = (): Uint8Array =>
    pickle(...Array.from({ length: 66_000 }, (_, i) => op.longBinPut(0x1000_0000 + i * 100)));
  // Tens of millions of opcodes.
  const large: readonly [string, () => Uint8Array][] = [
    ['MAX_STACK', () => repeat(24_500_000, op.none)],
    ['MAX_MEMO', () => repeat(34_000_000, op.memoize)],
  ];

  test.each<[string, () => Uint8Array]>([
    ...sized(large, []),
    ['MAX_SPARSE_MEMO', sparse],
    ['MAX_NAME_CHARACTERS', () => pickle(...names(300, 60_000))],
    ['MAX_NESTED', () => repeat(10_001, op.shortBinBytes(pickle(op.proto(2), op.none, op.stop)))],
    ['MAX_LINE', () => op.global('x'.repeat(2 << 20), 'y')],
  ])('%s', async (limit, make) => {
    const result = await run(op.proto(4), call, make(), op.stop);
    expect(result.limit).toBeInstanceOf(LimitError);
    expect(result.limit?.limit).toBe(limit);
    expect(result.stream).toMatchObject({ end: 'error' });
    expect(globalsOf(result)[0]).toMatchObject({ module: 'os', name: 'system', callCount: 1 });
  });

  test.each<[string, () => Uint8Array]>([...sized(large.slice(0, 1), []), ['MAX_SPARSE_MEMO', sparse]])(
    'before anything was found it is thrown: %s',
    async (limit, make) => {
      await expect(run(op.none, make(), op.stop)).rejects.toMatchObject({ limit });
    },
  );
});
