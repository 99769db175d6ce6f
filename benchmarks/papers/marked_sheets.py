"""How the papers of `benchmarks.papers.marked_papers` are printed: their text, and what is put over and beside it."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final, TypeAlias

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
Draw: TypeAlias = Callable[[Canvas], None]
_TOPICS: Final = (
    ("Lease of the boathouse", "The tenant offers £41,000 a year for the boathouse at Crane Staithe."),
    ("Sale of the corn hall", "Two bids were had for the corn hall, the higher of them £615,000."),
    ("Ferry contract", "The operator asks for £88,400 more to run the ferry at weekends."),
    ("Market tolls", "Tolls at the Saturday market rise by 4% from April."),
    ("Quay wall", "The wall at Teasel Quay moved by 12 mm over the winter and is watched."),
)
_BODY: Final = (
    "The officer set out the choices that are open and what each of them costs.",
    "Members asked how long the works would last and who would be put out by them.",
    "The chair thanked all who had written and said that their letters had been read.",
    "It was said that the matter had been before the committee in two earlier years.",
    "RESOLVED: That the report be received and the next steps be taken by the officer.",
)


def paper(canvas: Canvas, number: int, extra: tuple[str, ...] = (), before: tuple[str, ...] = ()) -> None:
    """Print the text of a paper: heads, body, and ``extra`` paragraphs in the midst of it."""
    topic, first = _TOPICS[number % len(_TOPICS)]
    lines = [*before, "SALTMARSH DISTRICT COUNCIL", "Harbour and Markets Committee", f"{number + 3}. {topic}", first]
    lines += [*_BODY[:3], *extra, *_BODY[3:], *_BODY[:3]]
    canvas.setFillGray(0)
    y = HEIGHT - 90.0
    for index, line in enumerate(lines):
        canvas.setFont("Helvetica-Bold" if index < 3 else "Helvetica", 11)
        for part in wrapped(line):
            canvas.drawString(72, y, part)
            y -= 15
        y -= 9


def wrapped(line: str, width: int = 84) -> Iterator[str]:
    """Break a line at spaces, ``width`` letters at most where a word allows."""
    out = ""
    for word in line.split():
        if len(out) + len(word) > width:
            yield out
            out = ""
        out = f"{out} {word}" if out else word
    yield out


def printed(path: Path, number: int, mark: Draw, *, under: bool = False, sheets: int = 2, on: int = 1) -> None:
    """Print a paper whose sheet ``on`` (from 1) bears a mark over or under its text."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for sheet in range(1, sheets + 1):
        for step in (
            (mark, partial(paper, number=number + sheet)) if under else (partial(paper, number=number + sheet), mark)
        ):
            if step is not mark or sheet == on:
                canvas.saveState()
                step(canvas)
                canvas.restoreState()
        canvas.showPage()
    canvas.save()


def slanted(canvas: Canvas, text: str, angle: float, size: float, grey: float, font: str = "Helvetica-Bold") -> None:
    """Print a text across the middle of the sheet; ``angle`` in degrees, ``grey`` from 0 (black) to 1."""
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(angle)
    canvas.setFillGray(grey)
    canvas.setFont(font, size)
    canvas.drawCentredString(0, -size / 3, text)


def lettered(canvas: Canvas, text: str, angle: float, size: float, step: float, *, lean: bool) -> None:
    """Set a text letter by letter along a line, each letter upright or leaning with the line."""
    canvas.setFillGray(0.7)
    canvas.setFont("Times-Bold", size)
    for place, letter in enumerate(text):
        along = (place - len(text) / 2) * step
        canvas.saveState()
        canvas.translate(
            WIDTH / 2 + along * math.cos(math.radians(angle)), HEIGHT / 2 + along * math.sin(math.radians(angle))
        )
        canvas.rotate(angle if lean else 0)
        canvas.drawString(0, 0, letter)
        canvas.restoreState()


