"""Loads streams with the real libraries in throw-away processes, and tells what each of them did.

Started by run.py. Reads one JSON command a line and answers with a line of JSON:

    {"op": "kinds"}                                   what the names of the catalogue are here
    {"op": "load", "file": F, "out": O}               loads every stream of F, writes a line of JSON each to O
    {"op": "load", ..., "alone": true}                each in a process of its own

A stream stands behind its length (four bytes, little endian) and a byte: 0 pickle.loads, 1 joblib.load,
2 the pure-Python pickle; +16: functions that are allowed to be stored only are replaced by ones that tell of a call.
"""

from __future__ import annotations

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "critical"

import contextlib
import enum
import faulthandler
import gc
import importlib
import inspect
import io
import json
import logging
import pickle
import re
import resource
import select
import signal
import struct
import sys
import tempfile
import types
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import fence  # noqa: E402

BATCH = 64
SECONDS = 2
HANG = 5
MEMORY = 1 << 30
CANARY = "zzcanary"
CRASHES = {signal.SIGILL: "SIGILL", signal.SIGBUS: "SIGBUS", signal.SIGFPE: "SIGFPE", signal.SIGSEGV: "SIGSEGV", signal.SIGSYS: "SIGSYS"}


class Acted(BaseException):
    """Raised by the audit hook before something happens."""


class TooLong(BaseException):
    """Raised by the clock."""


# ---------------------------------------------------------------- what is loaded before anything else

PRELOAD = (
    "numpy numpy.ma numpy.random numpy.testing scipy scipy.stats scipy.sparse scipy.interpolate scipy.spatial scipy.optimize "
    "scipy.signal pandas joblib sklearn torch torch.nn torch.optim statsmodels.api statsmodels.formula.api patsy formulaic "
    "xgboost lightgbm catboost gensim gensim.models transformers accelerate sentence_transformers datasets pyarrow "
    "encodings.latin_1 encodings.utf_8 encodings.ascii encodings.idna encodings.raw_unicode_escape encodings.unicode_escape encodings.utf_16 "
    "encodings.utf_32 encodings.cp437 _strptime zoneinfo dateutil.tz pytz tzdata decimal _pydecimal fractions uuid ipaddress"
).split()


def preload(modules: list[str]) -> list[str]:
    """Import everything that names of the catalogue stand in; what is missing is left out."""
    failed = []
    with open(os.devnull, "w") as quiet, contextlib.redirect_stdout(quiet):
        for module in [*PRELOAD, *modules]:
            if module in ("__main__", "this", "antigravity") or module in sys.modules:
                continue
            try:
                importlib.import_module(module)
            except BaseException as error:  # noqa: BLE001
                failed.append(f"{module}: {type(error).__name__}")
    return failed


def resolve(module: str, name: str):
    """The object of an allowed name, through Python 2's names too."""
    import _compat_pickle

    for one, other in ((module, name), _compat_pickle.NAME_MAPPING.get((module, name), (_compat_pickle.IMPORT_MAPPING.get(module, module), name))):
        found = sys.modules.get(one)
        try:
            for part in other.split("."):
                found = getattr(found, part)
        except BaseException:  # noqa: BLE001
            continue
        if found is not None or other == "None":
            return found
    raise AttributeError(f"{module}.{name}")


def kind_of(module: str, name: str) -> dict | None:
    """What a name is in the installed library."""
    try:
        found = resolve(module, name)
    except AttributeError:
        return None
    mapped = {"mapped": module not in sys.modules}
    if isinstance(found, type):
        own = [each for each in ("__setstate__", "__reduce__", "__new__", "__init__", "__getattr__", "__setattr__", "__iter__", "keys", "__hash__", "__eq__", "__del__", "__call__", "append", "extend", "__setitem__", "__array__", "__getnewargs__") if defined(found, each)]
        compiled = not found.__flags__ & (1 << 9)
        return {"kind": "class", "own": own, "native": compiled, "bases": [base.__name__ for base in found.__mro__[1:-1]][:6], "slots": not hasattr(found, "__dictoffset__") or found.__dictoffset__ == 0, "params": parameters(found), **mapped}
    return {"kind": "function" if callable(found) else "value", "type": type(found).__name__, "params": parameters(found), **mapped}


