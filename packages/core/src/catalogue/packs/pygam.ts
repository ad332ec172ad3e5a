// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pygam 0.12.0 0.9.0; pygam 0.12.0, 0.9.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
pygam.callbacks: Accuracy Deviance Diffs
pygam.distributions: BinomialDist GammaDist InvGaussDist NormalDist PoissonDist
pygam.links: IdentityLink LogLink LogitLink
pygam.terms: FactorTerm Intercept LinearTerm SplineTerm`,
    },
    {
      why: "MetaTermMixin.__getattr__ calls self._has_terms(): on an empty instance the class's own, which finds no terms and raises AttributeError; __dict__.update. After a state with `_has_terms` the next missing attribute would call it.",
      insideDanger: true,
      names: `
pygam.pygam: ExpectileGAM GAM GammaGAM InvGaussGAM LinearGAM LogisticGAM PoissonGAM
pygam.terms: TensorTerm TermList`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
