"""Writes default saves of libraries beyond those of corpus/make.py, in the same form: a folder of files and corpus.json.

    python corpus/libraries/make.py OUT                   every module of this folder that the environment has libraries for
    python corpus/libraries/make.py OUT --only graphs     one module

A module has `build(store, options)`. Each entry of corpus.json names the library that made it: what the module set as
`store.library`, or else the second part of the file's name (`graphs/networkx/…`, `graphs/networkx-…`).
"""

import argparse
import importlib
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: Saves record hash order and the time zone; threads only cost time on small data.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "TZ": "UTC", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore", "CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "agg", "KERAS_BACKEND": "torch", "TF_CPP_MIN_LOG_LEVEL": "3", "MLFLOW_DISABLE_TELEMETRY": "true"}


def modules():
    for path in sorted(HERE.glob("*.py")):
        if path.stem != "make" and "\ndef build(" in path.read_text(encoding="utf8"):
            yield path.stem


def seed():
    """Whatever a library made before, the next one starts from the same numbers."""
    random.seed(0)
    for name, start in (("numpy", lambda module: module.random.seed(0)), ("torch", lambda module: module.manual_seed(0))):
        if name in sys.modules:
            start(sys.modules[name])


def written(write, suffix):
    """What `write(path)` leaves at the path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("saved" + suffix)
        write(str(path))
        return path.read_bytes()


def library_store(out):
    from store import TORCH_NAMES, Store, torch_bytes

    class LibraryStore(Store):
        """A store whose entries say which library they come from."""

        library = None

        def tag(self, before):
            for entry in self.entries[before:]:
                parts = entry["file"].split("/")
                second = parts[1] if len(parts) > 2 else parts[-1].split("-")[0].split(".")[0]
                entry["library"] = self.library or second

        def bytes(self, name, data, expect=()):
            before = len(self.entries)
            # Some libraries tell the running PyTorch that their classes are safe; that of the reader was not told.
            serialization = getattr(sys.modules.get("torch"), "serialization", None)
            if hasattr(serialization, "clear_safe_globals"):
                serialization.clear_safe_globals()
            super().bytes(name, data, expect)
            self.tag(before)

        def file(self, name, write, expect=()):
            before = len(self.entries)
            super().file(name, write, expect)
            self.tag(before)

        def each(self, folder, libraries):
            """Every function makes the saves of the library whose name it has: `{name: make}`, each spread over protocols,
            `{name.pt: make}` by torch.save, or `{name: (write, suffix)}` for what the library writes itself."""
            for function in libraries:
                self.library = function.__name__.replace("_", "-")
                started, before = time.time(), len(self.entries)
                seed()
                for name, make in (self.attempt("%s/%s" % (folder, self.library), function) or {}).items():
                    name = "%s/%s/%s" % (folder, self.library, name)
                    if isinstance(make, tuple):
                        data = self.attempt(name, lambda: written(*make))
                        if data is not None:
                            self.bytes(name + make[1], data)
                        continue
                    value = self.attempt(name, make)
                    if value is None:
                        continue
                    if name.endswith(TORCH_NAMES):
                        data = self.attempt(name, lambda: torch_bytes(value, True))
                        if data is not None:
                            self.bytes(name, data)
                    else:
                        self.spread(name, value)
                print("  %s: %d files in %.1f s" % (self.library, len(self.entries) - before, time.time() - started), flush=True)
            self.library = None

    return LibraryStore(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--only", action="append", default=[], metavar="MODULE")
    parser.add_argument("--packages", default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if any(os.environ.get(key) != value for key, value in ENVIRONMENT.items()):
        os.environ.update(ENVIRONMENT)
        os.execv(sys.executable, [sys.executable] + sys.argv)
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    out = Path(options.out).resolve()
    if out.exists():
        if not (out / "corpus.json").exists():
            raise SystemExit("%s is there and is no corpus" % out)
        shutil.rmtree(str(out))
    out.mkdir(parents=True)
    store = library_store(out)
    store.close()
    for name in options.only or modules():
        started, before = time.time(), len(store.entries)
        try:
            importlib.import_module(name).build(store, options)
        except ImportError as problem:
            store.skip(name, problem)
            print("%s: left out: %s" % (name, problem))
            continue
        print("%s: %d files in %.1f s" % (name, len(store.entries) - before, time.time() - started), flush=True)
        store.library = None
        store.close()
    store.close()
    print("%d files, %d bytes; %d saves left out" % (len(store.entries), sum(e["size"] for e in store.entries), len(store.skipped)))


if __name__ == "__main__":
    main()
