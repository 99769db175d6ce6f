"""Second stage: candidates ordered by late interaction, word by word of the question.

For every token of the question the most similar token of the passage is found (MaxSim: Khattab and Zaharia, "ColBERT",
SIGIR 2020), with the token vectors of the same model as the first stage, and weighted by how rare its word is in the
archive.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.archive import TokenCodes
from indexer.records import RULINGS, StoredPassage
from indexer.text.words import STOP_WORDS, WORD
from search.library import Library
from search.question.query import Query
from search.ranking.features import preferred
from search.ranking.located import Located
from search.ranking.passage_tokens import TokenCache, similarities
from search.ranking.query_tokens import QueryTokens
from search.ranking.retrieve import Candidate
from search.settings import Settings

# Paper, section, and which of its matters.
Matter = tuple[str, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """A candidate with its score, the late interaction alone (``match``, a weighted mean cosine), and its tokens.

    ``item_match`` is the best match of all candidates of its item: a ruling rarely names its subject. ``cosines`` is
    float32 (rows of `QueryTokens.vectors`, tokens of the passage). ``parts`` are the passages that were joined to
    one (`search.ranking.neighbours`), of which all else but ``stored`` is that of the best. ``answers`` is the
    probability that it answers the question, by the cross-encoder, and ``located`` where in it; None where it was not
    read.
    """

    stored: StoredPassage
    score: float
    match: float
    item_match: float
    tokens: TokenCodes
    cosines: NDArray[np.float32]
    parts: tuple[tuple[int, Ranked], ...] = ()
    answers: float | None = None
    located: Located | None = None

    @property
    def sure(self) -> float:
        """How surely it, or what was joined to it, answers the question; 0 where nothing of it was read."""
        return max((part.answers or 0.0 for _, part in self.members), default=0.0)

    @property
    def members(self) -> tuple[tuple[int, Ranked], ...]:
        """The passages it is made of, each with where it begins in the text, in reading order; itself for one."""
        return self.parts or ((0, self),)

    @property
    def best(self) -> tuple[int, Ranked]:
        """The passage of those joined that ranks highest, and where it begins in the text."""
        return next((at, one) for at, one in self.members if one.stored.id == self.stored.id)

    @property
    def core(self) -> tuple[int, int]:
        """Where its best passage is in its text; the rest is context."""
        start, best = self.best
        return start, start + len(best.stored.passage.text)


def rerank(
    query: Query,
    tokens: QueryTokens,
    candidates: Sequence[Candidate],
    library: Library,
    cache: TokenCache,
    settings: Settings,
) -> list[Ranked]:
    """Order candidates, best first, as they came where they score the same."""
    passages = cache.passages([scored.id for scored in candidates])
    kept = [scored for scored in candidates if scored.id in passages]
    stored = [passages[scored.id] for scored in kept]
    if not stored:
        return []
    some = _likeliest(tokens, kept, cache.texts(stored), settings)
    kept, stored = [kept[i] for i in some], [stored[i] for i in some]
    of_passages = cache.get(stored)
    cosines, highest = similarities(tokens.vectors, [of_passages[one.id] for one in stored], cache.book)
    matches = _matches(tokens, stored, highest, settings)
    items = _of_items(stored, matches)
    lifted = _lifted(query, stored, matches, settings.inherited)
    wholes = _wholes(query, kept, stored, library, settings)
    lengths = (math.log(max(1, len(of_passages[one.id].places)) / settings.usual) for one in stored)
    scores = [
        settings.match * (lift - settings.length * long) + whole
        for lift, long, whole in zip(lifted, lengths, wholes, strict=True)
    ]
    scores = preferred(query, stored, scores, settings)
    ranked = [
        Ranked(one, score, match, item, of_passages[one.id], pairs)
        for one, score, match, item, pairs in zip(stored, scores, matches, items, cosines, strict=True)
    ]
    return sorted(ranked, key=lambda one: -one.score)


def _likeliest(
    tokens: QueryTokens, candidates: Sequence[Candidate], texts: Sequence[str], settings: Settings
) -> list[int]:
    """Choose those of many candidates whose token vectors are worth reading, which are most of what a question reads.

    What is known of them without: the share of the question's words, by weight, that they say, and how like they are as
    wholes. Places in order.
    """
    if len(texts) <= settings.compared:
        return list(range(len(texts)))
    said = np.zeros((len(texts), len(tokens.vectors)), np.float32)
    lower = [text.lower() for text in texts]
    for at, word in enumerate(tokens.owners):
        if word:
            said[:, at] = [word in text for text in lower]
    likely = tokens.match(said) + settings.likely_whole * np.array([one.whole for one in candidates], np.float32)
    return sorted(np.argsort(-likely, kind="stable")[: settings.compared].tolist())


def _matches(
    tokens: QueryTokens, stored: Sequence[StoredPassage], best: NDArray[np.float32], settings: Settings
) -> list[float]:
    """Weigh up how well passages match, what their neighbours and the rest of their section say included."""
    sections: dict[tuple[str, int], list[int]] = {}
    for i, one in enumerate(stored):
        sections.setdefault((one.paper.id, one.section.ordinal), []).append(i)
    around, whole = best.copy(), best.copy()
    for own in (own for own in sections.values() if len(own) > 1):
        whole[own] = np.maximum(best[own], settings.beside_share * best[own].max(axis=0))
        at = {stored[i].id: i for i in own}
        for step in (-1, 1):
            some = [i for i in own if stored[i].id + step in at]
            beside = [at[stored[i].id + step] for i in some]
            around[some] = np.maximum(around[some], settings.beside_share * best[beside])
    alone = tokens.match(best)
    further = settings.beside * (tokens.match(around) - alone) + settings.section * (tokens.match(whole) - alone)
    return [float(match) for match in alone + further]


def _wholes(
    query: Query, candidates: Sequence[Candidate], stored: Sequence[StoredPassage], library: Library, settings: Settings
) -> list[float]:
    """Say what the likeness of question and passage as wholes adds to each candidate's score."""
    sizes = library.sizes({one.paper.id for one in stored})
    wholes = _lifted(query, stored, [candidate.whole for candidate in candidates], settings.inherited)
    return [
        settings.whole * whole / math.sqrt(sizes.get(one.paper.id, 1))
        for one, whole in zip(stored, wholes, strict=True)
    ]


