"""The address of a view: question, filters and the chosen passage, to and from the URL's query.

Every view of the Ask page is an address that can be mailed. Nothing of Streamlit here. Widgets are not bound to the
URL by Streamlit itself because it stores an option's label there, and our labels carry counts, which change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from indexer.records import Facets, Filters, PassageKind
from search.bounds import BOUNDS
from search.question.follow_up import Earlier
from search.question.parted import PARTS, Part

KINDS: tuple[PassageKind, ...] = get_args(PassageKind)


# Dates outside these are slips of the pen: no council's committee is older, and nobody minutes the next century.
EARLIEST, LATEST = date(1835, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one view of the Ask page shows.

    ``passage`` is the 1-based rank of the passage whose page is shown, None for the answer's first. ``sheet`` is the
    page of that passage's paper, None for the passage's own first page. ``after`` are the questions that this one goes
    on from, ``without`` what is not carried over from them.
    """

    question: str = ""
    authorities: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    kinds: tuple[PassageKind, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    passage: int | None = None
    sheet: int | None = None
    after: tuple[str, ...] = ()
    without: tuple[Part, ...] = ()

    @property
    def earlier(self) -> Earlier:
        """What was asked before, for the engine."""
        return Earlier(self.after, frozenset(self.without))

    @property
    def form(self) -> Asked:
        """The part that the form asks for, without the chosen passage and page."""
        return replace(self, passage=None, sheet=None)

    @property
    def filters(self) -> Filters:
        """The filters for the engine."""
        return Filters(self.authorities, self.boards, self.kinds, self.date_from, self.date_to)


def from_params(params: Mapping[str, Sequence[str]]) -> Asked:
    """Read a view from a URL's query; what cannot be understood is taken as not given.

    Args:
        params: every value of every name, as ``st.query_params.get_all`` gives them.
    """
    kinds = tuple(kind for kind in KINDS if kind in params.get("kind", ()))
    return Asked(
        question=_last(params, "q")[: BOUNDS.address_characters].strip(),
        authorities=tuple(params.get("authority", ())),
        boards=tuple(params.get("board", ())),
        kinds=kinds,
        date_from=_date(_last(params, "from")),
        date_to=_date(_last(params, "to")),
        passage=_count(_last(params, "passage")),
        sheet=_count(_last(params, "sheet")),
        after=tuple(text for one in params.get("after", ()) if (text := one[: BOUNDS.address_characters].strip())),
        without=tuple(part for part in PARTS if part in params.get("without", ())),
    )


def to_params(asked: Asked) -> dict[str, str | list[str]]:
    """Write a view as a URL's query; what is at its default is left out."""
    params: dict[str, str | list[str]] = {
        "q": asked.question,
        "authority": list(asked.authorities),
        "board": list(asked.boards),
        "kind": list(asked.kinds),
        "from": asked.date_from.isoformat() if asked.date_from else "",
        "to": asked.date_to.isoformat() if asked.date_to else "",
        "passage": str(asked.passage) if asked.passage else "",
        "sheet": str(asked.sheet) if asked.sheet else "",
        "after": list(asked.after),
        "without": list(asked.without),
    }
    return {name: value for name, value in params.items() if value}


def complaints(asked: Asked, params: Mapping[str, Sequence[str]], facets: Facets) -> list[str]:
    """Say what in a URL or form cannot be used, in one line each: an unknown board, an invalid date.

    Args:
        asked: what was understood.
        params: what the URL says.
        facets: the values that the archive has.
    """
    said = [
        f"There is no {what} called “{name}” in this archive, so nothing matches it. Choose one from the list."
        for what, names, known in (
            ("authority", asked.authorities, facets.authorities),
            ("board", asked.boards, facets.boards),
        )
        for name in names
        if name not in known and name not in facets.also
    ]
    said += [
        f"“{kind}” is not a kind of passage and was left out. Kinds are: {', '.join(KINDS)}."
        for kind in params.get("kind", ())
        if kind not in KINDS
    ]
    said += [
        f"“{text}” is not a date and was left out. Write dates in the address as 2017-02-07."
        for text in (_last(params, "from"), _last(params, "to"))
        if text and _date(text) is None
    ]
    if asked.date_from and asked.date_to and asked.date_from > asked.date_to:
        said.append("The first date is after the last one, so nothing can match. Swap them.")
    return said


def _last(params: Mapping[str, Sequence[str]], name: str) -> str:
    values = params.get(name, ())
    return values[-1] if values else ""


def _date(text: str) -> date | None:
    try:
        when = date.fromisoformat(text)
    except ValueError:
        return None
    return when if EARLIEST <= when <= LATEST else None


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 7 and int(text) > 0 else None
