"""Who issued a paper and for which meeting, in the styles of bodies of many kinds and countries; all invented."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.heads.named import bodies_in
from indexer.provenance.describe import describe
from indexer.provenance.evidence import Claim, settle
from indexer.records import Document, Meeting, Paper
from indexer.text.bodies import one_name
from indexer.upkeep import desk
from tests.makers.index_maker import minutes, put, run
from tests.makers.paper_maker import document

ITEMS = ["1. Apologies", "None were received.", "2. The weir", "It was agreed that the weir be mended."]


def paper(made: Document, path: str = "x.pdf") -> Paper:
    """Describe a document without a sidecar."""
    return describe(made, path, "0" * 64, {})


HEADS = {
    "a parish council that calls its meeting by its kind": (
        [
            "Fenmere Parish Council",
            "MINUTES of the Parish Council Meeting held in the Hall on 12th March 2019 at 7.30pm",
        ],
        Meeting("Fenmere Parish Council", "Parish Council", date(2019, 3, 12)),
    ),
    "a community council without any word for those present": (
        ["FENMERE COMMUNITY COUNCIL", "Minutes of Meeting held on Tuesday 8th July 2008"],
        Meeting("Fenmere Community Council", "Community Council", date(2008, 7, 8)),
    ),
    "a committee whose name is broken over two lines": (
        [
            "**Mudport City Council**",
            "**Minutes of the Quays and Harbours**",
            "**Policy Committee**",
            "12 May 2024 at 5 pm",
        ],
        Meeting("Mudport City Council", "Quays and Harbours Policy Committee", date(2024, 5, 12)),
    ),
    "a council in full": (
        ["Mudshire County Council", "Minutes of a meeting of Full Council held on the 5th day of March 2019"],
        Meeting("Mudshire County Council", "County Council", date(2019, 3, 5)),
    ),
    "a society with a table of when and where": (
        [
            "Fen Libraries IPS",
            "MINUTES",
            "Title of Meeting\tFen Libraries IPS - Board Meeting",
            "Date\t19th November 2012",
        ],
        Meeting("Fen Libraries IPS", "Board", date(2012, 11, 19)),
    ),
    "the governors of a school": (
        [
            "St Botolph's Church of England Primary School",
            "Full Governing Body",
            "Minutes of the meeting on 4 May 2022",
        ],
        Meeting("St Botolph's Church of England Primary School", "Full Governing Body", date(2022, 5, 4)),
    ),
    "a hospital trust": (
        ["Minutes of the Board of Directors of Fen Hospitals NHS Foundation Trust held in public on 6 June 2023"],
        Meeting("Fen Hospitals NHS Foundation Trust", "Board of Directors", date(2023, 6, 6)),
    ),
    "an American city": (
        ["CITY OF MAPLETON", "Minutes of the Regular Meeting of the City Council", "January 5, 2024"],
        Meeting("City of Mapleton", "City Council", date(2024, 1, 5)),
    ),
    "an American county that writes the month first": (
        [
            "Fen County Board of Supervisors",
            "Regular Meeting Minutes",
            "01/05/2024",
            "Call to order on January 5, 2024",
        ],
        Meeting("Fen County", "Board of Supervisors", date(2024, 1, 5)),
    ),
    "an Irish county in both languages": (
        [
            "Comhairle Contae Fhionnmhuir / Fenmere County Council",
            "Minutes of Monthly Meeting of Fenmere County Council held on 9th September 2019",
        ],
        Meeting("Fenmere County Council", "County Council", date(2019, 9, 9)),
    ),
    "a committee of a town council": (
        ["Minutes of the Planning Committee Meeting of Fenmere Town Council held on 2 June 2020"],
        Meeting("Fenmere Town Council", "Planning Committee", date(2020, 6, 2)),
    ),
    "a name with a district in it, under a word of its own": (
        ["Draft Minutes", "Fenmere and District Community Council", "Wednesday 6th September 2023"],
        Meeting("Fenmere and District Community Council", "Community Council", date(2023, 9, 6)),
    ),
    "a trust's board in public": (
        ["Fen Hospitals NHS Trust", "Trust Board (Public)", "Minutes of the meeting held on 28 March 2019"],
        Meeting("Fen Hospitals NHS Trust", "Trust Board", date(2019, 3, 28)),
    ),
    "a federation of schools": (
        ["Fenmere Federation of Schools", "Full Governing Body", "FGB Minutes – Tuesday 12th March 2019 at 6pm"],
        Meeting("Fenmere Federation of Schools", "Full Governing Body", date(2019, 3, 12)),
    ),
    "a general meeting": (
        ["Minutes of the Annual General Meeting of Fen Libraries IPS", "Thursday 10 September 2015"],
        Meeting("Fen Libraries IPS", "Annual General Meeting", date(2015, 9, 10)),
    ),
}


@pytest.mark.parametrize("style", HEADS)
def test_minutes_name_their_body_and_day_in_many_ways(style: str) -> None:
    lines, meeting = HEADS[style]
    described = paper(document([*lines, *ITEMS]), "minutes.pdf")
    assert (described.kind, described.meeting) == ("minutes", meeting)


def test_a_body_that_only_the_running_line_names_is_known() -> None:
    made = document(["MINUTES", "Tuesday 5 March 2019", *ITEMS])
    made = replace(
        made, margins=frozenset(("Fenmere Parish Council – Minutes of Finance Committee, 5 March 2019", "2"))
    )
    assert paper(made).meeting == Meeting("Fenmere Parish Council", "Finance Committee", date(2019, 3, 5))


def test_those_who_attend_from_other_bodies_do_not_name_the_minutes() -> None:
    lines = [
        "Fenmere Community Council",
        "Minutes of a Meeting held on Tuesday 2 July 2019",
        "Present:\tA Poe (AP)",
        "J Roe, Chair, Quayside Parish Council",
        *ITEMS,
    ]
    described = paper(document(lines)).meeting
    assert described == Meeting("Fenmere Community Council", "Community Council", date(2019, 7, 2))


def test_a_file_is_named_for_the_committee_and_not_for_its_being_minutes() -> None:
    made = document(["Fenmere Borough Council", "NOTES", *ITEMS])
    described = paper(made, "Harbour Committee minutes 12 March 2019.pdf")
    assert (described.kind, described.meeting.board, described.meeting.date) == (
        "minutes",
        "Harbour Committee",
        date(2019, 3, 12),
    )


@pytest.mark.parametrize("line", ["Cabinet Member for Roads", "The Leader of the Council has decided", "Item 5"])
def test_persons_and_sentences_are_no_bodies(line: str) -> None:
    assert [one for one in bodies_in(line) if one.board] == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Full Council", "County Council"),
        ("Mudshire County Council", "County Council"),
        ("The Council", "County Council"),
        ("Harbour & Quays Board", "Harbour and Quays Board"),
        ("Harbour Board Meeting", "Harbour Board"),
        ("Annual General Meeting", "Annual General Meeting"),
    ],
)
def test_one_body_has_one_name(said: str, name: str) -> None:
    assert one_name(said, "Mudshire County Council") == name


def test_a_value_needs_weight_and_must_be_clearly_ahead() -> None:
    assert settle([Claim("a", 1.0, "mention")], 2.0) is None
    assert settle([Claim("a", 3.0, "head"), Claim("b", 2.9, "path")], 2.0) is None
    verdict = settle([Claim("a", 3.0, "head"), Claim("a", 2.0, "path"), Claim("b", 2.0, "margin")], 2.0)
    assert verdict is not None
    assert (verdict.value, verdict.witnesses) == ("a", ("head", "path"))


@given(st.integers(min_value=1, max_value=50))
def test_one_witness_is_one_however_often_it_speaks(times: int) -> None:
    assert settle([Claim("a", 1.0, "mention")] * times, 2.0) is None


def test_a_designers_title_loses_against_the_page() -> None:
    made = document(
        ["# Dredging of the harbour", "Prose about the dredging of the harbour."], title="A4 poster template v2"
    )
    assert paper(made, "q.pdf").title == "Dredging of the harbour"


def test_the_evidence_for_a_papers_meeting_is_kept() -> None:
    described = paper(document([*HEADS["a council in full"][0], *ITEMS]), "minutes.pdf")
    told = {one.field: one.witnesses for one in described.evidence}
    assert told["authority"] == ("letterhead", "head", "mention")
    assert told["date"] == ("head",)


def test_a_bodys_spellings_are_one_body_and_the_evidence_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    and_, amp = "Saltmarsh and Sandford Council", "Saltmarsh & Sandford Council"
    put(tmp_path / "papers", a=minutes("the pier", 4, and_), b=minutes("it", 5, and_), c=minutes("that", 6, amp))
    run(tmp_path / "archive")
    told = json.loads(desk.status_json(tmp_path / "archive"))
    assert [one["evidence"]["date"]["told_by"] for one in told["papers"]] == [["head"]] * 3
    names = [(one["authority"], one["papers"], one["also_spelled"]) for one in told["bodies"]]
    assert names == [(and_, 3, [f"Harbour Board ({amp})"])]


@pytest.mark.parametrize(
    ("lines", "meeting"),
    [
        (
            [
                "The Fenmere Schools Trust (a company limited by guarantee)",
                "Meeting of the Board of Trustees",
                "Wednesday 8 December 2021, 6.00pm, Fenmere High School library",
            ],
            Meeting("Fenmere Schools Trust", "Board of Trustees", date(2021, 12, 8)),
        ),
        (
            [
                "OFFICIAL",
                "NHS Ash and Fen Integrated Care Board",
                "Finance Committee",
                "Minutes of the meeting held on Thursday 16 February 2023",
            ],
            Meeting("NHS Ash and Fen Integrated Care Board", "Finance Committee", date(2023, 2, 16)),
        ),
        (
            [
                "MINUTES",
                "Meeting: Harbour Committee",
                "Date: Friday 13 October 2017",
                "Venue: Board Room",
                "Chair: J Roe",
            ],
            Meeting("", "Harbour Committee", date(2017, 10, 13)),
        ),
    ],
)
def test_neither_a_venue_nor_a_marking_nor_the_previous_meeting_is_taken_for_the_meetings_own(
    lines: list[str], meeting: Meeting
) -> None:
    present = "Present: A Poe, B Quill, C Rudd and D Stone"
    previous = "121/17 MINUTES OF PREVIOUS MEETING HELD ON 15 SEPTEMBER 2017"
    made = document([*lines, present, previous, "The minutes were approved.", "122/17 QUAY", "None."])
    assert paper(made).meeting == meeting
