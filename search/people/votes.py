"""How each member voted, where the minutes of a recorded vote list the names on each side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from indexer.records import Section, StoredDecision
from search import cite
from search.contents import text_of
from search.library import Library
from search.people import attendance

Side = Literal["for", "against", "abstained"]

_SIDE = re.compile(
    r"(?:^|(?<=[.;:]\s)|(?<=\d\)\s))[*•-]? ?(?:(?:councill?ors|members|those) )?(?:vot(?:ing|ed) )?"
    r"(?P<side>for|in favour|against|abst\w{1,12})(?: (?:of )?the \w{1,20})?"
    r" ?(?:[–(-]? ?\d{1,3} ?\)?)? ?[:–]\s?(?=[A-Z])",
    re.IGNORECASE | re.MULTILINE,
)
_SIDES: dict[str, Side] = {"for": "for", "in favour": "for", "against": "against", "abst": "abstained"}


def recorded(library: Library, row: StoredDecision, sections: Mapping[int, Section]) -> dict[Side, tuple[str, ...]]:
    """Give the names on each side of a decision's vote; nothing unless as many are listed as were counted.

    Args:
        library: the archive.
        row: the decision.
        sections: of its paper, by ordinal.
    """
    votes, home = row.decision.votes, sections.get(row.decision.section)
    if votes is None or home is None:
        return {}
    counted: dict[Side, int] = {"for": votes.for_, "against": votes.against}
    text = text_of(library, row.paper, cite.home(home, sections))
    fit = [
        lists
        for lists in _lists(text)
        if all(len(lists.get(side, ())) == count for side, count in counted.items())
        and len(lists.get("abstained", ())) in (0, votes.abstain)
    ]
    return fit[0] if len(fit) == 1 else {}


def _lists(text: str) -> Iterator[dict[Side, tuple[str, ...]]]:
    """Give the lists of each vote in a text: a side that comes again begins the next vote."""
    lists: dict[Side, tuple[str, ...]] = {}
    matches = list(_SIDE.finditer(text))
    for number, match in enumerate(matches):
        side = next(side for word, side in _SIDES.items() if match["side"].casefold().startswith(word))
        end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        named = _named(text[match.end() : end])
        if side in lists:
            yield lists
            lists = {}
        lists[side] = named
    if lists:
        yield lists


def _named(text: str) -> tuple[str, ...]:
    """Read the names that a list begins with, up to where it ends."""
    return tuple(one.name for one in attendance.listed(re.split(r"(?<=[a-z)]{2})\.(?:\s|$)|\n\s*\n", text)[0]))
