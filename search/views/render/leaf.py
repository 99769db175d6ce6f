"""A page of a paper as it is read: its picture with words marked, its text, the pages around it, and its reference.

A leaf is one piece of HTML that is shown beside an answer or on a paper's own page. ``reading.js`` puts another in its
place, fetched from its address (`search.views.api.leaves`), so that a page is turned without the rest being drawn
again. Nothing of Streamlit here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from indexer.records import UNSEEN, Page, PageFault, Paper, Span
from search import cite
from search.bounds import BOUNDS
from search.views.render import browse, marking
from search.views.render.markup import paragraphs, plain

_SPAN = re.compile(r"(\d{1,6})\.(\d{1,9})\.(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is shown of a paper: the 1-based sheet ``number``, or the sheets that a passage beginning there runs over.

    ``spans`` are marked. ``pictured`` says that the file is there and has pictures, ``offered`` that it may be opened.
    ``reference`` is to copy, "" for none; ``left_out`` says what of the pages is not among their text.
    """

    paper: Paper
    pages: tuple[Page, ...]
    spans: tuple[Span, ...]
    pictured: bool
    offered: bool
    reference: str = ""
    left_out: tuple[str, ...] = ()


def left_out(paper: Paper, faults: Iterable[PageFault], numbers: Collection[int]) -> tuple[str, ...]:
    """Say what of some pages is not among their text: struck out, or not read. That some cannot be seen is not said."""
    own = (fault.reason for fault in faults if not paper.paged or fault.page in numbers)
    return tuple(dict.fromkeys(reason for reason in own if reason != UNSEEN))


def sheets_of(spans: Sequence[Span], number: int) -> list[int]:
    """Give the sheets to show together: the one asked for, and where a passage begins on it, those it runs on over."""
    own = list(dict.fromkeys(span.page for span in spans))
    return own[: BOUNDS.sheets_beside] if own and own[0] == number else [number]


def spans_text(spans: Iterable[Span]) -> str:
    """Write spans as an address has them: ``8.120.480-9.0.55``."""
    return "-".join(f"{span.page}.{span.start}.{span.end}" for span in spans)


def spans_from(text: str) -> tuple[Span, ...]:
    """Read spans from an address, leaving out what is not one."""
    parts = map(_SPAN.fullmatch, text.split("-")[: BOUNDS.linked_spans])
    numbers = (tuple(map(int, part.groups())) for part in parts if part)
    return tuple(Span(page, start, end) for page, start, end in numbers if page and start < end)


def address(paper: Paper, sheet: int, spans: Iterable[Span] = (), reference: str = "") -> str:
    """Give the address of a leaf by itself, as ``reading.js`` fetches it."""
    query = {"sheet": str(sheet), "spans": spans_text(spans), "reference": reference}
    return f"files/{paper.id}/leaf?{urlencode({name: value for name, value in query.items() if value})}"


def picture_address(paper: Paper, sheet: int, spans: Iterable[Span] = ()) -> str:
    """Give the address of the picture of a sheet with spans marked."""
    here = spans_text(span for span in spans if span.page == sheet)
    return f"files/{paper.id}/sheets/{sheet}" + (f"?spans={here}" if here else "")


def html(leaf: Leaf, heading: str = "The cited page") -> str:
    """Give a leaf with its heading; ``leaf.pages`` may be empty."""
    return f'<section class="leaf" aria-labelledby="leaf"><h2 id="leaf">{plain(heading)}</h2>{body(leaf)}</section>'


def body(leaf: Leaf) -> str:
    """Give what is exchanged when another page is shown."""
    if not leaf.pages:
        return '<div class="page"><p>This page is no longer in the archive. Ask again for what it holds now.</p></div>'
    named = ", ".join(page_name(page, leaf.paper.page_count) for page in leaf.pages)
    title = f'<p class="reference"><strong>{plain(cite.shortened(leaf.paper.title))}</strong></p>'
    turn = _turn(leaf, named) if leaf.paper.paged else ""
    texts = "".join(f"<p>On this page: {plain(reason)}.</p>" for reason in leaf.left_out)
    texts += "".join(_text(leaf, page) for page in leaf.pages)
    return f'<div class="page">{title}{turn}{_frame(leaf, named)}{_tools(leaf)}{texts}</div>'


def page_name(page: Page, pages: int) -> str:
    """Name a page among its paper's: ``Page 10 (sheet 12 of 120)``."""
    own = page.label if page.label and page.label != str(page.number) else ""
    return f"Page {own} (sheet {page.number} of {pages:,})" if own else f"Page {page.number:,} of {pages:,}"


