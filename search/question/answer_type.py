"""What an answer must contain by the question's wording: a sum, a share, a size, a count, a time, a date, a name.

"How much did it cost" is not answered by a sentence without a sum, however well its words match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.records import RULINGS, PassageKind
from indexer.text import figures
from indexer.text.words import STOP_WORDS, words
from search.question import deeds, typed
from search.question.query import Query
from search.question.typed import Find, Place

Holds = Callable[[str, PassageKind], bool]

# What is counted, where that is time.
_TIME_COUNTED = re.compile(rf"\b(?:how many|numbers? of)\s(?:\w{{1,20}}\s)?({typed.UNIT_OF_TIME})\b", re.IGNORECASE)

# What was decided is said in the past tense.
_DECIDED = re.compile(
    r"\b(?:resolved|agreed|approved|endorsed|decided|decisions?|determined|adopted|accepted|noted|supported|ratified"
    r"|recommend(?:ed|s|ations?)|deferred|postponed|referred|refused|rejected|declined|carried|lost|voted"
    r"|unanimous(?:ly)?|withdrawn|granted)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"\b(?:why|how|reasons?|explain\w*)\b", re.IGNORECASE)


# "What do the papers say about the cost" asks for more than an amount.
_WHICH = r"\b(?:what|which)\b(?! do(?:es)? (?:the )?(?:papers?|reports?|council|boards?))"
_VERB = r"(?:did|do|does|is|are|was|were|will|has|have|had|can|should)"
_PAID = (
    r"\b(?:cost|costs|pay|paid|spend|spent|money|budget|grant|fund\w*|price|charge\w*|fees?|save|saved|owe\w*|worth)\b"
)
_SUMMED = r"(?:precept|income|expenditure|turnover|deficit|surplus|balance|debt|grant)(?=\W*$| (?:for|in|of|at) \w)"
# The first that fits the question decides.
_TYPES: tuple[tuple[re.Pattern[str], Find], ...] = tuple(
    (re.compile("|".join(question), re.IGNORECASE), find)
    for question, find in (
        (
            (
                rf"\bhow much\b.{{0,60}}{_PAID}",
                # What was decided about a budget is no sum.
                rf"{_WHICH}(?:(?!\b(?:about|on|over|regarding)\b).){{0,30}}\b(?:cost|budget|amount|sum|fees?|fares?|salary|price|rent|premium)\b",
                rf"\bwhat {_VERB}\b.{{0,80}}\b(?:cost|charge)\b(?! of\b)",
                # "What has been paid for mowing?" asks for sums, "what was it spent on?" does not.
                rf"\bwhat {_VERB}\b.{{0,80}}\b(?:paid|spent)\b(?!(?: (?:on|for|by|with|to))?\W*$)",
                r"\bestimated (?:\w{1,20} )?costs?\b",
                r"\bcosts?\W*$",
                # "What was the parish's precept for 2024/25?"
                rf"\bwhat {_VERB} (?:the|its|our|[\w’'-]{{1,30}}['’]s?) (?:[\w’'&-]{{1,30}} ){{0,5}}?{_SUMMED}",
            ),
            typed.amounts,
        ),
        (
            (
                r"\bhow much\b",
                r"\bhow (?:far(?!.{0,60}\b(?:got|gone|come|progress\w*)\b)|fast|heavy|tall|high|wide|deep)\b",
            ),
            typed.sizes,
        ),
        ((r"\bpercent\w*", r"\bper cent\b", r"\bproportion\b", r"\bshare of\b"), typed.shares),
        ((r"\brates?\b", r"\bhow (?:large|big)\b"), typed.rates),
        ((r"\bhow (?:often|frequently|regularly)\b", r"\bhow many times\b"), typed.often),
        ((r"\bhow long\b", r"\b(?:waiting|response) times?\b"), typed.times),
        ((r"\bhow many\b", r"\bnumbers? of\b"), typed.counts),
        (
            (
                rf"\bwhen {_VERB}\b",
                r"\b(?:and|from|since|until|by|off) when\b",
                r"\bwhen\W{0,9}$",
                r"\b(?:what|which) (?:date|year|month|day)\b",
            ),
            typed.days,
        ),
        (
            (r"^who(?:se|m)?\b", rf"\bwho {_VERB}\b", r"\bwhich (?:\w{1,20} )?(?:officer|councillor|member|person)\b"),
            typed.names_of,
        ),
        # One thing of a kind is asked for: it is identified by a name or a number that the question does not give.
        (
            (
                (
                    r"^(?:and )?which (?!of\b)(?:\w{1,20} ){0,3}?\w{1,20}(?<!s) "
                    r"(?:\w+ed|is|was|has|had|did|does|will|owns?|won|made)\b"
                ),
            ),
            typed.distinct,
        ),
    )
)
# These ask for another figure than the one that they name.
_HOW = re.compile(
    r"\b(?:how|why|when)\b|\b(?:what|which) (?:share|percent\w*|proportion|rate|date|year|amount|sum)\b",
    re.IGNORECASE,
)


def _unit(word: str) -> str:
    """Give what distinguishes units of time, whole or cut short: only minutes and months begin the same."""
    return word[: 2 if word[:1] in "mM" else 1].lower()


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question wants an answer to hold.

    ``places`` gives where a text holds it; ``figure`` says that it is a number of something or a sum.
    """

    places: Callable[[str], Iterator[Place]]
    figure: bool


