"""Time series and sequences: forecasters, state models, distances, streams."""

import warnings

import numpy as np

warnings.simplefilter("ignore")

RNG = np.random.RandomState(0)
X, Y = RNG.rand(60, 4), np.arange(60) % 3 // 2
WAVE = np.sin(np.arange(60) / 3) + RNG.rand(60) / 5 + 3


def build(store, options):
    store.each("tabular_series", [hmmlearn, sktime, pmdarima, prophet, tslearn, dtaidistance, statsforecast, mlforecast, tsfresh, arch, river])


def monthly(count=60):
    import pandas as pd

    return pd.Series(WAVE[:count], index=pd.period_range("2015-01", periods=count, freq="M"), name="wave")


def long():
    import pandas as pd

    return pd.DataFrame({"unique_id": ["a"] * 60 + ["b"] * 60, "ds": list(pd.date_range("2020-01-01", periods=60)) * 2, "y": np.concatenate([WAVE, WAVE * 2])})


def hmmlearn():
    from hmmlearn import hmm, vhmm

    x, lengths, counts = X[:, :2], [30, 30], (X[:, :1] * 3).astype(int)
    return {
        "gaussian": lambda: hmm.GaussianHMM(2, n_iter=3, random_state=0).fit(x, lengths), "full": lambda: hmm.GaussianHMM(2, "full", n_iter=3, random_state=0).fit(x), "tied": lambda: hmm.GaussianHMM(2, "tied", n_iter=3, random_state=0).fit(x), "mixture": lambda: hmm.GMMHMM(2, 2, n_iter=3, random_state=0).fit(x), "categorical": lambda: hmm.CategoricalHMM(2, n_iter=3, random_state=0).fit(counts), "multinomial": lambda: hmm.MultinomialHMM(2, n_trials=5, n_iter=3, random_state=0).fit(np.tile([2, 3], (20, 1))), "poisson": lambda: hmm.PoissonHMM(2, n_iter=3, random_state=0).fit(counts), "variational": lambda: vhmm.VariationalGaussianHMM(2, n_iter=3, random_state=0).fit(x), "variational-categorical": lambda: vhmm.VariationalCategoricalHMM(2, n_iter=3, random_state=0).fit(counts), "unfitted": lambda: hmm.GaussianHMM(3),
    }


