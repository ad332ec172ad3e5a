// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'multidict 7.2.1',
  groups: [
    {
      why: 'A str. Read in its source and tried.',
      insideDanger: true,
      names: `
multidict._multidict: istr`,
    },
    {
      why: 'C: pairs of text and value. Read in its source and tried.',
      insideDanger: true,
      names: `
multidict._multidict: CIMultiDict MultiDict`,
    },
  ],
  uses: `
CIMultiDict: r1(n,o)
MultiDict: r1()
istr!: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
