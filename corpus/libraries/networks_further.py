"""Networks, forecasters, optimisers and tools of science beyond the other modules, each as its documents save it."""

import warnings

import numpy as np

warnings.simplefilter("ignore")

X, Y = np.random.RandomState(0).rand(60, 4), np.arange(60) % 3 // 2


def build(store, options):
    store.each("networks_further", [pycox, pytorch_metric_learning, tensordict, mmengine, open_clip, gluonts, optax, flax, darts, neuralforecast, emcee, dynesty, pgmpy, ConfigSpace, pymoo, awkward, scikit_network, faiss, cornac, nilearn, mne, mesa, simpy, pulp, cvxpy, bm25s, smac, nevergrad, dalex])


def pycox():
    import torch
    import torchtuples as tt
    from pycox import models

    def net(outputs):
        torch.manual_seed(0)
        return tt.practical.MLPVanilla(4, [8], outputs, True, 0.1)

    return {
        "coxph.pt": lambda: models.CoxPH(net(1), tt.optim.Adam).net, "weights.pt": lambda: models.CoxPH(net(1), tt.optim.Adam).net.state_dict(), "model-net": (lambda path: models.DeepHitSingle(net(5), tt.optim.Adam, duration_index=np.arange(5.0)).save_net(path), ".pt"),
        "transform": lambda: models.LogisticHazard.label_transform(5), "coxtime": lambda: models.CoxTime.label_transform(),
    }


def pytorch_metric_learning():
    from pytorch_metric_learning import distances, losses, miners, reducers

    made = {name.lower() + ".pt": lambda name=name: getattr(losses, name)() for name in "TripletMarginLoss ContrastiveLoss NTXentLoss MultiSimilarityLoss CircleLoss SupConLoss".split()}
    made.update({"arcface.pt": lambda: losses.ArcFaceLoss(3, 4), "arcface-weights.pt": lambda: losses.ArcFaceLoss(3, 4).state_dict(), "miner.pt": lambda: miners.MultiSimilarityMiner(), "distance.pt": lambda: distances.CosineSimilarity(), "reducer.pt": lambda: reducers.ThresholdReducer(low=0.1)})
    return made


def tensordict():
    import torch
    from tensordict import TensorDict
    from tensordict.nn import TensorDictModule

    data = TensorDict({"a": torch.zeros(3, 2), "b": {"c": torch.ones(3)}}, batch_size=[3])
    return {"data.pt": lambda: data, "locked.pt": lambda: data.clone().lock_(), "module.pt": lambda: TensorDictModule(torch.nn.Linear(2, 2), in_keys=["a"], out_keys=["d"]), "data": lambda: data, "weights.pt": lambda: TensorDict.from_module(torch.nn.Linear(2, 2))}


def mmengine():
    import torch
    from mmengine.config import Config, ConfigDict
    from mmengine.logging import HistoryBuffer
    from mmengine.model import BaseModule
    from mmengine.runner import save_checkpoint

    history = HistoryBuffer([1.0, 2.0], [1, 1])
    meta = {"epoch": 1, "iter": 5, "cfg": "a = 1", "seed": 0, "experiment_name": "run"}
    return {
        "checkpoint": (lambda path: save_checkpoint({"meta": meta, "state_dict": torch.nn.Linear(2, 2).state_dict(), "message_hub": {"log_scalars": {"train/loss": history}, "runtime_info": {"iter": 5}, "resumed_keys": {}}}, path), ".pth"),
        "config": lambda: Config({"a": 1, "b": {"c": [1, 2]}}), "dict": lambda: ConfigDict(a=1, b={"c": 2}), "history": lambda: history, "module.pt": lambda: BaseModule(),
    }


def open_clip():
    import torch
    from open_clip.model import CLIP, CLIPTextCfg, CLIPVisionCfg

    def model():
        torch.manual_seed(0)
        return CLIP(8, CLIPVisionCfg(layers=1, width=16, head_width=8, image_size=16, patch_size=8), CLIPTextCfg(context_length=8, vocab_size=32, width=16, heads=2, layers=1))

    return {"checkpoint.pt": lambda: {"epoch": 1, "name": "run", "state_dict": model().state_dict(), "optimizer": torch.optim.AdamW(model().parameters()).state_dict()}, "model.pt": model}


def gluonts():
    from gluonts.dataset.common import ListDataset
    from gluonts.model.forecast import QuantileForecast, SampleForecast
    from gluonts.transform import AddObservedValuesIndicator, Chain, ExpectedNumInstanceSampler, InstanceSplitter
    import pandas as pd

    start = pd.Period("2020-01-01", freq="D")
    return {
        "dataset": lambda: ListDataset([{"start": "2020-01-01", "target": [1.0, 2.0, 3.0]}], freq="D"), "samples": lambda: SampleForecast(samples=X, start_date=start), "quantiles": lambda: QuantileForecast(X[:2], start, ["0.1", "0.9"]),
        "transform": lambda: Chain([AddObservedValuesIndicator("target", "observed"), InstanceSplitter("target", "is_pad", "start", "forecast_start", ExpectedNumInstanceSampler(1.0), 5, 2)]),
    }


