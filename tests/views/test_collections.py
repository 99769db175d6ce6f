"""Collections hold readers' own words and places; what stands there is the archive's to say, also when it is gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.errors import SavedError
from indexer.records import Meeting, Page, Paper, Section, Span
from search import collections
from search.collections import Collections, Piece
from search.views.exports import collected
from search.views.render import briefing

LIST = "a" * 32
DECIDED = Meeting("Ashshire Council", "Cabinet", date(2016, 10, 19))
PAPER = Paper("ab" * 32, "pack.pdf", "pdf", True, "pack", "Pack", DECIDED, 30)
PIECE = Piece(PAPER.id, "resolution", "8.10.14-9.0.5", "for Thursday")


class Library:
    """Holds one paper of two pages."""

    def __init__(self) -> None:
        self.own: Paper | None = PAPER

    def paper(self, paper_id: str) -> Paper | None:
        """Fetch a paper."""
        return self.own if self.own and paper_id == self.own.id else None

    def plain_page(self, paper_id: str, number: int) -> Page | None:
        """Fetch a page."""
        return {8: Page(8, "93. BEDS\n\nThat", label="6"), 9: Page(9, "beds.")}.get(number)

    def sections(self, paper_id: str) -> tuple[Section, ...]:
        """Fetch sections."""
        return (Section(1, None, "item", "93", "BEDS", DECIDED, (Span(8, 0, 14), Span(9, 0, 5))),)


@pytest.fixture
def kept(tmp_path: Path) -> Collections:
    return Collections(tmp_path / "collections.sqlite")


def test_a_collection_keeps_its_pieces_in_order_and_the_latest_note(kept: Collections) -> None:
    other = Piece("cd" * 32, "report", "1.0.4")
    for piece in (PIECE, other, replace(other, note="later")):
        kept.add(LIST, "Beds", piece)
    (one,) = kept.listed(LIST)
    assert (one.name, one.pieces) == ("Beds", (PIECE, replace(other, note="later")))
    kept.remove(one.key, PIECE)
    assert kept.listed(LIST)[0].pieces == (replace(other, note="later"),)
    kept.remove(one.key)
    assert kept.listed(LIST) == ()
    assert kept.listed("b" * 32) == ()


def test_a_collection_takes_another_name_but_no_others(kept: Collections) -> None:
    kept.add(LIST, "Beds", PIECE)
    kept.add(LIST, "Ferries", PIECE)
    beds, _ = kept.listed(LIST)
    kept.rename(beds.key, "Beds in hospitals")
    with pytest.raises(SavedError, match="Another collection is called “Ferries”"):
        kept.rename(beds.key, "Ferries")
    assert [one.name for one in kept.listed(LIST)] == ["Beds in hospitals", "Ferries"]


def test_no_word_of_a_paper_is_in_the_file(kept: Collections, tmp_path: Path) -> None:
    kept.add(LIST, "Beds", PIECE)
    with closing(sqlite3.connect(tmp_path / "collections.sqlite")) as connection:
        assert connection.execute("SELECT * FROM pieces").fetchone()[1:] == tuple(
            getattr(PIECE, name) for name in ("paper", "kind", "spans", "note")
        )


def test_a_full_collection_says_so_and_keeps_what_it_has(kept: Collections, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "BOUNDS", replace(collections.BOUNDS, collected=1))
    kept.add(LIST, "Beds", PIECE)
    with pytest.raises(SavedError, match="1 quotations in this collection are the most"):
        kept.add(LIST, "Beds", replace(PIECE, spans="8.0.2"))
    assert kept.listed(LIST)[0].pieces == (PIECE,)


def test_a_piece_is_quoted_and_referenced_as_the_archive_holds_it_now(kept: Collections) -> None:
    kept.add(LIST, "Beds", PIECE)
    library, (one,) = Library(), kept.listed(LIST)
    (found,) = collected.held(library, one)  # type: ignore[arg-type] - as much of an archive as this takes
    reference = "Cabinet (Ashshire Council), 19 October 2016, minute 93, p. 6 (sheet 8)"
    assert (found.text, found.reference) == ("That\nbeds.", reference)
    (sheet, after) = collected.sheets((found,))
    assert (sheet.number, sheet.spans, sheet.references) == (8, [Span(8, 10, 14)], [reference])
    assert (after.number, after.spans) == (9, [Span(9, 0, 5)])
    made = collected.briefing(one.name, (found,))
    assert made.parts == (("Quotations", (briefing.Quoted("for Thursday", ("That", "beds."), reference),)),)
    library.own = None
    assert collected.held(library, one) == ()  # type: ignore[arg-type]
