"""What counts as a decision, where it ends, whose it is and when: minutes, reports, records of decision."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.decisions.extract import decisions
from indexer.decisions.minuted import resolutions
from indexer.decisions.motions import settled
from indexer.labelling.marks import Marked
from indexer.labelling.units import Label, Unit, units
from indexer.layout.blocks import placed
from indexer.provenance.describe import describe
from indexer.records import Decision, Meeting, Page, Section, Votes, cut
from indexer.structure.minutes import Minutes
from indexer.structure.sections import sections as division
from tests.makers.minutes_maker import MEETING, Part, item, minutes, paper, report
from tests.makers.paper_maker import document

FRAGMENTS = [
    "RESOLVED",
    "That the pier be mended.",
    "a) mend it;",
    "b) paint it; and",
    "2. paint it",
    "• sell it",
    "The motion was put and lost.",
    "Moved by Cllr Pell and seconded by Cllr Quill",
    "For 3, Against 2",
    "Cllr Pell\tFor",
    "\f",
    "The Board:",
    "The Board noted its plan.",
    "PENDERFYNWYD:",
    "The meeting ended at 4 pm",
    "**",
]


def decided(*items: Part, meeting: Meeting = MEETING) -> tuple[Decision, ...]:
    """Extract from minutes and check what must hold for every decision: its text and limbs are cuts of the pages."""
    return checked(*minutes(*items, meeting=meeting))


def checked(pages: tuple[Page, ...], sections: tuple[Section, ...]) -> tuple[Decision, ...]:
    entries = decisions(pages, sections)
    texts = {page.number: page.text for page in pages}
    for place, one in enumerate(entries):
        assert one.ordinal == place
        assert one.text == cut(texts, one.spans)
        assert all(limb.text == cut(texts, limb.spans) for limb in one.limbs)
        assert all(limb.text in one.text for limb in one.limbs)
    return entries


@pytest.mark.parametrize(
    ("paragraphs", "text", "outcome"),
    [
        (["RESOLVED", "That a new quay be built."], "RESOLVED\nThat a new quay be built.", "resolved"),
        (["Resolved: That the report be noted"], "Resolved: That the report be noted", "noted"),
        (["### Resolved: That the report be noted"], "Resolved: That the report be noted", "noted"),
        (["Resolved that:", "a) the plan be approved."], "Resolved that:\na) the plan be approved.", "approved"),
        (["RESOLVED – that the toll be doubled."], "RESOLVED – that the toll be doubled.", "resolved"),
        (["4. RESOLVED that Cabinet note the report."], "RESOLVED that Cabinet note the report.", "noted"),
        (["RESOLVED: that the Board", "a) Noted it"], "RESOLVED: that the Board\na) Noted it", "noted"),
        (["The Council resolved to sell the ferry."], "The Council resolved to sell the ferry.", "resolved"),
        (["Cabinet AGREED the dredging contract."], "Cabinet AGREED the dredging contract.", "agreed"),
        (["The Board APPROVED the annual plan."], "The Board APPROVED the annual plan.", "approved"),
        (["AGREED that the lights be mended."], "AGREED that the lights be mended.", "agreed"),
        (["NOTED."], "NOTED.", "noted"),
        (["RECOMMENDED that Council adopt the bylaw."], "RECOMMENDED that Council adopt the bylaw.", "recommended"),
        (["RESOLVED to recommend to Council that fees rise."], None, "recommended"),
        (["DEFERRED to the May meeting."], "DEFERRED to the May meeting.", "deferred"),
        (["RESOLVED that the matter be referred to Audit."], None, "referred"),
        (["The motion was put and lost."], "The motion was put and lost.", "lost"),
        (["The amendment was withdrawn."], "The amendment was withdrawn.", "withdrawn"),
        (["Decision: The Board approved the lease."], "Decision: The Board approved the lease.", "approved"),
        (["It was agreed that the buoys be painted."], "It was agreed that the buoys be painted.", "agreed"),
        (["The Board noted its Work Plan."], "The Board noted its Work Plan.", "noted"),
        (["Member updates were deferred to the next meeting"], None, "deferred"),
        (["It was RESOLVED unanimously that the mast be lowered."], None, "resolved"),
        (["PENDERFYNWYD: bod yr adroddiad yn cael ei nodi."], None, "noted"),
        (
            ["RESOLVED: (Unanimously)", "That the buoy be lit."],
            "RESOLVED: (Unanimously)\nThat the buoy be lit.",
            "resolved",
        ),
        (["RESOLVED:- That the buoy be lit."], None, "resolved"),
        (["Resolved  -  That the buoy be lit."], None, "resolved"),
        (["RESOLVED on the motion of Cllr Pell, seconded by Cllr Quill, that the buoy be lit."], None, "resolved"),
        (["It was resolved that the buoy be lit."], None, "resolved"),
        (["A request had been received and it was resolved that it be declined."], None, "resolved"),
        (["Agreed."], "Agreed.", "agreed"),
        (["DECISION:", "1. To note the survey."], "DECISION:\n1. To note the survey.", "noted"),
        (["Decision", "1) To note the survey", "2) To note its cost"], None, "noted"),
        (["The Governing Body:", "- APPROVED the plan", "- APPROVED the cost"], None, "approved"),
        (["The Board:", "• noted the survey; and", "• noted its cost."], None, "noted"),
        (["The Committee agreed to:", "a) buy a boat", "b) paint it"], None, "agreed"),
        (["The recommendations were approved unanimously."], None, "approved"),
        (["The Trust Board received and noted the report."], None, "noted"),
        (["PENDERFYNWYD", "Cymeradwyo'r cynllun."], "PENDERFYNWYD\nCymeradwyo'r cynllun.", "approved"),
    ],
)
def test_every_usual_wording_is_found_with_its_outcome(paragraphs: list[str], text: str | None, outcome: str) -> None:
    entries = decided(item("7", "HARBOUR", "Mr Pell spoke about it at length.", *paragraphs))
    assert [one.outcome for one in entries] == [outcome]
    if text:
        assert entries[0].text == text


@pytest.mark.parametrize(
    "paragraph",
    [
        "It was noted that the report was late.",
        "Members agreed that the harbour was busy and asked about parking.",
        "The Scrutiny Committee had resolved the question in 2019, Mr Pell recalled.",
        "80% of disputes should be resolved within one month of referral.",
        "The plan had been approved by another body in May. Questions followed about its cost.",
        "Action: Mr Pell to circulate the figures.",
        "Apologies for absence were received and noted.",
        "Members agreed to the following amendment to the proposal:",
        "APPROVED MINUTES",
        "Mr Pell asked whether the minutes of May were an accurate record.",
        "The Board noted the following points in discussion:",
        "The officer of the Council resolved the matter on the day, and the ferry sailed.",
    ],
)
def test_discussion_is_no_decision(paragraph: str) -> None:
    assert decided(item("7", "HARBOUR", paragraph, "Mr Pell thanked the officers for the tea.")) == ()


def test_minutes_without_resolutions_give_none() -> None:
    assert decided(item("1", "APOLOGIES", "None."), item("2", "DATE OF NEXT MEETING", "To be announced.")) == ()


def test_a_paper_without_sections_gives_none() -> None:
    assert decisions((), ()) == ()


@pytest.mark.parametrize("alone", ["RESOLVED", "Resolved:", "RESOLVED – that", "Resolved that:", "PENDERFYNWYD"])
def test_a_resolution_without_a_text_is_none(alone: str) -> None:
    entries = decided(item("7", "HARBOUR", "Talk.", alone), item("8", "PIER", "RESOLVED that it be shut."))
    assert [one.item for one in entries] == ["8"]


def test_a_resolution_over_a_page_break_is_one_decision() -> None:
    entries = decided(
        item(
            "9",
            "FERRY",
            "5. RESOLVED that Cabinet agree to:",
            "(a) Buy the second ferry from the",
            "\f",
            "Skelling yard; and",
            "(b) Sell the old one.",
            "6. The Chair thanked the crew.",
        )
    )
    assert len(entries) == 1
    assert entries[0].pages == (1, 2)
    assert [limb.label for limb in entries[0].limbs] == ["(a)", "(b)"]
    assert entries[0].limbs[0].text == "Buy the second ferry from the\nSkelling yard; and"
    assert entries[0].limbs[0].spans[1].page == 2
    assert entries[0].outcome == "agreed"


def test_a_punctuated_list_cut_off_by_the_page_goes_on_overleaf() -> None:
    text = "RESOLVED that the Board (a) buys the ferry; (b) sells it to the"
    entries = decided(item("9", "FERRY", text, "\f", "Skelling yard.", "Mr Pell thanked the crew."))
    assert entries[0].text == f"{text}\nSkelling yard."
    entries = decided(item("9", "FERRY", "RESOLVED that the ferry be sold", "\f", "Mr Pell thanked the crew."))
    assert entries[0].text == "RESOLVED that the ferry be sold"


def test_forty_limbs_are_forty_limbs() -> None:
    wording = [f"{number}. grant berth {number} to its holder;" for number in range(1, 41)]
    wording.insert(20, "\f")
    entries = decided(item("9", "BERTHS", "12. RESOLVED that the Board:", *wording, "13. Tea was taken."))
    assert len(entries) == 1
    assert [limb.label for limb in entries[0].limbs] == [f"{number}." for number in range(1, 41)]
    assert entries[0].text.endswith("grant berth 40 to its holder;")


def test_limbs_inside_a_paragraph_are_found() -> None:
    text = (
        "RESOLVED that (a) the wall be mended; (b) the cost be met from: (i) tolls (ii) fees; and (c) it be reviewed."
    )
    entries = decided(item("9", "WALL", text))
    assert [limb.label for limb in entries[0].limbs] == ["(a)", "(b)", "(i)", "(ii)", "(c)"]
    assert entries[0].limbs[3].text == "fees; and"


def test_limbs_go_on_after_one_that_stands_in_the_opening_paragraph() -> None:
    entries = decided(
        item(
            "9", "WALL", "Resolved: that (1) the wall be mended.", "(2) the cost be met.", "(3) it be reviewed.", "Tea."
        )
    )
    assert [limb.label for limb in entries[0].limbs] == ["(1)", "(2)", "(3)"]


def test_a_list_at_the_end_of_an_item_is_one_decision_in_plain_words() -> None:
    entries = decided(
        item("9", "WALL", "It was agreed that:", "a) the wall be mended;", "b) the cost be met.", "Vote: 5 to 2")
    )
    assert [one.text for one in entries] == ["It was agreed that:\na) the wall be mended;\nb) the cost be met."]
    assert entries[0].outcome == "agreed"


def test_nested_limbs_are_flattened_with_their_labels() -> None:
    entries = decided(
        item(
            "9",
            "WALL",
            "RESOLVED that:",
            "1. the wall be mended:",
            "(i) in stone",
            "(ii) by May",
            "2. the cost be noted.",
            "Mr Pell left the room.",
        )
    )
    assert [limb.label for limb in entries[0].limbs] == ["1.", "(i)", "(ii)", "2."]
    assert entries[0].text.endswith("the cost be noted.")


def test_bullets_are_limbs() -> None:
    entries = decided(
        item("9", "WALL", "RESOLVED that the Board:", "• notes the plan", "• notes the cost.", "Tea was taken at four.")
    )
    assert [(limb.label, limb.text) for limb in entries[0].limbs] == [("•", "notes the plan"), ("•", "notes the cost.")]
    assert entries[0].outcome == "noted"


def test_limbs_of_mixed_verbs_are_simply_resolved() -> None:
    entries = decided(item("9", "WALL", "RESOLVED that the Board:", "a) notes the plan", "b) approves the cost"))
    assert entries[0].outcome == "resolved"


def test_the_next_numbered_paragraph_ends_a_resolution() -> None:
    entries = decided(item("9", "WALL", "2. RESOLVED that the wall be mended", "3. Mr Pell asked about stone."))
    assert entries[0].text == "RESOLVED that the wall be mended"


def test_the_end_of_the_meeting_is_no_part_of_a_resolution() -> None:
    entries = decided(
        item("9", "WALL", "RESOLVED", "That the wall be mended.", "The meeting ended at 4.06 pm", "CHAIRMAN")
    )
    assert entries[0].text == "RESOLVED\nThat the wall be mended."


def test_a_resolution_inside_a_paragraph_begins_at_its_sentence() -> None:
    entries = decided(item("9", "WALL", "Mr Pell spoke of stone. It was RESOLVED that the wall be mended."))
    assert entries[0].text == "It was RESOLVED that the wall be mended."


def test_two_resolutions_on_one_item_are_two() -> None:
    entries = decided(item("9", "WALL", "RESOLVED that the wall be mended.", "RESOLVED that the press be thanked."))
    assert [one.text[-12:] for one in entries] == ["l be mended.", " be thanked."]


def test_the_item_and_the_meeting_that_decided_are_kept() -> None:
    entries = decided(item("80", "Provisional Dues", "RESOLVED that the dues be raised."))
    assert (entries[0].item, entries[0].title, entries[0].section) == ("80", "Provisional Dues", 1)
    assert entries[0].meeting == MEETING
    assert not entries[0].recommendation


@pytest.mark.parametrize(
    "text",
    [
        "RESOLVED that the minutes of the meeting on 9 January 2024 were a correct record and that they be signed.",
        "The Minutes of the Meeting held on the 9 January were signed and approved as a correct record.",
        "The board approved the minutes of the meeting of the 9th January 2024.",
        "RESOLVED",
    ],
)
def test_approving_minutes_names_the_meeting_it_confirms(text: str) -> None:
    more = ["That the minutes of 9 January 2024 be agreed as a correct record."] if text == "RESOLVED" else []
    entries = decided(item("4", "MINUTES", text, *more))
    assert [one.outcome for one in entries] == ["approved"]
    assert entries[0].confirms == date(2024, 1, 9)


def test_the_date_of_the_minutes_may_stand_in_the_heading_only() -> None:
    entries = decided(
        item("4", "Minutes of the meeting held on 9 January 2024", "RESOLVED that they were a correct record.")
    )
    assert entries[0].confirms == date(2024, 1, 9)


def test_minutes_of_a_later_meeting_cannot_be_confirmed() -> None:
    entries = decided(item("4", "MINUTES", "RESOLVED that the minutes of 9 May 2024 were a correct record."))
    assert entries[0].confirms is None


def test_a_confirmation_without_a_meeting_date_takes_the_printed_date() -> None:
    nowhere = Meeting("Borsley Council", "Harbour Board", None)
    entries = decided(item("4", "MINUTES", "The minutes of 9 May 2024 were a correct record."), meeting=nowhere)
    assert entries[0].confirms == date(2024, 5, 9)
    assert entries[0].meeting.date is None


def test_mover_seconder_and_votes_are_kept_and_are_no_part_of_the_text() -> None:
    entries = decided(
        item(
            "9",
            "TOLLS",
            "Moved by Cllr Ada Pell and seconded by Cllr Bo Quill that the toll be doubled.",
            "The motion was put to the vote:",
            "For (39)",
            "Against (19)",
            "Abstain (3)",
            "RESOLVED that the toll be doubled.",
        )
    )
    assert (entries[0].mover, entries[0].seconder) == ("Cllr Ada Pell", "Cllr Bo Quill")
    assert entries[0].votes == Votes(39, 19, 3)
    assert entries[0].text == "RESOLVED that the toll be doubled."


def test_votes_after_a_resolution_are_its_votes() -> None:
    entries = decided(
        item("9", "TOLLS", "RESOLVED that the toll be doubled.", "For 34, Against 21, Abstain 3"),
        item("10", "PIER", "RESOLVED that the pier be shut."),
    )
    assert [one.votes for one in entries] == [Votes(34, 21, 3), None]


def test_votes_in_a_table_of_names_are_counted() -> None:
    entries = decided(
        item(
            "9",
            "TOLLS",
            "RESOLVED that the toll be doubled.",
            "Name\tFor\tAgainst\tAbstain",
            "Cllr Pell\tX\t\t",
            "Cllr Quill\tX\t\t",
            "Cllr Rudd\t\tX\t",
            "Cllr Sill\t\t\tX",
        )
    )
    assert entries[0].votes == Votes(2, 1, 1)
    assert entries[0].text == "RESOLVED that the toll be doubled."


def test_a_lost_motion_carries_its_own_words() -> None:
    entries = decided(
        item(
            "9",
            "TOLLS",
            "The Chair opened the debate.",
            "Proposed by Cllr Pell and seconded by Cllr Quill: that the toll be abolished.",
            "The motion was put and lost.",
            "RESOLVED that the toll be doubled.",
        )
    )
    assert [one.outcome for one in entries] == ["lost", "resolved"]
    assert entries[0].text.endswith("that the toll be abolished.\nThe motion was put and lost.")
    assert (entries[0].mover, entries[0].seconder) == ("Cllr Pell", "Cllr Quill")
    assert entries[1].mover == ""


def test_an_amendment_has_its_own_movers_and_votes() -> None:
    entries = decided(
        item(
            "9",
            "TOLLS",
            "Councillor Pell moved and Councillor Quill seconded the budget.",
            "Amendment 1. Councillor Rudd moved and Councillor Sill seconded that tolls end.",
            "Those voting for the amendment were 18, against 25, abstaining 1. The amendment was lost.",
            "Amendment 2. Councillor Tarn moved and Councillor Ure seconded that lights be lit. It was carried.",
            "A recorded vote was taken. For 28, Against 14, Abstain 2.",
            "Council RESOLVED:",
            "1. to approve the budget; and",
            "2. to note the reserve.",
        )
    )
    assert (entries[0].outcome, entries[-1].outcome) == ("lost", "resolved")
    assert entries[0].text.startswith("Amendment 1.")
    assert (entries[0].mover, entries[0].seconder) == ("Councillor Rudd", "Councillor Sill")
    assert entries[0].votes == Votes(18, 25, 1)
    assert (entries[-1].mover, entries[-1].seconder) == ("Councillor Pell", "Councillor Quill")
    assert len(entries[-1].limbs) == 2


def test_a_running_header_is_no_part_of_a_resolution() -> None:
    entries = decided(
        item(
            "9",
            "WALL",
            "Resolved: That",
            "\f",
            "Minutes of the Board, 14 March 2024",
            "a) it be mended;",
            "b) it be lit.",
        )
    )
    assert entries[0].text == "Resolved: That\na) it be mended;\nb) it be lit."
    assert entries[0].pages == (1, 2)
    entries = decided(
        item(
            "9",
            "WALL",
            "RESOLVED that:",
            "a) it be mended;",
            "Page of the Board",
            "\f",
            "b) it be lit.",
            "Tea was had.",
        )
    )
    assert entries[0].text == "RESOLVED that:\na) it be mended;\nb) it be lit."


def test_a_carried_motion_is_a_decision_where_nothing_was_resolved() -> None:
    motion = "Moved by Cllr Pell and seconded by Cllr Quill: that the toll be abolished."
    entries = decided(item("9", "TOLLS", motion, "On being put to the vote the motion was carried."))
    assert [one.text for one in entries] == [f"{motion}\nOn being put to the vote the motion was carried."]


def test_a_report_recommends_and_decides_nothing() -> None:
    entries = checked(
        *paper(
            report("Second ferry", "Purpose: to buy a ferry."),
            ("recommendation", "", "Recommendation(s)", ["THAT the Board:", "(a) buys it; and", "(b) notes the cost."]),
            ("heading", "", "Reasons for recommendations", ["(c) The old one leaks."]),
        )
    )
    assert len(entries) == 1
    assert entries[0].recommendation
    assert entries[0].outcome == "recommended"
    assert entries[0].text == "THAT the Board:\n(a) buys it; and\n(b) notes the cost."
    assert [limb.label for limb in entries[0].limbs] == ["(a)", "(b)"]
    assert entries[0].title == "Second ferry"


def test_a_recommendation_in_its_own_heading_line_is_found() -> None:
    entries = checked(
        *paper(report("Ferry"), ("heading", "", "5. Recommendation THAT: the report be noted.", ["Talk."]))
    )
    assert [one.text for one in entries] == ["THAT: the report be noted."]


def test_a_recommendation_repeated_at_the_foot_is_given_once() -> None:
    asked = "Cabinet is asked to agree the Berth Plan"
    entries = checked(
        *paper(
            report("Berth Plan", "Recommendation(s):", asked),
            ("heading", "1", "Introduction", ["1.1 Berths are few."]),
            ("recommendation", "9", "Recommendation(s):", [f"9.1 {asked}"]),
        )
    )
    assert [one.text for one in entries] == [asked]


def test_the_limbs_of_a_recommendation_may_begin_on_its_first_line() -> None:
    entries = checked(
        *paper(
            report("Ferry"),
            ("recommendation", "", "Recommendations", ["1. buy it", "2. paint it", "a) red", "b) blue"]),
            ("heading", "", "Background", ["3. Ferries are boats."]),
        )
    )
    assert [limb.label for limb in entries[0].limbs] == ["1.", "2.", "a)", "b)"]


def test_the_number_of_the_paragraph_of_a_recommendation_is_no_limb() -> None:
    entries = checked(
        *paper(
            report("Ferry"),
            ("recommendation", "", "Recommendation", ["1. The Board is asked to:", "a) buy it", "b) paint it"]),
            ("heading", "", "Background", ["2. Ferries are boats."]),
        )
    )
    assert [limb.label for limb in entries[0].limbs] == ["a)", "b)"]
    assert entries[0].text.startswith("1. The Board")


def test_limbs_that_were_set_without_spaces_are_still_told_apart() -> None:
    text = "RESOLVED that the Board: a) approves the plan;b) confirms its wish, andc) asks for copies."
    entries = decided(item("9", "PLAN", text))
    assert [limb.text for limb in entries[0].limbs] == [
        "approves the plan;",
        "confirms its wish, and",
        "asks for copies.",
    ]


def test_a_bullet_before_a_letter_is_no_label() -> None:
    entries = decided(item("9", "PLAN", "Resolved:", "• a) That it be noted**", "• b) That it be noted again**"))
    assert [(limb.label, limb.text) for limb in entries[0].limbs] == [
        ("a)", "That it be noted"),
        ("b)", "That it be noted again"),
    ]
    assert entries[0].text.endswith("noted again")
    assert entries[0].outcome == "noted"


def test_an_entry_of_a_table_of_contents_recommends_nothing() -> None:
    assert checked(*paper(report("Audit", "Recommendations\t5", "Findings\t7", "Recommendations ........ 5"))) == ()


def test_a_header_row_with_the_word_recommendation_recommends_nothing() -> None:
    assert checked(*paper(report("Audit", "Recommendation\tResponse\tOwner", "Mend it\tYes\tMr Pell"))) == ()


@pytest.mark.parametrize(
    ("title", "recommendation"), [("PROPOSED RECORD OF DECISION", True), ("RECORD OF DECISION", False)]
)
def test_a_record_of_decision_decides_unless_it_is_proposed(title: str, recommendation: bool) -> None:
    entries = checked(
        *paper(
            report(
                f"BORSLEY COUNCIL – {title}",
                "DECISION NO: 24/00999",
                "Decision:",
                "Cabinet agree to:",
                "A) adopt the Berth Plan",
                "b) delegate the rest",
                "Reason(s) for decision:",
                "Berths are few.",
            )
        )
    )
    assert [one.text for one in entries] == ["Cabinet agree to:\nA) adopt the Berth Plan\nb) delegate the rest"]
    assert entries[0].recommendation is recommendation
    assert entries[0].outcome == ("recommended" if recommendation else "agreed")
    assert len(entries[0].limbs) == 2


def test_what_a_record_of_decision_tells_of_those_consulted_decides_nothing() -> None:
    record = (
        "minutes",
        "",
        "BORSLEY COUNCIL – RECORD OF DECISION",
        (
            "DECISION TAKEN BY: Councillor Pell, Cabinet Member for Harbours",
            "DECISION NO: 24/00999",
            "Date of decision: 14 March 2024",
            "Decision",
            "As Cabinet Member for Harbours, I agree to:",
            "(a) adopt the Berth Plan; and",
            "(b) delegate the rest to the Harbour Master.",
            "Reason(s) for decision",
            "Berths are few, and the old plan ended in 2023.",
            "Committee recommendations and other consultation",
            "The proposed decision was considered by the Scrutiny Committee on 3 March 2024.",
            "RESOLVED that it be endorsed and one berth be kept for visitors.",
        ),
    )
    entries = checked(*paper(record))
    assert len(entries) == 1
    assert entries[0].text.endswith("(b) delegate the rest to the Harbour Master.")
    assert entries[0].votes is None


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_minutes_every_span_cuts_to_its_text(texts: list[str]) -> None:
    one = decided(item("1", "PIER", *texts), item("2", "WALL", *reversed(texts)))
    assert len(one) <= 2 * len(texts)


def test_a_paragraph_of_thousands_of_labels_does_not_hold_up_a_run() -> None:
    text = "RESOLVED that: " + "(a) mend it; (b) paint it; (c) sell it; " * 1000
    started = perf_counter()
    assert len(decided(item("9", "WALL", text))) == 1
    assert perf_counter() - started < 5


def test_welsh_minutes_keep_their_words_and_limbs() -> None:
    entries = decided(
        item("7", "HARBWR", "Trafodwyd y mater.", "PENDERFYNWYD:", "a) Nodi'r adroddiad; a", "b) Nodi'r gost.")
    )
    assert [limb.label for limb in entries[0].limbs] == ["a)", "b)"]
    assert entries[0].outcome == "noted"


@pytest.mark.parametrize(
    ("paragraphs", "doubts"),
    [
        (["For: 5 Against: 2", "RESOLVED that the quay be closed.", "For: 4 Against: 3"], ("vote",)),
        (
            [
                "Moved by Councillor Ash, seconded by Councillor Bell.",
                "Moved by Councillor Cole, seconded by Councillor Dunn.",
                "RESOLVED that the quay be closed.",
            ],
            ("mover",),
        ),
        (["RESOLVED that the quay be closed and that a letter be sent to the"], ("text",)),
        (["RESOLVED that the quay be closed.", "For: 4 Against: 3"], ()),
    ],
)
def test_what_may_be_another_decisions_or_incomplete_is_left_out_and_said_so(
    paragraphs: list[str], doubts: tuple[str, ...]
) -> None:
    (entry,) = decisions(*minutes(item("9", "Quay", *paragraphs)))
    votes = None if doubts else Votes(4, 3, 0)
    assert (entry.doubts, entry.votes, entry.mover, entry.seconder) == (doubts, votes, "", "")


def test_an_amendment_that_fell_has_its_words_its_movers_and_its_vote() -> None:
    (lost, carried) = decided(
        item(
            "9",
            "Quay",
            "Councillor Ash moved the recommendations, seconded by Councillor Bell.",
            "Councillor Cole moved an amendment as follows:",
            "1. Close the quay in the winter only.",
            "The amendment was seconded by Councillor Dunn.",
            "Members spoke about the winter trade at some length.",
            "On being put to the vote the amendment was LOST (2 voting for, 7 against).",
            "On being put to the vote the recommendations were CARRIED (6 for, 3 against).",
            "RESOLVED that the quay be closed.",
        )
    )
    assert (lost.outcome, lost.mover, lost.seconder, lost.votes) == (
        "lost",
        "Councillor Cole",
        "Councillor Dunn",
        Votes(2, 7, 0),
    )
    assert "winter only" in lost.text
    assert (carried.outcome, carried.mover, carried.votes) == ("resolved", "Councillor Ash", Votes(6, 3, 0))


def test_what_became_of_a_motion_is_quoted_with_its_words_and_without_the_debate() -> None:
    (lost, carried, resolved) = decided(
        item(
            "9",
            "Quay",
            "Councillor Ash moved the motion, seconded by Councillor Bell:",
            "“Motion 4",
            "That the quay be closed in the winter.”",
            "Members spoke about the winter trade at some length.",
            "On being put to the vote the motion was LOST (4 voting for, 5 against).",
            "Councillor Cole moved an amendment as follows:",
            "“Close the slipway only.”",
            "Members spoke about the slipway.",
            "On being put to the vote the amendment was CARRIED unanimously.",
            "RESOLVED that the slipway be closed.",
        )
    )
    assert [one.outcome for one in (lost, carried, resolved)] == ["lost", "resolved", "resolved"]
    assert lost.text == (
        "Councillor Ash moved the motion, seconded by Councillor Bell:\n“Motion 4\nThat the quay be closed in the"
        " winter.”\nOn being put to the vote the motion was LOST (4 voting for, 5 against)."
    )
    assert carried.text == (
        "Councillor Cole moved an amendment as follows:\n“Close the slipway only.”\n"
        "On being put to the vote the amendment was CARRIED unanimously."
    )


@pytest.mark.parametrize("fate", ["The motion fails.", "Motion failed 2-3."])
def test_a_motion_that_fails_or_dies_is_lost_and_the_next_is_another(fate: str) -> None:
    entries = decided(
        item(
            "7",
            "LICENCE",
            f"Councilmember Ames moved to deny the licence, seconded by Councilmember Bard. {fate}",
            "Councilmember Cato moved and Councilmember Dahl seconded to grant the licence. Motion carried 4-1.",
        )
    )
    assert [one.outcome for one in entries] == ["lost", "resolved"]


def test_a_label_with_a_letter_that_stands_alone_ends_no_resolution() -> None:
    (one,) = decided(item("7", "PERMITS", "It was APPROVED", "2b. Residents - Approved all permits.", "Tea was had."))
    assert one.text == "It was APPROVED\n2b. Residents - Approved all permits."


def test_that_something_was_proposed_and_seconded_alone_decides_nothing() -> None:
    assert decided(item("9", "Chair", "It was proposed and seconded that Councillor Ash chair the meeting.")) == ()


def test_a_sentence_goes_on_behind_the_lines_at_the_edges_of_two_pages() -> None:
    (one,) = decided(
        item(
            "9",
            "FERRY",
            "RESOLVED that the ferry be sold to the firm",
            "Minutes of the Harbour Board",
            "\f",
            "Item\tDiscussion\tAction",
            "that had built it.",
            "Mr Pell thanked the crew.",
        )
    )
    assert one.text == "RESOLVED that the ferry be sold to the firm\nthat had built it."


def test_a_verb_of_deciding_in_capitals_decides_wherever_the_sentence_has_it() -> None:
    entries = decided(item("9", "POLICIES", "The policy on mud was APPROVED, with a change to section 6."))
    assert [one.outcome for one in entries] == ["approved"]


def test_what_was_only_considered_or_told_in_a_list_is_not_decided() -> None:
    talk = ("The Clerk told of these matters:", "• Slipway", "• Council finances.")
    considered = ("The Council considered the following policies:", "(i) Mud", "(ii) Sand")
    (one,) = decided(item("9", "REPORT", *talk), item("10", "POLICIES", *considered, "RESOLVED: To adopt them."))
    assert (one.item, one.text) == ("10", "RESOLVED: To adopt them.")


def test_entries_of_a_correction_that_name_the_items_they_change_are_its_limbs() -> None:
    lead = "The minutes were agreed as accurate subject to the following changes:"
    entries = ("Item 6.1 – for mud read sand.", "Item 6.2 – the Board agreed to wait.")
    (one,) = decided(item("3", "MINUTES", lead, *entries))
    assert one.text == "\n".join((lead, *entries))


def test_what_a_record_decides_is_quoted_without_the_label_of_its_form() -> None:
    head = ("RECORD OF DECISION", "Decision taken by: Councillor A Poe, Cabinet Member for Mud", "Subject: Mud")
    lines = [*head, "Decision", "That the mud be dredged.", "Reasons for decision", "It is deep."]
    made = document(lines)
    entries = decisions(made.pages, division(made, describe(made, "decision.pdf", "0" * 64, {})))
    assert [one.text for one in entries] == ["That the mud be dredged."]


def test_a_decision_goes_on_behind_the_cell_that_names_who_acts_and_a_limb_to_the_end_of_its_paragraph() -> None:
    gift = ("It was agreed that a small gift be passed on to\tJS", "Mr Roe.", "The ferry was late.")
    lead = "The Board agreed the following:"
    limbs = (
        "• Look at the main points in a summary. This could be used for staff.",
        "• Sell the plan to other boards.",
    )
    entries = decided(item("9", "GIFT", *gift), item("10", "PLAN", lead, *limbs, "The ferry was late."))
    assert [one.text for one in entries] == [
        "It was agreed that a small gift be passed on to\nMr Roe.",
        "\n".join((lead, *limbs)),
    ]


def test_the_letter_of_a_forms_line_is_no_items_number() -> None:
    entries = decided(
        item("(a)", "Subject:\tNew quay (agenda item 9)", "RESOLVED: That the quay be built."),
        item("(a)", "Subject:\tOld quay (agenda item 10)", "RESOLVED: That the quay be sold."),
    )
    assert [(one.item, one.title) for one in entries] == [("9", "New quay"), ("10", "Old quay")]


def test_an_amendment_that_is_carried_in_a_paragraph_behind_who_seconded_it_keeps_its_words_and_its_vote() -> None:
    charge = "1. Implement a charge by the price index only. Refer the new charge to the working group."
    entries = decided(
        item(
            "9",
            "CHARGES",
            "The recommendation was moved by Councillor Pell and seconded by Councillor Quill.",
            "Members spoke of the charges at the quay.",
            "Councillor Roach moved an amendment to the report as follows;",
            charge,
            "The amendment was seconded by Councillor Stone. On being put to the vote the amendment was CARRIED (7"
            " members voting in favour, 0 against with 2 abstentions)",
            "The recommendation as amended was then put to the vote and was CARRIED unanimously.",
            "It was APPROVED:",
            charge,
        )
    )
    assert [(one.mover, one.seconder, one.votes, [limb.label for limb in one.limbs]) for one in entries] == [
        ("Councillor Roach", "Councillor Stone", Votes(7, 0, 2), ["1."]),
        ("Councillor Pell", "Councillor Quill", None, ["1."]),
    ]


def test_a_recommendation_quoted_behind_who_moved_it_and_lost_is_one_decision() -> None:
    moved = "Recommendation 4C was moved by Councillor Pell and seconded by Councillor Quill."
    quoted = ("“Recommendation 4c", "Approves the removal of the free mooring at all quays.”")
    lost = "On being put to the vote the recommendation was LOST (4 members voting in favour, 5 against)."
    (one,) = decided(item("9", "CHARGES", moved, *quoted, "Members asked for more work on the matter.", lost))
    assert (one.outcome, one.mover, one.votes) == ("lost", "Councillor Pell", Votes(4, 5))
    assert one.text == "\n".join((moved, *quoted, lost))


def test_a_sentence_that_goes_on_in_its_cell_is_one_decision() -> None:
    words = "It was agreed that JS would write to the warden", "of the harbour to tell him that the flag is kept.\tJS"
    (block,) = placed(document([" ".join(words)]).pages)
    marks = [Marked(Unit(0, 1, at, at + 1, text, at, 2, True), "decision", 1.0) for at, text in enumerate(words)]
    (one,) = resolutions(Minutes((block,), tuple(marks), ()), marks)
    assert one.units == (0, 1)


def test_resolutions_on_applications_in_a_list_are_one_each() -> None:
    lines = (
        "• RESOLVED: That the council has no objection to it",
        "• 23/101 Shed at the pier",
        "• RESOLVED: That it be refused",
    )
    blocks = placed(document([*lines]).pages)
    labels: tuple[Label, ...] = ("decision", "decision+", "decision+")
    marks = settled([Marked(unit, label, 0.7) for unit, label in zip(units(blocks), labels, strict=True)])
    assert [one.units for one in resolutions(Minutes(blocks, marks, ()), marks)] == [(0,), (2,)]
