"""Tar archives: dialects, links, sparse files, joined and cut ones; PyTorch's oldest checkpoints in them."""

from __future__ import annotations

import io
import random
import struct
import tarfile

from .pickles import Markers, found_by_name, integer, junk, old_text, stream

BLOCK = 512


def checksum(block: bytes | bytearray) -> bytes:
    total = sum(block[:148]) + sum(block[156:BLOCK]) + 256
    return b"%06o\0 " % total


def repair(data: bytearray, at: int) -> None:
    if at + BLOCK <= len(data):
        data[at + 148 : at + 156] = checksum(data[at : at + BLOCK])


def headers(data: bytes | bytearray) -> list[int]:
    return [at for at in range(0, len(data) - 511, BLOCK) if data[at + 257 : at + 262] == b"ustar"]


def torch_members(rnd: random.Random, markers: Markers, frames: bool = True) -> dict[str, bytes]:
    """What torch.save wrote before 0.1.10: three members whose pickles stand between raw numbers."""

    def part(result: bytes) -> bytes:
        protocol = rnd.choice([2, 2, 2, 4])
        if frames and rnd.random() < 0.1:
            inside = stream(rnd, markers, result)
            return stream(rnd, markers, result, protocol=4, frame=True, behind=inside)
        return stream(rnd, markers, result, protocol=protocol, globals_=rnd.choice([0, 1, 1]))

    count = rnd.randrange(0, 3)
    storages = part(integer(count))
    tensors = part(integer(count))
    for key in range(count):
        name = rnd.choice([b"FloatStorage", b"DoubleStorage", b"ByteStorage"])
        size = {b"F": 4, b"D": 8, b"B": 1}[name[:1]]
        elements = rnd.randrange(0, 5)
        storages += part(b"(" + integer(key) + old_text(b"cpu") + found_by_name(b"torch", name) + b"t")
        storages += struct.pack("<q", elements) + bytes(elements * size)
        tensors += part(b"(" + integer(key + 10) + integer(key) + found_by_name(b"torch", b"FloatTensor") + b"t")
        tensors += struct.pack("<ii", 1, 0) + struct.pack("<qqq", 1, 1, 0)
    storages += part(b"]")
    if rnd.random() < 0.2:
        storages += stream(rnd, markers)
    if rnd.random() < 0.2:
        tensors += stream(rnd, markers)
    data = stream(rnd, markers, b"}", protocol=2)
    if rnd.random() < 0.2:
        data += stream(rnd, markers)
    return {"storages": storages, "tensors": tensors, "pickle": data}


def _member(rnd: random.Random, markers: Markers) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(rnd.choice(["a.pkl", "b", "dir/c.bin", "storages", "pickle", "é.pkl", "x/" * 60 + "long.pkl"]))
    data = stream(rnd, markers)
    if rnd.random() < 0.2:
        data += bytes(rnd.choice([1, 512, 700])) + stream(rnd, markers)
    info.type = rnd.choice([b"0", b"0", b"0", b"0", b"0", b"\0", b"7", b"Z", b"5", b"2", b"1", b"3"])
    if info.type in b"12":
        info.linkname = rnd.choice(["a.pkl", "b", "../x", "y" * 120, "pickle"])
    if info.type in b"5213" and rnd.random() < 0.7:
        data = b""
    info.size = len(data)
    return info, data


