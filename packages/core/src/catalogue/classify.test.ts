import { describe, expect, test } from 'vitest';
import type { Call, PickleGlobalFact, Value } from '../model/fact.js';
import { because } from '../model/plausibility.js';
import { CATALOGUE_VERSION, classifyGlobal, classifyName } from './classify.js';
import { isConditional } from './conditional.js';

const NONE: ReadonlySet<string> = new Set();
const str = (value: string, length = value.length): Value => ({ kind: 'str', value, length });
const bytes: Value = { kind: 'bytes', value: 'x', length: 1 };
const named = (module: string, name: string): Value => ({ kind: 'global', module, name });
const dict = (...items: [string, Value][]): Value => ({
  kind: 'dict',
  items: items.map(([key, item]) => [str(key), item]),
  length: items.length,
});
const tuple = (...items: Value[]): Value => ({ kind: 'tuple', items, length: items.length });
const call = (...args: Value[]): Call => ({ via: 'REDUCE', offset: 9, args, argsKnown: true });
const make: Call = { via: 'NEWOBJ', offset: 9, args: [], argsKnown: true };
const build = (state: Value): Call => ({ via: 'BUILD', offset: 20, args: [state], argsKnown: true });

function fact(module: string, name: string, more: Partial<PickleGlobalFact> = {}): PickleGlobalFact {
  return {
    kind: 'pickle.global',
    at: { path: 'a.pkl', offset: 2, line: null },
    role: 'plain',
    module,
    name,
    mapped: null,
    via: 'GLOBAL',
    count: 1,
    callCount: more.calls?.length ?? 0,
    escapes: false,
    walksDots: false,
    beforeProtocol3: true,
    calls: [],
    callsComplete: true,
    uses: [],
    usesComplete: true,
    readers: ['c'],
    plausibility: because('read-as-written'),
    chain: [],
    ...more,
  };
}
const classOf = (module: string, name: string, calls: Call[], more: Partial<PickleGlobalFact> = {}): string =>
  classifyGlobal(fact(module, name, { calls, ...more }), NONE).class;

describe('by name', () => {
  test('an exact entry is allowed, its neighbour is not', () => {
    expect(classifyName('collections', 'OrderedDict', false).class).toBe('allowed');
    expect(classifyName('collections', 'OrderedDic', false).class).toBe('unexpected');
    expect(classifyName('collections.OrderedDict', 'x', false).class).toBe('unexpected');
  });
  test('a verdict names the entry that decided', () => {
    expect(classifyName('shutil', 'rmtree', false)).toMatchObject({
      class: 'dangerous',
      hazard: 'file',
      primitive: true,
      entry: 'shutil',
    });
  });
  test('a conditional one is dangerous by name alone', () => {
    expect(classifyName('builtins', 'getattr', false)).toMatchObject({
      class: 'dangerous',
      hazard: 'introspection',
      conditional: true,
    });
  });
  test('the version is a date', () => expect(CATALOGUE_VERSION).toMatch(/^20\d\d\.\d\d\.\d\d$/));
});

describe('Python 2 names', () => {
  test('an unknown raw name does not matter when the mapped one is allowed', () => {
    const mapped = { module: 'builtins', name: 'range' };
    expect(classifyGlobal(fact('__builtin__', 'xrange', { mapped }), NONE).class).toBe('allowed');
    expect(
      classifyGlobal(fact('UserList', 'UserList', { mapped: { module: 'collections', name: 'UserList' } }), NONE).class,
    ).toBe('allowed');
  });
  test('either side can be dangerous', () => {
    expect(classifyGlobal(fact('commands', 'x', { mapped: { module: 'subprocess', name: 'x' } }), NONE).class).toBe(
      'dangerous',
    );
    expect(classifyGlobal(fact('harmless', 'x', { mapped: { module: 'os', name: 'system' } }), NONE).class).toBe(
      'dangerous',
    );
  });
  test('the mapped name decides between allowed and unexpected', () => {
    expect(classifyGlobal(fact('Queue', 'x', { mapped: { module: 'mylib', name: 'x' } }), NONE).class).toBe(
      'unexpected',
    );
  });
});

