"""What the pages say about an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.records import Meeting, Paper, Passage, Section, Span, StoredPassage
from search import cite
from search.register.head import Field, Head
from search.results import Answered, AnswerSentence, Hit
from search.views.render import card, models

DECIDED = Meeting("Ashshire Council", "Cabinet", date(2016, 10, 19))
PAPER = Paper("ab" * 32, "pack.pdf", "pdf", True, "pack", "Pack", Meeting("", "", date(2017, 2, 7)), 30)


def hit(rank: int, kind: str = "resolution", spans: tuple[Span, ...] = (Span(8, 0, 4), Span(9, 0, 5))) -> Hit:
    section = Section(1, None, "item", "93", "BEDS", DECIDED, spans)
    passage = Passage(1, 1, kind, spans, "That\nbeds.", ())  # type: ignore[arg-type]
    stored = StoredPassage(rank, PAPER, section, passage, "t")
    return Hit(rank, 1.0, stored, "6", "93", "BEDS", cite.reference(stored, "6"))


def answered(*sentences: AnswerSentence, hits: tuple[Hit, ...] = (hit(1, "report"), hit(2))) -> Answered:
    return Answered("beds?", "answered", hits, sentences)


def test_a_quotation_on_the_second_page_of_its_passage_is_cited_there() -> None:
    first, second = models.quotations(
        answered(AnswerSentence("That", 2, 8), AnswerSentence("beds.", 2, 9)), {(PAPER.id, 9): "7"}
    )
    assert "pack of 7 February 2017, p. 6 (sheet 8)</p>" in first.html
    assert "pack of 7 February 2017, p. 7 (sheet 9)</p>" in second.html
    assert (second.number, second.hit, second.page) == (2, 2, 9)


def test_the_page_shown_first_is_that_of_the_first_quotation() -> None:
    answer = answered(AnswerSentence("That", 2, 8))
    assert models.chosen(answer, None).rank == 2
    assert models.chosen(answer, 1).rank == 1
    assert models.chosen(answer, 99).rank == 2
    assert models.chosen(answered(), None).rank == 1


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
        "Noted by Cabinet on 19 October 2016: item 93, BEDS, and also on 22 April 2014", "", "decisions?thread=ab%3Ad3"
    )


def test_a_report_is_not_headed_as_a_decision() -> None:
    assert card.card(answered(AnswerSentence("That", 1, 8))) == card.Card()


def test_a_word_that_no_paper_holds_is_told_with_the_likest() -> None:
    told = replace(answered(), suggested={"beddes": "beds"})
    assert models.notes(told) == ["No paper holds “beddes”; did you mean “beds”?"]
    assert models.corrected(replace(told, question="Beddes, beddes and beddess")) == "beds, beds and beddess"


def test_what_was_not_found_is_not_counted_as_found() -> None:
    one = replace(answered(hits=(hit(1),)), status="not_found")
    assert models.count_line(one) == (
        "Not found in these papers. The nearest passage is below; it does not answer the question."
    )
    assert models.count_line(replace(one, hits=())) == "Not found in these papers."


def test_expansions_and_preferences_are_told() -> None:
    told = replace(answered(), expanded={"CSE": "child sexual exploitation"}, noticed=("2016",), searched="12 papers")
    assert models.notes(told) == [
        "Also searched for CSE as “child sexual exploitation”.",
        "Preferred, though nothing else was left out: 2016.",
        "Searched 12 papers.",
    ]


def test_a_passage_that_ocr_read_says_so_with_its_confidence() -> None:
    guessed = replace(hit(1), guessed=0.934)
    assert "<strong>(read by OCR, 93% sure)</strong>" in models.hit_html(guessed, shown=False)
    assert "OCR" not in models.hit_html(hit(1), shown=False)
