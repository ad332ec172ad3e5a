"""Estimators in scikit-learn's manner: samplers, encoders, transformers, clusterers, boosting, wrapped networks."""

import warnings

import numpy as np

warnings.simplefilter("ignore")

X, Y = np.random.RandomState(0).rand(60, 4), np.arange(60) % 3 // 2


def build(store, options):
    store.each("tabular_learn", [imbalanced_learn, category_encoders, feature_engine, mlxtend, ngboost, gplearn, mapie, kmodes, kneed, yellowbrick, sklearn_pandas, scikit_learn_extra, sklearn_crfsuite, hdbscan, umap_learn, catboost, skorch, skops, flaml, tpot, pyod])


def frame():
    import pandas as pd

    return pd.DataFrame({"size": X[:, 0], "weight": X[:, 1] + 1, "colour": ["red", "green", "blue"] * 20, "town": ["a", "b"] * 30, "day": pd.date_range("2020-01-01", periods=60)})


def imbalanced_learn():
    from imblearn import FunctionSampler, combine, ensemble, over_sampling, pipeline, under_sampling
    from imblearn.keras import BalancedBatchGenerator  # noqa: F401 - imports without Keras
    from sklearn.linear_model import LogisticRegression

    def sampled(sampler):
        sampler.fit_resample(X, Y)
        return sampler

    made = {}
    for name in "RandomOverSampler SMOTE ADASYN BorderlineSMOTE KMeansSMOTE SVMSMOTE".split():
        made[name.lower()] = lambda name=name: sampled(getattr(over_sampling, name)(random_state=0, **({"cluster_balance_threshold": 0.1} if name == "KMeansSMOTE" else {})))
    for name in "RandomUnderSampler ClusterCentroids NearMiss TomekLinks EditedNearestNeighbours OneSidedSelection NeighbourhoodCleaningRule InstanceHardnessThreshold CondensedNearestNeighbour AllKNN".split():
        made[name.lower()] = lambda name=name: sampled(getattr(under_sampling, name)())
    made.update({
        "smote-nc": lambda: _resampled(over_sampling.SMOTENC([2], random_state=0)), "smote-n": lambda: over_sampling.SMOTEN(random_state=0), "smote-tomek": lambda: sampled(combine.SMOTETomek(random_state=0)), "smote-enn": lambda: sampled(combine.SMOTEENN(random_state=0)),
        "balanced-forest": lambda: ensemble.BalancedRandomForestClassifier(n_estimators=3, random_state=0).fit(X, Y), "balanced-bagging": lambda: ensemble.BalancedBaggingClassifier(n_estimators=2, random_state=0).fit(X, Y), "rusboost": lambda: ensemble.RUSBoostClassifier(n_estimators=2, random_state=0).fit(X, Y), "easy-ensemble": lambda: ensemble.EasyEnsembleClassifier(n_estimators=2, random_state=0).fit(X, Y),
        "pipeline": lambda: pipeline.make_pipeline(over_sampling.SMOTE(random_state=0), LogisticRegression()).fit(X, Y), "function": lambda: sampled(FunctionSampler()),
    })
    return made


def _resampled(sampler):
    sampler.fit_resample(np.column_stack([X[:, :2], np.arange(60) % 2]), Y)
    return sampler


def category_encoders():
    import category_encoders as ce
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    data = frame()[["size", "colour", "town"]]
    made = {}
    for name in "BackwardDifferenceEncoder BaseNEncoder BinaryEncoder CatBoostEncoder CountEncoder GLMMEncoder GrayEncoder HashingEncoder HelmertEncoder JamesSteinEncoder LeaveOneOutEncoder MEstimateEncoder OneHotEncoder OrdinalEncoder PolynomialEncoder QuantileEncoder RankHotEncoder SumEncoder SummaryEncoder TargetEncoder WOEEncoder".split():
        made[name.lower()] = lambda name=name: getattr(ce, name)(**({"max_process": 1, "max_sample": 60} if name == "HashingEncoder" else {})).fit(data, Y)
    made["pipeline"] = lambda: make_pipeline(ce.TargetEncoder(), LogisticRegression()).fit(data, Y)
    made["nested"] = lambda: __import__("category_encoders.wrapper", fromlist=["x"]).PolynomialWrapper(ce.TargetEncoder()).fit(data, np.arange(60) % 3)
    return made


