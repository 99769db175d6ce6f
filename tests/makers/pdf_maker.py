"""Small PDFs for tests, printed with reportlab: fictional papers, each with one oddity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]


def write(path: Path, *pages: Draw, **settings: object) -> Path:
    """Print one page for each function; ``settings`` go to reportlab's canvas."""
    canvas = Canvas(str(path), pagesize=A4, **settings)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text(
    canvas: Canvas, lines: Sequence[str], *, x: float = 72, top: float = 120, size: float = 11, step: float = 0
) -> None:
    """Write lines one under the other; ``top`` is the first baseline's distance from the top edge in points."""
    canvas.setFont("Helvetica", size)
    for index, line in enumerate(lines):
        canvas.drawString(x, HEIGHT - top - index * (step or 1.2 * size), line)


def grid(canvas: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Draw a full grid; ``ys`` are distances from the top edge in points."""
    for x in xs:
        canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])
    for y in ys:
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
