"""Passages: exact, whole, one item each, nothing lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.archive import embedded_text
from indexer.passages.cutting import passages
from indexer.passages.pieces import weight
from indexer.records import Decision, Limb, Meeting, Page, Passage, Section, Span, cut
from tests.makers.paper_maker import page, prose

MEETING = Meeting("Quayside Council", "Harbour Board", date(2031, 5, 6))


def section(ordinal: int, kind: str, pages: tuple[Page, ...], parent: int | None = None, **more: str) -> Section:
    """Make a section over whole pages, or over the lines named by ``lines``."""
    spans = tuple(Span(one.number, 0, len(one.text)) for one in pages)
    return Section(ordinal, parent, kind, more.get("number", ""), more.get("title", ""), MEETING, spans)  # type: ignore[arg-type]


def part(one: Page, first: str, last: str) -> Span:
    """Return the span from the start of the line ``first`` to the end of the line ``last``."""
    return Span(one.number, one.text.index(first), one.text.index(last) + len(last))


def decision(spans: tuple[Span, ...], pages: tuple[Page, ...], recommendation: bool = False) -> Decision:
    """Make a decision of these spans."""
    text = cut({one.number: one.text for one in pages}, spans)
    return Decision(0, 0, recommendation, "agreed", text, spans, (), "7", "Quays", MEETING)


def checked(pages: tuple[Page, ...], sections: tuple[Section, ...], *decisions: Decision) -> tuple[Passage, ...]:
    """Make passages and check what holds for all of them."""
    found = passages(pages, sections, decisions)
    texts = {one.number: one.text for one in pages}
    assert [one.ordinal for one in found] == list(range(len(found)))
    assert all(one.text == cut(texts, one.spans) for one in found)
    assert all(one.text.strip() for one in found)
    kept = sorted(word for one in found for word in one.text.split())
    assert kept == sorted(word for one in pages for word in one.text.split())
    return found


def test_whole_paragraphs_are_packed_to_about_110_words() -> None:
    only = page(1, *[prose(40) for _ in range(8)])
    found = checked((only,), (section(0, "report", (only,), title="Quays"),))
    assert all(80 <= len(one.text.split()) <= 145 for one in found)
    assert all(one.text.endswith(".") for one in found)


def test_two_items_are_never_in_one_passage() -> None:
    only = page(1, "7. QUAYS", "Noted.", "8. BOATS", "None.")
    first = Section(0, None, "item", "7", "QUAYS", MEETING, (part(only, "7. QUAYS", "Noted."),))
    second = Section(1, None, "item", "8", "BOATS", MEETING, (part(only, "8. BOATS", "None."),))
    assert [one.text for one in checked((only,), (first, second))] == ["7. QUAYS\nNoted.", "8. BOATS\nNone."]


def test_a_passage_may_run_over_a_page_break_with_two_spans() -> None:
    pages = (page(1, "7. QUAYS", "The quay was long and"), page(2, "wide. It was agreed to be wide."))
    (found,) = checked(pages, (section(0, "item", pages, number="7", title="QUAYS"),))
    assert [(span.page, span.start) for span in found.spans] == [(1, 0), (2, 0)]
    assert found.pages == (1, 2)


def test_a_resolution_with_its_limbs_is_a_passage_of_its_own() -> None:
    only = page(1, "7. QUAYS", prose(60), "RESOLVED that", "a) the quay be built;", "b) boats be bought.", prose(60))
    resolved = decision((part(only, "RESOLVED", "bought."),), (only,))
    found = checked((only,), (section(0, "item", (only,), number="7", title="QUAYS"),), resolved)
    assert [one.kind for one in found] == ["minute", "resolution", "minute"]
    assert found[1].text == resolved.text


def test_a_resolution_in_the_middle_of_a_paragraph_is_cut_out_of_it() -> None:
    only = page(1, "7. QUAYS", "3. After debate the Board RESOLVED that the quay be built. Members then left for tea.")
    resolved = decision((part(only, "RESOLVED", "built."),), (only,))
    found = checked((only,), (section(0, "item", (only,), number="7", title="QUAYS"),), resolved)
    assert [one.text for one in found if one.kind == "resolution"] == ["RESOLVED that the quay be built."]
    assert [one.kind for one in found] == ["minute", "resolution", "minute"]


def test_an_items_bare_heading_stands_before_its_resolution() -> None:
    only = page(1, "7. MINUTES", "RESOLVED that the minutes be signed.")
    resolved = decision((part(only, "RESOLVED", "signed."),), (only,))
    (found,) = checked((only,), (section(0, "item", (only,), number="7", title="MINUTES"),), resolved)
    assert (found.kind, found.text) == ("resolution", only.text)


def test_a_very_long_resolution_is_split_between_its_limbs() -> None:
    limbs = [f"{letter}) {prose(60)}" for letter in "abcdef"]
    only = page(1, "7. QUAYS", "RESOLVED that", *limbs)
    resolved = decision((Span(1, only.text.index("RESOLVED"), len(only.text)),), (only,))
    found = [one for one in checked((only,), (section(0, "item", (only,)),), resolved) if one.kind == "resolution"]
    assert len(found) >= 3
    assert all(one.text.split("\n")[-1] in limbs for one in found)


def test_a_recommendation_that_belongs_to_another_section_is_still_found() -> None:
    only = page(1, "Quays", "Recommendation", "That the quay be built.", "Background", prose(40))
    report = Section(0, None, "report", "", "Quays", MEETING, (part(only, "Quays", "Quays"),))
    asks = Section(1, 0, "recommendation", "", "Recommendation", MEETING, (part(only, "Recommendation", "built."),))
    rest = Section(
        2, 0, "heading", "", "Background", MEETING, (Span(1, only.text.index("Background"), len(only.text)),)
    )
    wanted = decision((part(only, "That", "built."),), (only,), recommendation=True)  # its section is 0, the report
    found = checked((only,), (report, asks, rest), wanted)
    assert [(one.section, one.kind) for one in found][-2:] == [(1, "recommendation"), (2, "report")]


def test_table_rows_stay_whole_and_remember_their_header() -> None:
    rows = [f"Quay {number}\t{number}.5\t{number * 3}\tin hand" for number in range(70)]
    only = page(1, "**Table 1: Works**", "Quay\tCost (£m)\tBoats\tState", *rows)
    found = checked((only,), (section(0, "report", (only,), title="Works"),))
    tables = [one for one in found if one.kind == "table"]
    assert len(tables) > 2
    whole = {"Table 1: Works", "Quay\tCost (£m)\tBoats\tState", *rows}
    assert all(line in whole for one in tables for line in one.text.split("\n"))
    header = cut({1: only.text}, tables[-1].headers)
    assert header == "Table 1: Works\nQuay\tCost (£m)\tBoats\tState"
    assert [span for span in tables[0].headers if cut({1: only.text}, (span,)) in tables[0].text] == []


def test_rows_after_a_subheading_and_on_the_next_page_keep_the_header_of_their_table() -> None:
    first = page(1, "Works", "Quay\tCost (£m)\tBoats", "North\t1.5\t3", "Inner harbour", "South\t2.5\t4")
    second = page(2, *[f"Berth {number}\t{number}.5\t{number * 3}" for number in range(60)])
    both = (first, second)
    top = Section(0, None, "report", "", "Works", MEETING, (Span(1, 0, first.text.index("Inner")),))
    inner = Section(
        1, 0, "heading", "", "Inner harbour", MEETING,
        (Span(1, first.text.index("Inner"), len(first.text)), Span(2, 0, len(second.text))),
    )  # fmt: skip
    found = checked(both, (top, inner))
    texts = {one.number: one.text for one in both}
    last = [one for one in found if "Berth 59" in one.text]
    assert [cut(texts, one.headers) for one in last] == ["Quay\tCost (£m)\tBoats"]


def header_of_last_row(*opening: str) -> list[str]:
    """Give the rows under which the last of sixty rows of figures stands, of a table that opens so."""
    rows = [f"Berth {number}\t{number}\t{number}.5\t{number}.25" for number in range(60)]
    only = page(1, "Works", *opening, *rows)
    found = checked((only,), (section(0, "report", (only,), title="Works"),))
    return cut({1: only.text}, next(one for one in found if "Berth 59" in one.text).headers).split("\n")


@pytest.mark.parametrize(
    ("opening", "header"),
    [
        (("Quay\t2023-24\t2024-25\tTotal", "Name\t£000s\t£000s\t£000s"), 2),
        (("Quay\tFirst\tSecond\tThird", "Name\tYear 1\tYear 2\tYear 3", "\tspent\tspent\tspent"), 3),
        (("Spending on quays:", "Quay\tFirst\tSecond\tThird"), 2),
        # What begins with a number is a first row already, and so is a name with its value.
        (("Quay\tFirst\tSecond\tThird", "Mole\t50 years\t2 years\tnone"), 1),
        (("Quay\tFirst\tSecond\tThird", "Security\tOpen"), 1),
        (("Quay\tFirst\tSecond\tThird", "Inner harbour"), 1),
    ],
)
def test_a_header_of_several_rows_is_kept_whole_and_holds_no_row_of_the_table(
    opening: tuple[str, ...], header: int
) -> None:
    assert header_of_last_row(*opening) == list(opening[:header])


def test_rows_of_another_table_with_prose_between_take_no_header_from_it() -> None:
    rows = [f"Berth {number}\t{number}.5\t{number * 3}" for number in range(60)]
    only = page(1, "Quay\tCost (£m)\tBoats", "North\t1.5\t3", prose(60), *rows)
    found = checked((only,), (section(0, "report", (only,), title="Works"),))
    assert [one.headers for one in found if "Berth 59" in one.text] == [()]


def headers(*rows: str, following: tuple[str, ...] = ()) -> list[str]:
    """Give what the last row of a table is read under; ``following`` are its rows on the next page."""
    pages = [page(1, "Works", *rows)] + ([page(2, *following)] if following else [])
    found = checked(tuple(pages), (section(0, "report", tuple(pages), title="Works"),))
    texts = {one.number: one.text for one in pages}
    last = [one for one in found if (following or rows)[-1] in one.text][-1]
    return cut(texts, last.headers).split("\n") if last.headers else []


LONG = [f"{prose(12)}\t{prose(12)}\tYear {number}" for number in range(30)]
PAIRS = [f"Officer {number}\t{name}" for number, name in enumerate(["Ann Brine", "Carl Dulse", "Eve Fucus"] * 60)]


def test_the_first_row_of_labels_and_their_values_is_no_header() -> None:
    assert headers("Date\t22 July 2014", *PAIRS) == []


def test_short_names_over_long_texts_are_a_header_also_on_the_next_page() -> None:
    names = "Finding\tWhat was done\tEffect"
    assert headers(names, *LONG) == [names]
    assert headers(names, *LONG, following=tuple(LONG)) == [names]


def test_a_table_with_more_columns_right_below_another_has_its_own_header() -> None:
    rows = [f"0.{number}\tDraft\t{number}/11/2022\tFor the board\tall" for number in range(120)]
    assert headers("Owner\tThe board", "State\tFinal", "Version\tState\tDate\tChange\tPages", *rows) == [
        "Version\tState\tDate\tChange\tPages"
    ]


def test_a_paragraph_too_long_for_the_encoder_is_cut_between_sentences() -> None:
    only = page(1, prose(400))
    found = checked((only,), (section(0, "report", (only,)),))
    assert len(found) == 4
    assert all(one.text.endswith("day.") for one in found)


def test_a_sentence_without_end_is_cut_between_words() -> None:
    only = page(1, " ".join(["endless"] * 500))
    found = checked((only,), (section(0, "report", (only,)),))
    assert len(found) >= 4
    assert {word for one in found for word in one.text.split()} == {"endless"}


def test_words_that_introduce_a_list_stay_with_it() -> None:
    only = page(1, prose(100), "The following were bought:", "• boats", "• " + prose(100))
    found = checked((only,), (section(0, "report", (only,)),))
    assert "bought:\n• boats" in found[1].text


def test_a_heading_without_text_goes_to_the_first_passage_below_it() -> None:
    only = page(1, "Implications", "Finance", prose(40))
    upper = Section(0, None, "heading", "", "Implications", MEETING, (part(only, "Implications", "Implications"),))
    lower = Section(1, 0, "heading", "", "Finance", MEETING, (Span(1, only.text.index("Finance"), len(only.text)),))
    (found,) = checked((only,), (upper, lower))
    assert found.section == 1
    assert found.text == only.text


def test_the_trail_tells_body_date_report_and_heading_in_forty_words() -> None:
    only = page(1, "Quays", prose(30))
    report = Section(0, None, "report", "", "A report " + "on quays " * 40, MEETING, (part(only, "Quays", "Quays"),))
    inner = Section(1, 0, "heading", "4", "Finance", MEETING, (Span(1, 6, len(only.text)),))
    (found,) = checked((only,), (report, inner))
    assert found.trail[0] == "Harbour Board, 6 May 2031"
    assert found.trail[-1] == "4. Finance"
    assert sum(len(name.split()) for name in found.trail) <= 40


def test_boilerplate_of_a_front_sheet_is_kept_apart_as_other() -> None:
    only = page(1, "Agenda", "1. Apologies", "In the event of a fire the nearest fire exit must be used by all.")
    first = Section(0, None, "front", "", "Agenda", MEETING, (part(only, "Agenda", "Apologies"),))
    second = Section(1, 0, "heading", "", "Fire", MEETING, (part(only, "In the event", "all."),))
    assert [one.kind for one in checked((only,), (first, second))] == ["agenda", "other"]


def test_the_embedded_text_is_trail_header_and_text() -> None:
    passage = Passage(0, 0, "table", (Span(1, 0, 1),), "a\tb", ("Board", "7. Quays"), ())
    assert embedded_text(passage, "Quay\tCost") == "Board. 7. Quays\nQuay\tCost\na\tb"
    assert embedded_text(passage, "") == "Board. 7. Quays\na\tb"


def test_figures_weigh_more_than_words() -> None:
    assert weight("1,429,506.8") > 3 * weight("harbour")


LINES = st.lists(
    st.text(alphabet="aA1 .,\t•:", min_size=1, max_size=90).map(str.strip).filter(bool), min_size=1, max_size=14
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_whatever_the_paper_no_text_is_lost_and_every_span_is_exact(lines, random) -> None:  # noqa: ANN001
    pages = tuple(page(number, *some) for number, some in enumerate(lines, start=1))
    sections = tuple(section(index, "heading", (one,)) for index, one in enumerate(pages))
    chosen = random.choice(pages)
    start = random.randrange(len(chosen.text))
    end = random.randrange(start, len(chosen.text)) + 1
    inside = chosen.text[start:end]
    spans = (Span(chosen.number, start, end),) if inside.strip() else ()
    joined = [decision(spans, pages)] if spans else []
    found = passages(pages, sections, joined)
    texts = {one.number: one.text for one in pages}
    assert all(one.text == cut(texts, one.spans) for one in found)
    letters = sorted("".join(one.text for one in found).replace("\n", "").replace(" ", "").replace("\t", ""))
    assert letters == sorted("".join("".join(one.text.split()) for one in pages))


def test_limbs_are_not_needed_to_keep_a_decision_whole() -> None:
    only = page(1, "RESOLVED that", "(1) boats be bought.")
    spans = (Span(1, 0, len(only.text)),)
    limb = Limb("(1)", "(1) boats be bought.", (part(only, "(1)", "bought."),))
    whole = Decision(0, 0, False, "agreed", only.text, spans, (limb,), "", "", MEETING)
    (found,) = checked((only,), (section(0, "minutes", (only,)),), whole)
    assert found.text == only.text
