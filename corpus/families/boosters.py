"""xgboost, lightgbm and catboost: estimators and bare boosters, alone and in pipelines."""

import numpy as np


def build(store, options):
    rng = np.random.RandomState(0)
    x, y = rng.rand(40, 4), np.arange(40) % 2
    for make in (xgboosts, lightgbms, catboosts):
        made = store.attempt("boosters/" + make.__name__, lambda: make(x, y))
        for name, maker in (made or {}).items():
            value = store.attempt("boosters/" + name, maker)
            if value is not None:
                store.spread("boosters/" + name, value)


def piped(model, x, y):
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), model).fit(x, y)


def xgboosts(x, y):
    import xgboost as xgb

    return {
        "xgb-classifier": lambda: xgb.XGBClassifier(n_estimators=3).fit(x, y), "xgb-regressor": lambda: xgb.XGBRegressor(n_estimators=3).fit(x, x[:, 0]), "xgb-ranker": lambda: xgb.XGBRanker(n_estimators=2).fit(x, y, group=[20, 20]),
        "xgb-rf": lambda: xgb.XGBRFClassifier(n_estimators=3).fit(x, y), "xgb-three": lambda: xgb.XGBClassifier(n_estimators=2).fit(x, np.arange(40) % 3), "xgb-booster": lambda: xgb.train({"objective": "binary:logistic"}, xgb.DMatrix(x, y), 3),
        "xgb-linear": lambda: xgb.XGBRegressor(booster="gblinear", n_estimators=2).fit(x, x[:, 0]), "xgb-dart": lambda: xgb.XGBClassifier(booster="dart", n_estimators=2).fit(x, y), "xgb-pipeline": lambda: piped(xgb.XGBClassifier(n_estimators=2), x, y), "xgb-unfitted": lambda: xgb.XGBClassifier(max_depth=3),
        "xgb-callbacks": lambda: xgb.XGBClassifier(n_estimators=4, callbacks=[xgb.callback.EarlyStopping(2)]).fit(x, y, eval_set=[(x, y)], verbose=False), "xgb-rf-regressor": lambda: xgb.XGBRFRegressor(n_estimators=2).fit(x, x[:, 0]),
    }


def lightgbms(x, y):
    import lightgbm as lgb

    quiet = {"verbose": -1, "min_child_samples": 2, "n_jobs": 1}
    return {
        "lgb-classifier": lambda: lgb.LGBMClassifier(n_estimators=3, **quiet).fit(x, y), "lgb-regressor": lambda: lgb.LGBMRegressor(n_estimators=3, **quiet).fit(x, x[:, 0]), "lgb-ranker": lambda: lgb.LGBMRanker(n_estimators=2, **quiet).fit(x, y, group=[20, 20]),
        "lgb-booster": lambda: lgb.train({"objective": "binary", "verbose": -1}, lgb.Dataset(x, y), 3), "lgb-pipeline": lambda: piped(lgb.LGBMClassifier(n_estimators=2, **quiet), x, y), "lgb-unfitted": lambda: lgb.LGBMRegressor(),
        "lgb-evaluated": lambda: lgb.LGBMClassifier(n_estimators=3, **quiet).fit(x, y, eval_set=[(x, y)]), "lgb-three": lambda: lgb.LGBMClassifier(n_estimators=2, **quiet).fit(x, np.arange(40) % 3),
    }


def catboosts(x, y):
    import catboost as cb

    quiet = {"iterations": 3, "verbose": False, "allow_writing_files": False, "thread_count": 1}
    return {
        "cat-classifier": lambda: cb.CatBoostClassifier(**quiet).fit(x, y), "cat-regressor": lambda: cb.CatBoostRegressor(**quiet).fit(x, x[:, 0]), "cat-base": lambda: cb.CatBoost(quiet).fit(x, x[:, 0]), "cat-ranker": lambda: cb.CatBoostRanker(**quiet).fit(x, y, group_id=np.repeat([0, 1], 20)),
        "cat-pipeline": lambda: piped(cb.CatBoostClassifier(**quiet), x, y), "cat-unfitted": lambda: cb.CatBoostClassifier(depth=3), "cat-categories": lambda: cb.CatBoostClassifier(**quiet).fit([["a", 1], ["b", 2]] * 20, list(y), cat_features=[0]),
    }
