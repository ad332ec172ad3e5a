// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'scikit-learn-extra 0.3.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
sklearn_extra.cluster._commonnn: CommonNNClustering
sklearn_extra.cluster._k_medoids: CLARA KMedoids
sklearn_extra.kernel_approximation._fastfood: Fastfood
sklearn_extra.kernel_methods._eigenpro: EigenProClassifier EigenProRegressor`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
