"""PyTorch's format before 1.6: five pickles in a row, then the storages."""

from __future__ import annotations

import random
import struct

from .pickles import Markers, found_by_name, integer, junk, old_text, stream

MAGIC = 0x1950A86A20F9469CFC6C


def torch_legacy(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    def part(result: bytes) -> bytes:
        if rnd.random() < 0.06:  # STOP within a frame: what follows begins at two places
            return stream(rnd, markers, result, protocol=4, frame=True, behind=stream(rnd, markers, result))
        count = rnd.choice([0, 0, 0, 1])
        return stream(rnd, markers, result, protocol=rnd.choice([2, 2, 2, 3, 4, 0]) if count else 2, globals_=count)

    keys = [b"%d" % key for key in rnd.sample(range(100, 999), rnd.randrange(0, 3))]
    sizes = {b"FloatStorage": 4, b"DoubleStorage": 8, b"ByteStorage": 1}
    kinds = [rnd.choice(list(sizes)) for _ in keys]
    counts = [rnd.randrange(0, 4) for _ in keys]
    ids = b"".join(
        b"(" + old_text(b"storage") + found_by_name(b"torch", kind) + old_text(key) + old_text(b"cpu") + integer(count) + b"NtQ"
        for key, kind, count in zip(keys, kinds, counts)
    )
    magic = MAGIC if rnd.random() < 0.97 else 5
    out = part(integer(magic)) + part(integer(1001)) + part(b"}")
    out += stream(rnd, markers, b"(" + ids + b"l", protocol=2)
    listed = sorted(keys) if rnd.random() < 0.9 else keys[:1]
    out += part(b"(" + b"".join(old_text(key) for key in listed) + b"l")
    for key, kind, count in sorted(zip(keys, kinds, counts)):
        told = count if rnd.random() < 0.95 else count + 1
        out += struct.pack("<q", told) + bytes(sizes[kind] * count)
    kind = rnd.random()
    if kind < 0.25:
        out += rnd.choice([stream(rnd, markers), junk(rnd)])
    elif kind < 0.3:
        out = out[: rnd.randrange(len(out))]
    return rnd.choice(["a.pt", "a.pth", "a.bin", "a.pkl", "noext"]), out
