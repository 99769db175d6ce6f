"""Format 5: reported decisions, actions, and the evidence for who issued a paper; empty until a paper is read again."""

from __future__ import annotations

from indexer.archive.migrations.step import Step

STEP = Step(
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
