"""Format 7: what of a decision is not certain; nothing is said of it until a paper is read again."""

from __future__ import annotations

from indexer.archive.migrations.step import Step

STEP = Step("doubts of decisions", ("ALTER TABLE decisions ADD COLUMN doubts TEXT NOT NULL DEFAULT ''",))
