"""The answer: sentences, table rows and resolutions word for word from the passages found, never a word of our own.

What is quoted is always a slice of one page's stored text, and one that other programs find there
(`search.answer.verbatim`). Each kind of question is answered in its own way: decisions by the resolutions, the newest
first, then the sentences that explain them; figures by the row with its header; an overview by what each meeting said,
the oldest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from indexer.records import Passage
from indexer.text.dates import written
from search.answer import reporting, resolutions
from search.answer.apt import Off, in_context, ordered, parted, under_headings
from search.answer.quote import Draft
from search.answer.steps import Told
from search.answer.units import Unit, said_with_headings
from search.answer.windows import overlap, windows
from search.contents import Contents
from search.question import sides
from search.question.answer_type import answer_type, asks_detail
from search.question.deeds import contrary, does, settles
from search.question.intent import WHICH
from search.question.query import Query
from search.ranking import presence
from search.ranking.deduplicate import outdated
from search.ranking.query_tokens import QueryTokens
from search.ranking.reading import CrossEncoder, in_full
from search.ranking.rerank import Ranked
from search.results import AnswerSentence
from search.settings import FINDABLE, Quoting


def compose(
    query: Query,
    tokens: QueryTokens,
    ranked: Sequence[Ranked],
    fitting: Sequence[float],
    units: Sequence[Unit],
    contents: Contents,
    quoting: Quoting,
    further: Sequence[Unit] = (),
    told: Sequence[Told] = (),
    cross_encoder: CrossEncoder | None = None,
) -> tuple[AnswerSentence, ...]:
    """Choose what to quote.

    Args:
        query: the question.
        tokens: its tokens.
        ranked: the hits, in the order shown.
        fitting: how well each fits the days that are asked for (`presence.fits`).
        units: what may be quoted of them (`units_of`): of all hits for a figure or an overview, else of the first.
        contents: the papers' pages and sections, and where other programs do not read on.
        quoting: how well is well enough.
        further: reported decisions of the hits that ``units`` leave out (`reporting.further`).
        told: for an overview what each meeting has (`meetings.found`).
        cross_encoder: says which of the best runs answers, unless the newest is asked for; None where it is off.

    Returns:
        Quotations of at most 150 words together, none twice: for questions about decisions the resolutions whole and
        first, then the runs of sentences that match best, the best first; without a resolution the decisions that
        papers report, and nothing else; without these the recommendations.
    """
    if (quoted := _of_meetings(query, Draft(ranked, units, contents), ranked, told, quoting)) is not None:
        return tuple(_quotations(quoted, ranked))
    # What is said of the council that is named is not explained by what another says of itself.
    own = {at for at, one in enumerate(ranked) if not presence.elsewhere(query, one.stored)} or set(range(len(ranked)))
    units = [unit for unit in units if unit.hit - 1 in own] or units
    draft = Draft(ranked, units, contents, reasons="why" in query.intents)
    later = outdated(query.text, ranked, quoting.alike)
    rulings = resolutions.quoted(query, tokens, ranked, quoting)
    if asks_detail(query) and (holds := answer_type(query)):  # a ruling need not give it
        rulings = [at for at in rulings if holds(ranked[at].stored.passage.text, ranked[at].stored.passage.kind)]
    rulings = _apt_rulings(query, [later.get(at, at) for at in rulings if at in own], ranked, fitting)
    if not _settled(query, (ranked[at].stored.passage for at in rulings)):
        for unit in reporting.chosen(query, (*units, *further), ranked, quoting):
            if unit.holds or not asks_detail(query):
                draft.take_in_context(unit)
        if draft.chosen:  # reported decisions answer, and other sentences would be read as part of it
            first = _of_days_first(query, draft.chosen, ranked)
            return tuple(replace(one, reported=True) for one in _quotations(first, ranked))
    for number, at in enumerate(rulings):
        draft.take_ruling(ranked[at], at + 1, quoting.led, share=len(rulings) - number)
    runs = windows(tokens, ranked, units, quoting)
    pool, off = ordered(query, [run for run in runs if run.hit - 1 not in later] or runs, ranked, fitting, quoting)
    if homes := {_home(ranked[unit.hit - 1]) for unit in draft.chosen}:
        pool = [run for run in pool if _home(ranked[run.hit - 1]) in homes]  # what another item says explains no ruling
    else:
        pool = _on_it(tokens, _holding(pool, query, cross_encoder, ranked, quoting), ranked, quoting)
    _explain(draft, pool, off, tokens, ranked, quoting)
    return tuple(_quotations(draft.chosen, ranked))


def outside(query: Query, answer: Sequence[AnswerSentence], ranked: Sequence[Ranked]) -> str:
    """Say of which days that is which is quoted first, where the question names others; "" where it is of those."""
    said = " ".join(one.shown for one in answer if one.hit == answer[0].hit)
    stored = ranked[answer[0].hit - 1].stored if answer else None
    if stored is None or presence.of_days(query, stored, said):
        return ""
    day, named = stored.section.meeting.date, " or ".join(dict.fromkeys(one.words for one in query.periods))
    if own := " and ".join(dict.fromkeys(one.words for one in presence.days_said(said))):
        return f"What is quoted first speaks of {own}, not of {named}."
    return f"What is quoted first is of {written(day)}, not of {named}." if day else ""


def _of_meetings(
    query: Query, draft: Draft, ranked: Sequence[Ranked], told: Sequence[Told], quoting: Quoting
) -> list[Unit] | None:
    """Choose the meetings whose lines are quoted, the best first, of each side of a comparison, or body, in turn.

    What is quoted of a meeting and what its line says are one choice: no answer says of it what its line does not.

    Args:
        query: the question.
        draft: takes the quotations; it keeps to an answer's words.
        ranked: the hits, in the order shown: what is not among them cannot be cited.
        told: what each meeting has on the matter, the best first.
        quoting: how many are quoted.

    Returns:
        The quotations by side, the earliest meeting first, those without a date last; None where all are of one
        meeting, unless all that speak of something are asked for: then none where only titles do.
    """
    homes = {
        part.stored.id: (hit, member, at)
        for hit, one in enumerate(ranked, 1)
        for member, (at, part) in enumerate(one.members)
    }
    groups = sides.grouped(query, told, lambda one: one.line.meeting)
    side = {id(one): at for at, some in enumerate(groups) for one in some}
    left = Counter({at: max(1, quoting.steps // max(len(sides.sides(query)), len(groups) - 1)) for at in side.values()})
    order: dict[int, tuple[int, date]] = {}
    for one in sides.in_turn(groups):
        if not left[side[id(one)]] or one.quoted is None or one.quoted[0].id not in homes:
            continue
        unit, (hit, member, at) = one.quoted[1], homes[one.quoted[0].id]
        if draft.take(replace(unit, hit=hit, member=member, reach=(at + unit.reach[0], at + unit.reach[1]))):
            order.setdefault(hit, (side[id(one)], one.line.meeting.date or date.max))
            left[side[id(one)]] -= 1
    meetings = {ranked[unit.hit - 1].stored.section.meeting for unit in draft.chosen}
    if len(meetings) < quoting.meetings_least and not (told and WHICH.search(query.text)):
        return None
    return sorted(draft.chosen, key=lambda unit: (order[unit.hit], unit.place))


def _apt_rulings(query: Query, rulings: Iterable[int], ranked: Sequence[Ranked], fitting: Sequence[float]) -> list[int]:
    """Keep to rulings, each once, that do what is asked for, if any do, on the names and of the days asked for."""
    every = list(dict.fromkeys(rulings))
    doing, other = does(query), contrary(query)
    every = [at for at in every if not other(ranked[at].stored.passage.text)] or every
    every = [at for at in every if doing(ranked[at].stored.passage.text)] or every
    saying = [at for at in every if _item_says_names(query, at, ranked)] or every
    return [at for at in saying if fitting[at] == max(fitting)]


def _settled(query: Query, rulings: Iterable[Passage]) -> bool:
    """Whether a resolution is among some rulings that does not leave to another body what is asked for."""
    settled = settles(query)
    return any(one.kind == "resolution" and settled(one.text) for one in rulings)


def _on_it(tokens: QueryTokens, pool: Sequence[Unit], ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Leave out, behind the first run, what was ruled on another matter."""
    return [
        run
        for at, run in enumerate(pool)
        if not at or not resolutions.of_another_matter(tokens, ranked[run.hit - 1], quoting)
    ]


