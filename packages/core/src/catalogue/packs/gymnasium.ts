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
  shapes: `
gymnasium.spaces.box Box: new(); state {low_repr: any, high_repr: any, *}
gymnasium.spaces.multi_discrete MultiDiscrete: new(); state {start: any, *}`,
  refused: '',
};
