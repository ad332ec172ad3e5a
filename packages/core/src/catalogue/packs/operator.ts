// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: '_operator ?',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
_operator: eq ge gt le lt neg not_`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
