"""Writes random object graphs of the standard library's types: honest pickles in every order that the picklers know.

    python corpus/stress.py OUT [--count 700] [--seed 0]

Each file holds a graph of its own, NUMBER.pPROTOCOL.PICKLER[.optimised].pkl: protocols and the two picklers (`c` and
`python`) take turns, and a third of the rounds goes through pickletools.optimize. The graphs share values and reach
themselves through whatever can hold a reference. What the picklers cannot write, or not read back, is left out, and
the next graph takes its number. Python 2.7, and 3.6 and later; from 3.6 on the same release and seed write the same
bytes.
"""

from __future__ import division, print_function, unicode_literals

import argparse
import array
import collections
import datetime
import decimal
import fractions
import functools
import importlib
import io
import json
import os
import pickle
import pickletools
import random
import re
import sys
import time
import uuid


def library(*names):
    """The first of these modules that this Python has. What an older one lacks fails in its maker and is left out."""
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            pass
    return None


ipaddress, pathlib, types, zoneinfo = [library(name) for name in ("ipaddress", "pathlib", "types", "zoneinfo")]
urls = library("urllib.parse", "urlparse")
UserDict, UserList, UserString = [
    getattr(collections if hasattr(collections, name) else library(str(name)), name) for name in ("UserDict", "UserList", "UserString")
]

PICKLERS = [
    ("c", getattr(library("_pickle", "cPickle"), "Pickler")),
    ("python", getattr(pickle, "_Pickler", pickle.Pickler)),
]
WAYS = [(protocol, name, pickler) for protocol in range(pickle.HIGHEST_PROTOCOL + 1) for name, pickler in PICKLERS]
#: Dicts keep the order of their items, so that a key whose hash is its address does no harm to repeated runs.
ORDERED = sys.version_info >= (3, 6)
DEPTH = 5
NAMES = [str(name) for name in "a b lr name data state keep owner next entries index child0 x_ _hidden".split()]
WORDS = ["", "a", "key", "\u00e9", "line\nbreak", "back\\slash 'quoted'", "\U0001f40d", "\x00\x1a", "word " * 60]
BUILTIN_TYPES = [int, float, complex, bool, str, bytes, bytearray, list, dict, tuple, set, frozenset, object, slice]
FACTORIES = [list, dict, int, set, str, collections.OrderedDict, collections.deque, None]
CALLED = [int, float, str, list, dict, tuple, set, bytearray, complex, slice, collections.OrderedDict, decimal.Decimal, datetime.timedelta]
ERRORS = [Exception, ValueError, KeyError, IndexError, RuntimeError, TypeError, ArithmeticError, StopIteration, OSError, LookupError, KeyboardInterrupt]

KEYS, LEAVES, HOLDERS = [], [], []


def maker(*tables):
    def register(function):
        for table in tables:
            table.append(function)
        return function

    return register


