"""Explanations, causal models, checks of data: shap, lime, interpret, econml, dowhy, causalml, evidently and others."""

import logging
import warnings

import numpy as np

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

RNG = np.random.RandomState(0)
X, Y = RNG.rand(60, 4), np.arange(60) % 3 // 2
TREATED = np.arange(60) % 2
OUTCOME = X[:, 0] + TREATED * 0.5 + RNG.rand(60) / 10


def build(store, options):
    store.each("tabular_explain", [shap, lime, interpret, econml, dowhy, causalml, evidently, great_expectations, featuretools, woodwork])


def frame():
    import pandas as pd

    return pd.DataFrame(X, columns=list("abcd")).assign(kind=["red", "green", "blue"] * 20, day=pd.date_range("2020-01-01", periods=60), y=Y)


def shap():
    import shap as s
    from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier, RandomForestRegressor
    from sklearn.linear_model import LinearRegression, LogisticRegression

    forest = RandomForestRegressor(n_estimators=3, max_depth=3, random_state=0).fit(X, OUTCOME)
    linear = LinearRegression().fit(X, OUTCOME)

    def saved(path):
        with open(path, "wb") as file:
            s.LinearExplainer(linear, X).save(file)

    def saved_tree(path):
        with open(path, "wb") as file:
            s.TreeExplainer(forest).save(file)

    return {
        "tree": lambda: s.TreeExplainer(forest), "tree-classifier": lambda: s.TreeExplainer(RandomForestClassifier(n_estimators=2, max_depth=3, random_state=0).fit(X, Y)), "tree-data": lambda: s.TreeExplainer(forest, X[:10]), "boosting": lambda: s.TreeExplainer(GradientBoostingClassifier(n_estimators=2, random_state=0).fit(X, Y)), "linear": lambda: s.LinearExplainer(linear, X), "logistic": lambda: s.LinearExplainer(LogisticRegression().fit(X, Y), X), "kernel": lambda: s.KernelExplainer(linear.predict, X[:10]), "permutation": lambda: s.PermutationExplainer(linear.predict, X[:10]), "sampling": lambda: s.SamplingExplainer(linear.predict, X[:10]), "exact": lambda: s.ExactExplainer(linear.predict, X[:10]), "explainer": lambda: s.Explainer(linear, X), "explanation": lambda: s.TreeExplainer(forest)(X[:5]), "explanation-linear": lambda: s.LinearExplainer(linear, X)(X[:5]), "values": lambda: s.TreeExplainer(forest).shap_values(X[:5]), "masker": lambda: s.maskers.Independent(X[:10]), "partition": lambda: s.maskers.Partition(X[:10]), "boosted": lambda: s.TreeExplainer(__import__("lightgbm").LGBMClassifier(n_estimators=2, min_child_samples=2, verbose=-1, n_jobs=1).fit(X, Y)), "own": (saved, ".shap"), "own-tree": (saved_tree, ".shap"),
    }


def lime():
    from lime.lime_tabular import LimeTabularExplainer
    from lime.lime_text import LimeTextExplainer
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    # The explainers hold lambdas, which pickle refuses; what they explain does not.
    model = LogisticRegression().fit(X, Y)

    def explained(**given):
        return LimeTabularExplainer(X, feature_names=list("abcd"), class_names=["no", "yes"], random_state=1, **given).explain_instance(X[0], model.predict_proba, num_samples=50)

    def text():
        words = make_pipeline(CountVectorizer(), LogisticRegression()).fit(["good day", "bad night"] * 5, [1, 0] * 5)
        return LimeTextExplainer(class_names=["a", "b"], random_state=1).explain_instance("a good night", words.predict_proba, num_samples=20)

    return {"explanation": lambda: explained(), "explanation-decile": lambda: explained(discretizer="decile"), "explanation-continuous": lambda: explained(discretize_continuous=False), "explanation-list": lambda: explained().as_list(), "explanation-map": lambda: explained().as_map(), "explanation-text": text}


