"""Files that hold many arrays of random numbers: among so many bytes some look like anything."""

import io

import numpy as np
import torch

from store import torch_bytes

#: Arrays of one file: with 1,500 of them two random bytes look like zlib's header in nearly each file.
ARRAYS = 1500
KINDS = [np.float32, np.float16, np.int64, np.uint8, np.int8]


def arrays(seed, kind):
    generator = np.random.default_rng(seed)
    if kind in (np.float32, np.float16):
        return [generator.standard_normal(generator.integers(8, 64)).astype(kind) for _ in range(ARRAYS)]
    limits = np.iinfo(kind)
    return [generator.integers(limits.min, limits.max, generator.integers(8, 64), dtype=kind, endpoint=True) for _ in range(ARRAYS)]


def build(store, options):
    for seed, kind in enumerate(KINDS * 2):
        values = arrays(seed, kind)
        name = "random/%s-%d" % (np.dtype(kind).name, seed)
        tensors = {"layer.%d" % i: torch.from_numpy(value) for i, value in enumerate(values)}
        store.bytes(name + ".pt", torch_bytes(tensors, True))
        store.bytes(name + ".legacy.pt", torch_bytes(tensors, False))
        named = {"a%d" % i: value for i, value in enumerate(values[:300])}
        for suffix, save in (("npz", np.savez), ("compressed.npz", np.savez_compressed)):
            out = io.BytesIO()
            save(out, **named)
            store.bytes("%s.%s" % (name, suffix), out.getvalue())
        store.joblib(name, named, None)
        store.pickled(name, named, [0, 2, 4, 5])
