"""One step from a format of the archive to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.archive.database import Database

# Given the connection, the archive's folder and the key of the last paper that was done (-1 at first), changes the rows
# of some papers with higher keys (`papers.key`) and returns the highest of these; None where none is left. It runs
# inside a transaction that also keeps how far it came: killed at any instant, it continues there. Whatever it does to
# files must do no harm when it is done twice.
Portion = Callable[[Database, Path, int], int | None]


@dataclass(frozen=True, slots=True)
class Step:
    """Takes an archive from one format to the next.

    Attributes:
        about: what it brings, for the line that says that an archive is being upgraded: "an identity of its own".
        statements: SQL that runs once, in one transaction, before any portion.
        portion: what must be worked out from the rows, some papers at a time; None where SQL does it all.
        shrinks: whether it leaves so much room unused that the database is rewritten.
    """

    about: str
    statements: tuple[str, ...] = ()
    portion: Portion | None = None
    shrinks: bool = False