def _of_days_first(query: Query, chosen: Sequence[Unit], ranked: Sequence[Ranked]) -> list[Unit]:
    """Put first what is of the days that are asked for."""
    then, others = parted(chosen, lambda unit: presence.of_days(query, ranked[unit.hit - 1].stored, in_context(unit)))
    return [*then, *others]


def _holding(
    pool: Sequence[Unit], query: Query, cross_encoder: CrossEncoder | None, ranked: Sequence[Ranked], quoting: Quoting
) -> list[Unit]:
    """Put the best run near the best first that holds what is asked for; others hold it as well, or go on from it."""
    near = [run for run in pool if run.score >= quoting.near * pool[0].score]
    holding = [run for run in near if run.holds]
    if not near:
        return list(pool)
    first = _most_sure(holding or near, query, cross_encoder, ranked, quoting)
    if not holding:
        return [first, *(run for run in pool if run is not first)]
    least = quoting.telling * first.beside
    others = (run for run in pool if run is not first)
    return [
        first,
        *(
            run
            for run in others
            if (run.holds and (run.hit == first.hit or run.beside >= least)) or _goes_on(first, run)
        ),
    ]


def _most_sure(
    runs: Sequence[Unit], query: Query, cross_encoder: CrossEncoder | None, ranked: Sequence[Ranked], quoting: Quoting
) -> Unit:
    """Choose, of the runs that match best, by their scores and by how surely each answers under its headings."""
    if cross_encoder is None or query.newest:  # the newest come first, whatever is said of others
        return runs[0]
    first = runs[: quoting.runs_read]
    verdicts = cross_encoder.judge(in_full(query), [under_headings(run, ranked) for run in first])
    return max(zip(first, verdicts, strict=True), key=lambda one: one[0].score + quoting.reading * one[1].odds)[0]


