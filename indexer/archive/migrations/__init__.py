"""How an archive of an older format becomes one of this program's, in place: one step a format, the oldest first.

To change a table, or what a column means:

1. Change the tables in `indexer/archive/tables.py`, for archives that are made anew. New columns come last in their
   table, with a default, as SQLite adds them.
2. Put a module beside this one, named for what it does, with one `Step` called ``STEP``, and add it at the end of
   `STEPS`. The format goes up by itself. SQL that runs once goes into ``statements``. Values that must be worked out of
   stored rows go into a ``portion``, which does some papers in one transaction and says where it stopped.
3. `tests/test_migrations.py` upgrades an archive of format 3 and compares its tables with a new one's: that covers the
   tables. Add a test of what your step fills in.

What an archive does not hold, and only the papers can supply, is filled with a value that says "not known yet"; raise
``VERSION`` in `indexer/pipeline/reading.py`, so that the next run of the indexer reads the papers again.

Archives on a server are upgraded by the same steps: write SQL that both databases understand (`ON CONFLICT`, not
`INSERT OR REPLACE`). `tests/test_server_archive.py` upgrades one.

Never change a step that is on the main branch: archives have been through it. Add another one.
"""

from __future__ import annotations

from indexer.archive.migrations import doubts, folders, identity, token_codes, undertakings
from indexer.archive.migrations.step import Step

# The oldest format that can be taken along.
OLDEST = 3
STEPS: tuple[Step, ...] = (identity.STEP, undertakings.STEP, folders.STEP, doubts.STEP, token_codes.STEP)
# The format that this program writes and reads.
FORMAT = OLDEST + len(STEPS)
