"""Writes tables of the catalogue (packages/core/src/catalogue/data; the form is in table.ts and kinds.ts)."""

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "packages/core/src/catalogue/data"


def block(kind, fields, entries, comment=""):
    """One block: `fields` by name, those of None left out; `entries` as (words, text), text empty where there is none."""
    lines = ["# %s" % line for line in comment.splitlines()]
    lines.append("[%s]" % kind)
    lines += ["%s: %s" % (name, value) for name, value in fields.items() if value is not None]
    lines += ["  %s: %s" % (words, text) if text else "  %s" % words for words, text in entries]
    return "\n".join(lines) + "\n"


def by_name(entries):
    """Entries in the order that the tables have: by their words."""
    return sorted((words, text) for words, text in entries)


def plain(names):
    """Entries of words alone."""
    return by_name((words, "") for words in names)


def write_table(path, source, blocks, comment="", torch=None):
    """Writes one table; `path` is within `data`. Run `node tools/generate-catalogue.mjs` behind it."""
    target = DATA / path
    target.parent.mkdir(parents=True, exist_ok=True)
    head = ["# %s" % line for line in comment.splitlines()]
    head.append("source: %s" % source)
    if torch is not None:
        head.append("torch: %s" % torch)
    target.write_text("%s\n\n%s" % ("\n".join(head), "\n".join(blocks)))
