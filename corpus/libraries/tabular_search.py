"""What searches leave behind: studies, trials, samplers, spaces, populations; and models that rank and recommend."""

import warnings

import numpy as np

warnings.simplefilter("ignore")

X, Y = np.random.RandomState(0).rand(40, 4), np.arange(40) % 2


def build(store, options):
    store.each("tabular_search", [optuna, scikit_optimize, hyperopt, bayesian_optimization, deap, rank_bm25, scikit_surprise, implicit, lightfm])


def bowl(x):
    return float((x[0] - 1) ** 2)


def optuna():
    import optuna as o
    from optuna import distributions, pruners, samplers, trial

    o.logging.set_verbosity(o.logging.ERROR)

    def target(given):
        return given.suggest_float("x", -5, 5) ** 2 + given.suggest_int("n", 1, 4) + len(given.suggest_categorical("kind", ["a", "bb"]))

    def studied(sampler, **settings):
        study = o.create_study(sampler=sampler, study_name="study", **settings)
        study.set_user_attr("who", "me")
        study.optimize(target, n_trials=6)
        return study

    def two(given):
        x = given.suggest_float("x", 0, 1)
        return x, 1 - x

    def several():
        study = o.create_study(directions=["minimize", "maximize"], sampler=samplers.NSGAIISampler(seed=1, population_size=4), study_name="two")
        study.optimize(two, n_trials=8)
        return study

    def pruned():
        def climbing(given):
            for step in range(3):
                given.report(step, step)
                if given.should_prune():
                    raise o.TrialPruned()
            return given.suggest_float("x", 0, 1)

        study = o.create_study(sampler=samplers.RandomSampler(seed=1), pruner=pruners.MedianPruner(n_startup_trials=1), study_name="pruned")
        study.optimize(climbing, n_trials=4)
        return study

    made = {
        "tpe": lambda: studied(samplers.TPESampler(seed=1)), "random": lambda: studied(samplers.RandomSampler(seed=1)), "qmc": lambda: studied(samplers.QMCSampler(seed=1)), "tpe-multivariate": lambda: studied(samplers.TPESampler(seed=1, multivariate=True, group=True, n_startup_trials=2)), "nsga": several, "pruned": pruned, "trials": lambda: studied(samplers.RandomSampler(seed=1)).trials, "best": lambda: studied(samplers.RandomSampler(seed=1)).best_trial, "frame": lambda: studied(samplers.RandomSampler(seed=1)).trials_dataframe(), "maximise": lambda: studied(samplers.RandomSampler(seed=2), direction="maximize"),
        "sampler-tpe": lambda: samplers.TPESampler(seed=1), "sampler-random": lambda: samplers.RandomSampler(seed=1), "sampler-nsga": lambda: samplers.NSGAIISampler(seed=1), "sampler-nsga3": lambda: samplers.NSGAIIISampler(seed=1), "sampler-grid": lambda: samplers.GridSampler({"x": [0, 1]}, seed=1), "sampler-qmc": lambda: samplers.QMCSampler(seed=1), "sampler-brute": lambda: samplers.BruteForceSampler(seed=1), "sampler-fixed": lambda: samplers.PartialFixedSampler({"x": 1}, samplers.RandomSampler(seed=1)), "sampler-gp": lambda: samplers.GPSampler(seed=1), "sampler-cmaes": lambda: samplers.CmaEsSampler(seed=1),
        "pruners": lambda: [pruners.MedianPruner(), pruners.HyperbandPruner(), pruners.SuccessiveHalvingPruner(), pruners.PercentilePruner(25.0), pruners.ThresholdPruner(lower=0.1), pruners.NopPruner(), pruners.PatientPruner(pruners.MedianPruner(), 2)], "pruner-wilcoxon": lambda: pruners.WilcoxonPruner(), "distributions": lambda: {"x": distributions.FloatDistribution(0, 1), "n": distributions.IntDistribution(1, 9), "k": distributions.CategoricalDistribution(["a", None, 1.5])}, "created": lambda: trial.create_trial(params={"x": 1.0}, distributions={"x": distributions.FloatDistribution(0, 2)}, value=1.0), "states": lambda: list(trial.TrialState), "fixed": lambda: trial.FixedTrial({"x": 1}), "storage": lambda: studied(samplers.RandomSampler(seed=1))._storage, "gp": lambda: studied(samplers.GPSampler(seed=1, n_startup_trials=3)),
    }

    def searched():
        from optuna.integration import OptunaSearchCV
        from sklearn.linear_model import Ridge

        return OptunaSearchCV(Ridge(), {"alpha": distributions.FloatDistribution(0.1, 1)}, n_trials=2, cv=2, random_state=1).fit(X, X[:, 0])

    made["search"] = searched
    return made


