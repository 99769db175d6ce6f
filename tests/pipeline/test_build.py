"""The pipeline joined up: what is new, changed, gone, twice there or kept out, and that runs agree with each other."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks import lives
from indexer.archive import Archive
from indexer.encoding.protocol import TokenVectors, Vectors
from indexer.errors import ArchiveFull, ArchiveMismatch
from indexer.pipeline.build import index
from indexer.pipeline.intake import Options
from indexer.pipeline.progress import Lines
from indexer.records import LedgerEntry, WordQuery
from indexer.upkeep import desk, rulings
from tests.makers.index_maker import TinyEncoder, minutes, put, run, unlisted


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder ``papers`` with three papers in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "papers"
    put(folder, pier=minutes("the pier"), quay=minutes("the quay", 11), light=minutes("the lighthouse", 18))
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def ledger(archive: Path) -> dict[str, LedgerEntry]:
    with Archive.open(archive) as opened:
        return {entry.path: entry for entry in opened.ledger()}


def statuses(archive: Path) -> dict[str, tuple[str, str]]:
    return {path: (entry.status, entry.reason) for path, entry in ledger(archive).items()}


def papers_with(archive: Path, words: str) -> set[str]:
    """Paths of the papers that the word index finds, and that the archive then shows."""
    with Archive.open(archive) as opened:
        stored = opened.passages([one.id for one in opened.match_words(WordQuery(words), 50)])
        return {passage.paper.path for passage in stored.values()}


def rows(archive: Path) -> dict[str, list[str]]:
    """Everything that the database holds, apart from what depends on when it was written."""
    return {table: held for table, held in lives.rows(archive).items() if table not in ("removed", "manifest")}


def test_papers_are_indexed_with_a_ledger_entry_each(papers: Path, archive: Path) -> None:
    (papers / "chart.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    report = run(archive)
    assert report.counts == {"indexed": 3, "unreadable": 1}
    assert (report.offered, report.unchanged, report.pages) == (4, 0, 3)
    assert report.passages == report.embedded > 3
    assert statuses(archive) == {
        "papers/chart.png": ("unreadable", "not a paper format: found a picture (PNG)"),
        "papers/light.md": ("indexed", ""),
        "papers/pier.md": ("indexed", ""),
        "papers/quay.md": ("indexed", ""),
    }
    assert papers_with(archive, "lighthouse") == {"papers/light.md"}
    assert desk.check(archive) == []
    with Archive.open(archive) as opened:
        (pier,) = [paper for paper in opened.papers() if paper.path == "papers/pier.md"]
        assert (pier.meeting.board, str(pier.meeting.date)) == ("Harbour Board", "2021-05-04")


def test_an_unchanged_folder_needs_no_encoder_and_no_reading(papers: Path, archive: Path) -> None:
    run(archive)
    before = rows(archive)
    encoder = TinyEncoder()
    report = run(archive, encoder=encoder)
    assert (report.counts, report.unchanged, encoder.texts) == ({}, 3, [])
    assert rows(archive) == before


def test_only_what_is_new_or_changed_is_embedded(papers: Path, archive: Path) -> None:
    run(archive)
    put(
        papers, quay=minutes("the quay", 11) + "\nThe meeting rose at noon, and the Chair thanked the harbour pilots.\n"
    )
    put(papers, dock=minutes("the dry dock", 25))
    encoder = TinyEncoder()
    report = run(archive, encoder=encoder)
    assert report.counts == {"indexed": 2}
    assert report.unchanged == 2
    assert not any("lighthouse" in text or "RESOLVED: That the quay" in text for text in encoder.texts)
    assert any("RESOLVED: That the dry dock" in text for text in encoder.texts)
    assert papers_with(archive, "pilots") == {"papers/quay.md"}
    with Archive.open(archive) as opened:
        assert len(opened.papers()) == 4


def test_a_vanished_paper_is_taken_out_and_remembered_as_gone(papers: Path, archive: Path) -> None:
    run(archive)
    (papers / "pier.md").unlink()
    report = run(archive)
    assert (report.counts, report.removed) == ({"gone": 1}, 1)
    assert statuses(archive)["papers/pier.md"] == ("gone", "no longer there")
    assert papers_with(archive, "pier") == set()
    assert run(archive).counts == {}
    put(papers, pier=minutes("the pier"))
    assert run(archive).counts == {"indexed": 1}
    assert papers_with(archive, "pier") == {"papers/pier.md"}


def test_papers_outside_of_what_is_offered_stay(papers: Path, archive: Path) -> None:
    put(papers.parent / "more", dock=minutes("the dry dock", 25))
    run(archive)
    run(archive, "more")
    assert {path for path, (status, _) in statuses(archive).items() if status == "indexed"} == {
        "more/dock.md",
        "papers/light.md",
        "papers/pier.md",
        "papers/quay.md",
    }


def test_most_papers_vanishing_at_once_are_kept_until_told_to_prune(papers: Path, archive: Path) -> None:
    put(papers, **{f"n{number}": minutes(f"buoy {number}", number) for number in range(1, 10)})
    run(archive)
    for number in range(1, 10):
        (papers / f"n{number}.md").unlink()
    report = run(archive)
    assert report.counts == {}
    assert "9 of the known papers below papers are not there" in report.warnings[0]
    assert "--prune" in report.warnings[0]
    assert run(archive, prune=True).counts == {"gone": 9}


def test_equal_bytes_are_one_paper_under_the_first_path(papers: Path, archive: Path) -> None:
    put(papers, a__pier=minutes("the pier"), z__pier=minutes("the pier"))
    assert run(archive).counts == {"duplicate": 2, "indexed": 3}
    same = "same bytes as papers/a/pier.md"
    assert statuses(archive)["papers/pier.md"] == ("duplicate", same)
    assert statuses(archive)["papers/z/pier.md"] == ("duplicate", same)
    assert papers_with(archive, "pier") == {"papers/a/pier.md"}
    shutil.rmtree(papers / "a")
    assert run(archive).counts == {"duplicate": 1, "gone": 1, "indexed": 1}
    assert papers_with(archive, "pier") == {"papers/pier.md"}
    assert statuses(archive)["papers/z/pier.md"] == ("duplicate", "same bytes as papers/pier.md")
    assert run(archive).counts == {}


def test_papers_below_a_folder_that_cannot_be_listed_are_kept(
    papers: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(papers, shut__dock=minutes("the dry dock", 25))
    run(archive)
    listing = unlisted(monkeypatch, "shut")
    assert run(archive).counts == {"unreadable": 1}
    assert statuses(archive)["papers/shut"] == ("unreadable", "folder cannot be listed: Permission denied")
    assert papers_with(archive, "dock") == {"papers/shut/dock.md"}
    monkeypatch.setattr(os, "scandir", listing)
    assert run(archive).counts == {"gone": 1}
    assert statuses(archive)["papers/shut"] == ("gone", "a folder that can be listed now")
    assert papers_with(archive, "dock") == {"papers/shut/dock.md"}


def test_order_and_number_of_runs_make_no_difference(papers: Path, archive: Path) -> None:
    put(papers, a__pier=minutes("the pier"), b__ferry=minutes("the ferry", 5, authority=""))
    run(archive)
    steps = archive.with_name("steps")
    for path in ("papers/quay.md", "papers/pier.md", "papers/b", "papers/a", "papers/light.md", "papers"):
        run(steps, path)
    assert rows(steps) == rows(archive)


def test_a_paper_that_names_no_authority_takes_that_of_its_folder_whenever_it_comes(
    papers: Path, archive: Path
) -> None:
    put(papers, b__ferry="# Harbour Board\n\nReport on the ferry\n\nThe ferry is late on most days of the week.\n")
    run(archive, "papers/b")
    with Archive.open(archive) as opened:
        assert [paper.meeting.authority for paper in opened.papers()] == [""]
    run(archive)
    with Archive.open(archive) as opened:
        assert {paper.meeting.authority for paper in opened.papers()} == {"Saltmarsh Council"}
        (ferry,) = [paper for paper in opened.papers() if paper.path == "papers/b/ferry.md"]
        assert {section.meeting.authority for section in opened.sections(ferry.id)} == {"Saltmarsh Council"}
    assert run(archive).counts == {}


def test_a_sidecar_row_overrules_and_a_changed_one_is_noticed(papers: Path, archive: Path) -> None:
    run(archive)
    (papers / "papers.csv").write_text("path,title,meeting_date\npier.md,Pier of Saltmarsh,2020-02-02\nquay.md,,soon\n")
    report = run(archive)
    assert report.counts == {"indexed": 1}
    assert report.warnings[0].startswith("papers/papers.csv, row 3, column meeting_date: 'soon' is not a date")
    with Archive.open(archive) as opened:
        (pier,) = [paper for paper in opened.papers() if paper.path == "papers/pier.md"]
        assert (pier.title, str(pier.meeting.date)) == ("Pier of Saltmarsh", "2020-02-02")


def test_a_paper_read_again_is_not_embedded_again_and_keeps_its_token_vectors(papers: Path, archive: Path) -> None:
    run(archive)
    before = rows(archive)["tokens"]
    (papers / "papers.csv").write_text("path,kind\npier.md,minutes\nquay.md,minutes\n")
    report = run(archive)
    assert (report.counts, report.embedded) == ({"indexed": 2}, 0)
    assert rows(archive)["tokens"] == before != []


def leaks(archive: Path, words: str) -> list[str]:
    """Files of the archive that hold ``words`` in any usual encoding."""
    spellings = [words.encode(), words.lower().encode(), words.encode("utf-16-le")]
    return [name for name, data in lives.contents(archive) if any(spelling in data for spelling in spellings)]


def test_nothing_of_an_exempt_paper_enters_the_archive_and_its_public_motion_does(papers: Path, archive: Path) -> None:
    put(papers, lease="NOT FOR PUBLICATION\n\nThe rent offered by Quillfeather is low.\n")
    motion = "RESOLVED: That the public be excluded as exempt information under Schedule 12A would be disclosed."
    put(papers, pier=minutes("the pier") + f"\n{motion}\n")
    assert run(archive).counts == {"indexed": 3, "withheld": 1}
    assert statuses(archive)["papers/lease.md"] == ("withheld", "its text says that it is exempt")
    assert leaks(archive, "Quillfeather") == []
    assert papers_with(archive, "exempt information excluded") == {"papers/pier.md"}
    assert run(archive).counts == {}


def test_a_paper_found_exempt_later_leaves_no_byte_behind(papers: Path, archive: Path) -> None:
    put(papers, lease="# Lease\n\nThe rent offered by Quillfeather is low, and the Board will wait.\n")
    run(archive)
    assert leaks(archive, "Quillfeather") != []
    (papers / "papers.csv").write_text("path,exempt\nlease.md,yes\n")
    assert run(archive).counts == {"withheld": 1}
    assert leaks(archive, "Quillfeather") == []
    assert desk.check(archive) == []
    (papers / "papers.csv").write_text("path,exempt\nlease.md,no\n")
    assert run(archive).counts == {"indexed": 1}


def test_a_withdrawn_paper_vanishes_and_stays_out_under_any_name(papers: Path, archive: Path) -> None:
    put(papers, lease="# Lease\n\nThe rent offered by Quillfeather is low, and the Board will wait.\n")
    run(archive)
    said = rulings.withdraw(archive, "papers/lease.md", "court\norder")
    assert "papers/lease.md" in said
    assert leaks(archive, "Quillfeather") == []
    status, reason = statuses(archive)["papers/lease.md"]
    assert status == "withdrawn"
    assert reason.startswith("court order (20")
    shutil.copy(papers / "lease.md", papers / "again.md")
    (papers / "lease.md").unlink()
    assert run(archive).counts == {"withdrawn": 1}
    assert statuses(archive)["papers/again.md"] == ("withdrawn", reason)
    assert leaks(archive, "Quillfeather") == []


def test_a_withdrawal_outlives_another_paper_under_the_same_path(papers: Path, archive: Path) -> None:
    run(archive)
    rulings.withdraw(archive, "papers/pier.md", "court order")
    put(papers, pier=minutes("the new pier"))
    assert run(archive).counts == {"indexed": 1, "withdrawn": 1}
    put(papers, old=minutes("the pier"))
    assert run(archive).counts == {"withdrawn": 1}
    assert papers_with(archive, "pier") == {"papers/pier.md"}
    assert run(archive).counts == {}


def test_an_unreadable_paper_is_read_again_only_when_changed_or_told_to(papers: Path, archive: Path) -> None:
    (papers / "chart.pdf").write_bytes(b"%PDF-1.7\nnothing")
    assert run(archive).counts["unreadable"] == 1
    assert run(archive).counts == {}
    assert run(archive, retry=True).counts == {"unreadable": 1}
    shutil.copy(papers / "pier.md", papers / "chart.pdf")
    assert run(archive).counts["duplicate"] == 1


def interrupted(at: int) -> Callable[[list[str]], None]:
    """Make something that raises what Ctrl-C raises, at the ``at``-th call."""
    calls: list[int] = []

    def step(_: list[str]) -> None:
        calls.append(1)
        if len(calls) == at:
            raise KeyboardInterrupt

    return step


def test_an_interrupted_run_keeps_what_it_finished_and_the_next_does_the_rest(
    papers: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = archive.with_name("whole")
    run(whole)
    monkeypatch.setattr("indexer.pipeline.intake._PAPERS_TOGETHER", 1)
    encoder, stop = TinyEncoder(), interrupted(2)
    encode = encoder.encode
    monkeypatch.setattr(encoder, "encode", lambda texts: (stop(texts), encode(texts))[1])
    with pytest.raises(KeyboardInterrupt):
        run(archive, encoder=encoder)
    assert [status for status, _ in statuses(archive).values()] == ["indexed"]
    assert desk.check(archive) == []
    assert run(archive).counts == {"indexed": 2}
    assert rows(archive) == rows(whole)


def test_a_full_disk_is_one_clear_error_and_the_archive_stays_whole(
    papers: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(archive)
    before = rows(archive)
    put(papers, dock=minutes("the dry dock", 25))

    def fail(*_: object) -> None:
        message = "database or disk is full"
        raise sqlite3.OperationalError(message)

    with monkeypatch.context() as broken:
        broken.setattr("indexer.archive.rows.insert_reading", fail)
        with pytest.raises(ArchiveFull, match="cannot be written"):
            run(archive)
    assert rows(archive) == before
    assert run(archive).counts == {"indexed": 1}


@pytest.mark.parametrize("lost", ["words", "vectors"])
def test_a_run_with_nothing_to_read_repairs_what_an_earlier_one_left(papers: Path, archive: Path, lost: str) -> None:
    run(archive)
    shutil.rmtree(archive / lost)
    assert desk.check(archive) != []
    assert run(archive).unchanged == 3
    assert desk.check(archive) == []
    assert papers_with(archive, "lighthouse") == {"papers/light.md"}


def test_an_archive_of_another_model_is_refused_and_untouched(papers: Path, archive: Path) -> None:
    run(archive)
    before = rows(archive)
    put(papers, dock=minutes("the dry dock", 25))
    with pytest.raises(ArchiveMismatch, match="was made by the model tiny"):
        run(archive, encoder=TinyEncoder("other"))
    assert rows(archive) == before


def test_a_lost_or_spoilt_note_of_what_was_seen_costs_only_reading_again(papers: Path, archive: Path) -> None:
    run(archive)
    before = rows(archive)
    (archive / "seen.jsonl").write_text('{"path": "papers/pi\nnonsense\n[1]\n')
    report = run(archive)
    assert report.counts == {"indexed": 3}
    assert rows(archive) == before


def test_a_file_changed_within_its_second_and_to_the_same_size_is_noticed(papers: Path, archive: Path) -> None:
    run(archive)
    path = papers / "pier.md"
    facts = path.stat()
    path.write_text(path.read_text().replace("winter", "summer"), encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert run(archive).counts == {"indexed": 1}
    assert papers_with(archive, "summer") == {"papers/pier.md"}


def test_old_unchanged_files_are_not_even_opened(papers: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    past = time.time() - 60
    for path in papers.iterdir():
        os.utime(path, (past, past))
    run(archive)

    def refuse(file: Path) -> str:
        raise AssertionError(file)

    monkeypatch.setattr("indexer.pipeline.discover.digest", refuse)
    assert run(archive).unchanged == 3


class Looking(Lines):
    """Looks into the ledger whenever it is told of a paper."""

    def __init__(self, archive: Path) -> None:
        super().__init__()
        self._archive = archive
        self.seen: list[tuple[str, bool]] = []

    def advance(self, path: str, pages: int, size: int) -> None:
        """See `Watcher.advance`."""
        with Archive.open(self._archive) as archive:
            self.seen.append((path, path in {entry.path for entry in archive.ledger()}))


@pytest.mark.usefixtures("papers")
def test_a_paper_counts_as_done_when_it_is_embedded_and_written(archive: Path) -> None:
    looking = Looking(archive)
    index(["papers"], archive, TinyEncoder, looking, Options(1))
    assert sorted(looking.seen) == [(f"papers/{name}.md", True) for name in ("light", "pier", "quay")]


MORE = "\n## 13. ANY OTHER BUSINESS\n\nThere was none.\n"


class Slow(TinyEncoder):
    """Takes long enough that the next papers are read meanwhile."""

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """See `Encoder.encode_whole`."""
        time.sleep(0.5)
        return super().encode_whole(texts)


def test_a_text_that_is_being_embedded_for_one_paper_is_not_embedded_for_the_next(papers: Path, archive: Path) -> None:
    put(papers, a=minutes("the weir"), b=minutes("the weir") + MORE)
    encoder = Slow()
    report = run(archive, encoder=encoder)
    own = [text for text in encoder.texts if not text.endswith(". ")]  # without the headings around passages
    assert report.embedded == len(own) == len(set(own))
    assert report.passages > report.embedded
    assert papers_with(archive, "weir") == {"papers/a.md", "papers/b.md"}


def test_a_text_whose_paper_goes_while_the_next_is_embedded_is_embedded_again(papers: Path, archive: Path) -> None:
    run(archive)
    put(papers, light=minutes("the foghorn", 18), moved=minutes("the lighthouse", 18) + MORE)
    encoder = Slow()
    assert run(archive, encoder=encoder).counts == {"indexed": 2}
    assert sum("RESOLVED: That the lighthouse" in text for text in encoder.texts) == 1
    with Archive.open(archive) as opened:
        stored = [one.id for paper in opened.papers() for one in opened.paper_passages(paper.id)]
        assert (opened.check(), opened.tokens(stored).keys()) == ([], set(stored))
