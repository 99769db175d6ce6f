"""What somebody is to do: found in resolutions and action columns, with owner and deadline, and followed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.decisions.actions import actions
from indexer.decisions.reported import reports
from indexer.records import Decision, Filters, Limb, Span
from indexer.text.periods import due
from search.engine import Engine
from search.history import actions as followed
from search.terminal import answers, listings
from search.views.render import answers as pages
from search.views.render import card
from tests.makers.index_maker import TinyEncoder, put, run
from tests.makers.minutes_maker import item, minutes

DAY = date(2019, 3, 5)


@pytest.mark.parametrize(
    ("clause", "words", "day"),
    [
        ("That a report be brought back in six months.", "in six months", date(2019, 9, 5)),
        ("That it be published by 30 November 2019.", "by 30 November 2019", date(2019, 11, 30)),
        ("That it be done by the end of June 2019.", "by the end of June 2019", date(2019, 6, 30)),
        ("That it be done within 14 days.", "within 14 days", date(2019, 3, 19)),
        ("That it be reported to the next meeting.", "to the next meeting", None),
        ("JS to report to the July meeting. Due: 25 July 2019", "Due: 25 July 2019", date(2019, 7, 25)),
        ("That the weir of 1912 be kept.", "", None),
    ],
)
def test_a_deadline_is_read_as_it_is_put(clause: str, words: str, day: date | None) -> None:
    deadline = due(clause, DAY)
    assert (deadline.words if deadline else "", deadline.day if deadline else None) == (words, day)


def decided(text: str) -> Decision:
    """A decision of one clause that stands on a page of its own minutes."""
    pages, sections = minutes(item("1", "The weir", text))
    span = sections[1].spans[0]
    start = pages[0].text.index(text)
    where = type(span)(1, start, start + len(text))
    return Decision(0, 1, False, "resolved", text, (where,), (), "1", "The weir", sections[1].meeting)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("RESOLVED: That the harbour master be asked to mend the weir by 30 June 2024.", "the harbour master"),
        ("RESOLVED: That the Board asks the STP programme board to publish the plan.", "the STP programme board"),
        ("RESOLVED: That a report be brought back in six months.", ""),
        ("RESOLVED: That a plan be prepared by the Chief Engineer.", "the Chief Engineer"),
        ("That the report be received and Harbour Watch be asked to return in June.", "Harbour Watch"),
        ("RESOLVED that the Clerk obtain three quotations and report to the November meeting.", "the Clerk"),
        ("It was agreed that the Principal would report on tutoring in the spring.", "the Principal"),
        ("It was agreed to ask JS in the first instance why she wished the sum to be given.", ""),
        ("It was agreed that Cllr Ash would write to the owner.", "Cllr Ash"),
        ("RESOLVED: That the Clerk would consult the owner of the house.", "the Clerk"),
        ("RESOLVED: to consent to it and instruct the Clerk to tell the registry.", "the Clerk"),
        ("RESOLVED: That the quotation be accepted, and that the Clerk should renew the insurance.", "the Clerk"),
        ("That the clerk asks that any proposal to move the weir should come to the board.", ""),
    ],
)
def test_a_resolution_that_asks_for_something_is_an_action(text: str, owner: str) -> None:
    pages, sections = minutes(item("1", "The weir", text))
    assert [one.owner for one in actions(pages, sections, [decided(text)])] == [owner]


@pytest.mark.parametrize(
    "text",
    [
        "RESOLVED: That the report be noted.",
        "RESOLVED: That £500 be granted to the brass band.",
        "RESOLVED: That the officer recommendation be agreed.",
        "RESOLVED: That the Chair of the Panel is re-elected.",
        "RESOLVED: That the Council agree a request to Government for Fenmere to be in the programme.",
        "RESOLVED that Cabinet endorsed the draft budget to be presented to County Council on 13 February.",
        "It was agreed that the officer be authorised to sign the contract.",
        "The Board noted the report, which will inform the strategy.",
        "The Board were asked to sign the form and agreed.",
        "RESOLVED: That the new rate is approved and that the Clerk should remain on it.",
    ],
)
def test_what_is_only_noted_granted_or_said_beside_a_decision_leaves_nothing_to_do(text: str) -> None:
    pages, sections = minutes(item("1", "The weir", text))
    assert actions(pages, sections, [decided(text)]) == ()


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("The Clerk to the Board will send the accounts to the auditor.", "The Clerk to the Board"),
        ("In the meantime, AB and CD to meet the bank.", "AB and CD"),
        ("Notice Boards EF to seek quotes from joiners.", "EF"),
        ("Jack was asked to write to the donors.", "Jack"),
        ("Councillor Ann Ash kindly agreed to put up the tree.", "Councillor Ann Ash"),
        ("She undertook to report back.", ""),
        ("The form is being looked at and AB will report back.", "AB"),
        ("EF suggested another form and CD agreed to look into it.", "CD"),
        ("Heard. ACTION: A link to the report would be circulated.", ""),
        ("He came from Ash and Elm CAB to talk about work.", None),
        ("Members hoped that the Clerk would write to the council.", None),
        ("Mr Pike said that the council would repair the pier.", None),
        ("The Act requires that every board should publish its accounts.", None),
        ("The insurance would still cover the pier.", None),
        ("It was suggested that somebody should be asked to mend it.", None),
        ("Access to services is a priority.", None),
        ("Bill Roe had agreed to act as returning officer.", None),
        ("Could the Clerk write to them?", None),
        ("Members agreed to refer the plan to the Council.", None),
        ("Nothing to report.", None),
    ],
)
def test_talk_is_an_action_only_where_somebody_is_charged_or_takes_it_on(line: str, owner: str | None) -> None:
    pages, sections = minutes(item("1", "The weir", "It had rained.", line))
    assert [one.owner for one in actions(pages, sections, [])] == ([] if owner is None else [owner])


def test_a_label_behind_one_word_closes_the_sentence_before_it() -> None:
    lines = ("A shed was looked at. Its size is to be settled first. AGREED", "ACTION: KC")
    pages, sections = minutes(item("1", "Shed", *lines))
    assert [(one.text, one.owner) for one in actions(pages, sections, [])] == [
        ("Its size is to be settled first. AGREED", "KC")
    ]


def test_action_columns_and_labels_name_who_is_to_do_what() -> None:
    pages, sections = minutes(
        item(
            "1",
            "Hedges",
            "Items\tAction",
            "The hedge was too high. The council would be written to.\tJS/RW",
            "It rained.",
            "The stile is broken. It will be mended in two weeks.",
            "ACTION: KC",
            "Action: JR to write to the county council",
        )
    )
    told = [(one.text, one.owner, one.due) for one in actions(pages, sections, [])]
    assert told == [
        ("The council would be written to.", "JS/RW", ""),
        ("It will be mended in two weeks.", "KC", "in two weeks"),
        ("JR to write to the county council", "JR", ""),
    ]


def test_an_action_in_brackets_is_the_sentence_before_and_not_its_owner() -> None:
    pages, sections = minutes(item("1", "Buses", "Councillor Weir agreed to ask the bus company.", "(ACTION: EP)"))
    told = [(one.text, one.owner) for one in actions(pages, sections, ())]
    assert told == [("Councillor Weir agreed to ask the bus company.", "EP")]


def test_an_action_that_began_in_the_line_before_is_whole() -> None:
    pages, sections = minutes(
        item("1", "Hedges", "Items\tAction", "It was high. JS would write", "to the county council. JS")
    )
    assert [(one.text, one.owner) for one in actions(pages, sections, [])] == [
        ("JS would write\nto the county council.", "JS")
    ]


def test_an_action_whose_line_is_cut_by_initials_goes_on_in_the_next() -> None:
    pages, sections = minutes(
        item("1", "Hedges", "Items\tAction", "It was high. JS to write to\tJS", "the county council. It rained.")
    )
    assert [(one.text, one.owner) for one in actions(pages, sections, [])] == [
        ("JS to write to\nthe county council.", "JS")
    ]


def test_what_stands_beside_initials_and_is_nobodys_to_do_is_no_action() -> None:
    lines = (
        "The hedge was too high.\tJS",
        "JS would write to the farmer. He had been away.\tJS",
        "Hedges - no progress.\tKC",
    )
    pages, sections = minutes(item("1", "Hedges", "Items\tAction", *lines))
    assert [(one.text, one.owner) for one in actions(pages, sections, [])] == [("JS would write to the farmer.", "JS")]


def test_a_line_that_the_model_takes_for_an_action_names_its_owner() -> None:
    talk = "The hedge was high. JS would write to the county council."
    pages, sections = minutes(item("1", "Hedges", talk, "Councillor Ash agreed to speak to the farmer."))
    assert [one.owner for one in actions(pages, sections, [])] == ["JS", "Councillor Ash"]


def test_a_papers_own_resolution_is_not_reported_twice() -> None:
    text = "The Harbour Board agreed the plan for the quay in May 2023."
    pages, sections = minutes(item("1", "The weir", text))
    assert [one.actor for one in reports(pages, sections, [])] == ["The Harbour Board"]
    assert reports(pages, sections, [decided(text)]) == ()


HEAD = (
    "# Fenmere Borough Council\n\nMinutes of the meeting of the Harbour Committee held on Tuesday {day}\n\n"
    "PRESENT: Councillor A. Pike (Chair) and Councillor B. Roach\n\n"
)


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of two meetings."""
    monkeypatch.chdir(tmp_path)
    march = HEAD.format(day="5 March 2019") + (
        "## 42. DREDGING OF THE CHANNEL\n\nHeard.\n\nRESOLVED: That a report be brought back in two months.\n\n"
        "## 43. BRASS BAND HALL\n\nIt leaks.\n\nRESOLVED: That the clerk be asked to mend the roof by 1 April 2019.\n"
    )
    june = HEAD.format(day="4 June 2019") + (
        "## 51. DREDGING OF THE CHANNEL\n\nHeard.\n\nRESOLVED: That the tender be published by the clerk.\n"
    )
    put(tmp_path / "papers", march=march, june=june)
    run(tmp_path / "archive")
    return tmp_path / "archive"


