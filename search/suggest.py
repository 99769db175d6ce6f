"""Spelling: for words of the question that the archive does not hold, the archive's own words most like them.

No dictionary is kept. The passages nearest in meaning are looked at: word pieces of a misspelt word still lead there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from math import ceil, floor

_LIKE = 0.8  # share of letters in common, as difflib counts them
_SHORTEST = 4  # shorter words are too like too many others
_WORD = re.compile(r"[^\W\d_]{3,}")


def suggestions(unknown: Iterable[str], texts: Sequence[str]) -> dict[str, str]:
    """Suggest for each unknown word the likest word of ``texts``; words without a like one are left out.

    Args:
        unknown: words of the question in lower case that no passage holds.
        texts: of the passages found.
    """
    wanted = [word for word in unknown if len(word) >= _SHORTEST and word.isalpha()]
    if not wanted:
        return {}
    words = set(_WORD.findall("\n".join(texts).lower()))
    found = {word: get_close_matches(word, _near(word, words), n=1, cutoff=_LIKE) for word in wanted}
    return {word: near[0] for word, near in found.items() if near}


def _near(word: str, words: Iterable[str]) -> list[str]:
    """Leave out words that cannot be like enough, by length and by the letters in them: comparing takes long."""
    letters = set(word)
    least = _LIKE / (2 - _LIKE)  # the shorter word's share of the longer one
    most = 2 * (1 - _LIKE) * len(word)  # different letters that `word` may have and the other one not
    lengths = range(ceil(least * len(word)), floor(len(word) / least) + 1)
    return [other for other in words if len(other) in lengths and len(letters.difference(other)) <= most]
