// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sklearn-pandas 2.2.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
sklearn_pandas.pipeline: TransformerPipeline`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
sklearn_pandas.transformers: NumericalTransformer`,
    },
  ],
  uses: '',
  members: '',
  shapes: `
sklearn_pandas.dataframe_mapper DataFrameMapper: new(); state {features: [(any, none|made)|(any, none|made, {*})*], *}`,
  refused: '',
};
