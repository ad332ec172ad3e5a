// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'spglib 2.8.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
spglib.spg: SpglibDataset`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
