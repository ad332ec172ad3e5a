// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'rank-bm25 0.2.2',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
rank_bm25: BM25L BM25Okapi BM25Plus`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
