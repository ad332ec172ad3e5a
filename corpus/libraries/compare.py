"""Compares Sentinel with other scanners over the saves of make.py, and over files that act when they are loaded.

    python corpus/libraries/compare.py CORPORA --sentinel --peer picklescan=PYTHON --peer fickling=PYTHON ...
    python corpus/libraries/compare.py CORPORA --sentinel        renews Sentinel's column alone

CORPORA is a folder whose folders were written by make.py. Counts are kept in comparison.json beside this file; scanners
that are not named keep theirs. COMPARISON.md and the tables of corpus/README.md are written anew from it each time.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

import peers  # noqa: E402
from run import scan  # noqa: E402

COUNTS = HERE / "comparison.json"
PAGE = HERE / "COMPARISON.md"
README = HERE.parent / "README.md"
BEGIN, END = "<!-- written by libraries/compare.py -->", "<!-- end of what libraries/compare.py writes -->"
SENTINEL = "Sentinel"
NAMES = [SENTINEL, *peers.SCANNERS]
#: Reports of a few libraries, which hold no pickle and which no scanner here takes for an artifact.
TEXT = (".json", ".txt")
#: The two sets of files that do something when they are loaded.
MISSES, HOSTILE = "misses", "hostile"


class Target:
    """Files of one folder: paths, the set that each is counted in, and the findings that are right for it."""

    def __init__(self, folder, files):
        self.folder, self.files = folder, files

    def paths(self):
        return [self.folder / name for name, _, _ in self.files]


def libraries(corpora):
    for index in sorted(corpora.glob("*/corpus.json")):
        entries = json.loads(index.read_text(encoding="utf8"))["files"]
        yield Target(index.parent, [(entry["file"], entry["library"], set(entry["expect"])) for entry in entries if not entry["file"].endswith(TEXT)])


def composed(folder):
    """The streams of oracles/live/misses.jsonl as files."""
    files = []
    for index, line in enumerate((ROOT / "oracles/live/misses.jsonl").read_text(encoding="utf8").splitlines()):
        miss = json.loads(line)
        name = "%03d%s" % (index, Path(miss["file"]).suffix)
        (folder / name).write_bytes(bytes.fromhex(miss["hex"]))
        files.append((name, MISSES, set()))
    return Target(folder, files)


def fixtures():
    entries = json.loads((ROOT / "fixtures/manifest.json").read_text(encoding="utf8"))
    return Target(ROOT / "fixtures", [(entry["file"], HOSTILE, set()) for entry in entries if entry["kind"] == "hostile"])


def sentinel_answers(target):
    """What the built command line says: a finding or a level above 0 is flagged, an incomplete scan without is not scanned."""
    report, _ = scan(target.folder)
    base = str(target.folder) + "/"
    levels = {artifact["path"].replace(base, "", 1): artifact["safety"]["level"] for artifact in report["artifacts"]}
    incomplete = {gap["path"].replace(base, "", 1).split("!")[0] for gap in report["incomplete"]}
    rules = {}
    for finding in report["findings"]:
        rules.setdefault(finding["artifact"].replace(base, "", 1), set()).add(finding["ruleId"])
    for name, _, expected in target.files:
        if rules.get(name, set()) - expected:
            yield "flagged", None
        elif name in incomplete:
            yield "failed", "incomplete"
        elif name not in levels:
            yield "failed", "skipped"
        else:
            yield ("flagged" if levels[name] > 0 and not expected else "quiet"), None


def sentinel(targets):
    package = json.loads((ROOT / "packages/cli/package.json").read_text(encoding="utf8"))
    return package["version"], [answer for target in targets for answer in sentinel_answers(target)]


def count(name, python, targets, seconds):
    """The row of one scanner, and its answer for each file."""
    started = time.time()
    paths = [path for target in targets for path in target.paths()]
    version, answers = sentinel(targets) if name == SENTINEL else peers.verdicts(name, python, paths, seconds)
    sets, reasons = {}, Counter()
    for (_, part, _), (verdict, why) in zip((file for target in targets for file in target.files), answers):
        cell = sets.setdefault(part, {"files": 0, "flagged": 0, "failed": 0})
        cell["files"] += 1
        if verdict != "quiet":
            cell[verdict] += 1
        if part not in (MISSES, HOSTILE) and verdict == "failed":
            reasons[why] += 1
    acting = {part: sets.pop(part) for part in (MISSES, HOSTILE)}
    row = {"version": version, "date": time.strftime("%Y-%m-%d", time.gmtime()), "seconds": round(time.time() - started), "reasons": dict(reasons.most_common()), "acting": acting, "libraries": dict(sorted(sets.items(), key=lambda one: one[0].lower()))}
    print("%s %s: %d files in %d s" % (name, version, len(answers), row["seconds"]), flush=True)
    return row, dict(zip(map(str, paths), answers))


def table(head, rows):
    """A Markdown table as the formatter of this repository writes it: the first column to the left, numbers to the right."""
    widths = [max(3, *(len(row[column]) for row in [head] + rows)) for column in range(len(head))]

    def line(cells):
        return "| %s |" % " | ".join([cells[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:]))])

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(map(line, [head, rule, *rows]))


def number(value):
    return format(value, ",")


def share(part, whole):
    return "%.1f %%" % (100 * part / whole) if whole else "-"


def cell(counts):
    return "%d (%d)" % (counts["flagged"], counts["failed"]) if counts["failed"] else "%d" % counts["flagged"]


def totals(kept):
    rows = []
    for name, row in kept.items():
        sets = row["libraries"].values()
        files, flagged, failed = (sum(one[key] for one in sets) for key in ("files", "flagged", "failed"))
        quiet = sum(1 for one in sets if one["flagged"] == 0)
        rows.append(["%s %s" % (name, row["version"]), number(flagged), share(flagged, files), number(failed), share(flagged, files - failed), str(quiet), cell(row["acting"][MISSES]), cell(row["acting"][HOSTILE])])
    first = next(iter(kept.values()))
    return table(["scanner", "flagged", "of all", "not scanned", "of what was scanned", "libraries without a flag", "of %d that acted" % first["acting"][MISSES]["files"], "of %d hostile" % first["acting"][HOSTILE]["files"]], rows)


def by_library(kept):
    first = next(iter(kept.values()))["libraries"]
    return table(["library", "files", *kept], [[library, str(first[library]["files"]), *(cell(row["libraries"][library]) for row in kept.values())] for library in first])


def dated(kept):
    dates = {row["date"] for row in kept.values()}
    return dates.pop() if len(dates) == 1 else ", ".join("%s %s" % (name, row["date"]) for name, row in kept.items())


def summary(kept):
    sets = next(iter(kept.values()))["libraries"]
    return "%s; %s files of %d libraries.\n\n%s" % (dated(kept), number(sum(one["files"] for one in sets.values())), len(sets), totals(kept))


def unread(kept):
    """Why the scanners did not scan files of the libraries, a line each."""
    return "\n".join("- %s: %s." % (name, ", ".join("%s %s" % (number(times), why) for why, times in row["reasons"].items()) or "none") for name, row in kept.items())


def write(kept):
    text = README.read_text(encoding="utf8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    README.write_text("%s%s\n\n%s\n\n%s%s" % (before, BEGIN, summary(kept), END, after), encoding="utf8")
    page = "# Sentinel and other scanners, by library\n\nWritten by `compare.py`. What counts, and what this does not say, is in [the corpus's README](../README.md#beside-other-scanners). A cell is the number of files that the scanner flags, and in brackets those that it did not scan.\n\n"
    PAGE.write_text(page + summary(kept) + "\n\n## Not scanned, by reason\n\nA time limit and an ended process are ours to say, `not read`, `skipped`, `error`, `inconclusive` and `incomplete` the scanner's own answers; other names are exceptions that it raised.\n\n" + unread(kept) + "\n\n## Each library\n\n" + by_library(kept) + "\n", encoding="utf8")


def same_files(kept):
    shapes = {json.dumps([{part: one["files"] for part, one in {**row["libraries"], **row["acting"]}.items()}], sort_keys=True) for row in kept.values()}
    return len(shapes) <= 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", help="a folder of corpora, each written by make.py", type=Path)
    parser.add_argument("--sentinel", action="store_true", help="run the built command line")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON", help="run %s, with a Python that has it" % ", ".join(peers.SCANNERS))
    parser.add_argument("--seconds", type=int, default=peers.SECONDS, help="for one file of a peer (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="scanners at a time (default: %(default)s)")
    parser.add_argument("--answers", type=Path, metavar="FOLDER", help="write what each scanner said of each file there")
    options = parser.parse_args()
    chosen = [(SENTINEL, None)] if options.sentinel else []
    for peer in options.peer:
        name, _, python = peer.partition("=")
        if name not in peers.SCANNERS or not python:
            parser.error("--peer %s: NAME=PYTHON is wanted, NAME one of %s" % (peer, ", ".join(peers.SCANNERS)))
        chosen.append((name, python))
    kept = json.loads(COUNTS.read_text(encoding="utf8")) if COUNTS.exists() else {}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        targets = [*libraries(options.corpora.resolve()), composed(Path(folder)), fixtures()] if chosen else []
        runs = {name: pool.submit(count, name, python, targets, options.seconds) for name, python in chosen}
        for name, run in runs.items():
            kept[name], answers = run.result()
            if options.answers:
                options.answers.mkdir(parents=True, exist_ok=True)
                (options.answers / (name + ".json")).write_text(json.dumps(answers, indent=0), encoding="utf8")
    kept = {name: kept[name] for name in NAMES if name in kept}
    if not same_files(kept):
        raise SystemExit("the kept counts are of other files: run all scanners again")
    COUNTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf8")
    write(kept)


if __name__ == "__main__":
    main()
