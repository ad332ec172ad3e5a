// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'easydict 1.14',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
easydict EasyDict: Setting an item sets the attribute of that name too (also __class__, __setstate__)`,
};
