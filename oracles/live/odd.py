"""Odd values: what a maker or a state does not expect. Each is a node and a short word for what is odd about it."""

from __future__ import annotations

import random
from typing import Any

from assemble import Call, Do, Global, Pairs, Shared
from names import Name, Names, pick

CANARY = "zzcanary"
# No page is mapped there: a read crashes, a write changes nothing.
ADDRESS = 4112
PATH = "/live-oracle/zzcanary"

MULTIARRAY = ("numpy.core.multiarray", "numpy._core.multiarray", "numpy.core._multiarray_umath", "numpy._core._multiarray_umath")
NUMERIC = ("numpy.core.numeric", "numpy._core.numeric")

# Every action of a state or argument that is code would do nothing.
CODE = f"{CANARY}()"
TEMPLATE = f"\ndef _parse_args(self, a=({CODE}), loc=0):\n    return (), loc, 1\n"

TEXTS = [
    ("empty text", ""),
    ("canary text", CANARY),
    ("code", CODE),
    ("template", TEMPLATE),
    ("formula", f"y ~ {CODE}"),
    ("path", PATH),
    ("relative path", f"{CANARY}.npy"),
    ("url", f"file://{PATH}"),
    ("zone path", f"dateutil/{PATH}"),
    ("dtype with zone path", f"datetime64[ns, dateutil/{PATH}]"),
    ("dtype with zone", f"datetime64[ns, {CANARY}]"),
    ("interval of zone path", f"interval[datetime64[ns, dateutil/{PATH}], right]"),
    ("sparse of zone path", f"Sparse[datetime64[ns, dateutil/{PATH}]]"),
    ("arrow dtype", f"timestamp[ns, tz=dateutil/{PATH}][pyarrow]"),
    ("codec", CANARY),
    ("codec", "zlib_codec"),
    ("codec", "cp1250"),
    ("codec", "punycode"),
    ("object dtype", "O"),
    ("record dtype", "O,i4"),
    ("record dtype", "(2,3)O"),
    ("dtype", "<f8"),
    ("dtype", "V8"),
    ("dtype", "S1000000000"),
    ("dunder", "__class__"),
    ("dunder", "__init__"),
    ("dunder", "__dict__"),
    ("dotted", f"{CANARY}.{CANARY}"),
    ("dotted", "os.system"),
    ("category", "category"),
    ("device", "cuda:7"),
    ("surrogate", "\udc80"),
    ("nul", "a\0b"),
    ("digits", "9" * 5000),
    ("xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///live-oracle/x">]><x>&e;</x>'),
    ("json", '{"learner": 1}'),
    ("model text", "tree\nversion=v4\nnum_class=1\n"),
]
NUMBERS = [0, 1, -1, 2, 7, 255, 256, 1 << 15, (1 << 31) - 1, 1 << 31, -(1 << 31), 1 << 40, (1 << 62) + 1, (1 << 63) - 1, 1 << 63, 1 << 64, 1 << 200, ADDRESS, 0.0, -0.5, 1e308, float("inf"), float("nan")]
BYTES = [b"", b"\0", b"\0" * 8, b"\xff" * 8, b"\x10\x10\0\0\0\0\0\0", b"\x10\x10\0\0\0\0\0\0" * 4, b"abc", b"\0" * 512, b"cos\nsystem\n.", b"\x80\x04N.", b"binf" + b"\xff" * 64]
SHAPES = [(), (0,), (1,), (2,), (5,), (1000,), (100000,), (-1,), (0, 5), (5, 0), (1 << 31,), (1 << 40,), (1 << 62, 4), (1 << 32, 1 << 32), (1,) * 33, (1,) * 65, (2, -2)]

