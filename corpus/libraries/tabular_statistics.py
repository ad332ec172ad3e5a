"""Statistical models and their results: survival, panels, additive models, formulas."""

import warnings

import numpy as np

warnings.simplefilter("ignore")

RNG = np.random.RandomState(0)
X, Y = RNG.rand(60, 4), np.arange(60) % 3 // 2


def build(store, options):
    store.each("tabular_statistics", [lifelines, scikit_survival, linearmodels, pygam, patsy, formulaic])


def frame():
    import pandas as pd

    return pd.DataFrame(X, columns=list("abcd")).assign(y=Y, kind=["red", "green", "blue"] * 20)


def lifelines():
    import lifelines as l

    times, seen = X[:, 0] * 10 + 0.1, (np.arange(60) % 4 > 0).astype(int)
    data = frame()[["b", "c"]].assign(T=times, E=seen)
    made = {}
    for name in "KaplanMeierFitter NelsonAalenFitter BreslowFlemingHarringtonFitter ExponentialFitter WeibullFitter LogNormalFitter LogLogisticFitter GeneralizedGammaFitter".split():
        made[name.lower().replace("fitter", "")] = lambda name=name: getattr(l, name)().fit(times, seen)
    for name in "CoxPHFitter WeibullAFTFitter LogNormalAFTFitter LogLogisticAFTFitter".split():
        made[name.lower().replace("fitter", "")] = lambda name=name: getattr(l, name)().fit(data, "T", "E")
    made.update({
        "aalen": lambda: l.AalenAdditiveFitter(coef_penalizer=1.0).fit(data, "T", "E"), "piecewise": lambda: l.PiecewiseExponentialFitter([3, 6]).fit(times, seen), "piecewise-regression": lambda: l.PiecewiseExponentialRegressionFitter([3], penalizer=0.1).fit(data, "T", "E"), "spline": lambda: l.SplineFitter([1, 5, 9]).fit(times, seen), "mixture": lambda: l.MixtureCureFitter(l.WeibullFitter()).fit(times, seen), "cox-formula": lambda: l.CoxPHFitter(penalizer=0.1).fit(data, "T", "E", formula="b + c"), "cox-strata": lambda: l.CoxPHFitter(penalizer=0.1).fit(data.assign(s=Y), "T", "E", strata=["s"]), "cox-spline": lambda: l.CoxPHFitter(baseline_estimation_method="spline", n_baseline_knots=3, penalizer=0.1).fit(data, "T", "E"), "competing": lambda: l.AalenJohansenFitter(seed=1).fit(times, np.arange(60) % 3, 1), "log-rank": lambda: __import__("lifelines.statistics", fromlist=["x"]).logrank_test(times[:30], times[30:], seen[:30], seen[30:]), "unfitted": lambda: l.CoxPHFitter(), "interval": lambda: l.WeibullFitter().fit_interval_censoring(times, times + 1), "time-varying": lambda: l.CoxTimeVaryingFitter(penalizer=0.1).fit(data.assign(id=range(60), start=0.0), id_col="id", event_col="E", start_col="start", stop_col="T"),
    })
    return made


def scikit_survival():
    from sksurv import compare, ensemble, functions, linear_model, meta, nonparametric, preprocessing, svm, tree, util  # noqa: F401
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    y = util.Surv.from_arrays(np.arange(60) % 4 > 0, X[:, 0] * 10 + 0.1)
    small = {"n_estimators": 3, "random_state": 0}
    return {
        "cox": lambda: linear_model.CoxPHSurvivalAnalysis().fit(X[:, 1:], y), "coxnet": lambda: linear_model.CoxnetSurvivalAnalysis(fit_baseline_model=True).fit(X[:, 1:], y), "ipc-ridge": lambda: linear_model.IPCRidge().fit(X[:, 1:], y), "tree": lambda: tree.SurvivalTree(max_depth=2, random_state=0).fit(X, y), "extra-tree": lambda: tree.ExtraSurvivalTree(max_depth=2, random_state=0).fit(X, y), "forest": lambda: ensemble.RandomSurvivalForest(**small).fit(X, y), "extra-forest": lambda: ensemble.ExtraSurvivalTrees(**small).fit(X, y), "boosting": lambda: ensemble.GradientBoostingSurvivalAnalysis(**small).fit(X, y), "components": lambda: ensemble.ComponentwiseGradientBoostingSurvivalAnalysis(**small).fit(X, y), "svm": lambda: svm.FastSurvivalSVM(random_state=0, max_iter=20).fit(X, y), "svm-kernel": lambda: svm.FastKernelSurvivalSVM(random_state=0, max_iter=20).fit(X, y), "hinge": lambda: svm.HingeLossSurvivalSVM().fit(X[:20], y[:20]), "naive": lambda: svm.NaiveSurvivalSVM(random_state=0, max_iter=20).fit(X, y), "km-function": lambda: functions.StepFunction(np.arange(3.0), np.array([1.0, 0.5, 0.2])), "survival-functions": lambda: linear_model.CoxPHSurvivalAnalysis().fit(X[:, 1:], y).predict_survival_function(X[:2, 1:]), "outcome": lambda: y, "pipeline": lambda: make_pipeline(StandardScaler(), linear_model.CoxPHSurvivalAnalysis()).fit(X[:, 1:], y), "censoring": lambda: nonparametric.CensoringDistributionEstimator().fit(y), "survival-estimator": lambda: nonparametric.SurvivalFunctionEstimator().fit(y), "one-hot": lambda: preprocessing.OneHotEncoder().fit(frame()[["a", "kind"]].astype({"kind": "category"})), "stacking": lambda: meta.Stacking(linear_model.CoxPHSurvivalAnalysis(), [("a", linear_model.CoxPHSurvivalAnalysis(alpha=1.0))], probabilities=False).fit(X[:, 1:], y),
    }


