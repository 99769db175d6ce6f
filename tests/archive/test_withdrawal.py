"""Papers that are taken out for good and let in again: what stays on record, and that no byte stays anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive, Writer, codec, texts_to_embed
from indexer.archive.merging import SegmentWriter
from indexer.records import LedgerEntry, WordQuery
from tests.makers.archive_maker import MODEL, entry, fill, reading, vectors

PLAIN = [reading(f"plain{at}", [f"Ferry number {at} sails.", "Fire exits are marked."]) for at in range(3)]
SECRET = reading("secret", ["Zanzibarquay settlement figure.", "Xylophonist was dismissed."])
HALF = vectors(SECRET).astype("<f2")
PAGE = codec.text_to_bytes(SECRET.pages[0].text)
PLANTED = [b"zanzibarquay", b"xylophonist", PAGE, HALF[0].tobytes(), HALF[1].tobytes(), b"secret token codes"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make an archive of three papers and a secret one, with token vectors."""
    fill(tmp_path, *PLAIN)
    with Writer.open(tmp_path, MODEL) as writer:
        first = texts_to_embed(SECRET)[0].hash
        writer.add(SECRET, vectors(SECRET), [entry(SECRET)], {first: b"secret token codes"})
    return tmp_path


def remains(folder: Path) -> set[bytes]:
    """Which of the planted bytes any file below ``folder`` holds, in whatever case."""
    every = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {sign for sign in PLANTED if any(sign in data or sign in data.lower() for data in every)}


def test_no_byte_of_a_withdrawn_paper_remains_and_the_reason_does(archive: Path) -> None:
    assert remains(archive) >= {PAGE, HALF[0].tobytes(), b"secret token codes"}
    with Archive.open(archive, MODEL) as reader:
        assert reader.match_words(WordQuery("zanzibarquay"), 5)
        with Writer.open(archive, MODEL) as writer:
            assert writer.withdraw(SECRET.paper.id, "court order") == ["secret.pdf"]
        assert remains(archive) == set()
        assert reader.match_words(WordQuery("zanzibarquay"), 5) == []
        assert LedgerEntry("secret.pdf", "withdrawn", "court order", SECRET.paper.id) in reader.ledger()
        (ruling,) = reader.rulings()
        assert (ruling.paper_id, ruling.ruling, ruling.was) == (SECRET.paper.id, "withdrawn", "indexed")
        assert (ruling.reason, ruling.noted[:2]) == ("court order", "20")
        assert reader.check() == []


def test_a_withdrawal_that_was_interrupted_is_finished_by_the_next_writer(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: SegmentWriter, *, purge: bool) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        writer = Writer.open(archive, MODEL)
        broken.setattr(SegmentWriter, "settle", die)
        with pytest.raises(KeyboardInterrupt):
            writer.withdraw(SECRET.paper.id, "court order")
        writer.close()
    assert remains(archive) != set()
    with Archive.open(archive, MODEL) as reader:
        assert reader.paper(SECRET.paper.id) is None
        assert any(line.startswith("database: a withdrawal was interrupted") for line in reader.check())
        Writer.open(archive, MODEL).finish()
        assert remains(archive) == set()
        assert reader.check() == []


def test_a_paper_is_released_from_what_kept_it_out_and_every_ruling_is_kept(archive: Path) -> None:
    with Writer.open(archive, MODEL) as writer:
        assert writer.release(SECRET.paper.id, "nothing to release") == []
        writer.withdraw(SECRET.paper.id, "exempt", "withheld")
        assert writer.release(SECRET.paper.id, "looked at") == ["secret.pdf"]
        assert writer.release(SECRET.paper.id, "looked at twice") == []
        writer.withdraw(SECRET.paper.id, "court order")
        assert writer.release(SECRET.paper.id, "order lifted") == ["secret.pdf"]
    with Archive.open(archive, MODEL) as reader:
        assert [(one.ruling, one.was, one.reason) for one in reader.rulings()] == [
            ("withheld", "indexed", "exempt"),
            ("released", "withheld", "looked at"),
            ("withdrawn", "", "court order"),
            ("released", "withdrawn", "order lifted"),
        ]
        assert LedgerEntry("secret.pdf", "gone", "released: order lifted", SECRET.paper.id) in reader.ledger()
        assert reader.check() == []
