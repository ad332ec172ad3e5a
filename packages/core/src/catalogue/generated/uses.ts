// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { UseSection } from '../rows.js';

export const USES: readonly UseSection[] = [
  {
    packages: 'builtins __builtin__ exceptions',
    isClosed: true,
    lines: `bytes: r0()
complex: r2()
frozenset set: r1(n,gdoupe) r0()
object: n0()
range xrange slice: r1(d,d) r2(d,d) r3(d,d)
bool int float long str dict list tuple unicode basestring Ellipsis NotImplemented None True False getattr type:
*: r*(gdonpe,gdope)F bD(gdoupe)rl`,
  },
  {
    packages: 'collections _collections ordereddict',
    isClosed: true,
    lines: `OrderedDict: r0() r1(n,gdoupe) s(gdoupe)rA_ s(d)rlA_ bD(gdoupe)r
defaultdict: r1(gop,gdope)F r0() s(gdoupe)rA_ s(d)rlA_ bD(gdoupe)r
deque: r0() r1(n,gdope) r2(n,gdope) a(gdoupe)rA a(d)rlA bD(gdoupe)r
Counter: r0() r1(n,gdpes) bD(gdoupe)r
ChainMap UserList UserDict: n0() bD(gdoupe)l
UserString: n0() n1() bD(gdoupe)l`,
  },
  {
    packages: 'copyreg copy_reg',
    isClosed: true,
    lines: `_reconstructor __newobj__: n*(gdonpe,gdoupe)F`,
  },
  {
    packages: 'types',
    isClosed: true,
    lines: `SimpleNamespace: r0() bD(gdoupe)rl
NoneType EllipsisType NotImplementedType:`,
  },
  {
    packages: 'argparse',
    lines: `Namespace: n0() bD(gdoupe)l`,
  },
  {
    packages: 'functools _functools',
    isClosed: true,
    lines: `partial: bT4(gdoupe)rl`,
  },
  {
    packages: '_codecs',
    isClosed: true,
    lines: `encode:`,
  },
  {
    packages: 'io _io',
    lines: `BytesIO: bT3(gdope)l
StringIO: bT4(gdope)l`,
  },
  {
    packages: 'array',
    lines: `array: r2(n,)
_array_reconstructor: r4(gd,gd)`,
  },
  {
    packages: 'datetime',
    lines: `date datetime time: r1(do,do) r2(do,do) r*()
timedelta: r3()
tzinfo: r0()
timezone: r1(d,d) r2(d,d)`,
  },
  {
    packages: 'decimal _decimal _pydecimal',
    lines: `Decimal: r1(n,)
Context: r*(n,g)
*: r*() bD()rl`,
  },
  {
    packages: 'fractions',
    lines: `Fraction: r1() r2(d,d)`,
  },
  {
    packages: 'uuid',
    lines: `SafeUUID: r1()
UUID!: n0() bD(d)l`,
  },
  {
    packages: 'ipaddress',
    lines: `*: r1()`,
  },
  {
    packages: 'urllib urlparse os posix nt difflib',
    lines: `*: n*(dn,d)`,
  },
  {
    packages: 'time',
    lines: `struct_time: r1(n,) r2(n,)`,
  },
  {
    packages: 'pathlib',
    lines: `*: r*()`,
  },
  {
    packages: 'random _random',
    lines: `Random: r0() bT3(d)rl`,
  },
  {
    packages: 're',
    lines: `_compile: r2(d,d)
RegexFlag: r1()`,
  },
  {
    packages: 'zoneinfo',
    lines: `ZoneInfo._unpickle: r2()`,
  },
  {
    packages: 'pytz',
    lines: `_UTC: r0()
_p: r*()`,
  },
  {
    packages: 'dateutil',
    lines: `weekday: r*() n0() bP(d)
tzutc! tzlocal! tzrange!: n0() bD(d)l r*()
tzoffset!: n0() bD(d)l r*() r2(d,d)
tzstr!: n0() bD(do)l r*()
tzfile!: n0() bD(d)l`,
  },
  {
    packages: 'joblib',
    lines: `NumpyArrayWrapper: k`,
  },
  {
    packages: 'numpy',
    isClosed: true,
    lines: `dtype: r3(g,g) bT8(gd)r bT9(gd)r
_reconstruct: r3(gdn,gd)F bT5(gdope)r bT5(gd)rl bT2(gdope)r bT6(gdope)r
_mareconstruct _mrreconstruct: r4(gdn,gd)F bT7(gdope)r bT8(gdope)r
_frombuffer: r4(dn,d) r5(dn,d)
_DType_reconstruct: r*(gd,gd)
_convert_to_stringdtype_kwargs: r*(d,d)
MaskedConstant: r0()
vectorize: n0() bD(gdope)l_
poly1d Polynomial Chebyshev Hermite HermiteE Laguerre Legendre: n0() bD(d)l
EighResult SVDResult QRResult EigResult SlogdetResult UniqueAllResult UniqueCountsResult UniqueInverseResult: n2(d,d) n3(d,d) n4(d,d)
MT19937! PCG64! PCG64DXSM! Philox! SFC64!:
__RandomState_ctor: r0() bT5(d)rl
__bit_generator_ctor: bT2(d)rl bD(d)rl
__generator_ctor __randomstate_ctor: bD(d)rl
__pyx_unpickle_SeedSequence __pyx_unpickle_SeedlessSeedSequence: r3(gn,gd) bT5(d)rl`,
  },
  {
    packages: 'pandas',
    lines: `DataFrame! Series! Panel!: n0() bD(gdupe)l
NamedAgg: n1() n2()
DatetimeTZDtype: bD(gdope)l
_new_Index _new_DatetimeIndex _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex: r2(gn,gdpe)
ArrowExtensionArray! ArrowStringArray! Categorical!: n0() bD(gdupe)l bT3(gdpe)l
Interval: r3(d,d)
Period: r3(dp,dp)
Timedelta: r1(d,d)
Timestamp _unpickle_timestamp: r3(dop,dop) r4(dop,dop)
_timedelta_unpickle: r2(d,d)
__nat_unpickle _nat_unpickle: r1() r0()
PeriodDtype: r1(p,p) r1()
StringDtype: r1(g,g) r2(g,g)
DateOffset: r0() n0() bD(gdop)rl
BDay BHalfYearBegin BHalfYearEnd BMonthBegin BMonthEnd BQuarterBegin BQuarterEnd BYearBegin BYearEnd BusinessDay BusinessHour BusinessMonthBegin BusinessMonthEnd CBMonthBegin CBMonthEnd CDay CustomBusinessDay CustomBusinessHour CustomBusinessMonthBegin CustomBusinessMonthEnd Day Easter FY5253 FY5253Quarter HalfYearBegin HalfYearEnd Hour LastWeekOfMonth Micro Milli Minute MonthBegin MonthEnd Nano QuarterBegin QuarterEnd Second SemiMonthBegin SemiMonthEnd Tick Week WeekOfMonth YearBegin YearEnd: r*(dn,d) bD(gdp)rl
BlockIndex IntIndex: r2(d,d) r3(d,d)
BlockManager: r2(n,dpe) bT4(duope)l bT3(duope)l
SingleBlockManager: bT4(duope)l bT3(duope)l r2(dnp,dpe)
_unpickle_block: r3(dp,dpe)
__pyx_unpickle_NDArrayBacked: r3(gn,gd) bT2(gdope)rl bT3(gdope)rl
__pyx_unpickle_IntervalMixin __pyx_unpickle_PeriodMixin: r3(gn,gd) bT1(dpe)rl`,
  },
  {
    packages: 'pyarrow',
    lines: `_restore_array: r1(n,d)
chunked_array: r2(dn,d)
*: r*(dn,d)`,
  },
  {
    packages: 'scipy',
    lines: `dok_array dok_matrix: n1(n,d)
ConvexHull! Delaunay! Voronoi! HalfspaceIntersection!: n0() bD(d)l
BSpline rv_histogram: bT2(gdo)l
RBFInterpolator: bT2(gd)l
OptimizeResult!: n0() n1(n,gdope) n1() s(gdoupe)l
new_object: r1(g,g) bT10(d)rl
cKDTree! KDTree!: n0() bT10(d)l
cKDTreeNode:
Rotation: bT2(d)l`,
  },
  {
    packages: 'sklearn _loss',
    lines: `IsotonicRegression! TreePredictor!: n0() bD(d)l
newObj: r1(g,g) bT3(gd)rl bT12(gdo)rl bT13(gdo)rl
Tree!: r3(d,d) bD(d)rl
EpsilonInsensitive Hinge Huber Log ModifiedHuber SquaredEpsilonInsensitive SquaredHinge SquaredLoss CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss CyPinballLoss: r0() r1()
__pyx_unpickle_CyHalfMultinomialLoss: r3(g,g)F bT0()rl
__pyx_unpickle_CyAbsoluteError __pyx_unpickle_CyExponentialLoss __pyx_unpickle_CyHalfBinomialLoss __pyx_unpickle_CyHalfGammaLoss __pyx_unpickle_CyHalfPoissonLoss __pyx_unpickle_CyHalfSquaredError __pyx_unpickle_CyHalfTweedieLoss __pyx_unpickle_CyHalfTweedieLossIdentity __pyx_unpickle_CyHuberLoss __pyx_unpickle_CyPinballLoss: r3(g,g)F
DistributionBoundary: n1() n2()
Bunch DeprecationDict: n0() n1(n,gdoupe) n1() s(gdoupe)lA bD(gdoupe)l
_DictWithDeprecatedKeys: n0() n1(n,d) s(gdoupe)lA bD(gdoupe)l
_ImputerTriplet: n1(n,dope) n3(dope,dope)`,
  },
  {
    packages: 'statsmodels',
    lines: `Bunch: n0() n1() s(gdoupe)lA bS(gdoupe)l bD(gdoupe)l
ResettableCache: n0() n1() n1(n,gdope) s(gdope)lA bD(gdope)l
cInitialization dInitialization sInitialization zInitialization cKalmanSmoother dKalmanSmoother sKalmanSmoother zKalmanSmoother: r4(d,d) bD(d)rl
cKalmanFilter dKalmanFilter sKalmanFilter zKalmanFilter cStatespace dStatespace sStatespace zStatespace: r*(d,d) bD(d)rl`,
  },
  {
    packages: 'gensim',
    lines: `HashDictionary Dictionary: n1() s(gdope)lA`,
  },
  {
    packages: 'torch',
    lines: `Size: r1(n,d)
PackedSequence: n4(d,d) n5(d,d)
device: r1() r2()
ScriptObject!: n0() bT2(d)l
Generator!: r1(d,d) bT3(d)rl
_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_tensor _rebuild_sparse_csr_tensor _rebuild_nested_tensor _rebuild_meta_tensor_no_storage _rebuild_device_tensor_from_numpy _rebuild_device_tensor_from_cpu_tensor _rebuild_wrapper_subclass _rebuild_xla_tensor: r*(gdn,gde)
_rebuild_from_type _rebuild_from_type_v2: r4(gdn,gde)F
MetadataIndex: k
TensorProperties: bT5(gdo)l
_MEM_FORMAT_ENCODING _get_layout: r1()
UninitializedBuffer UninitializedParameter: r1() r*(gd,gd)
RemovableHandle!: n0() bT3(gde)l
RNN! LSTM! GRU!: n0() bD(gdue)l
@torch.optim.adadelta @torch.optim.adagrad @torch.optim.adam @torch.optim.adamax @torch.optim.adamw @torch.optim.asgd @torch.optim.lbfgs @torch.optim.nadam @torch.optim.optimizer @torch.optim.radam @torch.optim.rmsprop @torch.optim.rprop @torch.optim.sgd @torch.optim.sparse_adam @torch.optim._adafactor @torch.optim._muon: n0() bD(due)l
TorchVersion!: n1()`,
  },
  {
    packages: 'xgboost',
    lines: `Booster!: n0() bD(de)l`,
  },
  {
    packages: 'lightgbm',
    lines: `Booster!: n0() bD(de)l`,
  },
  {
    packages: 'transformers sentence_transformers accelerate',
    lines: `DebugOption HubStrategy IntervalStrategy SaveStrategy EvaluationStrategy SchedulerType OptimizerNames FSDPOption ParallelMode DistributedType BatchSamplers MultiDatasetBatchSamplers ExplicitEnum ShardedDDPOption PaddingStrategy TruncationStrategy TensorType: r1()`,
  },
  {
    packages: 'operator _operator itertools enum',
    isClosed: true,
    lines: ``,
  },
];
