"""One body has one name: what papers call it besides, what it was called before, and searching for either."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.provenance.aliases import aliases
from indexer.provenance.describe import describe
from indexer.records import Alias, Block, Decision, Document, Filters, Meeting, Page, Reading, WordQuery
from search.meetings import body, calendar
from search.question import filter_choices, query
from search.terminal import listings
from search.views.render import front, models
from tests.makers.archive_maker import MODEL, fill, reading

FEN = "Fenshire County Council"


def told(text: str, board: str = "") -> tuple[Alias, ...]:
    """Read the other names on one page of a paper of Fenshire's."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    one = reading("paper", [text], Meeting(FEN, board, date(2021, 3, 4)))
    document = Document("pdf", True, (Page(1, text, tuple(blocks)),))
    return aliases(document, one.paper, one.sections)


@pytest.mark.parametrize(
    "text",
    [
        "Report of the Mud and Sand Committee (formerly the Silt Committee) on banks.",
        "the Mud and Sand Committee, previously known as the Silt Committee, met twice",
        "RESOLVED: that the Silt Committee be renamed the Mud and Sand Committee from May.",
        "The Silt Committee has been renamed as the Mud and Sand Committee; its members stay.",
        "the Silt\nCommittee (now known as the Mud and Sand Committee)",
    ],
)
def test_a_paper_that_says_what_a_board_was_called_before_links_both_names(text: str) -> None:
    assert told(text) == (Alias(FEN, "Mud and Sand Committee", "Silt Committee", "formerly"),)


@pytest.mark.parametrize(
    "text",
    [
        "Reed House (formerly the Old Mill) was let.",
        "The lending facility (formerly the Fen Works Loan Board) is open.",
        "New areas included the Early Help Assessment (now known as the Single Assessment).",
        "The service has been renamed New Chapters by the Board.",
        "Formerly the Silt Committee met in Mudlake.",
    ],
)
def test_what_was_renamed_and_is_no_board_links_nothing(text: str) -> None:
    assert told(text) == ()


def test_the_full_council_is_the_county_council_and_its_other_name_is_kept() -> None:
    names = told("Minutes of the Full Council held on 4 March 2021\nPresent: A Reed", "County Council")
    assert names == (Alias(FEN, "County Council", "Full Council", "printed"),)


def minutes(name: str, board: str, day: date, confirms: date | None = None, text: str = "Eels.") -> Reading:
    """Minutes of a meeting of Fenshire's, which approve those of another day."""
    meeting = Meeting(FEN, board, day)
    one = reading(name, [f"{text} The minutes were approved."], meeting)
    approved = Decision(
        0, 0, False, "approved", "The minutes were approved.", one.passages[0].spans, (), "1", "Minutes", meeting,
        confirms=confirms,
    )  # fmt: skip
    return replace(one, decisions=(approved,))


SILT = minutes("silt", "Silt and Sand Committee", date(2021, 3, 4), text="Eels in ditches.")
MUD = minutes("mud", "Mud and Sand Committee", date(2021, 6, 3), date(2021, 3, 4), "Eels in rivers.")


def test_a_board_that_approved_anothers_minutes_is_that_board_under_a_later_name(tmp_path: Path) -> None:
    fill(tmp_path, SILT, MUD)
    with Archive.open(tmp_path, MODEL) as archive:
        facets = archive.facets()
        assert facets.aliases == (Alias(FEN, "Mud and Sand Committee", "Silt and Sand Committee", "minutes"),)
        for name in ("Silt and Sand Committee", "Mud and Sand Committee"):
            asked = filter_choices.filters(facets, boards=[name.upper()])
            assert len(archive.match_words(WordQuery("eels"), 9, asked)) == 2
            assert [row.paper.path for row in archive.decisions(asked)] == ["mud.pdf", "silt.pdf"]
            assert sum(archive.facets(asked).kinds.values()) == 2
            profile = body.named(archive, "", name)
            assert sorted(day for day in profile.meetings if day) == [date(2021, 3, 4), date(2021, 6, 3)]
        listed = front.boards_html(archive.papers(), archive.decisions(), facets.aliases)
        assert listed.count("<li>") == 1
        assert "also “Silt and Sand Committee”, 2 meetings, 2 decisions" in listed
        assert list(models.by_body(facets.boards, facets.also).values()) == [sum(facets.boards.values())]
        assert body.also_named(body.named(archive, FEN, "Silt and Sand Committee")) == ("Now: Mud and Sand Committee",)
        shown = listings.body(body.named(archive, FEN, "Mud and Sand Committee"))
        assert "Formerly: Silt and Sand Committee (whose minutes it approved)" in shown
        assert body.to_json(body.named(archive, FEN, "Mud and Sand Committee"))["also_named"] == [
            {"board": "Mud and Sand Committee", "name": "Silt and Sand Committee", "how": "minutes"}
        ]


