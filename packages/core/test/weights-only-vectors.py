"""Writes weights-only-vectors.ts: what torch.load(weights_only=True) makes of streams of the grammar of the oracle.

Run with the PyTorch that packages/core/src/catalogue/data/torch/weights-only.txt names:
    python weights-only-vectors.py > weights-only-vectors.ts
"""
import base64
import pickletools
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "oracles" / "weights-only"))
import restricted  # noqa: E402
import streams  # noqa: E402

STREAMS, SEED = 20_000, 77


def steps(data: bytes) -> set[tuple[str, ...]]:
    """What the stream does: its messages' kinds are not enough, so each opcode with the two before it."""
    found, before = set(), ("", "")
    try:
        for opcode, argument, _ in pickletools.genops(data):
            name = f"{opcode.name} {argument}" if opcode.name == "GLOBAL" else opcode.name
            found.add((*before, name))
            before = (before[1], name)
    except ValueError:
        found.add((*before, "ends"))
    return found


warnings.simplefilter("ignore")
lines = {"loads": [], "refused": [], "fails": []}
seen = {truth: set() for truth in lines}
for number in range(STREAMS):
    data = streams.stream(f"{SEED}-{number}", False)
    truth, message = restricted.real(streams.checkpoint(data, False), [])
    new = steps(data) - seen[truth]
    # Storages of a terabyte, which another machine would have.
    if len(new) < 24 or "can't allocate memory" in message:
        continue
    seen[truth] |= new
    name = restricted.refused_name(message) if truth == "refused" else None
    lines[truth].append(f"  ['{truth}', '{name or ''}', '{base64.b64encode(data).decode()}'],")

print("""/** What PyTorch with weights_only=True makes of a stream, the first global that it refuses, and the stream in base64. */
export type WeightsOnlyVector = readonly ['loads' | 'refused' | 'fails', string, string];

/** Streams of the grammar of oracles/weights-only, each with steps that none before it has; written by weights-only-vectors.py. */
// oxfmt-ignore: a table
export const WEIGHTS_ONLY: readonly WeightsOnlyVector[] = [""")
for kind in lines.values():
    print("\n".join(kind))
print("];")
