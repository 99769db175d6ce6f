"""Stops a process before every system call by which it changes a file, whatever library makes it (Linux, x86-64).

What is on disk at such a stop is what a kill at that instant leaves: the page cache outlives a process. All its threads
are held at their own changes meanwhile, because each change is let through alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Iterator
from typing import Final

_TRACE_ME, _SYSCALL, _OPTIONS, _CALL_INFO = 0, 24, 0x4200, 0x420E
# Mark stops at system calls, follow new threads and processes, die with the tracer.
_WANTED: Final = 0x1 | 0x2 | 0x4 | 0x8 | 0x100000
_AT_CALL: Final = signal.SIGTRAP | 0x80
_ALL_CHILDREN: Final = 0x40000000
_ENTERING: Final = 1
# write, open, pwrite64, writev, sendfile, truncate, ftruncate, rename, mkdir, rmdir, creat, link, unlink, symlink,
# openat, mkdirat, unlinkat, renameat, linkat, symlinkat, fallocate, pwritev, renameat2, copy_file_range, pwritev2
_CHANGING: Final = frozenset(
    (1, 2, 18, 20, 40, 76, 77, 82, 83, 84, 85, 86, 87, 88, 257, 258, 263, 264, 265, 266, 285, 296, 316, 326, 328)
)


class _CallInfo(ctypes.Structure):
    """The beginning of the kernel's ``struct ptrace_syscall_info``."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("pointers", ctypes.c_uint64 * 2),
        ("number", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 8),
    )


def possible() -> bool:
    """Whether this machine is one whose system calls are known here."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def offer() -> None:
    """Let the parent trace this process, and wait until it does. Call it in a fresh child."""
    _ptrace(_TRACE_ME, 0)
    os.kill(os.getpid(), signal.SIGSTOP)


def changes(pid: int) -> Iterator[None]:
    """Yield whenever the child ``pid``, which has called `offer`, is about to change a file; end when it has ended.

    Raises:
        OSError: the system does not allow tracing.
    """
    os.waitpid(pid, 0)
    _ptrace(_OPTIONS, pid, 0, _WANTED)
    _ptrace(_SYSCALL, pid)
    while True:
        thread, status = os.waitpid(-1, _ALL_CHILDREN)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            if thread == pid:
                return
            continue
        stopped_by = os.WSTOPSIG(status)
        if stopped_by == _AT_CALL and _about_to_change(thread):
            yield
            _ptrace(_SYSCALL, thread)
            _, status = os.waitpid(thread, _ALL_CHILDREN)
            stopped_by = os.WSTOPSIG(status)
        passed_on = 0 if stopped_by in (_AT_CALL, signal.SIGTRAP, signal.SIGSTOP) else stopped_by
        _ptrace(_SYSCALL, thread, 0, passed_on)


def _about_to_change(thread: int) -> bool:
    info = _CallInfo()
    _ptrace(_CALL_INFO, thread, ctypes.sizeof(info), ctypes.addressof(info))
    return info.op == _ENTERING and info.number in _CHANGING


def _ptrace(request: int, pid: int, address: int = 0, data: int = 0) -> None:
    call = ctypes.CDLL(None, use_errno=True).ptrace
    call.restype, call.argtypes = ctypes.c_long, (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    if call(request, pid, address, data) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace: {os.strerror(number)}")
