"""Parameters of requests by other programs, read strictly: what cannot be used is an error that says what can."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import QueryParams

from indexer.errors import BadArguments
from indexer.records import Facets, Filters
from search.question import filter_choices

FILTERS = ("authority", "board", "kind", "from", "to")


def known(params: QueryParams, names: Sequence[str]) -> QueryParams:
    """Give the parameters of a request.

    Raises:
        BadArguments: one has another name than these.
    """
    for name in params:
        if name not in names:
            message = f"No parameter {name!r}: use {', '.join(names) or 'none'}"
            raise BadArguments(message, expected=", ".join(names), found=name)
    return params


def single(params: QueryParams, name: str) -> str:
    """Give the value of a parameter that may be given once; "" if it is not.

    Raises:
        BadArguments: it is given more than once.
    """
    values = params.getlist(name)
    if len(values) > 1:
        message = f"The parameter {name!r} is given {len(values)} times: give it once"
        raise BadArguments(message, expected="1", found=str(len(values)))
    return values[0] if values else ""


def number(params: QueryParams, name: str, default: int, *, least: int = 1, most: int) -> int:
    """Give a whole number from ``least`` to ``most``.

    Raises:
        BadArguments: the parameter is none.
    """
    text = single(params, name)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
        message = f"{name} {text!r} is not a number from {least:,} to {most:,}"
        raise BadArguments(message, expected=f"{least} to {most}", found=text)
    return int(text)


def among(params: QueryParams, name: str, values: Sequence[str]) -> list[str]:
    """Give the values of a parameter that may be given several times.

    Raises:
        BadArguments: one is none of ``values``.
    """
    given = params.getlist(name)
    for one in given:
        if one not in values:
            message = f"{name} {one!r} is none of {', '.join(values)}"
            raise BadArguments(message, expected=", ".join(values), found=one)
    return given


def filters(params: QueryParams, facets: Facets) -> Filters:
    """Give the filters, checked against what the archive holds.

    Raises:
        BadArguments: a value that the archive does not hold, or that is not a date.
    """
    authorities, boards, kinds = (params.getlist(name) for name in ("authority", "board", "kind"))
    return filter_choices.filters(facets, authorities, boards, kinds, single(params, "from"), single(params, "to"))
