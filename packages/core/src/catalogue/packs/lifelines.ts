// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'lifelines 0.28.0 0.30.3; lifelines 0.28.0, 0.30.3',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
lifelines.utils: CensoringType`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
lifelines.fitters.aalen_additive_fitter: AalenAdditiveFitter
lifelines.fitters.aalen_johansen_fitter: AalenJohansenFitter
lifelines.fitters.breslow_fleming_harrington_fitter: BreslowFlemingHarringtonFitter
lifelines.fitters.cox_time_varying_fitter: CoxTimeVaryingFitter
lifelines.fitters.coxph_fitter: ParametricSplinePHFitter SemiParametricPHFitter
lifelines.fitters.exponential_fitter: ExponentialFitter
lifelines.fitters.generalized_gamma_fitter: GeneralizedGammaFitter
lifelines.fitters.kaplan_meier_fitter: KaplanMeierFitter
lifelines.fitters.log_logistic_aft_fitter: LogLogisticAFTFitter
lifelines.fitters.log_logistic_fitter: LogLogisticFitter
lifelines.fitters.log_normal_aft_fitter: LogNormalAFTFitter
lifelines.fitters.log_normal_fitter: LogNormalFitter
lifelines.fitters.mixture_cure_fitter: MixtureCureFitter
lifelines.fitters.nelson_aalen_fitter: NelsonAalenFitter
lifelines.fitters.piecewise_exponential_fitter: PiecewiseExponentialFitter
lifelines.fitters.piecewise_exponential_regression_fitter: PiecewiseExponentialRegressionFitter
lifelines.fitters.spline_fitter: SplineFitter
lifelines.fitters.weibull_aft_fitter: WeibullAFTFitter
lifelines.fitters.weibull_fitter: WeibullFitter
lifelines.statistics: StatisticalResult
lifelines.utils: CovariateParameterMappings`,
    },
    {
      why: "__getattr__ raises AttributeError on an empty instance (no _model); __dict__.update. After BUILD missing attributes are the stored _model's.",
      insideDanger: true,
      names: `
lifelines.fitters.coxph_fitter: CoxPHFitter`,
    },
  ],
  uses: `
CensoringType: r1()`,
  members: `
lifelines.fitters.breslow_fleming_harrington_fitter.BreslowFlemingHarringtonFitter plot
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
  shapes: `
lifelines.fitters.coxph_fitter ParametricSplinePHFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.generalized_gamma_regression_fitter GeneralizedGammaRegressionFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.log_logistic_aft_fitter LogLogisticAFTFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.log_normal_aft_fitter LogNormalAFTFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.piecewise_exponential_regression_fitter PiecewiseExponentialRegressionFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}
lifelines.fitters.weibull_aft_fitter WeibullAFTFitter._create_neg_likelihood_with_penalty_function: stored; partial () {likelihood: <builtins.getattr>|<__builtin__.getattr>, penalty?: <builtins.getattr>|<__builtin__.getattr>}`,
  refused: '',
};
