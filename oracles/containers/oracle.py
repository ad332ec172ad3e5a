"""
Asks the real loaders which globals of a file they would look up.

Reads paths, one a line, and answers each with a line of JSON: {"file", "seen": {loader: [global, ...]}, "words"}, where
"words" are the globals that nobody looks up but in lines of text (words.py).

Nothing that a file names is imported or called. Every unpickler here answers a lookup with a stub, except for the names
in REAL, without which the formats themselves cannot be read; an audit hook ends the process if some loader should reach
Python's own lookup.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import hashlib
import importlib
import io
import json
import lzma
import os
import resource
import signal
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import inert
from inert import Late
from words import is_lines_of_text

DEPTH = 4
PART_BYTES = 1 << 22
MEMORY = 3 << 30
MEMBERS = 300
TORCH_RAW = ("data", "constants", "tensors")

libraries: Any = None
scratch = ""


@dataclass
class Part:
    """What one reader takes out of a container."""

    reader: str
    name: str
    content: bytes
    cut: bool
    # A storage of a checkpoint: its readers take it as raw bytes.
    raw: bool = False


def read_on(file: Any) -> tuple[bytes, bool]:
    """What a reader gives, and whether it failed then."""
    out = b""
    try:
        while len(out) < PART_BYTES and (part := file.read(256)):
            out += part
    except (Exception, Late):
        return out, True
    return out, False


def in_zip(data: bytes) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        folders = {entry.filename.lower()[: -len("data.pkl")] for entry in entries if entry.filename.lower().endswith("/data.pkl")}
        for entry in entries:
            with contextlib.suppress(Exception), archive.open(entry) as file:
                content, cut = read_on(file)
                parts = entry.filename.lower().rsplit("/", 2)
                raw = len(parts) == 3 and parts[1] in TORCH_RAW and f"{parts[0]}/" in folders
                protocol = content[:1] == b"\x80" and content[1:2] in (b"\2", b"\3", b"\4", b"\5")
                yield Part("zipfile", entry.filename, content, cut, raw and not protocol and not parts[2].endswith(".pkl"))


def in_tar(data: bytes, ignore_zeros: bool) -> Iterator[Part]:
    label = "tarfile ignore_zeros" if ignore_zeros else "tarfile"
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:", ignore_zeros=ignore_zeros) as archive:
        members = []
        with contextlib.suppress(Exception):
            while len(members) < MEMBERS and (member := archive.next()) is not None:
                members.append(member)
        archive._loaded = True  # type: ignore[attr-defined]
        for member in members:
            with contextlib.suppress(Exception):
                file = archive.extractfile(member)
                if file is not None:
                    content, cut = read_on(getattr(file, "raw", file))
                    yield Part(label, member.name, content, cut)


def in_tar_stream(data: bytes) -> Iterator[Part]:
    """Read forwards once: compressed data up to the end of its first stream."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r|*") as archive:
        for _ in range(MEMBERS):
            member = archive.next()
            if member is None:
                return
            file = archive.extractfile(member) if member.isreg() else None
            if file is not None:
                content, cut = read_on(getattr(file, "raw", file))
                yield Part("tarfile r|*", member.name, content, cut)


def unpacked(data: bytes, name: str) -> Iterator[Part]:
    readers: list[tuple[str, Callable[[], Any]]] = [
        ("gzip", lambda: gzip.open(io.BytesIO(data))),
        ("bz2", lambda: bz2.open(io.BytesIO(data))),
        ("lzma", lambda: lzma.open(io.BytesIO(data))),
        ("lzma FORMAT_ALONE", lambda: lzma.open(io.BytesIO(data), format=lzma.FORMAT_ALONE)),
        *(libraries.unpackers(data) if libraries else ()),
    ]
    inner = name.rsplit(".", 1)[0] if "." in name else name
    for label, opener in readers:
        with contextlib.suppress(Exception):
            yield Part(label, inner, *read_on(opener()))
    with contextlib.suppress(zlib.error):
        tool = zlib.decompressobj()
        content = tool.decompress(data, PART_BYTES)
        yield Part("zlib", inner, content, not tool.eof)


def every(path: str, data: bytes, within: str, depth: int, done: set[bytes], part: Part | None = None) -> None:
    """Gives a file to each loader, and what a container holds to each again."""
    cut = part is not None and part.cut
    name = os.path.basename(path)
    key = hashlib.sha256(name.encode(errors="replace") + bytes([part is not None and part.raw, cut]) + data).digest()
    if key in done or not data:
        return
    done.add(key)
    if part is None or not part.raw:
        with _within(within):
            inert.reading_words = is_lines_of_text(name, data)
            inert.plain(data, "pickle.load", cut=cut)
            if libraries and not cut:
                libraries.by_path(path, data)
            inert.reading_words = False
    if depth == 0:
        return
    inner: list[Part] = []
    for parts in (in_zip(data), in_tar(data, False), in_tar(data, True), in_tar_stream(data), unpacked(data, name)):
        inert.in_time(lambda: inner.extend(parts))
    for one in inner:
        safe = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in os.path.basename(one.name))
        # No folder for each: removing one takes longer than all the loaders do.
        inner_path = os.path.join(scratch, str(depth), safe[-80:].lstrip(".") or "x")
        with open(inner_path, "wb") as file:
            file.write(one.content)
        # A loader of a member counts for who opened the outermost container.
        every(inner_path, one.content, within or one.reader, depth - 1, done, one)
        os.unlink(inner_path)


@contextlib.contextmanager
def _within(name: str) -> Iterator[None]:
    if name:
        inert.loaders.append(name)
    try:
        yield
    finally:
        if name:
            inert.loaders.pop()


def _alarm(_signal: int, _frame: Any) -> None:
    raise Late


def main() -> None:
    global libraries, scratch
    inert.apart = "--apart" in sys.argv
    if "--plain" not in sys.argv:
        libraries = importlib.import_module("libraries")
        libraries.patch()
    inert.guard()
    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
    signal.signal(signal.SIGALRM, _alarm)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    memory = "/dev/shm"
    with tempfile.TemporaryDirectory(dir=memory if os.path.isdir(memory) else None) as scratch:
        for depth in range(DEPTH + 1):
            os.mkdir(os.path.join(scratch, str(depth)))
        for line in sys.stdin:
            path = line.rstrip("\n")
            for names in (inert.seen, inert.in_words, inert.elsewhere):
                names.clear()
            with open(path, "rb") as file:
                data = file.read()
            every(path, data, "", DEPTH, set())
            answer = {"file": path, "seen": {name: sorted(names) for name, names in inert.seen.items() if names}, "words": sorted(inert.in_words - inert.elsewhere)}
            out.write(json.dumps(answer) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
