"""Votes as minutes record them: counts in words and figures, names, tables."""

from __future__ import annotations

import pytest

from indexer.decisions.votes import table_votes, votes
from indexer.records import Votes


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("For (39) Against (19)", Votes(39, 19)),
        ("For (39)\nAgainst (19)\nAbstain (2)", Votes(39, 19, 2)),
        ("For 34, Against 21, Abstain 3", Votes(34, 21, 3)),
        ("For: 34; Against: 0; Abstentions: 1", Votes(34, 0, 1)),
        ("Votes for: 7 Votes against: 4", Votes(7, 4)),
        ("34 votes for, 21 against and 3 abstentions", Votes(34, 21, 3)),
        ("with 8 votes in favour, 5 votes against and 1 abstention", Votes(8, 5, 1)),
        ("Seven members voted for and two voted against.", Votes(7, 2)),
        ("The motion was carried by 7 votes to 2 with 1 abstention.", Votes(7, 2, 1)),
        ("declared an accurate record by 24 votes, to 10 votes, with 1 abstention", Votes(24, 10, 1)),
        ("Those voting for the amendment were 18, against 25, abstaining 1.", Votes(18, 25, 1)),
        ("It would run for seven years. For (4): Mrs A, Mr B. Against (1): Miss C. Abstain (0).", Votes(4, 1)),
        ("carried by nine votes to two", Votes(9, 2)),
        ("For (3): Cllr A, Cllr B, Cllr C\nAgainst (1): Cllr D", Votes(3, 1)),
        ("For: Councillors Ames, Bell and Cole; Against: Councillors Dunn, Eck", Votes(3, 2)),
        ("4 for, 1 against, 0 abstained", Votes(4, 1, 0)),
        ("REFUSED for the reasons below.\n(Voting: 6 for, 2 against, 0 abstentions)", Votes(6, 2, 0)),
        ("Item 4 For: 3 Against: 2", Votes(3, 2)),
        ("Motion carried 5-0.", Votes(5, 0)),
        ("Motion carried 4-0-1, Cruz abstaining.", Votes(4, 0, 1)),
        ("The motion failed 2-3 with Commissioners Pruitt and Teague in favor.", Votes(2, 3)),
        ("Motion passed 3 to 2", Votes(3, 2)),
        ("The proposal was lost by four votes to three.", Votes(3, 4)),
        ("The motion failed 5-4, two thirds being needed.", None),
        ("RESOLVED to object on grounds of safety, 3 votes to 1.", Votes(3, 1)),
        ("Roll call: Ayes - all. Nays - none. Motion carried.", None),
        ("Tá: Cllrs. Ames, Bell, Cole (3)\nNíl: Cllrs. Dunn, Eck (2)\nStaon: Cllr. Fry (1)", Votes(3, 2, 1)),
        ("carried by a vote of 5 to 0", Votes(5, 0)),
        ("Adopted on a 6-1 vote", Votes(6, 1)),
        ("Unanimously Approved (5 Ayes, 0 Noes)", Votes(5, 0)),
        ("Ayes: Brandvold, Cruz, Dettmer. Nays: Okafor. Absent: Tibbets. Motion carried.", Votes(3, 1)),
        ("AYES: Ms. Ames, Mr. Bell\nNAYS: None\nABSTAIN: Mr. Cole", Votes(2, 0, 1)),
        ("Roll call vote: Cruz - aye; Dettmer - aye; Okafor - nay. Motion carried.", Votes(2, 1)),
        ("Ms. Anand - Yes\nMr. Luna - No\nMs. Voss - Yes", Votes(2, 1)),
        (
            "For: Councillors Eames and Lamb (2)\nAgainst: Councillors Abbot, Bain, Drury (3)\nAbstentions: None (0)",
            Votes(2, 3),
        ),
        ("There voted for the motion 4 and against 10.", Votes(4, 10)),
        ("Forty-three Members voted in favour and none against, with four abstentions.", Votes(43, 0, 4)),
        ("Twenty one members voted for and twenty-two against, 3 abstaining.", Votes(21, 22, 3)),
        ("by 5 votes to 1 with HC abstaining.", Votes(5, 1, 1)),
        ("Passed 6-0, Ode-Ward abstaining as she had been away.", Votes(6, 0, 1)),
        ("Carried 5-1. Councillors A Roe and B Poe abstained.", Votes(5, 1, 2)),
        ("Carried 5-1. Mrs Jones abstained.", Votes(5, 1, 1)),
        ("There voted 4 for and 4 against, Councillor Bell having abstained.", Votes(4, 4, 1)),
        ("For: 5 Against: 2 Abstained: Cllr Roe, Cllr Poe", Votes(5, 2, 2)),
        ("put to a vote (For: Ames, Bell, Cole; Against: Dunn, Eck) it was RESOLVED: (1) That mud, sand", Votes(3, 2)),
        ("On a vote this was lost, two voting for and five against, the Chairman not voting.", Votes(2, 5, 1)),
        ("There voted for 4 and against 4, one not voting.", Votes(4, 4, 1)),
    ],
)
def test_a_vote_is_counted(text: str, counted: Votes) -> None:
    assert votes(text) == counted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "carried unanimously",
        "carried 6-2, some abstaining",
        "Carried 6-2. The Harbour Group abstained.",
        "Carried 6-2. All Independents abstained.",
        "Carried 6-2. Both Members abstained.",
        "The third voted for and two against.",
        "Members spoke for and against.",
        "for 2024 and against the trend",
        "The plan provides for 12 berths.",
        "For 3.5 per cent",
        "The plan for 12 berths, against 3 objections, was passed to pages 2-3 of the report.",
        "They approved the 2-3 year plan and passed a 10-12 unit scheme.",
        "Council noted that 5-0 was the football score.",
    ],
)
def test_what_is_no_vote_is_none(text: str) -> None:
    assert votes(text) is None


def test_a_table_with_a_column_for_each_side_is_counted() -> None:
    rows = ["Member\tFor\tAgainst\tAbstained", "Ames\t✓\t\t", "Bell\t✓\t\t", "Cole\t\t✓\t", "Total\t2\t1\t0"]
    assert table_votes(rows) == Votes(2, 1, 0)


def test_a_table_that_names_each_vote_is_counted() -> None:
    assert table_votes(["Ames\tFor", "Bell\tFor", "Cole\tAgainst", "Dunn\tAbstain"]) == Votes(2, 1, 1)


@pytest.mark.parametrize("rows", [[], ["Berth\tCost"], ["Berth\tCost", "Quay\tFor sale"], ["Member\tFor\tAgainst"]])
def test_other_tables_are_no_votes(rows: list[str]) -> None:
    assert table_votes(rows) is None
