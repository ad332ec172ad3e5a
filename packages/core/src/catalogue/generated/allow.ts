// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { AllowGroup } from '../rows.js';

export const ALLOW: readonly AllowGroup[] = [
  {
    why: 'A label encoder of xgboost: it keeps the classes.',
    names: `xgboost.compat: XGBoostLabelEncoder`,
  },
  {
    why: 'A scikit-learn estimator of xgboost or lightgbm: its constructor stores its parameters; the booster inside is judged by itself.',
    names: `lightgbm.sklearn: LGBMClassifier LGBMModel LGBMRanker LGBMRegressor
xgboost.sklearn: XGBClassifier XGBModel XGBRFClassifier XGBRFRegressor XGBRanker XGBRegressor`,
  },
  {
    why: 'Rebuilds an array, scalar or dtype from given values: it allocates and copies, and nothing in it looks a name up.',
    names: `numpy: dtype ndarray
numpy._core: _DType_reconstruct
numpy._core._internal: _convert_to_stringdtype_kwargs
numpy._core._multiarray_umath: _reconstruct
numpy._core.multiarray: _reconstruct
numpy._core.numeric: _frombuffer
numpy.core: _DType_reconstruct
numpy.core._internal: _convert_to_stringdtype_kwargs _reconstruct
numpy.core._multiarray_umath: _reconstruct
numpy.core.multiarray: _reconstruct
numpy.core.numeric: _frombuffer`,
  },
  {
    why: 'An array class or a part of one: its constructor allocates or views the given data; matrix text is parsed as numbers only.',
    names: `numpy: chararray matrix poly1d recarray record
numpy._core.defchararray: chararray
numpy._core.records: recarray record
numpy.char: chararray
numpy.core.defchararray: chararray
numpy.core.records: recarray record
numpy.lib._polynomial_impl: poly1d
numpy.lib.polynomial: poly1d
numpy.ma: MaskedArray
numpy.ma.core: MaskedArray MaskedConstant _mareconstruct mvoid
numpy.ma.mrecords: MaskedRecords _mrreconstruct
numpy.matrixlib.defmatrix: matrix
numpy.rec: recarray record`,
  },
  {
    why: 'A random generator or its rebuild function: it picks the bit generator from a fixed table or calls the class that the stream names, which is judged by itself.',
    names: `numpy.random: Generator RandomState __RandomState_ctor
numpy.random._generator: Generator
numpy.random._mt19937: MT19937
numpy.random._pcg64: PCG64 PCG64DXSM
numpy.random._philox: Philox
numpy.random._sfc64: SFC64
numpy.random.bit_generator: SeedSequence SeedlessSeedSequence __pyx_unpickle_SeedSequence __pyx_unpickle_SeedlessSeedSequence
numpy.random.mtrand: RandomState __RandomState_ctor`,
  },
  {
    why: 'A scalar type of numpy: calling it converts a value.',
    names: `numpy: Bytes0 Datetime64 Str0 Uint64 bool bool8 bool_ byte bytes0 bytes_ cdouble cfloat character clongdouble clongfloat complex128 complex256 complex64 complex_ complexfloating csingle datetime64 double flexible float128 float16 float32 float64 float_ floating generic half inexact int0 int16 int32 int64 int8 int_ intc integer intp long longcomplex longdouble longfloat longlong number short signedinteger single singlecomplex str0 str_ string_ timedelta64 ubyte uint uint0 uint16 uint32 uint64 uint8 uintc uintp ulong ulonglong unicode_ unsignedinteger ushort void void0`,
  },
  {
    why: 'A dtype class of numpy: calling it builds a description of data.',
    names: `numpy.dtypes: BoolDType BytesDType CLongDoubleDType Complex128DType Complex64DType DateTime64DType Float16DType Float32DType Float64DType Int16DType Int32DType Int64DType Int8DType LongDoubleDType LongLongDType ObjectDType StrDType StringDType TimeDelta64DType UInt16DType UInt32DType UInt64DType UInt8DType ULongLongDType VoidDType`,
  },
  {
    why: 'A polynomial: it keeps coefficients, domain and window.',
    names: `numpy.polynomial.chebyshev: Chebyshev
numpy.polynomial.hermite: Hermite
numpy.polynomial.hermite_e: HermiteE
numpy.polynomial.laguerre: Laguerre
numpy.polynomial.legendre: Legendre
numpy.polynomial.polynomial: Polynomial`,
  },
  {
    why: 'A reduction of arrays that estimators keep as their pooling function.',
    storedOnly: true,
    names: `numpy: mean median
numpy._core.fromnumeric: mean
numpy.core.fromnumeric: mean`,
  },
  {
    why: 'The type of object data, which estimators keep as a parameter; called, it gives back what it is given.',
    storedOnly: true,
    names: `numpy: object0 object_`,
  },
  {
    why: 'A universal function of numpy, which estimators keep as a parameter.',
    storedOnly: true,
    names: `numpy: abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative nextafter not_equal positive pow power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc vecdot vecmat
numpy._core._multiarray_umath: abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative nextafter not_equal positive pow power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc vecdot vecmat
numpy._core.umath: abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative nextafter not_equal positive pow power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc vecdot vecmat
numpy.core._multiarray_umath: abs absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_not bitwise_or bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul maximum minimum mod modf multiply negative nextafter not_equal positive power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc
numpy.core.umath: abs absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_not bitwise_or bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul maximum minimum mod modf multiply negative nextafter not_equal positive power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc`,
  },
  {
    why: 'Rebuilds an index, block or scalar of pandas from given values: it calls __new__ of the class that the stream names, which is judged by itself.',
    names: `pandas: Interval NA NaT NamedAgg Period Timedelta
pandas._libs.arrays: NDArrayBacked __pyx_unpickle_NDArrayBacked
pandas._libs.internals: BlockPlacement _unpickle_block
pandas._libs.interval: Interval IntervalMixin __pyx_unpickle_IntervalMixin
pandas._libs.missing: C_NAType NA NAType
pandas._libs.sparse: BlockIndex IntIndex
pandas._libs.tslib: NaTType __nat_unpickle
pandas._libs.tslibs.nattype: NaTType __nat_unpickle _nat_unpickle
pandas._libs.tslibs.period: Period PeriodMixin __pyx_unpickle_PeriodMixin
pandas._libs.tslibs.timedeltas: Timedelta _timedelta_unpickle
pandas._period: Period
pandas.core.groupby.generic: NamedAgg
pandas.core.internals: BlockManager SingleBlockManager
pandas.core.internals.managers: BlockManager SingleBlockManager
pandas.core.panel: Panel
pandas.core.sparse.array: SparseArray
pandas.tslib: NaTType __nat_unpickle`,
  },
  {
    why: 'Rebuilds an Arrow array over the given buffers or names a type of Arrow; it opens nothing and imports nothing.',
    names: `pyarrow.lib: binary chunked_array decimal128 decimal256 dictionary duration field large_list list_ map_ py_buffer string struct time32 time64 timestamp`,
  },
  {
    why: 'A time zone: it reads the rules of a zone by its validated name from the time-zone database and from nowhere else.',
    names: `dateutil._common: weekday
dateutil.relativedelta: relativedelta
dateutil.tz: tzlocal tzoffset tzrange tzutc
dateutil.tz.tz: tzlocal tzoffset tzrange tzutc
pytz: _UTC _p
pytz.tzfile: DstTzInfo StaticTzInfo
zoneinfo: ZoneInfo ZoneInfo._unpickle`,
  },
  {
    why: 'A date offset: it keeps numbers, a calendar and a weekday mask.',
    names: `pandas: DateOffset
pandas._libs.tslibs.offsets: BDay BHalfYearBegin BHalfYearEnd BMonthBegin BMonthEnd BQuarterBegin BQuarterEnd BYearBegin BYearEnd BaseOffset BusinessDay BusinessHour BusinessMonthBegin BusinessMonthEnd CBMonthBegin CBMonthEnd CDay CustomBusinessDay CustomBusinessHour CustomBusinessMonthBegin CustomBusinessMonthEnd DateOffset Day Easter FY5253 FY5253Quarter HalfYearBegin HalfYearEnd Hour LastWeekOfMonth Micro Milli Minute MonthBegin MonthEnd Nano QuarterBegin QuarterEnd Second SemiMonthBegin SemiMonthEnd Tick Week WeekOfMonth YearBegin YearEnd
pandas.tseries.offsets: BDay BHalfYearBegin BHalfYearEnd BMonthBegin BMonthEnd BQuarterBegin BQuarterEnd BYearBegin BYearEnd BaseOffset BusinessDay BusinessHour BusinessMonthBegin BusinessMonthEnd CBMonthBegin CBMonthEnd CDay CustomBusinessDay CustomBusinessHour CustomBusinessMonthBegin CustomBusinessMonthEnd DateOffset Day Easter FY5253 FY5253Quarter HalfYearBegin HalfYearEnd Hour LastWeekOfMonth Micro Milli Minute MonthBegin MonthEnd Nano QuarterBegin QuarterEnd Second SemiMonthBegin SemiMonthEnd Tick Week WeekOfMonth YearBegin YearEnd`,
  },
  {
    why: 'A frame, series, index, array or dtype of pandas: its constructor converts the given values, and its state is its parts. A dtype text only picks among the registered dtypes.',
    names: `pandas: ArrowDtype BooleanDtype Categorical CategoricalDtype CategoricalIndex DataFrame DatetimeIndex DatetimeTZDtype Flags Float32Dtype Float64Dtype Float64Index Index Int16Dtype Int32Dtype Int64Dtype Int64Index Int8Dtype IntervalDtype IntervalIndex MultiIndex PeriodDtype PeriodIndex RangeIndex Series SparseArray SparseDataFrame SparseDtype SparseSeries StringDtype TimedeltaIndex UInt16Dtype UInt32Dtype UInt64Dtype UInt64Index UInt8Dtype
pandas.arrays: ArrowExtensionArray ArrowStringArray BooleanArray Categorical DatetimeArray FloatingArray IntegerArray IntervalArray NumpyExtensionArray PandasArray PeriodArray SparseArray StringArray TimedeltaArray
pandas.core.arrays._mixins: NDArrayBackedExtensionArray
pandas.core.arrays.arrow.array: ArrowExtensionArray
pandas.core.arrays.arrow.dtype: ArrowDtype
pandas.core.arrays.base: ExtensionArray
pandas.core.arrays.boolean: BooleanArray BooleanDtype
pandas.core.arrays.categorical: Categorical
pandas.core.arrays.datetimes: DatetimeArray
pandas.core.arrays.floating: Float32Dtype Float64Dtype FloatingArray FloatingDtype
pandas.core.arrays.integer: Int16Dtype Int32Dtype Int64Dtype Int8Dtype IntegerArray IntegerDtype UInt16Dtype UInt32Dtype UInt64Dtype UInt8Dtype _IntegerDtype
pandas.core.arrays.interval: IntervalArray
pandas.core.arrays.masked: BaseMaskedArray BaseMaskedDtype
pandas.core.arrays.numeric: NumericArray NumericDtype
pandas.core.arrays.numpy_: NumpyExtensionArray PandasArray PandasDtype
pandas.core.arrays.period: PeriodArray
pandas.core.arrays.sparse.array: SparseArray
pandas.core.arrays.sparse.dtype: SparseDtype
pandas.core.arrays.string_: BaseStringArray StringArray StringDtype
pandas.core.arrays.string_arrow: ArrowStringArray ArrowStringDtype
pandas.core.arrays.timedeltas: TimedeltaArray
pandas.core.dtypes.base: ExtensionDtype StorageExtensionDtype
pandas.core.dtypes.dtypes: ArrowDtype BaseMaskedDtype CategoricalDtype DatetimeTZDtype IntervalDtype NumpyEADtype PandasDtype PandasExtensionDtype PeriodDtype SparseDtype
pandas.core.dtypes.generic: ABCCategorical ABCCategoricalIndex ABCDataFrame ABCDatetimeArray ABCDatetimeIndex ABCExtensionArray ABCFloat64Index ABCIndex ABCInt64Index ABCInterval ABCIntervalIndex ABCMultiIndex ABCNumpyExtensionArray ABCPandasArray ABCPeriodArray ABCPeriodIndex ABCRangeIndex ABCSeries ABCSparseArray ABCSparseDataFrame ABCSparseSeries ABCTimedeltaArray ABCTimedeltaIndex ABCUInt64Index
pandas.core.flags: Flags
pandas.core.frame: DataFrame
pandas.core.indexes.base: Index
pandas.core.indexes.category: CategoricalIndex
pandas.core.indexes.datetimes: DatetimeIndex
pandas.core.indexes.extension: ExtensionIndex NDArrayBackedExtensionIndex
pandas.core.indexes.frozen: FrozenList FrozenNDArray
pandas.core.indexes.interval: IntervalIndex
pandas.core.indexes.multi: MultiIndex
pandas.core.indexes.numeric: Float64Index Int64Index IntegerIndex NumericIndex UInt64Index
pandas.core.indexes.period: PeriodIndex
pandas.core.indexes.range: RangeIndex
pandas.core.indexes.timedeltas: TimedeltaIndex
pandas.core.internals: Block BoolBlock CategoricalBlock ComplexBlock DatetimeBlock DatetimeTZBlock ExtensionBlock FloatBlock FloatOrComplexBlock IntBlock NumericBlock ObjectBlock ScalarBlock SparseBlock TimeDeltaBlock
pandas.core.internals.api: _DatetimeTZBlock
pandas.core.internals.blocks: Block BoolBlock CategoricalBlock ComplexBlock DatetimeBlock DatetimeLikeBlock DatetimeTZBlock EABackedBlock ExtensionBlock FloatBlock FloatOrComplexBlock IntBlock NDArrayBackedExtensionBlock NumericBlock NumpyBlock ObjectBlock ObjectValuesExtensionBlock TimeDeltaBlock
pandas.core.internals.managers: BaseBlockManager
pandas.core.series: Series
pandas.core.sparse.frame: SparseDataFrame
pandas.core.sparse.series: SparseSeries`,
  },
  {
    why: "A class under the name that an older pandas wrote, as pandas' own table of moved classes has it; the class is of the kinds above.",
    names: `pandas._libs.period: Period
pandas._sparse: BlockIndex
pandas.compat.pickle_compat: _LoadSparseFrame _LoadSparseSeries
pandas.core.arrays: Categorical SparseArray
pandas.core.arrays.sparse: SparseArray
pandas.core.base: FrozenList FrozenNDArray
pandas.core.categorical: Categorical
pandas.core.internals.blocks: new_block
pandas.core.series: TimeSeries
pandas.core.sparse.frame: _LoadSparseFrame
pandas.indexes.base: Index
pandas.indexes.multi: MultiIndex
pandas.indexes.numeric: Float64Index Int64Index
pandas.indexes.range: RangeIndex
pandas.sparse.array: SparseArray
pandas.sparse.frame: SparseDataFrame
pandas.sparse.series: SparseSeries SparseTimeSeries
pandas.tseries.index: DatetimeIndex
pandas.tseries.period: PeriodIndex
pandas.tseries.tdi: TimedeltaIndex`,
  },
  {
    why: 'A model of fitted data: it keeps arrays and computes; a callable that it is given is a global of its own.',
    names: `scipy.spatial._ckdtree: cKDTree cKDTreeNode new_object
scipy.spatial._kdtree: KDTree
scipy.spatial.ckdtree: cKDTree cKDTreeNode new_object
scipy.spatial.kdtree: KDTree
scipy.spatial.transform._rotation: Rotation
scipy.spatial.transform.rotation: Rotation
scipy.stats._covariance: CovViaPSD
scipy.stats._kde: gaussian_kde
scipy.stats._multivariate: _PSD multivariate_normal_frozen multivariate_normal_gen
scipy.stats.kde: gaussian_kde`,
  },
  {
    why: 'A sparse matrix: its constructor converts the given arrays.',
    names: `scipy.sparse._arrays: bsr_array coo_array csc_array csr_array dia_array dok_array lil_array
scipy.sparse._bsr: bsr_array bsr_matrix
scipy.sparse._coo: coo_array coo_matrix
scipy.sparse._csc: csc_array csc_matrix
scipy.sparse._csr: csr_array csr_matrix
scipy.sparse._dia: dia_array dia_matrix
scipy.sparse._dok: dok_array dok_matrix
scipy.sparse._lil: lil_array lil_matrix
scipy.sparse.bsr: bsr_matrix
scipy.sparse.coo: coo_matrix
scipy.sparse.csc: csc_matrix
scipy.sparse.csr: csr_matrix
scipy.sparse.dia: dia_matrix
scipy.sparse.dok: dok_matrix
scipy.sparse.lil: lil_matrix`,
  },
  {
    why: 'A fitted interpolator: its constructor computes on the given arrays and keeps them.',
    names: `scipy.interpolate._bary_rational: AAA FloaterHormannInterpolator
scipy.interpolate._bsplines: BSpline _BSpline
scipy.interpolate._cubic: Akima1DInterpolator CubicHermiteSpline CubicSpline PchipInterpolator
scipy.interpolate._fitpack2: BivariateSpline InterpolatedUnivariateSpline LSQBivariateSpline LSQSphereBivariateSpline LSQUnivariateSpline RectBivariateSpline RectSphereBivariateSpline SmoothBivariateSpline SmoothSphereBivariateSpline UnivariateSpline
scipy.interpolate._interpnd: CloughTocher2DInterpolator LinearNDInterpolator
scipy.interpolate._interpolate: BPoly NdPPoly PPoly RegularGridInterpolator _BPoly _PPoly interp1d interp2d
scipy.interpolate._ndbspline: NdBSpline
scipy.interpolate._ndgriddata: NearestNDInterpolator
scipy.interpolate._polyint: BarycentricInterpolator KroghInterpolator
scipy.interpolate._rbf: Rbf
scipy.interpolate._rbfinterp: RBFInterpolator
scipy.interpolate._rgi: RegularGridInterpolator
scipy.interpolate.fitpack2: BivariateSpline InterpolatedUnivariateSpline LSQBivariateSpline LSQSphereBivariateSpline LSQUnivariateSpline RectBivariateSpline RectSphereBivariateSpline SmoothBivariateSpline SmoothSphereBivariateSpline UnivariateSpline
scipy.interpolate.interpnd: CloughTocher2DInterpolator LinearNDInterpolator
scipy.interpolate.interpolate: BPoly NdPPoly PPoly RegularGridInterpolator interp1d interp2d
scipy.interpolate.ndgriddata: NearestNDInterpolator
scipy.interpolate.polyint: BarycentricInterpolator KroghInterpolator
scipy.interpolate.rbf: Rbf`,
  },
  {
    why: 'A spatial index or rotation: it keeps the given arrays.',
    names: `scipy.spatial._kdtree: Rectangle
scipy.spatial.kdtree: Rectangle`,
  },
  {
    why: 'A result or constraint of an optimiser: it keeps the given values.',
    names: `scipy.optimize._constraints: Bounds LinearConstraint NonlinearConstraint
scipy.optimize._lbfgsb_py: LbfgsInvHessProduct
scipy.optimize._optimize: OptimizeResult OptimizeWarning
scipy.optimize.lbfgsb: LbfgsInvHessProduct
scipy.optimize.optimize: OptimizeResult OptimizeWarning`,
  },
  {
    why: 'A result of a statistical test: a tuple that keeps its fields.',
    names: `scipy.stats._binned_statistic: BinnedStatistic2dResult BinnedStatisticResult BinnedStatisticddResult
scipy.stats._common: ConfidenceInterval
scipy.stats._crosstab: CrosstabResult
scipy.stats._fit: GoodnessOfFitResult
scipy.stats._hypotests: Epps_Singleton_2sampResult
scipy.stats._mannwhitneyu: MannwhitneyuResult
scipy.stats._mgc: MGCResult
scipy.stats._morestats: AndersonResult Anderson_ksampResult AnsariResult BartlettResult FlignerResult LeveneResult Mean MedianTestResult ShapiroResult Std_dev Variance WilcoxonResult
scipy.stats._mstats_basic: BrunnerMunzelResult DescribeResult F_onewayResult FriedmanchisquareResult KendalltauResult KruskalResult KurtosistestResult MannwhitneyuResult ModeResult NormaltestResult PointbiserialrResult SenSeasonalSlopesResult SkewtestResult SpearmanrResult Ttest_1sampResult Ttest_indResult Ttest_relResult
scipy.stats._stats_mstats_common: LinregressResult SiegelslopesResult TheilslopesResult
scipy.stats._stats_py: BrunnerMunzelResult ConfidenceInterval CumfreqResult DescribeResult F_onewayResult FriedmanchisquareResult HistogramResult Jarque_beraResult KendalltauResult KruskalResult KstestResult KurtosistestResult LinregressResult MGCResult ModeResult NormaltestResult PearsonRResult PearsonRResultBase PointbiserialrResult Power_divergenceResult RanksumsResult RelfreqResult RepeatedResults SigmaclipResult SignificanceResult SkewtestResult SpearmanrResult TtestResult TtestResultBase Ttest_1sampResult Ttest_indResult Ttest_relResult WeightedTauResult
scipy.stats.contingency: Chi2ContingencyResult
scipy.stats.morestats: AndersonResult Anderson_ksampResult AnsariResult BartlettResult FlignerResult LeveneResult Mean ShapiroResult Std_dev Variance WilcoxonResult
scipy.stats.mstats_basic: BrunnerMunzelResult DescribeResult F_onewayResult FriedmanchisquareResult KendalltauResult KruskalResult KurtosistestResult LinregressResult MannwhitneyuResult ModeResult NormaltestResult PointbiserialrResult SkewtestResult SpearmanrResult Ttest_1sampResult Ttest_indResult Ttest_relResult
scipy.stats.stats: BrunnerMunzelResult CumfreqResult DescribeResult F_onewayResult FriedmanchisquareResult HistogramResult Jarque_beraResult KendalltauResult KruskalResult Ks_2sampResult KstestResult KurtosistestResult MGCResult MannwhitneyuResult ModeResult NormaltestResult PointbiserialrResult Power_divergenceResult RanksumsResult RelfreqResult RepeatedResults SigmaclipResult SkewtestResult SpearmanrResult Ttest_1sampResult Ttest_indResult Ttest_relResult WeightedTauResult`,
  },
  {
    why: 'A function that splines keep to convert arrays.',
    storedOnly: true,
    names: `scipy._external.array_api_compat.numpy._aliases: asarray
scipy._lib.array_api_compat.numpy._aliases: asarray`,
  },
  {
    why: 'A method that an interpolator keeps as its evaluator.',
    storedOnly: true,
    names: `scipy.interpolate._interpolate: interp1d._call_linear interp1d._call_linear_np interp1d._call_nan_spline interp1d._call_nearest interp1d._call_previousnext interp1d._call_spline
scipy.interpolate._rbf: Rbf._call_norm Rbf._h_cubic Rbf._h_gaussian Rbf._h_inverse_multiquadric Rbf._h_linear Rbf._h_multiquadric Rbf._h_quintic Rbf._h_thin_plate
scipy.interpolate.interpolate: interp1d._call_linear interp1d._call_linear_np interp1d._call_nan_spline interp1d._call_nearest interp1d._call_previousnext interp1d._call_spline
scipy.interpolate.rbf: Rbf._call_norm Rbf._euclidean_norm Rbf._h_cubic Rbf._h_gaussian Rbf._h_inverse_multiquadric Rbf._h_linear Rbf._h_multiquadric Rbf._h_quintic Rbf._h_thin_plate`,
  },
  {
    why: "joblib's stand-in for an array whose raw data follows in the stream: it keeps shape, order, dtype and subclass. The data of an object array is a pickle that is analysed like any other.",
    names: `joblib.numpy_pickle: NumpyArrayWrapper
sklearn.externals.joblib.numpy_pickle: NumpyArrayWrapper`,
  },
  {
    why: 'A dictionary with attribute access to its own items.',
    names: `sklearn.utils: Bunch
sklearn.utils._bunch: Bunch`,
  },
  {
    why: 'A loss of scikit-learn 1.5, which keeps a number; its compiled module calls itself by the last part of its name, and importing sklearn._loss puts it there. Its rebuild function calls __new__ of the class.',
    names: `_loss: CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss CyPinballLoss __pyx_unpickle_CyAbsoluteError __pyx_unpickle_CyExponentialLoss __pyx_unpickle_CyHalfBinomialLoss __pyx_unpickle_CyHalfGammaLoss __pyx_unpickle_CyHalfMultinomialLoss __pyx_unpickle_CyHalfPoissonLoss __pyx_unpickle_CyHalfSquaredError __pyx_unpickle_CyHalfTweedieLoss __pyx_unpickle_CyHalfTweedieLossIdentity __pyx_unpickle_CyHuberLoss __pyx_unpickle_CyPinballLoss`,
  },
  {
    why: "A masked array of numpy under the name of scikit-learn's compatibility module.",
    names: `sklearn.utils.fixes: MaskedArray`,
  },
  {
    why: 'An estimator of scikit-learn: its constructor stores its parameters, and BaseEstimator.__setstate__ stores the state and compares versions.',
    names: `sklearn.base: BaseEstimator
sklearn.calibration: CalibratedClassifierCV _SigmoidCalibration _TemperatureScaling
sklearn.cluster._affinity_propagation: AffinityPropagation
sklearn.cluster._agglomerative: AgglomerativeClustering FeatureAgglomeration
sklearn.cluster._bicluster: BaseSpectral SpectralBiclustering SpectralCoclustering
sklearn.cluster._birch: Birch
sklearn.cluster._bisect_k_means: BisectingKMeans
sklearn.cluster._dbscan: DBSCAN
sklearn.cluster._hdbscan.hdbscan: HDBSCAN
sklearn.cluster._kmeans: KMeans MiniBatchKMeans _BaseKMeans
sklearn.cluster._mean_shift: MeanShift
sklearn.cluster._optics: OPTICS
sklearn.cluster._spectral: SpectralClustering
sklearn.cluster.affinity_propagation_: AffinityPropagation
sklearn.cluster.bicluster: BaseSpectral SpectralBiclustering SpectralCoclustering
sklearn.cluster.birch: Birch
sklearn.cluster.dbscan_: DBSCAN
sklearn.cluster.hierarchical: AgglomerativeClustering FeatureAgglomeration
sklearn.cluster.k_means_: KMeans MiniBatchKMeans
sklearn.cluster.mean_shift_: MeanShift
sklearn.cluster.spectral: SpectralClustering
sklearn.compose._column_transformer: ColumnTransformer
sklearn.compose._target: TransformedTargetRegressor
sklearn.covariance._elliptic_envelope: EllipticEnvelope
sklearn.covariance._empirical_covariance: EmpiricalCovariance
sklearn.covariance._graph_lasso: BaseGraphicalLasso GraphicalLasso GraphicalLassoCV
sklearn.covariance._robust_covariance: MinCovDet
sklearn.covariance._shrunk_covariance: LedoitWolf OAS ShrunkCovariance
sklearn.covariance.empirical_covariance_: EmpiricalCovariance
sklearn.covariance.graph_lasso_: GraphLasso GraphLassoCV
sklearn.covariance.outlier_detection: EllipticEnvelope
sklearn.covariance.robust_covariance: MinCovDet
sklearn.covariance.shrunk_covariance_: LedoitWolf OAS ShrunkCovariance
sklearn.cross_decomposition._cca: CCA
sklearn.cross_decomposition._pls: CCA PLSCanonical PLSRegression PLSSVD _PLS
sklearn.cross_decomposition.cca_: CCA
sklearn.cross_decomposition.pls_: PLSCanonical PLSRegression PLSSVD _PLS
sklearn.decomposition._base: _BasePCA
sklearn.decomposition._dict_learning: DictionaryLearning MiniBatchDictionaryLearning SparseCoder
sklearn.decomposition._factor_analysis: FactorAnalysis
sklearn.decomposition._fastica: FastICA
sklearn.decomposition._incremental_pca: IncrementalPCA
sklearn.decomposition._kernel_pca: KernelPCA
sklearn.decomposition._lda: LatentDirichletAllocation
sklearn.decomposition._nmf: MiniBatchNMF NMF _BaseNMF
sklearn.decomposition._pca: PCA
sklearn.decomposition._sparse_pca: MiniBatchSparsePCA SparsePCA _BaseSparsePCA
sklearn.decomposition._truncated_svd: TruncatedSVD
sklearn.decomposition.base: _BasePCA
sklearn.decomposition.dict_learning: DictionaryLearning MiniBatchDictionaryLearning SparseCoder
sklearn.decomposition.factor_analysis: FactorAnalysis
sklearn.decomposition.fastica_: FastICA
sklearn.decomposition.incremental_pca: IncrementalPCA
sklearn.decomposition.kernel_pca: KernelPCA
sklearn.decomposition.nmf: NMF
sklearn.decomposition.online_lda: LatentDirichletAllocation
sklearn.decomposition.pca: PCA RandomizedPCA
sklearn.decomposition.sparse_pca: MiniBatchSparsePCA SparsePCA
sklearn.decomposition.truncated_svd: TruncatedSVD
sklearn.discriminant_analysis: LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis
sklearn.dummy: DummyClassifier DummyRegressor
sklearn.ensemble._bagging: BaggingClassifier BaggingRegressor BaseBagging
sklearn.ensemble._base: BaseEnsemble _BaseHeterogeneousEnsemble
sklearn.ensemble._forest: BaseForest ExtraTreesClassifier ExtraTreesRegressor ForestClassifier ForestRegressor RandomForestClassifier RandomForestRegressor RandomTreesEmbedding
sklearn.ensemble._gb: BaseGradientBoosting GradientBoostingClassifier GradientBoostingRegressor
sklearn.ensemble._hist_gradient_boosting.binning: _BinMapper
sklearn.ensemble._hist_gradient_boosting.gradient_boosting: BaseHistGradientBoosting HistGradientBoostingClassifier HistGradientBoostingRegressor
sklearn.ensemble._iforest: IsolationForest
sklearn.ensemble._stacking: StackingClassifier StackingRegressor _BaseStacking
sklearn.ensemble._voting: VotingClassifier VotingRegressor _BaseVoting
sklearn.ensemble._weight_boosting: AdaBoostClassifier AdaBoostRegressor BaseWeightBoosting
sklearn.ensemble.bagging: BaggingClassifier BaggingRegressor BaseBagging
sklearn.ensemble.base: BaseEnsemble
sklearn.ensemble.forest: BaseForest ExtraTreesClassifier ExtraTreesRegressor ForestClassifier ForestRegressor RandomForestClassifier RandomForestRegressor RandomTreesEmbedding
sklearn.ensemble.gradient_boosting: BaseGradientBoosting GradientBoostingClassifier GradientBoostingRegressor
sklearn.ensemble.iforest: IsolationForest
sklearn.ensemble.voting_classifier: VotingClassifier
sklearn.ensemble.weight_boosting: AdaBoostClassifier AdaBoostRegressor BaseWeightBoosting
sklearn.feature_extraction._dict_vectorizer: DictVectorizer
sklearn.feature_extraction._hash: FeatureHasher
sklearn.feature_extraction.dict_vectorizer: DictVectorizer
sklearn.feature_extraction.hashing: FeatureHasher
sklearn.feature_extraction.image: PatchExtractor
sklearn.feature_extraction.text: CountVectorizer HashingVectorizer TfidfTransformer TfidfVectorizer
sklearn.feature_selection._from_model: SelectFromModel
sklearn.feature_selection._rfe: RFE RFECV
sklearn.feature_selection._sequential: SequentialFeatureSelector
sklearn.feature_selection._univariate_selection: GenericUnivariateSelect SelectFdr SelectFpr SelectFwe SelectKBest SelectPercentile _BaseFilter
sklearn.feature_selection._variance_threshold: VarianceThreshold
sklearn.feature_selection.from_model: SelectFromModel
sklearn.feature_selection.rfe: RFE RFECV
sklearn.feature_selection.univariate_selection: GenericUnivariateSelect SelectFdr SelectFpr SelectFwe SelectKBest SelectPercentile _BaseFilter
sklearn.feature_selection.variance_threshold: VarianceThreshold
sklearn.frozen._frozen: FrozenEstimator
sklearn.gaussian_process._gpc: GaussianProcessClassifier _BinaryGaussianProcessClassifierLaplace
sklearn.gaussian_process._gpr: GaussianProcessRegressor
sklearn.gaussian_process.gaussian_process: GaussianProcess
sklearn.gaussian_process.gpc: GaussianProcessClassifier _BinaryGaussianProcessClassifierLaplace
sklearn.gaussian_process.gpr: GaussianProcessRegressor
sklearn.impute._base: MissingIndicator SimpleImputer _BaseImputer
sklearn.impute._iterative: IterativeImputer
sklearn.impute._knn: KNNImputer
sklearn.isotonic: IsotonicRegression
sklearn.kernel_approximation: AdditiveChi2Sampler Nystroem PolynomialCountSketch RBFSampler SkewedChi2Sampler
sklearn.kernel_ridge: KernelRidge
sklearn.linear_model._base: LinearModel LinearRegression MultiOutputLinearModel
sklearn.linear_model._bayes: ARDRegression BayesianRidge
sklearn.linear_model._coordinate_descent: ElasticNet ElasticNetCV Lasso LassoCV LinearModelCV MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV
sklearn.linear_model._glm.glm: GammaRegressor GeneralizedLinearRegressor PoissonRegressor TweedieRegressor _GeneralizedLinearRegressor
sklearn.linear_model._huber: HuberRegressor
sklearn.linear_model._least_angle: Lars LarsCV LassoLars LassoLarsCV LassoLarsIC
sklearn.linear_model._logistic: LogisticRegression LogisticRegressionCV
sklearn.linear_model._omp: OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV
sklearn.linear_model._passive_aggressive: PassiveAggressiveClassifier PassiveAggressiveRegressor
sklearn.linear_model._perceptron: Perceptron
sklearn.linear_model._quantile: QuantileRegressor
sklearn.linear_model._ransac: RANSACRegressor
sklearn.linear_model._ridge: Ridge RidgeCV RidgeClassifier RidgeClassifierCV _BaseRidge _BaseRidgeCV _IdentityClassifier _IdentityRegressor _RidgeGCV
sklearn.linear_model._stochastic_gradient: BaseSGD BaseSGDClassifier BaseSGDRegressor SGDClassifier SGDOneClassSVM SGDRegressor
sklearn.linear_model._theil_sen: TheilSenRegressor
sklearn.linear_model.base: LinearModel LinearRegression
sklearn.linear_model.bayes: ARDRegression BayesianRidge
sklearn.linear_model.coordinate_descent: ElasticNet ElasticNetCV Lasso LassoCV LinearModelCV MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV
sklearn.linear_model.huber: HuberRegressor
sklearn.linear_model.least_angle: Lars LarsCV LassoLars LassoLarsCV LassoLarsIC
sklearn.linear_model.logistic: LogisticRegression LogisticRegressionCV
sklearn.linear_model.omp: OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV
sklearn.linear_model.passive_aggressive: PassiveAggressiveClassifier PassiveAggressiveRegressor
sklearn.linear_model.perceptron: Perceptron
sklearn.linear_model.randomized_l1: BaseRandomizedLinearModel RandomizedLasso RandomizedLogisticRegression
sklearn.linear_model.ransac: RANSACRegressor
sklearn.linear_model.ridge: Ridge RidgeCV RidgeClassifier RidgeClassifierCV _BaseRidge _BaseRidgeCV _RidgeGCV
sklearn.linear_model.stochastic_gradient: BaseSGD BaseSGDClassifier BaseSGDRegressor SGDClassifier SGDRegressor
sklearn.linear_model.theil_sen: TheilSenRegressor
sklearn.manifold._classical_mds: ClassicalMDS
sklearn.manifold._isomap: Isomap
sklearn.manifold._locally_linear: LocallyLinearEmbedding
sklearn.manifold._mds: MDS
sklearn.manifold._spectral_embedding: SpectralEmbedding
sklearn.manifold._t_sne: TSNE
sklearn.manifold.isomap: Isomap
sklearn.manifold.locally_linear: LocallyLinearEmbedding
sklearn.manifold.mds: MDS
sklearn.manifold.spectral_embedding_: SpectralEmbedding
sklearn.manifold.t_sne: TSNE
sklearn.mixture._base: BaseMixture
sklearn.mixture._bayesian_mixture: BayesianGaussianMixture
sklearn.mixture._gaussian_mixture: GaussianMixture
sklearn.mixture.base: BaseMixture
sklearn.mixture.bayesian_mixture: BayesianGaussianMixture
sklearn.mixture.dpgmm: DPGMM VBGMM _DPGMMBase
sklearn.mixture.gaussian_mixture: GaussianMixture
sklearn.mixture.gmm: GMM _GMMBase
sklearn.model_selection._classification_threshold: BaseThresholdClassifier FixedThresholdClassifier TunedThresholdClassifierCV
sklearn.model_selection._search: BaseSearchCV GridSearchCV RandomizedSearchCV
sklearn.model_selection._search_successive_halving: BaseSuccessiveHalving HalvingGridSearchCV HalvingRandomSearchCV
sklearn.multiclass: OneVsOneClassifier OneVsRestClassifier OutputCodeClassifier _ConstantPredictor
sklearn.multioutput: ClassifierChain MultiOutputClassifier MultiOutputEstimator MultiOutputRegressor RegressorChain _BaseChain _MultiOutputEstimator
sklearn.naive_bayes: BaseDiscreteNB BaseNB BernoulliNB CategoricalNB ComplementNB GaussianNB MultinomialNB _BaseDiscreteNB _BaseNB
sklearn.neighbors._base: NeighborsBase
sklearn.neighbors._classification: KNeighborsClassifier RadiusNeighborsClassifier
sklearn.neighbors._graph: KNeighborsTransformer RadiusNeighborsTransformer
sklearn.neighbors._kde: KernelDensity
sklearn.neighbors._lof: LocalOutlierFactor
sklearn.neighbors._nca: NeighborhoodComponentsAnalysis
sklearn.neighbors._nearest_centroid: NearestCentroid
sklearn.neighbors._regression: KNeighborsRegressor RadiusNeighborsRegressor
sklearn.neighbors._unsupervised: NearestNeighbors
sklearn.neighbors.approximate: GaussianRandomProjectionHash LSHForest
sklearn.neighbors.base: NeighborsBase
sklearn.neighbors.classification: KNeighborsClassifier RadiusNeighborsClassifier
sklearn.neighbors.kde: KernelDensity
sklearn.neighbors.lof: LocalOutlierFactor
sklearn.neighbors.nearest_centroid: NearestCentroid
sklearn.neighbors.regression: KNeighborsRegressor RadiusNeighborsRegressor
sklearn.neighbors.unsupervised: NearestNeighbors
sklearn.neural_network._multilayer_perceptron: BaseMultilayerPerceptron MLPClassifier MLPRegressor
sklearn.neural_network._rbm: BernoulliRBM
sklearn.neural_network.multilayer_perceptron: BaseMultilayerPerceptron MLPClassifier MLPRegressor
sklearn.neural_network.rbm: BernoulliRBM
sklearn.pipeline: FeatureUnion Pipeline
sklearn.preprocessing._data: Binarizer KernelCenterer MaxAbsScaler MinMaxScaler Normalizer PolynomialFeatures PowerTransformer QuantileTransformer RobustScaler StandardScaler
sklearn.preprocessing._discretization: KBinsDiscretizer
sklearn.preprocessing._encoders: OneHotEncoder OrdinalEncoder _BaseEncoder
sklearn.preprocessing._function_transformer: FunctionTransformer
sklearn.preprocessing._label: LabelBinarizer LabelEncoder MultiLabelBinarizer
sklearn.preprocessing._polynomial: PolynomialFeatures SplineTransformer
sklearn.preprocessing._target_encoder: TargetEncoder
sklearn.preprocessing.data: Binarizer KernelCenterer MaxAbsScaler MinMaxScaler Normalizer OneHotEncoder PolynomialFeatures QuantileTransformer RobustScaler StandardScaler
sklearn.preprocessing.imputation: Imputer
sklearn.preprocessing.label: LabelBinarizer LabelEncoder MultiLabelBinarizer
sklearn.random_projection: BaseRandomProjection GaussianRandomProjection SparseRandomProjection
sklearn.semi_supervised._label_propagation: BaseLabelPropagation LabelPropagation LabelSpreading
sklearn.semi_supervised._self_training: SelfTrainingClassifier
sklearn.semi_supervised.label_propagation: BaseLabelPropagation LabelPropagation LabelSpreading
sklearn.svm._base: BaseLibSVM BaseSVC
sklearn.svm._classes: LinearSVC LinearSVR NuSVC NuSVR OneClassSVM SVC SVR
sklearn.svm.base: BaseLibSVM BaseSVC
sklearn.svm.classes: LinearSVC LinearSVR NuSVC NuSVR OneClassSVM SVC SVR
sklearn.tree._classes: BaseDecisionTree DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor
sklearn.tree.tree: BaseDecisionTree DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor
sklearn.utils.metaestimators: _BaseComposition`,
  },
  {
    why: 'A part of a fitted estimator (tree, kernel, loss, splitter, index, encoder): it keeps the given values and checks the arrays of its state.',
    names: `sklearn._loss._loss: CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss CyLossFunction CyPinballLoss
sklearn._loss.glm_distribution: DistributionBoundary ExponentialDispersionModel GammaDistribution InverseGaussianDistribution NormalDistribution PoissonDistribution TweedieDistribution
sklearn._loss.link: BaseLink HalfLogitLink IdentityLink Interval LogLink LogitLink MultinomialLogit
sklearn._loss.loss: AbsoluteError BaseLoss ExponentialLoss HalfBinomialLoss HalfBinomialLossArrayAPI HalfGammaLoss HalfMultinomialLoss HalfMultinomialLossArrayAPI HalfPoissonLoss HalfPoissonLossArrayAPI HalfSquaredError HalfTweedieLoss HalfTweedieLossIdentity HuberLoss PinballLoss
sklearn.calibration: _CalibratedClassifier
sklearn.cluster._birch: _CFNode _CFSubcluster
sklearn.cluster._bisect_k_means: _BisectingTree
sklearn.cluster._feature_agglomeration: AgglomerationTransform
sklearn.cluster._hdbscan._tree: TreeUnionFind
sklearn.cluster._hierarchical: WeightedEdge
sklearn.cluster._hierarchical_fast: UnionFind WeightedEdge
sklearn.cluster.birch: _CFNode _CFSubcluster
sklearn.compose._column_transformer: _RemainderColsList make_column_selector
sklearn.covariance._graph_lasso: _DictWithDeprecatedKeys
sklearn.decomposition._dict_learning: _BaseSparseCoding
sklearn.ensemble._gb: BinomialDeviance ClassificationLossFunction ExponentialLoss HuberLossFunction LeastAbsoluteError LeastSquaresError LogOddsEstimator LossFunction MeanEstimator MultinomialDeviance PriorProbabilityEstimator QuantileEstimator QuantileLossFunction RegressionLossFunction ScaledLogOddsEstimator VerboseReporter ZeroEstimator
sklearn.ensemble._gb_losses: BinomialDeviance ClassificationLossFunction ExponentialLoss HuberLossFunction LeastAbsoluteError LeastSquaresError LossFunction MultinomialDeviance QuantileLossFunction RegressionLossFunction
sklearn.ensemble._hist_gradient_boosting.common: MonotonicConstraint
sklearn.ensemble._hist_gradient_boosting.grower: TreeGrower TreeNode
sklearn.ensemble._hist_gradient_boosting.histogram: HistogramBuilder
sklearn.ensemble._hist_gradient_boosting.loss: BaseLoss BinaryCrossEntropy CategoricalCrossEntropy LeastAbsoluteDeviation LeastSquares Poisson
sklearn.ensemble._hist_gradient_boosting.predictor: TreePredictor
sklearn.ensemble._hist_gradient_boosting.splitting: SplitInfo Splitter
sklearn.ensemble.gradient_boosting: BinomialDeviance ClassificationLossFunction ExponentialLoss HuberLossFunction LeastAbsoluteError LeastSquaresError LogOddsEstimator LossFunction MeanEstimator MultinomialDeviance PriorProbabilityEstimator QuantileEstimator QuantileLossFunction RegressionLossFunction ScaledLogOddsEstimator VerboseReporter ZeroEstimator
sklearn.gaussian_process.kernels: CompoundKernel ConstantKernel DotProduct ExpSineSquared Exponentiation Hyperparameter Kernel KernelOperator Matern PairwiseKernel Product RBF RationalQuadratic Sum WhiteKernel
sklearn.impute._iterative: _ImputerTriplet
sklearn.linear_model._glm._newton_solver: NewtonCholeskySolver NewtonSolver
sklearn.linear_model._glm.link: BaseLink IdentityLink LogLink LogitLink
sklearn.linear_model._linear_loss: LinearModelLoss
sklearn.linear_model._logistic: _LbfgsCallbackBridge
sklearn.linear_model._ridge: _XT_CenterStackOp _X_CenterStackOp
sklearn.linear_model._sag_fast: MultinomialLogLoss32 MultinomialLogLoss64
sklearn.linear_model._sgd_fast: Classification EpsilonInsensitive Hinge Huber Log LossFunction ModifiedHuber Regression SquaredEpsilonInsensitive SquaredHinge SquaredLoss
sklearn.linear_model.sag_fast: MultinomialLogLoss
sklearn.linear_model.sgd_fast: Classification EpsilonInsensitive Hinge Huber Log LossFunction ModifiedHuber Regression SquaredEpsilonInsensitive SquaredHinge SquaredLoss
sklearn.metrics._dist_metrics: BrayCurtisDistance BrayCurtisDistance32 BrayCurtisDistance64 CanberraDistance CanberraDistance32 CanberraDistance64 ChebyshevDistance ChebyshevDistance32 ChebyshevDistance64 DatasetsPair DenseDenseDatasetsPair DiceDistance DiceDistance32 DiceDistance64 DistanceMetric DistanceMetric32 DistanceMetric64 EuclideanDistance EuclideanDistance32 EuclideanDistance64 HammingDistance HammingDistance32 HammingDistance64 HaversineDistance HaversineDistance32 HaversineDistance64 JaccardDistance JaccardDistance32 JaccardDistance64 KulsinskiDistance KulsinskiDistance32 KulsinskiDistance64 MahalanobisDistance MahalanobisDistance32 MahalanobisDistance64 ManhattanDistance ManhattanDistance32 ManhattanDistance64 MatchingDistance MatchingDistance32 MatchingDistance64 MinkowskiDistance MinkowskiDistance32 MinkowskiDistance64 PyFuncDistance PyFuncDistance32 PyFuncDistance64 RogersTanimotoDistance RogersTanimotoDistance32 RogersTanimotoDistance64 RussellRaoDistance RussellRaoDistance32 RussellRaoDistance64 SEuclideanDistance SEuclideanDistance32 SEuclideanDistance64 SokalMichenerDistance SokalMichenerDistance32 SokalMichenerDistance64 SokalSneathDistance SokalSneathDistance32 SokalSneathDistance64 WMinkowskiDistance WMinkowskiDistance32
sklearn.metrics._pairwise_distances_reduction: FastEuclideanPairwiseDistancesArgKmin FastEuclideanPairwiseDistancesRadiusNeighborhood GEMMTermComputer PairwiseDistancesArgKmin PairwiseDistancesRadiusNeighborhood PairwiseDistancesReduction
sklearn.metrics._pairwise_distances_reduction._argkmin: ArgKmin32 ArgKmin64 EuclideanArgKmin32 EuclideanArgKmin64
sklearn.metrics._pairwise_distances_reduction._argkmin_classmode: ArgKminClassMode32 ArgKminClassMode64
sklearn.metrics._pairwise_distances_reduction._base: BaseDistancesReduction32 BaseDistancesReduction64
sklearn.metrics._pairwise_distances_reduction._datasets_pair: DatasetsPair32 DatasetsPair64 DenseDenseDatasetsPair32 DenseDenseDatasetsPair64 DenseSparseDatasetsPair32 DenseSparseDatasetsPair64 SparseDenseDatasetsPair32 SparseDenseDatasetsPair64 SparseSparseDatasetsPair32 SparseSparseDatasetsPair64
sklearn.metrics._pairwise_distances_reduction._dispatcher: ArgKmin ArgKminClassMode BaseDistancesReductionDispatcher RadiusNeighbors RadiusNeighborsClassMode
sklearn.metrics._pairwise_distances_reduction._middle_term_computer: DenseDenseMiddleTermComputer32 DenseDenseMiddleTermComputer64 MiddleTermComputer32 MiddleTermComputer64 SparseDenseMiddleTermComputer32 SparseDenseMiddleTermComputer64 SparseSparseMiddleTermComputer32 SparseSparseMiddleTermComputer64
sklearn.metrics._pairwise_distances_reduction._radius_neighbors: EuclideanRadiusNeighbors32 EuclideanRadiusNeighbors64 RadiusNeighbors32 RadiusNeighbors64
sklearn.metrics._pairwise_distances_reduction._radius_neighbors_classmode: RadiusNeighborsClassMode32 RadiusNeighborsClassMode64
sklearn.metrics._scorer: _BaseScorer _CurveScorer _DeprecatedScorers _MultimetricScorer _PassthroughScorer _PredictScorer _ProbaScorer _Scorer _ThresholdScorer
sklearn.metrics.scorer: _BaseScorer _PredictScorer _ProbaScorer _ThresholdScorer
sklearn.model_selection._classification_threshold: _CurveScorer
sklearn.model_selection._search: ParameterGrid ParameterSampler _CVScoreTuple
sklearn.model_selection._search_successive_halving: _SubsampleMetaSplitter
sklearn.model_selection._split: BaseCrossValidator BaseShuffleSplit GroupKFold GroupShuffleSplit KFold LeaveOneGroupOut LeaveOneOut LeavePGroupsOut LeavePOut PredefinedSplit RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedGroupKFold StratifiedKFold StratifiedShuffleSplit TimeSeriesSplit _BaseKFold _CVIterableWrapper _RepeatedSplits
sklearn.neighbors._ball_tree: BallTree BallTree32 BallTree64 BinaryTree BinaryTree32 BinaryTree64 NeighborsHeap NeighborsHeap32 NeighborsHeap64 NodeHeap
sklearn.neighbors._dist_metrics: BrayCurtisDistance CanberraDistance ChebyshevDistance DiceDistance DistanceMetric EuclideanDistance HammingDistance HaversineDistance JaccardDistance KulsinskiDistance MahalanobisDistance ManhattanDistance MatchingDistance MinkowskiDistance PyFuncDistance RogersTanimotoDistance RussellRaoDistance SEuclideanDistance SokalMichenerDistance SokalSneathDistance WMinkowskiDistance
sklearn.neighbors._distance_metric: DistanceMetric
sklearn.neighbors._kd_tree: BinaryTree BinaryTree32 BinaryTree64 KDTree KDTree32 KDTree64 NeighborsHeap NeighborsHeap32 NeighborsHeap64 NodeHeap
sklearn.neighbors._quad_tree: _QuadTree
sklearn.neighbors.ball_tree: BallTree BinaryTree NeighborsHeap NodeHeap
sklearn.neighbors.dist_metrics: BrayCurtisDistance CanberraDistance ChebyshevDistance DiceDistance DistanceMetric EuclideanDistance HammingDistance HaversineDistance JaccardDistance KulsinskiDistance MahalanobisDistance ManhattanDistance MatchingDistance MinkowskiDistance PyFuncDistance RogersTanimotoDistance RussellRaoDistance SEuclideanDistance SokalMichenerDistance SokalSneathDistance WMinkowskiDistance
sklearn.neighbors.kd_tree: BinaryTree KDTree NeighborsHeap NodeHeap
sklearn.neighbors.quad_tree: _QuadTree
sklearn.neural_network._stochastic_optimizers: AdamOptimizer BaseOptimizer SGDOptimizer
sklearn.tree._criterion: ClassificationCriterion Criterion Entropy FriedmanMSE Gini MAE MSE Poisson RegressionCriterion
sklearn.tree._export: Sentinel _BaseTreeExporter _DOTTreeExporter _MPLTreeExporter
sklearn.tree._partitioner: DensePartitioner SparsePartitioner
sklearn.tree._reingold_tilford: DrawTree Tree
sklearn.tree._splitter: BaseDenseSplitter BaseSparseSplitter BestSparseSplitter BestSplitter DensePartitioner RandomSparseSplitter RandomSplitter SparsePartitioner Splitter
sklearn.tree._tree: BestFirstTreeBuilder DepthFirstTreeBuilder Tree TreeBuilder _AlphaPruner _CCPPruneController _PathFinder
sklearn.tree._utils: PriorityHeap PytestWeightedFenwickTree Stack WeightedFenwickTree WeightedMedianCalculator WeightedPQueue
sklearn.tree.export: Sentinel
sklearn.utils._encode: MissingValues _NaNCounter _nandict
sklearn.utils._metadata_requests: MetadataRequest MethodMapping MethodMetadataRequest MethodPair RouterMappingPair _MetadataRequester
sklearn.utils._set_output: ContainerAdapterProtocol ContainerAdaptersManager PandasAdapter PolarsAdapter
sklearn.utils._tags: ClassifierTags InputTags RegressorTags Tags TargetTags TransformerTags
sklearn.utils._weight_vector: WeightVector WeightVector32 WeightVector64
sklearn.utils.deprecation: DeprecationDict deprecated
sklearn.utils.seq_dataset: ArrayDataset CSRDataset SequentialDataset`,
  },
  {
    why: 'The rebuild function that Cython writes for a compiled class: it calls __new__ of the class and sets its fields.',
    names: `sklearn._loss._loss: __pyx_unpickle_CyAbsoluteError __pyx_unpickle_CyExponentialLoss __pyx_unpickle_CyHalfBinomialLoss __pyx_unpickle_CyHalfGammaLoss __pyx_unpickle_CyHalfMultinomialLoss __pyx_unpickle_CyHalfPoissonLoss __pyx_unpickle_CyHalfSquaredError __pyx_unpickle_CyHalfTweedieLoss __pyx_unpickle_CyHalfTweedieLossIdentity __pyx_unpickle_CyHuberLoss __pyx_unpickle_CyLossFunction __pyx_unpickle_CyPinballLoss __pyx_unpickle_Enum
sklearn.cluster._dbscan_inner: __pyx_unpickle_Enum
sklearn.cluster._hdbscan._linkage: __pyx_unpickle_Enum
sklearn.cluster._hdbscan._reachability: __pyx_unpickle_Enum
sklearn.cluster._hdbscan._tree: __pyx_unpickle_Enum __pyx_unpickle_TreeUnionFind
sklearn.cluster._hierarchical: __pyx_unpickle_Enum __pyx_unpickle_WeightedEdge
sklearn.cluster._hierarchical_fast: __pyx_unpickle_Enum __pyx_unpickle_UnionFind __pyx_unpickle_WeightedEdge
sklearn.cluster._k_means: __pyx_unpickle_Enum
sklearn.cluster._k_means_common: __pyx_unpickle_Enum
sklearn.cluster._k_means_elkan: __pyx_unpickle_Enum
sklearn.cluster._k_means_fast: __pyx_unpickle_Enum
sklearn.cluster._k_means_lloyd: __pyx_unpickle_Enum
sklearn.cluster._k_means_minibatch: __pyx_unpickle_Enum
sklearn.decomposition._cdnmf_fast: __pyx_unpickle_Enum
sklearn.decomposition._online_lda_fast: __pyx_unpickle_Enum
sklearn.decomposition.cdnmf_fast: __pyx_unpickle_Enum
sklearn.ensemble._gradient_boosting: __pyx_unpickle_Enum
sklearn.ensemble._hist_gradient_boosting._binning: __pyx_unpickle_Enum
sklearn.ensemble._hist_gradient_boosting._bitset: __pyx_unpickle_Enum
sklearn.ensemble._hist_gradient_boosting._gradient_boosting: __pyx_unpickle_Enum
sklearn.ensemble._hist_gradient_boosting._loss: __pyx_unpickle_Enum
sklearn.ensemble._hist_gradient_boosting._predictor: __pyx_unpickle_Enum
sklearn.ensemble._hist_gradient_boosting.common: __pyx_unpickle___Pyx_EnumMeta
sklearn.ensemble._hist_gradient_boosting.histogram: __pyx_unpickle_Enum __pyx_unpickle_HistogramBuilder
sklearn.ensemble._hist_gradient_boosting.splitting: __pyx_unpickle_Enum __pyx_unpickle_Splitter
sklearn.ensemble._hist_gradient_boosting.utils: __pyx_unpickle_Enum
sklearn.linear_model._cd_fast: __pyx_unpickle_Enum
sklearn.linear_model._sag_fast: __pyx_unpickle_Enum
sklearn.linear_model._sgd_fast: __pyx_unpickle_Classification __pyx_unpickle_Enum __pyx_unpickle_LossFunction __pyx_unpickle_Regression
sklearn.linear_model.cd_fast: __pyx_unpickle_Enum
sklearn.linear_model.sgd_fast: __pyx_unpickle_Classification __pyx_unpickle_LossFunction __pyx_unpickle_Regression
sklearn.manifold._barnes_hut_tsne: __pyx_unpickle_Enum
sklearn.manifold._utils: __pyx_unpickle_Enum
sklearn.metrics._dist_metrics: __pyx_unpickle_DatasetsPair __pyx_unpickle_DenseDenseDatasetsPair __pyx_unpickle_DistanceMetric __pyx_unpickle_Enum newObj
sklearn.metrics._pairwise_distances_reduction: __pyx_unpickle_Enum __pyx_unpickle_GEMMTermComputer __pyx_unpickle_PairwiseDistancesReduction
sklearn.metrics._pairwise_distances_reduction._argkmin: __pyx_unpickle_Enum
sklearn.metrics._pairwise_distances_reduction._argkmin_classmode: __pyx_unpickle_Enum __pyx_unpickle___Pyx_EnumMeta
sklearn.metrics._pairwise_distances_reduction._base: __pyx_unpickle_BaseDistancesReduction32 __pyx_unpickle_BaseDistancesReduction64 __pyx_unpickle_Enum
sklearn.metrics._pairwise_distances_reduction._datasets_pair: __pyx_unpickle_DatasetsPair32 __pyx_unpickle_DatasetsPair64 __pyx_unpickle_DenseDenseDatasetsPair32 __pyx_unpickle_DenseDenseDatasetsPair64 __pyx_unpickle_DenseSparseDatasetsPair32 __pyx_unpickle_DenseSparseDatasetsPair64 __pyx_unpickle_Enum __pyx_unpickle_SparseDenseDatasetsPair32 __pyx_unpickle_SparseDenseDatasetsPair64 __pyx_unpickle_SparseSparseDatasetsPair32 __pyx_unpickle_SparseSparseDatasetsPair64
sklearn.metrics._pairwise_distances_reduction._middle_term_computer: __pyx_unpickle_DenseDenseMiddleTermComputer32 __pyx_unpickle_DenseDenseMiddleTermComputer64 __pyx_unpickle_Enum __pyx_unpickle_MiddleTermComputer32 __pyx_unpickle_MiddleTermComputer64 __pyx_unpickle_SparseDenseMiddleTermComputer32 __pyx_unpickle_SparseDenseMiddleTermComputer64 __pyx_unpickle_SparseSparseMiddleTermComputer32 __pyx_unpickle_SparseSparseMiddleTermComputer64
sklearn.metrics._pairwise_distances_reduction._radius_neighbors: __pyx_unpickle_Enum
sklearn.metrics._pairwise_distances_reduction._radius_neighbors_classmode: __pyx_unpickle_Enum
sklearn.metrics._pairwise_fast: __pyx_unpickle_Enum
sklearn.metrics.cluster._expected_mutual_info_fast: __pyx_unpickle_Enum
sklearn.metrics.pairwise_fast: __pyx_unpickle_Enum
sklearn.neighbors._ball_tree: __pyx_unpickle_Enum newObj
sklearn.neighbors._dist_metrics: __pyx_unpickle_Enum newObj
sklearn.neighbors._kd_tree: __pyx_unpickle_Enum newObj
sklearn.neighbors._quad_tree: __pyx_unpickle_Enum
sklearn.neighbors.ball_tree: __pyx_unpickle_Enum newObj
sklearn.neighbors.dist_metrics: __pyx_unpickle_Enum newObj
sklearn.neighbors.kd_tree: __pyx_unpickle_Enum newObj
sklearn.preprocessing._csr_polynomial_expansion: __pyx_unpickle_Enum
sklearn.preprocessing._target_encoder_fast: __pyx_unpickle_Enum
sklearn.svm._liblinear: __pyx_unpickle_Enum
sklearn.svm._libsvm: __pyx_unpickle_Enum
sklearn.svm._libsvm_sparse: __pyx_unpickle_Enum
sklearn.tree._criterion: __pyx_unpickle_Criterion __pyx_unpickle_Enum
sklearn.tree._partitioner: __pyx_unpickle_DensePartitioner __pyx_unpickle_Enum __pyx_unpickle_SparsePartitioner
sklearn.tree._splitter: __pyx_unpickle_DensePartitioner __pyx_unpickle_Enum __pyx_unpickle_SparsePartitioner
sklearn.tree._tree: __pyx_unpickle_Enum __pyx_unpickle_TreeBuilder __pyx_unpickle__CCPPruneController
sklearn.tree._utils: __pyx_unpickle_Enum
sklearn.utils._random: __pyx_unpickle_Enum
sklearn.utils._weight_vector: __pyx_unpickle_Enum`,
  },
  {
    why: 'A dictionary with attribute access to its own items, in the module that held it before 0.20.',
    names: `sklearn.datasets.base: Bunch`,
  },
  {
    why: 'A function that an estimator keeps among its parameters.',
    storedOnly: true,
    names: `sklearn.cluster._kmeans: _kmeans_single_elkan _kmeans_single_lloyd
sklearn.gaussian_process.correlation_models: absolute_exponential cubic generalized_exponential linear pure_nugget squared_exponential
sklearn.gaussian_process.regression_models: constant linear quadratic
sklearn.metrics._scorer: _passthrough_scorer
sklearn.metrics.scorer: _passthrough_scorer
sklearn.model_selection._search_successive_halving: _refit_callable`,
  },
  {
    why: 'A metric or score function of scikit-learn, which searches and selectors keep as a parameter.',
    storedOnly: true,
    names: `sklearn.feature_selection._mutual_info: mutual_info_classif mutual_info_regression
sklearn.feature_selection._univariate_selection: chi2 f_classif f_oneway f_regression r_regression
sklearn.feature_selection.mutual_info_: mutual_info_classif mutual_info_regression
sklearn.feature_selection.univariate_selection: chi2 f_classif f_oneway f_regression
sklearn.metrics._classification: accuracy_score balanced_accuracy_score brier_score_loss class_likelihood_ratios classification_report cohen_kappa_score confusion_matrix d2_brier_score d2_log_loss_score f1_score fbeta_score hamming_loss hinge_loss jaccard_score jaccard_similarity_score log_loss matthews_corrcoef multilabel_confusion_matrix precision_recall_fscore_support precision_score recall_score zero_one_loss
sklearn.metrics._ranking: auc average_precision_score confusion_matrix_at_thresholds coverage_error dcg_score det_curve label_ranking_average_precision_score label_ranking_loss metric_at_thresholds ndcg_score precision_recall_curve roc_auc_score roc_curve top_k_accuracy_score
sklearn.metrics._regression: d2_absolute_error_score d2_pinball_score d2_tweedie_score explained_variance_score max_error mean_absolute_error mean_absolute_percentage_error mean_gamma_deviance mean_pinball_loss mean_poisson_deviance mean_squared_error mean_squared_log_error mean_tweedie_deviance median_absolute_error r2_score root_mean_squared_error root_mean_squared_log_error
sklearn.metrics.classification: accuracy_score brier_score_loss classification_report cohen_kappa_score confusion_matrix f1_score fbeta_score hamming_loss hinge_loss jaccard_similarity_score log_loss matthews_corrcoef precision_recall_fscore_support precision_score recall_score zero_one_loss
sklearn.metrics.cluster._supervised: adjusted_mutual_info_score adjusted_rand_score completeness_score fowlkes_mallows_score homogeneity_completeness_v_measure homogeneity_score mutual_info_score normalized_mutual_info_score pair_confusion_matrix rand_score v_measure_score
sklearn.metrics.cluster.supervised: adjusted_mutual_info_score adjusted_rand_score completeness_score fowlkes_mallows_score homogeneity_completeness_v_measure homogeneity_score mutual_info_score normalized_mutual_info_score v_measure_score
sklearn.metrics.ranking: auc average_precision_score coverage_error label_ranking_average_precision_score label_ranking_loss precision_recall_curve roc_auc_score roc_curve
sklearn.metrics.regression: explained_variance_score mean_absolute_error mean_squared_error mean_squared_log_error median_absolute_error r2_score`,
  },
  {
    why: 'A plain type of the language: calling it builds or converts a value, and its instances have no state to set beyond their items.',
    names: `__builtin__: basestring bool bytes complex float frozenset int list long object range set slice tuple unicode xrange
builtins: bool bytes complex float frozenset int list object range set slice tuple`,
  },
  {
    why: 'A plain type that saves store and never call: calling it runs methods of what it is given.',
    storedOnly: true,
    names: `__builtin__: dict str
builtins: dict str`,
  },
  {
    why: 'A function of the language that computes a value and changes nothing: saves store it as a parameter. A pickle that calls it is not ordinary.',
    storedOnly: true,
    names: `__builtin__: abs all any bin callable chr divmod enumerate format hex id isinstance issubclass len max min oct ord pow print repr reversed round sorted sum unichr zip
builtins: abs all any ascii bin callable chr divmod enumerate format hex id isinstance issubclass len max min oct ord pow print repr reversed round sorted sum zip`,
  },
  {
    why: 'An operator or a function of mathematics: it computes a value from its arguments. A pickle that calls it is not ordinary.',
    storedOnly: true,
    names: `_operator: abs add and_ concat contains countOf eq floordiv ge gt index indexOf inv invert is_ is_not le length_hint lshift lt matmul mod mul ne neg not_ or_ pos pow rshift sub truediv truth xor
cmath: acos acosh asin asinh atan atanh cos cosh exp isclose isfinite isinf isnan log log10 phase polar rect sin sinh sqrt tan tanh
itertools: izip
math: acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist erf erfc exp exp2 expm1 fabs factorial floor fma fmod frexp fsum gamma gcd hypot isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2 modf nextafter perm pow prod radians remainder sin sinh sqrt sumprod tan tanh trunc ulp
operator: abs add and_ concat contains countOf eq floordiv ge gt index indexOf inv invert is_ is_not le length_hint lshift lt matmul mod mul ne neg not_ or_ pos pow rshift sub truediv truth xor`,
  },
  {
    why: 'A text with placeholders. It keeps the text and puts values in when a method is called.',
    names: `string: Template`,
  },
  {
    why: 'A constant of the language, which cannot be called.',
    names: `__builtin__: Ellipsis False None NotImplemented True
builtins: Ellipsis False None NotImplemented True`,
  },
  {
    why: 'An exception class: building one stores its arguments, and a pickle cannot raise it.',
    names: `builtins: ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError Exception FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
decimal: Clamped ConversionSyntax DecimalException DivisionByZero DivisionImpossible DivisionUndefined FloatOperation Inexact InvalidContext InvalidOperation Overflow Rounded Subnormal Underflow
exceptions: ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning StandardError StopIteration SyntaxError SyntaxWarning SystemError TabError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError`,
  },
  {
    why: 'Buffers in memory: they hold the bytes or text that they were given and open nothing.',
    names: `_io: BytesIO StringIO
io: BytesIO StringIO`,
  },
  {
    why: 'A container of the standard library: it stores items. A factory that a defaultdict is given is a global of its own and judged as such.',
    names: `UserDict: IterableUserDict UserDict
UserList: UserList
UserString: UserString
_collections: OrderedDict defaultdict deque
argparse: Namespace
array: _array_reconstructor array
collections: ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque
ordereddict: OrderedDict
sets: ImmutableSet Set
types: EllipsisType NoneType NotImplementedType SimpleNamespace`,
  },
  {
    why: 'The constructors that pickle itself writes for instances: they call __new__ and __init__ of classes that the stream names and that are judged by themselves.',
    names: `copy_reg: __newobj__ __newobj_ex__ _reconstructor
copyreg: __newobj__ __newobj_ex__ _reconstructor`,
  },
  {
    why: 'A value of time, number, identity or address: an immutable value computed from its arguments, checked by its constructor.',
    names: `_decimal: Context Decimal
_pydecimal: Context Decimal
datetime: date datetime time timedelta timezone tzinfo
decimal: Context Decimal
fractions: Fraction
ipaddress: IPv4Address IPv4Interface IPv4Network IPv6Address IPv6Interface IPv6Network
time: struct_time
uuid: SafeUUID UUID`,
  },
  {
    why: 'A named tuple: it stores the fields that it is given, has no dict for a BUILD to fill, and computes nothing until somebody asks.',
    names: `difflib: Match
nt: times_result uname_result
os: stat_result statvfs_result terminal_size
posix: times_result uname_result
urllib.parse: DefragResult DefragResultBytes ParseResult ParseResultBytes SplitResult SplitResultBytes
urlparse: DefragResult DefragResultBytes ParseResult ParseResultBytes SplitResult SplitResultBytes`,
  },
  {
    why: 'The flags of a regular expression: calling it looks a number up.',
    names: `re: RegexFlag`,
  },
  {
    why: 'A path as a value: it joins and splits text, and touches no file until a method is called, which a pickle cannot do.',
    names: `pathlib: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
pathlib._local: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath`,
  },
  {
    why: 'Compiles the pattern of a regular expression, which is all that re.compile writes; a pattern only costs time, when it is used.',
    names: `re: _compile`,
  },
  {
    why: 'A random generator as a value: it stores its state vector.',
    names: `_random: Random
random: Random`,
  },
  {
    why: 'A dictionary: with attribute access to its own items, or one that sets the items to None that depend on another.',
    names: `statsmodels.tools.decorators: ResettableCache
statsmodels.tools.tools: Bunch`,
  },
  {
    why: 'The results of a filter: the constructor copies a fixed list of attributes of the model that it is given and asks its arrays for copies; what it so calls the stream names, and it is judged by itself.',
    names: `statsmodels.tsa.statespace.kalman_filter: FilterResults
statsmodels.tsa.statespace.kalman_smoother: SmootherResults
statsmodels.tsa.statespace.representation: FrozenRepresentation`,
  },
  {
    why: 'A result of a statistical test: a tuple that keeps its fields.',
    names: `statsmodels.emplike.descriptive: EmpLikeTestResult
statsmodels.emplike.elanova: ANOVAResult
statsmodels.nonparametric.kde: KDEResult
statsmodels.regression._tools: _MinimalWLSModel
statsmodels.regression.linear_model: CompareLRTestResult ELTestResult YuleWalkerResult
statsmodels.regression.rolling: RollingStore
statsmodels.robust.covariance: CovDetMCDResult CovIterResult CovMResult CovOGKResult CovStartingResult CovTylerRegularizedResult CovTylerResult NaiveLedoitWolfResult
statsmodels.robust.resistant_linear_model: DetSStartResult
statsmodels.robust.scale: ScaleTrimmedResult
statsmodels.robust.tools: TuningSEstimatorMeanResult
statsmodels.stats.contingency_tables: CochransQResult
statsmodels.stats.correlation_tools: CovNearestResult
statsmodels.stats.covariance: TransformCorrNormalResult
statsmodels.stats.diagnostic: GoldfeldQuandtResult LMTestResult NonNestedTestResult PesaranTimmermannResult
statsmodels.stats.dist_dependence_measures: DistDependStat
statsmodels.stats.effect_size: NoncentralityChisquareResult NoncentralityFResult NoncentralityTResult
statsmodels.stats.gof: ChisquareResult
statsmodels.stats.moment_helpers: Cov2CorrResult
statsmodels.stats.multitest: LocalFDRCorrectionResult
statsmodels.stats.nonparametric: JonckheereTerpstraResult RankPlacementsResult SamplesizeRankCompareResult
statsmodels.stats.oneway: ConfintEffectSizeResult EffectSizeFsquResult FstatEffectSizeResult SimulatePowerEquivalenceResult
statsmodels.stats.proportion: KoopmanConfintResult PairedNamConfintResult PowerProportionsResult
statsmodels.tools.rootfinding: BrentqExpandingInfo
statsmodels.tsa.ar_model: InformationCriteria
statsmodels.tsa.ardl.model: BoundsTestResult
statsmodels.tsa.arima.estimators._base: ARMAEstimationResult
statsmodels.tsa.filters.filtertools: CycleTrendResult
statsmodels.tsa.stattools._stattools: AcfResult BreakvarHeteroskedasticityResult CcfResult CointResult JackknifeResult LevinsonDurbinPacfResult LevinsonDurbinResult PacfBurgResult PacfResult PccfResult QStatResult
statsmodels.tsa.tsatools: LagmatResult
statsmodels.tsa.vector_ar.hypothesis_test_results: ErrorBand ForecastInterval`,
  },
  {
    why: 'A compiled state space model or filter: it checks the shapes of the arrays and numbers that it is given and keeps them; its parts must be of the compiled types.',
    names: `statsmodels.tsa.statespace._cfa_simulation_smoother: cCFASimulationSmoother dCFASimulationSmoother sCFASimulationSmoother zCFASimulationSmoother
statsmodels.tsa.statespace._initialization: cInitialization dInitialization sInitialization zInitialization
statsmodels.tsa.statespace._kalman_filter: cKalmanFilter dKalmanFilter sKalmanFilter zKalmanFilter
statsmodels.tsa.statespace._kalman_smoother: cKalmanSmoother dKalmanSmoother sKalmanSmoother zKalmanSmoother
statsmodels.tsa.statespace._representation: cStatespace dStatespace sStatespace zStatespace
statsmodels.tsa.statespace._simulation_smoother: cSimulationSmoother dSimulationSmoother sSimulationSmoother zSimulationSmoother
statsmodels.tsa.statespace._statespace: cKalmanFilter cStatespace dKalmanFilter dStatespace sKalmanFilter sStatespace zKalmanFilter zStatespace`,
  },
  {
    why: 'A class that a model keeps to make its results later.',
    storedOnly: true,
    names: `statsmodels.tsa.statespace.simulation_smoother: SimulationSmoothResults`,
  },
  {
    why: 'A scoring or weighting function that a model keeps.',
    storedOnly: true,
    names: `gensim.models.phrases: npmi_scorer original_scorer
gensim.models.tfidfmodel: df2idf
zlib: adler32 crc32`,
  },
  {
    why: 'A function that a model keeps: it gives its argument back, raises an error, or hashes a word.',
    storedOnly: true,
    names: `__builtin__: hash
builtins: hash
gensim.utils: call_on_class_only identity`,
  },
  {
    why: 'Rebuilds a tensor or parameter over a storage: it checks sizes and strides, allocates and sets attributes of the new tensor.',
    names: `torch._utils: _rebuild_device_tensor_from_cpu_tensor _rebuild_device_tensor_from_numpy _rebuild_meta_tensor_no_storage _rebuild_nested_tensor _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_csr_tensor _rebuild_sparse_tensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_wrapper_subclass _rebuild_xla_tensor`,
  },
  {
    why: 'A value or tensor class of torch: its constructor allocates or converts what it is given.',
    names: `torch: Generator Size Tensor device
torch._C: Generator Size device
torch._tensor: Tensor
torch.nn: Parameter
torch.storage: TypedStorage UntypedStorage _TypedStorage _UntypedStorage
torch.tensor: Tensor
torch.torch_version: TorchVersion`,
  },
  {
    why: 'A hook, scaler, data set or wrapper that holds what it is given and runs only when the model runs.',
    names: `torch.amp.grad_scaler: GradScaler OptState _refresh_per_optimizer_state
torch.cuda.amp.grad_scaler: GradScaler OptState _refresh_per_optimizer_state
torch.nn.modules.module: _WrappedHook
torch.nn.parallel.data_parallel: DataParallel
torch.nn.utils.prune: Identity L1Unstructured LnStructured RandomStructured RandomUnstructured
torch.nn.utils.spectral_norm: SpectralNorm SpectralNormLoadStateDictPreHook SpectralNormStateDictHook
torch.nn.utils.weight_norm: WeightNorm
torch.optim.swa_utils: SWALR
torch.utils.data.dataset: ConcatDataset Subset TensorDataset
torch.utils.hooks: RemovableHandle`,
  },
  {
    why: 'A batch of sequences: a tuple of tensors, whose constructor asks the given batch sizes for their device and inverts a permutation.',
    names: `torch.nn.utils.rnn: PackedSequence PackedSequence_`,
  },
  {
    why: 'A layer of torch: its constructor makes parameters and sub-layers, and Module.__setstate__ stores the state.',
    names: `torch.ao.nn.intrinsic.modules.fused: BNReLU2d BNReLU3d ConvAdd2d ConvAddReLU2d ConvBn1d ConvBn2d ConvBn3d ConvBnReLU1d ConvBnReLU2d ConvBnReLU3d ConvReLU1d ConvReLU2d ConvReLU3d LinearBn1d LinearLeakyReLU LinearReLU LinearTanh _FusedModule
torch.ao.nn.qat.modules.conv: Conv1d Conv2d Conv3d _ConvNd
torch.ao.nn.qat.modules.embedding_ops: Embedding EmbeddingBag
torch.ao.nn.qat.modules.linear: Linear
torch.ao.nn.quantized.dynamic.modules.conv: Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d
torch.ao.nn.quantized.dynamic.modules.linear: Linear
torch.ao.nn.quantized.dynamic.modules.rnn: GRU GRUCell LSTM LSTMCell PackedParameter RNNBase RNNCell RNNCellBase
torch.ao.nn.quantized.modules: DeQuantize Quantize
torch.ao.nn.quantized.modules.activation: ELU Hardswish LeakyReLU MultiheadAttention PReLU ReLU6 Sigmoid Softmax
torch.ao.nn.quantized.modules.batchnorm: BatchNorm2d BatchNorm3d _BatchNorm
torch.ao.nn.quantized.modules.conv: Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d _ConvNd _ConvTransposeNd
torch.ao.nn.quantized.modules.dropout: Dropout
torch.ao.nn.quantized.modules.embedding_ops: Embedding EmbeddingBag EmbeddingPackedParams
torch.ao.nn.quantized.modules.functional_modules: FXFloatFunctional FloatFunctional QFunctional
torch.ao.nn.quantized.modules.linear: Linear LinearPackedParams
torch.ao.nn.quantized.modules.normalization: GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d LayerNorm
torch.ao.nn.quantized.modules.rnn: LSTM
torch.ao.nn.quantized.modules.utils: WeightedQuantizedModule
torch.nn.modules._functions: BackwardHookFunction CrossMapLRN2d SyncBatchNorm
torch.nn.modules.activation: CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid LogSoftmax Mish MultiheadAttention PReLU RReLU ReLU ReLU6 SELU SiLU Sigmoid Softmax Softmax2d Softmin Softplus Softshrink Softsign Tanh Tanhshrink Threshold
torch.nn.modules.adaptive: AdaptiveLogSoftmaxWithLoss _ASMoutput
torch.nn.modules.batchnorm: BatchNorm1d BatchNorm2d BatchNorm3d LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d SyncBatchNorm _BatchNorm _LazyNormBase _NormBase
torch.nn.modules.channelshuffle: ChannelShuffle
torch.nn.modules.container: Container ModuleDict ModuleList ParameterDict ParameterList Sequential
torch.nn.modules.conv: Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d _ConvNd _ConvTransposeMixin _ConvTransposeNd _LazyConvXdMixin
torch.nn.modules.distance: CosineSimilarity PairwiseDistance
torch.nn.modules.dropout: AlphaDropout Dropout Dropout1d Dropout2d Dropout3d FeatureAlphaDropout _DropoutNd
torch.nn.modules.flatten: Flatten Unflatten
torch.nn.modules.fold: Fold Unfold
torch.nn.modules.instancenorm: InstanceNorm1d InstanceNorm2d InstanceNorm3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d _InstanceNorm
torch.nn.modules.lazy: LazyModuleMixin _LazyProtocol
torch.nn.modules.linear: Bilinear Identity LazyLinear Linear NonDynamicallyQuantizableLinear
torch.nn.modules.linear_cross_entropy: _ChunkContext _ChunkViews
torch.nn.modules.linear_cross_entropy_options: LinearCrossEntropyOptions _AutoDefault
torch.nn.modules.loss: BCELoss BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss CrossEntropyLoss GaussianNLLLoss HingeEmbeddingLoss HuberLoss KLDivLoss L1Loss LinearCrossEntropyLoss MSELoss MarginRankingLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss NLLLoss2d PoissonNLLLoss SmoothL1Loss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss _Loss _WeightedLoss
torch.nn.modules.module: Module _IncompatibleKeys
torch.nn.modules.normalization: CrossMapLRN2d GroupNorm LayerNorm LocalResponseNorm RMSNorm
torch.nn.modules.padding: CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad1d ZeroPad2d ZeroPad3d _CircularPadNd _ConstantPadNd _ReflectionPadNd _ReplicationPadNd
torch.nn.modules.pixelshuffle: PixelShuffle PixelUnshuffle
torch.nn.modules.pooling: AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool1d AvgPool2d AvgPool3d FractionalMaxPool2d FractionalMaxPool3d LPPool1d LPPool2d LPPool3d MaxPool1d MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d _AdaptiveAvgPoolNd _AdaptiveMaxPoolNd _AvgPoolNd _LPPoolNd _MaxPoolNd _MaxUnpoolNd
torch.nn.modules.rnn: GRU GRUCell LSTM LSTMCell RNN RNNBase RNNCell RNNCellBase
torch.nn.modules.sparse: Embedding EmbeddingBag
torch.nn.modules.transformer: TransformerDecoderLayer TransformerEncoderLayer
torch.nn.modules.upsampling: Upsample UpsamplingBilinear2d UpsamplingNearest2d`,
  },
  {
    why: 'An optimiser or scheduler of torch: it keeps parameter groups and numbers.',
    names: `torch.optim: Adafactor Muon
torch.optim._stateless: _GroupSwapinInfo
torch.optim.adadelta: Adadelta
torch.optim.adagrad: Adagrad
torch.optim.adam: Adam
torch.optim.adamax: Adamax
torch.optim.adamw: AdamW
torch.optim.asgd: ASGD
torch.optim.lbfgs: LBFGS
torch.optim.lr_scheduler: ChainedScheduler ConstantLR CosineAnnealingLR CosineAnnealingWarmRestarts CyclicLR ExponentialLR LRScheduler LambdaLR LinearLR MultiStepLR MultiplicativeLR OneCycleLR PolynomialLR ReduceLROnPlateau SequentialLR StepLR _LRScheduler _SchedulePhase _enable_get_lr_call _initial_mode
torch.optim.nadam: NAdam
torch.optim.optimizer: Optimizer _RequiredParameter
torch.optim.radam: RAdam
torch.optim.rmsprop: RMSprop
torch.optim.rprop: Rprop
torch.optim.sgd: SGD
torch.optim.sparse_adam: SparseAdam`,
  },
  {
    why: 'A storage class of torch: in checkpoints it names the type of raw data; calling it allocates memory.',
    names: `torch: BFloat16Storage BoolStorage ByteStorage CharStorage ComplexDoubleStorage ComplexFloatStorage DoubleStorage FloatStorage HalfStorage IntStorage LongStorage QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage QUInt8Storage ShortStorage Storage TypedStorage UntypedStorage
torch.cuda: BFloat16Storage BoolStorage ByteStorage CharStorage ComplexDoubleStorage ComplexFloatStorage DoubleStorage FloatStorage HalfStorage IntStorage LongStorage QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage QUInt8Storage ShortStorage Storage TypedStorage UntypedStorage`,
  },
  {
    why: 'A parameter or buffer class of torch: calling it wraps a tensor.',
    names: `torch.nn.parameter: Buffer Parameter UninitializedBuffer UninitializedParameter`,
  },
  {
    why: 'A tensor type of torch, by which older releases named a dtype and device: calling it allocates memory.',
    names: `torch: BFloat16Tensor BoolTensor ByteTensor CharTensor DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor
torch.cuda: BFloat16Tensor BoolTensor ByteTensor CharTensor DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor`,
  },
  {
    why: 'A constant of torch: a dtype, layout, memory format or quantisation scheme, which cannot be called.',
    names: `torch: _mkldnn bcomplex32 bfloat16 bit bits16 bits1x8 bits2x4 bits4x2 bits8 bool cdouble cfloat chalf channels_last channels_last_3d complex128 complex32 complex64 contiguous_format double float float16 float32 float4_e2m1fn_x2 float64 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu half int int1 int16 int2 int3 int32 int4 int5 int6 int64 int7 int8 jagged legacy_contiguous_format long per_channel_affine per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine per_tensor_symmetric preserve_format qint32 qint8 quint2x4 quint4x2 quint8 short sparse_bsc sparse_bsr sparse_coo sparse_csc sparse_csr strided uint1 uint16 uint2 uint3 uint32 uint4 uint5 uint6 uint64 uint7 uint8`,
  },
  {
    why: 'Finds a memory layout in a fixed table by its name.',
    names: `torch.serialization: _get_layout`,
  },
  {
    why: "A record of a distributed checkpoint's table of contents: a data class or enumeration of plain values.",
    names: `torch.distributed.checkpoint.filesystem: _StorageInfo
torch.distributed.checkpoint.metadata: BytesStorageMetadata ChunkStorageMetadata Metadata MetadataIndex StorageMeta TensorProperties TensorStorageMetadata _MEM_FORMAT_ENCODING`,
  },
  {
    why: 'An activation that layers keep as a function.',
    storedOnly: true,
    names: `torch._C._nn: gelu
torch.nn.functional: elu gelu hardswish hardtanh leaky_relu log_softmax logsigmoid mish relu relu6 selu sigmoid silu softmax softplus tanh`,
  },
  {
    why: 'A function of a scheduler that it keeps.',
    storedOnly: true,
    names: `torch.optim.lr_scheduler: CyclicLR._exp_range_scale_fn CyclicLR._triangular2_scale_fn CyclicLR._triangular_scale_fn`,
  },
  {
    why: "A data class of plain values in a trainer's arguments.",
    names: `transformers.trainer_pt_utils: AcceleratorConfig`,
  },
  {
    why: "An enumeration of a trainer's arguments, in older releases: calling it looks a member up by value.",
    names: `accelerate.state: DistributedType
accelerate.utils.dataclasses: DistributedType
sentence_transformers.training_args: BatchSamplers MultiDatasetBatchSamplers
transformers.trainer_utils: EvaluationStrategy FSDPOption HubStrategy IntervalStrategy SchedulerType ShardedDDPOption
transformers.training_args: OptimizerNames ParallelMode`,
  },
  {
    why: "An enumeration of a trainer's arguments: calling it looks a member up by value.",
    names: `accelerate.utils.dataclasses: BaseEnum ComputeEnvironment CustomDtype DDPCommunicationHookType DynamoBackend FP8BackendType LoggerType PrecisionType RNGType SageMakerDistributedType
sentence_transformers.base.sampler: BatchSamplers MultiDatasetBatchSamplers
transformers.debug_utils: DebugOption
transformers.trainer_utils: HPSearchBackend SaveStrategy`,
  },
];
