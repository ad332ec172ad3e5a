"""What CPython's own unpicklers look up in a stream, found without resolving anything.

Reads streams (each behind its length, four bytes, little endian) from a file and prints one line of
JSON for each: the pairs that any reader handed to `find_class`, who did, and how each reader ended.

Every reader is CPython's own with `find_class` and `persistent_load` replaced: they record and give
inert values. No module is imported, and nothing that a stream names is ever touched.

Runs under every Python from 3.6 on; uses the standard library alone.
"""

import argparse
import copyreg
import io
import json
import pickle
import struct
import sys
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from _pickle import Unpickler as CUnpickler

C, C_UNBUFFERED, PYTHON = 1, 2, 4
ENCODINGS = ("ASCII", "latin1", "bytes", "utf-8")
#: Loads in a row from one file.
MAX_LOADS = 6
#: Most memory of this process: a PUT with a huge index or a huge declared length ends in MemoryError.
MAX_MEMORY = 1 << 30
COMPUTED = "computed"
EXTENSION = "copyreg extension"


def nothing(*_args, **_kwargs):
    """Stand for any method."""


class Log:
    """What the load that is running has looked up and called."""

    pairs = {}
    called = set()
    mapped = set()
    events = 0


class StubType(type):
    """The type of stub classes: whatever a stream does to one of them is noted at most.

    Calling a stub gives what the variant says that calls give; `NEWOBJ` the stub itself.
    """

    def __call__(cls, *_args, **_kwargs):
        Log.called.add(cls.origin)
        return cls if cls.origin in MAKERS else Variant.result(cls)

    def __setitem__(cls, _key, _value):
        pass

    def __iter__(cls):
        return iter(())

    def keys(cls):
        return ()

    def __getitem__(cls, key):
        raise KeyError(key)


def stub_new(cls, *_args, **_kwargs):
    """`__new__` of every stub, also where it is asked of an instance."""
    Log.called.add(cls.origin)
    return cls if is_known(cls.origin) else Variant.result(cls)


MEMBERS = {
    "__new__": stub_new,
    "__setstate__": staticmethod(nothing),
    "append": staticmethod(nothing),
    "extend": staticmethod(nothing),
    "add": staticmethod(nothing),
    "update": staticmethod(nothing),
}


def methods(base):
    """The members of a stub whose instances are of a builtin type and take everything as well."""

    def call(self, *_args, **_kwargs):
        Log.called.add(self.origin)
        return self

    def new(self, *_args, **_kwargs):
        Log.called.add(self.origin)
        return self

    members = {
        name: nothing for name in ("__setitem__", "__setstate__", "append", "extend", "add", "update", "__init__")
    }
    members.update({"__call__": call, "__new__": new, "__hash__": object.__hash__, "__eq__": object.__eq__})
    return type("Stub" + base.__name__, (base,), members)


TUPLE, DICT, LIST = methods(tuple), methods(dict), methods(list)


def instance_maker(base):
    """Make instances without `__new__` of the stub, which stands for NEWOBJ."""
    plain = {TUPLE: tuple, DICT: dict, LIST: list}[base]

    def make(origin):
        made = plain.__new__(base)
        made.origin = origin
        return made

    return make


STUBS = {}


def stub_class(origin):
    """The class that stands for a pair; the same one each time."""
    found = STUBS.get(origin)
    if found is None:
        if len(STUBS) > 20_000:
            STUBS.clear()
        found = STUBS[origin] = StubType("Stub", (), dict(MEMBERS, origin=origin))
    return found


PERSISTENT = ("", "persistent")


class Variant:
    """What globals, results of calls and persistent IDs are: anything is possible, so each kind has a turn."""

    make = staticmethod(stub_class)
    result = staticmethod(lambda stub: stub)

    @classmethod
    def choose(cls, make, result):
        cls.make = staticmethod(make)
        cls.result = staticmethod(result)


#: Libraries whose classes are on the scanner's allowlist. They are no str, and neither are their instances.
KNOWN = frozenset(
    "_codecs _io array builtins __builtin__ codecs collections copy_reg copyreg datetime decimal fractions functools ipaddress itertools joblib "
    "lightgbm ml_dtypes numbers numpy pandas pathlib random re scipy sklearn string threading torch types typing uuid xgboost zoneinfo "
    "UserDict UserList UserString enum operator io exceptions safetensors transformers torchvision pytz dateutil".split()
)


#: Classes of which the scanner knows that calling them gives an instance.
MAKERS = {("numpy", "dtype")}

