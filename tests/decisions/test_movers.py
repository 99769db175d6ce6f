"""Mover and seconder in the ways that minutes name them."""

from __future__ import annotations

import pytest

from indexer.decisions.movers import movers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Moved by Cllr Ada Pell and seconded by Cllr Bo Quill", ("Cllr Ada Pell", "Cllr Bo Quill")),
        (
            "It was proposed by Cllr A. Pell, seconded by Cllr B. Quill, that tolls end.",
            ("Cllr A. Pell", "Cllr B. Quill"),
        ),
        ("Proposed by Mrs Pell and seconded by Mr Quill that the toll be ended.", ("Mrs Pell", "Mr Quill")),
        ("Proposer: Councillor Pell  Seconder: Councillor Quill", ("Councillor Pell", "Councillor Quill")),
        (
            "On the motion of Councillor Pell, seconded by Councillor Quill, it was",
            ("Councillor Pell", "Councillor Quill"),
        ),
        ("PROPOSED: Cllr Pell SECONDED: Cllr Quill RESOLVED: That the minutes be signed", ("Cllr Pell", "Cllr Quill")),
        ("(1) Mr Pell moved, Mr Quill seconded the recommendations.", ("Mr Pell", "Mr Quill")),
        (
            "Mrs. Ada Pell proposed approval, seconded by Mr. Bo Quill. It was carried.",
            ("Mrs. Ada Pell", "Mr. Bo Quill"),
        ),
        (
            "Amendment 2. Councillor Pell moved and Councillor Quill seconded it.",
            ("Councillor Pell", "Councillor Quill"),
        ),
        ("Proposed by: Cllr Pell                 Seconded by: Cllr Quill", ("Cllr Pell", "Cllr Quill")),
        ("Councillor Pell moved and Councillor Quill seconded the motion.", ("Councillor Pell", "Councillor Quill")),
        (
            "After debate, the Leader proposed and Mr Quill, Deputy Leader and Member for Tolls, seconded it.",
            ("the Leader", "Mr Quill"),
        ),
        ("Prop. T Rowe, sec. S Khan, all in favour.", ("T Rowe", "S Khan")),
        ("Prop. TB, sec. SE.", ("TB", "SE")),
        (
            "Ar mholadh an Comh. Seán Ó Duinn, cuidithe ag an Comh. M. Ní Loin",
            ("an Comh. Seán Ó Duinn", "an Comh. M. Ní Loin"),
        ),
        ("Ar mholadh an choiste, aontaíodh an plean.", ("", "")),
        ("Motion made by: Mr. Bo Quill\nMotion seconded by: Ms. Ada Pell", ("Mr. Bo Quill", "Ms. Ada Pell")),
        (
            "The Leader of the Council moved, and Councillor Abbot seconded, and it was RESOLVED",
            ("the Leader of the Council", "Councillor Abbot"),
        ),
        (
            "Vice Chair Haines made a motion to approve it. Commissioner Pruitt seconded the motion.",
            ("Vice Chair Haines", "Commissioner Pruitt"),
        ),
        (
            "Cllr. Ní Fhlatharta proposed that. This was seconded by Cllr. Mac an Rí.",
            ("Cllr. Ní Fhlatharta", "Cllr. Mac an Rí"),
        ),
        ("It was moved by Lee and seconded by Kim to adjourn.", ("Lee", "Kim")),
        ("MOVED: Smith SECONDED: Jones to adopt", ("Smith", "Jones")),
        ("Moved by J. Roe, supported by P. Poe to approve", ("J. Roe", "P. Poe")),
    ],
)
def test_both_are_named(text: str, names: tuple[str, str]) -> None:
    assert movers(text) == names


@pytest.mark.parametrize(
    "text", ["", "The recommendation was proposed, seconded, and approved unanimously.", "Mr Pell moved away."]
)
def test_where_nobody_is_named_both_are_empty(text: str) -> None:
    assert movers(text) == ("", "")


def test_the_last_motion_is_the_one_that_counts() -> None:
    first = "Moved by Cllr A and seconded by Cllr B that it end. Lost."
    text = f"{first}\nMoved by Cllr C and seconded by Cllr D that it stay."
    assert movers(text) == ("Cllr C", "Cllr D")


def test_who_acts_behind_a_proposal_did_not_move_it() -> None:
    assert movers("It was agreed to ask for advice on this proposal.\tJF") == ("", "")
    assert movers("Prop. JF, sec. KC") == ("JF", "KC")
