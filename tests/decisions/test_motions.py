"""Motions beside other motions: each keeps its own mover, vote and fate."""

from __future__ import annotations

import pytest

from indexer.decisions.extract import decisions
from indexer.decisions.minuted import Resolution, resolutions
from indexer.decisions.motions import enough, settled
from indexer.decisions.ties import Tied, tied
from indexer.labelling.marks import Marked
from indexer.labelling.training.manuscripts import manuscript
from indexer.labelling.units import Label, Unit, units
from indexer.layout.blocks import placed
from indexer.provenance.describe import describe
from indexer.records import Decision, Document, Votes
from indexer.structure.minutes import Minutes
from indexer.structure.sections import sections
from tests.makers.paper_maker import page

HEAD = """\
h WESTMARCH COUNTY COUNCIL
h Minutes of a meeting of the County Council held at Shire Hall on Thursday 14 December 2023
p PRESENT: Councillor Rosalind Peake (Chairman), Councillors D Abbot, C Bain, M Cottrell, S Drury, E Eames
i* 61 MINUTES
d RESOLVED that the minutes of the meeting held on 12 October 2023 be signed as a correct record.
i* 62 NOTICES OF MOTION
"""
END = "i* 63 DATE OF NEXT MEETING\nt The next meeting is on 7 March.\nc The meeting ended at 2.05 pm."


def on_motions(lines: str) -> list[Decision]:
    """The decisions under the heading of the motions."""
    pages = manuscript("motions", HEAD + lines + END).pages
    document = Document("docx", False, pages)
    parts = sections(document, describe(document, "minutes.docx", "0" * 64, {}))
    return [one for one in decisions(pages, parts) if one.item == "62"]


def test_the_vote_after_a_closure_motion_is_the_motions_own() -> None:
    found = on_motions(
        "t Councillor Joyner moved the following motion, which was seconded by Councillor Eames:\n"
        't "This Council has no confidence in the Cabinet Member for Highways."\n'
        "t Councillor Drury moved, and Councillor Cottrell seconded, that the question be now put, which was agreed.\n"
        "&t There voted for the motion 4 and against 10. The motion was accordingly LOST.\n"
    )
    assert sorted((one.outcome, one.mover, one.seconder, one.votes) for one in found) == [
        ("agreed", "Councillor Drury", "Councillor Cottrell", None),
        ("lost", "Councillor Joyner", "Councillor Eames", Votes(4, 10)),
    ]


def test_a_motion_quoted_and_carried_later_is_one_decision_with_its_words() -> None:
    found = on_motions(
        "t Councillor Fielding moved, and Councillor Ince seconded, the following motion:\n"
        't "This Council asks the Chief Executive to write to the Minister."\n'
        "t On being put to the vote the motion was CARRIED.\n"
    )
    said = (
        "Councillor Fielding moved, and Councillor Ince seconded, the following motion: "
        '"This Council asks the Chief Executive to write to the Minister." '
        "On being put to the vote the motion was CARRIED."
    )
    assert [(one.text.replace("\n", " "), one.mover, one.seconder) for one in found] == [
        (said, "Councillor Fielding", "Councillor Ince")
    ]


def test_a_motion_and_its_amendment_have_each_the_vote_before_their_end() -> None:
    found = on_motions(
        "t It was moved by Councillor Garrod and seconded by Councillor Bain:\n"
        't "That the council tax support scheme be continued without change."\n'
        "t It was moved by Councillor Eames and seconded by Councillor Joyner as an amendment:\n"
        "t \"That the words 'without change' be deleted.\"\n"
        "t A recorded vote on the amendment was taken, as follows:\n"
        "t For: Councillors Eames, Fielding, Joyner (3)\n"
        "t Against: Councillors Abbot, Bain, Cottrell, Drury (4)\n"
        "t The amendment was LOST.\n"
        "t The substantive motion was then put and a recorded vote was taken:\n"
        "t For: Councillors Abbot, Bain, Cottrell, Drury (4)\n"
        "t Against: Councillors Eames, Fielding, Joyner (3)\n"
        "t The motion was CARRIED and it was RESOLVED accordingly.\n"
    )
    assert [(one.outcome, one.mover, one.votes) for one in found] == [
        ("resolved", "Councillor Garrod", Votes(4, 3)),
        ("lost", "Councillor Eames", Votes(3, 4)),
    ]


