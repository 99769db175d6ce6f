"""Papers are called by their place below the folder that was indexed, from wherever that is given."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from indexer.archive import Archive, Writer
from indexer.pipeline.naming import Naming
from indexer.upkeep import desk
from search.views import opened
from search.views.api import files
from tests.archive.test_migrations import older
from tests.makers.archive_maker import MODEL
from tests.makers.index_maker import minutes, put, run


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "council" / "papers", cabinet__quay=minutes("the quay", 11), weir=minutes("the weir", 12))
    return tmp_path


def ledger(archive: Path) -> dict[str, str]:
    with Archive.open(archive) as held:
        assert held.check() == []
        return {entry.path: entry.status for entry in held.ledger()}


def lies(archive: Path) -> dict[str, Path]:
    with Archive.open(archive) as held:
        return {paper.path: held.file(paper) for paper in held.papers()}


def test_a_folder_given_from_the_root_of_the_machine_goes_by_its_own_name(place: Path) -> None:
    run(place / "archive", str(place / "council" / "papers"))
    assert ledger(place / "archive") == {"papers/cabinet/quay.md": "indexed", "papers/weir.md": "indexed"}
    assert lies(place / "archive") == {
        path: place / "council" / path for path in ("papers/cabinet/quay.md", "papers/weir.md")
    }
    assert str(place) not in desk.status_text(place / "archive") + desk.status_json(place / "archive")


def test_a_folder_keeps_its_name_from_wherever_it_is_given(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(place / "archive", "council/papers")
    wanted = {"council/papers/cabinet/quay.md": "indexed", "council/papers/weir.md": "indexed"}
    assert ledger(place / "archive") == wanted
    for where, given in (
        (place / "council", "papers"),
        (place / "council" / "papers", "."),
        (place / "council" / "papers" / "cabinet", ".."),
        (Path("/"), str(place / "council" / "papers")),
    ):
        monkeypatch.chdir(where)
        assert run(place / "archive", given).counts == {}
        assert ledger(place / "archive") == wanted
    monkeypatch.chdir(place / "council")
    (place / "council" / "papers" / "cabinet" / "quay.md").unlink()
    assert run(place / "archive", "papers/cabinet/../../papers").counts == {"gone": 1}


def test_a_folder_inside_or_around_one_that_is_known_makes_no_paper_twice(place: Path) -> None:
    run(place / "archive", "council/papers/cabinet")
    assert run(place / "archive", "council/papers").counts == {"indexed": 1}
    assert run(place / "archive", "council/papers/cabinet/quay.md").counts == {}
    put(place / "council" / "papers", cabinet__lock=minutes("the lock", 13))
    (place / "council" / "papers" / "cabinet" / "quay.md").unlink()
    assert run(place / "archive", str(place / "council")).counts == {"gone": 1, "indexed": 1}
    assert ledger(place / "archive") == {
        "council/papers/cabinet/lock.md": "indexed",
        "council/papers/cabinet/quay.md": "gone",
        "council/papers/weir.md": "indexed",
    }


def test_two_folders_of_one_name_are_told_apart(place: Path) -> None:
    put(place / "other" / "papers", weir=minutes("the other weir"))
    run(place / "archive", str(place / "council" / "papers"))
    run(place / "archive", str(place / "other" / "papers"))
    assert set(ledger(place / "archive")) == {"papers/cabinet/quay.md", "papers/weir.md", "papers (2)/weir.md"}
    assert lies(place / "archive")["papers (2)/weir.md"] == place / "other" / "papers" / "weir.md"


def test_archive_and_papers_can_be_moved_together(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(place / "council" / "archive", "council/papers")
    shutil.move(place / "council", place / "moved")
    assert lies(place / "moved" / "archive")["council/papers/weir.md"] == place / "moved" / "papers" / "weir.md"
    monkeypatch.chdir(place / "moved")
    assert run(place / "moved" / "archive", "papers").counts == {}


def test_a_folder_that_was_moved_takes_its_name_along(place: Path) -> None:
    run(place / "archive", str(place / "council" / "papers"))
    (place / "elsewhere").mkdir()
    shutil.move(place / "council" / "papers", place / "elsewhere")
    assert run(place / "archive", str(place / "elsewhere" / "papers")).counts == {}
    assert lies(place / "archive")["papers/weir.md"] == place / "elsewhere" / "papers" / "weir.md"


def test_a_name_that_would_be_anothers_is_not_taken(tmp_path: Path) -> None:
    for folder in ("a/data/sample", "b/data", "c"):
        (tmp_path / folder).mkdir(parents=True)
    naming = Naming({"data/sample": tmp_path / "a" / "data" / "sample"})
    naming.take(tmp_path / "b" / "data")
    naming.take(tmp_path / "a" / "data")
    naming.take(tmp_path / "c")
    assert {name: str(folder.relative_to(tmp_path)) for name, folder in naming.folders.items()} == {
        "data/sample": "a/data/sample",
        "data (2)": "b/data",
        "data": "a/data",
        "c": "c",
    }
    assert naming.name(tmp_path / "a" / "data" / "sample" / "x.pdf") == "data/sample/x.pdf"
    assert naming.roots([tmp_path / "a" / "data"]) == ("data", "data/sample")


def test_the_server_finds_the_file_of_a_paper_from_any_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(place / "archive", "council/papers")
    monkeypatch.setenv(opened.VARIABLE, str(place / "archive"))
    monkeypatch.chdir("/")
    (paper, *_) = opened.archive().papers()
    assert files.present(paper)
    assert files.answer(opened.archive, paper.id).status_code == 200


def test_an_older_archives_paths_lose_the_machine_and_nothing_is_read_again(tmp_path: Path) -> None:
    folder = older(tmp_path / "old")
    seen = folder / "seen.jsonl"
    sight = {"path": "/srv/councils/fenshire/papers/cabinet/harbour.pdf", "size": 3, "modified": 0, "digest": "ab"}
    seen.write_text(json.dumps(sight) + "\nhalf a li", encoding="utf-8")
    Writer.open(folder, MODEL).finish()
    assert set(ledger(folder)) == {
        "papers/cabinet/blank.pdf",
        "papers/cabinet/freed.pdf",
        "papers/cabinet/harbour.pdf",
        "papers/cabinet/secret.pdf",
        "papers/cabinet/tide.pdf",
        "papers/health/rich.pdf",
    }
    assert lies(folder)["papers/health/rich.pdf"] == Path("/srv/councils/fenshire/papers/health/rich.pdf")
    assert json.loads(seen.read_text("utf-8"))["path"] == "papers/cabinet/harbour.pdf"


def test_an_older_archives_relative_paths_stay_and_lead_to_the_files(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3
    from contextlib import closing

    archive = place / "archive"
    run(archive, "council/papers")
    before = ledger(archive)
    with closing(sqlite3.connect(archive / "archive.sqlite")) as connection, connection:
        connection.execute("DROP TABLE roots")
        connection.execute("ALTER TABLE decisions DROP COLUMN doubts")
        connection.execute("UPDATE manifest SET value = '5' WHERE key = 'schema'")
    monkeypatch.chdir("/")
    assert ledger(archive) == before
    assert lies(archive)["council/papers/weir.md"] == place / "council" / "papers" / "weir.md"
    monkeypatch.chdir(place / "council")
    assert run(archive, "papers").counts == {}
    assert os.path.isdir("papers")
