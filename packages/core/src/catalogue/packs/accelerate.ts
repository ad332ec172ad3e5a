// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'accelerate 1.15.0',
  groups: [
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
accelerate.state: AcceleratorState`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
accelerate.state: GradientState
accelerate.utils.dataclasses: DataLoaderConfiguration DistributedDataParallelKwargs GradientAccumulationPlugin ProjectConfiguration TorchDynamoPlugin`,
    },
    {
      why: '__dict__.update, then reads optimizer.step (fixed name, not called) and wraps it in a closure; no own method is called.',
      insideDanger: true,
      names: `
accelerate.optimizer: AcceleratedOptimizer`,
    },
  ],
  uses: `
DDPCommunicationHookType: r1()
DynamoBackend: r1()
PrecisionType: r1()`,
  members: '',
  shapes: '',
  refused: `
accelerate.data_loader DataLoaderShard: Runs its whole constructor: builds a DataLoader on the first argument and makes a class type(name, (own, DataLoader)) on the fly; __getattr__ forwards to base_dataloader, so BUILD asks that for __setstate__`,
};
