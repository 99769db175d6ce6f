"""What may be quoted of the passages found: sentences, table rows with their header, and how well each matches.

A unit is always a slice of stored pages. A sentence that runs over a page break has two parts, each with its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.records import RULINGS, Span
from indexer.text.sentences import sentences
from indexer.text.words import BULLETS, DIGITS, LABEL
from search.answer.said import Figures, said_above, said_over, said_within, tokens_in
from search.question.answer_type import Holds, answer_type
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting

# What begins an entry of a list: a bullet, a letter or number in brackets or with one.
ENTRY = re.compile(rf"\s*(?:[{BULLETS}·*–-]\s|o\s|\(?(?:[a-z]|[ivx]{{1,4}}|\d{{1,2}})[.)]\s)")
# What every report's form says of itself settles nothing: "This is not an executive decision."
_FORM = re.compile(
    r"\W*(?:[a-z]\)\s)?"
    r"(?:(?:this|it) (?:is|report is|decision is) (?:not )?(?:an? |the )?(?:non-?)?(?:key|executive)\b.{0,40}"
    r"|(?:key|executive|forward plan|urgent) (?:decision|item)s?\s*[:?\t].{0,40}"
    r"|(?:decision type|type of decision|reason for (?:urgency|exemption)|wards? affected|classification)\b.{0,60}"
    r"|(?:meeting|committee|board|title of (?:the )?report|report title|title|by|to|from|subject"
    r"|report (?:by|of|author)"
    r"|author|contact(?: officer)?|lead officer|classification|(?:past|future) pathway.{0,20}"
    r"|background (?:papers|documents)|appendices|electoral divisions?)\s*:.{0,160}"
    # A list of appendices or of pages says where something is, not what.
    r"|(?:appendix|annex|annexe|enclosure|attachment) (?:[a-z]|\d{1,2})\b[^.]{0,120}"
    r"|there are no (?:\w+ ){0,4}implications\b.{0,60})",
    re.IGNORECASE,
)
# The last number of a line of contents is that of a page.
_PAGE = re.compile(r"(?:\.{3}|(?<!\s)\s)\s*+(\d{1,3})\s*+$", re.MULTILINE)
STOPS = ".!?:;"  # sentences end so
# Years and units are no figures of a table's header: "2015/16", "Q1", "£000s".
_NO_FIGURE = re.compile(
    r"(?:19|20)?\d\d\s?[/–-]\s?\d\d(?:\d\d)?\b|\b(?:19|20)\d\d\b|\bQ\d\b|\b(?:year|quarter) \d\b|£?\b000s?\b", re.I
)
_UNIT_LINE = re.compile(r"£\s?(?:000s?|k|m|millions?)\b|\b(?:figures|amounts|sums) (?:are )?in\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A slice of one page: ``text`` begins at offset ``start`` of the page's text."""

    text: str
    page: int
    start: int

    @property
    def end(self) -> int:
        """Where it ends on the page."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """What may be quoted as one: its parts, the paper's id, the hit's number, and its place among the hit's units.

    ``match`` is the late interaction within it and the headings above it; ``holds`` says whether it holds what the
    question asks for (an amount, a date, …: `search.question.answer_type`); ``score`` orders units of all hits.
    ``reach`` is where it begins and ends in the passage's text; ``header`` is what a row or an entry of
    a list is read under: the header row of its table, the stem of its list.
    ``member`` counts the passages that were joined to the hit; ``sums`` says that the figures of a row are of money, as
    its header or what is above its table says, and ``under`` where its header is in the passage's text, which says what
    is in its columns; ``beside`` says how well the words beside its figure match, 1 where none is asked for.
    """

    parts: tuple[Part, ...]
    paper: str
    hit: int
    place: int
    match: float
    holds: bool
    score: float
    reach: tuple[int, int] = (0, 0)
    row: bool = False
    header: tuple[Part, ...] = ()
    member: int = 0
    sums: bool = False
    under: tuple[int, int] = (0, 0)
    beside: float = 1.0

    @property
    def words(self) -> int:
        """How many words it has, over all its parts."""
        return sum(len(part.text.split()) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a question wants an answer to hold, and which figures."""

    holds: Holds | None
    figures: Figures


