"""The archive as others see it: what goes in comes out, whole, filtered, and by both rankings."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from indexer.archive import Archive, Writer, codec, embedded_text, texts_to_embed
from indexer.errors import ArchiveDamaged, ArchiveLocked, ArchiveMismatch, ArchiveMissing, UnreadablePaper
from indexer.records import (
    Acronym,
    Decision,
    Facets,
    Filters,
    LedgerEntry,
    Meeting,
    ModelIdentity,
    PaperKind,
    Reading,
    Span,
    StoredDecision,
    StoredPassage,
    Totals,
    WordQuery,
)
from tests.conftest import ROOT, STORES, placed
from tests.makers.archive_maker import (
    BOARD,
    DIMENSION,
    MODEL,
    entry,
    fill,
    paper,
    reading,
    rich_reading,
    vector,
    vectors,
)

EVERYTHING = Filters()
ELSEWHERE = Meeting("Marshire Council", "Cabinet", date(2019, 6, 1))


@pytest.fixture(scope="module", params=STORES)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of two councils, which is only read."""
    place = placed(request, tmp_path_factory.mktemp("library"))
    fill(
        place,
        reading("ferry", ["The ferry sails at dawn.", "The pier was mended for £2.4m (24/00109)."]),
        reading("bins", ["Waste is collected on Fridays.", "The ferry carries no waste."], ELSEWHERE, "report"),
        reading("undated", ["A ferry without a date."], Meeting("Fenshire Council", "Health Board", None)),
    )
    with Archive.open(place, MODEL) as archive:
        yield archive


def id_of(name: str, ordinal: int) -> int:
    return paper(name).key << 20 | ordinal


def words(archive: Archive, text: str, filters: Filters = EVERYTHING, limit: int = 10) -> set[int]:
    return {scored.id for scored in archive.match_words(WordQuery(text), limit, filters)}


def test_token_vectors_are_kept_with_their_passages_and_leave_with_the_last(place: Path) -> None:
    one, two = reading("first", ["the pier", "the ferry"]), reading("second", ["the pier"])
    packed = {text.hash: text.whole.encode() for text in texts_to_embed(one)}
    with Writer.open(place, MODEL) as writer:
        writer.add(one, vectors(one), [entry(one)], packed)
        writer.add(two, vectors(two), [entry(two)])
    archive = Archive.open(place, MODEL)
    ids = [stored.id for name in (one, two) for stored in archive.paper_passages(name.paper.id)]
    texts = [*texts_to_embed(one), *texts_to_embed(two)]
    assert archive.tokens(ids) == {id: packed[text.hash] for id, text in zip(ids, texts, strict=True)}
    with Writer.open(place, MODEL) as writer:
        writer.remove([one.paper.id], [replace(entry(one), status="gone")])
    assert archive.tokens(ids) == {ids[2]: packed[texts_to_embed(two)[0].hash]}
    assert archive.check() == []


def test_a_paper_stored_anew_keeps_the_vectors_of_its_texts_and_drops_those_of_others(place: Path) -> None:
    before, after = reading("minutes", ["the pier", "the ferry"]), reading("minutes", ["the ferry", "the quay"])
    hashes = [text.hash for text in (*texts_to_embed(before), texts_to_embed(after)[1])]
    with Writer.open(place, MODEL) as writer:
        writer.add(before, vectors(before), [entry(before)], dict.fromkeys(hashes[:2], b"codes"))
        writer.add(after, vectors(after), [entry(after)], {hashes[2]: b"other"})
        assert set(writer.known_vectors(hashes)) == set(hashes[1:])
    with Archive.open(place, MODEL) as archive:
        assert list(archive.tokens([id_of("minutes", 0), id_of("minutes", 1)]).values()) == [b"codes", b"other"]
        assert archive.check() == []


