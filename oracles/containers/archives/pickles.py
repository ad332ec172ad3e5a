"""Pickle streams whose globals carry unique names, so that a reader that looks one up shows which stream it was fed."""

from __future__ import annotations

import random
import struct


class Markers:
    """Gives out the modules marker_0001, marker_0002, ... of one archive."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> bytes:
        self.count += 1
        return b"marker_%04d" % self.count


def text(value: bytes) -> bytes:
    return b"\x8c" + bytes([len(value)]) + value


def old_text(value: bytes) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value


def integer(value: int) -> bytes:
    if 0 <= value < 256:
        return b"K" + bytes([value])
    if 0 <= value < 2**31:
        return b"J" + struct.pack("<i", value)
    raw = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return b"\x8a" + bytes([len(raw)]) + raw


def found_by_name(module: bytes, name: bytes) -> bytes:
    return b"c" + module + b"\n" + name + b"\n"


def _global(rnd: random.Random, module: bytes, oldest: bool) -> bytes:
    """Code that looks one global up and leaves one value."""
    name = b"f"
    forms = [found_by_name(module, name), b"(i" + module + b"\n" + name + b"\n"]
    if not oldest:
        forms += [
            text(module) + text(name) + b"\x93",
            old_text(module) + b"q\x63" + b"0" + b"h\x63" + old_text(name) + b"\x93",
            b"(" + found_by_name(module, name) + b"o",
        ]
    code = rnd.choice(forms)
    if rnd.random() < 0.3 and code[:1] != b"(":
        code += b")R" if not oldest else b"(tR"
    return code


def stream(
    rnd: random.Random,
    markers: Markers,
    result: bytes = b"N",
    protocol: int | None = None,
    globals_: int | None = None,
    frame: bool | None = None,
    behind: bytes = b"",
) -> bytes:
    """
    One pickle that resolves markers and ends with `result`. With `behind`, its frame goes on behind STOP and holds
    that too: readers part there.
    """
    protocol = rnd.choice([0, 1, 2, 3, 4, 4, 4, 5]) if protocol is None else protocol
    count = rnd.choice([1, 1, 2, 3]) if globals_ is None else globals_
    body = b"".join(_global(rnd, markers.next(), protocol < 2) + b"0" for _ in range(count))
    body += result + b"."
    framed = protocol >= 4 and (rnd.random() < 0.6 if frame is None else frame)
    if framed:
        body = b"\x95" + struct.pack("<Q", len(body) + len(behind)) + body + behind
    return (b"\x80" + bytes([protocol]) if protocol >= 2 else b"") + body


def harmless(rnd: random.Random) -> bytes:
    return rnd.choice([b"\x80\x04]\x94.", b"\x80\x02}q\x00.", b"\x80\x04\x95\x02\0\0\0\0\0\0\0N.", b"(dp0\n."])


def junk(rnd: random.Random, most: int = 80) -> bytes:
    length = rnd.randrange(1, most)
    return rnd.choice([b"X" * length, bytes(length), rnd.randbytes(length), b"some text\n" * (length // 10 + 1)])
