"""Compressed files, containers within containers, and files that are two formats at once."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zlib
from collections.abc import Callable

from . import arrays, short, tars, torch_files, zips
from .pickles import Markers, found_by_name, junk, stream

Made = tuple[str, bytes]

try:
    import zstandard
except ImportError:
    zstandard = None


def _lzip(data: bytes) -> bytes:
    """liblzma reads it where it is to find out the format."""
    raw = lzma.compress(data, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 3, "lp": 0, "pb": 2}])
    return b"LZIP\1\x10" + raw + struct.pack("<IQQ", zlib.crc32(data), len(data), len(raw) + 26)


def _compress(rnd: random.Random, kind: str, data: bytes) -> bytes:
    if kind == "gz":
        out = io.BytesIO()
        with gzip.GzipFile(rnd.choice(["", "a.pkl"]), "wb", 6, out, 0) as file:
            file.write(data)
        return out.getvalue()
    if kind == "bz2":
        return bz2.compress(data)
    if kind == "xz":
        return lzma.compress(data)
    if kind == "lzma":
        return arrays.lzma_alone(rnd, data)
    if kind == "lz":
        return _lzip(data)
    if kind == "zlib":
        return zlib.compress(data)
    if kind == "zst" and zstandard is not None:
        return zstandard.compress(data)
    return arrays.lz4_frame.compress(data) if arrays.lz4_frame is not None else zlib.compress(data)


KINDS = ["gz", "gz", "bz2", "xz", "lzma", "lz", "zlib", "lz4", "zst"]


def compressed_file(rnd: random.Random, markers: Markers) -> Made:
    """One pickle in one or several streams, with bytes between and behind."""
    kind = rnd.choice(KINDS)
    data = stream(rnd, markers) + (stream(rnd, markers) if rnd.random() < 0.3 else b"")
    how = rnd.random()
    if how < 0.4:
        out = _compress(rnd, kind, data)
    elif how < 0.8:  # the pickle goes over the end of a stream
        cut = rnd.randrange(len(data))
        between = rnd.choice([b"", b"", b"", bytes(4), bytes(3), bytes(18), bytes(36), junk(rnd)])
        second = kind
        if rnd.random() < 0.25:  # liblzma takes both of its formats
            second = {"xz": rnd.choice(["lzma", "lz"]), "lzma": rnd.choice(["xz", "lz"])}.get(kind, rnd.choice(KINDS))
        out = _compress(rnd, kind, data[:cut]) + between + _compress(rnd, second, data[cut:])
    else:
        out = _compress(rnd, kind, data) + _compress(rnd, rnd.choice(KINDS), stream(rnd, markers))
    if rnd.random() < 0.08:  # streams of LZMA without data
        out = (bytes([rnd.choice([0, 0, 1, 0x5D])]) + bytes(17)) * rnd.choice([1, 2, 27, 28, 29, 60, 9000]) + out
    end = rnd.random()
    if end < 0.1:
        out += rnd.choice([junk(rnd), stream(rnd, markers), bytes(8)])
    elif end < 0.2:
        out = out[: -rnd.randrange(1, 9)]
    elif end < 0.25:
        changed = bytearray(out)
        changed[-rnd.randrange(1, 9)] ^= 0xFF
        out = bytes(changed)
    suffix = {"zlib": "z", "gz": "gz"}.get(kind, kind)
    return rnd.choice([f"a.pkl.{suffix}", f"a.pkl.{suffix}", "a.pkl", "a.bin", "a.pkl.xz", "a.joblib"]), out


def compressed_tar(rnd: random.Random, markers: Markers) -> Made:
    """What tarfile opens itself, in one stream or two."""
    _, data = rnd.choice([tars.plain_tar, tars.torch_tar])(rnd, markers)
    kind = rnd.choice(["gz", "gz", "bz2", "xz", "lzma", "lz"])
    cut = rnd.randrange(len(data)) if data and rnd.random() < 0.2 else len(data)
    out = _compress(rnd, kind, data[:cut]) + (_compress(rnd, kind, data[cut:]) if cut < len(data) else b"")
    if rnd.random() < 0.1:
        out = out[: rnd.randrange(len(out))]
    return rnd.choice([f"a.tar.{kind}", "a.tgz", "a.tar", "a.bin"]), out


def _inner(rnd: random.Random, markers: Markers) -> Made:
    return rnd.choice(
        [zips.plain_zip, zips.torch_zip, tars.plain_tar, tars.torch_tar, arrays.npy_file, arrays.npz_file, arrays.joblib_file,
         torch_files.torch_legacy, compressed_file]
    )(rnd, markers)


def nested(rnd: random.Random, markers: Markers) -> Made:
    """A file of another family in one to three containers."""
    name, data = _inner(rnd, markers)
    for _ in range(rnd.choice([1, 1, 2, 3])):
        kind = rnd.choice(["zip", "tar", "compress", "pickle", "npy"])
        if kind == "zip":
            entries = [zips.Entry(name.encode(), data, rnd.choice([0, 8]))]
            if rnd.random() < 0.3:
                entries.append(zips.Entry(b"b.pkl", stream(rnd, markers)))
            name, data = rnd.choice(["n.zip", "n.mar", "n.bin"]), zips.write(entries, rnd, prefix=junk(rnd) if rnd.random() < 0.1 else b"")
        elif kind == "tar":
            out = io.BytesIO()
            with tarfile.open(fileobj=out, mode="w") as archive:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            name, data = rnd.choice(["n.tar", "n.nemo", "n.bin"]), out.getvalue()
        elif kind == "compress":
            method = rnd.choice(KINDS)
            name, data = f"{name}.{ {'zlib': 'z'}.get(method, method) }", _compress(rnd, method, data)
        elif kind == "npy":
            head = b"{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}"
            name, data = "n.npy", b"\x93NUMPY\1\0" + struct.pack("<H", len(head)) + head + b"\0" + data
        else:
            loader = found_by_name(b"_pickle", b"loads")
            name = "n.pkl"
            data = b"\x80\x04" + found_by_name(markers.next(), b"f") + b"0" + loader + b"(B" + struct.pack("<I", len(data)) + data + b"tR."
    return name, data


OPAQUE = [
    b"\x89HDF\r\n\x1a\n",
    b"GGUF" + struct.pack("<IQQ", 3, 0, 0),
    struct.pack("<Q", 2) + b"{}",
    b"\x08\x07\x12\x07pytorch",
    b"\x89PNG\r\n\x1a\n",
    b"%PDF-1.4\n",
    b"\x7fELF\x02\x01\x01",
]


def _plain(rnd: random.Random, markers: Markers) -> Made:
    return "a.bin", stream(rnd, markers)


def two_formats(rnd: random.Random, markers: Markers) -> Made:
    """A pickle whose first bytes are another format's."""
    body = stream(rnd, markers, protocol=1)
    which = rnd.randrange(10)
    if which == 0:  # BINUNICODE, length and text in the place of the safetensors header
        content = b"\0\0\0" + b'{"a":1}' + b" " * 6
        return rnd.choice(["a.bin", "a.safetensors", "a.pkl", "noext"]), b"X" + struct.pack("<I", len(content)) + content + b"0" + body
    if which == 1:
        content = b"\0" * 6 + b'{"a":1}'
        return rnd.choice(["a.bin", "a.safetensors", "a.pkl"]), b"U" + bytes([len(content)]) + content + b"0" + body
    if which == 2:  # BINFLOAT
        return rnd.choice(["a.gguf", "a.bin", "a.pkl"]), b"GGUF" + struct.pack("<I", 3) + b"\0" + b"0" + body
    if which == 3:  # a skippable frame of zstd or lz4, then an honest one
        if rnd.random() < 0.5:  # SHORT_BINSTRING of 42 bytes: six of them are the rest of the frame's header
            start, rest = b"U*M\x18", b"A" * 36 + b"0" + body
        else:  # a line of UNICODE
            start, rest = b"V*M\x18", b"A\n0" + body
        tail = zstandard.compress(b"\x80\x04N.") if zstandard is not None else b""
        return rnd.choice(["a.bin", "a.pkl", "a.pkl.zst"]), start + struct.pack("<I", len(rest)) + rest + tail
    if which == 4:  # BINUNICODE whose first two bytes pass for a zlib header
        length = rnd.choice([9, 40, 71])
        return rnd.choice(["a.bin", "a.pkl"]), b"X" + struct.pack("<I", length) + b"a" * length + b"0" + body
    if which == 5:  # LZMA whose properties begin like a pickle
        options = {"id": lzma.FILTER_LZMA1, "preset": 1, "lc": 2, "lp": 1, "pb": 2}
        out = bytearray(lzma.compress(body, lzma.FORMAT_ALONE, filters=[options]))
        for properties in (0x80, 0x28, 0x4E, 0x63):
            lc, rest = properties % 9, properties // 9
            if lc + rest % 5 <= 4 and rest // 5 <= 4 and rnd.random() < 0.5:
                options = {"id": lzma.FILTER_LZMA1, "preset": 1, "lc": lc, "lp": rest % 5, "pb": rest // 5}
                out = bytearray(lzma.compress(body, lzma.FORMAT_ALONE, filters=[options]))
        out[1] = rnd.choice([2, 4, out[1]])
        return rnd.choice(["a.pkl.xz", "a.xz", "a.bin"]), bytes(out)
    if which == 6:
        return tars.tar_and_pickle(rnd, markers)
    if which == 7:  # a format that nobody analyses, with something behind it
        head = rnd.choice(OPAQUE)
        name, behind = rnd.choice([tars.plain_tar, zips.plain_zip, _plain])(rnd, markers)
        return rnd.choice([name, "a.pt", "a.pkl", "a.joblib", "a.npz"]), head.ljust(rnd.choice([len(head), 512, 2048]), b"\0") + behind
    if which == 8:  # a zip at the end of a large member that is packed
        _, inner = zips.plain_zip(rnd, markers)
        front = rnd.choice([b"\xff" * 70_000, bytes(70_000), rnd.choice(OPAQUE) + bytes(200_000), rnd.randbytes(80_000)])
        method = rnd.choice([8, 8, 12, 14])
        return "a.zip", zips.write([zips.Entry(rnd.choice([b"a.bin", b"a", b"a.npy", b"a.h5"]), front + inner, method)], rnd)
    prefix = rnd.choice([bytes(512), bytes(1024), b"Y" * 512])
    name, data = tars.plain_tar(rnd, markers)
    return name, prefix + data


def two_places(rnd: random.Random, markers: Markers) -> Made:
    """A zip within a tar or pickle whose directory lies elsewhere for a reader that counts from the begin of the file."""
    base = 512 * rnd.randrange(150, 400)
    hidden = zips.torch_entries(rnd, markers)
    first = zips.Entry(rnd.choice([b"x/a.txt", b"a.pkl"]), b"hello" if rnd.random() < 0.5 else stream(rnd, markers))
    holder = zips.Entry(b"a holder whose name is longer than those of all the records that lie in its data " + b"n" * 400, b"")
    at = len(zips.local_record(first))
    start = base + at + len(zips.local_record(holder)) + 1
    records = b""
    for entry in hidden:
        entry.at = start + len(records)
        records += zips.local_record(entry)
    offset = start + len(records)
    directory = b"".join(zips.central_record(entry, 0) for entry in hidden)
    holder.data = b"\xff" + records + directory + b"\xff" * 70_000
    body = zips.local_record(first) + zips.local_record(holder)
    first.at, holder.at = 0, at
    shift = len(body) - offset
    outer = zips.central_record(first, shift) + zips.central_record(holder, shift)
    size = max(len(outer), len(directory))
    archive = body + outer + bytes(size - len(outer)) + zips.end_record(len(hidden), len(outer), offset)
    if rnd.random() < 0.5:
        front = b"X" + struct.pack("<I", base - 11) + b"a" * (base - 11) + b"0B" + struct.pack("<I", len(archive))
        return rnd.choice(["a.pkl", "a.bin"]), front + archive + b"."
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, data in (("front.bin", b"\xff" * (base - 1024)), ("m.bin", archive)):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return rnd.choice(["a.tar", "a.bin", "a.nemo"]), out.getvalue()


def edges(rnd: random.Random, markers: Markers) -> Made:
    """A file of another family with numbers at its begin or end set to the ends of their ranges."""
    name, data = _inner(rnd, markers)
    out = bytearray(data)
    for _ in range(rnd.choice([1, 1, 2])):
        width = rnd.choice([1, 2, 4, 8])
        if len(out) < 48:
            break
        at = rnd.randrange(40) if rnd.random() < 0.6 else len(out) - rnd.randrange(width, 48)
        top = 2 ** (8 * width)
        old = int.from_bytes(out[at : at + width], "little")
        value = rnd.choice([0, 1, top - 1, top // 2, top // 2 - 1, len(out), len(out) - at, at, old + 1, old - 1, 2**53 + 1, -512])
        out[at : at + width] = (value % top).to_bytes(width, rnd.choice(["little", "little", "big"]))
    return name, bytes(out)


# By how many of them are made, one to the other.
FAMILIES: dict[str, tuple[int, Callable[[random.Random, Markers], Made]]] = {
    "zip": (20, zips.plain_zip),
    "torch zip": (20, zips.torch_zip),
    "zip swallowed by a pickle": (2, zips.swallowed_zip),
    "torch legacy": (8, torch_files.torch_legacy),
    "torch tar": (8, tars.torch_tar),
    "tar": (10, tars.plain_tar),
    "compressed tar": (4, compressed_tar),
    "npy": (8, arrays.npy_file),
    "npz": (6, arrays.npz_file),
    "joblib": (12, arrays.joblib_file),
    "old joblib": (3, arrays.old_joblib_file),
    "compressed": (8, compressed_file),
    "nested": (10, nested),
    "two formats": (6, two_formats),
    "short": (10, short.short_file),
    "two places": (3, two_places),
    "edges": (12, edges),
}
