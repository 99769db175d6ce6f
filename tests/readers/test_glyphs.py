"""Letters without a character are told by sight; where nothing tells them, they part words and are reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from indexer.layout.marks import Rule, Sheet, Word
from indexer.readers import pdf_reader
from indexer.readers.scan import glyphs
from tests.makers import pdf_maker

FFI, FF, POUND = "\ue000", "\ue003", "\U000f0013"


def sheet(number: int, *texts: str) -> Sheet:
    words = [Word(text, 72, 100 + 14 * at, 72 + 6 * len(text), 110 + 14 * at, 10) for at, text in enumerate(texts)]
    return Sheet(number, 595, 842, tuple(words))


def seen(said: dict[int, list[str]]) -> glyphs.Read:
    """An OCR that reads these words, each where the sheet has its own."""

    def read(made: Sheet, places: Sequence[Rule]) -> list[Word]:
        return [word._replace(text=text) for word, text in zip(made.words, said[made.number], strict=True)]

    return read


def texts(sheets: list[Sheet]) -> list[list[str]]:
    return [[word.text for word in made.words] for made in sheets]


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ([f"O{FFI}cer", f"a{FF}ordable"], ["Officer", "affordable"]),
        ([f"{POUND}480,000"], ["£480,000"]),
        (["\U000f0024\U000f0025C", "plain"], ["£4C", "plain"]),
    ],
)
def test_letters_are_named_as_ocr_reads_the_words_that_hold_them(printed: list[str], said: list[str]) -> None:
    assert texts(glyphs.named([sheet(1, *printed)], seen({1: said}))) == [said]


def test_what_one_sheet_tells_holds_for_the_whole_file() -> None:
    sheets = [sheet(1, f"o{FFI}ce", f"su{FFI}cient"), sheet(2, f"e{FFI}cient"), sheet(3, f"di{FFI}cult")]
    named = glyphs.named(sheets, seen({1: ["office", "sufficient"], 2: ["effidient"], 3: ["?"]}))
    assert texts(named) == [["office", "sufficient"], ["efficient"], ["difficult"]]


def test_words_that_ocr_reads_otherwise_tell_nothing() -> None:
    assert texts(glyphs.named([sheet(1, f"o{FFI}ce")], seen({1: ["orifice"]}))) == [[f"o{FFI}ce"]]


def test_only_some_words_are_read_and_each_nameless_letter_is_on_one() -> None:
    made = sheet(1, *[f"o{FFI}ce{at}" for at in range(40)], "plain", f"{POUND}480")
    asked: list[Sequence[Rule]] = []

    def read(of: Sheet, places: Sequence[Rule]) -> list[Word]:
        asked.append(places)
        return []

    glyphs.named([made], read)
    (places,) = asked
    assert sum(place.area for place in places) < 0.05 * made.width * made.height
    for letter in (FFI, POUND):
        assert any(place.holds(Rule(*w[1:5])) for w in made.words if letter in w.text for place in places)


def test_without_ocr_unnamed_codes_part_words_and_are_counted() -> None:
    made = sheet(1, f"spent{POUND}480", "on", "\uf0b7")
    assert glyphs.nameless(made) == 1
    assert texts(glyphs.named([made], None)) == [["spent", "480", "on", "\uf0b7"]]


def test_bullets_of_picture_fonts_are_left_alone() -> None:
    assert glyphs.nameless(sheet(1, "\uf0b7", "\uf0fc", "plain")) == 0


def test_a_heading_in_letters_without_a_character_takes_no_word_of_the_text_below(tmp_path: Path) -> None:
    # Vera has no letters as wide as Chinese ones: they are drawn as boxes and have no character.
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 14)
        canvas.drawString(200, pdf_maker.HEIGHT - 40, "ＯＴＴＥＲＳ")
        pdf_maker.text(canvas, ["The holts below the weir were counted", "in May and again in June."])

    text = pdf_reader.read(pdf_maker.write(tmp_path / "a.pdf", draw)).pages[0].text
    assert text.endswith("The holts below the weir were counted in May and again in June.")
