"""
Our answer on `torch.load(weights_only=True)` against the real one, on streams that a grammar makes (streams.py).

    python3 oracles/weights-only/grammar.py [--streams 20000] [--seed 1] [--only NUMBER]

Needs the PyTorch that packages/core/src/catalogue/data/torch/weights-only.txt names, numpy and Node.js. Every file is loaded
with weights_only=True only, whose reader calls nothing but what is on its list.

Exits with 1 where
- one of loads, refused and fails is the answer of one and not of the other; where we say that it is open whether the file
  fails (a call that no pickler writes, of a class of the table, with values that we do not follow), where PyTorch refuses
  it and we do not,
- PyTorch names another global first than we do,
- PyTorch does not load a file with the list that we suggest, unless a name of it stands for something unknown,
- TORCH-LOAD-UNTRUSTED fires and PyTorch does not refuse, or the other way round, where nothing is open.
"""

from __future__ import annotations

import argparse
import json
import struct
import subprocess
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

import generated  # noqa: E402
import restricted  # noqa: E402
import streams  # noqa: E402

def problem_of(answer: dict, data: bytes, truth: str, message: str) -> str | None:
    fact = answer["fact"]
    if fact is None:
        return f"none / {truth}"
    ours = fact["outcome"]
    # A storage of a terabyte, which another machine would have.
    if "can't allocate memory" in message:
        return None
    if is_open(fact):
        # What PyTorch refuses before it comes to what is open, and behind it, is refused for us as well.
        return f"{ours}, open / {truth}" if truth == "refused" != ours else None
    if ours != truth:
        return f"{ours} / {truth}"
    if answer["fires"] != (truth == "refused"):
        return "fires" if answer["fires"] else "does not fire"
    if truth != "refused":
        return None
    first, theirs = fact["refusals"][0], restricted.refused_name(message)
    if theirs is not None and not (first["global"] and generated.same_name(first["global"], theirs)):
        return f"first refused: {first['global']}, {theirs}"
    names = fact["safeGlobals"]
    if names is None or fact["remarks"] or any(generated.listing(name)[0] is generated.StandIn for name in names):
        return None
    again, why = restricted.real(data, [generated.listing(name) for name in names])
    # A class that is listed is called with what the stream has, which it may not take.
    return f"with the list: {again}, {why[-160:]!r}" if again == "refused" else None


def is_open(fact: dict) -> bool:
    return any("it is open" in remark for remark in fact["remarks"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one stream")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    folder = ROOT / ".cache" / "weights-only"
    folder.mkdir(parents=True, exist_ok=True)
    files = list(streams.streams(arguments.seed, arguments.streams))
    if arguments.only is not None:
        files = [files[arguments.only]]
    (folder / "streams.bin").write_bytes(b"".join(struct.pack("<I", len(data)) + data for _, data in files))
    subprocess.run(["node", str(HERE.parent / "bundle.mjs"), str(HERE / "batch.ts"), str(folder / "batch.mjs")], check=True, cwd=ROOT)
    done = subprocess.run(["node", str(folder / "batch.mjs"), str(folder / "streams.bin")], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    started = time.monotonic()
    # All of them before anything is listed, for listing imports.
    truths = [restricted.real(data, []) for _, data in files]
    tally: Counter[str] = Counter()
    wrong = 0
    for (name, data), answer, (truth, message) in zip(files, answers, truths, strict=True):
        fact = answer["fact"]
        tally[f"{fact['outcome'] if fact else 'none'}{', open' if fact and is_open(fact) else ''} / {truth}"] += 1
        problem = problem_of(answer, data, truth, message)
        if problem:
            wrong += 1
            print(f"{name}: {problem}\n   {message[:200]!r}\n   {fact and (fact['refusals'][:1], fact['remarks'])}")
    print(f"{len(files)} streams, seed {arguments.seed}, {time.monotonic() - started:.0f} s, PyTorch {torch.__version__}; ours / PyTorch's: {dict(sorted(tally.items()))}; {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