def test_actions_are_found_open_or_without_anything_later(harbour: Path) -> None:
    with Archive.open(harbour) as archive:
        listed = followed.actions(archive, Filters())
        told = [(one.stored.section.number, one.state, one.overdue, one.reason) for one in listed]
        assert told == [
            ("51", "nothing later held", False, ""),
            ("42", "found", False, "the same heading"),
            ("43", "open", True, ""),
        ]
        assert [one.stored.action.owner for one in followed.actions(archive, Filters(), ["open"])] == ["the clerk"]
        assert followed.actions(archive, Filters(date_from=date(2020, 1, 1))) == []
        assert "OPEN, overdue: BRASS BAND HALL" in listings.actions(listed)
        assert followed.to_json(listed[1])["due_by"] == "2019-05-05"


def test_a_question_for_what_is_outstanding_is_answered_by_the_actions(harbour: Path) -> None:
    encoder = TinyEncoder()
    with Archive.open(harbour, encoder.identity) as archive:
        engine = Engine(archive, encoder)
        answered = engine.ask("What is still outstanding from the Harbour Committee?")
        assert answered.actions is not None
        assert answered.actions.counted == (
            "2 actions: 1 on which no later decision is held, "
            "1 of a last meeting held, so what became of it is not known"
        )
        assert [one.text for one in answered.answer] == [
            "RESOLVED: That the tender be published by the clerk.",
            "RESOLVED: That the clerk be asked to mend the roof by 1 April 2019.",
        ]
        of_march = engine.ask("Which actions from March 2019 are there?").actions
        assert of_march is not None
        assert [one.stored.section.number for one in of_march.actions] == ["42", "43"]
        since_march = engine.ask("What is still outstanding from the March meeting?")
        assert since_march.follow_up is not None
        assert since_march.follow_up.question == "What is still outstanding from the March 2019 meeting?"
        assert since_march.actions is not None
        assert [one.stored.section.number for one in since_march.actions.actions] == ["43"]
        on_roof = engine.ask("What is still outstanding on the brass band hall?").actions
        assert on_roof is not None
        assert [one.stored.section.number for one in on_roof.actions] == ["43"]
        assert engine.ask("What is still outstanding on the airport?").actions is None
        assert card.card(answered).headline == f"{answered.actions.counted}."
        assert "<li>nothing later held, 4 June 2019, DREDGING OF THE CHANNEL. Who: the clerk" in pages.lines_html(
            answered
        )
        assert "1. nothing later held, 4 June 2019, DREDGING OF THE CHANNEL" in answers.answered(answered)