class Graph(object):
    """One random graph. `made` is what can be referred to again, `links` are the ways to add a reference afterwards."""

    def __init__(self, seed, keys, leaves, holders):
        self.random = random.Random(seed)
        self.keys, self.leaves, self.holders = keys, leaves, holders
        self.made, self.made_keys, self.links = [], [], []

    # ---- choices ----

    def chance(self, share):
        return self.random.random() < share

    def one(self, choices):
        return choices[self.random.randrange(len(choices))]

    def number(self, bits=8):
        return self.random.getrandbits(self.random.randrange(1, bits + 1))

    def raw(self, most=20):
        return bytes(bytearray(self.random.getrandbits(8) for _ in range(self.random.randrange(most))))

    def moment(self, zone=None):
        return datetime.datetime(1970 + self.number(6), 1 + self.number(3), 1 + self.number(4), self.number(4), self.number(5), self.number(5), self.number(19), zone)

    def zone(self):
        minutes = datetime.timedelta(minutes=self.random.randrange(-700, 700))
        return self.one([datetime.timezone.utc, datetime.timezone(minutes), datetime.timezone(minutes, "there")])

    # ---- parts ----

    def value(self, depth):
        turn = self.random.random()
        if turn < 0.2 and self.made:
            return self.one(self.made)
        if depth > 0 and turn < 0.65:
            return self.one(self.holders)(self, depth - 1)
        return self.keep(self.one(self.leaves)(self))

    def values(self, depth, most=5):
        return [self.value(depth) for _ in range(self.random.randrange(most))]

    def key(self):
        """Something whose hash is the same in each run."""
        if self.made_keys and self.chance(0.3):
            return self.one(self.made_keys)
        key = self.one(self.keys)(self)
        self.made_keys.append(key)
        return self.keep(key)

    def dict_key(self, depth):
        if ORDERED and depth > 0 and self.chance(0.05):
            return self.one([error, partial, builtin_type, nothing])(self, depth - 1)
        return self.key()

    def keep(self, made):
        self.made.append(made)
        return made

    def holds(self, made, link):
        """Before it is filled, so that what it holds can refer to it."""
        self.links.append(link)
        return self.keep(made)

    def holds_attributes(self, made, kept=False):
        """`kept`: whether its vars() can stand elsewhere as well."""
        self.holds(made, lambda value: setattr(made, self.one(NAMES), value))
        if kept and self.chance(0.1):
            self.keep(vars(made))
        return made

    def fill_attributes(self, made, depth, most=4):
        for value in self.values(depth, most):
            setattr(made, self.one(NAMES), value)
        return made

    def holds_items(self, made):
        return self.holds(made, lambda value: made.__setitem__(self.key(), value))

    def fill_items(self, made, depth):
        for value in self.values(depth):
            made[self.dict_key(depth)] = value
        return made

    def whole(self):
        root = self.one(self.holders)(self, DEPTH)
        if self.chance(0.7):
            root = [root] + [self.value(DEPTH - 1) for _ in range(self.random.randrange(1, 8))]
        if self.chance(0.06):
            root = [self.one([many_items, many_pairs, much_text, much_data, many_values])(self), root]
        for _ in range(self.random.randrange(6)):
            if self.links:
                self.one(self.links)(self.one(self.made))
        return root


# ---- what can be a key ----


@maker(KEYS, LEAVES)
def text(graph, depth=0):
    return graph.one(WORDS) + graph.one(["", "", "%d" % graph.number()])


@maker(KEYS, LEAVES)
def name(graph, depth=0):
    return graph.one(NAMES)


@maker(KEYS, LEAVES)
def integer(graph, depth=0):
    return graph.number(graph.one([1, 8, 16, 32, 64, 80])) * graph.one([1, 1, -1])


@maker(KEYS, LEAVES)
def real(graph, depth=0):
    return graph.one([0.0, -0.0, 0.1, 1e300, float("inf"), graph.random.random()])


@maker(KEYS, LEAVES)
def raw_bytes(graph, depth=0):
    return graph.raw()


@maker(KEYS)
def several_keys(graph, depth=0):
    return tuple(graph.key() for _ in range(graph.random.randrange(5)))


@maker(KEYS, HOLDERS)
def frozen(graph, depth=0):
    return graph.keep(frozenset(graph.key() for _ in range(graph.random.randrange(4))))


@maker(KEYS, LEAVES)
def day(graph, depth=0):
    return graph.moment().date()


@maker(KEYS, LEAVES)
def moment(graph, depth=0):
    return graph.moment(graph.zone() if graph.chance(0.5) else None)


@maker(KEYS, LEAVES)
def span(graph, depth=0):
    return datetime.timedelta(graph.number(), graph.number(), -graph.number())


@maker(KEYS, LEAVES)
def decimal_number(graph, depth=0):
    return decimal.Decimal(graph.one(["0", "-0", "1.10", "1E+9", "Infinity", "%d" % graph.number()]))


@maker(KEYS, LEAVES)
def fraction(graph, depth=0):
    return fractions.Fraction(graph.number(), 1 + graph.number())


@maker(KEYS, LEAVES)
def identity(graph, depth=0):
    return uuid.UUID(int=graph.random.getrandbits(128))


@maker(KEYS, LEAVES)
def path(graph, depth=0):
    kind = graph.one([pathlib.Path, pathlib.PurePath, pathlib.PurePosixPath, pathlib.PureWindowsPath])
    return kind(graph.one([".", "a", "a/b/c.txt", "/usr/share", "c:/windows"]))


