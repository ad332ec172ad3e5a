// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'rustworkx 0.18.1',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
rustworkx PyDiGraph: Rust: 66 of 400 damaged states panicked (PanicException passes 'except Exception'); node and edge count hints are allocated`,
};
