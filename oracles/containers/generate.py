"""
Writes generated archives: `python3 generate.py --archives 2000 --seed 1 --out DIR`.

The same seed gives the same archives. Beside them lies index.jsonl: file, family, number of markers.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from archives.pickles import Markers
from archives.wrapped import FAMILIES


def generate(count: int, seed: int, out: Path, only: list[str] | None = None) -> None:
    out.mkdir(parents=True, exist_ok=True)
    families = only or list(FAMILIES)
    weights = [FAMILIES[family][0] for family in families]
    with open(out / "index.jsonl", "w", encoding="utf-8") as index:
        for number in range(count):
            # One generator for each archive: the n-th is the same however many there are.
            rnd = random.Random(f"{seed}:{number}")
            family = rnd.choices(families, weights)[0]
            markers = Markers()
            name, data = FAMILIES[family][1](rnd, markers)
            folder = out / f"{number:06d}"
            folder.mkdir()
            (folder / name).write_bytes(data)
            index.write(json.dumps({"file": f"{folder.name}/{name}", "family": family, "markers": markers.count}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archives", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", action="append", choices=list(FAMILIES), help="only this one; repeatable")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    generate(options.archives, options.seed, options.out, options.family)


if __name__ == "__main__":
    main()
