"""What the unpicklers of Python 2.7 look up in a stream: cPickle on two kinds of file, and pickle.

The same as `oracle.py`, in the language of its time. The readers of Python 2 know protocols 0 to 2, no
frames, no encodings and no mapping of names, so that little is left to ask: no kinds of values but
classes, and what they call is not compared.
"""

from __future__ import print_function

import cPickle
import copy_reg
import cStringIO
import json
import pickle
import resource
import struct
import StringIO
import sys

C, C_UNBUFFERED, PYTHON = 1, 2, 4
MAX_LOADS = 6
MAX_MEMORY = 1 << 30
EXTENSION = "copyreg extension"


def nothing(*_args, **_kwargs):
    pass


class StubType(type):
    def __call__(cls, *_args, **_kwargs):
        return cls

    def __setitem__(cls, _key, _value):
        pass


STUB = StubType(
    "Stub",
    (object,),
    {
        "__new__": lambda cls, *_args, **_kwargs: cls,
        "__setstate__": staticmethod(nothing),
        "append": staticmethod(nothing),
        "extend": staticmethod(nothing),
        "update": staticmethod(nothing),
    },
)
PAIRS = {}


def finder(bit):
    def find(module, name):
        key = (module, name)
        PAIRS[key] = PAIRS.get(key, 0) | bit
        return STUB

    return find


class PyReader(pickle.Unpickler):
    def find_class(self, module, name):
        return finder(PYTHON)(module, name)

    def persistent_load(self, _pid):
        return STUB


def open_c(opener, bit, data):
    reader = cPickle.Unpickler(opener(data))
    reader.find_global = finder(bit)
    reader.persistent_load = lambda _pid: STUB
    return reader


READERS = (
    (C, lambda data: open_c(cStringIO.StringIO, C, data)),
    (C_UNBUFFERED, lambda data: open_c(StringIO.StringIO, C_UNBUFFERED, data)),
    (PYTHON, lambda data: PyReader(cStringIO.StringIO(data))),
)


def load(reader):
    copy_reg.clear_extension_cache()
    try:
        reader.load()
    except Exception as error:  # whatever stops a reader is an end like any other
        return type(error).__name__
    return None


def text(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def ask(data):
    PAIRS.clear()
    ends = []
    for _bit, opener in READERS:
        reader = opener(data)
        end = load(reader)
        ends.append([end, 0, 0])
        loads = 1
        while end is None and loads < MAX_LOADS:
            end = load(reader)
            loads += 1
    pairs = [[text(module), text(name), bits] for (module, name), bits in PAIRS.items()]
    return {"pairs": pairs, "called": [], "mapped": [], "ends": ends}


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    for code in list(range(1, 0x10000)) + [0x10000, 0x12345678, 0x7FFFFFFF]:
        copy_reg._inverted_registry[code] = (EXTENSION, str(code))
    with open(sys.argv[1], "rb") as streams:
        while True:
            head = streams.read(4)
            if len(head) < 4:
                return
            print(json.dumps(ask(streams.read(struct.unpack("<I", head)[0]))))


main()
