import { describe, expect, test } from 'vitest';
import { memorySource } from '../src/bytes/source.js';
import { readShapes } from '../src/catalogue/call-shapes.js';
import { entriesOf } from '../../../tools/catalogue/tables.js';
import { scan } from '../src/scan.js';
import { op, type Op, pickleOf } from './kit.js';

/** A value as opcodes: constants and containers as they are, and opcodes as they stand. */
type Given = null | boolean | number | string | readonly Given[] | { readonly ops: readonly Op[] } | Pairs | Tuple;
interface Pairs {
  readonly pairs: readonly (readonly [Given, Given])[];
}
interface Tuple {
  readonly tuple: readonly Given[];
}

const dict = (entries: Readonly<Record<string, Given>>): Pairs => ({ pairs: Object.entries(entries) });
const tuple = (...items: readonly Given[]): Tuple => ({ tuple: items });
const raw = (...ops: readonly Op[]): { readonly ops: readonly Op[] } => ({ ops });

function write(value: Given): readonly Op[] {
  if (value === null) return [op.none];
  if (typeof value === 'boolean') return [value ? op.newTrue : op.newFalse];
  if (typeof value === 'number') return [Number.isInteger(value) ? op.binInt(value) : op.binFloat(value)];
  if (typeof value === 'string') return [op.binUnicode(value)];
  if ('ops' in value) return value.ops;
  if ('tuple' in value) return [op.mark, ...value.tuple.flatMap(write), op.tuple];
  if ('pairs' in value)
    return [
      op.emptyDict,
      op.mark,
      ...value.pairs.flatMap(([key, item]) => [...write(key), ...write(item)]),
      op.setItems,
    ];
  return [op.emptyList, op.mark, ...value.flatMap(write), op.appends];
}

const split = (full: string): readonly [string, string] => {
  const dot = full.lastIndexOf('.');
  return [full.slice(0, dot), full.slice(dot + 1)];
};
const named = (full: string): { readonly ops: readonly Op[] } => raw(op.global(...split(full)));
const bare = (full: string): { readonly ops: readonly Op[] } =>
  raw(op.global(...split(full)), op.emptyTuple, op.newObj);
const called = (full: string, ...args: readonly Given[]): { readonly ops: readonly Op[] } =>
  raw(op.global(...split(full)), ...write(tuple(...args)), op.reduce);
const built = (full: string, state: Given): { readonly ops: readonly Op[] } =>
  raw(...bare(full).ops, ...write(state), op.build);
const member = (owner: Given, name: string): { readonly ops: readonly Op[] } => called('builtins.getattr', owner, name);
/** A partial as its reducer writes it. */
const partial = (of: Given, args: Given, keywords: Given): { readonly ops: readonly Op[] } =>
  raw(...called('functools.partial', of).ops, ...write(tuple(of, args, keywords, null)), op.build);

/** Allowed by themselves: a function that is only stored, an instance with attributes of its own, and what a call gives. */
const FUNCTION = named('numpy.exp');
const OPEN = built('sklearn.linear_model._base.LinearRegression', dict({ a: 1 }));
const TEXT = called('numpy.core.multiarray.scalar');

async function verdict(value: Given, protocol = 4): Promise<string> {
  const bytes = pickleOf([op.proto(protocol), ...write(value), op.stop]);
  return (await scan([{ path: 'a.pkl', source: memorySource(bytes), size: bytes.length }])).verdict;
}

const METADATA = bare('omegaconf.base.ContainerMetadata');
const IMAGE = { ops: [op.shortBinBytes(new Uint8Array(8))] };
const BOX = {
  default_box: false,
  default_box_attr: named('box.box.Box'),
  box_recast: null,
  box_intact_types: tuple(),
  __created: true,
} as const;
const MODEL = bare('lifelines.fitters.weibull_aft_fitter.WeibullAFTFitter');
const LIKELIHOOD = '_create_neg_likelihood_with_penalty_function';
const CONFIG = 'ml_collections.config_dict.config_dict.ConfigDict';
const REFERENCE = 'ml_collections.config_dict.config_dict.FieldReference';
const LOCKED = { _fields: dict({}), _locked: false, _type_safe: true } as const;
const REFERRED = { _value: null, _field_type: null, _ops: [], _required: false } as const;
const nested = (module: string, name: string, ...args: readonly Given[]): { readonly ops: readonly Op[] } =>
  raw(op.global(module, name), ...write(tuple(...args)), op.reduce);
const LINK = nested('cachetools', 'LFUCache._Link', 0);
const DATE = dict({ hour: 1, calendar: 'standard', has_year_zero: false });

const created = (name: string, base: Given, attributes: Given): { readonly ops: readonly Op[] } =>
  called('deap.creator.meta_create', name, base, attributes);
const FITNESS = created('FitnessMax', named('deap.base.Fitness'), dict({ weights: tuple(1) }));
const INDIVIDUAL = created('Individual', named('builtins.list'), dict({ fitness: FITNESS, strategy: null }));
/** An instance of a class that the stream made. */
const instanceOf = (of: { readonly ops: readonly Op[] }): { readonly ops: readonly Op[] } =>
  raw(...of.ops, op.emptyTuple, op.newObj);
const mapper = (transformers: Given): { readonly ops: readonly Op[] } =>
  built('sklearn_pandas.dataframe_mapper.DataFrameMapper', dict({ features: [tuple(['a'], transformers)] }));

const edges = (more: Readonly<Record<string, Given>>): { readonly ops: readonly Op[] } =>
  built(
    'networkx.classes.reportviews.EdgeDataView',
    dict({ viewer: bare('networkx.classes.reportviews.EdgeView'), nbunch: null, data: true, default: null, ...more }),
  );

const columns = (more: Readonly<Record<string, Given>>): { readonly ops: readonly Op[] } =>
  built(
    'sqlalchemy.engine.cursor.CursorResultMetaData',
    dict({ _keymap: dict({ x: tuple(0, 0, [], 'x') }), _keys: ['x'], _translated_indexes: null, ...more }),
  );
const row = (of: Given, parent: Given, data: Given): { readonly ops: readonly Op[] } =>
  called('sqlalchemy.engine._row_cy.rowproxy_reconstructor', of, dict({ _parent: parent, _data: data }));

