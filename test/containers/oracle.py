"""
Asks the real loaders which globals of a file they would look up.

Reads paths, one a line, and answers each with a line of JSON: {"file", "seen": {loader: [global, ...]}}.

Nothing that a file names is imported or called. Every unpickler here answers a lookup with a stub, except for the names
in REAL, without which the formats themselves cannot be read; an audit hook ends the process if some loader should reach
Python's own lookup.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import hashlib
import io
import json
import lzma
import os
import pickle
import resource
import signal
import sys
import tarfile
import tempfile
import types
import warnings
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

warnings.filterwarnings("ignore")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import joblib.compressor  # noqa: E402
import joblib.numpy_pickle  # noqa: E402
import joblib.numpy_pickle_compat  # noqa: E402
import lz4.frame  # noqa: E402
import numpy  # noqa: E402
import numpy.lib.format  # noqa: E402
import pandas  # noqa: E402
import pandas.compat.pickle_compat  # noqa: E402
import pandas.io.pickle  # noqa: E402
import torch  # noqa: E402
import torch._weights_only_unpickler  # noqa: E402
import torch.serialization  # noqa: E402

try:
    import zstandard
except ImportError:
    zstandard = None

DEPTH = 4
LOADS_IN_A_ROW = 40
PART_BYTES = 1 << 22
SECONDS = 1.0
MEMORY = 3 << 30
TORCH_RAW = ("data", "constants", "tensors")


class Inert:
    """Stands for whatever a file names: callable, fillable, without effect."""

    def __new__(cls, *_args: Any, **_kwargs: Any) -> Inert:
        return object.__new__(cls)

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        pass

    def __call__(self, *_args: Any, **_kwargs: Any) -> Inert:
        return self

    @property
    def dtype(self) -> Any:
        """joblib asks an array that it read for its byte order."""
        return numpy.dtype("u1")

    def __setstate__(self, _state: Any) -> None:
        pass

    def __setitem__(self, _key: Any, _value: Any) -> None:
        pass

    def append(self, _item: Any) -> None:
        pass

    def extend(self, _items: Any) -> None:
        pass

    def add(self, _item: Any) -> None:
        pass


WRAPPER_MODULES = ("joblib.numpy_pickle", "joblib.numpy_pickle_compat", "sklearn.externals.joblib.numpy_pickle")
REAL: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    **{("torch", name): getattr(torch, name) for name in ("FloatStorage", "DoubleStorage", "ByteStorage", "FloatTensor")},
}
REAL_FOR_JOBLIB: dict[tuple[str, str], Any] = {
    ("numpy", "ndarray"): numpy.ndarray,
    ("numpy", "dtype"): numpy.dtype,
    **{(module, "NumpyArrayWrapper"): joblib.numpy_pickle.NumpyArrayWrapper for module in WRAPPER_MODULES},
    **{(module, "NDArrayWrapper"): joblib.numpy_pickle_compat.NDArrayWrapper for module in WRAPPER_MODULES},
    **{(module, "ZNDArrayWrapper"): joblib.numpy_pickle_compat.ZNDArrayWrapper for module in WRAPPER_MODULES},
}

@dataclass
class Part:
    """What one reader takes out of a container."""

    reader: str
    name: str
    content: bytes
    cut: bool
    # A storage of a checkpoint: whoever opens that reads it as raw bytes.
    raw: bool = False


seen: dict[str, set[str]] = {}
_loader: list[str] = []
_report: int | None = None
apart = False
scratch = ""


class Late(BaseException):
    """A loader took too long."""


def attempt(name: str, action: Callable[[], object]) -> None:
    """What is looked up within counts for this loader; whatever goes wrong there is its answer."""
    if apart:
        _in_child(name, action)
        return
    _loader.append(name)
    try:
        _in_time(action)
    finally:
        _loader.pop()


def _in_time(action: Callable[[], object]) -> None:
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    with contextlib.suppress(Exception, Late):  # a loader that refuses a file is an answer too
        action()
    signal.setitimer(signal.ITIMER_REAL, 0)


def _in_child(name: str, action: Callable[[], object]) -> None:
    """Dtypes that contradict themselves crash numpy: what was looked up before the crash counts."""
    global _report
    reading, writing = os.pipe()
    _loader.append(name)
    child = os.fork()
    if child == 0:
        os.close(reading)
        _report = writing
        _in_time(action)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        for line in file:
            looked_up(line.rstrip(b"\n").decode("utf-8", "replace"))
    os.waitpid(child, 0)
    _loader.pop()


def looked_up(name: str) -> None:
    if _report is not None:
        os.write(_report, name.replace("\n", " ").encode("utf-8", "replace") + b"\n")
    outer, inner = _loader[0], _loader[-1]
    found = seen.setdefault(outer if len(_loader) == 1 else f"{outer} > {inner}", set())
    if name.startswith("marker_"):
        found.add(name)


def find(_self: Any, module: str, name: str) -> Any:
    looked_up(f"{module}.{name}")
    return REAL.get((module, name), Inert)


def find_for_joblib(_self: Any, module: str, name: str) -> Any:
    looked_up(f"{module}.{name}")
    path, _, last = f"{module}.{name}".rpartition(".")
    return REAL_FOR_JOBLIB.get((path, last)) or REAL.get((module, name), Inert)


class CUnpickler(pickle.Unpickler):
    find_class = find


class PythonUnpickler(pickle._Unpickler):
    find_class = find


def _load(file: Any, **options: Any) -> Any:
    return CUnpickler(file, **options).load()


def _loads(data: Any, **options: Any) -> Any:
    return CUnpickler(io.BytesIO(data), **options).load()


inert = types.ModuleType("inert_pickle")
inert.__dict__.update(Unpickler=CUnpickler, load=_load, loads=_loads, UnpicklingError=pickle.UnpicklingError)


class EveryGlobal(dict):
    """In the place of the restricted reader's list: it goes on where it would refuse, and tells the names."""

    def __contains__(self, path: object) -> bool:
        looked_up(str(path))
        return True

    def __getitem__(self, path: str) -> Any:
        module, _, name = path.rpartition(".")
        return REAL.get((module, name), Inert)

    def values(self) -> Any:
        return EveryValue()


