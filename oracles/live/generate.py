"""The streams of a run. The same seed, names and saves give the same streams."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assemble import Call, Do, Pairs, Raw, Shared, Then, assemble
from names import Name, Names, pick
from odd import CANARY, MULTIARRAY, NUMERIC, Odd
from pieces import join
from saves import Save, closed, moved

PICKLE, JOBLIB, PURE, RECORDING = 0, 1, 2, 16


@dataclass(frozen=True)
class Stream:
    """A stream, how it is loaded, and a word for what it tries."""

    family: str
    label: str
    loader: int
    data: bytes


def loader_of(rng: random.Random) -> int:
    """How a stream is loaded: mostly by pickle.loads."""
    return rng.choices([PICKLE, RECORDING, PURE], [6, 2, 1])[0]


CORE_MODULES = frozenset(("builtins", "collections", "_collections", "copyreg", "functools", "types", "operator", "itertools", "_codecs", "numpy", "argparse", "array", "datetime", "_io", "io", "random", *MULTIARRAY, *NUMERIC))

# ---------------------------------------------------------------- sweeps

CALLS = ["REDUCE", "REDUCE", "REDUCE", "NEWOBJ", "NEWOBJ", "NEWOBJ_EX", "reconstructor", "INST", "OBJ", "newobj", "newobj_ex"]
STATES = ["NEWOBJ", "NEWOBJ", "NEWOBJ", "REDUCE", "reconstructor", "NEWOBJ one", "REDUCE one", "global"]


def call(odd: Odd, name: Name, way: str, args: tuple, keywords: dict | None = None) -> Any:
    """A call in one of the ways that pickles have."""
    names, rng = odd.names, odd.rng
    if way == "reconstructor":
        make = names.find("_reconstructor", "copyreg", "copy_reg")
        base = pick(rng, names.classes) if rng.random() < 0.15 else names.find(rng.choice(["object", "object", "dict", "list", "int", "tuple", "str"]), "builtins")
        if make is None or base is None:
            return Call(name.node(), args)
        state = args[0] if args else None
        return Call(make, (name.node(), base, state))
    if way in ("newobj", "newobj_ex"):
        make = names.find(f"__{way}__", "copyreg", "copy_reg")
        if make is None:
            return Call(name.node(), args)
        return Call(make, (name.node(), *args) if way == "newobj" else (name.node(), args, keywords or {}))
    if way in ("INST", "OBJ") and "." in name.name:
        way = "REDUCE"
    return Call(name.node(), args, way, keywords)


def arguments(odd: Odd, name: Name, word_value: tuple[str, Any]) -> tuple:
    """The odd argument, alone or among ordinary ones."""
    rng = odd.rng
    value = word_value[1]
    way = rng.random()
    if way < 0.55:
        return (value,)
    ordinary = [0, 1, "a", (2,), [1, 2], None, True, b"12345678"]
    count = rng.randrange(1, 5)
    made = [rng.choice(ordinary) for _ in range(count)]
    made[rng.randrange(count)] = value
    if way > 0.9:
        made[rng.randrange(count)] = odd.value()[1]
    return tuple(made)


def sweep(odd: Odd, name: Name) -> tuple[str, Any]:
    """One odd argument or one odd state for a name."""
    rng = odd.rng
    if name.kind == "value" or (name.kind == "function" and rng.random() < (0.7 if name.stored else 0.02)):
        word, state = odd.state(name)
        action = rng.choice([("build", state), ("item", CANARY, state), ("append", state)])
        return f"{action[0]} on a global: {word}", Do(name.node(), (action,))
    if name.kind == "function" or rng.random() < 0.5:
        way = rng.choice(CALLS[:3] if name.kind == "function" else CALLS)
        if rng.random() < 0.04:
            return f"{way} with nothing", call(odd, name, way, ())
        word, value = odd.value()
        keywords = None
        if way in ("NEWOBJ_EX", "newobj_ex"):
            key = rng.choice([CANARY, "dtype", "data", *name.params, *name.params])
            args: tuple = () if rng.random() < 0.6 else arguments(odd, name, odd.constant())
            keywords = {key: value}
        else:
            args = arguments(odd, name, (word, value))
        made = call(odd, name, way, args, keywords)
        if rng.random() < 0.15:
            more, state = odd.state(name)
            return f"{way} with {word}, then BUILD of {more}", Do(made, (("build", state),))
        return f"{way} with {word}", made
    way = rng.choice(STATES)
    if way == "global":
        made = name.node()
    elif way == "reconstructor":
        made = call(odd, name, way, ())
    else:
        made = call(odd, name, way.partition(" ")[0], (odd.constant()[1],) if way.endswith("one") else ())
    act = rng.random()
    if act < 0.75:
        word, state = odd.state(name)
        return f"{way}, BUILD of {word}", Do(made, (("build", state),))
    word, value = odd.value()
    if act < 0.87:
        key = rng.choice([CANARY, 0, "__dict__", *name.params]) if rng.random() < 0.7 else odd.value()[1]
        return f"{way}, SETITEM of {word}", Do(made, (("item", key, value),))
    if act < 0.95:
        return f"{way}, APPEND of {word}", Do(made, (("append", value),))
    return f"{way}, ADDITEMS of {word}", Do(made, (("add", [value]),))


def weight(name: Name) -> int:
    """How often a name has its turn: what is called by saves, and what has code of its own for states, more often."""
    if name.mapped:
        return 1
    if name.module in CORE_MODULES:
        return 12 if name.kind != "value" else 1
    if name.kind == "function":
        return 1 if name.stored else 24
    if name.kind == "value":
        return 1
    return 1 + 3 * ("__setstate__" in name.own) + 6 * name.native


def sweeps(seed: int, names: Names, packages: frozenset[str] = frozenset()) -> Iterator[Stream]:
    """Every name in turn, or those of some packages, each time with something else."""
    rng = random.Random(f"sweeps {seed}")
    order: list[Name] = []
    while True:
        if not order:
            order = [one for one in names.every if not packages or one.module.partition(".")[0] in packages for _ in range(weight(one))]
            rng.shuffle(order)
        name = order.pop()
        odd = Odd(rng, names)
        label, node = sweep(odd, name)
        try:
            data = assemble(node, 2 if name.mapped else 4)
        except RecursionError:
            continue
        yield Stream("sweeps", f"{name}: {label}", loader_of(rng), data)


# ---------------------------------------------------------------- trees


class Trees:
    """Calls within calls, with aliases, and with things that are changed after they were used."""

    def __init__(self, rng: random.Random, names: Names, saves: list[Save]) -> None:
        self.rng = rng
        self.names = names
        self.saves = saves
        self.memo = 100_000
        self.odd = Odd(rng, names)
        self.made: list[Shared] = []
        self.words: list[str] = []

    def shared(self, node: Any) -> Shared:
        one = Shared(node)
        self.made.append(one)
        return one

    def honest(self) -> Any:
        """A value out of a real save."""
        rng = self.rng
        for _ in range(8):
            save = rng.choice(self.saves)
            span = rng.choice(save.spans)
            pieces = save.pieces[span[0] : span[1]]
            if 1 < len(pieces) < 150 and closed(pieces) and not any(piece.name in ("PROTO", "STOP") for piece in pieces):
                self.memo += 10_000
                node = Raw(join(moved(pieces, self.memo)))
                return self.shared(node) if rng.random() < 0.4 else node
        return 1

    def callee(self) -> Name:
        rng, names = self.rng, self.names
        if self.saves and rng.random() < 0.4:
            found = [names.by_pair[pair] for pair in rng.choice(self.saves).globals if pair in names.by_pair]
            if found:
                return rng.choice(found)
        pool = rng.choices([names.classes, names.functions, core(names), names.stored], [5, 3, 6, 0.5])[0]
        return rng.choice(pool or names.classes)

    def value(self, depth: int) -> Any:
        rng = self.rng
        way = rng.random()
        if self.made and way < 0.2:
            return rng.choice(self.made)
        if self.saves and way < 0.4:
            return self.honest()
        if depth <= 0 or way < 0.55:
            return self.odd.constant()[1] if rng.random() < 0.6 else self.odd.value()[1]
        if way < 0.7:
            word, node = rng.choice(ALIASES)(self, depth - 1)
            self.words.append(word)
            return node
        if way < 0.75:
            return rng.choice([
                lambda: [self.value(depth - 1) for _ in range(rng.randrange(3))],
                lambda: tuple(self.value(depth - 1) for _ in range(rng.randrange(4))),
                lambda: Pairs([(rng.choice([CANARY, "data", "dtype", self.value(depth - 1)]), self.value(depth - 1)) for _ in range(rng.randrange(3))]),
            ])()
        return self.made_by_call(depth)

    def made_by_call(self, depth: int) -> Any:
        rng = self.rng
        name = self.callee()
        args = tuple(self.value(depth - 1) for _ in range(rng.choices([0, 1, 2, 3, 4], [2, 6, 4, 2, 1])[0]))
        if name.kind == "class":
            way = rng.choice(CALLS)
            node = call(self.odd, name, way, args, {rng.choice([CANARY, "dtype", *name.params]): self.value(depth - 1)} if way.lower().endswith("ex") else None)
        else:
            node = Call(name.node(), args)
        actions = []
        while rng.random() < 0.35 and len(actions) < 3:
            actions.append(self.action(name, depth - 1))
        if actions:
            node = Do(node, tuple(actions))
        return self.shared(node) if rng.random() < 0.4 else node

    def action(self, name: Name | None, depth: int) -> tuple:
        rng = self.rng
        way = rng.random()
        if way < 0.45:
            if name is not None and rng.random() < 0.6:
                return ("build", self.odd.state(name)[1])
            return ("build", self.value(depth))
        if way < 0.7:
            return ("item", rng.choice([CANARY, "data", 0, self.value(depth)]), self.value(depth))
        if way < 0.8:
            return ("items", [(CANARY, self.value(depth)), (rng.choice([CANARY, 0, "keys"]), self.value(depth))])
        if way < 0.92:
            return ("append", self.value(depth))
        return ("add", [self.value(depth)])

    def stream(self) -> tuple[str, Any]:
        rng = self.rng
        before = []
        for _ in range(rng.randrange(3)):
            before.append(self.value(3))
            # What was made is changed through a fetched reference.
            if self.made and rng.random() < 0.5:
                self.words.append("changed through a reference")
                before.append(Do(rng.choice(self.made), (self.action(None, 1),)))
        value = self.value(4) if rng.random() < 0.3 else self.made_by_call(4)
        if self.made and rng.random() < 0.2:
            self.words.append("changed through a reference")
            value = (value, Do(rng.choice(self.made), (self.action(None, 1),)))
        words = ", ".join(sorted(set(self.words))) or "calls"
        return words, Then(before, value) if rng.random() < 0.1 else (*before, value)


def core(names: Names) -> list[Name]:
    """Names that most attacks need."""
    return [one for one in names.every if one.module in CORE_MODULES and one.kind != "value" and not one.stored]


def alias(trees: Trees, depth: int) -> tuple[str, Any]:
    """The same object under another name."""
    rng, names = trees.rng, trees.names
    inner = trees.shared(rng.choice([lambda: Pairs([("shape", (5,)), ("dtype", "f8")]), lambda: trees.value(depth), lambda: [1, 2], lambda: {CANARY: 1}])())
    chain = names.find(rng.choice(["ChainMap", "UserDict", "UserList", "defaultdict", "OrderedDict", "Counter", "deque"]), "collections", "UserDict", "UserList")
    way = rng.random()
    if way < 0.35 and chain is not None:
        made: Any = Call(chain, (inner,)) if rng.random() < 0.5 else Do(Call(chain, (), "NEWOBJ"), (("build", {"data": inner, "maps": [inner]}),))
    elif way < 0.6 and (make := names.find("_reconstructor", "copyreg", "copy_reg")) and (base := names.find("object", "builtins")):
        node = rng.choice([base, pick(rng, names.classes)])
        made = Call(make, (node, rng.choice([base, node]), inner))
    elif way < 0.8 and (dtype := trees.odd.numpy("dtype")):
        made = Call(dtype, (inner,))
    else:
        made = Call(trees.callee().node(), (inner,))
    made = trees.shared(made)
    change = Do(made, (rng.choice([("item", "shape", (1,)), ("item", CANARY, trees.value(0)), ("build", {"data": inner}), ("append", 1), ("item", 0, 1)]),))
    return "alias", (inner, change, trees.value(depth))


def partial_state(trees: Trees, depth: int) -> tuple[str, Any]:
    """A partial, or what takes a callable, with another one in its state."""
    partial = trees.shared(trees.odd.partial())
    return "partial", rng_choice(trees, [lambda: partial, lambda: (partial, Do(partial, (("build", (trees.odd.callable(), (trees.value(0),), {}, None)),)))])


def rng_choice(trees: Trees, makers: list) -> Any:
    return trees.rng.choice(makers)()


def factory(trees: Trees, depth: int) -> tuple[str, Any]:
    """A defaultdict or the like with a factory, and a method by which it is asked."""
    names = trees.names
    cls = names.find("defaultdict", "collections", "_collections")
    if cls is None:
        return "factory", trees.value(depth)
    made = trees.shared(Call(cls, (rng_choice(trees, [trees.odd.callable, trees.odd.partial]),)))
    return "factory", Call(trees.callee().node(), (made, trees.value(0)))


def hashed(trees: Trees, depth: int) -> tuple[str, Any]:
    """An open instance as a key or in a set."""
    one = trees.value(depth)
    return "hashed", rng_choice(trees, [lambda: Pairs([(one, 1)]), lambda: Do(empty_set(), (("add", [one]),)), lambda: Pairs([(one, 1), (trees.odd.holder()[1], 2)])])


def empty_set() -> Any:
    """The opcode for an empty set."""
    return Raw(b"\x8f")


def implicit(trees: Trees, depth: int) -> tuple[str, Any]:
    """A built-in that iterates, converts or compares what it is given."""
    rng, names = trees.rng, trees.names
    kind = names.find(rng.choice(["dict", "list", "tuple", "set", "frozenset", "str", "bytes", "bytearray", "int", "float", "complex", "range", "slice", "bool"]), "builtins")
    cls = rng.choice([kind, names.find(rng.choice(["OrderedDict", "Counter", "deque", "ChainMap", "defaultdict"]), "collections")]) or kind
    holder = trees.odd.holder()[1] if rng.random() < 0.7 else trees.value(depth)
    if cls is None:
        return "implicit", holder
    return "implicit", Call(cls, (holder,) if rng.random() < 0.8 else (None, holder))


def twice(trees: Trees, depth: int) -> tuple[str, Any]:
    """BUILD twice on one instance; keys twice; keys that are no text."""
    rng, names = trees.rng, trees.names
    name = rng.choice(names.classes)
    first = trees.odd.state(name)[1]
    second = rng.choice([lambda: trees.odd.state(name)[1], lambda: Pairs([(0, 1), (CANARY, 2), (CANARY, trees.value(0))]), lambda: trees.odd.interface()])()
    return "BUILD twice", Do(Call(name.node(), (), "NEWOBJ"), (("build", first), ("build", second)))


def object_array(trees: Trees, depth: int) -> tuple[str, Any]:
    """Arrays, dtypes and scalars that do not fit, given on."""
    word, node = trees.odd.array()
    return word, node


def view(trees: Trees, depth: int) -> tuple[str, Any]:
    """A holder of an array protocol, given to something that takes arrays, and written to."""
    rng = trees.rng
    maker = trees.callee()
    holder = trees.odd.holder()[1]
    made = trees.shared(Call(maker.node(), (holder,)))
    return "view", Do(made, (("item", 0, 1),)) if rng.random() < 0.5 else made


ALIASES = [alias, partial_state, factory, hashed, implicit, twice, object_array, view, view, alias]


def trees(seed: int, names: Names, saves: list[Save]) -> Iterator[Stream]:
    """Trees of calls."""
    rng = random.Random(f"trees {seed}")
    while True:
        one = Trees(rng, names, saves)
        try:
            label, node = one.stream()
            data = assemble(node)
        except RecursionError:
            continue
        if len(data) < 20_000:
            yield Stream("trees", label, loader_of(rng), data)
