"""Repairs of words, and of whole files."""

from __future__ import annotations

import pytest

from indexer.layout import clean, running
from indexer.layout.marks import LINE_HYPHEN, Rule, Sheet, Word


def line(text: str, y: float, *, x: float = 72, size: float = 10) -> list[Word]:
    """Words of one line, each letter half a type size wide, single spaces between."""
    out = []
    for part in text.split(" "):
        if part:
            out.append(Word(part, x, y, x + len(part) * size / 2, y + size, size))
        x += (len(part) + 1) * size / 2
    return out


def sheet(number: int, *lines: tuple[str, float]) -> Sheet:
    words = [word for text, y in lines for word in line(text, y)]
    return Sheet(number, 595, 842, tuple(words))


def left(sheets: list[Sheet]) -> list[str]:
    """What is left of each sheet when its running lines are gone."""
    drop, _ = running.running({s.number: running.edge_lines(s) for s in sheets})
    return [" ".join(w.text for i, w in enumerate(s.words) if i not in drop[s.number]) for s in sheets]


def vocabulary(text: str) -> clean.Vocabulary:
    return clean.Vocabulary([sheet(1, (text, 400))])


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("ﬁnance", "finance"),
        ("oﬃcer", "officer"),
        ("co\u00adoperation", "cooperation"),
        ("Re\x00port", "Report"),
        ("½", "½"),
        ("m²", "m²"),
        ("\ufeff", ""),
        ("rec" + LINE_HYPHEN, "rec" + LINE_HYPHEN),
    ],
)
def test_a_word_is_mended_but_not_folded(printed: str, read: str) -> None:
    assert clean.word(printed) == read


def test_lone_surrogates_never_enter_the_text() -> None:
    assert clean.word("Coun\ud800cil") == "Council"


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "read"),
    [
        ("infor" + LINE_HYPHEN, "mation", "nothing of it", "information"),
        ("decision" + LINE_HYPHEN, "making", "good decision-making matters", "decision-making"),
        ("decision" + LINE_HYPHEN, "making", "a decision in the making", "decision-making"),
        ("under" + LINE_HYPHEN, "standing", "under standing orders an understanding", "understanding"),
        ("co" + LINE_HYPHEN, "operation", "co-operation co-operation cooperation", "co-operation"),
        ("Anglo" + LINE_HYPHEN, "Saxon", "", "Anglo-Saxon"),
        ("re" + LINE_HYPHEN, "elected", "", "re-elected"),
        ("pre" + LINE_HYPHEN, "empted", "", "pre-empted"),
        ("re" + LINE_HYPHEN, "port", "", "report"),
        ("accom‑", "modation", "", "accommodation"),
        ("2016‑", "17", "", "2016-17"),
        ("2024-", "25", "", "2024-25"),
        ("(-", "£0.5m", "", "(-£0.5m"),
        ("Informa" + LINE_HYPHEN, "tion.", "", "Information."),
    ],
)
def test_a_word_broken_at_a_lines_end_is_joined_as_the_paper_writes_it_elsewhere(
    first: str, second: str, elsewhere: str, read: str
) -> None:
    assert clean.joined(first, second, vocabulary(elsewhere)) == read


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("24/", "00115", True),
        ("2016–", "17", True),
        ("demo@fern.", "example", True),
        ("(www.fern.example/", "papers)", True),
        ("and/", "or", False),
        ("fern.", "example", False),
        ("Seen/", "24", False),
    ],
)
def test_a_reference_or_address_that_a_lines_end_breaks_runs_on(first: str, second: str, joined: bool) -> None:
    upper, lower = line(first, 400)[0], line(second, 412)[0]
    assert clean.run_on(upper, lower) is joined
    assert not clean.run_on(upper, line(second, 400, x=90)[0])


def test_a_dash_in_the_middle_of_a_line_joins_nothing() -> None:
    first, second = line("well- and", 400)
    assert not clean.broken(first, second)


def test_raised_letters_of_an_ordinal_belong_to_the_number() -> None:
    number = Word("30", 72, 400, 83, 411, 11)
    raised = Word("th", 83.2, 399, 89, 406, 7)
    assert clean.glued(number, raised)
    assert not clean.glued(number, raised._replace(text="the"))


def test_dot_leaders_leave_and_the_boxes_stay_in_place() -> None:
    title, page = clean.leaders(Word("Apologies......4", 100, 50, 260, 60))
    assert (title.text, title.x0, title.x1) == ("Apologies", 100, 190)
    assert (page.text, page.x0, page.x1) == ("4", 250, 260)


