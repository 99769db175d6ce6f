"""What is printed over a sheet's text leaves it, at any angle, and is read for itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.layout.marks import Word
from indexer.layout.overlays import parted
from indexer.readers import pdf_reader
from indexer.withholding import exempt
from tests.makers import pdf_maker

LINES = [
    "61. Weirs on the Teasel",
    "The engineer reported that the upper weir had moved and that the lower one leaks.",
    "RESOLVED: That the upper weir be rebuilt at a cost of £72,500 from the river fund.",
    "62. Moorings",
    "RESOLVED: That the charge for visitors' moorings be £9 a night from 1 May.",
    "63. Dredging",
    "RESOLVED: That 4,000 tonnes of silt be taken out before the spring tides of 2021.",
]


def over(canvas: Canvas, text: str, angle: float, size: float, grey: float) -> None:
    canvas.saveState()
    canvas.translate(290, pdf_maker.HEIGHT - 168)
    canvas.rotate(angle)
    canvas.setFillGray(grey)
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawCentredString(0, 0, text)
    canvas.restoreState()


def paper(path: Path, *marks: tuple[str, float, float, float], first: bool = False) -> Path:
    def draw(canvas: Canvas) -> None:
        for mark in marks if first else ():
            over(canvas, *mark)
        canvas.setFillGray(0)
        pdf_maker.text(canvas, LINES, top=120, size=10, step=20)
        for mark in () if first else marks:
            over(canvas, *mark)

    return pdf_maker.write(path, draw)


@pytest.mark.parametrize("angle", [45, 30, -45, 60, -12, 135])
@pytest.mark.parametrize("text", ["DRAFT", "SPECIMEN COPY"])
def test_a_slanted_word_over_the_text_breaks_no_resolution(tmp_path: Path, angle: float, text: str) -> None:
    plain = pdf_reader.read(paper(tmp_path / "plain.pdf")).pages[0].text
    for first in (True, False):
        read = pdf_reader.read(paper(tmp_path / "over.pdf", (text, angle, 34, 0.8), first=first))
        assert (read.pages[0].text, read.overlays) == (plain, frozenset([text]))
        assert exempt.sign(read, "a.pdf", {}) == ""


@pytest.mark.parametrize(("size", "grey"), [(34, 0.8), (20, 0.7), (48, 0.0)])
def test_a_level_word_over_the_text_leaves_it_too(tmp_path: Path, size: float, grey: float) -> None:
    plain = pdf_reader.read(paper(tmp_path / "plain.pdf")).pages[0].text
    read = pdf_reader.read(paper(tmp_path / "over.pdf", ("UNCONFIRMED MINUTES", 0, size, grey)))
    assert (read.pages[0].text, read.overlays) == (plain, frozenset(["UNCONFIRMED MINUTES"]))


@pytest.mark.parametrize(
    ("text", "angle", "size", "grey"),
    [
        ("CONFIDENTIAL", 45, 60, 0.8),
        ("EXEMPT", -30, 18, 0.0),
        ("NOT FOR PUBLICATION", 0, 30, 0.8),
        ("PART 2", 60, 70, 0.6),
    ],
)
def test_a_mark_over_the_text_withholds_the_paper(
    tmp_path: Path, text: str, angle: float, size: float, grey: float
) -> None:
    read = pdf_reader.read(paper(tmp_path / "over.pdf", (text, angle, size, grey)))
    assert exempt.sign(read, "a.pdf", {}) == "a watermark or stamp marks it as exempt or not for publication"


@pytest.mark.parametrize(
    ("head", "foot", "secret"),
    [
        ("NOT FOR", "PUBLICATION", True),
        ("Strictly", "Private", True),
        ("Commercial in", "confidence", True),
        ("River Board", "Publication of accounts", False),
        ("For publication", "Not for resale", False),
    ],
)
def test_a_mark_may_be_half_at_the_head_and_half_at_the_foot(
    tmp_path: Path, head: str, foot: str, secret: bool
) -> None:
    def draw(canvas: Canvas) -> None:
        pdf_maker.text(canvas, LINES, top=120, size=10, step=20)
        pdf_maker.text(canvas, [head], x=270, top=30)
        pdf_maker.text(canvas, [foot], x=270, top=pdf_maker.HEIGHT - 30)

    read = pdf_reader.read(pdf_maker.write(tmp_path / "spread.pdf", draw))
    assert (exempt.sign(read, "a.pdf", {}) != "") == secret


def arched(canvas: Canvas, text: str, size: float, radius: float, step: float) -> None:
    """Letters along the upper side of a ring, or with a ``step`` below 0 the lower, each turned as it lies there."""
    canvas.setFont("Helvetica-Bold", size)
    for index, letter in enumerate(text):
        top = math.copysign(90, step)
        degrees = top + (len(text) / 2 - index) * step
        across, up = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        canvas.saveState()
        canvas.translate(300 + radius * across, 300 + radius * up)
        canvas.rotate(degrees - top)
        canvas.drawString(0, 0, letter)
        canvas.restoreState()


@pytest.mark.parametrize(("size", "radius", "step"), [(28, 150, 10), (9, 38, 13), (16, 90, -12)])
def test_letters_along_an_arc_are_spelt_together_and_leave_the_text(
    tmp_path: Path, size: float, radius: float, step: float
) -> None:
    def draw(text: str) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            pdf_maker.text(canvas, LINES, top=120, size=10, step=20)
            arched(canvas, text, size, radius, step)

        return page

    plain = pdf_reader.read(paper(tmp_path / "plain.pdf")).pages[0].text
    marked, seal = (
        pdf_reader.read(pdf_maker.write(tmp_path / "a.pdf", draw(text))) for text in ("CONFIDENTIAL", "TEASELHAVEN")
    )
    assert (marked.pages[0].text, seal.pages[0].text) == (plain, plain)
    assert exempt.sign(marked, "a.pdf", {}) == "a watermark or stamp marks it as exempt or not for publication"
    assert exempt.sign(seal, "a.pdf", {}) == ""


def test_words_all_over_a_sheet_leave_it(tmp_path: Path) -> None:
    plain = pdf_reader.read(paper(tmp_path / "plain.pdf")).pages[0].text

    def tiled(canvas: Canvas) -> None:
        pdf_maker.text(canvas, LINES, top=120, size=10, step=20)
        canvas.setFillGray(0.75)
        canvas.setFont("Helvetica", 8)
        for x in range(60, 560, 120):
            for y in range(50, 800, 55):
                canvas.drawString(x, y, "DRAFT")

    read = pdf_reader.read(pdf_maker.write(tmp_path / "tiled.pdf", tiled))
    assert (read.pages[0].text, read.overlays) == (plain, frozenset(["DRAFT"]))


def test_labels_of_a_chart_stay_and_so_do_pale_headings_tables_and_twice_printed_bold(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        pdf_maker.text(canvas, LINES, top=120, size=10, step=20)
        for place, label in enumerate(("Upper weir", "Lower weir", "Mill race")):
            canvas.saveState()
            canvas.translate(100 + 90 * place, 200)
            canvas.rotate(45)
            canvas.drawString(0, 0, label)
            canvas.restoreState()
        canvas.setFillGray(0.5)
        canvas.setFont("Helvetica", 22)
        canvas.drawString(72, pdf_maker.HEIGHT - 60, "River report")
        canvas.setFont("Helvetica", 9)
        for row in range(3):
            for column in range(3):
                canvas.drawString(72 + 80 * column, 120 - 15 * row, "0.0")
        canvas.setFillGray(0)
        canvas.drawString(400, 120, "Total")
        canvas.drawString(400.3, 120, "Total")

    text = pdf_reader.read(pdf_maker.write(tmp_path / "chart.pdf", draw)).pages[0].text
    for kept in ("weir", "Mill", "River report", "0.0", "Total"):
        assert kept in text


def test_a_sheet_whose_whole_text_leans_has_no_overlay() -> None:
    words = [Word(f"word{n}", 10.0 + n, 10.0, 15.0 + n, 20.0, 10, lean=7.0, place=n) for n in range(9)]
    assert parted(words).body == tuple(words)


def test_single_letters_down_the_margin_are_spelt_together() -> None:
    body = [Word("text", 100.0, 10.0 * n, 120.0, 10.0 * n + 9, 10, place=n) for n in range(5)]
    letters = [Word(sign, 30.0, 50 + 15.0 * n, 38.0, 60 + 15.0 * n, 12, place=5 + n) for n, sign in enumerate("EXEMPT")]
    sheet = parted([*body, *letters])
    assert sheet.body == (*body, *letters)
    assert "EXEMPT" in sheet.overlays