def sktime():
    from sklearn.linear_model import Ridge
    from sktime.classification.compose import ColumnEnsembleClassifier  # noqa: F401
    from sktime.classification.distance_based import KNeighborsTimeSeriesClassifier
    from sktime.classification.dummy import DummyClassifier
    from sktime.classification.ensemble import BaggingClassifier
    from sktime.classification.interval_based import TimeSeriesForestClassifier
    from sktime.classification.kernel_based import RocketClassifier
    from sktime.clustering.k_means import TimeSeriesKMeans
    from sktime.forecasting.arima import ARIMA
    from sktime.forecasting.base import ForecastingHorizon
    from sktime.forecasting.compose import EnsembleForecaster, TransformedTargetForecaster, make_reduction
    from sktime.forecasting.exp_smoothing import ExponentialSmoothing
    from sktime.forecasting.model_selection import ForecastingGridSearchCV
    from sktime.forecasting.naive import NaiveForecaster
    from sktime.forecasting.theta import ThetaForecaster
    from sktime.forecasting.trend import PolynomialTrendForecaster, TrendForecaster
    from sktime.regression.dummy import DummyRegressor
    from sktime.split import ExpandingWindowSplitter, SlidingWindowSplitter
    from sktime.transformations.panel.rocket import Rocket
    from sktime.transformations.series.boxcox import BoxCoxTransformer
    from sktime.transformations.series.detrend import Deseasonalizer, Detrender
    from sktime.transformations.series.difference import Differencer
    from sktime.transformations.series.impute import Imputer
    from sktime.transformations.series.summarize import WindowSummarizer

    y, panel = monthly(), RNG.rand(12, 1, 20)
    labels = np.arange(12) % 2
    made = {
        "naive": lambda: NaiveForecaster(sp=12).fit(y), "theta": lambda: ThetaForecaster(sp=12).fit(y), "smoothing": lambda: ExponentialSmoothing().fit(y), "arima": lambda: ARIMA(order=(1, 0, 0)).fit(y), "trend": lambda: TrendForecaster().fit(y), "polynomial": lambda: PolynomialTrendForecaster(degree=2).fit(y), "pipeline": lambda: TransformedTargetForecaster([("d", Deseasonalizer(sp=12)), ("t", Detrender()), ("f", NaiveForecaster())]).fit(y), "product": lambda: (Differencer() * NaiveForecaster()).fit(y), "reduction": lambda: make_reduction(Ridge(), window_length=4).fit(y, fh=[1, 2]), "direct": lambda: make_reduction(Ridge(), window_length=4, strategy="direct").fit(y, fh=[1, 2]), "ensemble": lambda: EnsembleForecaster([("a", NaiveForecaster()), ("b", TrendForecaster())]).fit(y), "search": lambda: ForecastingGridSearchCV(NaiveForecaster(), ExpandingWindowSplitter(fh=[1], initial_window=50), {"strategy": ["last", "mean"]}).fit(y), "unfitted": lambda: NaiveForecaster(),
        "horizon": lambda: ForecastingHorizon([1, 2, 3]), "horizon-absolute": lambda: ForecastingHorizon(y.index[-3:], is_relative=False), "splitters": lambda: [ExpandingWindowSplitter(), SlidingWindowSplitter()], "box-cox": lambda: BoxCoxTransformer().fit(y), "imputer": lambda: Imputer().fit(y), "window": lambda: WindowSummarizer().fit(y), "detrender": lambda: Detrender().fit(y), "deseasonalizer": lambda: Deseasonalizer(sp=12).fit(y),
        "forest": lambda: TimeSeriesForestClassifier(n_estimators=2, random_state=0).fit(panel, labels), "neighbours": lambda: KNeighborsTimeSeriesClassifier(distance="euclidean").fit(panel, labels), "dummy": lambda: DummyClassifier().fit(panel, labels), "dummy-regressor": lambda: DummyRegressor().fit(panel, labels), "rocket": lambda: Rocket(num_kernels=10, random_state=0).fit(panel), "rocket-classifier": lambda: RocketClassifier(num_kernels=50, random_state=0).fit(panel, labels), "k-means": lambda: TimeSeriesKMeans(2, metric="euclidean", random_state=0).fit(panel), "bagging": lambda: BaggingClassifier(DummyClassifier(), n_estimators=2, random_state=0).fit(panel, labels),
    }

    def saved(path):
        NaiveForecaster(sp=12).fit(y).save(path[: -len(".zip")])

    made["saved"] = (saved, ".zip")
    return made


def pmdarima():
    import pmdarima as pm
    from pmdarima import arima, model_selection, pipeline, preprocessing

    return {
        "auto": lambda: pm.auto_arima(WAVE, max_p=2, max_q=2, error_action="ignore", suppress_warnings=True), "arima": lambda: pm.ARIMA((1, 0, 0)).fit(WAVE), "seasonal": lambda: pm.ARIMA((1, 0, 0), (1, 0, 0, 4)).fit(WAVE), "series": lambda: pm.ARIMA((1, 1, 0)).fit(monthly().to_timestamp()), "out-of-sample": lambda: pm.ARIMA((1, 0, 0), out_of_sample_size=5).fit(WAVE), "updated": lambda: pm.ARIMA((1, 0, 0)).fit(WAVE[:50]).update(WAVE[50:]), "pipeline": lambda: pipeline.Pipeline([("boxcox", preprocessing.BoxCoxEndogTransformer()), ("arima", pm.ARIMA((1, 0, 0)))]).fit(WAVE), "fourier": lambda: pipeline.Pipeline([("fourier", preprocessing.FourierFeaturizer(4)), ("arima", arima.AutoARIMA(max_p=2, max_q=2, suppress_warnings=True))]).fit(WAVE), "auto-unfitted": lambda: arima.AutoARIMA(), "boxcox": lambda: preprocessing.BoxCoxEndogTransformer().fit(WAVE), "log": lambda: preprocessing.LogEndogTransformer().fit(WAVE), "dates": lambda: preprocessing.DateFeaturizer(column_name="ds"), "splitters": lambda: [model_selection.RollingForecastCV(), model_selection.SlidingWindowForecastCV()], "tests": lambda: [arima.ADFTest(), arima.KPSSTest(), arima.PPTest(), arima.OCSBTest(4), arima.CHTest(4)], "decomposed": lambda: arima.decompose(WAVE, "additive", m=4), "unfitted": lambda: pm.ARIMA((2, 1, 0)),
    }


