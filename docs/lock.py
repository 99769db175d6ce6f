"""Write the lock: every package of a release at one version, with the hashes of its files. Run by ``make lock``.

``requirements.lock`` holds all but torch; ``requirements-torch.lock`` holds torch as the usual index has it, with the
libraries for graphics cards that it brings on Linux. They are apart because builds of torch for processors only come
from another index, have other hashes and need none of those libraries.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK, TORCH = ROOT / "requirements.lock", ROOT / "requirements-torch.lock"
_OF_TORCH = re.compile(r"torch|triton|nvidia-.*|cuda-.*")
_HOW = "# Written by `make lock` from requirements.txt for every platform and Python 3.11 or later; not by hand.\n"


def entries(text: str) -> dict[str, str]:
    """Take a lock apart: each package's lines by its name."""
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {re.match(r"[a-z0-9._-]+", part)[0]: part for part in parts}  # type: ignore[index] # the split found it


def resolved() -> str:
    """Resolve requirements.txt, with hashes."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "requirements.txt", "--universal", "--generate-hashes"]
    command += ["--python-version", "3.11", "--no-annotate", "--no-header", "--quiet", "--no-config", "--upgrade"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - ours


def main() -> None:
    """Write both files."""
    packages = entries(resolved())
    own = {name for name in packages if _OF_TORCH.fullmatch(name)}
    LOCK.write_text(_HOW + "".join(part for name, part in packages.items() if name not in own), encoding="utf-8")
    TORCH.write_text(_HOW + "".join(part for name, part in packages.items() if name in own), encoding="utf-8")


if __name__ == "__main__":
    main()
