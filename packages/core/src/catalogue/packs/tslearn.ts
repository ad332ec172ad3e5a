// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tslearn 0.10.0 0.6.3',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
tslearn.clustering.kmeans: KernelKMeans TimeSeriesKMeans
tslearn.clustering.kshape: KShape
tslearn.neighbors.neighbors: KNeighborsTimeSeries KNeighborsTimeSeriesClassifier KNeighborsTimeSeriesRegressor
tslearn.piecewise.piecewise: OneD_SymbolicAggregateApproximation PiecewiseAggregateApproximation SymbolicAggregateApproximation
tslearn.preprocessing.preprocessing: TimeSeriesResampler TimeSeriesScalerMeanVariance TimeSeriesScalerMinMax
tslearn.svm.svm: TimeSeriesSVC TimeSeriesSVR`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
