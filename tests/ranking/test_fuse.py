"""Reciprocal rank fusion by hand."""

from __future__ import annotations

import pytest

from indexer.records import Scored
from search.ranking.retrieve import fuse


def test_places_count_and_scores_do_not() -> None:
    by_words = [Scored(1, 900.0), Scored(2, 800.0)]
    by_meaning = [Scored(2, 0.1), Scored(3, 0.05)]
    fused = fuse([(by_words, 1.0), (by_meaning, 1.0)], smoothing=10)
    assert [one.id for one in fused] == [2, 1, 3]
    assert [one.score for one in fused] == pytest.approx([1 / 12 + 1 / 11, 1 / 11, 1 / 12])


def test_ties_go_to_the_smaller_id() -> None:
    assert [one.id for one in fuse([([Scored(7, 1.0)], 1.0), ([Scored(3, 1.0)], 1.0)], 10)] == [3, 7]


def test_no_rankings_fuse_to_nothing() -> None:
    assert fuse([], 10) == []
    assert fuse([([], 1.0), ([], 1.0)], 10) == []


def test_weights_decide_between_rankings() -> None:
    first, second = [Scored(1, 1.0)], [Scored(2, 1.0)]
    assert [one.id for one in fuse([(first, 0.5), (second, 1.0)], 10)] == [2, 1]
    assert [one.id for one in fuse([(first, 0.0), (second, 1.0)], 10)] == [2]
