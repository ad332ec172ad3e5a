"""What the generator cannot judge as a family: names that default saves write, read one by one.

Each group: file of the generated data, justification, lines of `module: names`. Files that end in
`-carved` hold plain types inside dangerous modules; those in `-stored` hold functions that saves
keep and never call, and that count as allowed only while the stream does not call them either.
Sources read: the named functions in the pinned releases of the requirement files.
"""

JUDGED = [
    ("numpy", "Rebuilds an array, scalar or dtype from given values: it allocates and copies, and nothing in it looks a name up.", """
numpy: dtype ndarray
numpy.core.multiarray: _reconstruct
numpy._core.multiarray: _reconstruct
numpy.core._multiarray_umath: _reconstruct
numpy._core._multiarray_umath: _reconstruct
numpy.core.numeric: _frombuffer
numpy._core.numeric: _frombuffer
numpy.core: _DType_reconstruct
numpy._core: _DType_reconstruct
numpy.core._internal: _reconstruct _convert_to_stringdtype_kwargs
numpy._core._internal: _convert_to_stringdtype_kwargs
"""),
    ("numpy", "An array class or a part of one: its constructor allocates or views the given data; matrix text is parsed as numbers only.", """
numpy: chararray matrix poly1d recarray record
numpy.char: chararray
numpy.rec: recarray record
numpy.core.records: recarray record
numpy._core.records: recarray record
numpy.core.defchararray: chararray
numpy._core.defchararray: chararray
numpy.lib.polynomial: poly1d
numpy.lib._polynomial_impl: poly1d
numpy.matrixlib.defmatrix: matrix
numpy.ma: MaskedArray
numpy.ma.core: MaskedArray MaskedConstant _mareconstruct mvoid
numpy.ma.mrecords: MaskedRecords _mrreconstruct
"""),
    ("numpy", "A random generator or its rebuild function: it picks the bit generator from a fixed table or calls the class that the stream names, which is judged by itself.", """
numpy.random: Generator RandomState __RandomState_ctor
numpy.random.mtrand: RandomState __RandomState_ctor
numpy.random._generator: Generator
numpy.random._mt19937: MT19937
numpy.random._pcg64: PCG64 PCG64DXSM
numpy.random._philox: Philox
numpy.random._sfc64: SFC64
numpy.random.bit_generator: SeedSequence SeedlessSeedSequence __pyx_unpickle_SeedSequence __pyx_unpickle_SeedlessSeedSequence
"""),
    ("numpy-stored", "A reduction of arrays that estimators keep as their pooling function.", """
numpy: mean median
numpy.core.fromnumeric: mean
numpy._core.fromnumeric: mean
"""),
    ("scipy", "A model of fitted data: it keeps arrays and computes; a callable that it is given is a global of its own.", """
scipy.spatial.ckdtree: cKDTree cKDTreeNode new_object
scipy.spatial._ckdtree: cKDTree cKDTreeNode new_object
scipy.spatial._kdtree: KDTree
scipy.spatial.kdtree: KDTree
scipy.spatial.transform.rotation: Rotation
scipy.spatial.transform._rotation: Rotation
scipy.stats.kde: gaussian_kde
scipy.stats._kde: gaussian_kde
scipy.stats._covariance: CovViaPSD
scipy.stats._multivariate: _PSD multivariate_normal_frozen multivariate_normal_gen
"""),
    ("scipy-stored", "A function that splines keep to convert arrays.", """
scipy._lib.array_api_compat.numpy._aliases: asarray
scipy._external.array_api_compat.numpy._aliases: asarray
"""),
    ("numpy-stored", "The type of object data, which estimators keep as a parameter; called, it gives back what it is given.", """
numpy: object0 object_
"""),
    ("pandas", "Rebuilds an index, block or scalar of pandas from given values: it calls __new__ of the class that the stream names, which is judged by itself.", """
pandas: NA NamedAgg NaT Interval Period Timedelta
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
pandas.tslib: NaTType __nat_unpickle
pandas.core.groupby.generic: NamedAgg
pandas.core.internals: BlockManager SingleBlockManager
pandas.core.internals.managers: BlockManager SingleBlockManager
pandas.core.panel: Panel
pandas.core.sparse.array: SparseArray
"""),
    ("pandas", "Rebuilds an Arrow array over the given buffers or names a type of Arrow; it opens nothing and imports nothing.", """
pyarrow.lib: chunked_array py_buffer time32 time64 timestamp duration decimal128 decimal256 list_ large_list struct dictionary field map_ binary string
"""),
    ("pandas", "A time zone: it reads the rules of a zone by its validated name from the time-zone database and from nowhere else.", """
zoneinfo: ZoneInfo ZoneInfo._unpickle
pytz: _UTC _p
pytz.tzfile: DstTzInfo StaticTzInfo
dateutil.tz.tz: tzlocal tzoffset tzrange tzutc
dateutil.tz: tzlocal tzoffset tzrange tzutc
dateutil.relativedelta: relativedelta
dateutil._common: weekday
"""),
    ("sklearn", "joblib's stand-in for an array whose raw data follows in the stream: it keeps shape, order, dtype and subclass. The data of an object array is a pickle that is analysed like any other.", """
joblib.numpy_pickle: NumpyArrayWrapper
sklearn.externals.joblib.numpy_pickle: NumpyArrayWrapper
"""),
    ("sklearn", "A dictionary with attribute access to its own items.", """
sklearn.utils: Bunch
sklearn.utils._bunch: Bunch
"""),
    ("sklearn-carved", "A dictionary with attribute access to its own items, in the module that held it before 0.20.", """
sklearn.datasets.base: Bunch
"""),
    ("sklearn", "A loss of scikit-learn 1.5, which keeps a number; its compiled module calls itself by the last part of its name, and importing sklearn._loss puts it there. Its rebuild function calls __new__ of the class.", """
_loss: CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss CyPinballLoss __pyx_unpickle_CyAbsoluteError __pyx_unpickle_CyExponentialLoss __pyx_unpickle_CyHalfBinomialLoss __pyx_unpickle_CyHalfGammaLoss __pyx_unpickle_CyHalfMultinomialLoss __pyx_unpickle_CyHalfPoissonLoss __pyx_unpickle_CyHalfSquaredError __pyx_unpickle_CyHalfTweedieLoss __pyx_unpickle_CyHalfTweedieLossIdentity __pyx_unpickle_CyHuberLoss __pyx_unpickle_CyPinballLoss
"""),
    ("sklearn", "A masked array of numpy under the name of scikit-learn's compatibility module.", """
sklearn.utils.fixes: MaskedArray
"""),
    ("sklearn-stored", "A function that an estimator keeps among its parameters.", """
sklearn.cluster._kmeans: _kmeans_single_elkan _kmeans_single_lloyd
sklearn.gaussian_process.correlation_models: absolute_exponential cubic generalized_exponential linear pure_nugget squared_exponential
sklearn.gaussian_process.regression_models: constant linear quadratic
sklearn.metrics._scorer: _passthrough_scorer
sklearn.model_selection._search_successive_halving: _refit_callable
sklearn.metrics.scorer: _passthrough_scorer
"""),
    ("booster", "A label encoder of xgboost: it keeps the classes.", """
xgboost.compat: XGBoostLabelEncoder
"""),
    ("torch", "Rebuilds a tensor or parameter over a storage: it checks sizes and strides, allocates and sets attributes of the new tensor.", """
torch._utils: _rebuild_device_tensor_from_cpu_tensor _rebuild_device_tensor_from_numpy _rebuild_meta_tensor_no_storage _rebuild_nested_tensor _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_csr_tensor _rebuild_sparse_tensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_wrapper_subclass _rebuild_xla_tensor
"""),
    ("torch", "A value or tensor class of torch: its constructor allocates or converts what it is given.", """
torch: Generator Size Tensor device
torch._C: Generator Size device
torch._tensor: Tensor
torch.tensor: Tensor
torch.nn: Parameter
torch.storage: TypedStorage UntypedStorage _TypedStorage _UntypedStorage
torch.torch_version: TorchVersion
"""),
    ("torch", "A hook, scaler, data set or wrapper that holds what it is given and runs only when the model runs.", """
torch.amp.grad_scaler: GradScaler OptState _refresh_per_optimizer_state
torch.cuda.amp.grad_scaler: GradScaler OptState _refresh_per_optimizer_state
torch.nn.modules.module: _WrappedHook
torch.nn.parallel.data_parallel: DataParallel
torch.nn.utils.prune: Identity L1Unstructured LnStructured RandomStructured RandomUnstructured
torch.nn.utils.spectral_norm: SpectralNorm SpectralNormLoadStateDictPreHook SpectralNormStateDictHook
torch.nn.utils.weight_norm: WeightNorm
torch.optim.swa_utils: SWALR
torch.utils.data.dataset: ConcatDataset Subset TensorDataset
torch.utils.hooks: RemovableHandle
"""),
    ("torch-stored", "An activation that layers keep as a function.", """
torch.nn.functional: elu gelu hardswish hardtanh leaky_relu log_softmax logsigmoid mish relu relu6 selu sigmoid silu softmax softplus tanh
torch._C._nn: gelu
"""),
    ("torch-carved", "Finds a memory layout in a fixed table by its name.", """
torch.serialization: _get_layout
"""),
    ("torch-carved", "A record of a distributed checkpoint's table of contents: a data class or enumeration of plain values.", """
torch.distributed.checkpoint.filesystem: _StorageInfo
torch.distributed.checkpoint.metadata: BytesStorageMetadata ChunkStorageMetadata Metadata MetadataIndex StorageMeta TensorProperties TensorStorageMetadata _MEM_FORMAT_ENCODING
"""),
    ("torch", "A batch of sequences: a tuple of tensors, whose constructor asks the given batch sizes for their device and inverts a permutation.", """
torch.nn.utils.rnn: PackedSequence PackedSequence_
"""),
    ("statistics", "A dictionary: with attribute access to its own items, or one that sets the items to None that depend on another.", """
statsmodels.tools.tools: Bunch
statsmodels.tools.decorators: ResettableCache
"""),
    ("statistics", "The results of a filter: the constructor copies a fixed list of attributes of the model that it is given and asks its arrays for copies; what it so calls the stream names, and it is judged by itself.", """
statsmodels.tsa.statespace.kalman_filter: FilterResults
statsmodels.tsa.statespace.kalman_smoother: SmootherResults
statsmodels.tsa.statespace.representation: FrozenRepresentation
"""),
    ("statistics-stored", "A class that a model keeps to make its results later.", """
statsmodels.tsa.statespace.simulation_smoother: SimulationSmoothResults
"""),
    ("texts-stored", "A scoring or weighting function that a model keeps.", """
gensim.models.phrases: npmi_scorer original_scorer
gensim.models.tfidfmodel: df2idf
zlib: adler32 crc32
"""),
    ("texts-stored-carved", "A function that a model keeps: it gives its argument back, raises an error, or hashes a word.", """
gensim.utils: call_on_class_only identity
builtins: hash
__builtin__: hash
"""),
    ("trainer", "A data class of plain values in a trainer's arguments.", """
transformers.trainer_pt_utils: AcceleratorConfig
"""),
    ("trainer", "An enumeration of a trainer's arguments, in older releases: calling it looks a member up by value.", """
transformers.trainer_utils: EvaluationStrategy FSDPOption HubStrategy IntervalStrategy SchedulerType ShardedDDPOption
transformers.training_args: OptimizerNames ParallelMode
accelerate.state: DistributedType
accelerate.utils.dataclasses: DistributedType
sentence_transformers.training_args: BatchSamplers MultiDatasetBatchSamplers
"""),
]

