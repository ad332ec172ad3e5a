"""Puts the decisions of read.txt into the packs that are there, without the reviews that write.py made them of.

    python tools/packs/apply.py [PACKAGE...]        all packages of read.txt, or these

A decision outranks what a pack says of a name: the name leaves its other blocks. Nothing is taken out of a pack because its
line has left read.txt.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "catalogue")]
from table import DATA, block, by_name, plain, write_table  # noqa: E402
from write import read_later  # noqa: E402

SOURCE = "tools/packs/write.py, from a review of the sources"


def read_blocks(path):
    """[kind, fields, {words: text}] for each block of a pack."""
    blocks = []
    for line in path.read_text().splitlines()[1:] if path.exists() else ():
        if line.startswith("["):
            blocks.append([line[1:-1], {}, {}])
        elif line.startswith("  "):
            words, _, text = line[2:].partition(": ")
            blocks[-1][2][words] = text
        elif line.strip():
            name, _, value = line.partition(": ")
            blocks[-1][1][name] = value
    return blocks


def find(blocks, kind, fields=None):
    """The block of this kind and fields, made where there is none."""
    for one in blocks:
        if one[0] == kind and (fields is None or one[1] == fields):
            return one
    blocks.append([kind, fields or {}, {}])
    return blocks[-1]


def decide(blocks, package, verb, module, name, code, why):
    pair = "%s %s" % (module, name)
    if verb in ("allow", "exact", "stored", "shape", "refuse"):
        for kind, _, entries in blocks:
            if kind in ("allow", "shape", "refused"):
                entries.pop(pair, None)
    if verb == "shape":
        find(blocks, "shape")[2][pair] = code
    elif verb == "refuse":
        find(blocks, "refused")[2][pair] = why.rstrip(".")
    elif verb == "member":
        find(blocks, "member")[2]["%s.%s %s" % (module, name, code)] = ""
    elif verb != "uses":
        fields = {"role": "stored"} if verb == "stored" else {}
        find(blocks, "allow", {**fields, "inside-danger": "yes", "why": why})[2][pair] = ""
    if verb in ("uses", "allow", "exact") and (code or verb == "exact"):
        add_uses(find(blocks, "uses", {"packages": package})[2], name, code, verb == "exact")


def add_uses(uses, name, code, is_exact):
    own = name if name in uses or "%s exact" % name not in uses else "%s exact" % name
    known = uses.pop(own, "").split()
    own = "%s exact" % name if is_exact else own
    uses[own] = " ".join(known + [one for one in code.split() if one not in known])


ORDER = ["pack", "allow", "uses", "member", "shape", "refused"]


def main():
    wanted = set(sys.argv[1:])
    packs = defaultdict(list)
    for decision in read_later(HERE / "read.txt").values():
        packs[decision[1].split(".")[0]].append(decision)
    for package, decisions in sorted(packs.items()):
        if wanted and package not in wanted:
            continue
        path = "packs/%s.txt" % package.replace("_", "-").lower().strip("-")
        blocks = read_blocks(DATA / path) or [["pack", {"package": package, "library": package}, {}]]
        for decision in decisions:
            decide(blocks, package, *decision)
        kept = [one for one in blocks if one[2] or one[0] == "pack"]
        # Functions that are kept come first, then by the reason.
        kept.sort(key=lambda one: (ORDER.index(one[0]), one[1].get("why", "")))
        write_table(path, SOURCE, [block(kind, fields, by_name(entries.items()) if kind != "allow" else plain(entries)) for kind, fields, entries in kept])


if __name__ == "__main__":
    main()
