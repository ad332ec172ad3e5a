// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'treelib 1.8.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
treelib.node: Node
treelib.tree: Tree`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
