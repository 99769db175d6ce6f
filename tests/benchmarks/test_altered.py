"""Unanswerable questions that are made from answerable ones, for calibrating; and the fit that they are for."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from benchmarks import refusing
from benchmarks.calibrate import Sample, fit, refusals
from benchmarks.questions.altered import Asked, questions
from search.thresholds import Features


def test_an_answerable_question_makes_two_that_are_not() -> None:
    judged = {"id": "q1", "type": "fact", "question": "Was Ashshire's quay mended in 2015/16 or 2018?"}
    assert questions([judged], ["Ashshire County Council"]) == [
        Asked("q1", judged["question"], "answerable"),
        Asked("q1", "Was Ashshire's quay mended in 2010/11 or 2013?", "another year"),
        Asked("q1", "Was Cumbria's quay mended in 2015/16 or 2018?", "another council"),
    ]


def test_a_question_without_year_and_council_makes_none() -> None:
    judged = {"id": "q1", "type": "fact", "question": "Was the quay mended?"}
    assert [one.kind for one in questions([judged], ["Ashshire County Council"])] == ["answerable"]


def test_an_unanswerable_question_keeps_its_kind() -> None:
    rows = [
        {"id": "a", "type": "unanswerable", "question": "?", "kind": "off_topic"},
        {"id": "b", "type": "unanswerable", "question": "?", "why": "wrong year"},
        {"id": "c", "type": "unanswerable", "question": "?"},
    ]
    assert [one.kind for one in questions(rows, [])] == ["off topic", "wrong year", "detail missing"]


HELD = np.arange(240) % 2 == 0
KINDS = np.where(HELD, "answerable", np.where(np.arange(240) % 4 == 1, "off topic", "detail missing"))
BODIES = np.array([f"body {number // 4 % 4}" for number in range(240)])


def test_the_feature_that_tells_is_given_the_weight() -> None:
    dice = np.random.default_rng(3)
    telling = HELD * 0.5 + dice.uniform(0, 0.3, 240)
    weights = fit(Sample(np.stack([telling, dice.uniform(0, 1, 240)], axis=1), HELD, KINDS, BODIES))
    assert weights[0] == 1.0
    assert weights[1] < 0.1


def test_each_kind_of_question_is_refused_by_the_sum_of_what_tells_it_on_bodies_left_out() -> None:
    dice = np.random.default_rng(3)
    columns = {one.name: dice.uniform(0, 1, 240) for one in fields(Features)}
    columns |= {"granted": np.ones(240), "named": np.ones(240), "covered": np.maximum(columns["covered"], 0.2)}
    for feature, kind in (("complete", "off topic"), ("near", "detail missing")):
        columns[feature] = (kind != KINDS) * 0.5 + dice.uniform(0, 0.3, 240)
    refused = refusals(Sample(np.stack(list(columns.values()), axis=1), HELD, KINDS, BODIES))
    assert refused[~HELD].mean() > 0.9
    assert refused[HELD].mean() < 0.12


def test_each_kind_of_question_has_its_share_of_refusals() -> None:
    said = {
        ("answerable", "alone"): [False, False],
        ("answerable", "together"): [True, False],
        ("wrong year", "alone"): [True],
        ("wrong year", "together"): [True],
    }
    _, answerable, year, every = refusing.table(said)
    assert answerable.split() == ["answerable", "2", "0.000", "0.500"]
    assert year.split() == ["wrong", "year", "1", "1.000", "1.000"]
    assert every.split() == ["all", "unanswerable", "1", "1.000", "1.000"]
