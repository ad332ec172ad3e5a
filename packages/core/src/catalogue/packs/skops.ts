// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'skops 0.16.0 0.9.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
skops.card._model_card: Card Section TableSection`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