def scikit_optimize():
    import skopt
    from skopt import callbacks, learning, sampler, space
    from sklearn.linear_model import Ridge

    def result(search):
        return search(bowl, [(-2.0, 2.0)], n_calls=6, random_state=1, n_initial_points=3)

    def asked():
        optimizer = skopt.Optimizer([(-2.0, 2.0), (1, 5), ["a", "b"]], base_estimator="ET", n_initial_points=3, random_state=1)
        for _ in range(5):
            point = optimizer.ask()
            optimizer.tell(point, bowl(point))
        return optimizer

    def dumped(path):
        skopt.dump(result(skopt.forest_minimize), path, store_objective=False)

    def dumped_gz(path):
        skopt.dump(result(skopt.gp_minimize), path, store_objective=False, compress=9)

    def bare(search):
        found = result(search)
        del found.specs["args"]["func"]
        return found

    return {
        "gp": lambda: bare(skopt.gp_minimize), "forest": lambda: bare(skopt.forest_minimize), "optimizer": asked, "space": lambda: space.Space([(0.0, 1.0), (1, 9), ["a", "b"], space.Real(0.1, 10, "log-uniform")]), "dimensions": lambda: [space.Real(0, 1, name="r"), space.Integer(1, 5, name="i"), space.Categorical([1, "a"], name="c")], "search": lambda: skopt.BayesSearchCV(Ridge(), {"alpha": (0.1, 1.0, "log-uniform")}, n_iter=4, cv=2, random_state=1).fit(X, X[:, 0]), "samplers": lambda: [sampler.Lhs(), sampler.Sobol(), sampler.Halton(), sampler.Hammersly(), sampler.Grid()], "gp-model": lambda: learning.GaussianProcessRegressor().fit(X, X[:, 0]), "forest-model": lambda: learning.RandomForestRegressor(n_estimators=2, random_state=0).fit(X, X[:, 0]), "timer": lambda: callbacks.TimerCallback(), "own": (dumped, ".pkl"), "own-gz": (dumped_gz, ".pkl.gz"),
    }


def hyperopt():
    import hyperopt as h

    space = {"x": h.hp.uniform("x", -2, 2), "n": h.hp.choice("n", [1, 2, {"deep": h.hp.quniform("q", 0, 10, 1)}])}

    def run(suggest):
        trials = h.Trials()
        h.fmin(lambda given: given["x"] ** 2, space, algo=suggest, max_evals=6, trials=trials, rstate=np.random.default_rng(1), show_progressbar=False, verbose=False)
        return trials

    return {"tpe": lambda: run(h.tpe.suggest), "random": lambda: run(h.rand.suggest), "anneal": lambda: run(h.anneal.suggest), "space": lambda: space, "logged": lambda: {"a": h.hp.loguniform("a", -2, 0), "b": h.hp.normal("b", 0, 1), "c": h.hp.randint("c", 5), "d": h.hp.lognormal("d", 0, 1), "e": h.hp.pchoice("e", [(0.2, 1), (0.8, 2)])}, "trials": lambda: run(h.rand.suggest).trials, "best": lambda: run(h.rand.suggest).argmin, "empty": lambda: h.Trials(), "converted": lambda: h.pyll.as_apply({"a": [1, 2], "b": (3, "c")})}


