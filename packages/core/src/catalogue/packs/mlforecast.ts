// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'mlforecast 0.11.6; mlforecast 0.11.6 1.1.0; mlforecast 1.1.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
mlforecast.lag_transforms: ExpandingMean ExponentiallyWeightedMean Lag RollingMean RollingQuantile SeasonalRollingMean`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
mlforecast.conformal_prediction: PredictionIntervals
mlforecast.core: TimeSeries
mlforecast.forecast: MLForecast
mlforecast.grouped_array: GroupedArray
mlforecast.target_transforms: Differences GlobalSklearnTransformer LocalStandardScaler
mlforecast.utils: PredictionIntervals`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
