// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sparse 0.19.3',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
sparse.numba_backend._compressed.compressed: GCXS
sparse.numba_backend._dok: DOK`,
    },
    {
      why: '__setstate__ unpacks four values into fixed attributes; no setter is called; 400 damaged states without call.',
      insideDanger: true,
      names: `
sparse.numba_backend._coo.core: COO`,
    },
  ],
  uses: `
COO: bT4(d)`,
  members: '',
  shapes: '',
  refused: '',
};
