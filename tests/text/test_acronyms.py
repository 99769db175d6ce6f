"""Short forms that a paper defines."""

from __future__ import annotations

import pytest

from indexer.records import Page
from indexer.text.acronyms import acronyms


def found(*texts: str) -> list[tuple[str, str]]:
    return [(one.short, one.long) for one in acronyms(tuple(Page(i, t) for i, t in enumerate(texts, start=1)))]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("help with Harbour Safety Training (HST) was given", "HST", "Harbour Safety Training"),
        ("HST (harbour safety training) was given", "HST", "harbour safety training"),
        ("HST – harbour safety training", "HST", "harbour safety training"),
        ("• HST: Harbour Safety Training", "HST", "Harbour Safety Training"),
        ("HST\tHarbour Safety Training", "HST", "Harbour Safety Training"),
        ("Harbour Safety Training\tHST", "HST", "Harbour Safety Training"),
        ("HST\tHarbour Safety Training. What every pilot must pass", "HST", "Harbour Safety Training"),
        ("HST: Harbour Safety Training – what every pilot must pass", "HST", "Harbour Safety Training"),
        ("HST\tHarbour Safety Training\tEvery pilot", "HST", "Harbour Safety Training"),
        ("the Department for Quays (DfQ) said", "DfQ", "Department for Quays"),
        (
            "Ministry of Ports, Coasts and Local Government (MPCLG)",
            "MPCLG",
            "Ministry of Ports, Coasts and Local Government",
        ),
        ("delayed transfers of cargo (DToC) fell", "DToC", "delayed transfers of cargo"),
        ("the Quay & Wharf Board (“QWB”) met", "QWB", "Quay & Wharf Board"),
        ("Harbour Support Groups (HSGs) met", "HSG", "Harbour Support Group"),
        ("Port Authorities (PAs) met", "PA", "Port Authority"),
        ("the Mudshire Harbour Board's (MHB) plan", "MHB", "Mudshire Harbour Board"),
        ("Coast England (CSTE) wrote", "CSTE", "Coast England"),
        ("the Public Sector Quay Duty (the PSQD)", "PSQD", "Public Sector Quay Duty"),
    ],
)
def test_a_definition_is_found_in_every_usual_form(text: str, short: str, long: str) -> None:
    assert found(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "the Local Harbour Act (II)",
        "members of the public (see NOTE)",
        "a rise of 5% (2014/15)",
        "Councillor Jane Poe (CON)",
        "the meeting was held (ABC)",
        "The Board (the Board)",
    ],
)
def test_what_only_looks_like_a_definition_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_definition_does_not_reach_over_a_full_stop() -> None:
    assert found("They met at Harbour. Safety Training (HST) began.") == []


def test_the_same_definition_counts_once_where_it_is_first() -> None:
    pages = (Page(1, "Harbour Safety Training (HST)."), Page(2, "harbour safety training (HST)."))
    (only,) = acronyms(pages)
    assert (only.span.page, pages[0].text[only.span.start : only.span.end]) == (1, "Harbour Safety Training (HST)")


def test_two_senses_of_one_short_form_are_both_kept() -> None:
    assert found("Harbour Safety Training (HST)", "High Speed Tug (HST)") == [
        ("HST", "Harbour Safety Training"),
        ("HST", "High Speed Tug"),
    ]
