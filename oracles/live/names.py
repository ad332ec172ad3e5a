"""The names that the generator composes streams of: those that the catalogue allows and the libraries here have."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from assemble import Global


# Modules whose classes take any attribute.
SIMPLE = frozenset("argparse types builtins exceptions collections decimal".split())


@dataclass(frozen=True)
class Name:
    """An allowed name and what it is here."""

    module: str
    name: str
    kind: str
    own: frozenset[str]
    native: bool
    slots: bool
    stored: bool
    conditional: bool
    mapped: bool
    params: tuple[str, ...]
    bases: frozenset[str]

    def node(self) -> Global:
        return Global(self.module, self.name)

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass
class Names:
    """All of them, and those that generators ask for."""

    every: list[Name]
    classes: list[Name] = field(default_factory=list)
    functions: list[Name] = field(default_factory=list)
    stored: list[Name] = field(default_factory=list)
    holders: list[Name] = field(default_factory=list)
    simple: list[Name] = field(default_factory=list)
    mappings: list[Name] = field(default_factory=list)
    by_pair: dict[tuple[str, str], Name] = field(default_factory=dict)

    def find(self, name: str, *modules: str) -> Global | None:
        """The first of these that is allowed and here."""
        for module in modules:
            found = self.by_pair.get((module, name))
            if found is not None:
                return found.node()
        return None


def read_names(listed: dict, kinds: dict) -> Names:
    """From what names.ts and the loader tell."""
    every = []
    seen: set[tuple[str, str]] = set()
    for module, name, stored, conditional in sorted(listed["names"]):
        known = kinds.get(f"{module} {name}")
        if known is None or (module, name) in seen:
            continue
        seen.add((module, name))
        every.append(
            Name(module, name, known["kind"], frozenset(known.get("own", ())), bool(known.get("native")), bool(known.get("slots")), stored, conditional, bool(known.get("mapped")), tuple(known.get("params", ())), frozenset(known.get("bases", ())))
        )
    names = Names(every)
    # One object has many names; the rest of them are used now and then.
    for one in every:
        names.by_pair[one.module, one.name] = one
        if one.mapped:
            continue
        if one.kind == "class":
            names.classes.append(one)
            if not one.slots and "__setstate__" not in one.own and not one.native:
                names.holders.append(one)
                if one.module in SIMPLE or one.name in ("Bunch", "OptimizeResult", "_RichResult"):
                    names.simple.append(one)
            if "dict" in one.bases or "keys" in one.own:
                names.mappings.append(one)
        elif one.kind == "function":
            (names.stored if one.stored else names.functions).append(one)
    return names


def pick(rng: random.Random, names: list[Name]) -> Global:
    """One of them."""
    return rng.choice(names).node()
