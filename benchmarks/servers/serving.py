"""The app's own server, started as users start it, for what measures it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

HOST = "127.0.0.1"


ROOT = Path(__file__).resolve().parents[2]


def started(
    archive: str | Path, output: IO[bytes] | int = subprocess.DEVNULL, root: Path = ROOT
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the app of a checkout on an archive, at a port that nobody listens on; return its process and address."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", HOST, "--server.headless", "true"]
    env = os.environ | {"BOARD_PAPERS_ARCHIVE": str(archive)}
    return subprocess.Popen(command, cwd=root, env=env, stdout=output, stderr=output), f"http://{HOST}:{port}"


def peak(process: int | str = "self") -> int:
    """Most memory that a process has held, in MB; unlike `resource`, without that of the process that began it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024
