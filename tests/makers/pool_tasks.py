"""What the pool's tests have its workers do; workers find functions by their module."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from indexer.errors import UnreadablePaper


def double(number: int) -> int:
    return number * 2


def misbehave(how: str) -> str:
    """Do what a bad paper may make a reader do."""
    if how == "crash":
        os.abort()
    time.sleep({"hang": 600, "wait": 1}.get(how, 0))
    if how == "compute":
        while True:
            pass
    if how == "bomb":
        return "x" * (8 << 30)
    if how == "flood":
        return "x" * (3 << 20)
    if how == "refuse":
        raise UnreadablePaper("needs a password", path="a.pdf")
    if how == "surprise":
        raise ZeroDivisionError(how)
    if how == "deep":
        return misbehave(how)
    if how == "quit":
        sys.exit(5)
    return how


def start_child(note: str) -> None:
    """Start a program that outlives its parent unless it is ended with it, and note its process id."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(note).write_text(str(child.pid))
    time.sleep(600)


def whoami() -> int:
    return os.getpid()
