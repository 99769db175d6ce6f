"""Spelling: for words of the question that the archive does not hold, the archive's own words most like them.

No dictionary is kept; rapidfuzz compares the words. The index of words finds passages with a word of like letters,
wherever they are in the archive; those nearest in meaning are looked at besides, for word pieces of a misspelt word
still lead there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from rapidfuzz import fuzz, process

from search.library import Library

_LIKE = 80.0  # per cent of letters in common and in order (Indel similarity)
_LONGER = 2.0  # taken off for each letter that a word is longer or shorter
_SHORTEST = 4  # shorter words are too like too many others
_MOST = 5  # words that are looked up
_PASSAGES = 60  # passages that are looked at for one word
_WORD = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")


def suggestions(unknown: Iterable[str], library: Library, nearest: Sequence[str]) -> dict[str, str]:
    """Suggest for each unknown word the nearest word of the archive, of equally near ones the commonest.

    Words without a near one are left out.

    Args:
        unknown: words of the question in lower case that no passage holds.
        library: the archive.
        nearest: texts of the passages found.
    """
    wanted = list(islice((word for word in unknown if len(word) >= _SHORTEST and word.isalpha()), _MOST))
    known = _words(nearest) if wanted else set()
    found = {word: _nearest(word, known | _words(_alike(word, library)), library) for word in wanted}
    return {word: other for word, other in found.items() if other}


def _alike(word: str, library: Library) -> list[str]:
    return [one.passage.text for one in library.passages(library.like(word, _PASSAGES)).values()]


def _words(texts: Iterable[str]) -> set[str]:
    return set(_WORD.findall("\n".join(texts).lower()))


def _nearest(word: str, words: Iterable[str], library: Library) -> str:
    alike = process.extract(word, list(words), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None)
    likeness = {other: score - _LONGER * abs(len(other) - len(word)) for other, score, _ in alike}
    best = max(likeness.values(), default=0.0)
    tied = [other for other, score in likeness.items() if score == best]
    frequencies = library.term_frequencies(tied)
    return max(sorted(tied), key=lambda other: frequencies.get(other, 0), default="")
