// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'dowhy 0.13',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
dowhy.causal_identifier.auto_identifier: BackdoorAdjustment EstimandType GeneralizedAdjustment`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
dowhy.causal_estimator: CausalEstimate
dowhy.causal_estimators.linear_regression_estimator: LinearRegressionEstimator
dowhy.causal_estimators.propensity_score_weighting_estimator: PropensityScoreWeightingEstimator
dowhy.causal_graph: CausalGraph
dowhy.causal_identifier.auto_identifier: AutoIdentifier
dowhy.causal_identifier.identified_estimand: IdentifiedEstimand
dowhy.causal_model: CausalModel
dowhy.causal_refuter: CausalRefutation
dowhy.causal_refuters.random_common_cause: RandomCommonCause
dowhy.gcm.causal_mechanisms: AdditiveNoiseModel ClassifierFCM
dowhy.gcm.causal_models: InvertibleStructuralCausalModel StructuralCausalModel
dowhy.gcm.ml.classification: SklearnClassificationModel
dowhy.gcm.ml.regression: InvertibleIdentityFunction SklearnRegressionModel
dowhy.gcm.stochastic_models: EmpiricalDistribution ScipyDistribution
dowhy.utils.encoding: Encoders`,
    },
  ],
  uses: `
BackdoorAdjustment: r1()
EstimandType: r1()
GeneralizedAdjustment: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
