// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'addict 2.4.0',
  groups: [
    {
      why: 'update() item by item into itself; its __setitem__ checks or wraps the value.',
      insideDanger: true,
      names: `
addict.addict: Dict`,
    },
  ],
  uses: `
Dict: n1(n,o) n2(n,o) s(gdoupe) n0() n1(n,gdoue) s(gdoupe)lA bS(gdoupe)l`,
  members: '',
  shapes: '',
  refused: '',
};