def _turn(leaf: Leaf, named: str) -> str:
    """The pages before and after, where the passage goes on, and how large the picture is."""
    shown, paper = [page.number for page in leaf.pages], leaf.paper
    ways = [(shown[0] - 1, "Previous page"), (shown[-1] + 1, "Next page")]
    before, after = (_link(leaf, number, name) for number, name in ways)
    own = sorted({span.page for span in leaf.spans})
    # A page that was turned to, without a part of the passage, does not say where else the passage is.
    rest = [number for number in own if number not in shown] if set(own) & set(shown) else []
    parts = [
        _link(leaf, number, f"{'Continues' if number > shown[-1] else 'Begins'} on sheet {number}") for number in rest
    ]
    sizes = (
        '<span class="sizes"><button type="button" data-size="-1" aria-label="Smaller picture">−</button>'
        '<button type="button" data-size="1" aria-label="Larger picture">+</button></span>'
    )
    return (
        f'<nav class="turn" aria-label="Pages of {plain(cite.shortened(paper.title) or "this paper")}">{before}'
        f"<span>{plain(named)}</span>{after}{''.join(parts)}{sizes if leaf.pictured else ''}</nav>"
    )


def _link(leaf: Leaf, number: int, name: str) -> str:
    if not 1 <= number <= leaf.paper.page_count:
        return f'<span class="off" aria-disabled="true">{name}</span>'
    own, here = browse.link(leaf.paper, number), address(leaf.paper, number, leaf.spans, leaf.reference)
    return f'<a class="button" href="{plain(own)}" data-leaf="{plain(here)}" data-at="sheet={number}">{name}</a>'


def _frame(leaf: Leaf, named: str) -> str:
    """The pictures in a frame that scrolls to what is marked."""
    if not leaf.pictured:
        gone = "PDF" if leaf.paper.format == "pdf" else "file itself"
        return "" if leaf.offered else f"<p>The {gone} is no longer where it was. This is the text that was kept.</p>"
    pictures = "".join(_picture(leaf, page) for page in leaf.pages)
    return f'<div class="frame" tabindex="0" role="region" aria-label="Picture: {plain(named)}">{pictures}</div>'


def _picture(leaf: Leaf, page: Page) -> str:
    if page.method == "withheld":
        return "<p>A part of this page is withheld, so it is not shown as a picture. Below is the text of the rest.</p>"
    marks = marking.boxes(page, leaf.spans)
    unplaced = any(span.page == page.number for span in leaf.spans) and not marks
    said = "with the passage marked" if marks else "without marks"
    name = (
        f"{page_name(page, leaf.paper.page_count)} of “{cite.shortened(leaf.paper.title)}”, {said}. Its text follows."
    )
    height = page.height or 1.0
    top, bottom = min((box.y0 for box in marks), default=0), max((box.y1 for box in marks), default=0)
    where = f' data-top="{top / height:.3f}" data-bottom="{bottom / height:.3f}"' if marks else ""
    size = (
        f' width="{round(page.width * BOUNDS.sheet_scale)}" height="{round(page.height * BOUNDS.sheet_scale)}"'
        if page.width
        else ""
    )
    source = picture_address(leaf.paper, page.number, leaf.spans)
    note = "<p>The place of the passage on this page is not known, so nothing is marked.</p>" if unplaced else ""
    return f'{note}<img src="{plain(source)}"{size}{where} alt="{plain(name)}">'


def _text(leaf: Leaf, page: Page) -> str:
    ranges = sorted((span.start, span.end) for span in leaf.spans if span.page == page.number)
    words = paragraphs(page.text, ranges) or "<p>This page has no text.</p>"
    name = "Text of this page" if len(leaf.pages) == 1 else f"Text of sheet {page.number}"
    shut = leaf.pictured and page.method != "withheld"
    return f'<details{"" if shut else " open"}><summary>{name}</summary><div class="words">{words}</div></details>'


def _tools(leaf: Leaf) -> str:
    """The file itself, and the reference to copy."""
    paper, first = leaf.paper, leaf.pages[0].number
    label = "Open the PDF at this page" if paper.format == "pdf" else "Download the paper"
    at = f"#page={first}" if paper.format == "pdf" else ""
    opened = f'<a href="files/{paper.id}{at}" target="_blank">{label}</a>' if leaf.offered else ""
    copied = cite.copyable(leaf.reference, paper, first) if leaf.reference else ""
    said = f'<span class="cite">{plain(leaf.reference)}</span>{copy_button("Copy reference", copied)}' if copied else ""
    return f'<p class="tools">{said}{opened}</p>'


def copy_button(label: str, text: str, name: str = "") -> str:
    """Give a button that copies ``text``; ``name`` is what screen readers call it where the label is not enough."""
    called = f' aria-label="{plain(name)}"' if name else ""
    return f'<button type="button" data-copy="{plain(text)}"{called}>{plain(label)}</button>'
