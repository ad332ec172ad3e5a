"""
Downloads the sources of releases.tsv and unpacks them under .cache/python-source-labels/src/PACKAGE-VERSION.

    python3 oracles/python-source/labels/fetch.py                  # everything, SHA-256 checked
    python3 oracles/python-source/labels/fetch.py --only rq arq    # some packages
    python3 oracles/python-source/labels/fetch.py --lock rq==1.16.2    # prints the row of a new release

Nothing is installed, built or executed. `pip download` runs the build back end of a source distribution for its metadata,
even with --no-deps. So pip's own finder and session are used (with pip's configuration), and the file is only unpacked:
of an archive, the .py files and the requirements, as plain files whose path stays within the folder.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from pip._internal.commands.index import IndexCommand
from pip._internal.exceptions import PipError
from pip._vendor.packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent.parent / ".cache" / "python-source-labels"
COLUMNS = ["package", "version", "file", "sha256", "scope", "reference", "set"]
# What a build or a test suite would read besides the sources.
KEPT = (".py", "requirements.txt", "setup.cfg", "pyproject.toml")


def finder():
    command = IndexCommand("index", "")
    options, _ = command.parse_args([])
    session = command._build_session(options)
    found = command._build_package_finder(options=options, session=session, ignore_requires_python=True)
    return session, found


def candidate(found, package: str, version: str, file: str | None):
    """The file of the release: the named one, or a pure wheel, or the source distribution, or else the smallest name."""
    files = [c for c in found.find_all_candidates(package) if str(c.version) == version]
    if file is not None:
        files = [c for c in files if c.link.filename == file]
    if not files:
        return None
    pure = [c for c in files if c.link.filename.endswith("-any.whl")]
    sources = [c for c in files if not c.link.is_wheel]
    linux = [c for c in files if c.link.is_wheel and "manylinux" in c.link.filename and "x86_64" in c.link.filename]
    return (pure or sources or linux or files)[0]


def download(session, link) -> bytes:
    if link.url.startswith("file:"):
        return Path(link.file_path).read_bytes()
    answer = session.get(link.url_without_fragment, headers={"Accept-Encoding": "identity"})
    answer.raise_for_status()
    return answer.content


def unpack(data: bytes, name: str, to: Path) -> int:
    def write(path: str, content: bytes) -> None:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise ValueError(f"{name}: the entry {path!r} leaves its folder")
        target = to.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    count = 0
    if name.endswith((".whl", ".zip", ".egg")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            strip = not name.endswith((".whl", ".egg"))
            for info in archive.infolist():
                path = info.filename.split("/", 1)[-1] if strip else info.filename
                if not info.is_dir() and path.endswith(KEPT):
                    write(path, archive.read(info))
                    count += 1
    else:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                path = member.name.removeprefix("./").split("/", 1)[-1]
                if member.isfile() and path.endswith(KEPT):
                    write(path, archive.extractfile(member).read())
                    count += 1
    return count


def rows() -> list[dict[str, str]]:
    with (HERE / "releases.tsv").open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def fetch(row: dict[str, str], tools) -> str:
    folder = CACHE / "src" / f"{row['package']}-{row['version']}"
    stamp = CACHE / "stamps" / f"{row['package']}-{row['version']}"
    if stamp.exists() and stamp.read_text() == row["sha256"]:
        return "there"
    session, found = tools
    chosen = candidate(found, canonicalize_name(row["package"]), row["version"], row["file"])
    if chosen is None:
        raise ValueError(f"{row['file']} is not in the index")
    data = download(session, chosen.link)
    digest = hashlib.sha256(data).hexdigest()
    if digest != row["sha256"]:
        raise ValueError(f"{row['file']}: SHA-256 {digest}, expected {row['sha256']}")
    count = unpack(data, row["file"], folder)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    return f"{count} files"


def lock(requirement: str, tools) -> str:
    package, version = requirement.split("==")
    session, found = tools
    chosen = candidate(found, canonicalize_name(package), version, None)
    if chosen is None:
        raise ValueError(f"{requirement} is not in the index")
    data = download(session, chosen.link)
    digest = hashlib.sha256(data).hexdigest()
    unpack(data, chosen.link.filename, CACHE / "src" / f"{package}-{version}")
    stamp = CACHE / "stamps" / f"{package}-{version}"
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    return "\t".join([package, version, chosen.link.filename, digest, "", "", ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", help="packages")
    parser.add_argument("--lock", nargs="*", help="PACKAGE==VERSION, to add to the table")
    arguments = parser.parse_args()
    tools = finder()
    failed = 0

    def one(item):
        try:
            return item, lock(item, tools) if arguments.lock else fetch(item, tools), None
        except (OSError, ValueError, PipError) as error:
            return item, None, error

    work = arguments.lock or [r for r in rows() if not arguments.only or r["package"] in arguments.only]
    with ThreadPoolExecutor(4) as pool:
        for item, answer, error in pool.map(one, work):
            name = item if isinstance(item, str) else f"{item['package']} {item['version']}"
            if error is not None:
                failed += 1
                print(f"{name}: {error}", file=sys.stderr)
            elif arguments.lock:
                print(answer, flush=True)
            else:
                print(f"{name}: {answer}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