describe('named tuples of modules that are dangerous otherwise', () => {
  test.each([
    ['urllib.parse', 'SplitResult'],
    ['urlparse', 'ParseResult'],
    ['os', 'stat_result'],
    ['posix', 'uname_result'],
  ])('%s.%s is a value', (module, name) => {
    expect(classifyGlobal(fact(module, name), NONE).class).toBe('allowed');
  });
  test('what stands beside them is not', () => {
    expect(classifyGlobal(fact('os', 'statvfs'), NONE).class).toBe('dangerous');
    expect(classifyGlobal(fact('posix', 'uname_result.system'), NONE).class).toBe('dangerous');
    expect(
      classifyGlobal(fact('urllib.parse', 'SplitResult', { walksDots: true, name: 'SplitResult._make' }), NONE).class,
    ).not.toBe('allowed');
  });
});

describe('user entries', () => {
  test('lift an unexpected name and are reported', () => {
    expect(classifyGlobal(fact('mylib', 'Net'), new Set(['mylib.Net']))).toMatchObject({
      class: 'allowed',
      userAllowed: true,
      entry: 'mylib.Net',
    });
    expect(classifyGlobal(fact('mylib', 'Net'), new Set(['mylib.net'])).class).toBe('unexpected');
  });
  test('never lift a dangerous name, nor claim an allowed one', () => {
    const dangerous = classifyGlobal(fact('os', 'system'), new Set(['os.system']));
    expect(dangerous.class).toBe('dangerous');
    expect(dangerous.userAllowed).toBeUndefined();
    expect(classifyGlobal(fact('datetime', 'date'), new Set(['datetime.date'])).userAllowed).toBeUndefined();
  });
});

describe('TorchScript', () => {
  const script = (module: string, name: string): string =>
    classifyGlobal(fact(module, name, { role: 'torchscript' }), NONE).class;
  test('type names and builders are no imports there', () => {
    expect(script('__torch__.net', 'Net')).toBe('allowed');
    expect(script('__torch__', 'Net')).toBe('allowed');
    expect(script('torch.jit._pickle', 'build_intlist')).toBe('allowed');
    expect(script('torch.jit._pickle', 'restore_type_tag')).toBe('allowed');
  });
  test('anything else is judged as ever', () => {
    expect(script('__torch__x.net', 'Net')).toBe('unexpected');
    expect(script('os', 'system')).toBe('dangerous');
    expect(script('torch.jit._pickle', 'other')).toBe('dangerous');
    expect(classifyGlobal(fact('__torch__.net', 'Net'), NONE).class).toBe('unexpected');
    expect(classifyGlobal(fact('torch.jit._pickle', 'build_intlist'), NONE).class).toBe('dangerous');
  });
});