def test_everything_of_a_paper_comes_out_as_it_went_in(place: Path) -> None:
    rich = rich_reading()
    fill(place, rich)
    with Archive.open(place, MODEL) as archive:
        id = rich.paper.id
        stored = [
            StoredPassage(rich.paper.key << 20 | p.ordinal, rich.paper, rich.sections[p.section], p, row.twin, above)
            for p, row, above in zip(
                rich.passages, archive.paper_passages(id), ((), ("Service\tBudget\tSpent",)), strict=True
            )
        ]
        assert archive.paper(id) == rich.paper
        assert archive.papers() == (rich.paper,)
        assert archive.pages(id) == rich.pages
        assert [archive.page(id, number) for number in (1, 2, 3)] == list(rich.pages)
        assert archive.page_texts(id) == {page.number: page.text for page in rich.pages}
        assert archive.sections(id) == rich.sections
        assert archive.outline(id) == rich.outline
        assert archive.faults(id) == rich.faults
        assert archive.paper_passages(id) == stored
        assert archive.passages([stored[1].id, 5, stored[0].id]) == {one.id: one for one in reversed(stored)}
        assert archive.decisions() == [StoredDecision(rich.paper.key << 20, rich.paper, rich.decisions[0], "draft")]
        assert archive.acronyms() == [("FF", "Ferry Fares", 1)]
        assert archive.ledger() == (entry(rich),)
        assert archive.totals() == Totals(1, 3, 2, 1, BOARD.date, BOARD.date)
        assert archive.newest().generation == 1
        assert archive.check() == []


def test_what_the_archive_does_not_hold_is_none_or_nothing(library: Archive) -> None:
    assert library.paper("ab" * 32) is None
    assert library.page("ab" * 32, 1) is None
    assert library.page(paper("ferry").id, 3) is None
    assert library.page(paper("ferry").id, -1) is None
    assert library.page("../../etc/passwd", 1) is None
    assert library.page_texts("") == {}
    assert library.passages([1, -1, 1 << 70]) == {}
    assert library.twins(["00" * 8]) == {"00" * 8: []}


def test_words_are_found_by_stem_and_without_accents_or_case(library: Archive) -> None:
    assert words(library, "FERRIES sailing") == {id_of("ferry", 0), id_of("bins", 1), id_of("undated", 0)}
    assert library.match_words(WordQuery("Sáils"), 10)[0].id == id_of("ferry", 0)


def test_stop_words_match_nothing_beside_other_words(library: Archive) -> None:
    assert words(library, "what was the pier") == {id_of("ferry", 1)}


def test_references_and_amounts_are_found_whole(library: Archive) -> None:
    for exact in ("24/00109", "£2.4m", "£2.4M?"):
        ranked = library.match_words(WordQuery(exact), 10)
        assert ranked[0].id == id_of("ferry", 1)


def test_a_phrase_puts_its_passage_first_and_excludes_nothing(library: Archive) -> None:
    ranked = library.match_words(WordQuery("ferry waste", ("ferry carries no waste",)), 10)
    assert ranked[0].id == id_of("bins", 1)
    assert {scored.id for scored in ranked} >= {id_of("ferry", 0), id_of("bins", 0)}


def test_an_expansion_finds_what_the_question_does_not_say_but_ranks_below_its_own_words(library: Archive) -> None:
    ranked = library.match_words(WordQuery("pier", (), (("waste", 0.3),)), 10)
    assert ranked[0].id == id_of("ferry", 1)
    assert {scored.id for scored in ranked} == {id_of("ferry", 1), id_of("bins", 0), id_of("bins", 1)}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), {("ferry", 0), ("bins", 1), ("undated", 0)}),
        (Filters(authorities=("Marshire Council",)), {("bins", 1)}),
        (Filters(boards=("Health Board", "Cabinet")), {("ferry", 0), ("bins", 1), ("undated", 0)}),
        (Filters(boards=("No such board",)), set()),
        (Filters(kinds=("report",)), {("bins", 1)}),
        (Filters(date_from=date(2019, 6, 1)), {("ferry", 0), ("bins", 1)}),
        (Filters(date_from=date(2019, 6, 2)), {("ferry", 0)}),
        (Filters(date_to=date(2021, 3, 3)), {("bins", 1)}),
        (Filters(papers=(paper("undated").id, "nonsense")), {("undated", 0)}),
        (Filters(papers=("nonsense",)), set()),
        (Filters(authorities=("Fenshire Council",), date_to=date(2019, 6, 1)), set()),
    ],
)
def test_both_rankings_pass_the_same_filters_before_ranking(
    library: Archive, filters: Filters, names: set[tuple[str, int]]
) -> None:
    wanted = {id_of(*name) for name in names}
    assert words(library, "ferry", filters, limit=max(1, len(wanted))) == wanted
    near = {scored.id for scored in library.nearest(vector("anything"), 10, filters)}
    every = {one.id: one for name in ("ferry", "bins", "undated") for one in library.paper_passages(paper(name).id)}
    assert near & {id for id, one in every.items() if "ferry" in one.passage.text} == wanted
    assert sum(library.facets(filters).kinds.values()) == len(near)