def feature_engine():
    from feature_engine import creation, datetime, discretisation, encoding, imputation, outliers, preprocessing, selection, transformation, wrappers
    from feature_engine.timeseries import forecasting
    from sklearn.preprocessing import StandardScaler

    data = frame()
    numbers = data[["size", "weight"]]
    return {
        "mean-imputer": lambda: imputation.MeanMedianImputer().fit(numbers), "categorical-imputer": lambda: imputation.CategoricalImputer().fit(data), "arbitrary-imputer": lambda: imputation.ArbitraryNumberImputer().fit(numbers), "random-imputer": lambda: imputation.RandomSampleImputer(random_state=1).fit(numbers), "missing-indicator": lambda: imputation.AddMissingIndicator().fit(data), "drop-missing": lambda: imputation.DropMissingData().fit(data), "end-tail": lambda: imputation.EndTailImputer().fit(numbers),
        "one-hot": lambda: encoding.OneHotEncoder().fit(data), "ordinal": lambda: encoding.OrdinalEncoder().fit(data, Y), "rare": lambda: encoding.RareLabelEncoder().fit(data), "count": lambda: encoding.CountFrequencyEncoder().fit(data), "mean": lambda: encoding.MeanEncoder().fit(data, Y), "woe": lambda: encoding.WoEEncoder(variables=["town"]).fit(data, np.arange(60) // 7 % 2), "tree-encoder": lambda: encoding.DecisionTreeEncoder(regression=False, random_state=0).fit(data, Y), "similarity": lambda: encoding.StringSimilarityEncoder().fit(data),
        "equal-width": lambda: discretisation.EqualWidthDiscretiser(bins=3).fit(numbers), "equal-frequency": lambda: discretisation.EqualFrequencyDiscretiser(q=3).fit(numbers), "tree": lambda: discretisation.DecisionTreeDiscretiser(regression=False, random_state=0).fit(numbers, Y), "arbitrary": lambda: discretisation.ArbitraryDiscretiser({"size": [0, 0.5, 1]}).fit(numbers),
        "winsorizer": lambda: outliers.Winsorizer().fit(numbers), "trimmer": lambda: outliers.OutlierTrimmer().fit(numbers), "log": lambda: transformation.LogTransformer(["weight"]).fit(numbers), "box-cox": lambda: transformation.BoxCoxTransformer(["weight"]).fit(numbers), "yeo-johnson": lambda: transformation.YeoJohnsonTransformer().fit(numbers), "power": lambda: transformation.PowerTransformer().fit(numbers), "reciprocal": lambda: transformation.ReciprocalTransformer(["weight"]).fit(numbers),
        "math": lambda: creation.MathFeatures(["size", "weight"], "sum").fit(numbers), "relative": lambda: creation.RelativeFeatures(["size"], ["weight"], ["add"]).fit(numbers), "cyclical": lambda: creation.CyclicalFeatures().fit(numbers), "dates": lambda: datetime.DatetimeFeatures().fit(data), "subtraction": lambda: datetime.DatetimeSubtraction(["day"], ["day"]).fit(data),
        "drop": lambda: selection.DropFeatures(["town"]).fit(data), "constant": lambda: selection.DropConstantFeatures().fit(data), "duplicates": lambda: selection.DropDuplicateFeatures().fit(data), "correlated": lambda: selection.DropCorrelatedFeatures().fit(numbers), "lags": lambda: forecasting.LagFeatures(periods=2).fit(numbers), "windows": lambda: forecasting.WindowFeatures(window=3).fit(numbers), "wrapper": lambda: wrappers.SklearnTransformerWrapper(StandardScaler(), variables=["size"]).fit(numbers), "match": lambda: preprocessing.MatchVariables().fit(data),
    }


def mlxtend():
    from mlxtend import classifier, cluster, feature_extraction, feature_selection, frequent_patterns, preprocessing, regressor
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.tree import DecisionTreeClassifier

    basket = [["milk", "eggs"], ["milk", "bread"], ["eggs", "bread", "milk"]] * 4

    def rules():
        import pandas as pd

        encoder = preprocessing.TransactionEncoder()
        items = frequent_patterns.apriori(pd.DataFrame(encoder.fit(basket).transform(basket), columns=encoder.columns_), 0.3, use_colnames=True)
        return items, frequent_patterns.association_rules(items, metric="lift", min_threshold=0.1)

    models = [LogisticRegression(), DecisionTreeClassifier(max_depth=2)]
    return {
        "vote": lambda: classifier.EnsembleVoteClassifier(models).fit(X, Y), "stacking": lambda: classifier.StackingClassifier(models, LogisticRegression()).fit(X, Y), "stacking-cv": lambda: classifier.StackingCVClassifier(models, LogisticRegression(), cv=2, random_state=0).fit(X, Y), "perceptron": lambda: classifier.Perceptron(epochs=2, random_seed=1).fit(X, Y), "logistic": lambda: classifier.LogisticRegression(epochs=2, random_seed=1).fit(X, Y), "softmax": lambda: classifier.SoftmaxRegression(epochs=2, random_seed=1).fit(X, Y), "network": lambda: classifier.MultiLayerPerceptron(epochs=2, random_seed=1).fit(X, Y), "adaline": lambda: classifier.Adaline(epochs=2, random_seed=1).fit(X, Y),
        "one-rule": lambda: classifier.OneRClassifier().fit((X > 0.5).astype(int), Y), "stacking-regressor": lambda: regressor.StackingRegressor([Ridge()], Ridge()).fit(X, X[:, 0]), "stacking-cv-regressor": lambda: regressor.StackingCVRegressor([Ridge()], Ridge(), cv=2, random_state=0).fit(X, X[:, 0]), "linear": lambda: regressor.LinearRegression().fit(X, X[:, 0]), "kmeans": lambda: cluster.Kmeans(2, random_seed=1).fit(X), "pca": lambda: feature_extraction.PrincipalComponentAnalysis(2).fit(X), "lda": lambda: feature_extraction.LinearDiscriminantAnalysis(1).fit(X, Y), "kernel-pca": lambda: feature_extraction.RBFKernelPCA(2).fit(X),
        "sequential": lambda: feature_selection.SequentialFeatureSelector(LogisticRegression(), k_features=2, cv=2).fit(X, Y), "exhaustive": lambda: feature_selection.ExhaustiveFeatureSelector(LogisticRegression(), max_features=1, cv=2, print_progress=False).fit(X, Y), "columns": lambda: feature_selection.ColumnSelector((0, 1)), "transactions": lambda: preprocessing.TransactionEncoder().fit(basket), "copy": lambda: preprocessing.CopyTransformer().fit(X), "dense": lambda: preprocessing.DenseTransformer().fit(X), "rules": lambda: rules()[1], "itemsets": lambda: rules()[0],
    }


def ngboost():
    import ngboost as ng
    from ngboost import distns, scores
    from ngboost.learners import default_linear_learner

    made = {"regressor": lambda: ng.NGBRegressor(n_estimators=3, verbose=False, random_state=1).fit(X, X[:, 0]), "classifier": lambda: ng.NGBClassifier(n_estimators=3, verbose=False, random_state=1).fit(X, Y), "survival": lambda: ng.NGBSurvival(n_estimators=3, verbose=False, random_state=1).fit(X, X[:, 0] + 1, Y), "linear": lambda: ng.NGBRegressor(n_estimators=3, Base=default_linear_learner, verbose=False, random_state=1).fit(X, X[:, 0])}
    for name in "Exponential Gamma Laplace LogNormal Poisson T".split():
        made["dist-" + name.lower()] = lambda name=name: ng.NGBRegressor(n_estimators=2, Dist=getattr(distns, name), verbose=False, random_state=1).fit(X, (X[:, 0] * 5).astype(int) + 1.0)
    made["crps"] = lambda: ng.NGBRegressor(n_estimators=2, Score=scores.CRPScore, verbose=False, random_state=1).fit(X, X[:, 0])
    made["three"] = lambda: ng.NGBClassifier(n_estimators=2, Dist=distns.k_categorical(3), verbose=False, random_state=1).fit(X, np.arange(60) % 3)
    return made


def gplearn():
    from gplearn.functions import make_function
    from gplearn.genetic import SymbolicClassifier, SymbolicRegressor, SymbolicTransformer

    small = {"population_size": 20, "generations": 2, "random_state": 0}
    return {
        "regressor": lambda: SymbolicRegressor(**small).fit(X, X[:, 0] * X[:, 1]), "classifier": lambda: SymbolicClassifier(**small).fit(X, Y), "transformer": lambda: SymbolicTransformer(hall_of_fame=5, n_components=2, **small).fit(X, X[:, 0]), "all-functions": lambda: SymbolicRegressor(function_set=("add", "sub", "mul", "div", "sqrt", "log", "abs", "neg", "inv", "max", "min", "sin", "cos", "tan"), **small).fit(X, X[:, 0]), "own-function": lambda: SymbolicRegressor(function_set=("add", make_function(function=np.logaddexp, name="lae", arity=2)), **small).fit(X, X[:, 0]),
        "program": lambda: SymbolicRegressor(**small).fit(X, X[:, 0])._program, "unfitted": lambda: SymbolicRegressor(), "low-memory": lambda: SymbolicRegressor(low_memory=True, **small).fit(X, X[:, 0]), "metric": lambda: SymbolicRegressor(metric="spearman", **small).fit(X, X[:, 0]),
    }


def mapie():
    from mapie import classification, regression
    from sklearn.linear_model import LinearRegression, LogisticRegression, QuantileRegressor

    labels = np.arange(60) % 3
    if hasattr(regression, "MapieRegressor") and not hasattr(regression, "SplitConformalRegressor"):  # before 1.0
        return {
            "regressor": lambda: regression.MapieRegressor(cv=3, random_state=1).fit(X, X[:, 0]), "regressor-prefit": lambda: regression.MapieRegressor(LinearRegression().fit(X, X[:, 0]), cv="prefit").fit(X, X[:, 0]), "quantile": lambda: regression.MapieQuantileRegressor(QuantileRegressor()).fit(X, X[:, 0], random_state=1), "series": lambda: regression.MapieTimeSeriesRegressor(cv=3).fit(X, X[:, 0]), "classifier": lambda: classification.MapieClassifier(LogisticRegression(), cv=3, random_state=1).fit(X, labels), "classifier-prefit": lambda: classification.MapieClassifier(LogisticRegression().fit(X, labels), cv="prefit").fit(X, labels), "unfitted": lambda: regression.MapieRegressor(),
        }
    return {
        "split-regressor": lambda: regression.SplitConformalRegressor(LinearRegression().fit(X, X[:, 0]), prefit=True).conformalize(X, X[:, 0]), "cross-regressor": lambda: regression.CrossConformalRegressor(LinearRegression(), cv=3).fit_conformalize(X, X[:, 0]), "jackknife": lambda: regression.JackknifeAfterBootstrapRegressor(LinearRegression(), resampling=3).fit_conformalize(X, X[:, 0]), "quantile": lambda: regression.ConformalizedQuantileRegressor(QuantileRegressor()).fit(X, X[:, 0]).conformalize(X, X[:, 0]),
        "split-classifier": lambda: classification.SplitConformalClassifier(LogisticRegression().fit(X, labels), prefit=True).conformalize(X, labels), "cross-classifier": lambda: classification.CrossConformalClassifier(LogisticRegression(), cv=3).fit_conformalize(X, labels), "series": lambda: regression.TimeSeriesRegressor(LinearRegression()).fit(X, X[:, 0]), "unfitted": lambda: regression.SplitConformalRegressor(LinearRegression(), prefit=False),
    }


def kmodes():
    from kmodes.kmodes import KModes
    from kmodes.kprototypes import KPrototypes

    words = np.array([["a", "x"], ["b", "y"], ["a", "y"]] * 10)
    mixed = np.array([[1.0, "a"], [2.0, "b"], [3.0, "a"]] * 10, dtype=object)
    return {
        "modes": lambda: KModes(2, n_init=2, random_state=1).fit(words), "huang": lambda: KModes(2, init="Huang", n_init=1, random_state=1).fit(words), "cao": lambda: KModes(2, init="Cao", random_state=1).fit(words), "random": lambda: KModes(2, init="random", n_init=1, random_state=1).fit(words), "prototypes": lambda: KPrototypes(2, n_init=1, random_state=1).fit(mixed, categorical=[1]), "prototypes-huang": lambda: KPrototypes(2, init="Huang", n_init=1, random_state=1).fit(mixed, categorical=[1]), "unfitted": lambda: KModes(3),
    }


def kneed():
    from kneed import DataGenerator, KneeLocator

    x, y = DataGenerator.figure2()
    return {"knee": lambda: KneeLocator(x, y, S=1.0, curve="concave", direction="increasing"), "elbow": lambda: KneeLocator(range(1, 10), [9, 5, 3, 2, 1.5, 1.2, 1.1, 1.05, 1], curve="convex", direction="decreasing"), "online": lambda: KneeLocator(x, y, online=True), "polynomial": lambda: KneeLocator(x, y, interp_method="polynomial"), "generated": lambda: DataGenerator.bumpy(), "none": lambda: KneeLocator([1, 2, 3], [1, 2, 3])}


def yellowbrick():
    import matplotlib

    matplotlib.use("agg")
    from sklearn.cluster import KMeans
    from sklearn.linear_model import LogisticRegression, Ridge
    from yellowbrick import classifier, cluster, features, model_selection, regressor, target

    def drawn(visualiser, *data):
        visualiser.fit(*data)
        return visualiser

    return {
        "report": lambda: drawn(classifier.ClassificationReport(LogisticRegression()), X, Y), "confusion": lambda: drawn(classifier.ConfusionMatrix(LogisticRegression()), X, Y), "rocauc": lambda: drawn(classifier.ROCAUC(LogisticRegression()), X, Y), "elbow": lambda: drawn(cluster.KElbowVisualizer(KMeans(n_init=1, random_state=0), k=(2, 4)), X), "silhouette": lambda: drawn(cluster.SilhouetteVisualizer(KMeans(2, n_init=1, random_state=0)), X), "residuals": lambda: drawn(regressor.ResidualsPlot(Ridge()), X, X[:, 0]), "rank": lambda: drawn(features.Rank2D(), X, Y), "pca": lambda: drawn(features.PCA(), X, Y), "learning": lambda: drawn(model_selection.LearningCurve(LogisticRegression(), cv=2), X, Y), "balance": lambda: drawn(target.ClassBalance(), Y), "unfitted": lambda: regressor.PredictionError(Ridge()),
    }


def sklearn_pandas():
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import LabelBinarizer, OneHotEncoder, StandardScaler
    from sklearn_pandas import DataFrameMapper, NumericalTransformer, gen_features

    data = frame()
    return {
        "mapper": lambda: DataFrameMapper([(["size"], StandardScaler()), ("colour", LabelBinarizer())]).fit(data), "frame-out": lambda: DataFrameMapper([(["size", "weight"], StandardScaler())], df_out=True).fit(data), "default": lambda: DataFrameMapper([(["size"], None), (["town"], OneHotEncoder())], default=False).fit(data), "chained": lambda: DataFrameMapper([(["size"], [StandardScaler(), StandardScaler()])], sparse=True).fit(data), "pipeline": lambda: make_pipeline(DataFrameMapper([(["size"], StandardScaler())]), LogisticRegression()).fit(data, Y), "generated": lambda: DataFrameMapper(gen_features([["size"], ["weight"]], [StandardScaler])).fit(data), "numerical": lambda: NumericalTransformer("log1p").fit(data[["size"]]),
    }


def scikit_learn_extra():
    from sklearn_extra import cluster, kernel_approximation

    def robust(name):  # does not import with scikit-learn 1.3 and later
        return getattr(__import__("sklearn_extra.robust", fromlist=["x"]), name)

    def eigenpro(name):
        return getattr(__import__("sklearn_extra.kernel_methods", fromlist=["x"]), name)(n_epoch=1, random_state=0)

    return {
        "medoids": lambda: cluster.KMedoids(2, random_state=0).fit(X), "medoids-pam": lambda: cluster.KMedoids(2, method="pam", random_state=0).fit(X), "clara": lambda: cluster.CLARA(2, random_state=0).fit(X), "common-nn": lambda: cluster.CommonNNClustering(eps=0.5).fit(X), "fastfood": lambda: kernel_approximation.Fastfood(n_components=8, random_state=0).fit(X), "robust": lambda: robust("RobustWeightedClassifier")(random_state=0, max_iter=2).fit(X, Y), "robust-regressor": lambda: robust("RobustWeightedRegressor")(random_state=0, max_iter=2).fit(X, X[:, 0]), "robust-clusters": lambda: robust("RobustWeightedKMeans")(2, random_state=0, max_iter=2).fit(X), "eigenpro": lambda: eigenpro("EigenProClassifier").fit(X, Y), "eigenpro-regressor": lambda: eigenpro("EigenProRegressor").fit(X, X[:, 0]),
    }


def sklearn_crfsuite():
    import sklearn_crfsuite
    from sklearn.pipeline import Pipeline

    words = [[{"word": "a", "bias": 1.0}, {"word": "b", "bias": 1.0}]] * 8
    labels = [["B", "O"]] * 8
    made = {name: (lambda name=name: sklearn_crfsuite.CRF(algorithm=name, max_iterations=5).fit(words, labels)) for name in "lbfgs l2sgd ap pa arow".split()}
    made["transitions"] = lambda: sklearn_crfsuite.CRF(all_possible_transitions=True, c1=0.1, c2=0.1).fit(words, labels)
    made["pipeline"] = lambda: Pipeline([("crf", sklearn_crfsuite.CRF())]).fit(words, labels)
    made["unfitted"] = lambda: sklearn_crfsuite.CRF()
    return made


def hdbscan():
    import hdbscan as h

    def used(clusterer):
        clusterer.condensed_tree_, clusterer.single_linkage_tree_
        return clusterer

    return {
        "default": lambda: h.HDBSCAN().fit(X), "prediction": lambda: h.HDBSCAN(prediction_data=True).fit(X), "spanning": lambda: h.HDBSCAN(gen_min_span_tree=True).fit(X), "leaf": lambda: h.HDBSCAN(cluster_selection_method="leaf", min_cluster_size=3).fit(X), "manhattan": lambda: h.HDBSCAN(metric="manhattan").fit(X), "generic": lambda: h.HDBSCAN(algorithm="generic").fit(X), "boruvka": lambda: h.HDBSCAN(algorithm="boruvka_balltree", prediction_data=True).fit(X), "robust": lambda: h.RobustSingleLinkage(k=3).fit(X), "used": lambda: used(h.HDBSCAN().fit(X)), "unfitted": lambda: h.HDBSCAN(), "tree": lambda: h.HDBSCAN().fit(X).condensed_tree_, "linkage": lambda: h.HDBSCAN().fit(X).single_linkage_tree_, "branches": lambda: h.branches.BranchDetector().fit(h.HDBSCAN(branch_detection_data=True).fit(X)),
    }


def umap_learn():
    import scipy.sparse
    import umap

    small = {"n_neighbors": 5, "n_epochs": 5, "random_state": 0, "n_jobs": 1}
    return {
        "default": lambda: umap.UMAP(**small).fit(X), "supervised": lambda: umap.UMAP(**small).fit(X, Y), "cosine": lambda: umap.UMAP(metric="cosine", **small).fit(X), "random": lambda: umap.UMAP(init="random", n_components=3, **small).fit(X), "densmap": lambda: umap.UMAP(densmap=True, **small).fit(X), "sparse": lambda: umap.UMAP(**small).fit(scipy.sparse.csr_matrix(X)), "precomputed": lambda: umap.UMAP(metric="precomputed", **small).fit(np.abs(X[:, :1] - X[:, :1].T)), "transformed": lambda: _after(umap.UMAP(**small).fit(X)), "indexed": lambda: _indexed(umap.UMAP(force_approximation_algorithm=True, **small).fit(X)), "unfitted": lambda: umap.UMAP(),
    }


def _after(model):
    model.transform(X[:5])
    return model


def _indexed(model):
    model.transform(X[:5] + 0.1)
    return model


def catboost():
    import catboost as cb

    quiet = {"iterations": 3, "verbose": False, "allow_writing_files": False, "thread_count": 1}
    return {
        "classifier": lambda: cb.CatBoostClassifier(**quiet).fit(X, Y), "regressor": lambda: cb.CatBoostRegressor(**quiet).fit(X, X[:, 0]), "multi": lambda: cb.CatBoostClassifier(loss_function="MultiClass", **quiet).fit(X, np.arange(60) % 3), "texts": lambda: cb.CatBoostClassifier(**quiet).fit(frame()[["size", "colour"]], Y, cat_features=["colour"]), "evaluated": lambda: cb.CatBoostClassifier(**quiet).fit(X, Y, eval_set=(X, Y)), "quantile": lambda: cb.CatBoostRegressor(loss_function="Quantile:alpha=0.9", **quiet).fit(X, X[:, 0]), "to-classifier": lambda: cb.to_classifier(cb.CatBoost(dict(quiet, loss_function="Logloss")).fit(X, Y)),
    }


def skorch():
    import torch
    from skorch import NeuralNet, NeuralNetBinaryClassifier, NeuralNetClassifier, NeuralNetRegressor, callbacks, dataset, helper, history
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    torch.manual_seed(0)
    x, y, quiet = X.astype("float32"), Y.astype("int64"), {"max_epochs": 1, "verbose": 0}

    def network(out=2):
        return torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, out), *([torch.nn.Softmax(dim=-1)] if out > 1 else []))

    def parameters(path):
        NeuralNetClassifier(network(), **quiet).fit(x, y).save_params(f_params=path)

    def optimiser(path):
        NeuralNetClassifier(network(), **quiet).fit(x, y).save_params(f_optimizer=path)

    return {
        "classifier": lambda: NeuralNetClassifier(network(), **quiet).fit(x, y), "regressor": lambda: NeuralNetRegressor(network(1), **quiet).fit(x, x[:, :1]), "binary": lambda: NeuralNetBinaryClassifier(torch.nn.Sequential(torch.nn.Linear(4, 1), torch.nn.Flatten(0)), **quiet).fit(x, Y.astype("float32")), "net": lambda: NeuralNet(network(1), torch.nn.MSELoss, **quiet).fit(x, x[:, :1]), "adam": lambda: NeuralNetClassifier(network(), optimizer=torch.optim.Adam, lr=0.01, **quiet).fit(x, y), "stopping": lambda: NeuralNetClassifier(network(), callbacks=[callbacks.EarlyStopping(), callbacks.EpochScoring("accuracy"), callbacks.LRScheduler()], **quiet).fit(x, y), "no-split": lambda: NeuralNetClassifier(network(), train_split=None, **quiet).fit(x, y), "pipeline": lambda: make_pipeline(StandardScaler(), NeuralNetClassifier(network(), **quiet)).fit(x, y), "unfitted": lambda: NeuralNetClassifier(torch.nn.Linear, module__in_features=4, module__out_features=2),
        "history": lambda: NeuralNetClassifier(network(), **quiet).fit(x, y).history, "empty-history": lambda: history.History(), "split": lambda: dataset.ValidSplit(3), "predefined": lambda: helper.predefined_split(dataset.Dataset(x, y)), "dataset": lambda: dataset.Dataset(x, y), "slices": lambda: helper.SliceDict(a=x, b=x), "params": (parameters, ".pt"), "optimizer": (optimiser, ".pt"),
    }


