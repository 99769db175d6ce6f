"""A question token by token: what each word weighs, and what else may stand for it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.encoding.encoder import TokenVectors
from indexer.text.figures import figures
from indexer.text.words import STOP_WORDS, WORD
from search.library import Library
from search.question.query import Query
from search.ranking.form_vectors import Embedded, Forms
from search.settings import DEFAULT, Settings


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """Another form of some words of the question: their tokens, and the rows of `QueryTokens.vectors` that it has."""

    tokens: tuple[int, ...]
    rows: slice


@dataclass(frozen=True, slots=True, eq=False)
class QueryTokens:
    """A question token by token, then the tokens of its words' other forms.

    ``whole`` is the question as one unit vector, in its own words only: long forms of acronyms beside them were
    measured to blur it. ``vectors`` are float32 unit rows; ``weights`` belong to the question's own tokens, which come
    first, and add up to 1; ``content`` says which rows are of words that are no stop words; ``owners`` are the words,
    in lower case, that the own tokens belong to; ``unknown`` are the content words that no passage holds, nor have
    another form; a part of one with hyphens is no word ("opted" in "co-opted").
    """

    whole: NDArray[np.float32]
    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    content: NDArray[np.bool_]
    owners: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    unknown: tuple[str, ...] = ()

    def settled(self, best: NDArray[np.float32]) -> NDArray[np.float32]:
        """Say how well texts match each of the question's own tokens, in its own words or in another form.

        Args:
            best: for each row of ``vectors`` (the last axis), the highest cosine with a token of the text. Axes before
                it are of several texts.
        """
        own = np.array(best[..., : len(self.weights)], np.float32)
        for other in self.alternatives:
            tokens = list(other.tokens)
            weights = self.weights[tokens]
            # An acronym is as good as its long form: the better of the two counts, as a whole.
            mean = best[..., other.rows].mean(axis=-1)
            better = mean > own[..., tokens] @ weights / max(float(weights.sum()), 1e-9)
            own[..., tokens] = np.where(better[..., None], mean[..., None], own[..., tokens])
        return own

    def share_said(self, best: NDArray[np.float32], least: float) -> float:
        """Give the share of the content words, by weight, that a text says, or says in another form; 0 without any.

        Args:
            best: for each row of ``vectors``, the highest cosine with a token of the text.
            least: cosine from which a word counts as said.
        """
        own = self.content[: len(self.weights)]
        weights = self.weights[own]
        said = self.settled(best)[own] >= least
        return float(weights[said].sum()) / max(float(weights.sum()), 1e-9)

    def without(self, some: Set[str]) -> QueryTokens:
        """Give the same with some words, in lower case, as no content words."""
        own = [word not in some for word in self.owners]
        return replace(self, content=self.content & np.array(own + [True] * (len(self.content) - len(own)), bool))

    def match(self, best: NDArray[np.float32]) -> NDArray[np.float32]:
        """Weigh `settled` up: a weighted mean cosine, one for each text."""
        matched: NDArray[np.float32] = self.settled(best) @ self.weights
        return matched


def query_tokens(
    embedded: Callable[[], Embedded], library: Library, query: Query, forms: Forms, settings: Settings = DEFAULT
) -> QueryTokens:
    """Set a question's tokens beside those of other forms of its words, each weighed by its rarity in the archive.

    Args:
        embedded: gives the question's vectors (`Forms.embed`); they are asked for after those of the forms.
        library: gives how rare words are.
        query: the question.
        forms: gives the tokens of other forms.
        settings: weights.
    """
    places = _places(query)[: settings.forms]
    variants = forms.tokens([form for _, _, form in places])
    (whole,), (tokens,) = embedded()
    owners = _owners(query.text, tokens)
    frequencies = library.term_frequencies([word for word in dict.fromkeys(owners) if word])
    known = {word for word in owners if frequencies.get(word, 0) or word in STOP_WORDS}
    others, vectors = _alternatives(tokens, places, variants)
    new = set(query.words) - query.translated
    content = [bool(word) and word not in STOP_WORDS for word in owners]
    return QueryTokens(
        whole=whole,
        vectors=np.concatenate([tokens.vectors, *vectors]),
        weights=_weights(query, owners, frequencies, library.totals().passages + 1, settings),
        content=np.array(content + [True] * sum(map(len, vectors)), bool),
        owners=tuple(owners),
        alternatives=others,
        unknown=tuple(dict.fromkeys(word for word in owners if word in new and word not in known)),
    )


def _weights(
    query: Query, owners: list[str], frequencies: Mapping[str, int], total: int, settings: Settings
) -> NDArray[np.float32]:
    raw = np.array([_weight(word, frequencies.get(word, 0), total, settings.stop) for word in owners], np.float32)
    names = set(WORD.findall(" ".join([*query.authorities, *query.boards]).lower()))
    raw *= np.array([settings.named if word in names else 1.0 for word in owners], np.float32)
    if set(query.words) - query.framing:
        raw *= np.array([settings.framing if word in query.framing else 1.0 for word in owners], np.float32)
    # A word in five pieces is still one word.
    raw /= np.array([owners.count(word) if word else 1 for word in owners], np.float32)
    weights: NDArray[np.float32] = raw / max(float(raw.sum()), 1e-6)
    return weights


def _places(query: Query) -> list[tuple[int, int, str]]:
    """Find where the question says what has other forms: start, end, form."""
    places = []
    for said, forms in query.expanded.items():
        pattern = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", said)))
        match = re.search(rf"(?<!\w){pattern}s?(?!\w)", query.text, re.IGNORECASE)
        if match:
            places += [(match.start(), match.end(), form) for form in forms]
    return places


def _alternatives(
    tokens: TokenVectors, places: list[tuple[int, int, str]], variants: list[TokenVectors]
) -> tuple[tuple[Alternative, ...], list[NDArray[np.float32]]]:
    """Set the tokens of each form beside those of the question's words that it may stand for."""
    others: list[Alternative] = []
    vectors: list[NDArray[np.float32]] = []
    at = len(tokens.tokens)
    for (start, end, _), variant in zip(places, variants, strict=True):
        own = tuple(i for i, (begin, stop) in enumerate(tokens.offsets) if start <= begin and stop <= end)
        rows = [i for i, token in enumerate(variant.tokens) if token not in STOP_WORDS and any(map(str.isalnum, token))]
        if own and rows:
            vectors.append(variant.vectors[rows])
            others.append(Alternative(own, slice(at, at + len(rows))))
            at += len(rows)
    return tuple(others), vectors


def _owners(text: str, tokens: TokenVectors) -> list[str]:
    """Give, for each token, the word in lower case that it belongs to, or "" for punctuation; a sum is one word."""
    words = [(one.start, one.end, one.key) for one in figures(text)]
    words += [(match.start(), match.end(), match.group().lower()) for match in WORD.finditer(text)]
    return [next((word for begin, end, word in words if begin <= start < end), "") for start, _ in tokens.offsets]


def _weight(word: str, frequency: int, total: int, stop: float) -> float:
    if not word:
        return 0.0
    if word in STOP_WORDS:
        return stop
    return math.log(1 + total / (1 + frequency)) / math.log(1 + total)
