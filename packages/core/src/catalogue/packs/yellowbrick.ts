// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'yellowbrick 1.5',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain',
      insideDanger: true,
      names: `
yellowbrick.utils.target: TargetType`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state',
      insideDanger: true,
      names: `
yellowbrick.features.pca: PCA
yellowbrick.features.rankd: Rank2D
yellowbrick.target.class_balance: ClassBalance`,
    },
    {
      why: 'Kept and never called.',
      insideDanger: true,
      storedOnly: true,
      names: `
yellowbrick.cluster.elbow: distortion_score`,
    },
  ],
  uses: `
TargetType: r1()`,
  members: '',
  refused: '',
};
