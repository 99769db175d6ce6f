"""Who issued a paper, for which meeting, of what kind, under what title."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.provenance.describe import describe
from indexer.provenance.neighbours import Neighbours
from indexer.records import Document, Meeting, Paper
from indexer.text.bodies import authorities, authority, board, tidy
from tests.makers.paper_maker import document, prose

FRONT = ["# AGENDA", "# CABINET", "Thursday, 30th January, 2031, at 10.00 am Ask for: Jo Roe", "1. Apologies", "2. Mud"]
MINUTES = [
    "QUAYSIDE COUNTY COUNCIL",
    "CABINET",
    "MINUTES of a meeting of the Cabinet held in the Council Chamber, Town Hall, Quayside on Thursday, 9 January 2031.",
    "PRESENT: Mr A Poe (Chairman)",
    "76. Apologies",
    "None.",
]


def described(made: Document, path: str = "x.pdf", **overrides: str) -> Paper:
    """Describe a document."""
    return describe(made, path, "0" * 64, overrides)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("QUAYSIDE COUNTY COUNCIL", "Quayside County Council"),
        ("Mudshire Council", "Mudshire Council"),
        ("The Council of the City of Quayport", "Council of the City of Quayport"),
        ("London Borough of Mudlake", "London Borough of Mudlake"),
        ("Royal Borough of Mudlake and Sandford", "Royal Borough of Mudlake and Sandford"),
        ("NHS MUDSHIRE AND QUAYLAND INTEGRATED CARE BOARD", "NHS Mudshire and Quayland Integrated Care Board"),
        ("Mudshire Acute Hospitals NHS Trust", "Mudshire Acute Hospitals NHS Trust"),
        ("North Quay and Mudlake NHS Foundation Trust", "North Quay and Mudlake NHS Foundation Trust"),
        ("Mudshire & Quayland Fire and Rescue Authority", "Mudshire & Quayland Fire and Rescue Authority"),
        ("West Mudshire Combined Authority", "West Mudshire Combined Authority"),
        ("Mudshire Police and Crime Panel", "Mudshire Police and Crime Panel"),
        ("Mudshire Safeguarding Children Board", "Mudshire Safeguarding Children Board"),
        ("Quay-on-Sand Parish Council", "Quay-on-Sand Parish Council"),
        ("King's Quay and West Mudshire Borough Council", "King's Quay and West Mudshire Borough Council"),
    ],
)
def test_every_kind_of_authority_is_known_by_its_pattern(text: str, name: str) -> None:
    assert authority(text) == name


@pytest.mark.parametrize(
    "text", ["the County Council", "Full Council", "Council Tax", "Youth County Council", "Attend all Council meetings"]
)
def test_common_words_are_no_authority(text: str) -> None:
    assert authorities(text) == ()


def test_an_authority_is_found_within_a_sentence() -> None:
    assert authorities("Report to Mudshire County Council by A Poe") == ("Mudshire County Council",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CABINET", "Cabinet"),
        ("Health and wellbeing board", "Health and Wellbeing Board"),
        ("HEALTH AND WELL-BEING BOARD", "Health and Well-Being Board"),
        ("Licensing Sub-Committee B", "Licensing Sub-Committee B"),
        (
            "Children, Young People and Education Cabinet Committee",
            "Children, Young People and Education Cabinet Committee",
        ),
        ("The Board", ""),
        ("The Board is asked to note", ""),
        ("Yours sincerely", ""),
    ],
)
def test_a_line_that_is_a_boards_name_is_told_from_others(text: str, name: str) -> None:
    assert board(text) == name


def test_names_come_in_one_case_and_keep_initials() -> None:
    assert tidy("NHS MUDSHIRE AND QUAYLAND ICB") == "NHS Mudshire and Quayland ICB"


def test_a_front_sheet_gives_board_and_date_of_the_meeting() -> None:
    paper = described(document(FRONT))
    assert (paper.kind, paper.title) == ("agenda", "Agenda, Cabinet, 30 January 2031")
    assert (paper.meeting.board, paper.meeting.date) == ("Cabinet", date(2031, 1, 30))


def test_a_pack_is_dated_by_its_front_sheet_not_by_the_minutes_in_it() -> None:
    paper = described(document(FRONT, MINUTES))
    assert paper.kind == "pack"
    assert paper.meeting == Meeting("Quayside County Council", "Cabinet", date(2031, 1, 30))


def test_minutes_are_of_the_meeting_they_record_whatever_the_folder_says() -> None:
    paper = described(document(MINUTES), "cabinet/2031-01-30/originals/Minutes.pdf")
    assert (paper.kind, paper.title) == ("minutes", "Minutes, Cabinet, 9 January 2031")
    assert paper.meeting == Meeting("Quayside County Council", "Cabinet", date(2031, 1, 9))


def test_minutes_may_name_board_and_date_above_those_present() -> None:
    lines = [
        "Harbour and Quays Board",
        "Tuesday, 13 May 2031, 2.00pm, Town Hall.",
        "Present:",
        "Minutes",
        "Mr A Poe",
        "221 Apologies",
    ]
    paper = described(document(lines))
    assert (paper.kind, paper.meeting.board, paper.meeting.date) == (
        "minutes",
        "Harbour and Quays Board",
        date(2031, 5, 13),
    )


def test_a_report_is_named_by_its_subject_and_dated_by_its_meeting() -> None:
    lines = [
        "From: A Poe",
        "To: Cabinet – 30 January 2031",
        "Subject: Sale of mud",
        "Classification: Unrestricted",
        prose(30),
    ]
    paper = described(document(lines, title="Executive Decision"))
    assert (paper.kind, paper.title) == ("report", "Sale of mud")
    assert (paper.meeting.board, paper.meeting.date) == ("Cabinet", date(2031, 1, 30))


def test_a_record_of_decision_is_named_by_its_subject() -> None:
    lines = [
        "QUAYSIDE COUNTY COUNCIL – PROPOSED RECORD OF DECISION",
        "DECISION TO BE TAKEN BY:",
        "Cabinet",
        "Title of Decision: Sale of mud",
    ]
    paper = described(document(lines))
    assert (paper.kind, paper.title) == ("decision", "Sale of mud")
    assert paper.meeting.authority == "Quayside County Council"


def test_an_appendix_without_evidence_is_filed_under_its_folder() -> None:
    paper = described(
        document(["**Appendix L**", "**Sale of mud**", prose(30)]), "cabinet/2031-01-30/originals/App L 21.01.31.pdf"
    )
    assert (paper.kind, paper.title) == ("appendix", "Appendix L: Sale of mud")
    assert paper.meeting == Meeting("", "Cabinet", date(2031, 1, 30))


def test_a_file_name_gives_board_and_date_where_nothing_else_does() -> None:
    paper = described(document([prose(30)]), "Mud list 30th-Jan-2031 10.00 Cabinet.pdf")
    assert (paper.meeting.board, paper.meeting.date) == ("Cabinet", date(2031, 1, 30))


def test_a_published_packs_stamp_is_believed_before_the_letter_in_it() -> None:
    lines = [
        "Date: 29 January 2031",
        "Dear Member",
        "I am now able to enclose, for consideration, the following report.",
    ]
    paper = described(document(lines, title="(Public Pack)Item 7 Agenda Supplement for Cabinet, 30/01/2031 10:00"))
    assert (paper.kind, paper.meeting.board, paper.meeting.date) == ("supplement", "Cabinet", date(2031, 1, 30))


def test_the_files_author_and_web_address_tell_between_authorities() -> None:
    lines = [
        "# AGENDA",
        "Harbour Board",
        "Sandland Council and Mudshire Council work together.",
        "Write to x@mudshire.gov.uk",
    ]
    assert described(document(lines)).meeting.authority == "Mudshire Council"
    assert described(document([prose(20)], author="Sandland Council")).meeting.authority == "Sandland Council"


def test_a_mention_alone_is_no_evidence_of_who_issued_a_paper() -> None:
    assert described(document(["A visit to Mudshire Council was made."])).meeting.authority == ""


def test_a_sidecar_overrules_everything_and_its_empty_cells_say_nothing() -> None:
    paper = described(
        document(MINUTES),
        authority="Sandland Council",
        board="",
        date="1 May 2031",
        kind="report",
        title="T",
        url="https://x",
    )
    assert paper.meeting == Meeting("Sandland Council", "Cabinet", date(2031, 5, 1))
    assert (paper.kind, paper.title, paper.url) == ("report", "T", "https://x")


def named(path: str, authority: str) -> Paper:
    """A paper that says who it is from, and nothing else."""
    return Paper(path.ljust(64, "0"), path, "pdf", True, "report", "", Meeting(authority, "", None), 1)


def test_an_unknown_authority_is_taken_from_papers_of_the_same_folder() -> None:
    neighbours = Neighbours(lambda folder: ())
    neighbours.add(named("a/1/x.pdf", "Mudshire Council"))
    neighbours.add(named("a/1/y.pdf", ""))
    told = [neighbours.authority(path) for path in ("a/1/y.pdf", "a/2/z.pdf", "b/q.pdf", "q.pdf")]
    assert told == ["Mudshire Council", "Mudshire Council", "", ""]


def test_papers_of_disagreeing_siblings_stay_without_authority() -> None:
    neighbours = Neighbours(lambda folder: ())
    for name in ("Mud", "Sand", "Quay"):
        neighbours.add(named(f"a/{name}.pdf", f"{name} Council"))
    assert neighbours.authority("a/x.pdf") == ""


def test_of_two_authorities_named_equally_often_none_is_chosen() -> None:
    told = set()
    for names in (("Mud", "Sand"), ("Sand", "Mud")):
        neighbours = Neighbours(lambda folder: ())
        for name in names:
            neighbours.add(named(f"a/{name}.pdf", f"{name} Council"))
        told.add(neighbours.authority("a/x.pdf"))
    assert told == {""}


def test_a_name_that_five_papers_of_a_hundred_bear_is_not_that_of_the_others() -> None:
    neighbours = Neighbours(lambda folder: ())
    for number in range(100):
        neighbours.add(named(f"a/{number}.pdf", "Mudshire County Council" if number < 5 else ""))
    assert neighbours.authority("a/99.pdf") == ""
    for number in range(100, 140):
        neighbours.add(named(f"a/{number}.pdf", "Fenmere Parish Council"))
    assert neighbours.authority("a/99.pdf") == "Fenmere Parish Council"


def test_the_archives_papers_count_unless_they_were_read_again_and_only_near_folders_are_asked() -> None:
    asked = []

    def stored(folder: str) -> list[tuple[str, str]]:
        asked.append(folder)
        held = [("x", "Quay Council"), ("y", "Quay Council"), ("a/1/z.pdf".ljust(64, "0"), "Mud Council")]
        return held if folder == "a/1" else []

    neighbours = Neighbours(stored)
    neighbours.add(named("a/1/z.pdf", "Sand Council"))
    assert neighbours.authority("a/1/new.pdf") == "Quay Council"
    assert neighbours.authority("a/1/newer.pdf") == "Quay Council"
    assert asked == ["a/1"]


def test_a_front_sheet_that_does_not_say_agenda_is_known_by_its_summons_and_standing_items() -> None:
    made = document(
        [
            "# Fenmere County Council Harbour Board",
            "Date:\tMonday 26 June 2023",
            "Time:\t2.00 pm",
            "Place:\tCustom House",
            "Item\tSubject\tPages",
            "1\tApologies for absence",
            "2\tNamed substitutes",
            "3\tDeclarations of interest",
            "4\tMinutes of the meeting held on 27 March 2023\t13 - 14",
        ]
    )
    paper = described(made)
    assert (paper.kind, paper.title) == ("agenda", "Agenda, Harbour Board, 26 June 2023")
    assert paper.meeting == Meeting("Fenmere County Council", "Harbour Board", date(2023, 6, 26))


def test_minutes_of_a_council_name_it_without_the_of() -> None:
    assert board("OF COUNTY COUNCIL") == "County Council"
    assert board("Of the Harbour Board") == "Harbour Board"
