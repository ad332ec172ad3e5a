import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { analyseStream } from '../../streams/stream.js';

const bytes = (text: string): Op => op.shortBinBytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));

/** A dtype with the state that numpy writes, of its code. */
function dtype(code: string, parts: readonly Op[]): Op {
  const made = [op.global('numpy', 'dtype'), op.binUnicode(code), op.binInt1(0), op.binInt1(1), op.tuple3, op.reduce];
  return pickle(...made, op.mark, ...parts, op.tuple, op.build);
}
const rest = (flags: number): readonly Op[] => [
  op.none,
  op.none,
  op.none,
  op.binInt(-1),
  op.binInt(-1),
  op.binInt1(flags),
];
const FLOATS = dtype('f8', [op.binInt1(3), op.binUnicode('<'), ...rest(0)]);
const OBJECTS = dtype('O8', [op.binInt1(3), op.binUnicode('|'), ...rest(63)]);
const UNIT = pickle(
  op.emptyDict,
  op.mark,
  bytes('ns'),
  op.binInt1(1),
  op.binInt1(1),
  op.binInt1(1),
  op.tuple,
  op.tuple2,
);
const TIMES = dtype('M8', [op.binInt1(4), op.binUnicode('<'), ...rest(0), UNIT]);

function array(type: Op, shape: Op, data: Op): Op {
  const made = [op.global('numpy._core.multiarray', '_reconstruct'), op.global('numpy', 'ndarray')];
  const empty = [op.binInt1(0), op.tuple1, bytes('b'), op.tuple3, op.reduce];
  return pickle(...made, ...empty, op.mark, op.binInt1(1), shape, type, op.newFalse, data, op.tuple, op.build);
}
const ONE = pickle(op.binInt1(1), op.tuple1);

async function signals(...ops: readonly Op[]): Promise<readonly string[]> {
  const result = await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
  expect(result.stream.end).toBe('stop');
  return result.facts.flatMap((fact) => (fact.kind === 'pickle.structure' ? [fact.signal] : []));
}

/** What is looked at once is looked at again when many like it have been there. */
const REPEATS = [0, 3, 4, 5, 9];

describe.each(REPEATS)('behind %i honest arrays', (count) => {
  const honest = Array.from({ length: count }, () => pickle(array(FLOATS, ONE, bytes('12345678')), op.pop));
  const list = pickle(op.emptyList, op.none, op.append);

  test('an honest one gives nothing', async () => {
    expect(await signals(...honest, array(FLOATS, ONE, bytes('12345678')))).not.toContain('array-state');
    expect(await signals(...honest, array(OBJECTS, ONE, list))).not.toContain('array-state');
    expect(await signals(...honest, array(OBJECTS, op.emptyTuple, list))).not.toContain('array-state');
  });

  test.each([
    ['what a call gave', pickle(op.global('torch', 'Size'), op.binInt2(9999), op.tuple1, op.tuple1, op.reduce)],
    ['a list', pickle(op.emptyList, op.binInt2(9999), op.append)],
    ['two sizes below zero', pickle(op.binInt(-1), op.binInt(-1), op.tuple2)],
    ['another size', pickle(op.binInt1(2), op.tuple1)],
    ['a size that is no number', pickle(op.none, op.tuple1)],
  ])('one of objects whose shape is %s does not fit', async (_what, shape) => {
    expect(await signals(...honest, array(OBJECTS, shape, list))).toContain('array-state');
  });

  test('one of objects that is given bytes does not fit', async () => {
    expect(await signals(...honest, array(OBJECTS, ONE, bytes('12345678')))).toContain('array-state');
  });

  test('one that is made of a shape does not fit', async () => {
    const made = [op.global('numpy._core.multiarray', '_reconstruct'), op.global('numpy', 'ndarray')];
    const full = [op.binInt1(9), op.tuple1, bytes('b'), op.tuple3, op.reduce];
    expect(await signals(...honest, ...made, ...full)).toContain('array-state');
  });
});

