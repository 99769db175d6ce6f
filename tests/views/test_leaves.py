"""A page's picture, and a page to put in the place of another, are served as long as the archive vouches for them."""

from __future__ import annotations

import hashlib
import io
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from indexer.records import Box, Meeting, Page, PageFault, Paper, Span
from search.bounds import BOUNDS
from search.views.api import leaves
from search.views.render import leaf
from tests.makers.pdf_maker import HEIGHT, WIDTH, text, write


class Library:
    """Holds one paper with one page."""

    def __init__(self, paper: Paper, page: Page) -> None:
        self.own, self.sheet = paper, page

    def snapshot(self) -> AbstractContextManager[None]:
        """Stay as it is."""
        return nullcontext()

    def paper(self, paper_id: str) -> Paper | None:
        """Fetch a paper."""
        return self.own if paper_id == self.own.id else None

    def page(self, paper_id: str, number: int) -> Page | None:
        """Fetch a page."""
        return self.sheet if number == 1 else None

    def faults(self, paper_id: str) -> tuple[PageFault, ...]:
        """Fetch what of it was not read."""
        return ()

    def keeps_back(self, paper_id: str) -> bool:
        """Whether its file must not be given out."""
        return self.sheet.method == "withheld"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    file = write(tmp_path / "pack.pdf", lambda canvas: text(canvas, ["Beds"]))
    paper = Paper(
        hashlib.sha256(file.read_bytes()).hexdigest(), str(file), "pdf", True, "pack", "Pack <1>", Meeting(), 3
    )
    page = Page(1, "Beds", width=WIDTH, height=HEIGHT, boxes=((Box(72, 110, 96, 122),),))
    return Library(paper, page)


def client(library: Library) -> TestClient:
    return TestClient(Starlette(routes=leaves.routes(lambda: library)))  # type: ignore[arg-type, return-value]


def test_the_picture_of_a_sheet_has_its_words_marked_and_is_not_made_twice(library: Library) -> None:
    address = f"/{leaf.picture_address(library.own, 1, [Span(1, 0, 4)])}"
    got = client(library).get(address)
    assert (got.status_code, got.headers["content-type"]) == (200, "image/jpeg")
    picture = Image.open(io.BytesIO(got.content))
    assert picture.size == (1191, 1684)
    red, green, blue = picture.getpixel((190, 224))  # type: ignore[misc]
    assert (red > 230, green > 210, blue < 130) == (True, True, True)
    again = client(library).get(address, headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_leaf_names_its_page_and_the_paper_is_never_interpreted(library: Library) -> None:
    got = client(library).get(f"/{leaf.address(library.own, 1, [Span(1, 0, 4)], 'Cabinet, p. <1>')}")
    assert got.status_code == 200
    assert "<strong>Pack &lt;1&gt;</strong>" in got.text
    assert "<p><mark>Beds</mark></p>" in got.text
    assert 'data-copy="Cabinet, p. &lt;1&gt;"' in got.text
    assert 'data-top="0.131" data-bottom="0.145"' in got.text
    assert got.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("how", ["withdrawn", "changed", "part withheld", "no such sheet", "damaged"])
def test_what_may_not_or_cannot_be_shown_is_refused(library: Library, how: str) -> None:
    sheet = 2 if how == "no such sheet" else 1
    address = f"/files/{'0' * 64 if how == 'withdrawn' else library.own.id}/sheets/{sheet}"
    if how == "changed":
        Path(library.own.path).write_bytes(b"%PDF-1.7 other")
    if how == "part withheld":
        library.sheet = replace(library.sheet, method="withheld")
    if how == "damaged":
        Path(library.own.path).write_bytes(b"%PDF-1.7 torn")
        library.own = replace(library.own, id=hashlib.sha256(b"%PDF-1.7 torn").hexdigest())
        address = f"/files/{library.own.id}/sheets/1"
    assert client(library).get(address).status_code == 404


def test_a_page_of_which_a_part_is_withheld_is_text_alone(library: Library) -> None:
    library.sheet = replace(library.sheet, method="withheld")
    got = client(library).get(f"/files/{library.own.id}/leaf?sheet=1").text
    assert "<img" not in got
    assert f'href="files/{library.own.id}' not in got
    assert "<details open>" in got


@pytest.mark.parametrize("query", ["", "?sheet=0", "?sheet=-1", "?sheet=9", "?sheet=1e3", "?sheet=99999999"])
def test_a_leaf_of_no_page_says_so(library: Library, query: str) -> None:
    got = client(library).get(f"/files/{library.own.id}/leaf{query}")
    assert (got.status_code, "no longer in the archive" in got.text) == (404, True)


SPANS = st.builds(Span, st.integers(1, 9_999), st.integers(0, 99), st.integers(100, 999_999))


@given(st.lists(SPANS, max_size=BOUNDS.linked_spans))
def test_spans_are_read_from_an_address_as_they_were_written(spans: list[Span]) -> None:
    assert leaf.spans_from(leaf.spans_text(spans)) == tuple(spans)


@given(st.text(max_size=200))
def test_no_address_breaks_the_reading_of_spans(text: str) -> None:
    assert all(span.page > 0 and span.start < span.end for span in leaf.spans_from(text))
