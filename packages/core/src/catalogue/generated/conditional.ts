// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { ConditionalRow } from '../rows.js';

export const CONDITIONAL: readonly ConditionalRow[] = [
  {
    judge: 'distribution',
    hazard: 'execution',
    why: 'Its state holds text that scipy executes when the state is set.',
    shape: 'an unchanged distribution, as pickle writes it',
    judgesStates: true,
    names: `scipy.stats._continuous_distns: alpha_gen anglit_gen arcsine_gen argus_gen beta_gen betaprime_gen bradford_gen burr12_gen burr_gen cauchy_gen chi2_gen chi_gen cosine_gen crystalball_gen dgamma_gen dpareto_lognorm_gen dweibull_gen erlang_gen expon_gen exponnorm_gen exponpow_gen exponweib_gen f_gen fatiguelife_gen fisk_gen foldcauchy_gen foldnorm_gen frechet_l_gen frechet_r_gen gamma_gen gausshyper_gen genexpon_gen genextreme_gen gengamma_gen genhalflogistic_gen genhyperbolic_gen geninvgauss_gen genlogistic_gen gennorm_gen genpareto_gen gibrat_gen gilbrat_gen gompertz_gen gumbel_l_gen gumbel_r_gen halfcauchy_gen halfgennorm_gen halflogistic_gen halfnorm_gen hypsecant_gen invgamma_gen invgauss_gen invweibull_gen irwinhall_gen jf_skew_t_gen johnsonsb_gen johnsonsu_gen kappa3_gen kappa4_gen ksone_gen kstwo_gen kstwobign_gen landau_gen laplace_asymmetric_gen laplace_gen levy_gen levy_l_gen levy_stable_gen loggamma_gen logistic_gen loglaplace_gen lognorm_gen lomax_gen maxwell_gen mielke_gen moyal_gen nakagami_gen ncf_gen nct_gen ncx2_gen norm_gen norminvgauss_gen pareto_gen pearson3_gen powerlaw_gen powerlognorm_gen powernorm_gen rayleigh_gen rdist_gen recipinvgauss_gen reciprocal_gen rel_breitwigner_gen rice_gen rv_histogram semicircular_gen skew_norm_gen skewcauchy_gen skewnorm_gen studentized_range_gen t_gen trapezoid_gen trapz_gen triang_gen truncexpon_gen truncnorm_gen truncpareto_gen truncweibull_min_gen tukeylambda_gen uniform_gen vonmises_gen wald_gen weibull_max_gen weibull_min_gen wrapcauchy_gen
scipy.stats._discrete_distns: bernoulli_gen betabinom_gen betanbinom_gen binom_gen boltzmann_gen dlaplace_gen geom_gen hypergeom_gen logser_gen nbinom_gen nchypergeom_fisher_gen nchypergeom_wallenius_gen nhypergeom_gen planck_gen poisson_binom_gen poisson_gen randint_gen skellam_gen yulesimon_gen zipf_gen zipfian_gen
scipy.stats._levy_stable: levy_stable_gen`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'execution',
    why: 'Its constructor calls the class of the object that it is given.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `scipy.stats._distn_infrastructure: rv_continuous_frozen rv_discrete_frozen rv_frozen
scipy.stats._levy_stable: levy_stable_frozen rv_frozen`,
  },
  {
    judge: 'modelData',
    hazard: 'execution',
    why: 'Its state holds a formula that is evaluated as Python code when the state is set.',
    shape: "an unchanged model's data with a formula of plain names or none",
    names: `statsmodels.base.data: ModelData PandasData PatsyData`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'execution',
    why: 'Only its instances are allowed, not its constructor.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    otherwise: 'unexpected',
    names: `catboost.core: CatBoost CatBoostClassifier CatBoostRanker CatBoostRegressor _CatBoostBase
gensim.corpora.dictionary: Dictionary
gensim.corpora.hashdictionary: HashDictionary
gensim.models.doc2vec: Doc2Vec Doc2VecTrainables Doc2VecVocab
gensim.models.fasttext: FastText FastTextKeyedVectors FastTextTrainables FastTextVocab
gensim.models.hdpmodel: HdpModel HdpTopicFormatter SuffStats
gensim.models.keyedvectors: BaseKeyedVectors CompatVocab Doc2VecKeyedVectors FastTextKeyedVectors KeyedVectors Vocab Word2VecKeyedVectors WordEmbeddingSimilarityIndex WordEmbeddingsKeyedVectors
gensim.models.ldamodel: LdaModel LdaState
gensim.models.ldamulticore: LdaMulticore
gensim.models.ldaseqmodel: LdaPost LdaSeqModel sslm
gensim.models.logentropy_model: LogEntropyModel
gensim.models.lsimodel: LsiModel Projection
gensim.models.nmf: Nmf
gensim.models.normmodel: NormModel
gensim.models.phrases: FrozenPhrases Phraser Phrases PhrasesTransformation SentenceAnalyzer _PhrasesTransformation
gensim.models.poincare: LexicalEntailmentEvaluation LinkPredictionEvaluation NegativesBuffer PoincareBatch PoincareKeyedVectors PoincareModel ReconstructionEvaluation
gensim.models.rpmodel: RpModel
gensim.models.tfidfmodel: TfidfModel
gensim.models.translation_matrix: BackMappingTranslationMatrix Space TranslationMatrix
gensim.models.word2vec: Word2Vec Word2VecTrainables Word2VecVocab
gensim.similarities.docsim: MatrixSimilarity SoftCosineSimilarity SparseMatrixSimilarity WmdSimilarity
gensim.utils: FakeDict
pandas: Grouper
pandas.api.typing: TimeGrouper
pandas.core.groupby.groupby: Grouper
pandas.core.groupby.grouper: Grouper
pandas.core.resample: TimeGrouper
scipy.signal._ltisys: StateSpace StateSpaceContinuous StateSpaceDiscrete TransferFunction TransferFunctionContinuous TransferFunctionDiscrete ZerosPolesGain ZerosPolesGainContinuous ZerosPolesGainDiscrete dlti lti
scipy.signal.ltisys: StateSpace StateSpaceContinuous StateSpaceDiscrete TransferFunction TransferFunctionContinuous TransferFunctionDiscrete ZerosPolesGain ZerosPolesGainContinuous ZerosPolesGainDiscrete dlti lti
scipy.spatial._qhull: ConvexHull Delaunay HalfspaceIntersection Voronoi
scipy.spatial._spherical_voronoi: SphericalVoronoi
scipy.spatial.qhull: ConvexHull Delaunay HalfspaceIntersection Voronoi
scipy.spatial.transform._rotation: Slerp
scipy.spatial.transform.rotation: Slerp
sentence_transformers.cross_encoder.training_args: CrossEncoderTrainingArguments
sentence_transformers.multi_vector_encoder.training_args: MultiVectorEncoderTrainingArguments
sentence_transformers.sentence_transformer.training_args: SentenceTransformerTrainingArguments
sentence_transformers.sparse_encoder.training_args: SparseEncoderTrainingArguments
sentence_transformers.training_args: SentenceTransformerTrainingArguments
statsmodels.base._constraints: LinearConstraints TransformRestriction
statsmodels.base._penalized: PenalizedMixin
statsmodels.base._penalties: ConstraintsPenalty CovariancePenalty L2 L2ConstraintsPenalty L2Univariate NonePenalty PSD Penalty PseudoHuber SCAD SCADSmoothed
statsmodels.base._prediction_inference: PredictionResultsBase PredictionResultsDelta PredictionResultsMean PredictionResultsMonotonic
statsmodels.base._screening: ScreeningResults VariableScreening
statsmodels.base.distributed_estimation: DistributedModel DistributedResults
statsmodels.base.elastic_net: RegularizedResults RegularizedResultsWrapper
statsmodels.base.model: GenericLikelihoodModel GenericLikelihoodModelResults LikelihoodModel LikelihoodModelResults LikelihoodResultsWrapper Model ResultMixin Results _LLRMixin
statsmodels.base.optimizer: Optimizer
statsmodels.base.transform: BoxCox
statsmodels.base.wrapper: ResultsWrapper
statsmodels.discrete._diagnostics_count: DispersionResults
statsmodels.discrete.conditional_models: ConditionalLogit ConditionalMNLogit ConditionalPoisson ConditionalResults ConditionalResultsWrapper _ConditionalModel
statsmodels.discrete.count_model: GenericZeroInflated L1ZeroInflatedGeneralizedPoissonResults L1ZeroInflatedGeneralizedPoissonResultsWrapper L1ZeroInflatedNegativeBinomialResults L1ZeroInflatedNegativeBinomialResultsWrapper L1ZeroInflatedPoissonResults L1ZeroInflatedPoissonResultsWrapper ZeroInflatedGeneralizedPoisson ZeroInflatedGeneralizedPoissonResults ZeroInflatedGeneralizedPoissonResultsWrapper ZeroInflatedNegativeBinomialP ZeroInflatedNegativeBinomialResults ZeroInflatedNegativeBinomialResultsWrapper ZeroInflatedPoisson ZeroInflatedPoissonResults ZeroInflatedPoissonResultsWrapper ZeroInflatedResults
statsmodels.discrete.diagnostic: CountDiagnostic PoissonDiagnostic
statsmodels.discrete.discrete_margins: DiscreteMargins Margins
statsmodels.discrete.discrete_model: BinaryModel BinaryResults BinaryResultsWrapper CountModel CountResults CountResultsWrapper DiscreteModel DiscreteResults GeneralizedPoisson GeneralizedPoissonResults GeneralizedPoissonResultsWrapper L1BinaryResults L1BinaryResultsWrapper L1CountResults L1CountResultsWrapper L1GeneralizedPoissonResults L1GeneralizedPoissonResultsWrapper L1MultinomialResults L1MultinomialResultsWrapper L1NegativeBinomialResults L1NegativeBinomialResultsWrapper L1PoissonResults L1PoissonResultsWrapper Logit LogitResults MNLogit MultinomialModel MultinomialResults MultinomialResultsWrapper NegativeBinomial NegativeBinomialP NegativeBinomialPResults NegativeBinomialPResultsWrapper NegativeBinomialResults NegativeBinomialResultsWrapper OrderedModel OrderedResults OrderedResultsWrapper Poisson PoissonResults PoissonResultsWrapper Probit ProbitResults
statsmodels.discrete.truncated_model: HurdleCountModel HurdleCountResults HurdleCountResultsWrapper L1HurdleCountResults L1HurdleCountResultsWrapper L1TruncatedLFGenericResults L1TruncatedLFGenericResultsWrapper TruncatedLFGeneralizedPoisson TruncatedLFGeneric TruncatedLFGenericResults TruncatedLFGenericResultsWrapper TruncatedLFNegativeBinomialP TruncatedLFPoisson TruncatedLFPoissonResults TruncatedNegativeBinomialResults _RCensored _RCensoredGeneralizedPoisson _RCensoredGeneric _RCensoredNegativeBinomialP _RCensoredPoisson
statsmodels.distributions.bernstein: BernsteinDistribution BernsteinDistributionBV BernsteinDistributionUV
statsmodels.distributions.copula._special: Sterling1 Sterling2
statsmodels.distributions.copula.archimedean: ArchimedeanCopula ClaytonCopula FrankCopula GumbelCopula
statsmodels.distributions.copula.copulas: Copula CopulaDistribution
statsmodels.distributions.copula.depfunc_ev: AsymBiLogistic AsymLogistic AsymMixed AsymNegLogistic HR PickandDependence TEV
statsmodels.distributions.copula.elliptical: EllipticalCopula GaussianCopula StudentTCopula
statsmodels.distributions.copula.extreme_value: ExtremeValueCopula
statsmodels.distributions.copula.other_copulas: IndependenceCopula
statsmodels.distributions.copula.transforms: TransfClayton TransfFrank TransfGumbel TransfIndep Transforms _TransfPower
statsmodels.distributions.discrete: DiscretizedModel
statsmodels.distributions.empirical_distribution: ECDF ECDFDiscrete StepFunction
statsmodels.distributions.mixture_rvs: MixtureDistribution
statsmodels.distributions.tools: _Grid
statsmodels.duration.hazard_regression: PHReg PHRegResults PHSurvivalTime rv_discrete_float
statsmodels.duration.survfunc: CumIncidenceRight SurvfuncRight
statsmodels.emplike.aft_el: AFTResults OptAFT emplikeAFT
statsmodels.emplike.descriptive: DescStatMV DescStatUV _OptFuncts
statsmodels.emplike.elanova: ANOVA _ANOVAOpt
statsmodels.emplike.elregress: _ELRegOpts
statsmodels.emplike.originregress: ELOriginRegress OriginResults
statsmodels.gam.gam_cross_validation.cross_validators: BaseCrossValidator KFold
statsmodels.gam.gam_cross_validation.gam_cross_validation: BaseCV BasePenaltiesPathCV MultivariateGAMCV MultivariateGAMCVPath
statsmodels.gam.gam_penalties: MultivariateGamPenalty UnivariateGamPenalty
statsmodels.gam.generalized_additive_model: GLMGam GLMGamResults GLMGamResultsWrapper LogitGam
statsmodels.gam.smooth_basis: AdditiveGamSmoother BSplines CubicSplines CyclicCubicSplines GenericSmoothers PolynomialSmoother UnivariateBSplines UnivariateCubicCyclicSplines UnivariateCubicSplines UnivariateGamSmoother UnivariateGenericSmoother UnivariatePolynomialSmoother
statsmodels.genmod._prediction: PredictionResults
statsmodels.genmod.bayes_mixed_glm: BayesMixedGLMResults BinomialBayesMixedGLM PoissonBayesMixedGLM _BayesMixedGLM _VariationalBayesMixedGLM
statsmodels.genmod.cov_struct: Autoregressive CategoricalCovStruct CovStruct Equivalence Exchangeable GlobalOddsRatio Independence Nested NominalIndependence OrdinalIndependence Stationary Unstructured
statsmodels.genmod.families.family: Binomial Family Gamma Gaussian InverseGaussian NegativeBinomial Poisson Tweedie
statsmodels.genmod.families.links: CDFLink CLogLog Cauchy Identity InversePower InverseSquared Link Log LogC LogLog Logit NegativeBinomial Power Probit Sqrt cauchy cloglog identity inverse_power inverse_squared log logc logit loglog nbinom probit sqrt
statsmodels.genmod.families.varfuncs: Binomial NegativeBinomial Power VarianceFunction
statsmodels.genmod.generalized_estimating_equations: GEE GEEMargins GEEResults GEEResultsWrapper NominalGEE NominalGEEResults NominalGEEResultsWrapper OrdinalGEE OrdinalGEEResults OrdinalGEEResultsWrapper ParameterConstraint _Multinomial _MultinomialLogit
statsmodels.genmod.generalized_linear_model: GLM GLMResults GLMResultsWrapper _ModuleVariable
statsmodels.genmod.qif: QIF QIFAutoregressive QIFCovariance QIFExchangeable QIFIndependence QIFResults QIFResultsWrapper
statsmodels.miscmodels.count: NonlinearDeltaCov PoissonGMLE PoissonOffsetGMLE PoissonZiGMLE
statsmodels.miscmodels.nonlinls: Myfunc NonlinearLS Results
statsmodels.miscmodels.ordinal_model: OrderedModel OrderedResults OrderedResultsWrapper
statsmodels.miscmodels.tmodel: TArma TLinearModel
statsmodels.miscmodels.try_mlecov: MLEGLS
statsmodels.multivariate.cancorr: CanCorr CanCorrTestResults
statsmodels.multivariate.factor: Factor FactorResults
statsmodels.multivariate.manova: MANOVA
statsmodels.multivariate.multivariate_ols: MultivariateLS MultivariateLSResults MultivariateLSResultsWrapper MultivariateTestResults _MultivariateOLS _MultivariateOLSResults
statsmodels.multivariate.pca: PCA
statsmodels.nonparametric._kernel_base: EstimatorSettings GenericKDE LeaveOneOut
statsmodels.nonparametric.kde: KDEUnivariate
statsmodels.nonparametric.kernel_density: KDEMultivariate KDEMultivariateConditional
statsmodels.nonparametric.kernel_regression: KernelCensoredReg KernelReg TestRegCoefC TestRegCoefD
statsmodels.othermod.betareg: BetaModel BetaResults BetaResultsWrapper
statsmodels.regression._prediction: PredictionResults
statsmodels.regression._tools: _MinimalWLS
statsmodels.regression.dimred: CovarianceReduction DimReductionResults DimReductionResultsWrapper PrincipalHessianDirections SlicedAverageVarianceEstimation SlicedInverseReg _DimReductionRegression
statsmodels.regression.feasible_gls: GLSHet GLSHet2
statsmodels.regression.linear_model: GLS GLSAR OLS OLSResults RegressionModel RegressionResults RegressionResultsWrapper WLS
statsmodels.regression.mixed_linear_model: MixedLM MixedLMParams MixedLMResults MixedLMResultsWrapper VCSpec _mixedlm_distribution
statsmodels.regression.process_regression: GaussianCovariance ProcessCovariance ProcessMLE ProcessMLEResults
statsmodels.regression.quantile_regression: QuantReg QuantRegResults
statsmodels.regression.recursive_ls: RecursiveLS RecursiveLSResults RecursiveLSResultsWrapper
statsmodels.regression.rolling: RollingOLS RollingRegressionResults RollingWLS
statsmodels.robust.covariance: CovDetMCD CovDetMM CovDetS CovM _NormalizeTruncCov _Standardize
statsmodels.robust.norms: AndrewWave Hampel HuberT LeastSquares MQuantileNorm RamsayE RobustNorm StudentT TrimmedMean TukeyBiweight TukeyQuartic
statsmodels.robust.resistant_linear_model: RLMDetS RLMDetSMM
statsmodels.robust.robust_linear_model: RLM RLMResults RLMResultsWrapper
statsmodels.robust.scale: Huber HuberScale MScale
statsmodels.stats._delta_method: NonlinearDeltaCov
statsmodels.stats._diagnostic_other: CMTNewey CMTTauchen ResultsGeneric TestResults
statsmodels.stats._knockoff: RegressionFDR
statsmodels.stats._results_store: ResultsStore
statsmodels.stats.anova: AnovaRM AnovaResults
statsmodels.stats.base: AllPairsResults HolderTuple
statsmodels.stats.contingency_tables: SquareTable StratifiedTable Table Table2x2 _Bunch
statsmodels.stats.contrast: Contrast ContrastResults MultiCompResult WaldTestResults
statsmodels.stats.correlation_tools: FactoredPSDMatrix GaussianMultivariateKernel MultivariateKernel
statsmodels.stats.descriptivestats: Describe Description
statsmodels.stats.diagnostic: CompareCox CompareJ HetGoldfeldQuandt ResultsStore
statsmodels.stats.inter_rater: KappaResults ResultsBunch
statsmodels.stats.knockoff_regeffects: CorrelationEffects ForwardEffects OLSEffects RegModelEffects RegressionEffects
statsmodels.stats.mediation: Mediation MediationResults
statsmodels.stats.meta_analysis: CombineResults
statsmodels.stats.multitest: NullDistribution
statsmodels.stats.nonparametric: RankCompareResult
statsmodels.stats.oaxaca: OaxacaBlinder OaxacaResults
statsmodels.stats.outliers_influence: GLMInfluence MLEInfluence OLSInfluence _BaseInfluenceMixin
statsmodels.stats.power: FTestAnovaPower FTestPower FTestPowerF2 GofChisquarePower NormalIndPower Power TTestIndPower TTestPower _GofChisquareIndPower
statsmodels.stats.regularized_covariance: RegularizedInvCovariance
statsmodels.stats.robust_compare: TrimmedMean
statsmodels.stats.tabledist: TableDist
statsmodels.stats.weightstats: CompareMeans DescrStatsW
statsmodels.tools._decorators: CachedAttribute CachedWritableAttribute ResettableCache _cache_readonly cache_readonly cache_writable
statsmodels.tools.decorators: CachedAttribute CachedWritableAttribute OneTimeProperty _cache_readonly cache_writable
statsmodels.tools.dump2module: HoldIt
statsmodels.tools.grouputils: Group GroupSorted Grouping
statsmodels.tools.transform_model: StandardizeTransform
statsmodels.tools.validation.validation: PandasWrapper
statsmodels.treatment.treatment_effects: TreatmentEffect TreatmentEffectResults _AIPWGMM _AIPWWLSGMM _IPWGMM _IPWRAGMM _RAGMM _TEGMM _TEGMMGeneric1
statsmodels.tsa._stl: STL
statsmodels.tsa.ar_model: AR AROrderSelectionResults ARResults ARResultsWrapper AutoReg AutoRegResults AutoRegResultsWrapper
statsmodels.tsa.ardl.model: ARDL ARDLOrderSelectionResults ARDLResults ARDLResultsWrapper UECM UECMResults UECMResultsWrapper
statsmodels.tsa.arima.model: ARIMA ARIMAResults ARIMAResultsWrapper
statsmodels.tsa.arima.params: SARIMAXParams
statsmodels.tsa.arima.specification: SARIMAXSpecification
statsmodels.tsa.arima_model: ARIMA ARIMAResults ARIMAResultsWrapper ARMA ARMAResults ARMAResultsWrapper
statsmodels.tsa.arima_process: ArmaProcess
statsmodels.tsa.arma_mle: Arma
statsmodels.tsa.base.prediction: PredictionResults
statsmodels.tsa.base.tsa_model: TimeSeriesModel TimeSeriesModelResults TimeSeriesResultsWrapper
statsmodels.tsa.descriptivestats: TsaDescriptive
statsmodels.tsa.deterministic: CalendarDeterministicTerm CalendarFourier CalendarSeasonality CalendarTimeTrend DeterministicProcess DeterministicTerm Fourier FourierDeterministicTerm Seasonality TimeTrend TimeTrendDeterministicTerm
statsmodels.tsa.exponential_smoothing.base: StateSpaceMLEModel StateSpaceMLEResults
statsmodels.tsa.exponential_smoothing.ets: ETSModel ETSResults ETSResultsWrapper PredictionResults PredictionResultsWrapper
statsmodels.tsa.forecasting.stl: STLForecast STLForecastResults
statsmodels.tsa.forecasting.theta: ThetaModel ThetaModelResults
statsmodels.tsa.holtwinters: ExponentialSmoothing Holt HoltWintersResults HoltWintersResultsWrapper SimpleExpSmoothing
statsmodels.tsa.holtwinters._exponential_smoothers: HoltWintersArgs
statsmodels.tsa.holtwinters._smoothers: HoltWintersArgs
statsmodels.tsa.holtwinters.model: ExponentialSmoothing Holt SimpleExpSmoothing _OptConfig
statsmodels.tsa.holtwinters.results: HoltWintersResults HoltWintersResultsWrapper
statsmodels.tsa.kalmanf.kalmanfilter: KalmanFilter StateSpaceModel
statsmodels.tsa.mlemodel: TSMLEModel
statsmodels.tsa.regime_switching.markov_autoregression: MarkovAutoregression MarkovAutoregressionResults MarkovAutoregressionResultsWrapper
statsmodels.tsa.regime_switching.markov_regression: MarkovRegression MarkovRegressionResults MarkovRegressionResultsWrapper
statsmodels.tsa.regime_switching.markov_switching: HamiltonFilterResults KimSmootherResults MarkovSwitching MarkovSwitchingParams MarkovSwitchingResults MarkovSwitchingResultsWrapper
statsmodels.tsa.seasonal: DecomposeResult
statsmodels.tsa.seasonal._seasonal: DecomposeResult
statsmodels.tsa.statespace._pykalman_smoother: _KalmanSmoother
statsmodels.tsa.statespace._quarterly_ar1: QuarterlyAR1
statsmodels.tsa.statespace.cfa_simulation_smoother: CFASimulationSmoother
statsmodels.tsa.statespace.dynamic_factor: DynamicFactor DynamicFactorResults DynamicFactorResultsWrapper
statsmodels.tsa.statespace.dynamic_factor_mq: DynamicFactorMQ DynamicFactorMQResults FactorBlock
statsmodels.tsa.statespace.exponential_smoothing: ExponentialSmoothing ExponentialSmoothingResults ExponentialSmoothingResultsWrapper
statsmodels.tsa.statespace.initialization: Initialization
statsmodels.tsa.statespace.kalman_filter: KalmanFilter
statsmodels.tsa.statespace.kalman_smoother: KalmanSmoother
statsmodels.tsa.statespace.mlemodel: MLEModel MLEResults MLEResultsWrapper PredictionResults PredictionResultsWrapper
statsmodels.tsa.statespace.news: NewsResults
statsmodels.tsa.statespace.representation: MatrixWrapper OptionWrapper Representation
statsmodels.tsa.statespace.sarimax: SARIMAX SARIMAXResults SARIMAXResultsWrapper
statsmodels.tsa.statespace.simulation_smoother: SimulationSmoother
statsmodels.tsa.statespace.structural: UnobservedComponents UnobservedComponentsResults UnobservedComponentsResultsWrapper
statsmodels.tsa.statespace.varmax: VARMAX VARMAXResults VARMAXResultsWrapper
statsmodels.tsa.stattools: ResultsStore ZivotAndrewsUnitRoot
statsmodels.tsa.stattools._leybourne: LeybourneMcCabeStationarity
statsmodels.tsa.stattools._stattools: ZivotAndrewsUnitRoot
statsmodels.tsa.stl._stl: STL
statsmodels.tsa.stl.mstl: MSTL
statsmodels.tsa.varma_process: VarmaPoly _Var
statsmodels.tsa.vector_ar.dynamic: DynamicPanelVAR DynamicVAR Equation
statsmodels.tsa.vector_ar.hypothesis_test_results: CausalityTestResults HypothesisTestResults NormalityTestResults WhitenessTestResults
statsmodels.tsa.vector_ar.irf: BaseIRAnalysis IRAnalysis
statsmodels.tsa.vector_ar.local_proj: LocalProjections LocalProjectionsResults
statsmodels.tsa.vector_ar.output: VARSummary
statsmodels.tsa.vector_ar.plotting: MPLConfigurator
statsmodels.tsa.vector_ar.svar_model: SVAR SVARProcess SVARResults
statsmodels.tsa.vector_ar.var_model: FEVD LagOrderResults VAR VARProcess VARResults VARResultsWrapper
statsmodels.tsa.vector_ar.vecm: CointRankResults JohansenTestResult VECM VECMResults
statsmodels.tsa.x13: SeriesSpec Spec X13ArimaAnalysisResult
torch: ScriptObject
torch._C: ScriptObject
torch.distributions.bernoulli: Bernoulli
torch.distributions.beta: Beta
torch.distributions.binomial: Binomial
torch.distributions.categorical: Categorical
torch.distributions.cauchy: Cauchy
torch.distributions.chi2: Chi2
torch.distributions.constraint_registry: ConstraintRegistry
torch.distributions.constraints: Constraint MixtureSameFamilyConstraint _Boolean _Cat _CorrCholesky _Dependent _DependentProperty _GreaterThan _GreaterThanEq _HalfOpenInterval _IndependentConstraint _IntegerGreaterThan _IntegerInterval _IntegerLessThan _Interval _LessThan _LowerCholesky _LowerTriangular _Multinomial _OneHot _PositiveDefinite _PositiveSemidefinite _Real _Simplex _Square _Stack _Symmetric
torch.distributions.continuous_bernoulli: ContinuousBernoulli
torch.distributions.dirichlet: Dirichlet _Dirichlet
torch.distributions.distribution: Distribution
torch.distributions.exp_family: ExponentialFamily
torch.distributions.exponential: Exponential
torch.distributions.fishersnedecor: FisherSnedecor
torch.distributions.gamma: Gamma
torch.distributions.generalized_pareto: GeneralizedPareto
torch.distributions.geometric: Geometric
torch.distributions.gumbel: Gumbel
torch.distributions.half_cauchy: HalfCauchy
torch.distributions.half_normal: HalfNormal
torch.distributions.independent: Independent
torch.distributions.inverse_gamma: InverseGamma
torch.distributions.kumaraswamy: Kumaraswamy
torch.distributions.laplace: Laplace
torch.distributions.lkj_cholesky: LKJCholesky
torch.distributions.log_normal: LogNormal
torch.distributions.logistic_normal: LogisticNormal
torch.distributions.lowrank_multivariate_normal: LowRankMultivariateNormal
torch.distributions.mixture_same_family: MixtureSameFamily
torch.distributions.multinomial: Multinomial
torch.distributions.multivariate_normal: MultivariateNormal
torch.distributions.negative_binomial: NegativeBinomial
torch.distributions.normal: Normal
torch.distributions.one_hot_categorical: OneHotCategorical OneHotCategoricalStraightThrough
torch.distributions.pareto: Pareto
torch.distributions.poisson: Poisson
torch.distributions.relaxed_bernoulli: LogitRelaxedBernoulli RelaxedBernoulli
torch.distributions.relaxed_categorical: ExpRelaxedCategorical RelaxedOneHotCategorical
torch.distributions.studentT: StudentT
torch.distributions.transformed_distribution: TransformedDistribution
torch.distributions.transforms: AbsTransform AffineTransform CatTransform ComposeTransform CumulativeDistributionTransform ExpTransform IndependentTransform LowerCholeskyTransform PositiveDefiniteTransform PowerTransform ReshapeTransform SigmoidTransform SoftmaxTransform SoftplusTransform StackTransform TanhTransform Transform _InverseTransform
torch.distributions.uniform: Uniform
torch.distributions.utils: _lazy_property_and_property lazy_property
torch.distributions.von_mises: VonMises
torch.distributions.weibull: Weibull
torch.distributions.wishart: Wishart
transformers.trainer_callback: TrainerControl TrainerState
transformers.training_args_seq2seq: Seq2SeqTrainingArguments
xgboost.callback: EarlyStopping EvaluationMonitor LearningRateScheduler TrainingCallback`,
  },
  {
    judge: 'getattrMember',
    hazard: 'introspection',
    why: 'Fetches an attribute by name, the usual step from a harmless object to code.',
    shape: 'a known member of a known class',
    names: `__builtin__: getattr
builtins: getattr`,
  },
  {
    judge: 'neverCalled',
    hazard: 'execution',
    why: 'Calls the reducers of an object.',
    shape: 'to be kept',
    mayBeStored: true,
    names: `copy: deepcopy`,
  },
  {
    judge: 'typeOfConstant',
    hazard: 'execution',
    why: 'Builds classes, and with them methods that the interpreter calls by itself.',
    shape: 'the type of None, Ellipsis or NotImplemented',
    names: `__builtin__: type
builtins: type`,
  },
  {
    judge: 'plainNumber',
    hazard: 'execution',
    why: 'What is no number or symbol goes through sympify, which evaluates text.',
    shape: 'made of integers by __new__',
    names: `sympy.core.numbers: Catalan ComplexInfinity EulerGamma Exp1 GoldenRatio Half ImaginaryUnit Infinity Integer NaN NegativeInfinity NegativeOne One Pi Rational TribonacciConstant Zero`,
  },
  {
    judge: 'plainSymbol',
    hazard: 'execution',
    why: 'What is no number or symbol goes through sympify, which evaluates text.',
    shape: 'made of its name by __new__',
    names: `sympy.core.symbol: Symbol`,
  },
  {
    judge: 'plainKeys',
    hazard: 'introspection',
    why: 'Fetches items by key: from a namespace, any name in it.',
    shape: 'with constants as keys',
    names: `_operator: itemgetter
operator: itemgetter`,
  },
  {
    judge: 'partialOfGlobal',
    hazard: 'execution',
    why: 'Binds arguments to a callable.',
    shape: 'the partial of an allowed callable',
    names: `_functools: partial
functools: partial`,
  },
  {
    judge: 'nestedCheckpoint',
    hazard: 'loader',
    why: 'Loads a further checkpoint.',
    shape: 'one constant byte string, analysed as a checkpoint of its own',
    names: `torch.storage: _load_from_bytes`,
  },
  {
    judge: 'rebuildFromType',
    hazard: 'execution',
    why: 'Calls what it is given.',
    shape: "one of torch's rebuild functions with an allowed type",
    names: `torch._tensor: _rebuild_from_type _rebuild_from_type_v2`,
  },
  {
    judge: 'rebuildFromType',
    hazard: 'execution',
    why: 'Calls what it is given.',
    shape: "one of torch's rebuild functions with an allowed type",
    names: `torch.tensor: _rebuild_from_type`,
  },
  {
    judge: 'latin1Bytes',
    hazard: 'execution',
    why: 'Runs any codec of the registry.',
    shape: "a constant text with the codec 'latin1'",
    names: `_codecs: encode`,
  },
  {
    judge: 'ufuncByName',
    hazard: 'import',
    why: 'Imports a module by name and fetches an attribute of it.',
    shape: 'the name of a ufunc of numpy',
    names: `numpy._core: _ufunc_reconstruct
numpy.core: _ufunc_reconstruct`,
  },
  {
    judge: 'scalarOfBytes',
    hazard: 'introspection',
    why: 'Hands an object on that it is given.',
    shape: 'a scalar made of constant bytes',
    names: `numpy._core._multiarray_umath: scalar
numpy._core.multiarray: scalar
numpy.core._multiarray_umath: scalar
numpy.core.multiarray: scalar`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'execution',
    why: 'Calls what it is given for every item.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `numpy: vectorize
numpy.lib._function_base_impl: vectorize
numpy.lib.function_base: vectorize`,
  },
  {
    judge: 'plainBytearray',
    hazard: 'import',
    why: 'Imports the encoding that it is given.',
    shape: 'the bytearray of constant bytes',
    mayBeStored: true,
    names: `__builtin__: bytearray
builtins: bytearray`,
  },
  {
    judge: 'bitGenerators',
    hazard: 'execution',
    why: 'Calls what it is given.',
    shape: 'a bit generator of numpy',
    mayBeStored: true,
    names: `numpy.random._pickle: __bit_generator_ctor __generator_ctor __randomstate_ctor`,
  },
  {
    judge: 'newIndex',
    hazard: 'execution',
    why: 'Calls the class that it is given with keywords of choice.',
    shape: 'an index of pandas with its own attributes',
    mayBeStored: true,
    names: `pandas.core.index: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.core.indexes.base: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.core.indexes.datetimes: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.core.indexes.interval: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.core.indexes.period: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.core.indexes.timedeltas: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.indexes.base: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.tseries.index: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex
pandas.tseries.period: _new_DatetimeIndex _new_Index _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex`,
  },
  {
    judge: 'timestamp',
    hazard: 'file',
    why: 'Opens the file that a time zone of dateutil names.',
    shape: 'a time with a time zone that is none of a file',
    mayBeStored: true,
    names: `pandas: Timestamp _unpickle_timestamp
pandas._libs.tslib: Timestamp _unpickle_timestamp
pandas._libs.tslibs.timestamps: Timestamp _unpickle_timestamp
pandas.tslib: Timestamp _unpickle_timestamp`,
  },
  {
    judge: 'oneText',
    hazard: 'state',
    why: 'Looks a type of Arrow up by its name.',
    shape: 'a constant name',
    mayBeStored: true,
    names: `pyarrow.lib: type_for_alias`,
  },
  {
    judge: 'arrowArray',
    hazard: 'state',
    why: 'Builds an array over buffers that it does not check.',
    shape: 'an array with the buffers of its type',
    mayBeStored: true,
    names: `pyarrow.lib: _restore_array`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'file',
    why: 'Its constructor reads the model file that it is given.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `xgboost.core: Booster`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'file',
    why: 'Its constructor reads the model file that it is given.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `lightgbm.basic: Booster`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'network',
    why: 'Its constructor sets up devices and process groups.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `transformers.training_args: TrainingArguments`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'network',
    why: 'Its constructor sets up devices and process groups.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `accelerate.state: PartialState`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'execution',
    why: 'Its constructor copies what it is given, which runs the reducers of that object.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `torch.nn.modules.transformer: Transformer TransformerDecoder TransformerEncoder`,
  },
  {
    judge: 'emptyInstance',
    hazard: 'execution',
    why: 'Its constructor copies what it is given, which runs the reducers of that object.',
    shape: 'an instance made without running its constructor, as pickle writes it',
    names: `torch.optim.swa_utils: AveragedModel`,
  },
  {
    judge: 'siblingArray',
    hazard: 'file',
    why: 'Reads the file that its state names, and can unpickle it.',
    shape: 'a file beside the pickle, named without a path',
    names: `joblib.numpy_pickle: NDArrayWrapper ZNDArrayWrapper
joblib.numpy_pickle_compat: NDArrayWrapper ZNDArrayWrapper`,
  },
  {
    judge: 'siblingArray',
    hazard: 'file',
    why: 'Reads the file that its state names, and can unpickle it.',
    shape: 'a file beside the pickle, named without a path',
    names: `sklearn.externals.joblib.numpy_pickle: NDArrayWrapper ZNDArrayWrapper
sklearn.externals.joblib.numpy_pickle_compat: NDArrayWrapper ZNDArrayWrapper`,
  },
  {
    judge: 'distribution',
    hazard: 'execution',
    why: 'Its state holds text that scipy executes when the state is set.',
    shape: 'an unchanged distribution, as pickle writes it',
    judgesStates: true,
    names: `scipy.stats._distn_infrastructure: rv_sample`,
  },
];

/** `Class member`, one a line: what `getattr` may take, to store it. */
export const MEMBERS = `scipy.interpolate._interpolate.interp1d _call_linear
scipy.interpolate._interpolate.interp1d _call_linear_np
scipy.interpolate._interpolate.interp1d _call_nan_spline
scipy.interpolate._interpolate.interp1d _call_nearest
scipy.interpolate._interpolate.interp1d _call_previousnext
scipy.interpolate._interpolate.interp1d _call_spline
scipy.interpolate._rbf.Rbf _call_norm
scipy.interpolate._rbf.Rbf _h_cubic
scipy.interpolate._rbf.Rbf _h_gaussian
scipy.interpolate._rbf.Rbf _h_inverse_multiquadric
scipy.interpolate._rbf.Rbf _h_linear
scipy.interpolate._rbf.Rbf _h_multiquadric
scipy.interpolate._rbf.Rbf _h_quintic
scipy.interpolate._rbf.Rbf _h_thin_plate
scipy.interpolate.interpolate.interp1d _call_linear
scipy.interpolate.interpolate.interp1d _call_linear_np
scipy.interpolate.interpolate.interp1d _call_nan_spline
scipy.interpolate.interpolate.interp1d _call_nearest
scipy.interpolate.interpolate.interp1d _call_previousnext
scipy.interpolate.interpolate.interp1d _call_spline
scipy.interpolate.rbf.Rbf _call_norm
scipy.interpolate.rbf.Rbf _euclidean_norm
scipy.interpolate.rbf.Rbf _h_cubic
scipy.interpolate.rbf.Rbf _h_gaussian
scipy.interpolate.rbf.Rbf _h_inverse_multiquadric
scipy.interpolate.rbf.Rbf _h_linear
scipy.interpolate.rbf.Rbf _h_multiquadric
scipy.interpolate.rbf.Rbf _h_quintic
scipy.interpolate.rbf.Rbf _h_thin_plate
scipy.stats._discrete_distns.bernoulli_gen _entropy
scipy.stats._discrete_distns.betabinom_gen _entropy
scipy.stats._discrete_distns.betanbinom_gen _entropy
scipy.stats._discrete_distns.binom_gen _entropy
scipy.stats._discrete_distns.boltzmann_gen _entropy
scipy.stats._discrete_distns.dlaplace_gen _entropy
scipy.stats._discrete_distns.geom_gen _entropy
scipy.stats._discrete_distns.hypergeom_gen _entropy
scipy.stats._discrete_distns.logser_gen _entropy
scipy.stats._discrete_distns.nbinom_gen _entropy
scipy.stats._discrete_distns.nchypergeom_fisher_gen _entropy
scipy.stats._discrete_distns.nchypergeom_wallenius_gen _entropy
scipy.stats._discrete_distns.nhypergeom_gen _entropy
scipy.stats._discrete_distns.planck_gen _entropy
scipy.stats._discrete_distns.poisson_binom_gen _entropy
scipy.stats._discrete_distns.poisson_gen _entropy
scipy.stats._discrete_distns.randint_gen _entropy
scipy.stats._discrete_distns.skellam_gen _entropy
scipy.stats._discrete_distns.yulesimon_gen _entropy
scipy.stats._discrete_distns.zipf_gen _entropy
scipy.stats._discrete_distns.zipfian_gen _entropy
torch.nn.modules.batchnorm.LazyBatchNorm1d _infer_parameters
torch.nn.modules.batchnorm.LazyBatchNorm1d _lazy_load_hook
torch.nn.modules.batchnorm.LazyBatchNorm2d _infer_parameters
torch.nn.modules.batchnorm.LazyBatchNorm2d _lazy_load_hook
torch.nn.modules.batchnorm.LazyBatchNorm3d _infer_parameters
torch.nn.modules.batchnorm.LazyBatchNorm3d _lazy_load_hook
torch.nn.modules.batchnorm._LazyNormBase _infer_parameters
torch.nn.modules.batchnorm._LazyNormBase _lazy_load_hook
torch.nn.modules.conv.LazyConv1d _infer_parameters
torch.nn.modules.conv.LazyConv1d _lazy_load_hook
torch.nn.modules.conv.LazyConv2d _infer_parameters
torch.nn.modules.conv.LazyConv2d _lazy_load_hook
torch.nn.modules.conv.LazyConv3d _infer_parameters
torch.nn.modules.conv.LazyConv3d _lazy_load_hook
torch.nn.modules.conv.LazyConvTranspose1d _infer_parameters
torch.nn.modules.conv.LazyConvTranspose1d _lazy_load_hook
torch.nn.modules.conv.LazyConvTranspose2d _infer_parameters
torch.nn.modules.conv.LazyConvTranspose2d _lazy_load_hook
torch.nn.modules.conv.LazyConvTranspose3d _infer_parameters
torch.nn.modules.conv.LazyConvTranspose3d _lazy_load_hook
torch.nn.modules.instancenorm.LazyInstanceNorm1d _infer_parameters
torch.nn.modules.instancenorm.LazyInstanceNorm1d _lazy_load_hook
torch.nn.modules.instancenorm.LazyInstanceNorm2d _infer_parameters
torch.nn.modules.instancenorm.LazyInstanceNorm2d _lazy_load_hook
torch.nn.modules.instancenorm.LazyInstanceNorm3d _infer_parameters
torch.nn.modules.instancenorm.LazyInstanceNorm3d _lazy_load_hook
torch.nn.modules.linear.LazyLinear _infer_parameters
torch.nn.modules.linear.LazyLinear _lazy_load_hook
torch.optim.lr_scheduler.CyclicLR _exp_range_scale_fn
torch.optim.lr_scheduler.CyclicLR _triangular2_scale_fn
torch.optim.lr_scheduler.CyclicLR _triangular_scale_fn
zoneinfo.ZoneInfo _unpickle
__builtin__.str capitalize
__builtin__.str casefold
__builtin__.str endswith
__builtin__.str isalnum
__builtin__.str isalpha
__builtin__.str isdecimal
__builtin__.str isdigit
__builtin__.str islower
__builtin__.str isnumeric
__builtin__.str isspace
__builtin__.str istitle
__builtin__.str isupper
__builtin__.str lower
__builtin__.str lstrip
__builtin__.str removeprefix
__builtin__.str removesuffix
__builtin__.str replace
__builtin__.str rstrip
__builtin__.str split
__builtin__.str splitlines
__builtin__.str startswith
__builtin__.str strip
__builtin__.str swapcase
__builtin__.str title
__builtin__.str upper
__builtin__.str zfill
__builtin__.unicode capitalize
__builtin__.unicode casefold
__builtin__.unicode endswith
__builtin__.unicode isalnum
__builtin__.unicode isalpha
__builtin__.unicode isdecimal
__builtin__.unicode isdigit
__builtin__.unicode islower
__builtin__.unicode isnumeric
__builtin__.unicode isspace
__builtin__.unicode istitle
__builtin__.unicode isupper
__builtin__.unicode lower
__builtin__.unicode lstrip
__builtin__.unicode removeprefix
__builtin__.unicode removesuffix
__builtin__.unicode replace
__builtin__.unicode rstrip
__builtin__.unicode split
__builtin__.unicode splitlines
__builtin__.unicode startswith
__builtin__.unicode strip
__builtin__.unicode swapcase
__builtin__.unicode title
__builtin__.unicode upper
__builtin__.unicode zfill
builtins.str capitalize
builtins.str casefold
builtins.str endswith
builtins.str isalnum
builtins.str isalpha
builtins.str isdecimal
builtins.str isdigit
builtins.str islower
builtins.str isnumeric
builtins.str isspace
builtins.str istitle
builtins.str isupper
builtins.str lower
builtins.str lstrip
builtins.str removeprefix
builtins.str removesuffix
builtins.str replace
builtins.str rstrip
builtins.str split
builtins.str splitlines
builtins.str startswith
builtins.str strip
builtins.str swapcase
builtins.str title
builtins.str upper
builtins.str zfill
random.Random choice
random.Random gauss
random.Random randint
random.Random random
random.Random uniform
re._compile findall
re._compile finditer
re._compile fullmatch
re._compile match
re._compile search
re._compile split
re._compile sub
sklearn.ensemble._bagging.BaggingClassifier predict
sklearn.ensemble._bagging.BaggingClassifier predict_proba
sklearn.ensemble._bagging.BaggingRegressor predict
sklearn.ensemble._forest.ExtraTreesClassifier predict
sklearn.ensemble._forest.ExtraTreesClassifier predict_proba
sklearn.ensemble._forest.ExtraTreesRegressor predict
sklearn.ensemble._forest.ForestClassifier predict
sklearn.ensemble._forest.ForestClassifier predict_proba
sklearn.ensemble._forest.ForestRegressor predict
sklearn.ensemble._forest.RandomForestClassifier predict
sklearn.ensemble._forest.RandomForestClassifier predict_proba
sklearn.ensemble._forest.RandomForestRegressor predict
sklearn.ensemble._gb.ExponentialLoss predict_proba
sklearn.ensemble._gb.GradientBoostingClassifier decision_function
sklearn.ensemble._gb.GradientBoostingClassifier predict
sklearn.ensemble._gb.GradientBoostingClassifier predict_proba
sklearn.ensemble._gb.GradientBoostingRegressor predict
sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier decision_function
sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier predict
sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier predict_proba
sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingRegressor predict
sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor predict
sklearn.ensemble._iforest.IsolationForest decision_function
sklearn.ensemble._iforest.IsolationForest predict
sklearn.ensemble._voting.VotingClassifier predict
sklearn.ensemble._voting.VotingRegressor predict
sklearn.ensemble._weight_boosting.AdaBoostClassifier decision_function
sklearn.ensemble._weight_boosting.AdaBoostClassifier predict
sklearn.ensemble._weight_boosting.AdaBoostClassifier predict_proba
sklearn.ensemble._weight_boosting.AdaBoostRegressor predict
sklearn.linear_model._base.LinearModel predict
sklearn.linear_model._base.LinearRegression predict
sklearn.linear_model._base.MultiOutputLinearModel predict
sklearn.linear_model._bayes.ARDRegression predict
sklearn.linear_model._bayes.BayesianRidge predict
sklearn.linear_model._coordinate_descent.ElasticNet predict
sklearn.linear_model._coordinate_descent.ElasticNetCV predict
sklearn.linear_model._coordinate_descent.Lasso predict
sklearn.linear_model._coordinate_descent.LassoCV predict
sklearn.linear_model._coordinate_descent.LinearModelCV predict
sklearn.linear_model._coordinate_descent.MultiTaskElasticNet predict
sklearn.linear_model._coordinate_descent.MultiTaskElasticNetCV predict
sklearn.linear_model._coordinate_descent.MultiTaskLasso predict
sklearn.linear_model._coordinate_descent.MultiTaskLassoCV predict
sklearn.linear_model._glm.glm.GammaRegressor predict
sklearn.linear_model._glm.glm.PoissonRegressor predict
sklearn.linear_model._glm.glm.TweedieRegressor predict
sklearn.linear_model._glm.glm._GeneralizedLinearRegressor predict
sklearn.linear_model._huber.HuberRegressor predict
sklearn.linear_model._least_angle.Lars predict
sklearn.linear_model._least_angle.LarsCV predict
sklearn.linear_model._least_angle.LassoLars predict
sklearn.linear_model._least_angle.LassoLarsCV predict
sklearn.linear_model._least_angle.LassoLarsIC predict
sklearn.linear_model._logistic.LogisticRegression decision_function
sklearn.linear_model._logistic.LogisticRegression predict
sklearn.linear_model._logistic.LogisticRegression predict_proba
sklearn.linear_model._logistic.LogisticRegressionCV decision_function
sklearn.linear_model._logistic.LogisticRegressionCV predict
sklearn.linear_model._logistic.LogisticRegressionCV predict_proba
sklearn.linear_model._omp.OrthogonalMatchingPursuit predict
sklearn.linear_model._omp.OrthogonalMatchingPursuitCV predict
sklearn.linear_model._passive_aggressive.PassiveAggressiveClassifier decision_function
sklearn.linear_model._passive_aggressive.PassiveAggressiveClassifier predict
sklearn.linear_model._passive_aggressive.PassiveAggressiveRegressor predict
sklearn.linear_model._perceptron.Perceptron decision_function
sklearn.linear_model._perceptron.Perceptron predict
sklearn.linear_model._quantile.QuantileRegressor predict
sklearn.linear_model._ransac.RANSACRegressor predict
sklearn.linear_model._ridge.Ridge predict
sklearn.linear_model._ridge.RidgeCV predict
sklearn.linear_model._ridge.RidgeClassifier decision_function
sklearn.linear_model._ridge.RidgeClassifier predict
sklearn.linear_model._ridge.RidgeClassifierCV decision_function
sklearn.linear_model._ridge.RidgeClassifierCV predict
sklearn.linear_model._ridge._BaseRidge predict
sklearn.linear_model._ridge._BaseRidgeCV predict
sklearn.linear_model._ridge._IdentityClassifier decision_function
sklearn.linear_model._ridge._IdentityClassifier predict
sklearn.linear_model._ridge._IdentityRegressor decision_function
sklearn.linear_model._ridge._IdentityRegressor predict
sklearn.linear_model._ridge._RidgeGCV predict
sklearn.linear_model._stochastic_gradient.BaseSGDClassifier decision_function
sklearn.linear_model._stochastic_gradient.BaseSGDClassifier predict
sklearn.linear_model._stochastic_gradient.BaseSGDRegressor predict
sklearn.linear_model._stochastic_gradient.SGDClassifier decision_function
sklearn.linear_model._stochastic_gradient.SGDClassifier predict
sklearn.linear_model._stochastic_gradient.SGDOneClassSVM decision_function
sklearn.linear_model._stochastic_gradient.SGDOneClassSVM predict
sklearn.linear_model._stochastic_gradient.SGDRegressor predict
sklearn.linear_model._theil_sen.TheilSenRegressor predict
sklearn.naive_bayes.BernoulliNB predict
sklearn.naive_bayes.BernoulliNB predict_proba
sklearn.naive_bayes.CategoricalNB predict
sklearn.naive_bayes.CategoricalNB predict_proba
sklearn.naive_bayes.ComplementNB predict
sklearn.naive_bayes.ComplementNB predict_proba
sklearn.naive_bayes.GaussianNB predict
sklearn.naive_bayes.GaussianNB predict_proba
sklearn.naive_bayes.MultinomialNB predict
sklearn.naive_bayes.MultinomialNB predict_proba
sklearn.naive_bayes._BaseDiscreteNB predict
sklearn.naive_bayes._BaseDiscreteNB predict_proba
sklearn.naive_bayes._BaseNB predict
sklearn.naive_bayes._BaseNB predict_proba
sklearn.neighbors._classification.KNeighborsClassifier predict
sklearn.neighbors._classification.KNeighborsClassifier predict_proba
sklearn.neighbors._classification.RadiusNeighborsClassifier predict
sklearn.neighbors._classification.RadiusNeighborsClassifier predict_proba
sklearn.neighbors._nearest_centroid.NearestCentroid predict
sklearn.neighbors._regression.KNeighborsRegressor predict
sklearn.neighbors._regression.RadiusNeighborsRegressor predict
sklearn.neural_network._multilayer_perceptron.MLPClassifier predict
sklearn.neural_network._multilayer_perceptron.MLPClassifier predict_proba
sklearn.neural_network._multilayer_perceptron.MLPRegressor predict
sklearn.svm._classes.LinearSVC decision_function
sklearn.svm._classes.LinearSVC predict
sklearn.svm._classes.LinearSVR predict
sklearn.svm._classes.NuSVC decision_function
sklearn.svm._classes.NuSVC predict
sklearn.svm._classes.NuSVR predict
sklearn.svm._classes.OneClassSVM decision_function
sklearn.svm._classes.OneClassSVM predict
sklearn.svm._classes.SVC decision_function
sklearn.svm._classes.SVC predict
sklearn.svm._classes.SVR predict
sklearn.tree._classes.BaseDecisionTree predict
sklearn.tree._classes.DecisionTreeClassifier predict
sklearn.tree._classes.DecisionTreeClassifier predict_proba
sklearn.tree._classes.DecisionTreeRegressor predict
sklearn.tree._classes.ExtraTreeClassifier predict
sklearn.tree._classes.ExtraTreeClassifier predict_proba
sklearn.tree._classes.ExtraTreeRegressor predict`;