def prophet():
    import logging

    logging.disable(logging.WARNING)
    import pandas as pd
    from prophet import Prophet, serialize

    data = pd.DataFrame({"ds": pd.date_range("2020-01-01", periods=60), "y": WAVE})

    def fitted(*before, columns=None, **settings):
        model = Prophet(**settings)
        for name, given in before:
            getattr(model, name)(**given)
        return model.fit(data.assign(**(columns or {})), seed=1)

    def text(path):
        with open(path, "w") as file:
            file.write(serialize.model_to_json(fitted()))

    return {
        "default": lambda: fitted(), "flat": lambda: fitted(growth="flat"), "logistic": lambda: fitted(growth="logistic", columns={"cap": 6.0}), "multiplicative": lambda: fitted(seasonality_mode="multiplicative"), "holidays": lambda: fitted(holidays=pd.DataFrame({"holiday": "h", "ds": pd.to_datetime(["2020-01-10"])})), "country": lambda: fitted(("add_country_holidays", {"country_name": "US"})), "regressor": lambda: fitted(("add_regressor", {"name": "r"}), columns={"r": X[:, 0]}), "seasonality": lambda: fitted(("add_seasonality", {"name": "monthly", "period": 30.5, "fourier_order": 3})), "unfitted": lambda: Prophet(), "forecast": lambda: fitted().predict(data[:5]), "json": (text, ".json"),
    }


def tslearn():
    from tslearn import barycenters, clustering, neighbors, piecewise, preprocessing, svm, utils

    series, labels = RNG.rand(12, 15, 1), np.arange(12) % 2

    def saved(path):
        clustering.TimeSeriesKMeans(2, max_iter=3, random_state=0).fit(series).to_pickle(path)

    return {
        "k-means": lambda: clustering.TimeSeriesKMeans(2, max_iter=3, random_state=0).fit(series), "k-means-dtw": lambda: clustering.TimeSeriesKMeans(2, metric="dtw", max_iter=2, random_state=0).fit(series), "k-shape": lambda: clustering.KShape(2, max_iter=3, random_state=0).fit(series), "kernel": lambda: clustering.KernelKMeans(2, max_iter=3, random_state=0).fit(series), "neighbours": lambda: neighbors.KNeighborsTimeSeriesClassifier(2).fit(series, labels), "neighbours-regressor": lambda: neighbors.KNeighborsTimeSeriesRegressor(2).fit(series, labels), "nearest": lambda: neighbors.KNeighborsTimeSeries(2).fit(series), "svc": lambda: svm.TimeSeriesSVC(random_state=0).fit(series, labels), "svr": lambda: svm.TimeSeriesSVR().fit(series, labels), "paa": lambda: piecewise.PiecewiseAggregateApproximation(3).fit(series), "sax": lambda: piecewise.SymbolicAggregateApproximation(3, 4).fit(series), "sax-1d": lambda: piecewise.OneD_SymbolicAggregateApproximation(3, 4, 4).fit(series), "scaler": lambda: preprocessing.TimeSeriesScalerMeanVariance().fit(series), "scaler-range": lambda: preprocessing.TimeSeriesScalerMinMax().fit(series), "resampler": lambda: preprocessing.TimeSeriesResampler(5), "dataset": lambda: utils.to_time_series_dataset([[1, 2], [1, 2, 3]]), "barycenter": lambda: barycenters.euclidean_barycenter(series), "own": (saved, ".pkl"),
    }