def interpret():
    from interpret import blackbox, data, glassbox
    from interpret.ext import glassbox as _  # noqa: F401

    names = list("abcd")
    small = {"max_rounds": 5, "outer_bags": 2, "interactions": 1, "random_state": 1, "n_jobs": 1}
    return {
        "ebm": lambda: glassbox.ExplainableBoostingClassifier(names, **small).fit(X, Y), "ebm-regressor": lambda: glassbox.ExplainableBoostingRegressor(names, **small).fit(X, OUTCOME), "ebm-frame": lambda: glassbox.ExplainableBoostingClassifier(**small).fit(frame()[["a", "kind"]], Y), "ebm-three": lambda: glassbox.ExplainableBoostingClassifier(**dict(small, interactions=0)).fit(X, np.arange(60) % 3), "ebm-global": lambda: glassbox.ExplainableBoostingClassifier(names, **small).fit(X, Y).explain_global(), "ebm-local": lambda: glassbox.ExplainableBoostingClassifier(names, **small).fit(X, Y).explain_local(X[:3], Y[:3]), "linear": lambda: glassbox.LinearRegression(names).fit(X, OUTCOME), "logistic": lambda: glassbox.LogisticRegression(names).fit(X, Y), "tree": lambda: glassbox.ClassificationTree(names).fit(X, Y), "tree-regressor": lambda: glassbox.RegressionTree(names).fit(X, OUTCOME), "marginal": lambda: data.Marginal(names).explain_data(X, Y), "morris": lambda: blackbox.PartialDependence(glassbox.LinearRegression(names).fit(X, OUTCOME).predict, X, names), "unfitted": lambda: glassbox.ExplainableBoostingClassifier(),
    }