def parameters(found) -> list[str]:
    """The names of its parameters, where it tells."""
    try:
        return [name for name in inspect.signature(found).parameters if name not in ("self", "args", "kwargs")][:12]
    except BaseException:  # noqa: BLE001
        return []


def defined(cls: type, name: str) -> bool:
    """Whether a class or a base below object defines it."""
    return any(name in vars(base) for base in cls.__mro__ if base is not object)


def warm_up() -> None:
    """What compiled code looks up once in a process (the processor, for one) is looked up before the fence."""
    import numpy
    import torch

    numpy.ones((8, 8)) @ numpy.ones((8, 8))
    with contextlib.suppress(Exception):
        torch.quantize_per_tensor(torch.ones(2), 1.0, 0, torch.quint8)
        torch.nn.Linear(2, 2)(torch.ones(1, 2))


# ---------------------------------------------------------------- the audit hook

QUIET = frozenset("array.__new__ builtins.id sys._getframe sys._getframemodulename gc.get_objects gc.get_referrers gc.get_referents object.__getattr__ sys.unraisablehook cpython.run_stdin time.sleep ctypes.get_errno ctypes.set_errno _thread.start_new_thread_".split())
active = False
busy = False
events: list[tuple[str, str, tuple[str, ...]]] = []
ordinary: list[tuple[str, str, tuple[str, ...]]] = []
named: set[tuple[str, str]] = set()
allowed: set[tuple[str, str]] = set()
allowed_modules: set[str] = set()
rules: list[tuple[re.Pattern, re.Pattern, re.Pattern]] = []
snapshots: dict = {}
stored_functions: set[tuple[str, str]] = set()

import opcode  # noqa: E402

IMPORT_NAME = opcode.opmap["IMPORT_NAME"]
OWN = {__file__, str(HERE / "loader.py")}


def place(frame) -> str:
    """A frame as a short text: the end of its file's path, and its function."""
    name = frame.f_code.co_filename
    at = name.rfind("site-packages/")
    if at >= 0:
        name = name[at + 14 :]
    else:
        at = name.rfind("/lib/python3.")
        name = name[at + 1 :].partition("/")[2].partition("/")[2] if at >= 0 else name
    return f"{name}:{frame.f_code.co_qualname if hasattr(frame.f_code, 'co_qualname') else frame.f_code.co_name}"


def is_importer(frame) -> bool:
    """Whether a frame is the import system's own."""
    return frame.f_code.co_filename.startswith("<frozen importlib")


def by_statement(event: str, frame) -> bool:
    """True for an import statement in a library, which names its module itself, and for all that an import does that was
    let through: another one would have been stopped before."""
    if event == "import" and not is_importer(frame) and frame.f_code.co_filename not in OWN and frame.f_code.co_code[frame.f_lasti] == IMPORT_NAME:
        return True
    depth = 0
    while frame is not None and depth < 200 and frame.f_code.co_filename not in OWN:
        if is_importer(frame) and event != "pickle.find_class":
            return True
        depth += 1
        frame = frame.f_back
    return False


def detail_of(event: str, args: tuple) -> str:
    """What an event is about, short."""
    if event == "import":
        return str(args[0])
    if event == "compile":
        source = args[0]
        if isinstance(source, (bytes, bytearray)):
            source = bytes(source).decode("latin1")
        return f"{source[:4000] if isinstance(source, str) else type(source).__name__}"
    if event == "exec":
        code = args[0]
        return f"{getattr(code, 'co_filename', '?')[-60:]}:{getattr(code, 'co_name', '?')}"
    texts = []
    for arg in args[:3]:
        texts.append(arg[:120] if isinstance(arg, str) else repr(arg)[:80] if type(arg) in (int, float, bool, bytes, type(None)) else type(arg).__name__)
    return ", ".join(texts)


