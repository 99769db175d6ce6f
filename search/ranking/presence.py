"""What of a question's names, numbers, dates and rare words the passages found hold, letter by letter.

Vectors blur names: one county is near to another, and 2013 to 2016. So these are looked for as they are written, in a
passage, its headings, and the meeting and paper that it belongs to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import PurePath

from indexer.records import StoredPassage
from indexer.text import dates, matching
from indexer.text.figures import blanked, keys
from indexer.text.periods import Period, periods
from indexer.text.sentences import sentences
from indexer.text.words import DIGITS, STOP_WORDS, WORD, fold, initials, single, words
from search.library import Library
from search.question import matter, sides
from search.question.entities import GENERIC
from search.question.intent import WHICH
from search.question.query import Query, content_words
from search.ranking.rerank import Ranked
from search.settings import DEFAULT, Evidence, Naming

_NAME = re.compile(r"\b[A-Z][^\W_]*(?:['’&-][^\W_]+)*|(?<![\w£.,])\d[\d,./-]*\b")
# "the Planning Committee", "Ashby's parish council": the kind of body, and the name before it.
_KIND = r"(?:board|committee|panel|commission|forum|partnership|trust|council|authority|cabinet)"
_BODY = re.compile(
    rf"(?<!\w)([A-Z][\w’'-]+(?: (?:(?:of|and|the|for) ){{0,2}}[A-Z][\w’'-]+){{0,4}})"
    r" (?:(?:parish|town|city|county|borough|district|community|combined|unitary|health|library) ){0,2}"
    rf"((?i:{_KIND}))\b"
)
_OF_PLACES = frozenset({"council", "authority", "cabinet"})
_SHORT_YEARS = re.compile(r"(?<![\d/])(\d\d)/(\d\d)(?![\d/])")
# The year of an Act or of rules is none in which anything was done.
_ACT = re.compile(r"\b(?:Acts?|Regulations?|Order|Rules|Directive)\b(?: \([A-Z]\w+\))?,? (?:of )?(?:19|20)\d\d\b")
_MONTHS = frozenset(name.lower() for name in dates.MONTHS)


def rarities(query: Query, library: Library) -> dict[str, float]:
    """Weigh the telling words and names of a question by their rarity in the archive, (0, 1]: 1 for an unknown word."""
    names = (part for name in named(query) for part in words(name))
    every = list(dict.fromkeys([*content_words(query.text), *names, *keys(query.text)]))
    counts = library.term_frequencies(every)
    total = library.totals().passages + 1
    return {word: math.log(1 + total / (1 + counts.get(word, 0))) / math.log(1 + total) for word in every}


def named(query: Query) -> tuple[str, ...]:
    """Give the names and numbers of a question in lower case, without its dates and words for kinds of bodies.

    Names are words that begin with a capital, except the first one; where small words do so too, none is meant.
    """
    return _named(query.text, query.periods, query.framing, (*query.authorities, *query.boards), query.naming.capitals)


@lru_cache(maxsize=64)  # it is asked for each passage that was found
def _named(
    text: str, periods: Sequence[Period], framing: Set[str], own: Sequence[str], capitals: float
) -> tuple[str, ...]:
    # Sums and shares are compared by value, not letter by letter.
    matches = list(_NAME.finditer(blanked(text)))
    small = [word for word in WORD.findall(text)[1:] if word.lower() in STOP_WORDS]
    most = capitals * max(1, len(small))
    shouted = text.isupper() or sum(word[0].isupper() for word in small) > most
    dated = {part for period in periods for part in words(period.words)}
    names = []
    for match in matches:
        name = match.group().removesuffix("'s").removesuffix("’s")
        opening = not WORD.search(text[: match.start()]) and not (name.isupper() and len(name) > 1)
        if name[0].isupper() and (opening or shouted):
            continue
        if not set(words(name)) <= STOP_WORDS | GENERIC | dated | _MONTHS | framing:
            names.append(name.lower())
    bodies = () if shouted else _bodies(text, own)
    inside = {word for body in bodies for word in body.split()}
    return tuple(dict.fromkeys([*(name for name in names if name not in inside), *bodies]))


def _bodies(text: str, own: Sequence[str]) -> tuple[str, ...]:
    """Give the bodies that a question names, in lower case, by name and kind; "Ashshire Board" names no such body.

    What the archive's ``own`` bodies are called is no part of a name.
    """
    known = {word for name in own for word in words(name)} | STOP_WORDS | GENERIC
    every = []
    for match in _BODY.finditer(text):
        opening = not WORD.search(text[: match.start()])
        name = [word for word in words(match[1])[opening:] if word not in known]
        every += [" ".join([*name, match[2].lower()])] if name else []
    return tuple(every)


def share_named(query: Query, text: str, rarity: Mapping[str, float]) -> float:
    """Give the share of the question's names, numbers and sums, by rarity, that a text holds; 1 where it has none."""
    sums = keys(query.text)
    weights = {name: sum(rarity[part] for part in words(name)) for name in named(query)}
    total = sum(weights.values()) + len(sums)
    if not total:
        return 1.0
    held = _single(text) if any(" " not in name for name in weights) else set()
    # What is soonest looked for goes first: most names are words of their own.
    lacking = {name for name in weights if not _in_words(name, query, held)}
    if lacking:
        laid_out = matching.laid_out(text)
        lacking = {name for name in lacking if not matching.phrase_pattern(name).search(laid_out)}
    if lacking:
        spelt = initials(text)
        lacking = {name for name in lacking if _short(name, query) not in spelt}
        lacking = {name for name in lacking if not (" " in name and _says_body(name, text, query.naming))}
        if any(" " in name for name in lacking):
            return 0.0  # what another body did is no answer, whatever else is named
    said = sum(weight for name, weight in weights.items() if name not in lacking)
    return (said + (len(sums & keys(text)) if sums else 0)) / total


