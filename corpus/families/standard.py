"""The standard library's data types, by pickle, shelve's sort of records, and compressed by hand."""

import argparse
import array
import collections
import datetime
import decimal
import fractions
import io
import ipaddress
import operator
import pathlib
import pickle
import random
import re
import time
import types
import uuid

from store import PROTOCOLS, WRAPPERS


def values():
    day = datetime.datetime(2020, 2, 29, 12, 30, 15, 250)
    zone = datetime.timezone(datetime.timedelta(hours=2), "there")
    numbers = {
        "plain": {"none": None, "bool": [True, False], "int": [0, -1, 255, 2**31, -(2**70)], "float": [0.5, float("inf"), -0.0], "complex": 1 + 2j},
        "text": ["", "a", "é", "\n\\'\"", "x" * 300, b"", b"raw\x00\xff", bytearray(b"mutable"), b"y" * 300],
        "nested": {"list": [[1], [2, [3]]], "tuple": (), "pair": (1, 2), "four": (1, 2, 3, 4), "set": {1, 2}, "frozenset": frozenset("ab")},
        "many": {"items": list(range(2500)), "map": {str(i): i for i in range(2500)}},
        "range-slice": [range(1, 9, 2), slice(1, 2, None), Ellipsis, NotImplemented],
        "types": [int, str, dict, list, float, bool, bytes, object, type(None), complex, frozenset],
        "exceptions": [ValueError("a", 1), KeyError("k"), OSError(2, "no such file"), StopIteration(), UnicodeDecodeError("utf8", b"a", 0, 1, "r")],
    }
    rest = {
        "collections": [collections.OrderedDict(a=1), collections.Counter("abca"), collections.deque([1, 2], 5), collections.ChainMap({"a": 1}),
                        collections.defaultdict(list, a=[1]), collections.defaultdict(int), collections.UserDict(a=1), collections.UserList([1]), collections.UserString("a")],
        "arrays": [array.array("i", [1, 2]), array.array("d", [0.5]), array.array("B", b"ab")],
        "datetime": [day, day.replace(tzinfo=datetime.timezone.utc), day.replace(tzinfo=zone), day.date(), day.time(), datetime.timedelta(1, 2, 3), zone],
        "numbers": [decimal.Decimal("1.10"), decimal.Decimal("NaN"), fractions.Fraction(1, 3), decimal.Context(prec=9)],
        "identity": [uuid.UUID(int=1), uuid.uuid5(uuid.NAMESPACE_DNS, "a")],
        "addresses": [ipaddress.ip_address("10.0.0.1"), ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_interface("::1/128"), ipaddress.ip_address("::1")],
        "paths": [pathlib.PurePosixPath("a/b"), pathlib.PureWindowsPath("c:/d"), pathlib.Path("x")],
        "regex": [re.compile("a+b", re.I), re.compile(b"\\d")],
        "random": random.Random(0),
        "namespace": [types.SimpleNamespace(a=1), argparse.Namespace(lr=0.1, epochs=3)],
        "clock": time.gmtime(0),
        "buffers": [io.BytesIO(b"abc"), io.StringIO("abc")],
    }
    try:
        import zoneinfo

        rest["zones"] = [zoneinfo.ZoneInfo("Europe/Paris"), day.replace(tzinfo=zoneinfo.ZoneInfo("Asia/Tokyo"))]
    except Exception:
        pass
    shared = [1]
    loop = [shared, shared]
    loop.append(loop)
    rest["shared-and-recursive"] = loop
    return {name: value for name, value in list(numbers.items()) + list(rest.items()) if value is not None}


def build(store, options):
    for name, value in values().items():
        store.every("standard/" + name, value)
    records = [{"row": i, "time": datetime.datetime(2020, 1, 1)} for i in range(20)]
    for protocol in PROTOCOLS:
        store.bytes("standard/records.p%d.pickle" % protocol, b"".join(pickle.dumps(record, protocol) for record in records))
        python_pickler = io.BytesIO()
        pickle._Pickler(python_pickler, protocol).dump(records)
        store.bytes("standard/records-python.p%d.pickle" % protocol, python_pickler.getvalue())
        fast = io.BytesIO()
        pickler = pickle.Pickler(fast, protocol)
        pickler.fast = True
        pickler.dump([{"a": 1}, "b"])
        store.bytes("standard/fast.p%d.pickle" % protocol, fast.getvalue())
    plain = pickle.dumps(records, 2)
    for extension, wrap in WRAPPERS.items():
        store.bytes("standard/wrapped.pkl." + extension, wrap(plain))

    store.bytes("standard/no-extension", plain)
