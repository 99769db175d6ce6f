"""Raised footnote marks are no part of figures, and struck-out words are not read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.archive import Archive
from indexer.layout.marks import Word
from indexer.layout.strikes import without
from indexer.readers import pdf_reader
from search.views import opened
from search.views.api import leaves
from search.views.render import leaf
from tests.makers import pdf_maker
from tests.makers.index_maker import TinyEncoder, run

TOP = pdf_maker.HEIGHT


def line(canvas: Canvas, parts: Sequence[tuple[str, float, float]], y: float = TOP - 200, x: float = 72) -> None:
    """Write parts of a line one after the other: text, size and rise in points."""
    for text, size, rise in parts:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y + rise, text)
        x += canvas.stringWidth(text, "Helvetica", size)


def read(path: Path, parts: Sequence[tuple[str, float, float]]) -> str:
    def draw(canvas: Canvas) -> None:
        pdf_maker.text(canvas, ["The head gardener gave her report on the walled garden and its greenhouses."], top=150)
        line(canvas, parts)

    pdf_maker.write(path, draw)
    return pdf_reader.read(path).pages[0].text.split("\n")[-1]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("Grants of £4,200", 11, 0), ("4", 7, 4), (" were paid.", 11, 0)], "Grants of £4,200 ⁴ were paid."),
        ([("It was shut for 3", 11, 0), ("2", 6.5, 4.5), (" days", 11, 0)], "It was shut for 3 ² days"),
        ([("In all 14%", 10, 0), ("12", 6, 3), (" of them", 10, 0)], "In all 14% ¹² of them"),
        ([("A sum of £1.2m", 12, 0), ("5", 8, 4), (" in 2018", 12, 0), ("6", 8, 4)], "A sum of £1.2m ⁵ in 2018 ⁶"),
        ([("The hall", 11, 0), ("3", 7, 4), (" was let", 11, 0)], "The hall ³ was let"),
    ],
)
def test_a_raised_figure_stands_apart(tmp_path: Path, parts: list[tuple[str, float, float]], expected: str) -> None:
    assert read(tmp_path / "a.pdf", parts) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("On the 4", 11, 0), ("th", 7, 4), (" of May", 11, 0)], "On the 4th of May"),
        ([("A plot of 40 m", 11, 0), ("2", 7, 4), (" is free", 11, 0)], "A plot of 40 m² is free"),
        ([("CO", 11, 0), ("2", 7, -2), (" fell", 11, 0)], "CO2 fell"),
        ([("SMALL", 11, 0), ("CAPS", 8, 0), (" stay", 11, 0)], "SMALLCAPS stay"),
    ],
)
def test_ordinals_powers_lowered_figures_and_small_capitals_stay_whole(
    tmp_path: Path, parts: list[tuple[str, float, float]], expected: str
) -> None:
    assert read(tmp_path / "a.pdf", parts) == expected


def crossed(canvas: Canvas, share: float, *, thick: float = 0.8, over: float = 0) -> None:
    """Draw a line through "£300" of the sentence, at ``share`` of the type size above its baseline."""
    start = 72 + canvas.stringWidth("The fee is ", "Helvetica", 11)
    wide = canvas.stringWidth("£300", "Helvetica", 11)
    canvas.setLineWidth(thick)
    canvas.line(start - over, TOP - 200 + share * 11, start + wide + over, TOP - 200 + share * 11)


@pytest.mark.parametrize(
    ("share", "over", "expected"),
    [
        (0.27, 0, "The fee is £340 a year."),
        (0.35, 0.5, "The fee is £340 a year."),
        (-0.12, 0, "The fee is £300 £340 a year."),
        (0.27, 40, "The fee is £300 £340 a year."),
    ],
    ids=["struck", "struck high", "underlined", "a longer line"],
)
def test_a_line_through_words_strikes_them_out(tmp_path: Path, share: float, over: float, expected: str) -> None:
    def draw(canvas: Canvas) -> None:
        line(canvas, [("The fee is £300 £340 a year.", 11, 0)])
        crossed(canvas, share, over=over)

    document = pdf_reader.read(pdf_maker.write(tmp_path / "a.pdf", draw))
    assert document.pages[0].text == expected
    assert ["struck-out words are left out (1)"] * ("300" not in expected) == [f.reason for f in document.faults]


START = 72 + 52.6  # where "£300" begins and ends, and the middle of its letters above the foot of the sheet
END = START + 24.5
MIDDLE = TOP - 197


def steps(most: float) -> list[tuple[float, float, int]]:
    """The length of "£300" in steps of at most so many points: from where, to where, and which way it goes."""
    count = math.ceil((END - START) / most)
    edges = [START + (END - START) * step / count for step in range(count + 1)]
    return [(a, b, 1 - 2 * (at % 2)) for at, (a, b) in enumerate(pairwise(edges))]


def wave(canvas: Canvas, high: float = 2.2, middle: float = MIDDLE) -> None:
    path = canvas.beginPath()
    path.moveTo(START, middle)
    for a, b, way in steps(2):
        path.curveTo(a + 0.7, middle + way * high, b - 0.7, middle + way * high, b, middle)
    canvas.drawPath(path)


def waves(canvas: Canvas) -> None:
    for a, b, _ in steps(4):
        path = canvas.beginPath()
        path.moveTo(a, MIDDLE)
        path.curveTo(a + 1.3, MIDDLE + 2.4, b - 1.3, MIDDLE - 2.4, b, MIDDLE)
        canvas.drawPath(path)


def zigzag(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(START, MIDDLE)
    for _, b, way in steps(2):
        path.lineTo(b, MIDDLE + way * 1.8)
    path.lineTo(END + 0.3, MIDDLE)
    canvas.drawPath(path)


def dashes(canvas: Canvas) -> None:
    for a, b, _ in steps(4):
        canvas.line(a, MIDDLE, b - 1.5, MIDDLE)


def teeth(canvas: Canvas) -> None:
    for a, b, way in steps(2):
        canvas.line(a, MIDDLE - way * 1.8, b, MIDDLE + way * 1.8)


def slash(canvas: Canvas) -> None:
    canvas.line(START - 1, TOP - 203, END + 1, TOP - 190)


def cross(canvas: Canvas) -> None:
    slash(canvas)
    canvas.line(START - 1, TOP - 190, END + 1, TOP - 203)


def picture(canvas: Canvas) -> None:
    drawing = Image.new("RGBA", (200, 30), (0, 0, 0, 0))
    ImageDraw.Draw(drawing).line([(x, 15 + 10 * math.sin(x / 6)) for x in range(200)], fill=(200, 0, 0, 255), width=4)
    canvas.drawImage(ImageReader(drawing), START, MIDDLE - 2.5, END - START, 5, mask="auto")


@pytest.mark.parametrize("strike", [wave, waves, zigzag, dashes, teeth, slash, cross, picture])
def test_a_stroke_of_any_form_through_words_strikes_them_out(tmp_path: Path, strike: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        line(canvas, [("The fee is £300 £340 a year.", 11, 0)])
        strike(canvas)

    assert pdf_reader.read(pdf_maker.write(tmp_path / "a.pdf", draw)).pages[0].text == "The fee is £340 a year."


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_that_do_not_lie_level_are_struck_out_too(tmp_path: Path, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        line(canvas, [("The fee is £300 £340 a year.", 11, 0)])
        crossed(canvas, 0.27)

    def turned(canvas: Canvas) -> None:
        canvas.translate(pdf_maker.WIDTH / 2, TOP / 2)
        canvas.rotate(turn)
        canvas.translate(-pdf_maker.WIDTH / 2, -TOP / 2)
        draw(canvas)

    written = pdf_maker.write(tmp_path / "written.pdf", turned)
    shown = PdfWriter(clone_from=pdf_maker.write(tmp_path / "shown.pdf", draw))
    shown.pages[0].rotate(turn)
    shown.write(tmp_path / "shown.pdf")
    for path in (written, tmp_path / "shown.pdf"):
        assert pdf_reader.read(path).pages[0].text == "The fee is £340 a year."


@pytest.mark.parametrize("strike", [lambda canvas: crossed(canvas, 0.27), wave])
def test_words_are_struck_out_inside_a_form_too(tmp_path: Path, strike: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("sheet", 0, 0, pdf_maker.WIDTH, TOP)
        line(canvas, [("The fee is £300 £340 a year.", 11, 0)])
        strike(canvas)
        canvas.endForm()
        canvas.scale(0.9, 0.9)
        canvas.doForm("sheet")

    assert pdf_reader.read(pdf_maker.write(tmp_path / "a.pdf", draw)).pages[0].text == "The fee is £340 a year."


@pytest.mark.parametrize(
    "beside",
    [
        lambda canvas: wave(canvas, 1.5, TOP - 203),
        lambda canvas: canvas.ellipse(START - 2, TOP - 204, END + 2, TOP - 189),
        lambda canvas: canvas.line(START - 40, TOP - 203, END + 40, TOP - 190),
        lambda canvas: canvas.line(START, TOP - 240, END, TOP - 150),
    ],
    ids=["a wave below", "a ring around", "a longer slanting line", "a steep line"],
)
def test_what_is_drawn_about_words_strikes_none_out(tmp_path: Path, beside: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        line(canvas, [("The fee is £300 £340 a year.", 11, 0)])
        beside(canvas)

    assert pdf_reader.read(pdf_maker.write(tmp_path / "a.pdf", draw)).pages[0].text == "The fee is £300 £340 a year."


@pytest.mark.parametrize("wide", [24, 26.5, 22, 500])
def test_an_annotation_strikes_words_out_too(tmp_path: Path, wide: float) -> None:
    words = "The fee is £300 £340 a year." if wide < 100 else "The fee is £300"
    path = pdf_maker.write(tmp_path / "a.pdf", lambda c: line(c, [(words, 11, 0)]))
    start = 72 + 52.6
    corners = map(FloatObject, (start, TOP - 190, start + wide, TOP - 190, start, TOP - 203, start + wide, TOP - 203))
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/StrikeOut"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (start, TOP - 203, start + wide, TOP - 190))),
            NameObject("/QuadPoints"): ArrayObject(corners),
        }
    )
    writer = PdfWriter(clone_from=path)
    writer.add_annotation(0, note)
    writer.write(path)
    assert pdf_reader.read(path).pages[0].text == words.replace("£300 ", "").replace(" £300", "")


def test_a_word_reaches_over_what_is_left_out_behind_it_on_its_line() -> None:
    words = [
        Word(text, x, 10.0, x + 20, 20.0, 10) for text, x in (("paid", 0.0), ("Ann", 25.0), ("Lee", 50.0), ("on", 75.0))
    ]
    below = Word("Monday", 0.0, 30.0, 40.0, 40.0, 10)
    assert without([*words, below], {1, 2}) == (words[0]._replace(x1=72.0), words[3], below)
    assert without([*words, below], {2, 3}) == (words[0], words[1], below)


def test_struck_out_words_of_every_format_are_counted_beside_their_page_and_the_paper_counts_as_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()

    def draw(canvas: Canvas) -> None:
        line(canvas, [("The fee is £300 £340 a year.", 11, 0)])
        crossed(canvas, 0.27)

    pdf_maker.write(papers / "a.pdf", lambda canvas: line(canvas, [("The ferry.", 11, 0)]), draw)
    (papers / "b.md").write_text("# Fees\n\nThe fee is ~~£300~~ £340 a year.\n", encoding="utf-8")
    (papers / "c.html").write_text("<html><body><p>The fee is <s>£300</s> £340 a year.</p></body>", encoding="utf-8")
    for name in ("d", "e"):
        paper = docx.Document()
        sentence = paper.add_paragraph("The fee is ")
        if name == "d":
            sentence.add_run("£300").font.strike = True
        else:
            gone = f"<w:del {nsdecls('w')} w:id='1' w:author='a'><w:r><w:delText>£300</w:delText></w:r></w:del>"
            sentence._p.append(parse_xml(gone))
        sentence.add_run(" £340 a year.")
        paper.save(str(papers / f"{name}.docx"))
    run(tmp_path / "archive", str(papers))
    with Archive.open(tmp_path / "archive", TinyEncoder().identity) as archive:
        monkeypatch.setattr(opened, "archive", lambda: archive)
        told = {Path(entry.path).name: (entry.status, entry.reason) for entry in archive.ledger()}
        beside, kept_back = {}, []
        for paper in archive.papers():
            name, last = Path(paper.path).name, paper.page_count
            page = archive.page(paper.id, last)
            assert page is not None
            assert page.text.endswith("The fee is £340 a year.")
            shown = leaves.of(archive, paper, (), last)
            beside[name] = shown.left_out
            assert [f"On this page: {words}." in leaf.html(shown) for words in shown.left_out] == [True]
            kept_back += [name] if archive.keeps_back(paper.id) else []
        first = next(paper for paper in archive.papers() if paper.paged)
        assert leaves.of(archive, first, (), 1).left_out == ()
    struck, deleted = "struck-out words are left out", "words that tracked changes deleted are left out"
    assert told == {
        "a.pdf": ("indexed", f"{struck}: page 2 (1)"),
        **dict.fromkeys(("b.md", "c.html", "d.docx"), ("indexed", f"{struck} (1)")),
        "e.docx": ("indexed", f"{deleted} (1)"),
    }
    assert beside == {name: (f"{deleted if name == 'e.docx' else struck} (1)",) for name in told}
    assert kept_back == ["e.docx"]
