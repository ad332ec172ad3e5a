// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'intervaltree 3.2.1',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
intervaltree.interval: Interval`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
intervaltree.node: Node`,
    },
  ],
  uses: `
Interval: k r2(d,d) r3()
Node: bP(doe)`,
  members: '',
  shapes: `
intervaltree.intervaltree IntervalTree: call([<intervaltree.interval.Interval>*])`,
  refused: '',
};
