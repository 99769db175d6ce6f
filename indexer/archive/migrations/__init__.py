"""How an archive of an older format becomes one of this program's, in place: one step a format, the oldest first.

To change a table, or what a column means:

1. Change the tables in `indexer/archive/tables.py`, for new archives. New columns come last in their
   table, with a default, as SQLite adds them.
2. Add a `Step` at the end of `STEPS`; the format goes up by itself. SQL that runs once goes into ``statements``, in
   `indexer/archive/migrations/step.py`. Values that must be worked out of stored rows go into a ``portion``, in a
   separate module, which does some papers in one transaction and says where it stopped.
3. `tests/archive/test_migrations.py` upgrades an archive of format 3 and compares its tables with a new one's: that
   covers the tables. Add a test of what your step fills in.

What an archive does not hold, and only the papers can supply, is filled with a value that says "not known yet"; raise
``VERSION`` in `indexer/pipeline/reading.py`, so that the next run of the indexer reads the papers again.

Archives on a server are upgraded by the same steps: write SQL that both databases understand (`ON CONFLICT`, not
`INSERT OR REPLACE`). `tests/archive/test_server_archive.py` upgrades one.

Never change a step that is on the main branch: archives have been through it. Add another one.
"""

from __future__ import annotations

from indexer.archive.migrations import folders, step, token_codes
from indexer.archive.migrations.step import Step

# The oldest format that can be taken along.
OLDEST = 3
STEPS: tuple[Step, ...] = (
    step.IDENTITY,
    step.UNDERTAKINGS,
    folders.STEP,
    step.DOUBTS,
    token_codes.STEP,
    step.ALIASES,
)
# The format that this program writes and reads.
FORMAT = OLDEST + len(STEPS)
