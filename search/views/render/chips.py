"""Chips: what a search is limited to, each with a link that lifts the limit, and what it could be limited to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from indexer.text import dates, periods
from search.question import asked_days
from search.results import Answered
from search.views import address
from search.views.address import Asked
from search.views.render import phrasing
from search.views.render.markup import plain


def html(label: str, chips: Iterable[str]) -> str:
    """Give chips in a row under a label that screen readers read; "" where there are none."""
    rows = "".join(f"<li>{chip}</li>" for chip in chips)
    return f'<ul class="chips" aria-label="{plain(label)}">{rows}</ul>' if rows else ""


def chip(words: str, link: str, said: str = "", sign: str = "") -> str:
    """Give a chip that leads to an address; ``said`` comes before its words for screen readers, ``sign`` after."""
    before = f'<span class="heard">{plain(said)} </span>' if said else ""
    after = f' <span aria-hidden="true">{plain(sign)}</span>' if sign else ""
    return f'<a class="chip" href="{plain(link)}">{before}{plain(words)}{after}</a>'


def link(asked: Asked) -> str:
    """Give the address of a view of the page that one is on."""
    return f"?{urlencode(address.to_params(asked), doseq=True)}"


def filters_html(asked: Asked) -> str:
    """Give the filters in use, each with a link to the same view without it; "" where there are none."""
    own = asked.form
    limits = [(name, replace(own, authorities=_without(own.authorities, name))) for name in own.authorities]
    limits += [(name, replace(own, boards=_without(own.boards, name))) for name in own.boards]
    limits += [
        (phrasing.KIND[kind], replace(own, kinds=tuple(one for one in own.kinds if one != kind))) for kind in own.kinds
    ]
    if said := _days(own.date_from, own.date_to):
        limits.append((said, replace(own, date_from=None, date_to=None)))
    return html("Filters in use", (chip(words, link(without), "Remove the filter", "×") for words, without in limits))


def carried_html(asked: Asked, answered: Answered) -> str:
    """Give how a question was taken, and what was added to it, each with a link to be without it."""
    carried = answered.follow_up.carried if answered.follow_up else ()
    made = (
        chip(one.text, link(replace(asked.form, without=(*asked.without, one.part))), "Leave out", "×")
        for one in carried
    )
    taken = f"<p>Taken as: {plain(answered.question)}</p>" if answered.follow_up else ""
    return taken + html("Added to the question", made)


def named_html(asked: Asked, answered: Answered, boards: Iterable[str], authorities: Iterable[str]) -> str:
    """Give what the question names as chips that limit the search to it: boards, councils, dates, and places.

    Args:
        asked: the view.
        answered: what was found.
        boards: names of all boards in the archive.
        authorities: names of all councils in the archive.
    """
    own, limits = asked.form, list[tuple[str, Asked]]()
    noticed = set(answered.noticed)
    limits += [(name, replace(own, boards=(name,))) for name in boards if name in noticed - set(own.boards)]
    limits += [
        (name, replace(own, authorities=(name,))) for name in authorities if name in noticed - set(own.authorities)
    ]
    if not (own.date_from or own.date_to):
        named = asked_days.stretched(answered.question, periods.periods(answered.question))
        for first, last, words in ((*asked_days.ends(one), one.words) for one in named):
            limits.append((words, replace(own, date_from=first, date_to=last)))
    limits += [(f"“{name}”", replace(own, question=_quoted(own.question, name))) for name in places(answered)]
    return html("Limit the search to what you named", (chip(words, link(only), "Only", "+") for words, only in limits))


def places(answered: Answered) -> list[str]:
    """Find names in a question that the passages found hold: capitalised words that are not a date, board or acronym.

    A name in quotation marks is limited to already, and not given.
    """
    words = answered.question.split()
    known = " ".join((*answered.noticed, *answered.expanded)).casefold()
    texts = " ".join(hit.stored.passage.text for hit in answered.hits)
    names, run = list[str](), list[str]()
    for place, word in enumerate([*words, ""]):
        bare = word.strip("?!.,;:()").removesuffix("’s").removesuffix("'s")
        named = bare[:1].isupper() and not bare.isupper() and place > 0 and bare.casefold() not in known
        run = [*run, bare] if named else run
        if run and not (named and word == bare):
            names.append(" ".join(run))
            run = []
    return [name for name in dict.fromkeys(names) if name in texts]


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{dates.written(first)} to {dates.written(last)}"
    return f"From {dates.written(first)}" if first else f"To {dates.written(last)}" if last else ""


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def _quoted(question: str, name: str) -> str:
    return question.replace(name, f"“{name}”", 1)