def test_the_nearest_vectors_come_first_with_their_cosines(library: Archive) -> None:
    stored = library.paper_passages(paper("ferry").id) + library.paper_passages(paper("bins").id)
    question = vector("a question")
    cosines = {one.id: float(vector(embedded_text(one.passage, "")) @ question) for one in stored}
    ranked = library.nearest(question, 4, Filters(papers=(paper("ferry").id, paper("bins").id)))
    assert [scored.id for scored in ranked] == sorted(cosines, key=lambda id: -cosines[id])
    assert [scored.score for scored in ranked] == pytest.approx(sorted(cosines.values(), reverse=True), abs=2e-3)


def test_limits_of_none_and_of_more_than_there_is_are_kept(library: Archive) -> None:
    assert library.match_words(WordQuery("ferry"), 0) == []
    assert library.nearest(vector("x"), 0) == []
    assert len(library.nearest(vector("x"), 1000)) == 5


def test_facets_count_passages_by_each_filter(library: Archive) -> None:
    assert library.facets() == Facets(
        {"Fenshire Council": 3, "Marshire Council": 2},
        {"Health Board": 3, "Cabinet": 2},
        {"minute": 3, "report": 2},
        {2021: 2, 2019: 2},
    )


def test_term_frequencies_count_passages_as_the_index_reads_words(library: Archive) -> None:
    assert library.term_frequencies(["ferries", "waste", "unheard", "24/00109", ""]) == {
        "ferries": 3,
        "waste": 2,
        "unheard": 0,
        "24/00109": 1,
        "": 0,
    }


def test_the_same_passage_in_two_papers_is_a_twin_whatever_its_spacing_and_case(place: Path) -> None:
    fill(place, reading("one", ["The Pier, mended."]), reading("two", ["the  pier mended"]))
    with Archive.open(place) as archive:
        first, second = archive.paper_passages(paper("one").id) + archive.paper_passages(paper("two").id)
        assert archive.twins([first.twin])[first.twin] == sorted([first, second], key=lambda one: one.id)


def test_a_removed_paper_leaves_both_rankings_and_every_table_but_the_ledger(anyplace: Path) -> None:
    kept, gone = reading("kept", ["The ferry stays."]), reading("gone", ["The ferry goes.", "Nobody knows."])
    fill(anyplace, kept, gone)
    note = LedgerEntry("gone.pdf", "gone", "the file is no longer there", gone.paper.id)
    with Archive.open(anyplace) as archive, Writer.open(anyplace, MODEL) as writer:
        assert writer.remove([gone.paper.id], [note])
        assert not writer.remove(["ab" * 32])
        # Seen by a reader at once, although the word index follows later.
        assert words(archive, "ferry goes", limit=1) == {id_of("kept", 0)}
        assert {scored.id for scored in archive.nearest(vector("x"), 9)} == {id_of("kept", 0)}
        writer.settle()
        assert words(archive, "ferry goes nobody") == {id_of("kept", 0)}
        assert archive.term_frequencies(["nobody"]) in ({"nobody": 0}, {"nobody": 1})
        assert archive.papers() == (kept.paper,)
        assert archive.ledger() == (note, entry(kept))
        assert archive.check() == []


def test_a_paper_added_again_replaces_what_was_stored_of_it(anyplace: Path) -> None:
    fill(anyplace, reading("ferry", ["The ferry sails.", "It sinks."]))
    with Archive.open(anyplace) as archive:
        assert len(archive.nearest(vector("x"), 9)) == 2
        fill(anyplace, reading("ferry", ["The boat sails."]))
        assert [one.passage.text for one in archive.paper_passages(paper("ferry").id)] == ["The boat sails."]
        assert words(archive, "ferry sinks") == set()
        assert words(archive, "boat") == {id_of("ferry", 0)}
        ranked = archive.nearest(vector("Minutes\nThe boat sails."), 9)
        assert [(one.id, round(one.score, 2)) for one in ranked] == [(id_of("ferry", 0), 1.0)]
        assert archive.check() == []


