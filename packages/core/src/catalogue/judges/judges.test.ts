import { describe, expect, test } from 'vitest';
import {
  bool,
  build,
  bytes,
  cut,
  dict,
  int,
  float,
  list,
  made,
  named,
  newObj,
  none,
  reduce,
  str,
  tuple,
  unknown,
} from '../../../test/value-kit.js';
import type { Call, Value } from '../../model/fact.js';
import { findAllowed } from '../allowed.js';
import { JUDGES } from './index.js';
import { stateOf, worst, type JudgeName, type ShapeVerdict } from './judge.js';

const judge = (name: JudgeName, ...calls: Call[]): ShapeVerdict =>
  JUDGES[name](calls, {
    classOf: (module) =>
      module === 'ok' || module === 'torch._utils' ? 'allowed' : module === 'odd' ? 'unexpected' : 'dangerous',
    isStoredOnly: (module, own) => findAllowed(module, own)?.storedOnly === true,
  });

/** What a judge allows, and beside it what it refuses. */
function judges(name: JudgeName, allowed: readonly Call[][], dangerous: readonly Call[][]): void {
  test.each(allowed.map((calls) => ({ calls })))(`${name} allows %j`, ({ calls }) => {
    expect(judge(name, ...calls)).toBe('allowed');
  });
  test.each(dangerous.map((calls) => ({ calls })))(`${name} refuses %j`, ({ calls }) => {
    expect(judge(name, ...calls)).toBe('dangerous');
  });
}

const obj = (...args: Value[]): Call => ({ ...reduce(...args), via: 'OBJ' });
const newEx = (...args: Value[]): Call => ({ ...newObj(...args), via: 'NEWOBJ_EX' });
const on = (call: Call): Call => ({ ...call, on: none });
const LATIN = str('latin1');

describe('builtins', () => {
  judges(
    'latin1Bytes',
    [[reduce(unknown, LATIN)]],
    [
      [reduce(LATIN)],
      [reduce(str('x'), LATIN, none)],
      [reduce(str('x'), str('latin2'))],
      [obj(str('x'), LATIN)],
      [cut(reduce(str('x'), LATIN))],
    ],
  );
  judges(
    'plainBytearray',
    [
      [reduce()],
      [reduce(str('x'))],
      [reduce(bytes('x'))],
      [reduce(made('_codecs.encode', str('x'), LATIN))],
      [reduce(str('x'), str('latin-1'))],
    ],
    [
      [obj()],
      [reduce(int(1))],
      [reduce(made('a.b'))],
      [reduce(str('x'), str('utf-8'))],
      [reduce(bytes('x'), str('latin-1'))],
      [reduce(str('x'), str('latin-1'), none)],
      [reduce(made('_codecs.encode', str('x'), str('latin2')))],
      [reduce(made('_codecs.encode', bytes('x'), LATIN))],
      [reduce(made('_codecs.decode', str('x'), LATIN))],
    ],
  );
  judges(
    'typeOfConstant',
    [
      [reduce(none)],
      [reduce(named('builtins', 'Ellipsis'))],
      [reduce(named('__builtin__', 'NotImplemented'))],
      [reduce(named('builtins', 'NotImplemented')), reduce(named('__builtin__', 'Ellipsis'))],
    ],
    [
      [reduce()],
      [reduce(none, none)],
      [obj(none)],
      [reduce(named('os', 'Ellipsis'))],
      [reduce(named('builtins', 'eval'))],
      [reduce(int(1))],
      [reduce(none), reduce(int(1))],
    ],
  );
  judges(
    'plainKeys',
    [[reduce(int(0))], [reduce(str('a'), none, bool(true), float('1'), bytes('x'))]],
    [[reduce()], [reduce(tuple())], [reduce(int(0), named('a', 'b'))], [obj(int(0))], [on(reduce(int(0)))]],
  );
  judges(
    'plainNumber',
    [[newObj()], [newObj(int(1))], [newObj(int(1), int(2))]],
    [
      [newObj(int(1), int(2), int(3))],
      [newObj(str('1'))],
      [newObj(int(1), float('1'))],
      [reduce(int(1))],
      [on(newObj(int(1)))],
    ],
  );
  judges(
    'plainSymbol',
    [[newObj(str('x'))]],
    [
      [newObj()],
      [newObj(str('x'), str('y'))],
      [newObj(str('x', 9))],
      [newObj(int(1))],
      [reduce(str('x'))],
      [on(newObj(str('x')))],
    ],
  );
});