def bayesian_optimization():
    import bayes_opt as b
    from bayes_opt import acquisition

    def maximised(**settings):
        optimizer = b.BayesianOptimization(f=None, pbounds={"x": (-2, 2), "y": (0, 1)}, random_state=1, verbose=0, **settings)
        for _ in range(4):
            point = optimizer.suggest()
            optimizer.register(params=point, target=-point["x"] ** 2)
        return optimizer

    def saved(path):
        maximised().save_state(path)

    return {"optimizer": lambda: maximised(), "ucb": lambda: maximised(acquisition_function=acquisition.UpperConfidenceBound(kappa=2.5)), "ei": lambda: maximised(acquisition_function=acquisition.ExpectedImprovement(xi=0.01)), "poi": lambda: maximised(acquisition_function=acquisition.ProbabilityOfImprovement(xi=0.01)), "hedge": lambda: maximised(acquisition_function=acquisition.GPHedge([acquisition.UpperConfidenceBound(), acquisition.ExpectedImprovement(xi=0.1)])), "space": lambda: maximised().space, "results": lambda: maximised().res, "best": lambda: maximised().max, "reduced": lambda: maximised(bounds_transformer=b.SequentialDomainReductionTransformer()), "typed": lambda: b.BayesianOptimization(f=None, pbounds={"n": (1, 5, int), "c": ("a", "b")}, random_state=1, verbose=0), "own": (saved, ".json")}


def deap():
    import random

    from deap import algorithms, base, cma, creator, gp, tools

    random.seed(1)
    np.random.seed(1)
    if not hasattr(creator, "FitnessMax"):
        creator.create("FitnessMax", base.Fitness, weights=(1.0,))
        creator.create("Individual", list, fitness=creator.FitnessMax)
    box = base.Toolbox()
    box.register("bit", random.randint, 0, 1)
    box.register("individual", tools.initRepeat, creator.Individual, box.bit, 6)
    box.register("population", tools.initRepeat, list, box.individual)
    box.register("mate", tools.cxTwoPoint)
    box.register("mutate", tools.mutFlipBit, indpb=0.1)
    box.register("select", tools.selTournament, tournsize=3)

    def evolved():
        counting = base.Toolbox()
        counting.__dict__.update(box.__dict__)
        counting.register("evaluate", _total)
        hall, statistics = tools.HallOfFame(2), tools.Statistics(_fitness)
        statistics.register("mean", np.mean)
        population, book = algorithms.eaSimple(box.population(6), counting, 0.5, 0.2, 3, stats=statistics, halloffame=hall, verbose=False)
        return population, book, hall

    def trees():
        primitives = gp.PrimitiveSet("MAIN", 1)
        primitives.addPrimitive(np.add, 2)
        primitives.addPrimitive(np.negative, 1)
        primitives.addTerminal(1.0)
        return primitives

    return {"population": lambda: evolved()[0], "logbook": lambda: evolved()[1], "hall": lambda: evolved()[2], "checkpoint": lambda: dict(zip(("population", "logbook", "halloffame"), evolved()), generation=3, rndstate=random.getstate()), "front": lambda: _updated(tools.ParetoFront(), evolved()[0]), "statistics": lambda: _registered(tools), "fitness": lambda: evolved()[0][0].fitness, "history": lambda: tools.History(), "toolbox": lambda: box, "cma": lambda: cma.Strategy([0.0] * 3, 1.0), "primitives": trees, "tree": lambda: gp.PrimitiveTree(gp.genFull(trees(), 1, 2))}


def _total(individual):
    return (sum(individual),)


def _fitness(individual):
    return individual.fitness.values


def _updated(hall, population):
    hall.update(population)
    return hall


def _registered(tools):
    statistics = tools.Statistics(len)
    statistics.register("mean", np.mean)
    return statistics


def rank_bm25():
    from rank_bm25 import BM25L, BM25Okapi, BM25Plus

    words = [["hello", "there", "good", "man"], ["it", "is", "quite", "windy"], ["how", "is", "the", "weather"]] * 3
    return {"okapi": lambda: BM25Okapi(words), "l": lambda: BM25L(words), "plus": lambda: BM25Plus(words), "tuned": lambda: BM25Okapi(words, k1=1.2, b=0.5), "small": lambda: BM25Okapi(words[:2]), "with-words": lambda: {"bm25": BM25Okapi(words), "corpus": words}}