describe.each(REPEATS)('behind %i indexes of times', (count) => {
  const index = (data: Op): Op => {
    const made = [op.global('pandas.core.indexes.datetimes', '_new_DatetimeIndex')];
    const cls = op.global('pandas.core.indexes.datetimes', 'DatetimeIndex');
    const given = [op.emptyDict, op.mark, op.binUnicode('data'), data, op.setItems];
    return pickle(...made, cls, ...given, op.tuple2, op.reduce, op.pop);
  };
  const honest = Array.from({ length: count }, () => index(array(TIMES, ONE, bytes('12345678'))));

  test('one of times is honest, one of numbers is not', async () => {
    expect(await signals(...honest, index(array(TIMES, ONE, bytes('12345678'))), op.none)).not.toContain('array-state');
    expect(await signals(...honest, index(array(FLOATS, ONE, bytes('12345678'))), op.none)).toContain('array-state');
  });
});

test('a function of pandas may have any name', async () => {
  const text = 'cpandas.x\ntoString\n0cposix\nsystem\n(Vid\ntR.';
  const { facts } = await analyseStream(inputOf(Uint8Array.from(text, (letter) => letter.charCodeAt(0))), 0);
  const names = facts.flatMap((fact) => (fact.kind === 'pickle.global' ? [`${fact.module}.${fact.name}`] : []));
  expect(names).toEqual(['pandas.x.toString', 'posix.system']);
});

/** The parts of the state of a dtype, as numpy writes them for `f8` unless said otherwise. */
interface Parts {
  readonly version?: Op;
  readonly ending?: Op;
  readonly subarray?: Op;
  readonly names?: Op;
  readonly fields?: Op;
  readonly size?: Op;
  readonly alignment?: Op;
  readonly flags?: Op;
  /** A ninth part. */
  readonly unit?: Op;
}

/** The call of a dtype: what `numpy.dtype` is given. */
const called = (code: Op): Op =>
  pickle(op.global('numpy', 'dtype'), code, op.newFalse, op.newTrue, op.tuple3, op.reduce);

function state(parts: Parts): Op {
  return pickle(
    op.mark,
    parts.version ?? op.binInt1(3),
    parts.ending ?? op.binUnicode('<'),
    parts.subarray ?? op.none,
    parts.names ?? op.none,
    parts.fields ?? op.none,
    parts.size ?? op.binInt(-1),
    parts.alignment ?? op.binInt(-1),
    parts.flags ?? op.binInt1(0),
    parts.unit ?? op.mark,
    ...(parts.unit === undefined ? [op.popMark] : []),
    op.tuple,
  );
}

/** A dtype of a code, with its state. */
const typed = (code: string, parts: Parts): Op => pickle(called(op.binUnicode(code)), state(parts), op.build);
const size = (bytesOfItem: number, alignment = -1): Parts => ({
  size: op.binInt(bytesOfItem),
  alignment: op.binInt(alignment),
});
const flags = (bits: number): Parts => ({ flags: op.binInt1(bits) });
const list = (...items: readonly Op[]): Op => pickle(op.emptyList, op.mark, ...items, op.appends);
const tuple = (...items: readonly Op[]): Op => pickle(op.mark, ...items, op.tuple);
const dict = (...items: readonly Op[]): Op => pickle(op.emptyDict, op.mark, ...items, op.setItems);
const text = (value: string): Op => op.binUnicode(value);
const numbers = (...values: readonly number[]): Op => tuple(...values.map((value) => op.binInt(value)));
const field = (type: Op, offset: number): Op => tuple(type, op.binInt(offset));
const encoded = (value: string): Op =>
  pickle(op.global('_codecs', 'encode'), text(value), text('latin1'), op.tuple2, op.reduce);

/** A structure of 16 bytes with two fields. */
const pair = (parts: Parts = {}): Parts => ({
  names: tuple(text('a'), text('b')),
  fields: dict(text('a'), field(FLOATS, 0), text('b'), field(FLOATS, 8)),
  ...size(16, 1),
  ...parts,
});
const ofObjects = { fields: dict(text('a'), field(FLOATS, 0), text('b'), field(OBJECTS, 8)) };

