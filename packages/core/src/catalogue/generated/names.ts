// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { ResultRow } from '../rows.js';

/** Callables whose results are inert values. */
export const RESULTS: readonly ResultRow[] = [
  { gives: 'data', names: `__builtin__: bytearray bytes complex float frozenset int list long range set slice tuple unicode xrange
_codecs: encode
_decimal: Decimal
_pydecimal: Decimal
array: _array_reconstructor array
builtins: bytearray bytes complex float frozenset int list range set slice tuple
datetime: date datetime time timedelta timezone
dateutil.tz: tzlocal tzoffset tzrange tzutc
dateutil.tz.tz: tzlocal tzoffset tzrange tzutc
decimal: Decimal
fractions: Fraction
ipaddress: IPv4Address IPv4Interface IPv4Network IPv6Address IPv6Interface IPv6Network
numpy: dtype
numpy._core: _DType_reconstruct
numpy._core._internal: _convert_to_stringdtype_kwargs
numpy._core._multiarray_umath: _reconstruct scalar
numpy._core.multiarray: _reconstruct scalar
numpy._core.numeric: _frombuffer
numpy.core: _DType_reconstruct
numpy.core._internal: _convert_to_stringdtype_kwargs _reconstruct
numpy.core._multiarray_umath: _reconstruct scalar
numpy.core.multiarray: _reconstruct scalar
numpy.core.numeric: _frombuffer
numpy.ma.core: MaskedConstant _mareconstruct
numpy.random: __RandomState_ctor
numpy.random._pickle: __bit_generator_ctor __generator_ctor __randomstate_ctor
numpy.random.bit_generator: __pyx_unpickle_SeedSequence __pyx_unpickle_SeedlessSeedSequence
numpy.random.mtrand: __RandomState_ctor
pandas: Interval Period Timedelta Timestamp
pandas._libs.arrays: __pyx_unpickle_NDArrayBacked
pandas._libs.interval: Interval __pyx_unpickle_IntervalMixin
pandas._libs.sparse: BlockIndex IntIndex
pandas._libs.tslib: Timestamp __nat_unpickle
pandas._libs.tslibs.nattype: __nat_unpickle _nat_unpickle
pandas._libs.tslibs.period: Period __pyx_unpickle_PeriodMixin
pandas._libs.tslibs.timedeltas: Timedelta _timedelta_unpickle
pandas._libs.tslibs.timestamps: Timestamp _unpickle_timestamp
pandas._period: Period
pandas.core.index: _new_Index
pandas.core.indexes.base: _new_Index
pandas.core.indexes.datetimes: _new_DatetimeIndex
pandas.core.indexes.interval: _new_IntervalIndex
pandas.core.indexes.period: _new_PeriodIndex
pandas.core.indexes.timedeltas: _new_TimedeltaIndex
pandas.indexes.base: _new_Index
pandas.tseries.index: _new_DatetimeIndex
pandas.tseries.period: _new_PeriodIndex
pandas.tslib: Timestamp
pathlib: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
pathlib._local: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
pyarrow.lib: _restore_array binary chunked_array decimal128 decimal256 dictionary duration field large_list list_ map_ py_buffer string struct time32 time64 timestamp type_for_alias
pytz: _UTC _p
re: RegexFlag _compile
statsmodels.tsa.statespace._initialization: cInitialization dInitialization sInitialization zInitialization
statsmodels.tsa.statespace._kalman_filter: cKalmanFilter dKalmanFilter sKalmanFilter zKalmanFilter
statsmodels.tsa.statespace._representation: cStatespace dStatespace sStatespace zStatespace
time: struct_time
torch: Size device
torch._utils: _rebuild_parameter _rebuild_qtensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3
torch.serialization: _get_layout
torch.storage: _load_from_bytes
uuid: SafeUUID UUID
zoneinfo: ZoneInfo ZoneInfo._unpickle` },
  { gives: 'items', names: `_collections: OrderedDict defaultdict deque
collections: Counter OrderedDict defaultdict deque
ordereddict: OrderedDict
statsmodels.tools.decorators: ResettableCache` },
];

