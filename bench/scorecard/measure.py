"""The scorecard: what Sentinel and other scanners say of the cases of cases.py. Nothing is loaded.

    python3 bench/scorecard/measure.py --sentinel                      renews Sentinel's column
    python3 bench/scorecard/measure.py --peer picklescan=PYTHON ...    renews those of peers, each with a Python that has it
    python3 bench/scorecard/measure.py                                 writes docs/scorecard.md from the stored answers
    python3 bench/scorecard/measure.py --check                         writes nothing, and fails where Sentinel's answers or the page have changed

Answers are kept in results.json beside this file, with each scanner's version and the date. `--peers-in FOLDER` takes
every FOLDER/NAME/bin/python; with `--install` those environments are made first, with the newest versions.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "corpus")]

import cases  # noqa: E402
import peers  # noqa: E402
from run import scan  # noqa: E402

KEPT = HERE / "results.json"
PAGE = ROOT / "docs/scorecard.md"
#: Pages with the counts in tables of their own, which have to be these.
QUOTING = ["README.md", "docs/comparison.md"]
SENTINEL = "Sentinel"
#: With the extras that read more formats.
PACKAGES = {
    "picklescan": ["picklescan[7z]", "numpy"],
    "modelscan": ["modelscan"],
    "fickling": ["fickling", "typing_extensions"],
    "modelaudit": ["modelaudit"],
}
WORDS = {"flagged": "found", "failed": "not read", "quiet": "**missed**"}
HONEST_WORDS = {"flagged": "**false alarm**", "failed": "not read", "quiet": "quiet"}
#: Why Sentinel has no finding, for each case without one. A miss without a reason fails the run.
REASONS = {
    "CVE-2024-34359": "A GGUF file is recognised and listed as not analysed, without a level. Its chat template is not read.",
    "CVE-2026-5760": "Configurations in JSON are no artifacts to Sentinel, so the file is not read. A folder that holds nothing else is exit code 2 with `--require-artifacts`.",
    "CVE-2026-22807": "As above.",
    "CVE-2024-27318": "An ONNX model is recognised and listed as not analysed, without a level. The paths of its external data are not read.",
    "CVE-2025-23304": "The archive is opened and its checkpoint is judged. The YAML beside it is not.",
}
#: Why a scan is incomplete (exit code 2) instead of a finding.
UNREAD = {
    "CVE-2026-24747/2": "The record holds 16 bytes and the tensor claims 16,384. PyTorch 2.13 refuses it. The scan says so, is incomplete, and ends with exit code 2.",
}


def sentinel(folder):
    """The built command line with its default policy: a finding or a level above 0 fails it (exit code 1), an incomplete file alone is 2."""
    version = json.loads((ROOT / "packages/cli/package.json").read_text(encoding="utf8"))["version"]
    report, _ = scan(folder)
    base = str(folder) + "/"
    failing = {finding["artifact"].replace(base, "", 1) for finding in report["findings"] if finding["action"] == "fail"}
    failing |= {artifact["path"].replace(base, "", 1) for artifact in report["artifacts"] if artifact["status"] == "complete" and artifact["safety"]["level"] > 0}
    incomplete = {gap["path"].replace(base, "", 1).split("!")[0] for gap in report["incomplete"]}
    return version, [("flagged", None) if one["file"] in failing else ("failed", "incomplete") if one["file"] in incomplete else ("quiet", None) for one in cases.CASES]


def measure(name, python, folder, seconds):
    paths = [folder / one["file"] for one in cases.CASES]
    version, answers = sentinel(folder) if name == SENTINEL else peers.verdicts(name, python, paths, seconds)
    found = {one["id"]: list(answer) for one, answer in zip(cases.CASES, answers)}
    return {"version": version, "date": time.strftime("%Y-%m-%d", time.gmtime()), "answers": found}


def install(folder):
    for name, packages in PACKAGES.items():
        if not (folder / name / "bin/python").exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=True)
            subprocess.run([str(folder / name / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", *packages], check=True)


# The page


def table(head, rows):
    """As the formatter of this repository writes it."""
    widths = [max(3, *(len(row[column]) for row in [head, *rows])) for column in range(len(head))]

    def line(row):
        return "| %s |" % " | ".join(cell.ljust(width) for cell, width in zip(row, widths))

    return "\n".join([line(head), "| %s |" % " | ".join("-" * width for width in widths), *map(line, rows)])


def counts(kept, chosen, quiet, flagged):
    rows = []
    for name, row in kept.items():
        answers = [row["answers"][one["id"]][0] for one in chosen]
        rows.append(["%s %s" % (name, row["version"]), row["date"], *(str(answers.count(kind)) for kind in ("flagged", "failed", "quiet"))])
    return table(["scanner", "measured", flagged, "not read", quiet], rows)


def title(one):
    """With names of Python, and of files, as code."""
    return re.sub(r"(?<![\w.])_*[A-Za-z]\w*(?:\.\w+)+(?:\([^)]*\))?|\b_\w+_\b", r"`\g<0>`", one["title"])


def linked(one):
    if not one["references"]:
        return title(one)
    return "%s: %s" % (" ".join("[%s](%s)" % pair for pair in zip(labels(one), one["references"])), title(one))


def labels(one):
    """CVE, advisory, issue: what a link of a case is called."""
    words = []
    for reference in one["references"]:
        last = reference.rstrip("/").split("/")[-1]
        owner = reference.split("/")[4] if reference.startswith("https://github.com/") else ""
        words.append(last if last.startswith(("CVE-", "GHSA-")) else "%s#%s" % (owner, last) if last.isdigit() else one["id"])
    return words


def group(kept, name):
    words = HONEST_WORDS if name == cases.HONEST else WORDS
    rows = [[linked(one), *(words[row["answers"][one["id"]][0]] for row in kept.values())] for one in cases.CASES if one["group"] == name]
    return "### %s\n\n%s" % (name, table(["case", *kept], rows))


def reasons(kept):
    lines = []
    for one in cases.CASES:
        answer = kept[SENTINEL]["answers"][one["id"]][0]
        why = (REASONS if answer == "quiet" else UNREAD).get(one["id"])
        if one["group"] == cases.HONEST or answer == "flagged":
            continue
        if why is None:
            raise SystemExit("%s is %s for Sentinel, and no reason is given in measure.py" % (one["id"], answer))
        lines.append("- **%s, %s.** %s" % (one["id"].split("/")[0], title(one), why))
    return "\n".join(lines)


def page(kept):
    hostile = [one for one in cases.CASES if one["group"] != cases.HONEST]
    honest = [one for one in cases.CASES if one["group"] == cases.HONEST]
    groups = list(dict.fromkeys(one["group"] for one in cases.CASES))
    return """# Scorecard

