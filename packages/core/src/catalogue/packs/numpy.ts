// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'numpy 2.4.6',
  groups: [
    {
      why: 'Kept and never called.',
      insideDanger: true,
      storedOnly: true,
      names: `
numpy: nanmedian nanstd ones_like sum`,
    },
    {
      why: 'named tuple of arrays',
      insideDanger: true,
      names: `
numpy.linalg._linalg: EighResult SVDResult`,
    },
  ],
  uses: `
EighResult: n2(d,d)
SVDResult: n3(d,d)`,
  members: '',
  refused: '',
};
