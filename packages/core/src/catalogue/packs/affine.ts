// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'affine 3.0.1',
  groups: [
    {
      why: 'Sets its own slots only, by object.__setattr__.',
      insideDanger: true,
      names: `
affine: Affine`,
    },
  ],
  uses: `
Affine: n6()`,
  members: '',
  shapes: '',
  refused: '',
};