describe('Arrow', () => {
  judges(
    'oneText',
    [[reduce(str('int8'))]],
    [[reduce()], [reduce(str('a'), str('b'))], [reduce(str('a', 9))], [obj(str('a'))]],
  );
  const buffer = made('pyarrow.lib.py_buffer');
  const alias = (code: string): Value => made('pyarrow.lib.type_for_alias', str(code));
  const parts = (type: Value, buffers: Value, children: Value = list(), length = int(3), offset = int(0)): Value =>
    tuple(type, length, int(0), offset, buffers, children, none);
  const INT = alias('int8');
  const two = list(none, buffer);
  judges(
    'arrowArray',
    [
      [reduce(parts(INT, two))],
      [reduce(parts(INT, tuple(buffer, buffer)))],
      [reduce(parts(alias('null'), list(none)))],
      [reduce(parts(alias('string'), list(none, buffer, buffer)))],
      [reduce(parts(alias('large_utf8'), list(none, buffer, buffer)))],
      [reduce(parts(made('pyarrow.lib.decimal128'), two))],
      [reduce(parts(made('pyarrow.lib.list_'), list(none), list(unknown)))],
      [reduce(parts(made('pyarrow.lib.list_'), list(none), tuple(unknown)))],
      [reduce(parts(made('pyarrow.lib.list_'), list(none), none))],
      [reduce(parts(INT, two, tuple()))],
    ],
    [
      [obj(parts(INT, two))],
      [reduce(parts(INT, two), none)],
      [reduce()],
      [reduce(list(INT, int(3), int(0), int(0), two, list(), none))],
      [reduce(tuple(INT, int(3), int(0), int(0), two, list()))],
      [reduce(tuple(INT, int(3), int(0), int(0), two, list(), none, none))],
      [reduce(parts(named('pyarrow.lib', 'int8'), two))],
      [reduce(parts(made('pyarrow.libx.int8'), two))],
      [reduce(parts(INT, none))],
      [reduce(parts(INT, { kind: 'list', items: [none], length: 2 }))],
      [reduce(parts(INT, list(none)))],
      [reduce(parts(INT, list(none, none)))],
      [reduce(parts(INT, list(none, buffer, buffer)))],
      [reduce(parts(alias('string'), two))],
      [reduce(parts(alias('null'), two))],
      [reduce(parts(made('pyarrow.lib.decimal128', str('string')), list(none, buffer, buffer)))],
      [reduce(parts(INT, two, list(), int(-1)))],
      [reduce(parts(INT, two, list(), int(1), int(-1)))],
      [reduce(parts(INT, two, list(), str('1')))],
    ],
  );
});

describe('instances', () => {
  judges(
    'emptyInstance',
    [[newObj()], [newEx()], [build(unknown)], [newObj(), build(none)]],
    [[reduce()], [newObj(none)], [newEx(none)], [obj()], [newObj(), reduce()], [cut(newObj())]],
  );
  const file = (name: Value, ...more: [string, Value][]): Call => build(dict(['filename', name], ...more));
  judges(
    'siblingArray',
    [
      [newObj(), file(str('m.pkl_01.npy'))],
      [newObj(), file(str('m.npy.z'), ['subclass', unknown])],
      [newObj(), file(str('m.z')), file(str('n.npy'))],
    ],
    [
      [newObj()],
      [file(str('a/m.npy'))],
      [file(str('a\\m.npy'))],
      [file(str('c:m.npy'))],
      [file(str('m\0.npy'))],
      [file(str('.npy'))],
      [file(str('m.npyx'))],
      [file(str('m.npy', 90))],
      [build(dict(['filename', str('m.npy')], ['filename', str('m.npy')]))],
      [build(none)],
      [reduce(), file(str('m.npy'))],
      [newObj(), file(str('m.npy')), file(str('/m.npy'))],
      [newObj(), cut(file(str('m.npy')))],
    ],
  );
});

