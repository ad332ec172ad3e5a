// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sortedcontainers 2.4.0',
  groups: [
    {
      why: 'Sorts its keys, which compare by their classes; the key function is None, for nothing else in plain arguments can be called.',
      insideDanger: true,
      names: `
sortedcontainers.sorteddict: SortedDict
sortedcontainers.sortedset: SortedSet`,
    },
    {
      why: 'Sorts plain items. Read in its source and tried.',
      insideDanger: true,
      names: `
sortedcontainers.sortedlist: SortedList`,
    },
  ],
  uses: `
SortedDict!: r2() r2(n,gdoue)
SortedList: r1()
SortedSet!: r2() r2(nd,d)`,
  members: '',
  shapes: '',
  refused: `
sortedcontainers.sortedlist SortedKeyList: Calls its second argument on every item`,
};
