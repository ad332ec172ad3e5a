"""Zip archives and PyTorch checkpoints in them, with each record open to contradiction."""

from __future__ import annotations

import bz2
import lzma
import random
import struct
import zlib
from dataclasses import dataclass, field

from .pickles import Markers, found_by_name, harmless, integer, junk, old_text, stream

LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"


@dataclass
class Entry:
    name: bytes
    data: bytes
    method: int = 0
    flags: int = 0
    descriptor: str = ""
    local: dict[str, int] = field(default_factory=dict)
    central: dict[str, int] = field(default_factory=dict)
    local_name: bytes | None = None
    local_extra: bytes = b""
    central_extra: bytes = b""
    listed: bool = True
    before: bytes = b""
    at: int = 0
    # Listed as well, with its record in this one's data from this place on.
    within: tuple[Entry, int] | None = None


def packed(data: bytes, method: int) -> bytes:
    if method == 8:
        tool = zlib.compressobj(6, zlib.DEFLATED, -15)
        return tool.compress(data) + tool.flush()
    if method == 12:
        return bz2.compress(data)
    if method == 14:
        options = [{"id": lzma.FILTER_LZMA1, "preset": 1}]
        raw = lzma.compress(data, lzma.FORMAT_RAW, filters=options)
        return struct.pack("<BBH", 9, 4, 5) + lzma._encode_filter_properties(options[0]) + raw
    return data


def local_record(entry: Entry) -> bytes:
    body = packed(entry.data, entry.method)
    values = {
        "flags": entry.flags | (8 if entry.descriptor else 0),
        "method": entry.method,
        "crc": 0 if entry.descriptor else zlib.crc32(entry.data),
        "compressed": 0 if entry.descriptor else len(body),
        "uncompressed": 0 if entry.descriptor else len(entry.data),
        **entry.local,
    }
    name = entry.name if entry.local_name is None else entry.local_name
    head = LOCAL + struct.pack(
        "<HHHHHIIIHH", 20, values["flags"], values["method"], 0, 33, values["crc"], values["compressed"],
        values["uncompressed"], len(name), len(entry.local_extra),
    )
    record = head + name + entry.local_extra + body
    if entry.descriptor:
        wide = "QQ" if "wide" in entry.descriptor else "II"
        record += b"" if "bare" in entry.descriptor else b"PK\7\x08"
        record += struct.pack("<I" + wide, zlib.crc32(entry.data), len(body), len(entry.data))
    return record


def central_record(entry: Entry, shift: int) -> bytes:
    values = {
        "flags": entry.flags | (8 if entry.descriptor else 0),
        "method": entry.method,
        "crc": zlib.crc32(entry.data),
        "compressed": len(packed(entry.data, entry.method)),
        "uncompressed": len(entry.data),
        "offset": entry.at - shift,
        **entry.central,
    }
    return CENTRAL + struct.pack(
        "<HHHHHHIIIHHHHHII", 20, 20, values["flags"], values["method"], 0, 33, values["crc"], values["compressed"],
        values["uncompressed"], len(entry.name), len(entry.central_extra), 0, 0, 0, 0, values["offset"] % 2**32,
    ) + entry.name + entry.central_extra


def end_record(count: int, size: int, offset: int, comment: bytes = b"", told: dict[str, int] | None = None) -> bytes:
    values = told or {}
    return END + struct.pack(
        "<HHHHIIH", 0, 0, values.get("here", count), values.get("entries", count), values.get("size", size) % 2**32,
        values.get("offset", offset) % 2**32, values.get("comment", len(comment)),
    ) + comment


def zip64_records(count: int, size: int, offset: int, at: int, located: int | None = None) -> bytes:
    record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, size, offset)
    return record + b"PK\6\7" + struct.pack("<IQI", 0, at if located is None else located, 1)