describe('members', () => {
  const unpickle: Value = made('builtins.getattr', named('zoneinfo', 'ZoneInfo'), str('_unpickle'));
  const paris = str('Europe/Paris');
  const method = [named('scipy.interpolate._interpolate', 'interp1d'), str('_call_linear')];
  judges(
    'getattrMember',
    [
      [reduce(named('zoneinfo', 'ZoneInfo'), str('_unpickle'))],
      [reduce(...method)],
      [reduce(made('scipy.interpolate._interpolate.interp1d'), str('_call_linear'))],
    ],
    [
      [reduce(paris, bool(true))],
      [{ ...reduce(paris, bool(true)), on: unpickle }],
      [reduce(...method, none)],
      [obj(...method)],
      [reduce(named('scipy.interpolate._interpolate', 'interp1d'), str('__class__'))],
      [reduce(named('scipy.interpolate._interpolate', 'interp1d'), int(1))],
      [reduce(unknown, str('_call_linear'))],
    ],
  );
});

describe('numpy', () => {
  judges(
    'ufuncByName',
    [[reduce(str('numpy'), str('add'))], [reduce(str('numpy._core._multiarray_umath'), str('log1p'))]],
    [
      [reduce(str('numpy'))],
      [reduce(str('numpy'), str('add'), none)],
      [reduce(str('numpy'), str('load'))],
      [reduce(str('os'), str('add'))],
      [reduce(str('numpy'), str('add', 9))],
      [reduce(unknown, str('add'))],
      [obj(str('numpy'), str('add'))],
    ],
  );
  const dtype = (...args: Value[]): Value => made('numpy.dtype', ...args);
  const encoded = (text: Value): Value => made('_codecs.encode', text, LATIN);
  judges(
    'scalarOfBytes',
    [
      [reduce(dtype(str('f8')))],
      [reduce(dtype(str('f8')), bytes('', 8))],
      [reduce(dtype(str('f8')), str('', 8))],
      [reduce(dtype(str('f8')), encoded(str('', 8)))],
      [reduce(dtype(str('f8')), encoded(unknown))],
      [reduce(dtype(str('f8')), made('_codecs.encode'))],
      [reduce(dtype(str('U2')), bytes('', 8))],
      [reduce(dtype(str('S0')), bytes('', 0))],
      [reduce(dtype(str('?')), bytes('', 0))],
      [reduce(dtype(str('<M8[ns]')), bytes('', 1))],
      [reduce(dtype(named('ok', 'dtype')), bytes('', 1))],
    ],
    [
      [reduce(dtype(str('f8')), bytes('', 7))],
      [reduce(dtype(str('f8')), str('', 7))],
      [reduce(dtype(str('f8')), encoded(str('', 7)))],
      [reduce(dtype(str('U2')), bytes('', 7))],
      [reduce(dtype(str('O')), bytes('', 8))],
      [reduce(dtype(), bytes('', 8))],
      [reduce(dtype(str('f8', 99)), bytes('', 8))],
      [reduce(made('numpy.dtypes'), bytes('', 8))],
      [reduce(named('numpy', 'dtype'), bytes('', 8))],
      [reduce(dtype(str('f8')), made('a.b'))],
      [reduce(dtype(str('f8')), none)],
      [reduce(dtype(str('f8')), bytes('', 8), none)],
      [obj(dtype(str('f8')), bytes('', 8))],
    ],
  );
  judges(
    'bitGenerators',
    [
      [reduce(str('PCG64'))],
      [reduce(str('MT19937'), named('numpy.random._pickle', '__bit_generator_ctor'))],
      [reduce(named('numpy.random._philox', 'Philox'))],
      [reduce(made('numpy.random._pickle.__bit_generator_ctor', str('SFC64')))],
      [build(unknown)],
    ],
    [
      [reduce()],
      [obj(str('PCG64'))],
      [reduce(str('PCG64x'))],
      [reduce(str('PCG64'), str('os'))],
      [reduce(named('os', 'PCG64'))],
      [reduce(named('numpy.random', 'seed'))],
      [reduce(made('numpy.random.seed'))],
      [reduce(made('os.__bit_generator_ctor'))],
    ],
  );
});

