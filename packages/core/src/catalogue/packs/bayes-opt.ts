// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'bayesian-optimization 3.4.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
bayes_opt.acquisition: ExpectedImprovement GPHedge ProbabilityOfImprovement UpperConfidenceBound
bayes_opt.bayesian_optimization: BayesianOptimization
bayes_opt.domain_reduction: SequentialDomainReductionTransformer
bayes_opt.logger: ScreenLogger
bayes_opt.parameter: CategoricalParameter FloatParameter IntParameter
bayes_opt.target_space: TargetSpace`,
    },
  ],
  uses: '',
  members: `
bayes_opt.target_space.TargetSpace kernel_transform`,
  shapes: `
bayes_opt.parameter wrap_kernel: call(<sklearn.gaussian_process.kernels.Matern>|<sklearn.gaussian_process.kernels.RBF>|<sklearn.gaussian_process.kernels.RationalQuadratic>|<sklearn.gaussian_process.kernels.ConstantKernel>|<sklearn.gaussian_process.kernels.WhiteKernel>|<sklearn.gaussian_process.kernels.DotProduct>|<sklearn.gaussian_process.kernels.ExpSineSquared>, <builtins.getattr>|<__builtin__.getattr>)`,
  refused: '',
};
