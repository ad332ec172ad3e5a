"""Holds fingerprints against a model of what loading does.

    python3 oracles/evidence/swap.py --mutants 12000 --seed 1

Two pickles that do different things never share a fingerprint: mutants of the pickles of `fixtures/hostile` and of payloads
made here are compared with what they were made of. Two that do the same have equal ones: objects saved by both picklers
in all protocols. Rows of pickles in one file are reordered, cut, put behind others and saved again: a fingerprint covers
what one loader has done before it too. What they do is told by `effects.py`, which knows nothing of Sentinel. Exits with 1 where that fails.
"""

from __future__ import annotations

import argparse
import bisect
import collections
import io
import itertools
import json
import pickle
import pickletools
import random
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from effects import effects_in_row, effects_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
#: A pickle of a fixture that is longer is no base of mutants.
LONGEST = 4000


class Call:
    """Saved as a call, whatever it is given."""

    def __init__(self, callee, *args, state=None, items=None, pairs=None):
        self.parts = (callee, args, state, items, pairs)

    def __reduce__(self):
        callee, args, state, items, pairs = self.parts
        return (callee, args, state, None if items is None else iter(items), None if pairs is None else iter(pairs))


class Plain:
    """Saved as the instance of a class."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def values(random_):
    """Constants and containers, some of them shared, some within themselves."""
    deep = ["x"]
    for _ in range(6):
        deep = [deep, random_.randrange(1000)]
    around = ["around"]
    around.append(around)
    shared = {"a": 1, "b": [2, 3]}
    return [
        "true", "pip install git+https://git@10.0.0.7/x", "if 0:\n  f()\ng()", "x" * 1500, "\u00e9\\n\U0001f600", "\ud83d", "",
        b"bytes", b"", bytes(range(256)), bytearray(b"array"),
        0, 1, -1, 255, 256, 65536, -(2**31), 2**31, 10**40, -(10**40), True, False, None,
        0.0, -0.0, 1.0, 0.1, float("inf"), float("nan"), 5e-324,
        (), (1,), ("a", ("b", ("c", ("d", ("e", "f"))))), list(range(40)), deep, around,
        {"k": "v", 1: 2}, {i: str(i) for i in range(40)}, {1, 2, 3}, {"a", "b"}, frozenset({"x", 7}), [shared, shared],
    ]  # fmt: skip


def payloads(random_):
    """Objects whose pickles are found to be dangerous, or unexpected."""
    import os

    for value in values(random_):
        yield Call(os.system, value)
        yield Call(eval, "f", {"given": value})
        yield [1, Plain(value=value, more=[value, value])]
    pool = values(random_)
    for _ in range(40):
        some = random_.sample(pool, 3)
        yield {"plain": some, "call": Call(os.system, some[0], state={"s": some[1]}, items=[some[2], 1], pairs=[("k", some[1])])}
        inner = Call(eval, some[0])
        yield [Call(os.system, inner, state=(None, {"x": inner})), inner, Plain(a=inner, b=some)]
        yield Call(exec, collections.OrderedDict(a=some[0], b=Call(os.system, some[1])))
        yield [Call(os.system, str(i)) for i in range(6)]


def saves(value):
    """By both picklers, in all protocols, and after pickletools.optimize."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for pickler in (pickle.Pickler, pickle._Pickler):
            file = io.BytesIO()
            pickler(file, protocol).dump(value)
            yield file.getvalue()
            yield pickletools.optimize(file.getvalue())


def mutant(data, random_):
    """The pickle with something changed."""
    out = bytearray(data)
    for _ in range(random_.choice((1, 1, 1, 2))):
        at = random_.randrange(len(out))
        way = random_.randrange(9)
        if way < 3:
            out[at] = random_.randrange(256)
        elif way < 5:
            out[at] ^= 1 << random_.randrange(8)
        elif way == 5:
            del out[at]
            out = out or bytearray(b".")
        elif way == 6:
            out.insert(at, random_.choice(b" @0a.N0(t\x85\x86\x94\x88\x89K"))
        elif way == 7:
            out[at] = random_.choice(b"(.012FGIJKLMNPQRSTUVXabcdeghijloprstu]}\x80\x81\x85\x86\x87\x88\x89\x8a\x8c\x8f\x90\x91\x92\x93\x94")
        else:
            other = random_.randrange(len(out))
            out[at], out[other] = out[other], out[at]
    return bytes(out)


def changed_row(row, pool, random_):
    """A row of pickles in another order, with one less, one more, or another in the place of one; or saved again."""
    row = list(row)
    way = random_.randrange(6)
    at = random_.randrange(len(row))
    if way == 0:
        random_.shuffle(row)
    elif way == 1 and len(row) > 1:
        del row[at]
    elif way == 2:
        row.insert(0, random_.choice(pool))
    elif way == 3:
        row.insert(at, random_.choice(pool))
    elif way == 4:
        row[at] = random_.choice(pool)
    return row


def rows(random_, count):
    """Rows of pickles, each with one that it was changed into."""
    pool = list(payloads(random_))
    quiet = [collections.OrderedDict(a=1), collections.OrderedDict(), collections.Counter("ab"), "text", {"k": [1]}, 7, b"bytes"]

    def one(value):
        return pickle.dumps(value, random_.randrange(6))

    def another():
        return random_.choice(pool) if random_.random() < 0.5 else random_.choice(quiet)

    for _ in range(count):
        values_ = [another() for _ in range(random_.randrange(2, 6))]
        changed = changed_row(values_, [another() for _ in range(4)], random_)
        yield [one(value) for value in values_], [one(value) for value in changed]