/** One line of `read.txt` each: what default saves write, and what an attacker makes of it. */
const CASES: Readonly<Record<string, { honest: readonly Given[]; hostile: readonly (readonly [string, Given])[] }>> = {
  'pmdarima.arima.arima.ARIMA': {
    honest: [
      built('pmdarima.arima.arima.ARIMA', dict({ order: tuple(1, 0, 0), pkg_version_: '2.0', arima_res_: OPEN })),
      built('pmdarima.arima.arima.ARIMA', dict({})),
    ],
    hostile: [
      ['a method', built('pmdarima.arima.arima.ARIMA', dict({ _warn_for_older_version: FUNCTION }))],
      ['an object as version', built('pmdarima.arima.arima.ARIMA', dict({ pkg_version_: OPEN }))],
      [
        'a key twice',
        built('pmdarima.arima.arima.ARIMA', {
          pairs: [
            ['a', 1],
            ['a', 2],
          ],
        }),
      ],
      ['a key that is a result', built('pmdarima.arima.arima.ARIMA', { pairs: [[TEXT, FUNCTION]] })],
      ['a key that is no text', built('pmdarima.arima.arima.ARIMA', { pairs: [[1, 2]] })],
      ['a special name', built('pmdarima.arima.arima.ARIMA', dict({ __class__: FUNCTION }))],
      ['a pair', built('pmdarima.arima.arima.ARIMA', tuple(null, dict({ _warn_for_older_version: FUNCTION })))],
      ['an object as state', built('pmdarima.arima.arima.ARIMA', OPEN)],
      ['two states', raw(...built('pmdarima.arima.arima.ARIMA', dict({})).ops, ...write(dict({ a: 1 })), op.build)],
      [
        'a state through another name',
        raw(
          op.emptyDict,
          op.binPut(9),
          ...bare('pmdarima.arima.arima.ARIMA').ops,
          op.binPut(8),
          op.binGet(9),
          op.binUnicode('_warn_for_older_version'),
          ...FUNCTION.ops,
          op.setItem,
          op.build,
          op.tuple2,
        ),
      ],
      ['a call', called('pmdarima.arima.arima.ARIMA', tuple(1, 0, 0))],
    ],
  },
  'a class that deap makes': {
    honest: [
      instanceOf(FITNESS),
      raw(
        ...instanceOf(INDIVIDUAL).ops,
        op.mark,
        op.none,
        op.appends,
        ...write(dict({ fitness: instanceOf(FITNESS) })),
        op.build,
      ),
      raw(...called('copyreg._reconstructor', INDIVIDUAL, named('builtins.list'), [1]).ops),
    ],
    hostile: [
      ['a special name', created('Individual', named('builtins.list'), dict({ __setstate__: FUNCTION }))],
      ['a function as an attribute', created('Individual', named('builtins.list'), dict({ key: FUNCTION }))],
      ['what adds items', created('Individual', named('builtins.list'), dict({ extend: null }))],
      ['a dict for the base', created('Individual', named('builtins.dict'), dict({}))],
      ['items of an instance', raw(...instanceOf(INDIVIDUAL).ops, op.binInt(0), op.none, op.setItem)],
      ['another base', created('Individual', named('collections.OrderedDict'), dict({}))],
      ['a base that is an object', created('Individual', OPEN, dict({}))],
      ['a name of the module', created('MetaCreator', named('builtins.list'), dict({}))],
      ['a name of the module in small letters', created('create', named('builtins.list'), dict({}))],
      ['a name that Python looks for', created('__builtins__', named('builtins.list'), dict({}))],
      ['a name that is no name', created('A B', named('builtins.list'), dict({}))],
      ['a call of the class', raw(...INDIVIDUAL.ops, ...write(tuple([1])), op.reduce)],
      ['a call of an instance', raw(...instanceOf(INDIVIDUAL).ops, ...write(tuple()), op.reduce)],
      ['an instance of an instance', instanceOf(instanceOf(INDIVIDUAL))],
      ['attributes of the class', raw(...INDIVIDUAL.ops, ...write(tuple(null, dict({ a: FUNCTION }))), op.build)],
      ['what adds items, of the instance', raw(...instanceOf(INDIVIDUAL).ops, ...write(dict({ extend: 1 })), op.build)],
      ['an instance as a key', raw(op.emptyDict, ...instanceOf(FITNESS).ops, op.none, op.setItem)],
      [
        'an instance for the class',
        created('Individual', named('builtins.list'), dict({ fitness: instanceOf(FITNESS) })),
      ],
    ],
  },
  'classes within classes': {
    honest: [
      raw(...member(named('formulaic.parser.types.factor.Factor'), 'Kind').ops, ...write(tuple('value')), op.reduce),
      called('builtins.set', [
        raw(...member(named('formulaic.utils.variables.Variable'), 'Role').ops, ...write(tuple('value')), op.reduce),
      ]),
      raw(
        ...member(named('flaml.tune.sample.Float'), '_Uniform').ops,
        op.emptyTuple,
        op.newObj,
        ...write(dict({ a: 1 })),
        op.build,
      ),
    ],
    hostile: [
      ['of an instance', raw(...member(bare('flaml.tune.sample.Float'), '_Uniform').ops, op.emptyTuple, op.newObj)],
      ['that nobody knows', raw(...member(named('flaml.tune.sample.Float'), '_Other').ops, op.emptyTuple, op.newObj)],
      ['with a dot', member(named('flaml.tune.sample.Float'), '_Uniform.__init__')],
      [
        'whose attributes are set',
        raw(
          ...member(named('flaml.tune.sample.Float'), '_Uniform').ops,
          ...write(dict({ sample: FUNCTION })),
          op.build,
        ),
      ],
      [
        'with a special name',
        raw(
          ...member(named('flaml.tune.sample.Float'), '_Uniform').ops,
          op.emptyTuple,
          op.newObj,
          ...write(dict({ __class__: FUNCTION })),
          op.build,
        ),
      ],
      [
        'with an argument',
        raw(...member(named('formulaic.parser.types.factor.Factor'), 'Kind').ops, ...write(tuple(OPEN)), op.reduce),
      ],
    ],
  },
  'dates and sessions': {
    honest: [
      built('dateutil.rrule.rrule', dict({ _cache: null, _freq: 3, _tzinfo: OPEN })),
      called('dateutil.tz._tzfile._unpickle', named('dateutil.tz._tzfile.tzfile'), 'UTC', null, tuple(1, 2)),
      called('logging.getLogger', 'model'),
      called(
        'copyreg._reconstructor',
        named('dateutil.tz.tz.tzutc'),
        named('datetime.tzinfo'),
        called('datetime.tzinfo'),
      ),
      called('requests.exceptions.HTTPError', '404'),
      built('requests.adapters.HTTPAdapter', dict({ _pool_connections: 10, _pool_maxsize: 10, _pool_block: false })),
      built('requests.sessions.Session', dict({ headers: OPEN, verify: true })),
    ],
    hostile: [
      ['the method of a rule', built('dateutil.rrule.rrule', dict({ _cache: [], _iter: FUNCTION }))],
      ['the method of a set of rules', built('dateutil.rrule.rruleset', dict({ _invalidate_cache: FUNCTION }))],
      ['attributes of a rule', built('dateutil.rrule.rrule', tuple(dict({ _cache: null }), dict({ a: FUNCTION })))],
      ['another zone', called('dateutil.tz._tzfile._unpickle', FUNCTION, 'UTC', null, tuple())],
      [
        'an object for the data',
        called('dateutil.tz._tzfile._unpickle', named('dateutil.tz._tzfile.tzfile'), 'UTC', null, OPEN),
      ],
      [
        'a zone with the state of another',
        called('copyreg._reconstructor', named('dateutil.tz.tz.tzutc'), named('datetime.tzinfo'), OPEN),
      ],
      [
        'a zone of a class that gets it',
        called('copyreg._reconstructor', named('datetime.tzinfo'), named('builtins.object'), called('datetime.tzinfo')),
      ],
      ['a logger of no name', called('logging.getLogger', OPEN)],
      [
        'the state of a logger',
        raw(...called('logging.getLogger', 'root').ops, ...write(dict({ handlers: [] })), op.build),
      ],
      ['a response of an error', called('requests.exceptions.HTTPError', OPEN)],
      ['the class of a session', built('requests.sessions.Session', dict({ __class__: FUNCTION }))],
      ['a method of a session', built('requests.sessions.Session', dict({ send: FUNCTION }))],
      [
        'what makes the pool',
        built(
          'requests.adapters.HTTPAdapter',
          dict({ _pool_connections: 1, _pool_maxsize: 1, _pool_block: false, init_poolmanager: FUNCTION }),
        ),
      ],
      [
        'a size that is an object',
        built('requests.adapters.HTTPAdapter', dict({ _pool_connections: OPEN, _pool_maxsize: 1, _pool_block: false })),
      ],
    ],
  },
  'native sizes': {
    honest: [
      raw(
        ...called('econml.tree._tree.Tree', 4, 1, 1, true).ops,
        ...write(dict({ max_depth: 1, node_count: 3, nodes: null, values: null })),
        op.build,
      ),
      raw(
        op.global('river._river_rust.drift', 'AdaptiveWindowing'),
        ...write(tuple(0.002, 32, 5, 5, 10)),
        op.newObj,
        op.shortBinBytes(new Uint8Array(4)),
        op.build,
      ),
    ],
    hostile: [
      ['many outputs', called('econml.tree._tree.Tree', 4, 2 ** 30, 1, true)],
      [
        'an object for the nodes',
        raw(
          ...called('econml.tree._tree.Tree', 4, 1, 1, true).ops,
          ...write(dict({ max_depth: 1, node_count: 3, nodes: OPEN, values: null })),
          op.build,
        ),
      ],
      [
        'a key that nobody knows',
        raw(
          ...called('econml.tree._tree.Tree', 4, 1, 1, true).ops,
          ...write(dict({ max_depth: 1, node_count: 3, nodes: null, values: null, x: 1 })),
          op.build,
        ),
      ],
      [
        'a large window',
        raw(
          op.global('river._river_rust.drift', 'AdaptiveWindowing'),
          ...write(tuple(0.002, 2 ** 30, 5, 5, 10)),
          op.newObj,
        ),
      ],
      [
        'a state that is an object',
        raw(
          op.global('river._river_rust.drift', 'AdaptiveWindowing'),
          ...write(tuple(0.002, 32, 5, 5, 10)),
          op.newObj,
          ...OPEN.ops,
          op.build,
        ),
      ],
    ],
  },
  'rows of a database': {
    honest: [row(named('sqlalchemy.engine.row.Row'), columns({}), tuple(1, 'a'))],
    hostile: [
      ['of another class', row(FUNCTION, columns({}), tuple(1))],
      ['whose columns are an object', row(named('sqlalchemy.engine.row.Row'), OPEN, tuple(1))],
      ['whose values are objects', row(named('sqlalchemy.engine.row.Row'), columns({}), tuple(OPEN))],
      ['whose columns are made of objects', columns({ _keymap: dict({ x: OPEN }) })],
      ['whose columns are translated', columns({ _translated_indexes: [OPEN] })],
      ['whose columns have a method', columns({ _make_key_to_index: FUNCTION })],
    ],
  },
  'edges of a graph': {
    honest: [edges({})],
    hostile: [
      ['chosen by nodes', edges({ nbunch: [1] })],
      ['of another object', edges({ viewer: OPEN })],
      ['with an object for the default', edges({ default: OPEN })],
      ['with another argument', edges({ x: 1 })],
    ],
  },
  'what is kept to be called': {
    honest: [
      named('copy.deepcopy'),
      partial(named('copy.deepcopy'), tuple(OPEN), dict({})),
      partial(named('numpy.mean'), tuple(), dict({})),
      partial(bare('river.optim.initializers.Normal'), tuple(), dict({ shape: 2 })),
      partial(named('skorch.utils._make_split'), tuple(), dict({ valid_ds: bare('skorch.dataset.Dataset') })),
      partial(member(called('random.Random'), 'gauss'), tuple(0, 1), dict({})),
      member(OPEN, 'predict'),
      member(called('re._compile', 'a+', 32), 'fullmatch'),
    ],
    hostile: [
      ['a copy', called('copy.deepcopy', OPEN)],
      [
        'a copy by a partial that is called',
        raw(...partial(named('copy.deepcopy'), tuple(OPEN), dict({})).ops, ...write(tuple()), op.reduce),
      ],
      ['a copy with a memo', partial(named('copy.deepcopy'), tuple(OPEN, dict({})), dict({}))],
      ['a copy with keywords', partial(named('copy.deepcopy'), tuple(OPEN), dict({ memo: OPEN }))],
      ['a mean of something', partial(named('numpy.mean'), tuple(OPEN), dict({}))],
      ['an instance of another class', partial(bare('river.optim.initializers.Zeros'), tuple(), dict({ shape: 2 }))],
      ['the parameters of a model', member(OPEN, 'set_params')],
      [
        'a member as a key, which may be anything',
        raw(
          op.emptyDict,
          ...member(built('sklearn.linear_model._base.LinearRegression', dict({ predict: OPEN })), 'predict').ops,
          op.none,
          op.setItem,
        ),
      ],
      [
        'a call of a member, which may be anything',
        raw(
          ...member(built('sklearn.linear_model._base.LinearRegression', dict({ predict: FUNCTION })), 'predict').ops,
          ...write(tuple()),
          op.reduce,
        ),
      ],
    ],
  },
  'transformers of a mapper': {
    honest: [mapper([bare('sklearn.preprocessing._data.StandardScaler')])],
    hostile: [
      ['any object', mapper([OPEN])],
      ['a text', mapper(['passthrough'])],
      ['a function', mapper([FUNCTION])],
    ],
  },
  torchmetrics: {
    honest: [
      built(
        'torchmetrics.regression.mse.MeanSquaredError',
        dict({ _parameters: dict({}), _modules: dict({ a: OPEN }), x: FUNCTION }),
      ),
      built(
        'torchmetrics.regression.mse.MeanSquaredError',
        dict({ _parameters: called('collections.OrderedDict'), _buffers: null }),
      ),
    ],
    hostile: ['_wrap_update', '_wrap_compute', 'update', 'compute']
      .map((name) => [name, built('torchmetrics.regression.mse.MeanSquaredError', dict({ [name]: FUNCTION }))] as const)
      .concat([
        ['an object for a dict', built('torchmetrics.regression.mse.MeanSquaredError', dict({ _modules: OPEN }))],
      ]),
  },
  'pydantic 1': {
    honest: [
      built(
        'evidently.core.datasets.DataDefinition',
        dict({ __dict__: dict({ a: 1 }), __fields_set__: raw(op.emptySet), __private_attribute_values__: dict({}) }),
      ),
    ],
    hostile: [
      ...(['__class__', '__array_interface__'] as const).map(
        (name) =>
          [
            `an attribute ${name}`,
            built(
              'evidently.core.datasets.DataDefinition',
              dict({
                __dict__: dict({}),
                __fields_set__: null,
                __private_attribute_values__: dict({ [name]: FUNCTION }),
              }),
            ),
          ] as const,
      ),
      [
        'a special name within __dict__',
        built(
          'evidently.core.datasets.DataDefinition',
          dict({
            __dict__: dict({ __array_interface__: 1 }),
            __fields_set__: null,
            __private_attribute_values__: dict({}),
          }),
        ),
      ],
      [
        'an object with items',
        built(
          'evidently.core.datasets.DataDefinition',
          dict({ __dict__: dict({}), __fields_set__: null, __private_attribute_values__: OPEN }),
        ),
      ],
    ],
  },
  ngboost: {
    honest: [
      built(
        'ngboost.api.NGBRegressor',
        dict({ Dist: named('ngboost.distns.normal.Normal'), Score: named('ngboost.scores.LogScore'), base_models: [] }),
      ),
    ],
    hostile: [
      [
        'a distribution of others',
        built('ngboost.api.NGBRegressor', dict({ Dist: FUNCTION, Score: named('ngboost.scores.LogScore') })),
      ],
      [
        'a distribution that is an object',
        built('ngboost.api.NGBRegressor', dict({ Dist: OPEN, Score: named('ngboost.scores.LogScore') })),
      ],
      ['no score', built('ngboost.api.NGBRegressor', dict({ Dist: named('ngboost.distns.normal.Normal') }))],
      ['an instance of a distribution', bare('ngboost.distns.normal.Normal')],
    ],
  },
  gymnasium: {
    honest: [built('gymnasium.spaces.box.Box', dict({ low_repr: '0', high_repr: null, low: OPEN }))],
    hostile: [['no description', built('gymnasium.spaces.box.Box', dict({ low: OPEN, high_repr: '1' }))]],
  },
  cftime: {
    honest: [
      called('cftime._cftime._create_datetime', named('cftime._cftime.DatetimeNoLeap'), tuple(2000, 2, 28), DATE),
    ],
    hostile: [
      ['another callable', called('cftime._cftime._create_datetime', FUNCTION, tuple(2000, 2, 28), DATE)],
      [
        'another function of cftime',
        called('cftime._cftime._create_datetime', named('cftime._cftime._create_datetime'), tuple(2000), DATE),
      ],
      [
        'an object as a number',
        called('cftime._cftime._create_datetime', named('cftime._cftime.datetime'), tuple(OPEN), DATE),
      ],
      [
        'more keywords',
        called('cftime._cftime._create_datetime', named('cftime._cftime.datetime'), tuple(1), dict({ dtype: 'x' })),
      ],
      ['the class itself', called('cftime._cftime.datetime', 2000, 1, 1)],
    ],
  },
  xarray: {
    honest: [
      built(
        'xarray.core.variable.Variable',
        tuple(null, dict({ _attrs: null, _data: OPEN, _dims: tuple('x'), _encoding: null })),
      ),
    ],
    hostile: [
      [
        'a property',
        built(
          'xarray.core.variable.Variable',
          tuple(null, dict({ _attrs: null, _data: OPEN, _dims: tuple('x'), _encoding: null, values: OPEN })),
        ),
      ],
      [
        'a special name',
        built(
          'xarray.core.variable.Variable',
          tuple(null, dict({ _attrs: null, _data: OPEN, _dims: tuple('x'), __class__: FUNCTION })),
        ),
      ],
      [
        'a dict',
        built('xarray.core.variable.Variable', dict({ _attrs: null, _data: OPEN, _dims: tuple('x'), _encoding: null })),
      ],
    ],
  },
  Pillow: {
    honest: [
      built('PIL.Image.Image', [dict({}), '1', tuple(8, 8), null, IMAGE]),
      built('PIL.PngImagePlugin.PngImageFile', [dict({}), '1', tuple(8, 8), null, IMAGE, 'a.png']),
    ],
    hostile: [
      ['a size without bytes', built('PIL.Image.Image', [dict({}), '1', tuple(80_000, 80_000), null, IMAGE])],
      ['a negative size', built('PIL.Image.Image', [dict({}), 'L', tuple(-8, -1), null, IMAGE])],
      ['a size that is an object', built('PIL.Image.Image', [dict({}), 'L', tuple(8, OPEN), null, IMAGE])],
      [
        'an object for the name of a file',
        built('PIL.PngImagePlugin.PngImageFile', [dict({}), '1', tuple(8, 8), null, IMAGE, OPEN]),
      ],
      ['a mode of no image', built('PIL.Image.Image', [dict({}), 'PNG', tuple(8, 1), null, IMAGE])],
      ['a palette that is an object', built('PIL.Image.Image', [dict({}), 'P', tuple(8, 1), OPEN, IMAGE])],
      ['objects in the palette', built('PIL.Image.Image', [dict({}), 'P', tuple(8, 1), [OPEN], IMAGE])],
      ['a file', called('PIL.Image.Image', 'x')],
    ],
  },
  'members that are called': {
    honest: [
      raw(...member(named('bidict.bidict'), '_from_other').ops, ...write(tuple(dict({ a: 1 }))), op.reduce),
      raw(
        ...member(named('pendulum.tz.timezone.Timezone'), '_unpickle').ops,
        ...write(tuple('Europe/Paris', 1)),
        op.reduce,
      ),
    ],
    hostile: [
      ['an open argument', raw(...member(named('bidict.bidict'), '_from_other').ops, ...write(tuple(OPEN)), op.reduce)],
      [
        'of an instance',
        raw(...member(bare('bidict.bidict'), '_from_other').ops, ...write(tuple(dict({ a: 1 }))), op.reduce),
      ],
      ['another member', raw(...member(named('bidict.bidict'), '_init_class').ops, ...write(tuple()), op.reduce)],
      [
        'a path as a zone',
        raw(
          ...member(named('pendulum.tz.timezone.Timezone'), '_unpickle').ops,
          ...write(tuple('../../etc/x', 1)),
          op.reduce,
        ),
      ],
      [
        'called twice',
        raw(
          ...member(named('bidict.bidict'), '_from_other').ops,
          ...write(tuple(dict({ a: 1 }))),
          op.reduce,
          ...write(tuple()),
          op.reduce,
        ),
      ],
    ],
  },
  partials: {
    honest: [
      partial(
        member(MODEL, LIKELIHOOD),
        tuple(),
        dict({ likelihood: member(MODEL, '_log_likelihood_right_censoring') }),
      ),
    ],
    hostile: [
      [
        'another callable among the keywords',
        partial(member(MODEL, LIKELIHOOD), tuple(), dict({ likelihood: FUNCTION })),
      ],
      ['arguments', partial(member(MODEL, LIKELIHOOD), tuple(FUNCTION), dict({}))],
      ['other keywords', partial(member(MODEL, LIKELIHOOD), tuple(), dict({ x: 1 }))],
      ['another member', partial(member(MODEL, 'fit'), tuple(), dict({}))],
      [
        'another callable in the state',
        raw(
          ...called('functools.partial', member(MODEL, LIKELIHOOD)).ops,
          ...write(tuple(FUNCTION, tuple(), dict({}), null)),
          op.build,
        ),
      ],
      [
        'attributes',
        raw(
          ...called('functools.partial', member(MODEL, LIKELIHOOD)).ops,
          ...write(tuple(member(MODEL, LIKELIHOOD), tuple(), dict({}), dict({ __setstate__: FUNCTION }))),
          op.build,
        ),
      ],
    ],
  },
  'sklearn-pandas': {
    honest: [
      built(
        'sklearn_pandas.dataframe_mapper.DataFrameMapper',
        dict({ features: [tuple(['a'], null), tuple(['b'], OPEN, dict({}))] }),
      ),
    ],
    hostile: [
      [
        'a feature of four',
        built(
          'sklearn_pandas.dataframe_mapper.DataFrameMapper',
          dict({ features: [tuple(FUNCTION, null, dict({}), 1)] }),
        ),
      ],
      [
        'features that are an object',
        built('sklearn_pandas.dataframe_mapper.DataFrameMapper', dict({ features: OPEN })),
      ],
      [
        'a feature that is an object',
        built('sklearn_pandas.dataframe_mapper.DataFrameMapper', dict({ features: [OPEN] })),
      ],
      ['no features', built('sklearn_pandas.dataframe_mapper.DataFrameMapper', dict({ x: 1 }))],
    ],
  },
  omegaconf: {
    honest: [
      built(
        'omegaconf.dictconfig.DictConfig',
        dict({ _metadata: METADATA, _parent: null, _content: dict({ a: bare('omegaconf.nodes.AnyNode') }) }),
      ),
    ],
    hostile: [
      [
        'a special name in the content',
        built(
          'omegaconf.dictconfig.DictConfig',
          dict({
            _metadata: METADATA,
            _parent: null,
            _content: dict({ __array_interface__: bare('omegaconf.nodes.AnyNode') }),
          }),
        ),
      ],
      [
        'content of others',
        built(
          'omegaconf.dictconfig.DictConfig',
          dict({ _metadata: METADATA, _parent: null, _content: dict({ a: OPEN }) }),
        ),
      ],
      [
        'metadata of others',
        built('omegaconf.dictconfig.DictConfig', dict({ _metadata: OPEN, _parent: null, _content: null })),
      ],
      [
        'a method',
        built(
          'omegaconf.dictconfig.DictConfig',
          dict({ _metadata: METADATA, _parent: null, _content: null, _get_impl: FUNCTION }),
        ),
      ],
    ],
  },
  'python-box': {
    honest: [built('box.box.Box', dict({ _box_config: dict(BOX) }))],
    hostile: [
      ['a default', built('box.box.Box', dict({ _box_config: dict({ ...BOX, default_box: true }) }))],
      ['another class', built('box.box.Box', dict({ _box_config: dict({ ...BOX, default_box_attr: FUNCTION }) }))],
      ['conversions', built('box.box.Box', dict({ _box_config: dict({ ...BOX, box_recast: dict({ a: FUNCTION }) }) }))],
      ['an object', built('box.box.Box', dict({ _box_config: OPEN }))],
      [
        'items after the state',
        raw(...built('box.box.Box', dict({ _box_config: dict(BOX) })).ops, op.binUnicode('a'), op.none, op.setItem),
      ],
    ],
  },
  flaml: {
    honest: [built('flaml.automl.automl.AutoML', dict({ mlflow_integration: null, preserve_checkpoint: true }))],
    hostile: [
      [
        'files that are removed',
        built('flaml.automl.automl.AutoML', dict({ preserve_checkpoint: false, _trained_estimator: OPEN })),
      ],
      [
        'an integration',
        built('flaml.automl.automl.AutoML', dict({ mlflow_integration: OPEN, preserve_checkpoint: true })),
      ],
      ['a method for later', built('sklearn.linear_model._base.LinearRegression', dict({ cleanup: FUNCTION }))],
    ],
  },
  igraph: {
    honest: [
      raw(
        ...called('igraph.Graph', 2, [tuple(0, 1)], false, dict({}), dict({ a: [1, 2] }), dict({})).ops,
        ...write(dict({})),
        op.build,
      ),
    ],
    hostile: [
      ['too many vertices', called('igraph.Graph', 2 ** 30, [], false, dict({}), dict({}), dict({}))],
      ['an object with items', called('igraph.Graph', 2, [], false, OPEN, dict({}), dict({}))],
      ['fewer arguments', called('igraph.Graph', 2)],
    ],
  },
  sortedcontainers: {
    honest: [called('sortedcontainers.sorteddict.SortedDict', null, dict({ a: OPEN }))],
    hostile: [
      ['a key function', called('sortedcontainers.sorteddict.SortedDict', FUNCTION, dict({ a: 1 }))],
      ['an object', called('sortedcontainers.sorteddict.SortedDict', null, OPEN)],
    ],
  },
  'a key function that only computes': {
    honest: [
      called('sortedcontainers.sortedlist.SortedKeyList', [3, 2, 1], named('_operator.neg')),
      called('sortedcontainers.sortedlist.SortedKeyList', ['A', 'b'], member(named('builtins.str'), 'lower')),
      called('sortedcontainers.sorteddict.SortedDict', named('_operator.neg'), { pairs: [[2, 'b']] }),
    ],
    hostile: [
      ['a function of others', called('sortedcontainers.sortedlist.SortedKeyList', [3, 2, 1], FUNCTION)],
      ['items that are objects', called('sortedcontainers.sortedlist.SortedKeyList', [OPEN], named('_operator.neg'))],
      [
        'another method of a text',
        called('sortedcontainers.sortedlist.SortedKeyList', ['a'], member(named('builtins.str'), 'format')),
      ],
      [
        'a method of an object',
        called('sortedcontainers.sortedlist.SortedKeyList', ['a'], member(MODEL, '_log_likelihood_right_censoring')),
      ],
      ['a key that is an object', called('sortedcontainers.sorteddict.SortedDict', named('_operator.neg'), OPEN)],
      [
        'a value that is an object',
        called('sortedcontainers.sorteddict.SortedDict', named('_operator.neg'), dict({ a: OPEN })),
      ],
    ],
  },
  ml_collections: {
    honest: [
      built(
        CONFIG,
        dict({ _fields: dict({ a: 1, b: built(CONFIG, dict(LOCKED)) }), _locked: false, _type_safe: true }),
      ),
      built(
        CONFIG,
        dict({
          ...LOCKED,
          _fields: dict({ a: built(REFERENCE, dict({ ...REFERRED, _field_type: named('builtins.int') })) }),
        }),
      ),
    ],
    hostile: [
      [
        'operations',
        built(CONFIG, dict({ ...LOCKED, _fields: dict({ a: built(REFERENCE, dict({ ...REFERRED, _ops: [OPEN] })) }) })),
      ],
      ['a type of others', built(REFERENCE, dict({ ...REFERRED, _field_type: FUNCTION }))],
      ['a field that is an object', built(CONFIG, dict({ ...LOCKED, _fields: dict({ a: OPEN }) }))],
      ['a field that Python looks for', built(CONFIG, dict({ ...LOCKED, _fields: dict({ __class__: 1 }) }))],
      [
        'a frozen object',
        built('ml_collections.config_dict.config_dict.FrozenConfigDict', dict({ ...LOCKED, _configdict: OPEN })),
      ],
    ],
  },
  'classes whose states are attributes': {
    honest: [
      built('munch.DefaultMunch', tuple(null, dict({ a: OPEN }))),
      built('attr._make.Converter', dict({ converter: named('builtins.int'), takes_self: false, takes_field: false })),
      built('monai.data.dataset.CacheDataset', dict({ _cache: [], data: [OPEN] })),
    ],
    hostile: [
      ['a default that can be called', built('munch.DefaultMunch', tuple(FUNCTION, dict({ a: 1 })))],
      ['a default that is an object', built('munch.DefaultMunch', tuple(OPEN, dict({ a: 1 })))],
      [
        'a converter of others',
        built('attr._make.Converter', dict({ converter: FUNCTION, takes_self: false, takes_field: false })),
      ],
      [
        'a converter that is an object',
        built('attr._make.Converter', dict({ converter: OPEN, takes_self: false, takes_field: false })),
      ],
    ],
  },
  'makers of one class': {
    honest: [
      called('fsspec.spec.make_instance', named('fsspec.implementations.local.LocalFileSystem'), tuple(), dict({})),
      called(
        'toolz.functoolz._restore_curry',
        named('toolz.functoolz.curry'),
        named('toolz.itertoolz.get'),
        tuple(0),
        dict({}),
        tuple(tuple('__name__', 'get')),
        null,
      ),
    ],
    hostile: [
      ['another class', called('fsspec.spec.make_instance', FUNCTION, tuple(), dict({}))],
      [
        'arguments',
        called('fsspec.spec.make_instance', named('fsspec.implementations.local.LocalFileSystem'), tuple(1), dict({})),
      ],
      [
        'keywords',
        called(
          'fsspec.spec.make_instance',
          named('fsspec.implementations.local.LocalFileSystem'),
          tuple(),
          dict({ a: 1 }),
        ),
      ],
      [
        'a text that is imported',
        called(
          'toolz.functoolz._restore_curry',
          named('toolz.functoolz.curry'),
          'os:system',
          tuple(),
          dict({}),
          tuple(),
          true,
        ),
      ],
      [
        'a function of others',
        called(
          'toolz.functoolz._restore_curry',
          named('toolz.functoolz.curry'),
          FUNCTION,
          tuple(),
          dict({}),
          tuple(),
          null,
        ),
      ],
      [
        'arguments that are objects',
        called(
          'toolz.functoolz._restore_curry',
          named('toolz.functoolz.curry'),
          named('toolz.itertoolz.get'),
          tuple(OPEN),
          dict({}),
          tuple(),
          null,
        ),
      ],
      [
        'attributes that are objects',
        called(
          'toolz.functoolz._restore_curry',
          named('toolz.functoolz.curry'),
          named('toolz.itertoolz.get'),
          tuple(),
          dict({}),
          tuple(tuple('_partial', OPEN)),
          null,
        ),
      ],
      [
        'an attribute that numpy looks for',
        called(
          'toolz.functoolz._restore_curry',
          named('toolz.functoolz.curry'),
          named('toolz.itertoolz.get'),
          tuple(),
          dict({}),
          tuple(tuple('__array_interface__', dict({ version: 3 }))),
          null,
        ),
      ],
      [
        'an attribute of a data set that numpy looks for',
        built('monai.data.dataset.CacheDataset', dict({ _cache: [], __array_interface__: dict({ version: 3 }) })),
      ],
      ['a method of a data set', built('monai.data.dataset.CacheDataset', dict({ _cache: [], append: FUNCTION }))],
    ],
  },
  'dicts with any keys': {
    honest: [
      built(
        'cachetools.LFUCache',
        dict({
          _LFUCache__root: LINK,
          _LFUCache__links: {
            pairs: [
              [1, LINK],
              ['a', LINK],
            ],
          },
          _Cache__data: dict({}),
        }),
      ),
      raw(...nested('cachetools', '_TimedCache._Timer', named('time.monotonic')).ops),
    ],
    hostile: [
      [
        'a link of others',
        built(
          'cachetools.LFUCache',
          dict({
            _LFUCache__root: LINK,
            _LFUCache__links: {
              pairs: [
                [1, LINK],
                [2, OPEN],
              ],
            },
          }),
        ),
      ],
      [
        'links that are an object',
        built('cachetools.LFUCache', dict({ _LFUCache__root: LINK, _LFUCache__links: OPEN })),
      ],
      [
        'a root of others',
        built('cachetools.LFUCache', dict({ _LFUCache__root: OPEN, _LFUCache__links: { pairs: [] } })),
      ],
      ['another timer', nested('cachetools', '_TimedCache._Timer', FUNCTION)],
      [
        'a state of the timer',
        raw(
          ...nested('cachetools', '_TimedCache._Timer', named('time.monotonic')).ops,
          ...write(dict({ a: 1 })),
          op.build,
        ),
      ],
      ['a cache with expiring links', built('cachetools.TTLCache', dict({}))],
    ],
  },
  easydict: {
    honest: [],
    hostile: [
      [
        'an item that Python looks for',
        raw(...bare('easydict.EasyDict').ops, ...write('__class__'), ...FUNCTION.ops, op.setItem),
      ],
      [
        'one in a dict of an item',
        raw(...bare('easydict.EasyDict').ops, ...write('a'), ...write(dict({ __class__: FUNCTION })), op.setItem),
      ],
      [
        'one in a list of an item',
        raw(...bare('easydict.EasyDict').ops, ...write('a'), ...write([dict({ __setstate__: FUNCTION })]), op.setItem),
      ],
      [
        'a method that others call',
        raw(...bare('easydict.EasyDict').ops, ...write('update'), ...FUNCTION.ops, op.setItem),
      ],
    ],
  },
  'what asks an object for a name': {
    honest: [
      built('cmdstanpy.stanfit.mle.CmdStanMLE', dict({ _mle: OPEN })),
      built(
        'flaml.automl.automl.AutoML',
        dict({ preserve_checkpoint: true, _trained_estimator: built('flaml.automl.model.LGBMEstimator', dict({})) }),
      ),
      built(
        'stable_baselines3.common.vec_env.vec_normalize.VecNormalize',
        dict({ norm_obs_keys: null, clip_obs: 10, observation_space: OPEN }),
      ),
      called('formulaic.model_matrix.ModelMatrix', bare('pandas.core.frame.DataFrame'), null),
      called(
        'bayes_opt.parameter.wrap_kernel',
        built('sklearn.gaussian_process.kernels.Matern', dict({ nu: 2.5 })),
        member(bare('bayes_opt.target_space.TargetSpace'), 'kernel_transform'),
      ),
      called('dateutil.tz.tz.tzlocal'),
    ],
    hostile: [
      ['a method behind __getattr__', built('cmdstanpy.stanfit.mle.CmdStanMLE', dict({ stan_variable: FUNCTION }))],
      [
        'an estimator of others',
        built('flaml.automl.automl.AutoML', dict({ preserve_checkpoint: true, _trained_estimator: OPEN })),
      ],
      ...['getattr_depth_check', 'getattr_recursive', '_get_all_attributes'].map(
        (name) =>
          [
            name,
            built(
              'stable_baselines3.common.vec_env.vec_normalize.VecNormalize',
              dict({ norm_obs_keys: null, [name]: FUNCTION }),
            ),
          ] as const,
      ),
      ['a proxy of an open object', called('formulaic.model_matrix.ModelMatrix', OPEN, null)],
      [
        'get_params of a kernel',
        called(
          'bayes_opt.parameter.wrap_kernel',
          built('sklearn.gaussian_process.kernels.Matern', dict({ get_params: FUNCTION })),
          member(bare('bayes_opt.target_space.TargetSpace'), 'kernel_transform'),
        ),
      ],
      [
        'a kernel of kernels',
        called(
          'bayes_opt.parameter.wrap_kernel',
          built('sklearn.gaussian_process.kernels.Sum', dict({ k1: OPEN })),
          member(bare('bayes_opt.target_space.TargetSpace'), 'kernel_transform'),
        ),
      ],
      ['a cycle of an open object', called('itertools.cycle', OPEN)],
      ['a file of time zones', called('dateutil.tz._tzfile.tzfile', '/zz')],
    ],
  },
  'dicts that are made of pairs': {
    honest: [
      called('collections.OrderedDict', [[1, OPEN]]),
      called('copyreg._reconstructor', named('addict.addict.Dict'), named('builtins.dict'), dict({ a: OPEN })),
    ],
    hostile: [
      ['with a key that nobody knows to hash', called('collections.OrderedDict', [[OPEN, 1]])],
      ['with a tuple of such a key', called('collections.OrderedDict', [tuple(tuple(1, OPEN), 1)])],
      ['of what is iterated over', called('collections.OrderedDict', [OPEN])],
      [
        'of another class',
        called('copyreg._reconstructor', named('addict.addict.Dict'), named('builtins.dict'), [tuple(OPEN, 1)]),
      ],
      [
        'of another class, of what is iterated over',
        called('copyreg._reconstructor', named('addict.addict.Dict'), named('builtins.dict'), [OPEN]),
      ],
      [
        'of a class that was made',
        called('copyreg._reconstructor', created('A', named('builtins.list'), dict({})), named('builtins.dict'), [
          tuple(OPEN, 1),
        ]),
      ],
    ],
  },
  'networkx.classes.reportviews.OutEdgeView': {
    honest: [
      built('networkx.classes.reportviews.OutEdgeView', dict({ _graph: OPEN, _adjdict: { pairs: [[1, dict({})]] } })),
      built(
        'networkx.classes.reportviews.EdgeView',
        dict({ _graph: OPEN, _adjdict: bare('networkx.classes.coreviews.FilterAdjacency') }),
      ),
    ],
    hostile: [
      ['what answers any name', built('networkx.classes.reportviews.OutEdgeView', dict({ _graph: 1, _adjdict: OPEN }))],
      [
        'the same of an undirected one',
        built('networkx.classes.reportviews.EdgeView', dict({ _graph: 1, _adjdict: OPEN })),
      ],
      ['what is reversed', built('networkx.classes.reportviews.InEdgeView', dict({ _graph: 1, _adjdict: OPEN }))],
      ['what has keys', built('networkx.classes.reportviews.MultiEdgeView', dict({ _graph: 1, _adjdict: OPEN }))],
    ],
  },
  'networkx.classes.coreviews.FilterAtlas': {
    honest: [
      built(
        'networkx.classes.coreviews.FilterAtlas',
        dict({ _atlas: dict({}), NODE_OK: named('networkx.classes.filters.no_filter') }),
      ),
      built(
        'networkx.classes.coreviews.FilterAdjacency',
        dict({
          _atlas: dict({}),
          NODE_OK: bare('networkx.classes.filters.show_nodes'),
          EDGE_OK: named('networkx.classes.filters.no_filter'),
        }),
      ),
    ],
    hostile: [
      ['a function', built('networkx.classes.coreviews.FilterAtlas', dict({ _atlas: [0], NODE_OK: FUNCTION }))],
      [
        'a function of edges',
        built(
          'networkx.classes.coreviews.FilterAdjacency',
          dict({ _atlas: [0], NODE_OK: named('networkx.classes.filters.no_filter'), EDGE_OK: FUNCTION }),
        ),
      ],
    ],
  },
  'skimage.measure._regionprops.RegionProperties': {
    honest: [
      built(
        'skimage.measure._regionprops.RegionProperties',
        dict({ label: 1, _extra_properties: dict({}), _cache: dict({}) }),
      ),
      built('skimage.measure._regionprops.RegionProperties', dict({ label: 1 })),
    ],
    hostile: [
      [
        'a function for a missing name',
        built('skimage.measure._regionprops.RegionProperties', dict({ _extra_properties: dict({ items: FUNCTION }) })),
      ],
      ['an object', built('skimage.measure._regionprops.RegionProperties', dict({ _extra_properties: OPEN }))],
    ],
  },
  'accelerate.optimizer.AcceleratedOptimizer': {
    honest: [
      built(
        'accelerate.optimizer.AcceleratedOptimizer',
        dict({ optimizer: bare('torch.optim.adamw.AdamW'), scaler: null, device_placement: true }),
      ),
    ],
    hostile: [
      ['no optimizer', built('accelerate.optimizer.AcceleratedOptimizer', dict({ optimizer: OPEN, scaler: 1 }))],
    ],
  },
  'sqlalchemy.sql.base.ReadOnlyColumnCollection': {
    honest: [
      built(
        'sqlalchemy.sql.base.ReadOnlyColumnCollection',
        dict({
          _parent: built(
            'sqlalchemy.sql.base.DedupeColumnCollection',
            dict({ _collection: [tuple('a', bare('sqlalchemy.sql.schema.Column'))], _index: { pairs: [[0, 1]] } }),
          ),
        }),
      ),
    ],
    hostile: [
      ['what answers any name', built('sqlalchemy.sql.base.ReadOnlyColumnCollection', dict({ _parent: OPEN }))],
      [
        'what is iterated over',
        built('sqlalchemy.sql.base.DedupeColumnCollection', dict({ _collection: OPEN, _index: dict({}) })),
      ],
      [
        'what is unpacked',
        built('sqlalchemy.sql.base.DedupeColumnCollection', dict({ _collection: [OPEN], _index: dict({}) })),
      ],
      [
        'what is hashed',
        built(
          'sqlalchemy.sql.base.DedupeColumnCollection',
          dict({ _collection: [tuple('a', OPEN)], _index: dict({}) }),
        ),
      ],
    ],
  },
  'messages of onnx': {
    honest: [
      raw(...called('onnx.onnx_ml_pb2.GraphProto').ops, ...write(dict({ serialized: IMAGE })), op.build),
      raw(...called('onnx.onnx_ml_pb2.NodeProto').ops, ...write(dict({ serialized: 'a' })), op.build),
    ],
    hostile: [
      [
        'what is encoded',
        raw(...called('onnx.onnx_ml_pb2.GraphProto').ops, ...write(dict({ serialized: OPEN })), op.build),
      ],
    ],
  },
  'einops.layers.torch': {
    honest: [
      built('einops.layers.torch.Rearrange', dict({ pattern: 'a b -> b a', axes_lengths: dict({ a: 2 }) })),
      built('einops.layers.torch.Reduce', dict({ pattern: 'a b -> a', reduction: 'mean', axes_lengths: dict({}) })),
    ],
    hostile: [
      ['what is split', built('einops.layers.torch.Rearrange', dict({ pattern: OPEN, axes_lengths: dict({}) }))],
      ['what has keys', built('einops.layers.torch.Rearrange', dict({ pattern: 'a -> a', axes_lengths: OPEN }))],
      [
        'what is hashed',
        built('einops.layers.torch.Reduce', dict({ pattern: 'a -> ', reduction: OPEN, axes_lengths: dict({}) })),
      ],
    ],
  },
  'sets of the time before protocol 4': {
    honest: [called('builtins.set', [1, 'a'])],
    hostile: [
      ['of what nobody knows to hash', called('builtins.set', [OPEN])],
      ['within a tuple', called('builtins.frozenset', [tuple(1, OPEN)])],
    ],
  },
};

