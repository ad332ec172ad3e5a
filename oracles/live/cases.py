"""Streams made by hand, one for each mechanism that is known. Each run begins with them, whatever the catalogue allows:
one that passes and acts is a miss, and so is one that passes and names what is not allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assemble import Call, Do, Global, Pairs, Raw, Shared, assemble
from generate import JOBLIB, PICKLE, RECORDING, Stream
from odd import ADDRESS, CANARY, CODE, PATH, TEMPLATE

NUMPY = "numpy"
MULTIARRAY = "numpy._core.multiarray"


def g(dotted: str) -> Global:
    """A global by its dotted name; a colon stands before a name with dots."""
    module, _, name = dotted.partition(":") if ":" in dotted else dotted.rpartition(".")
    return Global(module, name)


def new(dotted: str, *args: Any) -> Call:
    return Call(g(dotted), args, "NEWOBJ")


def call(dotted: str, *args: Any) -> Call:
    return Call(g(dotted), args)


def build(target: Any, *states: Any) -> Do:
    return Do(target, tuple(("build", state) for state in states))


def dtype(letter: str, *state: Any) -> Any:
    made = call("numpy.dtype", letter, False, True)
    return build(made, state) if state else made


F8 = (3, "<", None, None, None, -1, -1, 0)
OBJECT = (3, "|", None, None, None, -1, -1, 63)
INTERFACE = {"shape": (2,), "typestr": "<f8", "data": (ADDRESS, False), "version": 3}


def array(shape: Any, kind: Any, data: Any, cls: str = "numpy.ndarray") -> Any:
    return build(call(f"{MULTIARRAY}._reconstruct", g(cls), (0,), b"b"), (1, shape, kind, False, data))


HOLDERS = ["types.SimpleNamespace", "argparse.Namespace", "builtins.Exception", "collections.OrderedDict", "sklearn.utils._bunch.Bunch", "sklearn.linear_model._base.LinearRegression", "torch.nn.modules.linear.Linear", "collections.UserDict", "sklearn.utils.Bunch"]
TAKERS = ["numpy.float64", "numpy.str_", "numpy.bool", "numpy.datetime64", "pandas.Timestamp", "pandas.Series", "pandas.Index", "pandas.DataFrame", "pandas._libs.internals._unpickle_block", "pandas.core.indexes.base._new_Index", "numpy.matrix", "numpy.ma.MaskedArray", "scipy.sparse._csr.csr_matrix", "scipy.interpolate._interpolate.interp1d", "sklearn.tree._tree.Tree", "builtins.float", "builtins.list", "builtins.bytes", "builtins.bytearray", "array.array", "torch.Size", "torch.tensor", "collections.Counter", "collections.deque", "random.Random", "datetime.date", "decimal.Decimal", "fractions.Fraction"]
ZONES = ["pandas.Series", "pandas.SparseDtype", "pandas.IntervalDtype", "pandas.DatetimeTZDtype", "pandas.core.dtypes.dtypes.DatetimeTZDtype", "pandas.core.dtypes.dtypes.IntervalDtype", "pandas.core.dtypes.dtypes.SparseDtype", "pandas.CategoricalDtype", "pandas.PeriodDtype", "pandas.Timestamp", "pandas._libs.tslibs.timestamps._unpickle_timestamp", "pandas._libs.arrays.__pyx_unpickle_NDArrayBacked", "pandas.core.arrays.arrow.array.ArrowExtensionArray", "pandas.ArrowDtype", "pandas.StringDtype", "pandas.array", "numpy.dtype"]
NATIVE = ["sklearn.tree._tree.Tree", "sklearn.neighbors._kd_tree.KDTree", "sklearn.neighbors._ball_tree.BallTree", "scipy.spatial._ckdtree.cKDTree", "sklearn.neighbors._quad_tree._QuadTree", "sklearn.tree._splitter.BestSplitter", "sklearn.tree._criterion.Gini", "sklearn.metrics._dist_metrics.EuclideanDistance64", "sklearn.linear_model._sgd_fast.Hinge", "sklearn._loss._loss.CyHalfSquaredError", "statsmodels.tsa._exponential_smoothers.HoltWintersArgs", "statsmodels.tsa._stl.STL", "sklearn.tree._tree.DepthFirstTreeBuilder", "pandas._libs.internals.BlockManager", "pandas._libs.internals.BlockPlacement", "pandas._libs.tslibs.offsets.BusinessDay", "numpy.random._mt19937.MT19937", "numpy.random._generator.Generator", "numpy.random._pcg64.PCG64", "numpy.random.bit_generator.SeedSequence", "torch._C.Generator", "torch.Tensor", "torch.nn.parameter.Parameter", "xgboost.core.Booster", "lightgbm.basic.Booster", "catboost.core.CatBoost", "datetime.timedelta", "functools.partial", "operator.attrgetter", "itertools.count", "re.Pattern"]
CALLED = "sklearn.metrics._scorer._Scorer"
STORED = "numpy.mean"


def written() -> Iterator[tuple[str, int, Any]]:
    """A label, how it is loaded, and the node."""
    for holder in HOLDERS:
        for taker in TAKERS:
            for way in ("attribute", "item", "slot"):
                state = {"attribute": {"__array_interface__": INTERFACE}, "item": None, "slot": (None, {"__array_interface__": INTERFACE})}[way]
                made = Do(new(holder), (("item", "__array_interface__", INTERFACE),)) if state is None else build(new(holder), state)
                yield f"view of memory, {way}, by {holder} in {taker}", PICKLE, Do(call(taker, made), (("item", 0, 1),))
        for taker in ("builtins.dict", "collections.OrderedDict", "collections.UserDict", "collections.ChainMap", "collections.Counter", "pandas.Series"):
            yield f"keys, by {holder} in {taker}", RECORDING, call(taker, build(new(holder), {"keys": g(STORED)}))
            yield f"keys by constructor, by {holder} in {taker}", RECORDING, call(taker, build(call(holder), {"keys": call("functools.partial", g(STORED), 1)}))
        yield f"__new__, by {holder}", RECORDING, call("copyreg.__newobj__", build(new(holder), {"__new__": g(STORED)}))
        yield f"__array__, by {holder}", RECORDING, call("numpy.float64", build(new(holder), {"__array__": g(STORED)}))
        yield f"__class__, by {holder}", PICKLE, build(new(holder), {"__class__": g("collections.OrderedDict")})
        yield f"__class__ in a slot state, by {holder}", PICKLE, build(new(holder), (None, {"__class__": g("collections.OrderedDict")}))
        yield f"__setstate__, by {holder}", RECORDING, build(new(holder), {"__setstate__": g(STORED)}, 1)
        yield f"__dict__, by {holder}", RECORDING, build(new(holder), {"__dict__": {"keys": g(STORED)}})
        yield f"__reduce_ex__, by {holder}", RECORDING, build(new(holder), {"__reduce_ex__": g(STORED), "__deepcopy__": g(STORED)})
    for zone in ZONES:
        for text in (f"datetime64[ns, dateutil/{PATH}]", f"interval[datetime64[ns, dateutil/{PATH}], right]", f"dateutil/{PATH}", f"timestamp[ns, tz=dateutil/{PATH}][pyarrow]"):
            yield f"zone path in {zone}", PICKLE, call(zone, text)
            yield f"zone path in {zone}, second", PICKLE, call(zone, [], text)
            yield f"zone path in {zone}, third", PICKLE, call(zone, [], None, text)
            yield f"zone path in {zone}, state", PICKLE, build(new(zone), {"dtype": text, "tz": text, "_dtype": text})
    for codec in (CANARY, "zlib_codec", "punycode"):
        yield "codec of bytes", PICKLE, call("builtins.bytes", "a", codec)
        yield "codec of bytearray", PICKLE, call("builtins.bytearray", "a", codec)
        yield "codec of str", PICKLE, call("builtins.str", b"a", codec)
        yield "codec of encode", PICKLE, call("_codecs.encode", "a", codec)
        yield "codec of a string buffer", PICKLE, call("array._array_reconstructor", g("array.array"), "w", 18, b"a")
    for name in NATIVE:
        for length in range(9):
            yield f"tuple of {length} as state of {name}", PICKLE, build(new(name), (None,) * length)
            yield f"zeros as state of {name}", PICKLE, build(new(name), (0,) * length)
        yield f"None as state of {name}", PICKLE, build(new(name), None)
        yield f"dict as state of {name}", PICKLE, build(new(name), {"_handle": ADDRESS, "handle": ADDRESS, "n": 1 << 40, "node_count": 1 << 30, "nodes": array((1,), dtype("V64", 3, "|", None, None, None, 64, 1, 0), b"\0" * 64), "values": array((1,), dtype("f8", *F8), b"\0" * 8), "max_depth": 1})
        yield f"called with a number: {name}", PICKLE, call(name, ADDRESS)
        yield f"called with four numbers: {name}", PICKLE, call(name, 1 << 30, ADDRESS, 1, 1)
    for flags in range(0, 64, 3):
        yield f"object dtype with flags {flags}", PICKLE, array((1,), dtype("O8", 3, "|", None, None, None, -1, -1, flags), b"\x10\x10\0\0\0\0\0\0")
        yield f"object field with flags {flags}", PICKLE, array((1,), dtype("V8", 3, "|", None, ("a",), {"a": (dtype("O8", *OBJECT), 0)}, 8, 1, flags), b"\x10\x10\0\0\0\0\0\0")
        yield f"scalar of object dtype with flags {flags}", PICKLE, call(f"{MULTIARRAY}.scalar", dtype("O8", 3, "|", None, None, None, -1, -1, flags), b"\x10\x10\0\0\0\0\0\0")
    for length in range(9):
        yield "short state of a dtype", PICKLE, dtype("O8", *OBJECT[:length])
        yield "short state of a date dtype", PICKLE, dtype("M8", *(4, "<", None, None, None, -1, -1, 0, ({}, ("ns", 1, 1, 1)))[: length + 1])
    for metadata in ({}, {CANARY: 1}, ({}, ()), ({}, ("ns",)), ({}, (1, 1, 1, 1)), (None, None), ({}, ("ns", 1, 1, 0)), ({}, ("ns", "a", 1, 1))):
        yield "metadata of a date dtype", PICKLE, dtype("M8", 4, "<", None, None, None, -1, -1, 0, metadata)
    for shape, data in (((5,), [1]), ((2, 2), [1, 2]), ((1000,), [None]), ((3,), []), ((1, 5), [1, 2, 3, 4]), ((1000000,), [1])):
        yield "object array longer than its list", PICKLE, array(shape, dtype("O8", *OBJECT), data)
    for size in (0, 4, 16, 1 << 20):
        yield "size of a dtype", PICKLE, array((1,), dtype("f8", 3, "<", None, None, None, size, 8, 0), b"\0" * 8)
        yield "size of a record", PICKLE, array((1,), dtype("V8", 3, "|", None, ("a",), {"a": (dtype("f8", *F8), size)}, 8, 1, 0), b"\0" * 8)
        yield "size of a sub-array", PICKLE, array((1,), dtype("V8", 3, "|", (dtype("f8", *F8), (size,)), None, None, 8, 1, 0), b"\0" * 8)
    for cls in ("numpy.float64", "builtins.int", "builtins.object", "numpy.ndarray", "pandas.Timestamp", "numpy.void", "sklearn.tree._tree.Tree", "numpy.dtypes.StringDType", "decimal.Decimal", "numpy.generic", "numpy.flexible"):
        yield "class as dtype", PICKLE, array((1,), g(cls), b"\x10\x10\0\0\0\0\0\0")
        yield "class as dtype of a scalar", PICKLE, call(f"{MULTIARRAY}.scalar", call("numpy.dtype", g(cls)), b"\x10\x10\0\0\0\0\0\0")
        yield "class as dtype in a dtype", PICKLE, build(call("numpy.dtype", g(cls)), OBJECT)
        yield "array class", PICKLE, array((1,), dtype("f8", *F8), b"\0" * 8, cls)
        yield "buffer", PICKLE, call("numpy._core.numeric._frombuffer", b"\0" * 8, call("numpy.dtype", g(cls)), (1,), "C")
    for partial in ("functools.partial", "_functools.partial"):
        yield "state of a partial", RECORDING, call("builtins.dict", build(new("types.SimpleNamespace"), {"keys": build(call(partial, g("builtins.list")), (g(STORED), (1,), {}, None))}))
        yield "state of a partial, two", RECORDING, call("collections.defaultdict", build(call(partial, g("builtins.list")), (g(STORED), (), {}, None), (g("builtins.dict"), (), {}, {"keys": g(STORED)})))
    for template in (TEMPLATE,):
        for name in ("scipy.stats._continuous_distns.norm_gen", "scipy.stats._continuous_distns.expon_gen", "scipy.stats._discrete_distns.bernoulli_gen", "scipy.stats._distn_infrastructure.rv_histogram"):
            good = {"_parse_arg_template": 0, "badvalue": 0}
            yield "template", PICKLE, build(new(name), {"_parse_arg_template": template})
            yield "template twice", PICKLE, build(new(name), Pairs([("_parse_arg_template", 0), ("_parse_arg_template", template)]))
            shared = Shared(good)
            yield "template by an alias", PICKLE, (shared, Do(call("collections.ChainMap", shared), (("item", "_parse_arg_template", template),)), build(new(name), shared))
            shared = Shared(good)
            yield "template by a second state", PICKLE, build(new(name), {"_ctor_param": ()}, {"_parse_arg_template": template})
            yield "template as an attribute", PICKLE, build(new(name), (None, {"_parse_arg_template": template}), {})
    for name in ("statsmodels.base.data.ModelData", "statsmodels.base.data.PandasData", "statsmodels.base.data.PatsyData"):
        state = {"formula": f"y ~ {CODE}", "restore_design_info": True, "orig_endog": None, "orig_exog": None, "frame": call("pandas.DataFrame", {"y": [1, 2]}), "depth": 1, "missing_idx": None}
        yield "formula", PICKLE, build(new(name), state)
        yield "formula twice", PICKLE, build(new(name), Pairs([("formula", "y ~ a"), *state.items()]))
    for caller in ("pandas.core.frame.DataFrame", "sklearn.metrics._scorer._PredictScorer", "torch.jit._state._create_functions", "numpy.random._pickle.__generator_ctor", "numpy.random._pickle.__bit_generator_ctor", "numpy.random._pickle.__randomstate_ctor", "sklearn.metrics._dist_metrics.newObj", "sklearn.neighbors._ball_tree.newObj", "statsmodels.tools.decorators.cache_readonly", "pandas.core.indexes.base._new_Index", "pandas._libs.tslibs.nattype._nat_unpickle", "pandas.io.pickle.loads", "numpy._core._DType_reconstruct", "numpy._core._ufunc_reconstruct", "sklearn.linear_model._sgd_fast.Hinge", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter", "torch._utils._rebuild_wrapper_subclass", "torch._tensor._rebuild_from_type_v2", "torch.storage._load_from_bytes", "copyreg.__newobj__", "copyreg.__newobj_ex__", "copyreg._reconstructor", "types.GenericAlias", "enum.Enum", "lightgbm.sklearn.LGBMClassifier", "sklearn.compose._column_transformer.make_column_selector", "sklearn.feature_selection._from_model.SelectFromModel", "scipy.stats._distn_infrastructure.rv_frozen"):
        yield f"stored function in {caller}", RECORDING, call(caller, g(STORED))
        yield f"stored function in {caller}, second", RECORDING, call(caller, g("builtins.object"), g(STORED))
        yield f"stored function in {caller}, twice", RECORDING, call(caller, g(STORED), g(STORED))
        yield f"instance in {caller}", RECORDING, call(caller, new("sklearn.model_selection._split.LeaveOneOut"))
        yield f"canary in {caller}", PICKLE, call(caller, CANARY)
        yield f"canary in {caller}, second", PICKLE, call(caller, g("builtins.object"), CANARY)
        yield f"canary in {caller}, texts", PICKLE, call(caller, CANARY, CANARY)
    shared = Shared({"a": 1})
    for maker in (lambda x: call("numpy.dtype", x), lambda x: call("copyreg._reconstructor", g("builtins.object"), g("builtins.object"), x)):
        yield "alias alone", PICKLE, (shared, maker(shared))
    yield "interp1d calls", RECORDING, build(new("scipy.interpolate._interpolate.interp1d"), {"_call": g(STORED), "x": 1})
    yield "torch module calls forward", RECORDING, build(new("torch.nn.modules.module.Module"), {"forward": g(STORED), "_forward_hooks": {}})
    yield "frame item is a function", RECORDING, Do(call("pandas.core.frame.DataFrame", {"a": [1]}), (("item", g(STORED), 1),))
    asked = build(new("cmdstanpy.stanfit.mle.CmdStanMLE"), {"stan_variable": g(STORED)})
    depth = build(new("stable_baselines3.common.vec_env.vec_normalize.VecNormalize"), {"norm_obs_keys": None, "getattr_depth_check": g(STORED)})
    for holder in (asked, depth):
        yield "__del__ asks __getattr__", RECORDING, build(new("flaml.automl.automl.AutoML"), {"preserve_checkpoint": True, "_trained_estimator": holder})
        yield "a proxy asks __getattr__", RECORDING, call("formulaic.model_matrix.ModelMatrix", holder, None)
    kernel = build(new("sklearn.gaussian_process.kernels.Matern"), {"get_params": g(STORED)})
    transform = call("builtins.getattr", new("bayes_opt.target_space.TargetSpace"), "kernel_transform")
    yield "get_params of a kernel", RECORDING, call("bayes_opt.parameter.wrap_kernel", kernel, transform)
    yield "a file of time zones", PICKLE, call("dateutil.tz._tzfile.tzfile", PATH)
    yield "an error in Cython", PICKLE, call("cftime._cftime._create_datetime", g("cftime._cftime.datetime"), (1, 2, 99), {})
    yield "hash of an instance", RECORDING, Pairs([(build(new("collections.OrderedDict"), {"__hash__": g(STORED)}), 1)])
    yield "empty set of an instance", RECORDING, Do(Raw(b"\x8f"), (("add", [new("pandas.core.frame.DataFrame")]),))


def wrappers() -> Iterator[tuple[str, bytes]]:
    """Array wrappers whose shape is changed through another name."""
    from assemble import Writer

    def state() -> Any:
        return Shared(Pairs([("subclass", g("numpy.ndarray")), ("shape", (5,)), ("order", "C"), ("dtype", dtype("f8", *F8)), ("allow_mmap", False)]))

    change = ("item", "shape", (1,))
    ways = {
        "ChainMap": lambda x: Do(call("collections.ChainMap", x), (change,)),
        "UserDict": lambda x: Do(build(new("collections.UserDict"), {"data": x}), (change,)),
        "dtype": lambda x: Do(call("numpy.dtype", x), (change,)),
        "_reconstructor": lambda x: Do(call("copyreg._reconstructor", g("builtins.object"), g("builtins.object"), x), (change,)),
        "memo": lambda x: Do(x, (change,)),
        "__dict__ of an instance": lambda x: build(new("argparse.Namespace"), (None, {"__dict__": x}), {"shape": (1,)}),
        "UserDict by its constructor": lambda x: Do(call("collections.UserDict", x), (change,)),
        "defaultdict": lambda x: Do(call("collections.defaultdict", None, x), (change,)),
    }
    for name, way in ways.items():
        for aligned in (False, True):
            shared = state()
            if aligned:
                shared.node.pairs.append(("numpy_array_alignment_bytes", 16))
            writer = Writer()
            writer.out += b"\x80\x04("
            writer.write(shared)
            writer.write(way(shared))
            writer.write(new("joblib.numpy_pickle.NumpyArrayWrapper"))
            writer.write(shared)
            writer.out += b"b"
            hidden = b"\0" * 8 + b"cos\ngetpid\n)R0" + b"N0" * 9
            if aligned:
                pad = 16 - (len(writer.out) + 1) % 16
                writer.out += bytes([pad]) + b"\xff" * pad
            yield f"wrapper changed by {name}", bytes(writer.out) + hidden + b"t."


def cases() -> Iterator[Stream]:
    """All of them."""
    for label, loader, node in written():
        yield Stream("cases", label, loader, assemble(node))
    for label, data in wrappers():
        yield Stream("cases", label, JOBLIB, data)
