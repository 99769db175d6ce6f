"""Backups: whole while others write, sound when restored, and never in the way of anything."""

from __future__ import annotations

import multiprocessing
import shutil
import tarfile
import time
from pathlib import Path

import pytest

from indexer.__main__ import main
from indexer.archive import Archive, Writer, backup, restore
from indexer.errors import ArchiveDamaged, ArchiveFull, ArchiveMissing, BadArguments
from indexer.records import Reading, WordQuery
from tests.makers.archive_maker import MODEL, entry, fill, reading, vector, vectors

SPAWN = multiprocessing.get_context("spawn")


def papers(numbers: range) -> list[Reading]:
    return [reading(f"paper{at}", [f"Ferry number {at} sails.", "Fire exits are marked."]) for at in numbers]


def held(folder: Path) -> tuple[object, ...]:
    """What an archive answers with: ledger, passages, both rankings."""
    with Archive.open(folder, MODEL) as archive:
        near = archive.nearest(vector("question"), 999)
        words = sorted(one.id for one in archive.match_words(WordQuery("ferry fire"), 999))
        stored = archive.passages([one.id for one in near])
        return archive.ledger(), {id: one.passage.text for id, one in stored.items()}, near, words


@pytest.mark.parametrize("name", ["kept", "kept.tar", "kept.tar.gz"])
def test_a_restored_archive_is_the_one_that_was_kept(tmp_path: Path, name: str) -> None:
    fill(tmp_path / "archive", *papers(range(4)))
    said = backup(tmp_path / "archive", tmp_path / "to" / name)
    assert said.startswith("4 papers, ")
    assert [path.name for path in (tmp_path / "to").iterdir()] == [name]
    assert restore(tmp_path / "to" / name, tmp_path / "again") == []
    assert held(tmp_path / "again") == held(tmp_path / "archive")
    fill(tmp_path / "again", *papers(range(4, 6)))
    with Archive.open(tmp_path / "again") as archive:
        assert archive.check() == []


def test_who_asked_to_be_left_out_of_the_register_of_people_stays_out_of_what_is_restored(tmp_path: Path) -> None:
    fill(tmp_path / "archive", *papers(range(1)))
    (tmp_path / "archive-people.jsonl").write_text("first\nsecond\n", encoding="utf-8")
    backup(tmp_path / "archive", tmp_path / "kept.tar")
    restore(tmp_path / "kept.tar", tmp_path / "new")
    assert (tmp_path / "new-people.jsonl").read_text(encoding="utf-8") == "first\nsecond\n"
    (tmp_path / "other-people.jsonl").write_text("second\nthird\n", encoding="utf-8")
    restore(tmp_path / "kept.tar", tmp_path / "other")
    assert (tmp_path / "other-people.jsonl").read_text(encoding="utf-8") == "first\nsecond\nthird\n"
    assert not list((tmp_path / "new").glob("*people*"))


def write_until(folder: Path, stop: object) -> None:
    """Add papers, settling after each, for as long as backups are made."""
    at = 0
    while not stop.is_set():  # type: ignore[attr-defined]
        with Writer.open(folder, MODEL) as writer:
            for one in papers(range(at, at + 5)):
                writer.add(one, vectors(one), [entry(one)])
                writer.settle()
        at += 5