def test_a_motion_that_was_lost_lends_neither_vote_nor_mover_to_the_resolution_after_it() -> None:
    found = on_motions(
        "t It was proposed by Councillor Dhillon and seconded by Councillor Nunn that the precept be vetoed. "
        "On being put to the vote this was lost: 2 for, 5 against.\n"
        "t RESOLVED that the proposed precept be supported.\n"
    )
    assert [(one.outcome, one.mover, one.seconder, one.votes) for one in found] == [
        ("lost", "Councillor Dhillon", "Councillor Nunn", Votes(2, 5)),
        ("agreed", "", "", None),
    ]


def test_a_motion_that_was_put_and_carried_is_a_decision_whatever_its_verb() -> None:
    found = on_motions(
        "t Motion by Hsu, second by Ortega, to place the tentative budget on public display for thirty days. "
        "Roll call: Ayes - Becker, Hsu, Ortega, Dunham. Nays - Tillis, Ames. Motion carried 4-2.\n"
    )
    assert [(one.mover, one.seconder, one.votes) for one in found] == [("Hsu", "Ortega", Votes(4, 2))]


def test_a_proposal_that_was_agreed_to_stands_beside_the_resolution_after_it() -> None:
    found = on_motions(
        "t It was proposed by Mr Cator, seconded by Mrs Bunn and unanimously agreed to approve an increase of 1.9%.\n"
        "t RESOLVED that the rates and levies be made and sealed.\n"
    )
    assert [(one.mover, one.seconder) for one in found] == [("Mr Cator", "Mrs Bunn"), ("", "")]


MOVED = "t Proposed by Councillor {}, seconded by Councillor {}.\n"
FERRY, PIER = "d RESOLVED that the ferry be sold.\n", "d RESOLVED that the pier be painted.\n"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            FERRY + MOVED.format("Abbot", "Bain") + PIER + MOVED.format("Cottrell", "Drury"),
            [("Councillor Abbot", "Councillor Bain"), ("Councillor Cottrell", "Councillor Drury")],
        ),
        (
            MOVED.format("Abbot", "Bain") + FERRY + MOVED.format("Cottrell", "Drury") + PIER,
            [("Councillor Abbot", "Councillor Bain"), ("Councillor Cottrell", "Councillor Drury")],
        ),
        (FERRY + MOVED.format("Abbot", "Bain") + PIER, [("", ""), ("", "")]),
    ],
    ids=["after", "before", "between"],
)
def test_who_moved_is_printed_on_one_side_of_resolutions_and_may_be_said_of_neither(
    lines: str, names: list[tuple[str, str]]
) -> None:
    found = on_motions(lines)
    assert [(one.mover, one.seconder) for one in found] == names
    assert [one.doubts for one in found] == ([()] * 2 if any(names[0]) else [("mover",)] * 2)


def test_who_seconded_is_told_between_the_words_of_an_amendment_and_what_became_of_it() -> None:
    lines: tuple[tuple[Label, str], ...] = (
        ("decision", "Councillor Eames moved an amendment to the report as follows:"),
        ("decision+", "Approve the charge at the quay, subject to free parking at the slipway."),
        ("mover", "The amendment was seconded by Councillor Drury."),
        ("text", "Councillor Bain said that people who cannot walk far would be shut out."),
        ("decision", "On being put to the vote the amendment was LOST (2 members in favour and 7 against)."),
    )
    marks = [Marked(Unit(at, 1, 0, 1, text, 0, 1, True), label, 1.0) for at, (label, text) in enumerate(lines)]
    assert tied(marks, [Resolution((0, 1, 4), None)], [0]) == (
        Tied("Councillor Eames", "Councillor Drury", Votes(2, 7)),
    )


