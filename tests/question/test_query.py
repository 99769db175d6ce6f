"""Questions taken apart: words, exact things, expansions, dates, boards, and what kind of answer is wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import BadArguments
from indexer.text.periods import periods, spellings
from search.bounds import BOUNDS
from search.question import thesaurus
from search.question.entities import bodies
from search.question.intent import intents
from search.question.query import content_words, parse


def test_words_that_only_ask_are_not_searched_for() -> None:
    assert content_words("What did the board decide about the footbridge's repair?") == [
        "board",
        "decide",
        "footbridge",
        "repair",
    ]


def test_a_question_of_stop_words_alone_is_still_searched_for() -> None:
    assert parse("What about it?").for_words(0.5).words == "What about it?"


@pytest.mark.parametrize(
    ("question", "exact"),
    [
        ('the "duty to cooperate" paper', ("duty to cooperate",)),
        ("the “duty to cooperate” paper", ("duty to cooperate",)),
        ("decision 24/00115", ("24/00115",)),
        ("planning application 2024/1234/FUL", ("2024/1234/FUL",)),
        ("what was the £1.2 million for", ("£1.2 million",)),
        ("who got 14.5% more", ("14.5%",)),
        ("the members' and officers' travel in 2013/14 and 2014-15", ()),
    ],
)
def test_quotes_references_and_amounts_are_exact(question: str, exact: tuple[str, ...]) -> None:
    assert parse(question).exact == exact


def test_acronyms_expand_both_ways_and_show_every_sense() -> None:
    known = [("HRA", "Housing Revenue Account", 3), ("HRA", "Human Rights Act", 5), ("LTP", "Local Transport Plan", 1)]
    query = parse("HRA deficit and the local transport plan", known)
    assert query.expanded == {
        "HRA": ("Human Rights Act", "Housing Revenue Account"),
        "local transport plan": ("LTP",),
    }
    assert query.expansions == ("Human Rights Act", "Housing Revenue Account", "LTP")


def test_an_ordinary_word_is_no_acronym() -> None:
    assert parse("who pays for it", [("IT", "Information Technology", 9), ("WHO", "World Health", 2)]).expanded == {}


def test_everyday_words_bring_the_officers_words() -> None:
    query = parse("Why is there bed-blocking?", thesaurus={"bed blocking": ("delayed transfers of care",)})
    assert query.expanded == {"bed blocking": ("delayed transfers of care",)}


def test_an_acronym_that_papers_define_and_the_thesaurus_holds_is_one_entry() -> None:
    query = parse(
        "access to a GP", [("GP", "general practitioner", 3)], {"gp": ("general practice", "General Practitioner")}
    )
    assert query.expanded == {"GP": ("general practitioner", "general practice")}


def test_every_group_of_the_thesaurus_gives_its_reason_and_names_other_words() -> None:
    groups = thesaurus.load()
    assert len(groups) >= 60
    assert all(term not in [form.lower() for form in forms] for term, forms in groups.items())


def test_a_row_that_a_council_adds_counts_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    path = tmp_path / "thesaurus.csv"
    saved = '\ufeffterm,alternatives,reason\r\nThe  Pier,seafront works| marine scheme |,"its name, here"\r\n,,\r\n'
    path.write_bytes(saved.encode())
    assert thesaurus.load(path) == {"the pier": ("seafront works", "marine scheme")}


@pytest.mark.parametrize(
    ("saved", "message"),
    [
        (b"term,alternatives,reason\nbins,refuse,service's name\ndump,tip,\n", "line 3: a row needs a term"),
        (b"term,alternatives,reason\nbins,refuse,name\n\nBins,waste,name\n", "line 4: bins comes twice"),
        (b"term,alternatives,reason\nbins,Bins|,name\n", "line 2: bins names no other word"),
        (b"bins,refuse,name\n", "must begin with the line term,alternatives,reason"),
        (b"", "must begin with the line term,alternatives,reason"),
        (b"term,alternatives,reason\nbins,d\xe9chets,name\n", "Save it as CSV in UTF-8"),
    ],
)
def test_words_that_cannot_be_read_say_where_and_what_to_do(tmp_path: Path, saved: bytes, message: str) -> None:
    path = tmp_path / "thesaurus.csv"
    path.write_bytes(saved)
    with pytest.raises(BadArguments, match=message):
        thesaurus.load(path)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("in October 2016", date(2016, 10, 1), date(2016, 10, 31)),
        ("on 7 Feb 2017", date(2017, 2, 7), date(2017, 2, 7)),
        ("on the 7th of February 2017", date(2017, 2, 7), date(2017, 2, 7)),
        ("on 2017-02-07", date(2017, 2, 7), date(2017, 2, 7)),
        ("on 07/02/2017", date(2017, 2, 7), date(2017, 2, 7)),
        ("in 2015/16", date(2015, 4, 1), date(2016, 3, 31)),
        ("in 2015-2018", date(2015, 1, 1), date(2018, 12, 31)),
        ("in 2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_dates_months_and_years_are_read(question: str, first: date, last: date) -> None:
    found = periods(question)
    assert [(period.first, period.last) for period in found] == [(first, last)]


def test_a_day_that_no_calendar_has_is_left_out() -> None:
    assert periods("on 31 February 2017") == ()


def test_boards_and_authorities_are_meant_by_their_distinctive_words() -> None:
    boards = ("Health and Well-being Board", "Cabinet", "Planning Committee")
    assert bodies("what did the health & wellbeing board say", boards) == ("Health and Well-being Board",)
    assert bodies("HWB membership", boards) == ("Health and Well-being Board",)
    assert bodies("cabinet decisions", boards) == ("Cabinet",)
    assert bodies("What did Cabinet decide?", boards) == ("Cabinet",)
    assert bodies("Who is the cabinet member for parks?", boards) == ()
    assert bodies("Did the council raise council tax?", ("Council",)) == ()
    assert bodies("What did the council decide about parking?", ("Council", "Cabinet")) == ()
    assert bodies("What did Full Council say?", ("Council",)) == ("Council",)
    assert bodies("What did the parish council decide?", ("Otham Parish Council",)) == ("Otham Parish Council",)
    assert bodies("What did the parish council decide?", ("Otham Parish Council", "Leeds Parish Council")) == ()
    assert bodies("planning rules for health", boards) == ()
    councils = ("Ashshire County Council", "Northby Borough Council")
    assert bodies("Ashshire's bin lorries", councils) == ("Ashshire County Council",)
    assert bodies("What was agreed at the Otham meeting?", ("Otham Community Council",)) == ("Otham Community Council",)


def test_a_body_whose_name_is_cut_short_is_meant_and_none_whose_name_another_says_in_full() -> None:
    names = (
        "Otham-with-Lea Parish Council",
        "Ashshire County Council",
        "Ashshire Libraries Trust",
        "Ashshire Ferries IPS",
    )
    assert bodies("What did Otham parish council decide?", names) == names[:1]
    assert bodies("Compare Ashshire and Otham on bins", names) == names[:2]
    assert bodies("Who chairs the Ashshire trust?", names) == names[2:3]
    assert bodies("Who leads Ashshire Ferries?", names) == names[3:]
    boards = ("Vale of Lea Combined Authority Committee", "Vale of Lea Bridges Committee", "Harbour Board")
    assert bodies("What did the Vale of Lea committee agree?", boards) == boards[:2]
    assert bodies("What did the Vale of Lea bridges committee agree?", boards) == boards[1:2]
    assert bodies("Where is the vale of Lea?", boards) == ()


def test_the_board_of_a_place_may_be_its_councils_whoever_else_is_called_so() -> None:
    councils = ("Ashshire Council", "Ashshire Safeguarding Children Board")
    assert bodies("What did the Ashshire board agree?", councils) == councils
    assert bodies("What did the Ashshire safeguarding board agree?", councils) == councils[1:]


def test_a_body_that_is_spoken_of_by_what_its_organisation_runs_means_that_organisation() -> None:
    names = ("Ashshire Libraries", "Otham Library Council", "Ashshire Ferries")
    assert bodies("What did the library board agree?", names) == ("Ashshire Libraries",)
    assert bodies("What did the bridge board agree?", names) == ()


@pytest.mark.parametrize(
    ("question", "leading"),
    [
        ("What did Cabinet decide about the footbridge?", "decision"),
        ("What was the board asked to endorse?", "recommendation"),
        ("Who chaired the panel?", "who"),
        ("How many beds were blocked?", "figure"),
        ("When did the library close?", "when"),
        ("Find reports about flood gates", "precedent"),
        ("How has recycling changed over the years?", "overview"),
        ("Why is the road shut?", "why"),
        ("What led to the shortage of lifeguards?", "why"),
        ("Is the road shut?", "fact"),
        # What a body did is an act of it, by whatever verb.
        ("Did the council object to the windmill?", "decision"),
        ("Has the library board put the rent up?", "decision"),
        ("Did councillors write to the minister?", "decision"),
        ("Did the council tax go up?", "fact"),
        ("Did Cabinet Member papers go missing?", "fact"),
        ("Did residents object?", "fact"),
    ],
)
def test_the_wording_tells_what_kind_of_answer_is_wanted(question: str, leading: str) -> None:
    assert intents(question)[0] == leading


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07", "word " * (BOUNDS.question_words + 1), "x" * 10_001])
def test_an_empty_or_endless_question_is_refused_in_one_line(question: str) -> None:
    with pytest.raises(BadArguments) as caught:
        parse(question)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=300))
def test_any_text_is_a_question_or_refused(text: str) -> None:
    try:
        query = parse(text, [("CSE", "child sexual exploitation", 1)], thesaurus.load(), ["Cabinet"], ["Ashshire"])
    except BadArguments:
        return
    assert query.intents
    assert query.for_words(0.5).words


def test_spellings_of_one_sense_are_one_and_all_senses_are_shown() -> None:
    known = [
        ("EHCP", "Education, Health and Care Plan", 9),
        ("EHCP", "education, health & care plans", 4),
        ("EHCP", "Education Health and Care Plans", 3),
        ("EHCP", "Early Help Consultation Panel", 1),
    ]
    assert parse("how long does an EHCP take", known).expanded == {
        "EHCP": ("Education, Health and Care Plan", "Early Help Consultation Panel")
    }


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("the grant for 25/26", ("2025-26", "2025/26")),
        ("the grant for 2025/26", ("2025-26", "25/26")),
        ("the grant for 2025 – 26", ("2025/26", "25/26")),
        ("the grant for 2025-2026", ("2025-26", "2025/26", "25/26")),
        ("the plan for 2014-2017", ()),
        ("the grant of 2025", ()),
    ],
)
def test_a_financial_year_is_looked_for_however_it_is_printed(question: str, ways: tuple[str, ...]) -> None:
    (period,) = periods(question)
    assert spellings(period) == ways
    assert parse(question).expanded == ({period.words: ways} if ways else {})


def test_a_day_a_ratio_and_a_reference_are_no_short_financial_year() -> None:
    assert not any(periods(text) for text in ("12/14", "3/25/26", "£25/26", "25/26/27", "a 24/00115"))


@pytest.mark.parametrize(
    ("question", "newest"),
    [
        ("Who's the clerk?", True),
        ("What is the newest position on the footbridge?", True),
        ("What do Ashshire's advisers expect rates to do?", False),
        ("What was the balance in 2031?", False),
    ],
)
def test_what_holds_now_is_asked_for_in_the_present_tense_and_not_by_a_possessive(question: str, newest: bool) -> None:
    assert parse(question).newest is newest


def test_words_that_ask_for_what_holds_now_are_not_of_the_matter() -> None:
    query = parse("What is the latest on the most recent ferry?", [], {}, [], [])
    assert query.newest
    assert {"latest", "most", "recent"} <= query.framing
    assert "ferry" not in query.framing


@pytest.mark.parametrize(
    ("question", "newest"),
    [
        ("Where are we with the play park?", True),
        ("Where have we got to with the play park?", True),
        ("How do things stand on the quay?", True),
        ("What's the position on the quay?", True),
        ("Is there any news on the quay?", True),
        ("Any update on the quay?", True),
        ("Where is the play park?", False),
        ("What is a quay?", False),
        ("What did we hear about the quay?", False),
        ("How did things stand on the quay in 2031?", False),
    ],
)
def test_how_a_matter_stands_is_asked_in_many_words_and_always_in_the_present(question: str, *, newest: bool) -> None:
    assert parse(question).newest is newest