def units_of(query: Query, asked: QueryTokens, ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Take hits apart into sentences and rows, in order, each with how well it matches the question."""
    sought = _Sought(answer_type(query), Figures(query, asked, quoting))
    return [unit for hit, one in enumerate(ranked, 1) for unit in _of_hit(one, asked, hit, sought, quoting)]


def whole(one: Ranked, hit: int) -> Unit:
    """Make one unit of a whole passage, one part for each of its spans."""
    return _stretch(one, hit, len(one.stored.passage.text))


def beginnings(one: Ranked, hit: int) -> Iterator[Unit]:
    """Make units of a passage's beginning, the whole first, then without its last sentence or limb, and so on."""
    yield whole(one, hit)
    groups = list(_groups(one.stored.passage.text, list(places(one))))
    for group in reversed(groups[:-1]):
        yield _stretch(one, hit, group[-1][1])


def _stretch(one: Ranked, hit: int, stop: int) -> Unit:
    """Make one unit of a passage up to an offset of its text, one part for each of its spans."""
    text = one.stored.passage.text
    parts = tuple(
        Part(text[start : min(end, stop)], span.page, span.start) for start, end, span in places(one) if start < stop
    )
    return Unit(parts, one.stored.paper.id, hit, -1, one.match, True, one.score)


def _of_hit(one: Ranked, asked: QueryTokens, hit: int, sought: _Sought, quoting: Quoting) -> Iterator[Unit]:
    """Take a hit apart, each of the passages that were joined to it by itself."""
    place = 0
    for member, (at, part) in enumerate(one.members):
        yield from _units(part, asked, _Home(hit, member, place, at), sought, quoting)
        # More than it has units: no quotation runs from one passage to the next.
        place += len(part.stored.passage.text) + 2


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a passage is: its hit's number, its own among those joined, and the place and offset that it begins at."""

    hit: int
    member: int
    place: int
    at: int


def _units(one: Ranked, asked: QueryTokens, home: _Home, sought: _Sought, quoting: Quoting) -> Iterator[Unit]:
    passage = one.stored.passage
    above = quoting.above * said_above(one)
    headings = {_folded(LABEL.sub("", name)) for name in passage.trail}
    paper, ruled = one.stored.paper.id, quoting.ruled if passage.kind in RULINGS else 0.0
    read = [
        (place, *entry)
        for place, entry in enumerate(_read(one, quoting))
        if _says_tokens(one, *entry[1])
        # A few words say something as an entry of a list, under its stem.
        and ((entry[2] and not any(entry[3])) or not _scrap(passage.text[slice(*entry[1])], headings, quoting))
    ]
    best = [
        np.maximum(said_within(one, *reach), said_over(one, above, under, quoting)) for _, _, reach, _, under in read
    ]
    matches = asked.match(np.stack(best)).tolist() if best else ()
    for (place, parts, reach, named, under), match in zip(read, matches, strict=True):
        text = passage.text[slice(*reach)]
        row = "\t" in text
        sums = row and "£" in "".join((*passage.trail, *(part.text for part in named)))
        signed = with_signs(text) if sums else text
        held = sought.holds is None or sought.holds(signed, passage.kind)
        beside = sought.figures.beside(one, reach[0], signed, under=under, row=row)
        # Between like sentences that of the better passage is taken, one that holds what is asked for, one that rules.
        score = match + quoting.passage * one.score + ruled
        score += quoting.holds if sought.holds is not None and held else 0.0
        score += quoting.beside * beside if sought.figures.asked else 0.0
        yield Unit(
            parts, paper, home.hit, home.place + place, match, held, score, (home.at + reach[0], home.at + reach[1]),
            row, named, home.member, sums, under, beside,
        )  # fmt: skip


_Read = tuple[tuple[Part, ...], tuple[int, int], tuple[Part, ...], tuple[int, int]]


def _read(one: Ranked, quoting: Quoting) -> Iterator[_Read]:
    """Yield a passage's sentences and rows: parts, reach, what each is read under, and where a row's header is."""
    passage = one.stored.passage
    header, stem, unit_line = (tuple[Part, ...](),) * 3
    header_at, rows = (0, 0), False
    groups = (
        [] if _is_contents(passage.text, quoting.contents_lines) else list(_groups(passage.text, list(places(one))))
    )
    for group in groups:
        begin, end = group[0][0], group[-1][1]
        text = passage.text[begin:end]
        few, row, entry = len(text.split()) <= quoting.header_words, "\t" in text, ENTRY.match(text) is not None
        parts = tuple(Part(passage.text[a:b], span.page, span.start + a - at) for a, b, at, span in group)
        heads = row and few and _is_header(text)
        if row and (not rows or (heads and _NO_FIGURE.search(text))):  # a row of years begins another part of a table
            header_at, header = ((begin, end), (*unit_line, *parts)) if heads else ((0, 0), unit_line)
        rows = row
        if heads and _NO_FIGURE.search(text):
            continue  # years and units answer nothing by themselves
        if not entry:
            stem = parts if few and text.endswith((":", ";", "–", "-")) else ()
        if not row:
            unit_line = parts if _UNIT_LINE.search(text) and len(text.split()) <= quoting.label_words else ()
        named = (header if parts[0] not in header else ()) if row else stem if entry else ()
        yield parts, (begin, end), named, header_at if row and header_at[1] <= begin else (0, 0)


def _says_tokens(one: Ranked, begin: int, end: int) -> bool:
    tokens = tokens_in(one, begin, end)
    return bool(tokens.start < tokens.stop)


def said_with_headings(one: Ranked, unit: Unit) -> NDArray[np.float32]:
    """Give, for each of the question's vectors, the highest cosine with a token of a unit or of what it is read under.

    Args:
        one: the hit that it is of.
        unit: it.
    """
    _, part = one.members[unit.member]
    return np.maximum(np.maximum(said_in(one, unit), said_above(part)), said_within(part, *unit.under))


def said_in(one: Ranked, unit: Unit) -> NDArray[np.float32]:
    """Do the same for what a unit of a hit says itself."""
    at, part = one.members[unit.member]
    return said_within(part, unit.reach[0] - at, unit.reach[1] - at)


def with_signs(row: str) -> str:
    """Give a row of sums with the sign of currency before each, where the tab was; each place stays what it was."""
    return re.sub(r"\t(?=\d)", "£", row)


def _is_contents(text: str, most: int) -> bool:
    """Whether a passage lists what is where: most lines end in the number of a page, each no lower than the last."""
    lines = [line for line in text.split("\n") if line.strip()]
    pages = [int(match[1]) for line in lines if (match := _PAGE.search(line))]
    return len(pages) > max(most, len(lines) / 2) and pages == sorted(pages) and pages[0] < pages[-1]


def _is_header(row: str) -> bool:
    """Whether a table's first row says what its columns hold: no figure is in it but of years and units."""
    return not DIGITS.search(_NO_FIGURE.sub("", row))


def _scrap(text: str, headings: set[str], quoting: Quoting) -> bool:
    """Whether a sentence says nothing by itself: a few words, a heading, a label, a line of a form."""
    words = text.split()
    if "\t" in text and DIGITS.search(text) and re.search(r"[^\W\d]{3}", text):
        return _FORM.fullmatch(text) is not None  # a row with a label and a figure says something in few words
    label = text.endswith(":") and len(words) <= quoting.label_words
    bare = LABEL.sub("", text)
    heading = _folded(bare) in headings or (bare.isupper() and not re.search(r"[\d\t]", bare))
    return len(words) < quoting.words or label or heading or _FORM.fullmatch(text) is not None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def places(one: Ranked) -> Iterator[tuple[int, int, Span]]:
    """Yield where each span lies in the passage's text: start, end, span."""
    at = 0
    for span in one.stored.passage.spans:
        length = span.end - span.start
        yield at, at + length, span
        at += length + 1  # the line break that joins the cuts


_Entry = tuple[int, int, int, Span]


def _groups(text: str, places: list[tuple[int, int, Span]]) -> Iterator[list[_Entry]]:
    """Yield sentences as lists of (start, end, start of the span, span): two entries where a page break cuts one."""
    waiting: list[_Entry] = []
    for start, end in sentences(text):
        home = next(((begin, stop, span) for begin, stop, span in places if begin <= start < stop), None)
        if home is None:
            continue
        begin, stop, span = home
        if waiting and (span.page == waiting[-1][3].page or not text[start].islower()):
            yield waiting
            waiting = []
        waiting.append((start, end, begin, span))
        if text[end - 1] in STOPS or end < stop - 1:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
