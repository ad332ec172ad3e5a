// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'accelerate 1.15.0',
  groups: [
    {
      why: 'an enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process',
      insideDanger: true,
      names: `
accelerate.utils.dataclasses: DDPCommunicationHookType DistributedType DynamoBackend PrecisionType`,
    },
    {
      why: 'its __getattr__ raises AttributeError for __setstate__ on an empty instance',
      insideDanger: true,
      names: `
accelerate.state: AcceleratorState`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
      insideDanger: true,
      names: `
accelerate.state: GradientState
accelerate.utils.dataclasses: DataLoaderConfiguration DistributedDataParallelKwargs GradientAccumulationPlugin ProjectConfiguration TorchDynamoPlugin`,
    },
  ],
  uses: `
DDPCommunicationHookType: r1()
DistributedType: r1()
DynamoBackend: r1()
PrecisionType: r1()`,
  members: '',
  refused: '',
};
