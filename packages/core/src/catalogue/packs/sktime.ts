// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sktime 0.26.0; sktime 0.26.0 1.2.0; sktime 1.2.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
sktime.clustering.metrics.averaging._averaging: mean_average
sktime.clustering.partitioning._lloyds: _random_center_initializer`,
    },
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
sktime.datatypes._dtypekind: DtypeKind`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
sktime.classification.compose._pipeline: SklearnClassifierPipeline
sktime.classification.distance_based._time_series_neighbors: KNeighborsTimeSeriesClassifier
sktime.classification.dummy._dummy: DummyClassifier
sktime.classification.ensemble._bagging: BaggingClassifier
sktime.classification.interval_based._tsf: TimeSeriesForestClassifier
sktime.classification.kernel_based._rocket_classifier: RocketClassifier
sktime.clustering.k_means._k_means: TimeSeriesKMeans
sktime.dists_kernels.base.adapters._sklearn: _SklearnDistanceAdapter
sktime.forecasting.arima: ARIMA
sktime.forecasting.arima._pmdarima: ARIMA
sktime.forecasting.compose._ensemble: EnsembleForecaster
sktime.forecasting.compose._pipeline: TransformedTargetForecaster
sktime.forecasting.compose._reduce: DirectTabularRegressionForecaster RecursiveTabularRegressionForecaster
sktime.forecasting.exp_smoothing: ExponentialSmoothing
sktime.forecasting.model_selection._gridsearch: ForecastingGridSearchCV
sktime.forecasting.model_selection._tune: ForecastingGridSearchCV
sktime.forecasting.naive: NaiveForecaster
sktime.forecasting.naive._naive: NaiveForecaster
sktime.forecasting.theta: ThetaForecaster
sktime.forecasting.trend._polynomial_trend_forecaster: PolynomialTrendForecaster
sktime.forecasting.trend._trend_forecaster: TrendForecaster
sktime.regression.dummy._dummy: DummyRegressor
sktime.split.expandingwindow: ExpandingWindowSplitter
sktime.split.slidingwindow: SlidingWindowSplitter
sktime.transformations.adapt: TabularToSeriesAdaptor
sktime.transformations.compose._pipeline: TransformerPipeline
sktime.transformations.detrend._deseasonalize: Deseasonalizer
sktime.transformations.detrend._detrend: Detrender
sktime.transformations.panel.rocket._rocket: Rocket
sktime.transformations.rocket._rocket: Rocket
sktime.transformations.series.adapt: TabularToSeriesAdaptor
sktime.transformations.series.boxcox: BoxCoxTransformer
sktime.transformations.series.detrend._deseasonalize: Deseasonalizer
sktime.transformations.series.detrend._detrend: Detrender
sktime.transformations.series.difference: Differencer
sktime.transformations.series.impute: Imputer
sktime.transformations.series.summarize: WindowSummarizer
sktime.transformations.summarize._window: WindowSummarizer`,
    },
    {
      why: 'Sets a fixed list of delegating methods on its own class, then object.__new__.',
      insideDanger: true,
      names: `
sktime.forecasting.base._fh: ForecastingHorizon`,
    },
  ],
  uses: `
DtypeKind: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
