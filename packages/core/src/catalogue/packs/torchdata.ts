// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'torchdata 0.11.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
torchdata.stateful_dataloader.sampler: BatchSampler
torchdata.stateful_dataloader.stateful_dataloader: StatefulDataLoader`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
