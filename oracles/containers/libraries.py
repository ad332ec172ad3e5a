"""The loaders of PyTorch, numpy, joblib and pandas, with inert unpicklers."""

from __future__ import annotations

import contextlib
import copyreg
import io
import os
import pickle
import sys
import warnings
from collections.abc import Callable
from typing import Any

warnings.filterwarnings("ignore")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import inert  # noqa: E402
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
from inert import REAL, Inert, attempt, find, inert_pickle, looked_up, plain  # noqa: E402

try:
    import zstandard
except ImportError:
    zstandard = None

REAL.update({("torch", name): getattr(torch, name) for name in ("FloatStorage", "DoubleStorage", "ByteStorage", "FloatTensor")})

WRAPPER_MODULES = (
    "joblib.numpy_pickle", "joblib.numpy_pickle_compat", "sklearn.externals.joblib.numpy_pickle", "joblib._store_backends.numpy_pickle",
)
REAL_FOR_JOBLIB: dict[tuple[str, str], Any] = {
    ("numpy", "ndarray"): numpy.ndarray,
    ("numpy", "dtype"): numpy.dtype,
    ("builtins", "object"): object,
    ("copyreg", "__newobj__"): copyreg.__newobj__,  # type: ignore[attr-defined]
    ("copyreg", "_reconstructor"): copyreg._reconstructor,  # type: ignore[attr-defined]
    **{(module, "NumpyArrayWrapper"): joblib.numpy_pickle.NumpyArrayWrapper for module in WRAPPER_MODULES},
    **{(module, "NDArrayWrapper"): joblib.numpy_pickle_compat.NDArrayWrapper for module in WRAPPER_MODULES},
    **{(module, "ZNDArrayWrapper"): joblib.numpy_pickle_compat.ZNDArrayWrapper for module in WRAPPER_MODULES},
}


def find_for_joblib(_self: Any, module: str, name: str) -> Any:
    looked_up(f"{module}.{name}")
    path, _, last = f"{module}.{name}".rpartition(".")
    return REAL_FOR_JOBLIB.get((path, last)) or REAL.get((module, name), Inert)


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


def patch() -> None:
    for module in (numpy.lib.format, sys.modules.get("numpy.lib._format_impl"), sys.modules.get("numpy.lib._npyio_impl"),
                   sys.modules.get("numpy.lib.npyio"), pandas.io.pickle, joblib.numpy_pickle):
        if module is not None and hasattr(module, "pickle"):
            module.pickle = inert_pickle
    # joblib reads BUILD's code from its pickle module.
    inert_pickle.__dict__.update({name: getattr(pickle, name) for name in ("BUILD", "DEFAULT_PROTOCOL", "dump", "dumps", "PickleError")})
    joblib.numpy_pickle.NumpyUnpickler.find_class = find_for_joblib
    joblib.numpy_pickle_compat.ZipNumpyUnpickler.find_class = find_for_joblib
    pandas.compat.pickle_compat.Unpickler.find_class = find
    inert.dtype_of_arrays = numpy.dtype("u1")
    torch.set_num_threads(1)
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


def by_torch(path: str, data: bytes) -> None:
    unsafe = {"map_location": "cpu", "weights_only": False, "pickle_module": inert_pickle}
    attempt("torch.load", lambda: torch.load(path, **unsafe))
    attempt("torch.load BytesIO", lambda: torch.load(io.BytesIO(data), **unsafe))
    attempt("torch.load mmap", lambda: torch.load(path, mmap=True, **unsafe))
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


def unpackers(data: bytes) -> list[tuple[str, Callable[[], Any]]]:
    readers: list[tuple[str, Callable[[], Any]]] = [("lz4", lambda: lz4.frame.open(io.BytesIO(data)))]
    if zstandard is not None:
        readers.append(("zstd", lambda: zstandard.open(io.BytesIO(data))))
    return readers