def _lifted(query: Query, stored: Sequence[StoredPassage], matches: Sequence[float], share: float) -> list[float]:
    """Lift resolutions and recommendations towards the best match of their section, if decisions are asked for."""
    if not {"decision", "recommendation"} & set(query.intents):
        return list(matches)
    return [
        match + share * (item - match) if one.passage.kind in RULINGS else match
        for one, match, item in zip(stored, matches, _of_items(stored, matches), strict=True)
    ]


def _of_items(stored: Sequence[StoredPassage], matches: Sequence[float]) -> list[float]:
    """Give for each passage the best match of those of its matter."""
    matters = _matters(stored)
    best: dict[Matter, float] = {}
    for matter, match in zip(matters, matches, strict=True):
        best[matter] = max(match, best.get(matter, match))
    return [best[matter] for matter in matters]


def _matters(stored: Sequence[StoredPassage]) -> list[Matter]:
    """Number each passage's matter in its section: one ends with its ruling ("Matters arising" may have many)."""
    matters: dict[int, Matter] = {}
    last: dict[tuple[str, int], tuple[int, bool]] = {}
    for one in sorted(stored, key=lambda one: one.id):
        section, ruling = (one.paper.id, one.section.ordinal), one.passage.kind in RULINGS
        number, ruled = last.get(section, (0, False))
        number += ruled and not ruling
        last[section] = number, ruling
        matters[one.id] = (*section, number)
    return [matters[one.id] for one in stored]


def marks(ranked: Ranked, tokens: QueryTokens, least: float) -> tuple[tuple[int, int], ...]:
    """Find the words of a passage that match content words of the question: half-open ranges of its text, in order.

    Args:
        ranked: the passage.
        tokens: the question's tokens.
        least: cosine from which a word counts as matching.
    """
    if ranked.parts:
        return tuple((start + at, end + at) for at, part in ranked.parts for start, end in marks(part, tokens, least))
    if not tokens.content.any() or not len(ranked.tokens.places):
        return ()
    text = ranked.stored.passage.text
    matching = np.flatnonzero(ranked.cosines[tokens.content].max(axis=0) >= least)
    hot = [start for start in ranked.tokens.places[matching, 0].tolist() if start >= 0]
    words = [match.span() for match in WORD.finditer(text)]
    starts = [start for start, _ in words]
    chosen = {bisect_right(starts, start) - 1 for start in hot}
    return tuple(words[i] for i in sorted(chosen) if i >= 0 and text[slice(*words[i])].lower() not in STOP_WORDS)
