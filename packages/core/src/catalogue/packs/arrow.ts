// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'arrow 1.4.0',
  groups: [
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
arrow.arrow: Arrow`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
arrow.factory: ArrowFactory`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
