// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tsfresh 0.20.2 0.21.2',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
tsfresh.transformers.feature_augmenter: FeatureAugmenter
tsfresh.transformers.feature_selector: FeatureSelector
tsfresh.transformers.per_column_imputer: PerColumnImputer
tsfresh.transformers.relevant_feature_augmenter: RelevantFeatureAugmenter`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
tsfresh.feature_extraction.settings ComprehensiveFCParameters: RUNS CODE: its __setstate__ calls cloudpickle.loads on every key of the state (a bytes key holding any pickle)
tsfresh.feature_extraction.settings EfficientFCParameters: RUNS CODE: its __setstate__ calls cloudpickle.loads on every key of the state (a bytes key holding any pickle)
tsfresh.feature_extraction.settings MinimalFCParameters: RUNS CODE: its __setstate__ calls cloudpickle.loads on every key of the state (a bytes key holding any pickle)`,
};
