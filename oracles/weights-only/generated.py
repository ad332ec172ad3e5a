"""
Our answer on `torch.load(weights_only=True)` against the real one, in every case of checkpoints.py.

    npm run build && python3 oracles/weights-only/generated.py [--keep FOLDER] [--only PART]

Needs the PyTorch that packages/core/src/catalogue/data/torch/weights-only.txt names, numpy and Node.js. Every file is
loaded with weights_only=True only, whose reader calls nothing but what is on its list; payloads would run `true`.

Exits with 1 where
- one of loads, refused and fails is the answer of one and not of the other,
- PyTorch names another global or opcode first than we do,
- PyTorch, told to take what it refuses one name after the other, ends up with another list than ours, or loads a file
  that no list helps in our opinion, or does not load one with the list that we suggest,
- TORCH-LOAD-UNTRUSTED fires on a file that PyTorch does not refuse, or does not fire on one that it does; a TorchScript
  archive and a plain pickle that names what is harmless only are the exceptions that
  docs/decisions/09-pytorch.md gives reasons for.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

import restricted  # noqa: E402

CLI = ROOT / "packages/cli/dist/sentinel.cjs"

#: Modules whose names are listed by the object itself; a stand-in does nothing in place of all others.
OWN = {"inert", "torch", "numpy", "collections", "builtins", "copyreg", "copy_reg", "datetime", "uuid", "decimal", "fractions", "pathlib"}


#: Bytes that are no pickle, and plain values of protocol 0 under the name of a checkpoint: files of other kinds to us.
#: PyTorch's message about them is what its reader meets first, a letter or an empty tar.
NOTHING = {
    "text.pt",
    "zeros.pt",
    "archive-empty.pt",
    "bare-proto0-int-huge.bin",
    "bare-proto0-float.bin",
    "bare-proto0-text.bin",
    "bare-stream-unknown-opcode.ckpt",
}


#: PyTorch reads the sizes of this tensor from memory that nobody wrote (one load in twenty succeeds): it cannot be loaded.
BY_CHANCE = {"legacy-nested.pt"}


class StandIn:
    """What an object of an unknown class may be, without doing anything."""

    def __init__(self, *_, **__):
        pass

    def __new__(cls, *_, **__):
        return object.__new__(cls)


def sentinel(command: list[str]) -> dict:
    done = subprocess.run(["node", str(CLI), *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    if not done.stdout:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def real(path: Path, listed: list[object]) -> tuple[str, str]:
    answer, message = restricted.real(path, listed)
    if answer == "loads" and path.name in BY_CHANCE:
        return "fails", "with sizes that happened to be in memory it loads"
    return answer, message


def listing(name: str) -> object:
    """What is put on the list for a name: the object itself where it is ours or a library's plain one."""
    module, _, attribute = name.rpartition(".")
    if name.split(".")[0] in OWN and not checked_danger(name):
        try:
            return getattr(importlib.import_module(module.replace("numpy.core", "numpy._core").replace("copy_reg", "copyreg")), attribute), name
        except (ImportError, AttributeError):
            pass
    return StandIn, name


def checked_danger(name: str) -> bool:
    """Nothing that could act is ever listed."""
    return name in {"torch.load", "torch.hub.load", "torch.serialization.load", "torch.jit.load", "torch.storage._load_from_bytes", "numpy.load", "torch.utils.collect_env.run"} or name.startswith("builtins.") and name.split(".")[1] in {"eval", "exec", "getattr", "__import__", "compile", "open"}


def same_name(ours: str, theirs: str) -> bool:
    return ours == theirs or ours == f"builtins.{theirs}"


