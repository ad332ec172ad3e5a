// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'TPOT 0.12.2',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
tpot.builtins.feature_set_selector: FeatureSetSelector
tpot.builtins.one_hot_encoder: OneHotEncoder
tpot.builtins.stacking_estimator: StackingEstimator
tpot.builtins.zero_count: ZeroCount`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
tpot.builtins.combine_dfs: CombineDFs`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
