"""Actions and reported decisions for other programs: the command line's own JSON. Nothing of Streamlit here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.datastructures import QueryParams

from search.bounds import BOUNDS
from search.history import actions as followed
from search.terminal import undertakings
from search.views.api import parameters

if TYPE_CHECKING:
    from indexer.archive import Archive


def actions(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give a part of the actions, each as ``python -m search actions --json`` prints it.

    Raises:
        BadArguments: a parameter cannot be used.
    """
    parameters.known(params, ("limit", "offset", "state", "owner", *parameters.FILTERS))
    states = parameters.among(params, "state", followed.STATES)
    with archive.snapshot():
        chosen = parameters.filters(params, archive.facets())
        found = followed.actions(archive, chosen, states, parameters.single(params, "owner"))
    return _part(params, "actions", [followed.to_json(one) for one in found])


def reported(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give a part of the reported decisions, each as ``python -m search reported --json`` prints it.

    Raises:
        BadArguments: a parameter cannot be used.
    """
    parameters.known(params, ("limit", "offset", *parameters.FILTERS))
    with archive.snapshot():
        found = archive.reported(parameters.filters(params, archive.facets()))
    return _part(params, "reported", [undertakings.report_json(one) for one in found])


def _part(params: QueryParams, name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    limit = parameters.number(params, "limit", 100, most=BOUNDS.api_rows)
    offset = parameters.number(params, "offset", 0, least=0, most=10_000_000)
    return {"total": len(rows), "offset": offset, name: rows[offset : offset + limit]}
