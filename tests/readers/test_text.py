"""Plain text and Markdown: encodings, headings, lists, tables, wrapped lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import readers
from indexer.errors import UnreadablePaper
from indexer.readers.flowing import text
from indexer.readers.flowing.flow import PAGE_SIZE, Line, pages
from indexer.records import Document
from indexer.withholding import exempt
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared"


def write(folder: Path, content: str | bytes, name: str = "paper.txt") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def blocks(document: Document) -> list[str]:
    return [page.text[block.start : block.end] for page in document.pages for block in page.blocks]


def lines(source: str, *, joined: bool = False) -> list[Line]:
    return list(text.lines(source, joined=joined))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    said = "Café “Harbour” costs £5 – the board’s view is that it is worth it."
    assert blocks(readers.read(write(tmp_path, said.encode(encoding)))) == [said]


def test_one_broken_character_does_not_make_a_utf8_file_a_windows_one() -> None:
    raw = ("£" * 50).encode() + b"\xc3"
    assert text.decoded(raw) == "£" * 50 + "�"


def test_headings_bold_lists_and_rules_of_markdown_are_understood(tmp_path: Path) -> None:
    source = (
        "# Harbour Board\n\n## **93. PIER**\n\nThe **pier** is *old*.\n\n- first\n- second\n\n---\n\n**RESOLVED:**\n"
    )
    document = readers.read(write(tmp_path, source, "minutes.md"))
    assert document.format == "md"
    assert not document.paged
    assert document.title == "Harbour Board"
    assert blocks(document) == ["Harbour Board", "93. PIER", "The pier is old.", "• first", "• second", "RESOLVED:"]
    assert [block.level for block in document.pages[0].blocks] == [1, 2, 0, 0, 0, 0]
    assert [block.bold for block in document.pages[0].blocks] == [True, True, False, False, False, True]


def test_what_a_paper_says_of_itself_at_its_head_stands_line_by_line(tmp_path: Path) -> None:
    front = "---\ntitle: Otter holts\nclassification: open\n---\n\nThe holts were\ncounted.\n\n---\n\nNo more\n---\n"
    read = readers.read(write(tmp_path, front, "a.md"))
    assert blocks(read) == ["title: Otter holts", "classification: open", "The holts were counted.", "No more"]
    marked = readers.read(write(tmp_path, front.replace("open", "NOT FOR PUBLICATION"), "b.md"))
    assert exempt.sign(marked, "b.md", {})
    assert not exempt.sign(read, "a.md", {})


def test_links_pictures_and_named_signs_of_markdown_read_as_they_are_shown(tmp_path: Path) -> None:
    source = (
        'Paid &pound;412 &amp; no more, [the accounts](https://otters.example/a.pdf "May") say [sic](see below).\n\n'
        "![A map of holts](maps/holts.png)\n\nR&D; of weirs [1](#note)"
    )
    read = readers.read(write(tmp_path, source, "a.md"))
    assert blocks(read) == [
        "Paid £412 & no more, the accounts say [sic](see below).",
        "A map of holts",
        "R&D; of weirs 1",
    ]
    marked = readers.read(write(tmp_path, source.replace("A map of holts", "CONFIDENTIAL"), "b.md"))
    assert exempt.sign(marked, "b.md", {})


def test_links_by_name_read_as_they_are_shown_and_their_targets_not_at_all(tmp_path: Path) -> None:
    written = (
        'See [the plan][p], [Annex A][] and [item 4][x].\n\n[p]: https://example.org/plan "Mr Brown"\n'
        "[annex a]: annex.pdf\n[Note]: a word about it\n"
    )
    assert blocks(readers.read(write(tmp_path, written, "a.md"))) == [
        "See the plan, Annex A and [item 4][x].",
        "[Note]: a word about it",
    ]
    assert "Mr Brown" in blocks(readers.read(write(tmp_path, written, "a.txt")))[1]


def test_white_letters_of_markdown_are_not_read(tmp_path: Path) -> None:
    written = (
        'The pier <font color="white">Mr Brown</font> is <font color="red">shut</font>.\n\n'
        '<span style="background-color: white">The ferry</span> <b style="color:#FFF">Mrs Brown</b> sails.\n'
    )
    document = readers.read(write(tmp_path, written, "a.md"))
    assert blocks(document) == ["The pier is shut.", "The ferry sails."]
    assert [fault.reason for fault in document.faults] == ["holds text that cannot be seen"]


def test_half_a_bold_mark_leaves_no_asterisks() -> None:
    assert lines("- a) The contents were considered and**\n") == [Line("• a) The contents were considered and")]


def test_rows_of_piped_and_tabbed_tables_keep_their_cells_apart() -> None:
    piped = "| Item | Cost |\n|---|---:|\n| Pier | £5 |\n"
    assert lines(piped) == [Line("Item\tCost", row=True), Line("Pier\t£5", row=True)]
    tabbed = "Item\t\tCost\n-----\t--\t--\nPier\told\t<p>£5</p>\n"
    assert lines(tabbed) == [Line("Item\t\tCost", row=True), Line("Pier\told\t£5", row=True)]


def test_an_indent_by_a_tab_makes_no_table() -> None:
    assert lines("\tThe board met.\n") == [Line("The board met.")]


def test_wrapped_lines_are_joined_and_short_ones_are_not() -> None:
    prose = "The harbour board considered the report of the harbour master on the repair of the pier. " * 6
    wrapped = "\n".join(textwrap.wrap(prose, 60))
    short = "Present:\nCouncillor A\nCouncillor B\n"
    people = [Line("Present:"), Line("Councillor A"), Line("Councillor B")]
    assert lines(f"{wrapped}\n\n{short}") == [Line(prose.strip()), *people]


def test_markdown_joins_every_line_of_a_paragraph() -> None:
    assert lines("The board\nmet.\n\nIt rose.", joined=True) == [Line("The board met."), Line("It rose.")]


def test_a_long_text_becomes_pages_cut_between_blocks(tmp_path: Path) -> None:
    paragraph = "The board met and considered the pier. " * 25
    document = readers.read(write(tmp_path, "\n\n".join(f"{n} {paragraph}" for n in range(60))))
    assert len(document.pages) == 3
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert all(len(page.text) <= PAGE_SIZE for page in document.pages)
    assert len(blocks(document)) == 60


def test_a_paragraph_longer_than_a_page_is_cut_at_a_blank() -> None:
    made = pages([Line("harbour " * 6000)])
    assert "".join(page.text.replace(" ", "") for page in made) == "harbour" * 6000
    assert all(set(page.text.split()) == {"harbour"} for page in made)


def test_a_file_without_any_text_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper, match="no text in it"):
        readers.read(write(tmp_path, "---\n\n***\n"))


def test_binary_data_under_a_text_name_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper, match="found binary data"):
        readers.read(write(tmp_path, bytes(range(256)) * 20))


@given(st.text())
def test_blocks_are_their_pages_text_joined_by_line_breaks(source: str) -> None:
    for page in pages(text.lines(source)):
        cuts = [page.text[block.start : block.end] for block in page.blocks]
        assert "\n".join(cuts) == page.text
        assert all(cut.strip() and "\n" not in cut for cut in cuts)
        page.text.encode("utf-8")


@given(st.binary())
def test_no_bytes_break_the_decoder(raw: bytes) -> None:
    assert isinstance(text.decoded(raw), str)


def test_real_packs_as_text_keep_tables_and_headings_and_no_marks() -> None:
    paths = sorted(SHARED.glob("papers/text/*.txt"))
    if not paths:
        pytest.skip("the shared real papers are not here")
    for path in paths:
        document = readers.read(path)
        every = [block for page in document.pages for block in page.blocks]
        assert sum(block.row for block in every) > 50
        assert not any("**" in page.text or "</p>" in page.text for page in document.pages)


def test_struck_words_are_not_said_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text(
        "A limit of ~~40 mph~~ 20 mph.\n\n<del>The pier be sold.</del> The pier be kept.\n\nabout ~5 of ~~ 6\n"
    )
    document = readers.read(path)
    assert [page.text for page in document.pages] == ["A limit of 20 mph.\nThe pier be kept.\nabout ~5 of ~~ 6"]
    assert [fault.reason for fault in document.faults] == ["struck-out words are left out (6)"]


def test_tracked_changes_of_markdown_read_as_accepted_and_what_they_leave_out_is_told(tmp_path: Path) -> None:
    written = (
        "The fee is {~~£300~>£340~~} a year{-- and £20 a day--}.\n\nIt is {++not ++}due {==at once==}"
        "{>>ask Mr Brown of 4 High Street<<}.\n\nA set is {1, 2} or {a -- b}.\n\n{--The pier\nbe sold.--}\n"
    )
    document = readers.read(write(tmp_path, written, "paper.md"))
    assert blocks(document) == ["The fee is £340 a year.", "It is not due at once.", "A set is {1, 2} or {a -- b}."]
    assert [fault.reason for fault in document.faults] == [
        "words that tracked changes deleted are left out (9)",
        "comments in the margin are not read (1)",
    ]


def test_raised_marks_stand_apart_from_figures_and_notes_keep_theirs() -> None:
    found = [
        line.text
        for line in lines("£4,200[^4] in 2018^6^ for 250 m<sup>2</sup>\n\n14%¹ of CO<sub>2</sub>\n\n[^4]: Mean.")
    ]
    assert found == ["£4,200 ⁴ in 2018 ⁶ for 250 m²", "14% ¹ of CO2", "⁴ Mean."]
