"""The evidence bundle: one PDF of the cited pages with the passages highlighted, a list in front, and bookmarks.

The only writer of pypdf. A page is copied without its links, scripts and form fields: through them the rest of its
pack would come along. Of a file that holds more than its pages show, they come as pictures.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import UnreadablePaper
from indexer.readers.pdf import sheets as leaves
from indexer.records import Box, Page, Paper, Span
from search.bounds import BOUNDS
from search.results import Answered, Hit
from search.views.api import files
from search.views.exports import cover
from search.views.exports.cover import Entry
from search.views.render import marking

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

_DROPPED = ("/Annots", "/AA", "/B", "/StructParents", "/PieceInfo", "/Tabs")


@dataclass(slots=True)
class Sheet:
    """One page to copy: whose, the spans to highlight, and the references that cite it."""

    paper: Paper
    number: int
    spans: list[Span] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


def sheets(answered: Answered) -> list[Sheet]:
    """List the pages that the passages on screen are on, each once, those of the answer's passages first."""
    by_rank = {hit.rank: hit for hit in answered.hits}
    ranks = dict.fromkeys([*(sentence.hit for sentence in answered.answer), *by_rank])
    listed: dict[tuple[str, int], Sheet] = {}
    for hit in (by_rank[rank] for rank in ranks):
        for number in hit.stored.passage.pages:
            _add(listed, hit, number)
    return list(listed.values())


def bundle(
    title: str, cited: Iterable[Sheet], fetch: Callable[[str, int], Page | None], keeps_back: Callable[[str], bool]
) -> bytes:
    """Make the PDF.

    Args:
        title: what it is evidence for.
        cited: the pages, in order.
        fetch: gives a stored page by paper id and sheet, None if it is gone.
        keeps_back: says by paper id whether its file must not be given out.

    Returns:
        The list of what is cited on the first pages, then the pages. A page whose file is gone or no PDF is in
        the list with the reason.
    """
    from pypdf import PdfWriter

    writer = PdfWriter()
    readers: dict[str, PdfReader] = {}
    entries: list[Entry] = []
    copied: list[Sheet] = []
    for sheet in cited:
        pictured = keeps_back(sheet.paper.id)
        fault = _copied(writer, readers, sheet, fetch(sheet.paper.id, sheet.number), pictured=pictured)
        copied += [] if fault else [sheet]
        entries.append(Entry(sheet.references, sheet.paper.path, fault))
    first = _front(writer, f"Evidence for: {title}", entries)
    writer.add_outline_item(title="What is cited", page_number=0)
    for number, sheet in enumerate(copied):
        writer.add_outline_item(title=sheet.references[0], page_number=first + number)
    writer.add_metadata({"/Title": f"Evidence for: {title}"[:200]})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add(listed: dict[tuple[str, int], Sheet], hit: Hit, number: int) -> None:
    paper = hit.stored.paper
    sheet = listed.setdefault((paper.id, number), Sheet(paper, number))
    sheet.spans += [span for span in hit.stored.passage.spans if span.page == number]
    if hit.page is None or number == hit.page:
        sheet.references.append(hit.reference)
    else:
        sheet.references.append(f"{hit.reference}, {'continued' if number > hit.page else 'begun'} on sheet {number}")


def _copied(
    writer: PdfWriter, readers: dict[str, PdfReader], sheet: Sheet, page: Page | None, *, pictured: bool
) -> str:
    """Copy one page, or its picture, with its highlights; return why it cannot be, or ""."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, DeprecationError, PyPdfError

    paper = sheet.paper
    if paper.format != "pdf":
        return "Not in this file: the paper is not a PDF"
    if page is None or not files.present(paper):
        return "Not in this file: the PDF is no longer where it was indexed"
    if page.method == "withheld":
        return "Not in this file: a part of the page is withheld"
    try:
        if pictured:
            own = PdfReader(io.BytesIO(_picture(files.file_of(paper), sheet.number))).pages[0]
        else:
            if paper.id not in readers:
                readers[paper.id] = PdfReader(files.file_of(paper))
            own = readers[paper.id].pages[sheet.number - 1]
        writer.add_page(own, excluded_keys=_DROPPED)
    except (
        PyPdfError,
        DependencyError,
        DeprecationError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        UnreadablePaper,
    ):
        return "Not in this file: the page cannot be copied"
    _highlight(writer, writer.pages[-1], marking.boxes(page, sheet.spans))
    return ""


def _picture(path: Path, number: int) -> bytes:
    """One sheet as a PDF that holds nothing but its picture."""
    with leaves.opened(path) as file:
        drawn = leaves.drawn(file, number, BOUNDS.sheet_scale)
    out = io.BytesIO()
    drawn.save(out, "PDF", resolution=72 * BOUNDS.sheet_scale, quality=80)
    return out.getvalue()


def _highlight(writer: PdfWriter, page: PageObject, boxes: Sequence[Box]) -> None:
    """Lay a highlighter's yellow over rectangles that are given as the sheet is displayed."""
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    for box in boxes:
        (ax, ay), (bx, by) = placed(page, box.x0, box.y0), placed(page, box.x1, box.y1)
        x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        corners = ArrayObject([FloatObject(value) for value in (x0, y1, x1, y1, x0, y0, x1, y0)])
        colour = "{:02x}{:02x}{:02x}".format(*BOUNDS.mark)
        mark = Highlight(rect=(x0, y0, x1, y1), quad_points=corners, highlight_color=colour, printing=True)
        writer.add_annotation(page, mark)


def placed(page: PageObject, x: float, y: float) -> tuple[float, float]:
    """Turn a place on the sheet as displayed (points from the top left) into the page's own space."""
    box = page.cropbox
    left, bottom, right, top = (float(edge) for edge in (box.left, box.bottom, box.right, box.top))
    turned = {
        0: (left + x, top - y),
        90: (left + y, bottom + x),
        180: (right - x, bottom + y),
        270: (right - y, top - x),
    }
    return turned[page.rotation % 360]


def _front(writer: PdfWriter, title: str, entries: Sequence[Entry]) -> int:
    """Put the list in front, on as many pages as it needs; return how many."""
    from pypdf.annotations import Link
    from pypdf.generic import Fit

    made = cover.front(title, entries)
    places = [sum(not before.fault for before in entries[:at]) for at in range(len(entries))]
    writer.merge(0, io.BytesIO(made.pdf), import_outline=False)
    for page, rect, entry in made.links:
        link = Link(rect=rect, target_page_index=made.pages + places[entry], fit=Fit("/Fit"))
        writer.add_annotation(page, link)
    return made.pages
