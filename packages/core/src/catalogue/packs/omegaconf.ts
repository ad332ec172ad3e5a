// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'omegaconf 2.4.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
omegaconf.base: ContainerMetadata Metadata`,
    },
    {
      why: '__dict__.update. Read in its source and tried.',
      insideDanger: true,
      names: `
omegaconf.nodes: AnyNode`,
    },
  ],
  uses: '',
  members: '',
  shapes: `
omegaconf.dictconfig DictConfig: new(); state {_metadata: <omegaconf.base.ContainerMetadata>, _parent: any, _content: {*: <omegaconf>}|none|text, _flags_cache?: none}
omegaconf.listconfig ListConfig: new(); state {_metadata: <omegaconf.base.ContainerMetadata>, _parent: any, _content: [<omegaconf>*]|none|text, _flags_cache?: none}`,
  refused: '',
};
