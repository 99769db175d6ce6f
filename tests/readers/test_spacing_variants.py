"""A sheet reads alike however wide its letters and words are set, with a shadow, and beside numbers of any form."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.readers import pdf_reader
from tests.makers.pdf_maker import HEIGHT, text, write
from tests.readers.test_variants import LINES, said

Draw = Callable[[Canvas], None]
PROSE = (
    "The harbour wall was looked at in January and found to be sound but for two of its sections which had failed; the "
    "engineer advised that they be repaired before the winter at a cost of £35,000. Members asked how long the works "
    "would last and who would be put out by them. The chair thanked all who had written and said that their letters "
    "had been read. "
)
WRAPPED = textwrap.wrap(PROSE * 4, 80)


def set_wide(letters: float = 0, words: float = 0) -> Draw:
    """The lines with so many points more between letters, and between words."""

    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(LINES):
            started = canvas.beginText(60, HEIGHT - 120 - 24 * at)
            started.setFont("Helvetica", 9)
            started.setCharSpace(letters)
            started.setWordSpace(words)
            started.textOut(line)
            canvas.drawText(started)

    return draw


def placed(gap: float, size: float = 9) -> Draw:
    """Each letter by itself, so far from the one before it, and no space: as browsers print."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for at, line in enumerate(LINES):
            x = 60.0
            for letter in line:
                if letter != " ":
                    canvas.drawString(x, HEIGHT - 120 - 24 * at, letter)
                x += canvas.stringWidth(letter, "Helvetica", size) + gap

    return draw


@pytest.mark.parametrize(
    "draw",
    [
        *(set_wide(letters=points) for points in (0.8, 1.6, 2.4)),
        *(set_wide(words=points) for points in (3, 6)),
        *(placed(points) for points in (0, 1.0, 1.6)),
    ],
)
def test_letters_and_words_set_wide_read_as_usual(tmp_path: Path, draw: Draw) -> None:
    assert said(write(tmp_path / "a.pdf", draw)) == LINES


def shadowed(x: float, y: float, grey: float, *, by_letter: bool) -> Draw:
    """The lines over themselves, shifted and pale; each letter with its own shadow, or all of a line's first."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for at, line in enumerate(LINES):
            left, up = 72.0, HEIGHT - 120 - 24 * at
            for part in line if by_letter else [line]:
                canvas.setFillGray(grey)
                canvas.drawString(left + x, up - y, part)
                canvas.setFillGray(0)
                canvas.drawString(left, up, part)
                left += canvas.stringWidth(part, "Helvetica", 11)

    return draw


@pytest.mark.parametrize(
    ("x", "y", "by_letter"),
    [(1.5, 1.5, False), (-1, 1, False), (2, 2, False), (0.6, 0, True), (1.5, 1.5, True), (2, 2, True)],
)
def test_letters_with_a_shadow_are_read_once(tmp_path: Path, x: float, y: float, by_letter: bool) -> None:
    assert said(write(tmp_path / "a.pdf", shadowed(x, y, 0.7, by_letter=by_letter))) == LINES


def numbered(sides: Sequence[float], form: str = "{}", every: int = 1, step: float = 0) -> Draw:
    """Wrapped lines, with numbers beside each or so many, or at steps of their own."""

    def draw(canvas: Canvas) -> None:
        text(canvas, WRAPPED, step=14)
        canvas.setFont("Helvetica", 7)
        count = round(660 / step) if step else len(WRAPPED)
        for x in sides:
            for number in range(every, count + 1, every):
                down = 90 + step * number if step else 106 + 14 * number
                canvas.drawString(x, HEIGHT - down, form.format(number))

    return draw


@pytest.mark.parametrize(
    "draw",
    [
        numbered([50], "{}."),
        numbered([550], "[{}]"),
        numbered([50], "{:02d}"),
        numbered([50, 550]),
        numbered([50, 550], every=5),
        numbered([50], every=5),
        numbered([50], step=14.4),
        numbered([550], step=24),
    ],
)
def test_numbers_of_lines_in_every_form_leave_the_text(tmp_path: Path, draw: Draw) -> None:
    page = pdf_reader.read(write(tmp_path / "a.pdf", draw)).pages[0]
    assert page.text == " ".join(WRAPPED)


@pytest.mark.parametrize("form", ["{}", "{}.", "({})"])
def test_an_agendas_numbers_stay(tmp_path: Path, form: str) -> None:
    entries = ["Apologies for absence", "Minutes", "The quay", "The slipway", "The pier", "The lido", "Any business"]

    def draw(canvas: Canvas) -> None:
        for at, entry in enumerate(entries, 1):
            text(canvas, [form.format(at)], x=60, top=100 + 24 * at)
            text(canvas, [entry], x=90, top=100 + 24 * at)

    lines = pdf_reader.read(write(tmp_path / "a.pdf", draw)).pages[0].text.split("\n")
    assert lines == [f"{form.format(at)} {entry}" for at, entry in enumerate(entries, 1)]


ADDRESSED = (
    "The co-ordinator of the pay-and-display scheme wrote about www.saltmarsh.example/harbour-dues and was well-known "
    "for the state-of-the-art report."
)


@pytest.mark.parametrize(
    "ends", [["pay-and-"], ["harbour-"], ["well-"], ["co-", "harbour-", "state-of-the-"], ["pay-and-", "well-"]]
)
def test_hyphens_of_compounds_and_addresses_stay_at_a_lines_end(tmp_path: Path, ends: Sequence[str]) -> None:
    at = [0, *(ADDRESSED.index(end) + len(end) for end in ends), len(ADDRESSED)]
    lines = [ADDRESSED[start:end] for start, end in pairwise(at)]
    path = write(tmp_path / "a.pdf", lambda canvas: text(canvas, lines, x=40, size=8))
    assert pdf_reader.read(path).pages[0].text == ADDRESSED


@pytest.mark.parametrize("gap", [3, 9, 40, 200])
def test_figures_far_apart_stay_apart(tmp_path: Path, gap: float) -> None:
    def draw(canvas: Canvas) -> None:
        placed(0)(canvas)
        for at, figure in enumerate("57"):
            canvas.drawString(60 + at * (5 + gap), HEIGHT - 400, figure)

    last = pdf_reader.read(write(tmp_path / "a.pdf", draw)).pages[0].text.split("\n")[-1]
    assert last.split() == ["5", "7"]
