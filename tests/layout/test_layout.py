"""Words into reading order: columns, rows, paragraphs."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.layout import order, tables
from indexer.layout.marks import Rule, Word

STEP = 13.0


def line(text: str, y: float, *, x: float = 72, size: float = 10, space: float = 0.5, bold: bool = False) -> list[Word]:
    """Words of one line; letters are half a type size wide, ``space`` is the gap between words in type sizes."""
    out = []
    for part in text.split():
        out.append(Word(part, x, y, x + len(part) * size / 2, y + size, size, bold))
        x += len(part) * size / 2 + space * size
    return out


def prose(*texts: str, x: float = 72, y: float = 100) -> list[Word]:
    return [word for index, text in enumerate(texts) for word in line(text, y + index * STEP, x=x)]


def read(words: list[Word], rules: list[Rule] | None = None) -> list[str]:
    """Blocks as text; cells parted by " | "."""
    drafts = order.drafts(words, tables.drawn(rules or [], words))
    return [" | ".join(" ".join(word.text for word in cell) for cell in draft.cells) for draft in drafts]


def test_wrapped_lines_are_one_paragraph_and_a_short_last_line_ends_it() -> None:
    words = prose(
        "The committee considered a report on the state of rural roads and",
        "thanked the officers for it.",
        "Members asked about drains and about the verges in the northern part",
        "of the county.",
    )
    assert read(words) == [
        "The committee considered a report on the state of rural roads and thanked the officers for it.",
        "Members asked about drains and about the verges in the northern part of the county.",
    ]


def test_a_gap_parts_paragraphs() -> None:
    words = [*line("This line could go on and on for", 100), *line("ever but it stands apart", 130)]
    assert len(read(words)) == 2


def test_a_bold_heading_and_a_larger_heading_stand_alone() -> None:
    words = [
        *line("Road safety", 100, size=14),
        *line("Purpose of this report", 116, bold=True),
        *line("the purpose is to inform", 129),
    ]
    assert read(words) == ["Road safety", "Purpose of this report", "the purpose is to inform"]


def test_each_numbered_clause_and_bullet_is_a_block() -> None:
    words = prose(
        "5.2 the plan is agreed and the officers are asked to bring",
        "a further report",
        "a) on drains",
        "(ii) on verges",
        "• on hedges",
        "1. on gates",
    )
    assert read(words) == [
        "5.2 the plan is agreed and the officers are asked to bring a further report",
        "a) on drains",
        "(ii) on verges",
        "• on hedges",
        "1. on gates",
    ]


def test_a_label_far_left_of_its_text_is_no_cell() -> None:
    words = [*line("5.2", 100), *line("The plan is agreed", 100, x=110), *line("and will be printed", 113, x=110)]
    assert read(words) == ["5.2 The plan is agreed and will be printed"]


def test_a_bare_minute_number_belongs_to_its_title() -> None:
    words = [*line("225", 100, bold=True), *line("Annual report on gritting", 100, x=120, bold=True)]
    assert read(words) == ["225 Annual report on gritting"]


def test_a_list_that_runs_on_after_a_comma_is_one_paragraph() -> None:
    words = prose(
        "Present: Mr A Archer, Mrs B Baker, Ms C Cooper, Miss D Dyer,", "Mr E Ewart and Dr F Fisher in the chair"
    )
    assert len(read(words)) == 1


def test_columns_of_prose_are_read_one_after_the_other_between_full_width_headings() -> None:
    left = [f"left column line {n} of the news letter" for n in "abcdefgh"]
    right = [f"right column line {n} of the news page" for n in "abcdefgh"]
    words = line("Highway news of the county for all of its parishes and for the towns", 60, size=14)
    for index, (one, two) in enumerate(zip(left, right, strict=True)):
        words += line(one, 100 + index * STEP, x=72)
        words += line(two, 100 + index * STEP, x=320)
    words += line("Printed by the county press for each of its parishes and the towns", 260, size=14)
    text = " ".join(read(words))
    assert text.index("left column line h") < text.index("right column line a")
    assert text.startswith("Highway news")
    assert text.endswith("and the towns")


def test_cells_of_small_words_are_no_prose_set_wide() -> None:
    words = [
        *line("start", 100),
        *line("track", 100, x=200),
        *line("issues at risk", 100, x=300),
        *line("usual", 100, x=430),
    ]
    assert read(words) == ["start | track | issues at risk | usual"]


def test_a_blank_cell_between_gaps_keeps_its_place_so_that_no_figure_slides_into_another_year() -> None:
    columns = (72, 250, 330, 410)
    told = (("Year", "2021", "2022", "2023"), ("Ferries", "11", "12", "13"), ("Piers", "21", "", "23"),
            ("Weirs", "", "", "33"), ("Slipways", "41", "42", ""), ("Quays", "51", "52", "53"))  # fmt: skip
    words = [
        word
        for at, row in enumerate(told)
        for x, text in zip(columns, row, strict=True)
        for word in line(text, 100 + at * STEP, x=x)
    ]
    assert read(words) == [
        "Year | 2021 | 2022 | 2023",
        "Ferries | 11 | 12 | 13",
        "Piers | 21 |  | 23",
        "Weirs |  |  | 33",
        "Slipways | 41 | 42",
        "Quays | 51 | 52 | 53",
    ]


def test_cells_of_a_row_stay_on_one_line_and_a_wrapped_cell_goes_on_in_its_row() -> None:
    words = [
        *line("Service", 100),
        *line("Lead", 100, x=250),
        *line("Spend", 100, x=350),
        *line("Gritting of roads in the", 120),
        *line("Highways", 120, x=250),
        *line("220,000", 120, x=350),
        *line("northern parishes", 133),
        *line("Hedges", 153),
        *line("Estates", 153, x=250),
        *line("40,000", 153, x=350),
    ]
    assert read(words) == [
        "Service | Lead | Spend",
        "Gritting of roads in the northern parishes | Highways | 220,000",
        "Hedges | Estates | 40,000",
    ]


def test_neighbouring_figures_are_cells_at_a_small_gap() -> None:
    words = [*line("Roads", 100), *line("1,428.7 836.6 -31.0", 100, x=250, space=0.6)]
    assert read(words) == ["Roads | 1,428.7 | 836.6 | -31.0"]


def test_wide_spaces_of_a_justified_line_are_no_cells() -> None:
    above = line("The quick brown fox is a beast of the field that goes by night", 100)
    below = line("breaks over hill and dale and over all of the parish and roads", 126)
    tail = line("follows where it has been before a day", 113)
    shift = above[-1].x1 - tail[-1].x1
    tail = [word._replace(x0=word.x0 + shift, x1=word.x1 + shift) for word in tail]
    head = line("so the sad old hound", 113)
    assert tail[0].x0 - head[-1].x1 > 12, "the gap must be wider than a cell's"
    assert len(read([*above, *head, *tail, *below])) == 1


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(x, ys[0], x, ys[-1]) for x in xs] + [Rule(xs[0], y, xs[-1], y) for y in ys]


def test_a_drawn_row_holds_all_lines_of_its_cells() -> None:
    words = [
        *line("Gritting of", 103, x=75),
        *line("roads", 116, x=75),
        *line("Highways", 103, x=205),
        *line("and", 116, x=205),
        *line("Transport", 129, x=205),
        *line("Hedges", 148, x=75),
        *line("Estates", 148, x=205),
    ]
    assert read(words, grid([72, 200, 300], [100, 145, 165])) == [
        "Gritting of roads | Highways and Transport",
        "Hedges | Estates",
    ]


def test_rows_of_figures_in_one_drawn_band_are_parted_by_their_baselines() -> None:
    words = []
    for index, (name, one, two) in enumerate((("Roads", "10", "12"), ("Hedges", "3", "4"), ("Verges", "1", "2"))):
        y = 103 + index * STEP
        words += [*line(name, y, x=75), *line(one, y, x=205), *line(two, y, x=255)]
    assert read(words, grid([72, 200, 250, 300], [100, 150])) == ["Roads | 10 | 12", "Hedges | 3 | 4", "Verges | 1 | 2"]


def test_a_label_beside_long_text_becomes_a_heading_over_paragraphs() -> None:
    long = [
        word for n in range(10) for word in line("words that fill the wide cell of a layout table", 103 + n * 13, x=155)
    ]
    words = [*line("Introduction", 103, x=75), *long]
    blocks = read(words, grid([72, 150, 500], [100, 240]))
    assert blocks[0] == "Introduction"
    assert all(" | " not in block for block in blocks)


WORDS = st.builds(
    lambda text, x, y, size, bold: Word(text, x, y, x + len(text) * size / 2, y + size, size, bold),
    st.sampled_from(["a", "Roads", "1.", "£2,000", "•", "and-", "(ii)", "n/a", "Total"]),
    st.floats(0, 500),
    st.floats(0, 800),
    st.sampled_from([0.0, 7.0, 11.0, 24.0]),
    st.booleans(),
)
RULES = st.builds(
    lambda level, at, start, length: (
        Rule(start, at, start + length, at) if level else Rule(at, start, at, start + length)
    ),
    st.booleans(),
    st.sampled_from([50.0, 100.0, 200.0, 300.0, 400.0]),
    st.sampled_from([50.0, 100.0]),
    st.sampled_from([100.0, 250.0, 300.0]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=40), st.lists(RULES, max_size=12))
def test_every_word_comes_out_exactly_once_whatever_the_page_looks_like(words: list[Word], rules: list[Rule]) -> None:
    drafts = order.drafts(words, tables.drawn(rules, words))
    out = Counter(word for draft in drafts for cell in draft.cells for word in cell)
    assert out == Counter(words)
    assert all(draft.cells and draft.cells[-1] and (draft.row or all(draft.cells)) for draft in drafts)


def test_rows_of_long_cells_are_a_table_and_no_columns() -> None:
    words = []
    for row in range(6):
        for at in range(3):
            for wrapped in range(2):
                cell = line(f"Cell {row} {at} says this much {wrapped}", 100 + 60 * row + 12 * wrapped, x=60 + 160 * at)
                words += [word._replace(size=9.0) for word in cell]
    assert sum(draft.row for draft in order.drafts(words)) >= 6


def test_a_label_wrapped_over_several_lines_stays_with_its_figures() -> None:
    words = [
        *line("Roads", 100), *line("1,101", 100, x=300), *line("7", 100, x=400),
        *line("Trading standards and", 114), *line("consumer", 126),
        *line("protection", 138), *line("1,108", 138, x=300), *line("9", 138, x=400),
    ]  # fmt: skip
    assert read(words) == ["Roads | 1,101 | 7", "Trading standards and consumer protection | 1,108 | 9"]


def test_longer_figures_stand_in_the_column_that_they_end_with() -> None:
    words = [
        *line("Roads", 100), *line("9,109", 100, x=300), *line("7", 100, x=400),
        *line("Parks", 114), *line("10,110", 114, x=295), *line("10", 114, x=395),
    ]  # fmt: skip
    assert read(words) == ["Roads | 9,109 | 7", "Parks | 10,110 | 10"]


def test_a_paragraph_above_a_table_is_no_label_of_it() -> None:
    words = [*line("The table shows", 86), *line("Roads", 100), *line("9,109", 100, x=300), *line("7", 100, x=400)]
    assert read(words) == ["The table shows", "Roads | 9,109 | 7"]


def test_a_gap_behind_a_run_in_heading_is_none_between_cells_where_prose_runs_across_it() -> None:
    words = [
        *line("Hedges", 100, bold=True), *line("The hedge beside the path to the mill has to be cut", 100, x=125),
        *line("before the end of the summer and nobody knows whose it is.", 100 + STEP),
        *line("Bus shelter", 126, bold=True), *line("No answer had come to the letter that was sent", 126, x=148),
        *line("in the month of May about the roof of the old shelter.", 100 + 3 * STEP),
    ]  # fmt: skip
    assert not any(" | " in block for block in read(words))


def row(y: float, *cells: tuple[str, float]) -> list[Word]:
    return [word for text, x in cells for word in line(text, y, x=x, space=0.3)]


def test_a_column_of_words_right_behind_one_of_figures_is_parted_and_blanks_keep_their_place() -> None:
    words = row(100, ("Scheme", 72), ("Budget", 200), ("Spent", 280), ("State", 340))
    for at in range(1, 7):
        spent = [] if at % 3 == 0 else [(f"{40 + at}", 295)]
        words += row(100 + 19 * at, (f"Pier {at}", 72), (f"{100 + at}", 210), *spent, ("Late", 309))
    assert read(words)[1:4] == ["Pier 1 | 101 | 41 | Late", "Pier 2 | 102 | 42 | Late", "Pier 3 | 103 |  | Late"]


def test_of_two_figures_one_below_the_other_the_second_is_in_a_row_of_its_own() -> None:
    words = [
        *row(100, ("Opening balance", 72), ("Sum", 250), ("900", 350)),
        *row(112, ("Receipts", 72), ("Sum", 250), ("50", 355)),
        *row(124, ("Total", 250), ("950", 350)),
    ]
    assert read(words) == ["Opening balance | Sum | 900", "Receipts | Sum | 50", " | Total | 950"]


def test_the_lines_of_one_cell_go_on_with_it_before_a_column_of_initials() -> None:
    words = [
        *line("Members were asked to say what they thought", 100), *line("AB", 100, x=400),
        *line("of the plan before the next meeting in May.", 112), *line("CD", 112, x=400),
    ]  # fmt: skip
    assert read(words) == [
        "Members were asked to say what they thought of the plan before the next meeting in May. | AB CD"
    ]
