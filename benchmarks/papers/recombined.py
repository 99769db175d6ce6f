"""Papers by the ten thousand, made of the sample's own words: what archives of any size are filled with.

Each passage is one or two whole sentences of the manuscripts and some that are drawn word by word, with frequencies as
Zipf found them in any language: the sample's words first, in their own order, then invented ones for the long tail that
a real archive has. A topic gives each paper words of its own. One passage in thirty is boilerplate, the same in all.

Vectors are not made by the encoder, which would take a day for a million: each is the mean of its paper's topic, its
own whole sentences' real vectors and noise of the same covariance, so clusters lie where real ones do. Text and vector
of a passage agree as far as the whole sentences do. Pages carry no word boxes.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.archive import Codebook, pack
from indexer.encoding.protocol import Encoder, TokenVectors, Vectors
from indexer.records import (
    Acronym,
    Block,
    Decision,
    Meeting,
    Page,
    Paper,
    Passage,
    PassageKind,
    Reading,
    Section,
    Span,
)

MANUSCRIPTS = Path("data/manuscripts")
_VOCABULARY, _TOPICS, _TOPIC_WORDS, _NOISES = 150_000, 2_000, 40, 32_768
# Shares of a vector: its topic, its paper, its own sentences, and noise; chosen so that the 50 nearest of a passage lie
# at cosines like those of real passages (.45 to .75).
_TOPIC, _PAPER, _OWN, _NOISE = 0.55, 0.25, 0.5, 0.45
_A_PAGE, _A_SECTION, _BOILERPLATE = 4, 8, 30
_KINDS: tuple[tuple[PassageKind, float], ...] = (
    ("report", 0.55), ("table", 0.15), ("minute", 0.12), ("resolution", 0.06), ("recommendation", 0.05),
    ("agenda", 0.05), ("other", 0.02),
)  # fmt: skip
_AUTHORITIES = tuple(f"{name} Council" for name in ("Fenshire", "Marlbridge", "Saltmarsh", "Wrenfold", "Teazel Vale"))
_BOARDS = (
    "Cabinet", "Health and Wellbeing Board", "Planning Committee", "Audit Committee", "Scrutiny Committee", "Council",
    "Pensions Board", "Licensing Committee", "Schools Forum", "Harbour Board", "Standards Committee", "Flood Panel",
)  # fmt: skip
_SYLLABLES = (
    "bar", "cor", "den", "fel", "gan", "hol", "im", "jas", "kel", "lor", "mun", "nor", "os", "pel", "quin", "ras",
    "sel", "tor", "ul", "ven", "wick", "yar", "zen", "stan", "ford",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """What is recombined: sentences with their real vectors (float32 (n, dim)) and tokens, and words, commonest first.

    ``noise`` are float32 unit rows with the covariance of the vectors; two of them added make a new one.
    """

    sentences: tuple[str, ...]
    vectors: Vectors
    tokens: tuple[TokenVectors, ...]
    words: NDArray[np.str_]
    shares: NDArray[np.float64]
    noise: Vectors


def pool(encoder: Encoder, manuscripts: Path = MANUSCRIPTS) -> Pool:
    """Read the manuscripts and embed their sentences."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(manuscripts.glob("*.txt"))]
    parts = [" ".join(part.split()) for text in texts for part in re.split(r"(?<=[.!?])\s|\n\s*\n|\|", text)]
    kept = [part for part in dict.fromkeys(parts) if 6 <= len(part.split()) <= 40 and part[0].isalnum()]
    vectors, tokens = encoder.encode_whole(kept)
    words = Counter(word for part in parts for word in re.findall(r"[^\W\d_]+", part.lower()))
    generator = np.random.default_rng(1)
    syllables = np.array(_SYLLABLES)[generator.integers(len(_SYLLABLES), size=(2 * _VOCABULARY, 4))].tolist()
    made = ["".join(four[: 2 + at % 3]) for at, four in enumerate(syllables)]
    every = list(dict.fromkeys([word for word, _ in words.most_common()] + made))[:_VOCABULARY]
    raw = 1.0 / (np.arange(len(every)) + 2.7) ** 1.1
    spread = np.linalg.cholesky(np.cov(vectors.T) + 1e-6 * np.eye(vectors.shape[1]))
    noise = _unit(generator.standard_normal((_NOISES, len(spread))).astype(np.float32) @ spread.T.astype(np.float32))
    return Pool(tuple(kept), vectors, tuple(tokens), np.array(every), np.cumsum(raw / raw.sum()), noise)


def packed_tokens(source: Pool, count: int, book: Codebook, tokens: int = 130) -> Iterator[bytes]:
    """Yield ``count`` packed token vectors of about ``tokens`` tokens: those of whole sentences, one after another."""
    generator = np.random.default_rng(2)
    for _ in range(count):
        text = ""
        places: list[tuple[int, int]] = []
        rows: list[Vectors] = []
        while len(places) < tokens:
            which = int(generator.integers(len(source.tokens)))
            places += [(len(text) + start, len(text) + end) for start, end in source.tokens[which].offsets]
            rows.append(source.tokens[which].vectors)
            text += f"{source.sentences[which]} "
        yield next(pack([(text, places, np.concatenate(rows))], book))