Written by `bench/scorecard/measure.py`. The cases are public: CVEs, advisories against scanners, and bypasses that were reported in issues. Each is one small file that `bench/scorecard/cases.py` assembles, or a fixture. Their payloads do nothing, and no scanner here loads a file.

## Result

%d hostile cases:

%s

%d honest files, for comparison. The [honest corpus](../corpus/README.md) has thousands:

%s

## How to read it

- **found**: the scanner flags the file in its default settings. For Sentinel, the default policy fails (exit code 1). For picklescan, a dangerous global; a suspicious one alone ends with exit code 0. For modelscan, any issue. For fickling, any level above `LIKELY_SAFE`. For modelaudit, a warning or worse.
- **not read**: the scanner says that it could not read or judge the file, or says nothing about it. A pipeline can refuse such a file if it looks for this. Sentinel's exit code is then 2. picklescan's is 0 for some of them.
- **missed**: the scanner ran to its end and did not flag the file. For Sentinel, a file that it only recognises, or skips, counts as missed, because its exit code is 0.
- A case tests one technique. Scanners have added most names of old advisories to their lists since, so `found` is what one should expect there.
- fickling and modelaudit flag most names that they do not know, in honest files too. Read their columns together with the honest files.
- Some cases are formats that a scanner does not claim to read. modelscan reads Keras archives with an extra that installs TensorFlow, and modelaudit reads ONNX with an extra of its own. Neither is installed here.
- **The authors of Sentinel chose the cases.** They took what is public and kept what Sentinel misses. Another choice would give other numbers.