def test_vectors_are_kept_by_the_hash_of_what_was_embedded_while_a_passage_uses_them(place: Path) -> None:
    one, two = reading("one", ["Same words.", "Other words."]), reading("two", ["Same words."])
    hashes = [text.hash for text in texts_to_embed(one)]
    fill(place, one)
    with Writer.open(place, MODEL) as writer:
        assert writer.known_vectors(hashes) == {}, "without token vectors a text is embedded again"
        writer.add(one, vectors(one), [entry(one)], dict.fromkeys(hashes, b"codes"))
        writer.add(two, vectors(two), [entry(two)])
        known = writer.known_vectors([*hashes, "00" * 16])
        assert set(known) == set(hashes)
        np.testing.assert_allclose(known[hashes[0]], vectors(one)[0], atol=1e-3)
        writer.remove([one.paper.id])
        assert set(writer.known_vectors(hashes)) == {hashes[0]}


def deciding(
    name: str, meeting: Meeting, kind: PaperKind = "minutes", confirms: date | None = None, asked: bool = False
) -> Reading:
    made = reading(name, ["Resolved: that it be so."], meeting)
    span = made.passages[0].spans
    decision = Decision(
        0,
        0,
        asked,
        "resolved",
        made.passages[0].text,
        span,
        (),
        "1",
        "Minutes",
        meeting,
        confirms=confirms,
    )
    return replace(made, decisions=(decision,), paper=replace(made.paper, kind=kind))


def test_minutes_are_confirmed_by_the_later_meeting_that_approves_them(place: Path) -> None:
    first, later = date(2021, 1, 7), Meeting("FENSHIRE COUNCIL", "Health Board", date(2021, 3, 4))
    board = Meeting("Fenshire Council", "Health Board", first)

    fill(
        place,
        deciding("old", board),
        deciding("new", later, confirms=first),
        deciding("asked", board, kind="report", asked=True),
        deciding("signed", board, kind="decision"),
    )
    with Archive.open(place) as archive:
        status = {one.paper.path: (one.status, one.confirmed_by) for one in archive.decisions()}
        assert status == {
            "old.pdf": ("confirmed", date(2021, 3, 4)),
            "new.pdf": ("draft", None),
            "asked.pdf": ("unknown", None),
            "signed.pdf": ("unknown", None),
        }
        assert archive.decisions()[0].paper.path == "new.pdf"
        assert {one.paper.path for one in archive.decisions(Filters(kinds=("recommendation",)))} == {"asked.pdf"}
        assert archive.decisions(Filters(kinds=("minute",))) == []
        assert len(archive.decisions(Filters(date_to=first))) == 3
        assert len(archive.decisions(Filters(papers=(paper("old").id,), boards=("Health Board",)))) == 1
        assert archive.decisions(Filters(papers=("nonsense",))) == []


@pytest.mark.parametrize(
    ("approvers", "confirmed"),
    [
        (("Health and Care Board",), date(2021, 3, 4)),
        (("Health and Care Board", "Public Health Panel"), None),  # which of the two it was is not certain
        (("Planning Committee",), None),
    ],
)
def test_minutes_of_a_board_that_was_renamed_are_confirmed_under_its_new_name(
    place: Path, approvers: tuple[str, ...], confirmed: date | None
) -> None:
    held, later = date(2021, 1, 7), date(2021, 3, 4)
    papers = [
        deciding(f"new{at}", Meeting("Fenshire Council", name, later), confirms=held)
        for at, name in enumerate(approvers)
    ]
    fill(place, deciding("old", Meeting("Fenshire Council", "Health and Wellbeing Board", held)), *papers)
    with Archive.open(place) as archive:
        confirmed_by_path = {one.paper.path: one.confirmed_by for one in archive.decisions()}
        assert confirmed_by_path["old.pdf"] == confirmed


