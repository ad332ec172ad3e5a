// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'multidict 7.2.1',
  groups: [
    {
      why: 'C: pairs of text and value',
      insideDanger: true,
      names: `
multidict._multidict: CIMultiDict MultiDict`,
    },
    {
      why: 'a str',
      insideDanger: true,
      names: `
multidict._multidict: istr`,
    },
  ],
  uses: `
CIMultiDict: r1(n,o)
MultiDict: r1()
istr!: r1()`,
  members: '',
  refused: '',
};
