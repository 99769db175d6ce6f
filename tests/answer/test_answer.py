"""Quotations: word for word, each on its page, the decision first, and nothing where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from indexer.encoding.cross_encoder import Verdict
from indexer.records import Block, Filters, Meeting, Page, Span
from search.answer import lines, reporting
from search.answerability.judge import status
from search.bounds import BOUNDS
from search.engine import Engine
from search.results import Answered
from search.settings import DEFAULT, Settings
from search.terminal import answers
from search.terminal.answers import answered as laid_out
from search.thresholds import Features, Threshold
from tests.makers.library_maker import MemoryLibrary


def ask(library: MemoryLibrary, question: str) -> Answered:
    return Engine(library, library.encoder).ask(question)


def quoted_of(library: MemoryLibrary, question: str) -> Answered:
    """Ask without judging whether there is an answer."""
    return Engine(library, library.encoder, Settings(threshold=Threshold())).ask(question)


def verbatim(library: MemoryLibrary, answered: Answered) -> bool:
    """Whether every quotation is a substring of the page that it cites."""
    return all(
        one.page is not None and one.text in library.texts[answered.hits[one.hit - 1].stored.paper.id, one.page]
        for one in answered.answer
    )


def test_a_decision_is_quoted_whole_and_first() -> None:
    library = MemoryLibrary()
    library.add("The footbridge decision was debated at length by members of the footbridge panel.", kind="minute")
    text = "RESOLVED that the Applebury footbridge be repaired;\na) by May; and\nb) within the budget."
    library.add(text, kind="resolution", page=2)
    reply = ask(library, "What was resolved on the Applebury footbridge budget?")
    assert reply.status == "answered"
    assert (reply.answer[0].text, reply.answer[0].page) == (text, 2)
    assert verbatim(library, reply)


@pytest.mark.parametrize(
    ("names", "asked", "quoted"),
    [
        (("Report v1 DRAFT.pdf", "Report FINAL.pdf"), "What does the boathouse cost?", "455,000"),
        (("report final.pdf", "report draft v2.pdf"), "What does the boathouse cost?", "410,000"),
        (("Report v9.pdf", "Report v10.pdf"), "What does the boathouse cost?", "455,000"),
        (("Report v2.pdf", "Other report v1.pdf"), "What does the boathouse cost?", "455,000"),
        (("Report v2.pdf", "Report v1 draft.pdf"), "What does the boathouse cost in the draft?", "455,000"),
    ],
)
def test_of_versions_of_one_paper_the_latest_is_quoted(names: tuple[str, str], asked: str, quoted: str) -> None:
    library = MemoryLibrary()
    for name, cost in zip(names, ("410,000", "455,000"), strict=True):
        library.add(f"The new boathouse of this draft costs £{cost} for forty boats.", kind="report", file=name)
    texts = " ".join(one.text for one in ask(library, asked).answer)
    assert [cost for cost in ("410,000", "455,000") if cost in texts] == [quoted]


def test_a_resolution_over_a_page_break_is_quoted_in_two_parts() -> None:
    library = MemoryLibrary()
    library.add(["RESOLVED that the footbridge be repaired and", "opened again in May."], kind="resolution", page=4)
    reply = ask(library, "What was resolved on the footbridge?")
    assert [(one.text, one.page) for one in reply.answer] == [
        ("RESOLVED that the footbridge be repaired and", 4),
        ("opened again in May.", 5),
    ]


def test_a_sentence_over_a_page_break_is_given_whole_in_two_parts() -> None:
    library = MemoryLibrary()
    library.add(["Nothing else was said. The culvert under the", "lane collapsed in winter. Then came spring."], page=7)
    reply = ask(library, "why the culvert collapsed in winter")
    assert [(one.text, one.page) for one in reply.answer[:2]] == [
        ("The culvert under the", 7),
        ("lane collapsed in winter.", 8),
    ]
    assert [reply.more(at) for at in range(2)] == ["goes on in the next quotation", ""]
    # It is read as one, each part with its place.
    assert "“The culvert under the [1] lane collapsed in winter.” [2]" in answers.answered(reply)
    assert verbatim(library, reply)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing else was said.\nThe culvert under the\nlane collapsed in winter.",
        "Reason:\tthe culvert under the\nlane collapsed in winter.",
        "(a) the culvert under the lane collapsed\nin winter, and the lane was closed; and\n(b) nobody was hurt.",
    ],
)
def test_a_sentence_over_the_end_of_a_line_is_quoted_whole(text: str) -> None:
    library = MemoryLibrary()
    library.add(text)
    quoted = [one.text for one in ask(library, "why the culvert collapsed in winter").answer]
    assert any("culvert under the\nlane collapsed" in one or "collapsed\nin winter, and" in one for one in quoted)
    assert [one for one in quoted if one[0].islower() or one.endswith(("the", "collapsed"))] == []


def test_half_a_sentence_of_a_form_is_not_quoted_where_a_whole_one_answers() -> None:
    library = MemoryLibrary()
    library.add("The latest on the culvert fund is the late announcement of the\nOfficer: J Fenn")
    library.add("The culvert fund now stands at the sum agreed in spring.", file="other.pdf")
    quoted = [one.text for one in ask(library, "What is the latest on the culvert fund?").answer]
    assert quoted == ["The culvert fund now stands at the sum agreed in spring."]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The fund is spent.", False),
        ("fund is spent.", True),
        ("(b) fund the repairs; and", True),
        ("(b) Fund the repairs; or", False),
        ("The allocations rose from 2017 to 2020-", True),
        ("The late announcement of the", True),
        ("It was APPROVED that;", True),
        ("The main points were:", True),
        ("Repairs\t12\t15", False),
    ],
)
def test_what_cuts_a_sentence_or_a_list_from_its_stem_is_known(text: str, cut: bool) -> None:
    assert lines.is_cut(text, 0, len(text)) is cut


def test_a_row_of_figures_without_a_label_is_never_quoted() -> None:
    library = MemoryLibrary()
    library.add(
        "Total income of the society\t2014/15\n0\t28,581\t28,581\t9,860\nIncome from fares\t455\t410", kind="table"
    )
    quoted = [one.text for one in quoted_of(library, "What was the total income of the society in 2014/15?").answer]
    assert quoted == ["Income from fares\t455\t410"]


def test_a_header_of_two_rows_is_one_header() -> None:
    library = MemoryLibrary()
    library.add("Fund\tOpen\tTied\n£1000's\t£1000's\t£1000's\nCulvert repairs\t455\t410", kind="table")
    quoted = quoted_of(library, "What do culvert repairs cost?").answer
    assert [(one.text, one.header) for one in quoted] == [
        ("Culvert repairs\t455\t410", "Fund\tOpen\tTied\n£1000's\t£1000's\t£1000's"),
    ]


def test_a_table_row_is_quoted_with_its_cells_apart() -> None:
    library = MemoryLibrary()
    library.add("Ward\tFootbridges\tCulverts\tTotal\nNorthby\t12\t3\t15\nApplebury\t31\t9\t40", kind="table")
    reply = ask(library, "how many footbridges Applebury")
    assert "Applebury\t31\t9\t40" in [one.text for one in reply.answer]


def test_an_answer_stays_within_its_words_and_says_nothing_twice() -> None:
    library = MemoryLibrary()
    for n in range(6):
        library.add(
            " ".join(
                f"The footbridge at Applebury was inspected {'very ' * 20}closely in round {m}." for m in range(n + 2)
            ),
            file=f"{n}.pdf",
        )
    reply = ask(library, "Was the footbridge at Applebury inspected closely in a round?")
    texts = [one.text for one in reply.answer]
    assert sum(len(text.split()) for text in texts) <= BOUNDS.answer_words
    assert len(set(texts)) == len(texts) > 1


def test_what_a_summary_repeats_with_other_signs_is_not_said_twice() -> None:
    library = MemoryLibrary()
    library.add("11. Recommendation(s):\nThe footbridge is to be repaired in May;\nand painted.", kind="recommendation")
    library.add("The footbridge is to be repaired in May.", file="summary.pdf")
    reply = ask(library, "is the footbridge to be repaired in May")
    assert " ".join(one.text for one in reply.answer).count("repaired in May") == 1


def test_what_the_archive_does_not_hold_is_not_found_and_nothing_is_quoted() -> None:
    library = MemoryLibrary()
    library.add("The footbridge at Applebury will be repaired by May.")
    reply = ask(library, "zebra crossing wildlife consultancy fees")
    assert reply.status == "not_found"
    assert reply.answer == ()
    assert len(reply.hits) == 1
    assert "1 papers, 9 pages" in reply.searched


def test_an_empty_archive_holds_no_answer() -> None:
    reply = ask(MemoryLibrary(), "What was decided about the footbridge?")
    assert (reply.status, reply.hits, reply.answer) == ("not_found", (), ())


def test_papers_without_pages_are_quoted_without_a_page() -> None:
    library = MemoryLibrary()
    library.add("The footbridge will be repaired by May.", paged=False, file="minutes.txt")
    reply = ask(library, "when will the footbridge be repaired")
    assert [one.page for one in reply.answer] == [None]
    assert reply.hits[0].page is None


def test_a_question_is_answered_from_the_least_sum_on() -> None:
    measured = Features(covered=0.8, near=0.4, complete=1.0, answers=0.5)
    threshold = Threshold(covered=1.0, complete=0.2, answers=0.4, least=1.2)
    assert measured.weigh(threshold) == pytest.approx(1.2)
    least = {1.1: "answered", 1.3: "not_found"}
    said = {one: status(measured, Settings(threshold=replace(threshold, least=one)), lambda: 0.5) for one in least}
    assert said == least


def test_what_was_decided_at_several_meetings_is_told_newest_first() -> None:
    library = MemoryLibrary()
    for year in (2019, 2023, 2021):
        library.add(
            f"RESOLVED that the Applebury footbridge be repaired within the budget of {year}.",
            kind="resolution",
            file=f"{year}.pdf",
            meeting=Meeting("Ashshire County Council", "Council", date(year, 5, 1)),
        )
    answered = Engine(library, library.encoder).ask("What was resolved on the Applebury footbridge budget?")
    assert [sentence.text[-5:] for sentence in answered.answer] == ["2023.", "2021.", "2019."]


class Jumping(MemoryLibrary):
    """A library of one page on which other programs do not read on before some words."""

    before: tuple[str, ...] = ()

    def page(self, paper_id: str, number: int) -> Page:  # noqa: D102 - as MemoryLibrary's
        text = self.texts[paper_id, number]
        jumps = tuple(text.index(word) for word in self.before)
        return Page(number, text, (Block(0, len(text), jumps=jumps),))


def test_a_row_is_quoted_with_its_header() -> None:
    library = MemoryLibrary()
    library.add("Ward\tFootbridges\tCulverts\tTotal\nNorthby\t12\t3\t15\nApplebury parish\t31\t9\t40", kind="table")
    first = ask(library, "how many footbridges in Applebury parish").answer[0]
    assert (first.header, first.text) == ("Ward\tFootbridges\tCulverts\tTotal", "Applebury parish\t31\t9\t40")
    assert first.shown == "Ward\tFootbridges\tCulverts\tTotal\nApplebury parish\t31\t9\t40"


def test_a_row_of_a_table_that_begins_in_an_earlier_passage_is_quoted_with_its_header() -> None:
    library = MemoryLibrary()
    first = library.add("Ward\tFootbridges\tCulverts\tTotal\nNorthby\t12\t3\t15", kind="table")
    later = library.add("Applebury parish\t31\t9\t40\nThe rest is rural.\nWest field\t2\t1\t3", kind="table", page=2)
    header = Span(1, 0, first.passage.text.index("\n"))
    passage, named = replace(later.passage, headers=(header,)), "Ward\tFootbridges\tCulverts\tTotal"
    library.stored[later.id] = replace(later, passage=passage, headers=(named,))
    quoted = {one.text: one.header for one in quoted_of(library, "how many footbridges in Applebury parish").answer}
    assert quoted["Applebury parish\t31\t9\t40"] == "Ward\tFootbridges\tCulverts\tTotal"
    other = {one.text: one.header for one in quoted_of(library, "how many footbridges in the West field").answer}
    assert other["West field\t2\t1\t3"] == ""  # behind other text another table begins


def test_a_short_row_of_label_and_figure_answers_under_its_years_and_unit() -> None:
    library = MemoryLibrary()
    library.add("All figures in £000s\nWork\t2014/15\t2015/16\nDredging\t340\t355\nPiers\t20\t25", kind="table")
    first = quoted_of(library, "How much was spent on dredging in 2014/15?").answer[0]
    assert first.shown == "All figures in £000s\nWork\t2014/15\t2015/16\nDredging\t340\t355"


def test_a_list_of_what_is_on_which_page_is_not_quoted_whatever_it_is_called() -> None:
    library = MemoryLibrary()
    library.add(
        "The lighthouse lantern\t3\nLighthouse repairs\t5\nThe lighthouse and its keepers\t9\nCost of repairs\t12"
    )
    library.add("The lighthouse repairs are to begin in May after the storms.", file="b.pdf")
    texts = [one.text for one in ask(library, "When are the lighthouse repairs to begin?").answer]
    assert texts == ["The lighthouse repairs are to begin in May after the storms."]


def test_a_ruling_goes_before_a_sentence_that_matches_as_well() -> None:
    library = MemoryLibrary()
    library.add("The charges for the moorings at Applebury rise in spring, members heard.", kind="report")
    library.add(
        "RESOLVED that the charges for the moorings at Applebury rise in spring.", kind="resolution", file="b.pdf"
    )
    assert ask(library, "charges for moorings at Applebury").answer[0].text.startswith("RESOLVED")


def test_a_table_s_second_row_of_years_heads_what_follows_it() -> None:
    library = MemoryLibrary()
    library.add(
        "Income\t2014/15\nHarbour dues\t£340\nGrants\t£90\nSpending\t2014/15\nDredging\t£355\nPiers\t£25", kind="table"
    )
    first = ask(library, "How much was the spending on dredging in 2014/15?").answer[0]
    assert first.shown == "Spending\t2014/15\nDredging\t£355\nPiers\t£25"  # two words alone could be anywhere


def test_of_a_day_that_is_named_its_own_meeting_is_quoted_before_what_others_say_of_it() -> None:
    library = MemoryLibrary()
    for day in (date(2021, 3, 2), date(2021, 5, 4)):
        library.add(
            f"The harbour master spoke on the lighthouse lantern of 2 March 2021, in {day:%B}.",
            file=f"{day}.pdf",
            meeting=Meeting("Ashshire County Council", "Harbour Board", day),
        )
    reply = ask(library, "What did the harbour master say on the lighthouse lantern on 2 March 2021?")
    assert {reply.hits[one.hit - 1].stored.section.meeting.date for one in reply.answer} == {date(2021, 3, 2)}


def test_the_best_run_of_sentences_comes_first_and_alone_says_the_answer() -> None:
    library = MemoryLibrary()
    library.add(
        "The lido opened late that year. The boiler of the lido failed. It cost £48,000 to replace the boiler "
        "of the lido. Visitors were glad of the sun."
    )
    first, *others = ask(library, "How much did it cost to replace the boiler of the lido?").answer
    assert "£48,000" in first.text
    assert "Visitors" not in first.text
    assert len(others) <= 2


def test_an_entry_of_a_list_is_quoted_under_its_stem() -> None:
    library = MemoryLibrary()
    library.add(
        "The harbour survey of the moles found three faults in the north mole:\n• loose stones along the parapet\n"
        "• a crack below the lighthouse lantern room"
    )
    quoted = ask(library, "crack below the lighthouse lantern room").answer[0]
    assert quoted.shown.startswith("The harbour survey of the moles found three faults in the north mole:")
    assert "crack below the lighthouse lantern room" in quoted.text


def test_a_stem_is_quoted_with_the_list_that_it_announces() -> None:
    library = MemoryLibrary()
    library.add(
        "The harbour survey of the moles in the north found:\n• loose stones\n• a crack below the lantern room."
    )
    quoted = ask(library, "What did the harbour survey of the moles find?").answer[0]
    assert "loose stones" in quoted.text


def test_a_ruling_that_holds_the_day_asked_for_is_quoted_before_sentences() -> None:
    library = MemoryLibrary()
    library.add("The lighthouse lantern was discussed at length by members.", kind="minute")
    library.add("RESOLVED: That the lighthouse lantern be lit from 4 May 2021.", kind="resolution")
    answered = quoted_of(library, "What was agreed on the lighthouse lantern, and from when?")
    assert answered.answer[0].text == "RESOLVED: That the lighthouse lantern be lit from 4 May 2021."


def test_when_something_was_approved_is_the_meeting_that_approved_it_and_no_later_one_that_speaks_of_it() -> None:
    library = MemoryLibrary()
    said = (
        (4, "resolution", "RESOLVED that the harbour budget be approved and adopted."),
        (9, "resolution", "RESOLVED that the harbour budget should include £500 for paint."),
        (10, "minute", "The harbour budget is to be looked at again in June by the two auditors."),
    )
    for month, kind, text in said:
        met = Meeting("Ashshire County Council", "Cabinet", date(2025, month, 1))
        library.add(text, kind=kind, file=f"{month}.pdf", meeting=met, title="Harbour budget")  # type: ignore[arg-type]
    reply = quoted_of(library, "When did the cabinet approve its harbour budget?")
    assert [one.text for one in reply.answer] == [said[0][2]]
    assert reply.head is not None
    assert "1 April 2025" in reply.head.text


def test_a_month_that_is_named_is_answered_by_its_own_meeting_however_many_others_say_more_of_it() -> None:
    library = MemoryLibrary()
    for year in range(2003, 2018):
        met = Meeting("Ashshire County Council", "Cabinet", date(year, 5, 1))
        said = f"The opening hours of library {year} were changed by the cabinet, at length, for its readers."
        library.add(said, kind="minute", file=f"{year}.pdf", meeting=met, title=f"Opening hours of library {year}")
    met = Meeting("Ashshire County Council", "Cabinet", date(2018, 1, 9))
    own = "New opening hours of the Elms and Lea were agreed to."
    library.add(own, kind="minute", file="own.pdf", meeting=met, title="Matters arising")
    reply = quoted_of(library, "Which libraries had their opening hours changed in January 2018?")
    assert [one.text for one in reply.answer] == [own]


def test_a_label_with_a_sum_says_something_in_few_words() -> None:
    library = MemoryLibrary()
    library.add("Ferry Account: £616.67", title="Treasurer's report")
    library.add("The Ferry Account had been opened at the bank by the treasurer.", title="Banks")
    reply = quoted_of(library, "How much was in the Ferry Account?")
    assert reply.answer[0].text == "Ferry Account: £616.67"


def test_an_amendment_that_fell_does_not_stand_for_what_was_decided() -> None:
    library = MemoryLibrary()
    met = Meeting("Ashshire County Council", "Cabinet", date(2018, 1, 9))
    fell = "To take the Elms ferry out of the ferry timetable. The amendment on the Elms ferry timetable FELL."
    carried = "It was RESOLVED that the timetable of the ferry be approved."
    for text in (fell, carried):
        library.add(text, kind="resolution", file="own.pdf", meeting=met, title="Elms ferry timetable")
    assert quoted_of(library, "What was decided on the Elms ferry timetable?").answer[0].text == carried
    assert quoted_of(library, "What was decided on the amendment of the Elms ferry timetable?").answer[0].text == fell


def test_what_says_all_of_a_quotation_and_more_takes_its_place() -> None:
    library = MemoryLibrary()
    short = "A lantern strategy for the lighthouse was signed off by the Harbour Board in July 2015."
    longer = f"{short[:-1]}, with a plan of what is to be done by the harbour master in each of the moles."
    library.add(short)
    library.add(longer)
    texts = [
        one.text for one in quoted_of(library, "When was the lantern strategy of the lighthouse signed off?").answer
    ]
    assert texts == [longer]


def test_numbers_that_stand_elsewhere_do_not_follow_the_number_asked_for() -> None:
    library = MemoryLibrary()
    library.add("The harbour school has 140 pupils this year.")
    library.add("CRR0063: capacity to teach pupils of the harbour school.")
    library.add("The ferries of the harbour sailed 900 times.")
    texts = [one.text for one in quoted_of(library, "How many pupils has the harbour school?").answer]
    assert texts == ["The harbour school has 140 pupils this year."]


def test_lists_of_appendices_and_lines_of_a_reports_head_are_not_quoted() -> None:
    library = MemoryLibrary()
    library.add(
        "By: Basil Ingram, Head of Harbours, on the lighthouse repairs\nAppendix 1 - Lighthouse repairs and cost\n"
        "The lighthouse repairs are to begin in May after the storms."
    )
    texts = [one.text for one in ask(library, "What of the lighthouse repairs?").answer]
    assert texts == ["The lighthouse repairs are to begin in May after the storms."]


def test_what_a_form_says_of_itself_is_never_quoted() -> None:
    library = MemoryLibrary()
    library.add("This is not an executive decision.\nKey decision: No\nThe footbridge was closed by a decision in May.")
    assert [one.text for one in ask(library, "footbridge decision").answer] == [
        "The footbridge was closed by a decision in May."
    ]


def test_a_sentence_whose_spelling_is_open_is_quoted_with_the_next() -> None:
    library = Jumping()
    library.before = ("elective",)
    first = "The footbridge ward cut non-elective stays by half."
    rest = " ".join(["The", *(f"hospital{at}" for at in range(40)), "agreed."])
    library.add(f"{first} {rest}")
    assert [one.text for one in ask(library, "footbridge ward stays half").answer] == [f"{first} {rest}"]


def test_cells_that_other_programs_read_apart_are_quoted_apart_and_read_as_one() -> None:
    library = Jumping()
    library.before = ("lasts", "harbour")
    library.add("Repair of the footbridge\tlasts until the spring\tharbour office", kind="table")
    reply = ask(library, "repair of the footbridge until spring")
    assert [one.text for one in reply.answer] == ["Repair of the footbridge", "lasts until the spring"]
    assert reply.sentences == [[0, 1]]
    assert "“Repair of the footbridge [1] lasts until the spring” [2]" in laid_out(reply)


def test_a_resolution_that_only_its_item_makes_telling_is_quoted() -> None:
    library = MemoryLibrary()
    library.add("The Applebury footbridge budget was discussed.", kind="minute", section=1, number="7")
    library.add("RESOLVED that it be noted.", kind="resolution", section=1, number="7")
    reply = ask(library, "What was resolved on the Applebury footbridge budget?")
    assert reply.answer[0].text == "RESOLVED that it be noted."


def test_an_overview_is_told_by_date_across_boards() -> None:
    library = MemoryLibrary()
    steps = (
        ("Cabinet", 2021, "resolution", "RESOLVED that the Applebury footbridge be closed."),
        ("Highways Panel", 2019, "report", "The Applebury footbridge was found to be unsafe."),
        ("Highways Panel", 2023, "minute", "The Applebury footbridge opened again in May."),
        ("Cabinet", 2021, "recommendation", "Cabinet is asked to close the Applebury footbridge."),
        ("Highways Panel", 2022, "agenda", "To consider again the Applebury footbridge."),  # nothing was said of it yet
    )
    for at, (board, year, kind, text) in enumerate(steps):
        meeting = Meeting("Ashshire County Council", board, date(year, 5, 1))
        library.add(text, kind=kind, file=f"{at}.pdf", meeting=meeting, title="Applebury footbridge")  # type: ignore[arg-type]
    reply = quoted_of(library, "What happened to the Applebury footbridge over the years?")
    # What was decided at a meeting stands for it, and not what it was asked for as well.
    assert [one.text for one in reply.answer] == [steps[at][3] for at in (1, 0, 2)]


def test_that_an_update_be_noted_is_not_what_a_meeting_is_quoted_with() -> None:
    library = MemoryLibrary()
    told = "The Applebury footbridge is to be rebuilt in oak before the summer fair."
    steps = (
        (2019, "report", "The Applebury footbridge was found to be unsafe for all but walkers."),
        (2021, "minute", told),
        (2021, "resolution", "RESOLVED that this update on it be noted."),
    )
    for year, kind, text in steps:
        meeting = Meeting("Ashshire County Council", "Cabinet", date(year, 5, 1))
        library.add(text, kind=kind, file=f"{year}.pdf", meeting=meeting, title="Applebury footbridge")  # type: ignore[arg-type]
    reply = quoted_of(library, "What happened to the Applebury footbridge over the years?")
    assert [one.text for one in reply.answer] == [steps[0][2], told]


def test_of_two_resolutions_on_different_matters_only_the_right_one_is_quoted() -> None:
    library = MemoryLibrary()
    for at, (title, text) in enumerate(
        (
            ("Applebury footbridge budget", "RESOLVED that the budget be approved."),
            ("Northby culvert budget", "RESOLVED that the budget be approved and published."),
        )
    ):
        meeting = Meeting("Ashshire County Council", "Cabinet", date(2021 + at, 5, 1))
        library.add(text, kind="resolution", file=f"{at}.pdf", meeting=meeting, title=title, number="7", section=at)
    reply = ask(library, "What was resolved on the Applebury footbridge budget?")
    assert [one.text for one in reply.answer] == ["RESOLVED that the budget be approved."]


def test_headings_and_labels_are_not_quoted_as_sentences() -> None:
    library = MemoryLibrary()
    library.add(
        "11. APPLEBURY FOOTBRIDGE REPAIRS AND CLOSURE\nSelected Applebury footbridge repairs:\n"
        "Why Applebury footbridge repairs?\n"
        "The Applebury footbridge repairs took a year.\nAPPLEBURY FOOTBRIDGE REPAIRS\t220,000",
    )
    assert sorted(one.text for one in ask(library, "Applebury footbridge repairs").answer) == [
        "APPLEBURY FOOTBRIDGE REPAIRS\t220,000",
        "The Applebury footbridge repairs took a year.",
    ]


def of_years(*texts: tuple[int, str]) -> MemoryLibrary:
    library = MemoryLibrary()
    for year, text in texts:
        met = Meeting("Ashshire County Council", "Council", date(year, 5, 1))
        library.add(text, kind="minute", file=f"{year}.pdf", meeting=met)
    return library


def test_what_holds_now_is_quoted_from_the_newest_paper_that_says_it() -> None:
    library = of_years(
        (2030, "The next meeting of the panel would be held on 3 June 2030."),
        (2032, "The next meeting of the panel will be held on 9 July 2032."),
        (2031, "The next meeting of the panel would be held on 5 June 2031."),
    )
    assert ask(library, "When is the next meeting of the panel?").answer[0].text.endswith("9 July 2032.")


def test_a_question_in_the_present_tense_is_answered_by_the_newest_paper() -> None:
    library = of_years(
        (2030, "The balance of the harbour account was £410 in the spring."),
        (2032, "The balance of the harbour account was £95 in the spring."),
        (2031, "The balance of the harbour account was £700 in the spring."),
    )
    assert "£95" in ask(library, "How much is the balance of the harbour account?").answer[0].text


def test_where_the_newest_has_nothing_to_quote_an_older_paper_is_quoted() -> None:
    library = of_years(
        (2030, "The fares of the Millrace ferry crossing rose by a half."), (2032, "It awaits word of a boat.")
    )
    engine = Engine(library, library.encoder, cross_encoder=Reading("awaits", "fares"))
    answered = engine.ask("What is the latest on the fares of the Millrace ferry crossing?")
    assert [one.text for one in answered.answer] == ["The fares of the Millrace ferry crossing rose by a half."]


def test_the_newest_ruling_is_quoted_whole_though_it_is_longer_than_its_share() -> None:
    library = MemoryLibrary()
    limbs = "; ".join(f"to ask the harbour master for part {at} of the footbridge work" for at in range(9))
    for day, text in (
        (date(2021, 3, 2), f"RESOLVED: That the footbridge be mended, and {limbs}."),
        (date(2020, 3, 3), ""),
    ):
        text = text or "RESOLVED: That the footbridge be painted before the summer."
        library.add(
            text, kind="resolution", meeting=Meeting("Ashshire County Council", "Cabinet", day), title="Footbridge"
        )
    first = quoted_of(library, "What did Cabinet decide about the footbridge?").answer[0]
    assert first.text.endswith("part 8 of the footbridge work.")


def test_a_ruling_of_few_words_is_quoted_with_the_sentence_before_it() -> None:
    library = MemoryLibrary()
    said = library.add(
        "Letters were read. The ferry school asked for help with the footbridge.", kind="minute", section=7
    )
    ruling = library.add("A gift to the school was approved.", kind="resolution", section=7)
    place = said.paper.id, 1
    library.texts[place] = library.texts[place].replace("\nA gift", " A gift")
    item = Span(1, said.passage.spans[0].start, ruling.passage.spans[0].end)
    library.stored[ruling.id] = replace(ruling, section=replace(ruling.section, spans=(item,)))
    reply = ask(library, "What gift to the school was approved?")
    assert reply.answer[0].text == (
        "The ferry school asked for help with the footbridge. A gift to the school was approved."
    )
    assert verbatim(library, reply)


@pytest.mark.parametrize(
    ("conclusion", "question"),
    [
        ("With regret, therefore, it was decided to cancel the ferry gala.", "Was the ferry gala cancelled?"),
        (
            "It was decided to cancel the ferry gala until the pier is mended.",
            "Why did the board cancel the ferry gala?",
        ),
    ],
)
def test_a_conclusion_is_quoted_with_the_sentence_that_it_is_drawn_from(conclusion: str, question: str) -> None:
    library = MemoryLibrary()
    said = library.add("Flags were bought. The pier had been closed by storms.", kind="minute", section=7)
    ruling = library.add(conclusion, kind="resolution", section=7)
    place = said.paper.id, 1
    library.texts[place] = library.texts[place].replace(f"\n{conclusion}", f" {conclusion}")
    item = Span(1, said.passage.spans[0].start, ruling.passage.spans[0].end)
    library.stored[ruling.id] = replace(ruling, section=replace(ruling.section, spans=(item,)))
    reply = quoted_of(library, question)
    assert reply.answer[0].text == f"The pier had been closed by storms. {conclusion}"
    assert verbatim(library, reply)


@pytest.mark.parametrize(
    ("entries", "quoted"),
    [
        # Each a matter of its own …
        (
            ("Bunting was bought for the gala.", "The lido pump was mended by Oakes.", "Bells were rung."),
            ["\u2022 The lido pump was mended by Oakes."],
        ),
        # … both on what is asked about …
        (
            ("Bunting was bought for the gala.", "The lido pump was mended.", "Swans came to the lido."),
            ["\u2022 The lido pump was mended.\n\u2022 Swans came to the lido."],
        ),
        # … and one that goes on from what is before it.
        (
            ("The lido pump was mended by", "oakes, whom all thanked."),
            ["\u2022 The lido pump was mended by\n\u2022 oakes, whom all thanked."],
        ),
    ],
)
def test_entries_that_are_sentences_of_their_own_are_quoted_apart_from_those_on_other_matters(
    entries: tuple[str, ...], quoted: list[str]
) -> None:
    library = MemoryLibrary()
    library.add("\n".join(f"\u2022 {entry}" for entry in entries))
    assert [one.text for one in quoted_of(library, "What became of the lido pump and the swans?").answer] == quoted


def test_a_title_that_tells_nothing_is_not_quoted_where_a_sentence_tells_something() -> None:
    library = MemoryLibrary()
    library.add(
        "\u2022 Visitor numbers at the ferry pier and galas\nPurpose\n"
        "Visitor numbers at the ferry pier and galas fell by a third."
    )
    reply = quoted_of(library, "What about visitor numbers at the ferry pier and galas?")
    assert [one.text for one in reply.answer] == ["Visitor numbers at the ferry pier and galas fell by a third."]


def test_what_another_item_says_does_not_explain_a_ruling() -> None:
    library = MemoryLibrary()
    library.add("RESOLVED that the Applebury footbridge be repaired within the budget of May.", kind="resolution")
    library.add("The Applebury footbridge was repaired within the budget by the club.", file="old.pdf")
    reply = ask(library, "What was resolved on the Applebury footbridge budget?")
    assert [one.text[:8] for one in reply.answer] == ["RESOLVED"]


def test_of_a_meeting_s_rulings_the_one_that_says_the_matter_itself_is_quoted() -> None:
    library = MemoryLibrary()
    for text in (
        "AGREED: To enter the village for the flower show.",
        "AGREED: To put up the Applebury airfield plaque.",
    ):
        library.add(text, kind="resolution", section=5, title="Correspondence")
    reply = ask(library, "What was agreed on the Applebury airfield plaque?")
    assert reply.answer[0].text == "AGREED: To put up the Applebury airfield plaque."


def test_of_days_that_are_named_only_rulings_of_those_days_are_quoted() -> None:
    library = MemoryLibrary()
    for year in (2019, 2023):
        text = f"RESOLVED that the Applebury footbridge be painted by the club of {year}."
        day = Meeting("Ashshire County Council", "Council", date(year, 5, 1))
        library.add(text, kind="resolution", file=f"{year}.pdf", meeting=day)
    reply = ask(library, "What was resolved on the Applebury footbridge in May 2019?")
    assert [one.text[-5:] for one in reply.answer] == ["2019."]


def test_of_days_that_are_named_only_their_papers_are_quoted_where_there_are_any() -> None:
    library = of_years(
        (2019, "The footbridge panel found the old footbridge rotten and closed to walkers."),
        (2021, "In 2021 the footbridge panel painted the footbridge."),
    )
    reply = ask(library, "What did the footbridge panel do in 2021?")
    assert [one.text for one in reply.answer] == ["In 2021 the footbridge panel painted the footbridge."]


def minuted(*said: tuple[date, str]) -> MemoryLibrary:
    """What meetings of one board said, each on its day."""
    library = MemoryLibrary()
    for day, text in said:
        library.add(text, kind="minute", file=f"{day}.pdf", meeting=Meeting("Ashshire", "Harbour Board", day))
    return library


def test_what_a_later_meeting_says_of_a_month_answers_before_what_was_said_in_it() -> None:
    library = minuted(
        (date(2021, 6, 1), "The harbour police had two calls about boats in May."),
        (date(2021, 7, 6), "The harbour police had nine calls about boats from the lower quay and lock in June."),
    )
    asked = "How many calls about boats from the lower quay and lock did the harbour police have in June 2021?"
    assert [one.text for one in ask(library, asked).answer] == [
        "The harbour police had nine calls about boats from the lower quay and lock in June."
    ]


def test_what_is_asked_of_a_year_may_be_said_at_a_meeting_of_the_next_one() -> None:
    library = minuted(
        (date(2015, 12, 1), "The lower quay library will have a tree and lights at Christmas."),
        (date(2016, 1, 5), "The lower quay library had shut in the evening at Christmas as lights failed."),
    )
    asked = "Why did the lower quay library shut in the evening at Christmas 2015?"
    assert ask(library, asked).answer[0].text.startswith("The lower quay library had shut")


def test_money_that_went_the_other_way_is_quoted_only_where_nothing_else_matches_as_well() -> None:
    library = MemoryLibrary()
    library.add("£40 was spent on rope for the ferry.", file="a.pdf")
    library.add("£900 for paint of the ferry cabin doors, income of the crew.", file="b.pdf")
    asked = "How much was spent on paint of the ferry cabin doors?"
    assert ask(library, asked).answer[0].text == "£900 for paint of the ferry cabin doors, income of the crew."


def test_a_quotation_that_mostly_repeats_another_is_left_out() -> None:
    library = of_years(
        (2019, "The footbridge at Applebury needs new oak planks before the winter floods."),
        (2021, "The footbridge at Applebury needs new oak planks before the next winter floods come."),
    )
    assert len(ask(library, "What does the footbridge at Applebury need before winter?").answer) == 1


def test_a_sentence_without_the_sum_that_is_asked_for_is_never_first_nor_from_elsewhere() -> None:
    library = MemoryLibrary()
    library.add("How much the Millrace ferry grant will cost the ferry is not yet known to the council.", file="a.pdf")
    library.add("The Millrace ferry grant will cost £4,200 this year.", file="b.pdf")
    found = ask(library, "How much will the Millrace ferry grant cost?")
    assert [one.text for one in found.answer] == ["The Millrace ferry grant will cost £4,200 this year."]


@pytest.mark.parametrize(
    ("question", "read"), [("How much is the ferry grant?", 7), ("Why is there a ferry grant?", 5)]
)
def test_for_a_figure_all_the_passages_shown_are_read_as_a_row_may_rank_low(question: str, read: int) -> None:
    library = MemoryLibrary()
    for number in range(7):
        library.add(f"The ferry grant of year {number} was £{number},900.", file=f"{number}.pdf")
    engine = Engine(library, library.encoder)
    query = engine.parse(question)
    ranked, asked = engine.rank(query, Filters())
    assert {unit.hit for unit in reporting.units(query, asked, ranked, DEFAULT.quoting)} == set(range(1, read + 1))


def test_what_names_no_year_is_of_the_year_that_its_passage_names() -> None:
    library = MemoryLibrary()
    library.add("The clerk was asked to set the precept for 2032/33. The precept was set at £7,800.", kind="minute")
    library.add("The clerk was asked to set the precept for 2031/32. The precept was set at £7,400.", kind="minute")
    said = " ".join(one.text for one in quoted_of(library, "How much was the precept for 2031/32 set at?").answer)
    assert "£7,400" in said
    assert "£7,800" not in said


def test_what_an_item_of_an_agenda_is_for_is_not_quoted() -> None:
    library = MemoryLibrary()
    library.add("4.1 To receive an update on the Applebury ferry fund. The Applebury ferry fund was topped up in May.")
    assert [one.text for one in quoted_of(library, "What is said on the Applebury ferry fund?").answer] == [
        "The Applebury ferry fund was topped up in May."
    ]


@pytest.mark.parametrize(
    ("text", "day", "note"),
    [
        ("The play park repairs cost £455.", date(2015, 6, 2), "What is quoted first is of 2 June 2015, not of 2014."),
        ("The play park repairs cost £455 in May 2013.", None, "What is quoted first speaks of May 2013, not of 2014."),
        ("The play park repairs cost £455 in 2014.", date(2015, 6, 2), ""),
        ("The play park repairs cost £455.", date(2014, 6, 2), ""),
        ("The play park repairs cost £455 (pages 36/37).", date(2014, 6, 2), ""),
        ("The play park repairs cost £455.", None, ""),
    ],
)
def test_what_is_quoted_from_other_days_than_those_asked_for_says_so(text: str, day: date | None, note: str) -> None:
    library = MemoryLibrary()
    library.add(text, kind="minute", meeting=Meeting("Ashshire", "Parish Council", day))
    answered = quoted_of(library, "How much was spent on play park repairs in 2014?")
    assert [one.text for one in answered.answer] == [text]
    assert (answered.note, answered.to_json()["note"]) == (note, note)
    assert not quoted_of(library, "How much was spent on play park repairs?").note


def test_of_reported_decisions_those_of_the_days_asked_for_come_first() -> None:
    library = MemoryLibrary()
    for year in (2015, 2016):
        text = f"A ferry strategy was signed off by the Harbour Board in July {year}."
        library.add(text, kind="report", file=f"{year}.pdf", meeting=Meeting("Ashshire", "Cabinet", date(2017, 2, 7)))
    first = {
        year: quoted_of(library, f"What did the board agree about the ferry strategy in {year}?")
        for year in (2015, 2016)
    }
    assert {year: one.answer[0].text.rsplit(" ", 1)[1] for year, one in first.items()} == {2015: "2015.", 2016: "2016."}
    assert [one.outside for one in first.values()] == ["", ""]


class Reading:
    """A cross-encoder of a test: log-odds by a word of a text, and what it was given to read that holds no other."""

    def __init__(self, word: str, but: str) -> None:
        self.word, self.but, self.read = word, but, list[str]()

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Be sure of a text with its word and without the other, and say nothing of where."""
        self.read += [one for one in texts if self.word in one and self.but not in one]
        nowhere = np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
        return [Verdict(9.0 if self.word in one and self.but not in one else -9.0, *nowhere) for one in texts]


