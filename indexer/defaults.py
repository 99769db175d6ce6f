"""Where things are kept by default: in ``data`` beside the code, wherever a command is run."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def folder(name: str) -> Path:
    """Return ``data/NAME`` beside the code, as a relative path where the command is run there."""
    beside = ROOT / "data" / name
    return beside.relative_to(ROOT) if Path.cwd() == ROOT else beside
