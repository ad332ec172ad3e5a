"""Compares the arguments of calls with what CPython's pure-Python unpickler passes.

    python3 oracles/evidence/run.py --streams 3000 --seed 1

Nothing that a stream names is imported: `find_class` gives stubs, which note what they are called with.
Exits with 1 when a call that CPython makes has other arguments in the facts, or is not there.
"""

from __future__ import annotations

import argparse
import copyreg
import io
import json
import pickle
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "agreement"))

from generate import Corpus, streams  # noqa: E402

#: Calls of one global that the facts hold (KEPT_CALLS), and how deep and wide they hold values.
KEPT_CALLS = 4
DEPTH = 4
ITEMS = 32


class Result:
    """What a call gives; takes everything."""

    def __call__(self, *_args, **_kwargs):
        return Result()

    def __setstate__(self, _state):
        pass

    def __setitem__(self, _key, _value):
        pass

    def append(self, _item):
        """Take an item."""

    def extend(self, _items):
        """Take items."""

    def add(self, _item):
        """Take an item."""


class Log:
    """The calls of the load that is running: (global, opcode offset, arguments)."""

    calls: list = []
    reader: "Reader | None" = None


class Meta(type):
    """Stub classes: calling one is noted."""

    def __call__(cls, *args):
        Log.calls.append((cls.origin, Log.reader.at, plain(args)))
        return Result()

    def __setitem__(cls, _key, _value):
        pass


def new(cls, *args, **kwargs):
    """`__new__` of every stub."""
    Log.calls.append((cls.origin, Log.reader.at, plain((*args, kwargs) if kwargs else args)))
    return Result()


STUBS: dict = {}


def stub(origin):
    """The class that stands for a pair."""
    if origin not in STUBS:
        STUBS[origin] = Meta("Stub", (), {"origin": origin, "__new__": new})
    return STUBS[origin]


def plain(value, depth=0):
    """A constant as JSON; None for what is no constant."""
    if value is None:
        return ["none"]
    if type(value) in (bool, float, str):
        return [type(value).__name__, value]
    if type(value) is int:
        return ["int", str(value) if abs(value) < 1 << 250 else None]
    if type(value) in (bytes, bytearray):
        return ["bytes", bytes(value[:1024]).decode("latin-1"), len(value)]
    if depth > DEPTH + 1:
        return None
    if type(value) in (tuple, list):
        return [type(value).__name__, [plain(item, depth + 1) for item in value[:ITEMS]], len(value)]
    if type(value) in (dict, set, frozenset):
        return [type(value).__name__]
    if type(value) is Meta:
        return ["global", *value.origin]
    return None


class Reader(pickle._Unpickler):
    """Notes the offset of the opcode that runs."""

    at = 0

    def __init__(self, data):
        self.file = io.BytesIO(data)
        super().__init__(self.file, encoding="ASCII")

    def find_class(self, module, name):
        return stub((module, name))

    def persistent_load(self, _pid):
        return Result()


def noting(code, method):
    """The method of an opcode; its offset is where the file stands, less the opcode, while no frame is read."""

    def run(self):
        self.at = self.file.tell() - 1 if self._unframer.current_frame is None else None
        return method(self)

    return run


Reader.dispatch = {code: noting(code, method) for code, method in pickle._Unpickler.dispatch.items()}


def reference(data):
    """The calls of the first load."""
    Log.calls = []
    Log.reader = Reader(data)
    copyreg.clear_extension_cache()
    try:
        Log.reader.load()
    except Exception:  # noqa: BLE001 -- an end like any other: what was called stands
        pass
    return Log.calls


