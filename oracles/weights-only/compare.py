"""
Our answer on `torch.load(weights_only=True)` against the real one, on the committed fixtures and on files that the
corpus or other folders hold.

    python3 oracles/weights-only/compare.py
    python3 oracles/weights-only/compare.py --folder .cache/corpus/files

Needs the PyTorch that packages/core/src/catalogue/data/torch/weights-only.txt names, numpy, Node.js, and a build
(`npm run build`). The restricted unpickler imports nothing that a file names and calls only what is on its list; the
payloads of the fixtures are inert besides.

Exits with 1 where one says `loads` and the other does not, where one says `refused` and the other `fails`, and, of honest
files (fixtures/honest and the folders that are given), where PyTorch
- does not load one within `safe_globals` of the list that we propose, or of the one of which we withhold names,
- loads one that no list helps in our opinion, when it is given every name that it asks for.
Lists are tried in processes of their own (honest.py), with an audit hook, where this Python has the libraries.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

import restricted  # noqa: E402

SUFFIXES = {".pt", ".pth", ".ckpt", ".bin", ".ptl", ".torchscript", ".tar"}
#: Archives in a row, as distributed checkpoints are: PyTorch opens none, and each of them is judged by itself.
KNOWN = {"fixtures/hostile/containers/zip-two-archives.pt"}


def suggestions(files: list[str]) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for start in range(0, len(files), 50):
        done = subprocess.run(
            ["node", str(ROOT / "packages/cli/dist/sentinel.cjs"), "allow", "suggest", "--format", "json", *files[start : start + 50]],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
            cwd=ROOT,
        )
        for file in json.loads(done.stdout)["files"]:
            found[file["path"]] = file
    return found


def tried(tasks: list[dict]) -> list[tuple[str, str]]:
    """What PyTorch makes of honest files with lists, in processes of their own."""
    results: list[tuple[str, str]] = []
    for start in range(0, len(tasks), 40):
        some = [{**task, "path": str(ROOT / task["path"])} for task in tasks[start : start + 40]]
        done = subprocess.run([sys.executable, str(HERE / "honest.py")], input=json.dumps(some), stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
        results += [tuple(result) for result in json.loads(done.stdout)]
    return results


def lists(path: str, report: dict) -> tuple[dict, str]:
    """A list to try with an honest file, and what PyTorch has to answer."""
    if report["safeGlobals"] is not None:
        return {"path": path, "list": report["safeGlobals"]}, "proposed"
    if report["withheld"] is not None:
        return {"path": path, "list": report["withheld"]["list"]}, "withheld"
    return {"path": path, "list": None}, "no list helps"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", action="append", default=[], help="a further folder of checkpoints (repeatable)")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    manifest = json.loads((ROOT / "fixtures/manifest.json").read_text())
    files = [f"fixtures/{entry['file']}" for entry in manifest if Path(entry["file"]).suffix in SUFFIXES]
    for folder in arguments.folder:
        files += [str(path) for path in sorted(Path(folder).rglob("*")) if path.suffix in SUFFIXES]
    ours = suggestions(files)
    wrong = 0
    tally: Counter[str] = Counter()
    tasks: list[tuple[dict, str, dict]] = []
    for path in files:
        report = ours.get(path, {}).get("weightsOnly")
        answer = report["outcome"] if report else "none"
        truth, detail = restricted.real(str(ROOT / path), [])
        tally[f"{answer} / {truth}"] += 1
        incomplete = bool(ours.get(path, {}).get("incomplete"))
        # What cannot be read, or is no checkpoint, is said elsewhere; PyTorch must not load it in silence.
        agrees = answer in (truth, "unknown") or (truth != "loads" and (answer == "none" or incomplete))
        if not agrees and path in KNOWN and truth == "fails":
            tally["known"] += 1
        elif not agrees:
            wrong += 1
            print(f"{path}: ours {answer}, PyTorch {truth} ({detail[:160]!r}); {report and report['remarks']}")
        # Hostile files are never loaded with a list.
        if report and truth == "refused" and not incomplete and (path.startswith("fixtures/honest/") or not path.startswith("fixtures/")):
            tasks.append((*lists(path, report), report))
    outcomes: Counter[str] = Counter()
    for (task, kind, report), (truth, detail) in zip(tasks, tried([task for task, _, _ in tasks]), strict=True):
        outcomes[f"{kind}: {truth}"] += 1
        doubtful = any("may not be all" in remark for remark in report["remarks"])
        # A library that writes a file while it is loaded is stopped there, behind everything that PyTorch refuses.
        right = truth == "not tried" or (kind == "withheld" and truth == "acted") or (truth != "loads" if kind == "no list helps" else truth == "loads" or (doubtful and truth == "refused"))
        if not right:
            wrong += 1
            print(f"{task['path']}: {kind}, PyTorch {truth} ({detail[:160]!r}); {task['list']}; {report['remarks']}")
    print(f"{len(files)} files, PyTorch {torch.__version__}; ours / PyTorch's: {dict(sorted(tally.items()))}; {dict(sorted(outcomes.items()))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