def test_a_reading_whose_passage_is_not_on_its_page_is_refused_and_nothing_is_stored(place: Path) -> None:
    good = reading("good", ["The ferry sails."])
    wrong = replace(good, passages=(replace(good.passages[0], text="The ferry sinks."),))
    with Writer.open(place, MODEL) as writer:
        with pytest.raises(UnreadablePaper, match=r"good\.pdf was not stored: passage 0 is not the text"):
            writer.add(wrong, vectors(good))
        with pytest.raises(ValueError, match=r"vectors are \(2, 16\), expected \(1, 16\)"):
            writer.add(good, np.zeros((2, DIMENSION), np.float32))
        with pytest.raises(UnreadablePaper, match="lone surrogates"):
            writer.add(reading("half", ["\ud800"]), np.zeros((1, DIMENSION), np.float32))
        assert writer.stored([good.paper.id, wrong.paper.id]) == frozenset()


def test_a_missing_archive_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match=r"There is no archive in .*python -m indexer index"):
        Archive.open(tmp_path / "none", MODEL)


def test_an_archive_of_another_model_names_both_and_the_command_to_rebuild(place: Path) -> None:
    fill(place, reading("ferry", ["The ferry sails."]))
    other = ModelIdentity("large", "cd" * 32, 32)
    expected = (
        r"made by the model tiny \(abababababab, 16 .* but the model large \(cdcdcdcdcdcd, 32 .*python -m indexer"
    )
    for opened in (Archive.open, Writer.open):
        with pytest.raises(ArchiveMismatch, match=expected):
            opened(place, other)
    with Archive.open(place, None) as archive:
        assert archive.model == MODEL


def test_a_file_that_is_no_database_is_damage_and_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"not a database" * 100)
    for opened in (Archive.open, Writer.open):
        with pytest.raises(ArchiveDamaged, match=r"damaged .*move the folder"):
            opened(tmp_path, MODEL)


def test_a_second_writer_is_told_who_holds_the_lock(place: Path) -> None:
    with Writer.open(place, MODEL), pytest.raises(ArchiveLocked, match=r"Process \d+ on .* is writing"):
        Writer.open(place, MODEL)
    with Writer.open(place, MODEL) as writer:
        assert writer.stored(["0" * 64]) == frozenset()


def test_an_open_reader_sees_new_papers_and_a_rebuilt_archive_without_a_restart(tmp_path: Path) -> None:
    fill(tmp_path, reading("one", ["The ferry sails."]))
    with Archive.open(tmp_path, MODEL) as archive:
        assert words(archive, "ferry") == {id_of("one", 0)}
        fill(tmp_path, reading("two", ["Another ferry."]))
        assert words(archive, "ferry") == {id_of("one", 0), id_of("two", 0)}
        assert {scored.id for scored in archive.nearest(vector("x"), 9)} == {id_of("one", 0), id_of("two", 0)}
        (tmp_path / "archive.sqlite").unlink()
        with pytest.raises(ArchiveMissing):
            archive.papers()
        fill(tmp_path, reading("one", ["A pier."]), reading("three", ["A third ferry."]))
        assert words(archive, "ferry pier") == {id_of("one", 0), id_of("three", 0)}
        assert {scored.id for scored in archive.nearest(vector("x"), 9)} == {id_of("one", 0), id_of("three", 0)}
        assert archive.check() == []


def test_check_names_each_broken_promise(tmp_path: Path) -> None:
    fill(tmp_path, rich_reading(), reading("ferry", ["The ferry sails."]))
    connection = sqlite3.connect(tmp_path / "archive.sqlite")
    with connection:
        sinks = codec.text_to_bytes("The ferry sinks.")
        connection.execute("UPDATE pages SET text = ? WHERE id >> 20 = ?", (sinks, paper("ferry").key))
        connection.execute("DELETE FROM embeddings WHERE id = (SELECT MIN(embedding) FROM passages)")
        connection.execute("DELETE FROM ledger WHERE path = 'rich.pdf'")
        connection.execute("UPDATE manifest SET value = '9' WHERE key = 'generation'")
    connection.close()
    with Archive.open(tmp_path) as archive:
        lines = archive.check()
    assert [line.partition(";")[0] for line in lines] == [
        "ferry.pdf: passage 0 is not the text that was embedded",
        "ferry.pdf: passage 0 has another text's hash",
        "rich.pdf: stored, but the ledger does not say so",
        "database: 1 passages have no vector",
        "word index: at generation 2, the database at 9",
    ]