def dtaidistance():
    from dtaidistance import clustering, dtw, dtw_ndim
    from dtaidistance.dtw import DTWSettings
    from dtaidistance.preprocessing import differencing
    from dtaidistance.subsequence.localconcurrences import local_concurrences
    from dtaidistance.subsequence.subsequencealignment import subsequence_alignment
    from dtaidistance.subsequence.subsequencesearch import subsequence_search

    lines = X[:6, :].copy()

    def tree(kind):
        model = kind(dtw.distance_matrix, {})
        model.fit(lines)
        return model

    return {"matrix": lambda: dtw.distance_matrix(lines), "settings": lambda: DTWSettings(window=3), "tree": lambda: tree(clustering.LinkageTree), "hierarchical": lambda: tree(clustering.Hierarchical), "hierarchical-tree": lambda: tree(lambda *given: clustering.HierarchicalTree(clustering.Hierarchical(*given))), "alignment": lambda: subsequence_alignment(WAVE[5:15], WAVE), "match": lambda: subsequence_alignment(WAVE[5:15], WAVE).best_match(), "search": lambda: subsequence_search(WAVE[5:15], [WAVE[:10], WAVE[10:20]]), "matches": lambda: subsequence_search(WAVE[5:15], [WAVE[:10], WAVE[10:20]]).kbest_matches(k=1), "path": lambda: dtw.warping_path(WAVE[:10], WAVE[5:15]), "k-medoids": lambda: clustering.medoids.KMedoids(dtw.distance_matrix, {}, k=2), "k-means": lambda: clustering.kmeans.KMeans(k=2, max_it=2), "differenced": lambda: differencing(WAVE), "concurrences": lambda: local_concurrences(WAVE[:30], estimate_settings=0.9), "matrix-ndim": lambda: dtw_ndim.distance_matrix(RNG.rand(3, 6, 2))}


def statsforecast():
    from statsforecast import StatsForecast, models
    from statsforecast.distributed.fugue import FugueBackend  # noqa: F401
    from statsforecast.utils import ConformalIntervals

    def fitted(*given, **settings):
        return StatsForecast(models=list(given), freq="D", n_jobs=1, **settings).fit(long())

    def saved(path):
        fitted(models.Naive()).save(path)

    made = {
        "naive": lambda: fitted(models.Naive(), models.SeasonalNaive(7), models.HistoricAverage()), "arima": lambda: fitted(models.ARIMA(order=(1, 0, 0))), "auto-arima": lambda: fitted(models.AutoARIMA(max_p=1, max_q=1)), "ets": lambda: fitted(models.AutoETS(model="ANN")), "theta": lambda: fitted(models.AutoTheta(model="STM")), "ces": lambda: fitted(models.AutoCES(model="N")), "smoothing": lambda: fitted(models.SimpleExponentialSmoothing(0.5), models.HoltWinters(season_length=7)), "croston": lambda: fitted(models.CrostonClassic(), models.ADIDA(), models.IMAPA(), models.TSB(0.1, 0.1)), "mstl": lambda: fitted(models.MSTL(7, trend_forecaster=models.Naive())), "garch": lambda: fitted(models.GARCH(1, 1)), "fallback": lambda: fitted(models.Naive(), fallback_model=models.SeasonalNaive(7)), "conformal": lambda: fitted(models.Naive(prediction_intervals=ConformalIntervals(h=2, n_windows=2))), "unfitted": lambda: StatsForecast(models=[models.Naive()], freq="D"), "model": lambda: models.AutoARIMA(max_p=1, max_q=1).fit(WAVE), "own": (saved, ".pkl"),
    }
    return made