def tiled(canvas: Canvas, text: str, angle: float) -> None:
    """Print a small text all over the sheet."""
    canvas.setFillGray(0.8)
    canvas.setFont("Helvetica", 9)
    for x, y in product(range(60, 560, 170), range(60, 800, 90)):
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.drawString(0, 0, text)
        canvas.restoreState()


def edge(
    canvas: Canvas, text: str, x: float, y: float, turn: int, size: float = 10, font: str = "Helvetica-Bold"
) -> None:
    """Print a text that begins at a place in points from the lower left corner, ``turn`` in degrees."""
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.setFont(font, size)
    canvas.drawString(0, 0, text)


def stacked(canvas: Canvas, text: str) -> None:
    """Letters one under the other down the margin."""
    canvas.setFont("Helvetica-Bold", 12)
    for place, letter in enumerate(text):
        canvas.drawCentredString(30, HEIGHT - 200 - 18 * place, letter)


def lettering(text: str, size: int, ink: int = 0) -> Image.Image:
    """Draw a text as a picture, ``size`` pixels high."""
    font = ImageFont.load_default(size)
    box = font.getbbox(text)
    picture = Image.new("L", (round(box[2]) + size, round(box[3]) + size), 255)
    ImageDraw.Draw(picture).text((size / 2, size / 3), text, ink, font)
    return picture


def inked(canvas: Canvas, text: str, turn: float, at: tuple[float, float, float], ink: int = 0) -> None:
    """Draw a mark as a picture; ``at`` is its left and lower edge and its width in points."""
    picture = lettering(text, 60, ink)
    if turn:
        picture = picture.rotate(turn, expand=True, fillcolor=255)
    # Ink on nothing: the text under it shows.
    clear = Image.new("RGBA", picture.size, (ink, ink, ink, 0))
    clear.putalpha(picture.point([255 if shade < (ink + 255) / 2 else 0 for shade in range(256)]))
    out = io.BytesIO()
    clear.save(out, "PNG")
    x, y, wide = at
    canvas.drawImage(ImageReader(out), x, y, wide, wide * picture.height / picture.width, mask="auto")


def scan(path: Path, number: int, mark: str, turn: int) -> None:
    """A paper as a scanner saves it, its sheets lying turned by so many quarters clockwise."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    topic, first = _TOPICS[number % len(_TOPICS)]
    lines = [mark, "SALTMARSH DISTRICT COUNCIL", "Harbour and Markets Committee", topic, "", first, *_BODY]
    picture = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(picture)
    for place, line in enumerate(part for text in lines for part in wrapped(text, 62)):
        pen.text((150, 150 + 55 * place), line, 20, ImageFont.load_default(32))
    turned = picture.rotate(-90 * turn, expand=True)
    out = io.BytesIO()
    turned.save(out, "PNG")
    canvas.setPageSize((WIDTH, HEIGHT) if turn % 2 == 0 else (HEIGHT, WIDTH))
    canvas.drawImage(ImageReader(out), 0, 0, *((WIDTH, HEIGHT) if turn % 2 == 0 else (HEIGHT, WIDTH)))
    canvas.showPage()
    canvas.save()


def plain(path: Path, number: int, extra: tuple[str, ...] = (), before: tuple[str, ...] = ()) -> None:
    """Print a public paper of two sheets; ``before`` stands at its head, ``extra`` in its midst."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    paper(canvas, number, extra, before)
    canvas.showPage()
    paper(canvas, number + 1)
    canvas.save()


def chart(canvas: Canvas, labels: tuple[str, ...]) -> None:
    """Bars with slanted labels under them."""
    for place, label in enumerate(labels):
        canvas.setFillGray(0.4)
        canvas.rect(100 + 60 * place, 200, 30, 40 + 15 * place, fill=1, stroke=0)
        canvas.saveState()
        canvas.translate(100 + 60 * place, 120)
        canvas.rotate(45)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(0, 0, label)
        canvas.restoreState()
