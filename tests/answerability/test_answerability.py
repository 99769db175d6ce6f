"""Six kinds of questions that no paper answers are refused; neighbours of each that a paper answers are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.errors import BadArguments
from indexer.records import Filters, Meeting
from search.answer.units import units_of
from search.answerability import judge
from search.answerability.presupposition import share_granted
from search.engine import Engine
from search.question.query import parse
from search.ranking import presence
from search.settings import DEFAULT, Settings, of_archive
from search.thresholds import Features, Threshold, keep
from tests.makers.library_maker import MemoryLibrary

UNANSWERABLE = {
    "off the topic": (
        "What is the capital of Mongolia?",
        "How do I get red wine out of a carpet?",
        "Who painted the ceiling of the Sistine Chapel?",
    ),
    "a detail that is missing": (
        "How much does the Penny Lode minor injuries unit cost to run each week?",
        "How many parking spaces does Penny Lode Community Hospital have?",
        "How much does it cost to salt the C41 over Gallows Rigg?",
        "How many people are on the mailing list of the elective home education task group?",
    ),
    "a false premise": (
        "Why did the cabinet abolish the Safe Steps team?",
        "When was Penny Lode Community Hospital demolished?",
        "Why did the council refuse to apply for bathing water status?",
        "Who resigned from the Health and Wellbeing Board over the STP?",
    ),
    "another year": (
        "What did the board decide about child sexual exploitation in 2009?",
        "What was resolved about home to school transport in March 1997?",
        "How much was the Better Care Fund in 2031/32?",
    ),
    "another council": (
        "What did Plymouth City Council decide about home to school transport?",
        "What did the Northumberland health board resolve on child sexual exploitation?",
        "How much is council tax at band D in Wolverhampton?",
        "What did the Licensing Committee resolve on child sexual exploitation?",
    ),
    "nonsense": (
        "flimmer wug the brastic toves",
        "Why does the agenda sneeze at purple Wednesdays?",
        "zxqv plonk",
    ),
}
# The two kinds that are hard to tell from what is answered: how many of each may be missed.
HARD = {"a detail that is missing": 3, "a false premise": 1}
ANSWERABLE = (
    "What did the board decide about CSE?",
    "How much was the Better Care Fund in 2015/16?",
    "How much is council tax at band D in 2021-22?",
    "How did scrutiny vote on home to school transport?",
    "What did the council decide about swimming in the river?",
    "Did the board endorse the STP?",
)


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Engine:
    return Engine.open(sample_archive)


@pytest.mark.parametrize("kind", UNANSWERABLE)
def test_what_no_paper_answers_is_refused(engine: Engine, kind: str) -> None:
    reply = [engine.ask(question) for question in UNANSWERABLE[kind]]
    answered = [one.question for one in reply if one.status == "answered"]
    assert len(answered) <= HARD.get(kind, 0), answered
    assert all(not one.answer for one in reply if one.status == "not_found")
    # What comes nearest is shown all the same, and what was searched is said.
    assert all(one.hits for one in reply)
    assert {one.searched.partition(" of ")[0] for one in reply} == {"12 papers, 52 pages"}


@pytest.mark.parametrize("question", ANSWERABLE)
def test_what_a_paper_answers_is_answered(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "answered"


def test_where_filters_were_set_only_what_they_left_was_searched(engine: Engine) -> None:
    chosen = Filters(boards=("Cabinet",), date_from=date(2019, 1, 1))
    assert engine.ask("What is the capital of Mongolia?", chosen).searched.endswith(
        " passages of Cabinet, from 1 January 2019, as filtered"
    )


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Plymouth City Council decide?", ("plymouth council",)),
        ("What is Hallow's parish council asking for?", ("hallow council",)),
        ("What did the West of Wales combined authority say of Ferry Lane?", ("ferry", "lane", "west wales authority")),
        ("Who told the council of Penny Lode?", ("penny", "lode")),
        ("What did the board say of Penny Lode's beds in March 2016?", ("penny", "lode")),
        ("How did reference 24/00115 end?", ("24/00115",)),
        ("Harrowmere flooded when?", ()),  # the first word of a sentence may be any word
        ("WHAT DID THE BOARD SAY OF BATHING?", ()),
        ("Who is on the CSE group?", ("cse",)),
        ("What did the Licensing Panel decide?", ("licensing panel",)),
        ("What did Cllr Holt and Mrs. Prynne say about major works?", ("holt", "prynne")),
    ],
)
def test_names_and_numbers_are_told_from_other_words(question: str, names: tuple[str, ...]) -> None:
    assert presence.named(parse(question)) == names


def test_an_acronym_counts_as_named_where_its_words_stand() -> None:
    query = parse("Do they put anyone in B&Bs?")
    rarity = {"b": 1.0, "bs": 1.0}
    assert presence.share_named(query, "No one stays in a bed and breakfast.", rarity) == 1.0
    assert presence.share_named(query, "No one stays in a hostel.", rarity) == 0.0


def test_a_short_name_with_a_figure_is_not_any_name_with_its_letters() -> None:
    query = parse("What did cabinet decide on HS2?")
    assert presence.share_named(query, "The high street scheme, HS1 and HS3 were noted.", {"hs2": 1.0}) == 0.0
    assert presence.share_named(query, "The route of HS2 was noted.", {"hs2": 1.0}) == 1.0


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Was the Applebury footbridge repaired in 2024?", 1.0),
        ("Was the Applebury footbridge repaired in 2019?", 0.0),
        ("Was the Applebury footbridge repaired by March 2026?", 1.0),
        ("Was the Applebury footbridge repaired since 2019?", 1.0),
        ("Was the Applebury footbridge repaired in 2022/23?", 0.9),
        ("Was the Applebury footbridge repaired in December 2023?", 0.7),
    ],
)
def test_a_passage_fits_the_days_of_a_question_by_its_meeting_or_its_words(question: str, status: float) -> None:
    library = MemoryLibrary()
    meeting = Meeting("Ashshire County Council", "Cabinet", date(2024, 5, 14))
    library.add("The Applebury footbridge was repaired, after the plan for 22/23.", meeting=meeting)
    engine = Engine(library, library.encoder)
    query = engine.parse(question)
    ranked, _ = engine.rank(query, Filters())
    fitting = presence.fits(query, [one.stored for one in ranked])
    assert fitting == [status]
    assert presence.share_dated(ranked, fitting) == pytest.approx(status)


def test_what_another_council_did_is_no_answer() -> None:
    query = parse("What did Hallow parish council spend on the ferry?")
    rarity = dict.fromkeys(("hallow", "council"), 1.0)
    assert presence.share_named(query, "Hallow & Ferne Parish Council spent £40 on the ferry.", rarity) == 1.0
    assert presence.share_named(query, "The council spent £40 on the ferry to Hallow.", rarity) == 0.0
    board = parse("What did the Coast Rescue Board ask the Penny Lode ferry?")
    rarity = dict.fromkeys(("coast", "rescue", "board", "penny", "lode"), 1.0)
    assert presence.share_named(board, "The Rescue Board met at Penny Lode.", rarity) == 1.0
    assert presence.share_named(board, "The HCRB met at Penny Lode.", rarity) == 1.0
    assert presence.share_named(board, "A board was put up at Penny Lode.", rarity) == 0.0


def test_the_year_of_an_act_is_none_in_which_anything_was_done() -> None:
    library = MemoryLibrary()
    library.add("The Applebury footbridge was closed under the Ways (Wales) Act 1990.")
    engine = Engine(library, library.encoder)
    query = engine.parse("Was the Applebury footbridge closed in 1990?")
    ranked, _ = engine.rank(query, Filters())
    assert presence.fits(query, [one.stored for one in ranked]) == [0.0]


def test_an_answer_is_looked_for_where_the_names_and_days_of_the_question_are() -> None:
    library = MemoryLibrary()
    meeting = Meeting("Ashshire County Council", "Cabinet", date(2024, 5, 14))
    library.add("The swans of the weir at Millrace were counted: 41 swans.", meeting=meeting)
    library.add("Swans were not counted at Harrowmere.", meeting=meeting)
    engine = Engine(library, library.encoder)

    def near(question: str) -> float:
        query = engine.parse(question)
        ranked, asked = engine.rank(query, Filters())
        fitting = presence.fits(query, [one.stored for one in ranked])
        units = units_of(query, asked, ranked, DEFAULT.quoting)
        return judge.features(query, asked, ranked, fitting, units, library).near

    assert near("How many swans of the weir at Millrace were counted?") > 0.5
    assert near("How many swans of the weir at Harrowmere were counted?") == 0.0


def test_a_name_counts_where_what_is_asked_for_is_said() -> None:
    def named(*texts: str) -> float:
        library = MemoryLibrary()
        for text in texts:
            library.add(text)
        engine = Engine(library, library.encoder)
        query = engine.parse("How many swans were counted at Millrace?")
        ranked, asked = engine.rank(query, Filters())
        units = units_of(query, asked, ranked, DEFAULT.quoting)
        return judge.features(query, asked, ranked, [1.0] * len(ranked), units, library).named

    assert named("At Millrace 41 swans were counted.", "Swans were seen on the pond.") == 1.0
    assert named("On the pond 41 swans were counted.", "Swans were seen at Millrace.") == 0.0


def test_nothing_answers_a_question_of_which_the_archive_holds_no_word() -> None:
    library = MemoryLibrary()
    library.add("The ferry landing cost £4,000.")
    engine = Engine(library, library.encoder)
    query = engine.parse("zxqv plonk")
    ranked, asked = engine.rank(query, Filters())
    units = units_of(query, asked, ranked, DEFAULT.quoting)
    assert judge.features(query, asked, ranked, [1.0] * len(ranked), units, library) == Features()


def test_what_was_turned_down_was_refused_and_what_was_agreed_was_not() -> None:
    question = "Why did the panel refuse the ferry?"
    assert share_granted(question, ["The ferry was turned down.", "The ferry was agreed."]) == 1.0
    assert share_granted(question, ["The ferry was agreed."]) == 0.0
    assert share_granted("Who called in the plan?", ["The call-in was heard in May."]) == 1.0
    assert share_granted("What did the panel say of the ferry?", ["Nothing."]) == 1.0


@pytest.mark.parametrize("question", ["Has the panel ever refused a ferry?", "notice of meetings behind closed doors"])
def test_who_asks_whether_something_was_refused_or_types_words_takes_nothing_for_granted(question: str) -> None:
    assert share_granted(question, ["The ferry was agreed."]) == 1.0


def test_an_archive_keeps_its_own_thresholds(tmp_path: Path) -> None:
    assert of_archive(tmp_path) is DEFAULT
    keep(tmp_path, Threshold(held=0.5, least=1.25))
    assert of_archive(tmp_path) == Settings(threshold=Threshold(held=0.5, least=1.25))
    (tmp_path / "thresholds.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(BadArguments, match="Calibrate the archive again, or delete the file"):
        of_archive(tmp_path)