describe('models', () => {
  const code =
    '\ndef _parse_args(self, a,  loc=0, scale=1):\n    return (a, ), loc, scale\n\n' +
    'def _parse_args_rvs(self, a,  loc=0, scale=1, size=None):\n    return self._argcheck_rvs(a,  loc, scale, size=size)\n\n' +
    "def _parse_args_stats(self, a,  loc=0, scale=1, moments='mv'):\n    return (a, ), loc, scale, moments\n";
  const template = (text: Value): Call => build(dict(['_parse_arg_template', text]));
  const three = dict(['a', none], ['b', none], ['c', none]);
  judges(
    'distribution',
    [
      [newObj(), template(str(code))],
      [newObj(), build(tuple(three, none))],
      [newObj(), build(tuple(three, made('numpy.random.RandomState')))],
    ],
    [
      [newObj()],
      [template(str(code, 9999))],
      [template(str(`${code} `))],
      [template(str(code.replace('(a, ), loc', '(b, ), loc')))],
      [newObj(), template(str(code)), build(dict())],
      [reduce(), template(str(code))],
      [build(tuple(three, named('a', 'b')))],
      [build(tuple(three, none, none))],
      [build(tuple(three))],
      [build(tuple(dict(['a', none], ['b', none]), none))],
      [build(tuple(none, none))],
      [build(list(three, none))],
      [build(none)],
    ],
  );
  const formula = (text: Value): Call => build(dict(['restore_design_info', none], ['formula', text]));
  judges(
    'modelData',
    [
      [newObj()],
      [newObj(), build(dict(['formula', str('os.system()')]))],
      [newObj(), formula(str('y ~ a + b:c - 1'))],
      [newObj(), build(dict(['restore_model_spec', none], ['formula', str(' y_1 ~ x')]))],
    ],
    [
      [reduce()],
      [newObj(), build(none)],
      [newObj(), formula(str('y ~ f(a)'))],
      [newObj(), formula(str('y ~ a +'))],
      [newObj(), formula(str('y ~ 2'))],
      [newObj(), formula(str('y ~ a', 99))],
      [newObj(), build(dict(['restore_design_info', none]))],
      [newObj(), build(dict(['restore_model_spec', none], ['formula', str('f()')]))],
      [newObj(), build(dict()), formula(str('f()'))],
    ],
  );
});

describe('pandas', () => {
  const index = named('pandas.core.indexes.base', 'Index');
  judges(
    'newIndex',
    [
      [reduce(index, dict(['data', unknown], ['name', none]))],
      [reduce(named('pandas', 'Int64Index'), dict())],
      [reduce(named('pandas._x', 'IndexOpt'), dict(['tz', str('UTC')], ['dtype', made('numpy.dtype')]))],
      [reduce(index, dict(['tz', none], ['dtype', int(1)]))],
      [reduce(index, dict(['tz', made('pytz._UTC')]))],
      [reduce(index, dict(['dtype', made('builtins.getattr')]))],
    ],
    [
      [reduce(index)],
      [reduce(index, dict(), none)],
      [obj(index, dict())],
      [reduce(made('pandas.Index'), dict())],
      [reduce(index, none)],
      [reduce(index, dict(['path', str('x')]))],
      [reduce(named('pandasx', 'Index'), dict())],
      [reduce(named('pandas', 'Series'), dict())],
      [reduce(index, dict(['tz', str('dateutil//etc/passwd')]))],
      [reduce(index, dict(['dtype', str('datetime64[ns, DateUtil/x]')]))],
      [reduce(index, dict(['tz', str('UTC', 99)]))],
      [reduce(index, dict(['tz', made('os.system')]))],
      [reduce(index, dict(['tz', named('os', 'system')]))],
    ],
  );
  judges(
    'timestamp',
    [
      [reduce()],
      [reduce(int(1), none, str('UTC'), bool(true), float('1'))],
      [reduce(int(1), made('datetime.timezone'))],
    ],
    [[obj(int(1))], [reduce(int(1), tuple())], [reduce(str('dateutil/x'))], [reduce(made('builtins.getattrx'))]],
  );
});

