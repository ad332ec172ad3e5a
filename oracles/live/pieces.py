"""A stream as its opcodes, and the values that they make."""

from __future__ import annotations

import io
import pickletools
from dataclasses import dataclass

MARKED = {"TUPLE", "LIST", "DICT", "FROZENSET", "INST", "OBJ", "POP_MARK"}
PUSHES_NOTHING = {"PROTO", "FRAME", "PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"}
# How many values an opcode takes, where it makes one.
TAKES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3, "REDUCE": 2, "NEWOBJ": 2, "NEWOBJ_EX": 3, "BUILD": 2, "APPEND": 2, "SETITEM": 3, "STACK_GLOBAL": 2, "BINPERSID": 1, "READONLY_BUFFER": 1}
ONTO_MARKED = {"APPENDS", "SETITEMS", "ADDITEMS"}


@dataclass(frozen=True)
class Piece:
    """One opcode with its argument."""

    name: str
    data: bytes
    arg: object


def pieces_of(data: bytes) -> list[Piece] | None:
    """The opcodes of a stream up to its STOP, without frames; None where they cannot be read."""
    found = []
    try:
        last: tuple | None = None
        for opcode, arg, at in pickletools.genops(io.BytesIO(data)):
            if last is not None:
                found.append(Piece(last[0].name, data[last[2] : at], last[1]))
            last = (opcode, arg, at)
    except (ValueError, IndexError, UnicodeDecodeError, EOFError, OverflowError):
        return None
    if last is None or last[0].name != "STOP":
        return None
    found.append(Piece("STOP", b".", None))
    return [piece for piece in found if piece.name != "FRAME"]


def join(pieces: list[Piece]) -> bytes:
    """The stream again."""
    return b"".join(piece.data for piece in pieces)


def spans(pieces: list[Piece]) -> list[tuple[int, int]]:
    """For each value that a stream makes: where its opcodes begin and end."""
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    for at, piece in enumerate(pieces):
        name = piece.name
        if name in PUSHES_NOTHING or name == "STOP":
            if stack and name not in ("PROTO", "FRAME", "STOP") and stack[-1] >= 0:
                found.append((stack[-1], at + 1))
            continue
        if name == "MARK":
            stack.append(-1 - at)
            continue
        if name == "POP":
            if stack:
                stack.pop()
            continue
        start = at
        if name in MARKED or name in ONTO_MARKED:
            while stack and stack[-1] >= 0:
                stack.pop()
            if stack:
                start = -1 - stack.pop()
            if name == "POP_MARK":
                continue
            if name in ONTO_MARKED and stack and stack[-1] >= 0:
                start = stack.pop()
        elif name in TAKES:
            for _ in range(TAKES[name]):
                if stack and stack[-1] >= 0:
                    start = stack.pop()
        stack.append(start)
        found.append((start, at + 1))
    return found
