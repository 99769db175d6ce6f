"""Text layers that say what the sheet shows, and those that are garbage."""

from __future__ import annotations

import string

import pytest

from indexer.layout import legible
from indexer.layout.marks import Word
from tests.layout.test_clean import line

PROSE = (
    "The board considered the annual report on road safety in the county and thanked the officers for their work. "
    "Councillor Ashdown asked whether the parishes north of the river had been told of the new routes. "
)
WELSH = (
    "Bu i'r bwrdd ystyried yr adroddiad blynyddol ar ddiogelwch ffyrdd yn y sir a diolch i'r swyddogion am eu gwaith. "
    "Gofynnodd y Cynghorydd a oedd y cymunedau i'r gogledd o'r afon wedi cael gwybod am y llwybrau newydd. "
)
ROLL = "Councillors Ashdown Brambling Chidgey Dunmore Ellacott Fothergill Grimshaw Hebblethwaite Ingleby Jessop " * 4


def test_a_text_layer_of_wrong_codes_is_garbage_and_english_is_not() -> None:
    good = line("The board considered the annual report on road safety in the county and thanked officers. " * 3, 300)
    private = [w._replace(text="\ue001\ue002\ue003") for w in good]
    missing = [w._replace(text="(cid:12)(cid:40)") for w in good]
    assert not legible.garbled(good)
    assert legible.garbled(private)
    assert legible.garbled(missing)
    assert legible.garbled([w._replace(text=w.text.translate(str.maketrans("aeiou", "#~^|%"))) for w in good])


def test_acronyms_figures_and_other_scripts_are_not_garbage() -> None:
    assert not legible.garbled(line("CSE MASH HSCB NHS 1,200 3,400 LGPS CCG " * 8, 300))
    assert not legible.garbled(line("স্বাস্থ্য 健康 Здоровье " * 10, 300))


@pytest.mark.parametrize("by", [1, 3, 13, -3])
def test_letters_that_stand_for_others_are_garbage(by: int) -> None:
    lower, upper = string.ascii_lowercase, string.ascii_uppercase
    moved = str.maketrans(lower + upper, lower[by:] + lower[:by] + upper[by:] + upper[:by])
    assert legible.garbled(line((PROSE * 2).translate(moved), 300))


def test_a_table_that_says_the_same_in_every_row_is_not_garbage() -> None:
    assert not legible.garbled(line(" ".join(f"Minor service {n} {n},100" for n in range(60)), 300))


def test_letters_that_stand_for_others_are_garbage_even_if_blanks_do_too() -> None:
    text = "!".join("".join(chr(ord(letter) + 1) for letter in word) for word in (PROSE * 2).split())
    assert legible.garbled([Word(part, 72, y, 400, y + 10, 10) for y, part in enumerate(text.split("/"))])


def test_glyph_numbers_taken_for_letters_are_garbage() -> None:
    text = " ".join("".join(chr(ord(letter) - 29) for letter in word) for word in (PROSE * 3).split())
    assert legible.garbled(line(text, 300))


@pytest.mark.parametrize("text", [PROSE * 2, WELSH * 2, ROLL])
def test_prose_welsh_and_a_roll_of_names_are_not_garbage(text: str) -> None:
    assert not legible.garbled(line(text, 300))
