// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'lightfm 1.17',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
lightfm.data: Dataset
lightfm.lightfm: LightFM`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
