"""Words set with spaced letters are closed up; words of pages without spaces are parted."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.layout import spacing
from indexer.layout.marks import Word
from indexer.readers import pdf_reader
from tests.makers.pdf_maker import HEIGHT, text, write

SAID = (
    "The engineer reported that the sea wall had been inspected in January and that two of its sections had failed. "
    "RESOLVED: That the wall be repaired at a cost of £480,000 from the reserve, and that Mr J P Vale be told."
)


def read(folder: Path, line: str) -> str:
    return pdf_reader.read(write(folder / "paper.pdf", lambda canvas: text(canvas, [line]))).pages[0].text


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("R E S O L V E D: That the pier be kept", "RESOLVED: That the pier be kept"),
        ("A G E N D A", "AGENDA"),
        ("4 1.  A P O L O G I E S  F O R  A B S E N C E", "41. APOLOGIES FOR ABSENCE"),
        ("1 0 2  F E R R Y  D U E S", "102 FERRY DUES"),
        ("Wards 4 1 2 A B C D", "Wards 4 1 2 A B C D"),
        ("M I N U T E S    O F    T H E    P I E R    C O M M I T T E E", "MINUTES OF THE PIER COMMITTEE"),
        ("Items A B C D E were taken", "Items A B C D E were taken"),
        ("Mr J P R Vale", "Mr J P R Vale"),
        ("a b c", "a b c"),
    ],
)
def test_spaced_letters_are_a_word_and_initials_and_lists_are_not(tmp_path: Path, printed: str, said: str) -> None:
    assert read(tmp_path, printed) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [("4 1.", "41."), ("1 0 2)", "102)"), ("4   1.", "4\t1."), ("4 1", "4 1"), ("Ward 4 1.", "Ward 4 1.")],
)
def test_numbers_of_plain_headings_close_up_on_a_sheet_of_spaced_words(tmp_path: Path, number: str, said: str) -> None:
    lines = [f"{number} APOLOGIES", "Mr Vale sent his.", "R E S O L V E D: That they be noted."]
    page = pdf_reader.read(write(tmp_path / "paper.pdf", lambda canvas: text(canvas, lines))).pages[0].text
    assert page.split("\n")[0] == f"{said} APOLOGIES"


def test_numbers_stay_as_they_are_on_a_sheet_without_spaced_words(tmp_path: Path) -> None:
    assert read(tmp_path, "4 1. APOLOGIES") == "4 1. APOLOGIES"


def test_letters_in_cells_stay_apart() -> None:
    row = [Word(letter, 72 + 60 * at, 300, 78 + 60 * at, 310, 10) for at, letter in enumerate("RAGSB")]
    assert spacing.closed(row) == tuple(row)


@pytest.mark.parametrize("gap", [0.12, 0.15, 0.2, 0.28])
def test_words_are_parted_by_the_pages_own_gaps_where_no_space_is_printed(tmp_path: Path, gap: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for row, line in enumerate(simpleSplit(SAID, "Times-Roman", 11, 400)):
            x = 72.0
            for word in line.split():
                canvas.drawString(x, HEIGHT - 120 - 14 * row, word)
                x += stringWidth(word, "Times-Roman", 11) + gap * 11

    assert pdf_reader.read(write(tmp_path / "paper.pdf", draw)).pages[0].text.replace("\n", " ") == SAID


def test_a_page_that_prints_its_spaces_is_left_alone(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        said = canvas.beginText(72, 700)
        said.setFont("Times-Roman", 11)
        said.setCharSpace(0.6)
        for line in simpleSplit(SAID, "Times-Roman", 11, 360):
            said.textLine(line)
        canvas.drawText(said)

    assert pdf_reader.read(write(tmp_path / "paper.pdf", draw)).pages[0].text.replace("\n", " ") == SAID


@pytest.mark.parametrize(
    ("letter", "rest", "said"),
    [("T", "he pier", "The pier is old"), ("“W", "e think", "“We think is old"), ("A", "pier", "A pier is old")],
)
def test_a_paragraphs_large_first_letter_is_joined_with_its_word(letter: str, rest: str, said: str) -> None:
    words = [Word(letter, 50, 98, 75, 130, 40)]
    x = 78.0
    for part in f"{rest} is old".split():
        words.append(Word(part, x, 100, x + 5 * len(part), 110, 10))
        x += 5 * len(part) + 3
    words += [
        Word(part, 78 + 30 * at, 113, 100 + 30 * at, 123, 10) for at, part in enumerate(["and", "needs", "paint"])
    ]
    assert " ".join(word.text for word in spacing.closed(words)) == f"{said} and needs paint"
