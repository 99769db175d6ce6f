"""Write the list of the parts of a release, as CycloneDX reads it: ``make sbom``, or ``python -m docs.sbom FILE``.

It is made of the locks, so it names every package on every platform, with the hashes of its files.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from docs import lock


def main() -> None:
    """Write it."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "build/sbom.cdx.json").resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        together = Path(folder) / "requirements.txt"
        together.write_text(lock.LOCK.read_text("utf-8") + lock.TORCH.read_text("utf-8"), encoding="utf-8")
        command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(together), "--output-reproducible"]
        command += ["--pyproject", str(lock.ROOT / "pyproject.toml"), "--mc-type", "application"]
        subprocess.run([*command, "--output-file", str(target)], check=True)  # noqa: S603 - ours


if __name__ == "__main__":
    main()
