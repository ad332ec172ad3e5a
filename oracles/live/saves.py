"""Real saves as material: their opcodes, without frames, memo entries of texts and short names of globals."""

from __future__ import annotations

import _compat_pickle
import struct
from dataclasses import dataclass, field
from pathlib import Path

from pieces import Piece, join, pieces_of, spans

MOST_BYTES = 40_000
MOST_PIECES = 4_000
TEXTS = {"SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "UNICODE"}
PUTS = {"PUT", "BINPUT", "LONG_BINPUT"}
GETS = {"GET", "BINGET", "LONG_BINGET"}
CONSTANTS = {"NONE", "NEWTRUE", "NEWFALSE", "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "FLOAT", "BINFLOAT", "BINBYTES", "SHORT_BINBYTES", "BINSTRING", "SHORT_BINSTRING", "STRING", "EMPTY_TUPLE", *TEXTS}


def put(index: int) -> Piece:
    return Piece("LONG_BINPUT", b"r" + struct.pack("<I", index), index)


def get(index: int) -> Piece:
    return Piece("LONG_BINGET", b"j" + struct.pack("<I", index), index)


def text(value: str) -> Piece:
    data = value.encode("utf-8", "surrogatepass")
    return Piece("BINUNICODE", b"X" + struct.pack("<I", len(data)) + data, value)


def python3_name(module: str, name: str) -> tuple[str, str]:
    """A name of Python 2 as Python 3 reads it."""
    if (module, name) in _compat_pickle.NAME_MAPPING:
        return _compat_pickle.NAME_MAPPING[module, name]
    return _compat_pickle.IMPORT_MAPPING.get(module, module), name


def glob(module: str, name: str) -> Piece:
    return Piece("GLOBAL", f"c{module}\n{name}\n".encode(), f"{module} {name}")


def plain(pieces: list[Piece]) -> list[Piece] | None:
    """In protocol 4, with explicit memo indexes, texts where they are used, and globals as one opcode, so that parts of
    one save can stand in another. None for what is not plain."""
    old = pieces[0].name != "PROTO" or int(pieces[0].arg) < 3  # type: ignore[call-overload]
    found: list[Piece] = []
    memo_text: dict[int, Piece] = {}
    count = 0
    for piece in pieces:
        name = piece.name
        if name in PUTS or name == "MEMOIZE":
            index = count if name == "MEMOIZE" else int(piece.arg)  # type: ignore[arg-type]
            count += 1
            if found and found[-1].name in TEXTS:
                memo_text[index] = found[-1]
            else:
                memo_text.pop(index, None)
                found.append(put(index))
        elif name in GETS:
            index = int(piece.arg)  # type: ignore[arg-type]
            found.append(memo_text.get(index) or get(index))
        elif name == "STACK_GLOBAL":
            if len(found) < 2 or found[-1].name not in TEXTS or found[-2].name not in TEXTS:
                return None
            last_text, module_text = found.pop(), found.pop()
            found.append(glob(str(module_text.arg), str(last_text.arg)))
        elif name == "PROTO":
            continue
        elif name in ("GLOBAL", "INST") and old:
            module, last = python3_name(*str(piece.arg).split(" ", 1))
            found.append(Piece(name, f"{'c' if name == 'GLOBAL' else 'i'}{module}\n{last}\n".encode(), f"{module} {last}"))
        elif name in ("NEXT_BUFFER", "PERSID", "BINPERSID", "EXT1", "EXT2", "EXT4", "DUP"):
            return None
        else:
            found.append(piece)
    protocol = 5 if not old and int(pieces[0].arg) == 5 else 4  # type: ignore[call-overload]
    return [Piece("PROTO", bytes([0x80, protocol]), protocol), *found]


@dataclass
class Save:
    """A save that passes, and that does nothing when it is loaded."""

    name: str
    pieces: list[Piece]
    spans: list[tuple[int, int]] = field(default_factory=list)
    globals: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def prepare(self) -> None:
        self.spans = sorted(set(spans(self.pieces)))
        self.globals = sorted({tuple(str(piece.arg).split(" ")[:2]) for piece in self.pieces if piece.name in ("GLOBAL", "INST")})  # type: ignore[misc]
        self.keys = sorted({str(piece.arg) for piece in self.pieces if piece.name in TEXTS and str(piece.arg).isidentifier()})

    @property
    def data(self) -> bytes:
        return join(self.pieces)


def read_saves(folders: list[Path], most: int) -> list[Save]:
    """The saves of folders that are pickles of a size that can be worked with."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix not in (".pkl", ".pickle", ".p") or not path.is_file() or path.stat().st_size > MOST_BYTES:
                continue
            pieces = pieces_of(path.read_bytes())
            if pieces is None or len(pieces) > MOST_PIECES or any(piece.name == "STOP" for piece in pieces[:-1]):
                continue
            made = plain(pieces)
            if made is not None:
                found.append(Save(str(path.relative_to(folder)), made))
    step = max(1, len(found) // most) if most else 1
    return found[::step]


def moved(pieces: list[Piece], by: int) -> list[Piece]:
    """The same opcodes with other memo indexes."""
    found = []
    for piece in pieces:
        if piece.name in PUTS:
            found.append(put(int(piece.arg) + by))  # type: ignore[arg-type]
        elif piece.name in GETS:
            found.append(get(int(piece.arg) + by))  # type: ignore[arg-type]
        else:
            found.append(piece)
    return found


def copied(pieces: list[Piece], by: int) -> list[Piece]:
    """The same opcodes once more in the same stream: what they put goes elsewhere, what they fetch from outside stays."""
    own = {int(piece.arg) for piece in pieces if piece.name in PUTS}  # type: ignore[arg-type]
    found = []
    for piece in pieces:
        found.extend(moved([piece], by) if piece.name in (PUTS | GETS) and int(piece.arg) in own else [piece])  # type: ignore[arg-type]
    return found


def closed(pieces: list[Piece]) -> bool:
    """Whether everything that these opcodes fetch was put by them before."""
    known = set()
    for piece in pieces:
        if piece.name in PUTS:
            known.add(int(piece.arg))  # type: ignore[arg-type]
        elif piece.name in GETS and int(piece.arg) not in known:  # type: ignore[arg-type]
            return False
    return True
