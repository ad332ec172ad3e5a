"""
Streams over the opcodes of PyTorch's restricted unpickler, made by a grammar: values as a pickler writes them, and then
some opcode left out, doubled, swapped or put in. Each is the object of a checkpoint in a zip, and some also of one in the
format before 1.6. Nothing here acts: names of functions that could are refused where they stand.
"""

from __future__ import annotations

import io
import pickle
import random
import struct
import zipfile
from collections.abc import Iterator

MAGIC = pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2)
SYSTEM = pickle.dumps({"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}, 2)

#: Records of the archive: bytes of the storages that a stream may name.
RECORDS = {"0": 8, "1": 16, "2": 64, "k": 4, "e": 0}

CLASSES = [
    "collections OrderedDict", "collections Counter", "torch Size", "torch device", "torch Tensor", "__builtin__ set", "builtins set",
    "__builtin__ complex", "__builtin__ bytearray", "builtins bytearray", "torch.nn.parameter Parameter", "torch FloatTensor",
    "torch.sparse FloatTensor", "torch.storage TypedStorage", "torch.storage UntypedStorage",
]  # fmt: skip
VALUES = ["torch float32", "torch int8", "torch per_tensor_affine", "torch float8_e5m2", "torch uint16"]
STORAGES = ["torch FloatStorage", "torch DoubleStorage", "torch ByteStorage", "torch QInt8Storage", "torch.cuda FloatStorage", "torch BFloat16Storage"]
FUNCTIONS = [
    "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_tensor", "torch._utils _rebuild_parameter", "torch._utils _rebuild_qtensor",
    "torch._utils _rebuild_sparse_tensor", "torch._utils _rebuild_meta_tensor_no_storage", "torch._utils _rebuild_nested_tensor",
    "torch._utils _rebuild_parameter_with_state", "torch._tensor _rebuild_from_type_v2", "torch.serialization _get_layout", "_codecs encode",
    "torch _utils._rebuild_tensor_v2", "torch._utils _rebuild_tensor_v3",
]  # fmt: skip
OTHERS = [
    "inert Plain", "inert Stateful", "inert Mapping", "inert Items", "inert Ordered", "inert Config", "inert make", "inert Weights", "posix system", "os system",
    "builtins eval", "__builtin__ getattr", "sys exit", "subprocess Popen", "torch load", "torch.hub load", "collections defaultdict", "collections deque",
    "__builtin__ frozenset", "__builtin__ intern", "torch float", "torch.nn Parameter", "torch._C Size", "torch.nn.modules.linear Linear", "torch.storage _load_from_bytes",
    "numpy dtype", "numpy._core.multiarray scalar", "numpy.core.multiarray _reconstruct", "numpy ndarray", "copy_reg _reconstructor", " ", "torch ", " float32",
]  # fmt: skip

#: The opcodes that the restricted unpickler has, without those that only open or end a stream.
BARE = [b"N", b"\x88", b"\x89", b")", b"]", b"}", b"\x8f", b"(", b"R", b"b", b"\x81", b"a", b"e", b"s", b"u", b"t", b"\x85", b"\x86", b"\x87", b"Q"]
#: Some that it does not have.
FOREIGN = [b"0", b"2", b"1", b"\x94", b"\x93", b"\x90", b"\x91", b"\x92", b"l", b"d", b"o", b"\x82\x01", b"\x84\x01\0\0\0", b"C\x01a", b"\x8c\x01a", b"I1\n", b"L1L\n", b"F1.0\n", b"Va\n", b"S'a'\n", b"T\x01\0\0\0a", b"\x8b\x01\0\0\0\x05", b"Pa\n", b"iinert\nPlain\n", b"g0\n", b"p0\n", b"\x95\x02\0\0\0\0\0\0\0", b"\xff", b"\0"]  # fmt: skip


class Writer:
    def __init__(self, seed: object) -> None:
        self.random = random.Random(seed)
        self.ops: list[bytes] = []
        self.slots = 0

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def put(self, *ops: bytes) -> None:
        self.ops.extend(ops)

    def name(self, name: str) -> None:
        module, attribute = name.split(" ")
        self.put(f"c{module}\n{attribute}\n".encode())

    def text(self, value: str) -> None:
        data = value.encode("utf-8", "surrogatepass")
        if len(data) < 256 and self.chance(0.1):
            self.put(b"U" + bytes([len(data)]) + data)
        else:
            self.put(b"X" + struct.pack("<I", len(data)) + data)

    def number(self, value: int | None = None) -> None:
        if value is None:
            value = self.random.choice([0, 0, 1, 2, 3, 4, 7, 255, 256, 70_000, -1, -5, 1 << 40])
        if 0 <= value < 256 and not self.chance(0.1):
            self.put(b"K" + bytes([value]))
        elif 0 <= value < 65536 and not self.chance(0.1):
            self.put(b"M" + struct.pack("<H", value))
        elif -(1 << 31) <= value < 1 << 31 and not self.chance(0.1):
            self.put(b"J" + struct.pack("<i", value))
        else:
            data = pickle.encode_long(value)
            self.put(b"\x8a" + bytes([len(data)]) + data)

    def keep(self) -> None:
        """A memo slot for what stands on top."""
        if self.chance(0.7):
            slot = self.random.randrange(self.slots + 1) if self.chance(0.05) else self.slots
            self.put(b"q" + bytes([slot % 256]) if self.chance(0.9) else b"r" + struct.pack("<I", slot))
            self.slots += 1

    def again(self) -> None:
        slot = self.random.randrange(self.slots) if self.slots and not self.chance(0.03) else self.slots + 3
        self.put(b"h" + bytes([slot % 256]) if self.chance(0.9) else b"j" + struct.pack("<I", slot))

    def scalar(self) -> None:
        match self.random.randrange(9):
            case 0:
                self.put(b"N")
            case 1:
                self.put(self.random.choice([b"\x88", b"\x89"]))
            case 2 | 3:
                self.number()
            case 4:
                self.put(b"G" + struct.pack(">d", self.random.choice([0.0, 0.5, -1.0, float("nan")])))
            case 5:
                self.put(b")")
            case _:
                self.text(self.random.choice(["", "a", "lr", "cpu", "0", "storage", "weight", "ä", "x" * 60, "torch.strided", "latin1", "\ud800", "ab"]))

    def items(self, count: int, make) -> None:
        for _ in range(count):
            make()

    def tuple(self, make, count: int | None = None) -> None:
        count = self.random.randrange(5) if count is None else count
        if count in (1, 2, 3) and not self.chance(0.1):
            self.items(count, make)
            self.put([b"\x85", b"\x86", b"\x87"][count - 1])
        elif count == 0 and not self.chance(0.1):
            self.put(b")")
        else:
            self.put(b"(")
            self.items(count, make)
            self.put(b"t")

    def entries(self, depth: int) -> None:
        """Keys and values for what stands on top."""
        if self.chance(0.3):
            self.key(depth)
            self.value(depth - 1)
            self.put(b"s")
        else:
            self.put(b"(")
            for _ in range(self.random.randrange(4)):
                self.key(depth)
                self.value(depth - 1)
            self.put(b"u")

    def key(self, depth: int) -> None:
        if self.chance(0.1):
            self.value(depth - 2)
        elif self.chance(0.1):
            self.tuple(self.scalar)
        else:
            self.scalar()

    def storage(self) -> None:
        kind, key = self.random.choice([(STORAGES[0], "0"), (STORAGES[1], "1"), (STORAGES[2], "0"), (STORAGES[0], "k"), (STORAGES[0], "2"), (STORAGES[5], "k"), (STORAGES[0], "e"), ("torch.storage UntypedStorage", "0"), ("torch FloatTensor", "0"), (STORAGES[3], "0")])
        size = {"Double": 8, "Float": 4, "BFloat": 2}.get(next((p for p in ("Double", "BFloat", "Float") if p in kind), ""), 1)
        count = RECORDS[key] // size
        if self.chance(0.1):
            kind = self.random.choice(STORAGES + CLASSES + VALUES + OTHERS[:3])
        if self.chance(0.06):
            key = self.random.choice(["0", "missing", "", "1", "K"])
        if self.chance(0.06):
            # In the older format a huge storage is made at once, as far as the machine has memory.
            count = self.random.choice([0, 1, 3, -1, 5 if self.legacy else 1 << 40])
        self.put(b"(")
        self.text("storage" if not self.chance(0.03) else self.random.choice(["module", "Storage", ""]))
        if self.chance(0.03):
            self.value(1)
        else:
            self.name(kind)
        if self.chance(0.04):
            self.scalar()
        else:
            self.text(key)
        self.text(self.random.choice(["cpu", "cpu", "cuda:0", "nowhere"]))
        if self.chance(0.04):
            self.scalar()
        else:
            self.number(count)
        if self.legacy and not self.chance(0.03):
            self.put(b"N")
        elif self.chance(0.02):
            self.scalar()
        self.put(b"t", b"Q")

    legacy = False

    def tensor(self) -> None:
        which = self.random.randrange(6)
        if which < 4:
            self.name(self.random.choice([FUNCTIONS[0], FUNCTIONS[0], FUNCTIONS[11], FUNCTIONS[1]]))
            short = self.ops[-1].endswith(b"_rebuild_tensor\n")
            self.put(b"(")
            self.storage()
            self.keep()
            self.number(0)
            self.tuple(lambda: self.number(1), 1)
            self.tuple(lambda: self.number(1), 1)
            if not short:
                self.put(b"\x89")
                self.name("collections OrderedDict")
                self.put(b")", b"R")
            self.put(b"t", b"R")
        elif which == 4:
            self.name("torch._utils _rebuild_parameter")
            self.put(b"(")
            self.tensor()
            self.put(b"\x88" if self.chance(0.5) else b"\x89")
            self.name("collections OrderedDict")
            self.put(b")", b"R", b"t", b"R")
        else:
            self.name("torch._utils _rebuild_meta_tensor_no_storage")
            self.put(b"(")
            self.name("torch float32")
            self.tuple(lambda: self.number(2), 1)
            self.tuple(lambda: self.number(1), 1)
            self.put(b"\x89", b"t", b"R")

    def call(self, depth: int) -> None:
        """An instance of a class, called or not, with or without state and items."""
        names = self.random.choice([CLASSES, CLASSES, CLASSES, OTHERS, VALUES, STORAGES, FUNCTIONS])
        name = self.random.choice(names)
        self.name(name)
        self.keep()
        if self.chance(0.1):
            return
        arguments = {"torch device": lambda: self.text("cpu"), "torch.serialization _get_layout": lambda: self.text("torch.strided"), "_codecs encode": lambda: self.text("a")}.get(name)
        if arguments and not self.chance(0.2):
            self.tuple(arguments, 1)
        elif name.endswith(("Size", "set", "OrderedDict", "Counter", "bytearray")) and not self.chance(0.3):
            if self.chance(0.5):
                self.put(b")")
            else:
                self.list(self.number)
                self.put(b"\x85")
        elif self.chance(0.5):
            self.put(b")")
        else:
            self.tuple(lambda: self.value(depth - 1))
        self.put(b"R" if self.chance(0.6) else b"\x81")
        self.keep()
        if self.chance(0.25):
            self.entries(depth)
        if self.chance(0.3):
            if self.chance(0.5):
                self.put(b"}")
                if self.chance(0.6):
                    self.text("note")
                    self.number()
                    self.put(b"s")
            else:
                self.value(depth - 1)
            self.put(b"b")

    def list(self, make) -> None:
        self.put(b"]")
        self.keep()
        if self.chance(0.3):
            make()
            self.put(b"a")
        elif self.chance(0.8):
            self.put(b"(")
            self.items(self.random.randrange(4), make)
            self.put(b"e")

    def value(self, depth: int) -> None:
        if depth <= 0:
            return self.scalar()
        match self.random.randrange(12):
            case 0 | 1:
                self.scalar()
            case 2 | 3:
                self.put(b"}")
                self.keep()
                self.entries(depth)
            case 4:
                self.list(lambda: self.value(depth - 1))
            case 5:
                self.tuple(lambda: self.value(depth - 1))
                self.keep()
            case 6:
                self.put(b"\x8f")
                self.keep()
            case 7 | 8:
                self.tensor()
                self.keep()
            case 9 | 10:
                self.call(depth)
            case 11:
                self.again() if self.slots else self.scalar()

    def mistake(self) -> None:
        at = self.random.randrange(len(self.ops))
        match self.random.randrange(6):
            case 0:
                del self.ops[at]
            case 1:
                self.ops.insert(at, self.ops[at])
            case 2:
                other = self.random.randrange(len(self.ops))
                self.ops[at], self.ops[other] = self.ops[other], self.ops[at]
            case 3:
                self.ops.insert(at, self.random.choice(BARE))
            case 4:
                self.ops[at] = self.random.choice(BARE)
            case 5:
                self.ops.insert(at, self.random.choice(FOREIGN))


def stream(seed: object, legacy: bool) -> bytes:
    writer = Writer(seed)
    writer.legacy = legacy
    if writer.chance(0.95):
        writer.put(b"\x80" + bytes([writer.random.choice([2, 2, 2, 2, 3, 4, 0])]))
    if writer.chance(0.04):
        for _ in range(writer.random.randrange(1, 30)):
            writer.random.choice([lambda: writer.put(writer.random.choice(BARE)), writer.scalar, lambda: writer.call(1), writer.again])()
    else:
        writer.value(writer.random.randrange(1, 5))
    writer.put(b".")
    for _ in range(writer.random.choice([0, 0, 1, 1, 2, 5])):
        writer.mistake() if writer.ops else None
    data = b"".join(writer.ops)
    return data[: writer.random.randrange(len(data) + 1)] if writer.chance(0.01) else data


def checkpoint(data: bytes, legacy: bool) -> bytes:
    if legacy:
        return MAGIC + SYSTEM + data + b"\x80\x02]."
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a/data.pkl", data)
        archive.writestr("a/version", b"3\n")
        for key, size in RECORDS.items():
            archive.writestr(f"a/data/{key}", bytes(size))
    return out.getvalue()


def streams(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Name and file; each stream depends on the seed and its number only."""
    for i in range(count):
        legacy = i % 8 == 7
        yield f"stream-{seed}-{i}", checkpoint(stream(f"{seed}-{i}", legacy), legacy)
