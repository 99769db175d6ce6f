"""One decision, one record: the same minutes or the same report printed in several papers are recognised as the same.

Two entries are one decision if they are of one meeting, of one item by its number or its title, and say the same: word
for word, or with so few words changed as another layout, a heading or a line break changes, and never another figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.records import PaperKind, Printing, StoredDecision
from indexer.text.words import WORD

_ALIKE = 0.9  # shared runs of three words, of all those of the shorter text
# Recommendations are repeated word for word in records of decision; short ones ("to note the report") say little.
_TELLING = 8
_RANK: dict[PaperKind, int] = {"minutes": 0, "decision": 1, "report": 2, "supplement": 3, "pack": 4}


def merged(shown: Sequence[StoredDecision], every: Iterable[StoredDecision]) -> list[StoredDecision]:
    """Return ``shown`` with one record a decision, in its order, each with the other places that print it.

    Args:
        shown: the entries asked for; the best printed of those that are one represents them all.
        every: all entries of the same meetings, these among them.
    """
    groups = _groups(every)
    shown_ids = {one.id for one in shown}
    chosen: dict[int, StoredDecision] = {}
    for group in groups:
        ranked = sorted(group, key=_rank)
        first = next((one for one in ranked if one.id in shown_ids), None)
        if first is not None:
            others = (one for one in ranked if one.id != first.id and one.paper.id != first.paper.id)
            places = tuple(Printing(one.id, one.paper, one.decision.pages) for one in others)
            chosen[first.id] = replace(first, places=places) if places else first
    return [chosen[one.id] for one in shown if one.id in chosen]


def _rank(one: StoredDecision) -> tuple[int, bool, str, int]:
    # Printed minutes are cited by their page; a web page of the same minutes is another place.
    return _RANK.get(one.paper.kind, len(_RANK)), not one.paper.paged, one.paper.path, one.id


def _groups(every: Iterable[StoredDecision]) -> list[list[StoredDecision]]:
    """Group entries of one meeting that are one decision; those without a date stay alone."""
    meetings: dict[tuple[object, ...], list[StoredDecision]] = defaultdict(list)
    every = list(every)
    decided = Counter(one.paper.id for one in every if not one.decision.recommendation)
    for one in every:
        meeting, decision = one.decision.meeting, one.decision
        alone = one.id if meeting.date is None else None
        # A member's or an officer's signed record is another act than the minute that it repeats; a notice of all
        # that a meeting decided is not.
        signed = one.paper.kind == "decision" and decided[one.paper.id] == 1
        act = (decision.recommendation, signed, alone)
        meetings[(meeting.authority.casefold(), meeting.board.casefold(), meeting.date, *act)].append(one)
    return [group for some in meetings.values() for group in _of_meeting(some)]


def _of_meeting(some: Sequence[StoredDecision]) -> list[list[StoredDecision]]:
    groups: list[list[StoredDecision]] = []
    if len({one.paper.id for one in some}) == 1:
        return [[one] for one in some]
    known = [(_words(one.decision.text), one) for one in some]
    runs = [frozenset(zip(words, words[1:], words[2:], strict=False)) for words, _ in known]
    leaders: list[int] = []
    for at, (words, one) in enumerate(known):
        for group, leader in zip(groups, leaders, strict=True):
            if all(one.paper.id != other.paper.id for other in group) and _same(
                known[leader], (words, one), runs, leader, at
            ):
                group.append(one)
                break
        else:
            groups.append([one])
            leaders.append(at)
    return groups


def _same(
    first: tuple[list[str], StoredDecision],
    other: tuple[list[str], StoredDecision],
    runs: Sequence[frozenset[tuple[str, ...]]],
    at: int,
    then: int,
) -> bool:
    (words, one), (others, two) = first, other
    items = {entry.decision.item for _, entry in (first, other)} - {""}
    if len(items) > 1 and _words(one.decision.title) != _words(two.decision.title):
        return False
    if words == others:
        return not one.decision.recommendation or len(words) >= _TELLING
    if one.decision.recommendation or _figures(words) != _figures(others):
        return False
    least = min(len(runs[at]), len(runs[then]))
    return least > 0 and len(runs[at] & runs[then]) >= _ALIKE * least


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _figures(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.isdigit()}