def hook(event: str, args: tuple) -> None:
    """Raise before something happens that is not ordinary."""
    global busy
    if not active or busy or event in QUIET:
        return
    busy = True
    try:
        if event == "pickle.find_class":
            pair = (str(args[0]), str(args[1]))
            if pair in allowed:
                note_named(pair)
                return
        frame = sys._getframe(1)
        if event == "import" and (args[0] in allowed_modules or any(one.startswith(f"{args[0]}.") for one in allowed_modules)):
            if frame.f_code.co_filename in OWN or frame.f_code.co_name == "find_class":
                ordinary.append((event, detail_of(event, args), ("a module of allowed names",)))
                return
        if by_statement(event, frame):
            ordinary.append((event, detail_of(event, args), ("import statement",)))
            return
        frames = []
        while frame is not None and len(frames) < 8 and frame.f_code.co_filename not in OWN:
            if not is_importer(frame):
                frames.append(place(frame))
            frame = frame.f_back
        detail = detail_of(event, args)
        where = " < ".join(frames)
        for on, what, at in rules:
            if on.fullmatch(event) and what.fullmatch(detail) and at.search(where):
                ordinary.append((event, detail, tuple(frames)))
                return
        events.append((event, detail, tuple(frames)))
    finally:
        busy = False
    raise Acted(event)


# ---------------------------------------------------------------- what is compared before and after

VOLATILE = frozenset("__abstractmethods__ _abc_impl __annotations__ __doc__ __weakref__ __dict__ __match_args__ __signature__ __wrapped__ __warningregistry__".split())


def state_of(found) -> list[tuple[object, dict]]:
    """The dictionaries that belong to a global and that others share with the stream."""
    holders = []
    if isinstance(found, type):
        for cls in found.__mro__:
            if cls.__flags__ & (1 << 9):
                holders.append(cls)
                if isinstance(cls, enum.EnumMeta):
                    holders.extend(list(cls._member_map_.values())[:64])
    elif not isinstance(found, types.ModuleType):
        holders.append(found)
    result = []
    for holder in holders:
        try:
            own = vars(holder)
        except TypeError:
            continue
        state = {key: value for key, value in own.items() if key not in VOLATILE}
        if isinstance(holder, types.FunctionType):
            state.update({"()code": holder.__code__, "()defaults": holder.__defaults__, "()kwdefaults": holder.__kwdefaults__})
        result.append((holder, state))
    return result


def note_named(pair: tuple[str, str]) -> None:
    """Keep how the object of a name looked before the stream used it."""
    if pair in named:
        return
    named.add(pair)
    if pair not in snapshots:
        try:
            snapshots[pair] = state_of(resolve(*pair))
        except AttributeError:
            snapshots[pair] = []


def differences(holder, before: dict) -> list[str]:
    """Keys whose value is another object now."""
    now = dict(vars(holder))
    if isinstance(holder, types.FunctionType):
        now.update({"()code": holder.__code__, "()defaults": holder.__defaults__, "()kwdefaults": holder.__kwdefaults__})
    changed = []
    if len(now) == len(before):
        for key, value in before.items():
            if now.get(key, before) is not value:
                changed.append(str(key))
        if not changed:
            return []
    changed = [str(key) for key in {**before, **now} if key not in VOLATILE and now.get(key, hook) is not before.get(key, hook)]
    return sorted(changed)


def title(holder) -> str:
    """A name for a changed thing."""
    if isinstance(holder, (type, types.FunctionType)):
        return f"{holder.__module__}.{holder.__qualname__}"
    return f"instance of {type(holder).__module__}.{type(holder).__qualname__}"


