// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'ngboost 0.4.2 0.5.11',
  groups: [
    {
      why: 'A distribution as a class, which ngboost asks for its scores. An instance has no `dist` and recurses.',
      insideDanger: true,
      storedOnly: true,
      names: `
ngboost.distns.exponential: Exponential
ngboost.distns.gamma: Gamma
ngboost.distns.laplace: Laplace
ngboost.distns.lognormal: LogNormal
ngboost.distns.normal: Normal
ngboost.distns.poisson: Poisson
ngboost.distns.t: T`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
ngboost.scores: CRPScore LogScore`,
    },
  ],
  uses: '',
  members: '',
  shapes: `
ngboost.api NGBRegressor: new(); state {Dist: @ngboost.distns, Score: @ngboost.scores, uncensor?: bool, K!, *}
ngboost.api NGBClassifier: new(); state {Dist?: @ngboost.distns, Score: @ngboost.scores, uncensor!, K?: small, Dist_name?: 'Categorical', *}
ngboost.api NGBSurvival: new(); state {_basedist: @ngboost.distns, Score: @ngboost.scores, K!, *}`,
  refused: '',
};