/** Classes and functions within classes that saves write. */
export const NESTED = [{ names: `zoneinfo: ZoneInfo._unpickle
scipy.interpolate._interpolate: interp1d._call_linear interp1d._call_linear_np interp1d._call_nan_spline interp1d._call_nearest interp1d._call_previousnext interp1d._call_spline
scipy.interpolate._rbf: Rbf._call_norm Rbf._h_cubic Rbf._h_gaussian Rbf._h_inverse_multiquadric Rbf._h_linear Rbf._h_multiquadric Rbf._h_quintic Rbf._h_thin_plate
scipy.interpolate.interpolate: interp1d._call_linear interp1d._call_linear_np interp1d._call_nan_spline interp1d._call_nearest interp1d._call_previousnext interp1d._call_spline
scipy.interpolate.rbf: Rbf._call_norm Rbf._euclidean_norm Rbf._h_cubic Rbf._h_gaussian Rbf._h_inverse_multiquadric Rbf._h_linear Rbf._h_multiquadric Rbf._h_quintic Rbf._h_thin_plate
torch.optim.lr_scheduler: CyclicLR._exp_range_scale_fn CyclicLR._triangular2_scale_fn CyclicLR._triangular_scale_fn
cachetools: LFUCache._Link TTLCache._Link
causalml.inference.tree.uplift: UpliftTreeClassifier.arr_evaluate_KL UpliftTreeClassifier.evaluate_KL
fastai.tabular.core: FillStrategy.median
flaml.tune.sample: Categorical._Uniform Float._LogUniform Float._Uniform Integer._LogUniform Integer._Uniform
lightning.pytorch.callbacks.stochastic_weight_avg: StochasticWeightAveraging.avg_fn
river.naive_bayes.gaussian: GaussianNB._make_gaussian
river.tree.splitter.ebst_splitter: EBSTNode._update_estimator_univariate
river.cluster.denstream: DenStream.BufferItem
shap.utils._legacy: IdentityLink.f
sqlalchemy.sql.sqltypes: HasExpressionLookup.Comparator` }];

/** Classes whose state sets attributes one by one, `module.Class`. */
export const SLOTS = `dateutil._common.weekday
scipy.interpolate._cubic.Akima1DInterpolator
scipy.interpolate._cubic.CubicHermiteSpline
scipy.interpolate._cubic.CubicSpline
scipy.interpolate._cubic.PchipInterpolator
scipy.interpolate._interpolate.BPoly
scipy.interpolate._interpolate.PPoly
scipy.interpolate._interpolate._BPoly
scipy.interpolate._interpolate._PPoly
scipy.interpolate._interpolate.interp1d
scipy.interpolate._polyint.BarycentricInterpolator
scipy.interpolate._polyint.KroghInterpolator
scipy.interpolate.interpolate.BPoly
scipy.interpolate.interpolate.PPoly
scipy.interpolate.interpolate.interp1d
scipy.interpolate.polyint.BarycentricInterpolator
scipy.interpolate.polyint.KroghInterpolator
sklearn.utils._tags.ClassifierTags
sklearn.utils._tags.InputTags
sklearn.utils._tags.RegressorTags
sklearn.utils._tags.Tags
sklearn.utils._tags.TargetTags
sklearn.utils._tags.TransformerTags`;

