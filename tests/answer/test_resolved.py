"""Which rulings are quoted: the latest word on a matter, wherever it ranks, and as much of each as has room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from indexer.encoding.cross_encoder import Verdict
from indexer.records import Meeting
from search.engine import Engine
from search.results import Answered
from search.settings import Settings
from search.terminal import answers
from search.thresholds import Threshold
from tests.makers.library_maker import MemoryLibrary

TITLE = "Millrace ferry"


def resolve(
    library: MemoryLibrary, text: str, day: date, title: str = TITLE, talk: str = "The ferry at Millrace."
) -> None:
    """Add an item of a meeting: what was said, then what was resolved."""
    meeting = Meeting("Ashshire County Council", "Cabinet", day)
    section = len(library.stored)
    library.add(talk, kind="minute", file=f"{day}.pdf", title=title, meeting=meeting, section=section)
    library.add(text, kind="resolution", file=f"{day}.pdf", page=2, title=title, meeting=meeting, section=section)


def ask(
    library: MemoryLibrary, question: str = "What was resolved on the Millrace ferry?", limit: int = 10
) -> Answered:
    return Engine(library, library.encoder).ask(question, limit=limit)


def days(found: Answered) -> list[date | None]:
    quoted = (found.hits[one.hit - 1].stored for one in found.answer)
    return [one.section.meeting.date for one in quoted if one.passage.kind == "resolution"]


TOPIC = "Millrace ferry crossing fares timetable"
QUESTION = f"What was resolved on the {TOPIC}?"


def ferry_over_the_years(papers: int) -> MemoryLibrary:
    """Make a library of many papers that name the whole matter, and a last resolution whose item names most of it."""
    library = MemoryLibrary()
    for year in range(2001, 2001 + papers):
        resolve(library, f"RESOLVED that {year} be noted.", date(year, 5, 14), TOPIC, f"The {TOPIC} of {year}.")
    less = TOPIC.removesuffix(" timetable")
    resolve(library, "RESOLVED that the boat be sold.", date(2024, 5, 14), less, f"The {less} for the last time.")
    return library


def test_the_latest_word_is_quoted_first_though_it_ranks_low() -> None:
    found = ask(ferry_over_the_years(9), QUESTION)
    assert days(found)[0] == date(2024, 5, 14)
    assert found.answer[0].text == "RESOLVED that the boat be sold."
    # It takes the last place among the passages; no other moves.
    assert found.answer[0].hit == len(found.hits) == 10


@pytest.mark.parametrize("limit", [1, 2, 5, 9, 11, 50])
def test_the_answer_does_not_depend_on_how_many_passages_are_listed(limit: int) -> None:
    library = ferry_over_the_years(12)
    usual, other = ask(library, QUESTION), ask(library, QUESTION, limit)

    def quoted(one: Answered) -> list[tuple[str, int]]:
        return [(sentence.text, one.hits[sentence.hit - 1].stored.id) for sentence in one.answer]

    assert quoted(other) == quoted(usual)
    assert (other.status, other.head) == (usual.status, usual.head)
    assert len(other.hits) == max(limit, len({sentence.hit for sentence in other.answer})) or limit == 50
    assert [hit.rank for hit in other.hits] == list(range(1, len(other.hits) + 1))
    assert len({hit.stored.id for hit in other.hits}) == len(other.hits)


def test_a_question_that_names_days_gets_what_fits_them() -> None:
    library = ferry_over_the_years(9)
    assert date(2024, 5, 14) not in days(ask(library, f"What was resolved on the {TOPIC} in May 2003?"))


def test_a_later_resolution_on_another_matter_is_not_brought_up() -> None:
    library = ferry_over_the_years(3)
    resolve(library, "RESOLVED that the lido be closed.", date(2025, 5, 14), title="Lido", talk="The lido.")
    assert date(2025, 5, 14) not in days(ask(library, QUESTION))


def test_the_best_and_the_newest_come_before_those_between() -> None:
    library = MemoryLibrary()
    long = " and that the boards be told".join(["RESOLVED that the Millrace ferry be kept", *[""] * 9])
    for year in (2010, 2015, 2020):
        resolve(library, f"{long} of {year}.", date(year, 5, 14))
    found = ask(library)
    assert days(found)[0] == date(2020, 5, 14)
    assert len(set(days(found))) == 2


def test_of_a_ruling_that_is_too_long_its_first_limbs_are_one_quotation_which_says_that_more_follows() -> None:
    library = MemoryLibrary()
    limbs = "\n".join(f"{chr(97 + i)}) the Millrace ferry be painted by the crew each {i}th spring;" for i in range(20))
    resolve(library, f"RESOLVED that:\n{limbs}", date(2024, 5, 14))
    found = ask(library)
    first = found.answer[0].text
    assert first.startswith("RESOLVED that:\na) the Millrace")
    assert first.count("\n") > 5
    assert first.endswith("spring;")
    assert 0 in found.cut_short
    assert "; more of it follows" in answers.answered(found)


def test_of_a_ruling_that_is_quoted_to_its_end_nothing_more_follows() -> None:
    library = MemoryLibrary()
    resolve(library, "RESOLVED that the Millrace ferry be kept.", date(2024, 5, 14))
    assert ask(library).cut_short == frozenset()


def test_where_no_ruling_is_found_the_answer_says_so() -> None:
    library = MemoryLibrary()
    library.add("The Millrace ferry was agreed to be a fine ferry by all.")
    found = ask(library)
    assert found.status == "answered"
    assert found.lacks_ruling
    assert answers.answered(found).startswith("No resolution or recommendation on this was found;")
    resolve(library, "RESOLVED that the Millrace ferry be kept.", date(2024, 5, 14))
    assert not ask(library).lacks_ruling


def test_a_resolution_need_not_say_the_words_that_ask_for_it() -> None:
    library = MemoryLibrary()
    library.add("Officers decide: they decide what to decide.", file="other.pdf", title="Deciding")
    resolve(library, "RESOLVED that the fares be kept.", date(2024, 5, 14))
    assert days(ask(library, "What did they decide about the Millrace ferry?")) == [date(2024, 5, 14)]


def test_of_an_item_with_several_matters_the_ruling_on_the_one_asked_about_is_quoted() -> None:
    library = MemoryLibrary()
    meeting = Meeting("Ashshire County Council", "Cabinet", date(2024, 5, 14))
    for talk, ruling in (
        ("The clock of the chapel has stopped.", "RESOLVED that a new key be sought for it."),
        ("The Millrace ferry was late again.", "RESOLVED that the owner be written to at once."),
        ("The market hall is cold.", "RESOLVED that a stove be lent for the year."),
    ):
        for kind, text in (("minute", talk), ("resolution", ruling)):
            library.add(text, kind=kind, file="may.pdf", title="Matters arising", meeting=meeting, section=7)
    found = ask(library, "What was resolved on the Millrace ferry?")
    assert [part.text for part in found.answer] == [
        "RESOLVED that the owner be written to at once.",
        "The Millrace ferry was late again.",
    ]


def test_a_ruling_on_what_was_said_after_the_matter_is_not_quoted_beside_one_that_is_on_it() -> None:
    library = MemoryLibrary()
    resolve(
        library, "RESOLVED that fares be halved.", date(2024, 5, 14), "Reports", "The Millrace ferry and its fares."
    )
    meeting = Meeting("Ashshire County Council", "Cabinet", date(2024, 6, 14))
    talk = "The fares of the Millrace ferry were read out."
    for text in (talk, "The railway bridge is rusty.", "RESOLVED that rust be removed."):
        kind = "resolution" if text.startswith("RESOLVED") else "minute"
        library.add(text, kind=kind, file="june.pdf", title="Reports", meeting=meeting, section=7)
    assert days(ask(library, "What was resolved on the Millrace ferry fares?")) == [date(2024, 5, 14)]


def test_where_no_ruling_ranks_the_one_of_the_best_passages_own_item_is_quoted() -> None:
    library = MemoryLibrary()
    talk = "The ferry at Millrace and what was decided before were talked about."
    resolve(library, "RESOLVED that the preferred option be taken up by spring.", date(2024, 5, 14), "Item 9", talk)
    for number in range(400):
        library.add(f"Another ferry was late {number} times.", kind="report", file=f"{number}.pdf")
    found = ask(library, "What was decided about the ferry at Millrace?")
    assert found.answer[0].text == "RESOLVED that the preferred option be taken up by spring."


def test_another_councils_ruling_is_not_quoted_where_the_question_names_one() -> None:
    library = MemoryLibrary()
    resolve(library, "RESOLVED that the Northby ferry be painted.", date(2024, 5, 14), "Northby ferry")
    other = Meeting("Northby Borough Council", "Harbour Board", date(2024, 6, 14))
    text = "RESOLVED that the Northby ferry be sold."
    library.add(text, kind="resolution", file="n.pdf", title="Northby ferry", meeting=other)
    assert days(ask(library, "What was resolved by Northby on the Northby ferry?")) == [date(2024, 6, 14)]


class Sure:
    """A cross-encoder of a test: sure of texts that hold a word, and that others do not answer."""

    def __init__(self, word: str) -> None:
        self.word = word

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Say how sure it is of each, and nowhere in particular."""
        nowhere = np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
        return [Verdict(3.0 if self.word in one else -3.0, *nowhere) for one in texts]