class EveryValue:
    def __contains__(self, _value: object) -> bool:
        return True


def _patch() -> None:
    for module in (numpy.lib.format, sys.modules.get("numpy.lib._format_impl"), sys.modules.get("numpy.lib._npyio_impl"),
                   sys.modules.get("numpy.lib.npyio"), pandas.io.pickle, joblib.numpy_pickle):
        if module is not None and hasattr(module, "pickle"):
            module.pickle = inert
    # joblib reads BUILD's code from its pickle module.
    inert.__dict__.update({name: getattr(pickle, name) for name in ("BUILD", "DEFAULT_PROTOCOL", "dump", "dumps", "PickleError")})
    joblib.numpy_pickle.NumpyUnpickler.find_class = find_for_joblib
    joblib.numpy_pickle_compat.ZipNumpyUnpickler.find_class = find_for_joblib
    pandas.compat.pickle_compat.Unpickler.find_class = find
    torch.serialization._is_torchscript_zip = lambda _reader: False
    torch._weights_only_unpickler._get_allowed_globals = EveryGlobal
    torch._weights_only_unpickler._blocklisted_modules = []
    fill = joblib.compressor.BinaryZlibFile._fill_buffer

    def fill_once(self: Any) -> bool:
        # It would turn in a circle from here on, and give nothing more.
        if self._decompressor.eof and self._decompressor.unused_data and self._buffer_offset == len(self._buffer):
            raise EOFError("bytes behind the compressed data")
        return fill(self)

    joblib.compressor.BinaryZlibFile._fill_buffer = fill_once
    read = joblib.numpy_pickle_compat.NDArrayWrapper.read

    def beside(self: Any, unpickler: Any) -> Any:
        if os.path.basename(self.filename) != self.filename:
            raise ValueError("a file elsewhere")
        return read(self, unpickler)

    joblib.numpy_pickle_compat.NDArrayWrapper.read = beside

    def guard(event: str, _args: Any) -> None:
        if event == "pickle.find_class":
            os.write(2, b"a loader reached Python's own lookup\n")
            os._exit(3)

    sys.addaudithook(guard)


