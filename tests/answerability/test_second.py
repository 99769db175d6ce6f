"""How surely the hits answer is told by three readings: of passages, of the surest in its place, of the best runs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from indexer.encoding.cross_encoder import Verdict
from indexer.records import Filters
from search.answer.units import units_of
from search.answerability import judge, second
from search.engine import Engine
from search.settings import DEFAULT, Settings
from search.thresholds import Features, Threshold
from tests.makers.library_maker import MemoryLibrary

QUESTION = "What did the ferry landing cost?"
COST = "The ferry landing cost £4,000."
BEFORE, AFTER = "In 2031 the landing was washed away.", "It was paid out of the reserve."
SETTINGS = replace(DEFAULT, evidence=replace(DEFAULT.evidence, before=3, after=2, softened=2.0))


class Reading:
    """A cross-encoder of a test: log-odds as a rule gives them, and all that it was given to read."""

    def __init__(self, odds: Callable[[str], float]) -> None:
        self.odds, self.texts = odds, list[str]()

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Give the log-odds of each text, and no place."""
        self.texts += texts
        nowhere = np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
        return [Verdict(self.odds(text), *nowhere) for text in texts]


def _paper() -> MemoryLibrary:
    library = MemoryLibrary()
    library.add(BEFORE, title="Landing", section=1)
    library.add(COST, title="Landing", section=1)
    library.add(AFTER, title="Landing", section=1)
    library.add("Of the ferry landing no more was said.", title="Chairs", section=2)
    return library


def _sure(reading: Reading | None, settings: Settings = SETTINGS) -> tuple[float, list[str]]:
    """Give how sure it is, and what was read for that beside the ranked passages."""
    library = _paper()
    engine = Engine(library, library.encoder, replace(settings, joined=0), cross_encoder=reading)
    query = engine.parse(QUESTION)
    ranked, tokens = engine.rank(query, Filters())
    at = len(reading.texts) if reading else 0
    units = units_of(query, tokens, ranked, settings.quoting)
    sure = second.by_all(query, tokens, ranked, units, reading, engine.cache, settings)
    return sure, reading.texts[at:] if reading else []


def test_the_three_readings_count_alike() -> None:
    in_place = f"Landing\nwas washed away.\n{COST}\nIt was"

    def odds(text: str) -> float:
        if text == in_place:
            return 5.0
        return {f"Landing\n{COST}": -1.0}.get(text, -4.0)

    # A passage of one sentence is the same text as it was ranked and as a run.
    sure, texts = _sure(Reading(odds))
    assert in_place in texts
    assert sure == pytest.approx(1 / (1 + math.exp(-(-1.0 + 5.0 - 1.0) / 3 / 2.0)))


def test_the_surest_passage_is_read_with_what_stands_around_it_in_its_section() -> None:
    _, texts = _sure(Reading(lambda text: 2.0 if AFTER in text else -2.0))
    assert texts[0] == f"Landing\nlanding cost £4,000.\n{AFTER}\n"


def test_as_many_runs_are_read_under_their_headings_as_are_for_a_quotation() -> None:
    few = replace(SETTINGS, quoting=replace(SETTINGS.quoting, runs_read=2))
    _, texts = _sure(Reading(lambda _: 0.0), few)
    assert len(texts) == 1 + 2
    assert f"Landing\n{COST}" in texts[1:]


def test_where_nothing_was_read_nothing_is_known() -> None:
    assert _sure(None) == (SETTINGS.evidence.unread, [])
    assert _sure(Reading(lambda _: 0.0), replace(SETTINGS, read=0)) == (SETTINGS.evidence.unread, [])


def test_odds_beyond_what_a_probability_can_say_are_bounded() -> None:
    assert _sure(Reading(lambda _: 900.0))[0] == pytest.approx(1.0)
    assert _sure(Reading(lambda _: -700.0))[0] == pytest.approx(0.0)


def _asked(least: float) -> tuple[str, list[str]]:
    """Ask, where the sum is how surely the hits answer, .82; give the status and what was read after the ranking."""
    library, reading = _paper(), Reading(lambda _: 3.0)
    settings = replace(SETTINGS, threshold=Threshold(answers=1.0, least=least))
    engine = Engine(library, library.encoder, settings, cross_encoder=reading)
    engine.rank(engine.parse(QUESTION), Filters())
    ranked = len(reading.texts)
    status = engine.ask(QUESTION).status
    return status, reading.texts[ranked:]


def test_no_text_is_read_twice_to_judge_and_to_quote() -> None:
    library, reading = _paper(), Reading(lambda _: 3.0)
    settings = replace(SETTINGS, threshold=Threshold(answers=1.0, least=0.8))
    assert Engine(library, library.encoder, settings, cross_encoder=reading).ask(QUESTION).status == "answered"
    assert len(reading.texts) > len(library.stored)
    assert len(reading.texts) == len(set(reading.texts))


@pytest.mark.parametrize(("least", "read"), [(0.75, True), (0.85, True), (0.95, False)])
def test_more_is_read_only_where_it_may_decide(least: float, read: bool) -> None:
    status, texts = _asked(least)
    assert status == ("answered" if least < 0.82 else "not_found")
    assert bool(texts) is read


def test_what_more_reading_says_decides() -> None:
    measured = Features(answers=0.5)
    settings = replace(DEFAULT, threshold=Threshold(answers=1.0, least=0.55))
    assert judge.status(measured, settings, lambda: 0.6) == "answered"
    assert judge.status(measured, settings, lambda: 0.5) == "not_found"
    assert judge.status(Features(answers=0.4), settings, lambda: 0.6) == "not_found"  # too far off to be read again
