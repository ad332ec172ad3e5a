// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'confection 1.3.4',
  groups: [
    {
      why: 'A dict subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
confection._config: Config`,
    },
  ],
  uses: `
Config: n1() s(gdoupe)`,
  members: '',
  shapes: '',
  refused: '',
};
