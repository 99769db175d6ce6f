"""Archives of older formats are upgraded where they are, killed at any instant or not, and lose nothing."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexer.__main__ import DONE, UNUSABLE, main
from indexer.archive import Archive, Writer, codebook, database, migrations, schema, unpack
from indexer.archive.migrations import FORMAT, OLDEST, upgrade
from indexer.archive.migrations.step import Step
from indexer.errors import ArchiveMismatch
from indexer.records import WordQuery
from tests.makers.archive_maker import DIMENSION, MODEL, fill, reading, vector

# Written by the program as it was when format 3 was the newest: two papers, one withdrawn, one withheld, one released.
FORMAT_3 = Path(__file__).with_name("format-3.sql")


def older(folder: Path) -> Path:
    """Make an archive of format 3, without words and vectors: the database is the truth of both."""
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / database.EMBEDDED)) as connection:
        connection.executescript(FORMAT_3.read_text(encoding="utf-8"))
    return folder


def manifest(folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(folder / database.EMBEDDED)) as connection:
        return dict(connection.execute("SELECT key, value FROM manifest"))


def shape(folder: Path) -> dict[str, object]:
    """Every table with its columns, and every index with what it is over."""
    with closing(sqlite3.connect(folder / database.EMBEDDED)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")]
        tables = {name: connection.execute(f"PRAGMA table_info({name})").fetchall() for name in names}
        return {
            name: columns or connection.execute(f"PRAGMA index_xinfo({name})").fetchall()
            for name, columns in tables.items()
        }


def held(folder: Path) -> tuple[object, ...]:
    """What a reader sees of an archive."""
    with Archive.open(folder) as archive:
        texts = {paper.id: archive.page_texts(paper.id) for paper in archive.papers()}
        decided = [(row.id, row.decision) for row in archive.decisions()]
        return texts, decided, archive.rulings(), [(entry.status, entry.reason) for entry in archive.ledger()]


def test_an_older_archive_that_is_opened_gets_the_tables_of_a_new_one(tmp_path: Path) -> None:
    fill(tmp_path / "new", reading("pier", ["The pier is mended."]))
    with Archive.open(older(tmp_path / "old")) as archive:
        assert [ruling.ruling for ruling in archive.rulings()] == ["withdrawn", "withheld", "withheld", "released"]
        assert len(archive.papers()) == 2
    assert shape(tmp_path / "old") == shape(tmp_path / "new")
    assert manifest(tmp_path / "old")["schema"] == str(FORMAT)
    assert manifest(tmp_path / "old").keys() == manifest(tmp_path / "new").keys()


def test_words_and_vectors_of_an_older_archive_are_made_of_what_it_holds(tmp_path: Path) -> None:
    folder = older(tmp_path / "old")
    Writer.open(folder, MODEL).finish()
    with Archive.open(folder, MODEL) as archive:
        assert archive.check() == []
        assert [
            archive.passages([one.id])[one.id].passage.text for one in archive.match_words(WordQuery("harbour"), 9)
        ] == ["The harbour wall is to be mended."]
        assert len(archive.nearest(vector("harbour"), 9)) == 4


def test_every_archive_has_a_name_of_its_own(tmp_path: Path) -> None:
    names = []
    for name in ("one", "two"):
        Writer.open(tmp_path / name, MODEL).finish()
        names.append(manifest(tmp_path / name)["archive"])
    older(tmp_path / "old")
    upgrade.ensure(tmp_path / "old")
    names.append(manifest(tmp_path / "old")["archive"])
    assert [(len(name), set(name) <= set("0123456789abcdef")) for name in names] == [(32, True)] * 3
    assert len(set(names)) == 3


def killed(folder: Path, at: int) -> bool:
    """Upgrade in another process that is killed before its statement number ``at``; tell whether it was."""
    child = os.fork()
    if child == 0:
        with closing(database.for_writing(folder)) as connection:
            left = [at]

            def count(_: str) -> None:
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)

            connection.set_trace_callback(count)
            upgrade.upgrade(connection, folder)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_an_upgrade_killed_at_any_instant_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    whole = held(older(tmp_path / "whole"))
    stops = 0
    while killed(folder := older(tmp_path / f"at-{stops}"), stops):
        assert held(folder) == whole, stops
        assert shape(folder) == shape(tmp_path / "whole")
        stops += 1
    assert stops > 5


def test_an_upgrade_killed_again_and_again_still_ends(tmp_path: Path) -> None:
    whole, folder = held(older(tmp_path / "whole")), older(tmp_path / "old")
    at = 0
    while killed(folder, at):
        at += 1
    assert held(folder) == whole


def titles(connection: sqlite3.Connection, _: Path, after: int) -> int | None:
    """A portion of one paper: its title in capitals, which done twice would show."""
    row = connection.execute("SELECT key, title FROM papers WHERE key > ? ORDER BY key LIMIT 1", (after,)).fetchone()
    if row is None:
        return None
    connection.execute("UPDATE papers SET title = title || '!' WHERE key = ?", (row[0],))
    return int(row[0])


@pytest.fixture
def portions(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Add a step to this program's that works through the papers one by one."""
    step = Step("louder titles", ("ALTER TABLE papers ADD COLUMN loud INTEGER NOT NULL DEFAULT 1",), titles)

    def add() -> None:
        monkeypatch.setattr(upgrade, "STEPS", (*migrations.STEPS, step))
        for module in (upgrade, schema):
            monkeypatch.setattr(module, "FORMAT", FORMAT + 1)

    return add


