"""Estimators, encoders, searches and forecasts of smaller libraries, each as its documents save it."""

import warnings

import numpy as np

warnings.simplefilter("ignore")

X, Y = np.random.RandomState(0).rand(60, 4), np.arange(60) % 3 // 2
TARGET = X @ np.arange(1, 5) + np.random.RandomState(1).rand(60)
SERIES = np.sin(np.arange(48) / 2) + np.arange(48) / 20 + 3


def build(store, options):
    store.each("tabular_further", [Boruta, MiniSom, metric_learn, DESlib, crepes, linear_tree, lingam, fairlearn, quantile_forest, mord, scikit_lego, skrub, imodels, scikit_multilearn, optbinning, tbats, pyts, lifetimes, PyKrige, celer, phate, pacmap, eli5])


def frame():
    import pandas as pd

    return pd.DataFrame({"size": X[:, 0], "weight": X[:, 1] + 1, "colour": ["red", "green", "blue"] * 20, "town": ["a", "b"] * 30, "day": pd.date_range("2020-01-01", periods=60)})


def Boruta():
    from boruta import BorutaPy
    from sklearn.ensemble import RandomForestClassifier

    return {"boruta": lambda: BorutaPy(RandomForestClassifier(5, random_state=0), n_estimators=5, max_iter=5, random_state=0).fit(X, Y)}


def MiniSom():
    from minisom import MiniSom as Map

    def trained(**options):
        som = Map(4, 4, 4, random_seed=0, **options)
        som.train(X, 50)
        return som

    return {"default": trained, "hexagonal": lambda: trained(topology="hexagonal", neighborhood_function="triangle", activation_distance="cosine"), "bubble": lambda: trained(neighborhood_function="bubble", sigma=1, activation_distance="manhattan")}


def metric_learn():
    import metric_learn as m

    made = {name.lower(): lambda name=name: getattr(m, name)().fit(X, Y) for name in "Covariance LFDA LMNN NCA".split()}
    made.update({name.lower(): lambda name=name: getattr(m, name)(random_state=0).fit(X, Y) for name in "ITML_Supervised LSML_Supervised MMC_Supervised SDML_Supervised RCA_Supervised SCML_Supervised".split()})
    made["mlkr"] = lambda: m.MLKR().fit(X, TARGET)
    return made


def DESlib():
    from deslib import dcs, des, static
    from sklearn.ensemble import BaggingClassifier

    pool = BaggingClassifier(n_estimators=3, random_state=0).fit(X, Y)
    made = {}
    for module, names in (("dcs", "APriori APosteriori LCA MCB MLA OLA Rank"), ("des", "DESClustering DESKNN DESMI KNOP KNORAE KNORAU DESP METADES RRC DESKL MinimumDifference"), ("static", "SingleBest StaticSelection Oracle StackedClassifier")):
        for name in names.split():
            made[name.lower()] = lambda module=module, name=name: getattr({"dcs": dcs, "des": des, "static": static}[module], name)(pool).fit(X, Y)
    return made


def crepes():
    from crepes import ConformalClassifier, ConformalPredictiveSystem, ConformalRegressor, WrapClassifier, WrapRegressor
    from crepes.extras import DifficultyEstimator
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    def wrapped(made, y):
        made.fit(X[:30], y[:30])
        made.calibrate(X[30:], y[30:])
        return made

    return {
        "classifier": lambda: wrapped(WrapClassifier(RandomForestClassifier(5, random_state=0)), Y), "regressor": lambda: wrapped(WrapRegressor(RandomForestRegressor(5, random_state=0)), TARGET),
        "conformal-classifier": lambda: ConformalClassifier().fit(X[:, 0]), "conformal-regressor": lambda: ConformalRegressor().fit(TARGET), "system": lambda: ConformalPredictiveSystem().fit(TARGET), "difficulty": lambda: DifficultyEstimator().fit(X=X),
    }