## What Sentinel misses, and why

%s

## Every case

%s

## Run it again

```sh
npm ci && npm run build
python3 bench/scorecard/measure.py --sentinel --install --peers-in .cache/scorecard-venvs
```

The first run installs the newest versions of the peers; delete the folder for newer ones. They ran on Python 3.11 with their default settings. picklescan has its extra for 7z, and numpy, since it reads more with them. modelaudit's telemetry is off. All four could be installed.
""" % (
        len(hostile), counts(kept, hostile, "missed", "found"),
        len(honest), counts(kept, honest, "quiet", "false alarm"),
        reasons(kept), "\n\n".join(group(kept, name) for name in groups),
    )


def quotes(kept):
    """The rows of QUOTING that do not have the counts, as lines."""
    hostile = [one for one in cases.CASES if one["group"] != cases.HONEST]
    for path in QUOTING:
        text = re.sub(r" +", " ", (ROOT / path).read_text(encoding="utf8"))
        for name, row in kept.items():
            answers = [row["answers"][one["id"]][0] for one in hostile]
            counts = " | ".join(str(answers.count(kind)) for kind in WORDS)
            if "| %s %s | %s |" % (name, row["version"], counts) not in text:
                yield "%s: no row says: %s %s | %s" % (path, name, row["version"], counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentinel", action="store_true", help="run the built command line")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--peers-in", type=Path, metavar="FOLDER")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--seconds", type=int, default=peers.SECONDS, help="for one file of a peer (default: %(default)s)")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.install:
        install(options.peers_in)
    chosen = [(SENTINEL, None)] if options.sentinel or options.check else []
    chosen += [tuple(peer.split("=", 1)) for peer in options.peer]
    chosen += [(name, str(options.peers_in / name / "bin/python")) for name in PACKAGES] if options.peers_in else []
    kept = json.loads(KEPT.read_text(encoding="utf8")) if KEPT.exists() else {}
    before = dict(kept)
    with tempfile.TemporaryDirectory() as folder:
        cases.write(Path(folder))
        with ThreadPoolExecutor(2) as pool:
            runs = [(name, pool.submit(measure, name, python, Path(folder), options.seconds)) for name, python in chosen]
            kept.update((name, run.result()) for name, run in runs)
    kept = {name: kept[name] for name in [SENTINEL, *PACKAGES] if name in kept}
    wanted = {one["id"] for one in cases.CASES}
    other = [name for name, row in kept.items() if set(row["answers"]) != wanted]
    if other:
        raise SystemExit("measured with other cases: %s" % ", ".join(other))
    if options.check:
        if set(before.get(SENTINEL, {}).get("answers", ())) != wanted:
            raise SystemExit("Sentinel's answers in results.json are of other cases")
        changed = [one["id"] for one in cases.CASES if before[SENTINEL]["answers"].get(one["id"]) != kept[SENTINEL]["answers"][one["id"]]]
        stale = PAGE.read_text(encoding="utf8") != page(before)
        print("%d cases, %d answers changed%s%s" % (len(cases.CASES), len(changed), ": " + ", ".join(changed) if changed else "", "; docs/scorecard.md is out of date" if stale else ""))
        wrong = list(quotes(before))
        print("\n".join(wrong), end="\n" if wrong else "")
        raise SystemExit(1 if changed or stale or wrong else 0)
    # An answer in each line.
    KEPT.write_text(re.sub(r"\[\s+(\S+),\s+([^\]]+?)\s+\]", r"[\1, \2]", json.dumps(kept, indent=1)) + "\n", encoding="utf8")
    PAGE.write_text(page(kept), encoding="utf8")
    print("%d cases, %s" % (len(cases.CASES), ", ".join("%s %s" % (name, row["version"]) for name, row in kept.items())))


if __name__ == "__main__":
    main()
