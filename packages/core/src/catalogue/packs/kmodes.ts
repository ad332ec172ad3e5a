// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'kmodes 0.12.2',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
kmodes.util.dissim: euclidean_dissim matching_dissim`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
kmodes.kmodes: KModes
kmodes.kprototypes: KPrototypes`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
