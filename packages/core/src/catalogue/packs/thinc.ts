// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'thinc 8.3.14',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
thinc.initializers: glorot_uniform_init zero_init
thinc.layers.chain: forward init
thinc.layers.linear: forward init
thinc.layers.resizable: forward init resize_linear_weighted
thinc.layers.softmax_activation: forward
thinc.layers.sparselinear: forward init
thinc.layers.with_cpu: forward init
thinc.model: empty_init`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
thinc.optimizers: Optimizer`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
thinc.backends._param_server: ParamServer
thinc.backends.numpy_ops: NumpyOps`,
    },
  ],
  uses: `
Optimizer: bP(d)`,
  members: '',
  shapes: '',
  refused: `
thinc.model Model: Keeps functions (forward, init) that run when the pipeline is used; parameters into C and numpy ops`,
};
