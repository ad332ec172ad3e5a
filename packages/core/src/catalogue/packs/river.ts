// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'river 0.21.0; river 0.21.0 0.26.1; river 0.21.0, 0.26.1; river 0.26.1',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
river._river_rust.vectordict: euclidean_distance_tuple
river.feature_extraction.vectorize: strip_accents_unicode
river.naive_bayes.gaussian: GaussianNB._make_gaussian
river.tree.splitter.ebst_splitter: EBSTNode._update_estimator_univariate
river.utils.math: minkowski_distance`,
    },
    {
      why: 'Cython: checks the checksum, VectorDict.__new__; the state tuple is typed and its dict checked; 1600 damaged uses (short tuples too) without crash or call.',
      insideDanger: true,
      names: `
river.utils.vectordict: __pyx_unpickle_VectorDict`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
river.anomaly.hst: HSTBranch HSTLeaf HalfSpaceTrees
river.anomaly.svm: OneClassSVM
river.cluster.clustream: CluStream
river.cluster.dbstream: DBSTREAM
river.cluster.denstream: DenStream
river.cluster.k_means: KMeans
river.compose.pipeline: Pipeline
river.compose.select: Select SelectType
river.compose.union: TransformerUnion
river.drift.adwin: ADWIN
river.drift.binary.ddm: DDM
river.drift.binary.eddm: EDDM
river.drift.kswin: KSWIN
river.drift.page_hinkley: PageHinkley
river.ensemble.bagging: BaggingClassifier
river.ensemble.boosting: AdaBoostClassifier
river.ensemble.streaming_random_patches: BaseSRPClassifier SRPClassifier
river.facto.fm: FMClassifier
river.feature_extraction.agg: Agg
river.feature_extraction.vectorize: BagOfWords TFIDF
river.feature_selection.k_best: SelectKBest
river.forest.adaptive_random_forest: ARFClassifier ARFRegressor BaseTreeClassifier BaseTreeRegressor
river.forest.aggregated_mondrian_forest: AMFClassifier
river.imblearn.random: RandomUnderSampler
river.linear_model.alma: ALMAClassifier
river.linear_model.bayesian_lin_reg: BayesianLinearRegression
river.linear_model.lin_reg: LinearRegression
river.linear_model.log_reg: LogisticRegression
river.linear_model.pa: PAClassifier
river.linear_model.perceptron: Perceptron
river.linear_model.softmax: SoftmaxRegression
river.metrics.accuracy: Accuracy
river.metrics.base: Metrics
river.metrics.confusion: ConfusionMatrix
river.metrics.fbeta: F1 MacroF1 MicroF1 WeightedF1
river.metrics.log_loss: LogLoss
river.metrics.mse: MSE
river.metrics.precision: MacroPrecision MicroPrecision Precision WeightedPrecision
river.metrics.recall: MacroRecall MicroRecall Recall WeightedRecall
river.metrics.report: ClassificationReport
river.metrics.roc_auc: ROCAUC
river.multiclass.ovr: OneVsRestClassifier
river.naive_bayes.gaussian: GaussianNB
river.naive_bayes.multinomial: MultinomialNB
river.neighbors.ann.swinn: SWINN
river.neighbors.base: FunctionWrapper
river.neighbors.knn_classifier: KNNClassifier
river.optim.adam: Adam
river.optim.ftrl: FTRLProximal
river.optim.initializers: Normal Zeros
river.optim.losses: CrossEntropy Hinge Log Squared
river.optim.rms_prop: RMSProp
river.optim.schedulers: Constant
river.optim.sgd: SGD
river.preprocessing.one_hot: OneHotEncoder
river.preprocessing.scale: Normalizer
river.proba.gaussian: Gaussian
river.rules.amrules: AMRules AdaptiveRegressor MeanRegressor RegRule
river.stats.cov: Cov
river.stats.ewmean: EWMean
river.stats.iqr: IQR
river.stats.kurtosis: Kurtosis
river.stats.maximum: Max
river.stats.mean: Mean
river.stats.minimum: Min
river.stats.mode: Mode
river.stats.pearson: PearsonCorr
river.stats.quantile: Quantile RollingQuantile
river.stats.skew: Skew
river.stats.var: Var
river.time_series.holt_winters: HoltWinters
river.time_series.snarimax: Differencer SNARIMAX
river.tree.extremely_fast_decision_tree: ExtremelyFastDecisionTreeClassifier
river.tree.hoeffding_adaptive_tree_classifier: HoeffdingAdaptiveTreeClassifier
river.tree.hoeffding_tree_classifier: HoeffdingTreeClassifier
river.tree.hoeffding_tree_regressor: HoeffdingTreeRegressor
river.tree.losses: BinaryCrossEntropyLoss
river.tree.mondrian.mondrian_tree_classifier: MondrianTreeClassifier
river.tree.mondrian.mondrian_tree_nodes: MondrianBranchClassifier MondrianLeafClassifier
river.tree.nodes.arf_htc_nodes: RandomLeafNaiveBayesAdaptive
river.tree.nodes.arf_htr_nodes: RandomLeafAdaptive
river.tree.nodes.branch: NumericBinaryBranch
river.tree.nodes.efdtc_nodes: EFDTLeafNaiveBayesAdaptive
river.tree.nodes.hatc_nodes: AdaLeafClassifier
river.tree.nodes.htc_nodes: LeafNaiveBayesAdaptive
river.tree.nodes.htr_nodes: LeafAdaptive
river.tree.nodes.sgt_nodes: SGTLeaf
river.tree.padded: PaddedBranch PaddedLeaf
river.tree.split_criterion.variance_ratio_split_criterion: VarianceRatioSplitCriterion
river.tree.splitter.gaussian_splitter: GaussianSplitter
river.tree.splitter.sgt_quantizer: StaticQuantizer
river.tree.splitter.tebst_splitter: TEBSTSplitter
river.tree.stochastic_gradient_tree: SGTClassifier
river.tree.utils: GradHessStats`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. Slots only: the second half of the state tuple is set by setattr.',
      insideDanger: true,
      names: `
river.cluster.clustream: CluStreamMicroCluster
river.cluster.dbstream: DBSTREAMMicroCluster
river.cluster.denstream: DenStream.BufferItem
river.neighbors.ann.nn_vertex: Vertex
river.tree.splitter.ebst_splitter: EBSTNode
river.tree.utils: GradHess`,
    },
    {
      why: "On an empty instance a missing attribute raises AttributeError; __dict__.update. After BUILD missing attributes are the stored obj's.",
      insideDanger: true,
      names: `
river.utils.rolling: Rolling`,
    },
    {
      why: 'Only the class argument of __pyx_unpickle_VectorDict.',
      insideDanger: true,
      names: `
river.utils.vectordict: VectorDict`,
    },
    {
      why: 'Rust dictionary; extraction checks the types; stores factory and mask.',
      insideDanger: true,
      names: `
river._river_rust.vectordict: VectorDict`,
    },
    {
      why: 'Rust: __setstate__ takes bytes only (TypeError else) and reads them with bincode (lengths checked); here 400 (older module river.stats._rust_stats: 100) damaged states each: values or a PanicException (passes `except Exception`), no crash, call or event; constructor arguments are type-checked.',
      insideDanger: true,
      names: `
river._river_rust.stats: RsEWMean RsIQR RsKurtosis RsQuantile RsSkew
river.stats._rust_stats: RsEWMean RsIQR RsKurtosis RsQuantile RsSkew`,
    },
    {
      why: "deque([], maxlen=2) with one number; the class's __init__ stores it.",
      insideDanger: true,
      names: `
river.time_series.holt_winters: AdditiveLevel`,
    },
    {
      why: "state.setdefault('window_size', None), then __dict__.update (state must be a plain dict).",
      insideDanger: true,
      names: `
river.preprocessing.scale: MinMaxScaler StandardScaler`,
    },
  ],
  uses: `
AdditiveLevel: a(gdoupe)r bD(gdoupe)r r1() r2()
CluStreamMicroCluster: bP(o)
DBSTREAMMicroCluster: bP()
DenStream.BufferItem: bP()
EBSTNode: bP(go)
GradHess: bP()
RsEWMean: bC() n1()
RsIQR: bC() n2()
RsKurtosis: bC() n1()
RsQuantile: bC()
RsSkew: bC() n1()
VectorDict: r4()
Vertex: bP(d)
__pyx_unpickle_VectorDict: bT6()r r3(g,g)`,
  members: `
river.cluster.denstream.DenStream BufferItem
river.drift.page_hinkley.PageHinkley _test_both
river.linear_model.pa.PAClassifier _calc_tau_1
river.naive_bayes.gaussian.GaussianNB _make_gaussian
river.tree.splitter.ebst_splitter.EBSTNode _update_estimator_univariate`,
  shapes: `
river.feature_extraction.vectorize tokenize_using_regex_pattern: stored; partial () {pattern: text}`,
  refused: `
river._river_rust.drift AdaptiveWindowing: Rust: no memory errors, but a size in the arguments is allocated at once: RsRollingQuantile(0.5, 2**40) aborts the process (tried); wrong state bytes panic (PanicException, a BaseException)
river._river_rust.stats RsRollingQuantile: Rust: no memory errors, but a size in the arguments is allocated at once: RsRollingQuantile(0.5, 2**40) aborts the process (tried); wrong state bytes panic (PanicException, a BaseException)
river.drift.adwin_c AdaptiveWindowing: Cython: __setstate__ writes typed fields (window sizes, bucket arrays) unchecked; later updates index with them
river.drift.adwin_c Bucket: Cython: __setstate__ writes typed fields (window sizes, bucket arrays) unchecked; later updates index with them
river.drift.adwin_c __pyx_unpickle_AdaptiveWindowing: Cython: typed fields from the tuple unchecked
river.drift.adwin_c __pyx_unpickle_Bucket: Cython: typed fields from the tuple unchecked (index into an array when used)
river.stats._rust_stats RsRollingQuantile: Rust: no memory errors, but a size in the arguments is allocated at once: RsRollingQuantile(0.5, 2**40) aborts the process (tried); wrong state bytes panic (PanicException, a BaseException)`,
};
