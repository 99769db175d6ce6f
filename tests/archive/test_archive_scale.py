"""Tests of what changes with the archive's size: compressed segments beside exact ones, with the sizes made small."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.archive import Archive, Writer, merging, nearness, segments
from indexer.records import Filters, Meeting, Reading
from tests.makers.archive_maker import DIMENSION, MODEL, entry, reading

PAPERS, PASSAGES = 60, 30
BOARDS = ("Harbour Board", "Pier Panel", "Council")


def rows(number: int) -> NDArray[np.float32]:
    """Vectors of one paper: about one of twelve places, with noise."""
    places = np.random.default_rng(1).standard_normal((12, DIMENSION))
    noise = np.random.default_rng((2, number)).standard_normal((PASSAGES, DIMENSION))
    made = places[number % 12] + 0.5 * noise
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def made(number: int) -> Reading:
    """A paper of many passages, of one of three boards."""
    meeting = Meeting("Fenshire Council", BOARDS[number % 3], date(2000 + number % 20, 1, 1))
    return reading(f"paper {number}", [f"The pier, part {number} {at}." for at in range(PASSAGES)], meeting)


@contextmanager
def small() -> Iterator[None]:
    """Compress from 300 rows instead of 65,536."""
    sizes = {"_TIER": 32, "_FANOUT": 2, "_COMPRESSED": 300, "_LARGEST": 900, "_PORTION": 64}
    with pytest.MonkeyPatch.context() as patch:
        for name, size in sizes.items():
            patch.setattr(merging, name, size)
        patch.setattr(nearness, "_ROWS_A_PARTITION", 40)
        yield


@pytest.fixture(autouse=True)
def smaller() -> Iterator[None]:
    with small():
        yield


def add(folder: Path, numbers: range) -> None:
    with Writer.open(folder, MODEL) as writer:
        for number in numbers:
            one = made(number)
            writer.add(one, rows(number), [entry(one)])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    with small():
        add(folder, range(PAPERS))
    return folder


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Iterator[Archive]:
    shutil.copytree(filled, tmp_path / "archive")
    with Archive.open(tmp_path / "archive", MODEL) as archive:
        yield archive


def owner(folder: Path) -> str:
    """Return the archive's own name."""
    with Archive.open(folder) as archive:
        return archive.newest().archive


def compressed_rows(folder: Path) -> int:
    every = [segments.read(folder, name, owner(folder)) for name in segments.names(folder)]
    return sum(len(one.ids) for one in every if one is not None and one.index.size)


def exact(numbers: range, query: NDArray[np.float32], boards: tuple[str, ...] = BOARDS) -> list[tuple[float, int]]:
    """All passages with their cosines, best first, reckoned one by one."""
    scored = []
    for number in numbers:
        one = made(number)
        if one.paper.meeting.board in boards:
            half = rows(number).astype(np.float16).astype(np.float32)
            scored += [(float(cosine), one.paper.key << 20 | at) for at, cosine in enumerate(half @ query)]
    return sorted(scored, reverse=True)


def queries() -> NDArray[np.float32]:
    return np.concatenate([rows(number)[:2] for number in range(0, PAPERS, 5)])


def test_most_of_a_large_archive_is_compressed_and_it_is_sound(library: Archive) -> None:
    assert compressed_rows(library.folder) > PAPERS * PASSAGES / 2
    assert library.check() == []


def test_compressed_search_finds_what_an_exact_one_finds_with_its_very_cosines(
    library: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.archive.vectors.LEAST", 100)
    shares = []
    for query in queries():
        ranked = library.nearest(query, 50)
        best = exact(range(PAPERS), query)
        cosines = {id: cosine for cosine, id in best}
        assert [one.score for one in ranked] == pytest.approx([cosines[one.id] for one in ranked], abs=1e-3)
        assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
        shares.append(len({one.id for one in ranked} & {id for _, id in best[:50]}) / 50)
    assert np.mean(shares) >= 0.98


def test_filters_leave_the_same_passages_compressed_as_exact(library: Archive) -> None:
    for query in queries()[::4]:
        ranked = library.nearest(query, 20, Filters(boards=("Pier Panel",)))
        assert {one.id for one in ranked} == {id for _, id in exact(range(PAPERS), query, ("Pier Panel",))[:20]}


def test_a_filter_that_few_pass_yields_them_all(library: Archive) -> None:
    chosen = made(7).paper
    ranked = library.nearest(rows(3)[0], 100, Filters(papers=(chosen.id,)))
    assert sorted(one.id for one in ranked) == [chosen.key << 20 | at for at in range(PASSAGES)]


def test_facets_count_what_is_compressed_too(library: Archive) -> None:
    assert library.facets().boards == dict.fromkeys(sorted(BOARDS), PAPERS * PASSAGES // 3)


def test_what_is_removed_is_found_no_more_and_erased_from_compressed_segments(library: Archive) -> None:
    gone = made(12)
    with Writer.open(library.folder, MODEL) as writer:
        writer.remove([gone.paper.id])
        assert all(one.id >> 20 != gone.paper.key for one in library.nearest(rows(12)[0], 200))
        writer.erase([gone.paper.id])
    covered = [
        segments.coverage(library.folder, name, owner(library.folder)) or {} for name in segments.names(library.folder)
    ]
    assert all(gone.paper.key not in some for some in covered)
    assert compressed_rows(library.folder) > 0


def test_a_paper_changed_in_a_compressed_segment_is_found_as_it_is_now(library: Archive) -> None:
    one = reading("paper 12", [f"The pier as it is now, part {at}." for at in range(PASSAGES)])
    assert one.paper.id == made(12).paper.id
    with Writer.open(library.folder, MODEL) as writer:
        writer.add(one, rows(3000), [entry(one)])
    (best, *_) = library.nearest(rows(3000)[0], 1)
    assert (best.id, best.score) == (one.paper.key << 20, pytest.approx(1.0, abs=1e-3))
    assert library.check() == []


def test_an_open_reader_goes_from_exact_to_compressed_without_a_stop(tmp_path: Path) -> None:
    add(tmp_path, range(4))
    with Archive.open(tmp_path, MODEL) as archive:
        before = archive.nearest(rows(1)[0], 1)
        assert compressed_rows(tmp_path) == 0
        add(tmp_path, range(4, PAPERS))
        assert compressed_rows(tmp_path) > 0
        assert archive.nearest(rows(1)[0], 1) == before
        last = made(PAPERS - 1).paper.key << 20
        assert archive.nearest(rows(PAPERS - 1)[0], 1)[0].id == last


def test_vector_segments_that_are_lost_are_made_anew_compressed(library: Archive) -> None:
    for name in segments.names(library.folder):
        (library.folder / segments.FOLDER / name).unlink()
    with Writer.open(library.folder, MODEL):
        pass
    assert compressed_rows(library.folder) > PAPERS * PASSAGES / 2
    assert library.check() == []