@maker(KEYS, LEAVES)
def address(graph, depth=0):
    number = graph.random.getrandbits(32)
    return graph.one([
        lambda: ipaddress.IPv4Address(number),
        lambda: ipaddress.ip_network((number & ~255, 24)),
        lambda: ipaddress.IPv4Interface((number, 24)),
    ])()


@maker(LEAVES)
def long_address(graph, depth=0):
    """No key: its scope is None, whose hash was an address until Python 3.12."""
    number = graph.random.getrandbits(128)
    return graph.one([
        lambda: ipaddress.IPv6Address(number),
        lambda: ipaddress.IPv6Network((number, 128)),
        lambda: ipaddress.IPv6Interface((number, 64)),
    ])()


@maker(KEYS, LEAVES)
def address_of_page(graph, depth=0):
    split = graph.one([urls.urlsplit, urls.urlparse, urls.urldefrag])
    return split("https://example.org/a;b?c=%d#d" % graph.number())


@maker(KEYS, LEAVES)
def flag(graph, depth=0):
    return graph.one([re.RegexFlag.IGNORECASE, re.RegexFlag.MULTILINE, re.RegexFlag.DOTALL])


# ---- other values without references ----


@maker(LEAVES)
def nothing(graph, depth=0):
    return None


@maker(LEAVES)
def truth(graph, depth=0):
    return graph.chance(0.5)


@maker(LEAVES)
def singleton(graph, depth=0):
    return graph.one([Ellipsis, NotImplemented])


@maker(LEAVES)
def builtin_type(graph, depth=0):
    return graph.one(BUILTIN_TYPES)


@maker(LEAVES)
def complex_number(graph, depth=0):
    return complex(graph.number(), -0.5)


@maker(LEAVES)
def not_a_number(graph, depth=0):
    return graph.one([float, decimal.Decimal])("nan")


@maker(LEAVES)
def lone_surrogate(graph, depth=0):
    return "\ud800 alone"


@maker(LEAVES)
def mutable_bytes(graph, depth=0):
    return bytearray(graph.raw())


@maker(LEAVES)
def steps(graph, depth=0):
    return range(graph.number(), graph.number(), 1 + graph.number(3))


@maker(LEAVES)
def flags(graph, depth=0):
    return re.RegexFlag.IGNORECASE | graph.one([re.RegexFlag.VERBOSE, re.RegexFlag.ASCII])


@maker(LEAVES)
def pattern(graph, depth=0):
    return re.compile("a+%d" % graph.number(), re.IGNORECASE)


@maker(LEAVES)
def time_of_day(graph, depth=0):
    moment = graph.moment(graph.zone())
    return moment.timetz().replace(fold=1) if graph.chance(0.5) else moment.replace(fold=1)


@maker(LEAVES)
def plain_time(graph, depth=0):
    return graph.moment().time()


@maker(LEAVES)
def clock(graph, depth=0):
    return time.gmtime(graph.number(30))


@maker(LEAVES)
def offset(graph, depth=0):
    return graph.zone()


@maker(LEAVES)
def place(graph, depth=0):
    return zoneinfo.ZoneInfo(graph.one(["UTC", "Europe/Paris", "Asia/Tokyo"]))


@maker(LEAVES)
def moment_of_place(graph, depth=0):
    return graph.moment(place(graph))


@maker(LEAVES)
def numbers(graph, depth=0):
    return array.array(str(graph.one("bBhHiIlLd")), [graph.number(7) for _ in range(graph.random.randrange(6))])


@maker(LEAVES)
def generator(graph, depth=0):
    return random.Random(graph.number())


@maker(LEAVES)
def settings(graph, depth=0):
    return decimal.Context(prec=1 + graph.number())


@maker(LEAVES)
def user_text(graph, depth=0):
    return UserString(graph.one(WORDS))


# ---- containers ----


@maker(HOLDERS, HOLDERS, HOLDERS)
def listed(graph, depth):
    made = []
    graph.holds(made, made.append)
    made.extend(graph.values(depth, 6))
    return made


@maker(HOLDERS, HOLDERS, HOLDERS)
def mapped(graph, depth):
    return graph.fill_items(graph.holds_items({}), depth)