def test_a_step_in_portions_does_each_paper_once_wherever_it_is_killed(
    tmp_path: Path, portions: Callable[[], None]
) -> None:
    portions()
    stops = 0
    while killed(folder := older(tmp_path / f"at-{stops}"), stops):
        with Archive.open(folder) as archive:
            assert sorted(paper.title for paper in archive.papers()) == ["Harbour!", "Rich!"]
        assert "upgrading" not in manifest(folder)
        stops += 1
    assert stops > 10


def test_an_upgrade_says_what_it_does(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        Archive.open(older(tmp_path / "old")).close()
    said = [record.getMessage() for record in caplog.records]
    assert said[0].startswith(f"Upgrading the archive in {tmp_path / 'old'} to format {OLDEST + 1}")
    assert said[-1] == f"The archive in {tmp_path / 'old'} has format {FORMAT}."
    assert not any("Quillfeather" in line or "harbour wall" in line for line in said)


@pytest.mark.parametrize(("held", "advice"), [(OLDEST - 1, "move the folder"), (FORMAT + 1, "newer version")])
def test_a_format_that_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, held: int, advice: str) -> None:
    fill(tmp_path, reading("pier", ["The pier is mended."]))
    with closing(sqlite3.connect(tmp_path / database.EMBEDDED)) as connection, connection:
        connection.execute("UPDATE manifest SET value = ? WHERE key = 'schema'", (str(held),))
    for refused in (lambda: Archive.open(tmp_path), lambda: Writer.open(tmp_path, MODEL)):
        with pytest.raises(ArchiveMismatch, match=advice) as caught:
            refused()
        assert "delete" not in str(caught.value)


def test_the_command_upgrades_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = older(tmp_path / "old")
    where = ["--archive", str(folder)]
    assert main(["upgrade", *where]) == DONE
    assert main(["upgrade", *where]) == DONE
    assert capsys.readouterr().out.splitlines() == [
        f"Upgraded to format {FORMAT}; it is sound.",
        f"The archive has format {FORMAT} already.",
    ]
    shutil.rmtree(folder)
    assert main(["upgrade", *where]) == UNUSABLE


def test_token_vectors_of_an_older_archive_are_coded_anew_without_the_papers(tmp_path: Path) -> None:
    folder = older(tmp_path / "old")
    nibbles = np.random.default_rng(0).integers(256, size=(2, DIMENSION // 2)).astype(np.uint8)
    head, places, scales = np.array([2, DIMENSION], "<u2"), np.array([0, 7, 8, 11], "<u2"), np.ones(2, "<f4")
    packed = b"".join(part.tobytes() for part in (head, places, scales, nibbles))
    with closing(sqlite3.connect(folder / database.EMBEDDED)) as connection:
        passages = "SELECT id, embedding FROM passages WHERE kind = 'minute' ORDER BY id"
        id, embedding = connection.execute(passages).fetchone()
        connection.execute("INSERT INTO tokens VALUES (?, ?)", (embedding, packed))
        connection.commit()
    book = codebook(MODEL.digest, DIMENSION)
    with Archive.open(folder) as archive:
        assert archive.passages([id])[id].passage.text == "The harbour wall is to be mended."
        tokens = unpack(archive.tokens([id])[id], book)
    assert tokens.offsets == ((0, 7),), "its heading; the second token is “The”"
    row = np.stack((nibbles[0] >> 4, nibbles[0] & 15), axis=-1).ravel() * 2.0 - 15
    assert book.decode(tokens.codes)[0] @ row / np.linalg.norm(row) > 0.97
