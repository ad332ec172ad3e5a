// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'einops 0.8.2',
  groups: [
    {
      why: 'Runs __init__ on a pattern text (a hand-written parser, no eval).',
      insideDanger: true,
      names: `
einops.layers.torch: Rearrange Reduce`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
einops.layers.torch: EinMix`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
