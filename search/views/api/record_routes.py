"""Meetings, boards, people, actions and reported decisions for other programs: the command line's own JSON.

Nothing of Streamlit here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.datastructures import QueryParams

from search.bounds import BOUNDS
from search.history import actions as followed
from search.history import draft, precedents, timeline
from search.history import thread as threads
from search.meetings import body as boards
from search.meetings import meeting as sheets
from search.people import profile
from search.question import query
from search.terminal import listings, matters
from search.views.api import parameters

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine


def meeting(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give one meeting, as ``python -m search meeting --json`` prints it.

    Raises:
        BadArguments: a parameter cannot be used, or there is no such meeting.
    """
    names = ("authority", "board", "date")
    parameters.known(params, names)
    with archive.snapshot():
        return sheets.to_json(sheets.named(archive, *(parameters.single(params, name) for name in names)))


def body(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give a board over time, as ``python -m search body --json`` prints it.

    Raises:
        BadArguments: a parameter cannot be used, or there is no such board.
    """
    names = ("authority", "board")
    parameters.known(params, names)
    with archive.snapshot():
        return boards.to_json(boards.named(archive, *(parameters.single(params, name) for name in names)))


def people(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give people in public roles, as ``python -m search people --json`` prints them.

    Raises:
        BadArguments: a parameter cannot be used.
    """
    parameters.known(params, ("authority",))
    authority = parameters.single(params, "authority").casefold()
    with archive.snapshot():
        every = profile.everybody(archive)
    return {"people": [profile.person_json(one) for one in every if authority in ("", one.authority.casefold())]}


def person(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give one person, as ``python -m search people --name NAME --json`` does.

    Raises:
        BadArguments: a parameter cannot be used, or nobody or several are called that.
    """
    parameters.known(params, ("name", "authority"))
    with archive.snapshot():
        name, authority = (parameters.single(params, one) for one in ("name", "authority"))
        return profile.to_json(profile.of_name(archive, name, authority))


def actions(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give a part of the actions, each as ``python -m search actions --json`` prints it.

    Raises:
        BadArguments: a parameter cannot be used.
    """
    parameters.known(params, ("limit", "offset", "state", "owner", *parameters.FILTERS))
    states = parameters.among(params, "state", followed.STATES)
    with archive.snapshot():
        chosen = parameters.filters(params, archive.facets())
        actions = followed.actions(archive, chosen, states, parameters.single(params, "owner"))
    return _part(params, "actions", [followed.to_json(one) for one in actions])


def reported(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give a part of the reported decisions, each as ``python -m search reported --json`` prints it.

    Raises:
        BadArguments: a parameter cannot be used.
    """
    parameters.known(params, ("limit", "offset", *parameters.FILTERS))
    with archive.snapshot():
        reports = archive.reported(parameters.filters(params, archive.facets()))
    return _part(params, "reported", [listings.report_json(one) for one in reports])


def _part(params: QueryParams, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    limit = parameters.number(params, "limit", 100, most=BOUNDS.api_rows)
    offset = parameters.number(params, "offset", 0, least=0, most=BOUNDS.offset)
    return {"total": len(rows), "offset": offset, name: rows[offset : offset + limit]}


def similar(engine: Engine, params: QueryParams) -> dict[str, Any]:
    """Find earlier reports like a paragraph, as ``python -m search similar --json`` does.

    Raises:
        BadArguments: a parameter cannot be used, or there is nothing to look for.
    """
    parameters.known(params, ("q", "limit", *parameters.FILTERS))
    limit = parameters.number(params, "limit", 10, most=BOUNDS.api_hits)
    # Never the name of a file: a path of this machine is no business of a caller’s.
    chunks = draft.chunks_of_text(parameters.single(params, "q"))
    with engine.library.snapshot():
        filters = parameters.filters(params, engine.library.facets())
        earlier = precedents.similar(engine.library, engine.encoder, chunks, filters, limit)
    return {"looked_for": chunks, "results": [matters.precedent_json(rank, one) for rank, one in enumerate(earlier, 1)]}


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
