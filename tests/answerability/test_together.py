"""Whether what is asked for stands with what it is asked of."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.records import Filters
from search.answer.units import units_of
from search.answerability import together
from search.engine import Engine
from search.ranking.query_tokens import QueryTokens
from tests.makers.library_maker import MemoryLibrary


def measured(text: str, question: str) -> tuple[float, float]:
    """Give `together.complete` and the best `Unit.beside` of a question over an archive of one passage."""
    library = MemoryLibrary()
    library.add(text)
    engine = Engine(library, library.encoder)
    query = engine.parse(question)
    ranked, asked = engine.rank(query, Filters())
    units = units_of(query, asked, ranked, engine.settings.quoting)
    return together.complete(asked, ranked, units), max(unit.beside for unit in units)


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


def test_a_word_is_said_in_its_letters_or_in_the_singular_and_weighs_what_the_question_gives_it() -> None:
    asked = QueryTokens(
        whole=np.zeros(2, np.float32),
        vectors=np.zeros((4, 2), np.float32),
        weights=np.array([0.1, 0.3, 0.3, 0.3], np.float32),
        content=np.array([False, True, True, True]),
        owners=("the", "swans", "drone", "drone"),
    )
    assert together.content(asked) == pytest.approx({"swans": 0.3, "drone": 0.6})
    assert together.said(asked, "A swan was seen at Drone Moss.") == pytest.approx(1.0)
    assert together.said(asked, "A swan was seen.") == pytest.approx(1 / 3)
    assert together.said(asked, "") == 0.0
