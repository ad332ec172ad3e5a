"""Builds the allowlist's data from the real libraries.

Two steps, because the libraries need different Pythons:

    python generate.py collect OUT.json     inside each environment (Python 3.6 and later)
    python generate.py write A.json B.json  anywhere; merges and writes catalogue/data/allow

`collect` makes default saves and records the globals in them with a reader that resolves
nothing, and adds by introspection the classes of those families that meet the criterion
of packages/core/src/catalogue/lookup.ts as a family. Of each class it reads
__new__, __init__, __setstate__ and the item methods, and drops those that could do more than
store what they are given (`SUSPECT`), unless REVIEWED below says why they do no harm.

It installs nothing. The requirement files beside it say what each environment holds; environments.py makes them one
after the other and collects in each:

    python environments.py FOLDER --find-links FOLDER_WITH_TORCH
    python generate.py write FOLDER/*.json
"""

import enum
import importlib
import inspect
import io
import json
import pickle
import pkgutil
import re
import sys
import types
import warnings
import zipfile
from pathlib import Path

warnings.simplefilter("ignore")

HERE = Path(__file__).resolve().parent

# ---- judging classes -------------------------------------------------------------------------

#: The methods that a pickle can make run on a class or an instance of it.
HOOKS = (
    "__new__ __init__ __post_init__ __setstate__ __setitem__ append extend add update "
    "__setattr__ __getattr__ __hash__ __eq__ __del__"
).split()
#: The same for an instance that is made by __new__ without arguments, gets a state and no items.
#: What an allowed callable that it is given may run (`list` iterates, `str` shows, numpy asks for an array) counts too.
EMPTY_HOOKS = (
    "__new__ __setstate__ __setattr__ __getattr__ __getattribute__ __hash__ __eq__ __del__ __call__ "
    "__iter__ __next__ __len__ __getitem__ __contains__ keys __int__ __float__ __index__ __bool__ __str__ __repr__ __array__ __fspath__"
).split()
#: Text in such a method that calls for a reader.
SUSPECT = re.compile(
    r"(?<![.\w])getattr\s*\((?![^()\n]*,\s*[\"'])|(?<![.\w])setattr\s*\((?!self,)|"
    # code that copies a given object runs its reducers, and so __setstate__ with a state of choice
    r"\bdeepcopy\s*\(|(?<![.\w])(?:clone|copy)\s*\(|copy\.copy\s*\(|(?<!super\(\))\.__setstate__\s*\(|\.__reduce\w*\s*\(|(?<!self)\.__class__\s*\(|"
    r"\b(eval|exec|compile|open|__import__|import_module|system|popen|Popen|subprocess|"
    r"load|loads|load_model|read_csv|memmap|fromfile|globals|locals|socket|urlopen|download|"
    r"init_process_group|get_default_group|ctypes|cdll)\s*\("
)

#: Classes whose hooks look suspect and were read: qualified name of the method -> why it does no harm.
REVIEWED = json.loads((HERE / "reviewed.json").read_text()) if (HERE / "reviewed.json").exists() else {}


#: How far calls are followed from a hook into the methods and functions of the same package.
DEPTH = 3
CALLED = re.compile(r"(?<![.\w])(self\.|cls\.|super\(\)\.|)([A-Za-z_]\w*)\s*\(")


def code_of(function):
    try:
        source = inspect.getsource(function)
    except (TypeError, OSError):
        return None  # compiled: judged as a family
    return re.sub(r"#.*", "", re.sub(r'"""(?:.|\n)*?"""', "", source))


def reaches(cls, function, depth, seen):
    """Suspect text in a function, or in what it calls, with the calls that lead there."""
    function = inspect.unwrap(getattr(function, "__func__", function))
    if not inspect.isfunction(function) or function in seen:
        return []
    seen.add(function)
    name = "%s.%s" % (function.__module__, function.__qualname__)
    code = code_of(function)
    if code is None or name in REVIEWED:
        return []
    hit = SUSPECT.search(code)
    found = ["%s: %s" % (name, hit.group(0))] if hit else []
    if depth == 0:
        return found
    package = function.__module__.split(".")[0]
    for owner, callee in sorted(set(CALLED.findall(code))):
        target = function.__globals__.get(callee) if owner == "" else getattr(cls, callee, None)
        if inspect.isclass(target) and getattr(target, "__module__", "").split(".")[0] == package:
            target = target.__dict__.get("__init__")
        target = getattr(target, "__func__", target)
        if inspect.isfunction(target) and target.__module__.split(".")[0] == package:
            found += reaches(cls, target, depth - 1, seen)
    return found


def suspects(cls, hooks=HOOKS):
    """Hooks of a class, its bases included, that call for a reader."""
    found = []
    seen = set()
    for base in cls.__mro__:
        if base is object or base.__module__ in ("builtins", "collections", "abc", "typing"):
            continue
        for hook in hooks:
            function = base.__dict__.get(hook)
            if function is not None:
                found += reaches(cls, function, DEPTH, seen)
    return sorted(set(found))


