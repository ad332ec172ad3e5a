// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'causalml 0.15.5',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
causalml.inference.tree.uplift: UpliftTreeClassifier.arr_evaluate_KL UpliftTreeClassifier.evaluate_KL`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
causalml.inference.tree.causal.causalforest: CausalRandomForestRegressor
causalml.inference.tree.causal.causaltree: CausalTreeRegressor`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
causalml.inference.meta.drlearner: BaseDRRegressor
causalml.inference.meta.rlearner: BaseRRegressor
causalml.inference.meta.slearner: BaseSClassifier BaseSRegressor LRSRegressor StatsmodelsOLS
causalml.inference.meta.tlearner: BaseTClassifier BaseTRegressor MLPTRegressor XGBTRegressor
causalml.inference.meta.xlearner: BaseXRegressor
causalml.match: NearestNeighborMatch
causalml.propensity: ElasticNetPropensityModel`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. The class is compiled by Cython, but an ordinary one with a __dict__ (no typed fields).',
      insideDanger: true,
      names: `
causalml.inference.tree.uplift: DecisionTree UpliftRandomForestClassifier UpliftTreeClassifier`,
    },
  ],
  uses: '',
  members: `
causalml.inference.tree.uplift.UpliftTreeClassifier arr_evaluate_KL
causalml.inference.tree.uplift.UpliftTreeClassifier evaluate_KL`,
  shapes: '',
  refused: `
causalml.inference.tree._tree._tree Tree: Native tree (a copy of scikit-learn's): child indices and feature numbers of the nodes are not checked, predict reads outside of them; sizes in the arguments allocate`,
};
