"""numpy's files and joblib's: headers, dtypes, arrays between opcodes, old formats."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import struct
import zlib

from .pickles import Markers, found_by_name, integer, junk, old_text, stream, text
from .zips import Entry, build

try:
    import lz4.frame as lz4_frame
except ImportError:  # the family goes without it
    lz4_frame = None

# dtype descriptions as a header may hold them, the bytes of one item (None: holds objects or nobody knows).
PLAIN = [("'<f8'", 8), ("'|u1'", 1), ("'<U3'", 12), ("'|S5'", 5), ("'<M8[ns]'", 8), ("'|V7'", 7), ("'<c16'", 16), ("'?'", 1)]
RECORDS = [("[('a', '<f8'), ('b', '<i4')]", 12), ("[('a', '<f4', (2, 3))]", 24), ("[('', '|V4'), (('t', 'n'), '<i2')]", 6)]
OBJECTS = [
    "'|O'", "'O'", "'|O8'", "'object'", "[('a', '|O')]", "[('a', '<f8'), ('b', '|O', (2,))]", "[('a', [('b', '|O')])]",
    "('|O', (2,))", "('<f8', (2,))", "[(('title', 'a'), '|O')]",
]
ODD = [
    "'\\x4f'", "'\\117'", "'|' 'O'", "u'|O'", "r'O'", "\"O\"", "'''O'''", "'O,f8'", "['aO']", "('O', 3)", "'=O'", "b'O'",
    "'\\u004f'", "{'aO': 1}", "'O' # x\n", "('O')", "('O',)", "'\\u0066'", "[('a', '<f8'),\n ('b', 'O')]",
]


def npy_header(rnd: random.Random, descr: str, shape: str) -> str:
    parts = [("descr", descr), ("fortran_order", rnd.choice(["False", "False", "True"])), ("shape", shape)]
    quote = rnd.choice(["'", "'", "'", '"'])
    kind = rnd.random()
    if kind < 0.1:
        rnd.shuffle(parts)
    elif kind < 0.25:  # a key twice: the last one counts
        parts.insert(rnd.randrange(4), ("descr", rnd.choice(["'<f8'", "'|O'", "'|u1'"])))
    elif kind < 0.32:
        parts.insert(rnd.randrange(4), ("shape", rnd.choice(["(0,)", "(1,)", "(3, 4)"])))
    elif kind < 0.4:  # the key is spelled with an escape
        parts = [("d\\x65scr" if key == "descr" else key, value) for key, value in parts]
        if rnd.random() < 0.5:
            parts.insert(0, ("descr", "'<f8'"))
    items = ", ".join(f"{quote}{key}{quote}: {value}" for key, value in parts)
    if kind > 0.95:
        items = f"# 'descr': '|u1'\n{items}"
    elif kind > 0.9:
        items = items.replace("False", "False,\n# 'descr': '<f8',\n", 1).replace("\n,", "\n")
    return "{" + items + rnd.choice([", ", "", ","]) + "}"


def npy(rnd: random.Random, markers: Markers) -> bytes:
    major = rnd.choice([1, 1, 1, 2, 3])
    kind = rnd.random()
    count = rnd.choice([0, 1, 2, 3])
    shape = f"({count},)"
    size: int | None = None
    if kind < 0.25:
        descr, size = rnd.choice(PLAIN)
    elif kind < 0.4:
        descr, size = rnd.choice(RECORDS)
    elif kind < 0.75:
        descr = rnd.choice(OBJECTS)
    else:
        descr = rnd.choice(ODD)
    if rnd.random() < 0.1:
        shape = rnd.choice(["()", "(2L,)", "(True,)", "(-1,)", "[2]", "(0x2,)", "(1_0,)", "(4294967296, 4294967296)"])
    header = npy_header(rnd, descr, shape).encode("utf-8" if major == 3 else "latin1")
    width = 2 if major == 1 else 4
    padding = b" " * ((-(8 + width + len(header) + 1)) % 64) + b"\n"
    header += padding
    length = len(header) + (rnd.choice([-3, 1, 30]) if rnd.random() < 0.05 else 0)
    minor = 1 if rnd.random() < 0.03 else 0
    out = b"\x93NUMPY" + bytes([major, minor]) + length.to_bytes(width, "little") + header
    if size is None or rnd.random() < 0.1:
        out += stream(rnd, markers)
    else:
        out += bytes(size * count)
    if rnd.random() < 0.2:
        out += rnd.choice([stream(rnd, markers), junk(rnd)])
    if rnd.random() < 0.1 and b"NUMPY" in out:
        out += b"\x93NUMPY\1\0" + struct.pack("<H", 54) + b"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}" + stream(rnd, markers)
    return out


def npy_file(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    return rnd.choice(["a.npy", "a.npy", "a.pkl", "a.bin"]), npy(rnd, markers)


def npz_file(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    names = [b"a.npy", b"b.npy", b"a", b"archive/data/0", b"c.bin", b"x/data.pkl"]
    entries = [Entry(rnd.choice(names), npy(rnd, markers), rnd.choice([0, 8])) for _ in range(rnd.randrange(1, 4))]
    if rnd.random() < 0.1:
        entries.append(Entry(b"archive/data.pkl", stream(rnd, markers)))
    return rnd.choice(["a.npz", "a.npz", "a.zip", "a.pt"]), build(rnd, markers, entries, rnd.random() < 0.5)


NONE, TRUE, FALSE = b"N", b"\x88", b"\x89"


def tuple_of(*items: bytes) -> bytes:
    return b"(" + b"".join(items) + b"t"


def dtype(code: bytes, state: bytes = b"", copy: bytes = TRUE) -> bytes:
    made = found_by_name(b"numpy", b"dtype") + tuple_of(old_text(code), FALSE, copy) + b"R"
    return made + (state + b"b" if state else b"")


def dtype_state(order: bytes, subarray: bytes, names: bytes, fields: bytes, size: bytes, flags: bytes) -> bytes:
    return tuple_of(integer(3), old_text(order), subarray, names, fields, size, integer(1), flags)


MINUS_ONE = b"J\xff\xff\xff\xff"


def _dtype(rnd: random.Random) -> tuple[bytes, int, bool]:
    """Code that leaves a dtype, the bytes of one item, and whether joblib takes a pickle in place of the data."""
    simple = [(b"f8", 8), (b"f4", 4), (b"u1", 1), (b"i2", 2), (b"b1", 1), (b"c16", 16), (b"M8", 8)]
    kind = rnd.random()
    if kind < 0.35:
        code, size = rnd.choice(simple)
        state = dtype_state(b"<", NONE, NONE, NONE, MINUS_ONE, integer(0)) if rnd.random() < 0.7 else b""
        return dtype(code, state), size, False
    if kind < 0.45:
        letter, size = rnd.choice([(b"S", 5), (b"V", 6), (b"U", 2)])
        real = size * 4 if letter == b"U" else size
        told = real if rnd.random() < 0.5 else real + rnd.choice([-1, 3, 8]) if letter != b"U" else real + 4
        state = dtype_state(b"|", NONE, NONE, NONE, integer(told), integer(0))
        return dtype(letter + b"%d" % size, state), told, False
    if kind < 0.65:
        code = rnd.choice([b"O8", b"O", b"|O8"])
        state = dtype_state(b"|", NONE, NONE, NONE, MINUS_ONE, integer(63)) if rnd.random() < 0.7 else b""
        return dtype(code, state), 8, True
    if kind < 0.75:
        return dtype(b"f8", dtype_state(b"<", NONE, NONE, NONE, MINUS_ONE, integer(rnd.choice([1, 63])))), 8, True
    if kind < 0.85:  # an array within each item
        inner = dtype(b"f4", dtype_state(b"<", NONE, NONE, NONE, MINUS_ONE, integer(0)))
        count = rnd.randrange(1, 4)
        sub = tuple_of(inner, tuple_of(integer(count)))
        return dtype(b"V%d" % (4 * count), dtype_state(b"|", sub, NONE, NONE, integer(4 * count), integer(0))), 4 * count, False
    objects = rnd.random() < 0.5
    inner = dtype(b"O8", dtype_state(b"|", NONE, NONE, NONE, MINUS_ONE, integer(63))) if objects else dtype(b"f8")
    fields = b"}" + old_text(b"a") + tuple_of(inner, integer(0)) + b"s"
    state = dtype_state(b"|", NONE, tuple_of(old_text(b"a")), fields, integer(8), integer(27 if objects else 16))
    return dtype(b"V8", state), 8, objects


def joblib_array(rnd: random.Random, markers: Markers, at: int, framed: bool) -> bytes:
    """Opcodes that build a wrapper, and its array, for a stream in which they begin at `at`. Leaves one value."""
    module = rnd.choice([b"joblib.numpy_pickle"] * 6 + [b"joblib.numpy_pickle_utils", b"sklearn.externals.joblib.numpy_pickle"])
    code, size, objects = _dtype(rnd)
    mapped = objects and rnd.random() < 0.15
    if rnd.random() < 0.06:  # the state before counts no longer
        flags = integer(rnd.choice([0, 1, 63]))
        states = [dtype_state(b"|", NONE, NONE, NONE, integer(size_), flags) for size_ in (4, 8)]
        size, objects = 8, flags != integer(0)
        rnd.shuffle(states)
        code = dtype(b"V8", states[0]) + states[1] + b"b"
    shape = rnd.choice([[2], [3], [1, 2], [], [0], [2, 2]])
    count = 1
    for one in shape:
        count *= one
    alignment = rnd.choice([16, 16, 16, None, 4])
    has_alignment = alignment is not None or rnd.random() < 0.5
    pairs = [
        old_text(b"subclass") + found_by_name(b"numpy", b"ndarray"),
        old_text(b"shape") + tuple_of(*(integer(one) for one in shape)),
        old_text(b"order") + old_text(b"C"),
        old_text(b"dtype") + code,
        old_text(b"allow_mmap") + (FALSE if rnd.random() < 0.7 and not mapped else TRUE),
    ]
    if has_alignment:
        pairs.append(old_text(b"numpy_array_alignment_bytes") + (NONE if alignment is None else integer(alignment)))
    kind = rnd.random()
    if kind < 0.08:  # a key twice
        pairs.insert(0, old_text(b"dtype") + dtype(rnd.choice([b"O8", b"f4", b"S20"])))
    elif kind < 0.16:
        pairs.insert(0, old_text(b"shape") + tuple_of(integer(rnd.choice([0, 5, 40]))))
    elif kind < 0.22:
        pairs = [old_text(b"k%d" % index) + NONE for index in range(rnd.choice([6, 30, 70]))] + pairs
    elif kind < 0.24:  # what stands in the place of a method is called instead
        method = rnd.choice([b"read_array", b"safe_get_numpy_array_alignment_bytes", b"read"])
        pairs.append(old_text(method) + found_by_name(markers.next(), b"f"))
    found = found_by_name(module, b"NumpyArrayWrapper")
    if rnd.random() < 0.15:  # by another path
        path, name = rnd.choice([
            (b"joblib", b"numpy_pickle.NumpyArrayWrapper"), (b"joblib._store_backends", b"numpy_pickle.NumpyArrayWrapper"),
        ])
        found = text(path) + text(name) + b"\x93"
    wrapper, idle = found, found + b")\x810"
    makes = rnd.random()
    if makes < 0.74:
        wrapper += b")\x81"
    elif makes < 0.8:
        wrapper = rnd.choice([
            found_by_name(b"copyreg", b"__newobj__") + found + b"\x85R",
            found_by_name(b"copyreg", b"_reconstructor") + found + found_by_name(b"builtins", b"object") + b"N\x87R",
        ])
    else:  # made by a call: what the state leaves out keeps its first value
        wrapper += tuple_of(found_by_name(b"numpy", b"ndarray"), tuple_of(integer(2)), old_text(b"C"), dtype(b"u1")) + b"R"
        wrapper = idle * rnd.choice([0, 0, 3, 4, 7]) + wrapper
        if alignment is None and has_alignment is False:
            alignment = 16
    body = wrapper + b"}(" + b"".join(pairs) + b"ub"
    if framed:
        body = b"\x95" + struct.pack("<Q", len(body)) + body
    if mapped:  # as a map, it has pointers where readers find a pickle
        length = 40 + 8 * count
        inside = b"N" * (length + 9) + found_by_name(markers.next(), b"f") + b"0."
        return body + b"\x80\x04B" + struct.pack("<I", len(inside)) + inside + b"0N."
    if objects:
        if rnd.random() < 0.15:  # STOP within a frame: readers go on at two places
            behind = b"a" + found_by_name(markers.next(), b"f") + b"0."
            return body + stream(rnd, markers, found_by_name(markers.next(), b"f") + b")R", protocol=4, frame=True, behind=behind)
        return body + stream(rnd, markers, found_by_name(markers.next(), b"f") + b")R" if rnd.random() < 0.8 else b"N")
    padding = b""
    if alignment is not None:
        length = alignment - (at + len(body) + 1) % alignment if rnd.random() < 0.7 else rnd.choice([0, 1, 200])
        padding = bytes([length]) + b"\xff" * length
    raw = bytes(size * count)
    if rnd.random() < 0.3 and raw:  # bytes that are opcodes to a plain reader
        raw = (b"N0" * len(raw))[: len(raw)]
        if rnd.random() < 0.3:
            raw = (found_by_name(markers.next(), b"f") + b"0" * len(raw))[: len(raw)]
    return body + padding + raw


def joblib_stream(rnd: random.Random, markers: Markers) -> bytes:
    protocol = rnd.choice([2, 3, 4, 4, 5])
    framed = protocol >= 4 and rnd.random() < 0.6
    out = b"\x80" + bytes([protocol]) + b"]"
    for _ in range(rnd.choice([1, 1, 2, 3])):
        out += joblib_array(rnd, markers, len(out), framed) + b"a"
        marked = found_by_name(markers.next(), b"f") + b"0"
        out += b"\x95" + struct.pack("<Q", len(marked)) + marked if framed and rnd.random() < 0.7 else marked
    out += b"."
    if rnd.random() < 0.15:
        out += rnd.choice([stream(rnd, markers), junk(rnd)])
    if rnd.random() < 0.05:
        out = out[: rnd.randrange(len(out))]
    return out


def compressed(rnd: random.Random, data: bytes) -> tuple[str, bytes]:
    """One compressor of joblib's, as its suffix and the data."""
    which = rnd.randrange(7 if lz4_frame is not None else 6)
    if which == 0:
        return ".z", zlib.compress(data, rnd.choice([0, 1, 9]))
    if which == 1:
        return ".gz", gzip.compress(data, 6, mtime=0)
    if which == 2:
        return ".bz2", bz2.compress(data)
    if which == 3:
        return ".xz", lzma.compress(data, check=rnd.choice([lzma.CHECK_CRC64, lzma.CHECK_SHA256, lzma.CHECK_NONE]))
    if which == 4:
        return ".lzma", lzma_alone(rnd, data)
    if which == 5:
        head = b"ZF" + (b"%#x" % len(data)).ljust(19) + (b" " if rnd.random() < 0.3 else b"")
        return ".pkl", head + zlib.compress(data)
    return ".lz4", lz4_frame.compress(data, block_linked=rnd.random() < 0.5, content_checksum=rnd.random() < 0.5)