class Collector:
    """What one environment has to say."""

    def __init__(self):
        self.names = {}  # family -> {(module, name)}
        self.review = {}  # "module.name" -> suspects
        self.recorded = {}  # (module, name) -> sources
        self.problems = []

    def add(self, family, cls, module=None, name=None):
        module = module or cls.__module__
        name = name or cls.__qualname__
        if "<" in name:
            return
        if inspect.isclass(cls):
            found = suspects(cls)
            if found:
                self.review["%s.%s" % (module, name)] = found
                return
        self.names.setdefault(family, set()).add((module, name))

    def add_empty(self, family, cls, module=None):
        """A class that saves only make without its constructor: of its hooks only those count that still run."""
        if "<" in cls.__qualname__ or issubclass(cls, BaseException):
            return
        found = suspects(cls, EMPTY_HOOKS)
        name = "%s.%s" % (module or cls.__module__, cls.__qualname__)
        if found:
            self.review[name] = found
        elif not isinstance(cls.__dict__.get("__slots__"), (tuple, list)):
            self.names.setdefault(family, set()).add((module or cls.__module__, cls.__qualname__))

    def empty_package(self, family, package, skip):
        """Every class of a package but those of the modules that `skip` matches."""
        for module in walk(package):
            if skip.search(module.__name__):
                continue
            for value in list(vars(module).values()):
                if inspect.isclass(value) and value.__module__ == module.__name__ and not issubclass(value, tuple):
                    self.add_empty(family, value)

    def force(self, family, module, names):
        for name in names.split():
            self.names.setdefault(family, set()).add((module, name))

    def classes_of(self, family, module, base=object, predicate=None, skip=()):
        for name, value in sorted(vars(module).items()):
            if not inspect.isclass(value) or not issubclass(value, base) or name in skip:
                continue
            if value.__module__ != module.__name__ and predicate is None:
                continue
            if predicate is not None and not predicate(value):
                continue
            self.add(family, value)

    def attempt(self, label, function):
        try:
            function()
        except Exception as problem:  # a family that this environment does not have
            self.problems.append("%s: %s: %s" % (label, type(problem).__name__, str(problem)[:120]))


# ---- recording saves -------------------------------------------------------------------------


class _StubMeta(type):
    def __setitem__(cls, key, value):
        pass


def _stub(origin):
    def nothing(*args, **kwargs):
        return None

    def new(cls, *args, **kwargs):
        return object.__new__(cls)

    if origin[1] == "getattr":

        def new(cls, *args, **kwargs):  # noqa: F811
            owner = args[0] if inspect.isclass(args[0]) else type(args[0])
            _stub.pairs.add(getattr(owner, "origin", ("?", "?")) + (args[1],))
            return object.__new__(cls)

    members = dict.fromkeys("__init__ __setitem__ append extend add update __setstate__".split(), nothing)
    members.update({"__new__": new, "origin": origin, "__call__": lambda self, *a, **k: _stub(origin)()})
    return _StubMeta("Stub", (), members)


_stub.pairs = set()


class Recorder(pickle._Unpickler):
    """CPython's own reader with `find_class` replaced: nothing that a stream names is touched."""

    log = None

    def find_class(self, module, name):
        self.log.append((module, name))
        return _stub((module, name))

    def persistent_load(self, pid):
        return _stub(("", "persistent"))()


def globals_of(data):
    stream = io.BytesIO(data)
    log = []
    while stream.tell() < len(data):
        reader = Recorder(stream)
        reader.log = log
        try:
            reader.load()
        except Exception:
            break
    return log


def record(collector, label, value):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            data = pickle.dumps(value, protocol)
        except Exception:
            continue
        for pair in globals_of(data):
            collector.recorded.setdefault(pair, set()).add("%s/%d" % (label, protocol))


def record_torch(collector, label, value):
    import torch

    for zipped in (True, False):
        out = io.BytesIO()
        try:
            torch.save(value, out, _use_new_zipfile_serialization=zipped)
        except Exception as problem:
            collector.problems.append("torch.save %s: %s" % (label, problem))
            continue
        data = out.getvalue()
        if zipped:
            archive = zipfile.ZipFile(io.BytesIO(data))
            data = next(archive.read(n) for n in archive.namelist() if n.endswith("/data.pkl"))
        for pair in globals_of(data):
            collector.recorded.setdefault(pair, set()).add("torch:" + label)


# ---- the families ----------------------------------------------------------------------------


def walk(package):
    """Every importable module of a package, tests and build helpers left out."""
    skip = re.compile(r"\.(tests?|conftest|setup|_build_utils|distributed|testing|benchmarks|experimental)(\.|$)")
    root = importlib.import_module(package)
    yield root
    for info in pkgutil.walk_packages(root.__path__, package + ".", onerror=lambda name: None):
        if skip.search(info.name) or "__main__" in info.name or "." in info.name and info.name.split(".")[1] == "datasets":
            continue
        try:
            yield importlib.import_module(info.name)
        except BaseException:
            continue