def test_the_last_meeting_is_the_last_with_minutes_whether_or_not_it_has_actions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    march = (
        HEAD.format(day="5 March 2019") + "## 43. HALL\n\nIt leaks.\n\nRESOLVED: That the clerk be asked to mend it.\n"
    )
    june = HEAD.format(day="4 June 2019") + "## 51. PIER\n\nHeard.\n\nRESOLVED: That the report be noted.\n"
    put(tmp_path / "papers", march=march, june=june)
    run(tmp_path / "archive")
    encoder = TinyEncoder()
    body = "Harbour Committee (Fenmere Borough Council)"
    told = f"In the last minutes held, those of {body} of 4 June 2019, no action was found"
    with Archive.open(tmp_path / "archive", encoder.identity) as archive:
        engine = Engine(archive, encoder)
        last = engine.ask("Which actions are outstanding from the last meeting?")
        assert last.actions is not None
        assert last.actions.counted == (
            f"{told}; the last with some are those of 5 March 2019. 1 action: 1 on which no later decision is held"
        )
        assert [one.text for one in last.answer] == ["RESOLVED: That the clerk be asked to mend it."]
        of_june = engine.ask("Which actions from June 2019 are still open?")
        assert (of_june.status, of_june.answer) == ("not_found", ())
        assert of_june.lacking == ("No action in June 2019 was found.",)
        assert "No action in June 2019 was found." in answers.answered(of_june)
        assert pages.lines_html(of_june) == ""