def check(path: Path, report: dict | None, fires: bool, truth: str, message: str) -> tuple[str, list[str]]:
    if report is None and path.name in NOTHING:
        return "no checkpoint", [] if truth != "loads" and not fires else [f"no checkpoint for us, PyTorch {truth}"]
    ours = report["outcome"] if report else "fails"
    problems = []
    if ours != truth:
        return truth, [f"ours {ours}, PyTorch {truth}: {message[:300]!r}; {report and report['remarks']}"]
    whole = "TorchScript archives passed to" in message or "legacy .tar format" in message
    named = truth == "refused" and bool(report and report["refusals"])
    # Of a plain pickle what it names decides: an honest one is no checkpoint, whatever it is called.
    plain = path.name.startswith("bare-")
    named = named or "legacy .tar format" in message
    if (fires and not named) if plain else (fires != named or (truth == "refused" and not whole and not fires)):
        problems.append(f"{'fires' if fires else 'does not fire'}, PyTorch: {truth}")
    if truth != "refused" or whole:
        return truth, problems
    first = report["refusals"][0]
    theirs = restricted.refused_name(message)
    if theirs is not None and not (first["global"] and same_name(first["global"], theirs)):
        problems.append(f"first refused: ours {first['global']} {first['opcode']}, PyTorch {theirs}")
    if theirs is None and first["opcode"] == "GLOBAL" and "must be imported to load" not in message:
        problems.append(f"first refused: ours {first['global']}, PyTorch {message[-200:]!r}")
    operand = re.search(r"Unsupported operand (\d+)", message)
    if operand and first["opcode"] != opcode_name(int(operand.group(1))):
        problems.append(f"first refused: ours {first['opcode']}, PyTorch {opcode_name(int(operand.group(1)))}")
    return truth, problems + check_list(path, report, message)


def opcode_name(code: int) -> str:
    import pickletools

    found = pickletools.code2op.get(chr(code))
    return found.name if found else f"0x{code:x}"


def check_list(path: Path, report: dict, message: str) -> list[str]:
    """PyTorch is told to take one refused name after the other, as a user would do it."""
    wanted = []
    truth = "refused"
    while truth == "refused":
        name = restricted.refused_name(message)
        if name is None:
            break
        full = next((one for one in report["safeGlobals"] or [] if same_name(one, name)), None) or next(
            (one["global"] for one in report["refusals"] if one["global"] and same_name(one["global"], name)), name
        )
        if full in wanted or "blocked" in message:
            break
        wanted.append(full)
        truth, message = real(path, [listing(one) for one in wanted])
    if report["safeGlobals"] is None:
        if report["withheld"] is None:
            return [f"no list helps in our opinion, PyTorch loads it with {wanted}"] if truth == "loads" else []
        missing = [one for one in wanted if one not in report["withheld"]["list"]]
        return [f"PyTorch wants {missing} beside what is withheld"] if missing else []
    again, message = real(path, [listing(one) for one in report["safeGlobals"]])
    doubtful = any("may not be all" in remark for remark in report["remarks"])
    standing_in = any(listing(one)[0] is StandIn for one in report["safeGlobals"])
    fails = any("fails with every loader" in remark for remark in report["remarks"])
    if again != "loads" and not doubtful and not standing_in and not (fails and again == "fails"):
        return [f"with {report['safeGlobals']} PyTorch {again}: {message[:200]!r}"]
    missing = [one for one in wanted if one not in report["safeGlobals"]]
    return [f"PyTorch wants {missing} as well"] if missing and not doubtful else []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", help="a folder for the files; a temporary one otherwise")
    parser.add_argument("--only", default="", help="files whose name holds this")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(arguments.keep or temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        # In a process of its own: what it imports adds to PyTorch's list (torch.nested, torch.distributed.tensor).
        subprocess.run([sys.executable, str(HERE / "checkpoints.py"), str(folder), arguments.only], check=True)
        paths = sorted(path for path in folder.iterdir() if arguments.only in path.name)
        reports = {}
        for start in range(0, len(paths), 100):
            some = [str(path) for path in paths[start : start + 100]]
            for file in sentinel(["allow", "suggest", "--format", "json", *some])["files"]:
                reports[file["path"]] = file["weightsOnly"]
        scanned = sentinel(["artifact", str(folder), "--rule", "TORCH-LOAD-UNTRUSTED", "-f", "json"])
        fires = Counter(finding["artifact"] for finding in scanned["findings"])
        tally: Counter[str] = Counter()
        wrong = 0
        # All of them before anything is listed, for listing imports.
        answers = [real(path, []) for path in paths]
        for path, (truth, message) in zip(paths, answers, strict=True):
            truth, problems = check(path, reports.get(str(path)), str(path) in fires, truth, message)
            tally[truth] += 1
            for problem in problems:
                print(f"{path.name}: {problem}")
            wrong += bool(problems)
        several = [path for path, count in fires.items() if count > 1]
        for path in several:
            print(f"{path}: more than one finding")
    print(f"{len(paths)} checkpoints, PyTorch {torch.__version__}: {dict(sorted(tally.items()))}; {wrong} differ")
    return 1 if wrong or several else 0


if __name__ == "__main__":
    sys.exit(main())
