// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'yarl 1.25.1',
  groups: [
    {
      why: 'Five fixed fields. Read in its source and tried.',
      insideDanger: true,
      names: `
yarl: URL`,
    },
  ],
  uses: `
URL: bT1()`,
  members: '',
  shapes: '',
  refused: '',
};
