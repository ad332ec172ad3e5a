"""Writes the honest corpus: default saves of the libraries, none of which may give a finding.

    python corpus/make.py OUT                    every family that the environment has the libraries for
    python corpus/make.py OUT --only torch       one family
    python corpus/make.py OUT --packages FOLDER  also the artifacts inside of the wheels and sdists in FOLDER

Python 3.6 and later, so that older releases of the libraries can be asked as well.
"""

import argparse
import importlib
import os
import shutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
FAMILIES = "standard arrays science frames estimators boosters models torch_files random_bytes training sentences custom packages picklers".split()
#: Saves record hash order and the time zone; threads only cost time on small data.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "TZ": "UTC", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--only", action="append", choices=FAMILIES, default=[])
    parser.add_argument("--packages", default=None, help="folder with wheels and sdists")
    options = parser.parse_args()
    if any(os.environ.get(key) != value for key, value in ENVIRONMENT.items()):
        os.environ.update(ENVIRONMENT)
        os.execv(sys.executable, [sys.executable] + sys.argv)
    from store import Store

    out = Path(options.out).resolve()
    if out.exists():
        if not (out / "corpus.json").exists():
            raise SystemExit("%s is there and is no corpus" % out)
        shutil.rmtree(str(out))
    out.mkdir(parents=True)
    store = Store(out)
    for name in options.only or FAMILIES:
        started, before = time.time(), len(store.entries)
        try:
            importlib.import_module("families." + name).build(store, options)
        except ImportError as problem:
            store.skip(name, problem)
            print("%s: left out: %s" % (name, problem))
            continue
        print("%s: %d files in %.1f s" % (name, len(store.entries) - before, time.time() - started), flush=True)
    store.close()
    print("%d files, %d bytes; %d saves left out" % (len(store.entries), sum(e["size"] for e in store.entries), len(store.skipped)))


if __name__ == "__main__":
    main()