def collect_numpy(c):
    import numpy as np

    core = "numpy._core" if hasattr(np, "_core") and int(np.__version__.split(".")[0]) >= 2 else "numpy.core"
    scalars = {t for t in vars(np).values() if inspect.isclass(t) and issubclass(t, np.generic)}
    for scalar in scalars:
        for name, value in vars(np).items():
            if value is scalar:
                c.names.setdefault("numpy-scalar", set()).add(("numpy", name))
    for dtype_class in vars(getattr(np, "dtypes", types.SimpleNamespace())).values():
        if inspect.isclass(dtype_class) and issubclass(dtype_class, np.dtype):
            c.names.setdefault("numpy-dtype", set()).add(("numpy.dtypes", dtype_class.__name__))
    for name, value in vars(np).items():
        if isinstance(value, np.ufunc):
            for module in ("numpy", core + "._multiarray_umath", core + ".umath"):
                c.names.setdefault("numpy-ufunc", set()).add((module, name))
    polynomial = importlib.import_module("numpy.polynomial")
    for name in "Polynomial Chebyshev Legendre Laguerre Hermite HermiteE".split():
        c.add("numpy-array", getattr(polynomial, name))

    values = [np.arange(3), np.float64(1), np.array(["a"]), np.array([object()], dtype=object), np.array([None]),
              np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]), np.rec.array([(1, 2.0)], names="a,b"),
              np.ma.array([1, 2], mask=[0, 1]), np.ma.masked, np.matrix([[1]]), np.random.RandomState(0),
              np.dtype("f4"), np.dtype("M8[ns]"), np.datetime64("2020-01-01"), np.timedelta64(3, "s"), np.float32, np.int64,
              np.array([1 + 2j]), np.poly1d([1, 2]), np.char.array(["a"]), np.ma.array([(1, 2.0)], dtype="i4,f8"),
              np.bool_(True), np.str_("a"), np.bytes_(b"a"), np.void(b"abc"), np.add, np.log1p, np.ndarray, np.dtype,
              np.asfortranarray(np.ones((2, 2))), np.ones((0, 3)), slice(1, 2), np.s_[1:2]]
    if hasattr(np.random, "default_rng"):
        for kind in "PCG64 PCG64DXSM MT19937 Philox SFC64".split():
            if hasattr(np.random, kind):
                values.append(np.random.Generator(getattr(np.random, kind)(1)))
                values.append(getattr(np.random, kind)(1))
        values.append(np.random.SeedSequence(3))
    for value in values:
        record(c, "numpy", value)


