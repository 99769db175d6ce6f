# ruff: noqa: D102 - the methods are those of search.library.Library and say there what they do
"""A small library in memory and an encoder without weights, for tests of search."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from difflib import get_close_matches
from typing import Any

import numpy as np

from indexer.encoding.encoder import TokenVectors
from indexer.records import (
    ArchiveState,
    Facets,
    Filters,
    Meeting,
    ModelIdentity,
    Page,
    Paper,
    Passage,
    PassageKind,
    Scored,
    Section,
    SectionKind,
    Span,
    StoredAction,
    StoredDecision,
    StoredPassage,
    StoredSection,
    Totals,
    WordQuery,
    cut,
)

_WORD = re.compile(r"[^\W_]+")


class WordEncoder:
    """Every word has a fixed random direction; a text is the mean of its words. Like words match, others hardly."""

    dimension = 64
    token_limit = 256
    identity = ModelIdentity("words", "0" * 64, 64)

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(_WORD.findall(text)) + 2

    def encode(self, texts: Sequence[str]) -> Any:
        rows = [self._mean(found.vectors) for found in map(self._tokens, texts)]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.encoded += texts
        return [self._tokens(text) for text in texts]

    def encode_whole(self, texts: Sequence[str]) -> tuple[Any, list[TokenVectors]]:
        return self.encode(texts), self.encode_tokens(texts)

    def _tokens(self, text: str) -> TokenVectors:
        spans = [match.span() for match in _WORD.finditer(text)]
        words = tuple(text[start:end].lower().rstrip("s") for start, end in spans)
        vectors = np.array([self._direction(word) for word in words], np.float32).reshape(len(words), self.dimension)
        return TokenVectors(words, tuple(spans), vectors)

    def _direction(self, word: str) -> Any:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        drawn = np.random.default_rng(seed).standard_normal(self.dimension)
        return drawn / np.linalg.norm(drawn)

    def _mean(self, vectors: Any) -> Any:
        if not len(vectors):
            return np.zeros(self.dimension)
        total = vectors.sum(axis=0)
        return total / np.linalg.norm(total)


class MemoryLibrary:
    """A library of passages that are given one by one."""

    model = WordEncoder.identity

    def __init__(self, encoder: WordEncoder | None = None) -> None:
        self.encoder = encoder or WordEncoder()
        self.packed: dict[int, bytes] = {}
        self.generation = 1
        self.stored: dict[int, StoredPassage] = {}
        self.texts: dict[tuple[str, int], str] = {}
        self.asked: list[Filters] = []
        self.known_acronyms: list[tuple[str, str, int]] = []

    def add(
        self,
        text: str | Sequence[str],
        *,
        kind: PassageKind = "report",
        file: str = "pack.pdf",
        page: int = 1,
        title: str = "A matter",
        number: str = "",
        meeting: Meeting | None = None,
        section: int | None = None,
        paged: bool = True,
    ) -> StoredPassage:
        """Add a passage; of a list of texts each stands on a page of its own, from ``page`` on."""
        meeting = meeting or Meeting("Ashshire County Council", "Cabinet", date(2024, 5, 14))
        parts = [text] if isinstance(text, str) else list(text)
        spans = tuple(self._print(file, page + i, part) for i, part in enumerate(parts))
        id = hashlib.sha256(file.encode()).hexdigest()
        paper = Paper(id, file, "pdf" if paged else "text", paged, "pack", file, meeting, 9)
        ordinal = len(self.stored)
        number_of_section = ordinal if section is None else section
        home = Section(number_of_section, None, "item", number, title, meeting, spans)
        whole = cut({span.page: self.texts[id, span.page] for span in spans}, spans)
        passage = Passage(ordinal, number_of_section, kind, spans, whole, (title,))
        twin = hashlib.sha256(" ".join(whole.lower().split()).encode()).hexdigest()
        found = StoredPassage((paper.key << 20) | ordinal, paper, home, passage, twin)
        self.stored[found.id] = found
        self.generation += 1
        return found

    def _print(self, file: str, page: int, text: str) -> Span:
        id = hashlib.sha256(file.encode()).hexdigest()
        before = self.texts.get((id, page), "")
        start = len(before) + 1 if before else 0
        self.texts[id, page] = f"{before}\n{text}" if before else text
        return Span(page, start, start + len(text))

    def _allowed(self, filters: Filters) -> list[StoredPassage]:
        self.asked.append(filters)
        return [
            one
            for one in self.stored.values()
            if (not filters.boards or one.section.meeting.board in filters.boards)
            and (not filters.kinds or one.passage.kind in filters.kinds)
        ]

    def newest(self) -> ArchiveState:
        return ArchiveState("library", self.generation)

    def snapshot(self) -> AbstractContextManager[ArchiveState]:
        return nullcontext(self.newest())

    def match_words(self, query: WordQuery, limit: int, filters: Filters = Filters()) -> list[Scored]:  # noqa: B008
        wanted = Counter(_words(query.words))
        for text, weight in query.expansions:
            wanted.update(dict.fromkeys(_words(text), weight))  # type: ignore[arg-type]
        scored = []
        for one in self._allowed(filters):
            have = _words(" ".join([*one.passage.trail, one.passage.text]))
            score = sum(weight for word, weight in wanted.items() if word in have)
            score += 10 * sum(phrase.lower() in one.passage.text.lower() for phrase in query.phrases)
            if score and all(heading == one.section.number for heading in query.headings):
                scored.append(Scored(one.id, float(score)))
        return sorted(scored, key=lambda one: (-one.score, one.id))[:limit]

    def nearest(self, vector: Any, limit: int, filters: Filters = Filters()) -> list[Scored]:  # noqa: B008
        kept = self._allowed(filters)
        rows = self.encoder.encode([one.passage.text for one in kept])
        scored = [Scored(one.id, float(row @ vector)) for one, row in zip(kept, rows, strict=True)]
        return sorted(scored, key=lambda one: (-one.score, one.id))[:limit]

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        return {id: self.stored[id] for id in ids if id in self.stored}

    def tokens(self, ids: Sequence[int]) -> dict[int, bytes]:
        return {id: self.packed[id] for id in ids if id in self.packed}

    def twins(self, hashes: Sequence[str]) -> dict[str, list[StoredPassage]]:
        return {twin: [one for one in self.stored.values() if one.twin == twin] for twin in hashes}

    def page(self, paper_id: str, number: int) -> Page:
        return Page(number, self.texts[paper_id, number], label=str(number + 2))

    def sizes(self, paper_ids: Iterable[str]) -> dict[str, int]:
        counts = Counter(one.paper.id for one in self.stored.values())
        return {id: counts[id] for id in paper_ids if id in counts}

    def plain_page(self, paper_id: str, number: int) -> Page:
        return self.page(paper_id, number)

    def keeps_back(self, paper_id: str) -> bool:
        """Whether its file must not be given out."""
        return False

    def page_label(self, paper_id: str, number: int) -> str:
        return self.page(paper_id, number).label

    def sections(self, paper_id: str) -> list[Section]:
        return [one.section for one in self.stored.values() if one.paper.id == paper_id]

    def stretches(self, kinds: Sequence[SectionKind], filters: Filters = Filters()) -> list[StoredSection]:  # noqa: B008
        return []

    def papers(self) -> list[Paper]:
        return list({one.paper.id: one.paper for one in self.stored.values()}.values())

    def paper_passages(self, paper_id: str) -> list[StoredPassage]:
        return [one for one in self.stored.values() if one.paper.id == paper_id]

    def actions(self, filters: Filters = Filters()) -> list[StoredAction]:  # noqa: B008
        """Nobody is to do anything here."""
        return []

    def decisions(self, filters: Filters = Filters(), *, merge: bool = True) -> list[StoredDecision]:  # noqa: B008
        return []

    def acronyms(self, authorities: Sequence[str] = ()) -> list[tuple[str, str, int]]:
        return self.known_acronyms

    def facets(self, filters: Filters = Filters()) -> Facets:  # noqa: B008
        return Facets(
            Counter(one.section.meeting.authority for one in self.stored.values()),
            Counter(one.section.meeting.board for one in self.stored.values()),
            Counter(one.passage.kind for one in self.stored.values()),
            {},
        )

    def totals(self) -> Totals:
        papers = len({one.paper.id for one in self.stored.values()})
        return Totals(papers, 9 * papers, len(self.stored), 0, date(2024, 5, 14), date(2024, 5, 14))

    def like(self, word: str, limit: int) -> list[int]:
        near = (id for id, one in self.stored.items() if get_close_matches(word, _words(one.passage.text), 1, 0.7))
        return list(near)[:limit]

    def term_frequencies(self, words: Iterable[str]) -> Mapping[str, int]:
        texts = [_words(" ".join([*one.passage.trail, one.passage.text])) for one in self.stored.values()]
        return {word: sum(word.rstrip("s") in text for text in texts) for word in words}


def _words(text: str) -> set[str]:
    return {match.group().lower().rstrip("s") for match in _WORD.finditer(text)}
