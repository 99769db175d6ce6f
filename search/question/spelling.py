"""Spelling: for words of the question that the archive does not hold, the archive's own words most like them.

No dictionary is kept; rapidfuzz compares the words. The index of words finds passages with a word of like letters,
wherever they are in the archive; those nearest in meaning are looked at too, as word pieces of a misspelt word still
lead there. Apart from the engine: the only importer of rapidfuzz.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from rapidfuzz import fuzz, process

from indexer.text.cues import TITLES
from indexer.text.words import LETTERS
from search.library import Library
from search.settings import DEFAULT, Spelling


def suggestions(
    unknown: Iterable[str], library: Library, nearest: Sequence[str], spelling: Spelling = DEFAULT.spelling
) -> dict[str, str]:
    """Suggest for each unknown word the nearest word of the archive, of equally near ones the commonest.

    Words without a near one are left out, and titles, which the papers of some councils never print.

    Args:
        unknown: words of the question in lower case that no passage holds.
        library: the archive.
        nearest: texts of the passages found.
        spelling: how much alike words must be.
    """
    spelt = (word for word in unknown if len(word) >= spelling.letters and word.isalpha() and word not in TITLES)
    tried = list(islice(spelt, spelling.words))
    known = _words(nearest, spelling) if tried else set()
    nearby = {
        word: _nearest(word, known | _words(_alike(word, library, spelling), spelling), library, spelling)
        for word in tried
    }
    return {word: other for word, other in nearby.items() if other}


def _alike(word: str, library: Library, spelling: Spelling) -> list[str]:
    return [one.passage.text for one in library.passages(library.like(word, spelling.passages)).values()]


def _words(texts: Iterable[str], spelling: Spelling) -> set[str]:
    return {word for word in set(LETTERS.findall("\n".join(texts).lower())) if len(word) >= spelling.letters}


def _nearest(word: str, words: Iterable[str], library: Library, spelling: Spelling) -> str:
    alike = process.extract(word, list(words), scorer=fuzz.ratio, score_cutoff=spelling.like, limit=None)
    likeness = {other: score - spelling.longer * abs(len(other) - len(word)) for other, score, _ in alike}
    best = max(likeness.values(), default=0.0)
    tied = [other for other, score in likeness.items() if score == best]
    frequencies = library.term_frequencies(tied)
    return max(sorted(tied), key=lambda other: frequencies.get(other, 0), default="")
