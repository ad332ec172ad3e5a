"""Compares what the readers looked up with what the scanner reports."""

from __future__ import annotations

import json
import pickletools
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generate import split
from oracle import COMPUTED, EXTENSION, PERSISTENT

#: A reader's bit in the oracle's answers, and its name in the facts.
READER_NAMES = {1: "c", 2: "c-unbuffered", 4: "python"}
NAMES = {ord(op.code): op.name for op in pickletools.opcodes}
MISSES = ("miss", "clean-but-acts", "call-miss")


@dataclass
class Answer:
    """What all readers of all Pythons make of one stream."""

    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    called: set[tuple[str, str]] = field(default_factory=set)
    mapped: set[tuple] = field(default_factory=set)

    def add(self, line: str) -> None:
        """Take in the answer of one Python."""
        said = json.loads(line)
        for module, name, bits in said["pairs"]:
            self.pairs[module, name] = self.pairs.get((module, name), 0) | bits
        self.called |= {tuple(pair) for pair in said["called"]}
        for module, name, target, walks in said["mapped"]:
            self.mapped.add(((module, name), None if target is None else tuple(target), walks))


@dataclass
class Tally:
    """Counts over many streams, and the streams that show something."""

    counts: Counter = field(default_factory=Counter)
    shown: list[dict] = field(default_factory=list)

    MOST_SHOWN = 2000

    def show(self, kind: str, stream: bytes, detail: object) -> None:
        """Remember a stream, as long as there is room for its kind."""
        self.counts[kind] += 1
        if self.counts[kind] <= self.MOST_SHOWN // 20:
            self.shown.append({"kind": kind, "stream": stream.hex(), "detail": detail})

    def add(self, other: Tally) -> None:
        """Take in the counts of another part of the run."""
        self.counts += other.counts
        # Misses are few, and all of them are wanted.
        self.shown += [entry for entry in other.shown if entry["kind"] in MISSES]
        rest = [entry for entry in other.shown if entry["kind"] not in MISSES]
        self.shown += rest[: max(0, self.MOST_SHOWN - len(self.shown))]


def is_dynamic(pair: tuple[str, str], dynamic: Iterable[tuple[str, str]]) -> bool:
    """A name that is computed is reported by its constant parts."""
    return any(all(known in ("?", part) for known, part in zip(parts, pair)) for parts in dynamic)


def compare_one(stream: bytes, answer: Answer, ours: dict, tally: Tally) -> None:
    """One stream."""
    counts = tally.counts
    counts["streams"] += 1
    globals_ = ours["globals"]
    reported = {tuple(entry["pair"]) for entry in globals_}
    dynamic = {tuple(entry["pair"]) for entry in ours["dynamic"]}
    clean = ours["verdict"] == "pass"
    counts[f"verdict {ours['verdict']}"] += 1
    if answer.pairs:
        counts["resolving"] += 1
    missed = [pair for pair in answer.pairs if pair not in reported and not is_dynamic(pair, dynamic)]
    if missed:
        tally.show("miss", stream, missed)
    if clean:
        allowed = reported - {tuple(pair) for pair in ours["disallowed"]}
        acts = [pair for pair in answer.pairs if pair not in allowed] + [pair for pair in answer.called if pair == PERSISTENT]
        if acts:
            tally.show("clean-but-acts", stream, acts)
    calls = {tuple(entry["pair"]) for entry in globals_ if entry["called"]}
    uncalled = [pair for pair in answer.called if pair in reported and pair not in calls]
    if uncalled:
        tally.show("call-miss", stream, uncalled)
    mapped = {(tuple(entry["pair"]), None if entry["mapped"] is None else tuple(entry["mapped"]), entry["walks"]) for entry in globals_}
    unmapped = [entry for entry in answer.mapped if entry[0] in reported and entry not in mapped]
    if unmapped:
        tally.show("map-miss", stream, unmapped)
    readers: dict[tuple[str, str], set[str]] = {}
    for entry in globals_:
        readers.setdefault(tuple(entry["pair"]), set()).update(entry["readers"])
    unnamed = [
        (pair, name) for pair, bits in answer.pairs.items() if pair in readers for bit, name in READER_NAMES.items() if bits & bit and name not in readers[pair]
    ]
    if unnamed:
        tally.show("reader-miss", stream, unnamed)
    compare_extras(stream, answer, globals_, dynamic, tally)