@maker(HOLDERS, HOLDERS)
def fixed(graph, depth):
    return graph.keep(tuple(graph.values(depth, 6)))


@maker(HOLDERS)
def keys(graph, depth):
    made = set()
    graph.holds(made, lambda value: made.add(graph.key()))
    made.update([graph.key() for _ in range(graph.random.randrange(6))])
    return made


@maker(HOLDERS)
def alone(graph, depth):
    """A set that reaches itself through the attributes of its one item."""
    item = error(graph, depth - 1)
    made = graph.keep(graph.one([set, frozenset])([item]))
    if graph.chance(0.5):
        item.owner = made
    return made


@maker(HOLDERS)
def bounds(graph, depth):
    return graph.keep(slice(graph.number(), None if graph.chance(0.5) else graph.value(min(depth, 1)), graph.one([None, 1, -1])))


@maker(HOLDERS, HOLDERS)
def ordered(graph, depth):
    made = graph.fill_items(graph.holds_items(collections.OrderedDict()), depth)
    if graph.chance(0.2):
        graph.fill_attributes(made, depth)
    return made


@maker(HOLDERS, HOLDERS)
def defaulting(graph, depth):
    factory = partial(graph, depth - 1) if graph.chance(0.1) else graph.one(FACTORIES)
    return graph.fill_items(graph.holds_items(collections.defaultdict(factory)), depth)


@maker(HOLDERS)
def counted(graph, depth):
    made = graph.holds_items(collections.Counter())
    for _ in range(graph.random.randrange(5)):
        made[graph.dict_key(depth)] = graph.value(depth) if graph.chance(0.3) else graph.number()
    return made


@maker(HOLDERS, HOLDERS)
def queue(graph, depth):
    made = collections.deque(maxlen=graph.one([None, None, 3, 100]))
    graph.holds(made, made.append)
    made.extend(graph.values(depth))
    return made


@maker(HOLDERS)
def chained(graph, depth):
    made = graph.holds_items(collections.ChainMap(*[{} for _ in range(graph.random.randrange(1, 4))]))
    if graph.chance(0.2):
        graph.keep(made.maps)
    return graph.fill_items(made, depth)


@maker(HOLDERS)
def user_map(graph, depth):
    made = UserDict()
    graph.holds_items(made)
    if graph.chance(0.2):
        graph.keep(made.data)
    if graph.chance(0.1):
        graph.keep(vars(made))
    return graph.fill_items(made, depth)


@maker(HOLDERS)
def user_list(graph, depth):
    made = UserList()
    graph.holds(made, made.append)
    if graph.chance(0.2):
        graph.keep(made.data)
    made.extend(graph.values(depth))
    return made


# ---- instances with attributes ----


@maker(HOLDERS, HOLDERS)
def namespace(graph, depth):
    return graph.fill_attributes(graph.holds_attributes(types.SimpleNamespace(), kept=True), depth, 5)


@maker(HOLDERS)
def arguments(graph, depth):
    return graph.fill_attributes(graph.holds_attributes(argparse.Namespace(), kept=True), depth, 5)


@maker(HOLDERS, HOLDERS)
def error(graph, depth):
    made = graph.holds_attributes(graph.one(ERRORS)(*graph.values(depth, 3)), kept=True)
    if made.args and graph.chance(0.1):
        graph.keep(made.args)
    if graph.chance(0.1) and hasattr(made, "add_note"):
        made.add_note("while testing")
    return graph.fill_attributes(made, depth) if graph.chance(0.5) else made


@maker(HOLDERS)
def known_error(graph, depth):
    made = graph.one([
        lambda: OSError(2, "no such file", "a.txt"),
        lambda: UnicodeDecodeError(str("utf8"), b"a\xff", 1, 2, str("reason")),
        lambda: ImportError("no module", **({"name": "a", "path": "b"} if ORDERED else {})),
        lambda: SystemExit(graph.number()),
    ])()
    return graph.fill_attributes(graph.holds_attributes(made, kept=True), depth, 2)


@maker(HOLDERS)
def errors(graph, depth):
    return graph.holds_attributes(ExceptionGroup("several", [error(graph, depth - 1) for _ in range(graph.random.randrange(1, 3))]))