test.each<[string, Parts]>([
  ['f8', {}],
  ['f8', size(8)],
  ['f8', flags(8)],
  ['f8', { flags: op.binInt2(0x100) }],
  ['f8', { ending: text('>') }],
  ['f8', { ending: text('|') }],
  ['f8', { ending: text('=') }],
  ['f8', { ending: op.binString('<') }],
  ['f8', { version: op.binInt1(4), unit: op.none }],
  ['?', size(1)],
  ['b1', size(1)],
  ['O8', flags(63)],
  ['O8', flags(127)],
  ['O8', { ...size(8), ...flags(63) }],
  ['O8', { ...size(4), ...flags(63) }],
  ['S5', size(5, 1)],
  ['S5', size(-1, 2)],
  ['a5', size(5, 16)],
  ['U3', size(12, 4)],
  ['U3', size(12, 8)],
  ['S0', size(0, 1)],
  ['M8', { version: op.binInt1(4), unit: UNIT }],
  ['m8', { version: op.binInt1(4), unit: UNIT }],
  ['V7', size(7, 1)],
  ['V0', size(0, 1)],
  ['V16', { ...size(16, 1), subarray: tuple(FLOATS, numbers(2)) }],
  ['V16', { ...size(16, 1), subarray: tuple(FLOATS, op.binInt1(2)) }],
  ['V48', { ...size(48, 1), subarray: tuple(FLOATS, numbers(2, 3)) }],
  ['V8', { ...size(8, 1), subarray: tuple(FLOATS, op.emptyTuple) }],
  ['V0', { ...size(0, 1), subarray: tuple(FLOATS, numbers(0)) }],
  ['V8', { ...size(8, 1), subarray: tuple(FLOATS, tuple(op.newTrue)) }],
  ['V8', { ...size(8, 1), subarray: tuple(OBJECTS, numbers(1)), ...flags(0x1b) }],
  ['V16', pair()],
  ['V16', pair({ ...ofObjects, ...flags(0x1b) })],
  ['V16', pair({ ...ofObjects, ...flags(63) })],
  ['V17', pair(size(17, 1))],
  // A title is a second key of a field.
  ['V16', pair({ names: tuple(text('a')) })],
  ['V0', { ...size(0, 1), names: op.emptyTuple, fields: op.emptyDict }],
])('a dtype of %s, row %#, is what numpy writes', async (code, parts) => {
  expect(await signals(typed(code, parts))).not.toContain('dtype-state');
});

