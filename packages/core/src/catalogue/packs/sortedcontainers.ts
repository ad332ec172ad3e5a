// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sortedcontainers 2.4.0',
  groups: [
    {
      why: 'sorts plain items',
      insideDanger: true,
      names: `
sortedcontainers.sortedlist: SortedList`,
    },
  ],
  uses: `
SortedList: r1()`,
  members: '',
  refused: `
sortedcontainers.sorteddict SortedDict: calls its first argument on every key
sortedcontainers.sortedlist SortedKeyList: calls its second argument on every item
sortedcontainers.sortedset SortedSet: calls its second argument on every item`,
};
