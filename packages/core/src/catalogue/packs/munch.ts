// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'munch 4.0.0',
  groups: [
    {
      why: 'Clear and update item by item. Read in its source and tried.',
      insideDanger: true,
      names: `
munch: AutoMunch DefaultFactoryMunch Munch RecursiveMunch`,
    },
  ],
  uses: `
AutoMunch: n1() s(gdoupe)
DefaultFactoryMunch: s(gdoupe)
Munch: n1(n,o) s(gdoupe)
RecursiveMunch: n1()`,
  members: '',
  shapes: '',
  refused: `
munch DefaultMunch: A missing attribute is __default__ from the state: APPENDS then calls it as 'extend'`,
};
