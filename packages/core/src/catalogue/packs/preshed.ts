// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'preshed 3.0.15',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
preshed.bloom unpickle_bloom: Compiled (Cython): fills a C struct from bytes, length and hash count unchecked`,
};