def collect_scipy(c):
    import scipy.interpolate
    import scipy.optimize
    import scipy.sparse
    import scipy.spatial
    import scipy.stats
    import numpy as np

    for name, value in sorted(vars(scipy.sparse).items()):
        if inspect.isclass(value) and re.search(r"_(matrix|array)$", name):
            c.add("scipy-sparse", value)
            record(c, "scipy.sparse", value((3, 3)) if "array" not in name else value(np.eye(3)))
    for name in sorted(vars(scipy.interpolate)):
        value = getattr(scipy.interpolate, name)
        if inspect.isclass(value) and not issubclass(value, Exception):
            c.add("scipy-interpolate", value)
    # Since 1.18 a spline keeps one of these, which does the work for arrays of numpy.
    for module, names in (("scipy.interpolate._bsplines", "_BSpline"), ("scipy.interpolate._interpolate", "_PPoly _BPoly")):
        for name in names.split():
            if hasattr(sys.modules.get(module), name):
                c.add("scipy-interpolate", getattr(sys.modules[module], name))
    interp1d = scipy.interpolate.interp1d
    for name in sorted(vars(interp1d)):
        if name.startswith("_call_"):
            c.names.setdefault("interp1d-member", set()).add((interp1d.__module__, "interp1d." + name))
    for name in "KDTree cKDTree Rectangle".split():
        c.add("scipy-spatial", getattr(scipy.spatial, name))
    for name in "OptimizeResult OptimizeWarning Bounds LinearConstraint NonlinearConstraint LbfgsInvHessProduct".split():
        if hasattr(scipy.optimize, name):
            c.add("scipy-result", getattr(scipy.optimize, name))
    c.attempt("rotation", lambda: c.add("scipy-spatial", importlib.import_module("scipy.spatial.transform").Rotation))
    infrastructure = importlib.import_module("scipy.stats._distn_infrastructure")
    frozen = [n for n in vars(infrastructure) if re.match(r"rv_(continuous_|discrete_)?frozen$", n)]
    for name in frozen:
        c.names.setdefault("scipy-frozen", set()).add((infrastructure.__name__, name))
    for value in vars(scipy.stats).values():
        if isinstance(value, infrastructure.rv_generic):
            cls = type(value)
            c.names.setdefault("scipy-distribution", set()).add((cls.__module__, cls.__qualname__))
            if isinstance(value, scipy.stats.rv_discrete):
                c.names.setdefault("discrete-member", set()).add((cls.__module__, cls.__qualname__ + "._entropy"))
    c.names.setdefault("scipy-distribution", set()).add((scipy.stats.rv_histogram.__module__, "rv_histogram"))
    stable = sys.modules.get("scipy.stats._levy_stable")
    if hasattr(stable, "levy_stable_frozen"):
        c.names.setdefault("scipy-frozen", set()).add((stable.__name__, "levy_stable_frozen"))
    for module in walk("scipy.stats"):
        for name, value in sorted(vars(module).items()):
            if inspect.isclass(value) and issubclass(value, tuple) and value.__module__ == module.__name__ and value is not tuple:
                c.add("scipy-tuple", value)
    import scipy.signal

    empty = [getattr(scipy.spatial, n, None) for n in "Delaunay ConvexHull Voronoi HalfspaceIntersection SphericalVoronoi".split()]
    empty += [getattr(scipy.interpolate, n, None) for n in "Rbf".split()]
    empty += [getattr(importlib.import_module("scipy.spatial.transform"), "Slerp", None)] if hasattr(scipy.spatial, "transform") else []
    empty += [v for m in walk("scipy.signal") for v in vars(m).values() if inspect.isclass(v) and v.__module__ == m.__name__ and re.match(r"(StateSpace|TransferFunction|ZerosPolesGain|dlti|lti)", v.__name__)]
    for cls in empty:
        if cls is not None:
            c.add_empty("scipy-empty", cls)
    for name in vars(scipy.interpolate.Rbf):
        if name.startswith("_h_") or name in ("_euclidean_norm", "_call_norm"):
            c.names.setdefault("interp1d-member", set()).add((scipy.interpolate.Rbf.__module__, "Rbf." + name))
    x = np.linspace(0, 1, 6)
    values = [scipy.stats.norm(), scipy.stats.uniform(0, 1), scipy.stats.randint(1, 5), scipy.stats.gamma(2.0),
              scipy.interpolate.interp1d(x, x), scipy.interpolate.CubicSpline(x, x), scipy.interpolate.UnivariateSpline(x, x),
              scipy.interpolate.PchipInterpolator(x, x), scipy.interpolate.splrep(x, x), scipy.interpolate.RegularGridInterpolator((x,), x),
              scipy.interpolate.Akima1DInterpolator(x, x), scipy.interpolate.NearestNDInterpolator(np.c_[x, x], x),
              scipy.optimize.minimize(lambda v: (v ** 2).sum(), [1.0]), scipy.spatial.cKDTree(np.eye(3)), scipy.stats.gaussian_kde(x),
              scipy.stats.multivariate_normal([0, 0])]
    for value in values:
        record(c, "scipy", value)


