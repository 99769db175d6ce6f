"""Where a text has what is of one type: a sum, a share, a size, a count, a time, a date, a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from indexer.text import dates, figures, names, number_words
from indexer.text.words import fold

Place = tuple[int, int]
# Finds what is of one type in a text: where each begins and ends, and one form for all ways of printing it, as
# "£2.4m" and "£2,400,000" are the same.
Find = Callable[[str], Iterator[tuple[int, int, str]]]

_NUMBER = rf"\d[\d,]{{0,15}}(?:\.\d{{1,9}})?|{number_words.CARDINAL}"
_SCALED = re.compile(
    r"\d(?:(?<!\w\d)[\d,.]{0,15}\s?(?:k|m|bn|million|billion|thousand)\b|(?<![\d,]\d)\d{0,2}(?:,\d{3})+\b)",
    re.IGNORECASE,
)
# Another country's money is never set beside pounds, so its value is not needed. Few texts hold one of its signs.
_FOREIGN_SIGNS = ("€", "$", "¥", "eur", "usd", "dollar")
_FOREIGN = re.compile(
    rf"(?:[€$¥]|\b(?:EUR|USD)\s)\s?(?:{_NUMBER})|\b(?:{_NUMBER})\s(?:euros?|dollars?)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?:{_NUMBER})\s(?:per|in|out of)\s(?:every\s)?(?:\d|[a-z])|\b(?:{number_words.FRACTION})"
    r"|\d(?<![\d.]\d)\d{0,8}\.\d{1,9}\b(?!\.\d)",
    re.IGNORECASE,
)
_VAGUE = r"hundreds?|thousands?|dozens?|none|no|half|both|single"
_COUNT = re.compile(
    rf"\d(?<![\w/.,£€$-]\d)[\d,]{{0,15}}(?![\d/]|\.\d|\s?%|(?:st|nd|rd|th|\s?[ap]\.?m)\b)"
    rf"|\b(?=[bdefhnostz])(?:{number_words.CARDINAL}|{_VAGUE})\b",
    re.IGNORECASE,
)
UNIT_OF_TIME = r"(?:second|minute|min|hour|hr|day|week|fortnight|month|quarter|year|yr)s?"
# What is weighed or measured, by the units in which papers do so.
_UNIT = (
    r"(?:k?t|tonnes?|tons?|kg|kilograms?|kilos?|grams?|g|litres?|gallons?|miles?|mph|km|kilometres?|metres?|m|mm|cm|feet|ft"
    r"|inches|acres?|hectares?|ha|(?:sq(?:uare)?|cu(?:bic)?)\.? (?:m|km|ft|feet|metres?|miles?)|m[23²³]|[kmg]wh?"
    r"|degrees?|points?)"
)


def _measured(unit: str) -> str:
    """Make a part of patterns: a number of some units. A letter that is a unit follows a figure: "900t", not "at"."""
    return (
        rf"\b(?<![.,£€$])(?:\d[\d,]{{0,15}}(?:\.\d{{1,9}})?[\s-]?|(?:{number_words.CARDINAL}|half an?|an?)[\s-])"
        rf"(?:working\s|calendar\s)?{unit}\b"
    )


_SIZE = re.compile(_measured(rf"(?:{_UNIT}|{UNIT_OF_TIME})"), re.IGNORECASE)
TIME = re.compile(
    rf"{_measured(UNIT_OF_TIME)}|\b(?=[adefmqwy])(?:weekly|fortnightly|monthly|quarterly|annually|yearly|daily|every|each)\b",
    re.IGNORECASE,
)
_HOUR = rf"(?:\d{{1,2}}(?:[.:]\d\d)?(?:\s?[ap]\.?m\b)?|noon|midnight|{number_words.CARDINAL})"
_MONTHS = "|".join(name for name in dates.MONTHS if name not in {"March", "May"})
_DATE = re.compile(
    rf"\b(?:(?=\d)(?:\d{{1,2}}(?:[.:]\d\d)?\s?[ap]\.?m\b|(?:19|20)\d\d\b|\d{{1,2}}(?:st|nd|rd|th)?\s{dates.MONTH}\b"
    r"|(?<!/)\d{1,2}/\d{1,2}/\d\d(?![\d/]))"
    rf"|(?=[a-z])(?:(?:at|by|from|until|till) {_HOUR}(?!\s?%|\w)"
    # Two months are words as well: they have a capital.
    rf"|(?:{_MONTHS}|(?-i:March|MARCH|May|MAY)|spring|summer|autumn|winter|Easter|Christmas)\b"
    rf"|{dates.MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b|the \d{{1,2}}(?:st|nd|rd|th)(?! [a-z])"
    # "Next Tuesday": a day in full, as "sat" and "sun" are words.
    rf"|(?:in|within) {_measured(UNIT_OF_TIME)}|(?:tomorrow|yesterday)\b|{dates.WEEKDAY}(?<=day)s?\b"
    rf"|(?:next|this|last) (?:week|month|term)\b)|{_measured(UNIT_OF_TIME)} ago\b)",
    re.IGNORECASE,
)
# A person, or a body that acts like one. One capital makes no name, but for somebody who is appointed or speaks.
_PERSON = r"[A-Z](?:[a-z’'-]|(?<=[a-z’'])[A-Z])+"  # "Smith", "McDonald", "O'Neill"
_PARTS = r"(?:(?:van|von|der|den|de|del|di|dos|du|la|le|ap|ab|ferch)\s){0,3}"  # "van der Berg"
_CHOSEN = r"(?:re-?)?(?:appointed|elected|chosen|nominated|confirmed|co-opted)"
_NAME = re.compile(
    rf"\b(?:{names.ADDRESS}|HM)\b\.?\s+(?:[A-Z]\.?\s+)?"
    rf"{_PARTS}[A-Z][\w’'-]*"
    rf"|\b{_PERSON}\s+(?:[A-Z]\.?\s+)?{_PARTS}{_PERSON}|\b[A-Z]\.?\s{_PARTS}{_PERSON}"
    rf"|\b{_PERSON}(?<!ly) (?:(?:was|is|has been|had been|will be|be|to be) )?{_CHOSEN}\b"
    rf"|\b{_PERSON} (?:took the chair|chaired|presided|became|resigned|retired|stood down)\b"
    # Minutes of small councils have members by their initials.
    r"|\b(?:by|proposed|seconded|moved|agreed)[,:]? [A-Z]{2,6}\b"
    rf"|\b(?i:{_CHOSEN}|appoint|elect|chair|director|clerk|officer)(?:[,:]|\s[–-])? {_PERSON}"
    rf"|\bby (?!(?:{'|'.join(dates.MONTHS)}|(?i:{dates.WEEKDAY}))\b){_PERSON}"
    r"|\b[Tt]he (?:county |city |borough |district )?(?:council|cabinet|board|committee|trust|police|government)\b"
    r"|\b[Tt]he (?:Vice-)?(?:Chair(?:man|woman|person)?|Clerk|Leader|Mayor|Treasurer|Secretary|Minister)\b"
)

# Numbers that count nothing: of paragraphs, dates, years, quarters, appendices and pages.
LABELS = re.compile(
    # Of paragraphs: a number before a capital.
    r"^[^\w£$€]{0,9}\d{1,3}(?:\.\d{1,3}){0,4}[.)]?\s{1,9}(?=(?-i:[A-Z]))|\((?<=[\t\n]\()\d{1,2}[.)]\s{1,9}(?=(?-i:[A-Z]))"
    r"|\b(?=[\dacfilmnopqst])(?:\d(?:(?<=[\t\n]\d)\d?[.)]\s{1,9}(?=(?-i:[A-Z]))|\d/\d\d\b"
    r"|(?:(?<=1)9|(?<=2)0)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?\b"
    rf"|\d?(?:st|nd|rd|th)?\s(?:of\s)?(?={dates.MONTH}\b))|Q\d\b|one (?:of|another)\b|no (?=[a-z])"
    r"|(?:page|paragraph|para|appendix|section|item|minute|clause|table|figure|chart|annex|phase|stage|tier|level|part"
    r"|no)s?\.?\s\d+(?:\.\d+)*)"
    # The pages of an item on an agenda.
    r"|\t\s?\d{1,3}\s?[–-]\s?\d{1,3}\s?$",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"\b(?:once|twice|times|never|always)\b", re.IGNORECASE)


def _matches(*patterns: re.Pattern[str]) -> Find:
    """Find what any of ``patterns`` matches."""
    return lambda text: ((*match.span(), fold(match.group())) for one in patterns for match in one.finditer(text))


def _any(*finds: Find) -> Find:
    return lambda text: (place for find in finds for place in find(text))


def _foreign(text: str) -> Iterator[tuple[int, int, str]]:
    small = text.lower()
    return _matches(_FOREIGN)(text) if any(sign in small for sign in _FOREIGN_SIGNS) else iter(())


def _figures(**finds: Find) -> Find:
    """Find figures of some kinds, and in the text without figures what is found of each kind besides."""
    others = _any(*finds.values())

    def find(text: str) -> Iterator[tuple[int, int, str]]:
        every = figures.figures(text)
        yield from ((one.start, one.end, one.key) for one in every if one.kind in finds)
        yield from others(_blanked(text, ((one.start, one.end) for one in every)))

    return find


def days(text: str) -> Iterator[tuple[int, int, str]]:
    """Find dates, and words for days and hours in the text without these."""
    written = dates.find(text)
    yield from ((start, end, day.isoformat()) for start, end, day in written)
    yield from _matches(_DATE)(_blanked(text, ((start, end) for start, end, _ in written)))


def _blanked(text: str, places: Iterable[Place]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_others = _matches(_SHARE)
# Tables give sums in thousands without a sign of currency.
amounts = _figures(money=_any(_matches(_SCALED), _foreign), share=_others)
shares = _figures(share=_others)
sizes = _any(amounts, _matches(_SIZE))
counts = _matches(_COUNT)
rates = _any(amounts, counts)  # of pay, of truancy; or how big something is
times = _matches(TIME)
often = _any(_matches(TIME, _OFTEN), rates)
names_of = _matches(_NAME)
# What can distinguish one thing of a kind from others: names, figures, dates.
distinct = _any(_matches(re.compile(r"(?<![.!?:•\n] )(?<!^)\b[A-Z][\w’'-]+")), counts, days)