test.each<[string, string, Parts]>([
  ['a size below its code', 'f8', size(7)],
  ['a size above its code', 'f8', size(9)],
  ['half its size, where it is no object', 'f8', size(4)],
  ['a size of zero', 'f8', size(0)],
  ['a size below -1', 'f8', size(-2)],
  ['a size that is no number', 'f8', { size: op.none }],
  ['an alignment that numpy writes for texts', 'f8', size(-1, 8)],
  ['an alignment that numpy writes for other types', 'S5', size(5, -1)],
  ['an alignment that is no power of two', 'S5', size(5, 3)],
  ['an alignment of zero', 'V8', size(8, 0)],
  ['an alignment beyond all types', 'U3', size(12, 32)],
  ['references that are counted', 'f8', flags(1)],
  ['a list as its pickle', 'f8', flags(2)],
  ['pointers', 'f8', flags(4)],
  ['flags that are no number', 'f8', { flags: op.none }],
  ['no references that are counted', 'O8', flags(62)],
  ['flags of a structure of objects', 'O8', flags(0x1b)],
  ['a size that pointers do not have', 'O8', { ...size(5), ...flags(63) }],
  ['no size in its code', 'f', size(8)],
  ['a letter that is no code', 'x8', {}],
  ['another size than one byte', '?', size(2)],
  ['characters of one byte', 'U3', size(3, 4)],
  ['a version before the third', 'f8', { version: op.binInt1(2) }],
  ['a version behind the fourth', 'f8', { version: op.binInt1(5), unit: op.none }],
  ['more parts than its version', 'f8', { unit: op.none }],
  ['fewer parts than its version', 'f8', { version: op.binInt1(4) }],
  ['no unit of its times', 'M8', {}],
  ['no unit of its spans', 'm8', {}],
  ['an unknown order of bytes', 'f8', { ending: text('x') }],
  ['no order of bytes', 'f8', { ending: op.none }],
  ['a subarray', 'f8', { subarray: tuple(FLOATS, numbers(1)) }],
  ['names', 'f8', { names: op.emptyTuple }],
  ['fields', 'f8', { fields: op.emptyDict }],
  ['another size than its code', 'V8', size(9, 1)],
  ['no size', 'V8', size(-1, 1)],
  ['objects without fields', 'V8', { ...size(8, 1), ...flags(1) }],
  ['a subarray that is too large', 'V15', { ...size(15, 1), subarray: tuple(FLOATS, numbers(2)) }],
  ['a subarray that is too small', 'V17', { ...size(17, 1), subarray: tuple(FLOATS, numbers(2)) }],
  ['a subarray without a shape', 'V8', { ...size(8, 1), subarray: tuple(FLOATS) }],
  ['a subarray of three parts', 'V8', { ...size(8, 1), subarray: tuple(FLOATS, numbers(1), op.none) }],
  ['a subarray of no dtype', 'V8', { ...size(8, 1), subarray: tuple(text('f8'), numbers(1)) }],
  ['a subarray that is a list', 'V8', { ...size(8, 1), subarray: list(FLOATS, numbers(1)) }],
  ['a shape that is a list', 'V8', { ...size(8, 1), subarray: tuple(FLOATS, list(op.binInt1(1))) }],
  ['a shape below zero', 'V8', { ...size(8, 1), subarray: tuple(FLOATS, numbers(-1, -1)) }],
  ['a subarray of objects, as numbers', 'V8', { ...size(8, 1), subarray: tuple(OBJECTS, numbers(1)) }],
  ['a subarray and names', 'V8', { ...size(8, 1), subarray: tuple(FLOATS, numbers(1)), names: op.emptyTuple }],
  ['a subarray and fields', 'V8', { ...size(8, 1), subarray: tuple(FLOATS, numbers(1)), fields: op.emptyDict }],
  ['names without fields', 'V16', pair({ fields: op.none })],
  ['fields without names', 'V16', pair({ names: op.none })],
  ['names in a list', 'V16', pair({ names: list(text('a'), text('b')) })],
  ['fields in a list', 'V16', pair({ fields: list(field(FLOATS, 0)) })],
  ['a name without a field', 'V16', pair({ names: tuple(text('a'), text('c')) })],
  ['a name that is none', 'V16', pair({ names: tuple(text('a'), op.none) })],
  ['more names than fields', 'V16', pair({ names: tuple(text('a'), text('b'), text('a')) })],
  ['names, and no field', 'V0', { ...size(0, 1), names: tuple(text('a')), fields: op.emptyDict }],
  [
    'a field that is named twice',
    'V16',
    pair({ fields: dict(text('a'), field(FLOATS, 0), text('b'), field(FLOATS, 8), text('a'), field(FLOATS, 8)) }),
  ],
  [
    'a field whose name is no text',
    'V16',
    pair({ fields: dict(text('a'), field(FLOATS, 0), text('b'), field(FLOATS, 8), op.none, field(FLOATS, 8)) }),
  ],
  ['a field behind its end', 'V16', pair({ fields: dict(text('a'), field(FLOATS, 0), text('b'), field(FLOATS, 9)) })],
  [
    'a field before its beginning',
    'V16',
    pair({ fields: dict(text('a'), field(FLOATS, -1), text('b'), field(FLOATS, 8)) }),
  ],
  ['a field of no dtype', 'V16', pair({ fields: dict(text('a'), field(FLOATS, 0), text('b'), field(text('f8'), 8)) })],
  ['a field without an offset', 'V16', pair({ fields: dict(text('a'), field(FLOATS, 0), text('b'), tuple(FLOATS)) })],
  [
    'a field that is a list',
    'V16',
    pair({ fields: dict(text('a'), field(FLOATS, 0), text('b'), list(FLOATS, op.binInt1(8))) }),
  ],
  ['fields of objects, as numbers', 'V16', pair(ofObjects)],
  ['fields of objects without one of their flags', 'V16', pair({ ...ofObjects, ...flags(0x1a) })],
  ['fields of numbers, as objects', 'V16', pair(flags(0x1b))],
])('a dtype with %s is none that numpy writes', async (_what, code, parts) => {
  expect(await signals(typed(code, parts))).toContain('dtype-state');
});