def _in_words(name: str, query: Query, held: Set[str]) -> bool:
    """Whether a text holds a name of one word, or another form of it, by its words."""
    return " " not in name and any(_single(form) <= held for form in (name, *query.expanded.get(name.upper(), ())))


def _says_body(name: str, text: str, naming: Naming) -> bool:
    """Whether a text says a body's name a few words before its kind, or ends an acronym with its initials.

    Half of the name will do for a board; a council has that of its place.
    """
    *own, kind = name.split()
    least = len(own) if kind in _OF_PLACES else len(own) / 2
    said, short = words(text), initials(name)
    if len(short) > naming.phrase and any(word.endswith(short) for word in said):
        return True
    before = (
        set(map(single, said[max(0, at - naming.before_kind) : at])) for at, word in enumerate(said) if word == kind
    )
    return any(sum(single(word) in some for word in own) >= least for some in before)


def says_names(query: Query, stored: StoredPassage) -> bool:
    """Say whether a passage or what is around it holds half of the question's names and numbers, or there are none.

    Of bodies that are compared, neither need name the other.
    """
    compared = {word for side in sides.sides(query) for name in side.names for word in words(name)}
    alike = {part: float(part not in compared) for name in named(query) for part in words(name)}
    return share_named(query, around(stored), alike) >= query.naming.half


def says_further_names(query: Query, stored: StoredPassage) -> bool:
    """Do the same with the names of the passage's own body left out: all that its papers say is of it."""
    bodies = (stored.section.meeting, stored.paper.meeting)
    own = {word for one in bodies for word in words(f"{one.authority} {one.board}")}
    further = {part: float(part not in own) for name in named(query) for part in words(name)}
    return share_named(query, around(stored), further) >= query.naming.half


def elsewhere(query: Query, stored: StoredPassage) -> bool:
    """Say whether a passage is of a known council whose name has none of the words of those that the question names."""
    named = {word for name in query.authorities for word in words(name)} - GENERIC - STOP_WORDS
    meeting, paper = stored.section.meeting, stored.paper.meeting
    own = words(" ".join((meeting.authority, paper.authority, meeting.board, paper.board)))
    return bool(named and (meeting.authority or paper.authority)) and named.isdisjoint(own)


def names_it(query: Query, stored: StoredPassage) -> bool:
    """Say whether a passage names what is asked for: all of the matter where all that hold it are asked for."""
    return (says_matter if WHICH.search(query.text) else says_names)(query, stored)


def says_matter(query: Query, stored: StoredPassage) -> bool:
    """Say whether a passage with its headings holds the question's matter: as a phrase where it is one, or its words.

    Another form of it, such as an acronym, is as good; so is the singular or plural.
    """
    left = matter.words_of(query)
    phrase = " ".join(left)
    if phrase not in fold(query.text) or len(left) > query.naming.phrase:
        return any(set(map(single, left)) <= said for said in _said_together(stored, set(map(single, left))))
    laid_out = matching.laid_out(around(stored))
    others = [form for said, forms in query.expanded.items() if said.lower() == phrase for form in forms]
    ways = (phrase, f"{phrase}s", single(phrase), *others)
    return bool(phrase) and any(matching.phrase_pattern(way).search(laid_out) for way in ways)


def titled(query: Query, stored: StoredPassage) -> bool:
    """Say whether a passage stands under a heading that says the question's matter, or in a paper of such a title."""
    left = set(map(single, matter.words_of(query)))
    titles = (*stored.passage.trail, stored.section.title, stored.paper.title)
    return bool(left) and any(left <= _single(title) for title in titles)


