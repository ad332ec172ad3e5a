// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'yacs 0.1.8',
  groups: [],
  uses: '',
  members: '',
  refused: `
yacs.config CfgNode: Its items are its attributes: BUILD looks up __setstate__ and finds an item of that name (set before it), and calls it with the state`,
};