def mlforecast():
    from mlforecast import MLForecast, lag_transforms, target_transforms
    from mlforecast.utils import PredictionIntervals
    from sklearn.linear_model import LinearRegression, Ridge

    def fitted(models=None, **settings):
        return MLForecast(models=models or [Ridge()], freq="D", **{"lags": [1, 7], **settings}).fit(long())

    return {
        "default": lambda: fitted(), "two": lambda: fitted({"a": Ridge(), "b": LinearRegression()}), "lag-transforms": lambda: fitted(lag_transforms={1: [lag_transforms.RollingMean(3), lag_transforms.ExpandingMean(), lag_transforms.ExponentiallyWeightedMean(0.5)], 7: [lag_transforms.SeasonalRollingMean(7, 2), lag_transforms.RollingQuantile(0.5, 3)]}), "dates": lambda: fitted(date_features=["dayofweek", "month"]), "differences": lambda: fitted(target_transforms=[target_transforms.Differences([1])]), "scaler": lambda: fitted(target_transforms=[target_transforms.LocalStandardScaler()]), "box-cox": lambda: fitted(target_transforms=[target_transforms.LocalBoxCox(), target_transforms.LocalMinMaxScaler(), target_transforms.LocalRobustScaler("iqr")]), "global": lambda: fitted(target_transforms=[target_transforms.GlobalSklearnTransformer(__import__("sklearn.preprocessing", fromlist=["x"]).StandardScaler())]), "intervals": lambda: MLForecast(models=[Ridge()], freq="D", lags=[1]).fit(long(), prediction_intervals=PredictionIntervals(n_windows=2, h=2)), "series": lambda: fitted().ts, "unfitted": lambda: MLForecast(models=[Ridge()], freq="D", lags=[1]), "direct": lambda: MLForecast(models=[Ridge()], freq="D", lags=[1]).fit(long(), max_horizon=2),
    }


def tsfresh():
    import pandas as pd
    from tsfresh.feature_extraction import ComprehensiveFCParameters, EfficientFCParameters, MinimalFCParameters
    from tsfresh.transformers import FeatureAugmenter, FeatureSelector, PerColumnImputer, RelevantFeatureAugmenter

    features = pd.DataFrame(X, columns=list("abcd"))
    target = pd.Series(Y)
    series = pd.DataFrame({"id": np.repeat(range(60), 5), "time": list(range(5)) * 60, "x": RNG.rand(300)})
    small = {"default_fc_parameters": MinimalFCParameters(), "n_jobs": 0, "disable_progressbar": True, "column_id": "id", "column_sort": "time"}

    def relevant():
        model = RelevantFeatureAugmenter(filter_only_tsfresh_features=False, **small)
        model.set_timeseries_container(series)
        return model.fit(features, target)

    def augmenter():
        model = FeatureAugmenter(**small)
        model.set_timeseries_container(series)
        return model.fit(features)

    return {"minimal": lambda: MinimalFCParameters(), "efficient": lambda: EfficientFCParameters(), "comprehensive": lambda: ComprehensiveFCParameters(), "selector": lambda: FeatureSelector(n_jobs=0).fit(features, target), "imputer": lambda: PerColumnImputer().fit(features), "augmenter": augmenter, "relevant": relevant, "unfitted": lambda: RelevantFeatureAugmenter(column_id="id", column_sort="time")}


