"""What the pages say about an answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from indexer.records import Meeting, Page, Paper, Passage, Section, Span, StoredPassage
from search import cite
from search.register.head import Field, Head
from search.results import Answered, AnswerSentence, Hit
from search.views.address import Asked
from search.views.render import answers, briefing, card, chips

DECIDED = Meeting("Ashshire Council", "Cabinet", date(2016, 10, 19))
PAPER = Paper("ab" * 32, "pack.pdf", "pdf", True, "pack", "Pack", Meeting("", "", date(2017, 2, 7)), 30)


def hit(rank: int, kind: str = "resolution", spans: tuple[Span, ...] = (Span(8, 0, 4), Span(9, 0, 5))) -> Hit:
    section = Section(1, None, "item", "93", "BEDS", DECIDED, spans)
    passage = Passage(1, 1, kind, spans, "That\nbeds.", ())  # type: ignore[arg-type]
    stored = StoredPassage(rank, PAPER, section, passage, "t")
    return Hit(rank, 1.0, stored, "6", "93", "BEDS", cite.reference(stored, "6"))


def answered(*sentences: AnswerSentence, hits: tuple[Hit, ...] = (hit(1, "report"), hit(2))) -> Answered:
    return Answered("beds?", "answered", hits, sentences)


def quoted(*sentences: AnswerSentence) -> tuple[answers.Quotation, ...]:
    pages = {8: Page(8, "That", label="6"), 9: Page(9, "The beds.", label="7")}
    return answers.quotations(answered(*sentences), lambda _, sheet: pages[sheet])


def test_a_quotation_on_the_second_page_of_its_passage_is_cited_and_marked_there() -> None:
    first, second = quoted(AnswerSentence("That.", 2, 8), AnswerSentence("beds.", 2, 9))
    assert first.reference.endswith("pack of 7 February 2017, p. 6 (sheet 8)")
    assert second.reference.endswith("pack of 7 February 2017, p. 7 (sheet 9)")
    assert (second.number, second.hit.rank, second.page) == (2, 2, 9)
    assert second.spans == (Span(9, 4, 9),)
    assert (
        second.copied
        == "“beds.” (Cabinet (Ashshire Council), 19 October 2016, minute 93, pack of 7 February 2017, p. 7 (sheet 9))"
    )


def test_a_sentence_over_a_pages_end_is_one_quotation_of_both_pages() -> None:
    over = (AnswerSentence("That", 2, 8), AnswerSentence("beds.", 2, 9))
    one, other = quoted(*over, AnswerSentence("That.", 1, 8))
    assert (one.number, one.text, one.page, one.note) == (1, "That beds.", 8, "")
    assert one.reference.endswith("pack of 7 February 2017, p. 6 (sheet 8) and p. 7 (sheet 9)")
    assert one.spans == (Span(8, 0, 4), Span(9, 4, 9))
    assert (other.number, other.text) == (2, "That.")
    assert answers.count_line(answered(*over)) == "2 passages found, 1 quotation in the answer."
    assert [made.lines for made in briefing.briefing(answered(*over), lambda *_: None, card.Card()).parts[0][1]] == [
        ("That beds.",)
    ]


def test_the_quotation_that_an_address_names_is_the_one_whose_page_is_shown() -> None:
    first, second = quoted(AnswerSentence("That.", 2, 8), AnswerSentence("beds.", 2, 9))
    assert answers.shown((first, second), None, None) is first
    assert answers.shown((first, second), 2, 9) is second
    assert answers.shown((first, second), 1, None) is None


def test_the_page_shown_first_is_that_of_the_first_quotation() -> None:
    answer = answered(AnswerSentence("That", 2, 8))
    assert answers.chosen(answer, None).rank == 2
    assert answers.chosen(answer, 1).rank == 1
    assert answers.chosen(answer, 99).rank == 2
    assert answers.chosen(answered(), None).rank == 1


def test_a_matter_decided_at_several_meetings_is_headed_by_all_their_dates() -> None:
    first = hit(1)
    earlier = replace(first.stored.section, meeting=replace(DECIDED, date=date(2014, 4, 22)))
    second = replace(hit(2), stored=replace(first.stored, section=earlier))
    both = answered(AnswerSentence("That", 1, 8), AnswerSentence("That", 2, 8), hits=(first, second))
    fields = (
        ("outcome", "Noted by"),
        ("body", "Cabinet"),
        ("date", "19 October 2016"),
        ("item", "93"),
        ("title", "BEDS"),
    )
    head = Head("ab:d3", tuple(Field(name, text) for name, text in fields))
    assert card.card(replace(both, head=head)) == card.Card(
        "Noted by Cabinet on 19 October 2016: item 93, BEDS, and also on 22 April 2014", "", "ab:d3"
    )


def test_a_report_is_not_headed_as_a_decision() -> None:
    assert card.card(answered(AnswerSentence("That", 1, 8))) == card.Card()


def test_a_word_that_no_paper_holds_is_said_with_the_nearest() -> None:
    told = replace(answered(), suggested={"beddes": "beds"})
    assert answers.notes(told) == ["No paper has the word “beddes”; did you mean “beds”?"]
    assert answers.corrected(replace(told, question="Beddes, beddes and beddess")) == "beds, beds and beddess"


def test_what_was_not_found_is_not_counted_as_found() -> None:
    one = replace(answered(hits=(hit(1),)), status="not_found")
    assert answers.count_line(one) == (
        "Not found in these papers. The nearest passage is below; it does not answer the question."
    )
    assert answers.count_line(replace(one, hits=())) == "Not found in these papers."


def test_expansions_and_preferences_are_told() -> None:
    told = replace(answered(), expanded={"CSE": "child sexual exploitation"}, noticed=("2016",), searched="12 papers")
    assert answers.notes(told) == [
        "Also searched for CSE as “child sexual exploitation”.",
        "Preferred, as the question names it: 2016. All others were searched too.",
        "Searched 12 papers.",
    ]


def test_a_passage_that_ocr_read_says_so_with_its_confidence() -> None:
    guessed = replace(hit(1), guessed=0.934)
    assert "<strong>(read by OCR, 93% sure)</strong>" in answers.passages_html(answered(hits=(guessed,)), None)
    assert "OCR" not in answers.passages_html(answered(), None)


def test_what_a_question_names_becomes_chips_that_limit_the_search_to_it() -> None:
    passage = replace(hit(1).stored.passage, text="Beds at Mill Lane and Ottery.")
    passage_hit = replace(hit(1), stored=replace(hit(1).stored, passage=passage))
    question = "What did Cabinet say of beds at Mill Lane, Ottery and Nowhere in 2016?"
    told = replace(answered(hits=(passage_hit,)), question=question, noticed=("2016", "Cabinet"))
    made = chips.named_html(Asked(question), told, ["Cabinet", "Council"], [])
    assert re.findall(r"</span>([^<]*) <span", made) == ["Cabinet", "2016", "“Mill Lane”", "“Ottery”"]
    assert "board=Cabinet" in made
    assert "from=2016-01-01&amp;to=2016-12-31" in made
    assert "%E2%80%9CMill+Lane%E2%80%9D" in made


@pytest.mark.parametrize(
    ("asked", "words", "days"),
    [
        ("since 2014", "since 2014", "from=2014-01-01"),
        ("between 2014 and 2017", "between 2014 and 2017", "from=2014-01-01&amp;to=2017-12-31"),
        ("after 2014", "after 2014", "from=2015-01-01"),
        ("before March 2016", "before March 2016", "to=2016-02-29"),
        ("by March 2016", "by March 2016", "to=2016-03-31"),
        ("in 2014", "2014", "from=2014-01-01&amp;to=2014-12-31"),
    ],
)
def test_a_stretch_of_days_is_one_chip_that_limits_the_search_to_all_of_it(asked: str, words: str, days: str) -> None:
    question = f"how have ferry fares changed {asked}?"
    made = chips.named_html(Asked(question), replace(answered(), question=question), [], [])
    assert re.findall(r"</span>([^<]*) <span", made) == [words]
    assert re.findall(r'\?q=[^&]*&amp;([^"]*)', made) == [days]


def test_a_filter_in_use_is_lifted_by_its_chip() -> None:
    asked = Asked("beds", boards=("Cabinet", "Council"), date_from=date(2016, 1, 1), date_to=date(2016, 12, 31))
    made = chips.filters_html(asked)
    assert re.findall(r'href="([^"]*)"', made) == [
        "?q=beds&amp;board=Council&amp;from=2016-01-01&amp;to=2016-12-31",
        "?q=beds&amp;board=Cabinet&amp;from=2016-01-01&amp;to=2016-12-31",
        "?q=beds&amp;board=Cabinet&amp;board=Council",
    ]
    assert "1 January 2016 to 31 December 2016" in made
