// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sortedcontainers 2.4.0',
  groups: [
    {
      why: 'Sorts plain items. Read in its source and tried.',
      insideDanger: true,
      names: `
sortedcontainers.sortedlist: SortedList`,
    },
  ],
  uses: `
SortedList: r1()`,
  members: '',
  refused: `
sortedcontainers.sorteddict SortedDict: Calls its first argument on every key
sortedcontainers.sortedlist SortedKeyList: Calls its second argument on every item
sortedcontainers.sortedset SortedSet: Calls its second argument on every item`,
};
