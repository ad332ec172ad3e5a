// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pyrsistent 0.20.0',
  groups: [
    {
      why: 'A vector of the items of an iterable (C).',
      insideDanger: true,
      names: `
pvectorc: pvector`,
    },
  ],
  uses: `
pvector: r1(n,o)`,
  members: '',
  shapes: '',
  refused: '',
};
