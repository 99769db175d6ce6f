"""Drawn tables: which words share a cell and a row."""

from __future__ import annotations

from indexer.layout import tables
from indexer.layout.marks import Rule, Word


def word(text: str, x: float, y: float) -> Word:
    return Word(text, x, y, x + 5 * len(text), y + 10, 10)


def rows(rules: list[Rule], words: list[Word], *, open_ends: bool = True) -> list[list[list[str]]]:
    made = tables.drawn(rules, words, open_ends=open_ends)
    return [[[w.text for w in cell] for cell in row] for table in made for row in table.rows]


def level(y: float, x0: float = 50, x1: float = 350) -> Rule:
    return Rule(x0, y, x1, y + 0.5)


def upright(x: float, y0: float = 100, y1: float = 160) -> Rule:
    return Rule(x, y0, x + 0.5, y1)


NAMES = [word("Roads", 55, 105), word("10", 205, 105), word("Hedges", 55, 135), word("3", 205, 135)]


def test_a_full_grid_gives_rows_of_cells() -> None:
    rules = [level(100), level(130), level(160), upright(50), upright(200), upright(350)]
    assert rows(rules, NAMES) == [[["Roads"], ["10"]], [["Hedges"], ["3"]]]


def test_a_grid_drawn_in_many_short_pieces_is_one_grid() -> None:
    pieces = [Rule(x, y, x + 50, y) for y in (100, 130, 160) for x in range(50, 350, 50)]
    pieces += [Rule(x, y, x, y + 30) for x in (50, 200, 350) for y in (100, 130)]
    assert rows(pieces, NAMES) == [[["Roads"], ["10"]], [["Hedges"], ["3"]]]


def test_lines_between_rows_are_enough_where_white_strips_part_the_columns() -> None:
    assert rows([level(100), level(130), level(160)], NAMES) == [[["Roads"], ["10"]], [["Hedges"], ["3"]]]


def test_a_cell_merged_over_rows_stands_in_its_first_row() -> None:
    rules = [level(100), level(130, x0=200), level(160), upright(50), upright(200), upright(350)]
    words = [word("Roads", 55, 120), word("north", 205, 105), word("south", 205, 135)]
    assert rows(rules, words) == [[["Roads"], ["north"]], [["south"]]]


def test_a_cell_merged_over_columns_is_one_cell() -> None:
    rules = [level(100), level(130), level(160), upright(50), upright(200, 130, 160), upright(350)]
    words = [word("Spending", 150, 105), word("in", 195, 105), *NAMES[2:]]
    assert rows(rules, words) == [[["Spending", "in"]], [["Hedges"], ["3"]]]


GRID = [*(level(y) for y in (100, 130, 160)), *(upright(x) for x in (50, 150, 250, 350))]


def test_a_blank_cell_keeps_its_place_and_a_row_has_none_at_its_end() -> None:
    words = [word("Budget", 155, 105), word("Spent", 255, 105), word("Roads", 55, 135), word("9", 255, 135)]
    assert rows(GRID, words) == [[[], ["Budget"], ["Spent"]], [["Roads"], [], ["9"]]]
    assert rows(GRID, [*words[:3], word("7", 155, 135)]) == [[[], ["Budget"], ["Spent"]], [["Roads"], ["7"]]]