PROTOCOLS = ["__array_interface__", "__array_interface__", "__array_interface__", "__array__", "__array_struct__", "__new__", "keys", "keys", "__class__", "__reduce__", "__setstate__", "__iter__", "__len__", "__getattr__", "__index__", "shape", "dtype", "__cuda_array_interface__", "__dlpack__", "__dataframe__", "__arrow_c_stream__", "__sklearn_tags__", "__float__", "__int__", "forward", "__torch_function__", "__array_ufunc__", "__array_function__", "__array_priority__", "__array_finalize__", "__array_wrap__", "__getstate__", "get_params", "set_params", "utcoffset", "tzname", "toordinal", "__next__", "__dict__", "__slots__", "_mgr", "items", "values", "read", "write", "readline", "fileno", "name", "__fspath__", "__call__", "__name__", "__wrapped__", "ndim", "size", "to_numpy", "tolist", "copy", "astype", "data", "toarray", "__hash__", "__eq__", "__del__", "__enter__", "__module__", "__doc__", "__init__", "__init_subclass__", "__qualname__", "__reduce_ex__", "__getnewargs__", "__getinitargs__", "fields", "itemsize", "_asdict", "_fields", "__dataclass_fields__", "type", "key", "tz", "zone", "freq", "device", "storage"]