class Tables:
    """Tables of the process that nothing may change."""

    def __init__(self) -> None:
        import builtins
        import codecs
        import collections
        import copyreg
        import functools
        import operator

        import numpy

        self.tables = {"builtins": vars(builtins), "numpy": vars(numpy), "collections": vars(collections), "copyreg": vars(copyreg), "copyreg.dispatch_table": copyreg.dispatch_table, "functools": vars(functools), "operator": vars(operator), "codecs": vars(codecs), "types": vars(types), "pickle": vars(pickle), "pickle.dispatch": pickle._Unpickler.dispatch}
        # Modules are put into their packages when they are imported.
        self.before = {name: {key: value for key, value in table.items() if not isinstance(value, types.ModuleType)} for name, table in self.tables.items()}
        self.dtypes = {code: numpy.dtype(code) for code in "?bBhHiIlLqQefdgFDGOSUVMm"}
        self.looks = {code: self.look(dtype) for code, dtype in self.dtypes.items()}
        self.environ = dict(os.environ)
        self.path = list(sys.path)

    @staticmethod
    def look(dtype) -> tuple:
        return (dtype.itemsize, dtype.alignment, dtype.flags, dtype.fields is None, dtype.names, dtype.byteorder, dtype.kind, dtype.hasobject)

    def changed(self) -> list[str]:
        found = []
        for name, before in self.before.items():
            table = self.tables[name]
            for key, value in before.items():
                if table.get(key, before) is not value:
                    found.append(f"{name}: {key}")
            if len(table) != len(before):
                found.extend(f"{name}: {key}" for key, value in table.items() if key not in before and not isinstance(value, types.ModuleType) and key != "__warningregistry__")
        found.extend(f"numpy.dtype {code}" for code, dtype in self.dtypes.items() if self.look(dtype) != self.looks[code])
        if dict(os.environ) != self.environ:
            found.append("os.environ")
        if sys.path != self.path:
            found.append("sys.path")
        return found


# ---------------------------------------------------------------- what came out

MOST_VISITED = 3000


def visit(result) -> list[tuple[str, str, tuple[str, ...]]]:
    """Walk over the result, read the first and last item of every array, and find views of memory that is no buffer."""
    import numpy

    found: list[tuple[str, str, tuple[str, ...]]] = []
    seen = {id(result)}
    stack = [result]
    keep = [result]
    skip = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.CodeType, types.FrameType, types.MethodDescriptorType, types.WrapperDescriptorType, types.GetSetDescriptorType, str, int, float)
    while stack and len(seen) < MOST_VISITED:
        one = stack.pop()
        if isinstance(one, numpy.ndarray):
            touch(one, found)
        for other in gc.get_referents(one):
            if id(other) in seen or isinstance(other, skip) or gc_frozen(other):
                continue
            seen.add(id(other))
            keep.append(other)
            stack.append(other)
        if isinstance(one, numpy.ndarray):
            base = one.base
            if base is not None and id(base) not in seen:
                seen.add(id(base))
                keep.append(base)
                stack.append(base)
            if one.dtype.hasobject and one.dtype.kind == "O" and one.size <= 1000:
                for item in one.ravel().tolist():
                    if id(item) not in seen and not isinstance(item, skip):
                        seen.add(id(item))
                        keep.append(item)
                        stack.append(item)
    return found


old: frozenset[int] = frozenset()


def gc_frozen(one) -> bool:
    """Objects that were there before."""
    return id(one) in old


BUFFERS = (bytes, bytearray, memoryview)


