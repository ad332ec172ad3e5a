// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'joblib 1.6.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
joblib.memory: Memory`,
    },
    {
      why: 'Two fixed fields. Read in its source and tried.',
      insideDanger: true,
      names: `
joblib.memory: NotMemorizedResult`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