def test_an_ellipsis_is_no_leader() -> None:
    word = Word("and...", 100, 50, 160, 60)
    assert clean.leaders(word) == [word]


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), ("Page 12 of 40", "12"), ("- 7 -", "7"), ("iv", "iv"), ("Page 3", "3"), ("12 apples", ""), ("", "")],
)
def test_a_stamped_page_number_is_known(text: str, number: str) -> None:
    assert running.stamped(text) == number


def test_a_header_that_repeats_leaves_and_its_number_is_the_label() -> None:
    sheets = [
        sheet(n, ("Oakshire Council, 3 May 2021", 30), (f"Body of page {n * 'x'}", 200), (f"Page {n + 4}", 810))
        for n in range(1, 6)
    ]
    drop, labels = running.running({s.number: running.edge_lines(s) for s in sheets})
    assert left(sheets)[1:] == [f"Body of page {n * 'x'}" for n in range(2, 6)]
    assert labels == {1: "5", 2: "6", 3: "7", 4: "8", 5: "9"}
    assert all(drop.values())


def test_a_header_that_says_the_same_throughout_stays_once_as_the_title() -> None:
    sheets = [sheet(n, ("Appendix C: Savings", 30), ("Body text", 200)) for n in range(1, 5)]
    assert left(sheets) == ["Appendix C: Savings Body text", "Body text", "Body text", "Body text"]


def test_the_same_heading_of_reports_far_apart_stays() -> None:
    sheets = [
        sheet(n, ("Report to Cabinet" if n % 5 == 1 else f"go{n * 'o'}n", 60), ("Body", 200)) for n in range(1, 21)
    ]
    assert sum("Report to Cabinet" in text for text in left(sheets)) == 4


def test_a_heading_that_is_not_repeated_stays_although_it_stands_at_the_top() -> None:
    sheets = [sheet(1, ("Recommendations", 40), ("Body", 200)), sheet(2, ("Reasons", 40), ("Body", 200))]
    assert left(sheets) == ["Recommendations Body", "Reasons Body"]


def test_a_lone_number_at_the_edge_of_a_single_page_leaves() -> None:
    assert left([sheet(1, ("Minutes", 100), ("1", 820))]) == ["Minutes"]


def test_a_header_row_of_a_table_that_repeats_on_each_page_stays() -> None:
    def page(n: int) -> Sheet:
        head = [Word(t, x, 60, x + 40, 70, 10) for t, x in (("Action", 72), ("Lead", 200), ("Due", 320), ("RAG", 450))]
        return Sheet(n, 595, 842, (*head, *line("Body", 200)))

    assert left([page(n) for n in range(1, 6)]) == ["Action Lead Due RAG Body"] * 5


@pytest.mark.parametrize(("columns", "heads"), [((72, 200, 320), True), ((72, 150, 500), False)])
def test_a_header_row_of_three_columns_stays_over_the_rows_that_it_heads(columns: tuple[int, ...], heads: bool) -> None:
    def cells(height: float, *texts: str, at: tuple[int, ...] = (72, 200, 320)) -> list[Word]:
        return [Word(text, x, height, x + 40, height + 10, 10) for text, x in zip(texts, at, strict=True)]

    def page(n: int) -> Sheet:
        rows = [cells(60 + 14 * at, f"Pier{'abcdef'[n]}{at}", f"{at}", f"{at}") for at in range(1, 9)]
        return Sheet(n, 595, 842, tuple(sum(rows, cells(60, "Works", "Budget", "Actual", at=columns))))

    firsts = [" ".join(text.split()[:3]) for text in left([page(n) for n in range(1, 6)])]
    # A header that says the same throughout stays once in any case.
    assert [first == "Works Budget Actual" for first in firsts] == [True, *[heads] * 4]


def test_words_of_drawn_tables_never_leave() -> None:
    def page(n: int, *rules: Rule) -> Sheet:
        words = [*line("Total", 40), *line("spending", 40, x=200), *line("Body", 200)]
        return Sheet(n, 595, 842, tuple(words), rules)

    level = [Rule(60, y, 400, y) for y in (30, 60, 90)]
    upright = [Rule(x, 30, x, 90) for x in (60, 190, 400)]
    assert left([page(n, *level, *upright) for n in range(1, 6)]) == ["Total spending Body"] * 5
    lower = [Rule(rule.x0, rule.y0 + 300, rule.x1, rule.y1 + 300) for rule in (*level, *upright)]
    assert left([page(n, *lower) for n in range(1, 6)]) == ["Total spending Body", *["Body"] * 4]
