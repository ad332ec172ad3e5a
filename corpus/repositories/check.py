"""Scans the layouts of honest.py and compares the findings with expected.txt.

    python corpus/repositories/check.py FOLDER [--least NUMBER]

Needs the built command line (`npm run build`). Exits 1 where a finding is not expected, an expected one is missing, something is incomplete, or there are
fewer layouts than asked for.
"""

import collections
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COMMAND = os.path.join(HERE, "..", "..", "packages", "cli", "dist", "sentinel.cjs")


def expected():
    with open(os.path.join(HERE, "expected.txt")) as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return {(name, rule, severity): int(count) for name, rule, severity, count in rows}


def main():
    root = os.path.abspath(sys.argv[1])
    run = subprocess.run(["node", COMMAND, "artifact", root, "-f", "json"], stdout=subprocess.PIPE)
    report = json.loads(run.stdout)
    found = collections.Counter()
    for finding in report["findings"]:
        name = "/".join(os.path.relpath(finding["artifact"], root).split(os.sep)[:2])
        found[(name, finding["ruleId"], finding["severity"])] += 1
    wanted = expected()
    wrong = [(key, found.get(key, 0), wanted.get(key, 0)) for key in sorted({*found, *wanted}) if found.get(key, 0) != wanted.get(key, 0)]
    for key, got, want in wrong:
        print(f"{' '.join(key)}: {got} findings, {want} expected")
    for item in report["incomplete"]:
        print(f"incomplete: {item['path']}: {item['reason']}")
    at_once = [item["path"] for item in report["repositories"] if any(load["runs"] == "at-once" and load["reference"] is None and load["loader"] not in ("TorchServe", "PyTorch Hub") for load in item["loads"])]
    for path in at_once:
        print(f"runs code at once: {path}")
    layouts = sum(len(os.listdir(os.path.join(root, kind))) for kind in os.listdir(root))
    print(f"{layouts} layouts, {len(report['repositories'])} repositories, {len(report['findings'])} findings, {len(report['incomplete'])} incomplete")
    least = int(sys.argv[sys.argv.index("--least") + 1]) if "--least" in sys.argv else 0
    return 1 if layouts < least or wrong or report["incomplete"] or at_once else 0


if __name__ == "__main__":
    sys.exit(main())
