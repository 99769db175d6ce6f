"""What an answer must contain by the question's wording: an amount, a share, a count, a time, a date, a name.

"How much did it cost" is not answered by a sentence without an amount, however well its words match.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.records import PassageKind
from search.question.query import Query
from search.results import RULINGS

Holds = Callable[[str, PassageKind], bool]

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|dozens?|none|no|half|both|single"
)
_MONEY = re.compile(
    r"£\s?\d|\b\d[\d,.]*\s?(?:k|m|bn|million|billion|thousand|pounds|pence|p)\b|\b\d{1,3}(?:,\d{3})+\b", re.I
)
_SHARE = re.compile(
    r"\d\s?%|\bper ?cent\b|\b\d+(?:\.\d+)?\s?(?:per|in|out of)\s(?:every\s)?(?:\d|[a-z])|\b\d+\.\d+\b", re.I
)
_COUNT = re.compile(rf"(?<![\d/.,£-])\d[\d,]*(?![\d/]|\.\d)|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
_TIME = re.compile(
    rf"\b(?:\d+(?:\.\d+)?|{_NUMBER_WORDS}|an?)[\s-](?:working\s|calendar\s)?(?:minute|hour|day|week|month|year)s?\b"
    r"|\b(?:weekly|monthly|quarterly|annually|yearly|daily|every|each)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)
# A person, or a body that acts like one.
_NAME = re.compile(
    r"\b(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Revd?)\b\.?\s+[A-Z]"
    r"|\b[A-Z][a-z’'-]+\s+(?:[A-Z]\.?\s+)?[A-Z][a-z’'-]+"
    r"|\b[Tt]he (?:county |city |borough |district )?(?:council|cabinet|board|committee|trust|police|government)\b"
)

# Numbers that count nothing: of paragraphs, dates, years, quarters, appendices and pages.
_LABELS = re.compile(
    # Of paragraphs: a number before a capital.
    r"^\W*\(?\d{1,3}(?:\.\d{1,3})*[.)]?\s+(?=(?-i:[A-Z]))|(?<=[\t\n])\(?\d{1,2}[.)]\s+(?=(?-i:[A-Z]))"
    r"|\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?\b|\b\d\d/\d\d\b"
    r"|\bQ\d\b|\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b(?:page|paragraph|para|appendix|section|item|table|figure|chart|annex|phase|stage|tier|level|part)s?\s"
    r"\d+(?:\.\d+)*|\bone (?:of|another)\b|\bno (?=[a-z])"
    # The pages of an item on an agenda.
    r"|\t\s*\d{1,3}\s?[–-]\s?\d{1,3}\s*$",
    re.IGNORECASE,
)
_UNIT = r"(?:minute|hour|day|week|month|year)s?"
_PERIOD = re.compile(rf"\b(?:\d+(?:\.\d+)?|{_NUMBER_WORDS})[\s-](?:working\s|calendar\s)?{_UNIT}\b", re.IGNORECASE)
_OF_TIME = re.compile(rf"\b{_UNIT}\b", re.IGNORECASE)

# What was decided is told in the past.
_DECIDED = re.compile(
    r"\b(?:resolved|agreed|approved|endorsed|decided|decisions?|determined|adopted|accepted|noted|supported|ratified|recommend(?:ed|s|ations?)"
    r"|deferred|postponed|referred|refused|rejected|declined|carried|lost|voted|unanimous(?:ly)?|withdrawn|granted)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"\b(?:why|how|reasons?|explain\w*)\b", re.IGNORECASE)
_AMOUNT = re.compile(f"{_MONEY.pattern}|{_SHARE.pattern}", re.IGNORECASE)
_OFTEN = re.compile(
    rf"{_TIME.pattern}|{_SHARE.pattern}|{_COUNT.pattern}|\b(?:once|twice|times|never|always)\b", re.IGNORECASE
)
_RATE = re.compile(f"{_SHARE.pattern}|{_COUNT.pattern}", re.IGNORECASE)
# "What do the papers say about the cost" asks for more than an amount.
_WHICH = r"\b(?:what|which)\b(?! do(?:es)? (?:the )?(?:papers?|reports?|council|boards?))"
_VERB = r"(?:did|do|does|is|are|was|were|will|has|have|had|can|should)"
# The first that fits the question decides.
_ASKED = tuple(
    (re.compile("|".join(question), re.IGNORECASE), answer)
    for question, answer in (
        (
            (
                r"\bhow much\b",
                r"\bhow (?:big|large)\b.{0,40}\b(?:budget|grant|fund|deficit|debt|overspend|underspend|saving)",
                rf"{_WHICH}.{{0,30}}\b(?:cost|budget|amount|sum|fees?|salary|price)\b",
                r"\bestimated (?:\w+ )?costs?\b",
            ),
            _AMOUNT,
        ),
        ((r"\bpercent\w*", r"\bper cent\b", r"\bproportion\b", r"\bshare of\b"), _SHARE),
        ((r"\brates?\b",), _RATE),
        ((r"\bhow (?:often|frequently|regularly)\b", r"\bhow many times\b"), _OFTEN),
        ((r"\bhow long\b", r"\b(?:waiting|response) times?\b"), _TIME),
        ((r"\bhow many\b", r"\bnumbers? of\b", r"\bhow (?:large|big)\b"), _COUNT),
        (
            (
                rf"\bwhen {_VERB}\b",
                r"\b(?:and|from|since|until|by|off) when\b",
                r"\bwhen\W*$",
                r"\b(?:what|which) (?:date|year|month|day)\b",
            ),
            _DATE,
        ),
        ((r"^who(?:se|m)?\b", rf"\bwho {_VERB}\b", r"\bwhich (?:\w+ )?(?:officer|councillor|member|person)\b"), _NAME),
    )
)


def wanted(query: Query) -> Holds | None:
    """Say how to tell whether a sentence holds what the question asks for; None where any sentence may answer.

    Dates, numbers and names that the question itself says do not count: repeating them answers nothing.

    Returns:
        What takes a sentence and the kind of its passage; all of a resolution or recommendation tells what was decided.
    """
    answer = next((answer for question, answer in _ASKED if question.search(query.text)), None)
    if answer is None:
        return _decides if _asks_what_was_decided(query) else None
    labels = (_LABELS,) if answer in (_COUNT, _RATE) else ()
    if answer is _COUNT and not _OF_TIME.search(query.text):
        labels = (*labels, _PERIOD)  # "for twelve weeks" does not tell how many people
    said = {match.group().casefold() for match in answer.finditer(query.text)}

    def holds(sentence: str, kind: PassageKind) -> bool:
        del kind
        for label in labels:
            sentence = label.sub(" ", sentence)
        return any(match.group().casefold() not in said for match in answer.finditer(sentence))

    return holds


def _asks_what_was_decided(query: Query) -> bool:
    return query.intent in {"decision", "recommendation"} and not _EXPLAINED.search(query.text)


def _decides(sentence: str, kind: PassageKind) -> bool:
    return kind in RULINGS or _DECIDED.search(sentence) is not None