def linear_tree():
    import lineartree as t
    from sklearn.linear_model import LinearRegression, Ridge, RidgeClassifier

    return {
        "tree": lambda: t.LinearTreeRegressor(LinearRegression(), max_depth=2).fit(X, TARGET), "tree-classifier": lambda: t.LinearTreeClassifier(RidgeClassifier(), max_depth=2).fit(X, Y),
        "forest": lambda: t.LinearForestRegressor(Ridge(), n_estimators=3, random_state=0).fit(X, TARGET), "forest-classifier": lambda: t.LinearForestClassifier(LinearRegression(), n_estimators=3, random_state=0).fit(X, Y),
        "boost": lambda: t.LinearBoostRegressor(LinearRegression(), n_estimators=3).fit(X, TARGET), "boost-classifier": lambda: t.LinearBoostClassifier(RidgeClassifier(), n_estimators=3).fit(X, Y),
    }


def lingam():
    import lingam as l

    def fitted(model, data=X):
        model.fit(data)
        return model

    made = {name.lower(): lambda name=name: fitted(getattr(l, name)()) for name in "ICALiNGAM DirectLiNGAM RCD CAMUV BottomUpParceLiNGAM RESIT VARLiNGAM MultiGroupDirectLiNGAM".split() if name not in ("RESIT", "MultiGroupDirectLiNGAM")}
    made["multi"] = lambda: fitted(l.MultiGroupDirectLiNGAM(), [X, X + 1])
    made["bootstrap"] = lambda: l.DirectLiNGAM().bootstrap(X, n_sampling=3)
    return made


def fairlearn():
    from fairlearn import metrics, postprocessing, preprocessing, reductions
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score

    group = np.arange(60) % 2

    def fitted(model):
        model.fit(X, Y, sensitive_features=group)
        return model

    return {
        "threshold": lambda: fitted(postprocessing.ThresholdOptimizer(estimator=LogisticRegression())), "gradient": lambda: fitted(reductions.ExponentiatedGradient(LogisticRegression(), reductions.DemographicParity(), max_iter=3)),
        "grid": lambda: fitted(reductions.GridSearch(LogisticRegression(), reductions.DemographicParity(), grid_size=3)), "correlation": lambda: preprocessing.CorrelationRemover(sensitive_feature_ids=[0]).fit(X),
        "frame": lambda: metrics.MetricFrame(metrics=accuracy_score, y_true=Y, y_pred=1 - Y, sensitive_features=group), "odds": lambda: reductions.EqualizedOdds(),
    }


def quantile_forest():
    import quantile_forest as q

    return {"forest": lambda: q.RandomForestQuantileRegressor(5, random_state=0).fit(X, TARGET), "extra": lambda: q.ExtraTreesQuantileRegressor(5, random_state=0).fit(X, TARGET)}


def mord():
    import mord as m

    return {name.lower(): lambda name=name: getattr(m, name)().fit(X, Y) for name in "LogisticAT LogisticIT LogisticSE OrdinalRidge LAD MulticlassLogistic".split()}


