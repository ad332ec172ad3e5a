// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'scikit-survival 0.22.2; scikit-survival 0.22.2 0.28.0; scikit-survival 0.28.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
sksurv.ensemble.boosting: ComponentwiseGradientBoostingSurvivalAnalysis ComponentwiseLeastSquares GradientBoostingSurvivalAnalysis _ComponentwiseLeastSquares
sksurv.ensemble.forest: ExtraSurvivalTrees RandomSurvivalForest
sksurv.ensemble.survival_loss: DummySurvivalEstimator
sksurv.linear_model.aft: IPCRidge
sksurv.linear_model.coxnet: CoxnetSurvivalAnalysis
sksurv.linear_model.coxph: CoxPHSurvivalAnalysis
sksurv.meta.stacking: Stacking
sksurv.nonparametric: CensoringDistributionEstimator SurvivalFunctionEstimator
sksurv.preprocessing: OneHotEncoder
sksurv.svm.minlip: HingeLossSurvivalSVM
sksurv.svm.naive_survival_svm: NaiveSurvivalSVM
sksurv.svm.survival_svm: FastKernelSurvivalSVM FastSurvivalSVM
sksurv.tree.tree: ExtraSurvivalTree SurvivalTree`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
sksurv._dataframe._categorical_semantics: ColumnSemantics
sksurv.ensemble.survival_loss: CoxPH
sksurv.functions: StepFunction
sksurv.linear_model.coxph: BreslowEstimator`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