def write(
    entries: list[Entry],
    rnd: random.Random,
    prefix: bytes = b"",
    counted: bool = True,
    comment: bytes = b"",
    suffix: bytes = b"",
    end: dict[str, int] | None = None,
    zip64: str = "",
    before_directory: bytes = b"",
    order: list[Entry] | None = None,
    before_end: bytes = b"",
    earlier: list[Entry] | None = None,
) -> bytes:
    """`counted`: offsets count from the file's begin; otherwise from the archive's, as behind a prefix glued on."""
    out = bytearray(prefix)
    for entry in entries:
        out += entry.before
        entry.at = len(out)
        record = local_record(entry)
        if entry.within is not None:
            inner, place = entry.within
            inner.at = entry.at + len(record) - len(entry.data) + place
        out += record
    out += before_directory
    shift = 0 if counted else len(prefix)
    if earlier is not None:  # another directory with an end record of its own
        start = len(out)
        for entry in earlier:
            out += central_record(entry, shift)
        out += end_record(len(earlier), len(out) - start, start - shift)
    start = len(out)
    listed = [entry for entry in (order or entries) if entry.listed]
    listed += [entry.within[0] for entry in entries if entry.within is not None]
    for entry in listed:
        out += central_record(entry, shift)
    size = len(out) - start
    out += before_end
    values = dict(end or {})
    if zip64:
        real = (len(listed), size, start - shift)
        if zip64 == "contradicts":
            real = (rnd.choice([0, 1, len(listed)]), max(0, size + rnd.choice([0, -46, 46])), max(0, start + rnd.choice([0, -30, 30])))
        out += zip64_records(*real, at=len(out) - shift, located=rnd.randrange(len(out)) if zip64 == "lost" else None)
        if rnd.random() < 0.5:
            values = {"entries": 0xFFFF, "here": 0xFFFF, "size": 0xFFFFFFFF, "offset": 0xFFFFFFFF, **values}
    out += end_record(len(listed), size, start - shift, comment, values)
    return bytes(out + suffix)


METHODS = [0, 0, 0, 8, 8, 12, 14]
NAMES = [b"a.pkl", b"model.pkl", b"A.PKL", b"dir/b.bin", b"c", b"data.pkl", b"x/data.pkl", b"noext", b"m.joblib", b"a.npy"]


def member_data(rnd: random.Random, markers: Markers) -> bytes:
    data = stream(rnd, markers)
    if rnd.random() < 0.2:
        data += stream(rnd, markers)
    if rnd.random() < 0.15:
        data += junk(rnd)
    return data


def plain_entries(rnd: random.Random, markers: Markers) -> list[Entry]:
    count = rnd.randrange(1, 4)
    return [Entry(rnd.choice(NAMES), member_data(rnd, markers), rnd.choice(METHODS)) for _ in range(count)]


def storage_id(key: bytes, elements: int) -> bytes:
    kind = found_by_name(b"torch", b"FloatStorage")
    return b"(" + old_text(b"storage") + kind + old_text(key) + old_text(b"cpu") + integer(elements) + b"tQ"


def torch_entries(rnd: random.Random, markers: Markers) -> list[Entry]:
    folder = rnd.choice([b"archive", b"archive", b"model", b"a b", b""])
    result = storage_id(b"0", 4) if rnd.random() < 0.6 else b"}"
    data = stream(rnd, markers, result, protocol=rnd.choice([2, 2, 3, 4]))
    if rnd.random() < 0.15:
        data += stream(rnd, markers) + (stream(rnd, markers) if rnd.random() < 0.5 else b"")
    storage = bytes(16)
    if rnd.random() < 0.2:
        storage = stream(rnd, markers, protocol=rnd.choice([2, 4]))
    entries = [
        Entry(folder + b"/data.pkl", data),
        Entry(folder + b"/version", b"3\n"),
        Entry(folder + b"/data/0", storage),
        Entry(folder + b"/byteorder", b"little"),
    ]
    if rnd.random() < 0.2:
        entries.append(Entry(folder + b"/.data/serialization_id", b"1" * 40))
    if rnd.random() < 0.2:
        entries.append(Entry(folder + b"/" + rnd.choice([b"extra.pkl", b"data/x.pkl", b"code/__torch__.py"]), stream(rnd, markers)))
    if rnd.random() < 0.1:
        entries.append(Entry(folder + b"/constants.pkl", stream(rnd, markers, b")", protocol=2)))
    return entries


ODD_NAMES = [
    b"/a.pkl", b"../a.pkl", b"C:\\a.pkl", b"a.pkl ", b"a.pkl/", b"./a.pkl", b"x//data.pkl", b"\xff.pkl", b"\xc3\xa9.pkl", b"",
    b"a" * 300 + b".pkl", b"a\nb.pkl",
]


def _unlisted(rnd: random.Random, markers: Markers) -> bytes:
    name = rnd.choice([*NAMES, b"archive/data.pkl"])
    return local_record(Entry(name, stream(rnd, markers), rnd.choice([0, 8]), descriptor=rnd.choice(["", "", "plain"])))


