"""scikit-learn: every estimator that can be fitted on small data, pipelines, searches, scorers, kernels, losses."""

import inspect
import pkgutil
from importlib import import_module

import numpy as np
import sklearn
from sklearn.base import BaseEstimator

from store import COMPRESSORS


def listed():
    try:
        from sklearn.utils import all_estimators

        return all_estimators()
    except ImportError:  # before 0.22 it needs a test runner
        found = {}
        for info in pkgutil.walk_packages(sklearn.__path__, "sklearn.", onerror=lambda name: None):
            if ".tests" in info.name or ".externals" in info.name or "setup" in info.name or "__check_build" in info.name:
                continue
            try:
                module = import_module(info.name)
            except Exception:
                continue
            for value in vars(module).values():
                if inspect.isclass(value) and issubclass(value, BaseEstimator) and not inspect.isabstract(value) and value.__module__.startswith("sklearn.") and not value.__name__.startswith("_"):
                    found[value.__name__] = value
        return sorted(found.items())


def arguments(regression):
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.preprocessing import StandardScaler

    inner = Ridge() if regression else LogisticRegression()
    other = Ridge(alpha=2.0) if regression else LogisticRegression(C=2.0)
    return {
        "estimator": inner, "base_estimator": inner, "estimators": [("a", inner), ("b", other)], "steps": [("scale", StandardScaler()), ("model", inner)], "transformers": [("t", StandardScaler(), [0, 1])],
        "transformer_list": [("a", StandardScaler()), ("b", StandardScaler(with_mean=False))], "param_grid": {"alpha" if regression else "C": [0.1, 1.0]}, "param_distributions": {"alpha" if regression else "C": [0.1, 1.0]},
        "dictionary": np.eye(4), "components": np.eye(4), "score_func": None,
    }


def make(name, cls):
    """An instance with the smallest settings that the class takes."""
    regression = "Regress" in name or name in ("RegressorChain",)
    given = {}
    parameters = inspect.signature(cls.__init__).parameters
    table = arguments(regression)
    for parameter in list(parameters.values())[1:]:
        if parameter.default is parameter.empty and parameter.name in table:
            given[parameter.name] = table[parameter.name]
    small = {"n_estimators": 3, "max_iter": 40, "n_components": 2, "random_state": 0, "cv": 2, "n_clusters": 2, "min_samples": 2, "perplexity": 3, "n_neighbors": 3, "verbose": 0}
    if cls.__module__.split(".")[1] in ("ensemble", "neural_network", "decomposition", "mixture", "manifold", "cluster", "gaussian_process", "semi_supervised", "feature_selection"):
        for key, value in small.items():
            if key in parameters and key not in given and not (key == "max_iter" and "HistGradient" in name):
                given[key] = value
    if "HistGradient" in name:
        given.update(max_iter=3)
    try:
        return cls(**given)
    except TypeError:
        return cls(**{key: value for key, value in given.items() if key in table})


def data():
    rng = np.random.RandomState(0)
    x = rng.rand(40, 4)
    y = np.arange(40) % 2
    return [
        (x, y), (x, x[:, 0]), (np.abs(x), np.c_[y, 1 - y]), (x, x[:, :2]), (["a b", "b c", "c d a"] * 14, None), ([{"a": 1, "b": "x"}] * 6, None),
        (x[:, 0], x[:, 1]), ((x > 0.5).astype(int), y), (y, None), ([["a"], ["b"]] * 6, None), (x @ x.T, y), ([("a", "b"), ("a",)] * 6, None), (["a", "b"] * 6, None),
    ]


def fitted(model, name, sets):
    order = sets
    if "Regress" in name:
        order = [sets[1], sets[3]] + sets
    for given, labels in order:
        try:
            if labels is None:
                return model.fit(given)
            return model.fit(given, labels)
        except Exception:
            continue
    return None


