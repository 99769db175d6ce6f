"""What an answer must contain by the question's wording: a sum, a share, a size, a count, a time, a date, a name.

"How much did it cost" is not answered by a sentence without a sum, however well its words match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from indexer.records import RULINGS, PassageKind
from indexer.text import dates, figures, names, number_words
from indexer.text.words import STOP_WORDS, fold, words
from search.question import deeds
from search.question.query import Query

Holds = Callable[[str, PassageKind], bool]
Place = tuple[int, int]
# Finds what is of one type in a text: where each begins and ends, and one form for "£2.4m" and "£2,400,000".
Find = Callable[[str], Iterator[tuple[int, int, str]]]

_NUMBER = rf"\d[\d,]{{0,15}}(?:\.\d{{1,9}})?|{number_words.CARDINAL}"
_SCALED = re.compile(
    r"\d(?:(?<!\w\d)[\d,.]{0,15}\s?(?:k|m|bn|million|billion|thousand)\b|(?<![\d,]\d)\d{0,2}(?:,\d{3})+\b)"
    # Another country's money: it is never set beside pounds, so its value is not needed.
    rf"|(?:[€$¥]|\b(?:EUR|USD)\s)\s?(?:{_NUMBER})|\b(?:{_NUMBER})\s(?:euros?|dollars?)\b",
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
_UNIT_OF_TIME = r"(?:second|minute|min|hour|hr|day|week|fortnight|month|quarter|year|yr)s?"
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


_SIZE = re.compile(_measured(rf"(?:{_UNIT}|{_UNIT_OF_TIME})"), re.IGNORECASE)
_TIME = re.compile(
    rf"{_measured(_UNIT_OF_TIME)}|\b(?=[adefmqwy])(?:weekly|fortnightly|monthly|quarterly|annually|yearly|daily|every|each)\b",
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
    rf"|(?:in|within) {_measured(_UNIT_OF_TIME)}|(?:tomorrow|yesterday)\b|{dates.WEEKDAY}(?<=day)s?\b"
    rf"|(?:next|this|last) (?:week|month|term)\b)|{_measured(_UNIT_OF_TIME)} ago\b)",
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
_LABELS = re.compile(
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
# What is counted, where that is time.
_TIME_COUNTED = re.compile(rf"\b(?:how many|numbers? of)\s(?:\w{{1,20}}\s)?({_UNIT_OF_TIME})\b", re.IGNORECASE)

# What was decided is said in the past tense.
_DECIDED = re.compile(
    r"\b(?:resolved|agreed|approved|endorsed|decided|decisions?|determined|adopted|accepted|noted|supported|ratified"
    r"|recommend(?:ed|s|ations?)|deferred|postponed|referred|refused|rejected|declined|carried|lost|voted"
    r"|unanimous(?:ly)?|withdrawn|granted)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"\b(?:why|how|reasons?|explain\w*)\b", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?:once|twice|times|never|always)\b", re.IGNORECASE)


def _matches(*patterns: re.Pattern[str]) -> Find:
    """Find what any of ``patterns`` matches."""
    return lambda text: ((*match.span(), fold(match.group())) for one in patterns for match in one.finditer(text))


def _any(*finds: Find) -> Find:
    return lambda text: (place for find in finds for place in find(text))


def _figures(**patterns: re.Pattern[str]) -> Find:
    """Find figures of some kinds, and in the text without figures what the pattern of each kind matches."""
    others = _matches(*patterns.values())

    def find(text: str) -> Iterator[tuple[int, int, str]]:
        every = figures.figures(text)
        yield from ((one.start, one.end, one.key) for one in every if one.kind in patterns)
        yield from others(_blanked(text, ((one.start, one.end) for one in every)))

    return find


def _dates(text: str) -> Iterator[tuple[int, int, str]]:
    days = dates.find(text)
    yield from ((start, end, day.isoformat()) for start, end, day in days)
    yield from _matches(_DATE)(_blanked(text, ((start, end) for start, end, _ in days)))


def _blanked(text: str, places: Iterable[Place]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_amounts = _figures(money=_SCALED, share=_SHARE)  # tables give sums in thousands without a sign of currency
_shares = _figures(share=_SHARE)
_sizes = _any(_amounts, _matches(_SIZE))
_counts = _matches(_COUNT)
_rates = _any(_amounts, _counts)  # of pay, of truancy; or how big something is
_times = _matches(_TIME)
_often = _any(_matches(_TIME, _OFTEN), _rates)
_names = _matches(_NAME)
# What can distinguish one thing of a kind from others: names, figures, dates.
_distinct = _any(_matches(re.compile(r"(?<![.!?:•\n] )(?<!^)\b[A-Z][\w’'-]+")), _counts, _dates)


# "What do the papers say about the cost" asks for more than an amount.
_WHICH = r"\b(?:what|which)\b(?! do(?:es)? (?:the )?(?:papers?|reports?|council|boards?))"
_VERB = r"(?:did|do|does|is|are|was|were|will|has|have|had|can|should)"
_PAID = (
    r"\b(?:cost|costs|pay|paid|spend|spent|money|budget|grant|fund\w*|price|charge\w*|fees?|save|saved|owe\w*|worth)\b"
)
# The first that fits the question decides.
_TYPES: tuple[tuple[re.Pattern[str], Find], ...] = tuple(
    (re.compile("|".join(question), re.IGNORECASE), find)
    for question, find in (
        (
            (
                rf"\bhow much\b.{{0,60}}{_PAID}",
                rf"{_WHICH}.{{0,30}}\b(?:cost|budget|amount|sum|fees?|fares?|salary|price|rent|premium)\b",
                rf"\bwhat {_VERB}\b.{{0,80}}\b(?:cost|charge)\b(?! of\b)",
                r"\bestimated (?:\w{1,20} )?costs?\b",
                r"\bcosts?\W*$",
            ),
            _amounts,
        ),
        (
            (
                r"\bhow much\b",
                r"\bhow (?:far(?!.{0,60}\b(?:got|gone|come|progress\w*)\b)|fast|heavy|tall|high|wide|deep)\b",
            ),
            _sizes,
        ),
        ((r"\bpercent\w*", r"\bper cent\b", r"\bproportion\b", r"\bshare of\b"), _shares),
        ((r"\brates?\b", r"\bhow (?:large|big)\b"), _rates),
        ((r"\bhow (?:often|frequently|regularly)\b", r"\bhow many times\b"), _often),
        ((r"\bhow long\b", r"\b(?:waiting|response) times?\b"), _times),
        ((r"\bhow many\b", r"\bnumbers? of\b"), _counts),
        (
            (
                rf"\bwhen {_VERB}\b",
                r"\b(?:and|from|since|until|by|off) when\b",
                r"\bwhen\W{0,9}$",
                r"\b(?:what|which) (?:date|year|month|day)\b",
            ),
            _dates,
        ),
        (
            (r"^who(?:se|m)?\b", rf"\bwho {_VERB}\b", r"\bwhich (?:\w{1,20} )?(?:officer|councillor|member|person)\b"),
            _names,
        ),
        # One thing of a kind is asked for: it is identified by a name or a number that the question does not give.
        (
            (
                (
                    r"^(?:and )?which (?!of\b)(?:\w{1,20} ){0,3}?\w{1,20}(?<!s) "
                    r"(?:\w+ed|is|was|has|had|did|does|will|owns?|won|made)\b"
                ),
            ),
            _distinct,
        ),
    )
)
# These ask for another figure than the one that they name.
_HOW = re.compile(
    r"\b(?:how|why|when)\b|\b(?:what|which) (?:share|percent\w*|proportion|rate|date|year|amount|sum)\b",
    re.IGNORECASE,
)


def _unit(word: str) -> str:
    """Give what tells units of time apart, whole or cut short: only minutes and months begin alike."""
    return word[: 2 if word[:1] in "mM" else 1].lower()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants an answer to hold.

    ``places`` gives where a text holds it; ``figure`` says that it is a number of something or a sum.
    """

    places: Callable[[str], Iterator[Place]]
    figure: bool