def collect_pandas(c):
    import pandas as pd
    import numpy as np

    offsets = importlib.import_module("pandas.tseries.offsets")
    frequencies = []
    for name in getattr(offsets, "__all__", dir(offsets)):
        value = getattr(offsets, name)
        if inspect.isclass(value) and issubclass(value, offsets.DateOffset if inspect.isclass(offsets.DateOffset) else object) or inspect.isclass(value) and hasattr(value, "rollforward"):
            for module in {value.__module__, "pandas.tseries.offsets", "pandas._libs.tslibs.offsets"}:
                c.names.setdefault("pandas-offset", set()).add((module, name))
            try:
                frequencies.append(value())
            except Exception:
                continue
    for frequency in frequencies:
        record(c, "pandas.offset", frequency)
    def try_make(make):
        try:
            return make()
        except Exception:
            return None

    frames = [
        pd.DataFrame({"i": [1, 2], "f": [1.0, 2.0], "s": ["a", "b"], "b": [True, False]}),
        pd.DataFrame({"t": pd.date_range("2020", periods=2), "d": pd.to_timedelta([1, 2], "s")}),
        pd.DataFrame({"z": pd.date_range("2020", periods=2, tz="UTC"), "p": pd.period_range("2020-01", periods=2, freq="M")}),
        pd.DataFrame({"z": pd.date_range("2020", periods=2, tz="Europe/Paris")}),
        pd.DataFrame({"c": pd.Categorical(["a", "b"])}), pd.Series(pd.Categorical(["a", "b"], ordered=True)),
        pd.Series(pd.interval_range(0, 2)) if hasattr(pd, "interval_range") else None,
        pd.Series([1, 2, None]), pd.Series(["a", None]), pd.DataFrame(), pd.Series([], dtype=float),
        pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([("x", 1)])), pd.Index([1, 2]), pd.Index([1.5]), pd.Index(["a"]),
        pd.RangeIndex(3), pd.DatetimeIndex(["2020"]), pd.TimedeltaIndex(["1s"]), pd.PeriodIndex(["2020-01"], freq="M"),
        pd.CategoricalIndex(["a"]), pd.Timestamp("2020"), pd.Timestamp("2020", tz="UTC"), pd.Timedelta("1s"), pd.Period("2020-01", "M"), pd.NaT,
        pd.Interval(0, 1), pd.DataFrame({"a": [1]}).dtypes, pd.Series([1]).values,
        try_make(lambda: pd.Index([1], dtype="uint64")), try_make(lambda: pd.IntervalIndex.from_breaks([0, 1])),
        try_make(lambda: pd.Series(pd.arrays.SparseArray([0, 1]))), try_make(lambda: pd.SparseSeries([0, 1])), try_make(lambda: pd.SparseDataFrame([[0, 1]])),
        try_make(lambda: pd.Panel(np.zeros((1, 1, 1)))), try_make(lambda: pd.NA), try_make(lambda: pd.Flags), try_make(lambda: pd.NamedAgg("a", "sum")),
        try_make(lambda: pd.Grouper(freq="M")), try_make(lambda: pd.DataFrame({"a": [1]}).style.export()),
        try_make(lambda: pd.tseries.offsets.CustomBusinessDay(holidays=["2020-01-01"])),
    ]
    for dtype in "Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Float32 Float64 boolean string string[python] string[pyarrow] str Sparse[int] category".split():
        frames.append(try_make(lambda: pd.Series([1, 2, 1], dtype=object).astype(dtype)))
        frames.append(try_make(lambda: pd.Series(["1", None, "a"], dtype=dtype)))
        frames.append(try_make(lambda: pd.api.types.pandas_dtype(dtype)))
    for arrow in "int64 string timestamp[ns] double bool list<item:int64>".split():
        frames.append(try_make(lambda: pd.Series([1, 2], dtype="Int64").astype(arrow + "[pyarrow]")))
    frames.append(try_make(lambda: pd.Series(["a", "b"]).astype("string[pyarrow]")))
    for frame in frames:
        record(c, "pandas", frame)
    wanted = re.compile(r"(Dtype|DType|Array|Index|Block|BlockManager|Series|DataFrame|Categorical|FrozenList|Flags|Interval)$")
    for module in walk("pandas.core"):
        if not re.search(r"\.(arrays|dtypes|indexes|internals|frame|series|flags)", module.__name__):
            continue
        for name, value in sorted(vars(module).items()):
            if inspect.isclass(value) and value.__module__ == module.__name__ and wanted.search(name):
                c.add("pandas-data", value)
    grouper = importlib.import_module("pandas.core.resample").TimeGrouper
    for cls, module in ((grouper, None), (grouper, "pandas.core.resample"), (pd.Grouper, None), (pd.Grouper, "pandas")):
        c.add_empty("pandas-empty", cls, module)
    locations = getattr(importlib.import_module("pandas.compat.pickle_compat"), "_class_locations_map", {})
    for old, new in locations.items():  # what pandas itself reads older names as
        c.names.setdefault("pandas-older", set()).update([tuple(old), tuple(new)])
    for name in dir(pd) + ["arrays." + n for n in dir(getattr(pd, "arrays", None))]:
        module, _, short = ("pandas." + name).rpartition(".")
        value = getattr(getattr(pd, "arrays", None) if name.startswith("arrays.") else pd, short, None)
        if inspect.isclass(value) and wanted.search(short):
            c.add("pandas-data", value, module, short)


SKLEARN_WALK = re.compile(
    r"^sklearn\.(tree|ensemble|neighbors|linear_model|svm|gaussian_process|_loss|metrics|model_selection|preprocessing|"
    r"feature_extraction|feature_selection|neural_network|cluster|mixture|calibration|isotonic|decomposition|impute|"
    r"compose|pipeline|utils\._bunch|utils$|utils\.deprecation|utils\.metaestimators|utils\._encode|utils\._set_output|utils\._tags|utils\._metadata_requests|utils\.metadata_routing|"
    r"kernel_approximation|covariance|cross_decomposition|manifold|naive_bayes|dummy|discriminant_analysis|multiclass|multioutput|"
    r"random_projection|semi_supervised|inspection|frozen|base|datasets\.base|utils\.random|utils\._random|utils\._masking|utils\._weight_vector|utils\.seq_dataset)"
)


