"""Archives whose rows a server holds: several machines, each with words and vectors of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from pymilvus import MilvusClient

from indexer.archive import Archive, Writer, backup, database, place, replicas
from indexer.archive.postgresql import Postgresql
from indexer.errors import ArchiveLocked, ArchiveUnreachable, BadArguments
from indexer.records import WordQuery
from tests.conftest import STORES, placed
from tests.makers.archive_maker import MODEL, entry, fill, paper, reading, rich_reading, vector, vectors

SERVER, MILVUS = STORES[1:2], STORES[2:]


@pytest.fixture(params=SERVER)
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """Two machines with one archive between them."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = placed(request, tmp_path / "one")
    database.keep(tmp_path / "two", database.address_of(one))
    return one, tmp_path / "two"


@pytest.fixture(params=MILVUS)
def milvus(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive whose vectors are in Milvus."""
    return placed(request, tmp_path)


def by_words_and_vectors(archive: Archive, word: str) -> tuple[set[int], set[int]]:
    words = {scored.id for scored in archive.match_words(WordQuery(word), 9)}
    return words, {scored.id for scored in archive.nearest(vector("q"), 9)}


def test_what_one_machine_stores_another_finds_by_meaning_at_once_and_by_words_when_it_has_settled(
    machines: tuple[Path, Path],
) -> None:
    first, second = (paper(name).key << 20 for name in ("first", "second"))
    fill(machines[0], reading("first", ["The ferry sails."]))
    with Archive.open(machines[1], MODEL) as other:
        assert by_words_and_vectors(other, "ferry") == ({first}, {first})
        fill(machines[0], reading("second", ["Another ferry."]))
        assert by_words_and_vectors(other, "ferry") == ({first}, {first, second})
        replicas.settle(machines[1])
        assert by_words_and_vectors(other, "ferry") == ({first, second}, {first, second})
        assert other.check() == []


def test_two_machines_do_not_write_at_once(machines: tuple[Path, Path]) -> None:
    with (
        Writer.open(machines[0], MODEL),
        pytest.raises(ArchiveLocked, match="Another process is writing"),
    ):
        Writer.open(machines[1], MODEL)
    Writer.open(machines[1], MODEL).finish()


def test_no_byte_of_a_withdrawn_paper_stays_on_any_machine(
    machines: tuple[Path, Path],
) -> None:
    secret = reading("secret", ["Zanzibarquay settlement figure."])
    fill(machines[0], reading("plain", ["The ferry sails."]), secret)

    signs = {vectors(secret).astype("<f2")[0].tobytes(), b"zanzibarqua"}

    def holding() -> list[Path]:
        every = (path for folder in machines for path in folder.rglob("*") if path.is_file())
        return [path for path in every if any(sign in path.read_bytes() for sign in signs)]

    Archive.open(machines[1], MODEL).close()
    assert {path.is_relative_to(machines[1]) for path in holding()} == {True, False}
    with Writer.open(machines[0], MODEL) as writer:
        writer.withdraw(secret.paper.id, "court order")
    with Archive.open(machines[1], MODEL) as other:
        assert [one.path for one in other.papers()] == ["plain.pdf"]
        assert other.check() == []
    assert holding() == []


def test_the_rows_of_a_council_lie_in_one_part(machines: tuple[Path, Path]) -> None:
    fill(machines[0], reading("first", ["The ferry sails."]), reading("second", ["Another ferry."]))
    with psycopg.connect(database.address_of(machines[0])) as connection:
        for table in ("pages", "passages", "sections"):
            rows = connection.execute(f"SELECT DISTINCT tableoid, part FROM {table}").fetchall()  # noqa: S608
            assert [part for _, part in rows] == ["Fenshire Council"]


def test_a_server_that_does_not_answer_is_one_clear_error(tmp_path: Path) -> None:
    database.keep(tmp_path, f"postgresql:///papers?host={tmp_path}")
    with pytest.raises(ArchiveUnreachable, match="The database server cannot be used"):
        Archive.open(tmp_path)


def test_an_address_names_a_folder_and_what_is_neither_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(database.VARIABLE, str(tmp_path))
    address = "postgresql://reader@rows.example.gov.uk/papers"
    folder = place(address)
    assert (folder.parent, database.address_of(folder), place(address)) == (tmp_path, address, folder)
    assert (folder / database.ADDRESS).stat().st_mode & 0o077 == 0
    assert place("data/archive") == Path("data/archive")
    with pytest.raises(BadArguments, match="mysql://x is not an archive"):
        place("mysql://x")
    with pytest.raises(BadArguments, match="pg_dump"):
        backup(folder, tmp_path / "copy")


def test_vectors_in_milvus_follow_by_generation_and_are_sent_anew_where_they_are_lost(milvus: Path) -> None:
    first, second, third = (paper(name).key << 20 for name in ("first", "second", "third"))
    fill(milvus, reading("first", ["The ferry sails."]), reading("third", ["A pier."]))
    writer = Writer.open(milvus, MODEL)
    later = reading("second", ["Another ferry."])
    writer.add(later, vectors(later), [entry(later)])
    writer.remove([paper("third").id], [replace(entry(reading("third", [])), status="gone")])
    writer.close()  # as if it were killed: rows are there, and nothing was sent
    with Archive.open(milvus, MODEL) as archive:
        assert {scored.id for scored in archive.nearest(vector("q"), 9)} == {first, second}
        assert "vector index: 1 passages missing, 0 too many" in "".join(archive.check())
        Writer.open(milvus, MODEL).finish()
        assert archive.check() == []
        client = MilvusClient(str(milvus / "vectors.db"))
        (name,) = client.list_collections()
        assert {row["id"] for row in client.query(name, filter="id >= 0")} == {first, second} - {third}
        client.drop_collection(name)
        assert {scored.id for scored in archive.nearest(vector("q"), 9)} == {first, second}
        Writer.open(milvus, MODEL).finish()
        assert archive.check() == []
        # No name of anybody, and no word.
        (row,) = client.query(name, filter=f"id == {first}", output_fields=["*"])
        assert {column for column, value in row.items() if isinstance(value, str)} == set()


def test_a_server_that_was_started_anew_is_found_again_after_one_error(machines: tuple[Path, Path]) -> None:
    fill(machines[0], reading("first", ["The ferry sails."]))
    with Archive.open(machines[0], MODEL) as archive:
        with archive.snapshot(), ThreadPoolExecutor(2) as threads:
            assert [len(one) for one in threads.map(lambda _: archive.papers(), range(4))] == [1] * 4
        with psycopg.connect(database.address_of(machines[0])) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        with pytest.raises(ArchiveUnreachable, match="The database server cannot be used"):
            archive.papers()
        assert [one.path for one in archive.papers()] == ["first.pdf"]


def test_an_older_archive_on_a_server_is_upgraded_where_it_is_and_written_to(machines: tuple[Path, Path]) -> None:
    fill(machines[0], reading("first", ["The ferry sails."]))
    with psycopg.connect(database.address_of(machines[0])) as connection:
        connection.execute("ALTER TABLE decisions DROP COLUMN doubts")
        connection.execute("DROP TABLE aliases")
        connection.execute("UPDATE manifest SET value = '6' WHERE key = 'schema'")
    rich = rich_reading()
    with Archive.open(machines[1], MODEL) as archive:
        fill(machines[0], rich)
        assert [one.decision for one in archive.decisions()] == list(rich.decisions)
        assert archive.pages(rich.paper.id) == rich.pages
        replicas.settle(machines[1])
        assert archive.check() == []


def test_lists_of_values_and_single_ones_keep_their_places(machines: tuple[Path, Path]) -> None:
    fill(machines[0], reading("first", ["The ferry sails."]))
    with closing(database.for_reading(machines[0])) as connection:
        statement = "SELECT ? + 1, 2 IN (?,?), ?::bytea, 'b' IN (?), ? WHERE 7 IN (?,?,?)"
        row = connection.execute(statement, (1, 1, 2, b"\x00\\x", "a", 5.5, 6, 7, 8)).fetchall()
        assert row == [(2, True, b"\x00\\x", False, 5.5)]


def test_the_server_is_asked_once_about_any_number_of_papers_and_texts(
    machines: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"paper {number}" for number in range(40)]
    fill(machines[0], *(reading(name, ["The ferry sails.", f"Ferry {name}."]) for name in names))
    ids = [paper(name).id for name in names]
    with Archive.open(machines[0], MODEL) as archive:
        stored = archive.passages([paper(name).key << 20 | at for name in names for at in (0, 1)])
        asked = list[str]()
        execute = Postgresql.execute
        monkeypatch.setattr(Postgresql, "execute", lambda *given: asked.append(given[1]) or execute(*given))
        assert archive.sizes(ids) == dict.fromkeys(ids, 2)
        copies = archive.twins([one.twin for one in stored.values()])
    assert sorted(map(len, copies.values())) == [*[0] * 40, 40]
    assert len([one for one in asked if one.startswith("SELECT")]) < 12
