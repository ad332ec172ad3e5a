// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'gpytorch 1.15.2',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
gpytorch.means.constant_mean: _ensure_updated_strategy_flag_set
gpytorch.utils.transforms: inv_softplus`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
gpytorch.distributions.multivariate_normal: MultivariateNormal`,
    },
    {
      why: 'The state dict becomes __dict__ itself (an alias of it).',
      insideDanger: true,
      names: `
gpytorch.kernels.cosine_kernel: CosineKernel
gpytorch.kernels.kernel: AdditiveKernel ProductKernel
gpytorch.kernels.linear_kernel: LinearKernel
gpytorch.kernels.matern_kernel: MaternKernel
gpytorch.kernels.periodic_kernel: PeriodicKernel
gpytorch.kernels.rbf_kernel: RBFKernel
gpytorch.kernels.scale_kernel: ScaleKernel`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
gpytorch.constraints.constraints: GreaterThan Positive
gpytorch.likelihoods.bernoulli_likelihood: BernoulliLikelihood
gpytorch.likelihoods.gaussian_likelihood: GaussianLikelihood
gpytorch.likelihoods.likelihood_list: LikelihoodList
gpytorch.likelihoods.noise_models: HomoskedasticNoise
gpytorch.means.constant_mean: ConstantMean
gpytorch.priors.torch_priors: GammaPrior LogNormalPrior
gpytorch.utils.quadrature: GaussHermiteQuadrature1D
gpytorch.variational.cholesky_variational_distribution: CholeskyVariationalDistribution`,
    },
  ],
  uses: '',
  members: `
gpytorch.kernels.cosine_kernel.CosineKernel _load_state_hook_ignore_shapes
gpytorch.kernels.kernel.AdditiveKernel _load_state_hook_ignore_shapes
gpytorch.kernels.kernel.ProductKernel _load_state_hook_ignore_shapes
gpytorch.kernels.linear_kernel.LinearKernel _load_state_hook_ignore_shapes
gpytorch.kernels.matern_kernel.MaternKernel _load_state_hook_ignore_shapes
gpytorch.kernels.periodic_kernel.PeriodicKernel _load_state_hook_ignore_shapes
gpytorch.kernels.rbf_kernel.RBFKernel _lengthscale_closure
gpytorch.kernels.rbf_kernel.RBFKernel _lengthscale_param
gpytorch.kernels.rbf_kernel.RBFKernel _load_state_hook_ignore_shapes
gpytorch.kernels.scale_kernel.ScaleKernel _load_state_hook_ignore_shapes
gpytorch.likelihoods.bernoulli_likelihood.BernoulliLikelihood _load_state_hook_ignore_shapes
gpytorch.likelihoods.gaussian_likelihood.GaussianLikelihood _load_state_hook_ignore_shapes
gpytorch.likelihoods.likelihood_list.LikelihoodList _load_state_hook_ignore_shapes
gpytorch.likelihoods.noise_models.HomoskedasticNoise _load_state_hook_ignore_shapes
gpytorch.likelihoods.noise_models.HomoskedasticNoise _noise_closure
gpytorch.likelihoods.noise_models.HomoskedasticNoise _noise_param
gpytorch.means.constant_mean.ConstantMean _load_state_hook_ignore_shapes
gpytorch.variational.cholesky_variational_distribution.CholeskyVariationalDistribution _load_state_hook_ignore_shapes`,
  shapes: '',
  refused: '',
};
