"""What a stretch of a passage says of a question, and how well what is printed beside a figure matches it.

Passages on the right matter say most words of a question, each somewhere. The figure that is asked for is there only
where what it belongs to is printed with it: a number of pupils beside "pupils", and not two rows further down.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.text.words import STOP_WORDS, WORD
from search.answer.lines import Line, tokens_in
from search.question.answer_type import expected
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting

COUNTED = re.compile(r"\bhow many\b", re.IGNORECASE)


class Figures:
    """The figures that a question asks for, and what must be beside one."""

    def __init__(self, query: Query, tokens: QueryTokens, quoting: Quoting) -> None:
        """Say what is asked for.

        Args:
            query: the question.
            tokens: its tokens.
            quoting: how near is beside.
        """
        sought = expected(query)
        self._sought = sought if sought and sought.figure else None
        counted = _counted(query.text, quoting.counted)
        self._around = quoting.beside_number if counted else quoting.beside_sum
        self._rows = [
            at for at, word in enumerate(tokens.owners) if tokens.content[at] and (not counted or word in counted)
        ]
        self._tokens = tokens

    @property
    def needed(self) -> bool:
        """Whether a figure of something is asked for."""
        return self._sought is not None and bool(self._rows)

    def beside(self, one: Ranked, lines: Sequence[Line]) -> list[float]:
        """Say how well the words beside the best placed figure of each sentence or row of a passage match, in [0, 1].

        It is 0 without any figure, and 1 if none is asked for.
        """
        if self._sought is None or not self._rows:
            return [1.0] * len(lines)
        best = [self._around_figures(one, line) for line in lines]
        every = [vectors for own in best for vectors in own]
        if not every:
            return [0.0] * len(lines)
        weights = self._tokens.weights[self._rows]
        settled: NDArray[np.float32] = self._tokens.settled(np.stack(every))[:, self._rows] @ weights
        shares = iter((settled / max(float(weights.sum()), 1e-9)).tolist())
        return [max(islice(shares, len(own)), default=0.0) for own in best]

    def _around_figures(self, one: Ranked, line: Line) -> list[NDArray[np.float32]]:
        """Give what is said beside each figure of a sentence or row, for each of the question's vectors."""
        begin, text = line.begin, line.text
        stop = begin + len(text)
        label = [said_within(one, begin, begin + text.find("\t")), said_within(one, *line.under)] if line.row else []
        every = []
        for start, end in self._sought.places(text) if self._sought else ():
            low, high = max(begin, begin + start - self._around // 2), min(stop, begin + end + self._around)
            every.append(np.maximum.reduce([said_within(one, low, high), *label]))
        return every


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
