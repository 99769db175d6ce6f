"""Exact things in questions and passages: references, amounts however printed, minute numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.figures import spellings
from indexer.text.words import STOP_WORDS
from search.engine import Engine
from search.question.exact import minutes, named, names, share_held
from tests.makers.library_maker import MemoryLibrary


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("what does minute 93 say", ("93",)),
        ("Minute no. 93 and item 7", ("93", "7")),
        ("minutes 14 March 2016", ()),
        ("minutes 2016", ()),
        ("a 5 minute walk", ()),
        ("item 3.2", ()),
    ],
)
def test_minute_and_item_numbers_are_told_from_dates_and_times(question: str, numbers: tuple[str, ...]) -> None:
    assert minutes(question) == numbers


@pytest.mark.parametrize(
    ("asked", "printed", "found"),
    [
        ("£2.4m", "a grant of £2.4 million", True),
        ("£2.4 million", "a grant of £2,400,000", True),
        ("£2,400,000", "a grant of £2.4M", True),
        ("£450", "a grant of £450k", False),
        ("£45", "a grant of £450", False),
        ("£45", "a grant of £45.", True),
        ("24/00115", "see 24/001157", False),
        ("24/00115", "see (24/00115)", True),
        ("12%", "a rise of 2.12%", False),
        ("best value", "Best\nVALUE duty", True),
    ],
)
def test_a_passage_holds_what_is_asked_for_exactly_however_it_is_printed(asked: str, printed: str, found: bool) -> None:
    assert share_held(MemoryLibrary().add(printed), (asked,), ()) == found


def test_amounts_are_looked_for_in_each_spelling_and_other_phrases_as_they_are() -> None:
    assert spellings("£2.4m") == ("£2.4m", "£2,400,000", "£2.4 million")
    assert spellings("£120") == ("£120",)
    assert spellings("24/00115") == ("24/00115",)
    assert named("was £1,250 or 3% paid under 24/00115 as “best value”") == ("best value", "24/00115", "£1,250", "3%")


def test_a_minute_that_is_named_comes_first_however_poor_its_words() -> None:
    library = MemoryLibrary()
    for n in range(30):
        library.add(f"The footbridge was discussed in full, part {n}.", number=str(n), title="Footbridge")
    wanted = library.add("Noted.", number="93", title="Other business")
    engine = Engine(library, library.encoder)
    narrow = engine.variant(replace(engine.settings, candidates=6))
    assert narrow.ask("what does minute 93 say, noted of the footbridge").hits[0].stored.id == wanted.id


@given(
    st.text(max_size=80) | st.from_regex(r"(?:£\d[\d,.]{0,40} ?(?:m|bn|k)?|minute \d+|\d+/\d+|\d+%)", fullmatch=True)
)
def test_whatever_is_named_exactly_is_found_in_its_own_text(text: str) -> None:
    passage = MemoryLibrary().add(f"See {text} there.")
    for phrase in named(text):
        assert phrase in spellings(phrase)
        assert share_held(passage, (phrase,), minutes(text)) in {0.0, 1.0}
    if text.strip() and named(text) == (text.strip(),):
        assert share_held(passage, named(text), ()) == 1.0


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did Cllr Jane Holt say of swans?", ("Jane Holt",)),
        ("Jane Holt on swans", ("Jane Holt",)),
        (
            "Compare Halden Trust with the ferry of Mr Al O’Dell-Smith and the old barge",
            ("Halden Trust", "Al O’Dell-Smith"),
        ),
        ("Seashells and Millmead: what became of them?", ("Seashells and Millmead",)),
        ("Is the Millrace Flood Action Group's grant paid?", ("Millrace Flood Action Group",)),
        ("What did Ashshire County Council decide?", ()),  # a body is preferred in another way
        ("Does Ashshire pay?", ()),
        ("What Did Jane Holt Say Of Swans?", ()),
        ("WHAT DID JANE HOLT SAY?", ()),
    ],
)
def test_names_of_several_words_are_told_by_their_capitals(question: str, found: tuple[str, ...]) -> None:
    assert names(question, STOP_WORDS, ("Ashshire County Council",)) == found


@given(st.sampled_from(["Jane Holt", "Halden Trust", "Millrace Flood Action Group"]), st.integers(3, 6))
def test_a_passage_with_the_whole_name_is_never_lost(name: str, candidates: int) -> None:
    library = MemoryLibrary()
    parts = name.split()
    for n in range(8):
        library.add(f"The swans of the weir, {parts[n % len(parts)]} said, were counted: part {n}.", title="Swans")
    wanted = library.add(
        f"There were also present {name} and others, who left before the end of it all.", title="Other"
    )
    engine = Engine(library, library.encoder)
    found = engine.variant(replace(engine.settings, candidates=candidates)).ask(f"Were the swans counted by {name}?")
    assert wanted.id in {hit.stored.id for hit in found.hits}
