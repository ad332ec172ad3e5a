"""
What runs a loader without effect: unpicklers whose lookups are noted and give a stub, a time limit, the list of what was seen.

Only Python's own library, from 3.8 on.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import signal
import sys
import types
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

LOADS_IN_A_ROW = 40
SECONDS = 1.0
# Names without which the formats themselves cannot be read; libraries.py adds its own.
REAL: dict[tuple[str, str], Any] = {("collections", "OrderedDict"): OrderedDict}


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
        return dtype_of_arrays

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


# What joblib is told of a stub: libraries.py knows numpy.
dtype_of_arrays: Any = None
seen: dict[str, set[str]] = {}
# What was looked up in lines of text (words.py), and what was anywhere else.
in_words: set[str] = set()
elsewhere: set[str] = set()
reading_words = False
loaders: list[str] = []
_report: int | None = None
apart = False


class Late(BaseException):
    """A loader took too long."""


def attempt(name: str, action: Callable[[], object]) -> None:
    """What is looked up within counts for this loader; whatever goes wrong there is its answer."""
    if apart:
        _in_child(name, action)
        return
    loaders.append(name)
    try:
        in_time(action)
    finally:
        loaders.pop()


def in_time(action: Callable[[], object]) -> None:
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    with contextlib.suppress(Exception, Late):  # a loader that refuses a file is an answer too
        action()
    signal.setitimer(signal.ITIMER_REAL, 0)


def _in_child(name: str, action: Callable[[], object]) -> None:
    """Dtypes that contradict themselves crash numpy: what was looked up before the crash counts."""
    global _report
    reading, writing = os.pipe()
    loaders.append(name)
    child = os.fork()
    if child == 0:
        os.close(reading)
        _report = writing
        in_time(action)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        for line in file:
            looked_up(line.rstrip(b"\n").decode("utf-8", "replace"))
    os.waitpid(child, 0)
    loaders.pop()


def looked_up(name: str) -> None:
    if _report is not None:
        os.write(_report, name.replace("\n", " ").encode("utf-8", "replace") + b"\n")
    outer, inner = loaders[0], loaders[-1]
    found = seen.setdefault(outer if len(loaders) == 1 else f"{outer} > {inner}", set())
    if name.startswith("marker_"):
        found.add(name)
        (in_words if reading_words else elsewhere).add(name)


def find(_self: Any, module: str, name: str) -> Any:
    looked_up(f"{module}.{name}")
    return REAL.get((module, name), Inert)


class CUnpickler(pickle.Unpickler):
    find_class = find


class PythonUnpickler(pickle._Unpickler):
    find_class = find


def _load(file: Any, **options: Any) -> Any:
    return CUnpickler(file, **options).load()


def _loads(data: Any, **options: Any) -> Any:
    return CUnpickler(io.BytesIO(data), **options).load()


inert_pickle = types.ModuleType("inert_pickle")
inert_pickle.__dict__.update(Unpickler=CUnpickler, load=_load, loads=_loads, UnpicklingError=pickle.UnpicklingError)


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


def guard() -> None:
    """Ends the process if some loader should reach Python's own lookup."""

    def hook(event: str, _args: Any) -> None:
        if event == "pickle.find_class":
            os.write(2, b"a loader reached Python's own lookup\n")
            os._exit(3)

    sys.addaudithook(hook)