def touch(array, found: list) -> None:
    """Read what an array says it holds at both ends."""
    import numpy

    base = array
    depth = 0
    while isinstance(base, numpy.ndarray) and base.base is not None and depth < 20:
        base = base.base
        depth += 1
    if not isinstance(base, numpy.ndarray) and not isinstance(base, BUFFERS):
        kind = f"{type(base).__module__}.{type(base).__qualname__}"
        if kind not in FOREIGN:
            found.append(("foreign memory", f"an array over {kind}", ()))
    if array.size:
        try:
            plain = numpy.ndarray.__getitem__
            plain(array, (0,) * array.ndim)
            plain(array, (-1,) * array.ndim)
        except Exception:  # noqa: BLE001
            pass


FOREIGN = frozenset("builtins.PyCapsule numpy.void array.array torch.Tensor mmap.mmap pyarrow.lib.Buffer numpy.lib._stride_tricks_impl.DummyArray sklearn.neighbors._memoryview".split())


# ---------------------------------------------------------------- one stream


def recorder(pair: tuple[str, str], real):
    """A function in the place of a stored one, that tells when it is called."""

    def stored(*args, **keywords):
        if active:
            frames = []
            frame = sys._getframe(1)
            while frame is not None and len(frames) < 8 and frame.f_code.co_filename not in OWN:
                frames.append(place(frame))
                frame = frame.f_back
            event, detail, where = "call of a stored function", ".".join(pair), " < ".join(frames)
            if any(on.fullmatch(event) and what.fullmatch(detail) and at.search(where) for on, what, at in rules):
                ordinary.append((event, detail, tuple(frames)))
                return real(*args, **keywords)
            events.append((event, detail, tuple(frames)))
            raise Acted("call")
        return real(*args, **keywords)

    stored.__name__ = stored.__qualname__ = pair[1].rpartition(".")[2]
    stored.__module__ = pair[0]
    return stored


class Recording(pickle.Unpickler):
    """Gives recorders for functions that are allowed to be stored only."""

    def find_class(self, module: str, name: str):
        found = super().find_class(module, name)
        return recorder((module, name), found) if (module, name) in stored_functions and not isinstance(found, type) else found


def on_alarm(_signal, _frame) -> None:
    raise TooLong


def attribute_reached(error: BaseException | None) -> tuple[str, str, tuple[str, ...]] | None:
    """The canary as the name of an attribute that was looked for: a text of the stream reached getattr."""
    seen = 0
    while error is not None and seen < 6:
        if isinstance(error, AttributeError) and getattr(error, "name", None) == CANARY:
            frames = []
            trace = error.__traceback__
            while trace is not None:
                if trace.tb_frame.f_code.co_filename not in OWN:
                    frames.append(place(trace.tb_frame))
                trace = trace.tb_next
            return ("getattr", CANARY, tuple(reversed(frames))[:8])
        error = error.__cause__ or error.__context__
        seen += 1
    return None


def load_one(kind: int, data: bytes, tables: Tables) -> dict:
    """Load a stream and say what it did."""
    global active
    events.clear()
    ordinary.clear()
    named.clear()
    outcome = "ok"
    result = None
    more: list = []
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    active = True
    try:
        if kind & 15 == 1:
            import joblib

            result = joblib.load(io.BytesIO(data))
        elif kind & 15 == 2:
            result = pickle._loads(data)
        elif kind & 16:
            result = Recording(io.BytesIO(data)).load()
        else:
            result = pickle.loads(data)
    except Acted:
        outcome = "acted"
    except TooLong:
        outcome = "too long"
    except BaseException as error:  # noqa: BLE001
        outcome = type(error).__name__
        active = False
        with contextlib.suppress(BaseException):
            outcome = f"{type(error).__name__}: {str(error)[:160]}"
        with contextlib.suppress(BaseException):
            reached = attribute_reached(error)
            if reached is not None:
                more.append(reached)
        with contextlib.suppress(BaseException):
            clear(error)
        del error
    finally:
        active = False
    if outcome == "ok":
        try:
            more.extend(visit(result))
        except BaseException as error:  # noqa: BLE001
            outcome = f"ok, then {type(error).__name__}"
    active = True
    try:
        result = None
        gc.collect()
    except BaseException as error:  # noqa: BLE001
        outcome = f"{outcome}, then {type(error).__name__}"
    finally:
        active = False
        signal.setitimer(signal.ITIMER_REAL, 0)
    changed = tables.changed()
    for pair in named:
        for holder, before in snapshots.get(pair, ()):
            for key in differences(holder, before):
                text = f"{title(holder)}: {key}"
                if not any(on.fullmatch("changed") and what.fullmatch(text) for on, what, _ in rules):
                    changed.append(text)
    told = {"outcome": outcome}
    if events or more:
        told["events"] = [*events, *more]
    if ordinary:
        told["ordinary"] = list(ordinary)
    if changed:
        told["changed"] = sorted(set(changed))
    return told


