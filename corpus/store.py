"""Where the corpus is written: one file for each save, and a list of them all."""

import bz2
import gzip
import io
import json
import lzma
import pickle
import sys
import warnings
import zlib
from pathlib import Path

warnings.simplefilter("ignore")
warnings.showwarning = lambda *given, **more: None  # statsmodels switches its own on again

#: Every protocol of the running Python.
PROTOCOLS = list(range(pickle.HIGHEST_PROTOCOL + 1))
#: joblib's compressors with the extension that picks each of them; None writes the arrays as they are.
COMPRESSORS = [None, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3), ("lz4", 3)]
#: No file needs more to show what its library writes.
MAX_BYTES = 4 * 2**20


REFUSED = "TORCH-LOAD-UNTRUSTED"
TORCH_ZIP, TORCH_LEGACY = b"PK\x03\x04", b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"
TORCH_NAMES = (".pt", ".pth", ".ckpt", ".bin")


def asked_of_torch(name, data):
    """What is said of a checkpoint that is no attack: torch.load(weights_only=True) does not take it, or no torch.load
    does. PyTorch itself decides."""
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch.serialization, "add_safe_globals"):
        return [], False
    if not data.startswith((TORCH_ZIP, TORCH_LEGACY)) and not name.endswith(TORCH_NAMES):
        return [], False
    # Sizes of a nested tensor are read from memory that nobody wrote: most times that fails, by chance it does not.
    if data.startswith(TORCH_LEGACY) and b"_rebuild_nested_tensor" in data:
        return [], True
    try:
        torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        return [REFUSED], False
    except Exception as problem:  # TorchScript, or what torch writes to its older format and cannot read back
        return [], data.startswith(TORCH_LEGACY) and "weights_only" not in str(problem)
    return [], False


class Store:
    """Writes artifacts and remembers them. `turn` spreads protocols and compressors over the values."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.entries = []
        self.skipped = []
        self.turn = 0

    # ---- writing ----

    def bytes(self, name, data, expect=()):
        """One file as it is. `expect`: the rules that must fire and no others."""
        if len(data) > MAX_BYTES:
            self.skipped.append("%s: %d bytes" % (name, len(data)))
            return
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        refused, damaged = asked_of_torch(name, data)
        entry = {"file": name, "size": len(data), "expect": sorted({*expect, *refused})}
        if damaged:
            entry["damaged"] = True
        self.entries.append(entry)

    def file(self, name, write, expect=()):
        """One file that `write(path)` makes."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(str(path))
        except Exception as problem:
            self.skip(name, problem)
            if path.is_file():
                path.unlink()
            return
        size = path.stat().st_size
        if size > MAX_BYTES:
            path.unlink()
            self.skipped.append("%s: %d bytes" % (name, size))
            return
        self.entries.append({"file": name, "size": size, "expect": sorted(expect)})

    def pickled(self, name, value, protocols, expect=()):
        for protocol in protocols:
            try:
                data = pickle.dumps(value, protocol)
            except Exception as problem:
                self.skip("%s.p%d" % (name, protocol), problem)
                continue
            self.bytes("%s.p%d.pkl" % (name, protocol), data, expect)

    def every(self, name, value):
        """In every protocol."""
        self.pickled(name, value, PROTOCOLS)

    def joblib(self, name, value, compressor, expect=()):
        import joblib

        if compressor is None:
            self.file(name + ".joblib", lambda path: joblib.dump(value, path), expect)
        else:
            self.file("%s.%s.joblib" % (name, compressor[0]), lambda path: joblib.dump(value, path, compress=compressor), expect)

    def spread(self, name, value, expect=()):
        """In two protocols and once by joblib, each value with the next ones, so that all of them come round."""
        count = len(PROTOCOLS)
        self.pickled(name, value, sorted({self.turn % count, (self.turn + count // 2) % count}), expect)
        self.joblib(name, value, COMPRESSORS[self.turn % len(COMPRESSORS)], expect)
        self.turn += 1

    def skip(self, name, problem):
        self.skipped.append("%s: %s: %s" % (name, type(problem).__name__, str(problem).splitlines()[0][:100] if str(problem) else ""))

    def attempt(self, name, make):
        """What one version of a library has and another lacks."""
        try:
            return make()
        except Exception as problem:
            self.skip(name, problem)
            return None

    def close(self):
        (self.folder / "corpus.json").write_text(json.dumps({"files": self.entries, "skipped": self.skipped}, indent=1))


#: What a stream of bytes is wrapped in by hand: gzip.open, bz2.open, lzma.open and zlib.compress.
WRAPPERS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "zlib": zlib.compress,
}


def torch_bytes(value, zipped):
    import torch

    out = io.BytesIO()
    torch.save(value, out, _use_new_zipfile_serialization=zipped)
    return out.getvalue()
