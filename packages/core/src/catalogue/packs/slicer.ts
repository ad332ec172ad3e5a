// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'slicer 0.0.7 0.0.8; slicer 0.0.7, 0.0.8',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
slicer.slicer_internal: Alias AliasLookup Obj`,
    },
    {
      why: '__getattr__ with underscore raises AttributeError; __dict__.update passes by __setattr__. After BUILD a missing attribute calls _objects.get of the state; a slot state calls _objects.get, _aliases.get.',
      insideDanger: true,
      names: `
slicer.slicer: Slicer`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
