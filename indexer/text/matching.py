"""Whether a text says a phrase, as people type and not as printers print.

Case, accents, quotation marks, dashes, spaces and punctuation make no difference; "by-law", "by law" and "bylaw" are
one, "20mph" and "20 mph", "s.106" and "section 106", "Cllr" and "Councillor", "St John's", "St Johns" and "St John".
Sums and shares are compared by value, and no number is found within another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text.figures import figures
from indexer.text.words import fold, without_notes

_PIECE = re.compile(r"[^\W\d_]+(?:'s\b)?|\d+(?:[.,]\d+)*|&")
_OWN = "'s"  # the ending of a possessive
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# Words that are cut short in one paper and spelt out in another, some before a number only: "s.106", "para 5".
_SPELT_OUT = {"&": "and", "cllr": "councillor", "cllrs": "councillors"}
_BEFORE_NUMBER = {"s": "section", "sec": "section", "para": "paragraph", "paras": "paragraphs", "no": "number"}
_SHORT = re.compile(rf"(?<=\|)(?:({'|'.join(_SPELT_OUT)})(?=\|)|({'|'.join(_BEFORE_NUMBER)})(?=\|\d))")
_EDGE = "|"


def laid_out(text: str) -> str:
    """Give ``text`` in the form that `phrase_pattern` is matched with: letters and numbers in order, set apart.

    Sums and shares stand as their values.
    """
    text = without_notes(text)
    pieces: list[str] = []
    at = 0
    for one in figures(text):
        pieces += _PIECE.findall(fold(text[at : one.start]))
        pieces.append(one.key)
        at = one.end
    pieces += _PIECE.findall(fold(text[at:]))
    return _SHORT.sub(_spell_out, _THOUSANDS.sub("", _EDGE + _EDGE.join(pieces) + _EDGE))


@lru_cache(maxsize=256)
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Make the pattern that finds ``phrase`` in what `laid_out` gives."""
    pattern, before = "", ""
    for piece in filter(None, laid_out(phrase).split(_EDGE)):
        if before:
            # Letters may be one word or two; figures that stand apart are not one number.
            pattern += r"\|" if not before.isalpha() and not piece.removesuffix(_OWN).isalpha() else r"\|?"
        # A possessive is written with its sign, without it, or not as one.
        stem = before = piece.removesuffix(_OWN)
        ending = "" if not stem.isalpha() else "(?:'?s)?" if stem != piece else "(?:'s)?"
        if ending and stem == piece and len(piece) > 1 and piece[-1] == "s":
            stem, ending = piece[:-1], r"(?:\|?s(?:'s)?|'s)"
        pattern += r"\|?".join(map(re.escape, stem if ending else [piece])) + ending
    return re.compile(rf"(?<=\|){pattern}(?=\|)" if pattern else r"(?!)")


def _spell_out(match: re.Match[str]) -> str:
    return _SPELT_OUT[match[1]] if match[1] else _BEFORE_NUMBER[match[2]]
