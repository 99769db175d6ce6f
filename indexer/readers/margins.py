"""Lines at the edges of a PDF's sheets, for what marks a paper as exempt.

Running headers and footers leave a page's text, but "Not for publication" often stands nowhere else. Every third sheet
is looked at: a line leaves the text only if it repeats on at least three sheets close together, and of those one is
looked at; a line on fewer sheets is still in the text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from indexer.errors import UnreadablePaper
from indexer.layout.clean import edge_lines
from indexer.sheets import opened, read_sheet

_STEP: Final = 3


def margins(path: Path) -> frozenset[str]:
    """Return the distinct lines near the top and bottom edges of a PDF's sheets.

    Raises:
        UnreadablePaper: the file cannot be opened. A sheet that fails alone is passed over.
    """
    found: set[str] = set()
    with opened(path) as file:
        for number in range(1, len(file) + 1, _STEP):
            try:
                sheet = read_sheet(file, number)
            except UnreadablePaper:
                continue  # the reader has recorded it
            found.update(line.text for line in edge_lines(sheet))
    return frozenset(found)
