"""Whether a line tells what was said or done: a sentence with its verb, or a figure; no title, list or agenda's row."""

from __future__ import annotations

import re

from indexer.records import RULINGS, StoredPassage
from indexer.text import figures
from indexer.text.words import DIGITS
from search.answer.lines import ENTRY
from search.answer.units import Unit
from search.bounds import BOUNDS

# Verbs by their forms: a title has none. A word in -ed begins with a small letter and stands behind another word.
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did)\b"
    r"|(?<=\w[ ,])(?!(?:need|speed|feed|seed|related|based|aged|shed|red|bed)\b)[a-z]{2,}ed\b"
    r"|\b(?:put|set|cut|made|gave|took|held|met|told|said|came|went|got|spoke|sent|paid|left|began|brought|found|kept)\b"
)
_SENTENCE = re.compile(r"[.!][\"'”’)\]]*$")


def says(stored: StoredPassage, unit: Unit) -> bool:
    """Whether a unit of a passage tells something: an agenda says what was to come up, and not what was said of it."""
    return not is_agenda(stored) and (stored.passage.kind in RULINGS or tells(unit))


def is_agenda(stored: StoredPassage) -> bool:
    """Whether a passage is of an agenda, a table in it among others."""
    titles = {title.strip().casefold() for title in (*stored.passage.trail[-1:], stored.section.title)}
    return stored.passage.kind == "agenda" or "agenda" in titles


def tells(unit: Unit) -> bool:
    """Say whether what may be quoted tells something: a row by its figures under its header, an entry by its stem.

    A question asks.
    """
    text = " ".join(part.text for part in (*(() if unit.row else unit.header), *unit.parts))
    if unit.row and unit.header and DIGITS.search(text):
        return True
    asks = text.rstrip().endswith("?")
    return (not asks and any(map(_tells, text.split("\t")))) or bool(figures.keys(text))


def figured(unit: Unit) -> bool:
    """Whether it is a row with a figure, which its headings and its header say what it is of."""
    return unit.row and any(DIGITS.search(part.text) for part in unit.parts)


def _tells(cell: str) -> bool:
    entry = ENTRY.match(cell)
    bare = cell[entry.end() if entry else 0 :].strip()
    if len(bare.split()) < BOUNDS.row_least:
        return False
    return _SENTENCE.search(bare) is not None or _VERB.search(bare) is not None
