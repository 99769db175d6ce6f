"""The archive when things go wrong: killed writers, lost indexes, full disks, hostile questions, erased papers."""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks.lives import rows
from indexer.archive import Archive, Writer, segments
from indexer.archive.words import current_folder
from indexer.errors import ArchiveFull
from indexer.records import Filters, LedgerEntry, Reading, WordQuery
from tests.conftest import ROOT
from tests.makers.archive_maker import MODEL, entry, fill, paper, reading, vector, vectors

SPAWN = multiprocessing.get_context("spawn")


def papers(count: int, edition: str = "") -> list[Reading]:
    """Return papers that share boilerplate and each say something of their own."""
    return [
        reading(
            f"paper{at}", [f"Ferry number {at} sails{edition}.", "Fire exits are marked.", f"Item {at} of {count}."]
        )
        for at in range(count)
    ]


def ranked(archive: Archive) -> tuple[object, ...]:
    """Return both rankings of everything."""
    near = [(scored.id, round(scored.score, 3)) for scored in archive.nearest(vector("question"), 999)]
    return sorted(near), sorted(scored.id for scored in archive.match_words(WordQuery("ferry fire item"), 999))


def test_a_word_index_killed_just_before_its_commit_is_written_to_again(tmp_path: Path) -> None:
    every = papers(3)
    fill(tmp_path, *every)
    index = current_folder(tmp_path)
    assert index is not None
    before = (index / "meta.json").read_bytes()
    with Writer.open(tmp_path, MODEL) as writer:
        writer.remove([every[0].paper.id], [LedgerEntry(every[0].paper.path, "gone", "", every[0].paper.id)])
    assert list(index.glob("*.del"))
    # All of the commit is there but its last rename. The next one writes files of the same names.
    (index / "meta.json").write_bytes(before)
    Writer.open(tmp_path, MODEL).finish()
    with Archive.open(tmp_path, MODEL) as archive:
        assert archive.check() == []


def test_papers_make_the_same_archive_in_any_order(tmp_path: Path) -> None:
    every = papers(5)
    fill(tmp_path / "forwards", *every)
    fill(tmp_path / "backwards", *reversed(every))
    assert rows(tmp_path / "forwards") == rows(tmp_path / "backwards")


def test_words_and_vectors_that_fell_behind_are_replayed(tmp_path: Path) -> None:
    every = papers(6)
    fill(tmp_path, *every[:3])
    for name in ("words", "vectors"):
        shutil.copytree(tmp_path / name, tmp_path / f"old-{name}")
    with Writer.open(tmp_path, MODEL) as writer:
        writer.remove([every[0].paper.id], [LedgerEntry(every[0].paper.path, "gone", "", every[0].paper.id)])
        for one in [*every[3:], *papers(2, " now")[1:]]:
            writer.add(one, vectors(one), [entry(one)])
    with Archive.open(tmp_path, MODEL) as archive:
        wanted = ranked(archive)
    for name in ("words", "vectors"):
        shutil.rmtree(tmp_path / name)
        (tmp_path / f"old-{name}").rename(tmp_path / name)
    with Archive.open(tmp_path, MODEL) as archive:
        assert ranked(archive)[0] == wanted[0]
        assert archive.check() != []
        Writer.open(tmp_path, MODEL).finish()
        assert archive.check() == []
        assert ranked(archive) == wanted


@pytest.mark.parametrize("how", ["deleted", "emptied", "scribbled"])
def test_lost_words_and_vectors_crash_no_reader_and_are_made_anew(tmp_path: Path, how: str) -> None:
    fill(tmp_path, *papers(4))
    with Archive.open(tmp_path, MODEL) as archive:
        wanted = ranked(archive)
    for name in ("words", "vectors"):
        if how == "deleted":
            shutil.rmtree(tmp_path / name)
            continue
        for file in [path for path in (tmp_path / name).rglob("*") if path.is_file()]:
            # In a file of its own: a program dies of a file that shrinks while it is mapped, and so would the tests.
            spoilt = tmp_path / "spoilt"
            spoilt.write_bytes(b"" if how == "emptied" else b"\xff" * 300)
            spoilt.replace(file)
    with Archive.open(tmp_path, MODEL) as archive:
        # Vectors come from the database meanwhile; words are missed, and `check` says so.
        assert ranked(archive) == (wanted[0], [])
        assert any(line.startswith("word index: ") for line in archive.check())
        Writer.open(tmp_path, MODEL).finish()
        assert ranked(archive) == wanted
        assert archive.check() == []