def test_the_vote_on_the_motion_is_not_that_on_an_amendment_which_found_no_seconder() -> None:
    texts = ("Amendment by Mr Pell: to cut it in June. No seconder.", "The motion was then carried by 3 votes to 1.")
    marks = [Marked(Unit(0, 1, 0, 1, text, at, 2, True), "decision", 1.0) for at, text in enumerate(texts)]
    assert tied(marks, [Resolution((0, 1), None)], [0]) == (Tied(),)


def test_what_decides_below_a_table_that_a_decision_lists_is_another_decision() -> None:
    texts = ("Payments approved as listed:", "S Lloyd\tSalary\t£402.00", "Accounts approved and signed.", "(b) Mud")
    labels: tuple[Label, ...] = ("decision", "decision+", "decision+", "decision+")
    units = [Unit(at, 1, 0, 1, text, 0, 1, True) for at, text in enumerate(texts)]
    marks = [Marked(unit, label, 1.0) for unit, label in zip(units, labels, strict=True)]
    assert [mark.label for mark in settled(marks)] == ["decision", "decision+", "decision", "decision+"]


def test_a_resolution_goes_on_where_it_says_be_it_further() -> None:
    lines = ("RESOLVED, that the loader be sold; and be it further", "RESOLVED, that the money be set aside.")
    (one,) = on_motions("".join(f"d {line}\n" for line in lines))
    assert one.text == "\n".join(lines)


def test_without_a_word_of_deciding_a_sentence_needs_less_of_the_model_than_a_name() -> None:
    told = {text: [Marked(Unit(0, 1, 0, 1, text, 0, 1, True), "decision", sure) for sure in (0.5, 0.8, 0.95)]
            for text in ("Mud", "A bench will be bought.")}  # fmt: skip
    assert {text: [enough(mark) for mark in marks] for text, marks in told.items()} == {
        "Mud": [False, False, True],
        "A bench will be bought.": [False, True, True],
    }


def test_a_word_on_a_motion_is_quoted_with_it_though_who_seconded_is_a_sentence_between() -> None:
    said = "Mr Pell proposed painting the pier. Mr Quill seconded. Agreed unanimously."
    (one,) = on_motions(f"t {said}\n")
    assert (one.text, one.mover, one.seconder) == (said, "Mr Pell", "Mr Quill")


def test_a_table_under_a_resolution_is_no_part_of_it_unless_its_words_announce_one() -> None:
    table = "t Payee | Detail | Amount\nt S Lloyd | Salary | £402.00\n"
    plain = on_motions(f"t RESOLVED that the budget for the year be approved.\n{table}")
    announced = on_motions(f"t RESOLVED that the following payments be approved:\n{table}")
    assert [one.text for one in plain] == ["RESOLVED that the budget for the year be approved."]
    assert [one.text.count("\n") for one in announced] == [2]


def test_a_recommendation_and_the_resolution_on_it_are_one_decision() -> None:
    found = on_motions("t Recommendation: That the plan be approved.\nt RESOLVED: That the plan be approved.\n")
    assert [one.text for one in found] == [
        "Recommendation: That the plan be approved.\nRESOLVED: That the plan be approved."
    ]


def test_what_another_body_decided_is_no_decision_of_this_one() -> None:
    found = on_motions("t The Chief Executive reported that the City Council approved the agreement on 6 November.\n")
    assert found == []


def test_what_was_only_considered_or_moved_and_seconded_is_not_decided_however_sure_the_model_is() -> None:
    lines: tuple[tuple[Label, str], ...] = (
        ("decision", "The Council considered the following policies:"),
        ("decision+", "(i) Mud"),
        ("decision", "RESOLVED: To adopt the policies."),
        ("decision", "It was therefore proposed and seconded that Councillor Pell chair the meeting."),
        ("text", "The chair welcomed members."),
    )
    marks = [Marked(Unit(at, 1, 0, 1, text, 0, 1, True), label, 1.0) for at, (label, text) in enumerate(lines)]
    assert [mark.label for mark in settled(marks)] == ["text", "decision+", "decision", "text", "text"]


