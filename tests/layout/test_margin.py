"""Numbers of lines in the margin leave the text; numbers of rows, entries and paragraphs stay."""

from __future__ import annotations

import pytest

from indexer.layout import margin
from indexer.layout.marks import Sheet, Word

PROSE = [
    "The harbour wall was looked at in January and",
    "found to be sound but for two of its sections",
    "which had failed; the engineer advised that",
    "they be repaired before the winter.",
] * 10


def line(text: str, y: float, x: float = 100) -> list[Word]:
    out = []
    for part in text.split():
        out.append(Word(part, x, y, x + 5 * len(part), y + 10, 10))
        x += 5 * (len(part) + 1)
    return out


def sheet(numbers: dict[int, int], *, x: float = 60, right: bool = False, rows: list[str] = PROSE) -> Sheet:
    """A sheet of lines, and numbers by line, their right or left edges in one column."""
    words = []
    for at, row in enumerate(rows):
        y = 120 + 14 * at
        if at in numbers:
            text = str(numbers[at])
            left = x - 5 * len(text) if right else x
            words.append(Word(text, left, y, left + 5 * len(text), y + 10, 10))
        words += line(row, y)
    return Sheet(1, 595, 842, tuple(words))


@pytest.mark.parametrize(
    ("numbers", "x", "right"),
    [
        ({at: at + 1 for at in range(40)}, 60, False),
        ({at: at + 1 for at in range(40)}, 80, True),
        ({at: at + 341 for at in range(40)}, 520, False),
        ({at: at + 1 for at in range(4, 40, 5)}, 60, False),
        ({at: at + 26 for at in range(4, 40, 5)}, 80, True),
    ],
)
def test_numbers_of_each_or_each_fifth_line_are_known_on_either_side(
    numbers: dict[int, int], x: float, right: bool
) -> None:
    made = sheet(numbers, x=x, right=right)
    left = [word.text for index, word in enumerate(made.words) if index not in margin.numbers(made)]
    assert left == " ".join(PROSE).split()


@pytest.mark.parametrize(
    "made",
    [
        sheet({at: at + 1 for at in range(0, 40, 4)}),  # paragraphs
        sheet({at: at + 1 for at in range(3, 20)}),  # a list below a heading
        sheet({at: at * at + 1 for at in range(40)}),  # no count
        sheet({at: at + 1 for at in range(40)}, rows=["Pier          12,000"] * 40, x=90),
        sheet({at: at + 1 for at in range(3)}),  # too few
    ],
)
def test_other_numbers_stay(made: Sheet) -> None:
    wide = [word._replace(x0=300, x1=340) if word.text == "12,000" else word for word in made.words]
    assert margin.numbers(Sheet(1, 595, 842, tuple(wide))) == frozenset()
