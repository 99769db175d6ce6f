"""A matter over time: what each meeting heard, was asked for and decided, by date, across boards.

It is given from its beginning: report, recommendation, resolution, and what followed at later meetings.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indexer.records import RULINGS, Meeting
from search.answer.quote import Draft
from search.answer.units import Unit, whole
from search.answer.windows import least_beside, unbroken
from search.contents import meeting_of
from search.question.intent import WHICH
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting

_ORDER = {"recommendation": 1, "minute": 2, "resolution": 3}  # within a meeting; what was reported comes before

_Step = tuple[Meeting, int]


def quoted(
    query: Query,
    asked: QueryTokens,
    draft: Draft,
    ranked: Sequence[Ranked],
    fitting: Sequence[float],
    units: Sequence[Unit],
    quoting: Quoting,
) -> list[Unit]:
    """Choose one quotation for each step of each meeting, the best steps first, and put them in order of date.

    Args:
        query: the question; what has none of its names, or is of other days, is not about the matter.
        asked: its tokens.
        draft: takes the quotations; it keeps to an answer's words.
        ranked: the hits, in the order shown.
        fitting: how well each fits the days that are asked for (`presence.fits`).
        units: what may be quoted of them.
        quoting: how many steps, how short, and how well their items must match beside the best.

    Returns:
        The quotations, the earliest meeting first, those without a date last; none where all are of one meeting.
    """
    units = unbroken(asked, units, ranked, quoting)
    least = least_beside(query, units, quoting)
    units = [unit for unit in units if unit.beside >= least]
    floor = quoting.step * max((one.item_match for one in ranked), default=0.0)
    steps: dict[int, _Step] = {}
    for at, one in sorted(enumerate(ranked, 1), key=lambda entry: -entry[1].match):
        step = _step(one)
        enough = step in steps.values() or len(steps) >= quoting.steps
        # An agenda says what was to come up, not what was said of it.
        apart = not fitting[at - 1] or one.item_match < floor or one.stored.passage.kind == "agenda"
        apart = apart or not presence.names_it(query, one.stored)
        if enough or apart or presence.elsewhere(query, one.stored):
            continue
        if any(draft.take_in_context(unit) for unit in _best(one, at, units, quoting.step_words)):
            steps[at] = step
    if len({step[0] for step in steps.values()}) < 2 and not WHICH.search(query.text):
        return []
    return sorted(draft.chosen, key=lambda unit: (_when(steps[unit.hit]), unit.place))


def _step(one: Ranked) -> _Step:
    return meeting_of(one.stored.section.meeting, one.stored.paper), _ORDER.get(one.stored.passage.kind, 0)


def _best(one: Ranked, at: int, units: Sequence[Unit], short: int) -> list[Unit]:
    """Give what may be quoted of a hit, the best first: a short ruling whole, else its sentences, short ones first."""
    own = sorted((unit for unit in units if unit.hit == at), key=lambda unit: (unit.words > short, -unit.score))
    ruling = whole(one, at)
    return [ruling, *own] if one.stored.passage.kind in RULINGS and ruling.words <= short else own


def _when(step: _Step) -> tuple[date, int]:
    return step[0].date or date.max, step[1]