def test_two_motions_that_one_paragraph_settles_are_two_decisions_each_with_its_own_vote() -> None:
    lines: tuple[tuple[Label, str], ...] = (
        (
            "decision",
            "Cllr Roe moved and Cllr Poe seconded that the quay be bought, and this was lost by 4 votes to 6.",
        ),
        (
            "decision+",
            "It was then put by Cllr Fry and seconded by Cllr Bell that it be let, which 7 were for and 3 against.",
        ),
    )
    marks = [Marked(Unit(0, 1, 0, 1, text, at, 2, True), label, 1.0) for at, (label, text) in enumerate(lines)]
    assert [one.label for one in settled(marks)] == ["decision", "decision"]
    again = [
        *marks[:1],
        Marked(Unit(0, 1, 0, 1, "There were 4 votes for and 6 against.", 1, 2, True), "decision+", 1.0),
    ]
    assert [one.label for one in settled(again)] == ["decision", "decision+"]


def test_a_motion_as_amended_does_not_take_the_amendments_vote_and_mover() -> None:
    found = on_motions(
        "t Councillor Roe moved an amendment that the lights go off at 8 pm, seconded by Councillor Poe. "
        "Votes: 6 for, 5 against. Amendment carried. "
        "The motion as amended, to install the lights, was then carried nem con.\n"
    )
    assert [(one.mover, one.votes) for one in found][-1] == ("", None)


def test_who_moved_one_entry_of_a_list_did_not_move_another() -> None:
    lines: tuple[tuple[Label, str], ...] = (
        ("mover", "(a)\tPayments as listed were put, proposed Cllr Roe, seconded Cllr Poe."),
        ("text", "(b)\tThe bank statements were seen."),
        ("decision", "(c)\tRESOLVED to move £1,500 to utilities."),
    )
    marks = [Marked(Unit(at, 1, 0, 1, text, 0, 1, True), label, 1.0) for at, (label, text) in enumerate(lines)]
    assert tied(marks, [Resolution((2,), None)], [0]) == (Tied(),)
    unlisted = [
        Marked(Unit(0, 1, 0, 1, "Proposed by Cllr Roe, seconded by Cllr Poe.", 0, 1, True), "mover", 1.0),
        *marks[1:],
    ]
    assert tied(unlisted, [Resolution((2,), None)], [0]) == (Tied("Cllr Roe", "Cllr Poe"),)


@pytest.mark.parametrize(
    "text",
    [
        "On a vote, 2 members voted for the amendment and 4 for the motion, which was carried.",
        "Members therefore deferred the matter.",
        "Cllr Roe moved that it be paid, seconded Cllr Poe; an amendment by Mr Fry, seconded by Ms Bell, was carried.",
    ],
)
def test_who_moved_is_not_said_where_a_motion_or_an_amendment_may_be_meant(text: str) -> None:
    lines: tuple[tuple[Label, str], ...] = (
        ("mover", "Motion by Councillor Ames, seconded by Councillor Moar: to approve the transfers."),
        ("text", "Councillor Cole proposed an amendment to wait for a year."),
        ("decision", text),
    )
    marks = [Marked(Unit(at, 1, 0, 1, line, 0, 1, True), label, 1.0) for at, (label, line) in enumerate(lines)]
    (told,) = tied(marks, [Resolution((2,), None)], [0])
    assert (told.mover, told.seconder, told.doubts) == ("", "", ("mover",))


@pytest.mark.parametrize(("stem", "count"), [("It was agreed that a note be sent.", 1), ("It was agreed to:", 3)])
def test_bullets_belong_to_a_decision_only_where_it_leaves_room_for_them(stem: str, count: int) -> None:
    blocks = tuple(placed((page(1, stem, "• Funding would be sought for a second boat.", "• Nothing to report."),)))
    labels: tuple[Label, ...] = ("decision", "decision+", "text")
    marks = [Marked(unit, label, 0.95) for unit, label in zip(units(blocks), labels, strict=True)]
    (told,) = resolutions(Minutes(blocks, tuple(marks), ()), marks)
    assert len(told.units) == count
