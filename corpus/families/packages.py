"""Artifacts that ship inside of published packages: written by other people, years ago, with whatever they had."""

import re
import sysconfig
import tarfile
import zipfile
from pathlib import Path

#: What counts as an artifact by its name; tables and text in gzip are none.
NAMES = re.compile(r"\.(pkl|pickle|p|joblib|npz|npy|pt|pth|model|sav)(\.(gz|gzip|bz2|xz|lzma|zip))?$", re.I)
#: Other formats under these endings.
OTHERS = re.compile(r"scipy/io/tests/data/.*\.sav$|gensim/test/test_data/(?!.*-).*\.model$|\.pth$")
#: Installed packages that ship artifacts; others come as wheels and sdists in the folder of `--packages`.
INSTALLED = "numpy scipy sklearn joblib statsmodels gensim torch matplotlib".split()


def build(store, options):
    site = Path(sysconfig.get_paths()["purelib"])
    roots = [site] + [Path(line) for path in site.glob("*.pth") for line in path.read_text().splitlines() if line.startswith("/") and Path(line).is_dir()]
    for package in INSTALLED:
        for root in roots:
            folder = root / package
            if not folder.is_dir():
                continue
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(root).as_posix()
                if path.is_file() and NAMES.search(name) and not OTHERS.search(name):
                    store.bytes("packages/" + name, path.read_bytes())
            break
    if options.packages is None:
        return
    for archive in sorted(Path(options.packages).iterdir()):
        for name, data in members(archive):
            if NAMES.search(name) and not OTHERS.search(name) and ".." not in name:
                store.bytes("packages/%s" % name, data)


def members(archive):
    if archive.suffix == ".whl":
        with zipfile.ZipFile(str(archive)) as opened:
            for name in opened.namelist():
                if NAMES.search(name):
                    yield name, opened.read(name)
    elif archive.name.endswith(".tar.gz"):
        with tarfile.open(str(archive)) as opened:
            for member in opened:
                if member.isfile() and NAMES.search(member.name):
                    yield member.name, opened.extractfile(member).read()
