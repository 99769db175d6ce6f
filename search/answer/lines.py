"""The sentences and rows of a passage, whatever is asked: what each is read under, and what of them says nothing.

A line is always a slice of stored pages. A sentence that runs over a page break has two parts, each with its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from indexer.archive import TokenCodes
from indexer.records import Span
from indexer.text.sentences import sentences
from indexer.text.words import BULLETS, DIGITS, LABEL, listed
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
    # What an item of an agenda is for is not what came of it.
    r"|to (?:receive|consider|hear|discuss)\b[^.;]{0,160}\.?"
    # A list of appendices or of pages says where something is, not what.
    r"|(?:appendix|annex|annexe|enclosure|attachment) (?:[a-z]|\d{1,2})\b[^.]{0,120}"
    r"|there are no (?:\w+ ){0,4}implications\b.{0,60})",
    re.IGNORECASE,
)
# The last number of a line of contents is that of a page.
_PAGE = re.compile(r"(?:\.{3}|(?<!\s)\s)\s*+(\d{1,3})\s*+$", re.MULTILINE)
STOPS = ".!?:;"  # sentences end so
# Years and units do not count as figures in a table's header: "2015/16", "Q1", "£000s", "£1000's".
_NO_FIGURE = re.compile(
    r"(?:19|20)?\d\d\s?[/–-]\s?\d\d(?:\d\d)?\b|\b(?:19|20)\d\d\b|\bQ\d\b|\b(?:year|quarter) \d\b"
    r"|£?\b(?:000\b|1?,?000['’]?s\b)",
    re.I,
)
_UNIT_LINE = re.compile(r"£\s?(?:000s?|k|m|millions?)\b|\b(?:figures|amounts|sums) (?:are )?in\b", re.IGNORECASE)

# No sentence ends so where no stop is printed.
_LEADS_ON = listed(
    "a an the this these his her its our their of to for from with by at into between than and or but nor as that "
    "which who whose because if is are was were be been being has have had will would shall should can could may must"
)
_LABELLED = re.compile(r"[^\W\d]\s?[:–-]\s?£\s?\d")


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
class Line:
    """A sentence or row of a passage that may be quoted: its parts, and its place among all that the passage has.

    ``begin`` and ``end`` are where it is in the passage's text. ``text`` is that, with the signs of currency that its
    header says (``sums``). ``header`` and ``under`` are as in `search.answer.units.Unit`; in a row (``row``) the label
    and the heads of the columns say what a figure is.
    """

    place: int
    parts: tuple[Part, ...]
    begin: int
    end: int
    text: str
    header: tuple[Part, ...]
    under: tuple[int, int]
    row: bool
    sums: bool


# Kept as long as the passage is in memory, by its tokens, which are those of one passage only.
_kept: WeakKeyDictionary[TokenCodes, dict[Quoting, list[Line]]] = WeakKeyDictionary()


def lines_of(one: Ranked, quoting: Quoting) -> list[Line]:
    """Take a passage apart into what may be quoted of it, in order."""
    kept = _kept.setdefault(one.tokens, {})
    if quoting not in kept:
        kept[quoting] = list(_lines(one, quoting))
    return kept[quoting]


def _lines(one: Ranked, quoting: Quoting) -> Iterator[Line]:
    passage = one.stored.passage
    headings = {_folded(LABEL.sub("", name)) for name in passage.trail}
    for place, (parts, (begin, end), header, under) in enumerate(_read(one, quoting)):
        text, tokens = passage.text[begin:end], tokens_in(one, begin, end)
        # A few words say something as an entry of a list, under its stem.
        entry = header and not any(under)
        if tokens.start >= tokens.stop or (not entry and _scrap(text, headings, quoting)):
            continue
        row = "\t" in text
        sums = row and "£" in "".join((*passage.trail, *(part.text for part in header)))
        yield Line(place, parts, begin, end, _with_signs(text) if sums else text, header, under, row, sums)


_Read = tuple[tuple[Part, ...], tuple[int, int], tuple[Part, ...], tuple[int, int]]


def _read(one: Ranked, quoting: Quoting) -> Iterator[_Read]:
    """Yield a passage's sentences and rows: parts, reach, what each is read under, and where a row's header is."""
    passage = one.stored.passage
    header, stem, unit_line = (tuple[Part, ...](),) * 3
    header_at, rows, headed = (0, 0), False, False
    if _is_contents(passage.text, quoting.contents_lines):
        return
    for group in groups(passage.text, list(places(one))):
        begin, end = group[0][0], group[-1][1]
        text = passage.text[begin:end]
        few, row, entry = len(text.split()) <= quoting.header_words, "\t" in text, ENTRY.match(text) is not None
        parts = tuple(Part(passage.text[a:b], span.page, span.start + a - at) for a, b, at, span in group)
        heads = row and few and _is_header(text)
        if heads and headed and _NO_FIGURE.search(text):  # the second row of a header
            header_at, header = (header_at[0], end), (*header, *parts)
        elif row and (not rows or (heads and _NO_FIGURE.search(text))):  # years begin another part of a table
            header_at, header = ((begin, end), (*unit_line, *parts)) if heads else ((0, 0), unit_line)
        rows, headed = row, heads and not rows
        if heads and _NO_FIGURE.search(text):
            continue  # years and units answer nothing by themselves
        if not entry:
            stem = parts if few and text.endswith((":", ";", "–", "-")) else ()
        if not row:
            unit_line = parts if len(text.split()) <= quoting.label_words and _UNIT_LINE.search(text) else ()
        named = (header if parts[0] not in header else ()) if row else stem if entry else ()
        yield parts, (begin, end), named, header_at if row and header_at[1] <= begin else (0, 0)


def tokens_in(one: Ranked, begin: int, end: int) -> slice:
    """Find the tokens that begin in a stretch of a passage's text."""
    first, last = one.tokens.places[:, 0].searchsorted((begin, end)).tolist()
    return slice(first, last)


