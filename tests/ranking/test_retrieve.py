"""Two rankings, filters inside both, exact things kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.records import Filters, Meeting
from search.question.query import Query, parse
from search.ranking.retrieve import Retrieved, match
from search.ranking.retrieve import retrieve as retrieve_near
from search.settings import DEFAULT, Settings
from tests.makers.library_maker import MemoryLibrary


def retrieve(library: MemoryLibrary, query: Query, filters: Filters, settings: Settings) -> Retrieved:
    (vector,) = library.encoder.encode([query.text])
    matched = match(library, query, filters, settings)
    return retrieve_near(library, query, matched, vector, filters, settings)


def test_filters_go_into_both_rankings() -> None:
    library = MemoryLibrary()
    library.add("The footbridge will be repaired.", meeting=Meeting("Ashshire County Council", "Council"))
    wanted = library.add("The footbridge was inspected.")
    chosen = Filters(boards=("Cabinet",))
    found = retrieve(library, parse("footbridge"), chosen, DEFAULT)
    assert library.asked == [chosen, chosen]
    assert [one.id for one in found.candidates(DEFAULT)] == [wanted.id]


def test_an_exact_reference_is_a_candidate_however_badly_it_ranks() -> None:
    library = MemoryLibrary()
    for n in range(30):
        library.add(f"The decision on adoption of the strategy delivery plan, part {n}.")
    wanted = library.add("24/00115")
    narrow = replace(DEFAULT, candidates=6)
    query = parse("decision on adoption of the strategy delivery plan 24/00115")
    found = retrieve(library, query, Filters(), narrow)
    ids = [one.id for one in found.candidates(narrow)]
    assert wanted.id in ids
    assert len(ids) == len(set(ids)) <= 8


def test_a_candidate_says_how_like_the_question_it_is_beside_the_middle_one() -> None:
    library = MemoryLibrary()
    first = library.add("The footbridge repair")
    second = library.add("The footbridge")
    library.add("A statue")
    found = retrieve(library, parse("footbridge repair"), Filters(), DEFAULT)
    by_id = {one.id: one for one in found.candidates(DEFAULT)}
    assert by_id[first.id].whole > by_id[second.id].whole == 0.0


@pytest.mark.parametrize(("share", "most", "kept"), [(0.0, 9, 2), (0.1, 9, 2), (0.25, 9, 3), (0.5, 9, 6), (0.5, 4, 4)])
def test_a_larger_archive_has_more_candidates_up_to_a_number(share: float, most: int, kept: int) -> None:
    library = MemoryLibrary()
    for n in range(12):
        library.add(f"The footbridge, part {n}.")
    settings = replace(DEFAULT, candidates=2, candidate_share=share, candidates_most=most)
    assert len(retrieve(library, parse("footbridge"), Filters(), settings).candidates(settings)) == kept