def skops():
    import skops.io
    from skops.card import Card
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def written(value):
        return lambda path: skops.io.dump(value, path)

    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, Y)
    return {"card": lambda: Card(model), "card-described": lambda: Card(model).add_metrics(accuracy=0.5).add(**{"Notes": "a text"}), "section": lambda: Card(model).select("Model description"), "pipeline": (written(model), ".skops"), "array": (written({"x": X, "y": [1, "a"]}), ".skops")}


def flaml():
    import flaml
    from flaml import tune

    def automl(task, target, estimators):
        model = flaml.AutoML()
        model.fit(X, target, task=task, estimator_list=estimators, max_iter=2, time_budget=10, verbose=0, n_jobs=1, eval_method="holdout", log_file_name="")
        return model

    made = {
        "automl-lgbm": lambda: automl("classification", Y, ["lgbm"]), "automl-forest": lambda: automl("classification", Y, ["rf"]), "automl-regression": lambda: automl("regression", X[:, 0], ["extra_tree"]), "automl-linear": lambda: automl("classification", Y, ["lrl1"]), "automl-xgboost": lambda: automl("regression", X[:, 0], ["xgboost"]), "model": lambda: automl("classification", Y, ["lgbm"]).model, "unfitted": lambda: flaml.AutoML(), "defaults": lambda: flaml.default.LGBMClassifier(n_estimators=3).fit(X, Y),
        "space": lambda: {"a": tune.uniform(0, 1), "b": tune.randint(1, 5), "c": tune.choice([1, 2]), "d": tune.loguniform(0.1, 1)}, "search": lambda: flaml.BlendSearch(metric="m", mode="min", space={"a": tune.uniform(0, 1)}, low_cost_partial_config={"a": 0.1}), "cfo": lambda: flaml.CFO(metric="m", mode="min", space={"a": tune.uniform(0, 1)}, low_cost_partial_config={"a": 0.1}),
    }

    def pickled(path):
        automl("classification", Y, ["lgbm"]).pickle(path)

    made["automl-own"] = (pickled, ".pkl")
    return made


