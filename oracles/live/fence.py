"""A fence of the kernel, for what compiled code does without telling Python: a process behind it dies by SIGSYS when it
opens a file, connects, starts a process or changes the file system. Linux on x86-64 only."""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

# open, openat, creat, openat2, execve, execveat, fork, vfork, socket, connect, unlink, unlinkat, rename, renameat,
# renameat2, mkdir, mkdirat, rmdir, link, linkat, symlink, symlinkat, chmod, fchmodat, chown, truncate, ptrace, kill,
# mount, process_vm_readv, process_vm_writev
CALLS = sorted((2, 257, 85, 437, 59, 322, 57, 58, 41, 42, 87, 263, 82, 264, 316, 83, 258, 84, 86, 265, 88, 266, 90, 268, 92, 76, 101, 62, 165, 310, 311))
LOAD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
X86_64 = 0xC000003E
NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2
SET_DUMPABLE = 4

available = sys.platform == "linux" and platform.machine() == "x86_64"


def program() -> bytes:
    """The filter: the architecture, then each call."""
    lines = [(LOAD, 0, 0, 4), (JUMP_EQUAL, 1, 0, X86_64), (RETURN, 0, 0, ALLOW), (LOAD, 0, 0, 0)]
    lines.extend((JUMP_EQUAL, len(CALLS) - at, 0, number) for at, number in enumerate(CALLS))
    lines.extend([(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, KILL)])
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


if available:
    _library = ctypes.CDLL(None)
    _lines = ctypes.create_string_buffer(program())
    _header = ctypes.create_string_buffer(struct.pack("@HP", len(_lines.raw) // 8, ctypes.addressof(_lines)))


def no_dumps() -> None:
    """A crash is told by its signal alone."""
    if available:
        _library.prctl(SET_DUMPABLE, 0, 0, 0, 0)


def close() -> bool:
    """Put this process behind it."""
    if not available:
        return False
    _library.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return _library.prctl(SET_SECCOMP, FILTER, ctypes.byref(_header), 0, 0) == 0
