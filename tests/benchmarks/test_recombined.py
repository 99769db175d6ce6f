"""Tests of the papers that archives are filled with to measure how they grow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.papers.recombined import Pool, Recombiner, packed_tokens, pool
from indexer.archive import Archive, Writer, codebook, unpack
from indexer.records import LedgerEntry
from tests.makers.index_maker import TinyEncoder


@pytest.fixture(scope="module")
def source() -> Pool:
    return pool(TinyEncoder())


def test_a_paper_is_always_the_same_by_its_number(source: Pool) -> None:
    (first, vectors), (again, same) = (Recombiner(source).paper(7) for _ in range(2))
    assert first == again
    assert np.array_equal(vectors, same)
    assert Recombiner(source).paper(8)[0].paper.id != first.paper.id


def test_an_archive_of_recombined_papers_keeps_every_promise(source: Pool, tmp_path: Path) -> None:
    with Writer.open(tmp_path, TinyEncoder().identity) as writer:
        for number in range(20):
            reading, vectors = Recombiner(source).paper(number)
            paper = reading.paper
            writer.add(reading, vectors, [LedgerEntry(paper.path, "indexed", "", paper.id, paper.page_count)])
    with Archive.open(tmp_path) as archive:
        assert archive.totals().papers == 20
        assert archive.check() == []


def test_common_words_are_common_and_boilerplate_stands_in_many_papers(source: Pool) -> None:
    readings = [Recombiner(source).paper(number)[0] for number in range(60)]
    texts = [passage.text for reading in readings for passage in reading.passages]
    assert 0.5 < np.mean([" the " in text for text in texts]) <= 1.0
    assert 0.01 < 1 - len(set(texts)) / len(texts) < 0.06


def test_pooled_tokens_are_real_ones_of_whole_sentences(source: Pool) -> None:
    book = codebook(TinyEncoder().identity.digest, TinyEncoder().dimension)
    (packed,) = packed_tokens(source, 1, book, tokens=50)
    codes = unpack(packed, book)
    assert 20 <= len(codes.offsets) <= 100
    assert all(start < end for start, end in codes.offsets)