class Locating:
    """A cross-encoder of a test: sure of no text more than of another, but that the answer is in some words."""

    def __init__(self, evidence: str) -> None:
        self.evidence = evidence

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Say that the words are the evidence wherever they are."""
        return [self._verdict(text) for text in texts]

    def _verdict(self, text: str) -> Verdict:
        offsets = [(at, at + 1) for at, letter in enumerate(text) if letter != " "]
        begin = text.find(self.evidence)
        own = [0.9 if begin >= 0 and begin <= at < begin + len(self.evidence) else 0.01 for at, _ in offsets]
        return Verdict(0.0, np.array(offsets, np.int32), np.array(own, np.float32))


FOUND, TRACED = "The leak at the chapel was found at last.", "The leak at the chapel was traced to a pipe."


@pytest.mark.parametrize("evidence", [FOUND, TRACED])
def test_what_is_quoted_first_is_where_the_cross_encoder_sees_the_answer(evidence: str) -> None:
    library = MemoryLibrary()
    between = (
        "Members thanked the clerk. " * 2 + "The hall is to be painted in May. " * 2 + "Tea was served at four. " * 2
    )
    library.add(f"{FOUND} {between}{TRACED}", title="Chapel")
    engine = Engine(library, library.encoder, Settings(threshold=Threshold()), cross_encoder=Locating(evidence))
    assert engine.ask("where was the leak at the chapel").answer[0].text == evidence


BESIDE = "Each 1% increase in council tax brings £9.5m. "
TAX = "The council tax increase proposed in the budget is 4.99%."


def _first_read(text: str, question: str, reading: Reading | None) -> str:
    library = MemoryLibrary()
    library.add(text, title="Budget")
    settings = Settings(threshold=Threshold())
    return Engine(library, library.encoder, settings, cross_encoder=reading).ask(question).answer[0].text


def test_of_sentences_with_a_figure_the_one_that_answers_is_quoted_first_by_the_cross_encoder() -> None:
    question = "By how much did the budget increase council tax?"
    assert _first_read(BESIDE + TAX, question, None).startswith(BESIDE.strip())
    reading = Reading("4.99%", but="9.5m")
    assert _first_read(BESIDE + TAX, question, reading) == TAX
    assert reading.read == [f"Budget\n{TAX}"]


def test_what_lacks_the_figure_asked_for_is_not_quoted_first_however_surely_it_answers() -> None:
    reading = Reading("debated", but="4.99%")
    first = _first_read(
        "The council tax increase was debated. " + TAX, "By how much did the budget increase council tax?", reading
    )
    assert "4.99%" in first
    assert reading.read == ["Budget\nThe council tax increase was debated."]