def scikit_lego():
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklego import decomposition, dummy, linear_model, meta, mixture, model_selection, naive_bayes, neighbors, preprocessing

    return {
        "pca": lambda: decomposition.PCAOutlierDetection(n_components=2, threshold=0.1).fit(X), "random": lambda: dummy.RandomRegressor(random_state=0).fit(X, TARGET), "lowess": lambda: linear_model.LowessRegression().fit(X[:, :1], TARGET),
        "deadzone": lambda: linear_model.DeadZoneRegressor().fit(X, TARGET), "weighted": lambda: linear_model.ProbWeightRegression().fit(X, TARGET), "lad": lambda: linear_model.LADRegression().fit(X, TARGET), "quantile": lambda: linear_model.QuantileRegression().fit(X, TARGET),
        "imbalanced": lambda: linear_model.ImbalancedLinearRegression().fit(X, TARGET), "decay": lambda: meta.DecayEstimator(LinearRegression()).fit(X, TARGET), "thresholder": lambda: meta.Thresholder(LogisticRegression(), threshold=0.4).fit(X, Y),
        "grouped": lambda: meta.GroupedPredictor(LinearRegression(), groups=["town"]).fit(frame()[["size", "town"]], TARGET), "grouped-transformer": lambda: meta.GroupedTransformer(preprocessing.RandomAdder(), groups=["town"]).fit(frame()[["size", "town"]], TARGET),
        "subjective": lambda: meta.SubjectiveClassifier(LogisticRegression(), prior={0: 0.5, 1: 0.5}).fit(X, Y), "zero": lambda: meta.ZeroInflatedRegressor(LogisticRegression(), LinearRegression()).fit(X, np.where(Y, TARGET, 0)), "estimator": lambda: meta.EstimatorTransformer(LinearRegression()).fit(X, TARGET),
        "gmm": lambda: mixture.GMMClassifier(random_state=0).fit(X, Y), "gmm-outlier": lambda: mixture.GMMOutlierDetector(random_state=0).fit(X), "bayes-gmm": lambda: mixture.BayesianGMMClassifier(random_state=0).fit(X, Y), "bayes": lambda: naive_bayes.GaussianMixtureNB(random_state=0).fit(X, Y),
        "neighbors": lambda: neighbors.BayesianKernelDensityClassifier().fit(X, Y), "capper": lambda: preprocessing.ColumnCapper().fit(X), "selector": lambda: preprocessing.ColumnSelector(["size"]).fit(frame()), "dropper": lambda: preprocessing.ColumnDropper(["size"]).fit(frame()),
        "type": lambda: preprocessing.TypeSelector("number").fit(frame()), "projection": lambda: preprocessing.OrthogonalTransformer().fit(X), "interval": lambda: preprocessing.IntervalEncoder().fit(X, TARGET), "basis": lambda: preprocessing.RepeatingBasisFunction(column="size").fit(frame()),
        "splines": lambda: preprocessing.MonotonicSplineTransformer().fit(X, TARGET), "outliers": lambda: preprocessing.OutlierRemover(mixture.GMMOutlierDetector(random_state=0)).fit(X), "filter": lambda: preprocessing.InformationFilter(columns=[0]).fit(X), "folds": lambda: model_selection.KlusterFoldValidation(),
    }


def skrub():
    import skrub as s
    from sklearn.linear_model import LogisticRegression

    data = frame()
    return {
        "vectorizer": lambda: s.TableVectorizer().fit(data), "gap": lambda: s.GapEncoder(n_components=2, random_state=0).fit(data["colour"]), "minhash": lambda: s.MinHashEncoder(n_components=4).fit(data["colour"]), "datetime": lambda: s.DatetimeEncoder().fit(data["day"]),
        "string": lambda: s.StringEncoder(n_components=2).fit(data["colour"]), "pipeline": lambda: s.tabular_pipeline(LogisticRegression()).fit(data, Y), "similarity": lambda: s.SimilarityEncoder().fit(data[["colour"]]), "cleaner": lambda: s.Cleaner().fit(data),
        "categorical": lambda: s.ToCategorical().fit(data["colour"]), "select": lambda: s.SelectCols(["size"]).fit(data), "drop": lambda: s.DropCols(["size"]).fit(data), "joiner": lambda: s.Joiner(data.drop_duplicates("colour"), key="colour", suffix="_b").fit(data), "scaler": lambda: s.SquashingScaler().fit(data[["size"]]),
        "deduplicated": lambda: s.deduplicate(list(data["colour"])),
    }