def tamper_entry(rnd: random.Random, markers: Markers, entry: Entry, entries: list[Entry]) -> None:
    sizes = [0, 1, len(entry.data) + 1, max(0, len(entry.data) - 1), len(entry.data) + 60, 2**32 - 1, 2**31]
    which = rnd.randrange(20)
    side = rnd.choice([entry.local, entry.central])
    if which == 0:
        entry.local_name = rnd.choice([entry.name.swapcase(), b"other.pkl", entry.name + b"/", b"", entry.name + b"\0x"])
    elif which == 1:
        entry.name = rnd.choice([entry.name.upper(), entry.name.swapcase(), entry.name + b"\0.txt", entry.name.replace(b"/", b"\\"), *ODD_NAMES])
        if rnd.random() < 0.3:
            side["flags"] = 0x800
    elif which == 2:
        side["compressed"] = rnd.choice(sizes)
    elif which == 3:
        side["uncompressed"] = rnd.choice(sizes)
    elif which == 4:
        side["crc"] = rnd.choice([0, 1, 2**32 - 1])
    elif which == 5:
        side["flags"] = rnd.choice([1, 8, 0x20, 0x40, 0x800, 0x2000, 9, 2])
    elif which == 6:
        side["method"] = rnd.choice([0, 8, 12, 14, 1, 9, 93, 95, 99])
    elif which == 7:
        entry.descriptor = rnd.choice(["plain", "bare", "wide", "bare wide"])
    elif which == 8:
        other = Entry(entry.name, member_data(rnd, markers), rnd.choice(METHODS))
        entries.insert(rnd.randrange(len(entries) + 1), other)
    elif which == 9:
        other = Entry(rnd.choice([entry.name.upper(), entry.name.swapcase()]), member_data(rnd, markers))
        entries.insert(rnd.randrange(len(entries) + 1), other)
    elif which == 10:
        entry.before = rnd.choice([junk(rnd), stream(rnd, markers), _unlisted(rnd, markers)])
    elif which == 11:
        entry.listed = False
    elif which == 12:
        extra = struct.pack("<HHQQ", 1, 16, *(rnd.choice([len(entry.data), len(entry.data) + 9, 0, 2**40]) for _ in range(2)))
        entry.central_extra = extra
        if rnd.random() < 0.6:
            entry.central.update({"uncompressed": 2**32 - 1, "compressed": rnd.choice([2**32 - 1, len(entry.data)])})
        if rnd.random() < 0.5:
            entry.local_extra = extra
    elif which == 13:
        name = rnd.choice([b"archive/data.pkl", b"u.pkl"])
        crc = zlib.crc32(entry.name) if rnd.random() < 0.7 else 1
        entry.central_extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, crc) + name
    elif which == 14:
        entry.local_extra = rnd.choice([b"FB" + struct.pack("<H", 20) + b"Z" * 20, b"\1\2\3", struct.pack("<HH", 1, 500)])
    elif which == 17 and entry.method == 0 and entry.within is None:
        # Overlapping: another entry's record lies within this one's data.
        inner = Entry(rnd.choice([b"inner.pkl", entry.name]), stream(rnd, markers), rnd.choice([0, 8]))
        before = rnd.choice([b"", entry.data])
        entry.data = before + local_record(inner) + rnd.choice([b"", entry.data, junk(rnd)])
        entry.within = (inner, len(before))
    elif which == 18 and entry.method == 0 and entry.within is None:
        # Two entries for one record, which has one name.
        inner = Entry(rnd.choice([b"twin.pkl", entry.name]), entry.data, local_name=entry.name)
        entry.within = (inner, len(entry.data) - len(local_record(entry)))
    elif which == 15 and entry.method == 0:
        # A local header within the data: the directory of another reading names it.
        inner = local_record(Entry(b"inner.pkl", stream(rnd, markers)))
        entry.data += inner
    else:
        entry.data = entry.data + rnd.choice([END + bytes(18), CENTRAL + bytes(42), LOCAL + bytes(26)])


FIELDS = {
    LOCAL: [(4, 2), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)],
    CENTRAL: [(6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (38, 4), (42, 4)],
    END: [(4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)],
    b"PK\6\6": [(4, 8), (24, 8), (32, 8), (40, 8), (48, 8)],
    b"PK\6\7": [(4, 4), (8, 8), (16, 4)],
}


