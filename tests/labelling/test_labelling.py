"""The labels of minutes: what is parted into units, and what is a resolution in every body."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer import readers
from indexer.labelling.marks import certain, marked
from indexer.labelling.others import by_others
from indexer.labelling.training.composing import composed
from indexer.labelling.training.labelled import LABELS, papers
from indexer.labelling.training.manuscripts import manuscript, manuscripts
from indexer.labelling.units import units
from indexer.layout.blocks import placed
from tests.makers.pdf_maker import text, write

MINUTES = """\
h Wenlow Allotment Society
h Minutes of the meeting held on 3 May 2022
p Present: Mrs Ash (Chair), Mr Birch, Ms Cole
i 1. Apologies
t Mr Dunn sent his apologies.
i 2. Minutes of the last meeting
d The minutes of the meeting held on 5 April were agreed as a true record.
i 3. Water supply
t Mr Birch reported that the water company had agreed to visit.
&d It was agreed that a second tap be fitted at a cost of £140.
c The meeting closed at 8.40 pm.
"""


def test_the_model_tells_the_lines_of_minutes_that_it_never_saw() -> None:
    told = manuscript("wenlow", MINUTES)
    labels = [mark.label for mark in marked(placed(told.pages))]
    assert labels == [label for *_, label in told.labels]


def test_a_heading_that_runs_into_its_text_is_a_unit_of_its_own() -> None:
    told = manuscript("run-in", "t 2568. Planning: the council considered an application. It was agreed to object.")
    assert [unit.text for unit in units(placed(told.pages))] == [
        "2568. Planning:",
        "the council considered an application.",
        "It was agreed to object.",
    ]


def test_a_number_and_the_short_title_behind_it_are_one_unit() -> None:
    told = manuscript("run-in", "t 23/97. Apologies. Cllr Stead (holiday). (a) Reason approved. (b) Noted.")
    assert [unit.text for unit in units(placed(told.pages))] == [
        "23/97. Apologies.",
        "Cllr Stead (holiday).",
        "(a) Reason approved.",
        "(b) Noted.",
    ]


def test_a_sentence_goes_on_in_the_row_that_names_who_acts() -> None:
    told = manuscript(
        "column", "t It was agreed that this be raised without due\nt care and attention. | JS\nt Next. | AB"
    )
    assert [unit.text for unit in units(placed(told.pages))] == [
        "It was agreed that this be raised without due\ncare and attention.\tJS",
        "Next.\tAB",
    ]


def test_a_sentence_goes_on_after_a_full_line_only_in_the_line_right_below(tmp_path: Path) -> None:
    heading = "Recommendation 4 - Charges at the quay and no more free berths for visitors to the harbour"
    moved = "Recommendation 4A was moved by Councillor Pell and seconded by Councillor Quill."
    told = "The clerk said that the slipway had been seen on the first day of the month by the whole of"

    def draw(canvas: Canvas) -> None:
        text(canvas, [heading], top=100)
        text(canvas, [moved], top=130)
        text(canvas, [told], top=160)
        text(canvas, ["Fenmere Council, and mended."], x=86, top=173.2)
        text(canvas, ["JS"], x=530, top=173.2)

    pages = readers.read(write(tmp_path / "quay.pdf", draw)).pages
    assert [unit.text for unit in units(placed(pages))] == [
        heading,
        moved,
        f"{told}\nFenmere Council, and mended.\tJS",
    ]


def test_a_row_of_short_cells_is_one_unit_and_a_cell_of_prose_is_its_sentences() -> None:
    told = manuscript(
        "rows", "t Clerk | £40\nt 4 | Mr Ash spoke of the pond at some length to all. It was agreed to dig. | AB"
    )
    assert [unit.text for unit in units(placed(told.pages))] == [
        "Clerk\t£40",
        "4\tMr Ash spoke of the pond at some length to all.",
        "It was agreed to dig.\tAB",
    ]


def test_resolved_in_capitals_is_a_resolution_in_every_body() -> None:
    assert certain("3. RESOLVED that the report be noted.")
    assert certain("It was RESOLVED to accept the tender.")
    assert not certain("The dispute was resolved by the clerk.")
    assert not certain("APPROVED MINUTES")
    assert certain("The Committee DID NOT APPROVE the plan and asked for another.")
    assert not certain("The Committee DID NOT MEET in May as few could come.")


def test_labels_hold_no_text_and_every_manuscript_is_wholly_labelled() -> None:
    assert not any(letter.isspace() for line in LABELS.read_text().splitlines() for letter in line)
    for one in (*manuscripts(), *composed(5)):
        assert one.pages
        assert one.labels


def test_papers_that_are_not_there_are_counted(tmp_path: Path) -> None:
    known, missing = papers(tmp_path)
    assert known == []
    assert missing == len(LABELS.read_text().splitlines())


def test_a_title_in_bold_that_runs_into_its_text_is_a_unit_of_its_own() -> None:
    told = manuscript(
        "bold", "i* Highways\n&t The clerk reported a hole. It was filled.\nd* Resolved:\n&d That it be paid."
    )
    assert [(unit.text, unit.lead) for unit in units(placed(told.pages))] == [
        ("Highways", True),
        ("The clerk reported a hole.", False),
        ("It was filled.", False),
        ("Resolved: That it be paid.", False),
    ]


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("2.3 Dr Roe agreed to call the owner.", True),
        ("In answer to Cllr Poe she agreed that the figure was £94.", True),
        ("Cllr Roe did not accept the report.", True),
        ("The application was withdrawn by the applicant before the meeting.", True),
        ("The Cabinet had on 1 September decided to end its support.", True),
        ("Council on July 27 denied the request.", True),
        ("The minutes of the meeting of 5 May were approved.", False),
        ("The Council did not accept the report.", False),
        ("Cllr Roe and Cllr Poe agreed the wording.", False),
        ("Cllr Roe was elected Chairman.", False),
        ("The group had recommended a fence and the Council agreed to it.", False),
        ("The motion was carried by the casting vote of the Chairman.", False),
    ],
)
def test_what_one_person_or_others_decided_is_told_from_what_the_meeting_did(sentence: str, others: bool) -> None:
    assert by_others(sentence) is others


def test_a_line_to_sign_on_is_no_resolution() -> None:
    assert certain("APPROVED: the accounts for the year")
    assert not certain("APPROVED: ______________________ Jo Roe, Chair")
