"""What a stretch of a passage says of a question, and how well what is printed beside a figure matches it.

Passages on the right matter say most words of a question, each somewhere. The figure that is asked for is there only
where what it belongs to is printed with it: a number of pupils beside "pupils", and not two rows further down.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.text.words import STOP_WORDS, WORD
from search.question.answer_type import wanted
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting

COUNTED = re.compile(r"\bhow many\b", re.IGNORECASE)


class Figures:
    """The figures that a question asks for, and what must be beside one."""

    def __init__(self, query: Query, asked: QueryTokens, quoting: Quoting) -> None:
        """Say what is asked for.

        Args:
            query: the question.
            asked: its tokens.
            quoting: how near is beside.
        """
        sought = wanted(query)
        self._sought = sought if sought and sought.figure else None
        counted = _counted(query.text, quoting.counted)
        self._around = quoting.beside_number if counted else quoting.beside_sum
        self._rows = [
            at for at, word in enumerate(asked.owners) if asked.content[at] and (not counted or word in counted)
        ]
        self._asked = asked

    @property
    def asked(self) -> bool:
        """Whether a figure of something is asked for."""
        return self._sought is not None and bool(self._rows)

    def beside(self, one: Ranked, begin: int, text: str, *, under: tuple[int, int], row: bool) -> float:
        """Say how well the words beside the best placed figure match, in [0, 1]: 0 without any, 1 if none is asked for.

        Args:
            one: the passage.
            begin: where the sentence or row begins in its text.
            text: that, with the signs of currency that its header says.
            under: where the header of a row is in the passage's text.
            row: whether it is a row: its label and the heads of its columns say what a figure is.
        """
        if self._sought is None or not self._rows:
            return 1.0
        stop = begin + len(text)
        label = [said_within(one, begin, begin + text.find("\t")), said_within(one, *under)] if row else []
        best = []
        for start, end in self._sought.places(text):
            low, high = max(begin, begin + start - self._around // 2), min(stop, begin + end + self._around)
            best.append(np.maximum.reduce([said_within(one, low, high), *label]))
        if not best:
            return 0.0
        weights = self._asked.weights[self._rows]
        settled: NDArray[np.float32] = self._asked.settled(np.stack(best))[:, self._rows] @ weights
        return float(settled.max()) / max(float(weights.sum()), 1e-9)


def said_within(one: Ranked, begin: int, end: int) -> NDArray[np.float32]:
    """Give, for each of the question's vectors, the highest cosine with a token of a stretch of a passage's text."""
    best: NDArray[np.float32] = one.cosines[:, tokens_in(one, begin, end)].max(axis=1, initial=0.0)
    return best


def said_over(
    one: Ranked, above: NDArray[np.float32], header: tuple[int, int], quoting: Quoting
) -> NDArray[np.float32]:
    """Do the same for what a sentence or row is read under: the headings ``above``, and a row's own header."""
    return np.maximum(above, quoting.above * said_within(one, *header)) if any(header) else above


def said_above(one: Ranked) -> NDArray[np.float32]:
    """Do the same for what is embedded before a passage's text: the headings above it and the header of its table."""
    return said_within(one, -sys.maxsize, 0)


def tokens_in(one: Ranked, begin: int, end: int) -> slice:
    """Find the tokens that begin in a stretch of a passage's text."""
    offsets = one.tokens.offsets
    return slice(bisect_left(offsets, (begin, begin)), bisect_left(offsets, (end, end)))


def _counted(question: str, most: int) -> set[str]:
    """Give the words, in lower case, for what "how many" asks for the number of; none where it does not ask so."""
    match = COUNTED.search(question)
    return set(_opening(question[match.end() :], most)) if match else set()


def _opening(text: str, most: int) -> Iterator[str]:
    """Yield the words of a text up to the first stop word."""
    for word in WORD.findall(text.lower())[:most]:
        if word in STOP_WORDS:
            return
        yield word
