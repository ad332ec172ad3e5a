// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'narwhals 2.29.0',
  groups: [
    {
      why: 'Enum looked up by value. Read in its source and tried.',
      insideDanger: true,
      names: `
narwhals._utils: Implementation`,
    },
  ],
  uses: `
Implementation: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
