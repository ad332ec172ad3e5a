"""
Scores the answers that run.py has stored against labels.tsv. Counts only; nothing is run here.

    python3 oracles/python-source/labels/score.py                       # Sentinel, half A, with what it misses
    python3 oracles/python-source/labels/score.py --tool bandit         # or semgrep
    python3 oracles/python-source/labels/score.py --half B              # totals only: this half is kept aside
    python3 oracles/python-source/labels/score.py --half B --final      # with what it misses, once the work is done
    python3 oracles/python-source/labels/score.py --half C              # and D, E, F: sets that were made after the work on A and B
    python3 oracles/python-source/labels/score.py --half all --json

A finding matches a labelled line if it lies there, or if the last step of its path lies there, or on a line of the column
`also`; one that lists the calls of a module matches the line of each. A collective of torch.distributed is matched by any WORKER-HANDOFF finding of its file: one is reported for a file.
For bandit and semgrep each finding of a loader counts as the right rule: they have no other names.

Findings to read for a true one: findings of the category SERVING (for the others: all) outside of tests, per sink that was
found with the right rule. Lines labelled `same` or `arguable` count neither as found nor as missed; a finding there is
still one to read.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent.parent / ".cache" / "python-source-labels"
TEST = re.compile(r"(^|/)(tests?|testing|examples?|benchmarks?)/|(^|/)(test_|conftest)")
LOUD = {"CRITICAL", "HIGH", "MEDIUM"}
TORCH = "TORCH-LOAD-UNTRUSTED"


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def half(release: dict[str, str]) -> str:
    """Sets C to F by their column; A or B by the name alone, so that all releases of a package lie in the same half."""
    return release["set"] or "AB"[hashlib.sha256(release["package"].lower().encode()).digest()[0] & 1]


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*.py")) / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default="sentinel", help="folder of the answers: sentinel, bandit, semgrep, or --label of run.py")
    parser.add_argument("--half", choices=["A", "B", "C", "D", "E", "F", "all"], default="A")
    parser.add_argument("--final", action="store_true", help="lists what is missed in the other sets as well")
    parser.add_argument("--json", action="store_true", help="the totals as JSON")
    parser.add_argument("--limit", type=float, help="exit 1 when the recall lies below this share")
    arguments = parser.parse_args()
    ours = not arguments.tool.startswith(("bandit", "semgrep"))
    releases = [r for r in table("releases.tsv") if arguments.half in ("all", half(r))]
    chosen = {(r["package"], r["version"]) for r in releases}
    labels = defaultdict(list)
    for row in table("labels.tsv"):
        if (row["package"], row["version"]) in chosen:
            labels[row["package"], row["version"]].append(row)

    totals: Counter[str] = Counter()
    origins: dict[str, Counter[str]] = defaultdict(Counter)
    rules: Counter[str] = Counter()
    shares: dict[str, list[bool]] = defaultdict(list)
    missed: list[str] = []
    flagged: list[str] = []
    silent: list[str] = []
    seconds = size = 0.0
    peak = 0
    unread = []
    for row in releases:
        key = (row["package"], row["version"])
        name = "-".join(key)
        path = CACHE / "results" / arguments.tool / f"{name}.json"
        if not path.exists():
            unread.append(name)
            continue
        answer = json.loads(path.read_text())
        if answer["exit"] == "time-out":
            totals["releases not done in time"] += 1
        scope = tuple(row["scope"].split(",")) if row["scope"] else ("",)
        found = [f for f in answer["findings"] if f["file"].startswith(scope) and not TEST.search(f["file"])]
        serving = [f for f in found if not ours or f["rule"].startswith("SERVING-")]
        at = defaultdict(list)
        for finding in found:
            places = {(finding["file"], finding["line"])}
            if finding.get("sites"):
                # One finding lists all calls of a module whose bytes are of unknown origin.
                places.update(map(tuple, finding["sites"] if finding.get("listed") else finding["sites"][-1:]))
            for place in places:
                at[place].append(finding)
        loud = [f for f in serving if f["severity"] in LOUD or not ours]
        totals["releases"] += 1
        totals["findings"] += len(serving)
        totals["findings, MEDIUM and above"] += len(loud)
        totals["TORCH findings"] += sum(f["rule"] == TORCH for f in found if ours)
        totals["incomplete"] += answer["incomplete"]
        rules.update(f["rule"] for f in serving)
        seconds += answer["seconds"]
        size += megabytes(CACHE / "src" / name)
        peak = max(peak, answer["peak"])
        sinks = [r for r in labels[key] if r["label"] == "sink"]
        if sinks and not serving:
            silent.append(name)
        for label in labels[key]:
            line = (label["file"], int(label["line"]))
            here = list(at[line])
            for other in filter(None, label["also"].split(",")):
                file, number = other.rsplit(":", 1)
                here += at[file, int(number)]
            if label["origin"] == "worker:collective":
                here += [f for f in found if f["file"] == line[0] and f["rule"] == "SERVING-WORKER-HANDOFF"]
            expected = set(label["rules"].split("|")) - {""}
            mine = [f for f in here if not ours or f["rule"].startswith("SERVING-")]
            if label["label"] == "sink":
                totals["sinks"] += 1
                right = [f for f in mine if not ours or f["rule"] in expected]
                verdict = "found" if right else "found, other rule" if mine else "missed"
                totals[verdict] += 1
                shares[row["package"]].append(verdict == "found")
                origins[label["origin"]][verdict] += 1
                if verdict != "found":
                    other = f" (as {mine[0]['rule']})" if mine else ""
                    missed.append(f"{name}\t{label['file']}:{label['line']}\t{label['origin']}\t{'|'.join(sorted(expected - {TORCH}))}{other}")
            elif label["label"] == "guarded":
                totals["guarded"] += 1
                noisy = [f for f in here if f["severity"] in LOUD or not ours]
                totals["guarded, flagged"] += bool(noisy)
                totals["guarded, flagged LOW"] += bool(here) and not noisy
                if noisy:
                    flagged.append(f"{name}\t{label['file']}:{label['line']}\t{noisy[0]['rule']}")
            elif label["label"] in ("file", "inside", "none"):
                totals[f"not from outside: {label['label']}"] += 1
                totals[f"not from outside, flagged: {label['label']}"] += bool(mine)
            elif label["label"] == "arguable":
                totals["arguable"] += 1
                totals["arguable, found"] += bool(mine)
            if TORCH in expected and label["label"] != "same":
                totals["torch.load sites"] += 1
                totals["torch.load sites, found"] += any(not ours or f["rule"] == TORCH for f in here)

    right = totals["found"]
    share = right / totals["sinks"] if totals["sinks"] else 0.0
    figures = {
        "tool": arguments.tool, "half": arguments.half, **totals,
        "recall with the right rule": round(share, 3),
        "recall, mean of the packages": round(sum(sum(s) / len(s) for s in shares.values()) / max(len(shares), 1), 3),
        "recall of the line": round((right + totals["found, other rule"]) / max(totals["sinks"], 1), 3),
        "findings to read for a true one": round(totals["findings"] / max(right, 1), 2),
        "the same, MEDIUM and above": round(totals["findings, MEDIUM and above"] / max(right, 1), 2),
        "the same, with TORCH-LOAD-UNTRUSTED": round((totals["findings"] + totals["TORCH findings"]) / max(right, 1), 2),
        "silent releases": len(silent), "CPU seconds per MB": round(seconds / max(size, 1e-9), 2), "MB": round(size, 1),
        "peak memory, MB": round(peak / 1024),
    }  # fmt: skip
    if arguments.json:
        print(json.dumps(figures, indent=1))
    else:
        for key, value in figures.items():
            print(f"{key:45}{value}")
    listed = arguments.half == "A" or arguments.final
    if not arguments.json and listed:
        print("\nby origin: found, found with another rule, missed")
        for origin, counts in sorted(origins.items()):
            print(f"  {origin:30}{counts['found']:5}{counts['found, other rule']:5}{counts['missed']:5}")
        print("\nfindings by rule\n  " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))
        print("\nsilent releases that have sinks\n  " + ", ".join(silent))
        print("\nguarded lines that are flagged")
        for line in flagged:
            print(f"  {line}")
        print("\nmissed, or with another rule")
        for line in missed:
            print(f"  {line}")
    if unread:
        print(f"\nno answer stored for {len(unread)}: {', '.join(unread)}", file=sys.stderr)
    return 1 if arguments.limit is not None and share < arguments.limit else 0


if __name__ == "__main__":
    sys.exit(main())