def _of_three_years(*texts: str) -> MemoryLibrary:
    library = MemoryLibrary()
    for year, text in enumerate(texts, 2020):
        resolve(library, text, date(year, 5, 14))
    return library


def test_a_ruling_of_the_item_that_answers_something_else_is_not_quoted() -> None:
    library = _of_three_years(
        "RESOLVED to buy the Millrace ferry a bell.",
        "RESOLVED that the Millrace ferry be painted.",
        "RESOLVED that this be put off to the next meeting.",
    )
    assert days(ask(library)) == [date(2022, 5, 14), date(2021, 5, 14), date(2020, 5, 14)]
    read = Engine(library, library.encoder, cross_encoder=Sure("bell")).ask("What was resolved on the Millrace ferry?")
    assert days(read) == [date(2020, 5, 14)]
    # One that refers to what was said before it is read with that.
    every = Engine(library, library.encoder, cross_encoder=Sure("The ferry at Millrace."))
    assert days(every.ask("What was resolved on the Millrace ferry?"))[0] == date(2022, 5, 14)


def test_a_ruling_on_another_matter_of_an_item_with_many_is_not_quoted_where_the_one_asked_about_has_none() -> None:
    library = MemoryLibrary()
    meeting = Meeting("Ashshire County Council", "Cabinet", date(2024, 5, 14))
    talk = "The owner agreed that the Millrace ferry had been late. The chapel clock has stopped and a price was had."
    for kind, text in (("minute", talk), ("resolution", "It was agreed to buy a new spring.")):
        library.add(text, kind=kind, file="may.pdf", title="Matters arising", meeting=meeting, section=7)
    engine = Engine(library, library.encoder, cross_encoder=Sure("nothing"))
    found = engine.ask("What was agreed about the Millrace ferry?")
    assert days(found) == []
    assert days(ask(library, "What was agreed about the Millrace ferry?")) == [date(2024, 5, 14)]


