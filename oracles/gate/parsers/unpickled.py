"""Whether a value would run something: by Python's own decoders and its own unpickler, which looks nothing up here."""

import base64
import binascii
import io
import pickle
import resource
import sys


class Called(Exception):
    """The stream has called what it looked up."""


def recorder(*_arguments: object) -> None:
    raise Called


class Names:
    """Every name of Python's own modules is the recorder; nothing is imported. There is no other module, as `=osix`."""

    def find_class(self, module: str, name: str) -> object:
        if module.split(".")[0] not in sys.stdlib_module_names:
            raise ModuleNotFoundError(module)
        return recorder


class Probe(Names, pickle.Unpickler):
    """The unpickler in C. Its memo is a list: an index of some billions asks for as many bytes."""


class SparseProbe(Names, pickle._Unpickler):
    """The one in Python, whose memo is a dict."""


def bounded(mebibytes: int) -> None:
    """A stream may ask for any amount of memory, and gets none beyond this. For this process and those that it starts later."""
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes * 2**20,) * 2)


def calls(value: bytes, probe: type[Probe] | type[SparseProbe] = Probe) -> bool:
    try:
        probe(io.BytesIO(value)).load()
    except Called:
        return True
    except MemoryError:
        return probe is Probe and calls(value, SparseProbe)
    except Exception:  # noqa: BLE001 - what the unpickler refuses, in whatever words, calls nothing
        return False
    return False


def readings(value: bytes) -> list[bytes]:
    """The value as an application may take it: its bytes, its text's Latin-1 bytes, base64 and hex of it."""
    found = [value]
    try:
        found.append(value.decode().encode("latin-1"))
    except UnicodeError:
        pass
    for decode in (base64.b64decode, base64.urlsafe_b64decode, binascii.unhexlify):
        try:
            found.append(decode(value))
        except (ValueError, binascii.Error):
            pass
    return found


def would_run(value: bytes) -> bool:
    """Loading it, or what Python's decoders make of it, calls something."""
    return any(calls(reading) for reading in readings(value))


def could_run(value: bytes) -> bool:
    """The same from any offset on."""
    return any(calls(reading[at:]) for reading in readings(value) for at in range(len(reading)))