def check_rows(random_, count, counts, wrong):
    """No fingerprint of a row is one of another where a loader has done something else by then."""
    pairs = list(rows(random_, count))
    told = iter(fingerprints([b"".join(row) for pair in pairs for row in pair]))
    for pair in pairs:
        found = [next(told), next(told)]
        keys, alike = zip(*map(effects_in_row, pair), strict=True)
        by_key = [{}, {}]
        for side in (0, 1):
            ends = list(itertools.accumulate(map(len, pair[side])))
            for rule, print_, covers, offset, _ in found[side]:
                if rule == "PICKLE-STRUCT":
                    continue
                index = bisect.bisect_right(ends, offset)
                until = b"".join(pair[side][: index + 1])
                by_key[side].setdefault((keys[side][index], until), set()).add((rule, print_, covers))
        counts["rows"] += 1
        for (key, until), prints in by_key[0].items():
            for (other, others_until), others in by_key[1].items():
                shared = prints & others
                # A set of objects has another order in each run of the model.
                differs = key != other and until != others_until
                counts["streams of rows that do something else"] += differs
                if differs and shared:
                    wrong.append(("kept in a row", shared, *(b"".join(row).hex() for row in pair)))
                # What takes something out of the memo of a stream before is told by its bytes.
                if not differs and all(alike):
                    counts["streams of rows that do the same"] += 1
                    if prints != others:
                        wrong.append(("lost in a row", prints, others, *(b"".join(row).hex() for row in pair)))


def fingerprints(data):
    """What Sentinel finds in each, by rule."""
    with tempfile.TemporaryDirectory() as folder:
        file, batch = Path(folder) / "streams", ROOT / ".cache" / "evidence" / "prints.mjs"
        file.write_bytes(b"".join(struct.pack("<I", len(one)) + one for one in data))
        subprocess.run(["npx", "esbuild", str(HERE / "prints.ts"), "--bundle", "--format=esm", "--platform=node", "--target=node20", "--log-level=warning", f"--alias:@artifact-sentinel/core/internal={ROOT / 'packages/core/src/internal.ts'}", f"--alias:@artifact-sentinel/core={ROOT / 'packages/core/src/index.ts'}", f"--outfile={batch}"], check=True, cwd=ROOT)
        lines = subprocess.run(["node", str(batch), str(file)], check=True, capture_output=True).stdout.decode().split("\n")[:-1]
    return [json.loads(line) for line in lines]


def bases(random_):
    """Pickles of one stream that are read to their end."""
    found = [path.read_bytes() for path in sorted((ROOT / "fixtures" / "hostile").rglob("*.pkl"))]
    for value in payloads(random_):
        found.append(pickle.dumps(value, random_.randrange(6)))
    return [data for data in found if len(data) <= LONGEST and effects_of(data)[1] == len(data)]


def main():
    """Mutate, ask, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=12000)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random_ = random.Random(arguments.seed)
    counts = Counter()
    wrong = []

    originals = bases(random_)
    pairs = []
    while len(pairs) < arguments.mutants:
        index = random_.randrange(len(originals))
        changed = mutant(originals[index], random_)
        if changed != originals[index]:
            pairs.append((index, changed))
    told = fingerprints(originals + [changed for _, changed in pairs])
    counts["pickles that were mutated"] = len(originals)
    counts["of them with findings"] = sum(1 for one in told[: len(originals)] if one)
    traces = [effects_of(data)[0] for data in originals]
    for (index, changed), prints in zip(pairs, told[len(originals) :], strict=True):
        before = {print_ for _, print_, _, _, first in told[index] if first}
        kept = before & {print_ for _, print_, _, _, first in prints if first}
        trace, end = effects_of(changed)
        differs = trace != traces[index]
        counts["mutants"] += 1
        counts["mutants that do something else"] += differs
        counts["of them read to an end"] += differs and end >= 0
        counts["mutants that do the same and keep their fingerprints"] += not differs and bool(kept)
        if differs and kept:
            wrong.append(("kept", kept, originals[index].hex(), changed.hex()))

    saved = [list(saves(value)) for value in payloads(random_)]
    prints = iter(fingerprints([data for group in saved for data in group]))
    for group in saved:
        by_effects = {}
        for data in group:
            rules = sorted((rule, print_) for rule, print_, *_ in next(prints) if rule != "PICKLE-STRUCT")
            by_effects.setdefault(repr(effects_of(data)[0]), []).append((rules, data))
        counts["saves"] += len(group)
        for same in by_effects.values():
            counts["saves that do what another one does"] += len(same) - 1
            for rules, data in same[1:]:
                if rules != same[0][0]:
                    wrong.append(("lost", rules, same[0][0], same[0][1].hex(), data.hex()))

    check_rows(random_, arguments.rows, counts, wrong)

    for name, count in counts.items():
        print(f"{count:8}  {name}")
    print(f"{len(wrong):8}  wrong")
    for one in wrong[:10]:
        print(*one, sep="\n  ")
    # A comparison of nothing proves nothing.
    enough = counts["of them read to an end"] >= arguments.mutants // 5 and counts["saves that do what another one does"] >= 5000
    enough = enough and min(counts["streams of rows that do something else"], counts["streams of rows that do the same"]) >= arguments.rows // 5
    return 0 if enough and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
