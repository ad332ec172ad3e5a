// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'formulaic 1.0.1; formulaic 1.0.1 1.2.2; formulaic 1.2.2',
  groups: [
  ],
  uses: '',
  members: '',
  refused: `
formulaic.model_matrix ModelMatrix: A wrapt proxy: BUILD, attribute lookups, hashing, iteration, comparison and calls all go to the wrapped object. Made around a class or module of the stream it lets BUILD set attributes there`,
};
