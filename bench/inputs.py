"""Makes the inputs of the benchmark with the real libraries; run.py calls it. Every file is an honest default save.

    python bench/inputs.py FOLDER [CASE...]

Needs the libraries of fixtures/requirements.txt. Files that are there already are kept.
"""

import argparse
import io
import os
import pickle
import random
from pathlib import Path

MIB = 2**20


def checkpoint(path, tensors, mebibytes, legacy=False):
    """A state dict of float32 matrices that share nothing."""
    import torch

    torch.manual_seed(1)
    rows = mebibytes * MIB // 4 // 1024
    state = {f"layers.{i}.weight": torch.rand(rows, 1024) for i in range(tensors)}
    torch.save(state, path, _use_new_zipfile_serialization=not legacy)


def dense(count):
    """Data of which nearly every byte is an opcode: what costs an unpickler most."""
    source = random.Random(1)
    return [
        [source.randrange(256), None, True, (source.randrange(256), source.randrange(65536)), {"k": source.randrange(256)}, []]
        for _ in range(count)
    ]


def dense_pickle(path, protocol, count):
    path.write_bytes(pickle.dumps(dense(count), protocol))


def forest(trees):
    import numpy
    from sklearn.ensemble import RandomForestClassifier

    source = numpy.random.default_rng(1)
    rows = source.normal(size=(600, 20))
    labels = (rows[:, 0] + rows[:, 1] * rows[:, 2] + source.normal(size=600) / 2 > 0).astype(int)
    return RandomForestClassifier(n_estimators=trees, random_state=1, n_jobs=2).fit(rows, labels)


def forest_pickle(path, trees):
    path.write_bytes(pickle.dumps(forest(trees)))


def forest_joblib(path, trees):
    import joblib

    joblib.dump(forest(trees), path)


def arrays(mebibytes, count):
    """Weights as they are after training in half precision: they compress by about a half."""
    import numpy

    source = numpy.random.default_rng(1)
    each = mebibytes * MIB // count // 4
    return {f"w{i}": source.normal(size=each).astype("float16").astype("float32") for i in range(count)}


def inline(path, mebibytes, compress=0):
    import joblib

    joblib.dump(arrays(mebibytes, 16), path, compress=compress)


def records(count):
    source = random.Random(1)
    return [{"id": i, "name": f"row-{i}", "score": source.random(), "tags": ["a", "b"]} for i in range(count)]


def object_array(path, count):
    import numpy

    array = numpy.empty(count, dtype=object)
    array[:] = records(count)
    numpy.save(path.open("wb"), array, allow_pickle=True)


def protocol_5(path, mebibytes):
    """Arrays in band and a bytearray: BYTEARRAY8 and BINBYTES8."""
    import numpy

    source = numpy.random.default_rng(1)
    half = mebibytes * MIB // 2
    value = {"array": source.integers(0, 256, half, dtype="uint8"), "raw": bytearray(source.bytes(half))}
    path.write_bytes(pickle.dumps(value, 5))


def small_files(path, count):
    """What a model hub's folder holds: small estimators, state dicts, arrays and configurations, a few KiB each."""
    import joblib
    import numpy
    import torch
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    source = numpy.random.default_rng(1)
    path.mkdir()
    for i in range(count):
        rows = source.normal(size=(20, 5))
        name = path / f"{i // 250:02d}" / f"file-{i:04d}"
        name.parent.mkdir(exist_ok=True)
        match i % 5:
            case 0:
                pickle.dump(StandardScaler().fit(rows), name.with_suffix(".pkl").open("wb"))
            case 1:
                joblib.dump(LogisticRegression().fit(rows, rows[:, 0] > 0), name.with_suffix(".joblib"))
            case 2:
                torch.save(torch.nn.Linear(5, 3).state_dict(), name.with_suffix(".pt"))
            case 3:
                pickle.dump({"step": i, "history": source.normal(size=50).tolist()}, name.with_suffix(".pkl").open("wb"))
            case 4:
                buffer = io.BytesIO()
                numpy.savez(buffer, weights=rows, bias=rows[0])
                name.with_suffix(".npz").write_bytes(buffer.getvalue())


# Sizes of the curve: the same kind of file, each twice the one before it.
STEPS = (1, 2, 4, 8, 16)

CASES = {
    "checkpoint.pt": lambda path: checkpoint(path, 400, 4),
    "legacy.pt": lambda path: checkpoint(path, 400, 4, legacy=True),
    "dense-4.pkl": lambda path: dense_pickle(path, 4, 2_083_000),
    "dense-0.pkl": lambda path: dense_pickle(path, 0, 361_000),
    "forest.pkl": lambda path: forest_pickle(path, 1000),
    "forest.joblib": lambda path: forest_joblib(path, 1000),
    "inline.joblib": lambda path: inline(path, 256),
    "compressed.joblib": lambda path: inline(path, 64, compress=("zlib", 3)),
    "objects.npy": lambda path: object_array(path, 300_000),
    "protocol-5.pkl": lambda path: protocol_5(path, 512),
    "small": lambda path: small_files(path, 5000),
    **{f"curve/checkpoint-{n}.pt": lambda path, n=n: checkpoint(path, 25 * n, 4) for n in STEPS},
    **{f"curve/dense-4-{n}.pkl": lambda path, n=n: dense_pickle(path, 4, 130_000 * n) for n in STEPS},
    **{f"curve/dense-0-{n}.pkl": lambda path, n=n: dense_pickle(path, 0, 22_500 * n) for n in STEPS},
    **{f"curve/objects-{n}.npy": lambda path, n=n: object_array(path, 18_750 * n) for n in STEPS},
    **{f"curve/compressed-{n}.joblib": lambda path, n=n: inline(path, 4 * n, compress=("zlib", 3)) for n in STEPS},
    **{f"curve/small-{n}": lambda path, n=n: small_files(path, 300 * n) for n in STEPS},
}


def main(folder, names):
    for name in names or CASES:
        path = folder / name
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own until it is whole: a run that is broken off leaves no half input behind.
        unfinished = path.with_name(f"unfinished-{os.getpid()}-{path.name}")
        CASES[name](unfinished)
        unfinished.rename(path)
        print(name, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="which inputs; all of them without a name")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.names)
