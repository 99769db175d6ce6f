"""The cited page: its picture with the passage marked, the pages around it, its text, and its reference to copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from indexer import sheets
from indexer.errors import UnreadablePaper
from indexer.records import Page, Paper, Span
from search import cite
from search.records import Hit
from search.views import address, files, marking, models
from search.views.address import Asked
from search.views.markup import escaped

if TYPE_CHECKING:
    from indexer.archive import Archive

# Pixels for each point: print stays legible when the picture is enlarged to the whole screen.
SCALE = 2.0
# Pixels across when enlarged; the page then scrolls in its frame.
ENLARGED = 1100

# On a narrow screen the page stands under all passages; after a click it is brought into view. Our own script, without
# a word of a paper; the number makes Streamlit run it again for each click.
_BRING = (
    '<script data-time="{}">if (window.innerWidth < 640) '
    'document.querySelector(".st-key-cited h2")?.scrollIntoView();</script>'
)


def bring_into_view() -> None:
    """Have the next drawing of the cited page brought into view where the screen is narrow."""
    st.session_state["brought"] = st.session_state.get("brought", 0) + 1
    st.session_state["bring"] = True


def brought() -> None:
    """Bring the page that was just drawn into view if that was asked for."""
    if st.session_state.pop("bring", False):
        st.html(_BRING.format(st.session_state["brought"]), unsafe_allow_javascript=True)


def draw(archive: Archive, hit: Hit, asked: Asked) -> None:
    """Draw the cited page of a hit, or the sheet that was turned to."""
    paper, spans = hit.shelved.paper, hit.shelved.passage.spans
    number = min(asked.sheet or spans[0].page, paper.page_count)
    st.header("The cited page", anchor="cited-page")

    def go(sheet: int) -> None:
        st.query_params.from_dict(address.to_params(replace(asked, sheet=sheet)))

    leaf(archive, paper, spans, number, hit.reference, go)
    brought()


def leaf(
    archive: Archive, paper: Paper, spans: tuple[Span, ...], number: int, reference: str, go: Callable[[int], None]
) -> None:
    """Draw one page of a paper with spans marked, its neighbours' buttons, its text and file, and a reference to copy.

    Args:
        archive: holds the page.
        paper: whose page it is.
        spans: what to mark; those on other pages mark nothing here.
        number: the 1-based sheet.
        reference: to copy, "" for none.
        go: makes a sheet the address when its button is pressed.
    """
    page = archive.page(paper.id, number)
    if page is None:
        st.warning("This page is no longer in the archive. Ask again for what it holds now.")
        return
    if paper.paged:
        turn(paper, page, go)
        continued(page, spans, go)
        picture(paper, page, spans)
    elif not files.present(paper):
        st.info("The file itself is no longer where it was indexed. This is its text as the archive keeps it.")
    ranges = tuple((span.start, span.end) for span in spans if span.page == page.number)
    with st.expander("Text of this page", expanded=not paper.paged or not shows_picture(paper)):
        st.html(models.page_html(page, ranges))
    if files.present(paper) and not archive.withheld_pages(paper.id):
        label = "Open the PDF at this page" if paper.format == "pdf" else "Download the paper"
        st.link_button(label, files.address(paper, page.number))
    if reference:
        st.markdown("Reference to copy:")
        st.code(reference, language=None, wrap_lines=True)


def shows_picture(paper: Paper) -> bool:
    """Whether a page of the paper can be shown as a picture."""
    return paper.format == "pdf" and files.present(paper)


def picture(paper: Paper, page: Page, spans: tuple[Span, ...]) -> None:
    """Draw the page's picture with the passage marked; say so where it cannot be shown or marked."""
    name = models.page_name(page, paper.page_count)
    if not shows_picture(paper):
        st.info("The PDF is no longer where it was indexed. This is the page's text as the archive keeps it.")
        return
    if page.method == "withheld":
        st.info("A part of this page is withheld, so it is not shown as a picture. This is the text of the rest.")
        return
    try:
        png = sheets.image(Path(paper.path), page.number, SCALE)
    except UnreadablePaper as error:
        st.warning(f"This page cannot be shown as a picture: {escaped(str(error))}")
        return
    here = [span for span in spans if span.page == page.number]
    marks = marking.boxes(page, here)
    if here and not marks:
        st.info("The place of the passage on this page is not known, so nothing is marked.")
    said = "with the passage marked" if marks else "without marks"
    large = st.checkbox("Enlarge the page", key="large")
    with st.container(key="enlarged" if large else "whole"):
        st.image(
            marking.draw(png, marks, page.width, page.height),
            width=ENLARGED if large else "stretch",
            alt=f"{name} of “{cite.shortened(paper.title)}”, {said}. Its text follows under “Text of this page”.",
        )


def continued(page: Page, spans: tuple[Span, ...], go: Callable[[int], None]) -> None:
    """Say where else a passage over a page break stands, with buttons to those sheets."""
    others = [number for number in dict.fromkeys(span.page for span in spans) if number != page.number]
    if len(others) == len({span.page for span in spans}):
        return  # a page that was turned to, without a part of the passage
    for number in others:
        label = f"Continues on sheet {number}" if number > page.number else f"Begins on sheet {number}"
        st.button(label, key=f"part-{number}", on_click=go, args=(number,))


def turn(paper: Paper, page: Page, go: Callable[[int], None]) -> None:
    """Draw the buttons to the pages before and after this one, and its name."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, number in (("Previous page", page.number - 1), ("Next page", page.number + 1)):
            st.button(
                label,
                key=f"turn-{label}",
                disabled=not 1 <= number <= paper.page_count,
                on_click=go,
                args=(number,),
            )
        st.markdown(escaped(models.page_name(page, paper.page_count)))
