// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'python-louvain 0.16',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
community.community_status: Status`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
