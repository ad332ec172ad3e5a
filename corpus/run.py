"""Scans a corpus with our command line, in one process, and fails on anything that it says of an honest file.

    python corpus/run.py CORPUS [--peer NAME=PYTHON ...]

`--peer` runs another scanner (see peers.py) on the same files, for the table at the end.
"""

import argparse
import fnmatch
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import peers

HERE = Path(__file__).resolve().parent
CLI = HERE.parent / "packages/cli/dist/sentinel.cjs"
#: What is said of honest files too: a whole module asks for a loader that runs anything.
REMARKS = {"TORCH-LOAD-UNTRUSTED"}
#: Of the files that other people published, so many may have a finding (each explained in known.json).
PACKAGES_LIMIT = 0.05


def scan(corpus):
    started = time.time()
    run = subprocess.run(["node", str(CLI), "artifact", str(corpus), "-f", "json"], stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1, 2):
        raise SystemExit("the scan ended with code %d" % run.returncode)
    return json.loads(run.stdout.decode("utf8")), time.time() - started


def problems_of(corpus, entries, report):
    """What does not hold, as lines; and the files with a finding that is known."""
    known = json.loads((HERE / "known.json").read_text())
    base = str(corpus).rstrip("/") + "/"
    rules, incomplete = {}, {}
    for finding in report["findings"]:
        rules.setdefault(finding["artifact"].replace(base, "", 1), set()).add(finding["ruleId"])
    for gap in report["incomplete"]:
        incomplete[gap["path"].replace(base, "", 1).split("!")[0]] = gap["reason"]
    levels = {artifact["path"].replace(base, "", 1): artifact["safety"]["level"] for artifact in report["artifacts"]}
    lines, explained = [], set()
    for entry in entries:
        name, expected = entry["file"], set(entry["expect"])
        found = rules.get(name, set())
        pattern = next((one for one in known if fnmatch.fnmatch(name, one)), None)
        if entry.get("damaged"):
            # PyTorch wrote it and cannot read it: to say so is right, and nothing else is.
            if name not in incomplete or found:
                lines.append("%s: PyTorch cannot read it back; %s" % (name, sorted(found)))
        elif name in incomplete:
            lines.append("%s: incomplete: %s" % (name, incomplete[name]))
        elif name not in levels:
            lines.append("%s: not looked at" % name)
        elif pattern is not None and not expected:
            if found != set(known[pattern]["rules"]):
                lines.append("%s: %s, known for %s" % (name, sorted(found), known[pattern]["rules"]))
            explained.add(name)
        elif found != expected:
            lines.append("%s: %s, expected %s" % (name, sorted(found), sorted(expected)))
        elif not expected and levels[name] > 0:
            lines.append("%s: level %d" % (name, levels[name]))
    return lines, explained


def peer_row(corpus, entries, name, python):
    started = time.time()
    honest = [entry["file"] for entry in entries if set(entry["expect"]) <= REMARKS]
    _, answers = peers.verdicts(name, python, [corpus / file for file in honest])
    counts = Counter(verdict for verdict, _ in answers)
    return (name, len(honest), counts["flagged"], counts["failed"], time.time() - started)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--least", type=int, default=400, help="fewest files that a corpus must have")
    options = parser.parse_args()
    corpus = Path(options.corpus)
    entries = json.loads((corpus / "corpus.json").read_text())["files"]
    report, seconds = scan(corpus)
    lines, explained = problems_of(corpus, entries, report)
    honest = [entry["file"] for entry in entries if set(entry["expect"]) <= REMARKS]
    refused = sum(1 for entry in entries if set(entry["expect"]) == REMARKS)
    damaged = sum(1 for entry in entries if entry.get("damaged"))
    if len(honest) < options.least:
        lines.append("%d honest files; at least %d are wanted" % (len(honest), options.least))
    published = [name for name in honest if name.startswith("packages/")]
    flagged = [name for name in published if name in explained]
    if published and len(flagged) > PACKAGES_LIMIT * len(published):
        lines.append("%d of %d published files have a finding" % (len(flagged), len(published)))
    for line in lines:
        print(line)
    print("%d honest files (%d of them out of published packages), %d with classes of the user's own" % (len(honest), len(published), len(entries) - len(honest)))
    print("%d checkpoints that torch.load(weights_only=True) refuses, which is what is said of them; %d that PyTorch cannot read back" % (refused, damaged))
    for name in sorted(explained):
        print("known: %s" % name)
    rows = [("sentinel", len(honest), len({line.split(":")[0] for line in lines} | explained), len({gap["path"] for gap in report["incomplete"]}) - damaged, seconds)]
    rows += [peer_row(corpus, entries, *peer.split("=", 1)) for peer in options.peer]
    print("%-12s %7s %8s %7s %12s %8s" % ("scanner", "files", "flagged", "rate", "not scanned", "seconds"))
    for name, files, wrong, failed, took in rows:
        print("%-12s %7d %8d %6.2f%% %12d %8.1f" % (name, files, wrong, 100 * wrong / max(1, files), failed, took))
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
