"""What the installed PyTorch makes of a checkpoint with `weights_only=True`, and with names on its list of safe globals."""

from __future__ import annotations

import importlib
import io
import linecache
import pickle
import re
import traceback
from collections import OrderedDict
from pathlib import Path

import torch

#: Where PyTorch's unpickler writes the message of its refusal; it cannot print some tensors and storages.
WRITES_REFUSAL = ('f"Trying to call reduce', "but got {cls}", "Can only create new object")
#: Where it sets the state of an OrderedDict.
SETS_STATE = "inst.__dict__.update(state)"
UNPICKLER = "_weights_only_unpickler.py"


def real(source: Path | str | bytes, listed: list[object]) -> tuple[str, str]:
    """`loads`, `refused` or `fails`, and the message. `refused`: the loader without protection would not stop there."""
    try:
        with torch.serialization.safe_globals(listed):
            torch.load(io.BytesIO(source) if isinstance(source, bytes) else source, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        return "refused", str(error)
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes a reader raise
        message = f"{type(error).__name__}: {error}"
        return "refused" if "weights_only" in str(error) or wrote_refusal(error) or takes_state(error) else "fails", message
    return "loads", ""


def wrote_refusal(error: BaseException) -> bool:
    """It failed while it wrote the message of its refusal."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(frame.filename.endswith(UNPICKLER) and any(text in (frame.line or "") for text in WRITES_REFUSAL) for frame in frames)


def takes_state(error: BaseException) -> bool:
    """It failed on the state of an OrderedDict that CPython's own unpickler takes, which is asked."""
    step = error.__traceback__
    while step is not None:
        frame = step.tb_frame
        line = linecache.getline(frame.f_code.co_filename, step.tb_lineno).strip()
        if frame.f_code.co_filename.endswith(UNPICKLER) and line == SETS_STATE and type(frame.f_locals["inst"]) is OrderedDict:
            try:
                state = pickle.dumps(frame.f_locals["state"], 2)[2:-1]
                pickle.loads(b"\x80\x02ccollections\nOrderedDict\n)R" + state + b"b.")
            except Exception:  # noqa: BLE001 - a state that cannot be written, or that it does not take either
                return False
            return True
        step = step.tb_next
    return False


def named(name: str) -> tuple[object, str]:
    """The object of a name as a list of safe globals takes it; an ImportError or AttributeError where there is none."""
    current = name.replace("numpy.core.", "numpy._core.") if name.startswith("numpy.core.") else name.replace("copy_reg.", "copyreg.")
    parts = current.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return found, name
    raise ImportError(name)


def refused_name(message: str) -> str | None:
    """The global that PyTorch's message is about; it leaves the builtins' module out."""
    found = re.search(r"Unsupported global: GLOBAL (.*?) was not an allowed", message, re.DOTALL) or re.search(r"unsupported GLOBAL (.*?) whose module", message, re.DOTALL)
    return found and found.group(1)
