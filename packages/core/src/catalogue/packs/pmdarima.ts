// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pmdarima 2.0.4 2.1.1; pmdarima 2.0.4, 2.1.1',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
pmdarima.arima.auto: AutoARIMA
pmdarima.arima.seasonality: CHTest OCSBTest
pmdarima.arima.stationarity: ADFTest KPSSTest PPTest
pmdarima.model_selection._split: RollingForecastCV SlidingWindowForecastCV
pmdarima.pipeline: Pipeline
pmdarima.preprocessing.endog.boxcox: BoxCoxEndogTransformer
pmdarima.preprocessing.endog.log: LogEndogTransformer
pmdarima.preprocessing.exog.dates: DateFeaturizer
pmdarima.preprocessing.exog.fourier: FourierFeaturizer`,
    },
  ],
  uses: '',
  members: '',
  shapes: `
pmdarima.arima.arima ARIMA: new(); state {_warn_for_older_version!, pkg_version_?: constant, *}`,
  refused: '',
};
