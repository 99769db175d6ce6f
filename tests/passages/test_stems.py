"""A list that goes on in a further passage keeps the sentence that introduces it, and no other."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.passages.cutting import passages
from indexer.records import Meeting, Section, Span, cut
from tests.makers.paper_maker import page, prose

MEETING = Meeting("Quayside Council", "Harbour Board", date(2031, 5, 6))
STEM = "The harbour master will see to the following by spring:"


def headers(*lines: str) -> list[list[str]]:
    only = page(1, *lines)
    section = Section(0, None, "report", "", "Quays", MEETING, (Span(1, 0, len(only.text)),))
    found = passages((only,), (section,), ())
    return [[cut({1: only.text}, (span,)) for span in one.headers] for one in found]


@pytest.mark.parametrize("labels", ["abcdef", "123456"])
def test_entries_that_are_cut_from_the_beginning_of_their_list_keep_its_stem(labels: str) -> None:
    found = headers(prose(40), STEM, *(f"{label}) {prose(45)}" for label in labels))
    assert found[0] == []
    assert set(map(tuple, found[2:])) == {(STEM,)}


def test_bullets_keep_the_last_sentence_before_them() -> None:
    found = headers(f"{prose(30)} {STEM}", *(f"• {prose(45)}" for _ in range(6)))
    assert set(map(tuple, found[2:])) == {(STEM,)}


def test_entries_nested_in_others_keep_the_entry_that_they_hang_on() -> None:
    nested = [f"({label}) {prose(45)}" for label in ("i", "ii", "iii", "iv")]
    found = headers(STEM, f"a) {prose(45)}", "b) the quays need, in this order:", *nested)
    assert found[-1] == ["b) the quays need, in this order:"]


@pytest.mark.parametrize(
    "lines",
    [
        [f"2.{n} {prose(50)}" for n in range(2, 8)],  # 2.1 is one of the series and introduces nothing
        [prose(30), *(f"{n}. {prose(50)}" for n in range(1, 7))],  # no colon
        [prose(50) for _ in range(6)],  # no list
    ],
)
def test_what_only_stands_before_is_no_stem(lines: list[str]) -> None:
    first = f"2.1 {prose(10)[:-1]}:" if lines[0].startswith("2.2") else prose(20)
    assert {tuple(one) for one in headers(first, *lines)} == {()}
