// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'interpret-core 0.5.0 0.7.8',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
interpret.glassbox._ebm._ebm: ExplainableBoostingClassifier ExplainableBoostingRegressor`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
interpret.blackbox._partialdependence: PartialDependence
interpret.data._response: MarginalExplanation
interpret.glassbox._decisiontree: ClassificationTree RegressionTree
interpret.glassbox._ebm._ebm: EBMExplanation
interpret.glassbox._linear: LinearRegression LogisticRegression`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