def econml():
    from econml import dml, dr, grf, metalearners, policy
    from econml.cate_interpreter import SingleTreeCateInterpreter
    from econml.inference import BootstrapInference
    from econml.iv.dml import OrthoIV
    from econml.score import RScorer
    from econml.sklearn_extensions.linear_model import WeightedLassoCV
    from sklearn.linear_model import LinearRegression, LogisticRegression

    plain = {"model_y": LinearRegression(), "model_t": LogisticRegression(), "discrete_treatment": True, "cv": 2, "random_state": 0}
    return {
        "linear-dml": lambda: dml.LinearDML(**plain).fit(OUTCOME, TREATED, X=X), "sparse-dml": lambda: dml.SparseLinearDML(**plain).fit(OUTCOME, TREATED, X=X), "dml": lambda: dml.DML(model_final=LinearRegression(fit_intercept=False), **plain).fit(OUTCOME, TREATED, X=X), "forest-dml": lambda: dml.CausalForestDML(n_estimators=4, **plain).fit(OUTCOME, TREATED, X=X), "non-parametric": lambda: dml.NonParamDML(model_final=LinearRegression(), **plain).fit(OUTCOME, TREATED, X=X), "kernel-dml": lambda: dml.KernelDML(**plain).fit(OUTCOME, TREATED, X=X), "controls": lambda: dml.LinearDML(**plain).fit(OUTCOME, TREATED, X=X[:, :1], W=X[:, 1:]), "dr": lambda: dr.LinearDRLearner(model_propensity=LogisticRegression(), model_regression=LinearRegression(), cv=2, random_state=0).fit(OUTCOME, TREATED, X=X), "dr-forest": lambda: dr.ForestDRLearner(model_propensity=LogisticRegression(), model_regression=LinearRegression(), cv=2, n_estimators=4, random_state=0).fit(OUTCOME, TREATED, X=X), "s-learner": lambda: metalearners.SLearner(overall_model=LinearRegression()).fit(OUTCOME, TREATED, X=X), "t-learner": lambda: metalearners.TLearner(models=LinearRegression()).fit(OUTCOME, TREATED, X=X), "x-learner": lambda: metalearners.XLearner(models=LinearRegression(), propensity_model=LogisticRegression()).fit(OUTCOME, TREATED, X=X), "domain": lambda: metalearners.DomainAdaptationLearner(models=LinearRegression(), final_models=LinearRegression(), propensity_model=LogisticRegression()).fit(OUTCOME, TREATED, X=X), "grf": lambda: grf.CausalForest(n_estimators=4, random_state=0).fit(X, TREATED, OUTCOME), "regression-forest": lambda: grf.RegressionForest(n_estimators=4, random_state=0).fit(X, OUTCOME), "policy-tree": lambda: policy.PolicyTree(max_depth=2, random_state=0).fit(X, np.column_stack([np.zeros(60), OUTCOME - 1])), "policy-forest": lambda: policy.PolicyForest(n_estimators=4, random_state=0).fit(X, np.column_stack([np.zeros(60), OUTCOME - 1])), "iv": lambda: OrthoIV(discrete_treatment=True, discrete_instrument=True, cv=2, random_state=0).fit(OUTCOME, TREATED, Z=np.arange(60) // 2 % 2, X=X), "bootstrap": lambda: metalearners.TLearner(models=LinearRegression()).fit(OUTCOME, TREATED, X=X, inference=BootstrapInference(2, n_jobs=1)), "lasso": lambda: WeightedLassoCV(cv=2, random_state=0).fit(X, OUTCOME), "effect": lambda: dml.LinearDML(**plain).fit(OUTCOME, TREATED, X=X).effect_inference(X[:3]), "interpreter": lambda: SingleTreeCateInterpreter(max_depth=2).interpret(dml.LinearDML(**plain).fit(OUTCOME, TREATED, X=X), X), "scorer": lambda: RScorer(model_y=LinearRegression(), model_t=LogisticRegression(), discrete_treatment=True, cv=2, random_state=0).fit(OUTCOME, TREATED, X=X),
    }


def dowhy():
    import networkx as nx
    import dowhy as d
    from dowhy import gcm

    data = frame()[["a", "b"]].assign(t=TREATED.astype(bool), y=OUTCOME)

    def model():
        return d.CausalModel(data=data, treatment="t", outcome="y", common_causes=["a", "b"])

    def estimate():
        made = model()
        return made.estimate_effect(made.identify_effect(proceed_when_unidentifiable=True), method_name="backdoor.linear_regression")

    def refuted():
        made = model()
        found = made.identify_effect(proceed_when_unidentifiable=True)
        return made.refute_estimate(found, made.estimate_effect(found, method_name="backdoor.linear_regression"), method_name="random_common_cause", num_simulations=2, random_seed=1)

    def structural():
        causal = gcm.StructuralCausalModel(nx.DiGraph([("a", "b"), ("b", "y")]))
        gcm.auto.assign_causal_mechanisms(causal, data[["a", "b", "y"]])
        gcm.fit(causal, data[["a", "b", "y"]])
        return causal

    return {"model": model, "identified": lambda: model().identify_effect(proceed_when_unidentifiable=True), "estimate": estimate, "refuted": refuted, "structural": structural, "invertible": lambda: gcm.InvertibleStructuralCausalModel(nx.DiGraph([("a", "b")])), "empirical": lambda: _fit(gcm.EmpiricalDistribution(), X[:, 0]), "scipy": lambda: _fit(gcm.ScipyDistribution(), X[:, 0]), "noise-model": lambda: _fit(gcm.AdditiveNoiseModel(gcm.ml.create_linear_regressor()), X[:, :1], X[:, 1]), "classifier": lambda: _fit(gcm.ClassifierFCM(gcm.ml.create_logistic_regression_classifier()), X[:, :1], np.array(["a", "b"])[Y]), "propensity": lambda: _propensity(model()), "graph": lambda: model()._graph}


def _fit(model, *data):
    model.fit(*data)
    return model


def _propensity(made):
    return made.estimate_effect(made.identify_effect(proceed_when_unidentifiable=True), method_name="backdoor.propensity_score_weighting")


def causalml():
    from causalml.inference import meta
    from causalml.inference.tree import CausalRandomForestRegressor, CausalTreeRegressor, UpliftRandomForestClassifier, UpliftTreeClassifier
    from causalml.propensity import ElasticNetPropensityModel
    from causalml.match import NearestNeighborMatch
    from sklearn.linear_model import LinearRegression, LogisticRegression

    names = np.array(["control", "treated"])[TREATED]

    def fitted(model, **given):
        model.fit(X, names, OUTCOME, **given)
        return model

    def tree(model, treatment=names, y=Y):
        model.fit(X, treatment, y)
        return model

    share = np.full(60, 0.5)
    made = {"s": lambda: fitted(meta.BaseSRegressor(LinearRegression(), control_name="control")), "t": lambda: fitted(meta.BaseTRegressor(LinearRegression(), control_name="control")), "x": lambda: fitted(meta.BaseXRegressor(LinearRegression(), control_name="control"), p=share), "r": lambda: fitted(meta.BaseRRegressor(LinearRegression(), control_name="control", random_state=1), p=share), "dr": lambda: fitted(meta.BaseDRRegressor(LinearRegression(), control_name="control"), p=share), "lr": lambda: fitted(meta.LRSRegressor(control_name="control")), "xgb": lambda: fitted(meta.XGBTRegressor(control_name="control", n_estimators=2)), "mlp": lambda: meta.MLPTRegressor(control_name="control")}
    made["s-classifier"] = lambda: tree(meta.BaseSClassifier(LogisticRegression(), control_name="control"))
    made["t-classifier"] = lambda: tree(meta.BaseTClassifier(LogisticRegression(), control_name="control"))
    made.update({"uplift-tree": lambda: tree(UpliftTreeClassifier(control_name="control", max_depth=2, min_samples_leaf=5, random_state=1)), "uplift-forest": lambda: tree(UpliftRandomForestClassifier(control_name="control", n_estimators=2, max_depth=2, min_samples_leaf=5, random_state=1, n_jobs=1)), "causal-tree": lambda: tree(CausalTreeRegressor(control_name=0, random_state=1), TREATED, OUTCOME), "causal-forest": lambda: tree(CausalRandomForestRegressor(control_name=0, n_estimators=2, random_state=1, n_jobs=1), TREATED, OUTCOME), "propensity": lambda: _fit(ElasticNetPropensityModel(random_state=1), X, TREATED), "match": lambda: NearestNeighborMatch(random_state=1)})
    return made


def evidently():
    import evidently as e
    from evidently import presets

    data = frame()[["a", "b", "kind", "y"]]

    def dataset():
        return e.Dataset.from_pandas(data, data_definition=e.DataDefinition(numerical_columns=["a", "b"], categorical_columns=["kind"]))

    def column(name):
        from evidently import metrics

        return getattr(metrics, name)(column="a")

    return {"definition": lambda: e.DataDefinition(numerical_columns=["a"]), "dataset": dataset, "report": lambda: e.Report([presets.DataSummaryPreset()]), "drift": lambda: e.Report([presets.DataDriftPreset()]), "result": lambda: e.Report([presets.DataSummaryPreset()]).run(dataset(), None).dict(), "regression": lambda: e.Regression(target="a", prediction="b"), "classification": lambda: e.BinaryClassification(target="y", prediction_labels="y"), "metric": lambda: [column("MeanValue"), column("MaxValue"), column("QuantileValue")], "drift-run": lambda: e.Report([presets.DataDriftPreset()]).run(dataset(), dataset())}


def great_expectations():
    import great_expectations as gx
    from great_expectations import expectations as ex
    from great_expectations.core import ExpectationSuite, ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    def validated():
        context = gx.get_context(mode="ephemeral")
        batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame()[["a", "kind"]]})
        return batch.validate(ex.ExpectColumnValuesToNotBeNull(column="a"))

    return {"suite": lambda: ExpectationSuite("suite"), "suite-filled": lambda: ExpectationSuite("suite", expectations=[ex.ExpectColumnToExist(column="a"), ex.ExpectColumnValuesToBeBetween(column="a", min_value=0, max_value=1)]), "configuration": lambda: ExpectationConfiguration(type="expect_column_to_exist", kwargs={"column": "a"}), "expectation": lambda: ex.ExpectColumnValuesToNotBeNull(column="a"), "result": lambda: ExpectationValidationResult(success=True, expectation_config=ExpectationConfiguration(type="expect_column_to_exist", kwargs={"column": "a"}), result={"observed_value": 1}), "validated": validated, "result-json": lambda: validated().to_json_dict(), "suite-json": lambda: ExpectationSuite("suite", expectations=[ex.ExpectColumnToExist(column="a")]).to_json_dict()}