describe('shapes of calls and states', () => {
  test('every line can be read, and says something', () => {
    let count = 0;
    for (const { words, text } of entriesOf('shape')) {
      const { calls, news, states, partials } = readShapes(text);
      expect(calls.length + news.length + states.length + partials.length, words.join(' ')).toBeGreaterThan(0);
      count += 1;
    }
    expect(count).toBeGreaterThan(80);
  });

  test.each([
    '',
    'made()',
    'call(',
    'call(odd)',
    'state {a}',
    'call() new()',
    'state {a: int',
    "call('a)",
    'call(a*, b)',
  ])('%j is no line', (line) => expect(() => readShapes(line)).toThrow(/call shapes/));

  for (const [library, { honest, hostile }] of Object.entries(CASES)) {
    test.each(honest.map((value, i) => [i, value] as const))(`${library}: save %i passes`, async (_, value) => {
      expect(await verdict(value)).toBe('pass');
    });
    test.each(hostile)(`${library}: %s does not pass`, async (_, value) => {
      expect(await verdict(value)).not.toBe('pass');
    });
  }
});

describe('keys that are not distinguished', () => {
  const deep = tuple(tuple(tuple(tuple(tuple(tuple(OPEN))))));
  const keys: readonly (readonly [string, Given])[] = [
    ['so deep in a set', called('builtins.set', [deep])],
    ['among so many in a set', called('builtins.set', [...Array.from({ length: 100 }, () => 1), OPEN])],
    ['so deep in a dict', { pairs: [[deep, 1]] }],
  ];
  test.each(keys)('%s: the classes that were made may be hashed', async (_, value) => {
    const bytes = pickleOf([op.proto(2), ...write(value), op.stop]);
    const report = await scan([{ path: 'a.pkl', source: memorySource(bytes), size: bytes.length }]);
    expect(report.findings.map(({ ruleId }) => ruleId)).toContain('PICKLE-GLOBAL-IMPORT');
    expect(report.findings.some(({ message }) => message.includes('LinearRegression'))).toBe(true);
  });
});

describe('shapes of any kind', () => {
  const names = entriesOf('shape').map(({ words }) => words);
  test.each(names)(
    '%s %s: an unlisted call, an object as state, and a class as attribute do not pass',
    async (module, name) => {
      const global = op.global(module, name);
      const made = [global, op.emptyTuple, op.newObj];
      const streams: readonly (readonly Op[])[] = [
        [global, ...write(tuple(OPEN, OPEN)), op.reduce],
        [global, ...write(tuple(OPEN)), op.newObj],
        [...made, ...write(OPEN), op.build],
        [...made, ...write(dict({ __class__: FUNCTION })), op.build],
        [...made, ...write(tuple(null, dict({ __class__: FUNCTION }))), op.build],
        [global, ...write(dict({ a: 1 })), op.build],
        [...made, op.mark, op.none, ...OPEN.ops, op.setItems, ...write(dict({ __setstate__: FUNCTION })), op.build],
      ];
      for (const ops of streams) expect(await verdict(raw(...ops))).not.toBe('pass');
    },
  );
});
