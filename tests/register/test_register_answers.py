"""Questions that the register answers: lists of decisions with head lines, what is not held, votes and movers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.records import Change, Filters, Reading, Span, Votes
from search.contents import Contents
from search.engine import Engine
from search.history import changed
from search.question.query import Query, parse
from search.register.head import of_decision
from search.register.wish import detail, wish
from search.results import Answered
from search.terminal import answers
from tests.makers.library_maker import MemoryLibrary
from tests.makers.matters_maker import archive, meeting, minutes, report

BOARDS = ("Cabinet", "Harbour Board")
MAY = minutes(
    "may.pdf",
    meeting("2031-05-14"),
    [
        ("11", "Ferry fares", "RESOLVED that the fares be frozen until the spring."),
        ("12", "Update on the mole", "RESOLVED that this update be noted."),
        ("13", "Lighthouse", "The matter of the lighthouse was deferred to June."),
    ],
)
JUNE = minutes(
    "june.pdf", meeting("2031-06-11"), [("21", "Lighthouse", "RESOLVED that the lighthouse be painted white and red.")]
)
JULY = report("july.pdf", "Slipway charges", meeting("2031-07-09"), asked="That the slipway charges be doubled.")


def ask(folder: Path, question: str, *readings: Reading, limit: int = 10) -> tuple[list[str], Engine]:
    held, encoder = archive(folder, *readings)
    engine = Engine(held, encoder)
    answered = engine.ask(question, limit=limit)
    return answers.answered(answered).split("\n"), engine


@pytest.mark.parametrize(
    "question",
    [
        "What was agreed on 14 May 2031?",
        "Which decisions were made in May 2031?",
        "What did cabinet decide at its meeting in May 2031?",
        "what resolutions were passed on 14.05.2031",
        "Show me everything that the Cabinet approved between 1 May 2031 and 30 May 2031",
    ],
)
def test_a_question_of_days_alone_lists_every_decision_of_them_in_agenda_order(tmp_path: Path, question: str) -> None:
    _, engine = ask(tmp_path, question, MAY, JUNE, JULY)
    answered = engine.ask(question)
    assert answered.listed is not None
    assert [head.text for head in answered.listed.heads] == [
        "Resolved by Cabinet (Ashshire County Council) on 14 May 2031: item 11, Ferry fares. Draft minutes.",
        "Resolved by Cabinet (Ashshire County Council) on 14 May 2031: item 12, Update on the mole. Draft minutes.",
        "Deferred by Cabinet (Ashshire County Council) on 14 May 2031: item 13, Lighthouse. Draft minutes.",
    ]
    assert answered.listed.counted == "3 decisions of 1 meeting (14 May 2031), 1 deferred"
    assert answered.listed.beginnings == [sentence.text for sentence in answered.answer]
    assert [(sentence.text, answered.hits[sentence.hit - 1].item) for sentence in answered.answer] == [
        ("RESOLVED that the fares be frozen until the spring.", "11"),
        ("RESOLVED that this update be noted.", "12"),
        ("The matter of the lighthouse was deferred to June.", "13"),
    ]


def test_the_last_meeting_is_the_last_one_with_minutes_and_later_ones_are_named(tmp_path: Path) -> None:
    question = "What did cabinet decide at its last meeting?"
    _, engine = ask(tmp_path, question, MAY, JUNE, JULY)
    listed = engine.ask(question).listed
    assert listed is not None
    assert [row.decision.item for row in listed.decisions] == ["21"]
    assert listed.lacking == (
        "The minutes of Cabinet (Ashshire County Council) of 9 July 2031 are not in the archive.",
    )


def test_a_meeting_without_minutes_gets_no_answer_and_says_so(tmp_path: Path) -> None:
    question = "What was agreed in July 2031?"
    _, engine = ask(tmp_path, question, MAY, JUNE, JULY)
    answered = engine.ask(question)
    assert (answered.status, answered.answer) == ("not_found", ())
    assert "The minutes of Cabinet (Ashshire County Council) of 9 July 2031 are not in the" in answers.answered(
        answered
    )


def test_days_of_which_nothing_is_held_are_said_with_the_nearest_meetings(tmp_path: Path) -> None:
    _, engine = ask(tmp_path, "What did Cabinet decide in April 2031?", MAY, JUNE)
    listed = engine.ask("What did Cabinet decide in April 2031?").listed
    assert listed is not None
    assert listed.lacking == (
        "No decision of Cabinet in April 2031 is held.",
        "The nearest meetings with papers in the archive are those of 14 May 2031.",
    )
    later = engine.ask("What did Cabinet decide since August 2031?").listed
    assert later is not None
    assert later.lacking[0] == "No decision of Cabinet since August 2031 is held."
    lost = engine.ask("Which decisions of Cabinet were withdrawn?").listed
    assert lost is not None
    assert lost.lacking == ("No decision of Cabinet recorded as withdrawn is held.",)


def test_what_was_deferred_is_told_by_the_outcome(tmp_path: Path) -> None:
    _, engine = ask(tmp_path, "x", MAY, JUNE)
    listed = engine.ask("What has the cabinet deferred?").listed
    assert listed is not None
    assert [row.decision.title for row in listed.decisions] == ["Lighthouse"]


def test_minutes_that_two_papers_print_are_listed_once(tmp_path: Path) -> None:
    again = minutes("pack.pdf", meeting("2031-06-11"), [
        ("21", "Lighthouse", "RESOLVED that the lighthouse be painted white and red."),
    ])  # fmt: skip
    _, engine = ask(tmp_path, "x", JUNE, again)
    listed = engine.ask("What was decided in June 2031?").listed
    assert listed is not None
    assert len(listed.decisions) == 1


AT_SEA = minutes(
    "sea.pdf",
    meeting("2031-06-20", authority="Norshire Council"),
    [("7", "Lighthouse", "RESOLVED that the lighthouse be sold.")],
)


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        (
            "What did the cabinet decide at its last meeting?",
            (
                "The question names no authority: this is from Cabinet (Norshire Council). "
                "Others have one too: Cabinet (Ashshire County Council)."
            ),
        ),
        (
            "What did cabinet decide in April 2031?",
            (
                "The question names no authority, and several have such a body: "
                "Cabinet (Ashshire County Council); Cabinet (Norshire Council)."
            ),
        ),
        (
            "What did the council decide at its last meeting?",
            (
                "The question names no authority: this is from Norshire Council. "
                "Others have one too: Ashshire County Council."
            ),
        ),
        ("What did cabinet decide in June 2031?", ""),  # both are listed
        ("What did the cabinet of Norshire decide at its last meeting?", ""),
        ("What did the county council of Ashshire decide at its last meeting?", ""),
        ("What was decided in May 2031?", ""),
        ("Who was co-opted onto the council?", ""),  # all were searched for it
    ],
)
def test_whose_body_is_answered_for_is_said_where_several_have_one(tmp_path: Path, question: str, whose: str) -> None:
    lines, engine = ask(tmp_path, question, MAY, JUNE, AT_SEA)
    answered = engine.ask(question)
    assert answered.whose == whose
    assert whose in answered.to_json()["note"]
    assert whose in " ".join(lines)
    assert engine.ask(question, Filters(authorities=("Norshire Council",))).whose == ""


def test_an_answer_of_another_body_than_the_one_asked_about_is_not_said_to_be_of_such_a_one(tmp_path: Path) -> None:
    trawler = [("4", "Trawler licences", "They were looked at.\nRESOLVED that trawler licences be free.")]
    trust = minutes("trust.pdf", meeting("2031-06-25", "Fishery Panel", "Westshire Trust"), trawler)
    _, engine = ask(tmp_path, "x", MAY, JUNE, AT_SEA, trust)
    answered = engine.ask("What did cabinet decide about trawler licences?")
    assert answered.answer[0].text.endswith("trawler licences be free.")
    assert answered.whose == ("No decision of Cabinet on it was found: this is from Fishery Panel (Westshire Trust).")


def test_a_body_that_is_asked_about_is_answered_for_before_another_that_says_more(tmp_path: Path) -> None:
    fares = [("4", "Ferry fares", "The ferry fares and the ferry were looked at.\nRESOLVED that ferry fares be free.")]
    trust = minutes("trust.pdf", meeting("2031-06-25", "Fishery Panel", "Westshire Trust"), fares)
    _, engine = ask(tmp_path, "x", MAY, JUNE, AT_SEA, trust)
    answered = engine.ask("What did cabinet decide about ferry fares?")
    assert [one.text for one in answered.answer] == [
        "11. Ferry fares\nRESOLVED that the fares be frozen until the spring."
    ]


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("Compare Ashshire and Dunmere on the lighthouse", "The archive holds no papers of “Dunmere”."),
        (
            "Compare Ashshire and Norshire on the slipway charges",
            "Nothing on it was found in the papers of Norshire Council.",
        ),
        ("Compare Ashshire and Norshire on the lighthouse", ""),
        ("Compare Dunmere and Ferrow on the lighthouse", ""),  # they may be two ferries
    ],
)
def test_a_side_of_a_comparison_that_is_not_held_or_says_nothing_is_named(
    tmp_path: Path, question: str, whose: str
) -> None:
    _, engine = ask(tmp_path, question, MAY, JUNE, JULY, AT_SEA)
    assert engine.ask(question).whose == whose


def test_the_board_is_no_authority_where_another_has_a_board_of_that_sort() -> None:
    names = ("Ashshire Safeguarding Board", "Norshire Council")
    asked = "What did the board decide?"
    assert parse(asked, boards=("Harbour Board",), authorities=names).authorities == ()
    assert parse(asked, boards=("Cabinet",), authorities=names).authorities == names[:1]


def test_a_body_that_the_archive_does_not_know_is_not_answered_for(tmp_path: Path) -> None:
    _, engine = ask(tmp_path, "x", MAY)
    answered = engine.ask("What did the licensing committee decide in May 2031?")
    assert answered.status == "not_found"
    assert answered.listed is not None
    assert answered.listed.lacking == ("The archive knows no body called “licensing committee”.",)


@pytest.mark.parametrize(
    "question",
    [
        "What did the board decide about ferry fares in May 2031?",
        "What did the Harbour Board decide about Cabinet in May 2031?",
        "What was decided?",
        "When did the cabinet meet in 2031?",
        "Why was 'the mole' agreed in 2031?",
        "How many houses were approved in 2031?",
    ],
)
def test_a_question_on_a_matter_or_of_no_decision_is_not_for_the_register(question: str) -> None:
    assert wish(parse(question, boards=BOARDS)) is None


def test_a_hyphened_body_of_which_only_a_part_is_named_is_no_matter() -> None:
    question = parse(
        "What was agreed at the last meeting of Otham parish council?", authorities=("Otham-with-Lea Parish Council",)
    )
    asked = wish(question)
    assert asked is not None
    assert (asked.authorities, asked.last) == (("Otham-with-Lea Parish Council",), True)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who moved the motion on the mole?", "mover"),
        ("and who seconded it?", "seconder"),
        ("Was the amendment on the mole carried?", "vote"),
        ("How did the council vote on the mole?", "vote"),
        ("What was the vote on ferry fares?", "vote"),
        ("Who is the chair?", ""),
        ("Who presented the report on the mole?", "presenter"),
        ("Who was presented with the mayor's award?", ""),
    ],
)
def test_a_vote_and_a_mover_are_told_from_other_questions(question: str, kind: str) -> None:
    assert detail(parse(question)) == kind


@pytest.mark.parametrize(("abstained", "said"), [(1, ", 1 abstained"), (0, "")])
def test_who_moved_is_answered_by_the_decision_that_prints_it(tmp_path: Path, abstained: int, said: str) -> None:
    first, *rest = MAY.decisions
    voted = replace(first, mover="Councillor Pike", seconder="Councillor Roach", votes=Votes(5, 2, abstained))
    _, engine = ask(tmp_path, "x", replace(MAY, decisions=(voted, *rest)), JUNE)
    answered = engine.ask("Who moved that the ferry fares be frozen until the spring?")
    assert answered.head is not None
    assert answered.head.text == (
        "Resolved by Cabinet (Ashshire County Council) on 14 May 2031: item 11, Ferry fares. "
        f"5 for, 2 against{said}. Moved by Councillor Pike, seconded by Councillor Roach. Draft minutes."
    )
    assert {field.page for field in answered.head.fields if field.name != "minutes"} == {1}
    assert [sentence.text for sentence in answered.answer] == ["RESOLVED that the fares be frozen until the spring."]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Who seconded that the ferry fares be frozen until the spring?",
            "The nearest decision held prints no seconder",
        ),
        ("Was the motion that the ferry fares be frozen carried?", "The nearest decision held prints no vote"),
        ("Who moved the motion on the lifeboat?", "The minutes held print no such decision."),
    ],
)
def test_a_mover_seconder_or_vote_that_no_minutes_print_is_said_to_be_missing(
    tmp_path: Path, question: str, said: str
) -> None:
    first, *rest = MAY.decisions
    moved = replace(first, mover="Councillor Pike")
    _, engine = ask(tmp_path, "x", replace(MAY, decisions=(moved, *rest)), JUNE)
    answered = engine.ask(question)
    assert (answered.status, answered.answer) == ("not_found", ())
    assert said in answers.answered(answered).replace("\n", " ")


def test_an_answer_that_would_not_be_shown_is_not_composed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, engine = ask(tmp_path, "x", MAY, JUNE)
    composed: list[str] = []
    compose = Engine._composed

    def counted(self: Engine, query: Query, *rest: Any) -> Answered:
        composed.append(query.text)
        return compose(self, query, *rest)

    monkeypatch.setattr(Engine, "_composed", counted)
    question = "Who moved that the ferry fares be frozen until the spring?"
    assert engine.ask(question).status == "not_found"
    assert composed == [question]


@pytest.mark.parametrize(
    ("question", "mover"),
    [
        ("Who moved the annual accounts at Cabinet in 2031?", "Councillor Pike"),
        ("Who moved the adoption of the annual accounts at the 2031 Cabinet?", "Councillor Pike"),
        ("Who moved the annual accounts at Cabinet in 2032?", None),
        ("Who moved the annual accounts at Cabinet in 2033?", None),
    ],
)
def test_a_year_that_is_asked_for_binds_the_meeting_whose_mover_is_given(
    tmp_path: Path, question: str, mover: str | None
) -> None:
    text = "RESOLVED that the annual accounts be adopted."
    first = minutes("first.pdf", meeting("2031-05-14"), [("5", "Annual accounts", text)])
    second = minutes("second.pdf", meeting("2032-05-12"), [("5", "Annual accounts", text)])
    _, engine = ask(
        tmp_path, "x", replace(first, decisions=(replace(first.decisions[0], mover="Councillor Pike"),)), second
    )
    answered = engine.ask(question)
    assert (answered.head and answered.head.said("mover")) == mover
    assert answered.status == ("answered" if mover else "not_found")


@pytest.mark.parametrize(
    ("question", "mover"),
    [
        ("Who moved the motion on the lighthouse lamp?", None),
        ("Who moved the motion on boat permits?", "Councillor Pike"),
    ],
)
def test_an_item_in_which_a_matter_is_only_talked_of_gives_no_mover_of_it(
    tmp_path: Path, question: str, mover: str | None
) -> None:
    talk, ruling = "Members asked about the lighthouse lamp.", "RESOLVED that more boat permits be sold."
    made = minutes("permits.pdf", meeting("2031-05-14"), [("5", "Boat permits", f"{talk}\n{ruling}")])
    *others, whole = made.passages
    cut = whole.spans[0].end - len(ruling)
    parts = (Span(1, whole.spans[0].start, cut - 1), Span(1, cut, whole.spans[0].end))
    texts = (whole.text.removesuffix(f"\n{ruling}"), ruling)
    said, ruled = (
        replace(whole, ordinal=whole.ordinal + at, spans=(span,), text=text)
        for at, (span, text) in enumerate(zip(parts, texts, strict=True))
    )
    moved = replace(made.decisions[0], mover="Councillor Pike")
    _, engine = ask(
        tmp_path, "x", replace(made, passages=(*others, replace(said, kind="minute"), ruled), decisions=(moved,))
    )
    answered = engine.ask(question)
    assert (answered.head and answered.head.said("mover")) == mover
    assert answered.status == ("answered" if mover else "not_found")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("The Harbour Master introduced the report on ferry fares.\nRESOLVED that the fares be frozen.", True),
        ("The report on ferry fares was presented by the Harbour Master.\nRESOLVED that the fares be frozen.", True),
        ("RESOLVED that the report on ferry fares be frozen and be presented to Council.", False),
    ],
)
def test_who_presented_a_report_is_answered_by_words_that_say_so_or_not_at_all(
    tmp_path: Path, text: str, quoted: bool
) -> None:
    fares = minutes("fares.pdf", meeting("2031-08-13"), [("11", "Ferry fares", text)])
    _, engine = ask(tmp_path, "x", fares, JUNE)
    answered = engine.ask("Who introduced the report on ferry fares?")
    assert any("Harbour Master" in one.text for one in answered.answer) is quoted
    assert (answered.status == "answered") is quoted
    assert quoted or answered.listed is not None
    if answered.listed:
        assert answered.listed.lacking == ("No passage that was found says who presented it.",)


def test_who_moved_an_amendment_is_never_answered_by_who_moved_the_motion(tmp_path: Path) -> None:
    first, *rest = MAY.decisions
    voted = replace(first, mover="Councillor Pike", seconder="Councillor Roach", votes=Votes(5, 2, 0))
    _, engine = ask(tmp_path, "x", replace(MAY, decisions=(voted, *rest)), JUNE)
    for question in (
        "Who moved the amendment that the ferry fares be frozen until the spring?",
        "Was the amendment that the ferry fares be frozen carried?",
    ):
        answered = engine.ask(question)
        assert (answered.status, answered.head) == ("not_found", None)
        assert "The minutes held print no such decision." in answers.answered(answered).replace("\n", " ")


def test_a_resolution_is_never_read_out_without_its_items_title(tmp_path: Path) -> None:
    lines, _ = ask(tmp_path, "What did cabinet decide on the update on the mole?", MAY)
    assert lines[0].startswith("Resolved by Cabinet (Ashshire County Council) on 14 May 2031: item 12,")
    assert "Update on the mole" in " ".join(lines[:2])
    assert any(line.endswith("RESOLVED that this update be noted.” [1]") for line in lines)


def test_every_field_of_a_head_line_has_its_place(tmp_path: Path) -> None:
    _, engine = ask(tmp_path, "What was agreed on 14 May 2031?", MAY)
    listed = engine.ask("What was agreed on 14 May 2031?").listed
    assert listed is not None
    assert [(field.name, field.file, field.page) for field in listed.heads[0].fields] == [
        (name, "may.pdf", 1) for name in ("outcome", "body", "date", "item", "title", "minutes")
    ]


def test_a_recommendation_says_that_the_minutes_of_its_meeting_are_not_held(tmp_path: Path) -> None:
    lines, _ = ask(tmp_path, "What was recommended on slipway charges being doubled?", JULY, MAY)
    assert " ".join(lines[:4]).startswith(
        "Recommended to Cabinet (Ashshire County Council) on 9 July 2031: Slipway charges. The minutes of Cabinet "
        "(Ashshire County Council) of 9 July 2031 are not in the archive."
    )


def test_confirmed_minutes_name_the_meeting_that_confirmed_them_and_where_that_stands(tmp_path: Path) -> None:
    (own,) = JUNE.decisions
    approval = replace(own, text="The minutes were approved.", confirms=date(2031, 5, 14), title="Minutes", item="20")
    held, encoder = archive(tmp_path, MAY, replace(JUNE, decisions=(approval,)))
    answered = Engine(held, encoder).ask("What was agreed on 14 May 2031?")
    assert answered.listed is not None
    (field,) = (field for field in answered.listed.heads[0].fields if field.name == "minutes")
    assert (field.text, field.file, field.page) == ("Minutes confirmed on 11 June 2031", "june.pdf", 1)


def test_a_ruling_that_the_register_lacks_is_headed_by_who_and_when_alone() -> None:
    library = MemoryLibrary()
    library.add(
        "RESOLVED that the footbridge be repaired.", kind="resolution", number="93", title="Applebury footbridge"
    )
    answered = Engine(library, library.encoder).ask("was it resolved that the footbridge be repaired")
    assert answered.head is not None
    assert (
        answered.head.text
        == "Decided by Cabinet (Ashshire County Council) on 14 May 2024: item 93, Applebury footbridge."
    )


def test_what_a_later_meeting_rescinded_says_so_with_the_place(tmp_path: Path) -> None:
    held, _ = archive(tmp_path, MAY, JUNE)
    later, earlier = held.decisions()[:2]
    change = Change("rescinded", later.id, later.paper, later.decision)
    head = of_decision(replace(earlier, superseded_by=(change,)), held, Contents(held))
    assert head.text.endswith("Draft minutes. Rescinded by Cabinet (Ashshire County Council) on 11 June 2031.")
    assert (head.fields[-1].name, head.fields[-1].file, head.fields[-1].page) == ("superseded_by", "june.pdf", 1)


def test_what_is_not_certain_of_a_decision_is_said_with_the_page_to_look_at(tmp_path: Path) -> None:
    (own,) = JUNE.decisions
    held, _ = archive(tmp_path, MAY, replace(JUNE, decisions=(replace(own, doubts=("vote", "text")),)))
    row = held.decisions()[0]
    head = of_decision(row, held, Contents(held))
    said = ["Vote not certain, see the page (sheet 1)", "The text may be incomplete, see the page (sheet 1)"]
    assert head.text.endswith(f"Draft minutes. {said[0]}. {said[1]}.")
    assert (changed.decision_json(row)["doubts"], changed.notes(row)) == (["vote", "text"], said)
