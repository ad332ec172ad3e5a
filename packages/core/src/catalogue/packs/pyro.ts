// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pyro-ppl 1.9.2',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
pyro.contrib.gp.models.model: _zero_mean_function`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
pyro.distributions.delta: Delta
pyro.distributions.torch: Categorical Independent Normal
pyro.infer.trace_elbo: Trace_ELBO
pyro.nn.module: _Context _PyroModuleMeta
pyro.optim.optim: PyroOptim
pyro.poutine.trace_struct: Trace`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
pyro.contrib.gp.kernels.isotropic: RBF
pyro.contrib.gp.models.gpr: GPRegression
pyro.distributions.transforms.planar: Planar`,
    },
  ],
  uses: '',
  members: `
pyro.distributions.transforms.planar.Planar _params`,
  shapes: '',
  refused: `
pyro.nn.module _PyroModuleMeta._New: Sets its own class to a subclass made of the class given, while loading`,
};
