"""Boxes over a scan hide letters that the file still holds: it is told, and its original is not given out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight, Rectangle
from pypdf.generic import ArrayObject, FloatObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.readers.pdf.sheets import opened, read_sheet
from indexer.readers.scan import layer
from tests.makers import pdf_maker
from tests.makers.pdf_maker import HEIGHT, WIDTH

Draw = Callable[[Canvas], None]
# Over the name on the second line, left, bottom, width and height.
BOX = (120.0, HEIGHT - 236.0, 180.0, 22.0)


def scanned(path: Path, over: Draw) -> Path:
    """A page that is a picture of two lines, with something drawn over it."""

    def draw(canvas: Canvas) -> None:
        paper = Image.new("L", (round(2 * WIDTH), round(2 * HEIGHT)), 250)
        pen, font = ImageDraw.Draw(paper), ImageFont.load_default(32)
        pen.text((240, 360), "The complaint was made by", 20, font)
        pen.text((240, 430), "Orla Quillfeather", 20, font)
        canvas.drawImage(ImageReader(paper), 0, 0, WIDTH, HEIGHT)
        over(canvas)

    return pdf_maker.write(path, draw)


def count(path: Path) -> int:
    with opened(path) as file:
        return layer.hidden(file, read_sheet(file, 1))


def black(canvas: Canvas) -> None:
    canvas.rect(*BOX, stroke=0, fill=1)


def white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.rect(*BOX, stroke=0, fill=1)


def thick(canvas: Canvas) -> None:
    canvas.setLineWidth(BOX[3])
    canvas.line(BOX[0], BOX[1] + BOX[3] / 2, BOX[0] + BOX[2], BOX[1] + BOX[3] / 2)


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (20, 20), 90)), *BOX)


def frame(canvas: Canvas) -> None:
    canvas.rect(*BOX, stroke=1, fill=0)


def aside(canvas: Canvas) -> None:
    canvas.rect(BOX[0], BOX[1] - 200, BOX[2], BOX[3], stroke=0, fill=1)


def shade(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    canvas.rect(*BOX, stroke=0, fill=1)


@pytest.mark.parametrize("over", [black, white, thick, picture])
def test_what_hides_letters_of_a_scan_is_counted(tmp_path: Path, over: Draw) -> None:
    assert count(scanned(tmp_path / "paper.pdf", over)) == 1


@pytest.mark.parametrize("over", [frame, aside, shade, lambda _: None])
def test_what_lets_letters_show_or_lies_beside_them_hides_none(tmp_path: Path, over: Draw) -> None:
    assert count(scanned(tmp_path / "paper.pdf", over)) == 0


@pytest.mark.parametrize("filled", [True, False])
def test_annotations_hide_letters_too_unless_they_let_them_show(tmp_path: Path, filled: bool) -> None:
    plain = scanned(tmp_path / "plain.pdf", lambda _: None)
    x0, y0, x1, y1 = BOX[0], BOX[1], BOX[0] + BOX[2], BOX[1] + BOX[3]
    corners = ArrayObject([FloatObject(edge) for edge in (x0, y1, x1, y1, x0, y0, x1, y0)])
    note = (
        Rectangle(rect=(x0, y0, x1, y1), interior_color="000000")
        if filled
        else Highlight(rect=(x0, y0, x1, y1), quad_points=corners)
    )
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.add_annotation(0, note)
    writer.write(tmp_path / "paper.pdf")
    assert count(tmp_path / "paper.pdf") == int(filled)
