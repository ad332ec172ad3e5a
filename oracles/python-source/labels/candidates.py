"""
Lists what may be an unpickling sink in the releases, by names only: no flow, no opinion, nothing of Sentinel.

    python3 oracles/python-source/labels/candidates.py [--only PACKAGE…] [--context 8] [--weak]

With Python's ast: every call and every other mention of a loader (by its import or alias, or by `pickle.loads`-like text
where the import is not seen), of `recv_pyobj`, `allow_pickle`, object collectives and settings that name pickle. Files that
ast does not read (Python 2) are searched by the same words, line by line. `--weak` adds each `.load`, `.loads`, `.decode`,
`.deserialize` on a receiver that is not resolved, in packages that import a pickle module.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent.parent.parent / ".cache" / "python-source-labels" / "src"

PICKLES = {"pickle", "_pickle", "cPickle", "cloudpickle", "dill", "pickle5", "joblib", "marshal", "shelve", "jsonpickle", "hickle"}
MODULES = PICKLES | {"torch", "numpy", "np", "yaml", "pandas", "pd"}
LAST = {
    "load", "loads", "Unpickler", "_Unpickler", "read_pickle", "unsafe_load", "full_load", "load_all", "unsafe_load_all",
    "Shelf", "DbfilenameShelf", "BsdDbShelf", "open", "decode", "Delta", "_loads", "_load",
}
ALWAYS = {
    "recv_pyobj", "recv_serialized", "read_pickle", "all_gather_object", "gather_object", "broadcast_object_list",
    "scatter_object_list", "ForkingPickler", "jsonpickle", "safe_loads", "unpickle", "recv_object_list", "BaseManager",
    "load_pickle", "deserialize_from_store", "PickleSerializer", "DictProxy",
}
SAFE_YAML = {"SafeLoader", "CSafeLoader", "BaseLoader"}
OLD = re.compile(
    r"\b(c?[pP]ickle\d?|cloudpickle|dill|joblib|marshal|torch)\s*\.\s*(loads?|Unpickler)\b|\brecv_pyobj\b|\bread_pickle\b|\bshelve\.open\b"
)
WEAK = {"load", "loads", "decode", "deserialize", "unserialize", "deserialise", "unpickle", "recv", "_load", "_loads"}


def dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        of = dotted(node.value)
        return None if of is None else f"{of}.{node.attr}"
    return None


def names(tree: ast.AST) -> dict[str, str]:
    """Local name → what it was imported as; an assignment of a resolved name to a plain name is an alias too."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.split(".")[0]] = alias.name if alias.asname else alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{'.' * node.level}{node.module or ''}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Name, ast.Attribute)):
            name = dotted(node.value)
            if name is None:
                continue
            first, _, rest = name.partition(".")
            full = found.get(first, first) + (f".{rest}" if rest else "")
            if loader(full):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        found[target.id] = full
    return found


def loader(full: str) -> bool:
    parts = full.split(".")
    if len(parts) < 2 or parts[-1] not in LAST:
        return False
    owners = set(parts[:-1])
    if not owners & MODULES and not any("pickle" in part for part in owners):
        return False
    if parts[-1] == "open":
        return "shelve" in owners
    if parts[-1] == "decode":
        return "jsonpickle" in owners
    return True


def strong(path: Path, weak: bool):
    """(line, kind, name) of a file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        for number, line in enumerate(text.split("\n"), 1):
            match = OLD.search(line)
            if match and not line.lstrip().startswith("#"):
                yield number, "text", match.group(0)
        return
    known = names(tree)
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("allow_pickle", "accept_content", "task_serializer", "result_serializer"):
            value = ast.unparse(node.value)
            if value != "False" and (node.arg == "allow_pickle" or "pickle" in value):
                yield node.value.lineno, "keyword", f"{node.arg}={value}"
        if isinstance(node, ast.Call) and dotted(node.func) == "getattr" and len(node.args) > 1:
            if isinstance(node.args[1], ast.Constant) and node.args[1].value in ("loads", "load", "Unpickler"):
                yield node.lineno, "getattr", ast.unparse(node)
        if not isinstance(node, (ast.Name, ast.Attribute)) or id(node) in inner or not isinstance(node.ctx, ast.Load):
            continue
        if isinstance(node, ast.Attribute):
            inner.add(id(node.value))
        name = dotted(node)
        last = node.attr if isinstance(node, ast.Attribute) else node.id
        first, _, rest = (name or "?").partition(".")
        full = known.get(first, first) + (f".{rest}" if rest else "")
        call = called.get(id(node))
        owners = set(full.split(".")[:-1])
        if name is not None and loader(full):
            if owners & {"numpy", "np"}:
                continue  # counts by allow_pickle
            if owners & {"yaml"} and call is not None and last in ("load", "load_all"):
                if any((dotted(a) or "").split(".")[-1] in SAFE_YAML for a in [*call.args, *(k.value for k in call.keywords)]):
                    continue
            yield node.lineno, "call" if call is not None else "mention", full
        elif last in ALWAYS:
            yield node.lineno, "call" if call is not None else "mention", full if name else last
        elif weak and call is not None and last in WEAK and isinstance(node, ast.Attribute):
            if first not in ("json", "toml", "simplejson", "ujson", "yaml", "np", "numpy", "orjson", "msgpack"):
                yield node.lineno, "weak", ast.unparse(node)[:60]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", help="PACKAGE or PACKAGE-VERSION")
    parser.add_argument("--context", type=int, default=0, help="lines around each, for reading")
    parser.add_argument("--weak", action="store_true")
    parser.add_argument("--tests", action="store_true", help="test folders too")
    parser.add_argument("--under", help="only paths that start so")
    arguments = parser.parse_args()
    with (HERE / "releases.tsv").open(newline="") as file:
        releases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in releases:
        release = f"{row['package']}-{row['version']}"
        if arguments.only and row["package"] not in arguments.only and release not in arguments.only:
            continue
        folder = SOURCES / release
        for path in sorted(folder.rglob("*.py")):
            relative = path.relative_to(folder).as_posix()
            if not arguments.tests and re.search(r"(^|/)(tests?|testing|examples?|benchmarks?)/|(^|/)(test_|conftest)", relative):
                continue
            if arguments.under and not relative.startswith(arguments.under):
                continue
            scope = row["scope"]
            if scope and not any(relative.startswith(part) for part in scope.split(",")):
                continue
            found = sorted(set(strong(path, arguments.weak)))
            if not found:
                continue
            lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
            end = 0
            for line, kind, name in found:
                if arguments.context:
                    start = max(line - arguments.context, end + 1)
                    if start > end + 1 or end == 0:
                        print(f"=== {release} {relative}")
                    stop = min(line + max(3, arguments.context // 3), len(lines))
                    for number in range(start, stop + 1):
                        mark = ">" if any(number == other for other, _, _ in found) else " "
                        print(f"{number}{mark}{lines[number - 1].rstrip()[:140]}")
                    end = max(stop, end)
                else:
                    print("\t".join([row["package"], row["version"], relative, str(line), kind, name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