describe('a dtype', () => {
  const own = (...call: readonly Op[]): Promise<readonly string[]> =>
    signals(op.global('numpy', 'dtype'), ...call, state({}), op.build);

  test('is made by a call of three arguments', async () => {
    expect(await own(tuple(text('f8'), op.newFalse, op.newTrue), op.reduce)).not.toContain('dtype-state');
    expect(await own(tuple(text('f8'), op.newFalse), op.reduce)).toContain('dtype-state');
    expect(await own(tuple(text('f8'), op.newFalse, op.newTrue, op.none), op.reduce)).toContain('dtype-state');
    expect(await own(tuple(text('f8'), op.newFalse, op.newTrue), op.newObj)).toContain('dtype-state');
    expect(await own(tuple(op.none, op.newFalse, op.newTrue), op.reduce)).toContain('dtype-state');
  });

  test.each([
    ['numpy', 'record', false],
    ['numpy.rec', 'record', false],
    ['numpy.core.records', 'record', false],
    ['numpy._core.records', 'record', false],
    ['numpy', 'ndarray', true],
  ])('of the class %s.%s: not what numpy writes: %s', async (module, name, isOther) => {
    const ops = [called(op.global(module, name)), state(pair()), op.build];
    expect((await signals(...ops)).includes('dtype-state')).toBe(isOther);
    const short = [called(op.global(module, name)), state(pair(size(15, 1))), op.build];
    expect(await signals(...short)).toContain('dtype-state');
  });

  test('has a state that is a tuple, once, before anybody uses it', async () => {
    expect(await signals(called(text('f8')), op.emptyDict, op.build)).toContain('dtype-state');
    expect(await signals(typed('f8', {}), state({}), op.build)).toContain('dtype-state');
    const used = [called(text('f8')), op.binPut(9), op.emptyList, op.binGet(9), op.append, op.pop];
    expect(await signals(...used, state({}), op.build)).toContain('dtype-state');
  });
});