def _said_together(stored: StoredPassage, left: set[str]) -> Iterator[set[str]]:
    """Yield what is said together, with what is around it: each sentence or row, if the whole passage has all words."""
    if not left <= _single(around(stored)):
        return
    text = stored.passage.text
    over = _single(around(replace(stored, passage=replace(stored.passage, text=""))))
    yield from (_single(text[start:end]) | over for start, end in sentences(text))


def unknown_name(query: Query, rarity: Mapping[str, float]) -> bool:
    """Say whether the question names something of which the archive holds no word nor other form, or no such board."""
    return any(
        (" " in name and not query.boards) or (name.upper() not in query.expanded and _strange(name, rarity))
        for name in named(query)
    )


def _strange(name: str, rarity: Mapping[str, float]) -> bool:
    return all(rarity[part] == 1.0 for part in words(name))


def fits(query: Query, first: Sequence[StoredPassage], evidence: Evidence = DEFAULT.evidence) -> list[float]:
    """Say how well each passage fits the days that the question names, in [0, 1]; 1 where it names none."""
    named = sides.periods(query)
    return [_fit(named, stored, evidence) if named else 1.0 for stored in first]


def of_days(query: Query, stored: StoredPassage, said: str) -> bool:
    """Say whether what is quoted of a passage is of the days that the question names; true where it names none.

    Its meeting was then, or it or its headings say so; where it names no days itself, its passage may.
    """
    named = sides.periods(query)
    days = [day for day in (stored.section.meeting.date, stored.paper.meeting.date) if day]
    if not named or any(period.first <= day <= period.last for period in named for day in days):
        return True
    own = days_said(said)
    titles = " ".join((*stored.passage.trail, stored.section.title, stored.paper.title))
    own = [*own, *days_said(titles)] if own else days_said(around(stored))
    return any(one.first <= period.last and period.first <= one.last for period in named for one in own)


def days_said(text: str) -> list[Period]:
    """Give the days that a text names with their year in full: "36/37" may count pages."""
    return [one for one in _said(text) if any(len(run) == len("2014") for run in DIGITS.findall(one.words))]


def share_dated(ranked: Sequence[Ranked], fitting: Sequence[float]) -> float:
    """Say how well the passages that fit the days named match beside the best of all, in [0, 1]."""
    best = max((one.match for one in ranked), default=0.0)
    if not best:
        return 1.0
    return max(fit * one.match for fit, one in zip(fitting, ranked, strict=True)) / best


def _fit(named: Sequence[Period], stored: StoredPassage, evidence: Evidence) -> float:
    days = [day for day in (stored.section.meeting.date, stored.paper.meeting.date) if day]
    if any(period.first <= day <= period.last for period in named for day in days):
        return 1.0
    said = _said(around(stored))  # read last: it takes its time
    return max(_fits(period, days, said, evidence) for period in named)


def _fits(period: Period, days: Sequence[date], said: Sequence[Period], evidence: Evidence) -> float:
    named = [one for one in said if one.first <= period.last and period.first <= one.last]
    if any(one.exact or not period.exact for one in named):
        return evidence.said
    # A paper that only names the year may be of another month than the one that is asked for.
    soon = any(period.last < day <= period.last + timedelta(days=evidence.soon_days) for day in days)
    return evidence.soon if named or soon else 0.0


def _said(text: str) -> list[Period]:
    text = _ACT.sub(" ", text)
    short = (f"20{first}/{last}" for first, last in _SHORT_YEARS.findall(text) if int(last) == int(first) + 1)
    return [*periods(text), *periods(" ".join(short))]


def around(stored: StoredPassage) -> str:
    """Give a passage with its headings and the names of its paper, meeting and boards."""
    paper, meeting = stored.paper, stored.section.meeting
    bodies = (meeting.authority, meeting.board, paper.meeting.authority, paper.meeting.board)
    names = (paper.title, PurePath(paper.path).name, stored.section.title, *bodies)
    return " ".join([stored.passage.text, *stored.passage.trail, *names])


def _short(name: str, query: Query) -> str:
    """Give the letters of a name that the question writes in capitals ("B&Bs": "bb"); else what no text holds.

    A name with a figure is its letters and the figure: "HS2" is not what any "HS" stands for.
    """
    if DIGITS.search(name):
        return "?"
    written = re.search(re.escape(name), query.text, re.IGNORECASE)
    letters = re.sub(r"[^A-Z]", "", written.group()) if written else ""
    return letters.lower() if len(letters) > 1 and len(letters) >= len(name) - 2 else "?"


def _single(text: str) -> set[str]:
    """Give the words of a text without the s of a plural."""
    return set(map(single, set(words(text))))
