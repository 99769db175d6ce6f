"""The routes that serve a page's picture, and a leaf to put in the place of another. Nothing of Streamlit here.

Each request asks the archive again, so that nothing of a paper that was withdrawn meanwhile is served; a browser keeps
a picture only as long as the archive vouches for it.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from indexer import logs
from indexer.errors import ArchiveError, UnreadablePaper
from indexer.readers.pdf import sheets
from indexer.records import Page, Paper, Span
from search.bounds import BOUNDS
from search.views.api import files
from search.views.guard.headers import SEALED
from search.views.render import leaf, marking

if TYPE_CHECKING:
    from indexer.archive import Archive

_LOG = logging.getLogger(__name__)
_HEADERS = {"Content-Security-Policy": SEALED, "Cache-Control": "private, no-cache"}
_REFUSED = "There is no such page: its paper is not in the archive, was withheld or withdrawn, or has changed."
Answer = Callable[["Archive", Paper, Request], Response]


def routes(archive: Callable[[], Archive]) -> list[Route]:
    """Make the routes.

    Args:
        archive: opens the archive; called for each request.
    """
    ways: dict[str, Answer] = {"/files/{paper_id}/leaf": _leaf, "/files/{paper_id}/sheets/{number:int}": _sheet}
    return [_route(path, archive, answer) for path, answer in ways.items()]


def _route(path: str, archive: Callable[[], Archive], answer: Answer) -> Route:
    def answered(request: Request) -> Response:
        with logs.Edge() as edge:
            try:
                held = archive()
                with held.snapshot():
                    paper = held.paper(str(request.path_params["paper_id"]))
                    return answer(held, paper, request) if paper else PlainTextResponse(_REFUSED, 404)
            except ArchiveError as error:
                _LOG.warning("%s", error)
                return PlainTextResponse("The archive cannot be read just now.", 503)
        return PlainTextResponse(edge.line, 500)

    async def serve(request: Request) -> Response:
        return await run_in_threadpool(answered, request)

    return Route(path, serve, methods=["GET", "HEAD"])


def of(archive: Archive, paper: Paper, spans: tuple[Span, ...], number: int, reference: str = "") -> leaf.Leaf:
    """Fetch what a leaf shows.

    Args:
        archive: holds the pages.
        paper: whose pages they are.
        spans: what to mark; those on other pages mark nothing here.
        number: the 1-based sheet.
        reference: to copy, "" for none.
    """
    shown = leaf.sheets_of(spans, number)
    pages = (archive.page(paper.id, one) for one in shown)
    present = files.present(paper)
    return leaf.Leaf(
        paper,
        tuple(page for page in pages if page is not None),
        spans,
        pictured=present and paper.format == "pdf",
        offered=files.offered(archive, paper),
        reference=reference,
        left_out=leaf.left_out(paper, archive.faults(paper.id), shown),
    )


def _leaf(archive: Archive, paper: Paper, request: Request) -> Response:
    params = request.query_params
    text = params.get("sheet", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    shown = of(archive, paper, leaf.spans_from(params.get("spans", "")), number, params.get("reference", "")[:1_000])
    return HTMLResponse(leaf.body(shown), 200 if shown.pages else 404, headers=_HEADERS)


def _sheet(archive: Archive, paper: Paper, request: Request) -> Response:
    number, spans = int(request.path_params["number"]), request.query_params.get("spans", "")
    page = archive.page(paper.id, number)
    if page is None or page.method == "withheld" or paper.format != "pdf" or not files.present(paper):
        return PlainTextResponse(_REFUSED, 404)
    tag = f'"{hashlib.sha256(f"{paper.id} {number} {spans}".encode()).hexdigest()[:32]}"'
    headers = {**_HEADERS, "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    try:
        return Response(_drawn(paper, page, leaf.spans_from(spans)), media_type="image/jpeg", headers=headers)
    except UnreadablePaper as error:
        return PlainTextResponse(f"This page cannot be shown as a picture: {error}", 404)


def _drawn(paper: Paper, page: Page, spans: tuple[Span, ...]) -> bytes:
    with sheets.opened(files.file_of(paper)) as file:
        picture = sheets.drawn(file, page.number, BOUNDS.sheet_scale)
    out = io.BytesIO()
    marking.draw(picture, marking.boxes(page, spans), page.width, page.height).save(
        out, "JPEG", quality=BOUNDS.sheet_quality
    )
    return out.getvalue()
