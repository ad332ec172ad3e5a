"""
Compares what the loaders would look up with the report, archive by archive.

A loader's name ends in `@3.8` where another Python than the first ran it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

SHOWN_REASONS = 25


@dataclass
class Outcome:
    archives: Counter[str] = field(default_factory=Counter)
    loaded: Counter[str] = field(default_factory=Counter)
    incomplete: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    extras: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    opened: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    markers: int = 0
    words: int = 0
    misses: list[dict[str, Any]] = field(default_factory=list)
    saved: list[dict[str, Any]] = field(default_factory=list)

    def add(self, family: str, theirs: dict[str, Any] | None, ours: dict[str, Any]) -> None:
        self.archives[family] += 1
        incomplete = bool(ours["incomplete"])
        self.incomplete[family] += incomplete
        self.reasons.update({_kind(reason) for reason in ours["incomplete"]})
        if theirs is None:
            self.unanswered[family] += 1
            return
        known = set(ours["globals"])
        wanted = {name for names in theirs["seen"].values() for name in names}
        self.markers += len(wanted)
        self.loaded[family] += bool(wanted)
        self.extras[family] += sum(name.startswith("marker_") for name in known - wanted)
        first = {name for loader, names in theirs["seen"].items() if "@" not in loader for name in names}
        for version in {loader.partition("@")[2] for loader, names in theirs["seen"].items() if "@" in loader and set(names) - first}:
            self.others[version] += 1
        for loader, names in theirs["seen"].items():
            if names and "@" not in loader:
                self.opened[loader][family] += 1
        words = set(theirs["words"])
        self.words += len(wanted & words - known)
        missing = wanted - known - words
        if not missing:
            return
        by = {loader: sorted(missing & set(names)) for loader, names in theirs["seen"].items() if missing & set(names)}
        case = {"family": family, "file": ours["file"], "format": ours["format"], "missing": by, "incomplete": ours["incomplete"][:3]}
        if incomplete:
            self.decided[family] += 1
            self.saved.append(case)
        else:
            self.missed[family] += 1
            self.misses.append(case)

    def table(self) -> str:
        head = ["family", "archives", "loaded", "missed", "incomplete", "decided by it", "no answer", "more than they"]
        rows = [head]
        for family in sorted(self.archives):
            rows.append([family, *(str(counter[family]) for counter in self._counters())])
        rows.append(["all", *(str(sum(counter.values())) for counter in self._counters())])
        inner = sorted({name.rpartition(" > ")[2] for name in self.opened})
        outer = ["", *sorted({name.partition(" > ")[0] for name in self.opened if " > " in name})]
        loaders = [["archives with a lookup by", *(name and f"in {name}" or "itself" for name in outer)]]
        for name in inner:
            counts = [self.opened.get(f"{one} > {name}" if one else name, Counter()) for one in outer]
            loaders.append([name, *(str(sum(count.values())) for count in counts)])
        return f"{_aligned(rows)}\n\n{_aligned(loaders)}"

    def why(self) -> str:
        """Why artifacts are incomplete, by the number of artifacts."""
        rows = [["reason", "archives"], *([reason, str(count)] for reason, count in self.reasons.most_common(SHOWN_REASONS))]
        return _aligned(rows)

    def _counters(self) -> tuple[Counter[str], ...]:
        return self.archives, self.loaded, self.missed, self.incomplete, self.decided, self.unanswered, self.extras


def _kind(reason: str) -> str:
    """A reason without its path, numbers and names."""
    text = re.sub(r"[\"'].*?[\"']", "...", reason.rpartition(": ")[2] if reason.count(": ") < 2 else reason.split(": ", 1)[1])
    return re.sub(r"0x[0-9a-f]+|\d+", "N", re.sub(r"[^\x20-\x7e]", "?", text))[:100]


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths)))
        for row in rows
    )
