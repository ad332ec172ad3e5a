// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'stable_baselines3 2.9.2',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
stable_baselines3.common.type_aliases: TrainFreq`,
    },
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
stable_baselines3.common.type_aliases: TrainFrequencyUnit`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
stable_baselines3.common.buffers: DictReplayBuffer ReplayBuffer RolloutBuffer
stable_baselines3.common.distributions: CategoricalDistribution SquashedDiagGaussianDistribution
stable_baselines3.common.noise: NormalActionNoise OrnsteinUhlenbeckActionNoise
stable_baselines3.common.running_mean_std: RunningMeanStd`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
stable_baselines3.common.policies: ActorCriticPolicy BasePolicy ContinuousCritic
stable_baselines3.common.torch_layers: FlattenExtractor MlpExtractor
stable_baselines3.sac.policies: Actor SACPolicy`,
    },
  ],
  uses: `
TrainFreq: n1(n,o) n2(o,o)
TrainFrequencyUnit: r1()`,
  members: `
stable_baselines3.common.policies.BasePolicy _dummy_schedule`,
  shapes: `
stable_baselines3.common.vec_env.vec_normalize VecNormalize: new(); state {norm_obs_keys: any, venv!, getattr_depth_check!, getattr_recursive!, _get_all_attributes!, *}`,
  refused: '',
};
