// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'toolz 1.2.0',
  groups: [
  ],
  uses: '',
  members: '',
  refused: `
toolz.functoolz _restore_curry: imports the module and takes the attributes that a text names ('module:qualname'), and keeps it as callable`,
};
