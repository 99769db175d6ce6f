"""The cited page: its picture with the passage marked, the pages around it, its text, and its reference to copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import UnreadablePaper
from indexer.readers.pdf import sheets
from indexer.records import Page, Paper, Span
from search import cite
from search.results import Hit
from search.views import address, scripts
from search.views.address import Asked
from search.views.api import files
from search.views.render import marking, models
from search.views.render.markup import escaped
from search.views.widgets import filters

if TYPE_CHECKING:
    from indexer.archive import Archive

# Pixels for each point: print stays legible when the picture is enlarged.
SCALE = 2.0
LARGE_SCALE = 3.0
# Percent of the column's usual width, and how many pixels across that is; an enlarged page scrolls in its frame, which
# the style sheet sets by these names.
ZOOMS: Mapping[int, int | None] = {100: None, 150: 800, 200: 1070, 300: 1600}
# A passage is shown whole where it runs on over as many sheets.
MOST_SHEETS = 3


def bring_into_view() -> None:
    """Have the next drawing of the cited page brought into view where the screen is narrow."""
    st.session_state["brought"] = st.session_state.get("brought", 0) + 1
    st.session_state["bring"] = True


def brought() -> None:
    """Bring the page that was just drawn into view if that was asked for."""
    if st.session_state.pop("bring", False):
        # On a narrow screen the page stands under all passages; after a click it is brought into view. The number makes
        # Streamlit run the script again for each click.
        script = scripts.element("bring", time=st.session_state["brought"])
        st.html(script, unsafe_allow_javascript=True)


def draw(archive: Archive, hit: Hit, asked: Asked) -> None:
    """Draw the cited page of a hit, or the sheet that was turned to."""
    paper, spans = hit.stored.paper, hit.cited
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
    numbers = parts(spans, number)
    pages = [page for one in numbers if (page := archive.page(paper.id, one)) is not None]
    if not pages:
        st.warning("This page is no longer in the archive. Ask again for what it holds now.")
        return
    if paper.paged:
        turn(paper, pages, go)
        continued(numbers, spans, go)
        zoom = zoomed() if shows_picture(paper) else 100
    elif not files.present(paper):
        st.info("The file itself is no longer where it was indexed. This is its text as the archive keeps it.")
    offered = files.present(paper) and not archive.withheld_pages(paper.id)
    for page in pages:
        if paper.paged:
            picture(paper, page, spans, zoom)
        ranges = tuple((span.start, span.end) for span in spans if span.page == page.number)
        name = "Text of this page" if len(pages) == 1 else f"Text of sheet {page.number}"
        with st.expander(name, expanded=not paper.paged or not shows_picture(paper)):
            st.html(models.page_html(page, ranges))
        if offered:
            label = "Download the paper"
            if paper.format == "pdf":
                label = "Open the PDF at this page" if len(pages) == 1 else f"Open the PDF at sheet {page.number}"
            st.link_button(label, files.address(paper, page.number))
    if reference:
        st.markdown("Reference to copy:")
        with st.container(key="reference"):
            st.code(cite.copyable(reference, paper, number), language=None, wrap_lines=True)


def parts(spans: Sequence[Span], number: int) -> list[int]:
    """Give the sheets to show together: the one asked for, and where a passage begins on it, those it runs on over."""
    own = list(dict.fromkeys(span.page for span in spans))
    return own[:MOST_SHEETS] if own and own[0] == number else [number]


def zoomed() -> int:
    """Draw the choice of a zoom and give it in percent; it is part of the address."""
    asked = filters.number("zoom") or 100
    # The address alone says how large the page is.
    st.session_state["zoom"] = asked if asked in ZOOMS else 100
    return st.radio("Zoom", list(ZOOMS), format_func="{}%".format, horizontal=True, key="zoom", on_change=_zoom)


def _zoom() -> None:
    chosen = st.session_state["zoom"]
    if chosen != 100:
        st.query_params["zoom"] = str(chosen)
    elif "zoom" in st.query_params:
        del st.query_params["zoom"]


def shows_picture(paper: Paper) -> bool:
    """Whether a page of the paper can be shown as a picture."""
    return paper.format == "pdf" and files.present(paper)


def picture(paper: Paper, page: Page, spans: tuple[Span, ...], zoom: int) -> None:
    """Draw the page's picture with the passage marked; say so where it cannot be shown or marked."""
    name = models.page_name(page, paper.page_count)
    if not shows_picture(paper):
        st.info("The PDF is no longer where it was indexed. This is the page's text as the archive keeps it.")
        return
    if page.method == "withheld":
        st.info("A part of this page is withheld, so it is not shown as a picture. This is the text of the rest.")
        return
    try:
        png = sheets.image(files.file_of(paper), page.number, LARGE_SCALE if zoom > 200 else SCALE)
    except UnreadablePaper as error:
        st.warning(f"This page cannot be shown as a picture: {escaped(str(error))}")
        return
    here = [span for span in spans if span.page == page.number]
    marks = marking.boxes(page, here)
    if here and not marks:
        st.info("The place of the passage on this page is not known, so nothing is marked.")
    said = "with the passage marked" if marks else "without marks"
    with st.container(key=f"zoom-{zoom}-{page.number}"):
        st.image(
            marking.draw(png, marks, page.width, page.height),
            width=ZOOMS[zoom] or "stretch",
            alt=f"{name} of “{cite.shortened(paper.title)}”, {said}. Its text follows below the picture.",
        )


def continued(shown: Sequence[int], spans: tuple[Span, ...], go: Callable[[int], None]) -> None:
    """Say where else a passage over a page break stands, with buttons to those sheets."""
    own = list(dict.fromkeys(span.page for span in spans))
    if not set(shown) & set(own):
        return  # a page that was turned to, without a part of the passage
    for number in own:
        if number not in shown:
            label = f"Continues on sheet {number}" if number > shown[-1] else f"Begins on sheet {number}"
            st.button(label, key=f"part-{number}", on_click=go, args=(number,))


def turn(paper: Paper, pages: Sequence[Page], go: Callable[[int], None]) -> None:
    """Draw the buttons to the pages before and after those that are shown, and their names."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, number in (("Previous page", pages[0].number - 1), ("Next page", pages[-1].number + 1)):
            st.button(
                label,
                key=f"turn-{label}",
                disabled=not 1 <= number <= paper.page_count,
                on_click=go,
                args=(number,),
            )
        st.markdown(escaped(", ".join(models.page_name(page, paper.page_count) for page in pages)))