def scratch(rnd: random.Random, data: bytes) -> bytes:
    """Changes one field of one record, moves or repeats a piece, or cuts."""
    out = bytearray(data)
    places = [(at, sign) for sign in FIELDS for at in range(len(data)) if data.startswith(sign, at)]
    if not places:
        return data
    at, sign = rnd.choice(places)
    kind = rnd.random()
    if kind < 0.75:
        offset, width = rnd.choice(FIELDS[sign])
        old = int.from_bytes(out[at + offset : at + offset + width], "little")
        other = rnd.choice(places)[0]
        new = rnd.choice([0, 1, 8, old + 1, old - 1, old ^ 1, old ^ 8, old + 46, old - 46, old + rnd.randrange(60), 2 ** (8 * width) - 1, other])
        out[at + offset : at + offset + width] = (new % 2 ** (8 * width)).to_bytes(width, "little")
    elif kind < 0.85:
        first, second = sorted((at, rnd.choice(places)[0]))
        piece = out[first:second]
        if rnd.random() < 0.4:
            del out[first:second]
        else:
            out[at:at] = piece
    elif kind < 0.95:
        out[at:at] = rnd.choice([junk(rnd), LOCAL, END + bytes(18)])
    else:
        del out[rnd.randrange(len(out)) :]
    return bytes(out)


def build(rnd: random.Random, markers: Markers, entries: list[Entry], hostile: bool = True) -> bytes:
    """Writes entries with any number of contradictions."""
    if not hostile:
        return write(entries, rnd)
    for _ in range(rnd.choice([0, 1, 1, 2, 3])):
        tamper_entry(rnd, markers, rnd.choice(entries), entries)
    options: dict[str, object] = {}
    if rnd.random() < 0.15:
        options["prefix"] = rnd.choice([junk(rnd), stream(rnd, markers), harmless(rnd), write(plain_entries(rnd, markers), rnd)])
        options["counted"] = rnd.random() < 0.5
    if rnd.random() < 0.15:
        options["suffix"] = rnd.choice([junk(rnd), stream(rnd, markers), write(plain_entries(rnd, markers), rnd), END + bytes(18)])
    if rnd.random() < 0.15:
        options["comment"] = rnd.choice([junk(rnd), stream(rnd, markers), write(plain_entries(rnd, markers), rnd), END + bytes(20)])
    if rnd.random() < 0.15:
        options["end"] = {rnd.choice(["here", "entries", "size", "offset", "comment"]): rnd.choice([0, 1, 2, 60, 500, 0xFFFF])}
    if rnd.random() < 0.12:
        options["zip64"] = rnd.choice(["right", "contradicts", "lost"])
    if rnd.random() < 0.12:
        options["before_directory"] = rnd.choice([junk(rnd), stream(rnd, markers), _unlisted(rnd, markers)])
    if rnd.random() < 0.08:
        options["before_end"] = rnd.choice([junk(rnd), stream(rnd, markers), END + bytes(18), _unlisted(rnd, markers)])
    if rnd.random() < 0.08:
        options["earlier"] = rnd.sample(entries, rnd.randrange(len(entries) + 1))
    if rnd.random() < 0.15:
        options["order"] = rnd.sample(entries, len(entries))
    data = write(entries, rnd, **options)  # type: ignore[arg-type]
    for _ in range(rnd.choice([0, 0, 0, 1, 1, 2])):
        data = scratch(rnd, data)
    return data


def plain_zip(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    name = rnd.choice(["a.zip", "a.pkl", "a.bin", "a.pt", "a.npz", "a.whl", "noext"])
    return name, build(rnd, markers, plain_entries(rnd, markers), rnd.random() < 0.95)


def torch_zip(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    name = rnd.choice(["a.pt", "a.pth", "a.bin", "a.ckpt", "noext", "a.pkl"])
    return name, build(rnd, markers, torch_entries(rnd, markers), rnd.random() < 0.95)


def swallowed_zip(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    """A pickle before the archive takes it in as a byte string and goes on in the end record's comment."""
    tail = b"0" + stream(rnd, markers, protocol=1)
    entries = torch_entries(rnd, markers) if rnd.random() < 0.5 else plain_entries(rnd, markers)
    head = rnd.choice([b"\x80\x04", b"\x80\x03", b"", b"N0", b"]0"]) + rnd.choice([b"B", b"T"])
    comment = rnd.choice([b"", b"0" * 7]) + tail
    counted = rnd.random() < 0.5
    prefix = head + bytes(4)
    length = len(write(entries, rnd, prefix, counted)) - len(prefix)
    prefix = head + struct.pack("<I", length)
    return rnd.choice(["a.pkl", "a.zip", "a.bin", "a.pt"]), write(entries, rnd, prefix, counted, comment)
