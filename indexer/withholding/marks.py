"""Marks: short texts at a page's head or edge, or printed over it, that say the paper is not for the public.

A mark may be spelt in many ways: spaced out, glued, with a letter wrong. So besides the forms that officers use in full
sentences, a text is a mark if nothing is left of it once the few words that marks are made of are taken away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

PAPER: Final = (
    r"(?:reports?|appendix|appendices|annexe?s?|papers?|documents?|items?|minutes?|agenda|packs?|session|business"
    r"|version|schedule|enclosure)"
)
UNPUBLISHED: Final = (
    r"not (?:for|to be) (?:(?:general|public|wider) (?:publication|release|disclosure|circulation|inspection)"
    r"|publication|published)\b"
)
_MARK: Final = re.compile(
    rf"^\W*(?:(?:strictly|official|pink|part\s*(?:2|ii|b|two)|{PAPER}(?: [\w.]+)?|(?:publication )?status"
    rf"|classification)\W+)*(?:{UNPUBLISHED}|private (?:and|&) confidential\b|official\W+sensitive\b"
    r"|commercial in confidence\b|contains (?:exempt|confidential) information\b"
    r"|exempt (?:from publication|information)\b|(?:exemption|exempt): (?:yes|para|category)"
    rf"|(?:private|closed)(?:\W*$|\s*[-–—:(]?\s*(?:by virtue\b|{PAPER}\W*$))"
    rf"|(?:exempt|confidential|restricted)(?:\W*$|\s*[-–—:.(]|\s+{PAPER}\b))",
    re.IGNORECASE,
)
# An agenda's heading over items, which may be none, is no mark.
_HEADING: Final = re.compile(r"\b(?:items|business|matters)\b|\bitems? \(|\(none\)", re.IGNORECASE)
# The motion that excludes the public is public itself, wherever in the sentence it says so.
EXCLUSION: Final = re.compile(
    r"\bexclu(?:de|des|ded|ding|sion)\b|\b(?:press|public) and (?:the )?(?:public|press)\b|\bdo not include\b",
    re.IGNORECASE,
)
# A form that asks whether a paper is exempt, and says no or leaves it open.
_DENIED: Final = re.compile(
    r"(?:\b(?:no|none|nil|n/?a|not applicable|not exempt|non-exempt)|\byes\s*/\s*no\b.*|\?)\W*$", re.IGNORECASE
)
_SHORT: Final = 160  # characters
# A sentence that the page's end cut: it begins with a small letter, and ends with a stop or goes on for many words
# without the ground that a mark gives.
_TAIL: Final = re.compile(
    r"^[a-z](?:.*[.;]$|(?!.*\b(?i:para|paragraphs?|schedule|section|act)\b)(?:\S+\s+){8,}\S)", re.DOTALL
)

# What marks are made of, without spaces: words that make one, and words beside these.
_UNPUBLISHED: Final = (
    r"(?:not?(?:for|tobe)|(?:please)?do(?:not))(?:general|public|wider|onward|further|external)?"
    r"(?:publication|publish(?:ed)?|released?|disclosure|disclosed?|circulation|circulated?|inspection|distribution"
    r"|distributed?|sharing|shared?|copy|copied|forward(?:ed)?)"
)
# Eithriedig: exempt; cyfrinachol: confidential; nid i'w gyhoeddi: not to be published; preifat, cyfyngedig: private.
_WELSH: Final = r"eithriedig|gyfrinachol|cyfrinachol|(?:nid|ddim)iwgyhoeddi|preifat|cyfyngedig"
_CORE: Final = (
    rf"{_UNPUBLISHED}|{_WELSH}|exempt(?:ed)?|confidential|restricted(?=circulation|access|$|[a-z])|strictlyprivate"
    r"|(?:pink|yellow|gold|buff|lilac)(?:papers?|sheets?)|pinkpages?|officialsensitive|commercialinconfidence"
    r"|commercial(?:ly)?sensitive|inconfidence|(?:members|councillors|trustees|governors)(?:only|eyesonly)|eyesonly"
    r"|incamera|legallyprivileged|closed(?:session|papers?|reports?)"
    r"|private(?=$|paper|session|report|item|minutes|and|part)"
)
_OVERLAID: Final = r"private|restricted|closed|part(?:2|ii|two|b)|rhan2|secret"
_BESIDE: Final = (
    r"strictly|official|highly|most|and|circulation|access(?:toinformation)?|only|members|councillors"
    r"|to(?:the)?press(?:and|or)public|untilreleased|reports?|items?|appendix|annexe?|papers?|documents?|minutes?"
    r"|personaldata|information|contains?|copy"
    r"|draft|status|classification|publication|category|part(?:2|ii|two|b)|para(?:graph)?s?\d*|schedule12a|of"
    r"|localgovernmentact1972|underschedule|under|from|private|version|session|sheet|this|is|the|adroddiad|papurau?"
    r"|atodiad|rhan\d?|\d"
)
_MADE_OF: Final = re.compile(rf"(?:{_CORE}|{_BESIDE})+")
_HAS_CORE: Final = re.compile(_CORE)
_OVER_MADE_OF: Final = re.compile(rf"(?:{_CORE}|{_OVERLAID}|{_BESIDE})+")
_OVER_CORE: Final = re.compile(rf"{_CORE}|{_OVERLAID}")
# Long enough to be known although a letter or two is wrong, missing or swapped; in letters read off a picture, more.
_SPELT: Final = ("confidential", "notforpublication", "exemptnotforpublication", "strictlyconfidential", "restricted")
_DRAWN: Final = ("exempt", *_SPELT)
_WRONG: Final = 3  # letters at most
# In what lies over a page, a word that makes a mark counts among others too, but for its public meanings.
SECRET: Final = re.compile(
    r"(?<!non[ -])(?<!not )\b(?:exempt|confidential)\b"
    r"(?! (?:accommodation|supported|housing|from|vat|categor\w+|waste|reporting|en?quir\w+|inquir\w+|advice|helpline"
    r"|services?))",
    re.IGNORECASE,
)
# Letters of other scripts that look like Latin ones, as some programs and people write them (Unicode TS 39).
_ALIKE: Final = str.maketrans("АВЕЅІЈКМНОРСТУХаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaeijopcyxsABEZHIKMNOPTYXo")
# Figures between two letters stand for the letters that they look like: C0NF1DENTIAL.
_FIGURES: Final = re.compile(r"(?<=[A-Za-z])[01345]{1,2}(?=[A-Za-z])")
_LETTERS: Final = str.maketrans("01345", "oieas")
_SAID: Final = re.compile(rf"\b{UNPUBLISHED}", re.IGNORECASE)


def marked(text: str) -> bool:
    """Whether a short text at a page's head or edge marks the paper."""
    text = _latin(text)
    if len(text) > _SHORT or _DENIED.search(text) or _TAIL.match(text):
        return False
    if _HEADING.search(text) or EXCLUSION.search(text):
        return False
    if _MARK.match(text):
        return True
    squeezed = _squeezed(text)
    return bool(_MADE_OF.fullmatch(squeezed) and _HAS_CORE.search(squeezed)) or _spelt(squeezed, _SPELT, 10)


