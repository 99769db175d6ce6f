"""What was decided when an adjourned meeting sat again bears that day, and is approved and changed with its minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.records import StoredDecision
from tests.makers.index_maker import TinyEncoder, run

HEAD = (
    "SALTMARSH DISTRICT COUNCIL\n\nHARBOUR COMMITTEE\n\n"
    "Minutes of the meeting of the Harbour Committee held on {}\n\n"
    "PRESENT: Councillors A Brine (Chair), C Dulse and E Fucus\n\n"
)
QUAY = "12. THE QUAY\n\nRESOLVED: That the quay be dredged.\n\n"
SLIP = "14. THE SLIPWAY\n\nRESOLVED: That £4,500 be spent on the slipway.\n\n"


def decided(folder: Path, *papers: str) -> list[StoredDecision]:
    (folder / "papers").mkdir()
    for number, text in enumerate(papers):
        (folder / "papers" / f"{number} minutes.txt").write_text(text, encoding="utf-8")
    run(folder / "archive", str(folder / "papers"))
    with Archive.open(folder / "archive", TinyEncoder().identity) as archive:
        return archive.decisions()


@pytest.mark.parametrize(
    "again",
    [
        "It stood adjourned to 19 March 2019.\n\nAt the reconvened meeting on 19 March 2019 were present: E Fucus",
        "The Chair adjourned the meeting at 10.05 pm.\n\nThe Committee re-convened at 6 pm on Tuesday 19 March.",
        "RECONVENED MEETING\n\nTuesday 19 March 2019 at 6.00 pm",
        "13. ADJOURNED MEETING HELD ON 19 MARCH 2019\n\nThe Chair welcomed members back.",
        "The meeting was adjourned at 9 pm until 19 March. Members resumed on Tuesday 19 March 2019 in the Guildhall.",
    ],
)
def test_what_was_decided_when_a_meeting_sat_again_bears_that_day(tmp_path: Path, again: str) -> None:
    text = HEAD.format("5 March 2019") + QUAY + again + "\n\n" + SLIP
    days = {one.decision.item: str(one.decision.meeting.date) for one in decided(tmp_path, text)}
    assert (days["12"], days["14"]) == ("2019-03-05", "2019-03-19")


@pytest.mark.parametrize(
    "other",
    [
        "The meeting was adjourned at 11.00 am and reconvened at 11.20 am.",
        "13. ADJOURNMENT\n\nRESOLVED: That the meeting be adjourned and reconvened on 19 March 2019.",
        "The Chair said that the meeting would be reconvened on 19 March 2019 if need be.",
        "The inquiry into the pier had reconvened on 19 March 2018.",
        "The meeting of 16 March 2019 had been put off to 23 March 2019.",
        "Standing orders were resumed at 8 pm.",
    ],
)
def test_a_pause_a_plan_or_another_meeting_changes_no_day(tmp_path: Path, other: str) -> None:
    text = HEAD.format("5 March 2019") + QUAY + other + "\n\n" + SLIP
    assert {str(one.decision.meeting.date) for one in decided(tmp_path, text)} == {"2019-03-05"}


@pytest.mark.parametrize("day", ["5 March 2019", "19 March 2019"])
def test_minutes_of_two_sittings_are_approved_and_corrected_by_the_day_of_either(tmp_path: Path, day: str) -> None:
    first = HEAD.format("5 March 2019") + QUAY + "The meeting reconvened on 19 March 2019.\n\n" + SLIP
    approval = (
        f"RESOLVED: That the minutes of the meeting of {day} be confirmed as a correct record subject to the following "
        "correction: in minute 14 for £4,500 read £450.\n\n"
    )
    later = HEAD.format("9 April 2019") + "15. MINUTES OF THE LAST MEETING\n\n" + approval
    made = {one.decision.item: one for one in decided(tmp_path, first, later)}
    assert (made["14"].status, str(made["14"].confirmed_by)) == ("confirmed", "2019-04-09")
    assert [(change.how, change.decision.item) for change in made["14"].superseded_by] == [("corrected", "15")]
