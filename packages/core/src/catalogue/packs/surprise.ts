// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'scikit-surprise 1.1.5',
  groups: [
    {
      why: 'A named tuple: tuple.__new__ of the given fields.',
      insideDanger: true,
      names: `
surprise.prediction_algorithms.predictions: Prediction`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
surprise.dataset: DatasetAutoFolds
surprise.model_selection.search: GridSearchCV
surprise.model_selection.split: KFold
surprise.prediction_algorithms.baseline_only: BaselineOnly
surprise.prediction_algorithms.knns: KNNBaseline KNNBasic KNNWithMeans KNNWithZScore
surprise.prediction_algorithms.random_pred: NormalPredictor
surprise.reader: Reader
surprise.trainset: Trainset`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. The class is compiled by Cython, but an ordinary one with a __dict__ (no typed fields).',
      insideDanger: true,
      names: `
surprise.prediction_algorithms.co_clustering: CoClustering
surprise.prediction_algorithms.matrix_factorization: NMF SVD SVDpp
surprise.prediction_algorithms.slope_one: SlopeOne`,
    },
  ],
  uses: `
Prediction: n5(d,d)`,
  members: '',
  shapes: '',
  refused: '',
};