def overlaid(text: str) -> bool:
    """Whether what is printed over or beside a page marks the paper: there even one such word says it."""
    text = _latin(text)
    if marked(text):
        return True
    if _DENIED.search(text) or EXCLUSION.search(text):
        return False
    text = " ".join(next((m for m in _DRAWN if _spelt(_squeezed(word), (m,), 6)), word) for word in text.split())
    squeezed = _squeezed(text)
    made = bool(_OVER_MADE_OF.fullmatch(squeezed) and _OVER_CORE.search(squeezed)) or _spelt(squeezed, _DRAWN, 4)
    return made or bool(SECRET.search(text) or _SAID.search(text)) or "notforpublication" in squeezed


def alone(text: str) -> bool:
    """Whether a single line in the middle of a page marks the paper: in capitals, and nothing but a mark."""
    return text.isupper() and len(text) <= _SHORT and marked(text)


def _latin(text: str) -> str:
    """The text with letters of other widths and of scripts that look alike, and figures for letters, as plain ones."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return _FIGURES.sub(lambda figures: figures[0].translate(_LETTERS), text)


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _spelt(squeezed: str, marks: Sequence[str], letters: int) -> bool:
    """Whether a text is one of these marks, with at most one letter in this many wrong."""
    for mark in marks:
        slack = min(len(mark) // letters, _WRONG)
        if abs(len(squeezed) - len(mark)) < 2 and _distance(squeezed, mark) <= slack:
            return True
    return False


def _distance(left: str, right: str) -> int:
    """Letters to change, add, leave out or swap with the next to make one word of the other (Damerau)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
