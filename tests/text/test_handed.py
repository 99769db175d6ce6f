"""A ruling may leave its matter to another body, whatever verb it has."""

from __future__ import annotations

import pytest

from indexer.text import handed


@pytest.mark.parametrize(
    ("text", "on"),
    [
        (
            "Cabinet endorsed the draft\nbudget to be presented to Lea County Council on 3 May for final decisions.",
            True,
        ),
        ("RECOMMENDED TO COUNCIL that the plan be adopted", True),
        ("Endorse the proposal to recommend the plan, as changed, to Lea Council for adoption.", True),
        ("That full Council be recommended to adopt the plan", True),
        ("The Board agreed to recommend that Cabinet approve the fares", True),
        ("That the report be submitted to the Harbour Board for ratification.", True),
        ("That the case go forward for approval by the Vale of Lea Authority.", True),
        ("That the plan be approved.", False),
        ("That a group be set up to make recommendations to the Board.", False),
        ("That the Clerk write to the Harbour Board.", False),
        ("That the plan be referred to a working group.", False),
        ("That it come back to the next meeting for a decision.", False),
    ],
)
def test_what_another_body_is_to_settle_is_handed_on(text: str, *, on: bool) -> None:
    assert handed.on(text) is on
