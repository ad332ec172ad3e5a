// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'typing ?',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
typing: OrderedDict Tuple Union`,
    },
    {
      why: 'Typing form; only stored or subscripted.',
      insideDanger: true,
      names: `
typing: Any`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
