// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'hdbscan 0.8.33 0.8.44; hdbscan 0.8.44',
  groups: [
    {
      why: 'A metric as a class, which newObj makes an instance of.',
      insideDanger: true,
      storedOnly: true,
      names: `
hdbscan.dist_metrics: EuclideanDistance`,
    },
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
  shapes: `
hdbscan.dist_metrics newObj: call(@hdbscan.dist_metrics.EuclideanDistance); state (number, <numpy.core.multiarray._reconstruct>|<numpy._core.multiarray._reconstruct>|<joblib.numpy_pickle.NumpyArrayWrapper>, <numpy.core.multiarray._reconstruct>|<numpy._core.multiarray._reconstruct>|<joblib.numpy_pickle.NumpyArrayWrapper>)`,
  refused: '',
};