class Odd:
    """Chooses odd values for one stream."""

    def __init__(self, rng: random.Random, names: Names) -> None:
        self.rng = rng
        self.names = names

    # ---- objects

    def numpy(self, name: str) -> Global | None:
        return self.names.find(name, "numpy", *MULTIARRAY, *NUMERIC)

    def callable(self) -> Global:
        """Something that could be called from the state."""
        rng, names = self.rng, self.names
        pool = rng.choice([names.stored, names.stored, names.functions, names.classes])
        return pick(rng, pool or names.classes)

    def bare(self, name: Name | None = None) -> Any:
        """An instance that was made without a constructor."""
        rng = self.rng
        name = name or rng.choice(self.names.classes)
        return Call(name.node(), (), "NEWOBJ")

    def interface(self) -> dict:
        """A view of memory that is not there."""
        rng = self.rng
        return {"shape": rng.choice([(1,), (2,), (4,), ()]), "typestr": rng.choice(["<f8", "|u1", "|O", "<i8", "<f4", "|O8"]), "data": (ADDRESS, rng.random() < 0.5), "version": 3}

    def attributes(self, protocol: str) -> Any:
        """A value for an attribute that libraries look for."""
        rng = self.rng
        if protocol == "__array_interface__":
            return self.interface()
        if protocol == "__array_struct__":
            return rng.choice([0, ADDRESS, b"\0" * 64, None])
        if protocol == "__class__":
            return pick(rng, self.names.classes)
        if protocol in ("shape", "_fields", "__slots__"):
            return rng.choice(SHAPES)
        if protocol == "dtype":
            return self.dtype()[1]
        return rng.choice([self.callable, self.callable, lambda: self.constant()[1], lambda: self.partial()])()

    def partial(self) -> Any:
        """A partial, with a state that is not the one that its maker gave."""
        partial = self.names.find("partial", "functools", "_functools")
        if partial is None:
            return self.callable()
        function = self.callable()
        made: Any = Call(partial, (self.callable(),))
        if self.rng.random() < 0.7:
            made = Do(made, (("build", (function, (self.constant()[1],), self.rng.choice([{}, None, {CANARY: 1}]), self.rng.choice([None, {}]))),))
        return made

    def holder(self) -> tuple[str, Any]:
        """An instance with an attribute that libraries look for."""
        rng, names = self.rng, self.names
        protocol = rng.choice(PROTOCOLS)
        value = self.attributes(protocol)
        way = rng.random()
        if way < 0.15 and names.mappings:
            cls = pick(rng, names.mappings)
            return f"mapping with {protocol}", Do(Call(cls, (), rng.choice(["NEWOBJ", "REDUCE"])), (("item", protocol, value),))
        name = rng.choice(names.simple if names.simple and rng.random() < 0.6 else names.holders or names.classes)
        if way < 0.3:
            made: Any = Call(name.node(), ())
        elif way < 0.4 and (make := names.find("_reconstructor", "copyreg", "copy_reg")) and (base := names.find("object", "builtins")):
            made = Call(make, (name.node(), base, None))
        else:
            made = Call(name.node(), (), "NEWOBJ")
        state: Any = {protocol: value}
        if rng.random() < 0.1:
            state = (None, state)
        elif rng.random() < 0.1:
            state = Pairs([(protocol, 0), (protocol, value)])
        return f"holder with {protocol}", Do(made, (("build", state),))

    def dtype(self) -> tuple[str, Any]:
        """A dtype, with a state that it cannot have, or a class as one."""
        rng = self.rng
        dtype = self.numpy("dtype")
        if dtype is None:
            return "dtype text", "O"
        way = rng.random()
        if way < 0.15:
            return "plain dtype", Call(dtype, (rng.choice(["f8", "O8", "U5", "V8", "M8", "i4", "b1", "S3"]),))
        if way < 0.3:
            return "class as dtype", rng.choice([pick(rng, self.names.classes), Call(dtype, (pick(rng, self.names.classes),))])
        if way < 0.4:
            return "dtype of a dtype", Call(dtype, (rng.choice([{CANARY: ("O", 0)}, {"names": ["a"], "formats": ["O"], "offsets": [1 << 20], "itemsize": 8}, [("a", "O"), ("b", "f8")], ("O", (2, 2)), ("i8", {"a": ("O", 0)}), ("O", "i8"), ("i8", "O"), self.holder()[1]]),))
        base = rng.choice(["O8", "O", "V16", "V8", "f8", "U5", "S3", "M8", "i8"])
        size = rng.choice([-1, -1, 8, 0, 1, 16, -8, 1 << 30, (1 << 31) - 1])
        inner = Call(dtype, (rng.choice(["O8", "f8", "V8", "i4"]), False, True))
        fields = rng.choice([None, None, {"a": (inner, 0)}, {"a": (inner, 8)}, {"a": (inner, 1 << 20)}, {"a": (inner, -8)}, {}, {"a": (inner, 0), "b": (inner, 4)}, {CANARY: 1}])
        names = rng.choice([None, ("a",), ("a", "b"), (), (CANARY,)]) if fields is None or rng.random() < 0.3 else ("a",)
        sub = rng.choice([None, None, None, None, (inner, (2,)), (inner, (1 << 20,)), (inner, 3), (inner, (-1,))])
        flags = rng.choice([0, 0, 1, 2, 4, 8, 16, 27, 63, 64, 128, 255])
        state = (rng.choice([3, 3, 3, 4, 4, 2, 1, 0, 9]), rng.choice(["<", "|", ">", "="]), sub, names, fields, size, rng.choice([-1, 1, 8, 0, -8]), flags)
        if state[0] == 4:
            state = (*state, rng.choice([None, {}, ({}, ("ns", 1, 1, 1)), ({CANARY: 1}, (CANARY, 1, 1, 1)), 7]))
        if rng.random() < 0.15:
            state = state[: rng.randrange(9)]
        return "dtype state", Do(Call(dtype, (base, rng.random() < 0.2, True)), (("build", state),))

    def array(self) -> tuple[str, Any]:
        """An array: its shape, dtype, data and class do not fit."""
        rng = self.rng
        make = self.numpy("_reconstruct") or self.names.find("_reconstruct", *MULTIARRAY)
        cls = self.numpy("ndarray")
        word, dtype = self.dtype() if rng.random() < 0.7 else ("dtype text", rng.choice(["O", "f8", "V8", PATH]))
        scalar = self.names.find("scalar", *MULTIARRAY)
        frombuffer = self.names.find("_frombuffer", *NUMERIC)
        way = rng.random()
        if way < 0.2 and scalar is not None:
            return f"scalar with {word}", Call(scalar, (dtype, rng.choice(BYTES)))
        if way < 0.35 and frombuffer is not None:
            return f"buffer with {word}", Call(frombuffer, (rng.choice(BYTES), dtype, rng.choice(SHAPES), rng.choice(["C", "F", "A", None])))
        if make is None or cls is None:
            return word, dtype
        shape = rng.choice(SHAPES[:8])
        data = rng.choice([rng.choice(BYTES), [], [None], [1, 2], [self.constant()[1]] * 3, self.constant()[1]])
        if rng.random() < 0.3:
            cls = pick(rng, self.names.classes)
        first = rng.choice([(0,), (0,), (0,), rng.choice(SHAPES)])
        state = (1, shape, dtype, rng.random() < 0.3, data)
        if rng.random() < 0.1:
            state = state[: rng.randrange(5)]
        return f"array with {word}", Do(Call(make, (cls, first, rng.choice([b"b", b"O", "V8", b"f8"]))), (("build", state),))

    def constant(self) -> tuple[str, Any]:
        """A constant."""
        rng = self.rng
        way = rng.random()
        if way < 0.4:
            return rng.choice(TEXTS)
        if way < 0.6:
            return "number", rng.choice(NUMBERS)
        if way < 0.7:
            return "bytes", rng.choice(BYTES)
        if way < 0.8:
            return "shape", rng.choice(SHAPES)
        return rng.choice([("None", None), ("True", True), ("empty tuple", ()), ("empty list", []), ("empty dict", {}), ("Nones", (None,) * rng.randrange(1, 10)), ("zeros", (0,) * rng.randrange(1, 10)), ("list of Nones", [None] * rng.randrange(1, 5)), ("dict", {CANARY: 1}), ("nested", [[[]]]), ("pairs", [(CANARY, 1)]), ("texts", [CANARY, PATH]), ("big list", list(range(50)))])

    def value(self) -> tuple[str, Any]:
        """Any of them."""
        rng = self.rng
        way = rng.random()
        if way < 0.36:
            return self.constant()
        if way < 0.56:
            return self.holder()
        if way < 0.68:
            return self.dtype()
        if way < 0.78:
            return self.array()
        if way < 0.84:
            return "global", self.callable()
        if way < 0.88:
            return "class", pick(rng, self.names.classes)
        if way < 0.94:
            return "bare instance", self.bare()
        if way < 0.97:
            return "partial", self.partial()
        word, value = self.value()
        wrapped = rng.choice([lambda v: [v], lambda v: (v,), lambda v: {CANARY: v}, lambda v: [v, v], lambda v: {"data": v}, lambda v: ((v, v), v)])
        shared = Shared(value)
        return f"wrapped {word}", wrapped(shared)

    def state(self, name: Name) -> tuple[str, Any]:
        """A state for an instance."""
        rng = self.rng
        way = rng.random()
        if way < 0.25:
            length = rng.randrange(0, 14)
            kind = rng.random()
            if kind < 0.5:
                return "short tuple as state", tuple(rng.choice([None, 0, b"", (), {}, 1, ""]) for _ in range(length))
            return "odd tuple as state", tuple(self.value()[1] if rng.random() < 0.4 else rng.choice([None, 0, 1, "", b""]) for _ in range(length))
        if way < 0.45:
            protocol = rng.choice(PROTOCOLS)
            return f"state with {protocol}", {protocol: self.attributes(protocol)}
        if way < 0.6:
            keys = [rng.choice(name.params) for _ in range(3)] if name.params else [CANARY]
            word, value = self.value()
            state = {key: value if at == 0 else self.constant()[1] for at, key in enumerate(dict.fromkeys(keys))}
            return f"state of parameters with {word}", state
        if way < 0.7:
            word, value = self.value()
            return f"{word} in a slot state", (rng.choice([None, {}, {CANARY: 1}]), {rng.choice([CANARY, "__class__", "__dict__", "__setstate__", *name.params]): value})
        if way < 0.76:
            return "template as state", Pairs([("_parse_arg_template", 0), ("_parse_arg_template", TEMPLATE)]) if rng.random() < 0.5 else {"_parse_arg_template": TEMPLATE, "badvalue": 0}
        if way < 0.82:
            return "formula as state", {"formula": f"y ~ {CODE}", "restore_design_info": True, "orig_endog": None, "orig_exog": None, "frame": {}}
        word, value = self.value()
        return f"{word} as state", value