def lzma_alone(rnd: random.Random, data: bytes) -> bytes:
    """LZMA without a container, with odd dictionary sizes and properties."""
    options = {"id": lzma.FILTER_LZMA1, "preset": 1}
    if rnd.random() < 0.3:
        options.update(lc=rnd.choice([0, 1, 3]), lp=rnd.choice([0, 1]), pb=rnd.choice([0, 2]))
    out = bytearray(lzma.compress(data, lzma.FORMAT_ALONE, filters=[options]))
    if rnd.random() < 0.4:
        struct.pack_into("<I", out, 1, rnd.choice([0x100000 + 1, 0x12345600, 0x7FFFFF, 0x100000]))
    return bytes(out)


def joblib_file(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    data = joblib_stream(rnd, markers)
    if rnd.random() < 0.6:
        return rnd.choice(["a.joblib", "a.joblib", "a.pkl", "a.bin"]), data
    suffix, out = compressed(rnd, data)
    if rnd.random() < 0.1:
        out += rnd.choice([junk(rnd), stream(rnd, markers), out])
    return rnd.choice(["a.joblib", "a.joblib" + suffix, "a.bin"]), out


def old_joblib_file(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    """Formats before 0.10: wrappers that name files beside the pickle."""
    module = rnd.choice([b"joblib.numpy_pickle", b"joblib.numpy_pickle_compat"])
    state = b"}(" + old_text(b"filename") + old_text(b"none.npy") + old_text(b"subclass") + found_by_name(b"numpy", b"ndarray")
    state += old_text(b"allow_mmap") + FALSE + b"ub"
    body = b"\x80\x02]" + found_by_name(markers.next(), b"f") + b"0"
    body += found_by_name(module, rnd.choice([b"NDArrayWrapper", b"ZNDArrayWrapper"])) + b")\x81" + state + b"a"
    body += found_by_name(markers.next(), b"f") + b"0."
    if rnd.random() < 0.5:
        body = joblib_stream(rnd, markers)
    if rnd.random() < 0.7:
        length = len(body) if rnd.random() < 0.8 else rnd.choice([0, 5, len(body) + 1])
        body = b"ZF" + rnd.choice([b"%#x", b"%x", b" %#x"]).__mod__(length).ljust(19) + rnd.choice([b"", b" "]) + zlib.compress(body)
    return rnd.choice(["a.joblib", "a.pkl", "a.bin"]), body + (junk(rnd) if rnd.random() < 0.1 else b"")
