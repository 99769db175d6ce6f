"""Numbers that are written as words: "twelve", "fifteenth", "nineteen hundred and ninety-four".

By lists and not by a package, since patterns of dates and figures are made of these words.
"""

from __future__ import annotations

import re

UNITS: tuple[str, ...] = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"  # noqa: SIM905
    " eighteen nineteen".split()
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS: tuple[str, ...] = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"  # noqa: SIM905
    " sixteenth seventeenth eighteenth nineteenth twentieth".split()
)
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VALUES = {
    **{word: value for value, word in enumerate(UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{word: value for value, word in enumerate(ORDINALS, 1)},
    "thirtieth": 30,
}
# A number of one or two words, as a part of patterns: "twelve", "twenty-five". Most words begin with no such letter.
CARDINAL = rf"(?=[efnostz])(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(reversed(UNITS))})"
# A part of a whole: "a third of", "two thirds"; a third meeting is none.
_PARTS = rf"(?:quarter|{'|'.join(ORDINALS[2:10])})"
FRACTION = rf"(?:half|(?:an?|one)\s{_PARTS})\sof\b|{CARDINAL}[\s-]{_PARTS}s\b"
# The day of a month.
ORDINAL = (
    rf"(?:(?:twenty|thirty)[\s-](?:{'|'.join(ORDINALS[:9])})|{'|'.join(sorted(ORDINALS, key=len, reverse=True))}"
    "|thirtieth)"
)
# A year: "one thousand nine hundred and ninety four", "two thousand and three", "nineteen ninety-four".
YEAR = (
    rf"(?:(?:one|two) thousand(?:,? (?:{'|'.join(UNITS[1:10])}) hundred)?(?: and)?(?: {CARDINAL})?"
    rf"|(?:nineteen|twenty)[ -](?:hundred(?: and)? )?{CARDINAL})"
)
_WORD = re.compile(r"[a-z]+")


def value(text: str) -> int | None:
    """Give the number that ``text`` writes out, cardinal or ordinal; None where it holds any other word.

    >>> value("one thousand nine hundred and ninety-four")
    1994
    >>> value("nineteen ninety four")
    1994
    """
    total, part, said = 0, 0, False
    for word in _WORD.findall(text.lower()):
        if word == "and" and said:
            continue
        if word in _LARGE:
            scale = _LARGE[word]
            if scale == 100:
                part = max(part, 1) * 100
            else:
                total, part = total + max(part, 1) * scale, 0
        elif word in _VALUES:
            # "nineteen ninety four": two figures and two more.
            part = part * 100 + _VALUES[word] if 10 <= part < 100 and _VALUES[word] >= 10 else part + _VALUES[word]
        else:
            return None
        said = True
    return total + part if said else None
