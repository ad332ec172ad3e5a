"""Loads streams that are composed of allowed names with the real libraries, and compares with what Sentinel says.

    python oracles/live/run.py --streams 3000 --seed 1

Exits with 1 when a stream passes that did something when it was loaded. Without numpy, scikit-learn, pandas, torch and
joblib it says so and exits with 0, or with 2 under --require.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import pickletools
import io
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402
from cases import cases  # noqa: E402
import mutate  # noqa: E402
from generate import JOBLIB, Stream  # noqa: E402
from minimise import minimise  # noqa: E402
from names import Names, read_names  # noqa: E402
from saves import Save, read_saves  # noqa: E402

ROOT = HERE.parent.parent
NEEDED = ("numpy", "scipy", "sklearn", "pandas", "joblib", "torch")
CHUNK = 1500
# One in so many of the streams that do not pass is loaded all the same.
OTHERS = 20
# A scan that takes longer does not end.
SCAN_SECONDS = 20
LOADERS = {0: "pickle.loads", 1: "joblib.load", 2: "pure-Python pickle", 16: "pickle.loads, stored functions tell of calls"}
FAMILIES = ("sweeps", "trees", "joblib", "mutations")


class Loader:
    """The process that has the libraries."""

    def __init__(self, names: Path, folder: Path) -> None:
        # A backtrace of Rust opens the files of its debugging information.
        environment = {**os.environ, "RUST_BACKTRACE": "0", "MALLOC_PERTURB_": "165", "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
        self.folder = folder
        self.process = subprocess.Popen([sys.executable, str(HERE / "loader.py"), str(names)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(folder / "loader.err").open("wb"), text=True, env=environment)

    def ask(self, **command: object) -> dict:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if answer == "":
            raise RuntimeError("the loader ended:\n" + (self.folder / "loader.err").read_text(errors="replace")[-3000:])
        return json.loads(answer)

    def load(self, streams: list[tuple[int, bytes]], alone: bool = False) -> list[dict]:
        if not streams:
            return []
        file, out = self.folder / "streams", self.folder / "told"
        file.write_bytes(b"".join(struct.pack("<IB", len(data), kind) + data for kind, data in streams))
        self.ask(op="load", file=str(file), out=str(out), alone=alone)
        return [json.loads(line) for line in out.read_text().splitlines()]

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


class Scanner:
    """Sentinel, from its sources."""

    def __init__(self, batch: Path) -> None:
        self.batch = batch
        self.stuck: list[bytes] = []
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(["node", str(self.batch)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.rest = b""

    def scan(self, streams: list[tuple[int, bytes]]) -> list[dict]:
        """What it says of each. One that it does not get through is kept, and the next ones are asked anew."""
        answers: list[dict] = []
        while len(answers) < len(streams):
            if self.ask(streams[len(answers) :], answers):
                continue
            self.stuck.append(streams[len(answers)][1])
            answers.append({"pass": False, "level": -1, "rules": [], "first": "the scanner does not get through"})
            self.process.kill()
            self.process.wait()
            self.start()
        return answers

    def ask(self, streams: list[tuple[int, bytes]], answers: list[dict]) -> bool:
        """Whether all were answered."""
        assert self.process.stdin is not None and self.process.stdout is not None
        stdin, out = self.process.stdin, self.process.stdout.fileno()

        def feed() -> None:
            with contextlib.suppress(OSError):
                for kind, data in streams:
                    stdin.write(struct.pack("<IB", len(data), 1 if kind & 15 == JOBLIB else 0) + data)
                stdin.flush()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        left = len(streams)
        while left:
            if not select.select([out], [], [], SCAN_SECONDS)[0]:
                return False
            piece = os.read(out, 1 << 16)
            if not piece:
                return False
            *lines, self.rest = (self.rest + piece).split(b"\n")
            answers.extend(json.loads(line) for line in lines)
            left -= len(lines)
        feeder.join()
        return True

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


def normal(text: str) -> str:
    """A detail without its numbers."""
    return re.sub(r"0x[0-9a-f]+|\d+", "#", re.sub(r"/\S*/site-packages/", "", text))[:80]


def acts(told: dict) -> tuple[str, str, tuple[str, ...]] | None:
    """The first thing that a stream did: what, with what, where."""
    for event, detail, where in told.get("events", ()):
        return event, detail, tuple(where)
    for text in told.get("changed", ()):
        return "changed", text, ()
    return None


def signature(act: tuple[str, str, tuple[str, ...]], label: str) -> str:
    """What misses of one kind have in common; `label` tells crashes apart that no frame of Python stands in."""
    event, detail, where = act
    if event == "crash" and all(place.startswith("pickle.py:") for place in where):
        return f"crash | {label.rpartition(': ')[2]} | {' < '.join(where[:1])}"
    return f"{event} | {'' if event in ('crash', 'open', 'compile', 'exec') else normal(detail)} | {' < '.join(where[:3])}"


@dataclass
class Miss:
    """A stream that passes and did something."""

    stream: Stream
    act: tuple[str, str, tuple[str, ...]]
    small: bytes = b""
    reduced: bool = False
    same: int = 1
    labels: Counter = field(default_factory=Counter)


class Run:
    """Counts, and the misses of each kind."""

    def __init__(self, loader: Loader, scanner: Scanner) -> None:
        self.loader = loader
        self.scanner = scanner
        self.counts: dict[str, Counter] = defaultdict(Counter)
        self.misses: dict[str, list[Miss]] = defaultdict(list)
        self.outcomes: Counter = Counter()

    def chunk(self, streams: list[Stream]) -> None:
        """Scan all, and load what passes; of the others a few, which shows how many of them act."""
        pairs = [(one.loader, one.data) for one in streams]
        answers = self.scanner.scan(pairs)
        chosen = [at for at, answer in enumerate(answers) if answer["pass"] or at % OTHERS == 0]
        for one, answer in zip(streams, answers, strict=True):
            self.counts[one.family]["streams"] += 1
            self.counts[one.family]["passed"] += answer["pass"]
            if answer["level"] < 0:
                self.counts[one.family]["scanner failed"] += 1
        again = []
        for at, loaded in zip(chosen, self.loader.load([pairs[at] for at in chosen]), strict=True):
            one = streams[at]
            counts = self.counts[one.family]
            counts["loaded"] += 1
            if answers[at]["pass"]:
                self.outcomes[re.sub(r":.*", "", loaded["outcome"], flags=re.S)] += 1
            if "with others" in loaded:
                counts["crashed with others only"] += 1
            act = acts(loaded)
            if act is None:
                continue
            counts["acted"] += 1
            if answers[at]["pass"]:
                again.append((one, act))
        # In a process of its own, without what others left behind.
        alone = self.loader.load([(one.loader, one.data) for one, _ in again], alone=True)
        for (one, _), loaded in zip(again, alone, strict=True):
            act = acts(loaded)
            if act is None:
                self.counts[one.family]["acted with others only"] += 1
                continue
            self.counts[one.family]["misses"] += 1
            self.counts[one.family][f"by {act[0]}"] += 1
            known = self.misses[signature(act, one.label)]
            if known:
                known[0].same += 1
                known[0].labels[one.label] += 1
            else:
                known.append(Miss(one, act, one.data, labels=Counter([one.label])))

    def reduce(self, most: int, seconds: float) -> None:
        """Minimise the misses, the most frequent kinds first."""
        chosen = [miss for several in sorted(self.misses.values(), key=lambda several: -several[0].same) for miss in several[:1]][:most]
        keys = [signature(miss.act, miss.stream.label) for miss in chosen]

        def holds(asked: list[tuple[int, bytes]]) -> list[bool]:
            pairs = [(chosen[number].stream.loader, data) for number, data in asked]
            answers = self.scanner.scan(pairs)
            passed = [at for at, answer in enumerate(answers) if answer["pass"]]
            told = self.loader.load([pairs[at] for at in passed])
            result = [False] * len(asked)
            for at, loaded in zip(passed, told, strict=True):
                act = acts(loaded)
                result[at] = act is not None and signature(act, chosen[asked[at][0]].stream.label) == keys[asked[at][0]]
            return result

        small = minimise([miss.stream.data for miss in chosen], holds, seconds)
        alone = self.loader.load([(miss.stream.loader, data) for miss, data in zip(chosen, small, strict=True)], alone=True)
        for miss, data, loaded in zip(chosen, small, alone, strict=True):
            act = acts(loaded)
            if act is not None:
                miss.small, miss.act, miss.reduced = data, act, True


def disassemble(data: bytes) -> str:
    """The opcodes of a stream, as far as they can be read."""
    out = io.StringIO()
    with contextlib.suppress(Exception):
        pickletools.dis(data, out)
    return out.getvalue()


def names_in(data: bytes) -> list[str]:
    """The globals of a stream, as far as they can be read."""
    found = []
    texts: list[str] = []
    with contextlib.suppress(Exception):
        for opcode, arg, _ in pickletools.genops(data):
            if opcode.name in ("GLOBAL", "INST"):
                found.append(str(arg).replace(" ", "."))
            elif opcode.name == "STACK_GLOBAL":
                found.append(".".join(texts[-2:]))
            elif isinstance(arg, str):
                texts.append(arg)
    return list(dict.fromkeys(found))


def shape_of(data: bytes) -> tuple[str, ...]:
    """What a small stream is made of: its opcodes and globals, without constants."""
    found = []
    with contextlib.suppress(Exception):
        for opcode, arg, _ in pickletools.genops(data):
            if opcode.name in ("GLOBAL", "INST"):
                found.append(str(arg))
            elif opcode.name not in ("PROTO", "STOP", "MARK") and "PUT" not in opcode.name and opcode.name != "MEMOIZE":
                found.append(re.sub(r"BININT.|LONG.?", "BININT", opcode.name))
    return tuple(found)


def kinds_of(run: Run) -> list[tuple[str, list[Miss], int]]:
    """Misses by what they did and what is left of them when they are small; the most frequent first."""
    kinds: dict[tuple, list[Miss]] = defaultdict(list)
    for key, several in run.misses.items():
        for miss in several[:1]:
            event, detail, where = miss.act
            reduced = (event, where[:2], tuple(sorted(names_in(miss.small))), shape_of(miss.small)) if miss.reduced else (key,)
            kinds[reduced].append(miss)
    found = []
    for several in kinds.values():
        several.sort(key=lambda miss: (len(miss.small), miss.small))
        found.append((several[0].act[0], several, sum(miss.same for miss in several)))
    return sorted(found, key=lambda kind: (-kind[2], kind[1][0].small))


def write_misses(run: Run, out: Path, headline: str) -> list[str]:
    """misses.md to read, misses.jsonl to use, and the streams themselves; gives a line for each kind."""
    shutil.rmtree(out / "streams", ignore_errors=True)
    (out / "streams").mkdir(parents=True)
    told = []
    with (out / "misses.jsonl").open("w") as lines, (out / "misses.md").open("w", errors="backslashreplace") as text:
        text.write(f"# Misses\n\n{headline}\n\n")
        number = 0
        for at, (event, several, same) in enumerate(kinds_of(run), 1):
            first = several[0]
            labels = sum((miss.labels for miss in several), Counter())
            _, detail, where = first.act
            head = f"{event}: {normal(detail)!r}, by {', '.join(names_in(first.small)) or 'no name that can be read'}"
            told.append(f"{same:6}  {head}")
            text.write(f"## {at}. {head}\n\n{same} streams. Tried: {'; '.join(label for label, _ in labels.most_common(4))}\n\n")
            for miss in several:
                number += 1
                suffix = "joblib" if miss.stream.loader & 15 == JOBLIB else "pkl"
                file = f"{number:04}.{suffix}"
                (out / "streams" / file).write_bytes(miss.small)
                event, detail, where = miss.act
                lines.write(json.dumps({"file": file, "kind": at, "family": miss.stream.family, "label": miss.stream.label, "loader": miss.stream.loader, "event": event, "detail": detail, "where": where, "names": names_in(miss.small), "same": miss.same, "hex": miss.small.hex(), "whole": miss.stream.data.hex()}) + "\n")
                if miss is first:
                    text.write(f"- file: {file} ({miss.stream.family}, {len(miss.small)} of {len(miss.stream.data)} bytes, {LOADERS[miss.stream.loader & 31]})\n- tried: {miss.stream.label}\n- names: {', '.join(names_in(miss.small))}\n- event: {event}: {detail[:200]!r}\n- where: {' < '.join(where)}\n- hex: {miss.small.hex()}\n\n```\n{disassemble(miss.small)}```\n\n")
                else:
                    text.write(f"- also: {file}: {miss.small.hex()[:400]}\n")
            text.write("\n")
    return told


def honest(run: Run, folders: list[Path], most: int) -> tuple[list[Save], list[str]]:
    """The saves that mutations are made of, and those that do not pass or that do something: then the scanner or the
    oracle is wrong. Names that the catalogue does not allow are neither."""
    saves = read_saves(folders, most)
    pairs = [(0, save.data) for save in saves]
    scanned = run.scanner.scan(pairs)
    told = run.loader.load(pairs)
    good, bad = [], []
    counts = run.counts["honest saves"]
    for save, scan, loaded in zip(saves, scanned, told, strict=True):
        act = acts(loaded)
        if act is not None and act[0] == "pickle.find_class":
            counts["with names that are not allowed"] += 1
            continue
        if act is None and loaded["outcome"] != "ok":
            counts["cannot be loaded here"] += 1
            continue
        if act is not None:
            bad.append(f"{save.name}: did something: {act[0]}: {act[1][:100]} at {' < '.join(act[2][:3])}")
            continue
        # What does not pass is material all the same: the streams of a seed do not depend on the scanner.
        save.prepare()
        good.append(save)
        if scan["pass"]:
            counts["pass and do nothing"] += 1
        else:
            bad.append(f"{save.name}: does not pass: {scan['first']}")
    counts["do not"] += len(bad)
    return good, bad


def streams_of(kinds: list[str], seed: int, names: Names, saves: list[Save], packages: frozenset[str] = frozenset()) -> dict[str, Iterator[Stream]]:
    """A source of streams for each family."""
    made: dict[str, Iterator[Stream]] = {}
    for kind in kinds:
        if kind == "sweeps":
            made[kind] = generate.sweeps(seed, names, packages)
        elif kind == "trees":
            made[kind] = generate.trees(seed, names, saves)
        elif kind == "joblib":
            made[kind] = mutate.joblib_streams(seed, names, saves)
        elif kind == "mutations":
            if saves:
                made[kind] = mutate.mutations(seed, names, saves)
        else:
            raise SystemExit(f"no such family: {kind}")
    return made


def main() -> int:
    """Run and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(FAMILIES), help="families of streams")
    parser.add_argument("--out", type=Path, default=ROOT / ".cache" / "live" / "out", help="where misses go")
    parser.add_argument("--minimise", type=int, default=40, help="how many kinds of misses are made smaller")
    parser.add_argument("--minimise-seconds", type=float, default=90, help="and for how long")
    parser.add_argument("--saves", type=Path, nargs="*", default=[ROOT / ".cache" / "corpus"], help="folders of honest saves")
    parser.add_argument("--most-saves", type=int, default=0, help="of these at most; 0: all")
    parser.add_argument("--bundles", type=Path, help="a folder with names.mjs and batch.mjs, made earlier; by default they are made from the sources")
    parser.add_argument("--packages", default="", help="of which the sweeps take names; by default all")
    parser.add_argument("--require", action="store_true", help="fail where the libraries are missing")
    arguments = parser.parse_args()
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        print(f"skipped: not installed: {', '.join(missing)}")
        return 2 if arguments.require else 0
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="live-run-"))
    try:
        for source in ("names", "batch"):
            if arguments.bundles is not None:
                shutil.copy(arguments.bundles / f"{source}.mjs", folder)
                continue
            subprocess.run(["node", str(HERE.parent / "bundle.mjs"), str(HERE / f"{source}.ts"), str(folder / f"{source}.mjs")], check=True)
        listed = subprocess.run(["node", str(folder / "names.mjs")], check=True, capture_output=True).stdout
        (folder / "names.json").write_bytes(listed)
        loader = Loader(folder / "names.json", folder)
        scanner = Scanner(folder / "batch.mjs")
        told = loader.ask(op="kinds")
        names = read_names(json.loads(listed), told["kinds"])
        print(f"{len(names.every)} of {len(json.loads(listed)['names'])} allowed names are here ({len(names.classes)} classes, {len(names.functions)} functions, {len(names.stored)} stored functions), after {time.monotonic() - started:.0f} s", flush=True)
        run = Run(loader, scanner)
        saves, bad = honest(run, arguments.saves, arguments.most_saves)
        kinds = arguments.kinds.split(",")
        if not saves and "mutations" in kinds:
            print("no saves: no mutations", flush=True)
            if arguments.require:
                return 2
        sources = streams_of(kinds, arguments.seed, names, saves, frozenset(arguments.packages.split(",")) - {""})
        made = list(cases())
        for at in range(0, len(made), CHUNK):
            run.chunk(made[at : at + CHUNK])
        left = {kind: arguments.streams // len(sources) for kind in sources}
        while any(left.values()):
            for kind, source in sources.items():
                count = min(CHUNK, left[kind])
                left[kind] -= count
                if count:
                    run.chunk(list(islice(source, count)))
        loaded = time.monotonic() - started
        run.reduce(arguments.minimise, arguments.minimise_seconds)
        lines = []
        for family, counts in run.counts.items():
            if family == "honest saves":
                lines.append("honest saves: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
                lines.extend(f"  {text}" for text in bad[:20])
                continue
            lines.append(f"{family}: {counts['streams']} streams, {counts['passed']} passed, {counts['loaded']} loaded, {counts['acted']} acted, {counts['misses']} misses" + "".join(f"; {count} {what}" for what, count in sorted(counts.items()) if what not in ("streams", "passed", "loaded", "acted", "misses")))
        lines.append(f"What passes ended with: " + ", ".join(f"{count} {what}" for what, count in run.outcomes.most_common(12)))
        lines.append(f"seed {arguments.seed}; {loaded:.0f} s, and {time.monotonic() - started - loaded:.0f} s to make misses smaller")
        arguments.out.mkdir(parents=True, exist_ok=True)
        if scanner.stuck:
            lines.append(f"{len(scanner.stuck)} streams that the scanner does not get through in {SCAN_SECONDS} s, or dies of: {arguments.out / 'stuck'}")
        told = write_misses(run, arguments.out, "\n".join(lines))
        shutil.rmtree(arguments.out / "stuck", ignore_errors=True)
        (arguments.out / "stuck").mkdir()
        for number, data in enumerate(scanner.stuck):
            (arguments.out / "stuck" / f"{number:04}.pkl").write_bytes(data)
        print("\n".join([*lines, *told[:40]]))
        loader.close()
        scanner.close()
        return 1 if run.misses or scanner.stuck else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
