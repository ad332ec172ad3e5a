// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'hmmlearn 0.3.0 0.3.3',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
hmmlearn.hmm: CategoricalHMM GMMHMM GaussianHMM MultinomialHMM PoissonHMM
hmmlearn.vhmm: VariationalCategoricalHMM VariationalGaussianHMM`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
hmmlearn.base: ConvergenceMonitor`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
