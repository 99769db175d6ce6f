"""Rulings outlive the archive: deleted, made anew, restored or upgraded, it keeps out what people kept out."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive, Writer, backup, database, restore, rulings_file
from indexer.errors import ArchiveDamaged, ArchiveFull
from indexer.records import Ruling
from indexer.upkeep import rulings
from tests.archive.test_migrations import FORMAT_3, killed, older
from tests.makers.archive_maker import MODEL, entry, fill, reading, vectors
from tests.makers.index_maker import minutes, put, run

beside = rulings_file.path_of
LEASE = f"NOT FOR PUBLICATION\n\n{minutes('the lease')}"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of three papers: one will be withdrawn, one withheld, one is marked as exempt and will be released."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", quay=minutes("the quay", 11), weir=minutes("the weir", 12), lease=LEASE)
    folder = tmp_path / "archive"
    run(folder)
    rulings.withdraw(folder, "papers/quay.md", "court order")
    rulings.withhold(folder, "papers/weir.md", "names a child")
    rulings.release(folder, "papers/lease.md", "published in 2021")
    run(folder)
    return folder


def statuses(folder: Path) -> dict[str, str]:
    with Archive.open(folder) as opened:
        assert opened.check() == []
        return {entry.path.removeprefix("papers/"): entry.status for entry in opened.ledger()}


def ruled(folder: Path) -> list[str]:
    with Archive.open(folder) as opened:
        return [one.ruling for one in opened.rulings()]


RULED = {"quay.md": "withdrawn", "weir.md": "withheld", "lease.md": "indexed"}


def test_an_archive_that_is_deleted_and_made_anew_keeps_every_ruling(archive: Path) -> None:
    assert statuses(archive) == RULED
    shutil.rmtree(archive)
    run(archive)
    assert statuses(archive) == RULED
    Writer.open(archive, Archive.open(archive).model).finish()
    assert ruled(archive) == ["withdrawn", "withheld", "released"]
    rulings.release(archive, "papers/quay.md", "order lifted")
    run(archive)
    assert statuses(archive)["quay.md"] == "indexed"


def test_another_archive_of_the_same_papers_keeps_them_too_under_any_name(
    archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shutil.move("papers", "moved")
    (archive.parent / "moved" / "quay.md").rename("moved/harmless.md")
    other = tmp_path_factory.mktemp("elsewhere") / "other"
    run(other, "moved")
    with Archive.open(other) as opened:
        statuses = {entry.path: entry.status for entry in opened.ledger()}
    assert statuses == {"moved/harmless.md": "withdrawn", "moved/weir.md": "withheld", "moved/lease.md": "indexed"}


def test_a_ruling_lies_with_the_papers_that_it_is_on_and_holds_for_an_archive_that_has_them_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "east", quay=minutes("the quay", 11))
    put(tmp_path / "west", weir=minutes("the weir", 12))
    for name in ("one", "two"):
        run(tmp_path / name / "archive", "east", "west")
    rulings.withdraw(tmp_path / "one" / "archive", "east/quay.md", "court order")
    assert [one.reason.partition(" (")[0] for one in rulings_file.read(tmp_path / "east" / "rulings.jsonl")] == [
        "court order"
    ]
    assert os.listdir(tmp_path / "west") == ["weir.md"]
    with Archive.open(tmp_path / "two" / "archive") as opened:
        assert [paper.path for paper in opened.papers()] == ["west/weir.md"]


@pytest.mark.parametrize("other", ["papers", "papers/council/2021", "papers/council/2021/may"])
def test_a_ruling_is_found_by_archives_of_a_folder_above_the_ruled_one_and_of_one_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers" / "council" / "2021" / "may", quay=minutes("the quay", 11), weir=minutes("the weir", 12))
    run(tmp_path / "before" / "archive", other)
    run(tmp_path / "one" / "archive", "papers/council")
    rulings.withdraw(tmp_path / "one" / "archive", "papers/council/2021/may/quay.md", "court order")
    run(tmp_path / "after" / "archive", other)
    for name in ("before", "after"):
        with Archive.open(tmp_path / name / "archive") as opened:
            assert {Path(one.path).name: one.status for one in opened.ledger()} == {
                "quay.md": "withdrawn",
                "weir.md": "indexed",
            }
        backup(tmp_path / name / "archive", tmp_path / f"{name}.copy")
        assert len(rulings_file.read(tmp_path / f"{name}.copy" / rulings_file.NAME)) == 1


def test_rulings_of_an_archive_made_before_are_carried_to_the_papers_when_it_is_opened(archive: Path) -> None:
    with_papers = archive.with_name("papers") / "rulings.jsonl"
    before = rulings_file.read(with_papers)
    with_papers.unlink()
    Archive.open(archive).close()
    assert rulings_file.read(with_papers) == before == rulings_file.read(beside(archive))


def test_papers_that_may_not_be_written_are_ruled_on_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", quay=minutes("the quay"))
    run(tmp_path / "archive")
    locked = rulings_file.locked

    def refused(path: Path) -> Any:
        if path.parent.name == "papers":
            raise PermissionError(13, "Permission denied", str(path))
        return locked(path)

    monkeypatch.setattr(rulings_file, "locked", refused)
    rulings.withdraw(tmp_path / "archive", "papers/quay.md", "court order")
    assert statuses(tmp_path / "archive") == {"quay.md": "withdrawn"}
    assert "could not be kept in" in caplog.text


def test_a_ruling_over_one_archive_holds_for_another_that_has_the_paper_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(rulings_file.VARIABLE, str(tmp_path / "shared.jsonl"))
    one, two = tmp_path / "one", tmp_path / "two"
    pier = reading("pier", ["The pier is mended."])
    for folder in (one, two):
        fill(folder, pier, reading("quay", ["The quay is sold."]))
    with Writer.open(one, MODEL) as writer:
        writer.withdraw(pier.paper.id, "court order")
    with Archive.open(two) as opened:
        assert [paper.path for paper in opened.papers()] == ["quay.pdf"]
        assert opened.check() == []
    assert not any(b"pier" in path.read_bytes() for path in (two / "words").rglob("*") if path.is_file())


def test_an_older_copy_that_takes_the_archives_place_shows_nothing_that_was_withdrawn_since(tmp_path: Path) -> None:
    folder, pier = tmp_path / "archive", reading("pier", ["The pier is mended."])
    fill(folder, pier, reading("quay", ["The quay is sold."]))
    shutil.copytree(folder, tmp_path / "copy")
    with Writer.open(folder, MODEL) as writer:
        writer.withdraw(pier.paper.id, "court order")
    with Archive.open(folder) as opened:
        assert len(opened.papers()) == 1
        shutil.rmtree(folder)
        shutil.move(tmp_path / "copy", folder)
        assert [paper.path for paper in opened.papers()] == ["quay.pdf"]


def test_a_backup_takes_rulings_along_and_an_older_one_takes_none_back(archive: Path, tmp_path: Path) -> None:
    backup(archive, tmp_path / "ruled.tar")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert restore(tmp_path / "ruled.tar", elsewhere / "archive") == []
    assert statuses(elsewhere / "archive") == RULED
    shutil.rmtree(elsewhere / "archive")
    run(elsewhere / "archive")
    assert statuses(elsewhere / "archive") == RULED
    rulings.release(archive, "papers/weir.md", "public by now")
    rulings.withdraw(archive, "papers/lease.md", "a second thought")
    shutil.rmtree(archive)
    assert restore(tmp_path / "ruled.tar", archive) == []
    assert statuses(archive) == RULED | {"lease.md": "withdrawn", "weir.md": "gone"}


def test_a_backup_without_its_rulings_has_those_of_its_database(archive: Path, tmp_path: Path) -> None:
    backup(archive, tmp_path / "kept")
    (tmp_path / "kept" / rulings_file.NAME).unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert restore(tmp_path / "kept", elsewhere / "archive") == []
    assert [one.ruling for one in rulings_file.read(beside(elsewhere / "archive"))] == [
        "withdrawn",
        "withheld",
        "released",
    ]


def test_rulings_of_format_3_come_out_of_the_archive_when_it_is_upgraded(tmp_path: Path) -> None:
    folder = older(tmp_path / "old")
    Writer.open(folder, MODEL).finish()
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(FORMAT_3.read_text(encoding="utf-8"))
        rows = connection.execute("SELECT paper_id, ruling, was, reason, noted FROM rulings ORDER BY number").fetchall()
    assert list(rulings_file.read(beside(folder))) == [Ruling(*row) for row in rows]
    shutil.rmtree(folder)
    secret = reading("secret", ["The depot is sold to Quillfeather."])
    assert rows[0][0] == secret.paper.id


def test_an_upgraded_archive_may_be_deleted_as_soon_as_it_was_read(tmp_path: Path) -> None:
    folder = older(tmp_path / "old")
    Archive.open(folder).close()
    shutil.rmtree(folder)
    assert len(rulings_file.read(beside(folder))) == 4


def test_rulings_of_format_3_are_there_wherever_the_upgrade_is_killed(tmp_path: Path) -> None:
    stops = 0
    while killed(folder := older(tmp_path / f"{stops}" / "old"), stops):
        Writer.open(folder, MODEL).finish()
        assert len(rulings_file.read(beside(folder))) == 4
        stops += 1
    assert stops > 5


def test_a_ruling_that_was_killed_before_it_reached_the_archive_is_applied_by_the_next_reader(tmp_path: Path) -> None:
    folder, pier = tmp_path / "archive", reading("pier", ["The pier is mended."])
    fill(folder, pier)
    told = Ruling(pier.paper.id, "withdrawn", "indexed", "court order", "2026-01-01T00:00:00.000000+00:00")
    rulings_file.add(beside(tmp_path / "archive"), [told])
    with Archive.open(folder) as opened:
        assert opened.papers() == ()
        assert [(one.status, one.reason) for one in opened.ledger()] == [("withdrawn", "court order")]
        assert opened.rulings() == (told,)


def test_an_archive_that_may_not_be_written_is_not_shown_until_its_rulings_are_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, pier = tmp_path / "archive", reading("pier", ["The pier is mended."])
    fill(folder, pier)
    told = Ruling(pier.paper.id, "withdrawn", "indexed", "court order", "2026-01-01T00:00:00.000000+00:00")
    rulings_file.add(beside(tmp_path / "archive"), [told])

    def full(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("indexer.archive.writer.WriterLock", full)
    with pytest.raises(ArchiveFull):
        Archive.open(folder)


def test_half_a_line_of_a_killed_run_is_no_ruling_and_is_written_over(tmp_path: Path) -> None:
    path = beside(tmp_path / "archive")
    one = Ruling("a" * 64, "withdrawn", "", "court order", "2026-01-01T00:00:00+00:00")
    rulings_file.add(path, [one])
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(one))[:40])
    assert rulings_file.read(path) == (one,)
    two = replace(one, ruling="released", noted="2026-01-02T00:00:00+00:00")
    rulings_file.add(path, [two, one])
    assert rulings_file.read(path) == (one, two)
    assert path.read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize(
    "line", ["nonsense", "{}", '{"paper_id": "a", "ruling": "burnt", "was": "", "reason": "", "noted": "2026-01-01"}']
)
def test_a_line_that_cannot_be_read_is_damage_since_its_paper_might_be_shown(tmp_path: Path, line: str) -> None:
    fill(tmp_path / "archive", reading("pier", ["The pier is mended."]))
    (beside(tmp_path / "archive")).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ArchiveDamaged, match="line 1"):
        Archive.open(tmp_path / "archive")


def test_the_last_ruling_counts_though_the_clock_was_set_back(tmp_path: Path) -> None:
    folder, pier = tmp_path / "archive", reading("pier", ["The pier is mended."])
    fill(folder, pier)
    future = Ruling(pier.paper.id, "released", "withheld", "published", "2999-01-01T00:00:00+00:00")
    rulings_file.add(beside(tmp_path / "archive"), [future])
    with Writer.open(folder, MODEL) as writer:
        writer.withdraw(pier.paper.id, "court order")
    assert [one.ruling for one in rulings_file.read(beside(tmp_path / "archive"))] == ["released", "withdrawn"]
    shutil.rmtree(folder)
    with Writer.open(folder, MODEL) as writer:
        writer.add(pier, vectors(pier), [entry(pier)])
    with Archive.open(folder) as opened:
        assert opened.papers() == ()


def test_the_file_may_be_kept_elsewhere_and_is_never_taken_for_a_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", quay=minutes("the quay"))
    monkeypatch.setenv(rulings_file.VARIABLE, str(tmp_path / "papers" / "ours.jsonl"))
    run(tmp_path / "archive")
    rulings.withdraw(tmp_path / "archive", "papers/quay.md", "court order")
    assert (tmp_path / "papers" / "ours.jsonl").is_file()
    shutil.rmtree(tmp_path / "archive")
    run(tmp_path / "archive")
    assert statuses(tmp_path / "archive") == {"quay.md": "withdrawn"}
    assert sorted(os.listdir(tmp_path)) == ["archive", "papers"]
    assert (tmp_path / "archive" / database.EMBEDDED).is_file()