def arch():
    from arch import arch_model, bootstrap, unitroot, univariate

    returns = (RNG.rand(120) - 0.5) * 10
    made = {
        "garch": lambda: arch_model(returns).fit(disp="off"), "egarch": lambda: arch_model(returns, vol="EGARCH").fit(disp="off"), "ar": lambda: arch_model(returns, mean="AR", lags=1).fit(disp="off"), "harch": lambda: arch_model(returns, vol="HARCH", p=[1, 5]).fit(disp="off"), "students": lambda: arch_model(returns, dist="t").fit(disp="off"), "skewed": lambda: arch_model(returns, dist="skewt").fit(disp="off"), "ged": lambda: arch_model(returns, dist="ged").fit(disp="off"), "aparch": lambda: arch_model(returns, vol="APARCH").fit(disp="off"), "figarch": lambda: arch_model(returns, vol="FIGARCH").fit(disp="off"), "constant": lambda: arch_model(returns, vol="Constant").fit(disp="off"), "har": lambda: univariate.HARX(returns, lags=[1, 5]).fit(disp="off"), "ewma": lambda: univariate.ConstantMean(returns, volatility=univariate.EWMAVariance()).fit(disp="off"), "model": lambda: arch_model(returns), "forecast": lambda: arch_model(returns).fit(disp="off").forecast(horizon=2), "simulated": lambda: arch_model(returns).fit(disp="off").forecast(horizon=2, method="simulation", simulations=5, random_state=np.random.RandomState(1)),
        "bootstrap": lambda: bootstrap.IIDBootstrap(returns, seed=1), "stationary": lambda: bootstrap.StationaryBootstrap(5, returns, seed=np.random.default_rng(1)), "circular": lambda: bootstrap.CircularBlockBootstrap(5, returns, seed=1), "adf": lambda: _tested(unitroot.ADF(returns)), "kpss": lambda: _tested(unitroot.KPSS(returns)), "phillips-perron": lambda: _tested(unitroot.PhillipsPerron(returns)), "variance-ratio": lambda: _tested(unitroot.VarianceRatio(returns)),
    }
    return made


def _tested(test):
    test.summary()
    return test


