"""How the memoranda of `benchmarks.papers.second_set` are printed, and what officers and programs put on them.

They share nothing with `benchmarks.papers.marked_sheets`: another council, another type, numbered paragraphs, and marks
as files hold them that were not printed by one program alone: turned sheets, outlines, patterns, annotations, layers.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from itertools import pairwise, product
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
Draw: TypeAlias = Callable[[Canvas], None]
Open: TypeAlias = Any  # what pypdf and python-docx hand out carries no types
MATTERS: Final = (
    ("Bandstand repairs", "The lowest of three prices for the bandstand roof was £27,450, from Orrell & Tibbs."),
    ("Leisure trust rent", "The trust has asked that its rent of £9,600 a year be waived until the pool reopens."),
    ("Depot at Fenny Lane", "The depot was valued at £310,000 in March, which is £45,000 below the last figure."),
    ("Allotment charges", "A full plot costs £38 a year and a half plot £22; the waiting list has 64 names."),
)
PARAGRAPHS: Final = (
    "Officers have met the parties twice and will meet them again before the clocks go back.",
    "The ward members were told of the position in writing, and none of them has objected.",
    "If nothing is done, the cost will fall on next year's account and not on this one.",
    "The committee is recommended to accept the price and to let the work begin in October.",
)
# Letters as strokes on a grid two wide and four high, for marks that no font writes.
_STROKES: Final = {
    "A": "001420-0222", "C": "24040020", "D": "00041423211000", "E": "24040020-0212", "F": "000424-0212", "I": "1014",
    "L": "040020", "M": "0004122420", "N": "00042024", "O": "0004242000", "P": "0004242202", "T": "0424-1014",
    "X": "0024-0420",
}  # fmt: skip


def memo(canvas: Canvas, number: int, head: str = "", foot: str = "", among: str = "") -> None:
    """Print one sheet of a memorandum; ``head`` and ``foot`` are running lines, ``among`` a paragraph of its own."""
    matter, first = MATTERS[number % len(MATTERS)]
    canvas.setFillGray(0)
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(64, HEIGHT - 32, head)
    canvas.drawString(64, 26, foot)
    canvas.setFont("Times-Bold", 15)
    canvas.drawString(64, HEIGHT - 70, "Wendleham Borough Council")
    canvas.setFont("Times-Roman", 10.5)
    for place, (label, value) in enumerate(
        (("To:", "Amenities Panel"), ("Subject:", matter), ("Ref:", f"AM/{number}"))
    ):
        canvas.drawString(64, HEIGHT - 98 - 14 * place, label)
        canvas.drawString(130, HEIGHT - 98 - 14 * place, value)
    y = HEIGHT - 170.0
    for place, text in enumerate(
        (first, *PARAGRAPHS[:2], *((among,) if among else ()), *PARAGRAPHS[2:], *PARAGRAPHS), 1
    ):
        canvas.drawString(64, y, f"{place}.")
        line = ""
        for word in [*text.split(), ""]:
            if not word or canvas.stringWidth(f"{line} {word}", "Times-Roman", 10.5) > 430:
                canvas.drawString(92, y, line.strip())
                y, line = y - 14, ""
            line += f" {word}"
        y -= 8


def printed(
    path: Path, number: int, mark: Draw | None = None, sheets: int = 2, said: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Print a memorandum, its last sheet with a mark over it."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for sheet in range(sheets):
        memo(canvas, number + sheet, **said)
        if mark and sheet == sheets - 1:
            canvas.saveState()
            mark(canvas)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()


def turned(path: Path, number: int, mark: Draw, quarters: int) -> None:
    """A memorandum whose sheets are stored lying and shown upright by their /Rotate, as copiers save them."""
    canvas = Canvas(str(path), pagesize=A4 if quarters == 2 else A4[::-1], invariant=1)
    # Turned clockwise when shown, so anticlockwise here.
    x, y, angle = {1: (HEIGHT, 0, 90), 2: (WIDTH, HEIGHT, 180), 3: (0, WIDTH, -90)}[quarters]
    canvas.translate(x, y)
    canvas.rotate(angle)
    memo(canvas, number)
    mark(canvas)
    canvas.showPage()
    canvas.save()
    changed(path, lambda page: page.rotate(90 * quarters))


def changed(path: Path, change: Callable[[Any], object]) -> None:
    """Change the last page of a file with pypdf; the page belongs to its writer (``page.indirect_reference.pdf``)."""
    writer = PdfWriter(PdfReader(io.BytesIO(path.read_bytes())))
    change(writer.pages[-1])
    with path.open("wb") as file:
        writer.write(file)


def across(canvas: Canvas, text: str, angle: float, size: float, grey: float = 0.75, mode: int = 0) -> None:
    """Write a text across the sheet; ``mode`` is the text rendering mode, 1 for hollow letters."""
    canvas.translate(WIDTH / 2, HEIGHT / 2 - 40)
    canvas.rotate(angle)
    canvas.setFillGray(grey)
    canvas.setStrokeGray(grey)
    wide = canvas.stringWidth(text, "Times-Bold", size)
    line = canvas.beginText(-wide / 2, 0)
    line.setFont("Times-Bold", size)
    line.setTextRenderMode(mode)
    line.textOut(text)
    canvas.drawText(line)


def stroked(canvas: Canvas, text: str, angle: float, size: float, width: float = 3) -> None:
    """Draw a text with the pen, stroke by stroke, as a plotter or a drawing program does."""
    canvas.translate(150, 230)
    canvas.rotate(angle)
    canvas.setLineWidth(width)
    canvas.setStrokeColorRGB(0.8, 0.1, 0.1)
    for place, letter in enumerate(text):
        for stroke in _STROKES[letter].split("-"):
            points = [(int(stroke[at]), int(stroke[at + 1])) for at in range(0, len(stroke) - 1, 2)]
            for (a, b), (c, d) in pairwise(points):
                x = place * 3.2
                canvas.line((x + a) * size, b * size, (x + c) * size, d * size)


def formed(canvas: Canvas, text: str, angle: float, size: float) -> None:
    """Write a text through a form that is written small and drawn large."""
    name = f"form{angle:.0f}"
    canvas.beginForm(name, 0, -2, 200, 20)
    canvas.setFont("Helvetica", 4)
    canvas.drawString(0, 0, text)
    canvas.endForm()
    canvas.translate(140, 220)
    canvas.rotate(angle)
    canvas.scale(size / 4, size / 4)
    canvas.doForm(name)


def patterned(page: Open, text: str, angle: float) -> None:
    """Fill the sheet with a tiling pattern whose cells say a text (PDF 32000-1, 8.7.3)."""
    resources = page["/Resources"].get_object()
    fonts = DictionaryObject({NameObject("/FP"): _font()})
    cell = StreamObject()
    cell.set_data(f"BT /FP 18 Tf 0.7 g 10 20 Td ({text}) Tj ET".encode())
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    cell.update(
        {
            NameObject("/Type"): NameObject("/Pattern"),
            NameObject("/PatternType"): FloatObject(1),
            NameObject("/PaintType"): FloatObject(1),
            NameObject("/TilingType"): FloatObject(1),
            NameObject("/BBox"): _numbers(0, 0, 240, 120),
            NameObject("/XStep"): FloatObject(240),
            NameObject("/YStep"): FloatObject(120),
            NameObject("/Matrix"): _numbers(cosine, sine, -sine, cosine, 0, 0),
            NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
        }
    )
    patterns = DictionaryObject({NameObject("/P1"): _writer(page)._add_object(cell)})
    resources[NameObject("/Pattern")] = patterns
    added(page, f"q /Pattern cs /P1 scn 40 60 {WIDTH - 80:.0f} {HEIGHT - 160:.0f} re f Q")


def added(page: Open, commands: str) -> None:
    """Add drawing commands at the end of a page's content."""
    content = StreamObject()
    content.set_data(b"q\n" + page.get_contents().get_data() + b"\nQ\n" + commands.encode())
    page[NameObject("/Contents")] = _writer(page)._add_object(content)