def linearmodels():
    import linearmodels as lm
    import pandas as pd

    data = frame().assign(const=1.0, entity=np.repeat(range(10), 6), time=list(pd.date_range("2020", periods=6, freq="YS")) * 10).set_index(["entity", "time"])
    flat = frame().assign(const=1.0)
    returns = pd.DataFrame(RNG.randn(60, 5)), pd.DataFrame(RNG.randn(60, 2))
    return {
        "panel": lambda: lm.PanelOLS(data["a"], data[["const", "b"]], entity_effects=True).fit(), "clustered": lambda: lm.PanelOLS(data["a"], data[["b"]], time_effects=True).fit(cov_type="clustered", cluster_entity=True), "random": lambda: lm.RandomEffects(data["a"], data[["const", "b"]]).fit(), "pooled": lambda: lm.PooledOLS(data["a"], data[["const", "b"]]).fit(), "between": lambda: lm.BetweenOLS(data["a"], data[["const", "b"]]).fit(), "difference": lambda: lm.FirstDifferenceOLS(data["a"], data[["b"]]).fit(), "fama-macbeth": lambda: lm.FamaMacBeth(data["a"], data[["const", "b"]]).fit(), "iv2sls": lambda: lm.IV2SLS(flat["a"], flat[["const", "b"]], flat[["c"]], flat[["d"]]).fit(), "ivliml": lambda: lm.IVLIML(flat["a"], flat[["const", "b"]], flat[["c"]], flat[["d"]]).fit(), "ivgmm": lambda: lm.IVGMM(flat["a"], flat[["const", "b"]], flat[["c"]], flat[["d"]]).fit(), "sur": lambda: lm.SUR({"one": {"dependent": flat["a"], "exog": flat[["const", "b"]]}, "two": {"dependent": flat["c"], "exog": flat[["const", "d"]]}}).fit(), "absorbing": lambda: lm.AbsorbingLS(flat["a"], flat[["const", "b"]], absorb=flat[["kind"]].astype("category")).fit(), "factor": lambda: lm.LinearFactorModel(*returns).fit(), "formula": lambda: lm.PanelOLS.from_formula("a ~ 1 + b + EntityEffects", data).fit(), "model": lambda: lm.PanelOLS(data["a"], data[["const", "b"]]), "iv-formula": lambda: lm.IV2SLS.from_formula("a ~ 1 + b + [c ~ d]", flat).fit(),
    }


def pygam():
    import pygam as g

    small = {"max_iter": 30}
    return {"linear": lambda: g.LinearGAM(n_splines=6, **small).fit(X, X[:, 0]), "logistic": lambda: g.LogisticGAM(n_splines=6, **small).fit(X, Y), "poisson": lambda: g.PoissonGAM(n_splines=6, **small).fit(X, (X[:, 0] * 5).astype(int)), "gamma": lambda: g.GammaGAM(n_splines=6, **small).fit(X, X[:, 0] + 1), "inverse": lambda: g.InvGaussGAM(n_splines=6, **small).fit(X, X[:, 0] + 1), "expectile": lambda: g.ExpectileGAM(n_splines=6, **small).fit(X, X[:, 0]), "terms": lambda: g.LinearGAM(g.s(0, n_splines=5) + g.l(1) + g.f(2) + g.te(0, 1, n_splines=4), **small).fit(np.column_stack([X[:, :2], np.arange(60) % 3]), X[:, 0]), "gam": lambda: g.GAM(distribution="normal", link="identity", **small).fit(X, X[:, 0]), "searched": lambda: g.LinearGAM(n_splines=5).gridsearch(X, X[:, 0], lam=[0.1, 1.0], progress=False), "constraints": lambda: g.LinearGAM(g.s(0, constraints="monotonic_inc", n_splines=5)).fit(X[:, :1], X[:, 0]), "unfitted": lambda: g.LinearGAM()}


def patsy():
    import patsy as p  # what it makes refuses to be pickled, but for the values themselves

    data = frame()
    return {"values": lambda: np.asarray(p.dmatrix("b + C(kind)", data)), "frame": lambda: p.dmatrix("b + kind", data, return_type="dataframe")}


def formulaic():
    import formulaic as f

    data = frame()
    return {"formula": lambda: f.Formula("a ~ b + C(kind)"), "simple": lambda: f.Formula("1 + b + c:d"), "matrix": lambda: f.model_matrix("b + C(kind)", data), "both": lambda: f.model_matrix("a ~ b + kind", data), "spec": lambda: f.model_matrix("b + C(kind)", data).model_spec, "spec-both": lambda: f.model_matrix("a ~ b", data).model_spec, "numpy": lambda: f.model_matrix("b + c", data, output="numpy"), "sparse": lambda: f.model_matrix("b + kind", data, output="sparse"), "poly": lambda: f.model_matrix("poly(b, 2) + bs(c, df=4) + scale(d)", data).model_spec, "term": lambda: f.Formula("a:b")[1], "terms": lambda: list(f.Formula("a + b + a:b")), "contrasts": lambda: f.model_matrix("C(kind, contr.sum)", data).model_spec}