def expected(query: Query) -> Expected | None:
    """Say what an answer must hold by the question's wording; None where nothing of the kind is asked for.

    Dates, numbers and names that the question itself says do not count: repeating them answers nothing.
    """
    find = next((find for question, find in _TYPES if question.search(query.text)), None)
    if find is None:
        return None
    labels: tuple[re.Pattern[str], ...] = ()
    if find in (typed.sizes, typed.counts, typed.rates):
        labels = (typed.LABELS,)
    if find is typed.counts:
        labels = (*labels, typed.TIME)  # "for twelve weeks" does not say how many people
    counted = {_unit(match[1]) for match in _TIME_COUNTED.finditer(query.text)}
    said = {form for _, _, form in find(query.text)}
    # "The Harbour Board" is no other name than the question's own.
    own = set(words(query.text)) | STOP_WORDS if find in (typed.names_of, typed.distinct) else set()

    def blank(match: re.Match[str]) -> str:
        is_counted = counted and _unit(match.group().rpartition(" ")[2]) in counted
        return match.group() if is_counted else " " * len(match.group())

    def places(text: str) -> Iterator[Place]:
        for label in labels:
            text = label.sub(blank, text)
        others = ((start, end) for start, end, form in find(text) if form not in said)
        return ((start, end) for start, end in others if not own or not set(words(text[start:end])) <= own)

    return Expected(places, find in (typed.amounts, typed.sizes, typed.shares, typed.rates, typed.counts))


def answer_type(query: Query) -> Holds | None:
    """Say how to decide whether a sentence holds what the question asks for; None where any sentence may answer.

    A question that names a sum or a share as its clue ("who got £5,100?") is answered where that sum appears.

    Returns:
        What takes a sentence and the kind of its passage; any part of a resolution or recommendation says what was
        decided.
    """
    clues = figures.keys(query.text)
    if clues and not _HOW.search(query.text):
        return lambda sentence, _: bool(clues & figures.keys(sentence))
    if (sought := expected(query)) is not None:
        when = deeds.asks_when(query)  # a ruling has its meeting's day; of other places the first is enough
        return lambda said, kind: (when and kind == "resolution") or next(sought.places(said), None) is not None
    decided = query.intent in {"decision", "recommendation"} and not _EXPLAINED.search(query.text)
    return _decides if decided else None


def asks_detail(query: Query) -> bool:
    """Whether a sum, a date, a name or the like is asked for, which a ruling need not give."""
    return any(question.search(query.text) for question, _ in _TYPES)


def _decides(sentence: str, kind: PassageKind) -> bool:
    return kind in RULINGS or _DECIDED.search(sentence) is not None