def featuretools():
    import featuretools as ft
    import pandas as pd
    from featuretools import primitives

    def entities():
        made = ft.EntitySet("shop")
        made.add_dataframe(dataframe_name="orders", dataframe=pd.DataFrame({"order": range(6), "customer": [0, 1, 2] * 2, "price": X[:6, 0], "when": pd.date_range("2020", periods=6)}), index="order", time_index="when")
        made.add_dataframe(dataframe_name="customers", dataframe=pd.DataFrame({"customer": range(3), "town": ["a", "b", "c"]}), index="customer")
        made.add_relationship("customers", "customer", "orders", "customer")
        return made

    def features():
        return ft.dfs(entityset=entities(), target_dataframe_name="customers", max_depth=2, features_only=True)

    def saved(path):
        ft.save_features(features(), path)

    return {"entities": entities, "features": features, "matrix": lambda: ft.dfs(entityset=entities(), target_dataframe_name="customers", max_depth=1)[0], "feature": lambda: features()[0], "primitives": lambda: [primitives.Mean(), primitives.Count(), primitives.Month(), primitives.TimeSince(), primitives.Trend(), primitives.NumUnique()], "relationship": lambda: entities().relationships[0], "time": lambda: ft.Timedelta(3, "days"), "identity": lambda: ft.Feature(entities()["orders"].ww["price"]), "aggregated": lambda: ft.Feature(entities()["orders"].ww["price"], parent_dataframe_name="customers", primitive=primitives.Sum), "own": (saved, ".json")}


def woodwork():
    import pandas as pd
    import woodwork as ww
    from woodwork import logical_types

    def initialised(**given):
        data = frame()
        data.ww.init(name="frame", **given)
        return data

    return {"frame": lambda: initialised(), "typed": lambda: initialised(logical_types={"kind": "Categorical", "y": "Boolean"}, index="day"), "schema": lambda: initialised().ww.schema, "series": lambda: ww.init_series(pd.Series(["a", "b", "a"]), "Categorical"), "column-schema": lambda: ww.column_schema.ColumnSchema(logical_type=logical_types.Double(), semantic_tags={"numeric"}), "table-schema": lambda: ww.table_schema.TableSchema(["a"], {"a": logical_types.Integer()}), "types": lambda: [logical_types.Categorical(), logical_types.Datetime(), logical_types.Ordinal(order=["a", "b"]), logical_types.NaturalLanguage(), logical_types.LatLong(), logical_types.EmailAddress()], "classes": lambda: [logical_types.Integer, logical_types.Double]}