def clear(error: BaseException) -> None:
    """Let go of what the frames of an exception hold."""
    seen = 0
    while error is not None and seen < 20:
        error.__traceback__ = None
        error, seen = error.__context__, seen + 1


# ---------------------------------------------------------------- processes


def limit() -> None:
    """What a process that loads may use."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, on_alarm)


def child(records: list[tuple[int, int, bytes]], write: int, fault: int, fenced: bool) -> None:
    """Load each and tell of each."""
    limit()
    fence.no_dumps()
    faulthandler.enable(fault, all_threads=False)
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    tables = Tables()
    if fenced:
        fence.close()
    for number, kind, data in records:
        os.write(write, b"B%d\n" % number)
        told = load_one(kind, data, tables)
        os.write(write, b"R%s\n" % json.dumps({"i": number, **told}).encode())
        if "changed" in told:
            # The next one begins with a fresh process.
            break
    os._exit(0)


def fault_places(text: str) -> tuple[str, ...]:
    """The innermost frames of a crash, as faulthandler writes them."""
    frames = []
    for path, name in re.findall(r'File "([^"]*)", line \d+ in (\S+)', text):
        if path in OWN:
            break
        at = path.rfind("site-packages/")
        frames.append(f"{path[at + 14 :] if at >= 0 else path.rpartition('/')[2]}:{name}")
    return tuple(frames[:8])


def run_child(records: list[tuple[int, int, bytes]], results: dict[int, dict], fenced: bool = True) -> tuple[int | None, str, tuple[str, ...]]:
    """Load records in one process; (the one that it died at, how, where), or (None, '', ())."""
    read, write = os.pipe()
    fault_read, fault_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read)
            os.close(fault_read)
            child(records, write, fault_write, fenced)
        finally:
            os._exit(99)
    os.close(write)
    os.close(fault_write)
    begun = None
    rest = b""
    how = ""
    while True:
        ready, _, _ = select.select([read], [], [], HANG)
        if not ready:
            os.kill(pid, signal.SIGKILL)
            how = "hang"
            break
        piece = os.read(read, 1 << 16)
        if not piece:
            break
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if line[:1] == b"B":
                begun = int(line[1:])
            else:
                told = json.loads(line[1:])
                results[told.pop("i")] = told
                begun = None
    os.close(read)
    _, status = os.waitpid(pid, 0)
    text = b""
    while piece := os.read(fault_read, 1 << 16):
        text += piece
    os.close(fault_read)
    if how == "" and os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        how = CRASHES.get(number, f"signal {number}")
    elif how == "" and os.WEXITSTATUS(status) != 0:
        how = f"exit {os.WEXITSTATUS(status)}"
    return (begun, how, fault_places(text.decode(errors="replace"))) if how else (None, "", ())


def as_crash(how: str, where: tuple[str, ...]) -> dict:
    """The result of a stream at which the process died."""
    told: dict = {"outcome": how}
    if how == "SIGSYS":
        told["events"] = [("system call", "by compiled code", where)]
    elif how in CRASHES.values():
        told["events"] = [("crash", how, where)]
    return told


def without_fence(record: tuple[int, int, bytes], results: dict[int, dict]) -> None:
    """A process that ran into the fence: what Python says about it. What is ordinary opens files, too."""
    alone: dict[int, dict] = {}
    _, how, where = run_child([record], alone, False)
    told = as_crash(how, where) if how else alone.get(record[0], {"outcome": "?"})
    results[record[0]] = told if how or told.get("events") or told.get("ordinary") else as_crash("SIGSYS", ())


def load_all(records: list[tuple[int, int, bytes]], size: int) -> dict[int, dict]:
    """Load all, in batches; what dies is loaded again alone."""
    results: dict[int, dict] = {}
    at = 0
    while at < len(records):
        batch = records[at : at + size]
        begun, how, where = run_child(batch, results)
        if how == "":
            # A process ends early behind a stream that changed something.
            while at < len(records) and records[at][0] in results:
                at += 1
            continue
        if begun is None:
            begun = next((number for number, _, _ in batch if number not in results), batch[-1][0])
        index = next(index for index, record in enumerate(batch) if record[0] == begun)
        if how == "SIGSYS":
            without_fence(batch[index], results)
            at += index + 1
            continue
        alone: dict[int, dict] = {}
        if index > 0:
            _, again, place_again = run_child([batch[index]], alone)
            if again:
                results[begun] = as_crash(again, place_again)
            elif how in CRASHES.values():
                # Something before it did the damage: each of them alone.
                for record in batch[:index]:
                    _, other, place_other = run_child([record], alone)
                    if other in CRASHES.values():
                        results[record[0]] = as_crash(other, place_other)
                results[begun] = {**alone.get(begun, {"outcome": "?"}), "with others": [how, where]}
            else:
                results[begun] = alone.get(begun, {"outcome": how})
        else:
            results[begun] = as_crash(how, where)
        at += index + 1
    return results


def read_records(path: Path) -> list[tuple[int, int, bytes]]:
    """The streams of a file."""
    data = path.read_bytes()
    records = []
    at = 0
    while at + 5 <= len(data):
        length, kind = struct.unpack_from("<IB", data, at)
        records.append((len(records), kind, data[at + 5 : at + 5 + length]))
        at += 5 + length
    return records


def read_rules() -> None:
    """What is ordinary, from ordinary.json."""
    for entry in json.loads((HERE / "ordinary.json").read_text())["rules"]:
        rules.append((re.compile(entry["event"]), re.compile(entry.get("detail", ".*"), re.S), re.compile(entry.get("where", ""))))


def main() -> None:
    """Serve."""
    global old
    names = json.loads(Path(sys.argv[1]).read_text())["names"]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    read_rules()
    warm = json.loads((HERE / "ordinary.json").read_text())["warm"]
    modules = sorted({module for module, _, _, _ in names})
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    failed = preload([*modules, *warm])
    warm_up()
    for module, name, stored, _ in names:
        allowed.add((module, name))
        allowed_modules.add(module)
        if stored:
            stored_functions.add((module, name))
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda *_: None
    os.chdir(tempfile.mkdtemp(prefix="live-"))
    sys.addaudithook(hook)
    gc.collect()
    old = frozenset(id(one) for one in gc.get_objects())
    gc.freeze()
    for line in sys.stdin:
        command = json.loads(line)
        if command["op"] == "kinds":
            kinds = {f"{module} {name}": kind_of(module, name) for module, name, _, _ in names}
            answer: dict = {"kinds": kinds, "failed": failed}
        else:
            records = read_records(Path(command["file"]))
            results = load_all(records, 1 if command.get("alone") else BATCH)
            with Path(command["out"]).open("w") as lines:
                for number in range(len(records)):
                    lines.write(json.dumps(results.get(number, {"outcome": "lost"})) + "\n")
            answer = {"done": len(records)}
        out.write(json.dumps(answer) + "\n")
        out.flush()
    os.rmdir(os.getcwd())


if __name__ == "__main__":
    main()
