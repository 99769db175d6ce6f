"""Format 4: an archive has a name of its own (a UUID), so that another one in its folder is never taken for it."""

from __future__ import annotations

from indexer.archive.migrations.step import Step

# Version 4 of RFC 9562 is 122 random bits; here all 128 are, since nothing reads the others.
STEP = Step("an identity of its own", ("INSERT INTO manifest VALUES ('archive', lower(hex(randomblob(16))))",))
