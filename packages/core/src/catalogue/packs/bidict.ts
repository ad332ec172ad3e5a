// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'bidict 0.24.1',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
bidict: OrderedBidict bidict frozenbidict`,
    },
  ],
  uses: '',
  members: `
bidict.OrderedBidict _from_other
bidict.bidict _from_other
bidict.frozenbidict _from_other`,
  shapes: `
bidict OrderedBidict._from_other bidict._from_other frozenbidict._from_other: call({*: plain}) ; call(plain)`,
  refused: '',
};
