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
    {
      why: "iter() of its argument (its class's own __iter__), stores; __setstate__ takes (list, number), type-checked in C; 1600 damaged uses without event.",
      insideDanger: true,
      names: `
itertools: cycle`,
    },
  ],
  uses: `
count: r1()
cycle: bT2()r r1(o,o)`,
  members: '',
  shapes: '',
  refused: '',
};
