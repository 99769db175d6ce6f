"""A resolution is one paragraph and one decision however its lines are wrapped, set in and spaced."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from indexer.pipeline.reading import Withheld, read_paper
from tests.makers.pdf_maker import HEIGHT, text, write
from tests.readers.test_variants import LINES

RESOLVED = [
    " ".join(paragraph.split())
    for paragraph in """
    RESOLVED: That the Harbour Master be asked to write to the Environment Agency about the state of the sea wall at
    Pell Quay and to report to the next meeting of the Committee in May 2019.

    RESOLVED: That a grant of £4,500 be made to the Saltmarsh Sailing Club for its regatta, and that Councillor
    C Dulse be the Council's representative on the St Mary's Trust until 31 March 2020.

    RESOLVED: That the charges for the slipway at Mill Lane be raised by 3% from April 2019, Members to be told of
    the outcome by e-mail.

    RESOLVED: That the minutes of the Works Sub-Committee of 3 March 2019 be received and the recommendations in
    minutes 4, 5 and 7 be adopted.
    """.strip().split("\n\n")
]
TITLES = ["QUAY", "PIER", "LIDO", "WALL"]


@pytest.mark.parametrize(("x", "hang"), [(72, 0), (120, 0), (72, 18)])
@pytest.mark.parametrize(
    ("font", "size", "step"), [("Times-Roman", 11, 12.5), ("Courier", 9, 11), ("Helvetica", 9, 18)]
)
@pytest.mark.parametrize("width", [140, 200, 260, 400])
def test_a_resolution_is_whole_however_narrow_its_lines_are(
    tmp_path: Path, width: float, font: str, size: float, step: float, x: float, hang: float
) -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas, LINES[:4], top=60, step=20)
        down = 160.0
        for number, resolved in enumerate(RESOLVED, 12):
            text(canvas, [f"{number}. THE {TITLES[number - 12]}"], top=down)
            down += step + 6
            canvas.setFont(font, size)
            for at, line in enumerate(simpleSplit(resolved, font, size, width)):
                canvas.drawString(x + (hang if at else 0), HEIGHT - down, line)
                down += step
            down += 6

    path = write(tmp_path / "a.pdf", draw)
    reading = read_paper(path, str(path), hashlib.sha256(path.read_bytes()).hexdigest(), {})
    assert not isinstance(reading, Withheld)
    assert [" ".join(one.text.split()) for one in reading.decisions] == RESOLVED
