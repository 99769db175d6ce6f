"""Print README's commands again: ``python docs/transcripts.py [--archive DIR]`` writes what they print into README.md.

A command follows ``$`` in a block marked ``console``; tests/repository/test_docs.py fails when README shows anything
else.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n\$ python (.+)\n((?:.*\n)*?)```$", re.MULTILINE)


def shown() -> list[tuple[str, str]]:
    """The arguments of each command in README and what README shows as its output."""
    return [(match[1], match[2]) for match in _BLOCK.finditer(README.read_text(encoding="utf-8"))]


def printed(arguments: str, archive: Path) -> str:
    """What ``python ARGUMENTS`` prints of an archive of the sample papers.

    Raises:
        CalledProcessError: the command failed.
    """
    command = [sys.executable, *shlex.split(arguments), "--archive", str(archive)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout  # noqa: S603 - ours


def main() -> None:
    """Write what the commands print now into README."""
    parser = argparse.ArgumentParser(description="Print README's commands again.")
    parser.add_argument("--archive", type=Path, default=ROOT / "data" / "sample-archive", help="of data/sample")
    archive = parser.parse_args().archive.resolve()
    text = README.read_text(encoding="utf-8")
    fresh = _BLOCK.sub(lambda block: f"```console\n$ python {block[1]}\n{printed(block[1], archive)}```", text)
    README.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
