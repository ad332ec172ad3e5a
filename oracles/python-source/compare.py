"""
Our reading of Python sources against Python's own ast: in every file that ast takes, every call of a dotted name, with
line, column and name, is found by both, and no other.

    python3 oracles/python-source/compare.py --packages torch numpy scipy pandas sklearn --standard-library

Needs a Python from 3.9 on with the packages installed (they are read, not imported) and Node.js. A package that is not
there is said, and is an error under --require. Exits with 1 on any difference, and on a problem in a file that ast takes.
Before Python 3.12 ast gives no usable positions within format strings: there the names alone are compared.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import json
import os
import subprocess
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def sources(arguments: argparse.Namespace) -> tuple[list[str], list[str]]:
    folders: list[Path] = [Path(folder) for folder in arguments.folder]
    missing = []
    for package in arguments.packages:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            missing.append(package)
        else:
            folders += [Path(folder) for folder in spec.submodule_search_locations]
    if arguments.standard_library:
        folders.append(Path(os.__file__).parent)
    files = [
        str(file)
        for folder in folders
        for file in sorted(folder.rglob("*.py"))
        if "site-packages" not in file.relative_to(folder).parts
    ]
    return files, missing


def dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        of = dotted(node.value)
        return None if of is None else f"{of}.{node.attr}"
    return None


def calls(tree: ast.AST) -> tuple[set[tuple[int, int, str]], Counter[str]]:
    """Calls with their places, and the names of those in format strings."""
    placed: set[tuple[int, int, str]] = set()
    formatted: Counter[str] = Counter()
    stack: list[tuple[ast.AST, bool]] = [(tree, False)]
    while stack:
        node, inside = stack.pop()
        inside = inside or isinstance(node, ast.JoinedStr)
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name is not None and inside:
                formatted[name] += 1
            elif name is not None:
                placed.add((node.lineno, node.col_offset, name))
        stack += [(child, inside) for child in ast.iter_child_nodes(node)]
    return placed, formatted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", nargs="*", default=["torch", "numpy", "scipy", "pandas", "sklearn"])
    parser.add_argument("--folder", action="append", default=[], help="a further folder of sources (repeatable)")
    parser.add_argument("--standard-library", action="store_true")
    parser.add_argument("--require", action="store_true", help="a missing package is an error")
    arguments = parser.parse_args()

    warnings.simplefilter("ignore")
    files, missing = sources(arguments)
    for package in missing:
        print(f"not installed: {package}")
    if missing and arguments.require:
        return 2
    batch = ROOT / ".cache" / "python-source" / "batch.mjs"
    subprocess.run(["node", str(HERE.parent / "bundle.mjs"), str(HERE / "batch.ts"), str(batch)], check=True, cwd=ROOT)
    started = time.monotonic()
    done = subprocess.run(
        ["node", str(batch)], input="\n".join(files) + "\n", stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    elapsed = time.monotonic() - started

    total = differing = refused = 0
    milliseconds = 0.0
    for line in done.stdout.splitlines():
        found = json.loads(line)
        milliseconds += found["milliseconds"]
        try:
            tree = ast.parse(Path(found["path"]).read_bytes())
        except (SyntaxError, ValueError):
            refused += 1
            continue
        placed, formatted = calls(tree)
        ours = {(row, column, name) for row, column, name, inside in found["calls"] if not inside}
        ours_formatted = Counter(name for *_, name, inside in found["calls"] if inside)
        total += len(placed) + sum(formatted.values())
        if placed == ours and formatted == ours_formatted and not found["problems"]:
            continue
        differing += 1
        print(found["path"])
        for label, items in [
            ("missed", sorted(placed - ours)),
            ("extra", sorted(ours - placed)),
            ("missed in format strings", sorted((formatted - ours_formatted).items())),
            ("extra in format strings", sorted((ours_formatted - formatted).items())),
            ("problems", found["problems"]),
        ]:
            if items:
                print(f"  {label}: {items[:5]}")
    size = sum(os.path.getsize(file) for file in files)
    print(
        f"{len(files)} files, {size / 1e6:.1f} MB, {total} calls of dotted names, {refused} files that ast refuses, "
        f"{differing} files that differ"
    )
    print(f"{milliseconds / (size / 1e6):.0f} ms for a megabyte, {elapsed:.0f} s in all")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