def same(ours, theirs):
    """Whether a value of the facts is the constant that CPython has. What is unknown to one says nothing."""
    kind = ours["kind"]
    if kind in ("unknown", "call", "persistent"):
        return theirs is None or kind == "unknown"
    if theirs is None:
        return False
    if kind == "none":
        return theirs == ["none"]
    if kind == "int":
        text = ours["text"].rstrip("Ll")
        return theirs[0] == "int" and (theirs[1] is None or not text.lstrip("-").isdigit() or int(text) == int(theirs[1]))
    if kind == "float":
        return theirs[0] == "float" and (float(ours["text"]) == theirs[1] or ours["text"] == "NaN" and theirs[1] != theirs[1])
    if kind == "bool":
        return theirs == ["bool", ours["value"]]
    if kind == "str":
        return theirs[0] == "str" and theirs[1].encode("utf-16", "surrogatepass")[2 : 2 + 200] == ours["value"].encode("utf-16", "surrogatepass")[2 : 2 + 200]
    if kind == "bytes":
        return theirs == ["bytes", ours["value"], ours["length"]]
    if kind == "global":
        return theirs == ["global", ours["module"], ours["name"]]
    if kind in ("tuple", "list"):
        return theirs[0] == kind and theirs[2] == ours["length"] and all(map(same, ours["items"], theirs[1]))
    # Equal keys and members are one: only the kind is compared.
    return theirs == [kind]


def check(data, calls, counts):
    """One stream: every call of CPython up to the number that is kept."""
    wrong = []
    seen = Counter()
    for origin, at, args in reference(data):
        seen[origin] += 1
        if seen[origin] > KEPT_CALLS:
            continue
        mine = [call for call in calls if tuple(call["of"]) == origin and call["via"] != "BUILD" and not call["onResult"] and (at is None or call["at"] == at)]
        counts["calls"] += 1
        for call in mine:
            # No keyword is none to a stub.
            if call["via"] == "NEWOBJ_EX" and call["args"][-1]["kind"] == "dict" and not call["args"][-1]["items"]:
                call["args"].pop()
        if not mine and sum(tuple(call["of"]) == origin for call in calls) >= KEPT_CALLS:
            counts["not kept: states, calls of results and other readings fill the room"] += 1
        elif not mine:
            wrong.append(("missing", origin, at, args))
        elif not any(not call["known"] or (len(call["args"]) == min(args[2], len(call["args"])) and all(map(same, call["args"], args[1]))) for call in mine):
            wrong.append(("other arguments", origin, at, args, [call["args"] for call in mine]))
        elif any(call["known"] for call in mine):
            counts["arguments compared"] += 1
    return wrong


def main():
    """Generate, ask, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    data = [path.read_bytes() for folder in ("framing", "naming", "nesting", "reach", "readers", "state") for path in sorted((ROOT / "fixtures" / "hostile" / folder).glob("*.pkl"))]
    fixtures = len(data)
    data += list(streams(arguments.seed, 1, arguments.streams, Corpus(ROOT / "fixtures")))
    counts = Counter(streams=len(data), fixtures=fixtures)
    with tempfile.TemporaryDirectory() as folder:
        file, batch = Path(folder) / "streams", ROOT / ".cache" / "evidence" / "batch.mjs"
        file.write_bytes(b"".join(struct.pack("<I", len(one)) + one for one in data))
        subprocess.run(["npx", "esbuild", str(HERE / "batch.ts"), "--bundle", "--format=esm", "--platform=node", "--target=node20", "--log-level=warning", f"--alias:@artifact-sentinel/core/internal={ROOT / 'packages/core/src/internal.ts'}", f"--alias:@artifact-sentinel/core={ROOT / 'packages/core/src/index.ts'}", f"--outfile={batch}"], check=True, cwd=ROOT)
        lines = subprocess.run(["node", str(batch), str(file)], check=True, capture_output=True).stdout.decode().split("\n")[:-1]
    failed = 0
    for one, line in zip(data, lines, strict=True):
        wrong = check(one, json.loads(line), counts)
        counts["wrong"] += len(wrong)
        if wrong and failed < 20:
            failed += 1
            print(one[:200].hex(), *wrong, sep="\n  ")
    for name, count in counts.items():
        print(f"{count:8}  {name}")
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
