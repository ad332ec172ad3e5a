"""
Writes the checkpoints that the comparison runs over: what people save, what only a hand writes, and archives that
somebody has tampered with. Payloads name `os.system` and the like and are given to the restricted reader only, which
calls nothing of the kind; they would run `true`.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import io
import pathlib
import pickle
import random
import struct
import sys
import tarfile
import uuid
import warnings
import zipfile
from collections.abc import Iterator

import numpy
import torch
from torch import nn

import inert

Case = tuple[str, bytes]


# What is saved -----------------------------------------------------------------------------------------------------


def trained(make_optimizer, make_schedule=None):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    optimizer = make_optimizer(model.parameters())
    schedule = make_schedule(optimizer) if make_schedule else None
    if isinstance(optimizer, torch.optim.SparseAdam):
        return model, optimizer, schedule

    def closure():
        loss = model(torch.ones(1, 2)).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    if schedule:
        schedule.step()
    return model, optimizer, schedule


def optimizers() -> Iterator[tuple[str, object]]:
    from torch import optim

    for name in ("SGD", "Adam", "AdamW", "Adagrad", "RMSprop", "LBFGS", "NAdam", "RAdam", "Adamax", "ASGD", "Rprop", "Adadelta"):
        kind = getattr(optim, name)
        _, optimizer, _ = trained(lambda parameters, kind=kind: kind(parameters, lr=0.1))
        yield f"optimizer-{name}", optimizer.state_dict()
    _, optimizer, _ = trained(lambda parameters: optim.SGD(parameters, lr=0.1, momentum=0.9))
    yield "optimizer-whole", optimizer
    yield "optimizer-state-itself", optimizer.state


def schedules() -> Iterator[tuple[str, object]]:
    from torch.optim import SGD
    from torch.optim import lr_scheduler as s

    makers = {
        "StepLR": lambda o: s.StepLR(o, 2),
        "MultiStepLR": lambda o: s.MultiStepLR(o, [1, 2]),
        "OneCycleLR": lambda o: s.OneCycleLR(o, 0.1, total_steps=4),
        "CosineAnnealingLR": lambda o: s.CosineAnnealingLR(o, 4),
        "LambdaLR": lambda o: s.LambdaLR(o, [inert.make]),
        "ExponentialLR": lambda o: s.ExponentialLR(o, 0.9),
        "SequentialLR": lambda o: s.SequentialLR(o, [s.ConstantLR(o), s.ExponentialLR(o, 0.9)], [2]),
        "CyclicLR": lambda o: s.CyclicLR(o, 0.1, 0.2),
        "PolynomialLR": lambda o: s.PolynomialLR(o),
    }
    for name, maker in makers.items():
        if name == "LambdaLR":
            maker = lambda o: s.LambdaLR(o, lambda epoch: 0.9)  # noqa: E731
        _, _, schedule = trained(lambda parameters: SGD(parameters, lr=0.1), maker)
        yield f"schedule-{name}", schedule.state_dict()
    model = nn.Linear(1, 1)
    plateau = s.ReduceLROnPlateau(SGD(model.parameters(), lr=0.1))
    plateau.step(1.0)
    yield "schedule-ReduceLROnPlateau", plateau.state_dict()


def tensors() -> Iterator[tuple[str, object]]:
    for name in (
        "float32 float64 float16 bfloat16 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool complex32 complex64 "
        "complex128 float8_e4m3fn float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz float8_e8m0fnu"
    ).split():
        dtype = getattr(torch, name)
        yield f"tensor-{name}", torch.zeros(2, dtype=dtype)
        yield f"dtype-{name}", dtype
    base = torch.arange(6.0)
    yield "views", [base[:2], base[3:], base.reshape(2, 3).t()]
    yield "scalar", torch.tensor(3.0)
    yield "empty", torch.empty(0)
    yield "requires-grad", torch.ones(2, requires_grad=True)
    yield "conjugate", torch.zeros(2, dtype=torch.complex64).conj()
    yield "negated", torch.zeros(2, dtype=torch.complex64).conj().imag
    yield "meta", torch.empty(2, device="meta")
    yield "sparse-coo", torch.eye(3).to_sparse()
    yield "sparse-csr", torch.eye(3).to_sparse_csr()
    yield "sparse-csc", torch.eye(3).to_sparse_csc()
    yield "sparse-bsr", torch.eye(4).to_sparse_bsr((2, 2))
    yield "quantised", torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8)
    yield "quantised-32", torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint32)
    yield "quantised-channel", torch.quantize_per_channel(torch.ones(2, 2), torch.ones(2), torch.zeros(2), 0, torch.quint8)
    yield "nested", torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])
    yield "nested-jagged", torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged)
    yield "parameter", nn.Parameter(torch.ones(2))
    parameter = nn.Parameter(torch.ones(2))
    parameter.note = "kept"
    yield "parameter-attributes", parameter
    yield "buffer", nn.Buffer(torch.ones(2))
    yield "lazy-parameter", nn.parameter.UninitializedParameter()
    yield "tensor-subclass", torch.ones(2).as_subclass(inert.Weights)
    subclass = torch.ones(2).as_subclass(inert.Weights)
    subclass.note = {"a": 1}
    yield "tensor-subclass-attributes", subclass
    with_attribute = torch.ones(2)
    with_attribute.note = "kept"
    yield "tensor-attributes", with_attribute
    yield "storage-untyped", torch.ones(2).untyped_storage()
    yield "storage-typed", torch.FloatStorage(2)
    yield "masked", torch.ones(2).masked_fill(torch.tensor([True, False]), 0)
    yield "packed-sequence", nn.utils.rnn.pack_sequence([torch.ones(2), torch.ones(1)])


def values() -> Iterator[tuple[str, object]]:
    model, optimizer, schedule = trained(lambda parameters: torch.optim.Adam(parameters), lambda o: torch.optim.lr_scheduler.StepLR(o, 1))
    state = model.state_dict()
    yield "state-dict", state
    yield "state-dict-plain", dict(state)
    yield "state-dict-metadata", nn.BatchNorm1d(2).state_dict()
    yield "training", {"epoch": 3, "model": state, "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
    yield "lightning", {
        "epoch": 1, "global_step": 20, "pytorch-lightning_version": "2.4.0", "state_dict": state, "loops": {"fit_loop": {"state_dict": {}}},
        "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_score": torch.tensor(0.1), "best_k_models": {}}},
        "optimizer_states": [optimizer.state_dict()], "lr_schedulers": [schedule.state_dict()], "hparams_name": "kwargs",
        "hyper_parameters": {"lr": 0.1, "layers": [1, 2]},
    }
    yield "lightning-hparams-object", {"state_dict": state, "hyper_parameters": inert.Config()}
    yield "rng-torch", torch.get_rng_state()
    yield "rng-python", random.Random(1).getstate()
    yield "rng-numpy", numpy.random.RandomState(1).get_state()
    yield "rng-generator", torch.Generator()
    yield "rng-numpy-generator", numpy.random.default_rng(1)
    for name, value in {
        "none": None, "true": True, "int": 1, "int-negative": -1, "int-large": 2**40, "int-huge": 1 << 3000, "float": 0.5,
        "text": "a", "text-long": "ä" * 300, "text-surrogate": "\ud800", "bytes": b"a", "bytes-empty": b"", "bytearray": bytearray(b"a"),
        "tuple": (1, 2, 3, 4), "tuple-empty": (), "list": [1, [2]], "dict": {"a": {"b": 1}}, "set": {1, 2}, "set-empty": set(), "frozenset": frozenset({1}),
        "complex": 1j, "slice": slice(1, 2), "range": range(3), "ellipsis": ..., "type": int, "function": len,
        "size": torch.Size([1, 2]), "device": torch.device("cpu"), "layout": torch.strided, "layout-sparse": torch.sparse_csr,
        "memory-format": {"a": torch.channels_last}, "qscheme": torch.per_tensor_affine, "version": torch.__version__, "iinfo": {"a": torch.finfo(torch.float32).bits},
        "ordered": collections.OrderedDict(a=1), "counter": collections.Counter("aab"), "defaultdict": collections.defaultdict(list, a=[1]),
        "defaultdict-empty": collections.defaultdict(list), "deque": collections.deque([1]), "chainmap": collections.ChainMap({"a": 1}),
        "datetime": datetime.datetime(2024, 1, 1), "timedelta": datetime.timedelta(1), "path": pathlib.PurePosixPath("a"), "uuid": uuid.UUID(int=1),
        "decimal": decimal.Decimal("1.5"), "fraction": fractions.Fraction(1, 2), "partial": functools.partial(int, base=2),
        "numpy-float": numpy.float64(0.5), "numpy-float32": numpy.float32(0.5), "numpy-int": numpy.int64(3), "numpy-bool": numpy.bool_(True),
        "numpy-text": numpy.str_("a"), "numpy-datetime": numpy.datetime64("2024-01-01"), "numpy-array": numpy.arange(3), "numpy-array-2": numpy.zeros((2, 2), "f4", order="F"),
        "numpy-structured": numpy.zeros(2, [("a", "i4"), ("b", "f8")]), "numpy-object": numpy.array([None, 1], dtype=object), "numpy-dtype": numpy.dtype("f8"),
        "numpy-complex": numpy.complex64(1), "numpy-masked": numpy.ma.masked_array([1, 2], [True, False]),
        "plain": inert.Plain(), "stateful": inert.Stateful(), "slots": inert.Slots(), "reduced": inert.Reduced(), "reduced-state": inert.ReducedState(),
        "mapping": inert.Mapping(), "mapping-filled": inert.Mapping(a=1), "items": inert.Items(), "items-filled": inert.Items([1]),
        "ordered-subclass": inert.Ordered(a=1), "ordered-subclass-empty": inert.Ordered(), "tally": inert.Tally("aab"), "pair": inert.Pair(1, 2),
        "enum": inert.Colour.RED, "int-enum": inert.Level.LOW, "dataclass": inert.Config(), "class": inert.Plain, "own-function": inert.make,
        "module-own": inert.Net(), "module-linear": nn.Linear(2, 2), "module-sequential": model, "module-attention": nn.TransformerEncoderLayer(4, 2, 4),
        "module-list": nn.ModuleList([nn.ReLU()]), "parameter-list": nn.ParameterList([nn.Parameter(torch.ones(1))]), "module-lstm": nn.LSTM(2, 2),
        "loss": nn.CrossEntropyLoss(), "distribution": torch.distributions.Normal(torch.zeros(1), torch.ones(1)),
        "dataset": torch.utils.data.TensorDataset(torch.ones(2)), "two-of-one": [inert.Plain(), inert.Plain(), inert.Config()],
        "many-of-one": [inert.Plain(i) for i in range(5)],
    }.items():
        yield name, value
    shared = [1]
    yield "shared", [shared, shared]
    recursive: list = []
    recursive.append(recursive)
    yield "recursive-list", recursive
    knot: list = []
    pair = (knot, 1)
    knot.append(pair)
    yield "recursive-tuple", pair
    ordered = collections.OrderedDict(a=1)
    ordered.note = 1
    yield "ordered-attributes", ordered


def saved(value: object, **options) -> bytes | None:
    out = io.BytesIO()
    try:
        torch.save(value, out, **options)
    except Exception:  # noqa: BLE001 - what torch cannot write is no case
        return None
    return out.getvalue()


EVERY_PROTOCOL = {
    "state-dict", "training", "optimizer-Adam", "optimizer-whole", "tensor-float32", "parameter", "plain", "stateful", "set", "set-empty", "bytes", "int-huge",
    "numpy-array", "numpy-float", "tuple", "counter", "module-linear", "text", "recursive-tuple", "dict", "frozenset", "pair", "ordered-subclass", "float", "size",
}


def written() -> Iterator[Case]:
    for name, value in (*values(), *tensors(), *optimizers(), *schedules()):
        for form, options in (("zip", {}), ("legacy", {"_use_new_zipfile_serialization": False})):
            data = saved(value, **options)
            if data is not None:
                yield f"{form}-{name}.pt", data
        if name in EVERY_PROTOCOL:
            for protocol in (0, 1, 3, 4, 5):
                data = saved(value, pickle_protocol=protocol)
                if data is not None:
                    yield f"proto{protocol}-{name}.pt", data
                data = saved(value, pickle_protocol=protocol, _use_new_zipfile_serialization=False)
                if data is not None:
                    yield f"legacy-proto{protocol}-{name}.pt", data
            # No checkpoint at all, under the name of one.
            if not isinstance(value, torch.Tensor):
                for protocol in (0, 2, 4):
                    yield f"bare-proto{protocol}-{name}.bin", pickle.dumps(value, protocol)


# What only a hand writes -------------------------------------------------------------------------------------------


def archive(records: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in records:
            file.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, compress_type=method)
    return out.getvalue()


VERSION = ("a/version", b"3\n")
PLAIN = b"\x80\x02K\x01."
OTHER = b"\x80\x02cinert\nPlain\n)\x81."
THIRD = b"\x80\x02cinert\nStateful\n."
TRUE = b"X\x04\x00\x00\x00true"
ATTACK = b"\x80\x02cposix\nsystem\n(" + TRUE + b"tR."


def text(value: str) -> bytes:
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def tensor(elements: int = 2, key: str = "0", kind: str = "FloatStorage", where: str = "cpu") -> bytes:
    storage = b"(" + text("storage") + f"ctorch\n{kind}\n".encode() + text(key) + text(where) + b"K" + bytes([elements]) + b"tQ"
    return b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"K\x00K" + bytes([elements]) + b"\x85K\x01\x85\x89ccollections\nOrderedDict\n)RtR."


ORDERED = b"ccollections\nOrderedDict\n"


def streams() -> Iterator[tuple[str, bytes]]:
    """Pickles, by opcodes."""
    yield from {
        "no-proto": b"}.", "proto-9": b"\x80\x09}.", "proto-twice": b"\x80\x02\x80\x02}.", "proto-late": b"}\x80\x02.", "empty": b"", "cut": b"\x80\x02X\x09\x00\x00\x00ab",
        "no-stop": b"\x80\x02}", "stop-only": b".", "after-stop": b"\x80\x02}.garbage", "second-pickle": PLAIN + ATTACK, "two-left": b"\x80\x02}}.",
        "pop": b"\x80\x02K\x010.", "dup": b"\x80\x02}2.", "pop-mark": b"\x80\x02(1}.", "frame": b"\x80\x04\x95\x02\x00\x00\x00\x00\x00\x00\x00K\x01.",
        "mark-left": b"\x80\x02(}.", "memo-missing": b"\x80\x02h\x00.", "memo": b"\x80\x02}q\x00h\x00.", "memo-long": b"\x80\x02}r\x00\x01\x00\x00j\x00\x01\x00\x00.", "memoize": b"\x80\x04}\x94.",
        "put-empty": b"\x80\x02q\x00.", "tuple-no-mark": b"\x80\x02t.", "tuple2-short": b"\x80\x02K\x01\x86.", "tuple1-empty": b"\x80\x02\x85.",
        "append-dict": b"\x80\x02}K\x01a.", "appends-set": b"\x80\x02\x8f(K\x01e.", "append-list": b"\x80\x02]K\x01a.", "additems": b"\x80\x04\x8f(K\x01\x90.",
        "setitem-list": b"\x80\x02]K\x00K\x01s.", "setitems-odd": b"\x80\x02}(K\x01u.", "setitem-unhashable": b"\x80\x02}]K\x01s.", "setitem-counter": b"\x80\x02ccollections\nCounter\n)RK\x01K\x02s.",
        "build-dict": b"\x80\x02}}b.", "build-class": b"\x80\x02" + ORDERED + b"}b.", "build-ordered": b"\x80\x02" + ORDERED + b")R}b.", "build-int": b"\x80\x02K\x01}b.", "build-list": b"\x80\x02]}b.",
        "build-set": b"\x80\x02\x8f}b.", "build-size": b"\x80\x02ctorch\nSize\n)R}b.", "build-counter": b"\x80\x02ccollections\nCounter\n)R}b.", "build-empty": b"\x80\x02}b.",
        "build-ordered-none": b"\x80\x02" + ORDERED + b")RNb.", "build-ordered-slots": b"\x80\x02" + ORDERED + b")RN}\x86b.", "build-ordered-no-slots": b"\x80\x02" + ORDERED + b")R}N\x86b.",
        "build-ordered-empty-states": b"\x80\x02" + ORDERED + b")R}}\x86b.", "build-ordered-number": b"\x80\x02" + ORDERED + b")RK\x01b.", "build-ordered-no-pairs": b"\x80\x02" + ORDERED + b")R)b.",
        "build-ordered-pairs": b"\x80\x02" + ORDERED + b")RK\x01K\x02\x86K\x03K\x04\x86\x86b.",
        "call-ordered": b"\x80\x02" + ORDERED + b")R.", "call-of-call": b"\x80\x02" + ORDERED + b")R)R.", "call-value": b"\x80\x02ctorch\nfloat32\n)R.", "call-int": b"\x80\x02K\x01)R.",
        "new-ordered": b"\x80\x02" + ORDERED + b")\x81.", "new-function": b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n)\x81.", "new-int": b"\x80\x02K\x01)\x81.", "new-value": b"\x80\x02ctorch\nfloat32\n)\x81.",
        "newobj-ex": b"\x80\x04cinert\nPlain\n)}\x92.", "string": b"S'a'\n.", "binstring": b"T\x01\x00\x00\x00a.", "short-binstring": b"U\x01a.", "unicode": b"Va\n.", "short-unicode": b"\x8c\x01a.",
        "unicode-broken": b"X\x01\x00\x00\x00\xff.", "int-text": b"I1\n.", "long-text": b"L1L\n.", "float-text": b"F1.5\n.", "long1": b"\x80\x02\x8a\x01\x05.", "long4": b"\x80\x02\x8b\x01\x00\x00\x00\x05.",
        "bytes-3": b"\x80\x03C\x01a.", "none": b"N.", "true-false": b"\x80\x02\x88\x89\x86.", "list-opcode": b"(K\x01l.", "dict-opcode": b"(K\x01K\x02d.", "inst": b"(iinert\nPlain\n.", "obj": b"(cinert\nPlain\no.",
        "ext1": b"\x80\x02\x82\x01.", "stack-global": b"\x80\x04" + text("inert") + text("Plain") + b"\x93.", "unknown-opcode": b"\xff.",
        "persid-text": b"Pabc\n.", "persid-str": b"\x80\x02" + text("a") + b"Q.", "persid-int": b"\x80\x02K\x01Q.", "persid-empty": b"\x80\x02)Q.", "persid-other": b"\x80\x02" + text("module") + b"\x85Q.",
        "persid-short": b"\x80\x02" + text("storage") + b"\x85Q.", "persid-list": b"\x80\x02]Q.", "persid-tuple-int": b"\x80\x02K\x01\x85Q.",
        "name-joined": b"\x80\x02ctorch\n_utils._rebuild_tensor_v2\n.", "name-py2-set": b"\x80\x02c__builtin__\nset\n(]tR.", "name-py2-intern": b"\x80\x02c__builtin__\nintern\n.", "name-empty": b"\x80\x02c\n\n.",
        "name-cut": b"\x80\x02cinert\nPlain", "name-blank": b"\x80\x02cinert \nPlain\n.", "name-cr": b"\x80\x02cinert\r\nPlain\n.", "name-not-utf8": b"\x80\x02c\xff\nPlain\n.",
        "alias-float": b"\x80\x02ctorch\nfloat\n.", "alias-parameter": b"\x80\x02ctorch.nn\nParameter\n.", "alias-size": b"\x80\x02ctorch._C\nSize\n.", "parameter": b"\x80\x02ctorch.nn.parameter\nParameter\n.",
        "name-only": b"\x80\x02cinert\nPlain\n.", "two-names": b"\x80\x02(cinert\nPlain\ncinert\nConfig\nt.", "name-then-pop": b"\x80\x02cinert\nPlain\n0.", "own-call": b"\x80\x02cinert\nPlain\n)R.",
        "own-build": b"\x80\x02cinert\nPlain\n)\x81}b.", "own-items": b"\x80\x02cinert\nMapping\n)\x81K\x01K\x02s.", "own-append": b"\x80\x02cinert\nItems\n)\x81K\x01a.", "function-build": b"\x80\x02cinert\nmake\nK\x01\x85R}b.",
        "encode": b"\x80\x02c_codecs\nencode\n" + text("a") + text("latin1") + b"\x86R.", "encode-rot13": b"\x80\x02c_codecs\nencode\n" + text("a") + text("rot13") + b"\x86R.",
        "bytearray": b"\x80\x02c__builtin__\nbytearray\n(c_codecs\nencode\n" + text("a") + text("latin1") + b"\x86RtR.",
        "ordered-argument": b"\x80\x02" + ORDERED + b"K\x01\x85R.", "ordered-list": b"\x80\x02" + ORDERED + b"]\x85R.", "size-text": b"\x80\x02ctorch\nSize\n" + text("a") + b"\x85R.", "size-list": b"\x80\x02ctorch\nSize\n](K\x01K\x02e\x85R.",
        "device-bad": b"\x80\x02ctorch\ndevice\n" + text("nowhere") + b"\x85R.", "device-good": b"\x80\x02ctorch\ndevice\n" + text("cpu") + b"\x85R.", "device-none": b"\x80\x02ctorch\ndevice\n)R.", "device-index": b"\x80\x02ctorch\ndevice\n" + text("cuda") + b"K\x00\x86R.",
        "rebuild-no-args": b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n)R.", "rebuild-plain": b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(NK\x00)))tR.", "set-int": b"\x80\x02c__builtin__\nset\nK\x01\x85R.", "complex": b"\x80\x02c__builtin__\ncomplex\nG?\xe0\x00\x00\x00\x00\x00\x00G?\xe0\x00\x00\x00\x00\x00\x00\x86R.",
        "parameter-no-args": b"\x80\x02ctorch._utils\n_rebuild_parameter\n)R.", "counter-list": b"\x80\x02ccollections\nCounter\n](K\x01K\x01e\x85R.", "reduce-not-tuple": b"\x80\x02" + ORDERED + b"]R.", "newobj-not-tuple": b"\x80\x02" + ORDERED + b"K\x01\x81.",
        "layout": b"\x80\x02ctorch.serialization\n_get_layout\n" + text("torch.strided") + b"\x85R.", "layout-bad": b"\x80\x02ctorch.serialization\n_get_layout\n" + text("torch.nothing") + b"\x85R.",
    }.items()


def hostile() -> Iterator[tuple[str, bytes]]:
    for module, name in (
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("subprocess", "Popen"), ("builtins", "eval"), ("__builtin__", "eval"), ("builtins", "exec"), ("builtins", "getattr"),
        ("sys", "exit"), ("runpy", "run_path"), ("importlib", "import_module"), ("torch", "load"), ("torch.hub", "load"), ("torch.serialization", "load"), ("torch.storage", "_load_from_bytes"),
        ("numpy", "load"), ("joblib", "load"), ("pickle", "loads"), ("operator", "attrgetter"), ("functools", "partial"), ("webbrowser", "open"), ("torch.utils.collect_env", "run"),
        ("torch._dynamo", "os.system"), ("torch", "_utils.os.system"), ("torch.jit", "load"), ("commands", "getoutput"), ("copy_reg", "_reconstructor"), ("__main__", "Net"),
    ):
        call = f"c{module}\n{name}\n".encode() + b"(" + TRUE + b"tR"
        yield f"{module}.{name}", b"\x80\x02" + call + b"."
        yield f"{module}.{name}-behind", b"\x80\x02}" + text("a") + call + b"s."
    yield "behind-tensor", tensor()[:-1] + b"0" + ATTACK[2:]
    yield "shadowed", b"\x80\x02" + ORDERED + b"q\x00cposix\nsystem\nq\x00h\x00)R."


def checkpoints_by_hand() -> Iterator[Case]:
    magic = pickle.dumps(0x1950A86A20F9469CFC6C, 2)
    version = pickle.dumps(1001, 2)
    info = pickle.dumps({"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}, 2)
    for name, data in streams():
        yield f"stream-{name}.pt", archive([("a/data.pkl", data), VERSION])
        yield f"legacy-stream-{name}.pt", magic + version + info + data + b"\x80\x02]."
        yield f"bare-stream-{name}.ckpt", data
    for name, data in hostile():
        yield f"hostile-{name}.pt", archive([("a/data.pkl", data), VERSION, ("a/data/0", bytes(8))])
        yield f"legacy-hostile-{name}.pt", magic + version + info + data + b"\x80\x02]."
    yield "legacy-attack-first.pt", ATTACK + version + info + PLAIN + b"\x80\x02]."
    yield "legacy-attack-version.pt", magic + ATTACK + info + PLAIN + b"\x80\x02]."
    yield "legacy-attack-info.pt", magic + version + ATTACK + PLAIN + b"\x80\x02]."
    yield "legacy-attack-keys.pt", magic + version + info + PLAIN + ATTACK
    yield "legacy-attack-behind.pt", magic + version + info + PLAIN + b"\x80\x02]." + ATTACK
    yield "legacy-other-version.pt", magic + pickle.dumps(1002, 2) + info + PLAIN + b"\x80\x02]."
    yield "legacy-other-magic.pt", pickle.dumps(0x1950A86A20F9469CFC6D, 2) + version + info + PLAIN + b"\x80\x02]."
    yield "legacy-magic-proto0.pt", pickle.dumps(0x1950A86A20F9469CFC6C, 0) + version + info + PLAIN + b"\x80\x02]."
    yield "legacy-cut.pt", magic + version + info
    yield "legacy-no-keys.pt", magic + version + info + PLAIN
    yield "legacy-keys-missing.pt", magic + version + info + PLAIN + pickle.dumps(["0"], 2)
    yield "nothing.pt", b""
    yield "zeros.pt", bytes(2000)
    yield "text.pt", b"version https://example.org/none\n"


def tampered() -> Iterator[Case]:
    a = ("a/data.pkl", PLAIN)
    for name, records in {
        "plain": [a, VERSION], "no-version": [a], "version-in-folder": [a, ("a/.data/version", b"3\n")], "version-text": [a, ("a/version", b"x")], "version-0": [a, ("a/version", b"0")],
        "version-11": [a, ("a/version", b"11")], "version-10": [a, ("a/version", b"10")], "version-upper": [a, ("a/VERSION", b"3")], "upper": [("a/DATA.PKL", PLAIN), VERSION],
        "upper-lower": [("a/DATA.PKL", OTHER), a, VERSION], "lower-upper": [a, ("a/DATA.PKL", OTHER), VERSION], "twice": [a, ("a/data.pkl", OTHER), VERSION], "twice-other": [("a/data.pkl", OTHER), a, VERSION],
        "thrice": [a, ("a/data.pkl", OTHER), ("a/data.pkl", THIRD), VERSION], "thrice-other": [("a/data.pkl", THIRD), ("a/data.pkl", OTHER), a, VERSION],
        "mixed": [("a/Data.pkl", THIRD), ("a/data.PKL", OTHER), a, VERSION], "twice-behind": [VERSION, a, ("a/data.pkl", OTHER)], "twice-among": [a, VERSION, ("a/data/0", b"x"), ("a/data.pkl", OTHER), ("a/byteorder", b"little")],
        "twice-many": [(f"a/data/{i}", b"x") for i in range(9)] + [a, ("a/data.pkl", OTHER), VERSION], "upper-many": [("a/DATA.pkl", OTHER)] + [(f"a/data/{i}", b"x") for i in range(6)] + [a, VERSION],
        "other-folder": [a, ("b/x", b""), VERSION], "other-case-folder": [a, ("A/x", b""), VERSION], "no-folder": [("data.pkl", PLAIN), ("version", b"3")], "first-no-folder": [("x", b""), a, VERSION],
        "deep": [("a/b/data.pkl", PLAIN), ("a/b/version", b"3")], "constants": [a, VERSION, ("a/constants.pkl", b"\x80\x02).")], "constants-upper": [a, VERSION, ("a/CONSTANTS.PKL", b"\x80\x02).")],
        "constants-deep": [a, VERSION, ("a/x/constants.pkl", b"")], "code": [a, VERSION, ("a/code/__torch__.py", b"")], "byteorder": [a, VERSION, ("a/byteorder", b"odd")], "byteorder-big": [a, VERSION, ("a/byteorder", b"big")],
        "alignment": [a, VERSION, ("a/.storage_alignment", b"x")], "alignment-number": [a, VERSION, ("a/.storage_alignment", b"64")], "tensor": [("a/data.pkl", tensor()), ("a/data/0", bytes(8)), VERSION],
        "tensor-short": [("a/data.pkl", tensor()), ("a/data/0", bytes(4)), VERSION], "tensor-long": [("a/data.pkl", tensor()), ("a/data/0", bytes(16)), VERSION], "tensor-missing": [("a/data.pkl", tensor()), VERSION],
        "tensor-upper": [("a/data.pkl", tensor(key="k")), ("a/data/K", bytes(8)), VERSION], "storage-unknown": [("a/data.pkl", tensor(kind="WhatStorage")), ("a/data/0", bytes(8)), VERSION],
        "storage-double": [("a/data.pkl", tensor(kind="DoubleStorage")), ("a/data/0", bytes(16)), VERSION], "record-evil": [a, VERSION, ("a/other.pkl", ATTACK)], "storage-evil": [("a/data.pkl", tensor()), ("a/data/0", ATTACK[:8]), VERSION],
        "folder-entry": [("a/", b""), a, VERSION], "only-other": [("a/other.pkl", PLAIN), VERSION], "long-folder": [("a" * 200 + "/data.pkl", PLAIN), ("a" * 200 + "/version", b"3")], "blank-folder": [(" /data.pkl", PLAIN), (" /version", b"3")],
    }.items():
        yield f"archive-{name}.pt", archive(records)
    yield "archive-deflated.pt", archive([("a/data.pkl", OTHER), VERSION], zipfile.ZIP_DEFLATED)
    yield "archive-deflated-tensor.pt", archive([("a/data.pkl", tensor()), ("a/data/0", bytes(8)), VERSION], zipfile.ZIP_DEFLATED)
    yield "archive-bzip2.pt", archive([a, VERSION], zipfile.ZIP_BZIP2)
    yield "archive-lzma.pt", archive([a, VERSION], zipfile.ZIP_LZMA)
    plain = archive([a, VERSION])
    yield "archive-renamed.txt", plain
    yield "archive-renamed.pth", plain
    yield "archive-wrong-crc.pt", plain.replace(PLAIN, b"\x80\x02K\x02.")
    yield "archive-prefix.pt", b"junk" + plain
    yield "archive-prefix-pickle.pt", PLAIN + plain
    yield "archive-prefix-attack.pt", ATTACK + plain
    yield "archive-suffix.pt", plain + b"junk"
    yield "archive-cut.pt", plain[:-10]
    yield "archive-cut-half.pt", plain[: len(plain) // 2]
    yield "archive-comment.pt", plain[:-2] + b"\x04\x00junk"
    yield "archive-local-name.pt", plain.replace(b"a/data.pkl", b"a/Xata.pkl", 1)
    yield "archive-central-name.pt", b"a/Xata.pkl".join(plain.rsplit(b"a/data.pkl", 1))
    yield "archive-empty.pt", archive([])
    encrypted = bytearray(plain)
    encrypted[plain.rindex(b"PK\x01\x02") + 8] |= 1
    yield "archive-encrypted-flag.pt", bytes(encrypted)
    real = saved({"w": torch.ones(3)}) or b""
    yield "archive-real-case.pt", real.replace(b"data.pkl", b"DATA.PKL")
    yield "archive-real-local.pt", real.replace(b"data.pkl", b"DATA.PKL", 1)
    yield "archive-two.pt", plain + archive([("a/data.pkl", OTHER), VERSION])


def tars() -> Iterator[Case]:
    for name, data in {"plain": b"\x80\x02ccollections\nOrderedDict\n)R.", "own": OTHER, "attack": ATTACK}.items():
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as file:
            for member, content in {"storages": b"\x80\x02K\x00.\x80\x02].", "tensors": b"\x80\x02K\x00.", "pickle": data}.items():
                header = tarfile.TarInfo(member)
                header.size = len(content)
                file.addfile(header, io.BytesIO(content))
        yield f"tar-{name}.pt", out.getvalue()


def scripts() -> Iterator[Case]:
    module = torch.jit.script(nn.Linear(2, 2))
    out = io.BytesIO()
    torch.jit.save(module, out)
    yield "script.pt", out.getvalue()


def all_cases() -> Iterator[Case]:
    torch.manual_seed(0)
    for source in (written, checkpoints_by_hand, tampered, tars, scripts):
        yield from source()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    folder, only = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    for name, data in all_cases():
        if only in name:
            (folder / name).write_bytes(data)
