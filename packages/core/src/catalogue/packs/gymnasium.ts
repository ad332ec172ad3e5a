// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'gymnasium 1.4.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
gymnasium.envs.classic_control.cartpole: CartPoleEnv
gymnasium.envs.registration: EnvSpec
gymnasium.envs.toy_text.frozen_lake: FrozenLakeEnv
gymnasium.wrappers.common: OrderEnforcing PassiveEnvChecker TimeLimit
gymnasium.wrappers.utils: RunningMeanStd`,
    },
    {
      why: 'dict(state), then __dict__.update.',
      insideDanger: true,
      names: `
gymnasium.spaces.dict: Dict
gymnasium.spaces.discrete: Discrete
gymnasium.spaces.graph: Graph
gymnasium.spaces.multi_binary: MultiBinary
gymnasium.spaces.oneof: OneOf
gymnasium.spaces.sequence: Sequence
gymnasium.spaces.text: Text
gymnasium.spaces.tuple: Tuple`,
    },
  ],
  uses: '',
  members: '',
  refused: `
gymnasium.spaces.box Box: Space.__setstate__ copies the dict and updates __dict__ (safe), but without low_repr/high_repr array_short_repr calls numpy.min on state['low']: the 'min' that an open instance stores
gymnasium.spaces.multi_discrete MultiDiscrete: dict(state) and __dict__.update are safe, but without 'start' it allocates numpy.zeros(state['_shape'], state['dtype']): any size`,
};