def scikit_surprise():
    import pandas as pd
    import surprise as s
    from surprise import dump, model_selection

    rng = np.random.RandomState(0)
    frame = pd.DataFrame({"user": rng.randint(0, 10, 80), "item": rng.randint(0, 12, 80), "rating": rng.randint(1, 6, 80).astype(float)}).drop_duplicates(["user", "item"])
    data = s.Dataset.load_from_df(frame, s.Reader(rating_scale=(1, 5)))
    train = data.build_full_trainset()
    made = {}
    for name, given in {"SVD": {"n_factors": 3, "n_epochs": 2, "random_state": 1}, "SVDpp": {"n_factors": 3, "n_epochs": 2, "random_state": 1}, "NMF": {"n_factors": 3, "n_epochs": 2, "random_state": 1}, "KNNBasic": {"verbose": False}, "KNNWithMeans": {"verbose": False}, "KNNWithZScore": {"verbose": False}, "KNNBaseline": {"verbose": False}, "BaselineOnly": {"verbose": False}, "SlopeOne": {}, "CoClustering": {"n_epochs": 2, "random_state": 1}, "NormalPredictor": {}}.items():
        made[name.lower()] = lambda name=name, given=given: getattr(s, name)(**given).fit(train)

    def dumped(path):
        algorithm = s.SVD(n_factors=3, n_epochs=2, random_state=1).fit(train)
        dump.dump(path, predictions=algorithm.test(train.build_testset()[:5]), algo=algorithm)

    made.update({"trainset": lambda: train, "reader": lambda: s.Reader(), "prediction": lambda: s.SVD(n_factors=3, n_epochs=2, random_state=1).fit(train).predict(1, 2), "dataset": lambda: data, "grid": lambda: _searched(model_selection.GridSearchCV(s.SVD, {"n_epochs": [1], "n_factors": [2]}, cv=2), data), "fold": lambda: model_selection.KFold(3, random_state=1), "unfitted": lambda: s.SVD(), "own": (dumped, "")})
    return made


def _searched(search, data):
    search.fit(data)
    return search


def implicit():
    import scipy.sparse
    from implicit import als, approximate_als, bpr, lmf, nearest_neighbours

    ratings = scipy.sparse.random(20, 15, 0.3, format="csr", random_state=1, dtype="float32")

    def fitted(model):
        model.fit(ratings, show_progress=False)
        return model

    def saved(path):
        fitted(als.AlternatingLeastSquares(4, iterations=2, random_state=1, use_gpu=False)).save(path)

    def saved_items(path):
        fitted(nearest_neighbours.CosineRecommender(3)).save(path)

    return {"als": lambda: fitted(als.AlternatingLeastSquares(4, iterations=2, random_state=1, use_gpu=False)), "bpr": lambda: fitted(bpr.BayesianPersonalizedRanking(4, iterations=2, random_state=1, use_gpu=False)), "lmf": lambda: fitted(lmf.LogisticMatrixFactorization(4, iterations=2, random_state=1)), "cosine": lambda: fitted(nearest_neighbours.CosineRecommender(3)), "tfidf": lambda: fitted(nearest_neighbours.TFIDFRecommender(3)), "bm25": lambda: fitted(nearest_neighbours.BM25Recommender(3)), "items": lambda: nearest_neighbours.ItemItemRecommender(3), "unfitted": lambda: als.AlternatingLeastSquares(4, use_gpu=False), "weighted": lambda: nearest_neighbours.bm25_weight(ratings), "own": (saved, ".npz"), "own-items": (saved_items, ".npz")}


def lightfm():
    from lightfm import LightFM
    from lightfm.data import Dataset

    def data():
        made = Dataset()
        made.fit(users=range(10), items=range(8), item_features=["red", "green"])
        return made

    def fitted(**settings):
        interactions, weights = data().build_interactions([(user, (user * 3 + k) % 8) for user in range(10) for k in range(3)])
        return LightFM(no_components=4, random_state=1, **settings).fit(interactions, epochs=2)

    return {"warp": lambda: fitted(loss="warp"), "bpr": lambda: fitted(loss="bpr"), "logistic": lambda: fitted(), "k-os": lambda: fitted(loss="warp-kos"), "adadelta": lambda: fitted(learning_schedule="adadelta"), "dataset": data, "mapping": lambda: data().mapping(), "unfitted": lambda: LightFM()}