#: Names that introspection would add and that fail the criterion on a closer look.
REJECTED = {
    "numpy frompyfunc",  # wraps a callable
    "sklearn.utils._metadata_requests RequestMethod",  # a descriptor that writes methods
    "gensim.similarities.docsim Similarity",  # iterating over one writes files
    "statsmodels PytestTester",  # calling one runs pytest
    "statsmodels.tools._test_runner PytestTester",
    "statsmodels.tools._testing PytestTester",
}

#: Classes that the walk does not find or does not judge, whose instances saves make without a constructor.
EMPTY_BY_HAND = {
    ("torch", "ScriptObject"),  # the parameters of a quantised layer; its state goes to the C++ class, which checks its type
    ("torch._C", "ScriptObject"),
    ("gensim.utils", "FakeDict"),  # counts up to a number; the functions beside it run commands
    ("gensim.models.keyedvectors", "Vocab"),  # gensim before 4: attributes of a word
    ("gensim.models.keyedvectors", "FastTextKeyedVectors"),
    ("gensim.models.fasttext", "FastTextTrainables"),
    ("gensim.models.fasttext", "FastTextVocab"),
    ("sentence_transformers.training_args", "SentenceTransformerTrainingArguments"),  # before 6; read in 3.4, 4.1 and 5.1
}
