// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'gplearn 0.4.2 0.4.3',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
gplearn.fitness: _log_loss _mean_absolute_error _weighted_pearson _weighted_spearman
gplearn.functions: _protected_division _protected_inverse _protected_log _protected_sqrt _sigmoid`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
gplearn.genetic: SymbolicClassifier SymbolicRegressor SymbolicTransformer`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
gplearn._program: _Program
gplearn.fitness: _Fitness
gplearn.functions: _Function`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