def test_a_heading_of_every_agenda_shows_nothing_of_what_became_of_an_action(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "## {number}. TREASURER'S REPORT\n\nHeard.\n\nRESOLVED: That {what}.\n"
    days = ("5 March 2019", "4 June 2019", "3 September 2019", "3 December 2019")
    tasks = ("the clerk be asked to mend the roof", "the bank be thanked", "the report be noted", "the fees be paid")
    put(
        tmp_path / "papers",
        **{
            f"m{number}": HEAD.format(day=day) + text.format(number=40 + number, what=what)
            for number, (day, what) in enumerate(zip(days, tasks, strict=True))
        },
    )
    run(tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        assert [(one.state, one.reason) for one in followed.actions(archive, Filters())] == [("open", "")]


def test_who_is_to_do_what_is_decided_may_be_named_by_the_initials_beside_it_alone() -> None:
    text = "It was agreed to ask the owner to mend the gate."
    pages, sections = minutes(item("1", "Gates", "Items\tAction", f"{text}\tKC"))
    start = pages[0].text.index(text)
    spans = (Span(1, start, start + len(text)),)
    decision = Decision(0, 1, False, "resolved", text, spans, (), "1", "Gates", sections[1].meeting)
    assert [(one.text, one.owner, one.decision) for one in actions(pages, sections, [decision])] == [(text, "KC", 0)]


def test_what_precedes_the_parts_of_a_resolution_may_be_the_action() -> None:
    text = "RESOLVED: That the Clerk should respond as follows: (a) the plan is too large, and (b) the road is narrow."
    pages, sections = minutes(item("1", "The weir", text))
    start = pages[0].text.index(text)
    limbs = tuple(
        Limb(label, part, (Span(1, start + text.index(part), start + text.index(part) + len(part)),))
        for label, part in (("(a)", "the plan is too large"), ("(b)", "the road is narrow"))
    )
    told = [one.owner for one in actions(pages, sections, [replace(decided(text), limbs=limbs)])]
    assert told == ["the Clerk"]


def test_what_another_takes_on_beside_initials_is_theirs_to_do() -> None:
    pages, sections = minutes(item("1", "Hedges", "Items\tAction", "KP agreed to speak to the farmer.\tMC"))
    assert [one.owner for one in actions(pages, sections, [])] == ["KP"]


def test_a_label_is_no_part_of_who_is_to_do_it() -> None:
    pages, sections = minutes(item("1", "Hedges", "Hedges were discussed.", "ACTION: Officers to write to the owner."))
    assert [one.owner for one in actions(pages, sections, [])] == ["Officers"]


def test_a_scan_of_which_nothing_could_be_read_has_no_actions() -> None:
    assert actions((), (), ()) == ()


def test_who_is_to_act_is_the_initials_alone_and_no_words_before_them() -> None:
    pages, sections = minutes(
        item("1", "Hedges", "In future, GD agreed to circulate the police report to all members.")
    )
    assert [one.owner for one in actions(pages, sections, [])] == ["GD"]