def optax():
    import jax.numpy as jnp
    import optax as o

    weights = {"w": jnp.zeros((2, 2)), "b": jnp.zeros(2)}
    return {name: lambda name=name: getattr(o, name)(0.1).init(weights) for name in "adam adamw sgd rmsprop lion adagrad".split()}


def flax():
    import jax
    import jax.numpy as jnp
    from flax import linen
    from flax.training.train_state import TrainState
    import optax as o

    model = linen.Dense(2)
    weights = model.init(jax.random.PRNGKey(0), jnp.zeros((1, 2)))
    return {"weights": lambda: weights, "numpy": lambda: jax.tree_util.tree_map(np.asarray, weights), "module": lambda: model, "array": lambda: jnp.arange(4.0), "frozen": lambda: __import__("flax").core.freeze(weights)}


def darts():
    from darts import TimeSeries
    from darts.dataprocessing.transformers import Scaler
    from darts.models import ExponentialSmoothing, LinearRegressionModel, NaiveDrift, NaiveMean, NaiveSeasonal, Theta
    import pandas as pd

    series = TimeSeries.from_times_and_values(pd.date_range("2020-01-01", periods=48, freq="D"), np.sin(np.arange(48)) + 3)
    made = {"series": lambda: series, "scaler": lambda: _made(Scaler(), series), "series-file": (series.to_pickle, ".pkl")}
    for name, model in (("drift", NaiveDrift), ("mean", NaiveMean), ("seasonal", lambda: NaiveSeasonal(7)), ("smoothing", ExponentialSmoothing), ("linear", lambda: LinearRegressionModel(lags=5)), ("theta", lambda: Theta(seasonality_period=7))):
        made[name] = (lambda path, model=model: _made(model(), series).save(path), ".pkl")
    return made


def _made(model, *given):
    model.fit(*given)
    return model


def neuralforecast():
    import torch
    from neuralforecast.models import MLP, NHITS, DLinear

    return {name + ".pt": lambda model=model: model(h=2, input_size=4, max_steps=1).state_dict() for name, model in (("mlp", MLP), ("nhits", NHITS), ("dlinear", DLinear))} | {"loss.pt": lambda: __import__("neuralforecast.losses.pytorch", fromlist=["MAE"]).MAE()}


def emcee():
    import emcee as e

    def sampled():
        sampler = e.EnsembleSampler(8, 2, _log)
        sampler._random = np.random.RandomState(0)
        return sampler.run_mcmc(np.random.RandomState(0).rand(8, 2), 5)

    return {"state": sampled, "backend": lambda: e.backends.Backend(), "move": lambda: e.moves.StretchMove()}


def _log(point):
    return -0.5 * float(np.sum(point**2))


def dynesty():
    import dynesty as d
    from dynesty.utils import Results  # noqa: F401

    def sampled():
        sampler = d.NestedSampler(_log, lambda u: u, 2, nlive=20, rstate=np.random.default_rng(0))
        sampler.run_nested(maxiter=10, print_progress=False)
        return sampler.results

    return {"results": sampled}


def pgmpy():
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.models import DiscreteBayesianNetwork, DiscreteMarkovNetwork, LinearGaussianBayesianNetwork

    def network():
        model = DiscreteBayesianNetwork([("a", "b")])
        model.add_cpds(TabularCPD("a", 2, [[0.4], [0.6]]), TabularCPD("b", 2, [[0.1, 0.9], [0.9, 0.1]], ["a"], [2]))
        return model

    return {"network": network, "cpd": lambda: TabularCPD("a", 2, [[0.4], [0.6]]), "markov": lambda: network().to_markov_model(), "gaussian": lambda: LinearGaussianBayesianNetwork([("a", "b")]), "empty": lambda: DiscreteMarkovNetwork([("a", "b")])}


def ConfigSpace():
    from ConfigSpace import ConfigurationSpace, Categorical, EqualsCondition, Float, Integer

    space = ConfigurationSpace({"a": (0.1, 1.5), "b": (1, 10), "c": ["x", "y"]}, seed=0)
    return {"space": lambda: space, "configuration": lambda: space.sample_configuration(), "float": lambda: Float("f", (0.1, 1), log=True), "integer": lambda: Integer("i", (1, 5)), "categorical": lambda: Categorical("k", ["p", "q"], weights=[0.2, 0.8]), "default": lambda: space.get_default_configuration()}


def pymoo():
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.result import Result  # noqa: F401
    from pymoo.optimize import minimize
    from pymoo.problems import get_problem

    def run():
        return minimize(get_problem("zdt1", n_var=4), NSGA2(pop_size=8), ("n_gen", 2), seed=1, verbose=False)

    return {"population": lambda: run().pop, "optimum": lambda: run().opt, "front": lambda: run().F, "algorithm": lambda: NSGA2(pop_size=8), "result": run}