def collect_sklearn(c):
    import sklearn
    import numpy as np

    base = importlib.import_module("sklearn.base").BaseEstimator
    try:
        from sklearn.utils import all_estimators

        listed = all_estimators()
    except ImportError:  # before 0.22 it needs a test runner
        found = {
            value.__name__: value
            for module in walk("sklearn")
            for value in vars(module).values()
            if inspect.isclass(value) and issubclass(value, base) and not inspect.isabstract(value)
        }
        listed = sorted(found.items())
    for _, cls in listed:
        if cls.__module__.startswith("sklearn."):
            c.add("sklearn-estimator", cls)
    skip = re.compile(r"(Display|Mixin|Descriptor|TestCase|Callback|Parallel|^_Iff|Memory)$")
    for module in walk("sklearn"):
        if not SKLEARN_WALK.match(module.__name__):
            continue
        for name, value in sorted(vars(module).items()):
            if not inspect.isclass(value) or value.__module__ not in (module.__name__, "sklearn." + module.__name__.split(".")[-1]) or "<" in value.__qualname__:
                continue
            if issubclass(value, base):
                c.add("sklearn-estimator", value)
            elif issubclass(value, BaseException):
                continue
            elif not skip.search(name) and not name.startswith("__"):
                c.add("sklearn-part", value)
        for name, value in sorted(vars(module).items()):
            if name.startswith("__pyx_unpickle_") or name == "newObj":
                c.names.setdefault("cython-unpickle", set()).add((module.__name__, name))
    for package in ("sklearn.feature_selection", "sklearn.metrics"):
        module = importlib.import_module(package)
        for name in getattr(module, "__all__", []):
            value = getattr(module, name, None)
            if not inspect.isfunction(value):
                continue
            where = value.__module__
            if package.endswith("feature_selection") and name in ("f_classif", "f_oneway", "f_regression", "r_regression", "chi2", "mutual_info_classif", "mutual_info_regression"):
                c.names.setdefault("sklearn-function", set()).add((where, name))
            if re.search(r"\.(_?classification|_?regression|_?ranking|_?supervised)$", where) and not name.startswith("plot"):
                c.names.setdefault("sklearn-function", set()).add((where, name))
    rng = np.random.RandomState(0)
    x, y = rng.rand(30, 4), np.arange(30) % 2
    for name, cls in listed:
        try:
            model = cls()
        except Exception:
            continue
        target = y if getattr(model, "_estimator_type", "") == "classifier" or "Classif" in name or "NB" in name else x[:, 0]
        for data, labels in ((x, target), (x, y), (np.abs(x), np.c_[y, y]), (["a b", "b c"] * 15, y), (x[:, 0], x[:, 1]), ([{"a": 1}] * 4, None)):
            try:
                model.fit(data, labels)
                break
            except Exception:
                continue
        record(c, "sklearn." + name, model)
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    record(c, "sklearn.grid", GridSearchCV(LogisticRegression(), {"C": [1.0, 2.0]}).fit(x, y))
    from sklearn.metrics import make_scorer, accuracy_score

    record(c, "sklearn.scorer", GridSearchCV(LogisticRegression(), {"C": [1.0]}, scoring=make_scorer(accuracy_score)).fit(x, y))
    from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

    for loss in ("huber", "quantile", "absolute_error", "lad"):
        c.attempt("sklearn.gb " + loss, lambda: record(c, "sklearn.gb", GradientBoostingRegressor(loss=loss, n_estimators=2).fit(x, x[:, 0])))
    c.attempt("sklearn.gb3", lambda: record(c, "sklearn.gb", GradientBoostingClassifier(n_estimators=2).fit(x, np.arange(30) % 3)))
    from sklearn.linear_model import SGDClassifier

    for loss in "hinge log log_loss modified_huber squared_hinge perceptron squared_loss squared_error huber epsilon_insensitive squared_epsilon_insensitive".split():
        c.attempt("sklearn.sgd " + loss, lambda: record(c, "sklearn.sgd", SGDClassifier(loss=loss).fit(x, y)))


def collect_boosters(c):
    import numpy as np

    x, y = np.random.RandomState(0).rand(30, 4), np.arange(30) % 2

    def xgb():
        import xgboost

        for name in "XGBModel XGBClassifier XGBRegressor XGBRanker XGBRFClassifier XGBRFRegressor".split():
            if hasattr(xgboost.sklearn, name):
                c.add("booster-model", getattr(xgboost.sklearn, name))
        callbacks = getattr(xgboost, "callback", None)
        for name in "EarlyStopping EvaluationMonitor LearningRateScheduler TrainingCallback".split():
            if inspect.isclass(getattr(callbacks, name, None)):
                c.add_empty("booster-empty", getattr(callbacks, name))
        record(c, "xgboost", xgboost.XGBClassifier(n_estimators=2).fit(x, y))
        record(c, "xgboost", xgboost.XGBRegressor(n_estimators=2).fit(x, y))

    def lgb():
        import lightgbm

        for name in "LGBMModel LGBMClassifier LGBMRegressor LGBMRanker".split():
            c.add("booster-model", getattr(lightgbm.sklearn, name))
        record(c, "lightgbm", lightgbm.LGBMClassifier(n_estimators=2, verbose=-1).fit(x, y))


    def cat():
        import catboost

        for name, value in sorted(vars(catboost.core).items()):
            if inspect.isclass(value) and re.match(r"_?CatBoost(Base|Classifier|Regressor|Ranker)?$", name) and value.__module__ == "catboost.core":
                c.add_empty("booster-empty", value)

    c.attempt("catboost", cat)
    c.attempt("xgboost", xgb)
    c.attempt("lightgbm", lgb)