def imodels():
    import imodels as i

    names = "RuleFitClassifier GreedyRuleListClassifier OneRClassifier BoostedRulesClassifier FIGSClassifier GreedyTreeClassifier C45TreeClassifier HSTreeClassifier SlipperClassifier SkopeRulesClassifier TaoTreeClassifier FPLassoClassifier FPSkopeClassifier BayesianRuleListClassifier"
    made = {name.lower(): lambda name=name: _fitted(getattr(i, name)(), Y) for name in names.split()}
    made.update({name.lower(): lambda name=name: _fitted(getattr(i, name)(), TARGET) for name in "RuleFitRegressor FIGSRegressor GreedyTreeRegressor HSTreeRegressor BoostedRulesRegressor FPLassoRegressor DistilledRegressor".split()})
    made["ensemble"] = lambda: _fitted(i.FIGSClassifierCV(), Y)
    return made


def _fitted(model, y):
    model.fit(X, y)
    return model


def scikit_multilearn():
    from skmultilearn import adapt, problem_transform
    from sklearn.naive_bayes import GaussianNB

    both = np.column_stack([Y, 1 - Y, np.arange(60) % 2])
    made = {name.lower(): lambda name=name: getattr(problem_transform, name)(classifier=GaussianNB()).fit(X, both) for name in "BinaryRelevance ClassifierChain LabelPowerset".split()}
    made.update({"mlknn": lambda: adapt.MLkNN(k=3).fit(X, both), "brknn-a": lambda: adapt.BRkNNaClassifier(k=3).fit(X, both), "brknn-b": lambda: adapt.BRkNNbClassifier(k=3).fit(X, both), "mlaram": lambda: adapt.MLARAM().fit(X, both), "mltsvm": lambda: adapt.MLTSVM().fit(X, both)})
    return made


def optbinning():
    import optbinning as o
    from sklearn.linear_model import LogisticRegression

    def scored():
        data = frame()[["size", "weight", "colour"]]
        card = o.Scorecard(o.BinningProcess(list(data), categorical_variables=["colour"]), LogisticRegression(), scaling_method="min_max", scaling_method_params={"min": 300, "max": 850})
        return card.fit(data, Y)

    return {
        "binary": lambda: o.OptimalBinning("x", solver="cp").fit(X[:, 0], Y), "mip": lambda: o.OptimalBinning("x", solver="mip").fit(X[:, 0], Y), "categorical": lambda: o.OptimalBinning("c", dtype="categorical").fit(frame()["colour"].values, Y), "continuous": lambda: o.ContinuousOptimalBinning("x").fit(X[:, 0], TARGET),
        "multiclass": lambda: o.MulticlassOptimalBinning("x").fit(X[:, 0], np.arange(60) % 3), "process": lambda: o.BinningProcess(["a", "b", "c", "d"]).fit(X, Y), "mdlp": lambda: o.MDLP().fit(X[:, 0], Y), "sketch": lambda: o.OptimalBinningSketch(), "scorecard": scored, "2d": lambda: o.OptimalBinning2D("x", "y").fit(X[:, 0], X[:, 1], Y),
        "piecewise": lambda: o.OptimalPWBinning("x").fit(X[:, 0], Y),
    }


def tbats():
    import tbats as t

    return {"tbats": lambda: t.TBATS(seasonal_periods=[12], use_box_cox=False, use_arma_errors=False, use_trend=False, n_jobs=1).fit(SERIES), "bats": lambda: t.BATS(use_box_cox=False, use_arma_errors=False, n_jobs=1).fit(SERIES), "unfitted": lambda: t.TBATS()}


