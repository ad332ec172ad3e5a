"""numpy: arrays of every dtype and kind, generators, scalars; .npy and .npz; the same by joblib with every compressor."""

import io

import numpy as np

from store import COMPRESSORS, WRAPPERS


def arrays():
    made = {}
    for code in "?bBhHiIlLqQefdgFDGSUVOMm":
        dtype = {"S": "S5", "U": "U5", "V": "V6", "M": "M8[ns]", "m": "m8[s]"}.get(code, code)
        try:
            made["dtype-" + np.dtype(dtype).name.replace("[", "-").replace("]", "") + "-" + str(ord(code))] = np.zeros(4, dtype)
        except TypeError:
            continue
    structured = np.array([(1, 2.0, b"a"), (2, 3.5, b"b")], dtype=[("i", "<i4"), ("f", ">f8"), ("s", "S3")])
    made.update({
        "structured": structured,
        "structured-nested": np.zeros(2, dtype=[("p", [("x", "f4"), ("y", "f4")]), ("v", "i2", (2, 3))]),
        "structured-aligned": np.zeros(2, np.dtype([("a", "i1"), ("b", "f8")], align=True)),
        "structured-titles": np.zeros(2, np.dtype({"names": ["a"], "formats": ["i4"], "titles": ["A"]})),
        "record": np.rec.array([(1, 2.0)], names="a,b"),
        "object": np.array([{"a": 1}, [1, 2], "text", None, 3.5], dtype=object),
        "object-nested": np.array([np.arange(3), np.array(["a", None], dtype=object)], dtype=object),
        "object-grid": np.array([[1, "a"], [None, 2.5]], dtype=object),
        "big-endian": np.arange(5, dtype=">i8"),
        "fortran": np.asfortranarray(np.ones((3, 4))),
        "strided": np.arange(20)[::3],
        "empty": np.zeros((0, 3)),
        "zero-d": np.array(3.5),
        "high-d": np.zeros((1, 2, 1, 2, 1, 2), dtype="f4"),
        "large": np.random.RandomState(0).rand(200, 30),
        "masked": np.ma.array([1.0, 2.0, 3.0], mask=[0, 1, 0]),
        "masked-structured": np.ma.array([(1, 2.0), (3, 4.0)], mask=[(0, 1), (1, 0)], dtype="i4,f8"),
        "masked-constant": np.ma.masked,
        "matrix": np.matrix([[1, 2], [3, 4]]),
        "char": np.char.array(["a", "bc"]),
        "datetime": np.array(["2020-01-01", "NaT"], dtype="M8[D]"),
        "poly": np.poly1d([1, 2, 3]),
    })
    return made


def others():
    made = {
        "scalars": [np.float64(1.5), np.int32(1), np.bool_(True), np.str_("a"), np.bytes_(b"a"), np.complex64(1j), np.datetime64("2020-01-01"), np.timedelta64(1, "s"), np.float16(1), np.longdouble(1)],
        "void-scalar": np.zeros(1, dtype="i4,f8")[0],
        "dtypes": [np.dtype("f4"), np.dtype("M8[ms]"), np.dtype("S3"), np.dtype([("a", "i4")]), np.dtype(("i4", (2,)))],
        "types": [np.float32, np.int64, np.ndarray, np.bool_],
        "functions": [np.add, np.log1p, np.maximum],
        "random-state": np.random.RandomState(3),
        "random-legacy-tuple": np.random.RandomState(3).get_state(),
        "polynomials": [np.polynomial.Polynomial([1, 2]), np.polynomial.Chebyshev([1, 2])],
    }
    if hasattr(np.random, "default_rng"):
        for kind in "PCG64 PCG64DXSM MT19937 Philox SFC64".split():
            if hasattr(np.random, kind):
                made["generator-" + kind] = np.random.Generator(getattr(np.random, kind)(1))
        made["seeds"] = np.random.SeedSequence(3).spawn(2)
    try:
        made["string-dtype"] = np.array(["a", "bcd"], dtype=np.dtypes.StringDType())
        made["string-dtype-na"] = np.array(["a", None], dtype=np.dtypes.StringDType(na_object=None))
    except Exception:
        pass
    return made


def build(store, options):
    made = arrays()
    for name, value in sorted(made.items()):
        store.spread("arrays/" + name, value)
        if type(value) is np.ndarray:
            store.file("arrays/%s.npy" % name, lambda path: np.save(path, value))
    for name, value in sorted(others().items()):
        store.spread("arrays/" + name, value)
    for name in ("large", "object", "structured", "masked"):
        store.every("arrays/" + name + "-each", made[name])
        for compressor in COMPRESSORS:
            store.joblib("arrays/" + name + "-each", {"array": made[name], "name": name}, compressor)
    for major in (1, 2, 3):
        def write(path):
            with open(path, "wb") as file:
                np.lib.format.write_array(file, made["large"], version=(major, 0))
        store.file("arrays/version-%d.npy" % major, write)
    store.file("arrays/plain.npz", lambda path: np.savez(path, a=made["large"], b=made["structured"], c=made["zero-d"]))
    store.file("arrays/compressed.npz", lambda path: np.savez_compressed(path, a=made["large"], b=made["datetime"]))
    store.file("arrays/objects.npz", lambda path: np.savez(path, a=made["object"], b=made["object-grid"]))
    out = io.BytesIO()
    for name in ("large", "structured", "object"):
        np.save(out, made[name])
    store.bytes("arrays/three-in-a-row.npy", out.getvalue())
    for extension, wrap in WRAPPERS.items():
        store.bytes("arrays/wrapped.npy." + extension, wrap(out.getvalue()))
    store.file("arrays/dump.pkl", lambda path: made["large"].dump(path))