def _with_signs(row: str) -> str:
    """Give a row of sums with the sign of currency before each, where the tab was; each place stays what it was."""
    return re.sub(r"\t(?=\d)", "£", row)


def _is_contents(text: str, most: int) -> bool:
    """Whether a passage lists what is where: most lines end in the number of a page, each no lower than the last."""
    lines = [line for line in text.split("\n") if line.strip()]
    ending = (line for line in lines if line.rstrip()[-1].isdigit())  # looked for first: few lines do
    pages = [int(match[1]) for line in ending if (match := _PAGE.search(line))]
    return len(pages) > max(most, len(lines) / 2) and pages == sorted(pages) and pages[0] < pages[-1]


def _is_header(row: str) -> bool:
    """Whether a table's first row says what its columns hold: no figure is in it but of years and units."""
    return not DIGITS.search(_NO_FIGURE.sub("", row))


def _scrap(text: str, headings: set[str], quoting: Quoting) -> bool:
    """Whether a sentence says nothing by itself: a few words, a heading, a label, a line of a form."""
    words = text.split()
    # A row with a figure says something in few words, if it has a label, and so does a label with a sum: "Fares: £616".
    if ("\t" in text and DIGITS.search(text)) or _LABELLED.search(text):
        return not re.search(r"[^\W\d]{3}", text) or _FORM.fullmatch(text) is not None
    label = text.endswith((":", "?")) and len(words) <= quoting.label_words  # a short question is a heading
    bare = LABEL.sub("", text)
    heading = _folded(bare) in headings or (bare.isupper() and not re.search(r"[\d\t]", bare))
    return len(words) < quoting.words or label or heading or _FORM.fullmatch(bare) is not None


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


def groups(text: str, places: list[tuple[int, int, Span]]) -> Iterator[list[_Entry]]:
    """Yield sentences as lists of (start, end, start of the span, span): more entries where a page break cuts one."""
    waiting: list[_Entry] = []
    for start, end in sentences(text):
        home = next(((begin, stop, span) for begin, stop, span in places if begin <= start < stop), None)
        if home is None:
            continue
        begin, _, span = home
        if waiting and not _goes_on(text, waiting[-1][:2], start, end):
            yield waiting
            waiting = []
        if waiting and waiting[-1][3] is span:
            waiting[-1] = (waiting[-1][0], end, begin, span)
        else:
            waiting.append((start, end, begin, span))
    if waiting:
        yield waiting


def _goes_on(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether a line of a text goes on from the one before it: a line or page ends in the middle of a sentence."""
    begun, line = text[before[0] : before[1]], text[start:end]
    if "\t" in line or ("\t" in begun and not begun[-1].isalpha()):
        return False
    return goes_on(begun, line)


def goes_on(before: str, line: str) -> bool:
    """Whether a line of prose goes on with the sentence that the line before it does not end."""
    return before[-1:] not in STOPS and line[:1].islower() and ENTRY.match(line) is None


def is_cut(text: str, begin: int, end: int) -> bool:
    """Whether a stretch of a text cuts what belongs together: a sentence at either end, or a list from its stem."""
    while entry := ENTRY.match(text, begin, end):
        begin = entry.end()
    said = text[begin:end].removesuffix(" and").removesuffix(" or")
    last = said[max(said.rfind(" "), said.rfind("\n")) + 1 :]
    if said[:1].islower() or said.endswith(":") or last.rstrip(";").casefold() in _LEADS_ON:
        return True
    row = "\t" in said.rpartition("\n")[2] and not said[-1:].isalpha()
    return said[-1:] not in STOPS and not row and (text[end:].lstrip()[:1].islower() or said.endswith((",", "-", "–")))
