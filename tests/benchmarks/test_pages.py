"""What changed in the text of a sheet is named."""

from __future__ import annotations

import pytest

from benchmarks.pages import cause


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("a quay\nand a pier", "a quay and a pier", "paragraphs"),
        ("quay 4 5", "quay\t4\t5", "cells"),
        ("£4,2003 a year", "£4,200 ³ a year", "raised marks"),
        ("o r", "or", "spaces in words"),
        ("pier quay", "quay pier", "order"),
        ("paydisplay", "pay-display", "hyphens and signs"),
        ("quay pier", "quay", "words left out"),
        ("quay", "quay pier", "words added"),
        ("quay", "pier", "several"),
    ],
)
def test_the_cause_of_a_difference_is_named(was: str, now: str, said: str) -> None:
    assert cause(was, now) == said
