// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'itertools ?',
  groups: [
    {
      why: 'Checks that its arguments are numbers, stores them.',
      insideDanger: true,
      names: `
itertools: count`,
    },
  ],
  uses: `
count: r1()
cycle: bT2()r`,
  members: '',
  shapes: `
itertools cycle: call(<builtins.iter>|<__builtin__.iter>); state (any, int)`,
  refused: '',
};
