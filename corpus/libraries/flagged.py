"""Counts which saves of the further libraries are flagged, by library and by why.

    python corpus/libraries/flagged.py corpus/libraries/flagged.tsv CORPORA/a1 ... CORPORA/b3

Writes a line for each library: files, flagged, of these dangerous, of these false alarms, and the names that stand in most of
the flagged files. A file is flagged as everywhere here: a finding of
the PICKLE rules, incomplete, or a level above 0. It is dangerous where at least one finding has a reason that somebody read
in the source of that name: the pack refuses it, the danger list has it, or the stream holds a pickle of its own. A false
alarm has none: all its names, states and shapes are merely unknown. `node packages/cli/dist/sentinel.cjs` is what is run.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: Names whose reason is that of their module, and is not true of them: nobody has read them.
NOT_READ = ("sqlalchemy.",)
NAME = re.compile(r"^(?:GLOBAL|STACK_GLOBAL|INST) ")


def report_of(folder):
    with tempfile.TemporaryDirectory() as work:
        target = Path(work) / "report.json"
        subprocess.run(["node", str(ROOT / "packages/cli/dist/sentinel.cjs"), "artifact", str(folder), "--rule", "PICKLE", "-f", "json", "-o", str(target)], stderr=subprocess.DEVNULL, check=False)
        return json.loads(target.read_text())


def name_of(finding):
    return NAME.sub("", finding["evidence"]["signal"])


def is_dangerous(finding):
    name, message = name_of(finding), finding["message"]
    if finding["ruleId"] == "PICKLE-STRUCT":
        return name == "nested-pickle"
    if "it stays a finding:" in message:
        return True
    return finding["ruleId"] == "PICKLE-EXEC" and "The one harmless use" not in message and not name.startswith(NOT_READ)


def count(folder, libraries):
    """Adds the files of one corpus."""
    folder = folder.resolve()
    corpus = json.loads((folder / "corpus.json").read_text())
    entries = {entry["file"]: entry for entry in corpus["files"]}
    report = report_of(folder)
    base = str(folder) + "/"
    found = defaultdict(list)
    for finding in report["findings"]:
        name = finding["artifact"].replace(base, "", 1)
        if finding["ruleId"] not in entries[name].get("expect", ()):
            found[name].append(finding)
    bare = {artifact["path"].replace(base, "", 1) for artifact in report["artifacts"] if artifact["safety"]["level"] > 0}
    bare |= {gap["path"].replace(base, "", 1).split("!")[0] for gap in report["incomplete"]}
    for name, entry in entries.items():
        row = libraries[entry["library"]]
        row["files"] += 1
        if name not in found and (name not in bare or entry.get("expect")):
            continue
        row["flagged"] += 1
        row["dangerous" if any(map(is_dangerous, found[name])) else "false"] += 1
        row["names"].update({name_of(finding) for finding in found[name] if any(map(is_dangerous, found[name])) == is_dangerous(finding)} or {"incomplete"})


def main():
    target, folders = Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]]
    libraries = defaultdict(lambda: {"files": 0, "flagged": 0, "dangerous": 0, "false": 0, "names": Counter()})
    for folder in folders:
        count(folder, libraries)
    lines = ["library\tfiles\tflagged\tdangerous\tfalse alarms\tnames"]
    rows = sorted(libraries.items(), key=lambda item: (-item[1]["flagged"], item[0].lower()))
    for library, row in rows:
        names = ", ".join(name for name, _ in row["names"].most_common(4))
        lines.append("%s\t%d\t%d\t%d\t%d\t%s" % (library, row["files"], row["flagged"], row["dangerous"], row["false"], names))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n")
    files, flagged, false = (sum(row[key] for _, row in rows) for key in ("files", "flagged", "false"))
    print("%d files of %d libraries, %d flagged, %d of them false alarms (%.1f %%)" % (files, len(rows), flagged, false, 100 * false / files))


if __name__ == "__main__":
    main()
