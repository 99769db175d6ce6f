"""The app's server for tests, run as users run it, and watched: it may speak to this machine alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Runs in the server before anything else and writes down whom it calls.
_WATCH = """
import os, sys
def watch(event, arguments):
    if event == "socket.getaddrinfo":
        called = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        called = arguments[1][0] if isinstance(arguments[1], tuple) else None
    else:
        return
    if called not in (None, "", "127.0.0.1", "::1", "localhost", b"127.0.0.1"):
        with open(os.environ["CALLED"], "a") as out:
            print(event, called, file=out)
sys.addaudithook(watch)
"""


def free_port() -> int:
    """Find a port that nobody listens on.

    It is none of those that the system hands out by itself: another test's connection could take such a one meanwhile.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def running(archive: Path, folder: Path, script: str = "app.py", base: str = "") -> Iterator[str]:
    """Run the app on an archive and give its address.

    When it is ended, its log must hold no traceback, and it must have called nobody outside this machine.

    Args:
        archive: the archive that it searches.
        folder: an empty folder for its log.
        script: what Streamlit runs, from the repository's root.
        base: the folder of its addresses that Streamlit is told to serve its pages in.
    """
    port, log, called = free_port(), folder / "log", folder / "called"
    (folder / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.baseUrlPath",
        base,
    ]
    env = os.environ | {"BOARD_PAPERS_ARCHIVE": str(archive), "PYTHONPATH": str(folder), "CALLED": str(called)}
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}" + (f"/{base}" if base else "")
    try:
        _until_healthy(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(30)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said
    assert not called.exists(), called.read_text(encoding="utf-8")


def _until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"the app did not start: {log.read_text(encoding='utf-8')}")
