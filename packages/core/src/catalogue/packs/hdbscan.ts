// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'hdbscan 0.8.33 0.8.44; hdbscan 0.8.44',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
hdbscan.branches: BranchDetector
hdbscan.hdbscan_: HDBSCAN
hdbscan.robust_single_linkage_: RobustSingleLinkage`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
hdbscan.branch_data: BranchDetectionData
hdbscan.plots: CondensedTree SingleLinkageTree
hdbscan.prediction: PredictionData`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
hdbscan.dist_metrics EuclideanDistance: Native, CRASHES (tried): the state (2.0,) is a segmentation fault; it keeps raw pointers to the state's arrays (vec, mat), empty ones too
hdbscan.dist_metrics newObj: CALLS (tried): it does obj.__new__(obj) with any argument, which calls the callable that an instance has as __new__ in its __dict__`,
};
