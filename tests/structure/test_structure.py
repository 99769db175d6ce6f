"""Sections of packs, minutes and reports: what begins where, and whose meeting it records."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.decisions.extract import decisions
from indexer.labelling.marks import Marked
from indexer.labelling.units import Label, units
from indexer.layout.blocks import placed
from indexer.passages.cutting import passages
from indexer.provenance.describe import describe
from indexer.readers import pdf_reader
from indexer.records import Bookmark, Document, Section, cut
from indexer.structure.items import items
from indexer.structure.sections import sections
from tests.makers.paper_maker import document, page, prose

FRONT = [
    "# AGENDA",
    "**Harbour and Quays Board**",
    "Date: Tuesday 6 May 2031",
    "Time: 10.00 am",
    "1. APOLOGIES",
    "2. MINUTES",
    "To approve and sign the minutes of the meeting held on 8 April 2031.",
    "3. DREDGING OF THE CHANNEL 2031",
    "**The public's rights to information**",
    prose(40, "right"),
]
MINUTES = [
    "QUAYSIDE COUNCIL",
    "MINUTES of the meeting of Harbour and Quays Board held at the Town Hall on Tuesday 8 April 2031 at 3.30 pm",
    "Present: Councillor A Poe (Chairman)",
    "88. APOLOGIES FOR ABSENCE",
    "Apologies were received from Jo Roe.",
    "89. NEW QUAY",
    "The Director gave a brief overview:",
    "1. The quay would be long.",
    "2. The quay would be wide.",
]
MORE_MINUTES = [
    "It would cost a great deal of money.",
    "RESOLVED",
    "That the quay be built.",
    "90. BOATS",
    "None.",
    "The meeting ended at 4.06 pm",
    "CHAIRMAN",
]
REPORT = [
    "Meeting:\tHarbour and quays board",
    "Meeting date:\t6 May 2031",
    "Title of report:\tDredging of the channel 2031",
    "Report by:\tHarbour master",
    "**Purpose**",
    prose(40),
    "**Recommendation(s)**",
    "THAT:",
    "a) the channel be dredged; and",
    "b) the mud be sold.",
    "**Financial implications**",
    prose(60, "money"),
]
APPENDIX = ["**Appendix A – Chart of the channel**", prose(60, "chart")]


def pack(*more: list[str]) -> tuple[Document, tuple[Section, ...]]:
    """Make a pack and its sections, checked."""
    made = document(FRONT, MINUTES, MORE_MINUTES, REPORT, APPENDIX, *more)
    return made, checked(made)


def checked(made: Document, path: str = "x.pdf") -> tuple[Section, ...]:
    """Make sections and check what holds for all: each block in exactly one, ordinals and parents in order."""
    tree = sections(made, describe(made, path, "0" * 64, {}))
    assert [one.ordinal for one in tree] == list(range(len(tree)))
    assert all(one.parent is None or one.parent < one.ordinal for one in tree)
    assert all(len(set(one.pages)) == len(one.pages) for one in tree)
    for block in placed(made.pages):
        holders = [
            one.ordinal
            for one in tree
            for span in one.spans
            if span.page == block.page and span.start <= block.start and block.end <= span.end
        ]
        assert len(holders) == 1, (block.text, holders)
    return tree


def named(tree: tuple[Section, ...], kind: str) -> list[tuple[str, str]]:
    return [(one.number, one.title) for one in tree if one.kind == kind]


def test_a_pack_is_parted_into_front_minutes_report_and_appendix() -> None:
    _, tree = pack()
    top = [(one.kind, one.title) for one in tree if one.parent is None]
    assert top == [("front", "Agenda"), ("minutes", "Minutes"), ("report", "Dredging of the channel 2031")]
    assert named(tree, "appendix") == [("A", "Appendix A: Chart of the channel")]
    assert named(tree, "recommendation") == [("", "Recommendation(s)")]


def test_the_minutes_in_a_pack_carry_the_date_of_their_own_meeting() -> None:
    _, tree = pack()
    assert {one.meeting.date for one in tree if one.kind in ("minutes", "item")} == {date(2031, 4, 8)}
    assert {one.meeting.date for one in tree if one.kind == "report"} == {date(2031, 5, 6)}
    assert {one.meeting.board for one in tree} == {"Harbour and Quays Board"}


def test_minutes_without_a_date_of_their_own_get_it_from_the_agenda() -> None:
    bare = ["**Minutes of a meeting of the Harbour and Quays Board**", "Present:", *MINUTES[3:]]
    made = document(FRONT, bare, MORE_MINUTES)
    minutes = next(one for one in checked(made) if one.kind == "minutes")
    assert minutes.meeting.date == date(2031, 4, 8)


def test_items_run_to_the_next_item_over_page_breaks_and_paragraph_numbers() -> None:
    made, tree = pack()
    assert named(tree, "item") == [("88", "APOLOGIES FOR ABSENCE"), ("89", "NEW QUAY"), ("90", "BOATS")]
    quay = next(one for one in tree if one.number == "89")
    assert quay.pages == (2, 3)
    end = made.pages[2].text[quay.spans[1].start : quay.spans[1].end]
    assert end.endswith("That the quay be built.")


def test_the_end_of_the_meeting_belongs_to_no_item() -> None:
    made, tree = pack()
    boats = next(one for one in tree if one.number == "90")
    assert made.pages[2].text[boats.spans[0].start : boats.spans[0].end] == "90. BOATS\nNone."


def test_the_agenda_item_after_a_minute_number_is_kept_apart() -> None:
    lines = [*MINUTES[:3], "84. Apologies", "(Item 1)", "None.", "85. 31/00108 - New quay", "(Item 2)", "Agreed."]
    tree = checked(document(lines))
    items = [(one.number, one.agenda_item, one.title) for one in tree if one.kind == "item"]
    assert items == [("84", "1", "Apologies"), ("85", "2", "31/00108 - New quay")]


def test_bare_numbers_before_titles_are_items_too() -> None:
    lines = [
        *MINUTES[:3],
        "**221 Apologies**",
        "None.",
        "222 New Quay. Annual Report of the Board",
        prose(30),
        "**223 Boats**",
    ]
    assert [number for number, _ in named(checked(document(lines)), "item")] == ["221", "222", "223"]


def test_year_numbers_count_by_the_part_that_rises() -> None:
    lines = [*MINUTES[:3], "**31/12 Apologies**", "None.", "**31/13 New quay**", prose(30), "**31/14 Boats**", "None."]
    assert [number for number, _ in named(checked(document(lines)), "item")] == ["31/12", "31/13", "31/14"]


def test_minutes_without_numbers_give_their_headings_as_items() -> None:
    lines = [
        *MINUTES[:3],
        "**Apologies**",
        "None were received.",
        "**New quay**",
        prose(30),
        "RESOLVED",
        "That it be built.",
    ]
    assert named(checked(document(lines)), "item") == [("", "Apologies"), ("", "New quay")]


def test_a_report_to_another_meeting_keeps_that_meeting() -> None:
    other = ["MEETING:\tCABINET", "MEETING DATE:\t31 st July 2031", "TITLE OF REPORT:\tSale of mud", *REPORT[3:]]
    _, tree = pack(other)
    mud = next(one for one in tree if one.title == "Sale of mud")
    assert (mud.meeting.board, mud.meeting.date) == ("Cabinet", date(2031, 7, 31))


def test_a_letter_style_report_head_gives_title_board_and_date() -> None:
    lines = [
        "From: A Poe, Leader",
        "To: Cabinet, 30 January 2031",
        "Subject: Sale of mud",
        "Summary: Mud is sold.",
        prose(40),
    ]
    (report, *_) = checked(document(lines))
    assert (report.kind, report.title) == ("report", "Sale of mud")
    assert (report.meeting.board, report.meeting.date) == ("Cabinet", date(2031, 1, 30))


def test_a_report_laid_out_as_a_table_has_its_heading_above_and_labels_as_headings() -> None:
    lines = [
        "**Sale of mud**",
        "Agenda item 6",
        "Date\t22 July 2031",
        "Author\tHarbour master",
        "Recommendation\t1. That the Board sell the mud to whoever offers the most for it before the end of the year.",
        f"Background\t2. {prose(40)}",
    ]
    tree = checked(document(FRONT, lines))
    assert named(tree, "report") == [("6", "Sale of mud")]
    assert named(tree, "recommendation") == [("", "Recommendation")]
    assert ("", "Background") in named(tree, "heading")


def test_a_reports_label_wrapped_over_two_rows_is_read() -> None:
    lines = ["Title of\tSale of mud", "report:\tand of sand", "Report by:\tHarbour master", prose(30)]
    assert ("", "Sale of mud and of sand") in named(checked(document(FRONT, lines)), "report")


def test_a_reports_agenda_number_comes_from_the_front_sheet() -> None:
    _, tree = pack()
    assert named(tree, "report") == [("3", "Dredging of the channel 2031")]


def test_what_follows_a_recommendation_stands_beside_it() -> None:
    _, tree = pack()
    asks = next(one for one in tree if one.kind == "recommendation")
    after = next(one for one in tree if one.title == "Financial implications")
    assert asks.parent == after.parent


def test_a_list_of_appendices_opens_none() -> None:
    lines = [*REPORT, "**Appendices**", "Appendix A – Chart", "Appendix B – Tides"]
    assert named(checked(document(FRONT, lines)), "appendix") == []


def test_what_a_new_page_brings_after_the_background_papers_is_attached() -> None:
    lines = [*REPORT, "**Background papers**", "None identified."]
    tree = checked(document(FRONT, lines, ["**Annual review of tides**", prose(120)]))
    assert named(tree, "appendix") == [("", "Annual review of tides")]


def test_bookmarks_of_a_published_pack_mark_its_documents() -> None:
    outline = (
        Bookmark("Agenda", 1, 0),
        Bookmark("3 Dredging of the channel 2031", 2, 0),
        Bookmark("Appendix 1 - EqIA", 3, 1),
    )
    made = document(
        FRONT, ["Some words", prose(60)], ["A form", prose(60)], title="(Public Pack)Agenda Document", outline=outline
    )
    tree = checked(made)
    assert named(tree, "report") == [("3", "Dredging of the channel 2031")]
    assert named(tree, "appendix") == [("1", "Appendix 1: EqIA")]


def test_small_headings_in_a_row_make_one_section() -> None:
    lines = [
        "Title of report:\tMud",
        "Report by:\tMaster",
        "**Classification**",
        "Open",
        "**Key decision**",
        "No.",
        "**Purpose**",
        prose(60),
    ]
    tree = checked(document(lines))
    assert [one.title for one in tree] == ["Mud", "Purpose"]


def test_boilerplate_of_the_front_sheet_is_a_section_of_its_own() -> None:
    _, tree = pack()
    assert ("", "The public's rights to information") in named(tree, "heading")


def test_a_paper_without_text_has_no_sections() -> None:
    assert checked(document([])) == ()


LINE = st.sampled_from(
    [
        *FRONT,
        *MINUTES,
        *MORE_MINUTES,
        *REPORT,
        *APPENDIX,
        "1. One",
        "2 Two",
        "Present:",
        "a\tb",
        "Minutes",
        "x",
        "**12**",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(LINE, max_size=12), min_size=1, max_size=5))
def test_whatever_the_order_of_lines_every_block_is_in_exactly_one_section(pages: list[list[str]]) -> None:
    checked(document(*pages))


@pytest.mark.parametrize("kind", ["minutes", "report", "appendix", "other"])
def test_a_page_without_blocks_is_read_by_its_lines(kind: str) -> None:
    bare = page(1, "Some words", prose(20))
    made = Document("txt", False, (type(bare)(1, bare.text),))
    assert checked(made, f"{kind}.txt")[0].pages == (1,)


REAL = sorted((Path(__file__).parents[3] / "shared").glob("papers*/**/*.pdf"), key=lambda path: path.stat().st_size)


@pytest.mark.skipif(not REAL, reason="the real papers (../shared) are not on this machine")
@pytest.mark.parametrize("path", REAL[:4], ids=range(len(REAL[:4])))
def test_in_real_papers_too_every_block_is_in_one_section_and_every_word_in_a_passage(path: Path) -> None:
    made = pdf_reader.read(path)
    tree = checked(made, path.name)
    texts = {one.number: one.text for one in made.pages}
    cuts = passages(made.pages, tree, decisions(made.pages, tree))
    assert all(one.text == cut(texts, one.spans) for one in cuts)
    assert Counter(word for one in cuts for word in one.text.split()) == Counter(" ".join(texts.values()).split())


def test_a_line_at_the_foot_of_a_page_within_a_sentence_heads_nothing() -> None:
    first = [*MINUTES[:6], prose(60), "Continued overleaf", "RESOLVED: That the quay be built by the firm"]
    tree = checked(document(first, ["that had built the pier.", *MORE_MINUTES[3:]]))
    assert named(tree, "item") == [("88", "APOLOGIES FOR ABSENCE"), ("89", "NEW QUAY"), ("90", "BOATS")]


def test_the_blocks_of_a_paper_are_made_once_and_those_of_another_with_the_same_pages_anew() -> None:
    made = document(MINUTES)
    assert placed(made.pages) is placed(made.pages)
    again = document(MINUTES)
    assert placed(again.pages) == placed(made.pages)
    assert placed(again.pages) is not placed(made.pages)


def test_a_heading_beside_a_column_of_numbers_has_the_first_of_them() -> None:
    blocks = placed((page(1, "5.\tManager", "6. 6.1 6.2\tPapers to decide", "7.0 7.1\tFinance"),))
    found = items(blocks, [Marked(unit, "item", 1.0) for unit in units(blocks)])
    assert [(one.number, one.title) for one in found] == [
        ("5", "Manager"),
        ("6", "Papers to decide"),
        ("7.0", "Finance"),
    ]


def test_a_closing_line_with_the_next_number_is_an_item() -> None:
    lines = ("9. ANY OTHER BUSINESS", "Nothing was raised.", "10. Date of next meeting: 3 May 2031", "11. Signed")
    labels: tuple[Label, ...] = ("item", "text", "closing", "text")
    blocks = placed((page(1, "8. QUAY", *lines),))
    marks = [Marked(unit, label, 1.0) for unit, label in zip(units(blocks), (labels[0], *labels), strict=True)]
    assert [one.number for one in items(blocks, marks)] == ["8", "9", "10"]


def test_lines_set_and_lettered_as_the_known_headings_are_items_too() -> None:
    lines = (
        "A\tWelcome",
        "Jo Poe welcomed all.",
        "B\tPolice report",
        "C\tPlanning",
        "D\tRoads",
        "E\tResolved",
        "Agreed.",
    )
    labels: tuple[Label, ...] = ("text", "text", "item", "item", "item", "text", "decision")
    plain = placed((page(1, *lines),))
    blocks = [replace(one, bold="\t" in one.text, row="\t" in one.text, left=60.0) for one in plain]
    marks = [Marked(unit, label, 0.6) for unit, label in zip(units(blocks), labels, strict=True)]
    found = items(blocks, marks)
    assert [(one.number, one.title) for one in found] == [
        ("A", "Welcome"),
        ("B", "Police report"),
        ("C", "Planning"),
        ("D", "Roads"),
    ]


def test_a_title_in_capitals_that_runs_into_a_text_is_an_item_before_between_and_behind_known_ones() -> None:
    lines = (
        "1. MINUTES On the proposal of Cllr Roe the Council approved the minutes of 4 May.",
        "2. QUESTION TIME",
        "3. DISPOSAL OF 14 SUNDIAL ROW The Council approved the disposal for the sum of one pound.",
        "4. MOTIONS",
        "5. ANY OTHER BUSINESS It was agreed that a reception be given for the choir on 3rd June.",
    )
    labels: tuple[Label, ...] = ("decision", "item", "text", "item", "text")
    blocks = placed((page(1, *lines),))
    marks = [Marked(unit, label, 0.6) for unit, label in zip(units(blocks), labels, strict=True)]
    assert [(one.number, one.title) for one in items(blocks, marks)] == [
        ("1", "MINUTES"),
        ("2", "QUESTION TIME"),
        ("3", "DISPOSAL OF 14 SUNDIAL ROW"),
        ("4", "MOTIONS"),
        ("5", "ANY OTHER BUSINESS"),
    ]
