// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'ordered-set 4.1.0',
  groups: [
    {
      why: 'Iterates and hashes the state. Read in its source and tried.',
      insideDanger: true,
      names: `
ordered_set: OrderedSet`,
    },
  ],
  uses: `
OrderedSet: bI() bT1()`,
  members: '',
  shapes: '',
  refused: '',
};
