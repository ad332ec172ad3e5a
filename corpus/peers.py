"""What another scanner says of each file of a corpus. Run with the Python that has the scanner installed:

    PYTHON corpus/peers.py NAME CORPUS OUT.json

NAME is picklescan, fickling, modelscan or modelaudit. OUT.json maps each file to `flagged`, `quiet` or `failed`
(the scanner says that it could not read the file, or says nothing about it).
"""

import json
import os
import subprocess
import sys
from pathlib import Path


def picklescan(corpus, files):
    from picklescan.scanner import scan_file_path

    for name in files:
        try:
            result = scan_file_path(str(corpus / name))
        except Exception:
            yield name, "failed"
            continue
        yield name, "flagged" if result.issues_count > 0 else "failed" if result.scan_err or result.scanned_files == 0 else "quiet"


def fickling(corpus, files):
    import fickling.analysis
    import fickling.fickle

    for name in files:
        try:
            with open(str(corpus / name), "rb") as file:
                stacked = fickling.fickle.StackedPickle.load(file)
            worst = max(fickling.analysis.check_safety(pickled).severity for pickled in stacked)
        except Exception:
            yield name, "failed"
            continue
        yield name, "quiet" if worst <= fickling.analysis.Severity.LIKELY_SAFE else "flagged"


def command(*arguments):
    out = subprocess.run([str(Path(sys.executable).parent / arguments[0]), *arguments[1:]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    text = out.stdout.decode("utf8", "replace")
    return json.loads(text[text.index("{"):], strict=False)


def modelscan(corpus, files):
    report = command("modelscan", "scan", "-p", str(corpus), "-r", "json")
    base = str(corpus) + os.sep

    def relative(source):
        return str(source).replace(base, "").split(":")[0]

    flagged = {relative(issue["source"]) for issue in report["issues"]}
    scanned = {relative(name) for name in report["summary"]["scanned"].get("scanned_files", [])}
    failed = {relative(error.get("source", "")) for error in report["errors"]}
    for name in files:
        yield name, "flagged" if name in flagged else "failed" if name in failed or name not in scanned else "quiet"


def modelaudit(corpus, files):
    os.environ.update({"PROMPTFOO_DISABLE_TELEMETRY": "1", "NO_ANALYTICS": "1", "DO_NOT_TRACK": "1"})
    report = command("modelaudit", "scan", str(corpus), "--format", "json")
    flagged, failed, seen = set(), set(), set()
    for asset in report.get("assets", []):
        seen.add(os.path.relpath(str(asset.get("path", "")), str(corpus)))
    for issue in report.get("issues", []):
        place = str(issue.get("location") or "")
        name = next((one for one in files if str(corpus / one) in place), None)
        if name is not None and issue.get("severity") in ("warning", "critical", "error"):
            flagged.add(name)
    for name in files:
        yield name, "flagged" if name in flagged else "failed" if name not in seen else "quiet"


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("picklescan", "fickling", "modelscan", "modelaudit"):
        raise SystemExit(__doc__)
    root = Path(sys.argv[2]).resolve()
    listed = [entry["file"] for entry in json.loads((root / "corpus.json").read_text())["files"]]
    Path(sys.argv[3]).write_text(json.dumps(dict(globals()[sys.argv[1]](root, listed)), indent=1))