def test_the_ruling_of_a_meeting_that_answers_goes_before_one_that_says_more_of_the_words() -> None:
    library = MemoryLibrary()
    meeting = Meeting("Ashshire County Council", "Cabinet", date(2024, 5, 14))
    talk = "The Millrace ferry and its levy."
    more = "RESOLVED that officers award contracts for the Millrace ferry levy on the Millrace ferry."
    for kind, text in (
        ("minute", talk),
        ("resolution", more),
        ("resolution", "RESOLVED to begin with stage one of it."),
    ):
        library.add(text, kind=kind, file="may.pdf", title="Millrace ferry levy", meeting=meeting, section=7)
    engine = Engine(library, library.encoder, cross_encoder=Sure("stage"))
    assert engine.ask("Did the council bring in a Millrace ferry levy?").answer[0].text.endswith("stage one of it.")


def test_rulings_are_quoted_though_the_cross_encoder_is_sure_of_none() -> None:
    library = _of_three_years("RESOLVED that the Millrace ferry be painted.")
    read = Engine(library, library.encoder, cross_encoder=Sure("nothing")).ask(
        "What was resolved on the Millrace ferry?"
    )
    assert days(read) == [date(2020, 5, 14)]


@pytest.mark.parametrize(("evidence", "quoted"), [("objected", "minute"), ("nothing", "resolution")])
def test_no_ruling_is_quoted_where_only_what_was_said_answers(evidence: str, quoted: str) -> None:
    library = MemoryLibrary()
    resolve(library, "RESOLVED to look into this further.", date(2020, 5, 14), "Millrace ferry toll")
    met = Meeting("Ashshire County Council", "Cabinet", date(2021, 5, 14))
    library.add("It was noted that all objected to the Millrace ferry toll.", kind="minute", file="b.pdf", meeting=met)
    engine = Engine(library, library.encoder, Settings(threshold=Threshold()), cross_encoder=Sure(evidence))
    found = engine.ask("Did the Cabinet object to the Millrace ferry toll?")
    assert found.hits[found.answer[0].hit - 1].stored.passage.kind == quoted


def test_what_was_only_recommended_to_another_body_is_not_said_to_be_approved() -> None:
    library = MemoryLibrary()
    text = (
        "RESOLVED that Cabinet endorsed the Millrace ferry budget to be put to Lea Council in May for final decision."
    )
    resolve(library, text, date(2024, 4, 14), "Millrace ferry budget", "The Millrace ferry budget.")
    later = Meeting("Ashshire County Council", "Cabinet", date(2024, 6, 14))
    said = "The Millrace ferry budget was agreed by Lea Council on 13 May 2024."
    library.add(said, file="june.pdf", title="Changes", meeting=later)
    assert [one.text for one in ask(library, "When was the Millrace ferry budget approved?").answer] == [said]
    # What the cabinet itself decided is its endorsement.
    assert ask(library, "What did Cabinet decide on the Millrace ferry budget?").answer[0].text == text


def test_what_was_recommended_is_quoted_where_no_paper_reports_the_decision() -> None:
    library = MemoryLibrary()
    text = (
        "RESOLVED that Cabinet endorsed the Millrace ferry budget to be put to Lea Council in May for final decision."
    )
    resolve(library, text, date(2024, 4, 14), "Millrace ferry budget", "The Millrace ferry budget.")
    assert ask(library, "When was the Millrace ferry budget approved?").answer[0].text == text


def test_a_ruling_that_says_nothing_of_the_matter_is_not_quoted_however_sure_the_cross_encoder_is() -> None:
    library = MemoryLibrary()
    resolve(library, "RESOLVED that a meal for the ferry volunteers be paid for.", date(2024, 5, 14), "Millrace ferry")
    resolve(
        library, "RESOLVED that a board be bought at a cost of £68.", date(2024, 6, 14), "Other business", "A sign."
    )
    engine = Engine(library, library.encoder, cross_encoder=Sure("RESOLVED"))
    assert days(engine.ask("Did the trustees agree to a meal for the ferry volunteers?")) == [date(2024, 5, 14)]
