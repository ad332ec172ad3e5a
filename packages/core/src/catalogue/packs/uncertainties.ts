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
LinearCombination: bT1(o) bT1(o)l
Variable: k bD(gdoupe)l`,
  members: '',
  shapes: `
uncertainties.core Variable: new(); state {_nominal_value: any, _linear_part: any, _std_dev: any, tag: any}
uncertainties.core AffineScalarFunc: new(); state {_nominal_value: any, _linear_part: any}`,
  refused: '',
};
