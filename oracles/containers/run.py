"""
Agreement on containers: every marked global that a real loader would look up in a generated archive is in our report,
or the artifact is incomplete.

    python3 oracles/containers/run.py --archives 2000 --seed 1

Exits with 1 on a miss. Without torch, numpy, joblib, pandas and lz4 it says so and exits with 0, or with 2 under --require.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NEEDED = ["torch", "numpy", "joblib", "pandas", "lz4"]
BATCH = 500


def missing_modules(python: str) -> list[str]:
    code = "import importlib.util, sys; print(*[m for m in sys.argv[1:] if importlib.util.find_spec(m) is None])"
    done = subprocess.run([python, "-c", code, *NEEDED], capture_output=True, text=True, check=True)
    return done.stdout.split()


def answers(command: list[str], paths: list[str]) -> dict[str, dict[str, Any]]:
    """One line of JSON for each path, as far as the process lives."""
    # numpy writes about dtypes that contradict themselves.
    done = subprocess.run(command, input="\n".join(paths) + "\n", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    if done.returncode == 3:
        raise SystemExit("a loader was not inert")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.endswith("}")]
    return {line["file"]: line for line in lines}


def loaders(python: str, paths: list[str], *options: str) -> dict[str, dict[str, Any]]:
    """What the loaders say. An archive that kills the process is given to each loader in a process of its own."""
    command = [python, str(HERE / "oracle.py"), *options]
    found: dict[str, dict[str, Any]] = {}
    left = paths
    while left:
        got = answers(command, left)
        found.update(got)
        if len(got) == len(left):
            break
        found.update(answers([*command, "--apart"], [left[len(got)]]))
        left = left[len(got) + 1 :]
    return found


def version(python: str) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def with_others(found: dict[str, dict[str, Any]], pythons: dict[str, str], paths: list[str]) -> dict[str, dict[str, Any]]:
    """Adds what the standard library of other Pythons looks up."""
    for name, python in pythons.items():
        for path, answer in loaders(python, paths, "--plain").items():
            if path in found:
                found[path]["seen"].update({f"{loader} @{name}": names for loader, names in answer["seen"].items()})
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--python", default=os.environ.get("SENTINEL_LOADERS_PYTHON", sys.executable), help="an interpreter that has the loaders")
    parser.add_argument("--also", nargs="*", default=[], metavar="PYTHON", help="more interpreters (3.8 and later), for the standard library's loaders")
    parser.add_argument("--family", action="append", help="archives of this family only; repeatable")
    parser.add_argument("--why", action="store_true", help="print why artifacts are incomplete")
    parser.add_argument("--require", action="store_true", help="fail where the loaders are missing")
    parser.add_argument("--keep", type=Path, help="leave archives and answers in this folder")
    parser.add_argument("--show", type=int, default=10, help="misses to print")
    options = parser.parse_args()

    missing = missing_modules(options.python)
    if missing:
        print(f"containers: skipped, {options.python} lacks {', '.join(missing)}")
        return 2 if options.require else 0

    sys.path.insert(0, str(HERE))
    from compare import Outcome

    others = {version(python): python for python in options.also}
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        archives = folder / "archives"
        bundle = folder / "batch.mjs"
        generate = [options.python, str(HERE / "generate.py"), "--archives", str(options.archives), "--seed", str(options.seed)]
        generate += [word for family in options.family or () for word in ("--family", family)]
        subprocess.run([*generate, "--out", str(archives)], check=True)
        subprocess.run(["node", str(HERE.parent / "bundle.mjs"), str(HERE / "batch.ts"), str(bundle)], check=True)
        index = [json.loads(line) for line in (archives / "index.jsonl").read_text(encoding="utf-8").splitlines()]
        paths = [str(archives / entry["file"]) for entry in index]
        size = min(BATCH, -(-len(paths) // options.jobs)) or 1
        batches = [paths[at : at + size] for at in range(0, len(paths), size)]
        with ThreadPoolExecutor(options.jobs) as pool:
            ours = list(pool.map(lambda batch: answers(["node", str(bundle)], batch), batches))
            theirs = list(pool.map(lambda batch: with_others(loaders(options.python, batch), others, batch), batches))
        outcome = Outcome()
        for number, (entry, path) in enumerate(zip(index, paths)):
            our = ours[number // size].get(path)
            if our is None:
                raise SystemExit(f"no report for {path}")
            outcome.add(entry["family"], theirs[number // size].get(path), our)
        if options.keep:
            (folder / "misses.json").write_text(json.dumps({"misses": outcome.misses, "saved": outcome.saved}, indent=1), encoding="utf-8")

    print(outcome.table())
    if options.why:
        print(f"\n{outcome.why()}")
    for name, count in sorted(outcome.others.items()):
        print(f"Python {name} looks more up in {count} archives than {version(options.python)} and its libraries do")
    for miss in outcome.misses[: options.show]:
        print(f"MISS {json.dumps(miss)}")
    total, missed = sum(outcome.archives.values()), sum(outcome.missed.values())
    share = sum(outcome.decided.values()) / max(1, total)
    seconds = round(time.monotonic() - started)
    print(f"containers: {total} archives, seed {options.seed}, {outcome.markers} globals looked up, {missed} missed, {share:.1%} decided by incomplete, {seconds} s")
    print(f"containers: {outcome.words} globals in lines of text by their names, which no loader is given")
    unanswered = sum(outcome.unanswered.values())
    if unanswered:
        print(f"containers: no answer of the loaders for {unanswered} archives")
    return 1 if missed or unanswered else 0


if __name__ == "__main__":
    raise SystemExit(main())