describe('torch', () => {
  judges(
    'nestedCheckpoint',
    [[reduce(bytes('x'))], [reduce(made('_codecs.encode', str('x'), LATIN))]],
    [[reduce()], [reduce(bytes('x'), none)], [obj(bytes('x'))], [reduce(str('x'))]],
  );
  const rebuild = named('torch._utils', '_rebuild_tensor_v2');
  const type = named('ok', 'Tensor');
  judges(
    'rebuildFromType',
    [[reduce(rebuild, type, tuple(), none)]],
    [
      [reduce(rebuild, type, tuple())],
      [reduce(rebuild, type, tuple(), none, none)],
      [obj(rebuild, type, tuple(), none)],
      [reduce(made('torch._utils._rebuild_tensor_v2'), type, tuple(), none)],
      [reduce(rebuild, made('ok.Tensor'), tuple(), none)],
      [reduce(named('ok', '_rebuild_x'), type, tuple(), none)],
      [reduce(named('torch._utils', 'rebuild'), type, tuple(), none)],
      [reduce(rebuild, named('os', 'x'), tuple(), none)],
    ],
  );
  test('is as good as its type', () => {
    expect(judge('rebuildFromType', reduce(rebuild, named('odd', 'x'), tuple(), none))).toBe('unexpected');
  });
});

describe('partial', () => {
  const ordered = named('collections', 'OrderedDict');
  const state = (...items: Value[]): Call => build(tuple(...items));
  const FULL = [ordered, tuple(int(1)), dict(['a', none]), dict()];
  judges(
    'partialOfGlobal',
    [
      [reduce(ordered)],
      [reduce(named('__builtin__', 'long'))],
      [reduce(ordered), state(...FULL)],
      [state(...FULL)],
      [state(ordered, tuple(), none, none)],
    ],
    [
      [reduce()],
      [reduce(ordered, none)],
      [obj(ordered)],
      [cut(reduce(ordered))],
      [reduce(none)],
      [reduce(made('builtins.getattr', ordered, str('fromkeys')))],
      [reduce(named('builtins', 'eval'))],
      [reduce(named('os', 'list'))],
      [reduce(ordered), state(named('collections', 'Counter'), tuple(), none, none)],
      [state(ordered, tuple(), none)],
      [state(ordered, tuple(), none, none, none)],
      [state(ordered, list(), none, none)],
      [state(ordered, tuple(), tuple(), none)],
      [state(ordered, tuple(), none, tuple())],
      [state(none, tuple(), none, none)],
      [build(list(...FULL))],
      [build()],
    ],
  );
  test.each([
    ['odd', 'unexpected'],
    ['ok', 'unexpected'],
    ['bad', 'dangerous'],
  ])('is worse than a callable of %s: %s', (module, verdict) => {
    expect(judge('partialOfGlobal', reduce(named(module, 'f')))).toBe(verdict);
    expect(judge('partialOfGlobal', state(named(module, 'f'), tuple(), none, none))).toBe(verdict);
  });
});

test('the worst of some verdicts', () => {
  expect(worst([])).toBe('allowed');
  expect(worst(['allowed', 'unexpected'])).toBe('unexpected');
  expect(worst(['unexpected', 'dangerous', 'allowed'])).toBe('dangerous');
});

test('a state is a dict with text keys, each once, and known in full', () => {
  expect(stateOf(dict(['a', none], ['b', int(1)]))).toEqual(
    new Map<string, Value>([
      ['a', none],
      ['b', int(1)],
    ]),
  );
  expect(stateOf(undefined)).toBeNull();
  expect(stateOf(list())).toBeNull();
  expect(stateOf({ ...dict(['a', none]), length: 2 } as Value)).toBeNull();
  expect(stateOf(dict(['a', none], ['a', none]))).toBeNull();
  expect(stateOf({ kind: 'dict', items: [[int(1), none]], length: 1 })).toBeNull();
  expect(stateOf({ kind: 'dict', items: [[str('a', 2), none]], length: 1 })).toBeNull();
});
