import { describe, expect, test } from 'vitest';
import {
  bool,
  build,
  bytes,
  cut,
  dict,
  float,
  int,
  list,
  made,
  named,
  newObj,
  none,
  reduce,
  str,
  tuple,
  unknown,
} from '../../test/value-kit.js';
import type { Call, Value } from '../model/fact.js';
import { fitsPartial, fitsShapes, readShapes } from './call-shapes.js';

const fitsValue = (form: string, value: Value): boolean => fitsShapes(build(value), readShapes(`state ${form}`));
const short = (value: Value): Value => ({ ...value, length: 9 }) as Value;
const BIG = 2 ** 20;

describe('a value', () => {
  test.each<[string, Value[], Value[]]>([
    ['any', [unknown, none], []],
    ['made', [made('a.b')], [named('a', 'b'), none]],
    ['none', [none], [bool(false), int(0)]],
    ['bool', [bool(true), bool(false)], [int(0)]],
    ['true', [bool(true)], [bool(false), int(1)]],
    ['false', [bool(false)], [bool(true), int(0)]],
    ['int', [int(-3), bool(true)], [float('1'), str('1')]],
    ['size', [int(0), int(BIG * 9)], [int(-1), float('1'), bool(true)]],
    ['small', [int(0), int(BIG)], [int(-1), int(BIG + 1), bool(true), float('1')]],
    ['number', [int(-1), bool(true), float('1.5')], [str('1'), none]],
    ['text', [str('x'), short(str('x'))], [bytes('x')]],
    ['name', [str('_a1'), str('A')], [str('1a'), str('a.b'), str(''), short(str('a')), bytes('a')]],
    ['bytes', [bytes('x')], [str('x')]],
    ['constant', [none, bool(true), int(1), float('1'), str('x'), bytes('x')], [tuple(), list(), dict(), unknown]],
    ['zone', [str('UTC'), str('Europe/Paris'), str('Etc/GMT+5')], [str('../x'), str('/x'), str('a/'), none]],
    ['data', [made('numpy.dtype')], [made('os.system'), named('numpy', 'dtype')]],
    ["'L'", [str('L')], [str('l'), short(str('L')), bytes('L')]],
    ['@a.b', [named('a.b', 'c'), named('a', 'b'), named('a.b.c', 'd')], [named('a.bc', 'd'), made('a.b')]],
    ['<a.b>', [made('a.b'), made('a.b.c')], [made('a.bc'), named('a', 'b')]],
    ['none|true', [none, bool(true)], [bool(false)]],
    ['none|true|text', [none, bool(true), str('')], [bool(false)]],
    ['(int, text)', [tuple(int(1), str(''))], [tuple(int(1)), tuple(int(1), str(''), none), list(int(1), str(''))]],
    ['[int, none*]', [list(int(1)), list(int(1), none, none)], [list(), list(int(1), none, int(1)), tuple(int(1))]],
    ['(int*)', [tuple(), tuple(int(1), int(2))], [tuple(none), short(tuple(int(1)))]],
    ['()', [tuple()], [tuple(none), list()]],
    ['(none,)', [tuple(none)], [tuple()]],
  ])('%s', (form, fitting, others) => {
    expect(fitting.map((value) => fitsValue(form, value))).toEqual(fitting.map(() => true));
    expect(others.map((value) => fitsValue(form, value))).toEqual(others.map(() => false));
  });

  test('made by a call of what a call gave is made by nobody known', () => {
    const value: Value = { kind: 'call', callee: 'a.b', offset: 1, on: none };
    expect(fitsValue('<a.b>', value)).toBe(false);
    expect(fitsValue('made', value)).toBe(true);
  });

  test('is plain down to its leaves, and known in full', () => {
    const set: Value = { kind: 'set', items: [int(1)], length: 1 };
    const frozen: Value = { kind: 'frozenset', items: [none], length: 1 };
    const plain = [tuple(list(int(1)), dict(['a', set])), frozen, none];
    const others = [list(made('a.b')), dict(['a', tuple(unknown)]), short(list(int(1))), short(dict(['a', none]))];
    expect(plain.map((value) => fitsValue('plain', value))).toEqual([true, true, true]);
    expect(others.map((value) => fitsValue('plain', value))).toEqual([false, false, false, false]);
    const keyed: Value = { kind: 'dict', items: [[made('a.b'), none]], length: 1 };
    expect(fitsValue('plain', keyed)).toBe(false);
  });
});

