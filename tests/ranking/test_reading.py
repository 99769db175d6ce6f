"""What a cross-encoder says of the first passages orders them; those further down stay where they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from indexer.encoding.cross_encoder import Verdict
from indexer.records import Meeting
from search.bounds import BOUNDS
from search.memory import Memory
from search.question.query import parse
from search.ranking.passage_tokens import TokenCache
from search.ranking.reading import Remembering, in_full, read, remembering, rulings_read
from search.settings import DEFAULT, Settings
from tests.makers.library_maker import MemoryLibrary
from tests.ranking.test_rerank import ranked


class Told:
    """A cross-encoder of a test: log-odds by a word that a text holds, and what it was given to read."""

    def __init__(self, question: str = "footbridge repair", **odds: float) -> None:
        self.question, self.odds, self.texts = question, odds, list[str]()

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Give the log-odds of the first of its words that a text holds, and no place."""
        assert question == self.question
        self.texts += texts
        nowhere = np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
        odds = (max((o for word, o in self.odds.items() if word in one), default=0) for one in texts)
        return [Verdict(float(one), *nowhere) for one in odds]


def _library() -> MemoryLibrary:
    library = MemoryLibrary()
    for text in ("The footbridge repair was discussed", "The repair costs a sum", "A footbridge", "Nothing of it"):
        library.add(text, title="Bridges")
    return library


def test_only_the_first_passages_are_read_and_only_they_change_places() -> None:
    library, told = _library(), Told(sum=4.0, Nothing=9.0)
    before = ranked(library, "footbridge repair")
    cache = TokenCache(Memory(library), library.encoder, 10**6)
    after = read(parse("footbridge repair"), before, told, cache, replace(DEFAULT, read=3, reading=1.0))
    assert len(told.texts) == 3
    assert "costs a sum" in after[0].stored.passage.text
    assert after[3] is before[3]
    assert after[0].answers == pytest.approx(1 / (1 + math.exp(-4.0)))
    assert after[3].answers is None


def test_what_is_read_has_its_headings() -> None:
    library, told = _library(), Told()
    cache = TokenCache(Memory(library), library.encoder, 10**6)
    read(parse("footbridge repair"), ranked(library, "footbridge repair"), told, cache, DEFAULT)
    assert all(one.startswith("Bridges") or "Bridges" in one for one in told.texts)


def test_no_passages_are_read_where_none_was_found() -> None:
    library, told = _library(), Told()
    cache = TokenCache(Memory(library), library.encoder, 10**6)
    assert read(parse("footbridge repair"), [], told, cache, DEFAULT) == []
    assert told.texts == []


def _asked_now(library: MemoryLibrary, told: Told, settings: Settings = DEFAULT) -> list[str]:
    cache = TokenCache(Memory(library), library.encoder, 10**6)
    after = read(parse(NOW), ranked(library, NOW), told, cache, settings)
    return [one.stored.passage.text for one in after]


NOW = "What is the latest on the footbridge repair?"


def _of_years(*texts: str) -> MemoryLibrary:
    library = MemoryLibrary()
    for year, text in enumerate(texts, 2030):
        met = Meeting("Ashshire County Council", "Cabinet", date(year, 5, 1))
        library.add(text, file=f"{year}.pdf", meeting=met)
    return library


def test_the_newest_comes_first_of_what_answers_and_not_of_what_only_shares_the_words() -> None:
    library = _of_years(
        "The footbridge repair awaits a tender",
        "The footbridge repair was finished",
        "A picture of the footbridge repair on the footbridge",
    )
    told = Told(NOW, tender=2.0, finished=1.5, picture=-2.0)
    first, second, last = _asked_now(library, told)
    assert (first, second) == ("The footbridge repair was finished", "The footbridge repair awaits a tender")
    assert "picture" in last


def test_what_stands_under_a_heading_on_the_matter_is_the_latest_though_it_answers_less() -> None:
    library = _of_years("The footbridge repair awaits a tender")
    item = "The footbridge is to be reviewed in May after its repair"
    later = Meeting("Ashshire County Council", "Cabinet", date(2035, 5, 1))
    library.add(item, file="later.pdf", title="Repair of the footbridge", meeting=later)
    library.add("A picture of the footbridge repair", file="last.pdf", meeting=replace(later, date=date(2036, 5, 1)))
    told = Told(NOW, tender=2.0, reviewed=-2.0, picture=-2.0)
    assert _asked_now(library, told)[0] == item
    policy = "What is the council's policy on the footbridge repair?"
    assert (parse(NOW).latest, parse(policy).latest) == (True, False)


def test_the_newest_that_answers_is_found_though_it_ranks_below_those_that_are_read() -> None:
    texts = [f"The footbridge repair footbridge repair awaits tender {at}" for at in range(12)]
    library = _of_years(*texts, "The repair of a footbridge on the coast path was finished in a week")
    told = Told(NOW, tender=2.0, finished=1.5)
    assert "finished" not in ranked(library, NOW)[9].stored.passage.text
    assert "finished" in _asked_now(library, told)[0]


