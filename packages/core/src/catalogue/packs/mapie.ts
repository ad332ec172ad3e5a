// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'MAPIE 0.8.2; MAPIE 1.6.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
mapie.classification: MapieClassifier _MapieClassifier
mapie.regression.quantile_regression: _MapieQuantileRegressor
mapie.regression.regression: MapieRegressor _MapieRegressor
mapie.regression.time_series_regression: MapieTimeSeriesRegressor TimeSeriesRegressor`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
mapie.classification: CrossConformalClassifier SplitConformalClassifier
mapie.conformity_scores.bounds.absolute: AbsoluteConformityScore
mapie.conformity_scores.residual_conformity_scores: AbsoluteConformityScore
mapie.conformity_scores.sets.lac: LACConformityScore
mapie.estimator.classifier: EnsembleClassifier
mapie.estimator.estimator: EnsembleRegressor
mapie.estimator.regressor: EnsembleRegressor
mapie.regression.quantile_regression: ConformalizedQuantileRegressor
mapie.regression.regression: CrossConformalRegressor JackknifeAfterBootstrapRegressor SplitConformalRegressor
mapie.subsample: Subsample`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
