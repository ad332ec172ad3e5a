// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'frozendict 2.5.1',
  groups: [
    {
      why: 'A dict of its argument. Read in its source and tried.',
      insideDanger: true,
      names: `
frozendict: frozendict`,
    },
  ],
  uses: `
frozendict: k r1(n,o)`,
  members: '',
  shapes: '',
  refused: '',
};