def test_a_dead_writers_lock_is_no_obstacle(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.makers.archive_maker import MODEL; from indexer.archive import Writer\n"
        "writer = Writer.open(Path(sys.argv[1]), MODEL); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    Writer.open(tmp_path, MODEL).finish()


def read_until(folder: Path, stop: object, faults: object) -> None:
    """Read for as long as a run lasts; report whatever is not whole."""
    with Archive.open(folder, MODEL) as archive:
        while not stop.is_set():  # type: ignore[attr-defined]
            near = [scored.id for scored in archive.nearest(vector("q"), 50)]
            near += [scored.id for scored in archive.match_words(WordQuery("ferry fire item"), 50)]
            for stored in archive.passages(near).values():
                every = archive.paper_passages(stored.paper.id)
                if every and [one.passage.ordinal for one in every] != [0, 1, 2]:
                    faults.put(f"half a paper: {stored.paper.path}")  # type: ignore[attr-defined]
            if archive.totals().passages % 3:
                faults.put("half a paper in the totals")  # type: ignore[attr-defined]


def test_two_readers_in_other_processes_see_whole_papers_only_while_one_writes(tmp_path: Path) -> None:
    every = papers(15)
    fill(tmp_path, *every[:2])
    stop, faults = SPAWN.Event(), SPAWN.Queue()
    readers = [SPAWN.Process(target=read_until, args=(tmp_path, stop, faults)) for _ in range(2)]
    for process in readers:
        process.start()
    with Writer.open(tmp_path, MODEL) as writer:
        for at, one in enumerate(every):
            writer.add(one, vectors(one), [entry(one)])
            if at % 5 == 4:
                writer.remove([every[at - 2].paper.id], [LedgerEntry(every[at - 2].paper.path, "gone", "", "")])
                writer.settle()
    stop.set()
    for process in readers:
        process.join(30)
    assert [process.exitcode for process in readers] == [0, 0]
    assert faults.empty()


def test_one_archive_serves_many_threads_while_it_grows(tmp_path: Path) -> None:
    every = papers(8)
    fill(tmp_path, every[0])
    failures: list[BaseException] = []
    with Archive.open(tmp_path, MODEL) as archive:

        def ask() -> None:
            try:
                for _ in range(25):
                    assert archive.nearest(vector("q"), 5)
                    assert archive.match_words(WordQuery("ferry"), 5)
                    assert archive.passages([paper("paper0").key << 20])
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        fill(tmp_path, *every[1:])
        for thread in threads:
            thread.join()
    assert failures == []


def test_a_full_disk_is_one_clear_error_and_loses_nothing(tmp_path: Path) -> None:
    fill(tmp_path, *papers(2))
    before = rows(tmp_path)
    code = (
        "import random, resource, sys; from pathlib import Path\n"
        "from tests.makers.archive_maker import MODEL, reading, vectors; from indexer.archive import Writer\n"
        "from indexer.errors import ArchiveFull\n"
        "writer = Writer.open(Path(sys.argv[1]), MODEL)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "big = reading('big', [random.Random(n).randbytes(20_000).hex() for n in range(40)])\n"
        "try:\n    writer.add(big, vectors(big))\n"
        "except ArchiveFull as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert "cannot be written" in done.stdout, done.stderr
    assert "Free some disk space" in done.stdout
    assert rows(tmp_path) == before
    fill(tmp_path, *papers(3))
    with Archive.open(tmp_path, MODEL) as archive:
        assert archive.check() == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_folder_that_is_a_file_or_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveFull, match="cannot be written"):
        Writer.open(tmp_path / "file" / "archive", MODEL)
    with pytest.raises(ArchiveFull, match="cannot be written"):
        Writer.open(tmp_path / "file", MODEL)


def test_segments_are_merged_so_that_their_number_grows_by_tiers_only(tmp_path: Path) -> None:
    with Writer.open(tmp_path, MODEL) as writer:
        for one in papers(10):
            writer.add(one, vectors(one), [entry(one)])
            writer.settle()
    assert len(segments.names(tmp_path)) < 8
    with Archive.open(tmp_path, MODEL) as archive:
        assert archive.check() == []
        assert len(archive.nearest(vector("q"), 999)) == 30


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive that is only read."""
    folder = tmp_path_factory.mktemp("shared")
    fill(folder, *papers(5))
    return Archive.open(folder, MODEL)


SYNTAX = st.sampled_from(
    ['body:"x', "AND OR NOT", "meta:generation", "*", "paper0^9", "[a TO z]", "\\", "\0", "(((", "~"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(st.characters(), max_size=60), SYNTAX), name=st.text(st.characters(), max_size=9))
@example(text="\ud800", name="")
def test_no_text_of_a_question_or_filter_is_syntax_or_crashes(shared: Archive, text: str, name: str) -> None:
    every = {one.id for at in range(5) for one in shared.paper_passages(paper(f"paper{at}").id)}
    ranked = shared.match_words(WordQuery(text, (text,), ((text, 0.5),)), 50)
    assert {scored.id for scored in ranked} <= every
    filters = Filters(authorities=(name,), boards=(text,), papers=(name,))
    assert shared.match_words(WordQuery(f"ferry {text}"), 5, filters) == []
    assert shared.nearest(vector("q"), 5, filters) == []
    assert shared.term_frequencies([text]).keys() == {text}


def test_a_question_of_ten_thousand_characters_is_answered_quickly(shared: Archive) -> None:
    drawn = np.random.default_rng(1)
    text = " ".join("".join(drawn.choice(list("abcdefgh"), 5)) for _ in range(1700)) + " ferry"
    began = time.process_time()
    ranked = shared.match_words(WordQuery(text, (text,), ((text, 0.5),)), 5)
    assert len(ranked) == 5
    assert time.process_time() - began < 2
    assert np.isfinite([scored.score for scored in ranked]).all()
