"""What is exempt in public minutes goes, the resolution that closed the meeting and all the rest stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.layout.pages import Box
from indexer.pipeline.reading import Withheld, read_paper
from indexer.provenance.describe import describe
from indexer.records import Bookmark, Document, Page, Reading
from indexer.structure import sections as structure
from indexer.withholding import closed
from tests.makers.paper_maker import document

MOTION = (
    "RESOLVED: That under section 100A(4) the press and public be excluded from the meeting for the following business "
    "on the grounds that it involves the likely disclosure of exempt information as defined in paragraph 3."
)
OFFER = "The offer of Quillfeather Holdings was the highest and was accepted."
HEAD = [
    "# Saltmarsh Council",
    "Minutes of the meeting of the Harbour Board held on Tuesday 4 May 2021",
    "Present: Councillor A. Pike (Chair)",
    "**12. Repair of the pier**",
    "RESOLVED: That the pier be repaired before the winter.",
    "**13. Exclusion of the press and public**",
]


def kept(paper: Document) -> str:
    sections = structure.sections(paper, describe(paper, "minutes.pdf", "ab" * 32, {}))
    left = closed.without(paper, closed.closed(paper, sections))
    return "\n".join(page.text for page in left.pages)


@pytest.mark.parametrize(
    "heading",
    [
        "EXEMPT MINUTES",
        "PART II",
        "Part 2 – Private",
        "**14. Disposal of the depot (exempt)**",
        "CONFIDENTIAL ITEMS",
        "Exempt or Confidential Business",
        "14. NOT FOR PUBLICATION: lease of the quay",
        "This minute is exempt from publication by virtue of paragraph 3 of Part 1 of Schedule 12A.",
        "Items considered in closed session",
        "RESTRICTED MINUTE",
    ],
)
def test_what_is_headed_as_exempt_after_the_public_was_excluded_is_taken_out(heading: str) -> None:
    left = kept(document([*HEAD, MOTION, heading, OFFER, "The meeting closed at noon."]))
    assert MOTION in left
    assert "the pier be repaired" in left
    assert "Quillfeather" not in left
    assert heading.strip("*") not in left


@pytest.mark.parametrize(
    "lines",
    [
        ["**14. Disposal of the depot**", "(Summary of a decision taken while the public was excluded)", "AGREED."],
        ["**14. Disposal of the depot**", "RESOLVED that the recommendation in the exempt report be agreed."],
        ["**14. Private rented sector licensing**", "RESOLVED that a scheme be drawn up."],
        ["**14. Private hire vehicles**", "RESOLVED that the policy be approved."],
    ],
)
def test_a_public_summary_of_what_was_decided_in_private_stays(lines: list[str]) -> None:
    paper = document([*HEAD, MOTION, *lines])
    assert kept(paper) == "\n".join(page.text for page in paper.pages)


def test_exempt_headings_without_a_resolution_before_them_are_the_whole_papers_matter() -> None:
    paper = document([*HEAD[:4], "EXEMPT ITEMS", "There were none.", HEAD[4]])
    assert "EXEMPT ITEMS" in kept(paper)


def test_a_closed_part_ends_where_the_public_is_let_in_again_or_with_the_minutes() -> None:
    report = ["# Report of the Harbour Master", "Title: Dredging of the channel", "The channel silts up every year."]
    paper = document(
        [*HEAD, MOTION, "EXEMPT MINUTES", OFFER, "The meeting returned to open session.", "**15. Ferry fares**"],
        report,
    )
    left = kept(paper)
    assert "Quillfeather" not in left
    assert "The meeting returned to open session.\n15. Ferry fares" in left
    assert "silts up" in left


def test_a_page_keeps_only_boxes_and_bookmarks_of_what_is_left_and_says_why() -> None:
    (page,) = document([*HEAD, MOTION, "EXEMPT MINUTES", OFFER]).pages
    boxes = tuple((Box(float(at), 0.0, float(at) + 1, 1.0),) for at in range(len(page.text.split())))
    marks = (Bookmark("Quillfeather Holdings", 1, 0),)
    paper = Document("pdf", True, (replace(page, boxes=boxes),), outline=marks, margins=frozenset({"EXEMPT MINUTES"}))
    paper = replace(paper, spread=frozenset({"EXEMPT MINUTES Harbour Board"}))
    sections = structure.sections(paper, describe(paper, "minutes.pdf", "ab" * 32, {}))
    left = closed.without(paper, closed.closed(paper, sections))
    (rest,) = left.pages
    assert rest.method == "withheld"
    assert rest.boxes == boxes[: len(rest.text.split())]
    assert [rest.text[block.start : block.end] for block in rest.blocks] == rest.text.split("\n")
    assert left.outline == ()
    assert left.margins == left.spread == frozenset()
    assert [(fault.page, fault.reason) for fault in left.faults] == [(1, closed.REASON)]


def test_blocks_after_a_closed_part_keep_their_own_text_and_jumps() -> None:
    first, last = "EXEMPT MINUTES", "The meeting returned to open session in the hall."
    made = document([*HEAD, MOTION, first, OFFER, last]).pages[0]
    jumps = tuple(replace(block, jumps=(block.start + 4,)) for block in made.blocks)
    left = closed.without(
        Document("pdf", True, (Page(1, made.text, jumps),)),
        frozenset((1, block.start) for block in made.blocks if made.text[block.start : block.end] in (first, OFFER)),
    )
    (rest,) = left.pages
    assert rest.text.endswith(f"{MOTION}\n{last}")
    assert [block.jumps for block in rest.blocks] == [(block.start + 4,) for block in rest.blocks]


def test_a_paper_is_read_without_its_closed_part_unless_a_person_has_released_it(tmp_path: Path) -> None:
    from indexer.pipeline.discover import digest

    lines = [line.strip("*") for line in [*HEAD, MOTION]]
    file = tmp_path / "minutes.md"
    file.write_text("\n\n".join([*lines, "EXEMPT MINUTES", OFFER]), encoding="utf-8")
    reading = read_paper(file, "minutes.md", digest(file), {})
    assert isinstance(reading, Reading)
    assert "Quillfeather" not in repr(reading)
    assert any("public be excluded" in passage.text for passage in reading.passages)
    released = read_paper(file, "minutes.md", digest(file), {"exempt": "no"})
    assert "Quillfeather" in repr(released)
    assert isinstance(read_paper(file, "minutes.md", digest(file), {"exempt": "yes"}), Withheld)
