"""Earlier reports, threads and timelines for other programs: the command line's own JSON. Nothing of Streamlit here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.datastructures import QueryParams

from search.bounds import BOUNDS
from search.history import draft, precedents, timeline
from search.history import thread as threads
from search.question import query
from search.terminal import matters
from search.views.api import parameters

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine


def similar(engine: Engine, params: QueryParams) -> dict[str, Any]:
    """Find earlier reports like a paragraph, as ``python -m search similar --json`` does.

    Raises:
        BadArguments: a parameter cannot be used, or there is nothing to look for.
    """
    parameters.known(params, ("q", "limit", *parameters.FILTERS))
    limit = parameters.number(params, "limit", 10, most=BOUNDS.api_hits)
    # Never the name of a file: what stands on this machine is no business of a caller's.
    chunks = draft.chunks_of_text(parameters.single(params, "q"))
    with engine.library.snapshot():
        filters = parameters.filters(params, engine.library.facets())
        found = precedents.similar(engine.library, engine.encoder, chunks, filters, limit)
    return {"looked_for": chunks, "results": [matters.precedent_json(rank, one) for rank, one in enumerate(found, 1)]}


def thread(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give what led to a decision and what followed, as ``python -m search thread --json`` does.

    Raises:
        BadArguments: a parameter cannot be used, or the archive holds no such decision or item.
    """
    parameters.known(params, ("id",))
    with archive.snapshot():
        return matters.thread_json(threads.thread(archive, parameters.single(params, "id")))


def of_topic(engine: Engine, params: QueryParams) -> dict[str, Any]:
    """Give a timeline, as ``python -m search timeline --json`` does.

    Raises:
        BadArguments: a parameter cannot be used, or the topic is empty.
    """
    parameters.known(params, ("q", *parameters.FILTERS))
    topic = query.check(parameters.single(params, "q"))
    with engine.library.snapshot():
        filters = parameters.filters(params, engine.library.facets())
        return matters.timeline_json(timeline.timeline(engine, topic, filters))
