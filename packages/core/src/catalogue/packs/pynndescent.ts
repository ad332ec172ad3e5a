// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pynndescent 0.5.11 0.7.0',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
pynndescent.pynndescent_ NNDescent: Goes through state['_search_forest'], looks the metric up, and compiles search functions (numba) around what the state holds; native code then indexes with the state's numbers unchecked`,
};