describe('an array', () => {
  const made = [op.global('numpy._core.multiarray', '_reconstruct'), op.global('numpy', 'ndarray')];
  const ofState = (...parts: readonly Op[]): Promise<readonly string[]> =>
    signals(...made, tuple(op.binInt1(0)), bytes('b'), op.tuple3, op.reduce, ...parts, op.build);
  const ofData = (type: Op, data: Op, shape: Op = ONE): Promise<readonly string[]> =>
    ofState(tuple(op.binInt1(1), shape, type, op.newFalse, data));

  test.each<[string, Op, Op]>([
    ['bytes', FLOATS, bytes('12345678')],
    ['a bytearray', FLOATS, op.byteArray8('12345678')],
    ['a buffer', FLOATS, op.nextBuffer],
    ['text of Python 2', FLOATS, op.binString('12345678')],
    ['encoded text', FLOATS, encoded('12345678')],
    ['no bytes of protocol 2', FLOATS, pickle(op.global('builtins', 'bytes'), op.emptyTuple, op.reduce)],
    ['a list of objects', OBJECTS, list(op.none)],
    ['a list of structures of objects', typed('V16', pair({ ...ofObjects, ...flags(0x1b) })), list(op.none)],
    ['bytes of a structure', typed('V16', pair()), bytes('1234567812345678')],
    [
      'a list of strings of numpy',
      pickle(op.global('numpy._core._internal', '_convert_to_stringdtype_kwargs'), op.none, op.tuple1, op.reduce),
      list(op.none),
    ],
    [
      'a list of strings of numpy 1',
      pickle(op.global('numpy.core', '_DType_reconstruct'), op.none, op.tuple1, op.reduce),
      list(op.none),
    ],
  ])('of %s is honest', async (_what, type, data) => {
    expect(await ofData(type, data)).not.toContain('array-state');
  });

  test.each<[string, Op, Op]>([
    ['a list of numbers', FLOATS, list(op.binInt1(1))],
    ['a list that is too short', OBJECTS, op.emptyList],
    ['a list that is too long', OBJECTS, list(op.none, op.none)],
    ['bytes that stand for objects', OBJECTS, bytes('12345678')],
    ['bytes for structures of objects', typed('V16', pair({ ...ofObjects, ...flags(0x1b) })), bytes('1')],
    ['a number', FLOATS, op.binInt1(1)],
    ['a tuple', FLOATS, ONE],
    ['bytes of a size', FLOATS, pickle(op.global('builtins', 'bytes'), op.binInt1(9), op.tuple1, op.reduce)],
    ['what another call gave', FLOATS, pickle(op.global('numpy', 'ndarray'), op.emptyTuple, op.reduce)],
    ['a dtype without a state', called(text('f8')), bytes('12345678')],
    ['a text as its dtype', text('f8'), bytes('12345678')],
    ['another function as its dtype', pickle(op.global('numpy.core', 'x'), op.emptyTuple, op.reduce), list(op.none)],
  ])('of %s is none that numpy writes', async (_what, type, data) => {
    expect(await ofData(type, data)).toContain('array-state');
  });

  test('has five parts, of masked arrays seven', async () => {
    const parts = [op.binInt1(1), ONE, FLOATS, op.newFalse, bytes('12345678'), bytes('1'), op.none, op.none];
    for (const count of [0, 3, 4, 6, 8])
      expect(await ofState(tuple(...parts.slice(0, count)))).toContain('array-state');
    for (const count of [5, 7]) expect(await ofState(tuple(...parts.slice(0, count)))).not.toContain('array-state');
  });

  test('of a subclass has its state in a pair, and not in a pair of it', async () => {
    const plain = (data: Op): Op => tuple(op.binInt1(1), ONE, FLOATS, op.newFalse, data);
    expect(await ofState(tuple(plain(bytes('12345678')), op.emptyDict))).not.toContain('array-state');
    expect(await ofState(tuple(plain(op.none), op.emptyDict))).toContain('array-state');
    expect(await ofState(tuple(op.none, op.emptyDict))).toContain('array-state');
    const twice = tuple(tuple(plain(bytes('12345678')), op.emptyDict), op.emptyDict);
    expect(await ofState(twice)).toContain('array-state');
  });

  test('of objects is as long as the product of its shape', async () => {
    const six = list(...Array.from({ length: 6 }, () => op.none));
    expect(await ofData(OBJECTS, six, numbers(2, 3))).not.toContain('array-state');
    expect(await ofData(OBJECTS, six, numbers(3, 3))).toContain('array-state');
    expect(await ofData(OBJECTS, op.emptyList, numbers(5, 0))).not.toContain('array-state');
    expect(await ofData(OBJECTS, list(op.none), tuple(op.newTrue))).not.toContain('array-state');
    expect(await ofData(OBJECTS, op.emptyList, tuple(op.newFalse))).not.toContain('array-state');
  });

  test('whose list is still filled holds an unknown number', async () => {
    const filled = pickle(op.emptyList, op.binPut(9), ...made, tuple(op.binInt1(0)), bytes('b'), op.tuple3, op.reduce);
    const given = tuple(op.binInt1(1), ONE, OBJECTS, op.newFalse, op.binGet(9));
    expect(await signals(filled, given, op.build, op.append)).toContain('array-state');
  });
});