def test_where_nothing_answers_the_newest_is_not_asked_for() -> None:
    library = _of_years("The latest on the footbridge repair", "A repair to a clock in the hall")
    assert _asked_now(library, Told(NOW, repair=-3.0))[0] == "The latest on the footbridge repair"


def test_an_acronym_is_read_in_full_whatever_a_paper_prints_for_it() -> None:
    query = parse("What was said of CSE and the CSEs?", [("CSE", "child sexual exploitation", 3)])
    assert in_full(query) == "What was said of child sexual exploitation (CSE) and the CSEs?"
    hostile = replace(query, expanded={"CSE": (r"\g<1> \1 \q",), "XYZ": ()})
    assert in_full(hostile) == r"What was said of \g<1> \1 \q (CSE) and the CSEs?"


MATTERS = "What was agreed about the play park?"


def _matters_arising() -> MemoryLibrary:
    """Make a library with an item of several matters, each with its own sign before it, and rulings on two of them."""
    library, met = MemoryLibrary(), Meeting("Ashby Parish Council", "Parish Council", date(2031, 5, 1))
    talk = "\uf0b7 Play park A swing has broken again.\n\uf0b7 Clock tower A price was had for a flag pole."
    for kind, text in (
        ("minute", talk),
        ("resolution", "It was agreed to buy it."),
        ("minute", "Nothing more was said of it."),
        ("resolution", "Agreed to write to the county."),
    ):
        library.add(text, kind=kind, title="Matters arising", meeting=met, section=5)
    return library


def test_a_ruling_is_read_with_the_entry_of_the_list_that_it_comes_after() -> None:
    library, told = _matters_arising(), Told(MATTERS, flag=-4.0, swing=4.0)
    cache = TokenCache(Memory(library), library.encoder, 10**6)
    read(parse(MATTERS), ranked(library, MATTERS), told, cache, DEFAULT)
    rulings = {one.rpartition("\n")[2]: one.split("\n") for one in told.texts if one.endswith(("buy it.", "county."))}
    assert rulings["It was agreed to buy it."][1] == "Clock tower A price was had for a flag pole."
    assert rulings["Agreed to write to the county."][1] == "Nothing more was said of it."


def test_where_no_decision_is_asked_for_a_ruling_is_read_by_itself() -> None:
    question = "Where is the play park?"
    library, told = _matters_arising(), Told(question)
    cache = TokenCache(Memory(library), library.encoder, 10**6)
    before = ranked(library, question)
    read(parse(question), before, told, cache, DEFAULT)
    assert not any("flag pole" in one and "buy it" in one for one in told.texts)
    assert rulings_read(parse(question), [(one, []) for one in before], told, cache, DEFAULT) == [
        (one, []) for one in before
    ]


def test_rulings_that_are_shown_without_having_been_read_are_read_and_keep_their_places() -> None:
    library, told = _matters_arising(), Told(MATTERS, flag=-4.0)
    cache = TokenCache(Memory(library), library.encoder, 10**6)
    before = [(one, list[object]()) for one in ranked(library, MATTERS)]
    after = rulings_read(parse(MATTERS), before, told, cache, DEFAULT)  # type: ignore[arg-type]
    assert [one.stored.id for one, _ in after] == [one.stored.id for one, _ in before]
    assert [one.score for one, _ in after] == [one.score for one, _ in before]
    assert {one.stored.passage.text: one.answers for one, _ in after if one.answers is not None} == {
        "It was agreed to buy it.": pytest.approx(1 / (1 + math.exp(4.0))),
        "Agreed to write to the county.": 0.5,
    }


def test_pairs_read_long_ago_are_forgotten() -> None:
    told = Told(question="who", quay=3.0)
    one = Remembering(told)
    texts = [f"boat {n}" for n in range(BOUNDS.kept_verdicts + 1)]
    one.judge("who", texts)
    one.judge("who", texts[:2])
    assert told.texts == [*texts, "boat 0"]


def test_what_remembers_is_not_wrapped_again() -> None:
    told = Told(question="who", quay=3.0)
    one = remembering(told)
    assert one is not None
    assert remembering(one) is one
    assert remembering(None) is None


def test_a_pair_is_read_once_however_often_it_is_asked_for() -> None:
    told = Told(question="who", quay=3.0)
    one = Remembering(told)
    assert [each.odds for each in one.judge("who", ["a quay", "a", "a quay"])] == [3, 0, 3]
    assert [each.odds for each in one.judge("who", ["a quay", "a ferry"])] == [3, 0]
    assert told.texts == ["a quay", "a", "a ferry"]
    told.question = "when"
    assert [each.odds for each in one.judge("when", ["a quay"])] == [3]
    assert told.texts == ["a quay", "a", "a ferry", "a quay"]