#: Classes of which it also knows that their instances are no names: as `NO_TEXT` in operations/computed-names.ts.
NO_TEXT = {
    ("collections", "OrderedDict"),
    ("collections", "Counter"),
    ("collections", "defaultdict"),
    ("collections", "deque"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("pandas.core.frame", "DataFrame"),
    ("pandas.core.series", "Series"),
}


def is_known(origin):
    """Whether the allowlist may hold it."""
    return origin[0].partition(".")[0] in KNOWN


def text(stub):
    """What a call gives: an exact str, which STACK_GLOBAL takes, but for classes that give no text."""
    return stub if stub.origin in NO_TEXT else COMPUTED


def text_global(origin):
    """The same, except for classes that are known."""
    return stub_class(origin) if is_known(origin) else COMPUTED


#: Name: (what a global is, what a call gives).
VARIANTS = {
    "class": (stub_class, lambda stub: stub),
    "text-results": (stub_class, text),
    "text": (text_global, text),
    "tuple": (instance_maker(TUPLE), lambda stub: stub),
    "dict": (instance_maker(DICT), lambda stub: stub),
    "list": (instance_maker(LIST), lambda stub: stub),
    "tuple-results": (stub_class, lambda stub: instance_maker(TUPLE)(stub.origin)),
    "dict-results": (stub_class, lambda stub: instance_maker(DICT)(stub.origin)),
    "list-results": (stub_class, lambda stub: instance_maker(LIST)(stub.origin)),
}
OTHERS = [name for name in VARIANTS if name != "class"]


class CReader(CUnpickler):
    """The C unpickler."""

    def find_class(self, module, name):
        key = (module, name)
        Log.pairs[key] = Log.pairs.get(key, 0) | self.bit
        Log.events += 1
        return Variant.make(key)

    def persistent_load(self, _pid):
        Log.events += 1
        return Variant.make(PERSISTENT)


class PyReader(pickle._Unpickler):
    """The pure-Python unpickler. Its protocol is in sight, so that it also tells what the default would look up."""

    def find_class(self, module, name):
        key = (module, name)
        Log.pairs[key] = Log.pairs.get(key, 0) | PYTHON
        Log.events += 1
        target = None
        if self.proto < 3 and module != EXTENSION:
            if key in NAME_MAPPING:
                target = NAME_MAPPING[key]
            elif module in IMPORT_MAPPING:
                target = (IMPORT_MAPPING[module], name)
        Log.mapped.add((key, target, self.proto >= 4))
        return Variant.make(key)

    def persistent_load(self, _pid):
        Log.events += 1
        return Variant.make(PERSISTENT)


def buffers():
    """Out-of-band buffers without end."""
    while True:
        yield bytearray(8)


#: Python 3.6 and 3.7 stop at protocol 4 and know no buffers.
OUT_OF_BAND = (lambda: {"buffers": buffers()}) if sys.version_info >= (3, 8) else dict


def open_buffered(data):
    """A file with peek; its buffer holds the whole stream, as a larger file's does around the place that is read."""
    return io.BufferedReader(io.BytesIO(data), max(len(data), 16))


READERS = (
    (C, CReader, open_buffered),
    (C_UNBUFFERED, CReader, io.BytesIO),
    (PYTHON, PyReader, io.BytesIO),
)


def make_reader(bit, cls, file, encoding):
    """An unpickler on a file."""
    reader = cls(file, encoding=encoding, **OUT_OF_BAND())
    if bit != PYTHON:
        reader.bit = bit
    return reader


def load(reader):
    """One load: None, or the name of what stopped it. Results are dropped unseen."""
    copyreg.clear_extension_cache()
    try:
        reader.load()
    except Exception as error:  # noqa: BLE001 -- whatever stops a reader is an end like any other
        return type(error).__name__
    return None


def drain(bit, cls, opener, data, encoding):
    """All loads of one kind of reader: again with the same one, and with fresh ones on the same file."""
    file = opener(data)
    reader = make_reader(bit, cls, file, encoding)
    end = load(reader)
    if end is not None:
        return end, file.tell(), 0
    first_end = file.tell()
    loads = 1
    while loads < MAX_LOADS and load(reader) is None:
        loads += 1
    file = opener(data)
    fresh = 0
    while fresh < MAX_LOADS and load(make_reader(bit, cls, file, encoding)) is None:
        fresh += 1
    return None, first_end, max(loads, fresh)


def is_plain(data):
    """No opcode in it can push a Python 2 string, so that the encoding does not matter."""
    return not (b"S" in data or b"T" in data or b"U" in data)


def ask(data, number, thorough):
    """Everything that the readers make of one stream."""
    Log.pairs, Log.called, Log.mapped, Log.events = {}, set(), set(), 0
    Variant.choose(*VARIANTS["class"])
    ends = [drain(bit, cls, opener, data, "ASCII") for bit, cls, opener in READERS]
    if not is_plain(data):
        for encoding in ENCODINGS[1:]:
            for bit, cls, opener in READERS:
                drain(bit, cls, opener, data, encoding)
    if Log.events > 0:
        # Values of other kinds take other ways.
        for other in OTHERS if thorough else [OTHERS[number % len(OTHERS)]]:
            Variant.choose(*VARIANTS[other])
            for encoding in ENCODINGS if thorough else ENCODINGS[:1]:
                for bit, cls, opener in READERS:
                    drain(bit, cls, opener, data, encoding)
    return {
        "pairs": [[module, name, bits] for (module, name), bits in Log.pairs.items()],
        "called": [list(origin) for origin in Log.called],
        "mapped": [[*key, target, walks] for key, target, walks in Log.mapped],
        "ends": ends,
    }


def streams_of(path):
    """The streams in a file."""
    with open(path, "rb") as file:
        while True:
            head = file.read(4)
            if len(head) < 4:
                return
            yield file.read(struct.unpack("<I", head)[0])


def limit_memory():
    """Make huge allocations fail instead of happening."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def answer_extensions():
    """Register a marker pair for every code that the generator uses: a stream then goes as deep as it can."""
    for code in [*range(1, 0x10000), 0x10000, 0x12345678, 0x7FFFFFFF]:
        copyreg._inverted_registry[code] = (EXTENSION, str(code))


def main():
    """Ask about every stream of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("streams")
    parser.add_argument("--thorough", action="store_true", help="each stream with values of all kinds, in all encodings")
    arguments = parser.parse_args()
    limit_memory()
    answer_extensions()
    out = io.open(1, "w", encoding="ascii", closefd=False, buffering=1 << 20)
    for number, data in enumerate(streams_of(arguments.streams)):
        out.write(json.dumps(ask(data, number, arguments.thorough)))
        out.write("\n")
    out.flush()


if __name__ == "__main__":
    main()
