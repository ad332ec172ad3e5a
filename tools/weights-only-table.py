"""Writes packages/core/src/catalogue/data/torch/weights-only.txt from the installed PyTorch: what the restricted unpickler
behind `torch.load(weights_only=True)` takes. Reads tables of torch/_weights_only_unpickler.py and loads no file.

    python3 tools/weights-only-table.py
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import torch
import torch._weights_only_unpickler as unpickler
from torch._utils import IMPORT_MAPPING, NAME_MAPPING

sys.path.append(str(Path(__file__).resolve().parent / "catalogue"))
from table import block, by_name, plain, write_table

COMMENT = """\
What the restricted unpickler of PyTorch takes (torch/_weights_only_unpickler.py): names by `_get_allowed_globals`, and the names
of Python 2 that it translates, whatever the protocol. Behind a function: its fewest and most arguments."""


def kind(value: object) -> str:
    if isinstance(value, torch.serialization.StorageType) or value in torch._storage_classes:
        return "storage"
    if value in torch._tensor_classes:
        return "tensor"
    if isinstance(value, type):
        return "class"
    return "function" if callable(value) else "value"


def arity(function: object) -> str | None:
    """`least-most`, without the most where any number is taken; None where that cannot be asked for."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    parameters_in_order = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    least = sum(one.default is one.empty for one in parameters_in_order)
    return f"{least}-{'' if any(one.kind is one.VAR_POSITIONAL for one in parameters) else len(parameters_in_order)}"


def main() -> None:
    kinds: dict[str, list[str]] = {"class": [], "tensor": [], "storage": [], "function": [], "value": []}
    for name, value in unpickler._get_allowed_globals().items():
        kinds[kind(value)].append(name)
    functions = {name: arity(unpickler._get_allowed_globals()[name]) for name in kinds["function"]}
    blocks = [
        block("weights-only", {"takes": takes}, by_name((name, functions.get(name)) for name in names))
        for takes, names in kinds.items()
    ]
    blocks.append(block("weights-only-blocked", {}, plain(unpickler._blocklisted_modules)))
    blocks.append(block("weights-only-renamed", {}, by_name((".".join(old), ".".join(new)) for old, new in NAME_MAPPING.items())))
    blocks.append(block("weights-only-renamed-module", {}, by_name(IMPORT_MAPPING.items())))
    write_table("torch/weights-only.txt", "tools/weights-only-table.py", blocks, COMMENT, torch.__version__.split("+")[0])


if __name__ == "__main__":
    main()
