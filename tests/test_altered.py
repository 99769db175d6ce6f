"""Unanswerable questions that are made from answerable ones, for calibrating; and the fit that they are for."""

from __future__ import annotations

import numpy as np

from benchmarks.altered import Asked, questions
from benchmarks.calibrate import Sample, fit, place, refusals

EVIDENCE = [{"file": "pack.pdf", "page": 3, "quote": "It was mended."}]


def test_an_answerable_question_makes_three_that_are_not() -> None:
    judged = {
        "id": "q1",
        "type": "fact",
        "question": "Was Ashshire's quay mended in 2015/16 or 2018?",
        "evidence": EVIDENCE,
    }
    assert questions([judged], ["Ashshire County Council"]) == [
        Asked("q1", judged["question"], "answerable"),
        Asked("q1", judged["question"], "evidence taken out", EVIDENCE),
        Asked("q1", "Was Ashshire's quay mended in 2010/11 or 2013?", "another year"),
        Asked("q1", "Was Cumbria's quay mended in 2015/16 or 2018?", "another council"),
    ]


def test_a_question_without_year_and_council_makes_one() -> None:
    judged = {"id": "q1", "type": "fact", "question": "Was the quay mended?", "evidence": EVIDENCE}
    assert [one.kind for one in questions([judged], ["Ashshire County Council"])] == [
        "answerable",
        "evidence taken out",
    ]


def test_an_unanswerable_question_keeps_its_kind() -> None:
    rows = [
        {"id": "a", "type": "unanswerable", "question": "?", "kind": "off_topic"},
        {"id": "b", "type": "unanswerable", "question": "?", "why": "wrong year"},
        {"id": "c", "type": "unanswerable", "question": "?"},
    ]
    assert [one.kind for one in questions(rows, [])] == ["off topic", "wrong year", "detail missing"]


def test_the_feature_that_tells_is_given_the_weight() -> None:
    dice = np.random.default_rng(3)
    held = np.arange(200) % 2 == 0
    telling = held * 0.5 + dice.uniform(0, 0.3, 200)
    rows = np.stack([telling, dice.uniform(0, 1, 200)], axis=1)
    kinds = np.where(held, "answerable", "off topic")
    sample = Sample(rows, held, kinds, np.array([f"body {number // 2 % 4}" for number in range(200)]))
    weights = fit(sample)
    assert weights[0] == 1.0
    assert weights[1] < 0.1
    assert place(rows @ weights, held) > telling[~held].max()
    refused = refusals(sample)
    assert refused[~held].all()
    assert refused[held].mean() < 0.12
