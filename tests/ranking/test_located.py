"""Where in a passage the answer is seen: how much of it a stretch of the text is expected to hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ranking.located import Located

# "Parks" is a heading; of the text "The bridge costs £14." the last two words answer.
BRIDGE = Located(
    np.array([[-6, -1], [0, 3], [4, 10], [11, 16], [17, 20]], np.int32), np.array([0.9, 0.1, 0.1, 0.9, 0.9], np.float32)
)


def test_a_stretch_that_is_the_evidence_overlaps_most() -> None:
    assert BRIDGE.overlap(11, 20) > BRIDGE.overlap(0, 20) > BRIDGE.overlap(0, 10)
    assert BRIDGE.overlap(11, 20) > BRIDGE.overlap(17, 20)


def test_headings_are_no_part_of_the_evidence() -> None:
    assert BRIDGE.overlap(11, 20) == pytest.approx(2 * 1.8 / (2 + 2.0))


def test_what_was_not_read_overlaps_nothing() -> None:
    assert BRIDGE.overlap(40, 60) == 0.0


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_an_overlap_is_a_share(evidence: list[float], begin: int, length: int) -> None:
    at = np.arange(len(evidence), dtype=np.int32)
    located = Located(np.stack([at, at + 1], axis=1), np.array(evidence, np.float32))
    assert 0.0 <= located.overlap(begin, begin + length) <= 1.0
