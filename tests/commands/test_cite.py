"""Reference strings name what is known, in the order readers expect, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.records import Decision, Meeting, Paper, Passage, Section, Span, StoredDecision, StoredPassage
from search import cite
from search.bounds import BOUNDS

AUTHORITY = "Ashshire Council"
BOARD = "Health and Wellbeing Board"
DECIDED = Meeting(AUTHORITY, BOARD, date(2016, 10, 19))
PRINTED = Meeting(AUTHORITY, BOARD, date(2017, 2, 7))


def paper(**changes: Any) -> Paper:
    fields: dict[str, Any] = {
        "id": "ab" * 32,
        "path": "hwb/2017-02-07/pack.pdf",
        "format": "pdf",
        "paged": True,
        "kind": "pack",
        "title": "Agenda pack",
        "meeting": PRINTED,
        "page_count": 100,
    }
    return Paper(**fields | changes)


def section(**changes: Any) -> Section:
    fields: dict[str, Any] = {
        "ordinal": 4,
        "parent": None,
        "kind": "item",
        "number": "93",
        "title": "UPDATE ON CHILD SEXUAL EXPLOITATION",
        "meeting": DECIDED,
        "spans": (Span(8, 0, 400),),
    }
    return Section(**fields | changes)


def stored(
    the_paper: Paper | None = None, the_section: Section | None = None, kind: Any = "resolution", **passage: Any
) -> StoredPassage:
    fields: dict[str, Any] = {
        "ordinal": 1,
        "section": 4,
        "kind": kind,
        "spans": (Span(8, 10, 20), Span(9, 0, 5)),
        "text": "That the update\nbe noted.",
        "trail": (),
    }
    return StoredPassage(1, the_paper or paper(), the_section or section(), Passage(**fields | passage), "t")


def test_a_minute_in_a_later_pack_names_both_dates() -> None:
    assert cite.reference(stored()) == (
        "Health and Wellbeing Board (Ashshire Council), 19 October 2016, minute 93, pack of 7 February 2017, p. 8"
    )


def test_a_minute_in_its_own_minutes_names_its_date_once() -> None:
    own = paper(kind="minutes", meeting=DECIDED)
    assert cite.reference(stored(own)) == (
        "Health and Wellbeing Board (Ashshire Council), 19 October 2016, minute 93, p. 8"
    )


def test_another_boards_minutes_in_a_pack_name_the_board_of_the_pack() -> None:
    cabinet = paper(meeting=Meeting(AUTHORITY, "Cabinet", date(2017, 2, 7)))
    assert cite.reference(stored(cabinet)) == (
        "Health and Wellbeing Board (Ashshire Council), 19 October 2016, minute 93, "
        "Cabinet pack of 7 February 2017, p. 8"
    )


def test_a_report_is_cited_by_meeting_item_and_title() -> None:
    report = section(kind="report", number="6", title="Better Care Fund 2016/17", meeting=PRINTED)
    assert cite.reference(stored(None, report, kind="report")) == (
        "Health and Wellbeing Board (Ashshire Council), 7 February 2017, item 6, Better Care Fund 2016/17, p. 8"
    )


def test_a_heading_inside_a_report_is_cited_by_the_report_above_it() -> None:
    report = section(ordinal=1, kind="report", number="6", title="Better Care Fund", meeting=PRINTED)
    heading = section(ordinal=2, parent=1, kind="heading", number="5.2", title="Risks", meeting=PRINTED)
    above = cite.home(heading, {1: report, 2: heading})
    assert above == report
    assert cite.reference(stored(None, heading, kind="report"), item=above) == (
        "Health and Wellbeing Board (Ashshire Council), 7 February 2017, item 6, Better Care Fund, p. 8"
    )


def test_a_heading_with_nothing_above_it_is_its_own_home() -> None:
    heading = section(ordinal=2, parent=7, kind="heading")
    assert cite.home(heading, {2: heading}) == heading


def test_an_appendix_is_cited_with_the_report_that_it_is_attached_to() -> None:
    report = section(ordinal=1, kind="report", number="6", title="Better Care Fund", meeting=PRINTED)
    risks = section(ordinal=2, parent=1, kind="heading", number="", title="Risks", meeting=PRINTED)
    appendix = section(ordinal=3, parent=2, kind="appendix", number="1", title="Appendix 1", meeting=PRINTED)
    report_of = cite.around(appendix, {1: report, 2: risks, 3: appendix})
    assert report_of == report
    assert cite.reference(stored(None, appendix, kind="table"), item=appendix, around=report_of) == (
        "Health and Wellbeing Board (Ashshire Council), 7 February 2017, item 6, Better Care Fund, Appendix 1, p. 8"
    )
    assert cite.around(report, {1: report}) is None


def test_a_front_sheet_is_cited_by_its_name_and_its_meeting_once() -> None:
    front = section(kind="front", number="", title="Agenda", meeting=PRINTED)
    trail = ("Health and Wellbeing Board, 7 February 2017", "Agenda", "Your right to see papers")
    assert cite.reference(stored(None, front, kind="agenda", trail=trail)) == (
        "Health and Wellbeing Board (Ashshire Council), 7 February 2017, Agenda, p. 8"
    )


@pytest.mark.parametrize(
    ("label", "expected"),
    [("", "p. 12"), ("12", "p. 12"), ("10", "p. 10 (sheet 12)"), ("iv", "p. iv (sheet 12)"), (" ", "p. 12")],
)
def test_the_printed_number_and_the_sheet_are_both_given_where_they_differ(label: str, expected: str) -> None:
    assert cite.leaf(12, label) == expected


def test_a_sentence_on_the_second_page_of_a_passage_is_cited_there() -> None:
    assert cite.reference(stored(), "7", page=9).endswith("pack of 7 February 2017, p. 7 (sheet 9)")


def test_a_paper_without_pages_is_cited_by_heading_and_paragraph() -> None:
    web = paper(paged=False, kind="report", meeting=PRINTED, title="Winter plan")
    part = section(kind="heading", number="", title="Beds", meeting=PRINTED)
    assert cite.reference(stored(web, part, kind="report", trail=("Winter plan",)), paragraph=3) == (
        "Health and Wellbeing Board (Ashshire Council), 7 February 2017, Winter plan, under “Beds”, paragraph 3"
    )


def test_paragraphs_are_counted_from_the_heading() -> None:
    text = "Before\nBeds\nFirst.\nSecond."
    part = section(spans=(Span(1, 7, len(text)),))
    assert [cite.paragraph(part, Span(1, text.index(word), 0), text) for word in ("Beds", "First", "Second")] == [
        0,
        1,
        2,
    ]


def test_a_paper_that_says_nothing_of_itself_is_cited_by_its_file() -> None:
    bare = paper(title="", meeting=Meeting(), kind="other")
    part = section(kind="heading", number="", title="", meeting=Meeting())
    assert cite.reference(stored(bare, part, kind="other")) == "pack.pdf, p. 8"


def test_a_decision_is_cited_like_its_minute() -> None:
    decision = Decision(
        1, 4, False, "noted", "That the update be noted.", (Span(8, 0, 9),), (), "93", "Update", DECIDED
    )
    assert cite.decision_reference(StoredDecision(1, paper(), decision, "draft"), "6") == (
        "Health and Wellbeing Board (Ashshire Council), 19 October 2016, minute 93, pack of 7 February 2017, "
        "p. 6 (sheet 8)"
    )


def test_a_long_title_is_cut_at_a_word() -> None:
    report = section(kind="report", number="", title="word " * 60, meeting=PRINTED)
    title = cite.reference(stored(None, report, kind="report")).split(", ")[-2]
    assert title.endswith("word…")
    assert len(title) <= BOUNDS.title_characters


part_text = st.sampled_from(["", " ", ",", "Cabinet", "Cabinet, joint", "93", "x" * 300, "a\nb\tc", "5:", "(", "–"])
maybe_day = st.one_of(st.none(), st.dates(date(1974, 4, 1), date(2040, 1, 1)))
meetings = st.builds(Meeting, part_text, part_text, maybe_day)


@settings(max_examples=60, deadline=None)
@given(
    of=meetings,
    made_for=meetings,
    number=part_text,
    title=part_text,
    label=part_text,
    paged=st.booleans(),
    kind=st.sampled_from(["resolution", "report", "agenda", "other"]),
    section_kind=st.sampled_from(["item", "report", "heading", "minutes", "appendix", "front", "recommendation"]),
    trail=st.lists(part_text, max_size=2),
)
def test_no_reference_is_empty_or_has_dangling_punctuation(
    of: Meeting,
    made_for: Meeting,
    number: str,
    title: str,
    label: str,
    paged: bool,
    kind: str,
    section_kind: str,
    trail: list[str],
) -> None:
    the_paper = paper(meeting=made_for, paged=paged, title=title, path=f"{title}.pdf")
    the_section = section(meeting=of, number=number, title=title, kind=section_kind)
    said = cite.reference(stored(the_paper, the_section, kind=kind, trail=tuple(trail)), label)
    assert said.strip()
    assert not re.search(r"\(\)|, ,|,,|^[\s,;:]|[\s,;:]$|\n|\t|  | ,|“”", said)


def test_a_reference_is_copied_with_the_papers_address_at_its_council() -> None:
    known = paper(url="https://ashshire.example/documents/s1234/Pack.pdf")
    assert cite.copyable(cite.reference(stored(known)), known, 8) == (
        "Health and Wellbeing Board (Ashshire Council), 19 October 2016, minute 93, pack of 7 February 2017, p. 8, "
        "https://ashshire.example/documents/s1234/Pack.pdf#page=8"
    )
    assert cite.copyable("Cabinet, p. 8", paper(), 8) == "Cabinet, p. 8"


@pytest.mark.parametrize(
    ("url", "form", "page", "address"),
    [
        ("https://ashshire.example/a.pdf", "pdf", 3, "https://ashshire.example/a.pdf#page=3"),
        ("https://ashshire.example/a.pdf", "pdf", None, "https://ashshire.example/a.pdf"),
        ("https://ashshire.example/a.pdf#page=9", "pdf", 3, "https://ashshire.example/a.pdf#page=9"),
        ("https://ashshire.example/a.docx", "word", None, "https://ashshire.example/a.docx"),
        ("javascript:alert(1)", "pdf", 3, ""),
        ("", "pdf", 3, ""),
    ],
)
def test_an_address_opens_a_pdf_at_its_sheet(url: str, form: str, page: int | None, address: str) -> None:
    assert cite.address(paper(url=url, format=form), page) == address