def _goes_on(first: Unit, run: Unit) -> bool:
    """Whether a run comes next before or after another in its passage."""
    gaps = (run.reach[0] - first.reach[1], first.reach[0] - run.reach[1])
    return run.hit == first.hit and any(0 <= gap <= FINDABLE.apart for gap in gaps)


def _explain(
    draft: Draft, pool: Sequence[Unit], off: Off, tokens: QueryTokens, ranked: Sequence[Ranked], quoting: Quoting
) -> None:
    """Quote the runs of sentences that match best, up to an answer's number; from elsewhere such as say as much.

    What is much less of the days asked for than the first run explains nothing of it.
    """
    best = max((run.score for run in pool), default=0.0)
    least = 0.0
    for run in pool:
        if len(draft.chosen) >= quoting.parts:
            break
        far = off(run) >= off(pool[0]) + quoting.contrary and run is not pool[0]
        # The newest come first though they match less than others do.
        if far or run.score < quoting.near * best or any(overlap(run, other) for other in draft.chosen):
            continue
        said = tokens.share_said(said_with_headings(ranked[run.hit - 1], run), quoting.said)
        here = run.row or any(run.hit == other.hit for other in draft.chosen)
        fresh = (here or said >= least) and not draft.repeats(run, quoting.repeats)
        if fresh and draft.take_in_context(run):
            least = max(least, quoting.telling * said)


def _item_says_names(query: Query, at: int, ranked: Sequence[Ranked]) -> bool:
    """Whether a hit, or another of its item, says what the question names: a ruling rarely does itself."""
    own = (one.stored for one in ranked if _home(one) == _home(ranked[at]))
    return any(presence.says_further_names(query, stored) for stored in own)


def _home(one: Ranked) -> tuple[str, int]:
    return one.stored.paper.id, one.stored.section.ordinal


def _quotations(chosen: Sequence[Unit], ranked: Sequence[Ranked]) -> Iterator[AnswerSentence]:
    for unit in chosen:
        paged = ranked[unit.hit - 1].stored.paper.paged
        header = "\n".join(part.text for part in unit.header)
        end = (0, 0)  # of the part before: its page, and where on it the part's white space begins
        for part in unit.parts:
            page = part.page if paged else None
            yield AnswerSentence(part.text, unit.hit, page, header=header, continues=end == (part.page, part.start - 1))
            header, end = "", (part.page, part.start + len(part.text))
