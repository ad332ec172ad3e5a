// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'immutabledict 4.3.1',
  groups: [
    {
      why: 'A dict of its argument (cls._dict_cls).',
      insideDanger: true,
      names: `
immutabledict: immutabledict`,
    },
  ],
  uses: `
immutabledict: r1(n,o)`,
  members: '',
  shapes: '',
  refused: '',
};
