"""The fictional minutes that the model is taught on, as papers: of which body and day, whatever sort of body it is."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.labelling.marks import Marked, marked
from indexer.labelling.training.labelled import own
from indexer.labelling.training.manuscripts import FOLDER, manuscript, manuscripts
from indexer.labelling.units import Label, units
from indexer.layout.blocks import placed
from indexer.provenance.describe import describe
from indexer.records import Document, Meeting
from indexer.structure.items import items

MEETINGS = {
    "academy-trust-table": Meeting("Brackendale Academies Trust", "Board of Trustees", date(2021, 3, 23)),
    "american-city": Meeting("City of Riverton", "City Council", date(2019, 3, 5)),
    "community-council-bilingual": Meeting("Llanwernog Community Council", "Community Council", date(2023, 1, 10)),
    "governors-agreed-capitals": Meeting(
        "Hazel Lane Community Primary School", "Full Governing Board", date(2023, 12, 6)
    ),
    "housing-association-board": Meeting("Fellside Homes Limited", "Board of Management", date(2014, 11, 25)),
    "irish-county-votes": Meeting("Doonleigh County Council", "County Council", date(2019, 11, 11)),
    "nhs-board": Meeting("Northmere Community Healthcare NHS Trust", "Trust Board", date(2022, 7, 28)),
    "parish-dotted-limbs": Meeting("Cressmoor Parish Council", "Parish Council", date(2021, 9, 21)),
    "school-governors": Meeting("St Aldhelm's C of E Primary School", "Full Governing Body", date(2019, 5, 21)),
    "scots-council-having": Meeting("Strathoran Council", "Communities Committee", date(2018, 8, 22)),
    "trust-council-of-governors": Meeting(
        "Eastholme Hospitals NHS Foundation Trust", "Council of Governors", date(2019, 7, 10)
    ),
    "university-senate": Meeting("University of Westmere", "Court", date(2017, 5, 11)),
    "us-county-board": Meeting("Osprey County", "Board of Supervisors", date(2015, 8, 13)),
    "us-county-commission": Meeting("Talon County", "Board of County Commissioners", date(2021, 10, 4)),
    "us-select-board": Meeting("Town of Birchwater", "Select Board", date(2020, 1, 22)),
}


@pytest.mark.parametrize("name", MEETINGS)
def test_minutes_of_every_sort_of_body_are_known_as_such_with_their_body_and_day(name: str) -> None:
    made = manuscript(name, (FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    paper = describe(Document("docx", False, made.pages), "paper.docx", "0" * 64, {})
    assert (paper.kind, paper.meeting) == ("minutes", MEETINGS[name])


def test_of_the_sentences_that_a_line_marks_as_a_decision_the_later_ones_go_on_with_it() -> None:
    told = next(one for one in own() if one.body == "us-town-council")
    at = next(at for at, unit in enumerate(told.units) if unit.text.startswith("Councilor Burr made"))
    assert told.labels[at : at + 3] == ("decision", "decision+", "decision+")


def test_of_styles_that_it_was_never_taught_the_model_finds_most_decisions() -> None:
    unseen = list(manuscripts(FOLDER.with_name("unseen")))
    assert {one.name for one in unseen}.isdisjoint(one.body for one in own())
    wanted = right = 0
    for one in unseen:
        opened = [(page, start) for page, start, _, label in one.labels if label == "decision"]
        marks = {(mark.unit.page, mark.unit.start): mark.label for mark in marked(placed(one.pages))}
        wanted += len(opened)
        right += sum(marks.get(place) == "decision" for place in opened)
    assert wanted > 100
    assert right > 0.8 * wanted


def test_a_bullet_that_stands_alone_belongs_to_what_follows_it() -> None:
    made = manuscript("bullets", "d The Board agreed:\n+ •\n+ to dig the pond.\n+ •\n+ to plant the bank. It is bare.")
    assert [(unit.text, unit.nth) for unit in units(placed(made.pages))] == [
        ("The Board agreed:", 0),
        ("•\nto dig the pond.", 0),
        ("•\nto plant the bank.", 0),
        ("It is bare.", 1),
    ]


def test_a_row_parts_its_title_from_the_prose_and_keeps_who_acts_with_it() -> None:
    made = manuscript("rows", "i 2 | Finance\n&t | The accounts were seen.\n&d | It was agreed to buy a mower. | SB")
    assert [unit.text for unit in units(placed(made.pages))] == [
        "2\tFinance",
        "The accounts were seen.",
        "It was agreed to buy a mower.\tSB",
    ]


def test_a_heading_that_the_row_of_numbers_lacks_is_added() -> None:
    made = manuscript(
        "gap", "i 1. Apologies\nt None.\nt 2. 23/021/FUL Mill Lane\nt None.\nd 3. Minutes\nt Seen.\ni 4. Roads\nt Bad."
    )
    blocks = placed(made.pages)
    labels: tuple[Label, ...] = ("item", "text", "text", "text", "decision", "text", "item", "text")
    marks = [Marked(unit, label, 0.9) for unit, label in zip(units(blocks), labels, strict=True)]
    assert [(one.number, one.title) for one in items(blocks, marks)] == [
        ("1", "Apologies"),
        ("2", "23/021/FUL Mill Lane"),
        ("3", "Minutes"),
        ("4", "Roads"),
    ]