def wanted(query: Query) -> Wanted | None:
    """Say what an answer must hold by the question's wording; None where nothing of the kind is asked for.

    Dates, numbers and names that the question itself says do not count: repeating them answers nothing.
    """
    find = next((find for question, find in _TYPES if question.search(query.text)), None)
    if find is None:
        return None
    labels = (_LABELS,) if find in (_sizes, _counts, _rates) else ()
    labels = (*labels, _TIME) if find is _counts else labels  # "for twelve weeks" does not say how many people
    counted = {_unit(match[1]) for match in _TIME_COUNTED.finditer(query.text)}
    said = {form for _, _, form in find(query.text)}
    # "The Harbour Board" is no other name than the question's own.
    own = set(words(query.text)) | STOP_WORDS if find in (_names, _distinct) else set()

    def blank(match: re.Match[str]) -> str:
        asked = counted and _unit(match.group().rpartition(" ")[2]) in counted
        return match.group() if asked else " " * len(match.group())

    def places(text: str) -> Iterator[Place]:
        for label in labels:
            text = label.sub(blank, text)
        others = ((start, end) for start, end, form in find(text) if form not in said)
        return ((start, end) for start, end in others if not own or not set(words(text[start:end])) <= own)

    return Wanted(places, find in (_amounts, _sizes, _shares, _rates, _counts))


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
    if (sought := wanted(query)) is not None:
        when = deeds.asks_when(query)  # a ruling has its meeting's day; of other places the first is enough
        return lambda said, kind: (when and kind == "resolution") or next(sought.places(said), None) is not None
    decided = query.intent in {"decision", "recommendation"} and not _EXPLAINED.search(query.text)
    return _decides if decided else None


def asks_detail(query: Query) -> bool:
    """Whether a sum, a date, a name or the like is asked for, which a ruling need not give."""
    return any(question.search(query.text) for question, _ in _TYPES)


def _decides(sentence: str, kind: PassageKind) -> bool:
    return kind in RULINGS or _DECIDED.search(sentence) is not None
