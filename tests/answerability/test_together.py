"""Whether what is asked for stands with what it is asked of."""

from __future__ import annotations

import pytest

from indexer.records import Filters
from search.answer.units import units_of
from search.answerability import together
from search.engine import Engine
from tests.makers.library_maker import MemoryLibrary


def measured(text: str, question: str) -> tuple[float, float]:
    """Give `together.complete` and the best `Unit.beside` of a question over an archive of one passage."""
    library = MemoryLibrary()
    library.add(text)
    engine = Engine(library, library.encoder)
    query = engine.parse(question)
    ranked, asked = engine.rank(query, Filters())
    units = units_of(query, asked, ranked, engine.settings.quoting)
    told = [unit for unit in units if unit.holds]
    return together.complete(asked, ranked, told, 1.0), max(unit.beside for unit in units)


def test_a_number_counts_what_stands_beside_it() -> None:
    question = "How many swans were counted on the lake?"
    beside = measured("On the lake 41 swans were counted in the spring.", question)
    apart = measured("On the lake 41 rowing boats were hired out in the spring; later there were swans.", question)
    assert beside[1] > apart[1]


def test_words_count_that_the_sentence_says_which_holds_what_is_asked_for() -> None:
    question = "What did the ferry landing cost?"
    together_said = measured("The ferry landing had cost £4,000 in all. It is much used.", question)
    apart_said = measured("The ferry landing is much used by all. Chairs for the hall were £4,000.", question)
    assert together_said > apart_said
    assert measured("The ferry landing is much used by all.", question) == (0.0, 0.0)


def test_where_no_figure_is_asked_for_nothing_need_stand_beside_one() -> None:
    assert measured("The ferry landing is much used by all.", "What is said of the ferry landing?")[1] == 1.0


def test_a_sentence_is_covered_as_far_as_the_question_says_it() -> None:
    library = MemoryLibrary()
    library.add("The ferry landing cost £4,000.")
    library.add("The ferry landing cost £4,000 in all, and chairs for the hall were bought as well.")
    engine = Engine(library, library.encoder)
    query = engine.parse("Who says what the ferry landing cost?")
    ranked, asked = engine.rank(query, Filters())
    units = units_of(query, asked, ranked, engine.settings.quoting)
    short, long = sorted(units, key=lambda unit: unit.words)
    said, more = (together.sentence(asked, ranked, one, 0.5) for one in (short, long))
    assert said.covered > more.covered
    assert said.asking == pytest.approx(more.asking, abs=0.3)  # neither says who


def test_a_word_of_a_short_question_weighs_no_more_than_it_may() -> None:
    library = MemoryLibrary()
    library.add("The ferry was mended.")
    engine = Engine(library, library.encoder)
    query = engine.parse("What of the zxqv ferry?")
    ranked, asked = engine.rank(query, Filters())
    units = units_of(query, asked, ranked, engine.settings.quoting)
    assert together.complete(asked, ranked, units, 0.25) > together.complete(asked, ranked, units, 1.0)
    assert together.complete(asked, ranked, units, 0.0) == 1.0