def has_extras(answer: Answer, ours: dict) -> bool:
    """Something is reported that was not looked up: worth asking again, more thoroughly."""
    return any(tuple(entry["pair"]) not in answer.pairs and isinstance(entry["at"], int) for entry in ours["globals"]) or any(
        not any(is_dynamic(seen, [tuple(entry["pair"])]) for seen in answer.pairs) for entry in ours["dynamic"]
    )


def compare_extras(stream: bytes, answer: Answer, globals_: list[dict], dynamic: set, tally: Tally) -> None:
    """What is reported and no reader looked up."""
    constant = {pair for pair in answer.pairs if COMPUTED not in pair and pair[0] != EXTENSION}
    outer = {tuple(entry["pair"]) for entry in globals_ if isinstance(entry["at"], int)}
    if constant and outer == constant:
        tally.counts["exact"] += 1
    if constant:
        tally.counts["resolving constants"] += 1
    for entry in globals_:
        pair = tuple(entry["pair"])
        if pair in answer.pairs:
            continue
        if not isinstance(entry["at"], int):
            tally.counts["extra: in bytes that may be a pickle"] += 1
        else:
            tally.show(f"extra: {extra_kind(entry)}", stream, [pair, entry["at"], entry["readers"]])
    for pair in dynamic:
        if not any(is_dynamic(seen, [pair]) for seen in answer.pairs):
            tally.show("extra: dynamic", stream, pair)


def extra_kind(entry: dict) -> str:
    """Which readers are said to look it up."""
    return "+".join(entry["readers"]) or "none"


def streams_of(path: Path) -> Iterator[bytes]:
    """The streams in a file."""
    data = path.read_bytes()
    at = 0
    while at + 4 <= len(data):
        (length,) = struct.unpack_from("<I", data, at)
        yield data[at + 4 : at + 4 + length]
        at += 4 + length


def compare_old(stream: bytes, answer: Answer, ours: dict, tally: Tally) -> None:
    """Python 2: what it alone reads need not be listed, but nothing that it looks up may pass as clean."""
    allowed = {tuple(entry["pair"]) for entry in ours["globals"]} - {tuple(pair) for pair in ours["disallowed"]}
    if answer.pairs:
        tally.counts["python 2: resolving"] += 1
    unlisted = [pair for pair in answer.pairs if pair not in {tuple(entry["pair"]) for entry in ours["globals"]}]
    if unlisted:
        tally.show("python 2: not listed", stream, unlisted)
    if ours["verdict"] == "pass" and any(pair not in allowed for pair in answer.pairs):
        tally.show("clean-but-acts", stream, list(answer.pairs))


def find_extras(streams: Path, answers: dict[Path, bool], ours: Path) -> dict[int, bytes]:
    """The streams with extras, by their number."""
    lines = zip(streams_of(streams), *(path.open(encoding="ascii") for path, old in answers.items() if not old), strict=False)
    found = {}
    for number, ((stream, *said), mine) in enumerate(zip(lines, ours.open(encoding="utf-8"), strict=True)):
        answer = Answer()
        for line in said:
            answer.add(line)
        if has_extras(answer, json.loads(mine)):
            found[number] = stream
    return found


def compare_files(streams: Path, answers: dict[Path, bool], ours: Path, thorough: dict[int, str]) -> Tally:
    """All streams of a chunk. `answers` tells which files are of Python 2; `thorough` has more answers for some streams."""
    tally = Tally()
    files = {path.open(encoding="ascii"): old for path, old in answers.items()}
    mine = ours.open(encoding="utf-8")
    for number, stream in enumerate(streams_of(streams)):
        answer, old = Answer(), Answer()
        for file, is_old in files.items():
            (old if is_old else answer).add(file.readline())
        if number in thorough:
            answer.add(thorough[number])
        said = json.loads(mine.readline())
        compare_one(stream, answer, said, tally)
        compare_old(stream, old, said, tally)
    for file in [*files, mine]:
        if file.readline() != "":
            raise RuntimeError(f"{file.name} holds more answers than there are streams")
        file.close()
    return tally


def disassemble(stream: bytes) -> str:
    """Opcodes with their offsets. Knows no frames and goes on behind errors."""
    lines = []
    at = 0
    for op in split(stream):
        lines.append(f"{at:6} {NAMES.get(op[0], '?'):18} {op[1:]!r}")
        at += len(op)
    return "\n".join(lines)
