// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'statsmodels 0.14.1, 0.15.0; statsmodels 0.15.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
statsmodels.stats.sandwich_covariance: weights_bartlett`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
statsmodels.base.data ModelData: restore_model_spec evaluates the formula in the state as Python (known)`,
};
