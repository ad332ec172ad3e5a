import { expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../test/kit.js';
import { HOLDS, USE_FLAG, type Use } from '../model/use.js';
import { analyseStream } from '../streams/stream.js';

/** What a stream does with one global, `a.B`: the uses in words, and the signals of the whole stream. */

const words = (bits: number, names: Readonly<Record<string, number>>): string =>
  Object.entries(names)
    .filter(([name, bit]) => (bits & bit) !== 0 && name !== 'nested')
    .map(([name]) => name)
    .join('+');

/** Of the arguments themselves the bit for unfinished says that they hold something. */
const DIRECT = { globals: 1, data: 2, open: 4, nestedHere: 8, kin: 16, inner: 32 };

function shown({ event, size, direct, holds, state, flags, count }: Use): string {
  const parts = [`${event}${size === 0 ? '' : size}`];
  if (direct !== 0) parts.push(`is ${words(direct, DIRECT)}`);
  if (holds !== 0) parts.push(`holds ${words(holds, HOLDS)}`);
  if (state !== 'none') parts.push(`state ${state}`);
  if (flags !== 0) parts.push(words(flags, USE_FLAG));
  if (count !== 1) parts.push(`x${count}`);
  return parts.join(', ');
}

async function usesOf(...ops: readonly Op[]): Promise<string> {
  const { machine, facts } = await analyseStream(inputOf(pickle(...ops, op.stop)), 0);
  const fact = facts.find((one) => one.kind === 'pickle.global' && one.name === 'B');
  const uses = fact?.kind === 'pickle.global' ? fact.uses.map(shown) : ['no global'];
  const signals = [...machine.signals].map(([signal, { offset }]) => `${signal}@${offset}`);
  const error = machine.error === null ? [] : [`error ${machine.error.message}`];
  return [...uses, ...signals, ...error].join(' | ');
}

const B = op.global('a', 'B');
const C = op.global('a', 'C');
const other = op.global('other', 'C');
/** An instance of an unknown class, an array-like value of numpy that is inert, and an instance of pandas. */
const open = pickle(C, op.emptyTuple, op.reduce);
const dtype = pickle(op.global('numpy', 'dtype'), op.shortBinUnicode('f8'), op.tuple1, op.reduce);
const index = pickle(op.global('pandas.core.indexes.base', 'Index'), op.emptyTuple, op.reduce);
const bare = pickle(B, op.emptyTuple, op.newObj);
const made = pickle(B, op.emptyTuple, op.reduce);
const call = (...args: readonly Op[]): Op => pickle(op.proto(3), B, op.mark, ...args, op.tuple, op.reduce);
const state = (...ops: readonly Op[]): Op => pickle(op.proto(3), bare, ...ops, op.build);
const one = op.binInt1(1);

test.each<[string, Op, string]>([
  ['no arguments', call(), 'call'],
  ['constants', call(one, op.none, op.shortBinUnicode('x')), 'call3 | opcode-newer-than-protocol@11'],
  ['many arguments', call(...Array.from({ length: 20 }, () => one)), 'call15'],
  ['sixteen', call(...Array.from({ length: 16 }, () => one)), 'call15'],
  ['a global of its package', call(C), 'call1, is globals, holds globals'],
  ['a global of another package', call(other), 'call1, is globals, holds globals, foreign'],
  ['globals in a list', call(pickle(op.emptyList, other, op.append)), 'call1, is nestedHere, holds globals'],
  ['an instance', call(open), 'call1, is open, holds open'],
  ['an inert value', call(dtype), 'call1, is data, holds data | opcode-newer-than-protocol@21'],
  ['an instance of pandas', call(index), 'call1, is kin, holds kin'],
  ['an instance in a tuple', call(pickle(open, op.tuple1)), 'call1, is nestedHere, holds open'],
  [
    'an inert value in a dict',
    call(pickle(op.emptyDict, one, dtype, op.setItem)),
    'call1, is nestedHere, holds data | opcode-newer-than-protocol@24',
  ],
  [
    'all of them',
    call(other, open, dtype, index),
    'call4, is globals+data+open+kin, holds globals+data+open+kin, foreign | opcode-newer-than-protocol@37',
  ],
  [
    'persistent',
    call(pickle(op.shortBinUnicode('k'), op.binPersId)),
    'call1, is data, holds data | opcode-newer-than-protocol@8',
  ],
  ['NEWOBJ', pickle(op.proto(3), B, open, op.tuple1, op.newObj), 'new1, is open, holds open'],
  ['NEWOBJ_EX', pickle(op.proto(4), B, one, op.tuple1, op.emptyDict, op.newObjEx), 'new-ex1'],
  [
    'NEWOBJ_EX with an instance',
    pickle(op.proto(4), B, op.emptyTuple, op.emptyDict, op.shortBinUnicode('k'), open, op.setItem, op.newObjEx),
    'new-ex, is nestedHere, holds open',
  ],
  ['OBJ', pickle(op.mark, B, open, op.obj), 'old1, is open, holds open'],
  ['INST', pickle(op.mark, open, op.inst('a', 'B')), 'old1, is open, holds open'],
  [
    '_reconstructor',
    pickle(
      op.global('copy_reg', '_reconstructor'),
      B,
      op.global('__builtin__', 'object'),
      op.none,
      op.tuple3,
      op.reduce,
    ),
    'new | proto-missing@51',
  ],
  [
    '_reconstructor of a list',
    pickle(
      op.global('copy_reg', '_reconstructor'),
      B,
      op.global('__builtin__', 'list'),
      op.emptyList,
      op.tuple3,
      op.reduce,
    ),
    'new1 | proto-missing@49',
  ],
  [
    '__newobj__',
    pickle(op.proto(2), op.global('copy_reg', '__newobj__'), B, open, op.tuple2, op.reduce),
    'new1, is open, holds open',
  ],
  ['twice the same', pickle(call(one), op.pop, call(one)), 'call1, x2 | unused-call-result@12 | proto-repeated@13'],
  ['a result is called', pickle(call(), one, op.tuple1, op.reduce), 'call | call1, onResult | call-of-call-result@13'],
  [
    'a state of a dict',
    state(op.emptyDict, op.shortBinUnicode('k'), one, op.setItem),
    'new | build, state dict | opcode-newer-than-protocol@10',
  ],
  ['a state that is empty', state(op.emptyDict), 'new | build, state dict'],
  ['a state of None', state(op.none), 'new | build'],
  ['a state of a constant', state(one), 'new | build, state constant'],
  ['a state of a tuple', state(one, one, one, op.tuple3), 'new | build3, state tuple'],
  ['a state of an empty tuple', state(op.emptyTuple), 'new | build, state tuple'],
  ['a state of a pair', state(op.none, op.emptyDict, op.tuple2), 'new | build2, state pair'],
  ['a state of two dicts', state(op.emptyDict, op.emptyDict, op.tuple2), 'new | build2, state pair'],
  ['a state of two others', state(one, op.emptyDict, op.tuple2), 'new | build2, state tuple'],
  ['a state of a list', state(op.emptyList, one, op.append), 'new | build, state items'],
  [
    'a state of a frozenset',
    state(op.mark, one, op.frozenSet),
    'new | build, state items | opcode-newer-than-protocol@12',
  ],
  ['a state that is an object', state(open), 'new | build, holds open, state object'],
  ['a state that is a global', state(C), 'new | build, holds globals, state object'],
  [
    'a state that holds an instance',
    state(op.emptyDict, op.shortBinUnicode('k'), open, op.setItem),
    'new | build, holds open, state dict | opcode-newer-than-protocol@10',
  ],
  [
    'a special key',
    state(op.emptyDict, op.shortBinUnicode('__class__'), one, op.setItem),
    'new | build, state dict, dunder | opcode-newer-than-protocol@10',
  ],
  [
    'a special key in a part',
    state(op.none, op.emptyDict, op.shortBinUnicode('__class__'), one, op.setItem, op.tuple2),
    'new | build2, state pair, dunder | opcode-newer-than-protocol@11 | attribute-state@26',
  ],
  [
    'itself',
    pickle(op.proto(3), bare, op.binPut(0), op.binGet(0), op.build),
    'new | build, holds open, state self, late',
  ],
  [
    'a second state',
    pickle(state(op.emptyDict), op.emptyDict, op.build),
    'new | build, state dict | build, state dict, after',
  ],
  ['after REDUCE', pickle(op.proto(3), made, op.emptyDict, op.build), 'call | build, state dict, reduced'],
  [
    'through the memo',
    pickle(op.proto(3), bare, op.binPut(0), op.pop, op.binGet(0), op.emptyDict, op.build),
    'new | build, state dict, fetched | unused-call-result@11 | uncanonical@15',
  ],
  [
    'after it was fetched',
    pickle(
      op.proto(3),
      bare,
      op.binPut(0),
      op.emptyDict,
      one,
      op.binGet(0),
      op.setItem,
      op.pop,
      op.emptyDict,
      op.build,
    ),
    'new | build, state dict, late',
  ],
  [
    'doubled',
    pickle(op.proto(3), bare, op.dup, op.emptyDict, op.build),
    'new | build, state dict, fetched | uncanonical@9 | values-left-at-stop@12',
  ],
  ['items', pickle(op.proto(3), bare, one, op.append), 'new | add'],
  ['many items', pickle(op.proto(3), bare, op.mark, one, open, op.appends), 'new | add, holds open'],
  [
    'pairs',
    pickle(op.proto(3), made, op.shortBinUnicode('k'), one, op.setItem),
    'call | set, reduced | opcode-newer-than-protocol@9',
  ],
  [
    'pairs with a special key',
    pickle(op.proto(3), made, op.mark, op.shortBinUnicode('__class__'), one, op.setItems),
    'call | set, reduced+dunder | opcode-newer-than-protocol@10',
  ],
  [
    'pairs with a key that is no text',
    pickle(op.proto(3), made, op.mark, one, one, op.setItems),
    'call | set, reduced+dunder',
  ],
  ['items of a set', pickle(op.proto(4), bare, op.mark, one, op.addItems), 'new | add'],
  ['a key of a dict', pickle(op.proto(3), op.emptyDict, bare, one, op.setItem), 'new | key'],
  ['in a key of a dict', pickle(op.proto(3), op.emptyDict, bare, op.tuple1, one, op.setItem), 'new | key'],
  ['an item of a set', pickle(op.proto(4), op.emptySet, op.mark, bare, op.addItems), 'new | key'],
  ['an item of a frozenset', pickle(op.proto(4), op.mark, one, bare, op.frozenSet), 'new | key'],
  [
    'a key of a set by its class',
    pickle(op.proto(3), op.global('builtins', 'set'), op.emptyList, bare, op.append, op.tuple1, op.reduce),
    'new | key',
  ],
  [
    'a key of an OrderedDict',
    pickle(
      op.proto(3),
      op.global('collections', 'OrderedDict'),
      op.emptyList,
      bare,
      one,
      op.tuple2,
      op.append,
      op.tuple1,
      op.reduce,
    ),
    'new | key',
  ],
  [
    'a value of an OrderedDict',
    pickle(
      op.proto(3),
      op.global('collections', 'OrderedDict'),
      op.emptyList,
      one,
      bare,
      op.tuple2,
      op.append,
      op.tuple1,
      op.reduce,
    ),
    'new',
  ],
  [
    'a list that is still filled',
    pickle(op.proto(3), op.emptyList, op.binPut(0), B, op.binGet(0), op.tuple1, op.reduce, op.append),
    'call1, holds unfinished',
  ],
  ['BUILD on the class itself', pickle(op.proto(3), B, op.emptyDict, op.build), 'build-on-global@8'],
  [
    'items on the class itself',
    pickle(op.proto(3), B, op.shortBinUnicode('k'), one, op.setItem),
    'opcode-newer-than-protocol@7 | setitem-on-global@12',
  ],
])('%s', async (_name, stream, expected) => expect(await usesOf(stream)).toBe(expected));
