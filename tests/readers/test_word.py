"""Word files: headings, drawn numbers, tables, headers; hostile packages are refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer import readers
from indexer.errors import UnreadablePaper
from indexer.records import UNSEEN, Block, Document
from indexer.withholding import exempt


def made(folder: Path, fill: Callable[[docx.document.Document], None]) -> Path:
    opened = docx.Document()
    fill(opened)
    path = folder / "paper.docx"
    opened.save(str(path))
    return path


def blocks(document: Document) -> list[tuple[str, Block]]:
    return [(page.text[block.start : block.end], block) for page in document.pages for block in page.blocks]


def texts(document: Document) -> list[str]:
    return [text for text, _ in blocks(document)]


def replaced(path: Path, member: str, content: str | bytes) -> Path:
    """Write the package anew with one part changed or added."""
    with zipfile.ZipFile(path) as packed:
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    parts[member] = content.encode() if isinstance(content, str) else content
    other = path.with_name("changed.docx")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return other


def test_headings_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    def fill(opened: docx.document.Document) -> None:
        opened.core_properties.title = "Repair of the pier"
        opened.core_properties.author = "Harbour Master"
        opened.add_heading("Repair of the pier", 0)
        opened.add_heading("Purpose", 2)
        opened.add_paragraph("The pier is old.").runs[0].bold = True
        table = opened.add_table(rows=2, cols=2)
        for at, cell in enumerate(("Item", "Cost", "Pier", "£5")):
            table.cell(at // 2, at % 2).text = cell
        opened.add_paragraph("The board met.")

    document = readers.read(made(tmp_path, fill))
    assert (document.format, document.paged, document.title) == ("docx", False, "Repair of the pier")
    assert document.author == "Harbour Master"
    assert [(text, block.level, block.row, block.bold) for text, block in blocks(document)] == [
        ("Repair of the pier", 1, False, True),
        ("Purpose", 2, False, True),
        ("The pier is old.", 0, False, True),
        ("Item\tCost", 0, True, False),
        ("Pier\t£5", 0, True, False),
        ("The board met.", 0, False, False),
    ]


def test_numbers_that_word_only_draws_are_written_out(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{script}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, start, script, text in (
            (0, 93, "decimal", "%1."),
            (1, 1, "lowerLetter", "%2)"),
            (2, 1, "bullet", "·"),
        )
    )

    def fill(opened: docx.document.Document) -> None:
        numbering = opened.part.numbering_part.element
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
        for depth, said in (
            (0, "PIER"),
            (1, "repair it"),
            (1, "paint it"),
            (2, "in blue"),
            (0, "QUAY"),
            (1, "close it"),
        ):
            place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="88"/></w:numPr>'
            opened.add_paragraph(said)._p.get_or_add_pPr().append(parse_xml(place))

    expected = ["93. PIER", "a) repair it", "b) paint it", "• in blue", "94. QUAY", "a) close it"]
    assert texts(readers.read(made(tmp_path, fill))) == expected


def test_tracked_changes_and_content_controls_read_as_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>The pier </w:t></w:r><w:del><w:r><w:delText>falls</w:delText></w:r>"
        "</w:del>"
        "<w:ins><w:r><w:t>stands</w:t></w:r></w:ins></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Decision number 24/00001</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    def fill(opened: docx.document.Document) -> None:
        for element in parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"):
            opened.element.body.insert(0, element)

    assert set(texts(readers.read(made(tmp_path, fill)))) == {"The pier stands", "Decision number 24/00001"}


def test_a_box_of_one_cell_is_text_and_tabs_make_cells(tmp_path: Path) -> None:
    def fill(opened: docx.document.Document) -> None:
        opened.add_table(rows=1, cols=1).cell(0, 0).text = "Recommendation"
        opened.add_paragraph("Present:\tCouncillor Pike")

    assert [(text, block.row) for text, block in blocks(readers.read(made(tmp_path, fill)))] == [
        ("Recommendation", False),
        ("Present:\tCouncillor Pike", True),
    ]


def test_page_headers_come_first_and_once(tmp_path: Path) -> None:
    def fill(opened: docx.document.Document) -> None:
        opened.sections[0].header.paragraphs[0].text = "NOT FOR PUBLICATION"
        opened.add_paragraph("The terms.")
        opened.add_section()

    assert texts(readers.read(made(tmp_path, fill))) == ["NOT FOR PUBLICATION", "The terms."]


def test_a_word_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = made(tmp_path, lambda opened: opened.add_paragraph("The board met."))
    assert readers.read(path.rename(tmp_path / "paper.dat")).format == "docx"


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = made(tmp_path, lambda opened: opened.add_paragraph("The board met."))
    bomb = replaced(path, "word/media/image1.xml", b"0" * 90_000_000)
    with pytest.raises(UnreadablePaper, match="refused as a zip bomb or too large"):
        readers.read(bomb)


def test_entities_are_not_expanded_and_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    path = made(tmp_path, lambda opened: opened.add_paragraph("The board met."))
    laughs = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">'
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">{laughs}]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>The board &x;&c; met.</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    hostile = replaced(path, "word/document.xml", body)
    said = " ".join(texts(readers.read(hostile)))
    assert "secret" not in said
    assert "haha" not in said


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ("word/document.xml", "<w:document"),
        ("[Content_Types].xml", "<nothing/>"),
        ("_rels/.rels", ""),
        ("word/styles.xml", "<a><b></a>"),
        ("word/_rels/document.xml.rels", "<a/>"),
        ("word/numbering.xml", "\x00"),
    ],
)
def test_a_package_with_a_broken_part_is_unreadable_with_a_reason(tmp_path: Path, member: str, content: str) -> None:
    path = made(tmp_path, lambda opened: opened.add_paragraph("The board met."))
    with pytest.raises(UnreadablePaper, match="damaged Word file"):
        readers.read(replaced(path, member, content))


def test_a_package_whose_styles_are_of_another_kind_is_unreadable(tmp_path: Path) -> None:
    path = made(tmp_path, lambda opened: opened.add_paragraph("The board met."))
    with zipfile.ZipFile(path) as packed:
        types = packed.read("[Content_Types].xml").decode().replace("wordprocessingml.styles+xml", "unknown+xml")
    with pytest.raises(UnreadablePaper, match="damaged Word file"):
        readers.read(replaced(path, "[Content_Types].xml", types))


def test_a_cut_off_word_file_is_unreadable(tmp_path: Path) -> None:
    path = made(tmp_path, lambda opened: opened.add_paragraph("The board met."))
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UnreadablePaper, match="damaged Word file"):
        readers.read(path)


def test_spoilt_compressed_data_is_unreadable(tmp_path: Path) -> None:
    path = made(tmp_path, lambda opened: opened.add_paragraph("The board met. " * 500))
    with zipfile.ZipFile(path) as packed:
        part = packed.getinfo("word/document.xml")
    raw = bytearray(path.read_bytes())
    start = part.header_offset + 30 + len(part.filename)
    raw[start + 20 : start + 60] = b"\xff" * 40
    path.write_bytes(raw)
    with pytest.raises(UnreadablePaper, match="damaged Word file"):
        readers.read(path)


def test_a_word_file_without_text_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper, match="no text in it"):
        readers.read(made(tmp_path, lambda opened: None))


def body(*paragraphs: str) -> Callable[[docx.document.Document], None]:
    """Fill a file with paragraphs given as the XML inside ``w:p``."""

    def fill(opened: docx.document.Document) -> None:
        inner = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
        body = parse_xml(f"<w:body {nsdecls('w')}>{inner}</w:body>")
        for element in list(body)[::-1]:
            opened.element.body.insert(0, element)

    return fill


def run(said: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{said}</w:t></w:r>"


HIGH = "<w:vertAlign w:val='superscript'/>"


def test_raised_marks_stand_apart_from_figures_and_ordinals_stay_whole(tmp_path: Path) -> None:
    paragraphs = (
        run("A grant of £4,200") + run("4", HIGH) + run(" in 2018") + run("6", HIGH) + run("."),
        run("On the 30") + run("th", HIGH) + run(" of May, 250 m") + run("2", HIGH) + run(" of pier"),
        run("14%") + run("3", "<w:rStyle w:val='Mark'/>") + run(" of homes"),
        run("A hire of £5,100") + run("5", "<w:position w:val='8'/>") + run(" a day"),
    )

    def fill(opened: docx.document.Document) -> None:
        body(*paragraphs)(opened)
        opened.styles.element.append(
            parse_xml(f"<w:style {nsdecls('w')} w:type='character' w:styleId='Mark'><w:rPr>{HIGH}</w:rPr></w:style>")
        )

    assert texts(readers.read(made(tmp_path, fill))) == [
        "A grant of £4,200 ⁴ in 2018 ⁶.",
        "On the 30th of May, 250 m² of pier",
        "14% ³ of homes",
        "A hire of £5,100 ⁵ a day",
    ]


def test_struck_and_hidden_words_are_not_said_and_are_told(tmp_path: Path) -> None:
    paragraphs = (
        run("A limit of ") + run("40 mph", "<w:strike/>") + run(" 20 mph."),
        run("The pier be sold.", "<w:dstrike/>"),
        run("Kept ", "<w:strike w:val='0'/>") + run("secret", "<w:vanish/>") + run("open"),
    )
    document = readers.read(made(tmp_path, body(*paragraphs)))
    assert texts(document) == ["A limit of 20 mph.", "Kept open"]
    assert [fault.reason for fault in document.faults] == ["struck-out words are left out (6)", UNSEEN]


def test_a_hidden_row_of_a_table_is_not_read_and_is_told(tmp_path: Path) -> None:
    def fill(opened: docx.document.Document) -> None:
        table = opened.add_table(rows=2, cols=2)
        for at, cell in enumerate(("Pier", "£5", "Mrs Brown", "£6")):
            table.cell(at // 2, at % 2).text = cell
        table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))

    document = readers.read(made(tmp_path, fill))
    assert texts(document) == ["Pier\t£5"]
    assert [fault.reason for fault in document.faults] == [UNSEEN]


def test_what_tracked_changes_moved_or_deleted_reads_as_accepted(tmp_path: Path) -> None:
    gone = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    paragraphs = (
        f"<w:moveFrom w:id='1' w:author='a'>{run('The slip was moved.')}</w:moveFrom>",
        run("The pier."),
        f"<w:moveTo w:id='2' w:author='a'>{run('The slip was moved.')}</w:moveTo>",
        gone + run("That the pier be kept "),
        run("until May."),
        f"{gone}<w:del w:id='3' w:author='a'><w:r><w:delText>Sold.</w:delText></w:r></w:del>",
    )
    expected = ["The pier.", "The slip was moved.", "That the pier be kept until May."]
    assert texts(readers.read(made(tmp_path, body(*paragraphs)))) == expected


def test_footnotes_stand_before_the_next_heading_and_comments_are_told(tmp_path: Path) -> None:
    def fill(opened: docx.document.Document) -> None:
        body(run("A grant of £4,200") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run(" was paid."))(opened)
        opened.add_paragraph("It was spent.")
        opened.add_heading("94. Quay", 2)
        opened.add_comment(opened.paragraphs[1].runs[0], text="Was it?", author="A", initials="A")

    plain = made(tmp_path, fill)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    with zipfile.ZipFile(plain) as packed:
        links = packed.read("word/_rels/document.xml.rels").decode()
        types = packed.read("[Content_Types].xml").decode()
    links = links.replace(
        "</Relationships>", f'<Relationship Id="n" Type="{kind}" Target="notes.xml"/></Relationships>'
    )
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p>{run('Of which £1m is capital.')}</w:p></w:footnote>"
    )
    paper = replaced(plain, "word/_rels/document.xml.rels", links)
    paper = replaced(paper, "[Content_Types].xml", types)
    paper = replaced(paper, "word/notes.xml", f"{notes}</w:footnotes>")
    document = readers.read(paper)
    assert texts(document) == [
        "A grant of £4,200 ¹ was paid.",
        "It was spent.",
        "¹ Of which £1m is capital.",
        "94. Quay",
    ]
    assert [fault.reason for fault in document.faults] == ["comments in the margin are not read (1)"]


def test_pictures_of_letters_and_old_form_fields_read_as_they_look(tmp_path: Path) -> None:
    field = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{}</w:ffData></w:fldChar></w:r>"
    chosen = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='No'/><w:listEntry w:val='Yes'/></w:ddList>"
    paragraphs = (
        "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>" + run(" agreed"),
        field.format("<w:checkBox><w:checked/></w:checkBox>") + run(" key decision"),
        field.format("<w:checkBox><w:default w:val='0'/></w:checkBox>") + run(" urgent: ") + field.format(chosen),
    )
    assert texts(readers.read(made(tmp_path, body(*paragraphs)))) == ["✓ agreed", "☒ key decision", "☐ urgent: Yes"]


@pytest.mark.parametrize("name", ["descr", "title"])
def test_what_a_picture_is_said_to_show_may_mark_the_paper(tmp_path: Path, name: str) -> None:
    drawing = "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'"
    picture = "<w:r><w:drawing><wp:inline {}><wp:docPr id='1' name='Picture 1' {}='{}'/></wp:inline></w:drawing></w:r>"
    for text, marked in (("CONFIDENTIAL", True), ("The lido in spring", False)):
        shown = run("The pier is old. ") + picture.format(drawing, name, text)
        read = readers.read(made(tmp_path, body(shown)))
        assert (texts(read), read.overlays) == (["The pier is old."], {text})
        assert bool(exempt.sign(read, "a.docx", {})) == marked


def test_a_formula_is_read(tmp_path: Path) -> None:
    math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    formula = f"<m:oMath {math}><m:r><m:t>c = 9</m:t></m:r></m:oMath>"
    assert texts(readers.read(made(tmp_path, body(run("Here ") + formula + run("."))))) == ["Here c = 9."]


def test_a_box_of_text_stands_behind_the_paragraph_that_it_hangs_on(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('Key decision')}</w:p></w:txbxContent></w:pict></w:r>"
    assert texts(readers.read(made(tmp_path, body(run("The pier ") + box + run("is old."))))) == [
        "The pier is old.",
        "Key decision",
    ]
