"""A PostgreSQL server of our own for tests and benchmarks: in a folder, on a socket in it, gone with it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

# Debian keeps the server's programs by version, where nobody's PATH looks.
PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
# Nothing of a test outlives the machine: it may wait for no disk.
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


def program() -> str | None:
    """Find the server's program."""
    return shutil.which("postgres", path=os.pathsep.join([*map(str, PLACES), os.environ.get("PATH", "")]))


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server and give its address. As root it would refuse to: then it runs as the user that Debian made."""
    bin = Path(program() or "").parent
    # A socket's path may have a hundred characters: shorter than those of pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="papers-pg-"))
    switched = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if switched:
        shutil.chown(folder, "postgres")
    control = [*switched, str(bin / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    make = ["-o", "--auth=trust --username=papers --no-sync --no-locale --encoding=UTF8", "initdb"]
    start = ["-l", str(folder / "log"), "-o", f"-c listen_addresses='' -k {folder} {_QUICK}", "start"]
    try:
        for command in (make, start):
            subprocess.run([*control, *command], check=True, capture_output=True, cwd="/")
        yield f"postgresql://papers@/postgres?host={quote(str(folder), safe='')}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def schema(address: str, name: str) -> str:
    """Make a schema for one archive, and return the address that leads to it."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{address}&options={quote(f'-c search_path={name}', safe='')}"