def _write(rnd: random.Random, members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    form = rnd.choice([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
    options = {}
    if form == tarfile.PAX_FORMAT and rnd.random() < 0.2:
        keys = ["comment", "path", "size", "linkpath", "GNU.sparse.size", "GNU.sparse.realsize", "GNU.sparse.map", "GNU.sparse.major"]
        options["pax_headers"] = {rnd.choice(keys): rnd.choice(["x", "1", "700", "../e", "0,3,5,9"]) for _ in range(rnd.choice([1, 1, 2]))}
    with tarfile.open(fileobj=out, mode="w", format=form, **options) as archive:
        for info, data in members:
            if form == tarfile.PAX_FORMAT and rnd.random() < 0.2:
                info.pax_headers = {
                    rnd.choice(["size", "path", "linkpath", "GNU.sparse.name", "GNU.sparse.size"]): rnd.choice(["5", "600", "p", "0", "-1024", "-1536", " 5", "\u0663"])
                }
            try:
                archive.addfile(info, io.BytesIO(data))
            except ValueError:
                continue  # a name that this dialect cannot hold
    return out.getvalue()


def _block(name: bytes, kind: bytes, size: int) -> bytearray:
    block = bytearray(BLOCK)
    block[: len(name)] = name
    block[100:108] = b"0000644\0"
    block[108:124] = b"0000000\0" * 2
    block[124:136] = b"%011o\0" % size
    block[136:148] = b"%011o\0" % 0
    block[156:157] = kind
    block[257:265] = b"ustar  \0" if kind in (b"S", b"L", b"K") else b"ustar\x0000"
    repair(block, 0)
    return block


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % BLOCK)


def _pax(records: list[tuple[str, str]]) -> bytes:
    out = b""
    for key, value in records:
        body = f" {key}={value}\n".encode()
        length = len(body) + 1
        while len(str(length)) + len(body) != length:
            length += 1
        out += str(length).encode() + body
    return bytes(_block(b"./PaxHeaders/x", b"x", len(out))) + _padded(out)


def sparse(rnd: random.Random, markers: Markers) -> bytes:
    """One member with holes, in one of the four formats: what is stored is not what is read."""
    first, second = stream(rnd, markers, protocol=1), stream(rnd, markers)
    cut = rnd.randrange(len(first))
    gap = rnd.choice([0, 0, 1, 512])
    pieces = [(0, first[:cut]), (cut + gap, first[cut:] + second)]
    if rnd.random() < 0.3:  # stored in another order
        pieces.reverse()
    if rnd.random() < 0.2:
        pieces[1] = (pieces[1][0] + rnd.choice([-1, 5]), pieces[1][1])
    size = max(at + len(data) for at, data in pieces) + rnd.choice([0, 0, 700, -1])
    stored = b"".join(data for _, data in pieces)
    numbers = [number for at, data in pieces for number in (max(0, at), len(data))]
    form = rnd.randrange(4)
    if form == 0:
        block = _block(b"sparse.pkl", b"S", len(stored))
        for index, number in enumerate(numbers):
            at = 386 + 12 * index
            block[at : at + 12] = b"%011o\0" % number
        block[483:495] = b"%011o\0" % size
        repair(block, 0)
        return bytes(block) + _padded(stored)
    if form == 1:
        pairs = [("GNU.sparse.size", str(size)), ("GNU.sparse.numblocks", "2")]
        for at, data in pieces:
            pairs += [("GNU.sparse.offset", str(at)), ("GNU.sparse.numbytes", str(len(data)))]
    elif form == 2:
        pairs = [("GNU.sparse.size", str(size)), ("GNU.sparse.name", "sparse.pkl"), ("GNU.sparse.map", ",".join(map(str, numbers)))]
    else:
        pairs = [("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", "s.pkl"), ("GNU.sparse.realsize", str(size))]
        stored = _padded("\n".join(map(str, [2, *numbers, ""])).encode()) + stored
    if rnd.random() < 0.1:
        rnd.shuffle(pairs)
    return _pax(pairs) + bytes(_block(b"x/sparse", b"0", len(stored))) + _padded(stored)


def long_name(rnd: random.Random, markers: Markers) -> bytes:
    """GNU's long name or link, which may be a pickle itself, before a member."""
    name = rnd.choice([b"long/" * 30 + b"a.pkl\0", b"pickle\0", b"a.pkl\0.txt\0", b"", stream(rnd, markers)])
    data = stream(rnd, markers)
    out = b"".join(
        bytes(_block(b"././@LongLink", kind, len(name))) + _padded(name) for kind in rnd.choice([[b"L"], [b"K"], [b"L", b"L"], [b"L", b"K"]])
    )
    return out + bytes(_block(b"short", rnd.choice([b"0", b"0", b"\0", b"1", b"x"]), len(data))) + _padded(data)


FIELDS = [(0, 100), (124, 12), (156, 1), (157, 100), (257, 8), (345, 155), (148, 8), (482, 1)]
SIZES = [
    b"%011o\0" % 0, b"%011o\0" % 512, b"%011o\0" % 1, b"\x80" + bytes(9) + b"\x01\x00", b"\xff" * 12, b"0o17".ljust(12, b"\0"),
    b"1_0".ljust(12, b"\0"), b"-12".ljust(12, b"\0"), b" 12 ".ljust(12), b"99".ljust(12, b"\0"),
    b"\x1c0000000100\0", b"100\x1f".ljust(12, b"\0"),
]


def scratch(rnd: random.Random, markers: Markers, data: bytes) -> bytes:
    out = bytearray(data)
    blocks = len(out) // BLOCK
    if blocks == 0:
        return data
    place = rnd.randrange(blocks) * BLOCK
    kind = rnd.random()
    if kind < 0.5:
        at = rnd.choice(headers(out) or [0])
        offset, width = rnd.choice(FIELDS)
        if offset == 124:
            out[at + 124 : at + 136] = rnd.choice([*SIZES, b"%011o\0" % rnd.randrange(3000)])
        elif offset == 156:
            out[at + 156] = rnd.choice(b"01234567LKxgXSDVMNZ\0")
        elif width >= 100:
            new = rnd.choice([b"pickle\0", b"storages\0", b"../x\0", b"/x\0", b"PICKLE\0"])
            out[at + offset : at + offset + len(new)] = new
        else:
            out[at + offset + rnd.randrange(width)] = rnd.choice([0, 1, 32, 48, rnd.randrange(256)])
        if rnd.random() < 0.9:
            repair(out, at)
            if rnd.random() < 0.1:  # a blank to Python
                out[at + 148 : at + 156] = rnd.choice([b"\x1c", b"\x1f", b"\x0b"]) + out[at + 148 : at + 154] + b"\0"
    elif kind < 0.6:
        out += rnd.choice([_write(rnd, [_member(rnd, markers)]), junk(rnd, 700), stream(rnd, markers)])
    elif kind < 0.7:
        out[place:place] = rnd.choice([bytes(BLOCK), b"Y" * BLOCK, bytes(2 * BLOCK)])
    elif kind < 0.8:
        first, second = sorted((place, rnd.randrange(blocks) * BLOCK))
        out[place:place] = out[first:second]
    elif kind < 0.9:
        del out[rnd.randrange(len(out)) :]
    else:
        del out[place : place + BLOCK]
    return bytes(out)


def _hostile(rnd: random.Random, markers: Markers, data: bytes) -> bytes:
    for _ in range(rnd.choice([0, 1, 1, 2, 3])):
        data = scratch(rnd, markers, data)
    return data


def plain_tar(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    members = [_member(rnd, markers) for _ in range(rnd.randrange(1, 5))]
    name = rnd.choice(["a.tar", "a.tar", "a.nemo", "a.pkl", "a.bin", "noext"])
    data = _write(rnd, members)
    kind = rnd.random()
    if kind < 0.2:
        data = sparse(rnd, markers) + data
    elif kind < 0.35:
        data = long_name(rnd, markers) + data
    return name, _hostile(rnd, markers, data)


def torch_tar(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    parts = torch_members(rnd, markers)
    members = []
    for name, data in parts.items():
        info = tarfile.TarInfo(name)
        info.size = len(data)
        members.append((info, data))
    kind = rnd.random()
    if kind < 0.25:  # a name twice: torch takes the last
        name, data = rnd.choice(list(torch_members(rnd, markers).items()))
        info = tarfile.TarInfo(name)
        info.size = len(data)
        members.insert(rnd.randrange(4), (info, data))
    elif kind < 0.4:  # the member is a hard link to one of another name
        index = rnd.randrange(3)
        info, data = members[index]
        link = tarfile.TarInfo(info.name)
        link.type, link.linkname = tarfile.LNKTYPE, "other"
        info.name = "other"
        members.insert(index + 1, (link, b""))
    if rnd.random() < 0.2:
        rnd.shuffle(members)
    name = rnd.choice(["a.pt", "a.pth", "a.tar", "noext", "a.bin"])
    return name, _hostile(rnd, markers, _write(rnd, members)) if rnd.random() < 0.5 else _write(rnd, members)


def tar_and_pickle(rnd: random.Random, markers: Markers) -> tuple[str, bytes]:
    """The name in the first header is the begin of a pickle, which takes in the rest of the archive or ends at once."""
    out = bytearray(_write(rnd, [_member(rnd, markers) for _ in range(2)]))
    while len(out) < 2 * BLOCK:
        out += bytes(BLOCK)
    proto = rnd.choice([b"\x80\x04", b"\x80\x02", b""])
    body = stream(rnd, markers, protocol=1, globals_=rnd.choice([1, 2]))
    if rnd.random() < 0.5 and len(proto + body) < 100:
        start = proto + body
    else:
        start = proto + b"B" + struct.pack("<I", len(out) - len(proto) - 5)
        out += b"0" + body
    out[0 : len(start)] = start
    repair(out, 0)
    return rnd.choice(["a.tar", "a.pkl", "a.pt", "a.bin", "a.joblib"]), bytes(out)