def collect_torch(c):
    import torch
    import torch.nn.utils as utils

    for module in walk("torch.nn.modules"):
        c.classes_of("torch-layer", module)
    for name in "Parameter UninitializedParameter UninitializedBuffer Buffer".split():
        c.add("torch-tensor", getattr(torch.nn.parameter, name))
    for package in ("torch.ao.nn.quantized.modules", "torch.ao.nn.intrinsic.modules", "torch.ao.nn.qat.modules", "torch.ao.nn.quantized.dynamic.modules"):
        for module in walk(package):
            c.classes_of("torch-layer", module)
    c.empty_package("torch-empty", "torch.distributions", re.compile(r"\.kl$"))
    for kind in ("_triangular_scale_fn", "_triangular2_scale_fn", "_exp_range_scale_fn"):
        c.names.setdefault("torch-member", set()).add(("torch.optim.lr_scheduler", "CyclicLR." + kind))
    for module in walk("torch.optim"):
        if "swa_utils" in module.__name__:
            continue
        c.classes_of("torch-optim", module)
    for name, value in sorted(vars(torch).items()):
        if isinstance(value, torch.dtype):
            c.names.setdefault("torch-value", set()).add(("torch", name))
        elif isinstance(value, (torch.memory_format, torch.layout, torch.qscheme)):
            c.names.setdefault("torch-value", set()).add(("torch", name))
        elif name.endswith("Tensor") and isinstance(value, type(torch.FloatTensor)) and value is not torch.Tensor:
            c.names.setdefault("torch-tensor-type", set()).add(("torch", name))
            c.names.setdefault("torch-tensor-type", set()).add(("torch.cuda", name))
        elif inspect.isclass(value) and name.endswith("Storage"):
            c.names.setdefault("torch-storage", set()).add(("torch", name))
            c.names.setdefault("torch-storage", set()).add(("torch.cuda", name))
    net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU())
    net(torch.ones(1, 2)).sum().backward()
    optimiser = torch.optim.Adam(net.parameters())
    optimiser.step()
    scheduler = torch.optim.lr_scheduler.StepLR(optimiser, 1)
    values = {
        "state": net.state_dict(), "module": net, "optimiser": optimiser.state_dict(), "scheduler": scheduler.state_dict(), "optimiser-object": optimiser,
        "rng": torch.get_rng_state(), "generator": torch.Generator(), "parameter": torch.nn.Parameter(torch.ones(1)), "size": torch.Size([1]), "device": torch.device("cpu"), "dtype": torch.float16,
        "sparse": torch.eye(2).to_sparse(), "csr": torch.eye(2).to_sparse_csr(), "csc": torch.eye(2).to_sparse_csc(), "quantised": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
        "channel": torch.quantize_per_channel(torch.ones(2, 2), torch.ones(2), torch.zeros(2), 0, torch.qint8), "meta": torch.ones(1, device="meta"), "complex": torch.ones(1, dtype=torch.complex64).conj(),
        "nested": torch.nested.nested_tensor([torch.ones(1), torch.ones(2)]), "version": torch.__version__, "storage": torch.ones(1).untyped_storage(), "typed": torch.ones(1).storage(), "format": torch.channels_last, "layout": torch.strided, "finfo": torch.finfo(torch.float32),
        "weight_norm": utils.weight_norm(torch.nn.Linear(2, 2)), "spectral_norm": utils.spectral_norm(torch.nn.Linear(2, 2)), "normal": torch.distributions.Normal(torch.zeros(1), torch.ones(1)),
        "hook": torch.nn.LazyLinear(2), "transformer": torch.nn.Transformer(4, 2, 1, 1, 4), "parametrized": None, "data_parallel": torch.nn.DataParallel(net), "onecycle": torch.optim.lr_scheduler.OneCycleLR(optimiser, 0.1, total_steps=5), "sequential": torch.optim.lr_scheduler.SequentialLR(optimiser, [scheduler], []),
        "lazy": [cls(2) for cls in (torch.nn.LazyLinear, torch.nn.LazyBatchNorm1d) if cls is torch.nn.LazyLinear] + [torch.nn.LazyBatchNorm1d(), torch.nn.LazyConv2d(2, 1), torch.nn.LazyInstanceNorm2d()],
        "swa": torch.optim.swa_utils.AveragedModel(net), "dataset": torch.utils.data.TensorDataset(torch.ones(2)), "subset": torch.utils.data.Subset(torch.utils.data.TensorDataset(torch.ones(2)), [0]), "scaler": torch.amp.GradScaler("cpu").state_dict(), "scaler-object": torch.amp.GradScaler("cpu"), "attributes": _with_attribute(torch.ones(1)), "pruned": None,
    }
    import torch.nn.utils.prune

    values["pruned"] = torch.nn.utils.prune.l1_unstructured(torch.nn.Linear(2, 2), "weight", 0.5)
    for label, value in values.items():
        record_torch(c, label, value)
        record(c, "torch:" + label, value)
    for module in walk("torch.nn.modules"):
        for name, value in sorted(vars(module).items()):
            if inspect.isclass(value) and value.__module__ == module.__name__ and issubclass(value, torch.nn.Module):
                for arguments in ((), (1,), (2, 2), (2, 2, 1), (4, 2)):
                    try:
                        record_torch(c, "layer", value(*arguments))
                        break
                    except Exception:
                        continue


def _with_attribute(tensor):
    tensor.note = "kept"
    return tensor