def tpot():
    from tpot import TPOTClassifier, TPOTRegressor
    from tpot.builtins import CombineDFs, FeatureSetSelector, OneHotEncoder, StackingEstimator, ZeroCount
    from sklearn.tree import DecisionTreeClassifier

    small = {"generations": 1, "population_size": 3, "cv": 2, "random_state": 1, "n_jobs": 1, "config_dict": "TPOT light", "max_time_mins": None}
    return {"pipeline": lambda: TPOTClassifier(**small).fit(X, Y).fitted_pipeline_, "regressor-pipeline": lambda: TPOTRegressor(**small).fit(X, X[:, 0]).fitted_pipeline_, "stacking": lambda: StackingEstimator(DecisionTreeClassifier(max_depth=2)).fit(X, Y), "zero-count": lambda: ZeroCount().fit(X), "one-hot": lambda: OneHotEncoder().fit((X * 3).astype(int)), "combine": lambda: CombineDFs(), "evaluated": lambda: TPOTClassifier(**small).fit(X, Y).evaluated_individuals_, "selector": lambda: FeatureSetSelector("subsets.csv", "test")}


def pyod():
    from importlib import import_module

    made = {}
    table = "abod.ABOD cblof.CBLOF cof.COF copod.COPOD ecod.ECOD feature_bagging.FeatureBagging gmm.GMM hbos.HBOS iforest.IForest inne.INNE kde.KDE knn.KNN kpca.KPCA lmdd.LMDD loda.LODA lof.LOF loci.LOCI lscp.LSCP mad.MAD mcd.MCD ocsvm.OCSVM pca.PCA qmcd.QMCD rod.ROD sampling.Sampling sod.SOD sos.SOS cd.CD dif.DIF auto_encoder.AutoEncoder vae.VAE deep_svdd.DeepSVDD".split()
    small = {"epoch_num": 1, "epochs": 1, "n_estimators": 3, "random_state": 0, "n_ensemble": 2, "n_features": 4, "n_clusters": 2, "verbose": 0}

    def fitted(path):
        import inspect

        module, name = path.split(".")
        cls = getattr(import_module("pyod.models." + module), name)
        known = inspect.signature(cls.__init__).parameters
        given = {key: value for key, value in small.items() if key in known and not (name in ("FeatureBagging", "HBOS", "LODA", "GMM", "PCA") and key == "n_features")}
        if name == "LSCP":
            from pyod.models.knn import KNN
            from pyod.models.lof import LOF

            return cls([KNN(), LOF()], random_state=0).fit(X)
        return cls(**given).fit(X[:, :1] if name == "MAD" else X)

    for path in table:
        made[path.split(".")[0].replace("_", "-")] = lambda path=path: fitted(path)
    made["suod"] = lambda: __import__("pyod.models.suod", fromlist=["x"]).SUOD(n_jobs=1).fit(X)
    return made
