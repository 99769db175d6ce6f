"""The register of the real papers against the list made by hand: nearly all found, nearly none invented."""

from __future__ import annotations

import pytest

from benchmarks.register import SHARED, Row, expected, extracted, fingerprint, rows, score

LEAST = 0.97


def row(page: int = 1, item: str = "9", outcome: str = "noted", mark: str = "aa") -> Row:
    return Row("pack.pdf", page, item, outcome, "2024-03-14", mark, 0)


def test_a_fingerprint_looks_at_the_first_letters_only() -> None:
    assert fingerprint("RESOLVED\nThat: (1) the wall") == fingerprint("Resolved that the wall!")
    assert fingerprint("a" * 60 + "b") == fingerprint("a" * 60 + "c")
    assert fingerprint("a" * 59 + "b") != fingerprint("a" * 59 + "c")


def test_what_is_missed_and_what_is_invented_are_told_apart() -> None:
    one = score([row(mark="aa"), row(mark="bb")], [row(mark="aa", outcome="agreed"), row(mark="cc")])
    assert (one.precision, one.recall) == (0.5, 0.5)
    assert one.missed == (row(mark="bb"),)
    assert one.invented == (row(mark="cc"),)
    assert one.right == {"page": 1, "item": 1, "date": 1, "limbs": 1}


def test_a_decision_found_twice_is_invented_once() -> None:
    one = score([row()], [row(page=2), row()])
    assert (one.matched, one.invented) == (1, (row(page=2),))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real papers (../shared) are not here")
def test_the_register_of_real_minutes_is_complete_and_true() -> None:
    wanted = [row for row in expected() if not row.asked and "minutes" in row.file.lower()]
    packs = [row for row in expected() if not row.asked and row.file.endswith("2014-07-15.pdf")]
    found = [
        row for file in {row.file for row in wanted + packs} for row in rows(file, extracted(file)) if not row.asked
    ]
    one = score(wanted + packs, found)
    assert one.precision >= LEAST, one.invented
    assert one.recall >= LEAST, one.missed
    for field in ("page", "item", "date", "outcome", "limbs"):
        assert one.right[field] >= LEAST * one.matched, field
