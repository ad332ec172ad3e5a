// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'ngboost 0.4.2 0.5.11',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
ngboost.scores: CRPScore LogScore`,
    },
  ],
  uses: '',
  members: '',
  refused: `
ngboost.api NGBClassifier: Calls Dist.implementation(Score) of what the state holds, and makes a new class that inherits from both (metaclass and __init_subclass__ of a chosen class run); K is a size. Fine only if Dist and Score are globals of ngboost and nothing else
ngboost.api NGBRegressor: Calls Dist.uncensor(Score) and Dist.implementation(Score) of what the state holds and makes a class from them. Fine only if Dist and Score are globals of ngboost
ngboost.api NGBSurvival: Makes a class that inherits from state['_basedist'] and calls Dist.implementation(Score) of what the state holds. Fine only if both are globals of ngboost
ngboost.distns.exponential Exponential: __getattr__ asks self.dist, which a bare instance lacks: it recurses until RecursionError (pickled distributions do not load at all); with a dist it forwards every name to it. Only as a stored class is it fine
ngboost.distns.gamma Gamma: __getattr__ asks self.dist, which a bare instance lacks: it recurses until RecursionError (pickled distributions do not load at all); with a dist it forwards every name to it. Only as a stored class is it fine
ngboost.distns.laplace Laplace: __getattr__ asks self.dist, which a bare instance lacks: it recurses until RecursionError (pickled distributions do not load at all); with a dist it forwards every name to it. Only as a stored class is it fine
ngboost.distns.lognormal LogNormal: __getattr__ asks self.dist, which a bare instance lacks: it recurses until RecursionError (pickled distributions do not load at all); with a dist it forwards every name to it. Only as a stored class is it fine
ngboost.distns.normal Normal: __getattr__ asks self.dist, which a bare instance lacks: it recurses until RecursionError (pickled distributions do not load at all); with a dist it forwards every name to it. Only as a stored class is it fine
ngboost.distns.poisson Poisson: __getattr__ asks self.dist, which a bare instance lacks: it recurses until RecursionError (pickled distributions do not load at all); with a dist it forwards every name to it. Only as a stored class is it fine
ngboost.distns.t T: __getattr__ asks self.dist, which a bare instance lacks: it recurses until RecursionError (pickled distributions do not load at all); with a dist it forwards every name to it. Only as a stored class is it fine`,
};
