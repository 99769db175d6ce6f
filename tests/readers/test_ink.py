"""A word counts only if its ink can be seen on the page."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import reportlab
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Highlight, Rectangle
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks import hidden
from benchmarks.papers import hidden_papers
from indexer.layout.marks import Sheet
from indexer.readers import pdf_reader
from indexer.readers.pdf import sheets
from indexer.records import UNSEEN
from indexer.upkeep import desk
from tests.makers import pdf_maker
from tests.makers.index_maker import run

TOP = pdf_maker.HEIGHT
SAID = ["The complaint was made by", "Orla Quillfeather", "of 9 Sprat Row and settled for", "£6,120", "in March."]
SEEN = "The complaint was made by of 9 Sprat Row and settled for in March."
WHOLE = "The complaint was made by Orla Quillfeather of 9 Sprat Row and settled for £6,120 in March."
Draw = Callable[[Canvas], None]


def read(path: Path) -> Sheet:
    with sheets.opened(path) as file:
        return sheets.read_sheet(file, 1)


def told(path: Path) -> str:
    return " ".join(word.text for word in read(path).words)


def lines(canvas: Canvas, secret: Draw = lambda _: None) -> None:
    """One line of text under the other; ``secret`` sets how the second and the fourth are written."""
    for index, line in enumerate(SAID):
        canvas.saveState()
        canvas.setFont("Helvetica", 11)
        if index in (1, 3):
            secret(canvas)
        canvas.drawString(72, TOP - 200 - 30 * index, line)
        canvas.restoreState()


def boxes() -> list[tuple[float, float, float, float]]:
    """Left, bottom, width and height of rectangles over the secret lines."""
    return [(70, TOP - 204 - 30 * index, 120, 14) for index in (1, 3)]


def nothing(canvas: Canvas) -> None:
    """Draw nothing."""


def printed(path: Path, over: Draw = nothing, secret: Draw = nothing, under: Draw = nothing) -> Path:
    def draw(canvas: Canvas) -> None:
        under(canvas)
        lines(canvas, secret)
        over(canvas)

    return pdf_maker.write(path, draw)


def boxed(canvas: Canvas, tone: float = 0.0) -> None:
    canvas.setFillGray(tone)
    for box in boxes():
        canvas.rect(*box, stroke=0, fill=1)


def labelled(canvas: Canvas) -> None:
    boxed(canvas)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica-Bold", 8)
    for x, y, *_ in boxes():
        canvas.drawString(x + 10, y + 4, "REDACTED")


def struck_over(canvas: Canvas) -> None:
    canvas.setLineWidth(13)
    for x, y, width, height in boxes():
        canvas.line(x, y + height / 2, x + width, y + height / 2)


def strip_by_strip(canvas: Canvas, high: float) -> None:
    """A box made of lines laid edge to edge, at no whole pixels of any drawing."""
    canvas.setLineWidth(high)
    for x, y, width, height in boxes():
        for step in range(math.ceil(height / high)):
            canvas.line(x, y + (step + 0.5) * high, x + width, y + (step + 0.5) * high)


def typed_over(canvas: Canvas, sign: str) -> None:
    canvas.setFont("Helvetica", 11)
    for x, y, width, _ in boxes():
        canvas.drawString(x, y + 4, sign * math.ceil(width / canvas.stringWidth(sign, "Helvetica", 11)))


def pictured(canvas: Canvas) -> None:
    for x, y, width, height in boxes():
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 10), "black")), x, y, width, height)


def patterned(canvas: Canvas) -> None:
    """A picture that has edges of its own where the words were."""
    hatched = Image.new("L", (120, 14), 255)
    hatched.putdata([0 if (x + y) % 4 < 2 else 255 for y in range(14) for x in range(120)])
    for x, y, width, height in boxes():
        canvas.drawImage(ImageReader(hatched), x, y, width, height)


def green(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(0.8, 0.9, 0.8)
    for box in boxes():
        canvas.rect(*box, stroke=0, fill=1)
    canvas.restoreState()


def clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 20, 20)
    canvas.clipPath(path, stroke=0)


def invisible(canvas: Canvas) -> None:
    canvas._code.append("3 Tr")  # reportlab sets it back with the state


@pytest.mark.parametrize(
    "over",
    [
        boxed,
        labelled,
        struck_over,
        partial(strip_by_strip, high=1),
        partial(strip_by_strip, high=3.4),
        partial(typed_over, sign="X"),
        partial(typed_over, sign="#"),
        pictured,
        patterned,
        lambda c: boxed(c, 1.0),
    ],
)
def test_words_under_what_is_drawn_over_them_are_not_read(tmp_path: Path, over: Draw) -> None:
    sheet = read(printed(tmp_path / "a.pdf", over))
    kept = " ".join(word.text for word in sheet.words if word.text != "REDACTED" and set(word.text) - set("X#"))
    assert (kept, sheet.unseen) == (SEEN, 3)


@pytest.mark.parametrize(
    ("secret", "under"),
    [
        (lambda c: c.setFillGray(1), nothing),
        (lambda c: c.setFillGray(0.99), nothing),
        (lambda c: c.setFillColorRGB(0.8, 0.9, 0.8), green),
        (lambda _: None, boxed),
        (lambda c: c.setFont("Helvetica", 0.5), nothing),
        (lambda c: c.setFillAlpha(0), nothing),
        (invisible, nothing),
        (clipped, nothing),
        (lambda c: c.translate(900, 0), nothing),
        (lambda c: c.translate(0, -3000), nothing),
    ],
    ids=["white", "pale", "green", "black", "tiny", "clear", "invisible", "clipped", "right", "below"],
)
def test_words_whose_own_ink_does_not_show_are_not_read(tmp_path: Path, secret: Draw, under: Draw) -> None:
    sheet = read(printed(tmp_path / "a.pdf", secret=secret, under=under))
    assert (" ".join(word.text for word in sheet.words), sheet.unseen) == (SEEN, 3)


def noted(path: Path, *notes: DictionaryObject) -> Path:
    writer = PdfWriter(clone_from=path)
    for note in notes:
        writer.add_annotation(0, note)
    writer.write(path)
    return path


def rectangles() -> list[tuple[float, float, float, float]]:
    return [(x, y, x + width, y + height) for x, y, width, height in boxes()]


def redact(rectangle: tuple[float, float, float, float]) -> DictionaryObject:
    """A redaction that was marked and never carried out."""
    edges = ArrayObject(map(FloatObject, rectangle))
    kind = {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Redact")}
    return DictionaryObject({**kind, NameObject("/Rect"): edges})


def test_a_line_of_dots_or_strokes_that_words_are_typed_on_hides_none(tmp_path: Path) -> None:
    for sign in "._-":
        dotted = read(printed(tmp_path / "a.pdf", partial(typed_over, sign=sign)))
        assert {"Orla", "Quillfeather"} < {word.text for word in dotted.words}


def test_words_under_a_filled_square_annotation_or_one_to_be_redacted_are_not_read(tmp_path: Path) -> None:
    squares = [Rectangle(rect=rectangle, interior_color="000000") for rectangle in rectangles()]
    assert told(noted(printed(tmp_path / "a.pdf"), *squares)) == SEEN
    assert told(noted(printed(tmp_path / "b.pdf"), *map(redact, rectangles()))) == SEEN


@pytest.mark.parametrize(("cover", "said"), [(None, SEEN), (0.3, WHOLE)])
def test_words_under_a_filled_polygon_of_which_no_picture_is_kept_are_not_read(
    tmp_path: Path, cover: float | None, said: str
) -> None:
    def polygon(x0: float, y0: float, x1: float, y1: float) -> DictionaryObject:
        note = redact((x0, y0, x1, y1))
        note[NameObject("/Subtype")] = NameObject("/Polygon")
        note[NameObject("/Vertices")] = ArrayObject(map(FloatObject, (x0, y0, x1, y0, x1, y1, x0, y1)))
        note[NameObject("/IC")] = ArrayObject(map(FloatObject, (0, 0, 0)))
        if cover is not None:
            note[NameObject("/CA")] = FloatObject(cover)
        return note

    assert told(noted(printed(tmp_path / "a.pdf"), *(polygon(*rectangle) for rectangle in rectangles()))) == said


def test_words_under_a_highlight_are_read(tmp_path: Path) -> None:
    notes = []
    for x0, y0, x1, y1 in rectangles():
        corners = ArrayObject(map(FloatObject, (x0, y1, x1, y1, x0, y0, x1, y0)))
        notes.append(Highlight(rect=(x0, y0, x1, y1), quad_points=corners))
    assert told(noted(printed(tmp_path / "a.pdf"), *notes)) == WHOLE
    assert told(noted(printed(tmp_path / "b.pdf"), FreeText(text="seen", rect=(400, 100, 500, 120)))) == WHOLE


def test_what_is_cropped_away_is_not_read(tmp_path: Path) -> None:
    path = printed(tmp_path / "a.pdf", secret=lambda canvas: canvas.translate(0, 150))
    writer = PdfWriter(clone_from=path)
    writer.pages[0].cropbox = RectangleObject((0, 0, 595, TOP - 185))
    writer.write(path)
    assert told(path) == SEEN


@pytest.mark.parametrize("on", [False, True])
def test_a_layer_that_is_off_is_not_read(tmp_path: Path, on: bool) -> None:
    path = printed(tmp_path / "a.pdf")
    writer = PdfWriter(clone_from=path)
    group = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Notes")})
    )
    state = DictionaryObject({NameObject("/ON" if on else "/OFF"): ArrayObject([group])})
    layers = DictionaryObject({NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): state})
    writer.root_object[NameObject("/OCProperties")] = layers
    page = writer.pages[0]
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): group})
    # The same words stand where visible ones do, so that something shows at their place.
    extra = StreamObject()
    extra.set_data(f"/OC /L BDC BT /F1 11 Tf 72 {TOP - 200} Td (The applicant lives there) Tj ET EMC".encode())
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(extra)])
    writer.write(path)
    assert ("applicant" in told(path)) == on


def test_a_word_is_gone_although_a_letter_of_it_shows(tmp_path: Path) -> None:
    def half(canvas: Canvas) -> None:
        for x, y, width, height in boxes():
            canvas.rect(x + 12, y, width, height, fill=1)

    assert "Quillfeather" not in told(printed(tmp_path / "a.pdf", half))
    assert "£6,120" not in told(printed(tmp_path / "b.pdf", half))


@pytest.mark.parametrize(("above", "shown"), [(5.8, True), (7.0, False)])
def test_a_line_cut_through_at_the_foot_of_a_page_is_read_whole_if_most_of_its_letters_show(
    tmp_path: Path, above: float, shown: bool
) -> None:
    def cut(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(60, 100 + above, 400, 500)  # so far above the foot of the letters
        canvas.clipPath(path, stroke=0)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 120, "The lease was renewed.")
        canvas.drawString(72, 100, "The Chair stated that it is important to note the tide.")

    line = " The Chair stated that it is important to note the tide." if shown else ""
    assert told(pdf_maker.write(tmp_path / "a.pdf", cut)) == "The lease was renewed." + line


@pytest.mark.parametrize(
    "under",
    [
        lambda c: (c.setFillGray(0.1), c.rect(0, 0, 600, 842, fill=1)),
        lambda c: c.drawImage(ImageReader(Image.new("RGB", (60, 84), "navy")), 0, 0, 595, 842),
    ],
)
def test_white_words_on_dark_ground_are_read(tmp_path: Path, under: Draw) -> None:
    def pale(canvas: Canvas) -> None:
        under(canvas)
        canvas.setFillGray(1)
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(72, TOP - 100, "Total cost 1,288,680 of which £111,111 is new")

    path = pdf_maker.write(tmp_path / "a.pdf", pale)
    assert told(path) == "Total cost 1,288,680 of which £111,111 is new"


def test_shaded_cells_lines_pale_words_and_letterheads_hide_nothing(tmp_path: Path) -> None:
    def furnished(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 84), (240, 240, 255))), 0, 0, 595, 842)
        boxed(canvas, 0.85)

    def ruled(canvas: Canvas) -> None:
        pdf_maker.grid(canvas, [70, 300], [190 + 30 * index for index in range(6)])
        canvas.setFillGray(0, alpha=0.2)
        canvas.rect(60, TOP - 400, 300, 250, fill=1, stroke=0)

    sheet = read(printed(tmp_path / "a.pdf", ruled, lambda canvas: canvas.setFillGray(0.55), furnished))
    assert (" ".join(word.text for word in sheet.words), sheet.unseen) == (WHOLE, 0)


def test_words_inside_a_form_are_covered_like_others(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("all")
        lines(canvas)
        boxed(canvas)
        canvas.endForm()
        canvas.doForm("all")

    assert told(pdf_maker.write(tmp_path / "a.pdf", draw)) == SEEN


def test_a_turned_sheet_is_looked_at_as_it_is_shown(tmp_path: Path) -> None:
    for turn in (90, 180, 270):
        path = printed(tmp_path / f"{turn}.pdf", boxed)
        writer = PdfWriter(clone_from=path)
        writer.pages[0].rotate(turn)
        writer.write(path)
        assert sorted(told(path).split()) == sorted(SEEN.split())


def unnamed(path: Path, *letters: int) -> Path:
    """A paper whose sheet also prints letters of a font, by their numbers, that names no characters."""
    writer = PdfWriter(clone_from=printed(path))
    program = StreamObject()
    program.set_data((Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes())
    name, whole = NameObject, NumberObject
    about = {
        "/Type": name("/FontDescriptor"),
        "/FontName": name("/AAAAAA+Plain"),
        "/Flags": whole(4),
        "/FontFile2": writer._add_object(program),
    }
    system = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("Identity")}
    letters_of = {
        "/Type": name("/Font"),
        "/Subtype": name("/CIDFontType2"),
        "/BaseFont": name("/AAAAAA+Plain"),
        "/CIDSystemInfo": DictionaryObject({name(key): value for key, value in system.items()}),
        "/FontDescriptor": writer._add_object(DictionaryObject({name(key): value for key, value in about.items()})),
    }
    same = StreamObject()
    same.set_data(
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0003> <000f> <0010> endbfrange"
    )
    font = {
        "/Type": name("/Font"),
        "/Subtype": name("/Type0"),
        "/ToUnicode": writer._add_object(same),
        "/BaseFont": name("/AAAAAA+Plain"),
        "/Encoding": name("/Identity-H"),
        "/DescendantFonts": ArrayObject([DictionaryObject({name(key): value for key, value in letters_of.items()})]),
    }
    page = writer.pages[0]
    fonts = page["/Resources"]["/Font"]
    fonts[name("/Unnamed")] = DictionaryObject({name(key): value for key, value in font.items()})
    shown = " -3000 ".join(f"<{letter:04x}>" for letter in letters)
    more = StreamObject()
    more.set_data(f"BT /Unnamed 11 Tf 72 300 Td [{shown}] TJ ET".encode())
    page[name("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(more)])
    writer.write(path)
    return path


def test_a_blank_that_the_file_gives_no_character_for_is_no_hidden_text(tmp_path: Path) -> None:
    # By number: a blank in this font between two signs.
    sheet = read(unnamed(tmp_path / "blank.pdf", 11, 3, 11))
    assert [word.text for word in sheet.words[-2:]] == ["\U000f0018", "\U000f0018"]
    assert sheet.unseen == 0


def test_the_ledger_says_that_words_were_left_out_and_nothing_shows_them(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    pdf_maker.write(papers / "a.pdf", lambda c: (lines(c), boxed(c)), lambda c: (lines(c), pictured(c)), lines)
    document = pdf_reader.read(papers / "a.pdf")
    assert [(fault.page, fault.reason) for fault in document.faults] == [(1, UNSEEN), (2, UNSEEN)]
    run(tmp_path / "archive", str(papers))
    said = desk.status_text(tmp_path / "archive")
    assert "2 sheets hold text that cannot be seen, so its file is not given out; tell the publisher" in said
    assert "1 indexed" in said
    text = "\n".join(page.text for page in document.pages[:2])
    assert "Quillfeather" not in text
    assert len(PdfReader(papers / "a.pdf").pages) == len(document.pages)


def test_hidden_words_of_no_kind_are_read_and_each_is_told(tmp_path: Path) -> None:
    # Printed, typed, web pages and text: the whole set of `benchmarks.hidden`, which prints what came of each.
    wrong = {paper.name: hidden.outcome(paper, tmp_path) for paper in hidden_papers.papers()}
    assert {name: indices for name, indices in wrong.items() if indices} == {}
