"""Writes the packs: what the catalogue knows of one library each (packages/core/src/catalogue/data/packs).

    python tools/packs/write.py REVIEW.json... --uses USES.jsonl... --libraries A1=requirements-a1.txt ...

A review holds, for each global that default saves of a library name, what somebody found in its source: whether it is
safe to make an instance of it and to give that any state, or to call it, and why (the fields `safe`, `why`, `role`). The
uses are what `tools/uses/collect.ts` counted in the saves of `corpus/libraries`. A name that is safe goes into the pack
with its uses; what is not stays a finding, which then says why; what nobody was sure of stays out without a word.

The written files are data that people read in a diff before they are committed: nothing here decides.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "catalogue"))
from table import DATA, block, by_name, plain, write_table

TARGET = DATA / "packs"
PLAIN = re.compile(r"^[A-Za-z_][\w.]*$")
#: Packages of which the generated allowlist speaks: a pack of theirs adds to it.
LETTERS = {"call": "gdonpe", "held": "gdoupe"}
CODE = re.compile(r"^([rnxobsak])([NDPTCOIS]?)(\d*)(?:\(([a-z]*)(?:,([a-z]*))?\))?([a-zA-Z_]*)$")
#: Flags of a use that a pack can allow: made by a call, fetched before. Others stay findings.
ALLOWED_FLAGS = set("rlF")
#: Members that are more than something to keep: a review says why.
STORED = "A function that saves keep and never call while they are loaded."
#: Modules of which data/allow/standard.txt, written by hand, says all.
BY_HAND = set("operator _operator math cmath string".split())
NO_MEMBERS = set("_unpickle_model _unpickle _from_uri _reconstruct _New _from_owned _deserialize from_raw_parts Comparator _Timer".split())

#: Verbs of read.txt: what may stand, or stand only as its uses say (exact), be kept only (stored), is judged by calls and
#: states (shape), or stays a finding (refuse); further uses of a name, what getattr may take of it, and why a shape has no more forms (otherwise).
DECIDES = {"allow", "exact", "stored", "shape", "refuse"}
VERBS = DECIDES | {"uses", "member", "otherwise"}


def names_of(path):
    """(module, name) -> review, of either form."""
    data = json.loads(Path(path).read_text())
    entries = data["names"].items() if isinstance(data["names"], dict) else [(entry["name"], entry) for entry in data["names"]]
    for full, entry in entries:
        yield full, entry
    for form, entry in data.get("getattrForms", {}).items():
        yield form, entry


def merged(codes):
    """Codes of one event with the same size and flags become one."""
    groups = {}
    for code in codes:
        match = CODE.match(code)
        if match is None:
            raise SystemExit("no code: %s" % code)
        event, state, size, first, second, flags = (part or "" for part in match.groups())
        flags = "".join(sorted(flags))
        if set(flags) - ALLOWED_FLAGS or state == "O":
            continue
        key = (event, state, size, flags)
        own, held = groups.setdefault(key, (set(), set()))
        own.update(first)
        held.update(second)
    out = []
    for (event, state, size, flags), (own, held) in sorted(groups.items()):
        if event == "k":
            out.append("k")
            continue
        call = event in "rnxo"
        first = "".join(letter for letter in LETTERS["call" if call else "held"] if letter in own)
        second = "".join(letter for letter in LETTERS["held"] if letter in held)
        inner = "%s,%s" % (first, second) if call and (first or second) else first
        out.append("%s%s%s(%s)%s" % (event, state, size, inner, flags))
    return out


def is_ordinary(code):
    event, state, _, first, second, flags = (part or "" for part in CODE.match(code).groups())
    if event in "nx":
        return event == "n" and not first and not second and code.startswith("n0") and not flags
    return event == "b" and state == "D" and set(flags) <= set("l")


def widened(code):
    """What is put into an object of a reviewed class may be anything."""
    event, state, size, first, second, flags = (part or "" for part in CODE.match(code).groups())
    if event in "sa" or (event == "b" and state in "D"):
        return "%s%s%s(gdoupe)%s" % (event, state, size, flags)
    return code


def read_later(path):
    """What stands in tools/packs/read.txt: (verb, module, name, code) -> all of it with the sentence; and each full name that it decides."""
    out, why = {}, ""
    for line in Path(path).read_text().splitlines() if path else ():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("= "):
            why = line[2:]
            continue
        head, _, code = line.removesuffix(":").partition(": ")
        verb, module, *names = head.split(" ")
        if verb not in VERBS or not names or not why:
            raise SystemExit("no line of read.txt: %s" % line)
        for name in names:
            key = "%s.%s" % (module, name) if verb in DECIDES else (verb, module, name, code)
            if key in out and verb in DECIDES:
                raise SystemExit("decided twice: %s" % key)
            out[key] = (verb, module, name, code, why)
    return out


def sentence(why):
    why = re.sub(r"\s+", " ", why).strip().rstrip(".") or "Nothing in it runs"
    why = why[0].upper() + why[1:] if why[0].isalpha() and why.split(" ")[0].isalpha() else why
    if not re.match(r"[A-Za-z_]", why):
        why = "It is this: " + why
    return why + "." if len(why) > 31 else why + ". Read in its source and tried."


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reviews", nargs="+")
    parser.add_argument("--uses", nargs="+", default=[])
    parser.add_argument("--danger", default=None, help="names that the danger list has, one a line")
    parser.add_argument("--drop", default=None, help="names that an oracle found to act, with reasons: name<TAB>reason")
    parser.add_argument("--read", default=None, help="what was read after the reviews, and decides over them (tools/packs/read.txt)")
    parser.add_argument("--members", default=None, help="what tools/packs/members.ts printed")
    options = parser.parse_args()
    uses = defaultdict(set)
    for path in options.uses:
        for line in Path(path).read_text().splitlines():
            entry = json.loads(line)
            uses[(entry["module"], entry["name"])].update(entry["uses"])
    danger = set(Path(options.danger).read_text().split("\n")) if options.danger else set()
    dropped = dict(line.split("\t", 1) for line in Path(options.drop).read_text().splitlines() if line) if options.drop else {}
    read = read_later(options.read)
    packs = defaultdict(lambda: {"shapes": set(), "libraries": set(), "groups": defaultdict(set), "uses": defaultdict(set), "members": set(), "refused": {}, "texts": set(), "written": defaultdict(set)})
    # A later review decides over an earlier one, but never lifts what one of them found to be unsafe.
    final = {}
    for review in options.reviews:
        for full, entry in names_of(review):
            if full not in final or final[full]["safe"] is not False:
                final[full] = entry
    for full, entry in final.items():
            member = re.match(r"^getattr\(([\w.]+?)(?:\(…\))?, '(\w+)'\)$", full)
            if member:
                owner, name = member.groups()
                if entry["safe"] is True and entry["role"] == "stored" and not name.startswith("__"):
                    packs[owner.split(".")[0]]["members"].add("%s %s" % (owner, name))
                continue
            module, _, name = full.rpartition(".")
            if not module or module in BY_HAND or not PLAIN.match(module) or not PLAIN.match(name):
                continue
            libraries = packs[module.split(".")[0]]["libraries"]
            libraries.add("%s %s" % (entry.get("library", ""), " ".join(entry.get("versions_seen") or [entry.get("version") or ""])))
            if full in read:
                continue
            nested = [pair for pair in uses if "%s.%s" % pair == full]
            for module, name in nested or [(module, name)]:
                pack = packs[module.split(".")[0]]
                why = sentence(entry.get("why", ""))
                if full in dropped:
                    pack["refused"]["%s %s" % (module, name)] = dropped[full]
                elif entry["safe"] is True and full not in danger:
                    if entry.get("role") == "stored" and entry.get("kind") in ("function", "ufunc", "other"):
                        why = STORED
                    pack["groups"][(why, why == STORED)].add((module, name))
                    codes = [code for code in uses.get((module, name), ()) if not (entry.get("role") == "stored" and code[0] in "ro")]
                    if entry.get("slotStateCalls"):
                        codes = [code for code in codes if not code.startswith("bP")]
                    pack["uses"][name].update(codes)
                    bases = set(entry.get("bases_builtin") or entry.get("builtinBases") or ())
                    if bases & {"str", "bytes", "bytearray"} and entry.get("kind") == "class":
                        # A text is made of bytes by an encoding, and an encoding is imported: no constructor with two arguments.
                        pack["texts"].add(name)
                elif entry["safe"] is False and full not in danger:
                    pack["refused"]["%s %s" % (module, name)] = why.rstrip(".")
    if options.members:
        for line in Path(options.members).read_text().splitlines():
            owner, member, _ = line.split(" ")
            pack = packs.get(owner.split(".")[0])
            known = pack and any("%s.%s" % pair == owner for names in pack["groups"].values() for pair in names)
            if known and not member.startswith("__") and member not in NO_MEMBERS:
                pack["members"].add("%s %s" % (owner, member))
    for verb, module, name, code, why in read.values():
        pack = packs[module.split(".")[0]]
        if verb == "shape":
            pack["shapes"].add((module, name, code))
        elif verb in ("refuse", "otherwise"):
            pack["refused"]["%s %s" % (module, name)] = why.rstrip(".")
        elif verb == "member":
            pack["members"].add("%s.%s %s" % (module, name, code))
        elif verb == "uses":
            pack["written"][name].add(code)
        else:
            pack["groups"][(why, verb == "stored")].add((module, name))
            if code:
                pack["written"][name].add(code)
            if verb == "exact":
                pack["texts"].add(name)
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.txt"):
        old.unlink()
    kept = []
    for package in sorted(packs):
        pack = packs[package]
        groups = {key: names for key, names in pack["groups"].items() if names}
        if not groups and not pack["refused"] and not pack["members"] and not pack["shapes"] and not pack["written"]:
            continue
        kept.append(package)
        blocks = [block("pack", {"package": package, "library": "; ".join(sorted(library.strip() for library in pack["libraries"] if library.strip())) or package}, [])]
        for (why, stored), names in sorted(groups.items()):
            fields = {"role": "stored" if stored else None, "inside-danger": "yes", "why": why}
            blocks.append(block("allow", fields, plain("%s %s" % pair for pair in names)))
        table = []
        for name in sorted(set(pack["uses"]) | set(pack["written"])):
            exact = name in pack["texts"]
            codes = sorted(set(widened(code) for code in merged(pack["uses"][name]) if exact or not is_ordinary(code)))
            if exact:
                codes = [code for code in codes if not re.match(r"[rnxo]([2-9]|1\d)", code)]
            codes += sorted(pack["written"][name]) if name in pack["written"] else []
            if codes or exact:
                table.append(("%s exact" % name if exact else name, " ".join(codes)))
        others = [
            block("uses", {"packages": package}, table) if table else None,
            block("member", {}, plain(pack["members"])) if pack["members"] else None,
            block("shape", {}, by_name(("%s %s" % (module, name), code) for module, name, code in pack["shapes"])) if pack["shapes"] else None,
            block("refused", {}, by_name(pack["refused"].items())) if pack["refused"] else None,
        ]
        name = package.replace("_", "-").lower().strip("-")
        write_table("packs/%s.txt" % name, "tools/packs/write.py, from a review of the sources", blocks + [other for other in others if other])
    total = sum(len(names) for package in kept for names in packs[package]["groups"].values())
    print("%d packs, %d names, %d refused" % (len(kept), total, sum(len(packs[package]["refused"]) for package in kept)))


if __name__ == "__main__":
    main()