describe('conditional callables', () => {
  test('are known to the machine under both names', () => {
    for (const [module, name] of [
      ['builtins', 'getattr'],
      ['__builtin__', 'getattr'],
      ['_codecs', 'encode'],
      ['torch.storage', '_load_from_bytes'],
      ['scipy.stats._continuous_distns', 'norm_gen'],
    ] as const) {
      expect(isConditional(module, name), name).toBe(true);
    }
    expect(isConditional('collections', 'OrderedDict')).toBe(false);
  });

  const latin = call(str('\u00ff'), str('latin1'));
  test('one harmless call is allowed', () => {
    expect(classOf('_codecs', 'encode', [latin])).toBe('allowed');
    const verdict = classifyGlobal(fact('_codecs', 'encode', { calls: [latin] }), NONE);
    expect(verdict.conditional).toBe(true);
    expect(verdict.userAllowed).toBeUndefined();
  });
  test('what could be called otherwise is not', () => {
    expect(classOf('_codecs', 'encode', [])).toBe('dangerous');
    expect(classOf('_codecs', 'encode', [latin], { escapes: true })).toBe('dangerous');
    expect(classOf('_codecs', 'encode', [latin], { callsComplete: false })).toBe('dangerous');
    expect(classOf('_codecs', 'encode', [latin, { ...latin, argsKnown: false }])).toBe('dangerous');
    expect(classOf('_codecs', 'encode', [latin, call(str('x'), str('zlib'))])).toBe('dangerous');
  });
  test.each(['rot13', 'bz2', 'latin1 ', 'Latin1', 'latin-1', 'utf-8', 'idna', 'unicode_escape', ''])(
    'the codec %j is not latin1',
    (codec) => {
      expect(classOf('_codecs', 'encode', [call(str('x'), str(codec))])).toBe('dangerous');
    },
  );
  test('a text that is only partly known is not the text', () => {
    expect(classOf('_codecs', 'encode', [call(str('x'), str('latin1', 9))])).toBe('dangerous');
  });

  test('getattr: listed pairs only, of a class or of an instance of it', () => {
    const owner = named('scipy.interpolate._interpolate', 'interp1d');
    expect(classOf('builtins', 'getattr', [call(owner, str('_call_linear'))])).toBe('allowed');
    const lazy: Value = { kind: 'call', callee: 'torch.nn.modules.linear.LazyLinear', offset: 4 };
    expect(
      classOf('__builtin__', 'getattr', [call(lazy, str('_infer_parameters'))], {
        mapped: { module: 'builtins', name: 'getattr' },
      }),
    ).toBe('allowed');
    expect(classOf('builtins', 'getattr', [call(str('Europe/Paris'), { kind: 'bool', value: true })])).toBe(
      'dangerous',
    );
    expect(classOf('builtins', 'getattr', [call(owner, str('__class__'))])).toBe('dangerous');
    expect(classOf('builtins', 'getattr', [call(owner, str('_call_linear'), str('x'))])).toBe('dangerous');
    expect(classOf('builtins', 'getattr', [call(named('os', 'path'), str('_call_linear'))])).toBe('dangerous');
    expect(classOf('builtins', 'getattr', [call(owner, { kind: 'unknown' })])).toBe('dangerous');
    expect(classOf('builtins', 'getattr', [{ ...call(owner, str('_call_linear')), via: 'OBJ' }])).toBe('dangerous');
  });

  test('partial: as good as the callable', () => {
    const state = (callable: Value, ...more: Value[]): Call =>
      build({ kind: 'tuple', items: [callable, tuple(), dict(), { kind: 'none' }, ...more], length: 4 + more.length });
    const ordered = named('collections', 'OrderedDict');
    expect(classOf('functools', 'partial', [call(ordered), state(ordered)])).toBe('allowed');
    expect(classOf('functools', 'partial', [call(ordered), state(named('collections', 'Counter'))])).toBe('dangerous');
    expect(classOf('functools', 'partial', [call(ordered), state(ordered, dict())])).toBe('dangerous');
    expect(classOf('functools', 'partial', [call(ordered), build(dict())])).toBe('dangerous');
    expect(classOf('functools', 'partial', [call(ordered, str('x'))])).toBe('dangerous');
    expect(classOf('functools', 'partial', [call(named('mylib', 'f'))])).toBe('unexpected');
    expect(classOf('functools', 'partial', [call(named('numpy', 'log1p'))])).toBe('unexpected');
    expect(classOf('functools', 'partial', [call(named('os', 'system'))])).toBe('dangerous');
    expect(classOf('functools', 'partial', [call(named('builtins', 'getattr'))])).toBe('dangerous');
    expect(classOf('functools', 'partial', [call({ kind: 'call', callee: 'builtins.getattr', offset: 1 })])).toBe(
      'dangerous',
    );
    // Only plain types: the caller of a partial gives it arguments of the stream.
    expect(
      classifyGlobal(fact('functools', 'partial', { calls: [call(named('mylib', 'f'))] }), new Set(['mylib.f'])).class,
    ).toBe('unexpected');
  });

  test('_load_from_bytes: constant bytes only', () => {
    expect(classOf('torch.storage', '_load_from_bytes', [call(bytes)])).toBe('allowed');
    const encoded = (codec: string): Value => ({
      kind: 'call',
      callee: '_codecs.encode',
      offset: 4,
      args: [str('x'), str(codec)],
    });
    expect(classOf('torch.storage', '_load_from_bytes', [call(encoded('latin1'))])).toBe('allowed');
    expect(classOf('torch.storage', '_load_from_bytes', [call(encoded('zlib'))])).toBe('dangerous');
    expect(
      classOf('torch.storage', '_load_from_bytes', [call({ kind: 'call', callee: 'builtins.bytes', offset: 4 })]),
    ).toBe('dangerous');
    expect(classOf('torch.storage', '_load_from_bytes', [call(str('x'))])).toBe('dangerous');
    expect(classOf('torch.storage', '_load_from_bytes', [call(bytes, bytes)])).toBe('dangerous');
  });

  test('_rebuild_from_type_v2: torch\u2019s own functions with an allowed type', () => {
    const rest: Value[] = [{ kind: 'tuple', items: [], length: 0 }, dict()];
    const rebuild = named('torch._utils', '_rebuild_tensor_v2');
    expect(classOf('torch._tensor', '_rebuild_from_type_v2', [call(rebuild, named('torch', 'Tensor'), ...rest)])).toBe(
      'allowed',
    );
    expect(classOf('torch._tensor', '_rebuild_from_type_v2', [call(rebuild, named('mylib', 'Tensor'), ...rest)])).toBe(
      'unexpected',
    );
    expect(
      classOf('torch._tensor', '_rebuild_from_type_v2', [
        call(named('builtins', 'dict'), named('torch', 'Tensor'), ...rest),
      ]),
    ).toBe('dangerous');
    expect(
      classOf('torch._tensor', '_rebuild_from_type_v2', [
        call(named('os', 'system'), named('torch', 'Tensor'), ...rest),
      ]),
    ).toBe('dangerous');
  });

  test('_ufunc_reconstruct: ufuncs of numpy', () => {
    expect(classOf('numpy.core', '_ufunc_reconstruct', [call(str('numpy.core.umath'), str('add'))])).toBe('allowed');
    expect(classOf('numpy.core', '_ufunc_reconstruct', [call(str('numpy'), str('add'))])).toBe('allowed');
    expect(classOf('numpy.core', '_ufunc_reconstruct', [call(str('numpy'), str('load'))])).toBe('dangerous');
    expect(classOf('numpy.core', '_ufunc_reconstruct', [call(str('os'), str('add'))])).toBe('dangerous');
    expect(classOf('numpy.core', '_ufunc_reconstruct', [call(str('numpy.core.umath'), str('frompyfunc'))])).toBe(
      'dangerous',
    );
  });

  test('scalars: of bytes only, for of an object dtype the data itself comes back', () => {
    const dtype: Value = { kind: 'call', callee: 'numpy.dtype', offset: 3, args: [str('f8')] };
    const objects: Value = { kind: 'call', callee: 'numpy.dtype', offset: 3, args: [str('O8')] };
    const encoded: Value = { kind: 'call', callee: '_codecs.encode', offset: 3 };
    const object: Value = { kind: 'call', callee: 'scipy.stats._continuous_distns.norm_gen', offset: 3 };
    const number: Value = { kind: 'bytes', value: '12345678', length: 8 };
    expect(classOf('numpy._core.multiarray', 'scalar', [call(dtype, number)])).toBe('allowed');
    expect(classOf('numpy._core.multiarray', 'scalar', [call(dtype, bytes)])).toBe('dangerous');
    expect(classOf('numpy.core.multiarray', 'scalar', [call(dtype, encoded)])).toBe('allowed');
    expect(classOf('numpy.core.multiarray', 'scalar', [call(dtype, object)])).toBe('dangerous');
    expect(classOf('numpy.core.multiarray', 'scalar', [call(objects, bytes)])).toBe('dangerous');
    expect(classOf('numpy.core.multiarray', 'scalar', [call(named('numpy', 'float64'), bytes)])).toBe('dangerous');
  });

  test('functions that saves only keep are allowed until they are called', () => {
    expect(classOf('numpy', 'log1p', [], { escapes: true })).toBe('allowed');
    expect(classOf('numpy', 'logical_or', [call({ kind: 'unknown' })])).toBe('unexpected');
    expect(classOf('torch.nn.functional', 'tanh', [call({ kind: 'unknown' })])).toBe('unexpected');
    expect(classOf('numpy', 'object_', [call({ kind: 'unknown' })])).toBe('unexpected');
  });

  test('boosters: only without their constructor', () => {
    expect(classOf('xgboost.core', 'Booster', [make, build(dict())])).toBe('allowed');
    expect(classOf('lightgbm.basic', 'Booster', [make])).toBe('allowed');
    expect(classOf('lightgbm.basic', 'Booster', [call(str('/etc/passwd'))])).toBe('dangerous');
    expect(classOf('xgboost.core', 'Booster', [make], { escapes: true })).toBe('dangerous');
  });

  const template = (names: string, text = '_parse_args'): string =>
    `\ndef ${text}(self, ${names} loc=0, scale=1):\n    return (${names}), loc, scale\n\n` +
    `def _parse_args_rvs(self, ${names} loc=0, scale=1, size=None):\n    return self._argcheck_rvs(${names} loc, scale, size=size)\n\n` +
    `def _parse_args_stats(self, ${names} loc=0, scale=1, moments='mv'):\n    return (${names}), loc, scale, moments\n`;
  test("scipy's distributions: the text in their state is executed, so it must be scipy's own", () => {
    const judge = (text: string): string =>
      classOf('scipy.stats._continuous_distns', 'norm_gen', [make, build(dict(['_parse_arg_template', str(text)]))]);
    expect(judge(template(''))).toBe('allowed');
    expect(judge(template('a, b, '))).toBe('allowed');
    expect(judge(`${template('')}\nimport os\n`)).toBe('dangerous');
    expect(judge(template('a=__import__("os").system("id"), '))).toBe('dangerous');
    expect(judge(template('', 'other'))).toBe('dangerous');
    expect(classOf('scipy.stats._continuous_distns', 'norm_gen', [make])).toBe('dangerous');
    expect(classOf('scipy.stats._continuous_distns', 'norm_gen', [make, build(dict())])).toBe('dangerous');
    expect(
      classOf('scipy.stats._continuous_distns', 'norm_gen', [make, build({ kind: 'list', items: [], length: 0 })]),
    ).toBe('dangerous');
    const pair: Value = { kind: 'tuple', items: [str('_parse_arg_template'), str('x')], length: 2 };
    expect(
      classOf('scipy.stats._continuous_distns', 'norm_gen', [
        make,
        build({ kind: 'tuple', items: [pair, pair], length: 2 }),
      ]),
    ).toBe('dangerous');
  });

  test('arrays in files beside an old joblib pickle', () => {
    const judge = (file: string): string =>
      classOf('joblib.numpy_pickle', 'NDArrayWrapper', [make, build(dict(['filename', str(file)]))]);
    expect(judge('model.pkl_01.npy')).toBe('allowed');
    for (const path of ['/etc/shadow.npy', '../x.npy', 'C:\\x.npy', 'x.pkl', 'a/b.npy'])
      expect(judge(path), path).toBe('dangerous');
    expect(classOf('joblib.numpy_pickle', 'NDArrayWrapper', [make])).toBe('dangerous');
  });

  test('classes of which only instances are allowed: made without their constructor, and nothing else', () => {
    const ols = ['statsmodels.regression.linear_model', 'OLS'] as const;
    expect(classOf(...ols, [make, build(dict())])).toBe('allowed');
    expect(classOf(...ols, [call(str('y'))])).toBe('unexpected');
    expect(classOf(...ols, [])).toBe('unexpected');
    expect(classOf(...ols, [make], { escapes: true })).toBe('unexpected');
    expect(classOf('functools', 'partial', [call(named(...ols))])).toBe('unexpected');
    expect(classOf('catboost.core', 'CatBoostClassifier', [make, build(dict())])).toBe('allowed');
    expect(classOf('torch.distributions.normal', 'Normal', [make, build(dict())])).toBe('allowed');
    expect(classOf('gensim.utils', 'FakeDict', [make, build(dict())])).toBe('allowed');
    expect(classOf('gensim.utils', 'unpickle', [make])).toBe('dangerous');
    expect(classOf('gensim.models.word2vec', 'LineSentence', [make, build(dict())])).toBe('unexpected');
  });

  test("statsmodels' data: a formula is evaluated, so it must be plain names", () => {
    const judge = (...items: [string, Value][]): string =>
      classOf('statsmodels.base.data', 'PandasData', [make, build(dict(...items))]);
    const again = (formula: string): string => judge(['restore_design_info', str('x')], ['formula', str(formula)]);
    expect(judge(['xnames', str('a')])).toBe('allowed');
    expect(judge(['formula', str('y ~ f(x)')])).toBe('allowed');
    expect(again('a ~ b + c')).toBe('allowed');
    expect(again('y ~ a * b - 1')).toBe('allowed');
    for (const formula of ['y ~ np.log(x)', 'y ~ C(x)', '__import__("os") ~ x', 'y ~ a.b', 'y ~ x\nz', '~', ''])
      expect(again(formula), formula).toBe('dangerous');
    expect(judge(['restore_model_spec', str('x')])).toBe('dangerous');
    const cut: Value = { kind: 'dict', items: [[str('xnames'), str('a')]], length: 2 };
    expect(classOf('statsmodels.base.data', 'PandasData', [make, build(cut)])).toBe('dangerous');
  });

  test('the types of constants', () => {
    expect(classOf('builtins', 'type', [call({ kind: 'none' })])).toBe('allowed');
    expect(classOf('__builtin__', 'type', [call(named('builtins', 'Ellipsis'))])).toBe('allowed');
    expect(classOf('builtins', 'type', [call(named('collections', 'OrderedDict'))])).toBe('dangerous');
    expect(classOf('builtins', 'type', [call(str('X'), { kind: 'tuple', items: [], length: 0 }, dict())])).toBe(
      'dangerous',
    );
  });
});
