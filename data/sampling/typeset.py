"""Typeset a manuscript as a PDF, the same bytes each time.

Instructions it knows:

    !page               start a new sheet
    !running TEXT       the running header from this sheet on ("" for none)
    !stamp N            stamp "Page N" at the foot of this sheet, N+1 on the next and so on; "!stamp off" ends it
    !columns 2          set in two columns from a new sheet on, until "!columns 1"
    !widths 3 1 1       relative column widths of the next table
    !once               the next table prints its header row once, not again on each sheet
    !scan … !endscan    set the pieces between on sheets that are pictures of their text, as a scanner makes them
    !font Times         the family for the whole paper (Helvetica otherwise)
    !title TEXT         the title in the file's metadata
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

import pypdfium2
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from data.sampling.manuscript import Piece

MARGIN = 62.0
WIDTH = A4[0] - 2 * MARGIN
GUTTER = 22.0
SCAN_DPI = 150
SCAN_TILT = 0.35  # degrees: no paper lies quite straight on the glass


@dataclass
class _Press:
    """What the current sheet carries besides its text; instructions change it while the paper is set."""

    running: str = ""
    stamp: int | None = None
    font: str = "Helvetica"

    @property
    def bold(self) -> str:
        return "Times-Bold" if self.font == "Times-Roman" else f"{self.font}-Bold"

    def finish(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        """Print the running header and the stamped number once a sheet's text stands."""
        canvas.setFont(self.font, 8.5)
        if self.running:
            canvas.drawString(MARGIN, A4[1] - 36, self.running)
        if self.stamp is not None:
            canvas.drawCentredString(A4[0] / 2, 28, f"Page {self.stamp}")
            self.stamp += 1


class _Set(Flowable):
    """A flowable of no size that changes the press when the sheet reaches it."""

    def __init__(self, press: _Press, **changes: object) -> None:
        super().__init__()
        self.press, self.changes = press, changes

    def wrap(self, *_space: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        for name, value in self.changes.items():
            setattr(self.press, name, value)


class _Heading(Paragraph):
    """A heading that also enters the file's outline."""

    depth = 0

    def draw(self) -> None:
        title = self.getPlainText()
        key = f"{self.canv.getPageNumber()}-{title}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(title, key, level=self.depth)
        super().draw()


class _Sheet(Flowable):
    """A picture over a whole frame."""

    def __init__(self, picture: Image.Image) -> None:
        super().__init__()
        self.picture = picture

    def wrap(self, *_space: float) -> tuple[float, float]:
        return WIDTH, 10

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.resetTransforms()
        self.canv.drawImage(ImageReader(self.picture), 0, 0, *A4)
        self.canv.restoreState()


@dataclass
class _Setter:
    """Turns pieces into flowables, one after another."""

    press: _Press
    widths: list[float] = field(default_factory=list)
    repeat: int = 1
    outlined: int = -1

    def flow(self, pieces: Sequence[Piece]) -> Iterator[Flowable]:
        """Flowables of ``pieces`` in order."""
        waiting = iter(pieces)
        for piece in waiting:
            if piece.kind == "instruction" and piece.label == "scan":
                inside = list(iter(lambda: next(waiting), Piece("instruction", label="endscan")))
                for picture in _scanned(inside, self.press.font):
                    yield from (_Sheet(picture), PageBreak())
            elif piece.kind == "instruction":
                yield from self._instruct(piece.label, piece.text)
            elif piece.kind == "table":
                yield from self._table(piece.rows)
            else:
                yield from self._words(piece)

    def _instruct(self, name: str, value: str) -> Iterator[Flowable]:
        if name == "page":
            yield PageBreak()
        elif name == "running":
            yield _Set(self.press, running=value)
        elif name == "stamp":
            yield _Set(self.press, stamp=None if value == "off" else int(value))
        elif name == "columns":
            yield from (NextPageTemplate(f"columns{value}"), PageBreak())
        elif name == "widths":
            self.widths = [float(part) for part in value.split()]
        elif name == "once":
            self.repeat = 0
        elif name == "rule":
            yield HRFlowable(width="100%", color=colors.black, spaceBefore=4, spaceAfter=6)
        elif name == "space":
            yield Spacer(1, float(value))
        elif name not in ("font", "title"):
            message = f"no such instruction: {name}"
            raise ValueError(message)

    def _words(self, piece: Piece) -> Iterator[Flowable]:
        if piece.kind == "head":
            yield self._head(piece.rows)
        elif piece.kind == "labelled":
            style = self._style("body", leftIndent=28 + 24 * piece.depth, bulletIndent=24 * piece.depth)
            yield Paragraph(_marked(piece.text), style, bulletText=piece.label)
        elif piece.kind == "bullet":
            yield Paragraph(_marked(piece.text), self._style("body", leftIndent=28, bulletIndent=14), bulletText="•")
        elif piece.kind.startswith("heading"):
            heading = _Heading(_marked(piece.text), self._style(piece.kind))
            # An outline may not skip a level, so a deep heading goes at most one below the last.
            self.outlined = heading.depth = min(int(piece.kind[-1]) - 1, self.outlined + 1)
            yield heading
        else:
            yield Paragraph(_marked(piece.text), self._style(piece.kind))

    def _head(self, rows: tuple[tuple[str, ...], ...]) -> Flowable:
        label, value = self._style("label"), self._style("cell10")
        cells = [[Paragraph(_marked(row[0]), label), Paragraph(_marked(row[1]), value)] for row in rows]
        style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
        return Table(cells, colWidths=[WIDTH * 0.28, WIDTH * 0.72], style=style, spaceAfter=8)

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> Iterator[Flowable]:
        shares = self.widths or [1.0] * len(rows[0])
        head, body = self._style("cellhead"), self._style("cell")
        cells = [[Paragraph(_marked(cell), head if n == 0 else body) for cell in row] for n, row in enumerate(rows)]
        style = TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.88, 0.91, 0.94)),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
        widths = [WIDTH * share / sum(shares) for share in shares]
        yield Table(cells, colWidths=widths, repeatRows=self.repeat, style=style, spaceBefore=4, spaceAfter=10)
        self.widths, self.repeat = [], 1

    def _style(self, kind: str, **changes: float) -> ParagraphStyle:
        """The style of a kind of piece: size, leading, space before, space after and whether it is bold."""
        size, leading, before, after, bold = {
            "title": (20, 25, 6, 8, True),
            "subtitle": (13, 17, 2, 4, False),
            "heading1": (14, 18, 12, 6, True),
            "heading2": (11.5, 15, 10, 4, True),
            "heading3": (10.5, 14, 6, 3, True),
            "body": (11, 15, 0, 7, False),
            "indented": (11, 15, 0, 7, False),
            "small": (8.5, 11, 0, 5, False),
            "label": (10.5, 14, 0, 0, True),
            "cell10": (10.5, 14, 0, 0, False),
            "cell": (9, 11.5, 0, 0, False),
            "cellhead": (9, 11.5, 0, 0, True),
        }[kind]
        settings: dict[str, Any] = {
            "fontName": self.press.bold if bold else self.press.font,
            "fontSize": size,
            "leading": leading,
            "spaceBefore": before,
            "spaceAfter": after,
            "alignment": 1 if "title" in kind else 0,
            "leftIndent": 36 if kind == "indented" else 0,
            "keepWithNext": kind.startswith("heading"),
            "bulletFontName": self.press.font,
            "bulletFontSize": size,
        }
        return ParagraphStyle(kind, **(settings | changes))