def test_boards_that_met_side_by_side_stay_two(tmp_path: Path) -> None:
    later = minutes("later", "Silt and Sand Committee", date(2021, 7, 1))
    fill(tmp_path, SILT, MUD, later)
    with Archive.open(tmp_path, MODEL) as archive:
        assert archive.facets().aliases == ()
        assert len(archive.decisions(Filters(boards=("Mud and Sand Committee",)))) == 1


def report(name: str, board: str, day: date) -> Reading:
    """A report to a meeting of Fenshire's: no minutes."""
    one = reading(name, [f"Report {name}."], Meeting(FEN, board, day), "report")
    return replace(one, sections=(replace(one.sections[0], kind="report"),))


def test_two_names_with_the_same_meetings_of_which_one_alone_has_minutes_are_one_board(tmp_path: Path) -> None:
    days = date(2021, 3, 4), date(2021, 6, 3)
    of_minutes = [minutes(f"minutes-{day}", "Ferries Policy Committee", day) for day in days]
    fill(tmp_path, *of_minutes, *(report(f"report-{day}", "Ferries Committee", day) for day in days))
    with Archive.open(tmp_path, MODEL) as archive:
        assert archive.facets().aliases == (
            Alias(FEN, "Ferries Policy Committee", "Ferries Committee", "meetings"),
        )  # fmt: skip
        assert archive.facets().also == {
            "Ferries Committee": ("Ferries Policy Committee",),
            "Ferries Policy Committee": ("Ferries Committee",),
        }


def test_a_name_that_papers_print_and_no_meeting_bears_can_be_filtered_and_asked_by(tmp_path: Path) -> None:
    printed = Alias(FEN, "County Council", "Full Council", "printed")
    fill(tmp_path, replace(minutes("one", "County Council", date(2021, 3, 4)), aliases=(printed,)))
    with Archive.open(tmp_path, MODEL) as archive:
        facets = archive.facets()
        asked = filter_choices.filters(facets, boards=["full council"])
        assert len(archive.decisions(asked)) == 1
        parsed = query.parse(
            "What did the Full Council decide?", (), {}, facets.boards, facets.authorities, facets.also
        )
        assert parsed.boards == ("County Council",)
        assert body.named(archive, "", "Full Council").body == (FEN, "County Council")


def test_names_of_a_paper_that_is_gone_are_gone(tmp_path: Path) -> None:
    printed = Alias(FEN, "County Council", "Full Council", "printed")
    one = minutes("one", "County Council", date(2021, 3, 4))
    fill(tmp_path, replace(one, aliases=(printed,)))
    fill(tmp_path, one)
    with Archive.open(tmp_path, MODEL) as archive:
        assert archive.check() == []
        assert archive.facets().aliases == ()


def test_what_is_held_under_two_names_is_one_bodys() -> None:
    day = date(2021, 3, 4)
    one, other = (calendar.Held([reading(name, ["Eels."]).paper], []) for name in ("one", "other"))
    days = calendar.merged([{day: one}, {day: other, None: calendar.Held()}])
    assert [paper.path for paper in days[day].papers] == ["one.pdf", "other.pdf"]


REST = "Present: A Reed (Chair), B Marsh\n1. Apologies\nNone.\n2. Minutes\nThe minutes were agreed."


def head(*lines: str) -> Meeting:
    """Read the meeting of minutes that begin with these lines."""
    text = "\n".join((*lines, REST))
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return describe(Document("pdf", True, (Page(1, text, tuple(blocks)),)), "paper.pdf", "0" * 64, {}).meeting


