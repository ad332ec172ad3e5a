import { describe, expect, test, vi } from 'vitest';
import { entriesOf } from '../../../../tools/catalogue/tables.js';
import { findAllowed, findRefused, isAllowedModule } from './allowed.js';
import { findConditional } from './conditional.js';
import { isDunder, judgeDanger } from './danger.js';
import {
  findShapes,
  findShapesOfFull,
  findUses,
  givesOf,
  isKeptMember,
  isPython2Module,
  sinkOf,
  writesAttributeState,
} from './lookup.js';

const entries = entriesOf('allow').map(({ words: [module = '', name = ''], fields }) => ({
  module,
  name,
  why: fields.get('why') ?? '',
  isStored: fields.get('role') === 'stored',
  isCarved: fields.get('inside-danger') === 'yes',
}));

describe('the tables', () => {
  test('hold the names of real libraries', () => expect(entries.length).toBeGreaterThan(5000));
  test('allow nothing dangerous, but for what is carved out of dangerous modules and the dunder functions of copyreg', () => {
    const judged = entries.filter(({ name, isCarved }) => !isCarved && !isDunder(name));
    const clashes = judged.filter(({ module, name }) => judgeDanger(module, name, true) !== null);
    expect(clashes.map(({ module, name }) => `${module} ${name}`)).toEqual([]);
  });
  test('carve nothing out that has a danger entry of its own', () => {
    for (const { module, name } of entries.filter(({ isCarved }) => isCarved))
      expect(judgeDanger(module, name, false)?.entry).not.toBe(`${module}.${name}`);
  });
});

describe('the look-up finds what the tables say', () => {
  test('of allowed names', () => {
    for (const { module, name, why, isStored } of entries) {
      const group = findAllowed(module, name);
      expect(group?.why, `${module} ${name}`).toBe(why);
      expect(group?.storedOnly === true, `${module} ${name}`).toBe(isStored);
      expect(isAllowedModule(module)).toBe(true);
    }
  });
  test('of names that are judged', () => {
    for (const { words, fields } of entriesOf('conditional')) {
      const [module = '', name = ''] = words;
      expect(findConditional(module, name), `${module} ${name}`).toMatchObject({
        hazard: fields.get('hazard'),
        why: fields.get('why'),
        shape: fields.get('shape'),
      });
      expect(findAllowed(module, name)).toBeUndefined();
    }
    for (const { words, text } of entriesOf('shape')) {
      const [module = '', name = ''] = words;
      expect(findShapes(module, name)).toBe(text);
      expect(findConditional(module, name)?.otherwise).toBe('unexpected');
    }
  });
  test('of refused names, members, results, slots and Python 2', () => {
    for (const { words, text } of entriesOf('refused')) expect(findRefused(words[0] ?? '', words[1] ?? '')).toBe(text);
    for (const { words } of entriesOf('member')) expect(isKeptMember(words[0] ?? '', words[1] ?? '')).toBe(true);
    for (const { words, fields } of entriesOf('result'))
      expect(givesOf(words[0] ?? '', words[1] ?? '')).toBe(fields.get('gives'));
    for (const { words } of entriesOf('slots')) {
      const dot = words[0]?.lastIndexOf('.') ?? 0;
      expect(writesAttributeState(words[0]?.slice(0, dot) ?? '', words[0]?.slice(dot + 1) ?? '')).toBe(true);
    }
    for (const { words } of entriesOf('python2-module')) expect(isPython2Module(words[0] ?? '')).toBe(true);
  });
  test('of uses: codes, exact names and closed packages', () => {
    for (const { words, text, fields } of entriesOf('uses')) {
      const [name = '', exact] = words;
      for (const packageName of fields.get('packages')?.split(' ') ?? []) {
        const uses = findUses(packageName);
        const codes = text === '' ? [] : text.split(' ');
        expect(uses?.codes.get(name), `${packageName} ${name}`).toEqual(expect.arrayContaining(codes));
        if (exact !== undefined) expect(uses?.exact.has(name), `${packageName} ${name}`).toBe(true);
        if (fields.get('ordinary') === 'no') expect(uses?.isClosed, packageName).toBe(true);
      }
    }
    expect(findUses('pandas')?.isClosed).toBe(false);
    expect(findUses('enum')).toMatchObject({ isClosed: true, codes: new Map() });
    expect(findUses('scipy')?.exact.has('BSpline')).toBe(false);
    expect(findUses('mylib')).toBeUndefined();
    expect(findUses('')).toBeUndefined();
  });
  test('of shapes by their full name, for any end of the module', () => {
    const shapes = entriesOf('shape').map(({ words: [module = '', name = ''], text }) => ({ module, name, text }));
    for (const { module, name, text } of shapes) {
      expect(findShapesOfFull(`${module}.${name}`)).toBe(text);
      expect(findShapesOfFull(`${module}.${name}`, true)).toBe(name.includes('.') ? text : undefined);
      expect(findShapesOfFull(`${module}.${name}x`)).toBeUndefined();
    }
    expect(shapes.some(({ name }) => name.includes('.'))).toBe(true);
  });
  test('of functions that load', () => {
    expect(sinkOf('six.moves.cPickle.loads')).toMatchObject({ family: 'pickle', takes: 'bytes', argument: 0 });
    expect(sinkOf('pickle.Unpickler().load')).toMatchObject({ name: 'pickle.Unpickler.load', argument: -1 });
    expect(sinkOf('torch.load')).toEqual({
      family: 'torch',
      name: 'torch.load',
      takes: 'path',
      argument: 0,
      keywords: ['f'],
      switch: 'weights_only',
    });
    expect(sinkOf('json.loads')).toBeNull();
  });
  test('and nothing else', () => {
    expect(findRefused('shapely.strtree', 'STRtre')).toBeUndefined();
    expect(findRefused('shapely.strtree', '')).toBeUndefined();
    expect(isKeptMember('builtins.str', 'format')).toBe(false);
    expect(isKeptMember('', '')).toBe(false);
    expect(givesOf('os', 'system')).toBe('open');
    expect(givesOf('pandas.x', 'y')).toBe('kin');
    expect(writesAttributeState('os', 'system')).toBe(false);
    expect(isPython2Module('builtins')).toBe(false);
    expect(isPython2Module('')).toBe(false);
    expect(findConditional('os', 'system')).toBeUndefined();
  });
});

