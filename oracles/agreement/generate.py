"""Pickle streams, valid and nearly valid: by grammar over all opcodes, and by mutation of real pickles.

Deterministic: the same seed gives the same streams under the same Python version.
"""

from __future__ import annotations

import io
import random
import re
import struct
import tarfile
import zipfile
from pathlib import Path

from cases import CASES

#: Pairs of module and name. The first group is allowed by the catalogue, so that some streams are clean.
HONEST = [
    ("collections", "OrderedDict"),
    ("builtins", "set"),
    ("builtins", "complex"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("decimal", "Decimal"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy.core.multiarray", "scalar"),
    ("torch._utils", "_rebuild_tensor_v2"),
    ("torch", "FloatStorage"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
    ("_codecs", "encode"),
    ("builtins", "bytearray"),
    ("builtins", "getattr"),
    ("functools", "partial"),
    ("copy_reg", "_reconstructor"),
    ("__builtin__", "object"),
    ("__builtin__", "set"),
    ("UserDict", "UserDict"),
]
HOSTILE = [
    ("os", "system"),
    ("posix", "system"),
    ("builtins", "eval"),
    ("builtins", "exec"),
    ("__builtin__", "eval"),
    ("__builtin__", "apply"),
    ("commands", "getoutput"),
    ("urllib2", "urlopen"),
    ("itertools", "izip"),
    ("cPickle", "loads"),
    ("pickle", "loads"),
    ("torch.storage", "_load_from_bytes"),
    ("os.path", "join"),
    ("os", "path.join"),
    ("a", "b"),
    ("numpy.f2py", "os.system"),
    ("sys", "modules.get"),
    ("a.b.c", "d.e"),
    ("", "system"),
    ("os", ""),
    ("", ""),
    ("os ", "system"),
    ("os", "system\r"),
    (" os", " system "),
    ("o\0s", "sys\0tem"),
    ("os", "sys\\x74em"),
    ("os", "system\\"),
    ("\\u006fs", "system"),
    ("\\\\u006fs", "system"),
    ("mödul", "näme"),
    ("日本", "語"),
    ("os", "\U0001f600"),
    ("os", "\udc80x"),
    ("\ud83d", "\ude00"),
    ("o\u202es", "system"),
    ("'os'", '"system"'),
    ("os" * 100, "x"),
    ("01", "00"),
    ("I0", "L"),
]
NUMBERS = [
    b"0", b"1", b"-1", b"+1", b"00", b"01", b"007", b"010", b"09", b"0x10", b"0XfF", b"0o17", b"0b101", b"1_000", b"1__0",
    b" 5", b"5 ", b"\t5", b"5\r", b"5\x00junk", b"\x005", b"5\x00", b"", b" ", b"-", b"+", b"5L", b"-5L", b"L", b"LL", b"5l", b"0x", b"0_1",
    b"1e3", b"1.5", b".5", b"5.", b"1e999", b"-1e999", b"inf", b"-Infinity", b"nan", b"-nan", b"1_0.0_1", b"1e1_0", b"0x1p3",
    b"9" * 30, b"9" * 400, b"99999999999999999999", b"9223372036854775807", b"9223372036854775808", b"\xc2\xb2", b"\xd9\xa3", b"1.5 ",
    b" 1.5", b"1.5\x0b", b"True", b"- 5", b"0 0", b"0L", b"-0", b"+0", b"+00", b"0xg", b"12 3", b"\x0c7", b"\x1c7", b"\x857",
]  # fmt: skip
INDEXES = [
    b"0", b"1", b"2", b"3", b"01", b"+1", b" 1", b"1 ", b"1_0", b"-1", b"", b"1\x00x", b"x", b"0x1", b"4294967296", b"1.0", b"\t2", b"2\r", b"1L",
    b"99999999999999999999999", b"\x001", b"+", b"_1", b"00000000000001", b"\xd9\xa3", b"\x1f1", b"9223372036854775807", b"9223372036854775808",
]  # fmt: skip
HUGE_SLOTS = [300, 5000, 70_000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF]
EXTENSIONS = [1, 2, 255, 256, 0x1234, 0x10000, 0x12345678, 0x7FFFFFFF, 0, -1, 77]

#: Opcode: (what it takes from the stack, what it pushes). Only what `step` uses to keep its model.
NO_ARGUMENT = b"(.0122NQRabdeloprstu)]}\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94\x97\x98"
EVERY_OPCODE = bytes(sorted({*NO_ARGUMENT, *b"BCFGIJKLMPSTUVXcghijpqr", *range(0x80, 0x99)}))

ANY = "GOp"


def le4(number: int) -> bytes:
    return struct.pack("<I", number & 0xFFFFFFFF)


def le8(number: int) -> bytes:
    return struct.pack("<Q", number & 0xFFFFFFFFFFFFFFFF)


def raw_unicode(text: str) -> bytes:
    """The text as a line of UNICODE, escapes left as they stand."""
    return text.encode("raw-unicode-escape", "surrogatepass").replace(b"\n", b"\\u000a")


def utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class Writer:
    """Writes one stream opcode by opcode and models the stack of the reader that goes furthest.

    The stack is a list of letters: N None, b bool, i int, f float, s str, S Python 2 str, y bytes, Y bytearray,
    G global, O result of a call, p persistent, t tuple, e empty tuple, l list, d dict, x set, z frozenset,
    B buffer, and M for a MARK.
    """

    def __init__(self, rng: random.Random, memo: dict[int, str]) -> None:
        self.rng = rng
        self.ops: list[bytes] = []
        self.stack: list[str] = []
        self.memo = memo
        self.protocol = 0
        self.wild = rng.choice([0.0, 0.0, 0.01, 0.03, 0.1])
        self.names = HONEST if rng.random() < 0.25 else HONEST + HOSTILE * 2

    # --- primitives ---

    def op(self, data: bytes, pops: int = 0, push: str = "") -> None:
        """Append one opcode."""
        self.ops.append(data)
        if pops:
            del self.stack[-pops:]
        self.stack += push

    def top(self, depth: int = 0) -> str:
        """The letter at a depth; a MARK when there is nothing."""
        return self.stack[-1 - depth] if len(self.stack) > depth else "M"

    def above_mark(self) -> int:
        """Values above the topmost MARK."""
        for count, letter in enumerate(reversed(self.stack)):
            if letter == "M":
                return count
        return len(self.stack)

    def to_mark(self) -> list[str]:
        """Take everything down to the topmost MARK, and it."""
        count = self.above_mark()
        taken = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        if self.stack:
            self.stack.pop()
        return taken

    # --- constants ---

    def string(self, text: str) -> None:
        """A text by any string opcode."""
        rng = self.rng
        data = utf8(text)
        kind = rng.randrange(12)
        if kind < 3 and len(data) < 256:
            self.op(b"\x8c" + bytes([len(data)]) + data, 0, "s")
        elif kind < 5:
            self.op(b"X" + le4(len(data)) + data, 0, "s")
        elif kind == 5:
            self.op(b"\x8d" + le8(len(data)) + data, 0, "s")
        elif kind < 8:
            self.op(b"V" + raw_unicode(text) + b"\n", 0, "s")
        elif kind == 8 and len(data) < 256:
            self.op(b"U" + bytes([len(data)]) + data, 0, "S")
        elif kind == 9:
            self.op(b"T" + le4(len(data)) + data, 0, "S")
        else:
            quote = rng.choice([b"'", b'"'])
            body = data.replace(b"\\", rng.choice([b"\\", b"\\\\"])).replace(quote, b"\\" + quote)
            if rng.random() < 0.3:
                body = re.sub(rb"[a-z]", lambda m: b"\\x%02x" % m[0][0] if rng.random() < 0.3 else m[0], body)
            if rng.random() < 0.1:
                body = body.replace(b"s", rng.choice([b"\\163", b"\\s", b"\\xe9", b"\\z", b"\\400", b"\\x7", b"s\\", b"\xe9"]), 1)
            line = quote + body + quote
            if rng.random() < 0.08:
                line = rng.choice([body, quote + body, b" " + line, line + b" ", line + b"\r", quote, b"", quote + quote, line + b"\t ", b"\t" + line])
            self.op(b"S" + line.replace(b"\n", b"") + b"\n", 0, "S")

    def constant(self) -> None:
        """Any constant."""
        rng = self.rng
        kind = rng.randrange(16)
        if kind < 2:
            self.string(rng.choice(rng.choice(self.names)))
        elif kind == 2:
            self.op(b"N", 0, "N")
        elif kind == 3:
            self.op(rng.choice([b"\x88", b"\x89"]), 0, "b")
        elif kind == 4:
            self.op(b"K" + bytes([rng.choice([0, 0, 1, 7, 255])]), 0, "i")
        elif kind == 5:
            self.op(rng.choice([b"M\x00\x00", b"M\x01\x02", b"J\x00\x00\x00\x00", b"J\xff\xff\xff\xff"]), 0, "i")
        elif kind == 6:
            self.op(b"I" + self.number() + b"\n", 0, "i")
        elif kind == 7:
            self.op(b"L" + self.number() + b"\n", 0, "i")
        elif kind == 8:
            self.op(b"F" + self.number() + b"\n", 0, "f")
        elif kind == 9:
            self.op(b"G" + struct.pack(">d", rng.choice([0.0, -0.0, 1.5])), 0, "f")
        elif kind == 10:
            size = rng.choice([0, 0, 1, 2, 5])
            self.op(rng.choice([b"\x8a" + bytes([size]), b"\x8b" + le4(size)]) + rng.choice([b"\0", b"\x01", b"\xff"]) * size, 0, "i")
        elif kind < 13:
            data = rng.choice([b"", b"abc", b"\x80\x04N.", b"cos\nsystem\n.", b"\x80\x02cposix\nsystem\n.", b"\x00" * 20])
            self.op(
                rng.choice([b"C" + bytes([len(data)]), b"B" + le4(len(data)), b"\x8e" + le8(len(data))]) + data, 0, "y"
            )
        elif kind == 13:
            data = rng.choice([b"", b"ab"])
            self.op(b"\x96" + le8(len(data)) + data, 0, "Y")
        elif kind == 14:
            self.op(b")", 0, "e")
        else:
            self.container()

    def number(self) -> bytes:
        """Digits, now and then odd ones."""
        return self.rng.choice(NUMBERS) if self.rng.random() < 0.35 else b"%d" % self.rng.choice([0, 1, 5, -7, 12345])

    def container(self) -> None:
        """An empty container."""
        self.op(*self.rng.choice([(b"]", 0, "l"), (b"}", 0, "d"), (b"\x8f", 0, "x"), (b")", 0, "e"), (b"\x97", 0, "B")]))

    # --- names ---

    def noise(self) -> None:
        """Opcodes that leave the stack as it is, or nearly so."""
        rng = self.rng
        kind = rng.randrange(11)
        if kind == 0 and self.top() != "M":
            self.op(b"2", 0, self.top())
            self.op(b"0", 1)
        elif kind == 1:
            self.op(b"(", 0, "M")
            self.op(b"0", 1)
        elif kind == 2:
            self.op(b"(", 0, "M")
            for _ in range(rng.randrange(3)):
                self.constant()
            if "M" in self.stack:
                self.to_mark()
            self.op(b"1")
        elif kind == 3:
            self.constant()
            self.op(b"0", 1)
        elif kind == 4:
            self.proto()
        elif kind == 5:
            self.op(b"\x95" + le8(0))
        elif kind == 6:
            self.put()
            self.get()
            self.op(b"0", 1)
        elif kind == 7:
            self.put()
        elif kind == 8 and self.top() != "M":
            slot = self.put()
            self.op(b"0", 1)
            if slot is not None:
                self.fetch(slot)
        elif kind == 9:
            self.op(b"K\x00", 0, "i")
            self.op(rng.choice([b"0", b"\x940", b"q\x010"]), 1)

    def proto(self) -> None:
        """A PROTO, seldom an unknown one."""
        self.protocol = self.rng.choice([0, 1, 2, 2, 3, 4, 4, 5, 5] if self.rng.random() < 0.98 else [6, 255])
        self.op(b"\x80" + bytes([self.protocol]))

    def name(self) -> None:
        """A global by any opcode."""
        rng = self.rng
        module, name = rng.choice(self.names)
        kind = rng.randrange(10)
        if kind < 4:
            self.op(b"c" + utf8(module) + b"\n" + utf8(name) + b"\n", 0, "G")
        elif kind < 8:
            if rng.random() < 0.15:
                self.noise()
            self.string(module)
            if rng.random() < 0.2:
                self.noise()
            self.string(name)
            if rng.random() < 0.2:
                self.noise()
            self.op(b"\x93", 2, "G")
        elif kind == 8:
            code = rng.choice(EXTENSIONS[:8] if rng.random() < 0.9 else EXTENSIONS)
            if 0 <= code < 256 and rng.random() < 0.5:
                self.op(b"\x82" + bytes([code]), 0, "G")
            elif 0 <= code < 65536 and rng.random() < 0.5:
                self.op(b"\x83" + struct.pack("<H", code), 0, "G")
            else:
                self.op(b"\x84" + le4(code), 0, "G")
        else:
            self.instance(module, name)

    def instance(self, module: str, name: str) -> None:
        """INST, seldom without its MARK."""
        if self.rng.random() > 0.06:
            self.op(b"(", 0, "M")
            for _ in range(self.rng.randrange(3)):
                self.value()
            self.to_mark()
        self.op(b"i" + utf8(module) + b"\n" + utf8(name) + b"\n", 0, "O")

    # --- memo ---

    def put(self) -> int | None:
        """The top into the memo."""
        rng = self.rng
        kind = rng.randrange(8)
        if kind < 3:
            slot = len(self.memo)
            self.op(b"\x94")
        elif kind < 5:
            slot = rng.randrange(6)
            self.op(b"q" + bytes([slot]))
        elif kind == 5:
            slot = rng.choice(HUGE_SLOTS) if rng.random() < 0.1 else rng.randrange(300)
            self.op(b"r" + le4(slot))
        else:
            index = rng.choice(INDEXES) if rng.random() < 0.4 else b"%d" % rng.randrange(8)
            self.op(b"p" + index + b"\n")
            try:
                slot = int(index)
            except ValueError:
                return None
        self.memo[slot] = self.top()
        return slot

    def fetch(self, slot: int) -> None:
        """What a slot holds."""
        rng = self.rng
        letter = self.memo.get(slot, "s")
        if 0 <= slot < 256 and rng.random() < 0.6:
            self.op(b"h" + bytes([slot]), 0, letter)
        elif 0 <= slot < 1 << 32 and rng.random() < 0.5:
            self.op(b"j" + le4(slot), 0, letter)
        else:
            odd = rng.choice([b"%d", b"+%d", b"0%d", b" %d", b"%d ", b"%d\0z", b"%d"]) if rng.random() < 0.2 else b"%d"
            self.op(b"g" + odd % slot + b"\n", 0, letter)

    def get(self) -> None:
        """Some slot, seldom an unset one."""
        if self.memo and self.rng.random() < 0.95:
            self.fetch(self.rng.choice(list(self.memo)))
        elif self.rng.random() < 0.3:
            self.fetch(self.rng.choice([0, 1, 77, 1000, *HUGE_SLOTS]))
        else:
            self.constant()

    # --- calls and containers ---

    def value(self) -> None:
        """Something on the stack."""
        kind = self.rng.randrange(10)
        if kind < 6:
            self.constant()
        elif kind < 8:
            self.get()
        else:
            self.name()

    def arguments(self) -> None:
        """A tuple on the stack, seldom something else."""
        rng = self.rng
        kind = rng.randrange(12)
        if kind < 3:
            self.op(b")", 0, "e")
        elif kind < 8:
            count = rng.randrange(1, 4)
            for _ in range(count):
                self.value()
            self.op(bytes([0x84 + count]), count, "t")
        elif kind < 10:
            self.op(b"(", 0, "M")
            for _ in range(rng.randrange(4)):
                self.value()
            taken = self.to_mark()
            self.op(b"t", 0, "t" if taken else "e")
        elif kind == 10:
            self.value()
        else:
            self.constant()

    def call(self) -> None:
        """A call by any opcode."""
        rng = self.rng
        kind = rng.randrange(12)
        if kind < 5:
            if self.top() not in ANY or rng.random() < 0.5:
                self.name()
            self.arguments()
            self.op(b"R", 2, "O")
        elif kind < 7:
            if self.top() not in ANY or rng.random() < 0.5:
                self.name()
            self.arguments()
            self.op(b"\x81", 2, "O")
        elif kind == 7:
            self.name()
            self.arguments()
            if rng.random() < 0.8:
                self.op(b"}", 0, "d")
            else:
                self.value()
            self.op(b"\x92", 3, "O")
        elif kind == 8:
            self.op(b"(", 0, "M")
            self.name()
            for _ in range(rng.randrange(3)):
                self.value()
            self.to_mark()
            self.op(b"o", 0, "O")
        elif kind == 9:
            self.persistent()
        else:
            if self.top() == "M" or rng.random() < 0.4:
                self.name()
            self.value()
            self.op(b"b", 1)

    def persistent(self) -> None:
        """A persistent ID."""
        if self.rng.random() < 0.5:
            self.op(b"P" + self.rng.choice([b"x", b"", b"1 2", b"\xe9", b"a\0b", b"x\r"]) + b"\n", 0, "p")
        else:
            self.value()
            self.op(b"Q", 1, "p")

    def fill(self) -> None:
        """Items into a container or something like it, or a container made from a MARK."""
        rng = self.rng
        kind = rng.randrange(11)
        wanted = {0: "l", 1: "l", 2: "d", 3: "d", 4: "x"}.get(kind)
        if wanted is not None:
            if self.top() not in (wanted if rng.random() < 0.7 else wanted + ANY + "YNsdxlzetB"):
                self.op(*{"l": (b"]", 0, "l"), "d": (b"}", 0, "d"), "x": (b"\x8f", 0, "x")}[wanted])
            if kind == 0:
                self.value()
                self.op(b"a", 1)
            elif kind == 2:
                self.value()
                self.value()
                self.op(b"s", 2)
            else:
                self.op(b"(", 0, "M")
                for _ in range(rng.choice([0, 1, 2, 2, 3, 4])):
                    self.value()
                self.to_mark()
                self.op({1: b"e", 3: b"u", 4: b"\x90"}[kind])
        elif kind < 9:
            self.op(b"(", 0, "M")
            for _ in range(rng.choice([0, 1, 2, 2, 4])):
                self.value()
            taken = self.to_mark()
            data, letter = rng.choice([(b"l", "l"), (b"d", "d"), (b"t", "t"), (b"\x91", "z"), (b"1", "")])
            self.op(data, 0, "e" if letter == "t" and not taken else letter)
        elif kind == 9:
            self.op(b"\x97", 0, "B")
            if rng.random() < 0.5:
                self.op(b"\x98")
        elif self.top() != "M":
            self.op(b"2", 0, self.top())

    def anything(self) -> None:
        """An opcode that need not fit at all."""
        rng = self.rng
        code = rng.choice(EVERY_OPCODE) if rng.random() < 0.97 else rng.randrange(256)
        size = {0x42: 4, 0x54: 4, 0x58: 4, 0x8B: 4, 0x8D: 8, 0x8E: 8, 0x96: 8, 0x43: 1, 0x55: 1, 0x8C: 1, 0x8A: 1}.get(code)
        fixed = {0x4B: 1, 0x4D: 2, 0x4A: 4, 0x47: 8, 0x68: 1, 0x71: 1, 0x6A: 4, 0x72: 4, 0x80: 1, 0x82: 1, 0x83: 2, 0x84: 4, 0x95: 8}.get(code)
        if size is not None:
            length = rng.choice([0, 1, 3, 3, 200, (1 << (8 * size)) - 1, 1 << (8 * size - 1)]) if rng.random() < 0.2 else rng.randrange(4)
            data = (length & ((1 << (8 * size)) - 1)).to_bytes(size, "little") + b"abc"[: min(length, 3)]
        elif fixed is not None:
            data = rng.choice([b"\0", b"\x01", b"\x02", b"\xff"]) + rng.choice([b"\0", b"\0", b"\xff"]) * (fixed - 1)
        elif code in b"ci":
            data = b"os\nsystem\n"
        elif code in b"FILPSVgp":
            data = rng.choice([b"1\n", b"'a'\n", b"0\n", b"\n", b"x\n"])
        else:
            data = b""
        self.op(bytes([code]) + data)
        if code in b"NIJKLM]}":
            self.stack.append("i")

    def step(self) -> None:
        """One construct."""
        rng = self.rng
        if rng.random() < self.wild:
            self.anything()
            return
        kind = rng.randrange(20)
        if kind < 4:
            self.name()
        elif kind < 9:
            self.call()
        elif kind < 12:
            self.fill()
        elif kind < 14:
            self.constant()
        elif kind < 16:
            self.put()
        elif kind < 17:
            self.get()
        elif kind < 18:
            self.noise()
        elif kind < 19:
            self.op(b"(", 0, "M")
        elif self.stack:
            self.op(b"0", 1)

    def write(self) -> list[bytes]:
        """A whole stream, up to and with STOP."""
        rng = self.rng
        if rng.random() < 0.75:
            self.protocol = rng.choice([0, 1, 2, 2, 3, 4, 4, 4, 5, 5])
            self.op(b"\x80" + bytes([self.protocol]))
        for _ in range(rng.choice([1, 2, 3, 4, 6, 8, 12])):
            self.step()
            if rng.random() < 0.5 and self.top() != "M":
                self.put()
        if self.top() == "M" and rng.random() < 0.95:
            self.op(b"N", 0, "N")
        if rng.random() < 0.97:
            self.op(b".")
        return self.ops


def frame(rng: random.Random, ops: list[bytes]) -> bytes:
    """Frames around runs of opcodes; many a frame ends where it should not."""
    if rng.random() < 0.45:
        return b"".join(ops)
    ops = list(ops)
    style = rng.random()
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        first = rng.randrange(len(ops) + 1) if style < 0.6 else min(1, len(ops))
        last = rng.randrange(first, len(ops) + 1) if rng.random() < 0.6 else len(ops)
        length = sum(map(len, ops[first:last]))
        if style < 0.7:
            odd = rng.random()
            if odd < 0.4:
                length = max(0, length - rng.randrange(1, 12))
            elif odd < 0.55:
                length += rng.randrange(1, 12)
            elif odd < 0.58:
                length = rng.choice([0, 1, 1 << 20, 1 << 31, 1 << 62, (1 << 63) - 1, 1 << 63, (1 << 64) - 1])
        ops.insert(first, b"\x95" + le8(length))
        if rng.random() < 0.1:
            # A reader that drops the rest of its frame finds these bytes where an argument is expected.
            ops.insert(rng.randrange(first, len(ops) + 1), rng.choice([b"cos\nsystem\n.", b"os\nsystem\n.", b"\x02osX\x06\0\0\0system\x93.", b"\0\0\0\0N."]))
    return b"".join(ops)


def damage(rng: random.Random, data: bytes) -> bytes:
    """Now and then bytes are cut off, changed, taken out or put in."""
    if not data or rng.random() > 0.12:
        return data
    kind = rng.randrange(6)
    at = rng.randrange(len(data))
    if kind < 2:
        return data[:at]
    if kind == 2:
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    if kind == 3:
        return data[:at] + data[at + rng.randrange(1, 4) :]
    if kind == 4:
        return data[:at] + rng.choice([b"\n", b"(", b"0", b"2", b"\0", b"\x94", b"1", b".", b"\x80\x02", b"\x80\x04"]) + data[at:]
    return data.rstrip(b".\n") if data.endswith((b".", b"\n")) else data[:-1]


def written(rng: random.Random) -> bytes:
    """Streams by grammar, one or several in a row that share a memo."""
    memo: dict[int, str] = {}
    parts = []
    for _ in range(rng.choice([1, 1, 1, 1, 2, 3])):
        if rng.random() < 0.3:
            memo = {}
        parts.append(frame(rng, Writer(rng, memo).write()))
    whole = b"".join(parts)
    if len(parts) > 1 and rng.random() < 0.15:
        whole = b"\x80\x04\x95" + le8(max(0, len(whole) + rng.choice([0, 0, -3, 5]))) + whole
    return damage(rng, whole)


FIXED = {0x4B: 1, 0x4D: 2, 0x4A: 4, 0x47: 8, 0x68: 1, 0x71: 1, 0x6A: 4, 0x72: 4, 0x80: 1, 0x82: 1, 0x83: 2, 0x84: 4, 0x95: 8}
SIZED = {0x42: 4, 0x54: 4, 0x58: 4, 0x8B: 4, 0x8D: 8, 0x8E: 8, 0x96: 8, 0x43: 1, 0x55: 1, 0x8C: 1, 0x8A: 1}
LINES = {**dict.fromkeys(b"FILPSVgp", 1), **dict.fromkeys(b"ci", 2)}


def split(data: bytes) -> list[bytes]:
    """The opcodes of a stream, as far as they go."""
    ops = []
    at = 0
    while at < len(data):
        code = data[at]
        end = at + 1 + FIXED.get(code, 0)
        if code in SIZED:
            end += SIZED[code]
            end += int.from_bytes(data[at + 1 : end], "little")
        for _ in range(LINES.get(code, 0)):
            newline = data.find(b"\n", end)
            end = len(data) if newline < 0 else newline + 1
        ops.append(data[at:end])
        at = end
    return ops


class Corpus:
    """Real pickles, opcode by opcode."""

    MOST_BYTES = 3000

    def __init__(self, folder: Path) -> None:
        self.streams: list[list[bytes]] = []
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size < 200_000 and "broken" not in path.parts:
                for data in self.pickles_in(path):
                    if 2 < len(data) <= self.MOST_BYTES:
                        self.streams.append(split(data))

    @staticmethod
    def pickles_in(path: Path) -> list[bytes]:
        """The bytes of a file, or of those members of an archive that may be pickles."""
        data = path.read_bytes()
        try:
            if data[:4] == b"PK\3\4":
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    members = [name for name in archive.namelist() if name.endswith((".pkl", ".npy"))]
                    return [archive.read(name) for name in members]
            if data[257:262] == b"ustar":
                with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                    return [archive.extractfile(member).read() for member in archive if member.isfile()]
        except (zipfile.BadZipFile, tarfile.TarError, NotImplementedError, EOFError, RuntimeError, OSError, ValueError):
            return []
        if data[:6] == b"\x93NUMPY":
            start = data.find(b"\x80")
            return [data[start:]] if start > 0 else []
        return [data] if data[:1] in b"\x80(]}cI" else []

    def mutant(self, rng: random.Random) -> bytes:
        """A real pickle with a few opcodes changed."""
        ops = list(rng.choice(self.streams))
        for _ in range(rng.choice([0, 1, 1, 2, 3, 5])):
            at = rng.randrange(len(ops) + 1)
            kind = rng.randrange(10)
            if kind == 0:
                del ops[at : at + rng.randrange(1, 4)]
            elif kind == 1:
                ops[at:at] = ops[at : at + rng.randrange(1, 6)]
            elif kind == 2 and at < len(ops):
                other = rng.randrange(len(ops))
                ops[at], ops[other] = ops[other], ops[at]
            elif kind in (3, 4):
                writer = Writer(rng, {rng.randrange(9): "s"})
                writer.stack = ["G", "t"]
                writer.step()
                ops[at:at] = writer.ops
            elif kind == 5:
                donor = rng.choice(self.streams)
                start = rng.randrange(len(donor))
                ops[at:at] = donor[start : start + rng.randrange(1, 12)]
            elif kind == 6 and at < len(ops) and len(ops[at]) > 1:
                data = bytearray(ops[at])
                data[rng.randrange(len(data))] = rng.randrange(256)
                ops[at] = bytes(data)
            elif kind == 7:
                donor = [op for op in ops if op[:1] in b"ci\x8cXVUTS"]
                if donor and at < len(ops):
                    ops[at] = rng.choice(donor)
            elif kind == 8:
                ops.insert(at, b"\x95" + le8(sum(map(len, ops[at : at + rng.randrange(1, 20)])) + rng.choice([0, 0, -1, 1, -4])))
            else:
                ops[at:at] = [rng.choice([b"0", b"2", b"(", b"1", b"\x94", b"\x80\x02", b"\x80\x04", b"R", b"b", b"\x81", b"h\x00"])]
            if not ops:
                return b"."
        return damage(rng, b"".join(ops))


def streams(seed: int, chunk: int, count: int, corpus: Corpus):
    """The streams of one chunk; the first chunk begins with the cases made by hand."""
    rng = random.Random(seed * 1_000_003 + chunk)
    made = 0
    if chunk == 0:
        for data in CASES[:count]:
            made += 1
            yield data
    for _ in range(count - made):
        yield corpus.mutant(rng) if corpus.streams and rng.random() < 0.3 else written(rng)
