"""Short forms that a paper defines itself: "Child Sexual Exploitation (CSE)", "CSE – child sexual exploitation".

The letters are matched as in Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003), after a stricter try at the words' initials, which is right more often in council papers.
Undefined short forms are not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.records import Acronym, Page, Span
from indexer.text.words import listed

_SMALL = listed("a an and at by for from in into of on or the to with &")
_QUOTES = "\"'“”‘’"
_SHORT = r"[A-Z0-9][A-Za-z0-9&/-]{0,9}[A-Za-z0-9]"
_IN_BRACKETS = re.compile(rf"\((?:the |or |hereafter |known as )?[{_QUOTES}]?(?P<short>{_SHORT})[{_QUOTES}]?[;,)]")
_BEFORE_BRACKETS = re.compile(rf"(?<![\w-])(?P<short>{_SHORT})\s\((?P<long>[A-Za-z][A-Za-z&,’' /-]{{5,90}})\)")
_ENTRY = re.compile(
    rf"^[•*\s]*(?P<short>{_SHORT})\s*(?:[–—:=\t]|\s-\s|-\s)\s*(?P<long>[A-Za-z][^\t.;:(]{{4,90}}?)"
    # A glossary may explain what it spelt out, in the same cell or the next one.
    r"(?:[\t.;\s]*$|[.;:]\s.+$|\t.+$|\s[–—-]\s.+$)"
)
_ROW_REVERSED = re.compile(rf"^(?P<long>[A-Za-z][^\t]{{4,90}})\t(?P<short>{_SHORT})\s*$")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][a-z]+)?|&")
_NUMERAL = re.compile(r"[IVXLC]+|[A-Z]?\d+[A-Z]?|\d[\d/-]*")
# A definition stays within one clause; brackets end it too, so nested definitions stay apart.
_CLAUSE = re.compile(r"[.;:()\[\]•\t?!](?=\s|$)|[()\t]|\s[–—-]\s")


def acronyms(pages: tuple[Page, ...]) -> tuple[Acronym, ...]:
    """Return the definitions of all pages in reading order; each pair of short and long form once, at its first place.

    Plural short forms are stored in the singular ("CCGs" as "CCG"), and their long form with them.
    """
    seen: dict[tuple[str, str], Acronym] = {}
    for page in pages:
        for start, line in _lines(page.text):
            for short, begin, end in _definitions(line):
                name, long = _singular(short, line[begin:end])
                place = _span(page.number, line, short, start, begin, end)
                seen.setdefault((name, long.casefold()), Acronym(name, long, place))
    return tuple(seen.values())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _definitions(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield (short, start of long, end of long) for each definition in one line."""
    for match in _IN_BRACKETS.finditer(line):
        short = match["short"]
        if _plausible(short) and (begin := _long_before(line, match.start(), short)) is not None:
            yield short, begin, len(line[: match.start()].rstrip(_QUOTES + " "))
    for match in _BEFORE_BRACKETS.finditer(line):
        if _plausible(match["short"]) and _initials(match["short"], match["long"]):
            yield match["short"], *match.span("long")
    for pattern in (_ENTRY, _ROW_REVERSED):
        entry = pattern.match(line)
        if entry and _plausible(entry["short"]) and _initials(entry["short"], entry["long"]):
            yield entry["short"], *entry.span("long")


def _plausible(short: str) -> bool:
    """Two to ten characters with at least two capitals, and neither a number nor a Roman numeral."""
    return sum(map(str.isupper, short)) >= 2 and not _NUMERAL.fullmatch(short)


def _letters(short: str) -> str:
    plural = len(short) > 2 and short.endswith("s") and short[-2].isupper()
    return "".join(filter(str.isalnum, short[:-1] if plural else short)).lower()


def _long_before(line: str, end: int, short: str) -> int | None:
    """Return where the long form that ends at ``end`` begins: the shortest run of words that fits, or None."""
    letters = _letters(short)
    stops = [match.end() for match in _CLAUSE.finditer(line, 0, end)]
    clause = stops[-1] if stops else 0
    words = [match.start() for match in _WORD.finditer(line, clause, end)]
    window = words[-min(len(letters) + 5, len(letters) * 2 + 2) :]
    for begin in reversed(window):
        if _initials(short, line[begin:end]):
            return begin
    if len(letters) < 3:
        return None  # two letters fit almost anything unless they are initials
    text = line[window[0] : end] if window else ""
    start = _schwartz_hearst(letters, text)
    if start is None:
        return None
    long = text[start:]
    enough = len(long) > len(short) and short.lower() not in [word.lower() for word in _WORD.findall(long)]
    return window[0] + start if enough and len(_WORD.findall(long)) <= len(letters) + 3 else None


def _initials(short: str, long: str) -> bool:
    """Say whether the short form is the initials of the long form's words; small words may be skipped."""
    words = [word.lower() for word in _WORD.findall(long)]
    if not words or words[0] in _SMALL:
        return False
    return _align(_letters(short), words)


def _align(letters: str, words: list[str]) -> bool:
    if not words:
        return not letters
    word = words[0]
    if letters and word[0] == letters[0] and _align(letters[1:], words[1:]):
        return True
    if word == "&" and _align(letters, words[1:]):
        return True
    return word in _SMALL and _align(letters, words[1:])


def _schwartz_hearst(letters: str, text: str) -> int | None:
    """Match ``letters`` from the right; the first must begin a word. Returns the long form's start in ``text``."""
    lower = text.rstrip().lower()
    last_word = max(lower.rfind(" "), lower.rfind("-")) + 1
    at = len(lower) - 1
    for index in range(len(letters) - 1, -1, -1):
        first = index == 0
        while at >= 0 and (lower[at] != letters[index] or (first and at > 0 and lower[at - 1].isalnum())):
            at -= 1
        if at < 0 or (index == len(letters) - 1 and at < last_word):
            return None  # the last word must have a part in it: "Councillor Jane Poe (CON)" defines nothing
        at -= 1
    return at + 1


def _singular(short: str, long: str) -> tuple[str, str]:
    """Both forms in the singular, without the punctuation and possessive of the sentence around them."""
    long = re.sub(r"(?:['’]s)?(?<![\s,;])[\s,;]*+$", "", long)
    if len(short) < 3 or not (short.endswith("s") and short[-2].isupper()):
        return short, long
    return short[:-1], re.sub(r"(?<!s)s$", "", re.sub(r"ies$", "y", long))


def _span(page: int, line: str, short: str, start: int, begin: int, end: int) -> Span:
    """The whole definition, short and long form together."""
    after = line.find(short, end)
    before = line.rfind(short, 0, begin)
    if after >= 0 and (before < 0 or after - end < begin - before):
        closing = after + len(short)
        closing += len(line[closing:]) - len(line[closing:].lstrip(_QUOTES))
        return Span(page, start + begin, start + closing + line[closing:].startswith(")"))
    return Span(page, start + before, start + end + line[end:].startswith(")"))