describe('names that only one generation of releases writes', () => {
  test.each([
    ['scikit-learn 1.1', 'sklearn.metrics._dist_metrics', 'EuclideanDistance'],
    ['scikit-learn 1.1', 'sklearn.covariance._graph_lasso', '_DictWithDeprecatedKeys'],
    ['scikit-learn 1.5', '_loss', 'CyHalfBinomialLoss'],
    ['scikit-learn 1.5', '_loss', '__pyx_unpickle_CyHalfBinomialLoss'],
    ['scikit-learn 1.5', 'sklearn.model_selection._classification_threshold', '_CurveScorer'],
    ['scipy 1.9', 'scipy.sparse._arrays', 'bsr_array'],
    ['scipy 1.18', 'scipy.interpolate._bsplines', '_BSpline'],
    ['scipy 1.18', 'scipy.interpolate._interpolate', '_PPoly'],
    ['pandas 1.5', 'pandas.core.arrays.arrow.dtype', 'ArrowDtype'],
    ['PyTorch 2.15', 'torch', 'bcomplex32'],
  ])('%s: %s %s', (_, module, name) => expect(findAllowed(module, name)).toBeDefined());

  test('of a module without a package, only those', () => {
    expect(findAllowed('_loss', 'load')).toBeUndefined();
    expect(findAllowed('_loss', 'CyLossFunction')).toBeUndefined();
  });
});

describe('no module is called', () => {
  test.each([
    '',
    'numpy: ndarray',
    'collections: OrderedDict\nnumpy',
    'umpy',
    'numpy\n',
    'nump',
    ' numpy',
    'OrderedDict',
  ])('%j', async (module) => {
    vi.resetModules();
    const fresh = await import('./allowed.js');
    for (const name of ['ndarray', 'dtype', 'OrderedDict', '']) {
      expect(fresh.findAllowed(module, name)).toBeUndefined();
      expect(findAllowed(module, name)).toBeUndefined();
    }
    expect(isAllowedModule(module)).toBe(false);
  });
});

describe('what default saves write', () => {
  test.each(
    `
builtins set
__builtin__ unicode
__builtin__ xrange
collections OrderedDict
collections defaultdict
copy_reg _reconstructor
copyreg _reconstructor
_io BytesIO
datetime datetime
decimal Decimal
pathlib PosixPath
re _compile
argparse Namespace
numpy.core.multiarray _reconstruct
numpy log1p
torch FloatTensor
numpy._core.numeric _frombuffer
numpy dtype
numpy ndarray
numpy float64
numpy.dtypes Float64DType
numpy.ma.core _mareconstruct
scipy.sparse.csr csr_matrix
scipy.sparse._csr csr_array
pandas.core.frame DataFrame
pandas.core.internals.managers BlockManager
pandas._libs.internals _unpickle_block
sklearn.ensemble.forest RandomForestClassifier
sklearn.ensemble._forest RandomForestClassifier
sklearn.tree.tree DecisionTreeClassifier
sklearn.tree._tree Tree
sklearn.externals.joblib.numpy_pickle NumpyArrayWrapper
joblib.numpy_pickle NumpyArrayWrapper
sklearn.datasets.base Bunch
xgboost.sklearn XGBClassifier
lightgbm.sklearn LGBMRegressor
torch._utils _rebuild_tensor_v2
torch._utils _rebuild_parameter
torch FloatStorage
torch.nn.modules.linear Linear
torch.optim.adam Adam
torch.distributed.checkpoint.metadata Metadata
torch.serialization _get_layout
transformers.trainer_utils IntervalStrategy
`
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  )('%s %s is allowed', (module, name) => {
    expect(findAllowed(module, name)?.why).toBeTypeOf('string');
  });
});
