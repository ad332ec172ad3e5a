"""Mutations of real saves, and array wrappers of joblib that are not what they seem."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from assemble import Call, Do, Global, Pairs, Raw, Shared, Writer
from generate import JOBLIB, Stream, loader_of
from names import Names, pick
from odd import BYTES, CANARY, NUMBERS, PROTOCOLS, TEXTS, Odd
from pieces import Piece, join
from saves import CONSTANTS, GETS, PUTS, Save, closed, copied, get, glob, moved, text
from saves import TEXTS as TEXT_OPCODES

FAR = 100_000


def odd_pieces(node: Any, memo: int) -> list[Piece]:
    """A node as one piece."""
    writer = Writer()
    writer.count = memo
    writer.write(node)
    return [Piece("RAW", bytes(writer.out), None)]


class Mutation:
    """Changes a save."""

    def __init__(self, rng: random.Random, names: Names, saves: list[Save]) -> None:
        self.rng = rng
        self.names = names
        self.saves = saves
        self.odd = Odd(rng, names)
        self.memo = FAR

    def node(self, node: Any) -> list[Piece]:
        self.memo += 1000
        return odd_pieces(node, self.memo)

    def one_of(self, save: Save, kinds: set[str]) -> int | None:
        found = [at for at, piece in enumerate(save.pieces) if piece.name in kinds]
        return self.rng.choice(found) if found else None

    def span(self, save: Save, least: int = 1) -> tuple[int, int] | None:
        found = [span for span in save.spans if span[1] - span[0] >= least and span[0] > 0]
        return self.rng.choice(found) if found else None

    # ---- each gives a word and the new opcodes, or None

    def leaf(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A constant is another one."""
        at = self.one_of(save, CONSTANTS)
        if at is None:
            return None
        rng = self.rng
        old = save.pieces[at]
        if old.name in TEXT_OPCODES and rng.random() < 0.7:
            word, value = rng.choice(TEXTS)
        elif isinstance(old.arg, int) and not isinstance(old.arg, bool) and rng.random() < 0.7:
            word, value = "number", rng.choice([*NUMBERS, old.arg + 1, old.arg - 1, old.arg * 1000, -old.arg])
        elif isinstance(old.arg, bytes) and rng.random() < 0.7:
            word, value = "bytes", rng.choice([*BYTES, old.arg[:-1], old.arg + b"\0", old.arg[: len(old.arg) // 2]])
        else:
            word, value = self.odd.constant()
        return f"constant is {word}", [*save.pieces[:at], *self.node(value), *save.pieces[at + 1 :]]

    def odd_value(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A value is an odd one."""
        span = self.span(save)
        if span is None:
            return None
        word, value = self.odd.value()
        return f"value is {word}", [*save.pieces[: span[0]], *self.node(value), *save.pieces[span[1] :]]

    def swap(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A value is another one of the same save."""
        one, other = self.span(save), self.span(save, 2)
        if one is None or other is None:
            return None
        self.memo += 1000
        put_in = copied(save.pieces[other[0] : other[1]], self.memo)
        return "value of the same save", [*save.pieces[: one[0]], *put_in, *save.pieces[one[1] :]]

    def transplant(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A value is one of another save."""
        one = self.span(save)
        source = self.rng.choice(self.saves)
        other = self.span(source, 2)
        if one is None or other is None:
            return None
        put_in = source.pieces[other[0] : other[1]]
        if not closed(put_in):
            return None
        self.memo += 10_000
        return "value of another save", [*save.pieces[: one[0]], *moved(put_in, self.memo), *save.pieces[one[1] :]]

    def redirect(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A fetched reference is another object, or a value is a fetched reference."""
        rng = self.rng
        puts = [(at, int(piece.arg)) for at, piece in enumerate(save.pieces) if piece.name in PUTS]  # type: ignore[arg-type]
        if not puts:
            return None
        at = self.one_of(save, GETS)
        if at is not None and rng.random() < 0.5:
            return "reference to another object", [*save.pieces[:at], get(rng.choice(puts)[1]), *save.pieces[at + 1 :]]
        span = self.span(save)
        if span is None:
            return None
        before = [index for place, index in puts if place < span[0]] or [rng.choice(puts)[1]]
        return "value is a reference", [*save.pieces[: span[0]], get(rng.choice(before)), *save.pieces[span[1] :]]

    def other_global(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A global is another allowed one."""
        at = self.one_of(save, {"GLOBAL"})
        if at is None:
            return None
        rng, names = self.rng, self.names
        module, name = str(save.pieces[at].arg).split(" ")[:2]
        known = names.by_pair.get((module, name))
        way = rng.random()
        if way < 0.3:
            source = rng.choice(self.saves)
            other = Global(*rng.choice(source.globals)) if source.globals else pick(rng, names.classes)
        elif known is not None and known.kind == "class":
            near = [one for one in names.classes if one.module.partition(".")[0] == module.partition(".")[0]]
            other = pick(rng, near if near and way < 0.7 else names.classes)
        else:
            other = pick(rng, rng.choice([names.functions, names.stored or names.functions, names.classes]))
        return f"{module}.{name} is {other.module}.{other.name}", [*save.pieces[:at], glob(other.module, other.name), *save.pieces[at + 1 :]]

    def twice(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A state is set twice, or an object is changed behind its state."""
        at = self.one_of(save, {"BUILD"})
        if at is None:
            return None
        rng = self.rng
        word, value = self.odd.value()
        way = rng.choice(["BUILD", "SETITEM", "APPEND", "BUILD of {}", "tuple"])
        if way == "BUILD":
            more = [*self.node({rng.choice([*save.keys[:200], CANARY, *PROTOCOLS]): value}), Piece("BUILD", b"b", None)]
        elif way == "SETITEM":
            more = [*self.node((rng.choice([*save.keys[:200], CANARY]))), *self.node(value), Piece("SETITEM", b"s", None)]
        elif way == "APPEND":
            more = [*self.node(value), Piece("APPEND", b"a", None)]
        elif way == "tuple":
            more = [*self.node((None, {rng.choice([*save.keys[:200], *PROTOCOLS]): value})), Piece("BUILD", b"b", None)]
        else:
            more = [*self.node(rng.choice([{}, (), None])), Piece("BUILD", b"b", None)]
        return f"{way} again with {word}", [*save.pieces[: at + 1], *more, *save.pieces[at + 1 :]]

    def through(self, save: Save) -> tuple[str, list[Piece]] | None:
        """An object is changed through a fetched reference: at the end, or in the middle."""
        rng = self.rng
        puts = [(at, int(piece.arg)) for at, piece in enumerate(save.pieces) if piece.name in PUTS]  # type: ignore[arg-type]
        if not puts:
            return None
        place, index = rng.choice(puts)
        word, value = self.odd.value()
        key = rng.choice([*save.keys[:200], CANARY, 0])
        action = rng.choice([("item", key, value), ("build", {str(key): value}), ("append", value), ("build", ())])
        writer = Writer()
        self.memo += 1000
        writer.count = self.memo
        writer.act(action)
        change = [get(index), Piece("RAW", bytes(writer.out), None), Piece("POP", b"0", None)]
        at = len(save.pieces) - 1
        later = [end for start, end in save.spans if end > place + 1]
        if later and rng.random() < 0.5:
            at = rng.choice(later)
        return f"{action[0]} through a reference with {word}", [*save.pieces[:at], *change, *save.pieces[at:]]

    def key(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A text is another one that libraries look for, or stands twice."""
        at = self.one_of(save, TEXT_OPCODES)
        if at is None:
            return None
        rng = self.rng
        word = rng.choice([*PROTOCOLS, *save.keys[:200], *rng.choice(self.saves).keys[:200]])
        return f"text is {word}", [*save.pieces[:at], text(word), *save.pieces[at + 1 :]]

    def doubled(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A pair of a dictionary stands twice, with another value the second time."""
        rng = self.rng
        found = [at for at, piece in enumerate(save.pieces[:-1]) if piece.name in TEXT_OPCODES]
        rng.shuffle(found)
        starts = {start: end for start, end in save.spans}
        for at in found[:20]:
            end = starts.get(at + 1)
            if end is None or end >= len(save.pieces):
                continue
            word, value = self.odd.value()
            again = [save.pieces[at], *self.node(value)]
            pair = save.pieces[at:end]
            both = [*pair, *again] if rng.random() < 0.7 else [*again, *pair]
            return f"pair doubled with {word}", [*save.pieces[:at], *both, *save.pieces[end:]]
        return None

    def left_out(self, save: Save) -> tuple[str, list[Piece]] | None:
        """A value or an opcode is left out, or a value stands twice."""
        rng = self.rng
        span = self.span(save)
        if span is None:
            return None
        way = rng.random()
        if way < 0.5:
            return "value left out", [*save.pieces[: span[0]], *save.pieces[span[1] :]]
        if way < 0.7:
            self.memo += 1000
            return "value twice", [*save.pieces[: span[1]], *copied(save.pieces[span[0] : span[1]], self.memo), *save.pieces[span[1] :]]
        at = self.one_of(save, {"BUILD", "SETITEMS", "APPENDS", "REDUCE", "NEWOBJ", "APPEND", "SETITEM"})
        if at is None:
            return None
        if way < 0.85 and save.pieces[at].name in ("REDUCE", "NEWOBJ"):
            other = Piece("REDUCE", b"R", None) if save.pieces[at].name == "NEWOBJ" else Piece("NEWOBJ", b"\x81", None)
            return f"{other.name} instead", [*save.pieces[:at], other, *save.pieces[at + 1 :]]
        # The state, the items or the arguments go with it.
        before = [span for span in save.spans if span[1] == at]
        if not before:
            return None
        start = rng.choice(before)[0]
        return f"{save.pieces[at].name} left out", [*save.pieces[:start], *save.pieces[at + 1 :]]

    def stream(self) -> tuple[str, bytes] | None:
        save = self.rng.choice(self.saves)
        words = [save.name]
        for _ in range(self.rng.choices([1, 2, 3], [6, 3, 1])[0]):
            way = self.rng.choices(WAYS, WEIGHTS)[0]
            made = way(self, save)
            if made is None:
                continue
            words.append(made[0])
            save = Save(save.name, made[1])
            save.prepare()
        if len(words) == 1:
            return None
        return f"{words[0]}: {', '.join(words[1:])}", join(save.pieces)


WAYS = [Mutation.leaf, Mutation.odd_value, Mutation.swap, Mutation.transplant, Mutation.redirect, Mutation.other_global, Mutation.twice, Mutation.through, Mutation.key, Mutation.doubled, Mutation.left_out]
WEIGHTS = [6, 5, 3, 4, 3, 5, 2, 2, 3, 2, 3]


def mutations(seed: int, names: Names, saves: list[Save]) -> Iterator[Stream]:
    """Saves that are no longer what they were."""
    rng = random.Random(f"mutations {seed}")
    while True:
        made = Mutation(rng, names, saves).stream()
        if made is not None:
            yield Stream("mutations", made[0], loader_of(rng), made[1])


# ---------------------------------------------------------------- joblib

#: The second look at the bytes of arrays sees names that are dangerous and called. Others tell whether the place of an
#: array is right: they are on no list, and looking them up is an event.
UNLISTED = [b"cabc\nzzcanary\n", b"ctomllib\nloads\n)R", b"(iabc\nzzcanary\n"]
HIDDEN = [b"cos\ngetpid\n)R", b"cbuiltins\neval\nX\x01\x00\x00\x001\x85R", b"cposix\nzzcanary\n", b"(iposix\nzzcanary\n"]
SLED = b"N0"


class Wrapper:
    """A stream with array wrappers whose state does not say what it seems to say."""

    def __init__(self, rng: random.Random, names: Names, saves: list[Save]) -> None:
        self.rng = rng
        self.names = names
        self.saves = saves
        self.odd = Odd(rng, names)
        self.words: list[str] = []
        self.size = 8

    def dtype(self) -> Any:
        rng = self.rng
        make = self.odd.numpy("dtype")
        if make is None or rng.random() < 0.06:
            self.words.append("dtype is a text")
            return rng.choice(["f8", "O", "V16"])
        if rng.random() < 0.15:
            self.words.append("odd dtype")
            return self.odd.dtype()[1]
        size = rng.choice([8, 8, 4, 1, 2, 16])
        self.size = size
        letter = {8: "f8", 4: "i4", 1: "u1", 2: "i2", 16: "c16"}[size]
        return Do(Call(make, (letter, False, True)), (("build", (3, "<" if size > 1 else "|", None, None, None, -1, -1, 0)),))

    def stream(self) -> tuple[str, bytes]:  # noqa: C901, PLR0912, PLR0915
        rng, names = self.rng, self.names
        cls = names.find("NumpyArrayWrapper", "joblib.numpy_pickle")
        array = self.odd.numpy("ndarray")
        if cls is None or array is None:
            return "none", b"\x80\x04N."
        seen = rng.choice([1, 2, 5, 16, 40, 100])
        real = rng.choice([0, 1, 1, 2, seen * 2])
        shape: Any = (seen,)
        other: Any = rng.choice([(real,), (real,), (real,), (0, 5), (), [real], self.odd.constant()[1], Call(rng.choice([names.find("tuple", "builtins"), names.find("list", "builtins"), cls]) or cls, ([real],))])
        key = rng.choice(["shape"] * 6 + ["dtype"] * 3 + ["subclass", "order", "numpy_array_alignment_bytes", "allow_mmap"])
        swapped = {"shape": other, "dtype": rng.choice([lambda: self.dtype(), lambda: self.odd.dtype()[1], lambda: "u1"])(), "subclass": pick(rng, names.classes), "order": rng.choice(["F", "C", "K", None, 7]), "numpy_array_alignment_bytes": rng.choice([16, 0, 1, -1, 1 << 20, "16", None, True]), "allow_mmap": True}[key]
        dtype_node = self.dtype()
        while seen * self.size < 24:
            seen *= 2
            shape = (seen,)
        pairs: list[tuple[Any, Any]] = [("subclass", array), ("shape", shape), ("order", "C"), ("dtype", dtype_node), ("allow_mmap", False)]
        aligned = rng.random() < 0.4
        if aligned:
            pairs.append(("numpy_array_alignment_bytes", 16))
        way = rng.choice(["alias", "alias", "alias", "alias", "doubled", "odd key", "fetched", "slot state", "twice", "constructor", "setitem later", "plain", "plain", "partial state", "instance", "other way", "nested"])
        self.words.append(f"{way}: {key}")
        state: Any = Pairs(pairs)
        before: list[Any] = []
        made: Any = Call(cls, (), "NEWOBJ")
        if way == "plain":
            if rng.random() < 0.8:
                state = Pairs([(name, swapped if name == key else value) for name, value in pairs])
        elif way == "alias":
            shared = Shared(state)
            state = shared
            alias = rng.choice(["ChainMap", "UserDict", "dtype", "_reconstructor", "dict subclass", "OrderedDict", "partial", "get", "default", "any"])
            self.words.append(f"alias by {alias}")
            change = ("item", key, swapped)
            copyreg = names.find("_reconstructor", "copyreg", "copy_reg")
            base = names.find("object", "builtins")
            chain = names.find("ChainMap", "collections")
            user = names.find("UserDict", "collections", "UserDict")
            dtype = self.odd.numpy("dtype")
            if alias == "ChainMap" and chain is not None:
                before = [shared, Do(Call(chain, (shared,)), (change,))]
            elif alias == "UserDict" and user is not None:
                before = [shared, Do(Call(user, (), "NEWOBJ"), (("build", {"data": shared}), change))]
            elif alias == "dtype" and dtype is not None:
                before = [shared, Do(Call(dtype, (shared,)), (change,))]
            elif alias == "_reconstructor" and copyreg is not None and base is not None:
                before = [shared, Do(Call(copyreg, (base, base, shared)), (change,))]
            elif alias == "get":
                before = [shared, Do(shared, (change,))]
            elif alias == "any":
                before = [shared, Do(Call(pick(rng, names.classes + names.functions), (shared,)), (change,))]
            elif alias == "dict subclass" and names.mappings:
                held = pick(rng, names.mappings)
                before = [shared, Do(Call(held, (), "NEWOBJ"), (("build", {"data": shared, "__dict__": shared, "_data": shared}), change))]
            else:
                holder = rng.choice(names.holders).node() if names.holders else cls
                before = [shared, Do(Call(holder, (), "NEWOBJ"), (("build", shared), ("build", {key: swapped})))]
        elif way == "doubled":
            pairs.insert(rng.randrange(len(pairs) + 1), (key, swapped))
        elif way == "odd key":
            pairs.append((rng.choice([0, b"shape", (key,), None]), swapped))
        elif way == "fetched":
            shared = Shared(made)
            before = [shared]
            made = shared
        elif way == "slot state":
            state = rng.choice([(state, {key: swapped}), (None, state), (Pairs(pairs), {key: swapped})])
        elif way == "twice":
            made = Do(made, (("build", {key: swapped}),))
        elif way == "constructor":
            made = Call(cls, (array, other, "C", self.dtype()), "REDUCE")
            state = rng.choice([{}, {key: swapped}, Pairs(pairs)])
        elif way == "setitem later":
            state = Do(state, (("item", key, swapped),))
        elif way == "partial state":
            pairs.pop(rng.randrange(len(pairs)))
        elif way == "instance":
            state = Do(Call(names.find("OrderedDict", "collections") or cls, ()), (("items", pairs), ("item", key, swapped)))
        elif way == "other way":
            make = names.find("_reconstructor", "copyreg", "copy_reg")
            base = names.find("object", "builtins")
            if make is not None and base is not None:
                made = Call(make, (cls, base, None))
        elif way == "nested":
            made = Call(names.find("__newobj__", "copyreg", "copy_reg") or cls, (cls,))
        writer = Writer()
        writer.out += b"\x80\x04"
        writer.out += b"("
        for one in before:
            writer.write(one)
            if rng.random() < 0.1:
                writer.out += b"0"
        writer.write(made)
        writer.write(state)
        writer.out += b"b"
        payload = rng.choice(UNLISTED * 4 + HIDDEN)
        size = seen * self.size + rng.choice([0] * 12 + [8, -8, 1])
        room = max(0, size - len(payload))
        lead = min(room, rng.choice([0, 8, 16, real * self.size, room // 2]))
        sled = (SLED * (room // 2 + 2))
        hidden = sled[:lead] + payload + sled[: room - lead]
        if aligned:
            pad = 16 - (len(writer.out) + 1) % 16
            writer.out += bytes([pad]) + b"\xff" * pad
        writer.out += hidden + b"t."
        return ", ".join(dict.fromkeys(self.words)), bytes(writer.out)


def joblib_streams(seed: int, names: Names, saves: list[Save]) -> Iterator[Stream]:
    """Files of joblib whose arrays could be opcodes."""
    rng = random.Random(f"joblib {seed}")
    while True:
        label, data = Wrapper(rng, names, saves).stream()
        yield Stream("joblib", label, JOBLIB, data)
