"""Fictional minutes set as PDFs in several layouts, each with its clerk's truth, from the manuscripts of a folder.

A manuscript begins with ``name: value`` lines: authority, board and date of the meeting, layout (words of `_Press`),
and the header and footer of each sheet. Then a line is a block: ``=`` a title, ``-`` a centred line, ``*`` a bold line,
``I number | title`` an item, ``J number | title | text`` an item that runs into its text, ``| a | b |`` a row and
``---`` a new sheet. Braces hold a decision; behind it is what the clerk says of the last one, such as
``<lost|m=Mover|s=Seconder|v=4-8-1>``. ``{?`` holds what some clerks would enter and others not, ``{+`` more of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from indexer.text.sentences import sentences

_MARGIN: Final = 60.0
# A decision of so few words ("No objection.") is entered with what it is about.
_FEW: Final = 5
_SIDES: Final = ("for", "against", "abstain")
_FONTS: Final = {"times": ("Times-Roman", "Times-Bold"), "courier": ("Courier", "Courier-Bold")}
_HEAD = re.compile(r"(\w+): +(.*)")
_PIECE = re.compile(r"\{([?+]?)|\}|<([^<>]*)>|[^{}<]+")


def printed(folder: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Print every manuscript of a folder, by name, with its truth in the terms of the register's scorer."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        about = {found[1]: found[2] for found in map(_HEAD.fullmatch, lines[:6]) if found}
        body = [line for line in lines[len(about) :] if line.strip()]
        truth = _Truth()
        made = _Press(about).press([truth.read(line) for line in body])
        yield (
            made,
            {
                "file": f"{path.stem}.pdf",
                "authority": about["authority"],
                "board": about["board"],
                "meeting_date": about["date"],
                "items": truth.items,
                "decisions": truth.decisions,
                "traps": [],
            },
        )


class _Truth:
    """What a clerk enters, gathered while lines are freed of their marks."""

    def __init__(self) -> None:
        self.items: list[dict[str, str]] = []
        self.decisions: list[dict[str, Any]] = []
        self._open = False

    def read(self, line: str) -> str:
        """Give a line without the marks of decisions."""
        if line.startswith(("I ", "J ", "| I ")):
            number, title = line.removeprefix("| ")[2:].split("|")[:2]
            self.items.append({"number": number.strip(" ."), "title": title.strip(" :"), "page": "1"})
        words, before = [], len(self.decisions)
        for found in _PIECE.finditer(line):
            if found.group().startswith("{"):
                self._begin(found[1])
            elif found.group() == "}":
                self._open = False
            elif found[2]:
                self._say(found[2])
            else:
                words.append(found.group())
                if self._open:
                    self.decisions[-1]["quote"] += found.group()
        if self._open:
            self.decisions[-1]["quote"] += " "
        text = "".join(words)
        for one in self.decisions[before:]:
            entered(one, text)
        return text

    def _begin(self, sort: str) -> None:
        self._open = True
        if sort == "+":
            self.decisions[-1]["quote"] += " "
            return
        item = self.items[-1] if self.items else {"number": "", "title": ""}
        self.decisions.append(
            {"page": 1, "quote": "", "item": item["number"], "title": item["title"], "outcome": "agreed"}
            | {"mover": "", "seconder": "", "votes": None, "certainty": "debatable" if sort == "?" else "sure"}
        )

    def _say(self, said: str) -> None:
        for part in said.split("|"):
            name, _, value = part.rpartition("=")
            if name == "v":
                self.decisions[-1]["votes"] = dict(zip(_SIDES, map(int, value.split("-")), strict=False))
            elif value:
                self.decisions[-1][{"m": "mover", "s": "seconder", "": "outcome"}[name]] = value


def entered(one: dict[str, Any], line: str) -> dict[str, Any]:
    """Give a decision as a clerk enters it: one of few words with what it is about, from its line."""
    if len(one["quote"].split()) < _FEW:
        one |= {"also": [one["quote"], line], "quote": _with_subject(line, one["quote"].strip())}
    return one


def _with_subject(line: str, quote: str) -> str:
    """A few words ("No objection.") with the sentence before them in their cell, else with all of the cell."""
    start = line.find(quote)
    begin = line.rfind("|", 0, start) + 1
    before = line[begin:start]
    parts = sentences(before)
    end = line.find("|", start) if not parts and "|" in line[start:] else start + len(quote) if parts else len(line)
    return line[begin + parts[-1][0] if parts else begin : end].strip()


class _Press:
    """Sets lines by the words of a layout: times or courier (else Helvetica), justify, grid, hanging."""

    def __init__(self, about: dict[str, str]) -> None:
        self._about, self._layout = about, about["layout"].split()
        plain, bold = next((_FONTS[word] for word in self._layout if word in _FONTS), ("Helvetica", "Helvetica-Bold"))
        aligned = 4 if "justify" in self._layout else 0
        self._plain = ParagraphStyle(
            "plain", fontName=plain, fontSize=10.5, leading=13, spaceAfter=5, alignment=aligned
        )
        self._bold = ParagraphStyle("bold", self._plain, fontName=bold, spaceBefore=5, alignment=0, keepWithNext=1)
        self._title = ParagraphStyle("title", self._bold, fontSize=12.5, leading=15, alignment=1)
        self._middle = ParagraphStyle("middle", self._plain, alignment=1)
        self._hanging = ParagraphStyle("hanging", self._bold, leftIndent=54, bulletFontName=bold, bulletFontSize=10.5)

    def press(self, lines: list[str]) -> bytes:
        """Print the lines."""
        out = io.BytesIO()
        width, height = pagesizes.A4
        sheet = BaseDocTemplate(out, pagesize=pagesizes.A4, invariant=1)
        frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN)
        sheet.addPageTemplates(PageTemplate("sheet", [frame], onPage=self._running))
        sheet.build(list(self._flow(lines)))
        return out.getvalue()

    def _running(self, canvas: Canvas, sheet: BaseDocTemplate) -> None:
        canvas.setFont(self._plain.fontName, 8.5)
        for name, at in (("header", pagesizes.A4[1] - 36), ("footer", 30)):
            canvas.drawString(_MARGIN, at, self._about.get(name, "").replace("{page}", str(sheet.page)))

    def _flow(self, lines: list[str]) -> Iterator[Flowable]:
        rows: list[list[str]] = []
        for line in [*lines, ""]:
            if line.startswith("| "):
                rows.append([cell.strip() for cell in line.removeprefix("| ").removesuffix("|").split(" |")])
                continue
            if rows:
                yield from self._table(rows)
                rows = []
            if line:
                yield self._block(line)

    def _block(self, line: str) -> Flowable:
        mark, _, words = line.partition(" ")
        styles = {"=": self._title, "-": self._middle, "*": self._bold}
        if line == "---":
            return PageBreak()
        if mark in styles:
            return Paragraph(escape(words), styles[mark])
        if mark not in ("I", "J"):
            return Paragraph(escape(line), self._plain)
        number, title, *text = (part.strip() for part in words.split("|", 2))
        if mark == "J":
            return Paragraph(f"<b>{escape(number)} {escape(title)}</b> {escape(' '.join(text))}", self._plain)
        if number and "times" in self._layout:
            return Paragraph(escape(title), self._hanging, bulletText=number)
        return Paragraph(escape(f"{number} {title}".strip()), self._bold)

    def _table(self, rows: list[list[str]]) -> Iterator[Flowable]:
        most = max(map(len, rows))
        every = [[row[0].removeprefix("I "), *row[1:]] for row in rows]  # an item's number has a cell to itself
        every = [[row[0], *[""] * (most - len(row)), *row[1:]] for row in every]
        cells = [[Paragraph(escape(cell), self._plain) for cell in row] for row in every]
        longest = [max(8, *(min(60, len(row[at])) for row in every)) for at in range(most)]
        room = pagesizes.A4[0] - 2 * _MARGIN - 12
        widths = [room * length / sum(longest) for length in longest]
        style = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        ruled: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey)] if "grid" in self._layout else []
        yield Table(cells, colWidths=widths, style=[*style, *ruled], repeatRows=0)
        yield Spacer(1, 8)
