"""The route that serves a paper's file, so that a reference opens the PDF at its page. Nothing of Streamlit here.

A file is found by its paper's id in the archive, never by a name in the address, and only while it still has the bytes
that were indexed: a withheld, withdrawn or unknown paper, one withheld in part, one that holds more than its
pages show (hidden text, attached files), or a file that was changed since, is refused.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from indexer import logs
from indexer.errors import ArchiveError
from indexer.records import Paper
from search.views import opened
from search.views.guard.headers import SEALED

if TYPE_CHECKING:
    from indexer.archive import Archive

_LOG = logging.getLogger(__name__)
ROUTE = "/files/{paper_id}"
_ID = re.compile(r"[0-9a-f]{64}")
_REFUSED = (
    "This paper's file is not available: the paper is not in the archive, was withheld, wholly or in part, or"
    " withdrawn, or its file has changed or holds more than its pages show."
)


def address(paper: Paper, page: int | None = None) -> str:
    """Give the address of a paper's file, opened at a 1-based page where the format has pages.

    It is relative to the pages', which all lie side by side, so that it holds wherever a proxy puts the app.
    """
    return f"files/{paper.id}" + (f"#page={page}" if page and paper.format == "pdf" else "")


def file_of(paper: Paper) -> Path:
    """Give the path of a paper's file on this machine, which readers never see."""
    path = Path(paper.path)
    return path if path.is_absolute() else opened.archive().file(paper)


def present(paper: Paper) -> bool:
    """Whether the paper's file is still there with the bytes that were indexed."""
    try:
        path = file_of(paper)
        known = path.stat()
        return _digest(str(path), known.st_mtime_ns, known.st_ctime_ns, known.st_size) == paper.id
    except (OSError, ArchiveError):
        return False


def offered(archive: Archive, paper: Paper) -> bool:
    """Whether the paper's file may be given out as it is: `present`, and no more in it than its pages show."""
    return present(paper) and not archive.keeps_back(paper.id)


def route(archive: Callable[[], Archive]) -> Route:
    """Make the route.

    Args:
        archive: opens the archive; called for each request, so that a paper withdrawn meanwhile is refused at once.
    """

    async def serve(request: Request) -> Response:
        return await run_in_threadpool(answer, archive, str(request.path_params["paper_id"]))

    return Route(ROUTE, serve, methods=["GET", "HEAD"])


def answer(archive: Callable[[], Archive], paper_id: str) -> Response:
    """Answer a request for a paper's file: the file, or 404 in words that do not say why."""
    if not _ID.fullmatch(paper_id):
        return PlainTextResponse(_REFUSED, 404)
    with logs.Edge() as edge:
        try:
            held = archive()
            with held.snapshot():
                paper = held.paper(paper_id)
                given = paper is not None and offered(held, paper)
        except ArchiveError as error:
            _LOG.warning("%s", error)
            return PlainTextResponse("The archive cannot be read just now.", 503)
    if edge.failed:
        return PlainTextResponse(edge.line, 500)
    if paper is None or not given:
        return PlainTextResponse(_REFUSED, 404)
    pdf = paper.format == "pdf"
    # Anything but a PDF is only ever downloaded: a web page shown from here could run scripts as this app.
    how = "inline" if pdf else "attachment"
    name = quote(Path(paper.path).name)
    return FileResponse(
        file_of(paper),
        media_type="application/pdf" if pdf else "application/octet-stream",
        headers={
            "Content-Disposition": f"{how}; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": SEALED,
            "Cache-Control": "private, no-cache",
        },
    )


@functools.lru_cache(maxsize=256)
def _digest(path: str, _written: int, _changed: int, _size: int) -> str:
    """Hash a file; asked again only when one of its times or its size differs."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
