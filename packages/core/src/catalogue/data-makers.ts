/**
 * Callables whose results are inert values: what they hold is what they were given, and neither making one nor handing
 * it to another of them calls anything that the stream could choose. Results of all others count as open: whoever is
 * given one may call its methods. One line per module: `module: name name`.
 */
const DATA_MAKERS = `
_codecs: encode
array: array _array_reconstructor
builtins: bytearray bytes complex float frozenset int list range set slice tuple
__builtin__: bytearray bytes complex float frozenset int list long range set slice tuple unicode xrange
collections: Counter OrderedDict defaultdict deque
_collections: OrderedDict defaultdict deque
ordereddict: OrderedDict
datetime: date datetime time timedelta timezone
dateutil.tz: tzlocal tzoffset tzrange tzutc
dateutil.tz.tz: tzlocal tzoffset tzrange tzutc
decimal: Decimal
_decimal: Decimal
_pydecimal: Decimal
fractions: Fraction
ipaddress: IPv4Address IPv4Interface IPv4Network IPv6Address IPv6Interface IPv6Network
numpy: dtype
numpy.core._internal: _convert_to_stringdtype_kwargs _reconstruct
numpy._core._internal: _convert_to_stringdtype_kwargs
numpy.core: _DType_reconstruct
numpy._core: _DType_reconstruct
numpy.core.multiarray: _reconstruct scalar
numpy._core.multiarray: _reconstruct scalar
numpy.core._multiarray_umath: _reconstruct scalar
numpy._core._multiarray_umath: _reconstruct scalar
numpy.core.numeric: _frombuffer
numpy._core.numeric: _frombuffer
numpy.ma.core: _mareconstruct MaskedConstant
numpy.random: __RandomState_ctor
numpy.random.mtrand: __RandomState_ctor
numpy.random._pickle: __bit_generator_ctor __generator_ctor __randomstate_ctor
numpy.random.bit_generator: __pyx_unpickle_SeedSequence __pyx_unpickle_SeedlessSeedSequence
pandas: Interval Period Timedelta Timestamp
pandas._libs.arrays: __pyx_unpickle_NDArrayBacked
pandas._libs.interval: Interval __pyx_unpickle_IntervalMixin
pandas._libs.sparse: BlockIndex IntIndex
pandas._libs.tslib: __nat_unpickle Timestamp
pandas._libs.tslibs.period: Period __pyx_unpickle_PeriodMixin
pandas._libs.tslibs.timedeltas: Timedelta
pandas._libs.tslibs.timestamps: Timestamp
pandas._period: Period
pandas.tslib: Timestamp
pandas.core.index: _new_Index
pandas.core.indexes.base: _new_Index
pandas.core.indexes.datetimes: _new_DatetimeIndex
pandas.core.indexes.interval: _new_IntervalIndex
pandas.core.indexes.period: _new_PeriodIndex
pandas.core.indexes.timedeltas: _new_TimedeltaIndex
pandas.indexes.base: _new_Index
pandas.tseries.index: _new_DatetimeIndex
pandas.tseries.period: _new_PeriodIndex
pyarrow.lib: _restore_array chunked_array py_buffer time32 time64 timestamp duration decimal128 decimal256 list_ large_list struct dictionary field map_ type_for_alias binary string
pandas._libs.tslibs.nattype: __nat_unpickle _nat_unpickle
pandas._libs.tslibs.timedeltas: _timedelta_unpickle
pandas._libs.tslibs.timestamps: _unpickle_timestamp
pathlib: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
pathlib._local: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
pytz: _UTC _p
re: RegexFlag _compile
time: struct_time
torch: Size device
torch._utils: _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_qtensor
torch.serialization: _get_layout
torch.storage: _load_from_bytes
statsmodels.tools.decorators: ResettableCache
statsmodels.tsa.statespace._initialization: dInitialization zInitialization cInitialization sInitialization
statsmodels.tsa.statespace._kalman_filter: dKalmanFilter zKalmanFilter cKalmanFilter sKalmanFilter
statsmodels.tsa.statespace._representation: dStatespace zStatespace cStatespace sStatespace
uuid: UUID
zoneinfo: ZoneInfo ZoneInfo._unpickle
`;

/** Subclasses of dict and their like, with a dict of attributes. */
const CONTAINERS = new Set(['OrderedDict', 'defaultdict', 'Counter', 'deque', 'ResettableCache']);
let makers: ReadonlySet<string> | undefined;

/** What calling a global gives. Instances of pandas have attributes of their own; makers of pandas take them. */
export function givesOf(module: string, name: string): 'data' | 'items' | 'kin' | 'open' {
  if (isDataMaker(module, name)) return CONTAINERS.has(name) ? 'items' : 'data';
  return module === 'pandas' || module.startsWith('pandas.') ? 'kin' : 'open';
}

function isDataMaker(module: string, name: string): boolean {
  if (makers === undefined) {
    const names = new Set<string>();
    for (const line of DATA_MAKERS.trim().split('\n')) {
      const colon = line.indexOf(': ');
      for (const one of line.slice(colon + 2).split(' ')) names.add(`${line.slice(0, colon)}\n${one}`);
    }
    makers = names;
  }
  return makers.has(`${module}\n${name}`);
}
