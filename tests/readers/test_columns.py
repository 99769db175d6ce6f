"""Prose in two, three or four columns, at wide and narrow gutters, is read one column after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from indexer.readers import pdf_reader
from tests.makers.pdf_maker import HEIGHT, write

SAID = """
The boat to the skerry leaves the town quay each day from April until the end of September, and on Sundays only
after ten. A single costs four pounds and a return seven. Dogs are carried free. It holds sixty people and no cars.
When it blows a gale the boat stays in port, and a red flag is put up on the quay by the harbour office.

The museum is open from Tuesday to Saturday and shows the lofts where nets were made, the lifeboat and painted
panels of the chapel. Schools must book a month before they come. The garden was planted anew two years ago. Its
fountain is turned off in winter, and the tea room closes early when there are few visitors in the town.

Allotments are let from the first of March. There are two hundred plots on six sites, and more people wait for
one than there are plots. The rent is forty pounds a year. Bees may be kept on two of the sites. Nobody may light
a fire between May and October, and hoses are not allowed in any month without leave of the officer.

Refuse is fetched on Mondays north of the river and on Thursdays south of it. Bins must stand at the kerb by seven
and be taken in by night. Glass goes into the green box and paper into the blue one. Garden waste is fetched each
fortnight from those who pay for it, and furniture once a quarter from anybody who asks the depot in good time.
"""
COLUMNS = [" ".join(part.split()) for part in SAID.split("\n\n")]
HEADING = "What residents of the borough should know about this spring and the summer after it"


def sheet(folder: Path, count: int, gap: float, size: float, *, by_rows: bool = False) -> list[str]:
    wide = (470 - (count - 1) * gap) / count
    columns = [simpleSplit(said, "Times-Roman", size, wide) for said in COLUMNS[:count]]
    cells = [(row, column) for column in range(count) for row in range(len(columns[column]))]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(60, HEIGHT - 80, HEADING)
        canvas.setFont("Times-Roman", size)
        for row, column in sorted(cells) if by_rows else cells:
            canvas.drawString(60 + column * (wide + gap), HEIGHT - 120 - row * size * 1.2, columns[column][row])

    return pdf_reader.read(write(folder / "news.pdf", draw)).pages[0].text.split("\n")


@pytest.mark.parametrize("by_rows", [True, False])
@pytest.mark.parametrize(
    ("count", "gap", "size"), [(2, 20, 11), (2, 8, 10), (3, 18, 10), (3, 8, 9), (3, 6, 9), (4, 14, 8)]
)
def test_columns_are_read_one_after_the_other(
    tmp_path: Path, count: int, gap: float, size: float, by_rows: bool
) -> None:
    blocks = sheet(tmp_path, count, gap, size, by_rows=by_rows)
    assert blocks[0] == HEADING
    assert " ".join(blocks[1:]) == " ".join(COLUMNS[:count])
