"""A refusal says where papers mention the matter of a decision that was not found, and claims no decision."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.records import Meeting
from search.engine import Engine
from search.results import Answered
from search.settings import Settings
from search.terminal import answers
from search.thresholds import Threshold
from tests.makers.library_maker import MemoryLibrary

CABINET = Meeting("Ashshire County Council", "Cabinet", date(2031, 5, 14))


def refused(question: str, limit: int = 10) -> Answered:
    """Ask of papers that mention a collapse at Gannet Hill, with a threshold that nothing reaches."""
    library = MemoryLibrary()
    library.add("RESOLVED that the ferry report be noted.", kind="resolution", file="minutes.pdf", meeting=CABINET)
    risks = "The collapse at Gannet Hill keeps the ferry road closed."
    library.add(risks, kind="report", file="risks.pdf", page=8, title="Risk register", meeting=CABINET)
    return Engine(library, library.encoder, Settings(threshold=Threshold(least=9.0))).ask(question, limit=limit)


@pytest.mark.parametrize("limit", [1, 10])
def test_a_refused_decision_names_the_nearest_mention_of_its_matter(limit: int) -> None:
    found = refused("What did cabinet decide about Gannet Hill?", limit)
    assert (found.status, found.answer) == ("not_found", ())
    place = found.hits[found.mentioned - 1]
    assert place.stored.paper.path == "risks.pdf"
    assert found.mention == (
        "Papers mention this, but nothing that says what was decided on it was found. "
        f"The nearest mention: {place.reference}."
    )
    assert found.to_json()["mentioned"] == found.mention
    assert found.mention in " ".join(answers.answered(found).split())


@pytest.mark.parametrize(
    "question",
    [
        "What did cabinet decide about Heron Quay?",
        "What did cabinet decide about the hill at Heron?",
        "What did Northumberland County Council decide about Gannet Hill?",
        "When did Gannet Hill collapse?",
        "What did cabinet decide?",
    ],
)
def test_what_no_paper_prints_or_is_no_decision_is_refused_without_a_mention(question: str) -> None:
    found = refused(question)
    assert (found.status, found.mention, found.to_json()["mentioned"]) == ("not_found", "", "")
