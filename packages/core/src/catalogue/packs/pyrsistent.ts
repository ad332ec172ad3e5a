// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pyrsistent 0.20.0',
  groups: [
    {
      why: 'A map of a dict; pre_size allocates that many buckets.',
      insideDanger: true,
      names: `
pyrsistent._pmap: pmap`,
    },
    {
      why: 'A set of an iterable. Read in its source and tried.',
      insideDanger: true,
      names: `
pyrsistent._pset: pset`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
pyrsistent._pbag: PBag`,
    },
    {
      why: 'list(iterable). Read in its source and tried.',
      insideDanger: true,
      names: `
pyrsistent._plist: plist`,
    },
    {
      why: 'tuple(iterable). Read in its source and tried.',
      insideDanger: true,
      names: `
pyrsistent._pdeque: pdeque`,
    },
  ],
  uses: `
PBag: bP(o)
pdeque: r2()
plist: r1()
pmap: r1(n,o)
pset: r1(n,o)`,
  members: '',
  shapes: '',
  refused: '',
};
