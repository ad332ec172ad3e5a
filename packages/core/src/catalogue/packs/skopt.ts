// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'scikit-optimize 0.10.2; scikit-optimize 0.10.2 0.9.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
skopt.learning.forest: ExtraTreesRegressor RandomForestRegressor
skopt.learning.gaussian_process.gpr: GaussianProcessRegressor
skopt.searchcv: BayesSearchCV`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
skopt.callbacks: TimerCallback
skopt.learning.gaussian_process.kernels: ConstantKernel Matern Product RBF Sum WhiteKernel
skopt.optimizer.optimizer: Optimizer
skopt.sampler.grid: Grid
skopt.sampler.halton: Halton
skopt.sampler.hammersly: Hammersly
skopt.sampler.lhs: Lhs
skopt.sampler.sobol: Sobol
skopt.space.space: Categorical Integer Real Space
skopt.space.transformers: CategoricalEncoder Identity LogN Normalize Pipeline`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