def river():
    from river import anomaly, cluster, compose, drift, ensemble, facto, feature_extraction, feature_selection, forest, imblearn, linear_model, metrics, multiclass, naive_bayes, neighbors, optim, preprocessing, reco, rules, stats, time_series, tree, utils

    rows = [dict(zip("abcd", map(float, row))) for row in X]

    def learned(model, target=None):
        for row, y in zip(rows, Y if target is None else target):
            model.learn_one(row) if target is False else model.learn_one(row, y)
        return model

    numbers = [float(row[0]) for row in X]

    def without(model):
        for row in rows:
            model.learn_one(row)
        return model

    def measured(metric):
        for y in Y:
            metric.update(int(y), int(y))
        return metric

    def counted(stat):
        for number in numbers:
            stat.update(number)
        return stat

    def forecast(model):
        for number in WAVE:
            model.learn_one(float(number))
        return model

    return {
        "logistic": lambda: learned(linear_model.LogisticRegression()), "linear": lambda: learned(linear_model.LinearRegression(), numbers), "perceptron": lambda: learned(linear_model.Perceptron()), "alma": lambda: learned(linear_model.ALMAClassifier()), "pa": lambda: learned(linear_model.PAClassifier()), "softmax": lambda: learned(linear_model.SoftmaxRegression()), "bayesian-linear": lambda: learned(linear_model.BayesianLinearRegression(), numbers), "pipeline": lambda: learned(compose.Pipeline(preprocessing.StandardScaler(), linear_model.LogisticRegression(optimizer=optim.Adam()))), "union": lambda: learned(compose.Select("a", "b") + compose.SelectType(float) | preprocessing.MinMaxScaler() | linear_model.LogisticRegression()), "scaler": lambda: without(preprocessing.StandardScaler()), "normalizer": lambda: preprocessing.Normalizer(), "one-hot": lambda: without(preprocessing.OneHotEncoder()),
        "hoeffding": lambda: learned(tree.HoeffdingTreeClassifier(grace_period=10)), "hoeffding-adaptive": lambda: learned(tree.HoeffdingAdaptiveTreeClassifier(grace_period=10, seed=1)), "hoeffding-regressor": lambda: learned(tree.HoeffdingTreeRegressor(grace_period=10), numbers), "very-fast": lambda: learned(tree.ExtremelyFastDecisionTreeClassifier(grace_period=10)), "sgt": lambda: learned(tree.SGTClassifier(grace_period=10)), "forest": lambda: learned(forest.ARFClassifier(n_models=2, seed=1)), "mondrian": lambda: learned(forest.AMFClassifier(n_estimators=2, seed=1)), "forest-regressor": lambda: learned(forest.ARFRegressor(n_models=2, seed=1), numbers), "bagging": lambda: learned(ensemble.BaggingClassifier(linear_model.LogisticRegression(), n_models=2, seed=1)), "adaboost": lambda: learned(ensemble.AdaBoostClassifier(naive_bayes.GaussianNB(), n_models=2, seed=1)), "srp": lambda: learned(ensemble.SRPClassifier(n_models=2, seed=1)),
        "naive-bayes": lambda: learned(naive_bayes.GaussianNB()), "multinomial": lambda: learned(naive_bayes.MultinomialNB()), "neighbours": lambda: learned(neighbors.KNNClassifier()), "half-space": lambda: without(anomaly.HalfSpaceTrees(n_trees=2, height=3, seed=1)), "one-class": lambda: without(anomaly.OneClassSVM()), "k-means": lambda: without(cluster.KMeans(2, seed=1)), "denstream": lambda: without(cluster.DenStream()), "dbstream": lambda: without(cluster.DBSTREAM()), "clustream": lambda: without(cluster.CluStream(n_macro_clusters=2, seed=1)), "fm": lambda: learned(facto.FMClassifier(n_factors=2, seed=1)), "one-vs-rest": lambda: learned(multiclass.OneVsRestClassifier(linear_model.LogisticRegression())), "rules": lambda: learned(rules.AMRules(), numbers), "under-sampler": lambda: learned(imblearn.RandomUnderSampler(linear_model.LogisticRegression(), {0: 0.5, 1: 0.5}, seed=1)), "k-best": lambda: learned(feature_selection.SelectKBest(stats.PearsonCorr(), k=2), numbers),
        "metrics": lambda: [measured(m()) for m in (metrics.Accuracy, metrics.F1, metrics.ROCAUC, metrics.ConfusionMatrix, metrics.MacroF1, metrics.LogLoss, metrics.ClassificationReport)], "metric-sum": lambda: measured(metrics.Accuracy() + metrics.F1()), "stats": lambda: [counted(s()) for s in (stats.Mean, stats.Var, stats.Max, stats.Min, stats.Quantile, stats.Skew, stats.Kurtosis, stats.EWMean, stats.IQR, stats.Mode)], "rolling": lambda: [counted(utils.Rolling(stats.Mean(), 5)), counted(stats.RollingQuantile(0.5, 5))], "drift": lambda: [counted(d) for d in (drift.ADWIN(), drift.PageHinkley(), drift.KSWIN(seed=1))], "drift-binary": lambda: [counted(d) for d in (drift.binary.DDM(), drift.binary.EDDM())], "snarimax": lambda: forecast(time_series.SNARIMAX(2, 1, 1)), "holt": lambda: forecast(time_series.HoltWinters(0.3)), "bag-of-words": lambda: feature_extraction.BagOfWords(), "tfidf": lambda: _words(feature_extraction.TFIDF()), "aggregation": lambda: _words_of(feature_extraction.Agg("a", "b", stats.Mean()), rows), "optimisers": lambda: [optim.SGD(), optim.Adam(), optim.FTRLProximal(), optim.RMSProp()], "losses": lambda: [optim.losses.Log(), optim.losses.Hinge(), optim.losses.Squared()],
    }


def _words(model):
    model.learn_one("a sentence of words")
    return model


def _words_of(model, rows):
    for row in rows:
        model.learn_one(row)
    return model
