// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { Pack } from '../rows.js';

/** By the package that a module belongs to. */
export const PACKS: ReadonlyMap<string, Pack> = new Map([
  [
    'Bio',
    {
      uses: `ExactPosition: n1()
FrequencyPositionMatrix _RestrictedDict: s(gdoupe)
MutableSeq: bP(d)
Seq: bP(do)
_PartiallyDefinedSequenceData _UndefinedSequenceData: bP()`,
    },
  ],
  [
    'PIL',
    {
      uses: `Image PngImageFile: n0() bI(d)l
Resampling Transpose: r1()`,
      shapes: `PIL.Image Image: new(); state image
PIL.PngImagePlugin PngImageFile: new(); state image`,
    },
  ],
  [
    'accelerate',
    {
      uses: `DDPCommunicationHookType DynamoBackend PrecisionType: r1()`,
      shapes: `accelerate.optimizer AcceleratedOptimizer: new(); state {optimizer: <torch.optim>|<transformers.optimization>, scaler: any, *}`,
    },
  ],
  [
    'addict',
    {
      uses: `Dict: n1(n,o) n2(n,o) s(gdoupe) n0() n1(n,gdoue) s(gdoupe)lA bS(gdoupe)l`,
    },
  ],
  [
    'affine',
    {
      uses: `Affine: n6()`,
    },
  ],
  [
    'ase',
    {
      uses: `Atom: bP(gdoupe)l
Parameters: n1() n1(n,gdoue) s(gdoupe)l`,
      members: `ase.calculators.emt.EMT _deprecated_get_spin_polarized
ase.calculators.singlepoint.SinglePointCalculator _deprecated_get_spin_polarized`,
      shapes: `ase.atom Atom: new(); state (none, {data: {*}, atoms: any, index: any})`,
    },
  ],
  [
    'astropy',
    {
      uses: `NeutrinoInfo: n1(n,d) n7(d,d)
StdDevUncertainty: bT3(do)
Time TimeDelta: n1(o,o)`,
      members: `astropy.cosmology._src.flrw.lambdacdm.FlatLambdaCDM _flat_age
astropy.cosmology._src.flrw.lambdacdm.FlatLambdaCDM _flat_lookback_time
astropy.cosmology._src.flrw.lambdacdm.FlatLambdaCDM _hypergeometric_comoving_distance_z1z2`,
    },
  ],
  [
    'attr',
    {
      uses: `Factory: bT2(g)
_Nothing: r1()`,
      shapes: `attr._make Converter: new(); state {converter: @builtins.int|@builtins.float|@builtins.str|@builtins.bool|@builtins.bytes|@__builtin__.int|@__builtin__.long|@__builtin__.float|@__builtin__.unicode|@__builtin__.bool, takes_self: bool, takes_field: bool}`,
    },
  ],
  [
    'bayes_opt',
    {
      members: `bayes_opt.target_space.TargetSpace kernel_transform`,
      shapes: `bayes_opt.parameter wrap_kernel: call(<sklearn.gaussian_process.kernels.Matern>|<sklearn.gaussian_process.kernels.RBF>|<sklearn.gaussian_process.kernels.RationalQuadratic>|<sklearn.gaussian_process.kernels.ConstantKernel>|<sklearn.gaussian_process.kernels.WhiteKernel>|<sklearn.gaussian_process.kernels.DotProduct>|<sklearn.gaussian_process.kernels.ExpSineSquared>, <builtins.getattr>|<__builtin__.getattr>)`,
    },
  ],
  [
    'bidict',
    {
      members: `bidict.OrderedBidict _from_other
bidict.bidict _from_other
bidict.frozenbidict _from_other`,
      shapes: `bidict OrderedBidict._from_other bidict._from_other frozenbidict._from_other: call({*: plain}) ; call(plain)`,
    },
  ],
  [
    'bitarray',
    {
      uses: `_bitarray_reconstructor: bD(gdoupe)r k r5(gd,gd)`,
    },
  ],
  [
    'boltons',
    {
      uses: `Bits: bP()
ConstantTZInfo: bD(gdoupe)r r0()
FrozenDict: r1()
OrderedMultiDict: bI()r r0()
SplayList: a(gdoupe) n1()
_ComplementSet: bP(d)`,
    },
  ],
  [
    'botorch',
    {
      members: `botorch.models.gp_regression.SingleTaskGP _load_state_hook_ignore_shapes
botorch.models.model_list_gp_regression.ModelListGP _load_state_hook_ignore_shapes`,
    },
  ],
  [
    'box',
    {
      uses: `Box ConfigBox DDBox SBox: n0() n1() n1(n,gdoue) s(gdoupe)l bD(g)l
BoxList: n0() a(gdoupe)l bD(gdou)l`,
      shapes: `box.box Box: stored; new(); new({**: any}); state {_box_config: {default_box?: false, default_box_attr?: @box.box|@box.config_box|@box.shorthand_box, box_class?: @box.box|@box.config_box|@box.shorthand_box|none, box_recast?: none, box_intact_types?: (), box_dots_exclude?: none, box_namespace?: plain, __created?: bool, __unpickling?: bool, __safe_keys?: {*: text}, *: constant}}
box.box_list BoxList: new(); state {box_options: {default_box?: false, default_box_attr?: @box.box, box_class?: @box.box|none, box_recast?: none, box_intact_types?: (), box_namespace?: plain, __created?: bool, __safe_keys?: {*: text}, *: constant}, items: [any*]}; state {box_options: {default_box?: false, default_box_attr?: @box.box, box_class?: @box.box|none, box_recast?: none, box_intact_types?: (), box_namespace?: plain, __created?: bool, __safe_keys?: {*: text}, *: constant}, box_org_ref?: none}
box.config_box ConfigBox: stored; new(); new({**: any}); state {_box_config: {default_box?: false, default_box_attr?: @box.box|@box.config_box|@box.shorthand_box, box_class?: @box.box|@box.config_box|@box.shorthand_box|none, box_recast?: none, box_intact_types?: (), box_dots_exclude?: none, box_namespace?: plain, __created?: bool, __unpickling?: bool, __safe_keys?: {*: text}, __ci_index?: {*: text}, __ci_len?: int, *: constant}}
box.shorthand_box DDBox SBox: stored; new(); new({**: any}); state {_box_config: {default_box?: false, default_box_attr?: @box.box|@box.config_box|@box.shorthand_box, box_class?: @box.box|@box.config_box|@box.shorthand_box|none, box_recast?: none, box_intact_types?: (), box_dots_exclude?: none, box_namespace?: plain, __created?: bool, __unpickling?: bool, __safe_keys?: {*: text}, *: constant}}`,
    },
  ],
  [
    'cachetools',
    {
      uses: `LFUCache._Link: bP(d)r r1()
TTLCache._Link: r2()
_HashedTuple: n1() n1(gdn,gdu) k`,
      shapes: `cachetools LFUCache: new(); state {_LFUCache__root: <cachetools.LFUCache._Link>, _LFUCache__links: {**: <cachetools.LFUCache._Link>}, insert!, *}
cachetools _TimedCache._Timer: call(@time.monotonic|@time.time|@time.perf_counter)`,
    },
  ],
  [
    'causalml',
    {
      uses: `Tree: r3(d,d) bD(d)rl`,
      members: `causalml.inference.tree.uplift.UpliftTreeClassifier arr_evaluate_KL
causalml.inference.tree.uplift.UpliftTreeClassifier evaluate_KL`,
      shapes: `causalml.inference.tree._tree._tree Tree: call(small, any, small); state {max_depth: int, node_count: size, nodes: any, values: any}`,
    },
  ],
  [
    'cftime',
    {
      uses: `real_datetime: r1(d,d)`,
      shapes: `cftime._cftime _create_datetime: call(@cftime._cftime.datetime|@cftime._cftime.DatetimeNoLeap|@cftime._cftime.DatetimeAllLeap|@cftime._cftime.Datetime360Day|@cftime._cftime.DatetimeJulian|@cftime._cftime.DatetimeGregorian|@cftime._cftime.DatetimeProlepticGregorian, (int*), {calendar?: text, has_year_zero?: bool|none, hour?: int, minute?: int, second?: int, microsecond?: int, dayofwk?: int, dayofyr?: int})`,
    },
  ],
  [
    'cmdstanpy',
    {
      uses: `Method: r1()`,
      shapes: `cmdstanpy.stanfit.mle CmdStanMLE: new(); state {stan_variable!, *}`,
    },
  ],
  [
    'confection',
    {
      uses: `Config: n1() s(gdoupe)`,
    },
  ],
  [
    'cv2',
    {
      uses: `error: r0() r1() bD(gdoupe)rl`,
    },
  ],
  [
    'dask',
    {
      uses: `Bag: bT3(o)
DataNode: r2()
Task: bT9(gdo)
TaskRef: r1()
_BackendData: r1(pe,pe)`,
    },
  ],
  [
    'dateutil',
    {
      uses: `_unpickle: r4(gdn,gd)
weekday: bP()`,
      shapes: `dateutil.rrule rrule rruleset: new(); state {_invalidate_cache!, _iter!, *}
dateutil.tz._tzfile _unpickle: call(@dateutil.tz._tzfile.tzfile, any, any, any)`,
    },
  ],
  [
    'deap',
    {
      uses: `Logbook: a(gdoupe) n1(n,d)
Primitive Terminal: bP(g)
PrimitiveTree: a(gdoupe)
meta_create: a(gdoupe)r`,
      shapes: `deap.creator meta_create: stored; call(capital&!'MetaCreator', @builtins.list|@__builtin__.list|@deap.base.Fitness|@deap.gp.PrimitiveTree, {weights?: (number*), fitness?: <deap.creator.meta_create>, append!, extend!, *: plain}); class new(); class new([any*]); state {append!, extend!, *}`,
    },
  ],
  [
    'diffusers',
    {
      uses: `DDPMSchedulerOutput: s(d)r bD(d)r r2(d,d)
FrozenDict: bD(gdoupe)r r0() s(gdoupe)r`,
      shapes: `diffusers.schedulers.scheduling_ddpm DDPMSchedulerOutput: call(<torch._utils._rebuild_tensor_v2>, <torch._utils._rebuild_tensor_v2>|none); state {*: <torch._utils._rebuild_tensor_v2>|none}`,
    },
  ],
  [
    'dowhy',
    {
      uses: `BackdoorAdjustment EstimandType GeneralizedAdjustment: r1()`,
    },
  ],
  [
    'dtaidistance',
    {
      uses: `StepsType!: r1()`,
    },
  ],
  [
    'econml',
    {
      uses: `CachedValues: n1(n,d) n10(dn,d)
SensitivityParams: n1(n,d) n4(d,d)
Tree: r4() bD(d)rl`,
      shapes: `econml.tree._tree Tree: call(small, small, small, bool); state {max_depth: int, node_count: size, nodes: any, values: any, jac?: any, precond?: any}`,
    },
  ],
  [
    'einops',
    {
      shapes: `einops.layers.torch Rearrange: new(); state {pattern: text, axes_lengths: {*: int}}
einops.layers.torch Reduce: new(); state {pattern: text, reduction: text, axes_lengths: {*: int}}`,
    },
  ],
  [
    'evidently',
    {
      uses: `BaseWidgetInfo ColumnDataDriftMetrics CountValue DataDefinition DataDriftPreset DataDriftTableResults DataSummaryPreset DatasetColumns DatasetDriftMetricResults DatasetUtilityColumns Distribution DistributionIncluded DriftStatsField DriftedColumnsCount MaxValue MeanValue MetricConfig MetricValueLocation QuantileValue ScatterAggField SingleValue TabInfo ValueDrift: n0() bD(gdoupe)l_
ColumnType: r1()`,
      shapes: `evidently.core.datasets DataDefinition: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.core.metric_types CountValue MetricConfig MetricValueLocation SingleValue: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.calculations.data_drift ColumnDataDriftMetrics DriftStatsField: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.metric_results DatasetColumns DatasetUtilityColumns Distribution DistributionIncluded ScatterAggField: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.metrics.data_drift.data_drift_table DataDriftTableResults: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.metrics.data_drift.dataset_drift_metric DatasetDriftMetricResults: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.legacy.model.widget BaseWidgetInfo TabInfo: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.metrics.column_statistics DriftedColumnsCount MaxValue MeanValue QuantileValue ValueDrift: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.presets.dataset_stats DataSummaryPreset: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
evidently.presets.drift DataDriftPreset: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}`,
    },
  ],
  [
    'fastai',
    {
      uses: `CategoryMap: n0() bD(gdoupe)l_`,
      members: `fastai.data.core.FilteredBase dataloaders
fastai.tabular.core.FillStrategy median
fastai.tabular.core.TabularPandas dataloaders
fastai.text.models.awdlstm.WeightDropout _do_nothing`,
      shapes: `fastai.data.transforms CategoryMap: new(); state {items: any, keys!, update!, append!, extend!, add!, cleanup!, close!, *}`,
    },
  ],
  [
    'fastcore',
    {
      uses: `AttrDict: n1() n1(n,gdoue) s(gdoupe)l
Float Int Str! fastuple: n1()
NS: bD(gdoupe)r r0()`,
    },
  ],
  [
    'flaml',
    {
      members: `flaml.automl.model.ExtraTreesEstimator size
flaml.automl.model.LGBMEstimator size
flaml.automl.model.LRL1Classifier size
flaml.automl.model.RandomForestEstimator size
flaml.automl.model.XGBoostSklearnEstimator size
flaml.automl.state.AutoMLState _compute_with_config_base
flaml.tune.sample.Categorical _Uniform
flaml.tune.sample.Float _LogUniform
flaml.tune.sample.Float _Uniform
flaml.tune.sample.Integer _LogUniform
flaml.tune.sample.Integer _Uniform`,
      shapes: `flaml.automl.automl AutoML: new(); state {mlflow_integration?: none, preserve_checkpoint: true, _trained_estimator?: none|<flaml.automl.model>, *}; state {mlflow_integration?: none, _trained_estimator!, *}
flaml.automl.state AutoMLState._compute_with_config_base: stored; partial () {state: <flaml.automl.state.AutoMLState>, estimator: text}
flaml.tune.space define_by_run_func: stored; partial () {space: {*}}`,
    },
  ],
  [
    'formulaic',
    {
      uses: `ClusterBy NAAction OrderingMethod Sentinel: r1()
EncodedTermStructure: n3(on,o)
Factor Formula ModelSpecs ScopedTerm StructuredFormula Token: bP(o)
ModelMatrices: bP(o) bP(gdoupe)l
Variable!: bD(gdoupe) k n1()
Variable.Role: k`,
      members: `formulaic.parser.parser.DefaultFormulaParser FeatureFlags
formulaic.parser.types.factor.Factor EvalMethod
formulaic.parser.types.factor.Factor Kind
formulaic.parser.types.token.Token Kind
formulaic.utils.variables.Variable Role`,
      shapes: `formulaic.model_matrix ModelMatrices: new(); state (none, {_structure: {*: any}, _metadata: any})
formulaic.model_matrix ModelMatrix: stored; call(<pandas>|<scipy.sparse>|<joblib.numpy_pickle.NumpyArrayWrapper>|data, none|<formulaic.model_spec.ModelSpec>)
formulaic.parser.parser DefaultFormulaParser.FeatureFlags: stored; call(constant)
formulaic.parser.types.factor Factor.EvalMethod Factor.Kind: stored; call(constant)
formulaic.parser.types.token Token.Kind: stored; call(constant)
formulaic.utils.variables Variable.Role: stored; call(constant)`,
    },
  ],
  [
    'frozendict',
    {
      uses: `frozendict: k r1(n,o)`,
    },
  ],
  [
    'fsspec',
    {
      shapes: `fsspec.spec make_instance: call(@fsspec.implementations.local.LocalFileSystem, (), {})`,
    },
  ],
  [
    'geopandas',
    {
      uses: `GeoDataFrame: bD(gdupe)l
GeometryArray: bT2(doe)`,
      shapes: `geopandas.array GeometryArray: new(); state (data|<joblib.numpy_pickle.NumpyArrayWrapper>, none|<pyproj.crs.crs.CRS>)
geopandas.geodataframe GeoDataFrame: new(); state {crs!, _crs!, *}`,
    },
  ],
  [
    'gpytorch',
    {
      members: `gpytorch.kernels.cosine_kernel.CosineKernel _load_state_hook_ignore_shapes
gpytorch.kernels.kernel.AdditiveKernel _load_state_hook_ignore_shapes
gpytorch.kernels.kernel.ProductKernel _load_state_hook_ignore_shapes
gpytorch.kernels.linear_kernel.LinearKernel _load_state_hook_ignore_shapes
gpytorch.kernels.matern_kernel.MaternKernel _load_state_hook_ignore_shapes
gpytorch.kernels.periodic_kernel.PeriodicKernel _load_state_hook_ignore_shapes
gpytorch.kernels.rbf_kernel.RBFKernel _lengthscale_closure
gpytorch.kernels.rbf_kernel.RBFKernel _lengthscale_param
gpytorch.kernels.rbf_kernel.RBFKernel _load_state_hook_ignore_shapes
gpytorch.kernels.scale_kernel.ScaleKernel _load_state_hook_ignore_shapes
gpytorch.likelihoods.bernoulli_likelihood.BernoulliLikelihood _load_state_hook_ignore_shapes
gpytorch.likelihoods.gaussian_likelihood.GaussianLikelihood _load_state_hook_ignore_shapes
gpytorch.likelihoods.likelihood_list.LikelihoodList _load_state_hook_ignore_shapes
gpytorch.likelihoods.noise_models.HomoskedasticNoise _load_state_hook_ignore_shapes
gpytorch.likelihoods.noise_models.HomoskedasticNoise _noise_closure
gpytorch.likelihoods.noise_models.HomoskedasticNoise _noise_param
gpytorch.means.constant_mean.ConstantMean _load_state_hook_ignore_shapes
gpytorch.variational.cholesky_variational_distribution.CholeskyVariationalDistribution _load_state_hook_ignore_shapes`,
    },
  ],
  [
    'great_expectations',
    {
      uses: `ExpectColumnToExist ExpectColumnValuesToBeBetween ExpectColumnValuesToNotBeNull: n0() bD(gdoupe)l_
FailureSeverity! ResultFormat!: r1()`,
      members: `great_expectations.core.expectation_suite.ExpectationSuite _save_expectation`,
      shapes: `great_expectations.expectations.core.expect_column_to_exist ExpectColumnToExist: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
great_expectations.expectations.core.expect_column_values_to_be_between ExpectColumnValuesToBeBetween: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}
great_expectations.expectations.core.expect_column_values_to_not_be_null ExpectColumnValuesToNotBeNull: new(); state {__dict__: {*}, __fields_set__: any, __private_attribute_values__: {*}}`,
    },
  ],
  [
    'gymnasium',
    {
      shapes: `gymnasium.spaces.box Box: new(); state {low_repr: any, high_repr: any, *}
gymnasium.spaces.multi_discrete MultiDiscrete: new(); state {start: any, *}`,
    },
  ],
  [
    'hdbscan',
    {
      shapes: `hdbscan.dist_metrics newObj: call(@hdbscan.dist_metrics.EuclideanDistance); state (number, <numpy.core.multiarray._reconstruct>|<numpy._core.multiarray._reconstruct>|<numpy.core.numeric._frombuffer>|<numpy._core.numeric._frombuffer>|<joblib.numpy_pickle.NumpyArrayWrapper>, <numpy.core.multiarray._reconstruct>|<numpy._core.multiarray._reconstruct>|<numpy.core.numeric._frombuffer>|<numpy._core.numeric._frombuffer>|<joblib.numpy_pickle.NumpyArrayWrapper>)`,
    },
  ],
  [
    'igraph',
    {
      uses: `Graph: r6() bD()r`,
      shapes: `igraph Graph: call(small, any, bool, any, any, any); state {*}`,
    },
  ],
  [
    'immutabledict',
    {
      uses: `immutabledict: r1(n,o)`,
    },
  ],
  [
    'intervaltree',
    {
      uses: `Interval: k r2(d,d) r3()
Node: bP(doe)`,
      shapes: `intervaltree.intervaltree IntervalTree: call([<intervaltree.interval.Interval>*])`,
    },
  ],
  [
    'itertools',
    {
      uses: `count: r1()
cycle: bT2()r`,
      shapes: `itertools cycle: call(<builtins.iter>|<__builtin__.iter>); state (any, int)`,
    },
  ],
  [
    'kornia',
    {
      uses: `DataKey: k r1()
Resample SamplePadding: r1()`,
      shapes: `kornia.geometry.boxes Boxes: new(); state {_valid: any, _data: <torch._utils._rebuild_tensor_v2>|<torch._utils._rebuild_parameter>, *}`,
    },
  ],
  [
    'lark',
    {
      uses: `LarkError: r1()
Token!: r5()`,
    },
  ],
  [
    'lifelines',
    {
      uses: `CensoringType: r1()`,
      members: `lifelines.fitters.breslow_fleming_harrington_fitter.BreslowFlemingHarringtonFitter plot
lifelines.fitters.coxph_fitter.ParametricSplinePHFitter _add_penalty
lifelines.fitters.coxph_fitter.ParametricSplinePHFitter _create_neg_likelihood_with_penalty_function
lifelines.fitters.coxph_fitter.ParametricSplinePHFitter _log_likelihood_right_censoring
lifelines.fitters.log_logistic_aft_fitter.LogLogisticAFTFitter _add_penalty
lifelines.fitters.log_logistic_aft_fitter.LogLogisticAFTFitter _create_neg_likelihood_with_penalty_function
lifelines.fitters.log_logistic_aft_fitter.LogLogisticAFTFitter _log_likelihood_right_censoring
lifelines.fitters.log_normal_aft_fitter.LogNormalAFTFitter _add_penalty
lifelines.fitters.log_normal_aft_fitter.LogNormalAFTFitter _create_neg_likelihood_with_penalty_function
lifelines.fitters.log_normal_aft_fitter.LogNormalAFTFitter _log_likelihood_right_censoring
lifelines.fitters.nelson_aalen_fitter.NelsonAalenFitter _additive_f_smooth
lifelines.fitters.nelson_aalen_fitter.NelsonAalenFitter _variance_f_smooth
lifelines.fitters.nelson_aalen_fitter.NelsonAalenFitter plot
lifelines.fitters.piecewise_exponential_regression_fitter.PiecewiseExponentialRegressionFitter _add_penalty
lifelines.fitters.piecewise_exponential_regression_fitter.PiecewiseExponentialRegressionFitter _create_neg_likelihood_with_penalty_function
lifelines.fitters.piecewise_exponential_regression_fitter.PiecewiseExponentialRegressionFitter _log_likelihood_right_censoring
lifelines.fitters.weibull_aft_fitter.WeibullAFTFitter _add_penalty
lifelines.fitters.weibull_aft_fitter.WeibullAFTFitter _create_neg_likelihood_with_penalty_function
lifelines.fitters.weibull_aft_fitter.WeibullAFTFitter _log_likelihood_right_censoring`,
      shapes: `lifelines.fitters.coxph_fitter ParametricSplinePHFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.generalized_gamma_regression_fitter GeneralizedGammaRegressionFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.log_logistic_aft_fitter LogLogisticAFTFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.log_normal_aft_fitter LogNormalAFTFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.piecewise_exponential_regression_fitter PiecewiseExponentialRegressionFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.weibull_aft_fitter WeibullAFTFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}`,
    },
  ],
  [
    'lightning',
    {
      uses: `AttributeDict: n1() n1(n,gdoue) s(gdoupe)l
EarlyStoppingReason Interval!: r1()
RunningStage!: k r1()`,
      members: `lightning.pytorch.callbacks.stochastic_weight_avg.StochasticWeightAveraging avg_fn`,
    },
  ],
  [
    'linearmodels',
    {
      uses: `FInfo: n1(n,d) n4(d,d)
_new_attr_dict_: r1() r2(n,o)`,
      members: `linearmodels.panel.covariance.ClusteredCovariance deferred_cov
linearmodels.panel.covariance.FamaMacBethCovariance deferred_cov
linearmodels.panel.covariance.HomoskedasticCovariance deferred_cov`,
    },
  ],
  [
    'logging',
    {
      shapes: `logging getLogger: call(text)`,
    },
  ],
  [
    'matplotlib',
    {
      uses: `BarContainer: n1(n,o)
CapStyle JoinStyle: r1()
_XYPair: n1(n,d) n2(n,d)`,
      members: `matplotlib.markers.MarkerStyle _set_circle
matplotlib.markers.MarkerStyle _set_diamond
matplotlib.markers.MarkerStyle _set_nothing
matplotlib.markers.MarkerStyle _set_tickdown
matplotlib.markers.MarkerStyle _set_tickleft
matplotlib.markers.MarkerStyle _set_tickright
matplotlib.markers.MarkerStyle _set_tickup`,
    },
  ],
  [
    'minisom',
    {
      members: `minisom.MiniSom _asymptotic_decay
minisom.MiniSom _bubble
minisom.MiniSom _chebyshev_distance
minisom.MiniSom _cosine_distance
minisom.MiniSom _euclidean_distance
minisom.MiniSom _gaussian
minisom.MiniSom _inverse_decay_to_one
minisom.MiniSom _inverse_decay_to_zero
minisom.MiniSom _linear_decay_to_one
minisom.MiniSom _linear_decay_to_zero
minisom.MiniSom _manhattan_distance
minisom.MiniSom _mexican_hat
minisom.MiniSom _triangle`,
    },
  ],
  [
    'ml_collections',
    {
      shapes: `ml_collections.config_dict.config_dict ConfigDict: new(); state {_fields: {*: plain|<ml_collections.config_dict.config_dict.ConfigDict>|<ml_collections.config_dict.config_dict.FieldReference>}, _locked: bool, _type_safe: bool, _convert_dict?: bool, _allow_dotted_keys?: bool, _sort_keys?: bool}
ml_collections.config_dict.config_dict FieldReference: new(); state {_value: plain|<ml_collections.config_dict.config_dict.ConfigDict>|<ml_collections.config_dict.config_dict.FieldReference>, _field_type: @builtins|@__builtin__|@ml_collections|none, _ops: [], _required?: bool}
ml_collections.config_dict.config_dict FrozenConfigDict: new(); state {_configdict: <ml_collections.config_dict.config_dict.ConfigDict>, _fields: plain, _locked: bool, _type_safe: bool, _convert_dict?: bool, _allow_dotted_keys?: bool, _sort_keys?: bool}`,
    },
  ],
  [
    'monai',
    {
      uses: `CacheDataset: bD(gdoupe)l_
GridSampleMode! GridSamplePadMode! MetricReduction! SpaceKeys!: r1()
MetaKeys! TraceKeys!: k r1()`,
      shapes: `monai.data.dataset CacheDataset: new(); state {_cache: any, append!, extend!, add!, update!, keys!, items!, cleanup!, close!, *}`,
    },
  ],
  [
    'mpl_toolkits',
    {
      members: `mpl_toolkits.axes_grid1.axes_divider.AxesDivider _locate
mpl_toolkits.axes_grid1.axes_divider.AxesDivider get_subplotspec`,
    },
  ],
  [
    'multidict',
    {
      uses: `CIMultiDict: r1(n,o)
MultiDict istr!: r1()`,
    },
  ],
  [
    'munch',
    {
      uses: `AutoMunch: n1() s(gdoupe)
DefaultFactoryMunch: n0() n1() n1(n,gdoue) s(gdoupe)l
DefaultMunch: n0() n1() n1(n,gdoue) s(gdoupe)l bT2(gdoupe)l bP(gdoupe)l
Munch: n1(n,o) s(gdoupe)
RecursiveMunch: n1()`,
      shapes: `munch DefaultMunch: new(); new({**: any}); state (constant|<munch.DefaultMunch>|<munch.Munch>, {*})`,
    },
  ],
  [
    'narwhals',
    {
      uses: `Implementation: r1()`,
    },
  ],
  [
    'networkx',
    {
      members: `networkx.algorithms.planarity.PlanarEmbedding _forbidden`,
      shapes: `networkx.classes.coreviews FilterAdjacency: new(); state {_atlas: any, NODE_OK: @networkx.classes.filters|<networkx.classes.filters>, EDGE_OK: @networkx.classes.filters|<networkx.classes.filters>}
networkx.classes.coreviews FilterAtlas: new(); state {_atlas: any, NODE_OK: @networkx.classes.filters|<networkx.classes.filters>}
networkx.classes.reportviews EdgeDataView OutEdgeDataView: new(); state {viewer: <networkx.classes.reportviews>, nbunch: none, data: bool|text|none, default: constant}
networkx.classes.reportviews EdgeView InEdgeView MultiEdgeView OutEdgeView: new(); state {_graph: any, _adjdict: container|<networkx.classes.coreviews>}`,
    },
  ],
  [
    'ngboost',
    {
      shapes: `ngboost.api NGBClassifier: new(); state {Dist?: @ngboost.distns, Score: @ngboost.scores, uncensor!, K?: small, Dist_name?: 'Categorical', *}
ngboost.api NGBRegressor: new(); state {Dist: @ngboost.distns, Score: @ngboost.scores, uncensor?: bool, K!, *}
ngboost.api NGBSurvival: new(); state {_basedist: @ngboost.distns, Score: @ngboost.scores, K!, *}`,
    },
  ],
  [
    'nltk',
    {
      uses: `ConditionalFreqDist: r0() s(gdoupe)r s(gdoupe)rl_
FreqDist: r1()
Nonterminal Production: k
ParentedTree: a(gdoupe) n2(n,o)
PunktLanguageVars: bC()
RegexpTokenizer: bD(gdoupe)l_
TimedPattern: bP(o)
Tree: a(gdoupe) n1(n,o)`,
      members: `nltk.stem.snowball.EnglishStemmer stem`,
      shapes: `nltk.tokenize.regexp RegexpTokenizer: stored; new(); state {_pattern: text, _gaps: bool, _discard_empty: bool, _flags: int|<re.RegexFlag>|<regex._regex_core.RegexFlag>, _regexp?: any}`,
    },
  ],
  [
    'numba',
    {
      uses: `PythonFunctionDescriptor: bP(o)
Signature: bT4(o) k
_RecordField: n1(n,o) n4(o,o)`,
    },
  ],
  [
    'numpy',
    {
      uses: `EigResult QRResult SlogdetResult: n*(d,d)
EighResult: n2(d,d) n*(d,d)
SVDResult: n3(d,d) n*(d,d)`,
      shapes: `numpy max.__call__ mean.__call__ median.__call__ min.__call__ std.__call__ sum.__call__ var.__call__: stored; partial () {}`,
    },
  ],
  [
    'omegaconf',
    {
      shapes: `omegaconf.dictconfig DictConfig: new(); state {_metadata: <omegaconf.base.ContainerMetadata>, _parent: any, _content: {*: <omegaconf>}|none|text, _flags_cache?: none}
omegaconf.listconfig ListConfig: new(); state {_metadata: <omegaconf.base.ContainerMetadata>, _parent: any, _content: [<omegaconf>*]|none|text, _flags_cache?: none}`,
    },
  ],
  [
    'onnx',
    {
      uses: `AttributeProto GraphProto ModelProto NodeProto OperatorSetIdProto TensorProto TypeProto: bD(gdoupe)r r0()`,
      shapes: `onnx.onnx_ml_pb2 AttributeProto GraphProto ModelProto NodeProto OperatorSetIdProto TensorProto TypeProto: call(); new(); state {serialized: bytes|text}`,
    },
  ],
  [
    'optuna',
    {
      uses: `StudyDirection TrialState: r1()
_ParzenEstimatorParameters: n1(n,g) n5(g,g) n7(g,g)`,
    },
  ],
  [
    'ordered_set',
    {
      uses: `OrderedSet: bI() bT1()`,
    },
  ],
  [
    'peft',
    {
      uses: `PeftType! PromptTuningInit! TaskType!: r1()`,
    },
  ],
  [
    'pendulum',
    {
      uses: `Date: r1(d,d)
DateTime: r8(o,o)
Duration: r3()
FixedTimezone: bD(gdoupe)r r2()
Time: r5()`,
      shapes: `pendulum.interval Interval: call(<pendulum.datetime.DateTime>(int, int, int, int, int, int, int, made|none), <pendulum.datetime.DateTime>(int, int, int, int, int, int, int, made|none), bool|int); call(<pendulum.date.Date>, <pendulum.date.Date>, bool|int)
pendulum.tz.timezone Timezone._unpickle: call(zone, int)`,
    },
  ],
  [
    'pint',
    {
      uses: `DimensionalityError: r5()
UndefinedUnitError: r1()
UnitsContainer: bT3(go)
udict: n1() s(gdoupe)`,
    },
  ],
  [
    'pmdarima',
    {
      shapes: `pmdarima.arima.arima ARIMA: new(); state {_warn_for_older_version!, pkg_version_?: constant, *}`,
    },
  ],
  [
    'polars',
    {
      uses: `Categories: bT3(g)
Schema: r0() s(gdoupe)r`,
    },
  ],
  [
    'pvectorc',
    {
      uses: `pvector: r1(n,o)`,
    },
  ],
  [
    'pyarrow',
    {
      uses: `ReadOptions: bT7()
_reconstruct_record_batch _reconstruct_table: r2(on,do)
scalar: r2(d,d)
schema: r2(n,d) r2(n,ds)`,
      shapes: `pyarrow.lib _reconstruct_record_batch: call([<pyarrow.lib._restore_array>*], <pyarrow.lib.schema>)
pyarrow.lib _reconstruct_table: call([<pyarrow.lib.chunked_array>*], <pyarrow.lib.schema>)`,
    },
  ],
  [
    'pydantic',
    {
      uses: `ByteSize: n1()
FieldInfo: bP(gd)
NameEmail: bP()`,
    },
  ],
  [
    'pydantic_core',
    {
      uses: `TzInfo: r1()
Url: n1()`,
    },
  ],
  [
    'pymatgen',
    {
      uses: `Element: k r1()
FloatWithUnit: n3(o,o)
KpointsSupportedModes: r1()`,
    },
  ],
  [
    'pyproj',
    {
      uses: `TransformDirection WktVersion: r1()`,
    },
  ],
  [
    'pyro',
    {
      members: `pyro.distributions.transforms.planar.Planar _params`,
    },
  ],
  [
    'pyrsistent',
    {
      uses: `PBag: bP(o)
pdeque: r2()
plist: r1()
pmap pset: r1(n,o)`,
    },
  ],
  [
    'pytorch_metric_learning',
    {
      members: `pytorch_metric_learning.losses.circle_loss.CircleLoss mat_based_loss
pytorch_metric_learning.losses.contrastive_loss.ContrastiveLoss pair_based_loss
pytorch_metric_learning.losses.multi_similarity_loss.MultiSimilarityLoss mat_based_loss
pytorch_metric_learning.losses.ntxent_loss.NTXentLoss pair_based_loss
pytorch_metric_learning.losses.supcon_loss.SupConLoss mat_based_loss`,
    },
  ],
  [
    'pytz',
    {
      uses: `FixedOffset: r1()`,
    },
  ],
  [
    'qiskit',
    {
      uses: `BitLocations: n2(n,o)
ClassicalRegister QuantumRegister: n3()
Counts: n1() s(gdoupe)
CouplingMap Layout _OuterCircuitScopeInterface: bP(o)
OPReplay: n3(o,o)
OpCode: n1()
Parameter: n2()`,
      members: `qiskit.circuit.Clbit _from_anonymous
qiskit.circuit.Qubit _from_anonymous`,
      shapes: `qiskit.circuit Clbit._from_anonymous Qubit._from_anonymous: call(int)
qiskit.circuit Clbit._from_owned Qubit._from_owned: call(text, small, int)`,
    },
  ],
  [
    'random',
    {
      shapes: `random Random.gauss Random.randint Random.random Random.uniform: stored; partial (number*) {}`,
    },
  ],
  [
    'rasterio',
    {
      uses: `BoundingBox: n1() n4()
ColorInterp Compression Resampling: r1()`,
    },
  ],
  [
    'rdkit',
    {
      uses: `BondType ChiralType HybridizationType: n1()
Point3D: bT1()r r3()`,
    },
  ],
  [
    'regex',
    {
      uses: `RegexFlag: r1()`,
      shapes: `regex._regex_core RegexFlag: stored; call(int)`,
    },
  ],
  [
    'requests',
    {
      shapes: `requests.adapters HTTPAdapter: new(); state {max_retries?: any, config?: {*}, _pool_connections: size, _pool_maxsize: size, _pool_block: bool}
requests.exceptions ChunkedEncodingError ConnectTimeout ConnectionError ContentDecodingError HTTPError InvalidHeader InvalidProxyURL InvalidSchema InvalidURL MissingSchema ProxyError ReadTimeout RequestException RetryError SSLError StreamConsumedError Timeout TooManyRedirects URLRequired UnrewindableBodyError: stored; call(constant*); state {request?: any, response?: any}
requests.models Response: new(); state {_content?: any, status_code?: any, url?: any, headers?: any, history?: any, encoding?: any, reason?: any, cookies?: any, elapsed?: any, request?: any}
requests.sessions Session: new(); state {headers?: any, cookies?: any, auth?: any, proxies?: any, hooks?: any, params?: any, verify?: any, cert?: any, adapters?: any, stream?: any, trust_env?: any, max_redirects?: any}`,
    },
  ],
  [
    'rich',
    {
      uses: `Color: n4(o,o)
ColorType: r1()
Style: bP(o)
Text: bP(gdoupe)l`,
      shapes: `rich.text Text: new(); state (none, {_text: any, style: any, justify: any, overflow: any, no_wrap: any, end: any, tab_size: any, _spans: any, _length: any})`,
    },
  ],
  [
    'river',
    {
      uses: `AdditiveLevel: a(gdoupe)r bD(gdoupe)r r1() r2()
CluStreamMicroCluster: bP(o)
DBSTREAMMicroCluster DenStream.BufferItem GradHess: bP()
EBSTNode: bP(go)
RsEWMean RsKurtosis RsSkew: bC() n1()
RsIQR: bC() n2()
RsQuantile: bC()
VectorDict: r4()
Vertex: bP(d)
__pyx_unpickle_VectorDict: bT6()r r3(g,g)`,
      members: `river.cluster.denstream.DenStream BufferItem
river.drift.page_hinkley.PageHinkley _test_both
river.linear_model.pa.PAClassifier _calc_tau_1
river.naive_bayes.gaussian.GaussianNB _make_gaussian
river.tree.splitter.ebst_splitter.EBSTNode _update_estimator_univariate`,
      shapes: `river._river_rust.drift AdaptiveWindowing: new(number, small, small, small, small); state bytes
river._river_rust.stats RsRollingQuantile: new(number, small); state bytes
river.feature_extraction.vectorize tokenize_using_regex_pattern: stored; partial () {pattern: text}
river.optim.initializers Normal.__call__: stored; partial () {shape: int|(int*)}
river.stats._rust_stats RsRollingQuantile: new(number, small); state bytes
river.utils.math minkowski_distance: stored; partial () {p: int}`,
    },
  ],
  [
    'scipy',
    {
      members: `scipy.stats._distn_infrastructure.rv_sample _entropy`,
    },
  ],
  [
    'segmentation_models_pytorch',
    {
      shapes: `segmentation_models_pytorch.losses._functional focal_loss_with_logits: stored; partial () {*: constant}`,
    },
  ],
  [
    'shap',
    {
      members: `shap.utils._legacy.IdentityLink f`,
    },
  ],
  [
    'shapely',
    {
      uses: `_unpickle_linearring from_wkb: r1(d,d)`,
      shapes: `shapely.strtree STRtree: call(<numpy._core.multiarray._reconstruct>|<numpy.core.multiarray._reconstruct>|<joblib.numpy_pickle.NumpyArrayWrapper>); call(<numpy._core.multiarray._reconstruct>|<numpy.core.multiarray._reconstruct>|<joblib.numpy_pickle.NumpyArrayWrapper>, small)`,
    },
  ],
  [
    'skimage',
    {
      shapes: `skimage.measure._regionprops RegionProperties: new(); state {_extra_properties?: {}, *}`,
    },
  ],
  [
    'sklearn',
    {
      shapes: `sklearn.neighbors._classification KNeighborsClassifier.__call__: stored; partial () {n_jobs?: none|int, algorithm?: text, metric?: text, metric_params?: none}`,
    },
  ],
  [
    'sklearn_pandas',
    {
      shapes: `sklearn_pandas.dataframe_mapper DataFrameMapper: new(); state {features: [(any, none|made|[<sklearn.preprocessing>|<sklearn.impute>*])|(any, none|made|[<sklearn.preprocessing>|<sklearn.impute>*], {*})*], *}`,
    },
  ],
  [
    'sklego',
    {
      shapes: `sklego.meta._shrinkage_utils no_shrinkage_function: stored; partial () {n: number}`,
    },
  ],
  [
    'skorch',
    {
      uses: `History: a(gdoupe) n1(n,d)
SliceDict: n1(n,d) s(gdoupe)`,
      shapes: `skorch.utils _make_split: stored; partial () {valid_ds: <skorch.dataset.Dataset>}`,
    },
  ],
  [
    'sktime',
    {
      uses: `DtypeKind: r1()`,
    },
  ],
  [
    'sortedcontainers',
    {
      uses: `SortedDict: r2() r2(n,gdoue) r2(g,g)F
SortedList: r1()
SortedSet: r2() r2(nd,d) r2(gd,gd)F`,
      shapes: `sortedcontainers.sorteddict SortedDict: call(none, container); call(@_operator.neg|@operator.neg|@builtins.len|@__builtin__.len|@builtins.abs|@__builtin__.abs, plain)
sortedcontainers.sortedlist SortedKeyList: call(plain, @_operator.neg|@operator.neg|@builtins.len|@__builtin__.len|@builtins.abs|@__builtin__.abs|<builtins.getattr>(@builtins.str, 'lower'|'upper'|'casefold'|'swapcase'|'strip')|<__builtin__.getattr>(@__builtin__.unicode, 'lower'|'upper'|'casefold'|'swapcase'|'strip'))
sortedcontainers.sortedset SortedSet: call(container|data, none); call(plain|<builtins.set>(plain)|<__builtin__.set>(plain), @_operator.neg|@operator.neg|@builtins.len|@__builtin__.len|@builtins.abs|@__builtin__.abs)`,
    },
  ],
  [
    'spacy',
    {
      uses: `SimpleFrozenList: n1()
StringStore: r1()
unpickle_morphology: r2(o,o)`,
    },
  ],
  [
    'sparse',
    {
      uses: `COO: bT4(d)`,
    },
  ],
  [
    'sqlalchemy',
    {
      uses: `FacadeDict: r1() r1(n,gdoue)
HasExpressionLookup.Comparator: r1(o,o)
PrimaryKeyConstraint: k
SchemaConst SelectLabelStyle immutabledict: r1()
URL: n1(n,o) n7(o,o)
_anonymous_label!: r2() k
quoted_name!: k r2() k`,
      shapes: `sqlalchemy.engine._row_cy rowproxy_reconstructor: call(@sqlalchemy.engine.row.Row, {_parent: <sqlalchemy.engine.cursor.CursorResultMetaData>, _data: (plain|data*)})
sqlalchemy.engine.cursor CursorResultMetaData: new(); state {_keymap: {*: plain}, _keys: [text*], _translated_indexes: none|[int*]}
sqlalchemy.sql.base DedupeColumnCollection: new(); state {_collection: [(any, <sqlalchemy.sql>)*], _index: {**: any}}
sqlalchemy.sql.base ReadOnlyColumnCollection: new(); state {_parent: <sqlalchemy.sql.base>}
sqlalchemy.sql.sqltypes PickleType: call(small, none, none)`,
    },
  ],
  [
    'stable_baselines3',
    {
      uses: `TrainFreq: n1(n,o) n2(o,o)
TrainFrequencyUnit: r1()`,
      members: `stable_baselines3.common.policies.BasePolicy _dummy_schedule`,
      shapes: `stable_baselines3.common.vec_env.vec_normalize VecNormalize: new(); state {norm_obs_keys: any, venv!, getattr_depth_check!, getattr_recursive!, _get_all_attributes!, *}`,
    },
  ],
  [
    'stanio',
    {
      uses: `VariableType: r1()`,
    },
  ],
  [
    'statsforecast',
    {
      uses: `results: n1(n,d) n4(d,d)`,
    },
  ],
  [
    'sumy',
    {
      uses: `Paragraph Sentence: bP()`,
    },
  ],
  [
    'surprise',
    {
      uses: `Prediction: n5(d,d)`,
    },
  ],
  [
    'tensorflow',
    {
      uses: `Dimension as_dtype: r1()
NotFoundError: r3()
RaggedTensorSpec: r4(o,o)
TensorShape: r1(n,o)
TensorSpec: r3(o,o)
convert_to_tensor: r1(d,d)`,
      shapes: `tensorflow.python.framework.ops convert_to_tensor: call(<numpy._core.multiarray._reconstruct>|<numpy.core.multiarray._reconstruct>|<numpy._core.multiarray.scalar>|<numpy.core.multiarray.scalar>|<numpy._core.numeric._frombuffer>|<numpy.core.numeric._frombuffer>|<joblib.numpy_pickle.NumpyArrayWrapper>)`,
    },
  ],
  [
    'textblob',
    {
      uses: `Word!: bD(gdoupe) n1()
WordList: a(gdoupe) n1(n,o)`,
    },
  ],
  [
    'thinc',
    {
      uses: `Optimizer: bP(d)`,
    },
  ],
  [
    'timm',
    {
      uses: `Format!: r1()`,
    },
  ],
  [
    'tokenizers',
    {
      uses: `Encoding Model TemplateProcessing WordLevel WordPiece: bC() bO(d)
Sequence: bC() n1() bO(d)
Tokenizer: bC() n1(o,o) bO(d)`,
    },
  ],
  [
    'toolz',
    {
      uses: `Compose: bT2(go)
juxt: bT2(g)`,
      shapes: `toolz.functoolz _restore_curry: call(@toolz.functoolz.curry, @toolz|@builtins.max|@builtins.min|@builtins.sum|@builtins.len|@__builtin__.max|@__builtin__.min|@__builtin__.sum|@__builtin__.len, (plain*), {*: plain}|none, (('__doc__'|'__name__'|'__module__'|'__qualname__'|'_has_unknown_args'|'_sigspec', text|bool|none)*), none|bool)`,
    },
  ],
  [
    'torch',
    {
      members: `torch._C._VariableFunctionsClass add
torch._C._VariableFunctionsClass amax
torch._C._VariableFunctionsClass mean`,
      shapes: `torch._C _VariableFunctionsClass.amax _VariableFunctionsClass.mean: stored; partial () {dim?: int|(int*)|<torch.Size>, keepdim?: bool}`,
    },
  ],
  [
    'torch_geometric',
    {
      uses: `Parameter: n1(n,go) n4(go,go)F n4(o,o)
Signature: n1(n,go) n3(gn,go)F`,
    },
  ],
  [
    'torchmetrics',
    {
      uses: `BinaryAUROC BinaryF1Score CompositionalMetric MeanAbsoluteError MeanMetric MeanSquaredError MinMaxMetric MulticlassAccuracy MulticlassConfusionMatrix MultilabelPrecision R2Score StructuralSimilarityIndexMeasure WordErrorRate _RetrievalMAP: n*()`,
      shapes: `torchmetrics.aggregation MeanMetric: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.accuracy MulticlassAccuracy: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.auroc BinaryAUROC: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.confusion_matrix MulticlassConfusionMatrix: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.f_beta BinaryF1Score: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.precision_recall MultilabelPrecision: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.image.ssim StructuralSimilarityIndexMeasure: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.metric CompositionalMetric: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.regression.mae MeanAbsoluteError: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.regression.mse MeanSquaredError: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.regression.r2 R2Score: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.retrieval._deprecated _RetrievalMAP: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.text.wer WordErrorRate: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.wrappers.minmax MinMaxMetric: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}`,
    },
  ],
  [
    'torchvision',
    {
      uses: `InterpolationMode: r1()
ResNet18_Weights: r1(o,o)`,
      shapes: `torchvision.transforms._presets ImageClassification: stored; new(); state {*}; partial () {*: constant|[number*]|(number*)|@torchvision|<torchvision>}`,
    },
  ],
  [
    'transformers',
    {
      uses: `PredictionOutput: n1(n,d) n3(d,d)
QuantizationMethod!: r1()
SequenceClassifierOutput: s(d)r bD(d)r r*(d,d)`,
      shapes: `transformers.modeling_outputs SequenceClassifierOutput: call(<torch._utils._rebuild_tensor_v2>|none*); state {*: <torch._utils._rebuild_tensor_v2>|none}`,
    },
  ],
  [
    'trimesh',
    {
      uses: `Box ColorVisuals Path2D PointCloud RayMeshIntersector Scene SceneGraph SparseEncoding Transform Trimesh VoxelGrid: n0() bD(gdoupe)l_`,
      members: `trimesh.base.Trimesh __hash__
trimesh.caching.DataStore __hash__
trimesh.path.path.Path2D __hash__
trimesh.primitives.Box __hash__
trimesh.primitives.PrimitiveAttributes __hash__
trimesh.scene.scene.Scene __hash__
trimesh.scene.transforms.SceneGraph __hash__`,
      shapes: `trimesh.base Trimesh: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.path.path Path2D: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.points PointCloud: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.primitives Box: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.ray.ray_triangle RayMeshIntersector: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.scene.scene Scene: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.scene.transforms SceneGraph: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.visual.color ColorVisuals: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.voxel.base VoxelGrid: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.voxel.encoding SparseEncoding: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.voxel.transforms Transform: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}`,
    },
  ],
  [
    'ultralytics',
    {
      uses: `IterableSimpleNamespace: bD(gdoupe)r r0()`,
    },
  ],
  [
    'uncertainties',
    {
      uses: `LinearCombination: bT1(o) bT1(o)l
Variable: k bD(gdoupe)l`,
      shapes: `uncertainties.core AffineScalarFunc: new(); state {_nominal_value: any, _linear_part: any}
uncertainties.core Variable: new(); state {_nominal_value: any, _linear_part: any, _std_dev: any, tag: any}`,
    },
  ],
  [
    'xarray',
    {
      uses: `DataArray DataTree Dataset IndexVariable Variable: bP(gdoupe)l
PandasIndex PandasIndexingAdapter PandasMultiIndex PandasMultiIndexingAdapter: bP(de)`,
      shapes: `xarray.core.dataarray DataArray: new(); state (none, {_cache?: any, _close: any, _coords: any, _indexes: any, _name: any, _variable: any})
xarray.core.dataset Dataset: new(); state (none, {_attrs: none|{*}, _cache?: any, _close: any, _coord_names: any, _dims: any, _encoding: any, _indexes: any, _variables: any})
xarray.core.datatree DataTree: new(); state (none|{*}, {_attrs: none|{*}, _cache?: any, _children: any, _close: any, _data_variables: any, _encoding: any, _name: any, _node_coord_variables: any, _node_dims: any, _node_indexes: any, _parent: any})
xarray.core.variable IndexVariable Variable: new(); state (none, {_attrs: none|{*}, _data: any, _dims: any, _encoding: any})`,
    },
  ],
  [
    'yacs',
    {
      uses: `CfgNode: n0() n1() n1(n,gdoue) s(gdoupe)l bD(d)l_`,
      shapes: `yacs.config CfgNode: new({*}); new(); state {__immutable__: bool, __deprecated_keys__: any, __renamed_keys__: any, __new_allowed__: bool}`,
    },
  ],
  [
    'yarl',
    {
      uses: `URL: bT1()`,
    },
  ],
  [
    'yellowbrick',
    {
      uses: `TargetType: r1()`,
    },
  ],
]);
