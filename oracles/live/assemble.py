"""Writes pickles from trees of nodes. Plain values of Python stand for themselves and may hold nodes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False)
class Global:
    module: str
    name: str


@dataclass(eq=False)
class Call:
    """`via`: REDUCE, NEWOBJ, NEWOBJ_EX (arguments and keywords), INST or OBJ."""

    callee: Any
    args: Any = ()
    via: str = "REDUCE"
    keywords: Any = None


@dataclass(eq=False)
class Do:
    """An object, and what is done to it where it stands: ('build', state), ('item', key, value), ('items', pairs),
    ('append', value), ('appends', values), ('add', values)."""

    target: Any
    actions: tuple


@dataclass(eq=False)
class Shared:
    """Written once, fetched from the memo afterwards. `first` is False where a fetch is to come first."""

    node: Any


@dataclass(eq=False)
class Pairs:
    """A dict, written as its pairs: keys may stand twice."""

    pairs: list


@dataclass(eq=False)
class Then:
    """Values that are made and popped, in order, and the value that stays."""

    before: list
    value: Any


@dataclass(eq=False)
class Raw:
    """Opcodes as they are."""

    data: bytes


class Writer:
    """One stream."""

    def __init__(self) -> None:
        self.out = bytearray()
        self.memo: dict[int, int] = {}
        self.keep: list = []
        self.count = 0

    def put(self, node: object) -> None:
        self.memo[id(node)] = self.count
        self.keep.append(node)
        self.out += b"q" + bytes([self.count]) if self.count < 256 else b"r" + struct.pack("<I", self.count)
        self.count += 1

    def text(self, value: str) -> None:
        data = value.encode("utf-8", "surrogatepass")
        self.out += b"X" + struct.pack("<I", len(data)) + data

    def integer(self, value: int) -> None:
        if 0 <= value < 256:
            self.out += b"K" + bytes([value])
        elif -(1 << 31) <= value < 1 << 31:
            self.out += b"J" + struct.pack("<i", value)
        else:
            data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
            self.out += b"\x8a" + bytes([len(data)]) + data

    def write(self, node: Any) -> None:  # noqa: C901, PLR0912, PLR0915
        out = self.out
        if isinstance(node, Shared):
            known = self.memo.get(id(node))
            if known is None:
                self.write(node.node)
                self.put(node)
            else:
                out += b"h" + bytes([known]) if known < 256 else b"j" + struct.pack("<I", known)
        elif isinstance(node, Global):
            out += f"c{node.module}\n{node.name}\n".encode()
        elif isinstance(node, Call):
            self.call(node)
        elif isinstance(node, Do):
            self.write(node.target)
            for action in node.actions:
                self.act(action)
        elif isinstance(node, Pairs):
            out += b"}("
            for key, value in node.pairs:
                self.write(key)
                self.write(value)
            out += b"u"
        elif isinstance(node, Then):
            for one in node.before:
                self.write(one)
                out += b"0"
            self.write(node.value)
        elif isinstance(node, Raw):
            out += node.data
        elif node is None:
            out += b"N"
        elif isinstance(node, bool):
            out += b"\x88" if node else b"\x89"
        elif isinstance(node, int):
            self.integer(node)
        elif isinstance(node, float):
            out += b"G" + struct.pack(">d", node)
        elif isinstance(node, str):
            self.text(node)
        elif isinstance(node, bytes):
            out += b"B" + struct.pack("<I", len(node)) + node
        elif isinstance(node, tuple):
            if len(node) in (1, 2, 3):
                for one in node:
                    self.write(one)
                out += (b"\x85", b"\x86", b"\x87")[len(node) - 1]
            elif not node:
                out += b")"
            else:
                out += b"("
                for one in node:
                    self.write(one)
                out += b"t"
        elif isinstance(node, list):
            out += b"]"
            if node:
                out += b"("
                for one in node:
                    self.write(one)
                out += b"e"
        elif isinstance(node, dict):
            out += b"}"
            if node:
                self.act(("items", list(node.items())))
        elif isinstance(node, (set, frozenset)):
            out += b"\x8f("
            for one in node:
                self.write(one)
            out += b"\x90"
        else:
            raise TypeError(type(node).__name__)

    def call(self, node: Call) -> None:
        out = self.out
        if node.via == "INST":
            out += b"("
            for one in node.args:
                self.write(one)
            out += f"i{node.callee.module}\n{node.callee.name}\n".encode()
            return
        if node.via == "OBJ":
            out += b"("
            self.write(node.callee)
            for one in node.args:
                self.write(one)
            out += b"o"
            return
        self.write(node.callee)
        self.write(node.args)
        if node.via == "NEWOBJ_EX":
            self.write(node.keywords or {})
            out += b"\x92"
        else:
            out += b"R" if node.via == "REDUCE" else b"\x81"

    def act(self, action: tuple) -> None:
        out = self.out
        kind = action[0]
        if kind == "build":
            self.write(action[1])
            out += b"b"
        elif kind == "item":
            self.write(action[1])
            self.write(action[2])
            out += b"s"
        elif kind == "items":
            out += b"("
            for key, value in action[1]:
                self.write(key)
                self.write(value)
            out += b"u"
        elif kind == "append":
            self.write(action[1])
            out += b"a"
        else:
            out += b"("
            for one in action[1]:
                self.write(one)
            out += b"e" if kind == "appends" else b"\x90"


def assemble(node: Any, protocol: int = 4) -> bytes:
    """A stream that makes the node."""
    writer = Writer()
    writer.out += b"\x80" + bytes([protocol])
    writer.write(node)
    return bytes(writer.out) + b"."
