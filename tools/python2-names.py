"""Writes packages/core/src/catalogue/data/python2-names.txt from CPython's `_compat_pickle`.

Run with several interpreters: the tables are merged, because a name that any supported
Python maps must be judged under both spellings. 3.13, for one, dropped a module that
earlier versions map.

    python3 tools/python2-names.py python3.8 python3.11 python3.13
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "catalogue"))
from table import block, by_name, write_table

DUMP = (
    "import _compat_pickle as c, json, sys; json.dump("
    "[sorted([list(k), list(v)] for k, v in c.NAME_MAPPING.items()),"
    " sorted(c.IMPORT_MAPPING.items())], sys.stdout)"
)
COMMENT = """\
The Python 2 names that CPython's unpicklers translate while the protocol in force is below 3 (`Lib/_compat_pickle.py`:
NAME_MAPPING and IMPORT_MAPPING; `pickle._Unpickler.find_class`)."""


def main(interpreters: list[str]) -> None:
    names: dict[tuple[str, str], tuple[str, str]] = {}
    modules: dict[str, str] = {}
    for interpreter in interpreters or [sys.executable]:
        raw = subprocess.run([interpreter, "-c", DUMP], check=True, capture_output=True).stdout
        name_rows, module_rows = json.loads(raw)
        for source, target in name_rows:
            if names.setdefault(tuple(source), tuple(target)) != tuple(target):
                raise SystemExit(f"interpreters disagree on {source}")
        for source, target in module_rows:
            if modules.setdefault(source, target) != target:
                raise SystemExit(f"interpreters disagree on {source}")
    fields = {"before-protocol": "3"}
    blocks = [
        block("renamed", fields, by_name((" ".join(source), " ".join(target)) for source, target in names.items())),
        block("renamed-module", fields, by_name(modules.items())),
    ]
    write_table("python2-names.txt", "tools/python2-names.py", blocks, COMMENT)


if __name__ == "__main__":
    main(sys.argv[1:])
