"""
Runs a tool over each release of releases.tsv and keeps its answer, processor time and peak memory.

    python3 oracles/python-source/labels/run.py sentinel
    python3 oracles/python-source/labels/run.py bandit       # needs .cache/python-source-labels/venv with bandit
    python3 oracles/python-source/labels/run.py semgrep      # the rules: .cache/python-source-labels/semgrep-rules

The answers lie in .cache/python-source-labels/results/TOOL/PACKAGE-VERSION.json, with `seconds` (user and system), `peak`
(kilobytes) and `findings`. A run that exists is kept, unless --again. `--cli` names another
build of Sentinel, `--label` another folder for its answers.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
CACHE = ROOT / ".cache" / "python-source-labels"
CLI = ROOT / "packages" / "cli" / "dist" / "sentinel.cjs"


def command(tool: str, folders: list[Path], out: Path, cli: Path) -> list[str]:
    folder = folders[0]
    if tool == "sentinel":
        return ["node", str(cli), "artifact", str(folder), "--rule", "SERVING", "--rule", "TORCH", "--format", "json", "--output", str(out)]
    programs = CACHE / "venv" / "bin"
    if tool == "bandit":
        return [str(programs / "bandit"), "-q", "-r", str(folder), "--ignore-nosec", "-t", BANDIT, "-f", "json", "-o", str(out)]
    # The engine itself: the wrapper around it waits for minutes where no network is.
    targets = out.with_suffix(".targets")
    files = [str(path) for folder in folders for path in sorted(folder.rglob("*.py"))]
    wanted = [["CodeTarget", {"path": {"fpath": f, "ppath": f}, "analyzer": "python", "products": ["sast"]}] for f in files]
    targets.write_text(json.dumps(["Targets", wanted]))
    engine = next((CACHE / "venv").glob("lib/*/site-packages/semgrep/bin/semgrep-core"))
    options = ["-rules", str(merged()), "-targets", str(targets), "-json", "-json_nodots", "-fast", "-j", "1", "-timeout", "20"]
    return [str(engine), *options]


def merged() -> Path:
    """The rules of .cache/python-source-labels/semgrep-rules/*.yaml as one file."""
    to = CACHE / "semgrep-rules.yaml"
    code = (
        "import glob, sys; from ruamel.yaml import YAML; y = YAML();"
        "files = sorted(glob.glob(sys.argv[1] + '/*.yaml'));"
        "y.dump({'rules': [rule for f in files for rule in y.load(open(f))['rules']]}, open(sys.argv[2], 'w'))"
    )
    if not to.exists():
        subprocess.run([str(CACHE / "venv/bin/python"), "-c", code, str(CACHE / "semgrep-rules"), str(to)], check=True)
    return to


# Bandit's tests for deserialization: pickle and relatives, marshal, yaml, torch; without those for imports alone.
BANDIT = "B301,B302,B506,B614"


def findings(tool: str, answer: dict, folder: Path) -> list[dict]:
    rows = []
    if tool == "sentinel":
        for found in answer.get("findings", []):
            location = found["location"]
            rows.append({
                "file": relative(location["path"], folder), "line": location.get("line", 0), "rule": found["ruleId"],
                "severity": found["severity"], "message": found["message"],
                "listed": found["evidence"]["signal"].endswith((" of bytes of unknown origin", " of unknown bytes beside an open interface")),
                "sites": [[relative(step["at"]["path"], folder), step["at"].get("line", 0)] for step in found.get("flow", [])],
            })  # fmt: skip
    elif tool == "bandit":
        for found in answer.get("results", []):
            rows.append({"file": relative(found["filename"], folder), "line": found["line_number"], "rule": found["test_id"], "severity": found["issue_severity"]})
    else:
        for found in answer.get("results", []):
            rows.append({"file": relative(found["path"], folder), "line": found["start"]["line"], "rule": found["check_id"].rsplit(".", 1)[-1], "severity": found["extra"]["severity"]})
    return rows


def relative(path: str, folder: Path) -> str:
    return os.path.relpath(path, folder) if os.path.isabs(path) else path


def measured(line: list[str], limit: int, output: Path) -> tuple[dict, str]:
    """Exit status, processor seconds and peak memory (kilobytes) of a process and of those that it waited for."""
    with tempfile.TemporaryFile() as errors, output.open("wb") as to:
        process = subprocess.Popen(line, stdout=to, stderr=errors)
        ended = threading.Event()

        def stop() -> None:
            ended.set()
            process.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    code = "time-out" if ended.is_set() else process.returncode
    return {"exit": code, "seconds": round(usage.ru_utime + usage.ru_stime, 2), "peak": usage.ru_maxrss}, said


def together(names: list[str], arguments: argparse.Namespace, results: Path) -> None:
    """Runs the tool over some releases at once and stores the answer of each."""
    folders = [CACHE / "src" / name for name in names]
    sizes = [sum(path.stat().st_size for path in folder.rglob("*.py")) for folder in folders]
    raw = results / f"{os.getpid()}.raw"
    # Semgrep's engine prints its answer, the others write a file.
    printed = raw if arguments.tool == "semgrep" else raw.with_suffix(".printed")
    started = time.monotonic()
    usage, errors = measured(command(arguments.tool, folders, raw, arguments.cli), arguments.limit * len(names), printed)
    if usage["exit"] != "time-out" and (not raw.exists() or raw.stat().st_size == 0):
        print(f"{names}: exit {usage['exit']}, no answer: {errors[-300:]}", flush=True)
        return
    answer = json.loads(raw.read_text()) if usage["exit"] != "time-out" else {}
    for name, folder, size in zip(names, folders, sizes):
        found = [f for f in findings(arguments.tool, answer, folder) if not f["file"].startswith("..")]
        incomplete = len(answer.get("incomplete", []) if arguments.tool == "sentinel" else answer.get("errors", []))
        share = {**usage, "seconds": round(usage["seconds"] * size / max(sum(sizes), 1), 2)}
        stored = {**share, "findings": found, "incomplete": incomplete if len(names) == 1 else 0}
        (results / f"{name}.json").write_text(json.dumps(stored))
        print(f"{name}: exit {usage['exit']}, {len(found)} findings, {time.monotonic() - started:.0f} s", flush=True)
    for left in (raw, printed, raw.with_suffix(".targets")):
        left.unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", choices=["sentinel", "bandit", "semgrep"])
    parser.add_argument("--only", nargs="*", help="packages")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--backwards", action="store_true", help="from the end of the table, beside another run")
    parser.add_argument("--cli", type=Path, default=CLI)
    parser.add_argument("--label", help="name of the folder of the answers; the tool's by default")
    parser.add_argument("--limit", type=int, default=900, help="seconds for a release")
    arguments = parser.parse_args()
    results = CACHE / "results" / (arguments.label or arguments.tool)
    results.mkdir(parents=True, exist_ok=True)
    with (HERE / "releases.tsv").open(newline="") as file:
        releases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = [f"{row['package']}-{row['version']}" for row in releases if not arguments.only or row["package"] in arguments.only]
    waiting = [name for name in names if arguments.again or not (results / f"{name}.json").exists()]
    if arguments.backwards:
        waiting.reverse()
    # Some releases share a process of semgrep, and its time by their size.
    group = 12 if arguments.tool == "semgrep" else 1
    for start in range(0, len(waiting), group):
        names = [n for n in waiting[start : start + group] if arguments.again or not (results / f"{n}.json").exists()]
        if names:
            together(names, arguments, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
