// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'uncertainties 3.2.3',
  groups: [
    {
      why: 'One fixed field. Read in its source and tried.',
      insideDanger: true,
      names: `
uncertainties.core: LinearCombination`,
    },
  ],
  uses: `
LinearCombination: bT1(o) bT1(o)l`,
  members: '',
  refused: `
uncertainties.core AffineScalarFunc: Setattr of names from the state (also __class__)
uncertainties.core Variable: Setattr of names from the state (also __class__)`,
};
