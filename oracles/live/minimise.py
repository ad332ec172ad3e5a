"""Makes streams smaller while they still act and still pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from pieces import Piece, join, pieces_of, spans

MOST_CANDIDATES = 400
SLICE = 24
MOST_ROUNDS = 24

Steps = Generator[list[list[Piece]], list[bool], list[Piece]]
SMALL = [[Piece("NONE", b"N", None)], [Piece("EMPTY_TUPLE", b")", ())], [Piece("EMPTY_DICT", b"}", {})], [Piece("NEWTRUE", b"\x88", True)]]


def candidates(pieces: list[Piece], asked: set[bytes]) -> list[list[Piece]]:
    """Smaller streams, the smallest first: a value as the whole, a value left out or replaced by a small one, opcodes
    left out."""
    head = [pieces[0]] if pieces[0].name == "PROTO" else []
    stop = [pieces[-1]]
    sizes = [0]
    for piece in pieces:
        sizes.append(sizes[-1] + len(piece.data))
    # Bytes that stay, what is kept before, from and to where it is kept or left out, and what stands instead.
    edits: list[tuple[int, bool, int, int, int]] = []
    for start, end in set(spans(pieces)):
        inside = sizes[end] - sizes[start]
        if end - start < len(pieces) - len(head) - 1:
            edits.append((inside, True, start, end, 0))
        edits.append((sizes[-1] - inside, False, start, end, 0))
        if inside > 1:
            edits.extend((sizes[-1] - inside + 1, False, start, end, small) for small in range(1, len(SMALL) + 1))
    for size in (1, 2, 3, 4):
        for at in range(len(head), len(pieces) - size):
            edits.append((sizes[-1] - sizes[at + size] + sizes[at], False, at, at + size, 0))
    found: dict[bytes, list[Piece]] = {}
    for _, whole, start, end, small in sorted(edits):
        instead = SMALL[small - 1] if small else []
        one = [*head, *pieces[start:end], *stop] if whole else [*pieces[:start], *instead, *pieces[end:]]
        data = join(one)
        if data not in asked:
            found.setdefault(data, one)
        if len(found) >= MOST_CANDIDATES:
            break
    return list(found.values())


def steps(pieces: list[Piece]) -> Steps:
    """Asks about candidates until none is left that is smaller; the smallest first, a few at a time."""
    asked: set[bytes] = set()
    for _ in range(MOST_ROUNDS):
        offered = candidates(pieces, asked)
        smaller = None
        for at in range(0, len(offered), SLICE):
            part = offered[at : at + SLICE]
            asked.update(join(one) for one in part)
            answers = yield part
            smaller = next((one for one, ok in zip(part, answers, strict=True) if ok), None)
            if smaller is not None:
                break
        if smaller is None:
            break
        pieces = smaller
    return pieces


def minimise(streams: list[bytes], holds: Callable[[list[tuple[int, bytes]]], list[bool]], seconds: float) -> list[bytes]:
    """All of them at once, for so long. `holds` says of (number of the stream, candidate) whether it still is the same miss."""
    result = list(streams)
    running: dict[int, Steps] = {}
    offered: dict[int, list[list[Piece]]] = {}
    for number, data in enumerate(streams):
        pieces = pieces_of(data)
        if pieces is None:
            continue
        running[number] = steps(pieces)
        offered[number] = next(running[number], [])
    until = time.monotonic() + seconds
    while offered and time.monotonic() < until:
        asked = [(number, join(one)) for number, several in offered.items() for one in several]
        answers = iter(holds(asked))
        following: dict[int, list[list[Piece]]] = {}
        for number, several in offered.items():
            told = [next(answers) for _ in several]
            good = [one for one, ok in zip(several, told, strict=True) if ok]
            if good:
                result[number] = join(good[0])
            try:
                following[number] = running[number].send(told)
            except StopIteration:
                continue
        offered = {number: several for number, several in following.items() if several}
    return result
