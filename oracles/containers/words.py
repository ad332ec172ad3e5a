"""
The one exception of the comparison: lines of text, which no loader is given.

`packages/core/src/plausibility/file-names.ts` holds the same names. Here the bytes are asked as well, so that a pickle under such
a name counts like any other.
"""

from __future__ import annotations

import re

EXTENSION = re.compile(
    r"\.(?:ipynb|py|pyw|json|jsonl|ndjson|ya?ml|txt|md|rst|html?|xml|svg|js|mjs|ts|toml|cfg|ini|csv|tsv|sh|r|jl|env"
    r"|text|names|labels|classes|vocab|properties|conf|css|do|lst|list|dic|aff|ids|smi|smiles|f|for|f77|ftn|d|am|mk)\Z",
    re.IGNORECASE,
)
NO_EXTENSION = re.compile(
    r"(?:labels|classes|categories|names|vocab|merges|tokens|words|readme|(?:.+[-_])?licen[cs]e|copying|notice|authors|contributors"
    r"|changelog|changes|news|history|todo|thanks|install|manifest|sources|stopwords|makefile|dockerfile|installer|record)\Z",
    re.IGNORECASE,
)
# Two lines, the first of which begins like GLOBAL or INST, maybe in brackets.
TWO_LINES = re.compile(rb"(\(?)([ci])([^\n]*)\n[^\n]*(?:\n|\Z)")
# How the next line may begin: with no opcode, or with one that takes what these lines do not leave on the stack.
NEXT_LINE = re.compile(rb"[\n\xa0-\xffRedsablotu]")
# STOP, and the opcodes that call: what names no module by itself may be followed by any others.
ACTS = frozenset(b".Rob\x81\x92")
MODULE = re.compile(r"[^\W\d][\w.]*")


def is_lines_of_text(name: str, data: bytes) -> bool:
    """Lines of text in a file whose name says so."""
    if EXTENSION.search(name) is None and NO_EXTENSION.match(name) is None:
        return False
    at = 0
    in_brackets = False
    is_prose = True
    while (lines := TWO_LINES.match(data, at)) is not None:
        bracket, letter, module = lines.groups()
        at = lines.end()
        if letter == b"i" and not bracket:
            return True  # INST without a MARK: looked up in pure Python, and nothing behind it is read
        is_name = MODULE.fullmatch(module.decode("utf-8", "replace")) is not None
        in_brackets |= bracket != b"" and is_name
        is_prose &= not is_name
    if at == len(data):
        return not in_brackets
    if at > 0 and is_prose and not ACTS.intersection(data[at:]):
        return True
    return at > 0 and NEXT_LINE.match(data, at) is not None