def test_importing_the_archive_imports_neither_faiss_nor_tantivy_nor_numpy() -> None:
    code = (
        "import sys, indexer.archive; print([m for m in ('faiss', 'tantivy', 'numpy', 'sqlite3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_totals_are_counted_anew_after_every_change(place: Path) -> None:
    fill(place, reading("first", ["The pier."]))
    with Archive.open(place, MODEL) as archive:
        assert archive.totals().passages == 1
        fill(place, reading("second", ["The ferry.", "The bell."]))
        assert archive.totals().passages == 3


def test_what_a_filter_leaves_is_counted_anew_after_every_change(place: Path) -> None:
    fill(place, reading("first", ["The pier."]))
    with Archive.open(place, MODEL) as archive:
        kind = next(iter(archive.facets().kinds))
        assert [archive.facets(Filters(kinds=(kind,))).kinds[kind] for _ in range(2)] == [1, 1]
        fill(place, reading("second", ["The ferry.", "The bell."]))
        assert archive.facets(Filters(kinds=(kind,))).kinds[kind] == 3


def test_of_a_text_that_stands_everywhere_fifty_copies_are_fetched(place: Path) -> None:
    fill(place, *(reading(f"paper {number}", ["In a fire leave by the stairs."]) for number in range(60)))
    with Archive.open(place, MODEL) as archive:
        (stored,) = archive.passages([archive.papers()[0].key << 20]).values()
        copies = archive.twins([stored.twin])[stored.twin]
    assert [one.id for one in copies] == sorted(paper.key << 20 for paper in archive.papers())[:50]


def test_a_text_that_stands_once_has_no_twins(library: Archive) -> None:
    (stored, *_) = library.paper_passages(library.papers()[0].id)
    assert library.twins([stored.twin]) == {stored.twin: []}


def test_the_words_that_stored_texts_share_never_change_by_themselves() -> None:
    shared = Path(codec.__file__).with_name("phrases.txt").read_bytes()
    # Another file makes every stored text unreadable: a step of `indexer.archive.migrations` must then pack them anew.
    assert hashlib.sha256(shared).hexdigest() == "6d6cc9c4a76c35e45a252e2cee2c68f62dfd6907471c5c18aea5c15420245f69"


def test_acronyms_are_those_of_all_papers_or_of_some_authorities(anyplace: Path) -> None:
    def naming(name: str, long: str, meeting: Meeting) -> Reading:
        made = reading(name, [f"{long} (CSE) was discussed."], meeting)
        return replace(made, acronyms=(Acronym("CSE", long, Span(1, 0, len(long))),))

    fill(
        anyplace,
        naming("first", "child sexual exploitation", BOARD),
        naming("second", "child sexual exploitation", BOARD),
        naming("third", "coastal sea engineering", ELSEWHERE),
    )
    with Archive.open(anyplace) as archive:
        own, other = ("CSE", "child sexual exploitation", 2), ("CSE", "coastal sea engineering", 1)
        assert archive.acronyms() == [own, other]
        assert archive.acronyms(["Fenshire Council"]) == [own]
        assert archive.acronyms(["Marshire Council"]) == [other]
        assert archive.acronyms(["No such council"]) == []


def test_a_writer_that_is_killed_leaves_what_it_stored_and_no_lock(place: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.makers.archive_maker import MODEL, entry, reading, vectors; from indexer.archive import Writer\n"
        "writer = Writer.open(Path(sys.argv[1]), MODEL); one = reading('ferry', ['The ferry sails.'])\n"
        "writer.add(one, vectors(one), [entry(one)]); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(place)], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    Writer.open(place, MODEL, wait=30).finish()
    with Archive.open(place, MODEL) as archive:
        assert (
            words(archive, "ferry") == {id_of("ferry", 0)} == {scored.id for scored in archive.nearest(vector("q"), 9)}
        )
        assert archive.check() == []
