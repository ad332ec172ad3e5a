// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'umap-learn 0.5.12 0.5.5',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
umap.umap_: UMAP`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
