import { describe, expect, test, vi } from 'vitest';
import { ALLOW_GROUPS, allowSize, entriesOf, findAllowed } from './allowlist.js';
import { conditionals } from './conditional.js';
import { isDunder, judgeDanger } from './danger.js';
import { GENERATED_GROUPS } from './generated/index.js';

const entries = ALLOW_GROUPS.flatMap((group) =>
  [...entriesOf(group)].map(([module, name]) => ({ module, name, group })),
);

describe('the data', () => {
  test('holds the names of real libraries', () => expect(allowSize()).toBeGreaterThan(1500));
  test('every group has a justification', () => {
    for (const group of ALLOW_GROUPS) expect(group.why).toMatch(/^[A-Za-z_].{30,}\.$/);
  });
  test('names nothing twice', () => {
    const keys = entries.map(({ module, name }) => `${module} ${name}`);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
  test('holds exact names only', () => {
    for (const { module, name } of entries) expect(`${module} ${name}`).toMatch(/^[A-Za-z_][\w.]* [A-Za-z_][\w.]*$/);
  });
  test('generated groups are sorted', () => {
    for (const group of GENERATED_GROUPS) {
      const modules = group.names
        .trim()
        .split('\n')
        .map((line) => line.slice(0, line.indexOf(':')));
      expect(modules).toEqual([...modules].sort());
    }
  });
  test('nothing in it is dangerous, but for what is carved out of dangerous modules and the dunder functions of copyreg', () => {
    const judged = entries.filter(({ name, group }) => group.insideDanger !== true && !isDunder(name));
    const clashes = judged.filter(({ module, name }) => judgeDanger(module, name, true) !== null);
    expect(clashes.map(({ module, name }) => `${module} ${name}`)).toEqual([]);
  });
  test('no carved entry has a danger entry of its own', () => {
    for (const { module, name } of entries.filter(({ group }) => group.insideDanger === true)) {
      expect(judgeDanger(module, name, false)?.entry).not.toBe(`${module}.${name}`);
    }
  });
  test('a conditional name is not allowed besides', () => {
    for (const key of conditionals().keys()) {
      const [module = '', name = ''] = key.split('\n');
      expect(findAllowed(module, name), key).toBeUndefined();
    }
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

describe('the first modules are looked for in the text, the others in an index', () => {
  const modules = [...new Set(entries.map(({ module }) => module))];

  test('which hold the same', async () => {
    let compared = 0;
    for (let from = 0; from < modules.length; from += 12) {
      vi.resetModules();
      const { findAllowed: fresh, isAllowedModule } = await import('./allowlist.js');
      for (const module of modules.slice(from, from + 12)) {
        expect(isAllowedModule(module), module).toBe(true);
        for (const entry of entries.filter((other) => other.module === module)) {
          expect(fresh(module, entry.name)?.why, `${module} ${entry.name}`).toBe(entry.group.why);
          expect(findAllowed(module, entry.name)).toBe(entry.group);
          compared += 1;
        }
        expect(fresh(module, 'no such name')).toBeUndefined();
      }
    }
    expect(compared).toBe(entries.length);
  }, 60_000);

  test.each([
    '',
    'numpy: ndarray',
    'collections: OrderedDict\nnumpy',
    'umpy',
    'numpy\n',
    'nump',
    ' numpy',
    'OrderedDict',
  ])('no module is called %j', async (module) => {
    vi.resetModules();
    const { findAllowed: fresh, isAllowedModule } = await import('./allowlist.js');
    for (const name of ['ndarray', 'dtype', 'OrderedDict', '']) {
      expect(fresh(module, name)).toBeUndefined();
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
