"""Meetings for other programs: the command line's own JSON. Nothing of Streamlit here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.datastructures import QueryParams

from search.meetings import meeting as sheets
from search.views.api import parameters

if TYPE_CHECKING:
    from indexer.archive import Archive


def meeting(archive: Archive, params: QueryParams) -> dict[str, Any]:
    """Give one meeting, as ``python -m search meeting --json`` prints it.

    Raises:
        BadArguments: a parameter cannot be used, or there is no such meeting.
    """
    names = ("authority", "board", "date")
    parameters.known(params, names)
    with archive.snapshot():
        return sheets.to_json(sheets.named(archive, *(parameters.single(params, name) for name in names)))