def pdf(pieces: Sequence[Piece], folio: bool = True) -> bytes:
    """Typeset ``pieces``. ``folio`` False leaves out the outline and the header (for sheets that become pictures)."""
    asked = {piece.label: piece.text for piece in pieces if piece.kind == "instruction"}
    press = _Press(font="Times-Roman" if asked.get("font") == "Times" else "Helvetica")
    target = io.BytesIO()
    # reportlab stamps times and random ids unless told by `invariant` that the file must not vary.
    document = BaseDocTemplate(target, pagesize=A4, invariant=1, title=asked.get("title", ""), author="")
    finish = press.finish if folio else (lambda *_: None)
    half = (WIDTH - GUTTER) / 2
    left = Frame(MARGIN, 50, half, A4[1] - 104, 0, 0, 0, 0)
    right = Frame(MARGIN + half + GUTTER, 50, half, A4[1] - 104, 0, 0, 0, 0)
    whole = Frame(MARGIN, 50, WIDTH, A4[1] - 104, 0, 0, 0, 0)
    document.addPageTemplates(
        [
            PageTemplate("columns1", [whole], onPageEnd=finish),
            PageTemplate("columns2", [left, right], onPageEnd=finish),
        ]
    )
    document.build(list(_Setter(press).flow(pieces)))
    return target.getvalue()


def _scanned(pieces: Sequence[Piece], font: str) -> Iterator[Image.Image]:
    """Pictures of the sheets that ``pieces`` fill: grey, slightly tilted, at `SCAN_DPI`."""
    family = [Piece("instruction", "Times", "font")] if font == "Times-Roman" else []
    with pypdfium2.PdfDocument(pdf([*family, *pieces], folio=False)) as document:
        for sheet in document:
            picture = sheet.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
            yield picture.rotate(SCAN_TILT, resample=Image.Resampling.BICUBIC, fillcolor=255)


def _marked(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
