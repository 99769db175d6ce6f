"""A matter meeting by meeting: one line for each, figures of one kind beside each other, what is missing said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.records import Reading
from search.answer.lines import Part
from search.answer.telling import tells
from search.answer.units import Unit
from search.engine import Engine
from search.results import Answered
from search.settings import DEFAULT
from search.terminal import answers
from search.thresholds import Threshold
from search.views.render import answers as pages
from tests.makers.matters_maker import archive, meeting, minutes, report

SPRING = minutes(
    "spring.pdf",
    meeting("2014-04-22"),
    [("46", "Ferry fares", "RESOLVED that the ferry fares rise to £4 a crossing."), ("47", "Bins", "NOTED.")],
)
SCRUTINY = report(
    "scrutiny.pdf",
    "Ferry fares",
    meeting("2015-02-03", "Scrutiny Committee"),
    purpose="The ferry fares brought the harbour office £90,000 in the year to March.",
)
AUTUMN = minutes(
    "autumn.pdf", meeting("2017-10-19"), [("85", "Ferry fares", "RESOLVED that the ferry fares be cut by 10%.")]
)
NORTH = report(
    "north.pdf",
    "Ferry fares",
    meeting("2017-11-02", "Cabinet", "Norshire Council"),
    purpose="The ferry fares of Norshire are £6 for each crossing of the sound.",
)

BROUGHT = "The ferry fares brought £{},000 to the harbour office."


def ask(folder: Path, question: str, *readings: Reading) -> Answered:
    held, encoder = archive(folder, *readings)
    always = replace(DEFAULT, threshold=Threshold())
    return Engine(held, encoder, always).ask(question)


def test_each_meeting_has_one_line_in_its_own_words_the_earliest_first(tmp_path: Path) -> None:
    overview = ask(tmp_path, "How have ferry fares changed since 2014?", AUTUMN, SPRING, SCRUTINY).overview
    assert overview is not None
    lines = [(str(one.meeting.date), one.kind, one.title, one.text, one.paper.path, one.page) for one in overview.lines]
    assert lines == [
        (
            "2014-04-22", "decided", "Ferry fares",
            "46. Ferry fares\nRESOLVED that the ferry fares rise to £4 a crossing.", "spring.pdf", 1,
        ),
        (
            "2015-02-03", "reported", "Ferry fares",
            "The ferry fares brought the harbour office £90,000 in the year to March.", "scrutiny.pdf", 1,
        ),
        (
            "2017-10-19", "decided", "Ferry fares",
            "85. Ferry fares\nRESOLVED that the ferry fares be cut by 10%.", "autumn.pdf", 1,
        ),
    ]  # fmt: skip


def test_a_meeting_that_counts_something_else_has_no_line_where_a_number_is_asked_for(tmp_path: Path) -> None:
    papers = [
        report(f"{year}.pdf", "Ferry crew", meeting(f"{year}-03-03"), purpose=said)
        for year, said in (
            (2014, "The number of ferry crossings was 210 in the year."),
            (2015, "The number of ferry crossings was 240 in the year."),
            (
                2016,
                "The crew wore 19 caps of blue wool and linen at the fair of May, where ferry crossings were praised.",
            ),
        )
    ]
    overview = ask(tmp_path, "How has the number of ferry crossings changed since 2014?", *papers).overview
    assert overview is not None
    assert [one.meeting.date.year for one in overview.lines if one.meeting.date] == [2014, 2015]


def test_a_number_need_not_be_called_one(tmp_path: Path) -> None:
    papers = [
        report(f"{year}.pdf", "Ferry crew", meeting(f"{year}-03-03"), purpose=said)
        for year, said in (
            (2014, "The number of ferry crossings was 210 in the year."),
            (2015, "In the summer there were 240 ferry crossings to the sound."),
            (2016, "The number of ferry crossings was 260 in the year."),
        )
    ]
    overview = ask(tmp_path, "How has the number of ferry crossings changed since 2014?", *papers).overview
    assert overview is not None
    assert [one.meeting.date.year for one in overview.lines if one.meeting.date] == [2014, 2015, 2016]


def test_figures_of_one_kind_stand_together_each_from_its_sentence(tmp_path: Path) -> None:
    answered = ask(tmp_path, "How have ferry fares changed since 2014?", AUTUMN, SPRING, SCRUTINY)
    assert answered.overview is not None
    assert [(one.figures, one.figure_page) for one in answered.overview.table] == [(("£4",), 1), (("£90,000",), 1)]
    assert "Figures, each from the sentence that prints it" in answers.answered(answered)
    assert "<caption>Figures</caption>" in pages.lines_html(answered)


def test_years_without_a_line_and_years_without_papers_are_said(tmp_path: Path) -> None:
    bins = report("bins.pdf", "Household waste", meeting("2016-02-03"), purpose="To change how sacks are collected.")
    overview = ask(tmp_path, "How have ferry fares changed between 2014 and 2018?", AUTUMN, SPRING, bins).overview
    assert overview is not None
    assert overview.lacking == (
        "The papers of 2016 say nothing on it that was found.",
        "No papers of 2015 are held.",
    )


def test_bodies_are_counted_and_one_without_a_line_is_named(tmp_path: Path) -> None:
    overview = ask(tmp_path, "Which boards discussed ferry fares?", AUTUMN, SPRING, SCRUTINY, NORTH).overview
    assert overview is not None
    assert overview.bodies == {
        "Cabinet (Ashshire County Council)": 2,
        "Scrutiny Committee (Ashshire County Council)": 1,
        "Cabinet (Norshire Council)": 1,
    }
    southern = report("south.pdf", "Parks", meeting("2017-11-02", "Cabinet", "Southshire Council"), purpose="On parks.")
    overview = ask(
        tmp_path / "two", "Compare Ashshire and Southshire on ferry fares", AUTUMN, SPRING, southern
    ).overview
    assert overview is not None
    assert overview.lacking[-1] == "Nothing on it was found in the papers of Southshire Council."


def test_which_papers_mention_something_lists_only_those_that_say_it(tmp_path: Path) -> None:
    paint = report(
        "paint.pdf", "Ferry paint", meeting("2016-02-03"), purpose="Paint for the ferry, and fares by coach."
    )
    answered = ask(tmp_path, "Which papers mention ferry fares?", AUTUMN, SPRING, SCRUTINY, paint)
    assert answered.overview is not None
    assert [line.paper.path for line in answered.overview.lines] == ["spring.pdf", "scrutiny.pdf", "autumn.pdf"]
    nothing = ask(tmp_path / "two", "Which strategies mention ferry fares?", AUTUMN, SPRING, SCRUTINY, paint)
    assert (nothing.status, nothing.answer, nothing.overview) == ("not_found", (), None)


def test_a_question_that_is_not_about_time_or_bodies_has_no_overview(tmp_path: Path) -> None:
    assert ask(tmp_path, "How much are the ferry fares?", AUTUMN, SPRING).overview is None


def test_which_meetings_of_a_council_discussed_something_lists_those_of_no_other(tmp_path: Path) -> None:
    answered = ask(tmp_path, "Which meetings of Ashshire discussed ferry fares?", AUTUMN, SPRING, NORTH)
    assert answered.overview is not None
    assert [str(one.meeting.date) for one in answered.overview.lines] == ["2014-04-22", "2017-10-19"]
    assert {answered.hits[one.hit - 1].stored.paper.path for one in answered.answer} == {"spring.pdf", "autumn.pdf"}


def test_a_meeting_of_which_only_a_few_words_are_found_has_no_line(tmp_path: Path) -> None:
    few = report("few.pdf", "Tolls", meeting("2016-05-03"), purpose="Ferry fares were up.")
    overview = ask(tmp_path, "How have ferry fares changed since 2014?", SPRING, AUTUMN, few).overview
    assert overview is not None
    assert [str(one.meeting.date) for one in overview.lines] == ["2014-04-22", "2017-10-19"]


def quoted(answered: Answered) -> list[tuple[str, str]]:
    return [(answered.hits[one.hit - 1].stored.paper.path, one.text) for one in answered.answer]


def test_each_body_compared_is_quoted_however_much_more_the_other_says(tmp_path: Path) -> None:
    many = [
        report(f"{month}.pdf", "Ferry fares", meeting(f"2015-{month:02}-03"), purpose=f"Of ferry fares {said}.")
        for month, said in enumerate(
            (
                "the office says that they rose", "nobody complained in the spring", "more was made than in May",
                "the crew asked for a share", "a quarter is paid by children", "the pier takes a third in summer",
                "all that is left goes to paint", "lorries pay twice what vans do", "dogs are let off in the winter",
                "bicycles pay nothing from now on", "a survey is to be made by Easter",
            ),
            1,
        )
    ]  # fmt: skip
    when = meeting("2017-11-02", "Cabinet", "Norshire Council")
    north = report("far.pdf", "Tolls", when, purpose="Whoever crosses the sound by ferry pays fares of £6.")
    answered = ask(tmp_path, "Compare Ashshire and Norshire on ferry fares", *many, north)
    assert ("far.pdf", "Whoever crosses the sound by ferry pays fares of £6.") in quoted(answered)
    assert answered.overview is not None
    assert len(answered.overview.lines) == len(many) + 1
    # Each side has one of the first two hits.
    assert "far.pdf" in [hit.stored.paper.path for hit in answered.hits[:2]]


def test_neither_side_of_a_comparison_is_quoted_more_often_than_its_share(tmp_path: Path) -> None:
    many = [
        report(
            f"{at}.pdf", "Ferry fares", meeting(f"2015-{at:02}-03"), purpose=f"The ferry fares rose by £{at} {said}."
        )
        for at, said in enumerate(
            ("in May", "for vans", "on Sundays", "at night", "for dogs", "for bicycles", "again"), 1
        )
    ]
    said = "The ferry fares of Norshire rose by £9 for lorries."
    north = report("north.pdf", "Ferry fares", meeting("2017-11-02", "Cabinet", "Norshire Council"), purpose=said)
    answered = ask(tmp_path, "Compare Ashshire and Norshire on ferry fares", *many, north)
    own = [file for file, _ in quoted(answered)]
    assert len(own) == DEFAULT.quoting.steps // 2 + 1
    assert own[-1] == "north.pdf"  # side by side, in the order in which they are named
    other = report("agenda.pdf", "Agenda", meeting("2017-11-02", "Cabinet", "Norshire Council"), purpose="Ferry fares")
    alone = ask(tmp_path / "two", "Compare Ashshire and Norshire on ferry fares", *many, other)
    assert len(alone.answer) == DEFAULT.quoting.steps // 2


def test_the_bodies_with_days_and_counts_lead_where_they_are_asked_for(tmp_path: Path) -> None:
    agenda = report(
        "agenda.pdf",
        "Agenda",
        meeting("2017-12-04", "Mole Board"),
        body="12 Update on Ferry fares of the Northern Line (to follow) 71 - 72",
    )
    answered = ask(tmp_path, "Which boards discussed ferry fares?", AUTUMN, SPRING, SCRUTINY, NORTH, agenda)
    assert answered.overview is not None
    told = [
        "Cabinet (Ashshire County Council): 2 meetings, 22 April 2014 to 19 October 2017",
        "Cabinet (Norshire Council): 1 meeting, 2 November 2017",
        "Mole Board (Ashshire County Council): 1 meeting, 4 December 2017, only on an agenda, in a title or in a list",
        "Scrutiny Committee (Ashshire County Council): 1 meeting, 3 February 2015",
    ]
    assert [one.said for one in answered.overview.having] == told
    laid_out = " ".join(answers.answered(answered).split())
    assert laid_out.startswith(f"Found in the papers of 4 bodies: {'. '.join(told)}. ")
    html = pages.answer_html(answered, pages.quotations(answered, lambda *_: None), None, lambda _: False)
    assert html.index(told[2]) < html.index("<blockquote>")
    assert "agenda.pdf" not in [file for file, _ in quoted(answered)]
    assert {line.kind for line in answered.overview.lines if line.paper.path == "agenda.pdf"} == {"on the agenda"}


def test_a_paper_that_only_names_the_matter_in_a_list_has_no_line_over_time(tmp_path: Path) -> None:
    listed = report("list.pdf", "Notices", meeting("2016-05-03"), purpose="Ferry Fares, Slipway Charges, Northern Mole")
    overview = ask(tmp_path, "How have ferry fares changed since 2014?", SPRING, AUTUMN, listed).overview
    assert overview is not None
    assert [line.paper.path for line in overview.lines] == ["spring.pdf", "autumn.pdf"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It was agreed that the fares be frozen", True),
        ("• Ferry fares – posters had been put up on the pier", True),
        ("The crew remains content with the fares of this year.", True),
        ("Receipt of £100 for the ferry", True),
        ("Anna Crab, Northern Ferry Users and Friends of the Mole - Ferry Fares", False),
        ("12\tUPDATE ON THE FERRY FARES (TO FOLLOW)\t71 - 72", False),
        ("Ferry Fares 2030-31 End of Year Template", False),
        ("Non Voting\tAnna Crab Gus Cod", False),
        ("cut in fares.", False),
    ],
)
def test_a_line_tells_something_by_its_verb_or_figure_and_a_title_or_a_row_of_an_agenda_does_not(
    text: str, told: bool
) -> None:
    assert tells(Unit((Part(text, 1, 0),), "paper", 1, 0, 1.0, True, 1.0, row="\t" in text)) is told


def test_two_months_of_one_year_are_compared_and_no_other_month(tmp_path: Path) -> None:
    months = [
        report(f"{month}.pdf", "Ferry fares", meeting(f"2015-{month}-03"), purpose=BROUGHT.format(sum_))
        for month, sum_ in (("01", 40), ("02", 60), ("03", 90))
    ]
    answered = ask(tmp_path, "Compare January and March 2015 on ferry fares", *months)
    assert answered.question == "Compare January 2015 and March 2015 on ferry fares"
    assert quoted(answered) == [
        ("01.pdf", BROUGHT.format(40)),
        ("03.pdf", BROUGHT.format(90)),
    ]


def test_what_is_quoted_of_a_meeting_is_what_its_line_says(tmp_path: Path) -> None:
    answered = ask(tmp_path, "How have ferry fares changed since 2014?", AUTUMN, SPRING, SCRUTINY)
    assert answered.overview is not None
    assert quoted(answered) == [(line.paper.path, line.text) for line in answered.overview.lines]


def test_a_body_that_has_nothing_is_named_once(tmp_path: Path) -> None:
    name = "Southshire Trust"
    when = meeting("2017-11-02", f"{name} Committee", name)
    parks = [report("parks.pdf", "Parks", when, purpose="To plant trees in the parks.")]
    overview = ask(tmp_path, f"Compare Ashshire and the {name} on ferry fares", AUTUMN, SPRING, *parks).overview
    assert overview is not None
    assert [one for one in overview.lacking if name in one] == [f"Nothing on it was found in the papers of {name}."]


ROSE = "RESOLVED that the ferry fares rise to £4 a crossing."
BROUGHT_IN = "The ferry fares brought the harbour office £90,000 in the year to March."


def unsure(folder: Path, question: str, *readings: Reading) -> Answered:
    """Ask an engine that judges that no passage answers."""
    held, encoder = archive(folder, *readings)
    return Engine(held, encoder, replace(DEFAULT, threshold=Threshold(least=99.0))).ask(question)


def test_that_papers_print_the_matter_answers_where_an_overview_is_asked_for(tmp_path: Path) -> None:
    assert unsure(tmp_path / "one", "Which meetings discussed ferry fares?", SPRING, AUTUMN).status == "answered"
    assert unsure(tmp_path / "two", "How have ferry fares changed since 2014?", SPRING, AUTUMN).status == "answered"
    assert unsure(tmp_path / "three", "How have coach fares changed since 2014?", SPRING, AUTUMN).status == "not_found"
    assert unsure(tmp_path / "four", "How much are the ferry fares?", SPRING, AUTUMN).status == "not_found"


def test_the_meetings_lead_each_with_its_line_where_they_are_asked_for(tmp_path: Path) -> None:
    answered = ask(tmp_path, "Which meetings discussed ferry fares?", AUTUMN, SPRING, SCRUTINY)
    cabinet = "Cabinet (Ashshire County Council)"
    rows = [
        f"22 April 2014, {cabinet}: Ferry fares. “46. Ferry fares {ROSE}”",
        f"3 February 2015, Scrutiny Committee (Ashshire County Council): Ferry fares. “{BROUGHT_IN}”",
        f"19 October 2017, {cabinet}: Ferry fares. “85. Ferry fares RESOLVED that the ferry fares be cut by 10%.”",
    ]
    assert answered.overview is not None
    assert answered.overview.leading == tuple(rows)
    laid_out = " ".join(answers.answered(answered).split())
    assert laid_out.startswith(f"Found in the papers of 3 meetings of 2 bodies: {'. '.join(rows)}. ")


def test_more_meetings_than_are_listed_are_counted(tmp_path: Path) -> None:
    held, encoder = archive(tmp_path, AUTUMN, SPRING, SCRUTINY)
    few = replace(DEFAULT, threshold=Threshold(), quoting=replace(DEFAULT.quoting, meetings=2))
    overview = Engine(held, encoder, few).ask("Which meetings discussed ferry fares?").overview
    assert overview is not None
    assert (len(overview.lines), overview.lacking[0]) == (2, "1 more meeting with something on it is not listed.")


def test_words_of_a_long_matter_have_to_be_said_together(tmp_path: Path) -> None:
    fund = report("fund.pdf", "Grants", meeting("2015-03-03"), purpose="The harbour support fund paid for six masts.")
    apart = report(
        "apart.pdf", "Boats", meeting("2016-03-03"),
        purpose="The harbour is deep. Fishermen support each other. A fund was spoken of.",
    )  # fmt: skip
    overview = ask(tmp_path, "Which meetings discussed the harbour support fund?", fund, apart).overview
    assert overview is not None
    assert [line.paper.path for line in overview.lines] == ["fund.pdf"]


def test_meetings_that_only_come_near_the_matter_have_no_line_where_enough_print_it(tmp_path: Path) -> None:
    near = minutes(
        "near.pdf", meeting("2016-05-03"), [("7", "Coaches", "The ferry was late. Coach fares rose by £1 in May.")]
    )
    overview = ask(tmp_path, "How have ferry fares changed since 2014?", SPRING, AUTUMN, near).overview
    assert overview is not None
    assert [line.paper.path for line in overview.lines] == ["spring.pdf", "autumn.pdf"]


def line_of(folder: Path, question: str, text: str) -> str:
    """Give the line of a meeting whose report says this."""
    own = report("own.pdf", "Harbour matters", meeting("2016-05-03"), purpose=text)
    overview = ask(folder, question, SPRING, AUTUMN, own).overview
    assert overview is not None
    return next(line.shown for line in overview.lines if line.paper.path == "own.pdf")


CHANGED = "How have ferry fares changed since 2014?"


def test_a_line_has_a_second_sentence_only_where_that_says_more_of_the_matter(tmp_path: Path) -> None:
    said = "Anna Crab came to the meeting by coach. The ferry fares were frozen for a year."
    assert line_of(tmp_path / "one", CHANGED, said) == "The ferry fares were frozen for a year."
    both = "The ferry fares were spoken of again. Dogs were to pay nothing from May."
    papers = [report(f"{year}.pdf", "Boats", meeting(f"{year}-05-03"), purpose=both) for year in (2015, 2016)]
    overview = ask(tmp_path / "two", "How have ferry fares of dogs changed since 2014?", *papers).overview
    assert overview is not None
    assert [line.text for line in overview.lines] == [both, both]


def test_an_entry_of_a_list_is_a_line_under_its_stem(tmp_path: Path) -> None:
    listed = "The committee is going to look into:\n• The new ferry fares of the sound\n• The paint of the mole"
    assert line_of(tmp_path, CHANGED, listed) == (
        "The committee is going to look into:\n• The new ferry fares of the sound"
    )


def test_a_row_is_listed_without_the_header_of_its_table_which_is_shown_below(tmp_path: Path) -> None:
    table = "Service of the harbour\tSum in £000\nFerry fares of the sound and the mole\t412"
    own = report("own.pdf", "Harbour matters", meeting("2016-05-03"), purpose=table)
    answered = ask(tmp_path, "Which meetings discussed ferry fares?", own)
    assert answered.overview is not None
    body = "3 May 2016, Cabinet (Ashshire County Council): Harbour matters."
    assert answered.overview.leading == (f"{body} “Ferry fares of the sound and the mole 412”",)
    assert "Service of the harbour | Sum in £000 Ferry fares" in " ".join(answers.answered(answered).split())


def test_a_question_that_was_put_is_no_line_beside_what_was_said(tmp_path: Path) -> None:
    asked = "Would the ferry fares of the harbour be frozen? The chair said that ferry fares were to rise in May."
    assert line_of(tmp_path, CHANGED, asked) == "The chair said that ferry fares were to rise in May."


def test_how_a_council_sees_something_is_asked_of_the_matter_and_not_of_its_view(tmp_path: Path) -> None:
    views = report(
        "views.pdf", "Views", meeting("2016-05-03"), purpose="Members’ views will be asked for in the autumn."
    )
    question = "How has the council's view of ferry fares changed since 2014?"
    overview = ask(tmp_path, question, SPRING, AUTUMN, views).overview
    assert overview is not None
    assert [line.paper.path for line in overview.lines] == ["spring.pdf", "autumn.pdf"]