def test_backups_made_while_a_writer_fills_the_archive_are_whole(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    fill(archive, *papers(range(2)))
    stop = SPAWN.Event()
    writing = SPAWN.Process(target=write_until, args=(archive, stop))
    writing.start()
    with Archive.open(archive) as reader:
        while writing.is_alive() and reader.totals().papers < 3:
            time.sleep(0.01)
    counts = []
    for at in range(6):
        backup(archive, tmp_path / f"kept{at}")
        assert restore(tmp_path / f"kept{at}", tmp_path / f"again{at}") == []
        with Archive.open(tmp_path / f"again{at}") as again:
            assert {one.path for one in again.papers()} == {one.path for one in again.ledger()}
            counts.append(again.totals().papers)
    stop.set()
    writing.join(30)
    assert writing.exitcode == 0
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


@pytest.mark.parametrize("folder", ["words", "vectors"])
def test_words_and_vectors_that_spoilt_in_the_backup_are_made_anew(tmp_path: Path, folder: str) -> None:
    fill(tmp_path / "archive", *papers(range(3)))
    backup(tmp_path / "archive", tmp_path / "kept")
    file = max((tmp_path / "kept" / folder).rglob("*.*"), key=lambda path: path.stat().st_size)
    file.write_bytes(file.read_bytes()[:-9] + bytes(9))
    assert restore(tmp_path / "kept", tmp_path / "again") == []
    assert held(tmp_path / "again") == held(tmp_path / "archive")


def test_a_backup_with_a_spoilt_database_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "archive", *papers(range(3)))
    backup(tmp_path / "archive", tmp_path / "kept")
    database = tmp_path / "kept" / "archive.sqlite"
    database.write_bytes(database.read_bytes()[:-1] + b"x")
    with pytest.raises(ArchiveDamaged, match=r"archive\.sqlite is not what was kept. Use another backup"):
        restore(tmp_path / "kept", tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "kept"]


def test_what_is_no_backup_or_is_in_the_way_is_one_clear_error(tmp_path: Path) -> None:
    archive, kept = tmp_path / "archive", tmp_path / "kept"
    fill(archive, *papers(range(1)))
    backup(archive, kept)
    before = held(archive)
    (tmp_path / "text.tar").write_text("no tar")
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.add(tmp_path / "text.tar", "text")
    for source in (tmp_path / "text.tar", tmp_path / "other.tar", archive, tmp_path / "nothing"):
        with pytest.raises(BadArguments, match="is not a backup of this program"):
            restore(source, tmp_path / "again")
    with pytest.raises(BadArguments, match="is there already"):
        backup(archive, kept)
    with pytest.raises(BadArguments, match="is not empty"):
        restore(kept, archive)
    with pytest.raises(ArchiveMissing):
        backup(tmp_path / "nothing", tmp_path / "more")
    with pytest.raises(ArchiveFull, match="cannot be written"):
        backup(archive, tmp_path / "text.tar" / "more")
    assert held(archive) == before


def test_a_member_that_leads_out_of_the_folder_is_not_written(tmp_path: Path) -> None:
    fill(tmp_path / "archive", *papers(range(1)))
    backup(tmp_path / "archive", tmp_path / "kept")
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        tar.add(tmp_path / "kept", ".")
        tar.add(tmp_path / "kept" / "backup.json", "../escaped")
    with pytest.raises(BadArguments, match="is not a backup"):
        restore(tmp_path / "bad.tar", tmp_path / "again")
    assert not (tmp_path / "escaped").exists()


def test_the_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive, kept, again = (str(tmp_path / name) for name in ("archive", "kept.tar", "again"))
    fill(tmp_path / "archive", *papers(range(2)))
    assert main(["backup", kept, "--archive", archive]) == 0
    assert main(["restore", kept, "--archive", again]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith(f"Kept in {kept}: 2 papers, ")
    assert printed[1] == f"Restored to {again}; it is sound."
    assert main(["restore", kept, "--archive", again]) == 2
    assert capsys.readouterr().err.startswith(f"{again} is not empty.")


def test_a_check_with_repair_makes_words_and_vectors_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "archive"
    fill(archive, *papers(range(3)))
    before = held(archive)
    for file in (archive / "vectors").iterdir():
        data = bytearray(file.read_bytes())
        data[data.index(b"vectors.npy") + 200] ^= 1
        file.write_bytes(data)
    shutil.rmtree(archive / "words")
    assert main(["check", "--archive", str(archive)]) == 1
    assert "is damaged" in capsys.readouterr().out
    assert main(["check", "--repair", "--archive", str(archive)]) == 0
    assert held(archive) == before