@pytest.mark.parametrize(
    ("lines", "authority", "board"),
    [
        (
            ("GOVERNING BOARD OF BRAMBLE HIGH SCHOOL – Resources Committee", "Minutes: 12 October 2023"),
            "Bramble High School",
            "Resources Committee",
        ),
        (
            (
                "Fen & Mud Academies Trust (the Company)",
                "Minutes of a meeting of the Board of Trustees held on 12 October 2023",
            ),
            "Fen and Mud Academies Trust",
            "Board of Trustees",
        ),
        (
            ("Mudshire Hospitals NHS Foundation Trust MINUTES OF THE PUBLIC TRUST BOARD MEETING", "12 October 2023"),
            "Mudshire Hospitals NHS Foundation Trust",
            "Trust Board",
        ),
        (("NHS FENSIDE", "Minutes of a meeting of Fenside NHS Board held on 12 October 2023"), "Fenside NHS Board", ""),
        (
            ("Dunmore County Council", "Municipal District of Ballyreed", "Minutes of the Meeting of 12 October 2023"),
            "Dunmore County Council",
            "Municipal District of Ballyreed",
        ),
        (
            ("CYNGOR TREF MWDLAN", "MUDLAN TOWN COUNCIL", "Minutes of the Finance Committee held on 12 October 2023"),
            "Mudlan Town Council",
            "Finance Committee",
        ),
        (
            ("Fen County Board of Commissioners Regular Session Minutes", "October 12, 2023"),
            "Fen County",
            "Board of Commissioners",
        ),
        (
            ("Harbour Housing Association Limited Board of Management", "Minutes of the meeting of 12 October 2023"),
            "Harbour Housing Association Limited",
            "Board of Management",
        ),
        (
            ("Dunmore County Council", "BOROUGH DISTRICT OF BALLYREED", "Minutes of the Meeting of 12 October 2023"),
            "Dunmore County Council",
            "Borough District of Ballyreed",
        ),
        (
            ("Community Council of Sandasay and Mudra", "Minute of the meeting held on 12 October 2023"),
            "Community Council of Sandasay and Mudra",
            "Community Council",
        ),
        (
            ("MUDMOOR NATIONAL PARK AUTHORITY", "Minutes of the meeting held on 12 October 2023"),
            "Mudmoor National Park Authority",
            "National Park Authority",
        ),
        (
            (
                "ST JUDE'S PARISH COUNCIL",
                "Minutes of the meeting held on 12 October 2023",
                "Executive: Mr A Poe (Clerk)",
            ),
            "St Jude's Parish Council",
            "Parish Council",
        ),
    ],
    ids=[
        "school",
        "trust",
        "hospital",
        "health board",
        "district",
        "welsh",
        "american",
        "housing",
        "borough",
        "scots",
        "park",
        "saint",
    ],
)
def test_heads_of_many_kinds_of_bodies_name_them(lines: tuple[str, ...], authority: str, board: str) -> None:
    assert head(*lines) == Meeting(authority, board, date(2023, 10, 12))


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("Subject matter: Moorings for visitors", "Decision"), "Moorings for visitors"),
        (("Report Title:", "Moorings for visitors"), "Moorings for visitors"),
        (("Decision of the day: many",), "Decisions, Ferries Committee, 12 October 2023"),
    ],
)
def test_a_record_of_decision_is_called_by_its_subject_and_never_by_its_form(
    lines: tuple[str, ...], title: str
) -> None:
    said = ("FENSHIRE COUNTY COUNCIL", "DECISION RECORDING FORM", "Decision taken by: Ferries Committee",
            "Date of decision: 12 October 2023", *lines)  # fmt: skip
    text = "\n".join(said)
    blocks, at = [], 0
    for line in said:
        blocks.append(Block(at, at + len(line), bold="FORM" in line))
        at += len(line) + 1
    record = describe(Document("pdf", True, (Page(1, text, tuple(blocks)),)), "decision.pdf", "0" * 64, {})
    assert (record.kind, record.title) == ("decision", title)
