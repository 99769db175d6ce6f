"""From a question to cited hits over a library in memory."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import BadArguments
from indexer.records import Filters, Meeting, SectionKind
from search.contents import Contents
from search.engine import Engine
from tests.makers.library_maker import MemoryLibrary


@pytest.fixture
def library() -> MemoryLibrary:
    library = MemoryLibrary()
    library.add(
        "RESOLVED that the footbridge be repaired.", kind="resolution", number="93", title="Applebury footbridge"
    )
    library.add("RESOLVED that the footbridge be repaired.", file="copy.pdf", page=3, title="Applebury footbridge")
    library.add("The statue was cleaned in spring.", kind="report", title="Statue")
    return library


def test_hits_have_the_fields_of_the_contract(library: MemoryLibrary) -> None:
    row = Engine(library, library.encoder).ask("was it resolved that the footbridge be repaired").to_json("q1")
    assert list(row) == [
        "id", "question", "status", "answer", "expanded", "hits", "searched", "head", "register",
        "follow_up", "overview", "actions", "mentioned", "note",
    ]  # fmt: skip
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
        "superseded_by": [],
        "core": [0, 41],
        "url": "",
    }


def test_the_limit_and_the_filters_hold(library: MemoryLibrary) -> None:
    engine = Engine(library, library.encoder)
    assert len(engine.ask("footbridge statue", limit=1).hits) == 1
    kinds = {hit.stored.passage.kind for hit in engine.ask("footbridge statue", Filters(kinds=("report",))).hits}
    assert kinds == {"report"}


def test_the_same_question_is_answered_once_until_papers_come(library: MemoryLibrary) -> None:
    engine = Engine(library, library.encoder)
    before = engine.ask("footbridge culvert")
    assert engine.ask("footbridge culvert") is before
    new = library.add("The culvert beside the footbridge fell in.")
    assert new.id in {hit.stored.id for hit in engine.ask("footbridge culvert").hits}


def test_a_withdrawn_passage_is_gone_from_answers_and_caches(library: MemoryLibrary) -> None:
    engine = Engine(library, library.encoder)
    gone = engine.ask("statue cleaned in spring").hits[0].stored.id
    del library.stored[gone]
    library.generation += 1
    assert gone not in {hit.stored.id for hit in engine.ask("statue cleaned in spring").hits}


def test_acronyms_of_the_archive_expand_the_question(library: MemoryLibrary) -> None:
    library.known_acronyms = [("AFB", "Applebury footbridge", 2)]
    assert Engine(library, library.encoder).ask("AFB repair").expanded == {"AFB": "Applebury footbridge"}


def test_many_threads_get_equal_answers(library: MemoryLibrary) -> None:
    engine = Engine(library, library.encoder)
    questions = [f"footbridge repair {n % 5}" for n in range(40)]
    alone = {question: Engine(library, library.encoder).ask(question).to_json() for question in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        for question, answered in zip(questions, pool.map(engine.ask, questions), strict=True):
            assert answered.to_json() == alone[question]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=120) | st.sampled_from(["AND OR NOT", '"', "a:b^2~", "'; DROP TABLE papers; --", "<b>x</b>", "🦆"])
)
def test_any_question_gets_an_honest_result_or_a_clear_refusal(library: MemoryLibrary, question: str) -> None:
    try:
        answered = Engine(library, library.encoder).ask(question)
    except BadArguments:
        return
    assert answered.status in {"answered", "not_found"}


def test_a_misspelt_word_brings_the_archives_own(library: MemoryLibrary) -> None:
    answered = Engine(library, library.encoder).ask("was the statue cleand in sprng")
    assert answered.suggested == {"cleand": "cleaned", "sprng": "spring"}
    assert Engine(library, library.encoder).ask("zebra consultancy").suggested == {}


def test_an_everyday_word_that_has_other_forms_is_not_taken_for_a_misspelt_one() -> None:
    library = MemoryLibrary()
    library.add("The keeper casually left the gate open.")
    engine = Engine(library, library.encoder)
    assert engine.ask("who left casualry open").suggested == {"casualry": "casually"}
    assert engine.ask("who left casualty open").suggested == {}


def test_a_part_of_a_word_with_hyphens_is_not_taken_for_a_misspelt_one() -> None:
    library = MemoryLibrary()
    library.add("The keeper noted that the gate was open.")
    engine = Engine(library, library.encoder)
    assert engine.ask("who opted to leave it open").suggested == {"opted": "noted"}
    assert engine.ask("who was co-opted").suggested == {}


def test_a_title_that_the_papers_do_not_print_is_not_taken_for_a_misspelt_word() -> None:
    library = MemoryLibrary()
    library.add("Mr Roe told the council that the gate was open.")
    engine = Engine(library, library.encoder)
    assert engine.ask("which counsil left it open").suggested == {"counsil": "council"}
    assert engine.ask("which councillor left it open").suggested == {}


def test_five_parts_of_one_report_are_one_report_among_those_found() -> None:
    library = MemoryLibrary()
    parts = [library.add(f"Footbridge repair footbridge repair, part {n}", file="report.pdf") for n in range(5)]
    other = library.add("Footbridge", file="other.pdf")
    for id, one in library.stored.items():
        library.stored[id] = replace(one, paper=replace(one.paper, kind="report"))
    engine = Engine(library, library.encoder)
    first, second = engine.ask("Find reports about footbridge repair").hits[:2]
    assert first.stored.paper.id == parts[0].paper.id
    assert second.stored.paper.id == other.paper.id


def test_headings_of_one_item_of_a_pack_are_one_matter_and_two_items_are_two() -> None:
    library = MemoryLibrary()
    passages = [library.add(f"Text {n}") for n in range(4)]
    kinds: tuple[SectionKind, ...] = ("minutes", "item", "heading", "item")
    parents = (None, 0, 1, 0)
    homes = [
        replace(one.section, kind=kind, parent=parent)
        for one, kind, parent in zip(passages, kinds, parents, strict=True)
    ]
    library.sections = lambda _: homes  # type: ignore[method-assign]
    contents = Contents(library)
    matters = [contents.matter(replace(one, section=home)) for one, home in zip(passages, homes, strict=True)]
    assert [ordinal for _, ordinal in matters] == [0, 1, 1, 3]


def test_an_overview_hears_every_meeting_that_spoke_of_the_matter_before_any_a_second_time() -> None:
    library = MemoryLibrary()
    for year, times in ((2024, 14), (2019, 1), (2015, 1)):
        meeting = Meeting("Ashshire County Council", "Cabinet", date(year, 5, 14))
        for n in range(times):
            library.add(f"The Millrace ferry was repaired in {year}, part {n}.", file=f"{year}.pdf", meeting=meeting)
    other = Meeting("Ashshire County Council", "Cabinet", date(2017, 5, 14))
    library.add("The lido was repaired over the years.", file="2017.pdf", meeting=other)
    hits = Engine(library, library.encoder).ask("How has the Millrace ferry changed over the years?").hits
    years = [hit.stored.section.meeting.date.year for hit in hits if hit.stored.section.meeting.date]
    assert set(years[:3]) == {2024, 2019, 2015}
    assert set(years[3:]) == {2024}


def test_a_question_leaves_nothing_that_only_a_garbage_collector_would_find(library: MemoryLibrary) -> None:
    engine = Engine(library, library.encoder)
    engine.ask("footbridge")
    gc.collect()
    gc.disable()
    try:
        for question in ("Was the footbridge repaired?", "What was decided about the statue?", "Who moved it?"):
            engine.ask(question)
        assert gc.collect() == 0
    finally:
        gc.enable()
