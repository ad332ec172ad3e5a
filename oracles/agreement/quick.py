"""Compares the quick looks, by which the gate leaves bytes out, with CPython's unpicklers and with liblzma.

    python3 oracles/agreement/quick.py --streams 50000 --seed 1

What breaks off at once may touch nothing in any reader. What is left out may look nothing up, call nothing and end nothing, but for
codes of the extension registry that nothing calls, and what persistent IDs stand for: in streams without PROTO that do not end the gate counts
neither. Of LZMA data that are left out `lzma.decompress` takes none, and what comes out before the fault may do nothing either.
Exits with 1 where that does not hold.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import lzma
import math
import os
import random
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import oracle  # noqa: E402
from generate import Corpus, streams  # noqa: E402

ROOT = HERE.parent.parent
OPCODES = b"().012BCFGIJKLMNPQRSTUVX]abcdeghijloprstu}" + bytes(range(0x80, 0x99))
#: Opcodes that a stream may begin with.
FIRST = b"(BCFGIJKLMNPSTUVX])}cgi" + bytes(range(0x82, 0x85)) + bytes(range(0x88, 0x90)) + bytes((0x95, 0x96, 0x97))
LINES = (b"os\n", b"system\n", b"1\n", b"'a'\n", b"a\xc3\xa9\n", b"\xff\n", b"\n", b"1\x00\xff\n", b" 1\n", b"0x1\n", b"os")

#: Streams that were judged wrongly before, or that this comparison judged wrongly itself.
KNOWN = (
    # LZMA alone that breaks off within the line of INST, or of GLOBAL: the last call gives bytes, then the fault.
    bytes.fromhex("30001000000a0000000000000000141a4a1a15b47af428420eb4f179ffffe0148000"),
    bytes.fromhex("c700200000ffffffffffffffff00319c09e7335cc2f81ce3471324ba4d9f7c3292d5"),
)

persistent: list[object] = []
for reader in (oracle.CReader, oracle.PyReader):

    def noting(self, pid, load=reader.persistent_load):
        """Note that a persistent ID was asked for."""
        persistent.append(pid)
        return load(self, pid)

    reader.persistent_load = noting


def soup(rng: random.Random) -> bytes:
    """Opcodes in any order, with lines and lengths that may fit."""
    out = bytearray((rng.choice(FIRST),))
    for _ in range(rng.randrange(1, 24)):
        kind = rng.random()
        if kind < 0.55:
            out.append(rng.choice(OPCODES))
        elif kind < 0.8:
            out += rng.choice(LINES)
        elif kind < 0.9:
            out.append(rng.randrange(0, 4))
        else:
            out.append(rng.randrange(256))
    return bytes(out)


def smooth(rng: random.Random) -> bytes:
    """What base64 in rows of a picture decodes to: six bits of each, of values that hardly change."""
    value, step = rng.uniform(0, 63), rng.gauss(0, 0.3)
    digits = []
    for _ in range(rng.randrange(11, 80)):
        digits.append(int(value) & 63)
        step += rng.gauss(0, 0.05)
        value += step
    number = 0
    for digit in digits:
        number = number << 6 | digit
    return number.to_bytes(math.ceil(len(digits) * 6 / 8), "big")


def noise(rng: random.Random) -> bytes:
    """Any bytes behind one that may begin a stream."""
    return bytes((rng.choice(FIRST),)) + rng.randbytes(rng.randrange(1, 40))


def changed(rng: random.Random, data: bytes) -> bytes:
    """Cut, or with some bytes changed."""
    data = bytearray(data)
    if rng.random() < 0.5:
        del data[rng.randrange(len(data)) + 1 :]
    for _ in range(rng.randrange(3)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def packed(rng: random.Random, inner: bytes) -> bytes:
    """LZMA alone of a stream, whole or changed; or noise with its weak mark."""
    if rng.random() < 0.3:
        head = struct.pack("<BIQ", rng.randrange(225), rng.choice((1 << 16, 4096, rng.randrange(1 << 32))), rng.randrange(1 << rng.randrange(1, 64)))
        return head + b"\0" + rng.choice((rng.randbytes, bytes))(rng.randrange(4, 60))
    lc = rng.randrange(5)
    filters = [{"id": lzma.FILTER_LZMA1, "lc": lc, "lp": rng.randrange(5 - lc), "pb": rng.randrange(5), "dict_size": 1 << rng.randrange(12, 20)}]
    data = bytearray(lzma.compress(inner, lzma.FORMAT_ALONE, filters=filters))
    if rng.random() < 0.3:
        data[5:13] = struct.pack("<Q", len(inner))
    return bytes(data) if rng.random() < 0.4 else changed(rng, bytes(data))


def made(seed: int, count: int) -> list[bytes]:
    """Streams of all kinds."""
    rng = random.Random(seed)
    known = list(streams(seed, 0, max(1, count // 5), Corpus(ROOT / "fixtures")))
    out = []
    while len(out) < count:
        kind = len(out) % 5
        inner = rng.choice(known) or b"."
        # Without PROTO at the front, which always goes to the engine.
        bare = inner[2:] if inner[:1] == b"\x80" and len(inner) > 2 else inner
        if kind == 0:
            out.append(changed(rng, bare))
        elif kind == 1:
            out.append(soup(rng))
        elif kind == 2:
            out.append(smooth(rng))
        elif kind == 3:
            out.append(noise(rng))
        else:
            out.append(packed(rng, inner[:4000]))
    return out


def affordable(data: bytes) -> bytes:
    """With a dictionary that liblzma can allocate here: no stream is longer than it."""
    if len(data) < 13 or int.from_bytes(data[1:5], "little") <= 1 << 20:
        return data
    return data[:1] + struct.pack("<I", 1 << 20) + data[5:]


class LzmaStream(ctypes.Structure):
    """`lzma_stream` of lzma/base.h."""

    _fields_ = (
        [("next_in", ctypes.c_char_p), ("avail_in", ctypes.c_size_t), ("total_in", ctypes.c_uint64)]
        + [("next_out", ctypes.c_void_p), ("avail_out", ctypes.c_size_t), ("total_out", ctypes.c_uint64)]
        + [(f"pointer{i}", ctypes.c_void_p) for i in range(6)]
        + [("seek_pos", ctypes.c_uint64), ("reserved_int2", ctypes.c_uint64)]
        + [(f"reserved_size{i}", ctypes.c_size_t) for i in range(2)]
        + [(f"reserved_enum{i}", ctypes.c_int) for i in range(2)]
    )


LIBLZMA = ctypes.CDLL("liblzma.so.5")
LIBLZMA.lzma_alone_decoder.argtypes = (ctypes.c_void_p, ctypes.c_uint64)
LZMA_OK, LZMA_FINISH = 0, 3
OUT_BYTES = 32 * 1024


def unpacked(data: bytes) -> bytes:
    """All that liblzma gives before it fails, which is what `xz -dc` hands on: what the failing call gave is a part of it.

    Python's own module loses that part. So a reader of pieces has less, and then an error in the place of the end of a file, at which no
    unpickler looks anything up.
    """
    feed = affordable(data)
    stream = LzmaStream(next_in=feed, avail_in=len(feed))
    if LIBLZMA.lzma_alone_decoder(ctypes.byref(stream), 1 << 32) != LZMA_OK:
        raise MemoryError("liblzma does not start")
    buffer = ctypes.create_string_buffer(OUT_BYTES)
    out = bytearray()
    result = LZMA_OK
    while result == LZMA_OK:
        stream.next_out, stream.avail_out = ctypes.addressof(buffer), OUT_BYTES
        result = LIBLZMA.lzma_code(ctypes.byref(stream), LZMA_FINISH)
        out += buffer.raw[: OUT_BYTES - stream.avail_out]
    LIBLZMA.lzma_end(ctypes.byref(stream))
    return bytes(out)


def is_taken(data: bytes) -> bool:
    """Whether `lzma.decompress` takes the bytes for LZMA."""
    data = affordable(data)
    for form in (lzma.FORMAT_ALONE, lzma.FORMAT_AUTO):
        try:
            if lzma.decompress(data, form) != b"":
                return True
        except (lzma.LZMAError, EOFError):
            continue
    return False


def done(data: bytes) -> list[object]:
    """What some reader does with the bytes, short of stopping at an error."""
    answer = oracle.ask(data, 0, False)
    things: list[object] = [pair for pair in answer["pairs"] if pair[0] != oracle.EXTENSION]
    things += [f"called {origin}" for origin in answer["called"] if tuple(origin) != oracle.PERSISTENT]
    things += ["ended" for end, *_ in answer["ends"] if end is None]
    return things


def touched(data: bytes) -> list[object]:
    """The same with codes of the registry, each of which is registered here, and with persistent IDs."""
    persistent.clear()
    things = done(data)
    return [*things, *persistent, *oracle.ask(data, 0, False)["pairs"]]


def main() -> int:
    """Run and print what was left out of what, and what should not have been."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    all_streams = [*KNOWN, *made(arguments.seed, arguments.streams)]
    bundle = ROOT / ".cache" / "agreement" / f"quick-{os.getpid()}.mjs"
    subprocess.run(["node", str(HERE.parent / "bundle.mjs"), str(HERE / "quick.ts"), str(bundle)], check=True)
    try:
        with tempfile.NamedTemporaryFile() as file:
            for data in all_streams:
                file.write(struct.pack("<I", len(data)) + data)
            file.flush()
            answers = subprocess.run(["node", str(bundle), file.name], check=True, capture_output=True).stdout.splitlines()
    finally:
        bundle.unlink(missing_ok=True)
    # Without the limit: streams that are joined may each declare a dictionary of gigabytes, which is not touched.
    as_lzma = [(is_taken(data), unpacked(data)) for data in all_streams]
    oracle.limit_memory()
    oracle.answer_extensions()
    counts: Counter[str] = Counter()
    wrong = []
    for data, (taken, given), line in zip(all_streams, as_lzma, answers, strict=True):
        answer = json.loads(line)
        counts["streams"] += 1
        if answer["breaks"]:
            counts["break off at once"] += 1
            wrong += [(data, thing) for thing in touched(data)]
        if answer["nothing"]:
            counts["left out"] += 1
            wrong += [(data, thing) for thing in done(data)]
            counts["left out that liblzma gives something of"] += given != b""
            wrong += [(data, f"unpacked: {thing}") for thing in done(given)]
            if taken:
                wrong.append((data, "taken by lzma.decompress"))
        elif taken:
            counts["taken by lzma.decompress, not left out"] += 1
        if not answer["nothing"] and not done(data):
            counts["given to the engine although nothing happens"] += 1
    counts["wrongly left out"] = len(wrong)
    for name, count in counts.items():
        print(f"{count:10}  {name}")
    for data, thing in wrong[:20]:
        print(f"wrong: {data.hex()} {thing}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
