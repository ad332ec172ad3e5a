// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'fasttransform 0.0.5',
  groups: [
    {
      why: '__dict__.update. Read in its source and tried.',
      insideDanger: true,
      names: `
fasttransform.transform: Pipeline`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
