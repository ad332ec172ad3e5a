"""Makes every environment of the allowlist, lets generate.py collect in it, and removes it again.

    python environments.py FOLDER [NAME...] [--find-links WHEELS]

FOLDER gets one JSON for each environment; `python generate.py write FOLDER/*.json` merges them. An environment is a
requirements file beside this script; its first line says which Python it is for. Interpreters are looked for as
`pythonX.Y`; pyenv's shims do.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def python_of(requirements):
    found = re.search(r"Python (\d\.\d+)", requirements.read_text().splitlines()[0])
    if found is None:
        raise SystemExit("%s does not say which Python it is for" % requirements.name)
    return found.group(1)


def collect(requirements, folder, find_links, keep):
    name = requirements.stem.replace("requirements-", "").replace("requirements", "current")
    venv = folder / ("venv-" + name)
    version = python_of(requirements)
    installed = sorted(Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser().glob("versions/%s.*/bin/python" % version))
    python = str(installed[-1]) if installed else "python" + version
    subprocess.run([python, "-m", "venv", str(venv)], check=True)
    # Old releases come as wheels too; building them from source would need their compilers.
    install = [str(venv / "bin/pip"), "install", "--quiet", "--no-cache-dir", "--only-binary", ":all:", "-r", str(requirements)]
    subprocess.run(install + (["--find-links", find_links] if find_links else []), check=True)
    subprocess.run([str(venv / "bin/python"), str(HERE / "generate.py"), "collect", str(folder / (name + ".json"))], check=True)
    if not keep:
        shutil.rmtree(str(venv))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("names", nargs="*", help="requirements files; all of them without a name")
    parser.add_argument("--find-links", default=None, help="folder with the CPU build of torch")
    parser.add_argument("--keep", action="store_true", help="leave the environments where they are")
    options = parser.parse_args()
    folder = Path(options.folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [Path(name).resolve() for name in options.names] or sorted(HERE.glob("requirements*.txt"))
    failed = []
    for requirements in chosen:
        try:
            collect(requirements, folder, options.find_links, options.keep)
        except subprocess.CalledProcessError as problem:
            failed.append("%s: %s" % (requirements.name, problem))
    for line in failed:
        print(line, file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
