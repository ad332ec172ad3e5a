// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'numpy 2.4.6',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
numpy: nanmedian nanstd ones_like sum`,
    },
    {
      why: 'Named tuple of arrays. Read in its source and tried.',
      insideDanger: true,
      names: `
numpy.linalg._linalg: EighResult SVDResult`,
    },
  ],
  uses: `
EighResult: n2(d,d)
SVDResult: n3(d,d)`,
  members: '',
  shapes: '',
  refused: '',
};