class Cut(io.BytesIO):
    """A decoder's output up to a fault: what is read from there on fails, and is not the end of a file."""

    def _checked(self, got: bytes, wanted: int | None) -> bytes:
        if wanted is None or wanted < 0 or len(got) < wanted:
            raise OSError("broken data")
        return got

    def read(self, size: int | None = -1, /) -> bytes:
        return self._checked(super().read(size), size)

    def readline(self, size: int | None = -1, /) -> bytes:
        got = super().readline(size)
        return got if got.endswith(b"\n") else self._checked(got, size)

    def readinto(self, buffer: Any, /) -> int:
        got = super().readinto(buffer)
        if got < len(buffer):
            raise OSError("broken data")
        return got


def plain(data: bytes, label: str, encoding: str = "ASCII", cut: bool = False) -> None:
    """pickle.load, once and again, as each of the unpicklers with each kind of file."""
    files: list[tuple[str, Callable[[], Any]]] = [(" unbuffered", lambda: Cut(data) if cut else io.BytesIO(data))]
    if not cut:
        files.append(("", lambda: io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]
    for kind, opener in files:
        for unpickler in (CUnpickler, PythonUnpickler):
            for again in (True, False):
                attempt(label + kind, lambda: load_on(opener(), len(data), unpickler, again, encoding))


def load_on(file: Any, size: int, unpickler: Any, again: bool, encoding: str) -> None:
    """Loads to the end, with a fresh unpickler for each pickle or with one for all."""
    one: Any = None
    for _ in range(LOADS_IN_A_ROW):
        if one is None or again:
            one = unpickler(file, encoding=encoding)
            one.persistent_load = persistent
        one.load()
        if file.tell() >= size:
            return


def persistent(key: Any) -> Any:
    if not isinstance(key, tuple):
        raise pickle.UnpicklingError("no persistent_load for text")
    return Inert()


def by_torch(path: str, data: bytes) -> None:
    unsafe = {"map_location": "cpu", "weights_only": False, "pickle_module": inert}
    attempt("torch.load", lambda: torch.load(path, **unsafe))
    attempt("torch.load BytesIO", lambda: torch.load(io.BytesIO(data), **unsafe))
    attempt("torch.load weights_only", lambda: torch.load(path, map_location="cpu", weights_only=True))
    records: list[bytes] = []
    with contextlib.suppress(Exception):
        reader = torch._C.PyTorchFileReader(io.BytesIO(data))
        names = {"data.pkl", "constants.pkl", *(name for name in reader.get_all_records() if name.lower().endswith(".pkl"))}
        for name in sorted(names):
            with contextlib.suppress(Exception):
                records.append(bytes(reader.get_record(name)))
    for record in records:
        plain(record, "PyTorchFileReader", "utf-8")


def every_array(source: Any) -> None:
    loaded = numpy.load(source, allow_pickle=True)
    if isinstance(loaded, numpy.lib.npyio.NpzFile):
        for key in dict.fromkeys([*loaded.files, *loaded.zip.namelist()]):
            with contextlib.suppress(Exception):
                loaded[key]


def by_path(path: str, data: bytes) -> None:
    attempt("pandas.read_pickle", lambda: pandas.read_pickle(path))
    attempt("pandas.read_pickle", lambda: by_old_pandas(path))
    by_torch(path, data)
    attempt("numpy.load", lambda: every_array(path))
    attempt("numpy.load BytesIO", lambda: every_array(io.BytesIO(data)))
    attempt("joblib.load", lambda: joblib.load(path))
    attempt("joblib.load mmap", lambda: joblib.load(path, mmap_mode="r"))
    attempt("joblib.load BytesIO", lambda: joblib.load(io.BytesIO(data)))


def by_old_pandas(path: str) -> None:
    with pandas.io.pickle.get_handle(path, "rb", compression="infer", is_text=False) as handles:
        pandas.compat.pickle_compat.Unpickler(handles.handle).load()


def read_on(file: Any) -> tuple[bytes, bool]:
    """What a reader gives, and whether it failed then."""
    out = b""
    try:
        while len(out) < PART_BYTES and (part := file.read(256)):
            out += part
    except (Exception, Late):
        return out, True
    return out, False


def in_zip(data: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        folders = {entry.filename.lower()[: -len("data.pkl")] for entry in entries if entry.filename.lower().endswith("/data.pkl")}
        for entry in entries:
            with contextlib.suppress(Exception), archive.open(entry) as file:
                content, cut = read_on(file)
                parts = entry.filename.lower().rsplit("/", 2)
                raw = len(parts) == 3 and parts[1] in TORCH_RAW and f"{parts[0]}/" in folders
                protocol = content[:1] == b"\x80" and content[1:2] in (b"\2", b"\3", b"\4", b"\5")
                yield Part("zipfile", entry.filename, content, cut, raw and not protocol and not parts[2].endswith(".pkl"))


def in_tar(data: bytes, ignore_zeros: bool) -> Iterator[Part]:
    label = "tarfile ignore_zeros" if ignore_zeros else "tarfile"
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:", ignore_zeros=ignore_zeros) as archive:
        members = []
        with contextlib.suppress(Exception):
            while len(members) < 300 and (member := archive.next()) is not None:
                members.append(member)
        archive._loaded = True  # type: ignore[attr-defined]
        for member in members:
            with contextlib.suppress(Exception):
                file = archive.extractfile(member)
                if file is not None:
                    content, cut = read_on(getattr(file, "raw", file))
                    yield Part(label, member.name, content, cut)


def unpacked(data: bytes, name: str) -> Iterator[Part]:
    readers: list[tuple[str, Callable[[], Any]]] = [
        ("gzip", lambda: gzip.open(io.BytesIO(data))),
        ("bz2", lambda: bz2.open(io.BytesIO(data))),
        ("lzma", lambda: lzma.open(io.BytesIO(data))),
        ("lz4", lambda: lz4.frame.open(io.BytesIO(data))),
    ]
    if zstandard is not None:
        readers.append(("zstd", lambda: zstandard.open(io.BytesIO(data))))
    inner = name.rsplit(".", 1)[0] if "." in name else name
    for label, opener in readers:
        with contextlib.suppress(Exception):
            yield Part(label, inner, *read_on(opener()))
    with contextlib.suppress(zlib.error):
        tool = zlib.decompressobj()
        content = tool.decompress(data, PART_BYTES)
        yield Part("zlib", inner, content, not tool.eof)


def every(path: str, data: bytes, within: str, depth: int, done: set[bytes], part: Part | None = None) -> None:
    """Gives a file to each loader, and what a container holds to each again."""
    cut = part is not None and part.cut
    name = os.path.basename(path)
    key = hashlib.sha256(name.encode(errors="replace") + bytes([part is not None and part.raw, cut]) + data).digest()
    if key in done or not data:
        return
    done.add(key)
    if part is None or not part.raw:
        with _within(within):
            plain(data, "pickle.load", cut=cut)
            if not cut:
                by_path(path, data)
    if depth == 0:
        return
    inner: list[Part] = []
    for parts in (in_zip(data), in_tar(data, False), in_tar(data, True), unpacked(data, name)):
        _in_time(lambda: inner.extend(parts))
    for one in inner:
        safe = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in os.path.basename(one.name))
        # No folder for each: removing one takes longer than all the loaders do.
        inner_path = os.path.join(scratch, str(depth), safe[-80:].lstrip(".") or "x")
        with open(inner_path, "wb") as file:
            file.write(one.content)
        # A loader of a member counts for who opened the outermost container.
        every(inner_path, one.content, within or one.reader, depth - 1, done, one)
        os.unlink(inner_path)


@contextlib.contextmanager
def _within(name: str) -> Iterator[None]:
    if name:
        _loader.append(name)
    try:
        yield
    finally:
        if name:
            _loader.pop()


def _alarm(_signal: int, _frame: Any) -> None:
    raise Late


def main() -> None:
    global apart, scratch
    apart = "--apart" in sys.argv
    _patch()
    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
    torch.set_num_threads(1)
    signal.signal(signal.SIGALRM, _alarm)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    memory = "/dev/shm"
    with tempfile.TemporaryDirectory(dir=memory if os.path.isdir(memory) else None) as scratch:
        for depth in range(DEPTH + 1):
            os.mkdir(os.path.join(scratch, str(depth)))
        for line in sys.stdin:
            path = line.rstrip("\n")
            seen.clear()
            with open(path, "rb") as file:
                data = file.read()
            every(path, data, "", DEPTH, set())
            answer = {"file": path, "seen": {name: sorted(names) for name, names in seen.items() if names}}
            out.write(json.dumps(answer) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
