"""Pickles without a mark, whole, short or broken, under names that promise something, nothing, or words."""

from __future__ import annotations

import io
import random
import struct
import tarfile
import zipfile

from .pickles import Markers, found_by_name, stream

Made = tuple[str, bytes]

NAMES = ["a", "b", "data", "weights.dat", "model.bin", "a.pkl", "checkpoint.0", "piece.part", "README.bak"]
WORDS = ["labels.txt", "labels", "vocab.txt", "README", "readme.md", "classes.names", "LICENSE", "a.csv", "INSTALLER", "config.ini", "RECORD"]


def _named(rnd: random.Random, markers: Markers) -> bytes:
    """A global whose module may be there, written in one of the ways that are no whole pickle by themselves."""
    module = markers.next() + rnd.choice([b"", b"", b"", b".x", b"-x", b".", b". x", b".a/b", "é".encode()])
    name = rnd.choice([b"f", b"f", b"g.h", b"two words", b""])
    return rnd.choice(
        [
            found_by_name(module, name),
            found_by_name(module, name),
            b"(i" + module + b"\n" + name + b"\n",
            b"i" + module + b"\n" + name + b"\n",
            b"X" + struct.pack("<I", len(module)) + module + b"\x8c\x01f\x93",
        ]
    )


def _behind(rnd: random.Random, markers: Markers) -> bytes:
    return rnd.choice([b"", b"", b"", b".", b"0", b"\xff", b"\n", b"R", b"dog\ncow\n", b"0N.", _named(rnd, markers), b")R", b"e"])


def _before(rnd: random.Random) -> bytes:
    """Streams that end at once, behind which a loader that is called again goes on."""
    return rnd.choice([b"", b"", b"", b"N.", b"].", b"I1\n.", b"N.N.", b"(."])


def short_stream(rnd: random.Random, markers: Markers) -> bytes:
    if rnd.random() < 0.15:
        return rnd.choice([b"N.", b"].", b"I1\n.", b"N.N.N."]) + stream(rnd, markers, protocol=rnd.choice([0, 1]))
    return _before(rnd) + _named(rnd, markers) + _behind(rnd, markers)


def _name(rnd: random.Random) -> str:
    return rnd.choice(WORDS if rnd.random() < 0.3 else NAMES)


def short_file(rnd: random.Random, markers: Markers) -> Made:
    """Such a pickle as a file, or several as members of an archive."""
    how = rnd.random()
    if how < 0.4:
        return _name(rnd), short_stream(rnd, markers)
    out = io.BytesIO()
    members = [(_name(rnd), short_stream(rnd, markers)) for _ in range(rnd.randrange(1, 4))]
    if how < 0.7:
        with zipfile.ZipFile(out, "w", rnd.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
            for number, (name, data) in enumerate(members):
                archive.writestr(f"{number}/{name}", data)
        return rnd.choice(["s.zip", "s.mar", "s.nemo", "s"]), out.getvalue()
    with tarfile.open(fileobj=out, mode=rnd.choice(["w", "w:gz"])) as archive:
        for number, (name, data) in enumerate(members):
            info = tarfile.TarInfo(f"{number}/{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return rnd.choice(["s.tar", "s.nemo", "s"]), out.getvalue()