/** Names of Python 2 and what Python 3 looks up for them: module, name, module, name. */
export const RENAMED = `UserDict IterableUserDict collections UserDict
UserDict UserDict collections UserDict
UserList UserList collections UserList
UserString UserString collections UserString
__builtin__ basestring builtins str
__builtin__ intern sys intern
__builtin__ long builtins int
__builtin__ reduce functools reduce
__builtin__ unichr builtins chr
__builtin__ unicode builtins str
__builtin__ xrange builtins range
_multiprocessing Connection multiprocessing.connection Connection
_socket fromfd socket fromfd
exceptions ArithmeticError builtins ArithmeticError
exceptions AssertionError builtins AssertionError
exceptions AttributeError builtins AttributeError
exceptions BaseException builtins BaseException
exceptions BufferError builtins BufferError
exceptions BytesWarning builtins BytesWarning
exceptions DeprecationWarning builtins DeprecationWarning
exceptions EOFError builtins EOFError
exceptions EnvironmentError builtins EnvironmentError
exceptions Exception builtins Exception
exceptions FloatingPointError builtins FloatingPointError
exceptions FutureWarning builtins FutureWarning
exceptions GeneratorExit builtins GeneratorExit
exceptions IOError builtins IOError
exceptions ImportError builtins ImportError
exceptions ImportWarning builtins ImportWarning
exceptions IndentationError builtins IndentationError
exceptions IndexError builtins IndexError
exceptions KeyError builtins KeyError
exceptions KeyboardInterrupt builtins KeyboardInterrupt
exceptions LookupError builtins LookupError
exceptions MemoryError builtins MemoryError
exceptions NameError builtins NameError
exceptions NotImplementedError builtins NotImplementedError
exceptions OSError builtins OSError
exceptions OverflowError builtins OverflowError
exceptions PendingDeprecationWarning builtins PendingDeprecationWarning
exceptions ReferenceError builtins ReferenceError
exceptions RuntimeError builtins RuntimeError
exceptions RuntimeWarning builtins RuntimeWarning
exceptions StandardError builtins Exception
exceptions StopIteration builtins StopIteration
exceptions SyntaxError builtins SyntaxError
exceptions SyntaxWarning builtins SyntaxWarning
exceptions SystemError builtins SystemError
exceptions SystemExit builtins SystemExit
exceptions TabError builtins TabError
exceptions TypeError builtins TypeError
exceptions UnboundLocalError builtins UnboundLocalError
exceptions UnicodeDecodeError builtins UnicodeDecodeError
exceptions UnicodeEncodeError builtins UnicodeEncodeError
exceptions UnicodeError builtins UnicodeError
exceptions UnicodeTranslateError builtins UnicodeTranslateError
exceptions UnicodeWarning builtins UnicodeWarning
exceptions UserWarning builtins UserWarning
exceptions ValueError builtins ValueError
exceptions Warning builtins Warning
exceptions ZeroDivisionError builtins ZeroDivisionError
itertools ifilter builtins filter
itertools ifilterfalse itertools filterfalse
itertools imap builtins map
itertools izip builtins zip
itertools izip_longest itertools zip_longest
multiprocessing AuthenticationError multiprocessing.context AuthenticationError
multiprocessing BufferTooShort multiprocessing.context BufferTooShort
multiprocessing ProcessError multiprocessing.context ProcessError
multiprocessing TimeoutError multiprocessing.context TimeoutError
multiprocessing.forking Popen multiprocessing.popen_fork Popen
multiprocessing.process Process multiprocessing.context Process
socket _socketobject socket SocketType
urllib ContentTooShortError urllib.error ContentTooShortError
urllib getproxies urllib.request getproxies
urllib pathname2url urllib.request pathname2url
urllib quote urllib.parse quote
urllib quote_plus urllib.parse quote_plus
urllib unquote urllib.parse unquote
urllib unquote_plus urllib.parse unquote_plus
urllib url2pathname urllib.request url2pathname
urllib urlcleanup urllib.request urlcleanup
urllib urlencode urllib.parse urlencode
urllib urlopen urllib.request urlopen
urllib urlretrieve urllib.request urlretrieve
urllib2 HTTPError urllib.error HTTPError
urllib2 URLError urllib.error URLError
whichdb whichdb dbm whichdb`;

/** Modules of Python 2 and what Python 3 imports for them. */
export const RENAMED_MODULES = `BaseHTTPServer http.server
CGIHTTPServer http.server
ConfigParser configparser
Cookie http.cookies
Dialog tkinter.dialog
DocXMLRPCServer xmlrpc.server
FileDialog tkinter.filedialog
HTMLParser html.parser
Queue queue
ScrolledText tkinter.scrolledtext
SimpleDialog tkinter.simpledialog
SimpleHTTPServer http.server
SimpleXMLRPCServer xmlrpc.server
SocketServer socketserver
StringIO io
Tix tkinter.tix
Tkconstants tkinter.constants
Tkdnd tkinter.dnd
Tkinter tkinter
UserDict collections
UserList collections
UserString collections
__builtin__ builtins
_abcoll collections.abc
_elementtree xml.etree.ElementTree
_winreg winreg
anydbm dbm
cPickle pickle
cStringIO io
commands subprocess
cookielib http.cookiejar
copy_reg copyreg
dbhash dbm.bsd
dbm dbm.ndbm
dumbdbm dbm.dumb
dummy_thread _dummy_thread
gdbm dbm.gnu
htmlentitydefs html.entities
httplib http.client
markupbase _markupbase
repr reprlib
robotparser urllib.robotparser
test.test_support test.support
thread _thread
tkColorChooser tkinter.colorchooser
tkCommonDialog tkinter.commondialog
tkFileDialog tkinter.filedialog
tkFont tkinter.font
tkMessageBox tkinter.messagebox
tkSimpleDialog tkinter.simpledialog
ttk tkinter.ttk
urllib2 urllib.request
urlparse urllib.parse
whichdb dbm
xmlrpclib xmlrpc.client`;

/** Modules that no Python 3 has. */
export const PYTHON2_MODULES = `UserDict
UserList
UserString
__builtin__
cookielib
copy_reg
exceptions
ordereddict
sets`;

/** `module name` of what PyTorch's C++ unpickler knows. */
export const TORCHSCRIPT_NAMES = `torch.jit._pickle build_boollist
torch.jit._pickle build_doublelist
torch.jit._pickle build_intlist
torch.jit._pickle build_tensor_from_id
torch.jit._pickle build_tensorlist
torch.jit._pickle restore_type_tag`;
