// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'omegaconf 2.4.0',
  groups: [
    {
      why: '__dict__.update',
      insideDanger: true,
      names: `
omegaconf.nodes: AnyNode`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
      insideDanger: true,
      names: `
omegaconf.base: ContainerMetadata Metadata`,
    },
  ],
  uses: '',
  members: '',
  refused: '',
};
