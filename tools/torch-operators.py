"""Writes packages/core/src/catalogue/data/torch/operators.txt: the operators of `aten` and `prim`, those that the
installed PyTorch registers and those that earlier releases had.

    python3 tools/torch-operators.py                       # of the installed one; earlier ones stay as the file has them
    python3 tools/torch-operators.py --wheels FOLDER       # earlier ones anew, from wheels of them

A wheel is not installed: the schemas stand in its libraries as texts, `aten::abs(Tensor self) -> Tensor` until 1.6,
`abs(Tensor self) -> Tensor` since. What such a search finds too much is a name that is taken for an old operator. Fit for
it are the wheels for macOS, one library each: `pip download --no-deps --only-binary=:all: --platform macosx_10_9_x86_64
--python-version 3.8 --implementation cp --abi none torch==1.8.1`.
"""

from __future__ import annotations

import argparse
import re
import sys
import zipfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "catalogue"))
from table import DATA, block, plain, write_table

TARGET = "torch/operators.txt"

#: A schema without its namespace.
SCHEMA = re.compile(rb"(?<![\w:.])([A-Za-z_]\w{0,80})(?:\.\w+)?\((?:[^()\0\n]|\(\)|\([^()\0\n]*\)){0,2000}\) ?-> ?[(A-Za-z_]")
#: A name with its namespace, as a text of its own or in front of a schema. Shorter ones are parts of instructions.
NAME = re.compile(rb"(?<![\w:])(aten|prim)::([A-Za-z_]\w*)(?=[\0(.\s\"'`,):])")
#: Since this release schemas stand without their namespace.
BARE_SINCE = (1, 6)


def installed() -> tuple[str, dict[str, set[str]]]:
    import torch

    found: dict[str, set[str]] = {"aten": set(), "prim": set()}
    for name in [*torch._C._dispatch_get_all_op_names(), *(schema.name for schema in torch._C._jit_get_all_schemas())]:
        namespace, own = name.split("::", 1)
        if namespace in found:
            found[namespace].add(own.split(".")[0])
    return torch.__version__.split("+")[0], found


def earlier(folder: Path) -> tuple[list[str], dict[str, set[str]]]:
    found: dict[str, set[str]] = {"aten": set(), "prim": set()}
    versions = []
    for wheel in folder.glob("torch-*.whl"):
        version = wheel.name.split("-")[1]
        versions.append(version)
        is_bare = tuple(int(part) for part in version.split(".")[:2]) >= BARE_SINCE
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if not re.search(r"/libtorch\w*\.(?:dylib|so)$", member):
                    continue
                data = archive.read(member)
                for namespace, name in NAME.findall(data):
                    found[namespace.decode()].add(name.decode().removesuffix("INTERNAL"))
                if is_bare:
                    found["aten"].update(match[1].decode() for match in SCHEMA.finditer(data))
    versions.sort(key=lambda version: [int(part) for part in version.split(".")])
    return versions, found


def stored() -> tuple[list[str], dict[str, set[str]]]:
    """The earlier releases and their operators as the table has them."""
    found: dict[str, set[str]] = {"aten": set(), "prim": set()}
    releases: dict[str, list[str]] = {}
    text = (DATA / TARGET).read_text() if (DATA / TARGET).exists() else ""
    now = re.search(r"^torch: (.+)$", text, re.MULTILINE)
    for part in text.split("[torch-operator]\n")[1:]:
        fields = dict(re.findall(r"^([a-z]+): (.+)$", part, re.MULTILINE))
        if now is not None and fields["releases"] != now[1]:
            releases[fields["namespace"]] = fields["releases"].split()
            found[fields["namespace"]].update(re.findall(r"^  (\S+)$", part, re.MULTILINE))
    return releases.get("aten", []), found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path)
    arguments = parser.parse_args()
    version, now = installed()
    versions, before = earlier(arguments.wheels) if arguments.wheels else stored()
    blocks = []
    for namespace in ("aten", "prim"):
        for releases, names in ((version, now[namespace]), (" ".join(versions), before[namespace] - now[namespace])):
            if names:
                blocks.append(block("torch-operator", {"namespace": namespace, "releases": releases}, plain(names)))
    comment = "Operators of `aten` and `prim` by the registry of PyTorch, and those of earlier releases."
    write_table(TARGET, "tools/torch-operators.py", blocks, comment, version)
    for namespace in ("aten", "prim"):
        print(f"{namespace}: {len(now[namespace])} of PyTorch {version}, {len(before[namespace] - now[namespace])} of earlier releases")


if __name__ == "__main__":
    main()