def test_a_cell_merged_over_rows_leaves_a_blank_in_the_others() -> None:
    rules = [level(100), level(130, x0=150), level(160), *(upright(x) for x in (50, 150, 250, 350))]
    words = [
        word("Roads", 55, 120),
        *(
            word(text, 155 + 100 * (at % 2), 105 + 30 * (at // 2))
            for at, text in enumerate(("north", "7", "south", "9"))
        ),
    ]
    assert rows(rules, words) == [[["Roads"], ["north"], ["7"]], [[], ["south"], ["9"]]]


def test_a_column_without_words_and_a_strip_between_double_lines_are_no_cells() -> None:
    words = [word("Roads", 55, 105), word("7", 255, 105), word("Hedges", 55, 135), word("9", 255, 135)]
    assert rows(GRID, words) == [[["Roads"], ["7"]], [["Hedges"], ["9"]]]
    assert rows([*GRID, upright(154)], words) == [[["Roads"], ["7"]], [["Hedges"], ["9"]]]


def test_a_box_around_prose_is_no_table() -> None:
    rules = [level(100), level(160), upright(50), upright(350)]
    assert rows(rules, NAMES) == []


def test_underlined_words_are_no_table() -> None:
    rules = [Rule(55, 115, 80, 115.5), Rule(55, 145, 85, 145.5), Rule(205, 115, 215, 115.5)]
    assert rows(rules, NAMES) == []


def test_a_row_that_the_page_break_cuts_is_read_where_its_uprights_reach() -> None:
    rules = [level(100), level(130), upright(50), upright(200), upright(350)]
    assert rows(rules, NAMES) == [[["Roads"], ["10"]], [["Hedges"], ["3"]]]


def test_a_row_below_the_last_line_is_read_if_it_keeps_to_three_columns() -> None:
    third = [word("a", 305, 105), word("b", 305, 135), word("Verges", 55, 165), word("7", 205, 165)]
    rules = [level(100), level(130), level(160)]
    assert rows(rules, [*NAMES, *third])[-1] == [["Verges"], ["7"]]
    assert rows(rules, [*NAMES, *third], open_ends=False)[-1] == [["Hedges"], ["3"], ["b"]]


def test_prose_below_the_last_line_is_no_row() -> None:
    third = [word("a", 305, 105), word("b", 305, 135)]
    below = [word("a-sentence-that-runs-over-both-columns", 55, 165)]
    assert rows([level(100), level(130), level(160)], [*NAMES, *third, *below])[-1] == [["Hedges"], ["3"], ["b"]]


def test_a_map_of_very_many_lines_is_no_table() -> None:
    rules = [level(100 + 4 * n, x0=50 + n % 7 * 20) for n in range(tables.MAX_LINES + 1)]
    assert tables.drawn(rules, NAMES) == []


def test_dense_figures_between_few_lines_are_rows_by_their_baselines_where_uprights_part_them() -> None:
    words = [word(f"{n}.{c}", 60 + 60 * c, 102 + 12 * n) for n in range(12) for c in range(4)]
    rules = [level(100), level(250), *(upright(x, 100, 250) for x in (50, 110, 170, 230, 350))]
    assert rows(rules, words) == [[[f"{n}.{c}"] for c in range(4)] for n in range(12)]
    assert tables.drawn([rule for rule in rules if rule.x0 != 170], words) == []


def test_figures_beyond_the_last_upright_line_are_cells_of_their_row() -> None:
    rules = [*(level(y, x1=450) for y in (100, 130, 160)), *(upright(x) for x in (50, 150, 250))]
    words = [word(text, x, y) for text, x, y in (("Bins", 55, 105), ("1", 160, 105), ("2", 260, 105), ("3", 400, 105))]
    words += [word(text, x, y) for text, x, y in (("Pier", 55, 135), ("4", 160, 135), ("5", 260, 135), ("6", 400, 135))]
    assert rows(rules, words) == [[["Bins"], ["1"], ["2"], ["3"]], [["Pier"], ["4"], ["5"], ["6"]]]


def test_a_heading_over_several_columns_leaves_those_behind_its_first_one_blank() -> None:
    rules = [*(level(y) for y in (100, 130, 160)), upright(50), upright(150), upright(350), upright(250, 130, 160)]
    words = [word("Rating", 155, 105), word("Trend", 360, 105)]
    words += [word("Bins", 55, 135), word("red", 155, 135), word("amber", 255, 135), word("up", 360, 135)]
    rules = [Rule(one.x0, one.y0, 450 if one.x1 == 350 else one.x1, one.y1) for one in rules] + [upright(450)]
    assert rows(rules, words) == [[[], ["Rating"], [], ["Trend"]], [["Bins"], ["red"], ["amber"], ["up"]]]


def test_a_row_that_page_breaks_leave_with_one_line_is_read_between_its_uprights() -> None:
    rules = [level(160), upright(50), upright(200), upright(350)]
    assert rows(rules, NAMES) == [[["Roads", "Hedges"], ["10", "3"]]]
