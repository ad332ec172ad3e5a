// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'FLAML 2.1.1; FLAML 2.1.1 2.7.0; FLAML 2.7.0; flaml 2.1.1, 2.7.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
flaml.tune.space: define_by_run_func`,
    },
    {
      why: "Class attribute _rng is None, so on an empty instance __getattr__ asks numpy.random for __setstate__ (AttributeError), then __dict__.update. After BUILD every missing attribute, __setstate__ too, is the stored generator's.",
      insideDanger: true,
      names: `
flaml.tune.sample: _BackwardsCompatibleNumpyRng`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
flaml.automl.contrib.histgb: HistGradientBoostingEstimator
flaml.automl.model: CatBoostEstimator ElasticNetEstimator ExtraTreesEstimator KNeighborsEstimator LGBMEstimator LRL1Classifier LRL2Classifier LassoLarsEstimator RandomForestEstimator SGDEstimator SVCEstimator SparkAFTSurvivalRegressionEstimator SparkGBTEstimator SparkGLREstimator SparkLGBMEstimator SparkLinearRegressionEstimator SparkLinearSVCEstimator SparkNaiveBayesEstimator SparkRandomForestEstimator TransformersEstimator TransformersEstimatorModelSelection XGBoostLimitDepthEstimator XGBoostSklearnEstimator`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
flaml.automl.data: DataTransformer
flaml.automl.state: AutoMLState SearchState
flaml.automl.task.generic_task: GenericTask
flaml.tune.sample: Categorical Categorical._Uniform Float Float._LogUniform Float._Uniform Integer Integer._LogUniform Integer._Uniform
flaml.tune.searcher.blendsearch: BlendSearch CFO
flaml.tune.searcher.flow2: FLOW2
flaml.tune.searcher.search_thread: SearchThread
flaml.tune.searcher.suggestion: ConcurrencyLimiter OptunaSearch`,
    },
  ],
  uses: '',
  members: `
flaml.automl.model.ExtraTreesEstimator size
flaml.automl.model.LGBMEstimator size
flaml.automl.model.LRL1Classifier size
flaml.automl.model.RandomForestEstimator size
flaml.automl.model.XGBoostSklearnEstimator size
flaml.automl.state.AutoMLState _compute_with_config_base
flaml.tune.sample.Categorical _Uniform
flaml.tune.sample.Float _LogUniform
flaml.tune.sample.Float _Uniform
flaml.tune.sample.Integer _LogUniform
flaml.tune.sample.Integer _Uniform`,
  shapes: `
flaml.automl.automl AutoML: new(); state {mlflow_integration?: none, preserve_checkpoint: true, _trained_estimator?: none|<flaml.automl.model>, *}; state {mlflow_integration?: none, _trained_estimator!, *}
flaml.automl.state AutoMLState._compute_with_config_base: stored; partial () {state: <flaml.automl.state.AutoMLState>, estimator: text}`,
  refused: '',
};
