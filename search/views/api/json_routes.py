"""The JSON API beside the pages: the command line's own JSON over HTTP, read only. Nothing of Streamlit here.

A request that cannot be used gets 422 and one line that says why; what the archive does not hold, withheld papers
among it, gets 404. `describing` describes it for programs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from indexer import logs
from indexer.errors import ArchiveError, BadArguments, ModelError
from indexer.records import Outcome, Page, Paper
from search.bounds import BOUNDS
from search.contents import Contents
from search.history import links
from search.question.follow_up import Earlier
from search.register import sought
from search.views.api import describing, parameters, record_routes
from search.views.guard.headers import SEALED
from search.views.guard.requests import Rate
from search.views.render import leaf

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine
    from search.results import Answered

_LOG = logging.getLogger(__name__)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": SEALED,
    "Cache-Control": "private, no-cache",
}
_UNKNOWN = "There is no such page in the archive: the paper is unknown, withheld or withdrawn, or has fewer pages"


class NotHeld(Exception):
    """The archive does not hold what was asked for."""


@dataclass(frozen=True, slots=True)
class Handles:
    """Where answers come from; both are opened for each request, so that a change of the archive is seen at once."""

    archive: Callable[[], Archive]
    engine: Callable[[], Engine]


def routes(handles: Handles, rate: Rate | None = None) -> list[Route]:
    """Make the routes.

    Args:
        handles: where answers come from.
        rate: how often one address may ask; shared by all routes.
    """
    allowed = rate or Rate(BOUNDS.asked_at_once, BOUNDS.asked_each_second)
    answers: dict[str, Callable[[Handles, Request], Any]] = {
        "/api/ask": ask,
        "/api/decisions": decisions,
        "/api/actions": lambda handles, request: record_routes.actions(handles.archive(), request.query_params),
        "/api/reported": lambda handles, request: record_routes.reported(handles.archive(), request.query_params),
        "/api/meeting": lambda handles, request: record_routes.meeting(handles.archive(), request.query_params),
        "/api/body": lambda handles, request: record_routes.body(handles.archive(), request.query_params),
        "/api/people": lambda handles, request: record_routes.people(handles.archive(), request.query_params),
        "/api/person": lambda handles, request: record_routes.person(handles.archive(), request.query_params),
        "/api/papers/{paper_id}/pages/{number:int}": page,
        "/api/similar": lambda handles, request: record_routes.similar(handles.engine(), request.query_params),
        "/api/thread": lambda handles, request: record_routes.thread(handles.archive(), request.query_params),
        "/api/timeline": lambda handles, request: record_routes.of_topic(handles.engine(), request.query_params),
        "/api/openapi.json": lambda _handles, _request: describing.description(),
    }
    return [Route(path, _served(handles, allowed, answer), methods=["GET"]) for path, answer in answers.items()]


def ask(handles: Handles, request: Request) -> dict[str, Any]:
    """Answer a question, as ``python -m search ask --json`` does."""
    params = parameters.known(request.query_params, ("q", "limit", "summary", "after", "without", *parameters.FILTERS))
    limit = parameters.number(params, "limit", 10, most=BOUNDS.api_hits)
    summary = _summary(parameters.single(params, "summary"))
    engine = handles.engine()
    with engine.library.snapshot():
        filters = parameters.filters(params, engine.library.facets())
        earlier = Earlier(tuple(params.getlist("after")), frozenset(params.getlist("without")))
        answered = engine.ask(parameters.single(params, "q"), filters, limit, earlier)
    return {**answered.to_json(), **({"summary": summary(answered)} if summary else {})}


def decisions(handles: Handles, request: Request) -> dict[str, Any]:
    """Give a part of the register, each decision as ``python -m search decisions --json`` prints it."""
    own = ("words", "mover", "seconder", "voted", "outcome")
    params = parameters.known(request.query_params, ("limit", "offset", *own, *parameters.FILTERS))
    limit = parameters.number(params, "limit", 100, most=BOUNDS.api_rows)
    offset = parameters.number(params, "offset", 0, least=0, most=BOUNDS.offset)
    outcomes = parameters.among(params, "outcome", get_args(Outcome))
    outcome = next((one for one in get_args(Outcome) if one in outcomes), None)
    voted = parameters.among(params, "voted", ("yes", "no"))
    words, mover, seconder = (parameters.single(params, name) for name in own[:3])
    archive = handles.archive()
    with archive.snapshot():
        decisions = sought.matching(
            archive.decisions(parameters.filters(params, archive.facets())),
            sought.Sought(words, mover, seconder, "yes" in voted, outcome),
        )
        pairs = links.pairs(archive.decisions(), Contents(archive).sections)
    part = decisions[offset : offset + limit]
    rows = [links.linked(one, pairs) for one in part]
    return {"total": len(decisions), "offset": offset, "decisions": rows}


def page(handles: Handles, request: Request) -> dict[str, Any]:
    """Give one page of a paper as stored.

    Raises:
        NotHeld: the archive has no such page.
    """
    parameters.known(request.query_params, ())
    paper_id, number = str(request.path_params["paper_id"]), int(request.path_params["number"])
    archive = handles.archive()
    paper = archive.paper(paper_id)
    # A number beyond any paper's must not reach the database, which refuses such integers.
    page = archive.plain_page(paper_id, number) if paper and 1 <= number <= paper.page_count else None
    if paper is None or page is None:
        raise NotHeld
    return {**page_json(paper, page), "left_out": leaf.left_out(paper, archive.faults(paper_id), (number,))}


def page_json(paper: Paper, page: Page) -> dict[str, Any]:
    """Give a page with what is known of its paper; positions in ``text`` are those of the archive."""
    meeting = paper.meeting
    return {
        "paper": paper.id,
        "file": paper.path,
        "title": paper.title,
        "authority": meeting.authority,
        "board": meeting.board,
        "pack_date": meeting.date.isoformat() if meeting.date else None,
        "page": page.number if paper.paged else None,
        "page_label": page.label,
        "pages": paper.page_count,
        "text": page.text,
        "method": page.method,
        "confidence": round(page.confidence, 3),
    }


def _summary(choice: str) -> Callable[[Answered], dict[str, Any]] | None:
    """Give what summarises an answer, where the caller wants that; nothing of it is imported otherwise."""
    if choice not in ("", "yes", "no"):
        message = f"summary {choice!r} is neither yes nor no"
        raise BadArguments(message, expected="yes or no", found=choice)
    if choice != "yes":
        return None
    from search.summary import settings, summarise

    given = settings.required()
    return lambda answered: summarise.attempted(answered, given)


def _served(handles: Handles, rate: Rate, answer: Callable[[Handles, Request], Any]) -> Callable[..., Any]:
    async def serve(request: Request) -> Response:
        # The address of the connection itself: a header that names another one can be made up by anybody.
        if wait := rate.wait(request.client.host if request.client else ""):
            return _fault(429, f"Too many requests: come back in {wait} s", {"Retry-After": str(wait)})
        length = sum(len(name) + len(value) for name, value in request.query_params.multi_items())
        if length > BOUNDS.question_characters:
            return _fault(
                414, f"The request has {length:,} characters: at most {BOUNDS.question_characters:,} are read"
            )
        return await run_in_threadpool(_answered, handles, request, answer)

    return serve


def _answered(handles: Handles, request: Request, answer: Callable[[Handles, Request], Any]) -> Response:
    with logs.Edge() as edge:
        try:
            return JSONResponse(answer(handles, request), headers=_HEADERS)
        except BadArguments as error:
            return _fault(422, str(error))
        except NotHeld:
            return _fault(404, _UNKNOWN)
        except (ArchiveError, ModelError) as error:
            # Their messages name folders of the server, which callers must not see.
            _LOG.warning("%s", error)
            return _fault(503, "The archive cannot be read just now")
    return _fault(500, edge.line)


def _fault(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"error": message}, status, headers={**_HEADERS, **(headers or {})})