def extras(x, y):
    """Compositions as people save them."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor, RandomForestClassifier
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.feature_selection import SelectKBest, chi2
    from sklearn.gaussian_process import GaussianProcessRegressor, kernels
    from sklearn.linear_model import LogisticRegression, Ridge, SGDClassifier
    from sklearn.metrics import accuracy_score, f1_score, make_scorer
    from sklearn.model_selection import GridSearchCV, KFold, RandomizedSearchCV, StratifiedKFold, TimeSeriesSplit
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, PolynomialFeatures, StandardScaler
    from sklearn.svm import SVC
    from sklearn.tree import DecisionTreeClassifier
    from scipy import stats

    docs = ["a good film", "a bad film", "good", "bad bad"] * 5
    labels = [1, 0, 1, 0] * 5
    made = {
        "pipeline": lambda: make_pipeline(StandardScaler(), PCA(2), LogisticRegression()).fit(x, y), "pipeline-text": lambda: make_pipeline(TfidfVectorizer(), MultinomialNB()).fit(docs, labels),
        "pipeline-select": lambda: make_pipeline(SelectKBest(chi2, k=2), SVC(probability=True)).fit(np.abs(x), y), "union": lambda: make_union(PCA(2), SelectKBest(k=1)).fit(x, y), "polynomial": lambda: make_pipeline(PolynomialFeatures(2), Ridge()).fit(x, x[:, 0]),
        "columns": lambda: _columns()([("n", StandardScaler(), [0, 1]), ("c", OneHotEncoder(handle_unknown="ignore"), [2])], remainder="passthrough").fit(np.c_[x[:, :2], y]),
        "function-log": lambda: FunctionTransformer(np.log1p).fit(np.abs(x)), "function-none": lambda: FunctionTransformer().fit(x),
        "grid": lambda: GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=3).fit(x, y), "grid-pipeline": lambda: GridSearchCV(make_pipeline(StandardScaler(), SVC()), {"svc__C": [1, 2]}, cv=StratifiedKFold(3)).fit(x, y),
        "grid-scorers": lambda: GridSearchCV(LogisticRegression(), {"C": [1.0]}, scoring={"a": make_scorer(accuracy_score), "f": make_scorer(f1_score)}, refit="a", cv=3).fit(x, y), "grid-named-scorer": lambda: GridSearchCV(Ridge(), {"alpha": [1.0]}, scoring="neg_mean_squared_error", cv=KFold(3)).fit(x, x[:, 0]),
        "random-search": lambda: RandomizedSearchCV(SVC(), {"C": stats.expon(scale=10), "gamma": stats.uniform(0.1, 1)}, n_iter=2, random_state=0, cv=2).fit(x, y), "random-search-ints": lambda: RandomizedSearchCV(DecisionTreeClassifier(), {"max_depth": stats.randint(1, 5)}, n_iter=2, random_state=0, cv=2).fit(x, y),
        "kernels": lambda: [kernels.ConstantKernel(1.0) * kernels.RBF(0.5) + kernels.WhiteKernel(), kernels.Matern(), kernels.RationalQuadratic(), kernels.ExpSineSquared(), kernels.DotProduct(), kernels.PairwiseKernel(), kernels.RBF() ** 2], "gaussian-process": lambda: GaussianProcessRegressor(kernels.RBF() + kernels.WhiteKernel()).fit(x, x[:, 0]),
        "forest-multi": lambda: RandomForestClassifier(5, random_state=0).fit(x, np.c_[y, y]), "forest-text-labels": lambda: RandomForestClassifier(5, random_state=0).fit(x, np.where(y, "yes", "no")), "boosting-three": lambda: GradientBoostingClassifier(n_estimators=3).fit(x, np.arange(40) % 3), "boosting-init": lambda: GradientBoostingRegressor(n_estimators=2, init=Ridge()).fit(x, x[:, 0]),
        "neighbours-metric": lambda: KNeighborsClassifier(metric="manhattan", algorithm="ball_tree").fit(x, y), "neighbours-tree": lambda: KNeighborsClassifier(algorithm="kd_tree").fit(x, y), "kmeans": lambda: KMeans(2, n_init=1, random_state=0).fit(x), "splitters": lambda: [KFold(3), StratifiedKFold(3, shuffle=True, random_state=0), TimeSeriesSplit(2)],
        "unfitted": lambda: [LogisticRegression(), RandomForestClassifier(), SVC()], "bundle": lambda: {"model": LogisticRegression().fit(x, y), "columns": ["a", "b"], "threshold": 0.5, "metrics": {"auc": np.float64(0.9)}},
    }
    for loss in "hinge log_loss log modified_huber squared_hinge perceptron squared_error squared_loss huber epsilon_insensitive squared_epsilon_insensitive".split():
        made["sgd-" + loss] = lambda loss=loss: SGDClassifier(loss=loss).fit(x, y)
    for loss in "squared_error ls absolute_error lad huber quantile".split():
        made["boosting-" + loss] = lambda loss=loss: GradientBoostingRegressor(loss=loss, n_estimators=2).fit(x, x[:, 0])
    for loss in "squared_error absolute_error poisson quantile gamma".split():
        made["hist-" + loss] = lambda loss=loss: _hist(loss).fit(x, np.abs(x[:, 0]) + 0.1)
    try:
        import sklearn.datasets

        made["bunch"] = lambda: sklearn.datasets.load_iris()
        made["set-output"] = lambda: make_pipeline(StandardScaler(), PCA(2)).set_output(transform="pandas").fit(x, y)
        made["frame-names"] = lambda: LogisticRegression().fit(_frame(x), y)
        made["metadata"] = lambda: LogisticRegression().set_fit_request(sample_weight=False).fit(x, y)
    except ImportError:
        pass
    return made


def _columns():
    from sklearn.compose import ColumnTransformer

    return ColumnTransformer


def _hist(loss):
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(loss=loss, max_iter=2, **({"quantile": 0.5} if loss == "quantile" else {}))


def _frame(x):
    import pandas

    return pandas.DataFrame(x, columns=list("abcd"))


def build(store, options):
    sets = data()
    x, y = sets[0]
    for name, cls in listed():
        if not cls.__module__.startswith("sklearn.") or name.startswith("_"):
            continue
        label = "estimators/" + name
        model = store.attempt(label, lambda: make(name, cls))
        if model is None:
            continue
        model = fitted(model, name, sets)
        if model is None:
            store.skipped.append("%s: fits none of the data sets" % label)
            continue
        store.spread(label, model)
    for name, maker in sorted(extras(x, y).items()):
        value = store.attempt("estimators/" + name, maker)
        if value is None:
            continue
        store.spread("estimators/" + name, value)
        if name in ("pipeline", "forest-multi"):
            store.every("estimators/%s-each" % name, value)
            for compressor in COMPRESSORS:
                store.joblib("estimators/%s-each" % name, value, compressor)