def awkward():
    import awkward as a

    return {"jagged": lambda: a.Array([[1, 2], [], [3]]), "records": lambda: a.Array([{"x": 1, "y": [1.5]}, {"x": 2, "y": []}]), "text": lambda: a.Array(["one", "two"]), "record": lambda: a.Record({"x": 1})}


def scikit_network():
    from sknetwork import clustering, embedding, ranking
    from sknetwork.data import karate_club

    graph = karate_club()
    return {"louvain": lambda: _made(clustering.Louvain(random_state=0), graph), "pagerank": lambda: _made(ranking.PageRank(), graph), "spectral": lambda: _made(embedding.Spectral(2), graph), "svd": lambda: _made(embedding.SVD(2), graph), "propagation": lambda: _made(clustering.PropagationClustering(), graph)}


def faiss():
    import faiss as f

    def filled(index):
        index.add(X.astype("float32"))
        return index

    return {"serialized": lambda: f.serialize_index(filled(f.IndexFlatL2(4))), "index": (lambda path: f.write_index(filled(f.IndexFlatL2(4)), path), ".faiss"), "pickled": lambda: filled(f.IndexFlatL2(4)), "hnsw": lambda: filled(f.IndexHNSWFlat(4, 4))}


def cornac():
    from cornac import models
    from cornac.data import Dataset

    data = Dataset.from_uir([("u%d" % (i % 7), "i%d" % (i % 5), 1.0 + i % 5) for i in range(20)], seed=0)
    return {name.lower(): lambda name=name: getattr(models, name)(**({} if name in ("MostPop", "GlobalAvg") else {"max_iter": 2, "seed": 0})).fit(data) for name in "MostPop GlobalAvg MF PMF BPR".split()} | {"dataset": lambda: data}


def nilearn():
    import nibabel
    from nilearn.maskers import NiftiMasker

    image = nibabel.Nifti1Image(np.ones((4, 4, 4), "int8"), np.eye(4))
    return {"masker": lambda: NiftiMasker(mask_img=image, standardize=None).fit(), "unfitted": lambda: NiftiMasker()}


def mne():
    import mne as m

    def raw():
        return m.io.RawArray(X.T, m.create_info(["a", "b", "c", "d"], 10.0, "eeg"), verbose=False)

    return {"info": lambda: m.create_info(["a"], 10.0, "eeg"), "raw": raw, "montage": lambda: m.channels.make_standard_montage("standard_1020"), "annotations": lambda: m.Annotations([1], [2], ["x"])}


def mesa():
    import mesa as m

    return {"model": lambda: m.Model(seed=0), "collector": lambda: m.DataCollector()}


def simpy():
    import simpy as s

    return {"environment": lambda: s.Environment(initial_time=3)}


def pulp():
    import pulp as p

    def problem():
        made = p.LpProblem("test", p.LpMinimize)
        x = p.LpVariable("x", 0, 3)
        made += x
        made += x >= 1
        return made

    return {"problem": problem, "dict": lambda: problem().to_dict()}


def cvxpy():
    import cvxpy as c

    def problem():
        x = c.Variable(2)
        return c.Problem(c.Minimize(c.sum_squares(x - 1)), [x >= 0])

    return {"problem": problem, "variable": lambda: c.Variable(2), "parameter": lambda: c.Parameter(2)}


def bm25s():
    import bm25s as b

    def indexed(path=None):
        made = b.BM25()
        made.index(b.tokenize(["a cat and a dog", "the bird sings"], show_progress=False), show_progress=False)
        return made

    return {"index": indexed, "tokens": lambda: b.tokenize(["a cat and a dog"], show_progress=False)}


def smac():
    from ConfigSpace import ConfigurationSpace
    from smac import RunHistory, Scenario

    return {"history": lambda: RunHistory(), "scenario": lambda: Scenario(ConfigurationSpace({"a": (0.1, 1.5)}, seed=0), n_trials=3)}


def nevergrad():
    import nevergrad as n

    def parameters():
        return n.p.Instrumentation(n.p.Array(shape=(2,)), y=n.p.Scalar(lower=0, upper=1), z=n.p.Choice(["a", "b"]))

    return {"parameters": parameters, "optimizer": lambda: n.optimizers.OnePlusOne(parametrization=2, budget=5), "array": lambda: n.p.Array(shape=(2,))}


def dalex():
    import dalex as d
    from sklearn.linear_model import LogisticRegression

    explainer = d.Explainer(LogisticRegression().fit(X, Y), X, Y, verbose=False)
    return {"explainer": (lambda path: open(path, "wb").write(explainer.dumps()), ".pkl"), "parts": lambda: explainer.model_parts(N=10, B=1), "performance": lambda: explainer.model_performance()}
