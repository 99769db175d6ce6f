"""Who moved or seconded a decision, and how the vote went: answered by the decision on the matter that prints it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from indexer.records import Filters, StoredDecision
from search.contents import Contents
from search.library import Library
from search.question import matter
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.register import held, listing, printed, wish
from search.register.head import decided, of_decision
from search.register.listing import Listed
from search.register.wish import Detail, Sought, is_amendment
from search.results import Answered
from search.settings import Quoting


class Item(NamedTuple):
    """The passages ``found`` of one section, the best first, and those ``on_it``: that say the matter by themselves.

    Headings count as said. A matter is often talked of in another's item, whose decision is not on it.
    """

    found: tuple[Ranked, ...]
    on_it: tuple[Ranked, ...]


# What a sentence says that gives the detail, where the register has no decision that does.
_SAID: Mapping[Detail, re.Pattern[str]] = {
    "mover": re.compile(r"\b(?:mov|propos|second)(?:ed|er|ing)\b", re.IGNORECASE),
    "seconder": re.compile(r"\bsecond(?:ed|er|ing)\b", re.IGNORECASE),
    # "To be presented to Council" says to whom, and not by whom.
    "presenter": re.compile(
        r"(?<!\bbe )(?<!\bbeen )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\b(?:present|introduc|outlin)ed\b(?! to\b)"
        r"|\b(?:present|introduc|outlin)ed by\b",
        re.IGNORECASE,
    ),
    "vote": re.compile(r"\b(?:vot(?:e|ed|es|ing)|carried|lost|unanimous(?:ly)?|abst\w+|nem\.? ?con)\b", re.IGNORECASE),
}
_LACKING: Mapping[Detail, str] = {"mover": "mover or seconder", "seconder": "seconder", "vote": "vote"}


def bound(query: Query, filters: Filters) -> Filters:
    """Narrow filters to the meetings of a body and days that are both named: "at the AGM in 2014" is of no other year.

    A year of accounts ("the 2014/15 budget") says on which matter, and not when it was decided.
    """
    of = wish.of(query)
    dated = bool(of.periods) and not any("/" in one.words for one in of.periods)
    return held.narrowed(of, filters) if dated and (of.boards or of.authorities) else filters


def items_on(query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], quoting: Quoting) -> list[Item]:
    """Find the items on the matter: those whose passages, with their headings, say most of the question between them.

    Of the days that are named, or that say so; of a meeting of the body that is named neither need say body and days.

    Args:
        query: the question for the decision.
        tokens: its tokens.
        ranked: the passages found, the best first.
        quoting: what share of the telling words counts, and from which cosine one is said.
    """
    of, own = wish.of(query), matter.words_of(query)
    on_matter = tokens.without(frozenset(query.words).difference(own)) if own else tokens
    sections: dict[tuple[str, int], list[Ranked]] = {}
    for one in ranked:
        if presence.of_days(query, one.stored, one.stored.passage.text):
            sections.setdefault((one.stored.paper.id, one.stored.section.ordinal), []).append(one)
    items: list[Item] = []
    for some in sections.values():
        asked = on_matter if held.concerns(of, some[0].stored.section.meeting) else tokens
        said = [one.cosines.max(axis=1, initial=0.0) for one in some]
        if asked.share_said(np.max(said, axis=0), quoting.said) >= quoting.on_it:
            shares = (asked.share_said(own, quoting.said) for own in said)
            on_it = (one for one, share in zip(some, shares, strict=True) if share >= quoting.on_it)
            items.append(Item(tuple(some), tuple(on_it)))
    return items


def with_detail(
    sought: Sought, items: Sequence[Item], answer_of: Callable[[], Answered], library: Library, contents: Contents
) -> Answered | None:
    """Put the decision first that prints the vote, mover or seconder asked for; None where no item's decision does.

    Args:
        sought: which of them, and whether an amendment's.
        items: those on the matter, the best first.
        answer_of: gives the answer to what was decided; it is asked only where an item's decision prints the detail.
        library: the archive.
        contents: sections and page numbers of its papers.
    """
    row = next((row for item in items if (row := _decision(item, sought, library))), None)
    if row is None:
        return None
    told = listing.of_rows((row,), (), library, contents)
    own, homes = printed.hits(told.rows, 1, library, contents)
    answered = answer_of()
    first = {hit.stored.id for hit in own}
    rest = [hit for hit in answered.hits if hit.stored.id not in first]
    hits = [*own, *(replace(hit, rank=len(own) + number) for number, hit in enumerate(rest, 1))]
    answer = printed.quoted(told.rows, homes, hits, contents)
    if not answer:
        return None
    return replace(answered, status="answered", hits=tuple(hits), answer=answer, head=told.heads[0], mentioned=0)


def as_said(
    sought: Sought, items: Sequence[Item], answered: Answered, library: Library, contents: Contents
) -> Answered:
    """Keep what of an answer gives the detail in words, of items on the matter; say what is not printed otherwise.

    Arguments as of `with_detail`, but for ``answered``, the answer to the question itself.
    """
    on_matter = {(first.stored.paper.id, first.stored.section.ordinal) for (first, *_), _ in items}
    homes = {hit.rank: (hit.stored.paper.id, hit.stored.section.ordinal) for hit in answered.hits}
    says = _SAID[sought.detail].search
    # Who presents is told before the decision, which alone says the matter: the answer's own judgement stands.
    free = sought.detail == "presenter"
    own = (one for one in answered.answer if (free or homes[one.hit] in on_matter) and says(one.text))
    said = tuple(one for one in own if is_amendment(one.text) or not sought.amendment)
    if said:
        return replace(answered, answer=said)
    row = next((row for item in items if (row := _decision(item, Sought(""), library))), None)
    note = "The minutes held print no such decision."
    if sought.detail == "presenter":  # which the register does not keep
        note = "No passage that was found says who presented it."
    elif row is not None and not sought.amendment:
        note = (
            f"The nearest decision held prints no {_LACKING[sought.detail]}: {of_decision(row, library, contents).text}"
        )
    listed = Listed((), (), "No such decision", (note,))
    return replace(answered, status="not_found", answer=(), head=None, overview=None, listed=listed)


def _decision(item: Item, sought: Sought, library: Library) -> StoredDecision | None:
    """Give the decision that prints what is wanted and is held by the best passage of an item that says the matter."""
    papers = (item.found[0].stored.paper.id,)
    every = [row for row in library.decisions(Filters(papers=papers, kinds=("resolution",))) if _prints(row, sought)]
    return next((row for one in item.on_it if (row := decided(one.stored, every)) is not None), None)


def _prints(row: StoredDecision, sought: Sought) -> bool:
    decision, detail = row.decision, sought.detail
    if detail == "presenter":
        return False
    if sought.amendment and not is_amendment(decision.text):
        return False
    if detail == "vote":
        return decision.votes is not None or decision.outcome == "lost"
    if detail == "seconder":
        return bool(decision.seconder)
    return not detail or bool(decision.mover or decision.seconder)
