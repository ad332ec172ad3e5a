"""
Loads honest checkpoints with lists of safe globals, in a throw-away process: what they name may be any library's. An audit
hook raises before processes, sockets, and files that would be written or removed outside of the temporary folder, where
PyTorch unpacks a tar.

Started by compare.py: reads JSON, `[{"path", "list"}]`, and writes `[[answer, message]]` in that order. `list` null: names
are listed one after the other, as PyTorch asks for them, until it takes the file or says no further name.
"""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from pathlib import Path

import torch  # noqa: F401 - before the hook is there
import restricted

ENDS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.link", "os.symlink", "os.truncate", "os.kill", "shutil.", "socket.", "urllib.", "ftplib.", "smtplib.", "webbrowser.", "pty.")
active = False


class Acted(BaseException):
    """Raised before something happens."""


def hook(event: str, args: tuple) -> None:
    """Nothing that a checkpoint does while it is loaded reaches anything outside of the process."""
    if not active:
        return
    if event.startswith(("os.", "open")) and args and isinstance(args[0], str) and Path(args[0]).is_relative_to(tempfile.gettempdir()):
        return
    writes = event == "open" and isinstance(args[1], str) and any(letter in args[1] for letter in "wax+")
    if writes or event.startswith(ENDS):
        raise Acted(event)


def answer(path: str, names: list[str] | None) -> tuple[str, str]:
    global active
    try:
        objects = [restricted.named(name) for name in names or []]
    except (ImportError, AttributeError) as error:
        return "not tried", str(error)
    except Exception as error:  # noqa: BLE001 - a library that does not import here
        return "not tried", f"{type(error).__name__}: {error}"
    active = True
    try:
        return restricted.real(path, objects)
    except Acted as event:
        return "acted", str(event)
    finally:
        active = False


def one_after_the_other(path: str) -> tuple[str, str]:
    """What is left when PyTorch is given every name that it asks for."""
    names: list[str] = []
    while True:
        found, message = answer(path, names)
        name = restricted.refused_name(message) if found == "refused" else None
        if name is None or name in names:
            return found, message
        names.append(name if "." in name else f"builtins.{name}")


def main() -> int:
    warnings.simplefilter("ignore")
    # Libraries print when they are imported.
    answers, sys.stdout = sys.stdout, sys.stderr
    sys.addaudithook(hook)
    tasks = json.load(sys.stdin)
    results = [answer(task["path"], task["list"]) if task["list"] is not None else one_after_the_other(task["path"]) for task in tasks]
    json.dump(results, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
