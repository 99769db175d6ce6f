"""Two papers that are minutes of the same meeting, and where they disagree.

Minutes are printed again in the next pack, and a council's site gives the minute of each item beside the printed ones.
What one has and the other lacks is a fault of the one, of the other, or of how they were read: a person should look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.records import Meeting, Paper, StoredDecision
from indexer.text import words
from search.settings import HISTORY


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A decision of a meeting that one of its minutes has and ``missing_in``, also minutes of it, has not."""

    decision: StoredDecision
    missing_in: Paper


def disagreements(decisions: Iterable[StoredDecision]) -> tuple[Disagreement, ...]:
    """Give the decisions that not all minutes of their meeting have, in the order they were given.

    Args:
        decisions: every printing of every decision, unmerged; recommendations are left out.
    """
    by_meeting: defaultdict[Meeting, defaultdict[str, list[StoredDecision]]] = defaultdict(lambda: defaultdict(list))
    for one in decisions:
        if not one.decision.recommendation and one.decision.meeting.date:
            by_meeting[one.decision.meeting][one.paper.id].append(one)
    lacking = []
    for papers in by_meeting.values():
        most = max(len(own) for own in papers.values())
        whole = [own for own in papers.values() if len(own) >= HISTORY.extract * most]
        for own in whole:
            for other in whole:
                if other is not own:
                    lacking += [Disagreement(one, other[0].paper) for one in _lacking(own, other)]
    return tuple(lacking)


def _lacking(own: Sequence[StoredDecision], other: Sequence[StoredDecision]) -> list[StoredDecision]:
    """Give the decisions of one paper that another has not."""
    held = [_runs(one) for one in other]
    return [one for one in own if not any(_share(_runs(one), runs) >= HISTORY.same for runs in held)]


def _runs(one: StoredDecision) -> frozenset[tuple[str, ...]]:
    tokens = words.words(one.decision.text)
    return words.shingles(tokens, min(HISTORY.run, max(1, len(tokens))))


def _share(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
