"""A passage taken apart into lines: once for all questions, and forgotten with the passage."""

from __future__ import annotations

import gc

import pytest

from search.answer import lines
from search.engine import Engine
from search.question import query
from tests.makers.library_maker import MemoryLibrary


@pytest.fixture
def library() -> MemoryLibrary:
    library = MemoryLibrary()
    library.add("The footbridge at Applebury was repaired in May. The repair cost £4,200.", kind="report")
    return library


def test_a_passage_is_taken_apart_once_for_all_questions(
    library: MemoryLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    apart = lines._lines
    monkeypatch.setattr(lines, "_lines", lambda one, quoting: taken.append(one.stored.id) or apart(one, quoting))
    engine = Engine(library, library.encoder)
    for question in ("What did the repair of the footbridge cost?", "When was the footbridge repaired?"):
        assert engine.ask(question).status == "answered"
    assert taken == list(library.stored)


def test_nothing_of_a_passage_stays_when_the_archive_changes(library: MemoryLibrary) -> None:
    lines._kept.clear()
    engine = Engine(library, library.encoder)
    engine.ask("What did the repair of the footbridge cost?")
    assert len(lines._kept) == 1
    library.generation += 1
    engine.known()
    gc.collect()
    assert len(lines._kept) == 0


def test_a_question_is_taken_apart_once_on_its_way(library: MemoryLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    apart: list[str] = []
    check = query.check
    monkeypatch.setattr(query, "check", lambda question: apart.append(question) or check(question))
    Engine(library, library.encoder).ask("When was the footbridge repaired?")
    assert apart == ["When was the footbridge repaired?"]