describe('a dict', () => {
  const form = '{a: int, b?: text, c!, *}';
  test.each<[string, Value, boolean]>([
    ['what is needed', dict(['a', int(1)]), true],
    ['what may be there', dict(['a', int(1)], ['b', str('')]), true],
    ['others, with any value', dict(['a', int(1)], ['z', unknown]), true],
    ['nothing that is needed', dict(['b', str('')]), false],
    ['another value of a key', dict(['a', str('')]), false],
    ['another value of a key that may be there', dict(['a', int(1)], ['b', int(1)]), false],
    ['what must not be there', dict(['a', int(1)], ['c', int(1)]), false],
    ['what Python looks for', dict(['a', int(1)], ['__class__', none]), false],
    ['a key twice', dict(['a', int(1)], ['a', int(1)]), false],
    ['a key that is no text', { kind: 'dict', items: [[int(1), int(1)]], length: 1 }, false],
    ['not all of it', short(dict(['a', int(1)])), false],
    ['no dict', list(), false],
  ])('has %s', (_, value, fits) => expect(fitsValue(form, value)).toBe(fits));

  test('without a star has no other keys, and with one and a form others of that form', () => {
    expect(fitsValue('{a: int}', dict(['a', int(1)], ['z', none]))).toBe(false);
    expect(fitsValue('{a: int, *: none}', dict(['a', int(1)], ['z', none]))).toBe(true);
    expect(fitsValue('{a: int, *: none}', dict(['a', int(1)], ['z', int(1)]))).toBe(false);
    expect(fitsValue('{*}', dict())).toBe(true);
    expect(fitsValue('{}', dict())).toBe(true);
    expect(fitsValue('{__doc__: none}', dict(['__doc__', none]))).toBe(true);
  });
});

describe('an image', () => {
  const image = (mode: string, width: number, height: number, data: Value, palette: Value = none): Value =>
    list(dict(), str(mode), tuple(int(width), int(height)), palette, data);
  test.each<[string, number, number, number]>([
    ['1', 9, 2, 4],
    ['1', 8, 3, 3],
    ['L', 3, 2, 6],
    ['P', 3, 2, 6],
    ['LA', 3, 2, 12],
    ['I;16', 1, 1, 2],
    ['RGB', 3, 2, 18],
    ['HSV', 1, 2, 6],
    ['RGBA', 3, 2, 24],
    ['F', 1, 1, 4],
  ])('of mode %s and %i times %i pixels has %i bytes', (mode, width, height, length) => {
    const at = (by: number): boolean => fitsValue('image', image(mode, width, height, bytes('', length + by)));
    expect([at(-1), at(0), at(1)]).toEqual([false, true, false]);
  });

  test('may have its bytes as the text of protocol 2, and a palette', () => {
    const encoded = made('_codecs.encode', str('', 6), str('latin1'));
    expect(fitsValue('image', image('L', 3, 2, encoded))).toBe(true);
    expect(fitsValue('image', image('L', 3, 2, made('a.encode', str('', 6))))).toBe(false);
    expect(fitsValue('image', image('L', 3, 2, made('_codecs.encode', bytes('', 6))))).toBe(false);
    for (const palette of [none, list(), bytes('')])
      expect(fitsValue('image', image('P', 3, 2, bytes('', 6), palette))).toBe(true);
    expect(fitsValue('image', image('P', 3, 2, bytes('', 6), str('')))).toBe(false);
  });

  test.each([none, str('a.png')])('of a file may have its name, or none', (name) => {
    expect(fitsValue('image', list(dict(), str('L'), tuple(int(3), int(2)), none, bytes('', 6), name))).toBe(true);
  });

  const data = bytes('', 6);
  const [mode, size] = [str('L'), tuple(int(3), int(2))];
  test.each<[string, Value]>([
    ['a tuple', tuple(dict(), mode, size, none, data)],
    ['four parts', list(dict(), mode, size, none)],
    ['a sixth part that is no name', list(dict(), mode, size, none, data, int(1))],
    ['seven parts', list(dict(), mode, size, none, data, none, none)],
    ['not all parts', { kind: 'list', items: [dict(), mode, size, none], length: 5 }],
    ['no info', list(none, mode, size, none, data)],
    ['another mode', list(dict(), str('XX'), size, none, data)],
    ['no mode', list(dict(), none, size, none, data)],
    ['a size that is a list', list(dict(), mode, list(int(3), int(2)), none, data)],
    ['one side', list(dict(), mode, tuple(int(3)), none, bytes('', 3))],
    ['three sides', list(dict(), mode, tuple(int(3), int(2), int(1)), none, data)],
    ['no number as a side', list(dict(), mode, tuple(int(3), str('2')), none, data)],
    ['no width', list(dict(), mode, tuple(int(0), int(2)), none, bytes('', 0))],
    ['no height', list(dict(), mode, tuple(int(3), int(0)), none, bytes('', 0))],
    ['negative sides', list(dict(), mode, tuple(int(-3), int(-2)), none, data)],
    ['a text as bytes', list(dict(), mode, size, none, str('', 6))],
  ])('is none with %s', (_, value) => expect(fitsValue('image', value)).toBe(false));
});