@maker(HOLDERS)
def partial(graph, depth):
    if graph.chance(0.3):
        return graph.keep(functools.partial(int, base=2))
    given = dict((graph.one(NAMES), value) for value in graph.values(depth, 3))
    made = functools.partial(graph.one(CALLED), *graph.values(depth, 3), **given)
    if given:
        graph.links.append(lambda value: made.keywords.__setitem__(graph.one(NAMES), value))
    if graph.chance(0.1):
        graph.keep(made.args)
        graph.keep(made.keywords)
    graph.holds_attributes(made)
    return graph.fill_attributes(made, depth, 3) if graph.chance(0.2) else made


@maker(HOLDERS)
def byte_file(graph, depth):
    made = io.BytesIO(graph.raw(200))
    made.seek(graph.number(4))
    graph.holds_attributes(made)
    return graph.fill_attributes(made, depth, 3) if graph.chance(0.4) else made


@maker(HOLDERS)
def text_file(graph, depth):
    made = graph.holds_attributes(io.StringIO(graph.one(WORDS)))
    return graph.fill_attributes(made, depth, 3) if graph.chance(0.4) else made


# ---- what does not fit in one batch, one frame or the short opcodes ----


def many_items(graph):
    return [graph.number() for _ in range(graph.one([999, 1000, 1001, 2001]))]


def many_pairs(graph):
    return collections.OrderedDict((number, None) for number in range(graph.one([1000, 1001, 2001])))


def much_text(graph):
    return "x" * graph.one([255, 256, 70000])


def much_data(graph):
    return [b"y" * graph.one([255, 256, 70000]), 2 ** graph.one([2039, 2040, 3000])]


def many_values(graph):
    """More than 256 values in the memo, some of which are needed again."""
    made = [[number] for number in range(300)]
    return made + made[::50]


# ---- writing ----


def pickled(value, protocol, pickler):
    out = io.BytesIO()
    pickler(out, protocol).dump(value)
    return out.getvalue()


def works(make, protocol, pickler):
    """Whether this Python has the type, and this protocol can write and read it."""
    try:
        for seed in range(20):
            pickle.loads(pickled(make(Graph(seed, [integer], [integer], [listed]), 0), protocol, pickler))
    except RuntimeError:  # a graph that reaches itself where the picklers make a copy: it never ends
        return True
    except Exception:
        return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--count", type=int, default=700, help="number of files")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":
        # Sets are written in the order of their hashes.
        os.environ[str("PYTHONHASHSEED")] = str("0")
        os.execv(sys.executable, [sys.executable] + sys.argv)
    if not os.path.isdir(options.out):
        os.makedirs(options.out)
    elif os.listdir(options.out):
        raise SystemExit("%s is not empty" % options.out)
    able = [[[make for make in table if works(make, protocol, pickler)] for table in (KEYS, LEAVES, HOLDERS)] for protocol, _, pickler in WAYS]
    entries, skipped, attempt = [], [], 0
    while len(entries) < options.count:
        number, attempt = len(entries), attempt + 1
        way = number % len(WAYS)
        protocol, name, pickler = WAYS[way]
        optimised = number // len(WAYS) % 3 == 2
        try:
            graph = Graph("%d:%d" % (options.seed, attempt), *able[way])
            data = pickled(graph.whole(), protocol, pickler)
            if optimised:
                data = pickletools.optimize(data)
            pickle.loads(data)
        except Exception as problem:
            skipped.append("%d: p%d.%s: %s: %s" % (attempt, protocol, name, type(problem).__name__, str(problem)[:100]))
            continue
        file = "%04d.p%d.%s%s.pkl" % (number, protocol, name, ".optimised" if optimised else "")
        with open(os.path.join(options.out, file), "wb") as out:
            out.write(data)
        entries.append({"file": file, "size": len(data), "expect": []})
    with open(os.path.join(options.out, "corpus.json"), "w") as out:
        out.write(str(json.dumps({"files": entries, "skipped": skipped}, indent=1)))
    print("%d files, %d bytes; %d graphs left out" % (len(entries), sum(entry["size"] for entry in entries), len(skipped)))


if __name__ == "__main__":
    main()