def annotated(
    page: Open, kind: str, rect: tuple[float, float, float, float], commands: str = "", **keys: object
) -> None:
    """Put an annotation on a page, with an appearance that draws ``commands`` in a space of the rectangle's size."""
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(f"/{kind}")})
    note[NameObject("/Rect")] = _numbers(*rect)
    note[NameObject("/F")] = FloatObject(4)
    if commands:
        look = StreamObject()
        look.set_data(commands.encode())
        look[NameObject("/Type")], look[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        look[NameObject("/BBox")] = _numbers(0, 0, rect[2] - rect[0], rect[3] - rect[1])
        fonts = DictionaryObject({NameObject("/FP"): _font()})
        look[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): _writer(page)._add_object(look)})
    for key, value in keys.items():
        name = str(value)
        note[NameObject(f"/{key}")] = NameObject(name) if name.startswith("/") else TextStringObject(name)
    notes = page.get("/Annots", ArrayObject())
    notes.append(_writer(page)._add_object(note))
    page[NameObject("/Annots")] = notes


def _writer(page: Open) -> Open:
    return page.indirect_reference.pdf


def _font() -> DictionaryObject:
    keys = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica-Bold"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in keys.items()})


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(value) for value in values])


def photocopied(
    path: Path, number: int, mark: str, angle: float, side: int = 0, shade: int = 150, size: int = 150, top: str = ""
) -> None:
    """A memorandum as a scanner saves it: a picture, with a mark across it, lying turned by ``side`` quarters."""
    picture = Image.new("L", (1654, 2339), 252)
    pen = ImageDraw.Draw(picture)
    matter, first = MATTERS[number % len(MATTERS)]
    lines = [top, "Wendleham Borough Council", f"Subject: {matter}", "", first, *PARAGRAPHS, *PARAGRAPHS]
    y = 200
    for line in lines:
        words, row = line.split(), ""
        for word in [*words, ""]:
            if not word or len(row) + len(word) > 70:
                pen.text((190, y), row.strip(), 25, ImageFont.load_default(40))
                y, row = y + 62, ""
            row += f" {word}"
        y += 18
    if mark:
        font = ImageFont.load_default(size)
        box = font.getbbox(mark)
        stamp = Image.new("L", (int(box[2]) + 60, int(box[3]) + 60), 0)
        ImageDraw.Draw(stamp).text((30, 20), mark, 255, font)
        stamp = stamp.rotate(angle, expand=True)
        ink = Image.new("L", stamp.size, shade)
        picture.paste(ink, ((1654 - stamp.width) // 2, (2339 - stamp.height) // 2 + 100), stamp)
    out = io.BytesIO()
    picture.rotate(-90 * side, expand=True).save(out, "JPEG", quality=80)
    wide, high = (WIDTH, HEIGHT) if side % 2 == 0 else (HEIGHT, WIDTH)
    canvas = Canvas(str(path), pagesize=(wide, high), invariant=1)
    canvas.drawImage(ImageReader(out), 0, 0, wide, high)
    canvas.save()


def rubber(canvas: Canvas, text: str, angle: float, at: tuple[float, float, float]) -> None:
    """A rubber stamp pasted as a picture: red letters in a frame, with nothing behind them."""
    font = ImageFont.load_default(70)
    box = font.getbbox(text)
    stamp = Image.new("RGBA", (int(box[2]) + 80, int(box[3]) + 60), (0, 0, 0, 0))
    pen = ImageDraw.Draw(stamp)
    pen.text((40, 20), text, (190, 20, 20, 255), font)
    pen.rectangle((4, 4, stamp.width - 5, stamp.height - 5), outline=(190, 20, 20, 255), width=6)
    stamp = stamp.rotate(angle, expand=True)
    out = io.BytesIO()
    stamp.save(out, "PNG")
    x, y, wide = at
    canvas.drawImage(ImageReader(out), x, y, wide, wide * stamp.height / stamp.width, mask="auto")


def grid_of(canvas: Canvas, text: str, size: float) -> None:
    """Write a text small in brick courses all over the sheet."""
    canvas.setFillGray(0.82)
    canvas.setFont("Times-Italic", size)
    for row, column in product(range(9), range(4)):
        canvas.drawString(30 + 150 * column + 60 * (row % 2), 60 + 88 * row, text)