describe('an array begins', () => {
  const begin = (cls: Op, shape: Op, code: Op): Promise<readonly string[]> =>
    signals(op.global('numpy._core.multiarray', '_reconstruct'), cls, shape, code, op.tuple3, op.reduce);
  const ndarray = op.global('numpy', 'ndarray');

  test.each<[string, Op, Op, Op]>([
    ['no items', ndarray, numbers(0), bytes('b')],
    ['no items of two axes', ndarray, numbers(0, 0), bytes('b')],
    ['no axes', ndarray, op.emptyTuple, bytes('b')],
    ['the code as text', ndarray, numbers(0), text('b')],
    ['the code as text of Python 2', ndarray, numbers(0), op.binString('b')],
    ['the code as encoded text', ndarray, numbers(0), encoded('b')],
  ])('with %s, as numpy writes it', async (_what, cls, shape, code) => {
    expect(await begin(cls, shape, code)).not.toContain('array-state');
  });

  test.each<[string, Op, Op, Op]>([
    ['an item', ndarray, numbers(1), bytes('b')],
    ['an item in the second axis', ndarray, numbers(0, 1), bytes('b')],
    ['a shape that is a list', ndarray, list(op.binInt1(0)), bytes('b')],
    ['a shape that is no number', ndarray, tuple(op.none), bytes('b')],
    ['a number as its code', ndarray, numbers(0), op.binInt1(1)],
    ['a call as its code', ndarray, numbers(0), pickle(op.global('a', 'B'), op.emptyTuple, op.reduce)],
    ['a text as its class', text('ndarray'), numbers(0), bytes('b')],
    ['the class of a constant', op.global('numpy.ma', 'MaskedConstant'), numbers(0), bytes('b')],
  ])('with %s, as numpy does not write it', async (_what, cls, shape, code) => {
    expect(await begin(cls, shape, code)).toContain('array-state');
  });

  test('with fewer arguments than numpy writes', async () => {
    const short = [op.global('numpy._core.multiarray', '_reconstruct'), ndarray, numbers(0), op.tuple2, op.reduce];
    expect(await signals(...short)).toContain('array-state');
  });
});

describe('an index of times', () => {
  const floats = array(FLOATS, ONE, bytes('12345678'));
  const times = array(TIMES, ONE, bytes('12345678'));
  const spans = array(typed('m8', { version: op.binInt1(4), unit: UNIT }), ONE, bytes('12345678'));
  const index = (name: string, given: Op, module = 'pandas.core.indexes.x'): Promise<readonly string[]> =>
    signals(op.global(module, name), op.global(module, 'Index'), given, op.tuple2, op.reduce);

  test.each<[string, string, Op]>([
    ['times', '_new_DatetimeIndex', dict(text('data'), times)],
    ['times behind another key', '_new_DatetimeIndex', dict(text('freq'), op.none, text('data'), times)],
    ['spans', '_new_TimedeltaIndex', dict(text('data'), spans)],
    ['no data', '_new_DatetimeIndex', dict(text('freq'), floats)],
    ['a value that reads like the key', '_new_DatetimeIndex', dict(text('freq'), text('data'), text('x'), floats)],
    ['data that are no array', '_new_DatetimeIndex', dict(text('data'), op.none)],
    ['no dict', '_new_DatetimeIndex', list(text('data'), floats)],
    ['numbers, by another function', '_new_Index', dict(text('data'), floats)],
  ])('of %s gives nothing', async (_what, name, given) => {
    expect(await index(name, given)).not.toContain('array-state');
  });

  test.each<[string, string, Op]>([
    ['numbers', '_new_DatetimeIndex', dict(text('data'), floats)],
    ['numbers behind another key', '_new_DatetimeIndex', dict(text('freq'), op.none, text('data'), floats)],
    ['spans where times are taken', '_new_DatetimeIndex', dict(text('data'), spans)],
    ['times where spans are taken', '_new_TimedeltaIndex', dict(text('data'), times)],
  ])('of %s does not fit', async (_what, name, given) => {
    expect(await index(name, given)).toContain('array-state');
  });

  test('is made of an array of joblib in the same way', async () => {
    const wrapped = (code: string): Op => dict(text('data'), arrayWrapper(code), new Uint8Array(8).fill(255));
    expect(await index('_new_DatetimeIndex', wrapped('M8'))).not.toContain('array-state');
    expect(await index('_new_DatetimeIndex', wrapped('f8'))).toContain('array-state');
  });

  test('is one of pandas', async () => {
    expect(await index('_new_DatetimeIndex', dict(text('data'), floats), 'other')).not.toContain('array-state');
  });
});
