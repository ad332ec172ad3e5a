// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'anytree 2.13.0',
  groups: [
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
anytree.node.symlinknode: SymlinkNode`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
anytree.node.anynode: AnyNode
anytree.node.node: Node
anytree.render: ContStyle RenderTree
anytree.resolver: Resolver`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
