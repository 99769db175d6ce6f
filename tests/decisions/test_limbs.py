"""Labels of limbs: which is the next of a series, which begins one."""

from __future__ import annotations

import pytest

from indexer.decisions.limbs import first, line_label, push, succeeds


@pytest.mark.parametrize(
    ("label", "earlier"),
    [
        ("b)", "a)"),
        ("(b)", "(a)"),
        ("b)", "A)"),
        ("2.", "1."),
        ("10.", "9."),
        ("(ii)", "(i)"),
        ("(iv)", "(iii)"),
        ("(ix)", "(viii)"),
        ("2.4", "2.3"),
        ("2.10", "2.9"),
        ("(j)", "(i)"),
        ("(i)", "(h)"),
        ("•", "•"),
    ],
)
def test_the_next_label_of_a_series(label: str, earlier: str) -> None:
    assert succeeds(label, earlier)


@pytest.mark.parametrize(
    ("label", "earlier"),
    [("c)", "a)"), ("b)", "b)"), ("(b)", "a)"), ("2)", "1."), ("3.4", "2.3"), ("2.", "a."), ("•", "o"), ("8.", "3.")],
)
def test_labels_that_do_not_follow(label: str, earlier: str) -> None:
    assert not succeeds(label, earlier)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("a) the wall", "a)"),
        ("(ii) the wall", "(ii)"),
        ("(m)In February", "(m)"),
        ("12. The wall", "12."),
        ("2.3 The wall", "2.3"),
        ("2.3.1 The wall", "2.3.1"),
        ("• the wall", "•"),
        ("- the wall", "-"),
        ("o the wall", "o"),
    ],
)
def test_the_label_of_a_line_is_read_as_printed(line: str, label: str) -> None:
    match = line_label(line)
    assert match
    assert match["label"].strip() == label


@pytest.mark.parametrize(
    "line", ["A wall", "2024 was dry", "12 walls", "£1.5 million", "e.g. walls", "(see below) walls", "only"]
)
def test_words_and_figures_are_no_labels(line: str) -> None:
    assert line_label(line) is None


def test_a_series_begins_with_its_first_label_only() -> None:
    assert first("a)")
    assert first("(i)")
    assert first("1.")
    assert first("2.1")
    assert not first("b)")
    assert not first("3.")


def test_a_nested_series_is_left_when_the_outer_one_goes_on() -> None:
    stack = push(push(push((), "1."), "(i)"), "(ii)")
    assert stack == ("1.", "(ii)")
    assert push(stack, "2.") == ("2.",)
    assert push(stack, "7.") is None


def test_a_series_does_not_begin_again_within_itself() -> None:
    assert push(("(b)",), "(a)") is None
    assert push(("(b)",), "(i)") == ("(b)", "(i)")
    assert push(("(b)",), "a.") == ("(b)", "a.")
