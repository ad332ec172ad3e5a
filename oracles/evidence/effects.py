"""What loading a pickle does, told by CPython's pure-Python unpickler: the model that fingerprints are held against.

Nothing that a stream names is imported: `find_class` gives stubs, which note what is done with them. Every event is told
with all that it is given at that moment, and containers again at the end, since somebody may have kept them.
"""

from __future__ import annotations

import io
import pickle
import struct


class Trace:
    """The events of one load."""

    def __init__(self):
        self.events = []
        self.numbers = {}
        self.kept = []

    def number(self, value):
        """The number of an object or a container, in the order in which events met them."""
        if id(value) not in self.numbers:
            self.numbers[id(value)] = len(self.numbers)
            self.kept.append(value)
        return self.numbers[id(value)]

    def note(self, *event):
        """One event."""
        self.events.append(tuple(self.tell(part) if not isinstance(part, Word) else str(part) for part in event))

    def tell(self, value, inside=()):
        """A value in full."""
        kind = type(value)
        if value is None or kind is bool:
            return str(value)
        if kind is int:
            return f"int {value:x}"
        if kind is float:
            return f"float {struct.pack('>d', value).hex()}"
        if kind is str:
            return f"str {value.encode('utf-32-le', 'surrogatepass').hex()}"
        if kind is OldText:
            return f"old {bytes(value).hex()}"
        if kind is bytes:
            return f"bytes {value.hex()}"
        if kind in (tuple, frozenset) and is_constant(value):
            items = [self.tell(item) for item in value]
            return f"{kind.__name__} {sorted(items) if kind is frozenset and only_texts(value) else items}"
        number = self.number(value)
        if kind not in (tuple, list, dict, set, frozenset, bytearray):
            return f"object {number}"
        if id(value) in inside:
            return f"above {number}"
        if kind is bytearray:
            return f"bytearray {number} {value.hex()}"
        inside = (*inside, id(value))
        items = [part for pair in value.items() for part in pair] if kind is dict else list(value)
        told = [self.tell(item, inside) for item in items]
        return f"{kind.__name__} {number} {sorted(told) if kind in (set, frozenset) and only_texts(value) else told}"

    def end(self, value):
        """What is handed back: its objects. And what containers that somebody was given have become."""
        found, seen = [], set()
        todo = [value]
        while todo:
            one = todo.pop()
            if type(one) in (tuple, list, dict, set, frozenset):
                if id(one) in seen:
                    continue
                seen.add(id(one))
                if id(one) in self.numbers:
                    found.append(self.numbers[id(one)])
                    continue
                items = [part for pair in one.items() for part in pair] if type(one) is dict else list(one)
                todo.extend(reversed(items))
            elif id(one) in self.numbers:
                found.append(self.numbers[id(one)])
        self.events.append(("end", found))
        for one in list(self.kept):
            self.events.append(("kept", self.tell(one)))


class Word(str):
    """The name of an event."""


class OldText(bytes):
    """STRING and its relatives: a str or bytes, as the reader says."""


def only_texts(items):
    """Texts and bytes: hashed with a seed, so that their order in a set is nobody's."""
    return all(type(item) in (str, bytes) for item in items)


def is_constant(value):
    """Constants, and tuples and frozensets of them."""
    if type(value) in (tuple, frozenset):
        return all(map(is_constant, value))
    return value is None or type(value) in (bool, int, float, str, bytes, OldText)


def stubs(trace):
    """Classes of things that note what is done with them."""

    class Noting:
        """Notes what is done with it: an object, or a class."""

        def __call__(self, *args, **kwargs):
            made = object.__new__(Result)
            trace.note(Word("call"), self, args, kwargs)
            trace.number(made)
            return made

        def __setstate__(self, state):
            trace.note(Word("build"), self, state)

        def __setitem__(self, key, value):
            trace.note(Word("setitem"), self, key, value)

        def append(self, item):
            """Take an item."""
            trace.note(Word("append"), self, item)

        def extend(self, items):
            """Take items."""
            trace.note(Word("extend"), self, tuple(items))

        def add(self, item):
            """Take an item."""
            trace.note(Word("add"), self, item)

    class Result(Noting):
        """What a call gives; takes everything."""

        def __new__(cls, *args, **kwargs):
            if isinstance(cls, type) and issubclass(cls, Result):
                return object.__new__(cls)
            made = object.__new__(Result)
            trace.note(Word("new"), cls, args, kwargs)
            trace.number(made)
            return made

    class Meta(Noting, type):
        """Of stub classes."""

    def new(cls, *args, **kwargs):
        made = object.__new__(Result)
        trace.note(Word("new"), cls, args, kwargs)
        trace.number(made)
        return made

    def stub():
        return Meta("Stub", (), {"__new__": new})

    return stub, lambda: object.__new__(Result)


class Reader(pickle._Unpickler):
    """Notes lookups and persistent IDs."""

    def __init__(self, data, trace):
        super().__init__(io.BytesIO(data), encoding="latin-1")
        self.trace = trace
        self.stub, self.result = stubs(trace)
        self.named = {}

    def _decode_string(self, value):
        return OldText(value)

    def find_class(self, module, name):
        if self.proto < 3:
            if (module, name) in pickle._compat_pickle.NAME_MAPPING:
                module, name = pickle._compat_pickle.NAME_MAPPING[(module, name)]
            elif module in pickle._compat_pickle.IMPORT_MAPPING:
                module = pickle._compat_pickle.IMPORT_MAPPING[module]
        walks = self.proto >= 4 and "." in name
        self.trace.note(Word("lookup"), module, name, walks)
        return self.given((module, name, walks))

    def given(self, key):
        """The stub of a name."""
        if key not in self.named:
            self.named[key] = self.stub()
        self.trace.number(self.named[key])
        return self.named[key]

    def get_extension(self, code):
        if code <= 0:
            raise pickle.UnpicklingError("EXT specifies code <= 0")
        self.trace.note(Word("extension"), code)
        self.append(self.given(code))

    def persistent_load(self, pid):
        made = self.result()
        self.trace.note(Word("persistent"), pid)
        self.trace.number(made)
        return made


def has_effects(trace):
    """Whether anything was done but to make plain data."""
    return any(event != ("end", []) for event in trace)


def effects_in_row(row):
    """For each stream of a row what one loader has done when it has read it: with an unpickler for each, and with one for all."""
    reused = Reader(b"".join(row), Trace())
    fresh, again, keys = [], [], []
    for data in row:
        fresh.append(effects_of(data)[0])
        reused.trace = Trace()
        reused.stub, reused.result = stubs(reused.trace)
        reused.named = {}
        try:
            reused.trace.end(reused.load())
        except Exception as error:  # noqa: BLE001 -- as above
            reused.trace.events.append(("error", type(error).__name__))
        again.append(reused.trace.events)
        done = [[trace for trace in traces[:-1] if has_effects(trace)] + traces[-1:] for traces in (fresh, again)]
        keys.append(repr(done))
    return keys, fresh == again


def effects_of(data):
    """The trace of the first load, and how many bytes it read; -1 where it fails."""
    trace = Trace()
    reader = Reader(data, trace)
    try:
        value = reader.load()
    except Exception as error:  # noqa: BLE001 -- an end like any other: what was done stands
        trace.events.append(("error", type(error).__name__))
        return trace.events, -1
    trace.end(value)
    return trace.events, reader._file_read.__self__.tell() if hasattr(reader._file_read, "__self__") else len(data)
