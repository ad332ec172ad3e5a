// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pytz 2026.6',
  groups: [
    {
      why: 'One integer, kept in a table of the process.',
      insideDanger: true,
      names: `
pytz: FixedOffset`,
    },
  ],
  uses: `
FixedOffset: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
