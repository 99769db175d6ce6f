"""From a question to cited hits over a library in memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_maker import Shelf

from indexer.errors import BadArguments
from indexer.records import Filters, Meeting, SectionKind
from search.engine import Engine
from search.locations import Places


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.add("RESOLVED that the footbridge be repaired.", kind="resolution", number="93", title="Applebury footbridge")
    shelf.add("RESOLVED that the footbridge be repaired.", file="copy.pdf", page=3, title="Applebury footbridge")
    shelf.add("The statue was cleaned in spring.", kind="report", title="Statue")
    return shelf


def test_hits_have_the_fields_of_the_contract(shelf: Shelf) -> None:
    row = Engine(shelf, shelf.encoder).ask("was it resolved that the footbridge be repaired").to_json("q1")
    assert list(row) == ["id", "question", "status", "answer", "expanded", "hits", "searched"]
    assert (row["id"], row["status"]) == ("q1", "answered")
    first = row["hits"][0]
    assert first.pop("score") > 0
    reference = first.pop("reference")
    assert "Cabinet (Ashshire County Council), 14 May 2024" in reference
    assert first == {
        "rank": 1,
        "file": "pack.pdf",
        "page": 1,
        "pages": [1],
        "page_label": "3",
        "text": "RESOLVED that the footbridge be repaired.",
        "kind": "resolution",
        "authority": "Ashshire County Council",
        "board": "Cabinet",
        "meeting_date": "2024-05-14",
        "pack_date": "2024-05-14",
        "item": "93",
        "title": "Applebury footbridge",
        "also_in": [{"file": "copy.pdf", "page": 3}],
        "core": [0, 41],
        "url": "",
    }


def test_the_limit_and_the_filters_hold(shelf: Shelf) -> None:
    engine = Engine(shelf, shelf.encoder)
    assert len(engine.ask("footbridge statue", limit=1).hits) == 1
    kinds = {hit.shelved.passage.kind for hit in engine.ask("footbridge statue", Filters(kinds=("report",))).hits}
    assert kinds == {"report"}


def test_the_same_question_is_answered_once_until_papers_come(shelf: Shelf) -> None:
    engine = Engine(shelf, shelf.encoder)
    before = engine.ask("footbridge culvert")
    assert engine.ask("footbridge culvert") is before
    new = shelf.add("The culvert beside the footbridge fell in.")
    assert new.id in {hit.shelved.id for hit in engine.ask("footbridge culvert").hits}


def test_a_withdrawn_passage_is_gone_from_answers_and_caches(shelf: Shelf) -> None:
    engine = Engine(shelf, shelf.encoder)
    gone = engine.ask("statue cleaned in spring").hits[0].shelved.id
    del shelf.shelved[gone]
    shelf.generation += 1
    assert gone not in {hit.shelved.id for hit in engine.ask("statue cleaned in spring").hits}


def test_acronyms_of_the_archive_expand_the_question(shelf: Shelf) -> None:
    shelf.known_acronyms = [("AFB", "Applebury footbridge", 2)]
    assert Engine(shelf, shelf.encoder).ask("AFB repair").expanded == {"AFB": "Applebury footbridge"}


def test_many_threads_get_equal_answers(shelf: Shelf) -> None:
    engine = Engine(shelf, shelf.encoder)
    questions = [f"footbridge repair {n % 5}" for n in range(40)]
    alone = {question: Engine(shelf, shelf.encoder).ask(question).to_json() for question in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        for question, found in zip(questions, pool.map(engine.ask, questions), strict=True):
            assert found.to_json() == alone[question]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=120) | st.sampled_from(["AND OR NOT", '"', "a:b^2~", "'; DROP TABLE papers; --", "<b>x</b>", "🦆"])
)
def test_any_question_gets_an_honest_result_or_a_clear_refusal(shelf: Shelf, question: str) -> None:
    try:
        found = Engine(shelf, shelf.encoder).ask(question)
    except BadArguments:
        return
    assert found.status in {"answered", "not_found"}


def test_a_misspelt_word_brings_the_archives_own(shelf: Shelf) -> None:
    found = Engine(shelf, shelf.encoder).ask("was the statue cleand in sprng")
    assert found.suggested == {"cleand": "cleaned", "sprng": "spring"}
    assert Engine(shelf, shelf.encoder).ask("zebra consultancy").suggested == {}


def test_an_everyday_word_that_has_other_forms_is_not_taken_for_a_misspelt_one() -> None:
    shelf = Shelf()
    shelf.add("The keeper casually left the gate open.")
    engine = Engine(shelf, shelf.encoder)
    assert engine.ask("who left casualry open").suggested == {"casualry": "casually"}
    assert engine.ask("who left casualty open").suggested == {}


def test_five_parts_of_one_report_are_one_report_among_those_found() -> None:
    shelf = Shelf()
    parts = [shelf.add(f"Footbridge repair footbridge repair, part {n}", file="report.pdf") for n in range(5)]
    other = shelf.add("Footbridge", file="other.pdf")
    for id, one in shelf.shelved.items():
        shelf.shelved[id] = replace(one, paper=replace(one.paper, kind="report"))
    engine = Engine(shelf, shelf.encoder)
    first, second = engine.ask("Find reports about footbridge repair").hits[:2]
    assert first.shelved.paper.id == parts[0].paper.id
    assert second.shelved.paper.id == other.paper.id


def test_headings_of_one_item_of_a_pack_are_one_matter_and_two_items_are_two() -> None:
    shelf = Shelf()
    passages = [shelf.add(f"Text {n}") for n in range(4)]
    kinds: tuple[SectionKind, ...] = ("minutes", "item", "heading", "item")
    parents = (None, 0, 1, 0)
    homes = [
        replace(one.section, kind=kind, parent=parent)
        for one, kind, parent in zip(passages, kinds, parents, strict=True)
    ]
    shelf.sections = lambda _: homes  # type: ignore[method-assign]
    places = Places(shelf)
    matters = [places.matter(replace(one, section=home)) for one, home in zip(passages, homes, strict=True)]
    assert [ordinal for _, ordinal in matters] == [0, 1, 1, 3]


def test_an_overview_hears_every_meeting_that_spoke_of_the_matter_before_any_a_second_time() -> None:
    shelf = Shelf()
    for year, times in ((2024, 14), (2019, 1), (2015, 1)):
        meeting = Meeting("Ashshire County Council", "Cabinet", date(year, 5, 14))
        for n in range(times):
            shelf.add(f"The Millrace ferry was repaired in {year}, part {n}.", file=f"{year}.pdf", meeting=meeting)
    other = Meeting("Ashshire County Council", "Cabinet", date(2017, 5, 14))
    shelf.add("The lido was repaired over the years.", file="2017.pdf", meeting=other)
    hits = Engine(shelf, shelf.encoder).ask("How has the Millrace ferry changed over the years?").hits
    years = [hit.shelved.section.meeting.date.year for hit in hits if hit.shelved.section.meeting.date]
    assert set(years[:3]) == {2024, 2019, 2015}
    assert set(years[3:]) == {2024}
