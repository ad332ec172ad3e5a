"""Classes of the user's own: they must give PICKLE-GLOBAL-IMPORT and nothing else."""

import sys
import types

IMPORT = ("PICKLE-GLOBAL-IMPORT",)
SOURCE = '''
class Settings:
    def __init__(self):
        self.rate = 0.1


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a, self.b = 1, 2


class Listed(list):
    pass


class Mapped(dict):
    pass


class Rebuilt:
    def __init__(self, size):
        self.size = size

    def __reduce__(self):
        return Rebuilt, (self.size,)


def scale(x):
    return 2 * x
'''
ESTIMATOR = '''
from sklearn.base import BaseEstimator, TransformerMixin


class Doubler(BaseEstimator, TransformerMixin):
    def __init__(self, factor=2):
        self.factor = factor

    def fit(self, x, y=None):
        self.seen_ = len(x)
        return self

    def transform(self, x):
        return x * self.factor
'''
NETWORK = '''
import torch


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.nn.Linear(4, 2)

    def forward(self, x):
        return self.inner(x)


class Rows(torch.utils.data.Dataset):
    def __init__(self):
        self.rows = torch.ones(3, 2)
'''


def module(name, source):
    made = types.ModuleType(name)
    sys.modules[name] = made
    exec(compile(source, name, "exec"), made.__dict__)
    for value in vars(made).values():
        if getattr(value, "__module__", None) == name:
            value.__qualname__ = value.__name__
    return made


def build(store, options):
    own = module("ourlib.settings", SOURCE)
    sys.modules.setdefault("ourlib", types.ModuleType("ourlib"))
    for name, value in {"settings": own.Settings(), "listed": own.Listed([1]), "mapped": own.Mapped(a=1), "rebuilt": own.Rebuilt(3), "function": own.scale, "class": own.Settings, "several": [own.Settings(), own.Rebuilt(1), {"a": own.scale}]}.items():
        store.spread("custom/" + name, value, IMPORT)
    store.pickled("custom/slotted", own.Slotted(), [2, 4], IMPORT)
    estimators = store.attempt("custom/estimators", lambda: module("ourlib.steps", ESTIMATOR))
    if estimators is not None:
        import numpy as np
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import FunctionTransformer

        x, y = np.random.RandomState(0).rand(20, 3), np.arange(20) % 2
        store.spread("custom/pipeline", make_pipeline(estimators.Doubler(), LogisticRegression()).fit(x, y), IMPORT)
        store.spread("custom/function-transformer", FunctionTransformer(own.scale).fit(x), IMPORT)
    networks = store.attempt("custom/networks", lambda: module("ourlib.networks", NETWORK))
    if networks is not None:
        from store import torch_bytes

        for zipped in (True, False):
            store.bytes("custom/network-%s.pt" % ("zip" if zipped else "legacy"), torch_bytes(networks.Net(), zipped) if zipped else _without_source(networks.Net()), IMPORT)
        store.bytes("custom/dataset.pt", torch_bytes({"data": networks.Rows()}, True), IMPORT)
        store.spread("custom/network-pickled", networks.Net(), IMPORT)


def _without_source(value):
    import warnings

    from store import torch_bytes

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch_bytes(value, False)