class Recombiner:
    """Makes papers, always the same by their number."""

    def __init__(self, source: Pool, passages: int = 40) -> None:
        self._source = source
        self._passages = passages
        generator = np.random.default_rng(3)
        picked = generator.integers(len(source.sentences), size=(_TOPICS, 3))
        # A topic's words are neither among the commonest nor so rare that only one paper would have them.
        self._topic_words = source.words[generator.integers(300, 20_000, size=(_TOPICS, _TOPIC_WORDS))]
        self._topics = _unit(source.vectors[picked].mean(axis=1) + 0.3 * self._noise(generator, _TOPICS))

    def paper(self, number: int) -> tuple[Reading, Vectors]:
        """Make the paper of a number, with its passages' vectors: float32 (passages, dim), unit rows."""
        generator = np.random.default_rng((4, number))
        topic = int(generator.integers(_TOPICS))
        count = int(np.clip(generator.geometric(1 / self._passages), 4, 8 * self._passages))
        own = generator.integers(len(self._source.sentences), size=(count, 2))
        texts = self._texts(generator, topic, own)
        boilerplate = generator.integers(_BOILERPLATE * 20, size=count)
        vectors = self._vectors(generator, topic, own)
        for at in np.flatnonzero(boilerplate < 20).tolist():
            which = 7 * int(boilerplate[at])
            texts[at] = " ".join(self._source.sentences[which : which + 3])
            vectors[at] = _unit(self._source.vectors[which : which + 3].mean(axis=0, keepdims=True))[0]
        return _reading(number, generator, texts, self._topic_words[topic]), vectors

    def _texts(self, generator: np.random.Generator, topic: int, own: NDArray[np.int64]) -> list[str]:
        sizes = generator.integers(40, 90, size=len(own))
        drawn = np.searchsorted(self._source.shares, generator.random(int(sizes.sum())))
        words = self._source.words[np.minimum(drawn, len(self._source.words) - 1)]
        special = np.flatnonzero(generator.random(len(words)) < 0.12)
        words[special] = generator.choice(self._topic_words[topic], len(special))
        parts = np.split(words, np.cumsum(sizes)[:-1])
        said = self._source.sentences
        return [
            f"{said[first]} {' '.join(part.tolist()).capitalize()}. {said[second] if first % 2 else ''}".strip()
            for part, (first, second) in zip(parts, own.tolist(), strict=True)
        ]

    def _vectors(self, generator: np.random.Generator, topic: int, own: NDArray[np.int64]) -> Vectors:
        paper = self._noise(generator, 1)
        said = _unit(self._source.vectors[own].mean(axis=1))
        noise = self._noise(generator, len(own))
        return _unit(_TOPIC * self._topics[topic] + _PAPER * paper + _OWN * said + _NOISE * noise)

    def _noise(self, generator: np.random.Generator, count: int) -> Vectors:
        return _unit(self._source.noise[generator.integers(_NOISES, size=(count, 2))].sum(axis=1))


def _unit(rows: Vectors) -> Vectors:
    made: Vectors = (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)
    return made


def _reading(number: int, generator: np.random.Generator, texts: Sequence[str], words: NDArray[np.str_]) -> Reading:
    """Put passages on pages, four to each, and into sections of eight."""
    meeting = Meeting(
        _AUTHORITIES[int(generator.zipf(1.8)) % len(_AUTHORITIES)],
        _BOARDS[int(generator.zipf(1.5)) % len(_BOARDS)],
        date(2005, 1, 1) + timedelta(days=int(generator.integers(7_500))),
    )
    pages: list[Page] = []
    spans: list[Span] = []
    for first in range(0, len(texts), _A_PAGE):
        at, blocks = 0, []
        for text in texts[first : first + _A_PAGE]:
            spans.append(Span(len(pages) + 1, at, at + len(text)))
            blocks.append(Block(at, at + len(text), 11.0))
            at += len(text) + 1
        pages.append(Page(len(pages) + 1, "\n".join(texts[first : first + _A_PAGE]), tuple(blocks), str(len(pages))))
    titles = [" ".join(generator.choice(words, 4)).capitalize() for _ in range(0, len(texts), _A_SECTION)]
    sections = tuple(
        Section(at, None, "item", str(at + 1), title, meeting, tuple(spans[at * _A_SECTION : (at + 1) * _A_SECTION]))
        for at, title in enumerate(titles)
    )
    kinds = generator.choice([kind for kind, _ in _KINDS], len(texts), p=[share for _, share in _KINDS]).tolist()
    passages = tuple(
        Passage(at, at // _A_SECTION, kind, (span,), text, (meeting.board, titles[at // _A_SECTION]))
        for at, (kind, span, text) in enumerate(zip(kinds, spans, texts, strict=True))
    )
    digest = hashlib.sha256(f"recombined {number}".encode()).hexdigest()
    path = f"{meeting.board}/{meeting.date}/{number}.pdf"
    paper = Paper(digest, path, "pdf", True, "pack", titles[0], meeting, len(pages), "")
    return Reading(paper, tuple(pages), sections, passages, _decisions(passages, sections), _acronyms(generator, spans))


def _decisions(passages: Sequence[Passage], sections: Sequence[Section]) -> tuple[Decision, ...]:
    """Make every resolution and recommendation a decision."""
    found = [one for one in passages if one.kind in ("resolution", "recommendation")]
    return tuple(
        Decision(
            at, one.section, one.kind == "recommendation", "resolved", one.text, one.spans, (),
            sections[one.section].number, sections[one.section].title, sections[one.section].meeting,
        )
        for at, one in enumerate(found)
    )  # fmt: skip


def _acronyms(generator: np.random.Generator, spans: Sequence[Span]) -> tuple[Acronym, ...]:
    """Give two of 3,000 acronyms, some far more often than others."""
    found = []
    for rank in (generator.zipf(1.3, 2) % 3_000).tolist():
        letters = "".join(chr(65 + (rank // 26**place) % 26) for place in range(3)) + "B"
        long = " ".join(f"{letter.lower()}{_SYLLABLES[rank % len(_SYLLABLES)]}" for letter in letters)
        found.append(Acronym(letters, long.title(), spans[0]))
    return tuple(found)
