"""
Our answer on `torch.load(weights_only=True)` against the real one, on the committed fixtures and on files that the
corpus or other folders hold.

    python3 oracles/weights-only/compare.py
    python3 oracles/weights-only/compare.py --folder .cache/corpus/files

Needs the PyTorch that packages/core/src/catalogue/data/torch/weights-only.txt names, numpy, Node.js, and a build
(`npm run build`). The restricted unpickler imports nothing that a file names and calls only what is on its list; the
payloads of the fixtures are inert besides.

Exits with 1 where one says `loads` and the other does not, where one says `refused` and the other `fails`, and where
PyTorch loads a file with our list that it refuses without, or refuses it with. Lists are tried only where every name of
them belongs to torch, numpy, collections or builtins.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pickle
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent.parent
SUFFIXES = {".pt", ".pth", ".ckpt", ".bin", ".ptl", ".torchscript", ".tar"}
#: Archives in a row, as distributed checkpoints are: PyTorch opens none, and each of them is judged by itself.
KNOWN = {"fixtures/hostile/containers/zip-two-archives.pt"}
TRIED = {"torch", "numpy", "collections", "builtins", "copyreg"}


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


def real(path: str, listed: list[object]) -> tuple[str, str]:
    try:
        with torch.serialization.safe_globals(listed):
            torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        return "refused", str(error)
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes a reader raise
        return ("refused" if "weights_only" in str(error) else "fails"), f"{type(error).__name__}: {error}"
    return "loads", ""


def listed(names: list[str]) -> list[object] | None:
    objects: list[object] = []
    for name in names:
        if name.split(".")[0] not in TRIED:
            return None
        module, _, attribute = name.rpartition(".")
        try:
            objects.append((getattr(importlib.import_module(module), attribute), name))
        except (ImportError, AttributeError):
            return None
    return objects


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
    tried: Counter[str] = Counter()
    for path in files:
        report = ours.get(path, {}).get("weightsOnly")
        answer = report["outcome"] if report else "none"
        truth, detail = real(str(ROOT / path), [])
        tally[f"{answer} / {truth}"] += 1
        incomplete = bool(ours.get(path, {}).get("incomplete"))
        # What cannot be read, or is no checkpoint, is said elsewhere; PyTorch must not load it in silence.
        agrees = answer in (truth, "unknown") or (truth != "loads" and (answer == "none" or incomplete))
        if not agrees and path in KNOWN and truth == "fails":
            tally["known"] += 1
        elif not agrees:
            wrong += 1
            print(f"{path}: ours {answer}, PyTorch {truth} ({detail[:160]!r}); {report and report['remarks']}")
        if not report or truth != "refused" or incomplete:
            continue
        names = report["safeGlobals"]
        objects = listed(names) if names else None
        if objects is None:
            tried["not tried" if names else "no list helps"] += 1
            continue
        again, detail = real(str(ROOT / path), objects)
        tried[f"with the list: {again}"] += 1
        if again != "loads":
            wrong += 1
            print(f"{path}: with {names} PyTorch {again} ({detail[:160]!r})")
    print(f"{len(files)} files, PyTorch {torch.__version__}; ours / PyTorch's: {dict(sorted(tally.items()))}; {dict(sorted(tried.items()))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