def pyts():
    from pyts import approximation, bag_of_words, classification, decomposition, image, preprocessing, transformation

    many = np.random.RandomState(0).rand(20, 32)
    labels = np.arange(20) % 2
    made = {}
    for module, names in ((approximation, "DiscreteFourierTransform MultipleCoefficientBinning PiecewiseAggregateApproximation SymbolicAggregateApproximation SymbolicFourierApproximation"), (bag_of_words, "BagOfWords WordExtractor"), (classification, "BOSSVS KNeighborsClassifier LearningShapelets SAXVSM TSBF TimeSeriesForest"), (decomposition, "SingularSpectrumAnalysis"), (image, "GramianAngularField MarkovTransitionField RecurrencePlot"), (preprocessing, "InterpolationImputer KBinsDiscretizer MinMaxScaler StandardScaler PowerTransformer QuantileTransformer"), (transformation, "BOSS BagOfPatterns ROCKET ShapeletTransform WEASEL")):
        for name in names.split():
            options = {"n_jobs": 1} if name in ("ShapeletTransform",) else {"max_iter": 5} if name == "LearningShapelets" else {"n_kernels": 10} if name == "ROCKET" else {}
            made[name.lower()] = lambda module=module, name=name, options=options: getattr(module, name)(**options).fit(many, labels)
    return made


def lifetimes():
    import lifetimes as l

    frequency, recency, age = np.arange(60) % 7 + 1, np.arange(60) % 11 + 5, np.full(60, 30)
    made = {name.lower(): lambda name=name: getattr(l, name)(penalizer_coef=0.1).fit(frequency, recency, age) for name in "BetaGeoFitter ParetoNBDFitter ModifiedBetaGeoFitter".split()}
    made["gammagamma"] = lambda: l.GammaGammaFitter(penalizer_coef=0.1).fit(frequency, X[:, 0] + 1)
    made["binomial"] = lambda: l.BetaGeoBetaBinomFitter(penalizer_coef=0.1).fit(np.arange(30) % 5 + 1, np.arange(30) % 5 + 3, np.full(30, 10))
    return made


def PyKrige():
    from pykrige.ok import OrdinaryKriging
    from pykrige.ok3d import OrdinaryKriging3D
    from pykrige.rk import Krige, RegressionKriging
    from pykrige.uk import UniversalKriging
    from sklearn.linear_model import LinearRegression

    made = {"ok-" + model: lambda model=model: OrdinaryKriging(X[:, 0], X[:, 1], TARGET, variogram_model=model) for model in "linear power gaussian spherical exponential hole-effect".split()}
    made.update({"uk": lambda: UniversalKriging(X[:, 0], X[:, 1], TARGET, drift_terms=["regional_linear"]), "ok3d": lambda: OrdinaryKriging3D(X[:, 0], X[:, 1], X[:, 2], TARGET), "krige": lambda: Krige().fit(X[:, :2], TARGET)})

    def regression():
        model = RegressionKriging(LinearRegression())
        model.fit(X[:, 2:], X[:, :2], TARGET)
        return model

    made["regression"] = regression
    return made


def celer():
    import celer as c

    made = {name.lower(): lambda name=name: getattr(c, name)(**({"groups": 2} if name == "GroupLasso" else {})).fit(X, TARGET) for name in "Lasso ElasticNet LassoCV ElasticNetCV GroupLasso".split()}
    made["logistic"] = lambda: c.LogisticRegression(C=1.0).fit(X, Y)
    made["multitask"] = lambda: c.MultiTaskLasso(alpha=0.01).fit(X, np.column_stack([TARGET, TARGET]))
    return made


def phate():
    import phate as p

    def fitted():
        made = p.PHATE(knn=3, n_jobs=1, random_state=0, verbose=0, t=3)
        made.fit_transform(X)
        return made

    return {"phate": fitted, "unfitted": lambda: p.PHATE()}


def pacmap():
    import pacmap as p

    def fitted(name):
        made = getattr(p, name)(n_neighbors=5, random_state=0, num_iters=20)
        made.fit_transform(X)
        return made

    return {name.lower(): lambda name=name: fitted(name) for name in "PaCMAP LocalMAP".split()}


def eli5():
    import eli5 as e
    from eli5.sklearn import PermutationImportance
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression().fit(X, Y)
    return {"permutation": lambda: PermutationImportance(model, random_state=0).fit(X, Y), "weights": lambda: e.explain_weights(model), "prediction": lambda: e.explain_prediction(model, X[0])}
