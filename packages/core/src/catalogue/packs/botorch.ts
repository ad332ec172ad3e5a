// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'botorch 0.18.1',
  groups: [
    {
      why: 'The state dict becomes __dict__ itself (an alias of it).',
      insideDanger: true,
      names: `
botorch.posteriors.gpytorch: GPyTorchPosterior`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
botorch.acquisition.analytic: ExpectedImprovement
botorch.acquisition.monte_carlo: qExpectedImprovement
botorch.acquisition.objective: IdentityMCObjective
botorch.models.gp_regression: SingleTaskGP
botorch.models.model_list_gp_regression: ModelListGP
botorch.models.transforms.input: Normalize
botorch.models.transforms.outcome: Standardize
botorch.sampling.normal: SobolQMCNormalSampler`,
    },
  ],
  uses: '',
  members: `
botorch.models.gp_regression.SingleTaskGP _load_state_hook_ignore_shapes
botorch.models.model_list_gp_regression.ModelListGP _load_state_hook_ignore_shapes`,
  shapes: '',
  refused: '',
};
