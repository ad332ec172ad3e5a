// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'torch 2.13.0+cpu',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
torch.nn.functional: cross_entropy mse_loss`,
    },
    {
      why: "Class of torch's functions, named to take add, mean, amax from it by getattr.",
      insideDanger: true,
      names: `
torch._C: _VariableFunctionsClass`,
    },
    {
      why: 'No __setstate__, __getattr__ or __del__ of its own: object.__new__, then __dict__.update.',
      insideDanger: true,
      names: `
torch.utils.data.sampler: BatchSampler SequentialSampler`,
    },
  ],
  uses: '',
  members: `
torch._C._VariableFunctionsClass add
torch._C._VariableFunctionsClass amax
torch._C._VariableFunctionsClass mean`,
  shapes: '',
  refused: `
torch._tensor _rebuild_from_type_v2: Calls its first argument with the third (func(*args)); then a __setstate__ of the result, or setattr of every name in the state (setters; data, grad, __class__ on tensors)`,
};
