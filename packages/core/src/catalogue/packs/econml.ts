// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'econml 0.16.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
econml.utilities: add_intercept`,
    },
    {
      why: 'A named tuple: tuple.__new__ of the given fields.',
      insideDanger: true,
      names: `
econml._ortho_learner: CachedValues
econml.validate.sensitivity_analysis: SensitivityParams`,
    },
    {
      why: 'Forwards a fixed list of parameter names; nothing of that while it loads with a plain dict state (a slot state would set them on the held model).',
      insideDanger: true,
      names: `
econml.sklearn_extensions.linear_model: WeightedLassoCVWrapper WeightedLassoWrapper`,
    },
    {
      why: 'Forwards predict_proba alone. Read in its source and tried.',
      insideDanger: true,
      names: `
econml.dml.dml: _FirstStageSelector
econml.sklearn_extensions.model_selection: FixedModelSelector ListSelector SklearnCVSelector`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
econml.grf._base_grftree: GRFTree
econml.grf.classes: CausalForest MultiOutputGRF RegressionForest
econml.policy._forest._forest: PolicyForest
econml.policy._forest._tree: PolicyTree
econml.sklearn_extensions.linear_model: DebiasedLasso MultiOutputDebiasedLasso StatsModels2SLS StatsModelsLinearRegression WeightedLasso WeightedLassoCV`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
econml.cate_interpreter._interpreters: SingleTreeCateInterpreter
econml.dml._rlearner: _ModelFinal _ModelNuisance
econml.dml.causal_forest: CausalForestDML _CausalForestFinalWrapper _GenericSingleOutcomeModelFinalWithCovInference
econml.dml.dml: DML KernelDML LinearDML NonParamDML SparseLinearDML _FinalWrapper _RandomFeatures
econml.dr._drlearner: ForestDRLearner LinearDRLearner _ModelFinal _ModelNuisance
econml.inference._inference: GenericModelFinalInferenceDiscrete GenericSingleTreatmentModelFinalInference LinearModelFinalInference NormalInferenceResults StatsModelsInference StatsModelsInferenceDiscrete
econml.iv.dml._dml: OrthoIV _OrthoIVModelFinal _OrthoIVNuisanceSelector
econml.metalearners._metalearners: DomainAdaptationLearner SLearner TLearner XLearner
econml.score.rscorer: RScorer`,
    },
    {
      why: '__getattr__ refuses __names; __dict__.update. After BUILD any other missing name (append, extend …) runs the held estimators in a joblib pool.',
      insideDanger: true,
      names: `
econml.inference._bootstrap: BootstrapEstimator`,
    },
    {
      why: '__getattr__ refuses __names; __dict__.update. After BUILD other names come from the stored _est.',
      insideDanger: true,
      names: `
econml.inference._inference: BootstrapInference`,
    },
  ],
  uses: `
CachedValues: n1(n,d) n10(dn,d)
SensitivityParams: n1(n,d) n4(d,d)`,
  members: '',
  shapes: '',
  refused: `
econml.tree._tree Tree: Native tree (a copy of scikit-learn's): child indices and feature numbers of the nodes are not checked, predict reads outside of them; sizes in the arguments allocate`,
};