def collect_trainer(c):
    def training_arguments():
        from transformers import TrainingArguments

        record_torch(c, "training_args", TrainingArguments(output_dir="out", report_to=[]))

    def enumerations():
        for package in ("transformers.trainer_utils", "transformers.training_args", "transformers.debug_utils", "accelerate.utils.dataclasses"):
            module = importlib.import_module(package)
            for name, value in sorted(vars(module).items()):
                if inspect.isclass(value) and issubclass(value, enum.Enum) and value.__module__ == package:
                    c.names.setdefault("enumeration", set()).add((package, name))

    def states():
        import transformers

        for name in "TrainerState TrainerControl Seq2SeqTrainingArguments GenerationConfig".split():
            if hasattr(transformers, name):
                c.add_empty("trainer-empty", getattr(transformers, name))

    def sentences():
        # Each kind of model has a trainer of its own, and arguments that add enumerations to transformers'.
        for kind, name in (("sentence_transformer", "SentenceTransformer"), ("cross_encoder", "CrossEncoder"), ("sparse_encoder", "SparseEncoder"), ("multi_vector_encoder", "MultiVectorEncoder")):
            module = importlib.import_module("sentence_transformers.%s.training_args" % kind)
            c.add_empty("trainer-empty", getattr(module, name + "TrainingArguments"))
        sampler = importlib.import_module("sentence_transformers.base.sampler")
        for name in "BatchSamplers MultiDatasetBatchSamplers".split():
            c.names.setdefault("enumeration", set()).add((sampler.__name__, name))

    c.attempt("trainer states", states)
    c.attempt("sentence transformers", sentences)
    c.attempt("training arguments", training_arguments)
    c.attempt("enumerations", enumerations)


STATSMODELS_SKIP = re.compile(r"\.(sandbox|datasets|graphics|iolib|compat|examples|imputation|formula|docstring|docstring_helpers|rng_qrng|web)(\.|$)|\.base\.data$")
#: What needs its state judged, not only its constructor (catalogue/judges).
STATSMODELS_DATA = "ModelData PandasData PatsyData"


def collect_statistics(c):
    import statsmodels

    c.empty_package("statsmodels-empty", "statsmodels", STATSMODELS_SKIP)
    for module in walk("statsmodels"):
        for name, value in sorted(vars(module).items()):
            if not inspect.isclass(value) or value.__module__ != module.__name__:
                continue
            compiled = not hasattr(module, "__file__") or module.__file__.endswith(".so")
            if compiled and re.match(r"[sdcz](Initialization|Statespace|KalmanFilter|KalmanSmoother|SimulationSmoother|CFASimulationSmoother)$", name):
                c.names.setdefault("statsmodels-compiled", set()).add((module.__name__, name))
            if issubclass(value, tuple) and not STATSMODELS_SKIP.search(module.__name__):
                c.add("statsmodels-tuple", value)
    data = importlib.import_module("statsmodels.base.data")
    for name in STATSMODELS_DATA.split():
        if hasattr(data, name):
            c.names.setdefault("statsmodels-data", set()).add((data.__name__, name))


def collect_texts(c):
    import gensim

    kept = "models.(ldamodel|ldamulticore|lsimodel|tfidfmodel|word2vec|fasttext|doc2vec|keyedvectors|phrases|nmf|hdpmodel|rpmodel|normmodel|logentropy_model|ldaseqmodel|translation_matrix|poincare)"
    c.empty_package("gensim-empty", "gensim", re.compile(r"^(?!gensim\.(%s|corpora\.(dictionary|hashdictionary)|similarities\.docsim)$)" % kept.replace(".", r"\.")))


def collect_checkpoints(c):
    import tempfile
    import torch
    import torch.distributed.checkpoint as dcp

    with tempfile.TemporaryDirectory() as folder:
        dcp.save({"a": torch.ones(2), "b": {"c": 1}}, storage_writer=dcp.FileSystemWriter(folder), no_dist=True)
        for pair in globals_of((Path(folder) / ".metadata").read_bytes()):
            c.recorded.setdefault(pair, set()).add("torch:dcp")


def collect(path):
    collector = Collector()
    for step in (collect_numpy, collect_scipy, collect_pandas, collect_sklearn, collect_boosters, collect_statistics, collect_texts, collect_torch, collect_checkpoints, collect_trainer):
        collector.attempt(step.__name__, lambda: step(collector))
    Path(path).write_text(json.dumps({
        "names": {family: sorted(map(list, names)) for family, names in collector.names.items()},
        "recorded": sorted([m, n, sorted(s)[:4]] for (m, n), s in collector.recorded.items()),
        "getattr": sorted(map(list, _stub.pairs)),
        "review": collector.review,
        "problems": collector.problems,
    }, indent=1, sort_keys=True))


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "collect":
        collect(sys.argv[2])
    elif len(sys.argv) > 2 and sys.argv[1] == "write":
        from write import write

        write(sys.argv[2:])
    else:
        raise SystemExit(__doc__)
