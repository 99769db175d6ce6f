"""One step from a format of the archive to the next, and those of SQL alone: of formats 4, 5, 7 and 9."""

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


# An archive has a name of its own (a UUID), so that another one in its folder is never taken for it.
# Version 4 of RFC 9562 is 122 random bits; here all 128 are, since nothing reads the others.
IDENTITY = Step("an identity of its own", ("INSERT INTO manifest VALUES ('archive', lower(hex(randomblob(16))))",))
# Reported decisions, actions, and the evidence for who issued a paper; empty until a paper is read again.
UNDERTAKINGS = Step(
    "reported decisions and actions",
    (
        "ALTER TABLE papers ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]'",
        (
            "CREATE TABLE reported (id INTEGER PRIMARY KEY, section INTEGER NOT NULL, text TEXT NOT NULL, "
            "spans TEXT NOT NULL, actor TEXT NOT NULL, told_day TEXT NOT NULL, day TEXT)"
        ),
        (
            "CREATE TABLE actions (id INTEGER PRIMARY KEY, section INTEGER NOT NULL, decision INTEGER, "
            "text TEXT NOT NULL, spans TEXT NOT NULL, owner TEXT NOT NULL, due TEXT NOT NULL, due_by TEXT)"
        ),
    ),
)
# What of a decision is not certain; nothing is said of it until a paper is read again.
DOUBTS = Step("doubts of decisions", ("ALTER TABLE decisions ADD COLUMN doubts TEXT NOT NULL DEFAULT ''",))
# Other names by which papers call a body; none is known of a paper until it is read again.
ALIASES = Step(
    "other names of bodies",
    (
        (
            "CREATE TABLE IF NOT EXISTS aliases (id INTEGER PRIMARY KEY, authority TEXT NOT NULL, board TEXT NOT NULL, "
            "name TEXT NOT NULL, how TEXT NOT NULL)"
        ),
    ),
)