describe('a form', () => {
  const shapes = readShapes('call(int, text); call(none*); new(); new(true); state {a: int}; state none');
  test.each([
    ['REDUCE', reduce(int(1), str('')), true],
    ['REDUCE of another form', reduce(none, none), true],
    ['REDUCE of none', reduce(int(1)), false],
    ['NEWOBJ', newObj(), true],
    ['NEWOBJ of another form', newObj(bool(true)), true],
    ['NEWOBJ of a form of REDUCE', newObj(none), false],
    ['BUILD', build(dict(['a', int(1)])), true],
    ['BUILD of another form', build(none), true],
    ['BUILD of none', build(int(1)), false],
    ['BUILD of nothing', build(), false],
    ['OBJ', { ...reduce(none), via: 'OBJ' as const }, false],
    ['what is not known in full', cut(reduce(none)), false],
    ['an instance of what is not known', cut(newObj()), false],
  ])('%s', (_, call, fits) => expect(fitsShapes(call, shapes)).toBe(fits));

  test('takes arguments that are not known only where any may stand', () => {
    expect(fitsShapes(cut(newObj()), readShapes('new(any*)'))).toBe(true);
    expect(fitsShapes(cut(newObj()), readShapes('new(none*)'))).toBe(false);
    expect(fitsShapes(cut(newObj()), readShapes('new(any, any*)'))).toBe(false);
    expect(fitsShapes(cut(newObj()), readShapes('call(any*)'))).toBe(false);
    expect(fitsShapes(cut(reduce()), readShapes('call(any*); new(any*)'))).toBe(false);
  });

  test('says whether the name may be stored, and on which keys something depends', () => {
    expect(readShapes('stored')).toMatchObject({ mayBeStored: true });
    expect(readShapes('call(); stored')).toMatchObject({ mayBeStored: true });
    expect(shapes.mayBeStored).toBe(false);
    expect([...readShapes('state {a: {b?: int}, c!, *}').stateKeys]).toEqual(['a', 'b', 'c']);
  });

  test('of a partial says with which arguments and keywords', () => {
    const partial = readShapes('partial (int*) {a?: none}');
    expect(fitsPartial(partial)).toBe(true);
    expect(fitsPartial(readShapes('call()'))).toBe(false);
    expect(fitsPartial(partial, tuple())).toBe(true);
    expect(fitsPartial(partial, tuple(int(1)), dict())).toBe(true);
    expect(fitsPartial(partial, tuple(int(1)), none)).toBe(true);
    expect(fitsPartial(partial, tuple(), dict(['a', none]))).toBe(true);
    expect(fitsPartial(partial, tuple(), dict(['b', none]))).toBe(false);
    expect(fitsPartial(partial, tuple(str('')), none)).toBe(false);
    expect(fitsPartial(readShapes('call()'), tuple(), dict())).toBe(false);
  });

  test.each([
    'make()',
    'call',
    'call(',
    'call(int',
    'call(int text)',
    'call(int*, text)',
    'call(thing)',
    'call() call()',
    'state',
    'state {a int}',
    'state {a: int b: int}',
    'state {a: int',
    'state (int]',
    'partial (int*)',
    'call(#)',
    '',
  ])('that reads %j is a mistake of the table', (forms) => {
    expect(() => readShapes(forms)).toThrow(/^call shapes: /);
  });
});

describe('an instance of what a call gave', () => {
  const shapes = readShapes('call(any*); class new(none)');
  const on = (value: Value, given: Call): Call => ({ ...given, on: value });
  const gave = made('a.b');
  test.each<[string, Call, boolean]>([
    ['with the arguments of the form', on(gave, newObj(none)), true],
    ['with others', on(gave, newObj(int(1))), false],
    ['not all of which are known', on(gave, cut(newObj(none))), false],
    ['called', on(gave, reduce(none)), false],
    ['of an instance', on({ ...gave, via: 'NEWOBJ' } as Value, newObj(none)), false],
    ['of what another call gave', on({ ...gave, on: made('c.d') } as Value, newObj(none)), false],
    ['of a name', on(named('a', 'b'), newObj(none)), false],
    ['of the name itself', newObj(none), false],
  ])('%s', (_name, call, expected) => {
    expect(fitsShapes(call, shapes)).toBe(expected);
  });
});
